"""Mover la imagen y mirar qué le pasa al mapa: cuánto cambia un resumen y dónde falla el borde."""

import ipywidgets
import numpy as np
from matplotlib.figure import Figure

from course_lib import ops, plotting
from course_lib.widgets.live import FiguraViva

RESUMENES = {
    "máximo": ops.max_pool2d,
    "media": ops.avg_pool2d,
    "sin mirar (1 de cada n)": lambda x, n: x[: x.shape[0] // n * n : n, : x.shape[1] // n * n : n],
}
BORDES = ("en círculo", "con ceros", "repitiendo el borde")


def resumen_al_mover(mapa) -> FiguraViva:
    """Un mapa que se mueve, lo que queda de él al resumirlo y en qué cambia ese resumen.

    Parameters
    ----------
    mapa : array_like
        `(alto, ancho)`, de 8×8 como poco.

    Returns
    -------
    FiguraViva
        Con los controles `resumen`, `ventana` y `columnas`, cuánto se mueve a la derecha.

    Raises
    ------
    ValueError, TypeError
        Si no es un mapa de números de ese tamaño.

    Examples
    --------
    >>> demo = resumen_al_mover(np.eye(8)[::-1])
    >>> demo.controles["columnas"].value = 1
    >>> print(demo.descripcion)
    Al mover el mapa 1 columna cambian 16 de sus 64 números, y 4 de los 16 del resumen.
    """
    mapa = _big_enough("mapa", mapa)

    def dibujar(figura, resumen: str, ventana: int, columnas: int) -> str:
        movido = np.roll(mapa, columnas, axis=1)
        antes, despues = (RESUMENES[resumen](x, ventana) for x in (mapa, movido))
        mapas = {"el mapa, movido": movido, "su resumen": despues, "el resumen de antes": antes}
        _draw(figura, {**mapas, "diferencia": despues - antes})
        return (
            f"Al mover el mapa {columnas} columna{'s' * (columnas != 1)} cambian "
            f"{_changed(mapa, movido)} de sus {mapa.size} números, y "
            f"{_changed(antes, despues)} de los {antes.size} del resumen."
        )

    controles = {
        "resumen": ipywidgets.Dropdown(options=list(RESUMENES), description="resumen"),
        "ventana": ipywidgets.IntSlider(2, min=2, max=4, description="ventana"),
        "columnas": ipywidgets.IntSlider(0, min=0, max=4, description="columnas"),
    }
    return FiguraViva(dibujar, controles, tamano=(9.2, 2.5))


def mover_y_filtrar(imagen, kernel) -> FiguraViva:
    """Los dos caminos, mover y filtrar o filtrar y mover, y en qué píxeles no coinciden.

    Parameters
    ----------
    imagen : array_like
        `(alto, ancho)`, de 8×8 como poco; se mueve en círculo.
    kernel : array_like
        `(kh, kw)`, con los dos lados impares: así el mapa mide lo que la imagen.

    Returns
    -------
    FiguraViva
        Con los controles `borde`, `filas` y `columnas`.

    Raises
    ------
    ValueError, TypeError
        Si no son matrices de números o algún lado del kernel es par.

    Examples
    --------
    >>> demo = mover_y_filtrar(np.eye(8), np.ones((3, 3)))
    >>> demo.controles["borde"].value = "con ceros"
    >>> print(demo.descripcion)
    Borde con ceros, 0 filas y 3 columnas: los dos caminos no coinciden en 10 de 64 píxeles.
    """
    imagen, kernel = _big_enough("imagen", imagen), _odd(kernel)

    def dibujar(figura, borde: str, filas: int, columnas: int) -> str:
        viaje = {"shift": (filas, columnas), "axis": (0, 1)}
        mover_antes = filter_same(np.roll(imagen, **viaje), kernel, borde)
        mover_despues = np.roll(filter_same(imagen, kernel, borde), **viaje)
        mapas = {"mover y filtrar": mover_antes, "filtrar y mover": mover_despues}
        _draw(figura, {**mapas, "diferencia": mover_antes - mover_despues})
        distintos = _changed(mover_antes, mover_despues)
        final = f"no coinciden en {distintos} de" if distintos else "coinciden en los"
        return (
            f"Borde {borde}, {filas} filas y {columnas} columnas: los dos caminos {final} "
            f"{imagen.size} píxeles."
        )

    controles = {
        "borde": ipywidgets.Dropdown(options=BORDES, description="borde"),
        "filas": ipywidgets.IntSlider(0, min=-6, max=6, description="filas"),
        "columnas": ipywidgets.IntSlider(3, min=-6, max=6, description="columnas"),
    }
    return FiguraViva(dibujar, controles, tamano=(9.2, 2.9))


def filter_same(imagen: np.ndarray, kernel: np.ndarray, borde: str) -> np.ndarray:
    """El mapa del mismo tamaño que la imagen, con lo que haya fuera según el borde elegido."""
    modos = dict(zip(BORDES, ("wrap", "constant", "edge"), strict=True))
    marco = [(n // 2, n // 2) for n in kernel.shape]
    return ops.conv2d(np.pad(imagen, marco, mode=modos[borde]), kernel)


def _big_enough(nombre: str, valor) -> np.ndarray:
    array = np.array(valor)
    if array.dtype.kind not in "biuf":
        raise TypeError(f"{nombre} no es una cuadrícula de números. Escríbelo por filas iguales.")
    if array.ndim != 2 or min(array.shape) < 8:
        raise ValueError(
            f"{nombre} tiene forma {array.shape} y aquí se espera (alto, ancho), con 8 píxeles "
            "por lado como poco."
        )
    return array.astype(float)


def _odd(kernel) -> np.ndarray:
    kernel = np.array(kernel)
    if kernel.ndim != 2 or not all(n % 2 for n in kernel.shape):
        raise ValueError(
            f"kernel tiene forma {kernel.shape} y aquí se esperan dos lados impares. "
            'Usa uno de 3×3, como images.kernel("sobel_x").'
        )
    return kernel


def _draw(figura: Figure, mapas: dict[str, np.ndarray]) -> None:
    """Los mapas en fila y con la misma escala: una diferencia pequeña se ve pequeña."""
    limite = max(max(np.abs(mapa).max() for mapa in mapas.values()), 1e-12)
    for ax, (titulo, mapa) in zip(figura.subplots(1, len(mapas)), mapas.items(), strict=True):
        plotting.show_map(mapa, ax=ax, titulo=titulo, valores=False, limite=limite)


def _changed(antes: np.ndarray, despues: np.ndarray) -> int:
    """En cuántos números se distinguen dos mapas, sin contar el redondeo."""
    return int((~np.isclose(antes, despues, atol=1e-9)).sum())
