"""Comprobaciones a la vista: una frase en español y un dibujo de dónde está la diferencia.

Las pruebas de los ejercicios usan `check_value`, `check_map` y `check_unchanged` en sus
casos visibles, y `same` en los demás.
"""

import numpy as np
from matplotlib.figure import Figure

from course_lib import plotting

RTOL = 1e-5


class Diferencia(AssertionError):
    """El resultado no es el que se esperaba; el mensaje dice en qué se nota."""


def same(obtenido, esperado) -> bool:
    """Dice si dos resultados tienen la misma forma y los mismos números, salvo redondeo.

    Acepta arrays, números y listas; `None`, textos, complejos y NaN nunca son iguales a nada.

    Parameters
    ----------
    obtenido, esperado : array_like

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

    Examples
    --------
    >>> print(difference([[4, 4]], [[4, 3]]))
    Coincide en 1 de 2 posiciones. La primera diferencia está en la fila 0, columna 1: se
    espera 3 y tu resultado tiene 4.
    """
    esperado = np.asarray(esperado)
    array, frase = _as_numbers(obtenido)
    if frase:
        return frase
    if array.shape != esperado.shape:
        return f"Tu resultado {_medida(array)} y se espera uno que {_medida(esperado)}."
    if np.isnan(array).any():
        return f"Tu resultado tiene NaN (no es un número) {_donde(np.isnan(array))}."
    distintos = ~_close(array, esperado)
    return _frase_de_valores(array, esperado, distintos) if distintos.any() else None


def check_value(obtenido, esperado) -> None:
    """Comprueba un número y dice si es correcto.

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
    print(f"✔ Correcto: {_numero(esperado)}")


def check_map(obtenido, esperado) -> None:
    """Comprueba un mapa; si no coincide, lo dibuja al lado del que se espera.

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
        _show(draw_difference(obtenido, esperado))
        raise Diferencia(frase)
    print(f"✔ Correcto: las {np.size(esperado)} posiciones coinciden.")


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
    if not np.array_equal(ahora, antes):
        raise Diferencia(
            f"Tu función ha cambiado {nombre} que recibió. Guarda el resultado en un array nuevo."
        )
    print(f"✔ Correcto: {nombre} sigue igual.")


def draw_difference(obtenido, esperado) -> Figure | None:
    """Dibuja lo esperado, lo obtenido y, si miden lo mismo, su diferencia.

    Returns
    -------
    Figure or None
        `None` si lo obtenido no se puede dibujar como un mapa.
    """
    esperado = np.asarray(esperado, dtype=float)
    array, frase = _as_numbers(obtenido)
    if frase or array.ndim != 2 or array.size == 0 or not np.isfinite(array).all():
        return None
    dibujos = [("Se espera", esperado), ("Tu resultado", array)]
    if array.shape == esperado.shape:
        dibujos.append(("Diferencia", array - esperado))
    figura = Figure(figsize=(3.2 * len(dibujos), 3.2), layout="constrained")
    for ax, (titulo, mapa) in zip(figura.subplots(1, len(dibujos)), dibujos, strict=True):
        plotting.show_map(mapa, ax=ax, titulo=titulo)
    return figura


def _as_numbers(valor) -> tuple[np.ndarray, str | None]:
    """El valor como array de números, o la frase que explica por qué no lo es."""
    vacio = np.empty(0)
    if valor is None:
        return vacio, "Tu función devuelve None: ¿le falta el return?"
    if valor is Ellipsis or callable(valor) or isinstance(valor, str | bytes | dict | set):
        return vacio, f"Tu función devuelve un {type(valor).__name__} y se esperan números."
    try:
        array = np.asarray(valor)
    except ValueError:
        return vacio, "Las filas de tu resultado no miden todas lo mismo."
    if array.dtype.kind not in "biuf":
        return vacio, f"Tu resultado contiene {array.dtype} y se esperan números reales."
    return array.astype(float), None


def _close(array: np.ndarray, esperado: np.ndarray) -> np.ndarray:
    # La tolerancia mira al mayor valor: con float32 o FFT un 0 exacto sale como 1e-6.
    escala = max(1.0, float(np.abs(esperado).max(initial=0.0)))
    return np.isclose(array, esperado, rtol=RTOL, atol=RTOL * escala)


def _frase_de_valores(array, esperado, distintos) -> str:
    if array.ndim == 0:
        return f"Se espera {_numero(esperado)} y tu resultado es {_numero(array)}."
    indice = tuple(np.argwhere(distintos)[0])
    return (
        f"Coincide en {np.sum(~distintos)} de {array.size} posiciones. La primera diferencia "
        f"está {_donde(distintos)}: se espera {_numero(esperado[indice])} y tu resultado "
        f"tiene {_numero(array[indice])}."
    )


def _donde(marcas: np.ndarray) -> str:
    if marcas.ndim == 0:
        return "en su único valor"
    indice = np.argwhere(marcas)[0]
    if marcas.ndim == 2:
        return f"en la fila {indice[0]}, columna {indice[1]}"
    return f"en la posición {tuple(int(i) for i in indice)}"


def _medida(array: np.ndarray) -> str:
    if array.ndim == 0:
        return "es un solo número"
    if array.ndim == 1:
        return f"es una lista de {len(array)}"
    return "mide " + "×".join(map(str, array.shape))


def _numero(valor) -> str:
    return f"{float(valor):.6g}"


def _show(figura: Figure | None) -> None:
    """Muestra el dibujo si hay un cuaderno donde mostrarlo."""
    if figura is None:
        return
    from IPython import get_ipython
    from IPython.display import display

    if get_ipython() is not None:
        display(figura)
