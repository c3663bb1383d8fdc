"""Comprobaciones a la vista: una frase en español y un dibujo de dónde está la diferencia.

Las pruebas de los ejercicios usan `check_value`, `check_map` y `check_unchanged` en sus
casos visibles, y `same` en los demás; `count_steps`, para pedir que no haya bucles.
"""

import numpy as np

from course_lib._checks import compare
from course_lib._checks.pictures import draw_difference, show
from course_lib._checks.resemblance import resemblance
from course_lib._checks.steps import count_steps
from course_lib._checks.traceback import short

__all__ = [
    "Diferencia",
    "check_map",
    "check_unchanged",
    "check_value",
    "count_steps",
    "difference",
    "draw_difference",
    "rng",
    "same",
    "seed_random",
]


class Diferencia(AssertionError):
    """El resultado no es el que se esperaba; el mensaje dice en qué se nota.

    >>> issubclass(Diferencia, AssertionError)
    True
    """

    def _render_traceback_(self) -> list[str]:
        # IPython lo llama en lugar de escribir el traceback, que enterraría la frase y el dibujo.
        return short(self)


def same(obtenido, esperado) -> bool:
    """Dice si dos resultados tienen la misma forma y los mismos números, salvo redondeo.

    Acepta arrays, números y listas; `None`, textos, complejos y NaN nunca son iguales a nada.

    Parameters
    ----------
    obtenido, esperado : array_like

    Returns
    -------
    bool

    Examples
    --------
    >>> same([[4, 3], [2, 4]], np.array([[4.0, 3.0], [2.0, 4.0]]))
    True
    >>> same(np.zeros((2, 3)), np.zeros((3, 2)))
    False
    """
    return _compare(obtenido, esperado)[0] is None


def difference(obtenido, esperado) -> str | None:
    """Explica en una frase en qué se distingue lo obtenido de lo esperado.

    Parameters
    ----------
    obtenido : object
        Lo que devolvió la función del estudiante; puede ser cualquier cosa.
    esperado : array_like

    Returns
    -------
    str or None
        `None` si son iguales salvo redondeo.

    Raises
    ------
    TypeError
        Si lo que no son números es `esperado`: la prueba está mal escrita.

    Examples
    --------
    >>> print(difference([[4, 4]], [[4, 3]]))
    Coincide en 1 de 2 posiciones. La primera diferencia está en la fila 0, columna 1: se
    espera 3 y tu resultado tiene 4. Todas las posiciones de tu resultado valen 4.
    """
    frase, array = _compare(obtenido, esperado)
    if frase is None or array is None:
        return frase
    parecido = resemblance(array, np.asarray(esperado), getattr(obtenido, "dtype", None))
    return f"{frase} {parecido}".strip()


def _compare(obtenido, esperado) -> tuple[str | None, np.ndarray | None]:
    """La frase, sin decir a qué se parece, y el array de números que se comparó, si lo hay."""
    array, frase = compare.as_numbers(obtenido)
    if frase:
        return frase, None
    esperado = np.asarray(esperado)
    if esperado.dtype.kind not in "biuf":
        raise TypeError(
            f"esperado contiene {esperado.dtype} y tiene que ser un array de números reales. "
            "Corrige la prueba."
        )
    if array.shape != esperado.shape:
        medidas = compare.size(array), compare.size(esperado)
        return "Tu resultado {} y el que se espera {}.".format(*medidas), array
    if (nan := np.isnan(array)).any():
        return compare.nan_sentence(nan), None
    distintos = ~compare.close(array, esperado)
    return compare.values_sentence(array, esperado, distintos) if distintos.any() else None, array


def check_value(obtenido, esperado) -> None:
    """Comprueba un número y dice si es correcto.

    Parameters
    ----------
    obtenido : object
        Lo que devolvió la función del estudiante.
    esperado : float

    Raises
    ------
    Diferencia
        Con una frase que dice qué se esperaba y qué llegó.

    Examples
    --------
    >>> check_value(1 * 1 + 0 * 1 + 1 * 1, 2)
    ✔ Correcto: 2
    """
    frase = difference(obtenido, esperado)
    if frase:
        raise Diferencia(frase)
    leer = compare.truth if isinstance(esperado, bool) else compare.number
    print(f"✔ Correcto: {leer(esperado)}")


def check_map(obtenido, esperado) -> None:
    """Comprueba un mapa; si no coincide, lo dibuja al lado del que se espera.

    Parameters
    ----------
    obtenido : object
        Lo que devolvió la función del estudiante.
    esperado : array_like
        `(alto, ancho)`.

    Raises
    ------
    Diferencia
        Con una frase que dice la primera fila y columna donde se distinguen.

    Examples
    --------
    >>> check_map([[4, 3], [2, 4]], [[4, 3], [2, 4]])
    ✔ Correcto: las 4 posiciones coinciden.
    """
    frase = difference(obtenido, esperado)
    if frase:
        show(obtenido, esperado, frase)
        raise Diferencia(frase)
    cuantas = np.size(esperado)
    todas = "la única posición coincide" if cuantas == 1 else f"las {cuantas} posiciones coinciden"
    print(f"✔ Correcto: {todas}.")


def check_unchanged(ahora, antes, nombre: str) -> None:
    """Comprueba que una función no ha cambiado el array que recibió.

    Parameters
    ----------
    ahora, antes : ndarray
        El array después de la llamada y una copia hecha antes.
    nombre : str
        Cómo llamarlo en el mensaje.

    Raises
    ------
    Diferencia
        Si algún número es distinto.

    Examples
    --------
    >>> check_unchanged(np.ones(3), np.ones(3), "la imagen")
    ✔ Correcto: la imagen sigue igual.
    """
    # Un NaN que ya estaba no es un cambio.
    if not np.array_equal(ahora, antes, equal_nan=True):
        cambio = compare.change_sentence(np.asarray(ahora), np.asarray(antes))
        frase = (
            f"Tu función ha cambiado {nombre} que recibió.{cambio} "
            "Guarda el resultado en un array nuevo."
        )
        show(ahora, antes, frase, ("Antes", "Después"))
        raise Diferencia(frase)
    print(f"✔ Correcto: {nombre} sigue igual.")


_semilla: int | None = None


def rng() -> np.random.Generator:
    """Da un generador de números al azar para los casos de una prueba.

    Al calificar, sus números son distintos para cada entrega y los mismos si se repite.

    Returns
    -------
    numpy.random.Generator

    Examples
    --------
    >>> rng().random((2, 3)).shape
    (2, 3)
    """
    return np.random.default_rng(_semilla)


def seed_random(semilla: int | None) -> None:
    """Fija de dónde salen los números de `rng`; con `None`, cada vez son otros.

    Parameters
    ----------
    semilla : int or None

    Examples
    --------
    >>> seed_random(3)
    >>> rng().random() == rng().random()
    True
    >>> seed_random(None)
    """
    global _semilla
    _semilla = semilla
