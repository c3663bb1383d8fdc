"""Los valores de un caso, que vienen del estudiante, contados sin fiarse de cómo son."""

import math
import pprint

import numpy as np

from course_lib._checks import compare
from course_lib._plotting.numerals import number

CASILLAS = 2500  # más no caben en una página ni hacen falta para ver un fallo
LARGO = 64  # filas o columnas que se dibujan
CONTADAS = 36  # hasta aquí se dicen todos los números; después, solo su resumen
LETRAS = 80


def as_numbers(valor: object) -> np.ndarray | None:
    """El valor como array de números, quizá con NaN e infinitos; `None` si no lo es o es enorme.

    Examples
    --------
    >>> as_numbers([[1, float("nan")]]).shape
    (1, 2)
    >>> as_numbers([[1, 2], [3]]) is None
    True
    """
    try:
        array, frase = compare.as_numbers(valor)
    except (OverflowError, RecursionError):
        return None
    return array if frase is None and 0 < array.size <= CASILLAS else None


def as_picture(valor: object, donde: tuple[int, ...] | None = None):
    """Lo que se puede dibujar en un plano y de qué corte es.

    Una lista se dibuja como una fila; de `(alto, ancho, canales)`, el canal en que está `donde`.

    Returns
    -------
    tuple of (ndarray, str) or None
        El plano y el corte (`""` si es el valor entero); `None` si no se puede dibujar.

    Examples
    --------
    >>> as_picture([1, 2])[0].tolist()
    [[1.0, 2.0]]
    >>> as_picture([[[1, 2]], [[3, 4]]], (1, 0, 1))
    (array([[2.],
           [4.]]), '[:, :, 1]')
    >>> as_picture(3) is None
    True
    """
    array = as_numbers(valor)
    if array is None or array.ndim not in (1, 2, 3) or max(array.shape) > LARGO:
        return None
    if array.ndim == 1:
        return array[None], ""
    if array.ndim == 2:
        return array, ""
    canal = donde[2] if donde and len(donde) == 3 and 0 <= donde[2] < array.shape[2] else 0
    return array[:, :, canal], f"[:, :, {canal}]"


def is_plane(valor: object) -> bool:
    """Si un argumento se dibuja: dos dimensiones y un tamaño que quepa.

    Examples
    --------
    >>> is_plane([[1, 2]]), is_plane([1, 2]), is_plane([[0] * 65])
    (True, False, False)
    """
    array = as_numbers(valor) if isinstance(valor, list | tuple) else None
    return array is not None and array.ndim == 2 and max(array.shape) <= LARGO


def figure(valor: float) -> str:
    """El número como se escribe en un dibujo; NaN e infinito, con su nombre."""
    if math.isnan(valor):
        return "NaN"
    if math.isinf(valor):
        return "∞" if valor > 0 else "−∞"
    return number(valor)


def in_words(valor: object) -> str:
    """El valor en una frase corta: los números si son pocos; si no, cuánto mide.

    Examples
    --------
    >>> in_words([[1, 2.5], [3, -4]])
    '1, 2.5 / 3, −4'
    >>> in_words(None), in_words("same"), in_words([[1, 2], [3]])
    ('None', '«same»', '[[1, 2], [3]]')
    """
    if valor is None or isinstance(valor, bool):
        return str(valor)
    if isinstance(valor, str):
        return f"«{clip(valor)}»"
    array = as_numbers(valor)
    if array is None:
        return clip(repr(valor))
    if array.size > CONTADAS:
        return f"{array.size} números que van de {figure(array.min())} a {figure(array.max())}"
    filas = array.reshape(-1, array.shape[-1]) if array.ndim else array.reshape(1, 1)
    return " / ".join(", ".join(map(figure, fila)) for fila in filas)


def clip(texto: str) -> str:
    """El texto en una línea y sin pasar de unas letras."""
    una = " ".join(texto.split())
    return una if len(una) <= LETRAS else f"{una[:LETRAS]}…"


def is_empty(valor: list) -> bool:
    """Si una lista, con sus listas, no tiene ningún número."""
    return not valor or all(isinstance(v, list) and is_empty(v) for v in valor)


def size(forma: tuple[int, ...]) -> str:
    """Una forma, como sigue a «tu resultado…»: «mide 3×4», «es un solo número»."""
    if len(forma) == 0:
        return "es un solo número"
    return f"es una lista de {forma[0]}" if len(forma) == 1 else "mide " + "×".join(map(str, forma))


def place(donde: tuple[int, ...]) -> str:
    """Una posición con palabras.

    Examples
    --------
    >>> place((0, 2)), place((1,)), place(())
    ('en la fila 0, columna 2', 'en la posición 1', '')
    """
    if len(donde) == 2:
        return f"en la fila {donde[0]}, columna {donde[1]}"
    if len(donde) == 1:
        return f"en la posición {donde[0]}"
    return f"en la posición {tuple(donde)}" if donde else ""


def source(argumentos: tuple[tuple[str, object], ...], funcion: str) -> str:
    """El caso como código que se puede pegar en el cuaderno; `""` si no se puede escribir.

    Examples
    --------
    >>> print(source((("x", [[1, 2]]), ("stride", 2)), "f"))
    x = np.array([[1, 2]])
    stride = 2
    f(x, stride)
    """
    lineas = []
    for nombre, valor in argumentos:
        array = as_numbers(valor) if isinstance(valor, list | tuple) else None
        if not nombre.isidentifier() or (array is not None and not np.isfinite(array).all()):
            return ""
        escrito = pprint.pformat(valor, width=64, compact=True)
        if array is not None:
            escrito = f"np.array({escrito.replace(chr(10), chr(10) + ' ' * (12 + len(nombre)))})"
        lineas.append(f"{nombre} = {escrito}")
    return "\n".join([*lineas, f"{funcion}({', '.join(n for n, _ in argumentos)})"])
