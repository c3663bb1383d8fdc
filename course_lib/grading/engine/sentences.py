"""De un fallo a la frase que lee el estudiante, sin nada que solo se sepa viendo lo oculto."""

import builtins
import traceback

from course_lib.grading import cells

GENERICA = "El resultado no coincide en uno de los casos ocultos de esta prueba."
SIN_RESPONDER = "Este ejercicio está sin responder."
FALTA = "Falta una función: su celda está vacía, dio un error o le cambiaste el nombre."
PAROS = {
    "tiempo": "Tu código tardó demasiado y se detuvo: ¿hay un bucle que nunca termina?",
    "muerte": "Tu código cerró Python antes de terminar la prueba.",
    "mensaje": "Tu función devolvió algo que no se puede leer.",
}


class Unsendable(Exception):
    """La función devolvió algo que no puede salir de su proceso."""


def explain(error: BaseException, celda, *, oculta: bool) -> tuple[str, str, str]:
    """La frase para el estudiante, el detalle para el docente y la clase de fallo.

    Parameters
    ----------
    error : BaseException
        Lo que interrumpió la prueba.
    celda : NotebookNode
        La prueba, con su parte oculta.
    oculta : bool
        Si saltó en la parte oculta: entonces el texto del error no se enseña, porque lo escribe el
        estudiante y podría copiar en él los datos de la prueba.
    """
    detalle = "".join(traceback.format_exception_only(error)).strip()
    detalle += f"\n{getattr(error, 'trace', '')}"
    if razon := getattr(error, "reason", None):
        return PAROS[razon], detalle, razon
    nombre = getattr(error, "name", None)
    if nombre == "NotImplementedError":
        return SIN_RESPONDER, detalle, "vacía"
    if isinstance(error, NameError) and not hasattr(error, "trace"):
        return FALTA, detalle, "falta"
    if isinstance(error, Unsendable):
        return f"Tu función devuelve algo que {error or 'no se puede leer'}.", detalle, "valor"
    return (*_of_exception(error, celda, oculta, detalle), "fallo")


def _of_exception(error, celda, oculta: bool, detalle: str) -> tuple[str, str]:
    ajena = hasattr(error, "trace")  # la lanzó la función del estudiante
    mensaje = str(error).strip().split("\n")[0]
    afirmacion = isinstance(error, AssertionError)
    if afirmacion and not ajena and mensaje in cells.assert_messages(celda):
        return mensaje, detalle
    mensaje = "" if oculta else mensaje
    if afirmacion:
        return mensaje or GENERICA, detalle
    nombre = error.name if ajena else type(error).__name__
    tipo = nombre if hasattr(builtins, nombre) else "un error propio"
    return f"Tu función se detuvo con {tipo}" + (f": {mensaje}" if mensaje else "."), detalle
