"""Comprobaciones a la vista: una frase en español y un dibujo de dónde está la diferencia.

Las pruebas de los ejercicios usan `check_value`, `check_map` y `check_unchanged` en sus
casos visibles, y `same` en los demás.
"""

import io

import numpy as np
from matplotlib.figure import Figure

from course_lib import plotting
from course_lib._checks import compare, trace


class Diferencia(AssertionError):
    """El resultado no es el que se esperaba; el mensaje dice en qué se nota."""

    def _render_traceback_(self) -> list[str]:  # lo que pinta IPython
        return trace.in_spanish(self, __file__)


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
    return difference(obtenido, esperado) is None


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
    espera 3 y tu resultado tiene 4.
    """
    array, frase = compare.as_numbers(obtenido)
    if frase:
        return frase
    esperado = np.asarray(esperado)
    if esperado.dtype.kind not in "biuf":
        raise TypeError(
            f"esperado contiene {esperado.dtype} y tiene que ser un array de números reales. "
            "Corrige la prueba."
        )
    if array.shape != esperado.shape:
        return f"Tu resultado {compare.size(array)} y el que se espera {compare.size(esperado)}."
    if np.isnan(array).any():
        return f"Tu resultado tiene NaN (no es un número) {compare.where(np.isnan(array))}."
    distintos = ~compare.close(array, esperado)
    return compare.values_sentence(array, esperado, distintos) if distintos.any() else None


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
        _show(obtenido, esperado, frase)
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
        raise Diferencia(
            f"Tu función ha cambiado {nombre} que recibió. Guarda el resultado en un array nuevo."
        )
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


def draw_difference(obtenido, esperado) -> Figure | None:
    """Dibuja lo esperado, lo obtenido y, si miden lo mismo, su diferencia.

    Parameters
    ----------
    obtenido : object
        Lo que devolvió la función del estudiante.
    esperado : array_like

    Returns
    -------
    Figure or None
        `None` si alguno de los dos no se puede dibujar como un mapa.

    Examples
    --------
    >>> [ax.get_title() for ax in draw_difference([[4, 4]], [[4, 3]]).axes]
    ['Se espera', 'Tu resultado', 'Diferencia']
    >>> draw_difference(None, [[4, 3]]) is None
    True
    """
    esperado = np.asarray(esperado, dtype=float)
    array, frase = compare.as_numbers(obtenido)
    if frase or not (_dibujable(array) and _dibujable(esperado)):
        return None
    # Con una escala para los dos, el mismo número sale siempre del mismo color.
    limite = max(np.abs(esperado).max(), np.abs(array).max()) or None
    dibujos = [("Se espera", esperado, limite), ("Tu resultado", array, limite)]
    if array.shape == esperado.shape:
        dibujos.append(("Diferencia", array - esperado, None))
    figura = Figure(figsize=(3.2 * len(dibujos), 3.2), layout="constrained")
    for ax, (titulo, mapa, limite) in zip(figura.subplots(1, len(dibujos)), dibujos, strict=True):
        plotting.show_map(mapa, ax=ax, titulo=titulo, limite=limite)
    return figura


def _dibujable(mapa: np.ndarray) -> bool:
    # Ni los números que desbordan la escala de colores, ni un mapa que tarde minutos.
    return mapa.ndim == 2 and 0 < mapa.size <= 1e6 and bool((np.abs(mapa) < 1e100).all())


def _show(obtenido, esperado, frase: str) -> None:
    """Dibuja la diferencia si hay un cuaderno donde verla, con la frase para quien no la ve."""
    from IPython import get_ipython
    from IPython.display import Image, display

    figura = draw_difference(obtenido, esperado) if get_ipython() is not None else None
    if figura is not None:
        # Ya hecho imagen: IPython solo sabe pintar un Figure si el cuaderno ha importado pyplot.
        png = io.BytesIO()
        figura.savefig(png, format="png")
        display(Image(png.getvalue(), alt=frase))
