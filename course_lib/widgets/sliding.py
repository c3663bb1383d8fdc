"""Las demostraciones de la lección «Deslizar»: una ventana que recorre la imagen."""

import ipywidgets
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from course_lib import images, ops, plotting
from course_lib.widgets.live import FiguraViva

# Con más píxeles por lado los números no caben y cada movimiento tarda demasiado.
LADO_MAXIMO = 12


def ventana_deslizante(imagen, kernel) -> FiguraViva:
    """Recorre la imagen posición a posición: la ventana, sus productos y el mapa que se llena.

    Parameters
    ----------
    imagen : array_like
        `(alto, ancho)`, de 12×12 como mucho: los números tienen que caber.
    kernel : array_like
        `(kh, kw)`.

    Returns
    -------
    FiguraViva
        Con el control `posicion`, que empieza en 0.

    Raises
    ------
    ValueError, TypeError
        Si no son matrices de números pequeñas o el kernel no cabe en la imagen.

    Examples
    --------
    >>> demo = ventana_deslizante(images.diapositiva(), images.kernel("diapositiva"))
    >>> demo.controles["posicion"].value = 8
    >>> print(demo.descripcion)
    Posición 9 de 9: la ventana empieza en la fila 2, columna 2, y su suma ponderada es 4.
    """
    imagen, kernel = _pequena("imagen", imagen), _pequena("kernel", kernel)
    mapa = ops.conv2d(imagen, kernel)

    def dibujar(figura, posicion: int) -> str:
        fila, columna = np.unravel_index(posicion, mapa.shape)
        ventana = imagen[fila : fila + kernel.shape[0], columna : columna + kernel.shape[1]]
        izquierda, centro, derecha = figura.subplots(1, 3)
        _ventana(imagen, (fila, columna), kernel.shape, izquierda, "imagen y ventana")
        plotting.show_products(ventana, kernel, ax=centro, titulo="peso × píxel")
        _mapa_hasta(mapa, posicion, derecha)
        return (
            f"Posición {posicion + 1} de {mapa.size}: la ventana empieza en la fila {fila}, "
            f"columna {columna}, y su suma ponderada es {mapa[fila, columna]:g}."
        )

    return FiguraViva(dibujar, _posicion(mapa), tamano=(9.2, 3.5))


def dos_orientaciones(imagen, kernel) -> FiguraViva:
    """El mismo kernel tal cual y girado 180°, sobre la misma ventana, con sus dos mapas.

    Parameters
    ----------
    imagen : array_like
        `(alto, ancho)`, de 12×12 como mucho.
    kernel : array_like
        `(kh, kw)`; si es simétrico, los dos mapas son iguales.

    Returns
    -------
    FiguraViva
        Con el control `posicion`, que empieza en 0.

    Raises
    ------
    ValueError, TypeError
        Como `ventana_deslizante`.

    Examples
    --------
    >>> demo = dos_orientaciones(images.diapositiva(), [[1, 2], [3, 4]])
    >>> print(demo.descripcion)
    Fila 0, columna 0: con el kernel tal cual sale 7; con el kernel girado 180°, 8.
    """
    imagen, kernel = _pequena("imagen", imagen), _pequena("kernel", kernel)
    girado = kernel[::-1, ::-1]
    mapas = ops.conv2d(imagen, kernel), ops.conv2d(imagen, girado)
    limite = max(np.abs(mapas).max(), 1e-12)

    def dibujar(figura, posicion: int) -> str:
        fila, columna = np.unravel_index(posicion, mapas[0].shape)
        ejes = figura.subplots(1, 5)
        _ventana(imagen, (fila, columna), kernel.shape, ejes[0], "imagen")
        plotting.show_kernel(kernel, ax=ejes[1], titulo="tal cual")
        plotting.show_kernel(girado, ax=ejes[3], titulo="girado 180°")
        for ax, mapa in zip(ejes[2::2], mapas, strict=True):
            plotting.show_map(mapa, ax=ax, titulo="su mapa", limite=limite)
            _marcar(ax, fila, columna)
        return (
            f"Fila {fila}, columna {columna}: con el kernel tal cual sale "
            f"{mapas[0][fila, columna]:g}; con el kernel girado 180°, "
            f"{mapas[1][fila, columna]:g}."
        )

    return FiguraViva(dibujar, _posicion(mapas[0]), tamano=(9.2, 2.4))


def filtro_en_foto(foto) -> FiguraViva:
    """Una foto, un kernel que se elige por su nombre y el mapa que resulta.

    Parameters
    ----------
    foto : array_like
        `(alto, ancho)`, de 0 a 1.

    Returns
    -------
    FiguraViva
        Con el control `kernel`, un menú con todos los nombres.

    Raises
    ------
    ValueError, TypeError
        Si no es una matriz de números entre 0 y 1, o algún kernel no cabe en ella.

    Examples
    --------
    >>> demo = filtro_en_foto(images.foto("coins", lado=32))
    >>> demo.controles["kernel"].value = "sobel_x"
    >>> demo.descripcion.startswith("Kernel sobel_x")
    True
    """
    foto = _matriz("foto", foto)
    _comprobar_foto(foto)

    def dibujar(figura, kernel: str) -> str:
        pesos = images.kernel(kernel)
        mapa = ops.conv2d(foto, pesos)
        izquierda, centro, derecha = figura.subplots(1, 3, width_ratios=(3, 2, 3))
        plotting.show_image(foto, ax=izquierda, titulo="foto")
        plotting.show_kernel(pesos, ax=centro, titulo=kernel)
        plotting.show_map(mapa, ax=derecha, titulo="mapa", leyenda=True)
        return (
            f"Kernel {kernel}: {images.KERNELS[kernel]} El mapa va de {mapa.min():.2f} a "
            f"{mapa.max():.2f}."
        )

    menu = ipywidgets.Dropdown(options=list(images.KERNELS), description="Kernel")
    return FiguraViva(dibujar, {"kernel": menu}, tamano=(9.2, 2.9))


def _matriz(nombre: str, valor) -> np.ndarray:
    """Una copia propia: si el cuaderno cambia luego su array, el dibujo no se contradice."""
    try:
        array = np.asarray(valor)
    except ValueError:
        array = np.empty(0, object)  # filas de distinta longitud
    if array.dtype.kind not in "biuf":
        raise TypeError(
            f"{nombre} no es una cuadrícula de números. Escríbelo por filas, todas igual de "
            "largas: [[1, 2], [3, 4]]."
        )
    if array.ndim != 2 or array.size == 0:
        raise ValueError(
            f"{nombre} tiene forma {array.shape} y aquí se espera (alto, ancho). Si tiene "
            f"canales, elige uno: {nombre}[:, :, 0]."
        )
    if not np.isfinite(array).all():
        raise ValueError(
            f"{nombre} contiene NaN o infinitos. Sustitúyelos con np.nan_to_num({nombre})."
        )
    return array.astype(float)


def _pequena(nombre: str, valor) -> np.ndarray:
    array = _matriz(nombre, valor)
    if max(array.shape) > LADO_MAXIMO:
        raise ValueError(
            f"{nombre} mide {array.shape[0]}×{array.shape[1]} y aquí caben {LADO_MAXIMO}×"
            f"{LADO_MAXIMO} como mucho. Recorta un trozo: {nombre}[:8, :8]."
        )
    return array


def _comprobar_foto(foto: np.ndarray) -> None:
    """Ahora y no cuando alguien elija en el menú justo el kernel que no cabe."""
    if foto.min() < 0 or foto.max() > 1:
        raise ValueError(
            f"foto va de {foto.min():g} a {foto.max():g} y aquí se espera de 0 (negro) a 1 "
            "(blanco). Si es uint8, divide: foto / 255."
        )
    mayor = max(max(images.kernel(nombre).shape) for nombre in images.KERNELS)
    if min(foto.shape) < mayor:
        raise ValueError(
            f"foto mide {foto.shape[0]}×{foto.shape[1]} y el kernel más grande del menú, "
            f"{mayor}×{mayor}. Usa una foto mayor."
        )


def _ventana(imagen: np.ndarray, esquina, tamano, ax: Axes, titulo: str) -> None:
    # De negro a blanco, la imagen entera: no todas van de 0 a 1.
    rango = min(0.0, imagen.min()), max(1.0, imagen.max())
    plotting.show_window(imagen, *esquina, tamano, ax=ax, titulo=titulo, valores=True, rango=rango)


def _posicion(mapa: np.ndarray) -> dict[str, ipywidgets.IntSlider]:
    # Sin su número: cuenta desde 0 y la frase de debajo, «Posición 1 de 9», desde 1.
    deslizador = ipywidgets.IntSlider(
        0, 0, mapa.size - 1, description="Posición", readout=False, layout={"width": "420px"}
    )
    return {"posicion": deslizador}


def _mapa_hasta(mapa: np.ndarray, posicion: int, ax: Axes) -> None:
    """El mapa con las posiciones que la ventana aún no ha visitado tapadas."""
    plotting.show_map(mapa, ax=ax, titulo="mapa")
    for pendiente in range(posicion + 1, mapa.size):
        fila, columna = np.unravel_index(pendiente, mapa.shape)
        ax.add_patch(
            Rectangle(
                (columna - 0.5, fila - 0.5),
                1,
                1,
                facecolor="white",
                edgecolor="#c3c9d1",
                hatch="//",
                zorder=5,
            )
        )
    _marcar(ax, *np.unravel_index(posicion, mapa.shape))


def _marcar(ax: Axes, fila: int, columna: int) -> None:
    """Un recuadro en la posición del mapa que sale de la ventana actual."""
    ax.add_patch(
        Rectangle(
            (columna - 0.5, fila - 0.5),
            1,
            1,
            fill=False,
            edgecolor="#ffd400",
            linewidth=4,
            zorder=6,
            clip_on=False,
        )
    )
