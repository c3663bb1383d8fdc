"""La foto del explorador: lo que se ve donde no hay navegador que lo mueva."""

import io

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_lib import plotting
from course_lib.widgets import wording

PUNTOS_POR_PULGADA = 100


def png(*exploradores) -> bytes:
    """Los dibujos principales de cada explorador, uno al lado de otro y cada uno en su fila."""
    filas = [_drawings(e) for e in exploradores]
    tamano = (3.1 * max(map(len, filas)), 3.3 * len(filas))
    # Sin pyplot: los avisos de los controles pueden llegar desde otro hilo del kernel.
    figura = Figure(figsize=tamano, dpi=PUNTOS_POR_PULGADA, layout="constrained")
    FigureCanvasAgg(figura)
    for trozo, dibujos in zip(np.ravel(figura.subfigures(len(filas), 1)), filas, strict=True):
        for ax, dibujar in zip(np.ravel(trozo.subplots(1, len(dibujos))), dibujos, strict=True):
            dibujar(ax)
    bytes_ = io.BytesIO()
    figura.canvas.print_png(bytes_)
    return bytes_.getvalue()


def _drawings(e) -> list:
    if e.historia is not None:
        return [lambda ax: _kernels(e, ax)]
    if e.capas:
        return [lambda ax: _field(e, ax)]
    dibujos = [lambda ax: _image(e, ax), lambda ax: _kernel(e, ax)]
    try:
        mapa = e.mapa
    except ValueError:
        mapa = None
    return dibujos if mapa is None else [*dibujos, lambda ax: _map(e, mapa, ax)]


def _picture(e) -> np.ndarray:
    """La imagen en gris o en color; de más canales, el elegido."""
    imagen = e.imagen
    if imagen.ndim == 3 and imagen.shape[2] != 3:
        imagen = imagen[:, :, min(e.canal, imagen.shape[2] - 1)]
    if imagen.ndim == 3:
        return np.clip(imagen, 0, 1)
    return imagen


def _image(e, ax) -> None:
    imagen = _picture(e)
    rango = None if imagen.ndim == 3 else (min(0.0, imagen.min()), max(1.0, imagen.max()))
    plotting.show_image(imagen, ax=ax, titulo="imagen y ventana", rango=rango)
    if e.ajeno or (mapa := _map_or_none(e)) is None:
        return
    y, x = wording.corner(e, *wording.place(e, mapa)[:2])
    alto, ancho = (e.dilation * (k - 1) + 1 for k in e.kernel.shape[:2])
    _frame(ax, y, x, alto, ancho)


def _map_or_none(e):
    try:
        return e.mapa
    except ValueError:
        return None


def _frame(ax, y: float, x: float, alto: float, ancho: float) -> None:
    for color, grosor in (("black", 4), ("#ffd400", 2.5)):
        caja = Rectangle((x - 0.5, y - 0.5), ancho, alto, fill=False, ec=color, lw=grosor)
        ax.add_patch(caja)


def _kernel(e, ax) -> None:
    kernel = e.kernel
    if kernel.ndim == 4:
        canales, filtros = kernel.shape[2:]
        kernel = kernel[:, :, min(e.canal, canales - 1), min(e.filtro, filtros - 1)]
    plotting.show_kernel(kernel, ax=ax, titulo="kernel")


def _map(e, mapa: np.ndarray, ax) -> None:
    fila, columna, filtro = wording.place(e, mapa)
    plotting.show_map(
        mapa.reshape(*mapa.shape[:2], -1)[:, :, filtro], ax=ax, titulo="mapa", limite=e.limite
    )
    if not e.ajeno:
        _frame(ax, fila, columna, 1, 1)


def _kernels(e, ax) -> None:
    kernels = e.historia[min(e.epoca, len(e.historia) - 1)]
    kh, kw, filtros = kernels.shape
    columnas = int(np.ceil(np.sqrt(filtros)))
    huecos = np.zeros((kh, kw, columnas * -(-filtros // columnas) - filtros))
    todos = np.concatenate([kernels, huecos], axis=2)
    mosaico = todos.transpose(2, 0, 1).reshape(-1, columnas, kh, kw).transpose(0, 2, 1, 3)
    plotting.show_map(mosaico.reshape(-1, columnas * kw), ax=ax, titulo=f"época {e.epoca}")


def _field(e, ax) -> None:
    imagen = _picture(e)
    rango = None if imagen.ndim == 3 else (min(0.0, imagen.min()), max(1.0, imagen.max()))
    plotting.show_image(imagen, ax=ax, titulo="lo que ve un píxel", rango=rango)
    pisos, tamano = wording.tower(e)
    fila, columna = divmod(min(e.posicion, tamano[0] * tamano[1] - 1), tamano[1])
    (a, b), (c, d) = wording.seen(pisos, fila, columna)
    _frame(ax, a, c, b - a + 1, d - c + 1)
