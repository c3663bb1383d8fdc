"""Arrays contados con palabras; los cuadernos lo piden a `course_lib.plotting`."""

import numpy as np

from course_lib._plotting.checks import check_array
from course_lib._plotting.numerals import number


def describe(array, nombre: str = "array") -> str:
    """Una frase que cuenta el array a quien no ve la figura.

    Parameters
    ----------
    array : array_like
        De una, dos o tres dimensiones.
    nombre : str
        Cómo llamarlo en la frase.

    Returns
    -------
    str
        Forma, mínimo, máximo y dónde está el máximo, contando desde 0.

    Raises
    ------
    ValueError, TypeError
        Si está vacío, hay NaN o tiene más dimensiones.

    Examples
    --------
    >>> describe([[0, 1], [2, -3]], "mapa")
    'mapa: 2 filas y 2 columnas; valores de −3 a 2; el máximo está en la fila 1, columna 0.'
    """
    a = check_array(nombre, array, (1, 2, 3), f"Elige una imagen: {nombre}[0].")
    nombres = ["posición"] if a.ndim == 1 else ["fila", "columna", "canal"][: a.ndim]
    inicio, minimo, maximo = f"{nombre}: {_shape_text(a.shape)}", float(a.min()), float(a.max())
    escala = max(abs(minimo), abs(maximo))
    if minimo == maximo:
        return f"{inicio}; todos los valores son {number(minimo)}."
    maximos = np.argwhere(a == maximo)
    donde = ", ".join(f"{n} {i}" for n, i in zip(nombres, maximos[0], strict=True))
    veces = "está en" if len(maximos) == 1 else f"aparece {len(maximos)} veces, la primera en"
    return (
        f"{inicio}; valores de {number(minimo, escala)} a {number(maximo, escala)}; "
        f"el máximo {veces} la {donde}."
    )


def _shape_text(forma: tuple[int, ...]) -> str:
    """«3 filas, 1 columna y 8 canales»."""
    if len(forma) == 1:
        return f"{forma[0]} {'valor' if forma[0] == 1 else 'valores'}"
    unidades = [("fila", "filas"), ("columna", "columnas"), ("canal", "canales")]
    partes = [f"{n} {u[n != 1]}" for n, u in zip(forma, unidades, strict=False)]
    return f"{', '.join(partes[:-1])} y {partes[-1]}"
