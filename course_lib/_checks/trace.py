"""Lo que enseña el cuaderno cuando una comprobación falla, en lugar del rastro de Python."""

import traceback


def in_spanish(error: AssertionError, propio: str) -> list[str]:
    """Qué línea de la prueba falla y por qué, y nada más.

    El rastro entero está en inglés y acaba dentro de la biblioteca: a quien empieza no le
    dice nada.

    Parameters
    ----------
    error : AssertionError
    propio : str
        El archivo de la biblioteca que lo lanza, que no se enseña.
    """
    pasos = traceback.extract_tb(error.__traceback__)
    fuera = [paso for paso in pasos if paso.filename != propio][-1:]
    donde = [f"✘ En la línea {paso.lineno} de la prueba: {paso.line}" for paso in fuera]
    return [*donde, f"✘ {error}"]
