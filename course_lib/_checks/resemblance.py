"""A qué se parece un resultado que no es el que se espera: solo lo que los números demuestran."""

from collections.abc import Iterator

import numpy as np

from course_lib._checks.compare import number, same_numbers


def resemblance(array: np.ndarray, esperado: np.ndarray, tipo: object = None) -> str:
    """Una frase si lo obtenido es lo esperado con un cambio que tiene nombre; `""` si no.

    Parameters
    ----------
    array, esperado : ndarray
        Lo obtenido, en float64, y lo esperado.
    tipo : dtype, optional
        El tipo que traía lo obtenido.

    Examples
    --------
    >>> resemblance(np.array([[2.0, 1.0]]), np.array([[1, 2]]))
    'Es el que se espera, volteado de izquierda a derecha.'
    """
    esperado = np.asarray(esperado, dtype=float)
    if array.size == 0 or esperado.size == 0 or not np.isfinite(esperado).all():
        return ""
    casos = _values(array, esperado, tipo) if array.shape == esperado.shape else ()
    return next(casos, "") if casos else _shape(array, esperado)


def _values(array: np.ndarray, esperado: np.ndarray, tipo) -> Iterator[str]:
    """Frases para la misma forma, de la más segura a la menos."""
    yield from _types(array, esperado, tipo)
    if array.size > 1 and np.ptp(array) == 0 and np.ptp(esperado) > 0:
        yield f"Todas las posiciones de tu resultado valen {number(array.flat[0])}."
    for frase, cambiado in _moves(esperado):
        if cambiado.shape == array.shape and same_numbers(array, cambiado):
            yield f"Es el que se espera, {frase}."
    yield from _arithmetic(array, esperado)


def _types(array: np.ndarray, esperado: np.ndarray, tipo) -> Iterator[str]:
    """El array no pudo guardar los números: desbordó o perdió decimales o negativos."""
    if (
        getattr(tipo, "kind", None) in ("i", "u")
        and tipo.itemsize < 8
        and np.abs(esperado).max() < 2**53
    ):
        limites = np.iinfo(tipo)
        fuera = (esperado < limites.min) | (esperado > limites.max)
        vuelta = np.trunc(esperado).astype(np.int64).astype(tipo)
        if fuera.any() and np.array_equal(vuelta, array):
            yield (
                f"Es el que se espera, guardado en {tipo}, que solo llega de {limites.min} a "
                f"{limites.max}: los demás números dan la vuelta. Guárdalo en float."
            )
    if not same_numbers(np.trunc(esperado), esperado) and np.array_equal(np.trunc(esperado), array):
        yield "Es el que se espera, sin sus decimales. Guárdalo en float."


def _moves(esperado: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    if esperado.ndim == 1:
        yield "al revés", esperado[::-1]
    if esperado.ndim < 2:
        return
    yield "volteado de izquierda a derecha", esperado[:, ::-1]
    yield "volteado de arriba abajo", esperado[::-1]
    yield "girado 180°", esperado[::-1, ::-1]
    if esperado.ndim == 2:
        yield "con las filas y las columnas cambiadas", esperado.T


def _arithmetic(array: np.ndarray, esperado: np.ndarray) -> Iterator[str]:
    """Multiplicado, dividido o con algo de más en todas las posiciones."""
    mayor = np.unravel_index(np.abs(esperado).argmax(), esperado.shape)
    # Con uno o dos números, siempre hay una cuenta que los explica.
    if np.unique(esperado).size < 3:
        return
    veces = float(array[mayor] / esperado[mayor])
    if veces and np.isfinite(veces) and same_numbers(array, esperado * veces):
        if np.isclose(veces, -1):
            yield "Es el que se espera, con el signo cambiado."
        elif abs(veces) >= 1:
            yield f"Es el que se espera, multiplicado por {number(veces)}."
        else:
            yield f"Es el que se espera, dividido entre {number(1 / veces)}."
    resto = float(array[mayor] - esperado[mayor])
    if resto and np.isfinite(resto) and same_numbers(array, esperado + resto):
        sobra = f"Te sobra {number(resto)}" if resto > 0 else f"Te falta {number(-resto)}"
        yield f"{sobra} en todas las posiciones."


def _shape(array: np.ndarray, esperado: np.ndarray) -> str:
    """La frase de dos mapas de distinta forma."""
    if array.ndim != esperado.ndim:
        unos = [n for n in array.shape if n != 1] == [n for n in esperado.shape if n != 1]
        return "Los números son los mismos: solo sobra o falta un eje de tamaño 1." if (
            unos and same_numbers(array.reshape(esperado.shape), esperado)
        ) else ""  # fmt: skip
    if array.ndim != 2:
        return ""
    if array.shape == esperado.T.shape and same_numbers(array, esperado.T):
        return "Es el que se espera, con las filas y las columnas cambiadas."
    if donde := _inside(esperado, array):
        return (
            f"El que se espera está dentro del tuyo, desde la fila {donde[0]}, columna {donde[1]}: "
            "te sobra el borde."
        )
    if _inside(array, esperado):
        return "El tuyo es un trozo del que se espera: le faltan filas o columnas del borde."
    return ""


def _inside(trozo: np.ndarray, entero: np.ndarray) -> tuple[int, int] | None:
    """Dónde empieza un mapa dentro de otro mayor; de los que no dicen nada, no se busca."""
    sobra = entero.shape[0] - trozo.shape[0], entero.shape[1] - trozo.shape[1]
    if min(sobra) < 0 or max(sobra) > 8 or trozo.size < 2 or np.ptp(trozo) == 0:
        return None
    for fila, columna in np.ndindex(sobra[0] + 1, sobra[1] + 1):
        corte = entero[fila : fila + trozo.shape[0], columna : columna + trozo.shape[1]]
        if same_numbers(trozo, corte):
            return fila, columna
    return None
