"""Las demostraciones de la lección «Kernels que resaltan»: desenfocar y buscar franjas."""

import ipywidgets
import numpy as np

from course_lib import images, ops, plotting
from course_lib.widgets import wording
from course_lib.widgets.live import FiguraViva

LADO_DE_FRANJAS = 9
ANGULOS = range(0, 180, 15)
LONGITUDES = range(3, 9)


def desenfocar(foto) -> FiguraViva:
    """Una foto y su desenfoque, que crece con el lado del kernel.

    Parameters
    ----------
    foto : array_like
        `(alto, ancho)`, de 0 a 1 y de 15 píxeles de lado o más.

    Returns
    -------
    FiguraViva
        Con los controles `kernel` (promedio o gaussiano) y `tamano`, impar.

    Raises
    ------
    ValueError
        Si no es una matriz de números de 0 a 1, o es más pequeña que el kernel mayor.

    Examples
    --------
    >>> demo = desenfocar(images.foto("camera", lado=32))
    >>> demo.controles["tamano"].value = 5
    >>> print(demo.descripcion)
    Kernel promedio de 5×5: sus 25 pesos suman 1. El contraste baja de 0.273 a 0.240.
    """
    foto = _foto(foto, 15)

    def dibujar(figura, kernel: str, tamano: int) -> str:
        parametros = {"sigma": tamano / 4} if kernel == "gaussiano" else {}
        pesos = images.kernel(kernel, tamano=tamano, **parametros)
        suave = ops.conv2d(foto, pesos)
        izquierda, centro, derecha = figura.subplots(1, 3, width_ratios=(3, 2, 3))
        plotting.show_image(foto, ax=izquierda, titulo="foto")
        plotting.show_kernel(pesos, ax=centro, titulo=f"{kernel} {tamano}×{tamano}", valores=False)
        plotting.show_image(np.clip(suave, 0, 1), ax=derecha, titulo="desenfocada")
        return (
            f"Kernel {kernel} de {tamano}×{tamano}: sus {pesos.size} pesos suman "
            f"{round(pesos.sum(), 9):g}. El contraste baja de {foto.std():.3f} a {suave.std():.3f}."
        )

    controles = {
        "kernel": ipywidgets.Dropdown(options=["promedio", "gaussiano"], description="kernel"),
        "tamano": ipywidgets.IntSlider(3, 3, 15, step=2, description="tamaño"),
    }
    return FiguraViva(dibujar, controles, tamano=(9.2, 3))


def buscar_franjas(foto) -> FiguraViva:
    """Un kernel de Gabor que se gira con un deslizador, y lo que resalta en la foto.

    Parameters
    ----------
    foto : array_like
        `(alto, ancho)`, de 0 a 1 y de 9 píxeles de lado o más.

    Returns
    -------
    FiguraViva
        Con los controles `angulo`, el de las franjas, y `longitud`, lo que mide cada una.

    Raises
    ------
    ValueError
        Si no es una matriz de números de 0 a 1, o es más pequeña que el kernel.

    Examples
    --------
    >>> demo = buscar_franjas(images.barra(90, grosor=2))
    >>> demo.controles["angulo"].value = 90
    >>> print(demo.descripcion)
    Franjas a 90 grados: el mapa va de −0.5 a 0.78.
    """
    foto = _foto(foto, LADO_DE_FRANJAS)
    # Una escala para todos los ángulos: así se ve cuál responde más.
    todos = [_franjas(angulo, longitud) for angulo in ANGULOS for longitud in LONGITUDES]
    limite = max(np.abs(ops.conv2d(foto, pesos)).max() for pesos in todos) or 1.0

    def dibujar(figura, angulo: int, longitud: int) -> str:
        pesos = _franjas(angulo, longitud)
        mapa = ops.conv2d(foto, pesos)
        izquierda, centro, derecha = figura.subplots(1, 3, width_ratios=(3, 2, 3))
        plotting.show_image(foto, ax=izquierda, titulo="foto")
        plotting.show_kernel(pesos, ax=centro, titulo=f"gabor a {angulo}°", valores=False)
        plotting.show_map(mapa, ax=derecha, titulo="mapa", limite=limite, leyenda=True)
        menor, mayor = (wording.number(round(v, 2)) for v in (mapa.min(), mapa.max()))
        return f"Franjas a {angulo} grados: el mapa va de {menor} a {mayor}."

    controles = {
        "angulo": ipywidgets.IntSlider(0, 0, ANGULOS[-1], step=15, description="ángulo"),
        "longitud": ipywidgets.IntSlider(4, LONGITUDES[0], LONGITUDES[-1], description="longitud"),
    }
    return FiguraViva(dibujar, controles, tamano=(9.2, 3))


def _franjas(angulo: int, longitud: int) -> np.ndarray:
    return images.kernel("gabor", theta=angulo, tamano=LADO_DE_FRANJAS, longitud=longitud)


def _foto(foto, menor: int) -> np.ndarray:
    """Una copia propia de la foto, si sirve para todos los valores de los controles."""
    try:
        array = np.array(foto)
    except ValueError:
        array = np.empty(0, object)  # filas de distinta longitud
    if array.dtype.kind not in "biuf" or array.ndim != 2 or min(array.shape) < menor:
        raise ValueError(
            f"foto es {array.dtype} de forma {array.shape} y aquí se espera una matriz de números "
            f"de {menor}×{menor} o más. Si es en color, elige un canal: foto[:, :, 0]."
        )
    if not (np.isfinite(array).all() and array.min() >= 0 and array.max() <= 1):
        raise ValueError(
            "foto tiene valores que no van de 0 (negro) a 1 (blanco). Si es uint8, "
            "divide: foto / 255."
        )
    return array.astype(float)
