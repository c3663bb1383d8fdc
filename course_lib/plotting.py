"""Dibuja arrays y devuelve los Axes; nada más: ni `plt.show()`, ni estado, ni datos cambiados.

Con `ax` dibuja en él sin borrar lo que hubiera; sin `ax`, crea una figura. Para mover un
deslizador deprisa no hace falta volver a dibujar: `ax.images[0].set_data(mapa)` cambia los
colores (con `valores=False`, para que no queden los números de antes) y
`ax.patches[0].set_xy((columna - 0.5, fila - 0.5))` mueve la ventana.
"""

import numpy as np
from matplotlib.axes import Axes

from course_lib._plotting import checks, drawing
from course_lib._plotting.describe import describe
from course_lib._plotting.drawing import mark_window
from course_lib._plotting.grid import show_grid
from course_lib._plotting.products import show_products

__all__ = [
    "describe",
    "mark_window",
    "show_grid",
    "show_image",
    "show_kernel",
    "show_map",
    "show_products",
    "show_window",
]

_CURA_IMAGEN = "Si es un lote, elige una imagen: imagenes[0]."
_CURA_MAPA = "Elige un canal, mapa[:, :, 0], o dibújalos todos con show_grid."


def show_image(
    imagen,
    ax: Axes | None = None,
    titulo: str | None = None,
    valores: bool = False,
    rango: tuple[float, float] | None = None,
) -> Axes:
    """Una imagen en gris o en color, siempre con la misma escala: negro es 0 y blanco es 1.

    Parameters
    ----------
    imagen : array_like
        `(alto, ancho)` o `(alto, ancho, 3)`. No se modifica.
    ax : Axes, optional
        Dónde dibujar; si falta, se crea una figura.
    titulo : str, optional
        Título.
    valores : bool
        Escribe el valor de cada píxel si caben y se leen; solo en gris.
    rango : tuple of float, optional
        Los valores que se ven negro y blanco. Si falta, (0, 1); en uint8, (0, 255).

    Returns
    -------
    Axes
        Con la imagen en `ax.images[0]`.

    Raises
    ------
    ValueError, TypeError
        Si la forma no es de imagen, hay NaN o algún valor no cabe en la escala.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = show_image([[0.2, 0.4], [0.6, 0.8]], ax=Figure().add_subplot(), valores=True)
    >>> ax.images[0].get_clim(), [t.get_text() for t in ax.texts]
    ((0.0, 1.0), ['0.2', '0.4', '0.6', '0.8'])
    """
    array = checks.check_array("imagen", imagen, (2, 3), _CURA_IMAGEN)
    checks.check_channels("imagen", array)
    checks.check_axes(ax)
    negro, blanco = checks.gray_range(array, rango)
    if array.ndim == 3:
        if valores:
            raise ValueError("valores=True no sirve en color. Elige un canal: imagen[:, :, 0].")
        array = np.clip((array - negro) / (blanco - negro), 0, 1)
    ax = drawing.new_axes(array.shape[:2]) if ax is None else ax
    ax.imshow(array, cmap="gray", vmin=negro, vmax=blanco, interpolation="nearest")
    celdas = valores and drawing.write_numbers([ax], [array])
    drawing.finish(ax, array.shape[:2], titulo, celdas)
    return ax


def show_kernel(
    kernel,
    ax: Axes | None = None,
    titulo: str | None = None,
    valores: bool = True,
    limite: float | None = None,
) -> Axes:
    """Un kernel con sus pesos: azul los negativos, gris claro el cero, rojo los positivos.

    Parameters
    ----------
    kernel : array_like
        `(alto, ancho)`. No se modifica.
    ax, titulo
        Como en `show_image`.
    valores : bool
        Escribe cada peso si caben y se leen.
    limite : float, optional
        Extremo de la escala, que va de −limite a limite; si falta, el mayor peso sin signo.

    Returns
    -------
    Axes
        Con el kernel en `ax.images[0]`.

    Raises
    ------
    ValueError, TypeError
        Si no tiene dos dimensiones, hay NaN o `limite` recortaría algún peso.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = show_kernel([[-1, 0, 2]], ax=Figure().add_subplot())
    >>> ax.images[0].get_clim(), [t.get_text() for t in ax.texts]
    ((-2.0, 2.0), ['−1', '0', '2'])
    """
    array = checks.check_array("kernel", kernel, (2,), checks.CURA_KERNEL)
    checks.check_axes(ax)
    limite = checks.symmetric_limit("kernel", [array], limite)
    ax = drawing.new_axes(array.shape) if ax is None else ax
    return drawing.draw_signed(array, limite, ax, titulo, valores)


def show_map(
    mapa,
    ax: Axes | None = None,
    titulo: str | None = None,
    valores: bool = True,
    limite: float | None = None,
    leyenda: bool = False,
) -> Axes:
    """Un mapa de características: azul lo negativo, gris claro el cero, rojo lo positivo.

    Parameters
    ----------
    mapa : array_like
        `(alto, ancho)`. No se modifica.
    ax, titulo
        Como en `show_image`.
    valores : bool
        Escribe cada valor si caben y se leen.
    limite : float, optional
        Extremo de la escala, que va de −limite a limite; si falta, el mayor valor sin signo.
        Fíjalo para comparar mapas o para que un deslizador no cambie los colores.
    leyenda : bool
        Añade la escala de colores al lado.

    Returns
    -------
    Axes
        Con el mapa en `ax.images[0]`.

    Raises
    ------
    ValueError, TypeError
        Si no tiene dos dimensiones, hay NaN o `limite` recortaría algún valor.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> show_map([[1, -4]], ax=Figure().add_subplot()).images[0].get_clim()
    (-4.0, 4.0)
    """
    array = checks.check_array("mapa", mapa, (2,), _CURA_MAPA)
    checks.check_axes(ax)
    limite = checks.symmetric_limit("mapa", [array], limite)
    ax = drawing.new_axes(array.shape, leyenda=leyenda) if ax is None else ax
    drawing.draw_signed(array, limite, ax, titulo, valores)
    if leyenda:
        # Al lado y no quitándole sitio: así mide lo mismo que el mapa y no encoge los números.
        ax.get_figure().colorbar(ax.images[-1], cax=ax.inset_axes((1.04, 0, 0.05, 1)))
    return ax


def show_window(
    imagen,
    fila: int,
    columna: int,
    tamano: int | tuple[int, int],
    ax: Axes | None = None,
    titulo: str | None = None,
    valores: bool = False,
    rango: tuple[float, float] | None = None,
) -> Axes:
    """Una imagen con la ventana que el kernel está mirando, justo por el borde de los píxeles.

    Parameters
    ----------
    imagen, ax, titulo, valores, rango
        Como en `show_image`.
    fila, columna : int
        El píxel de arriba a la izquierda de la ventana, contando desde 0.
    tamano : int or tuple of int
        Lado de la ventana, o `(alto, ancho)`.

    Returns
    -------
    Axes
        Con la ventana en `ax.patches[-1]`.

    Raises
    ------
    ValueError, TypeError
        Si la ventana se sale de la imagen, o por lo mismo que `show_image`.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = show_window([[0, 1, 0], [1, 0, 1]], 0, 1, 2, ax=Figure().add_subplot())
    >>> ax.patches[0].get_xy(), ax.patches[0].get_width()
    ((0.5, -0.5), 2)
    """
    array = checks.check_array("imagen", imagen, (2, 3), _CURA_IMAGEN)
    fila, columna, alto, ancho = checks.check_window(array.shape, fila, columna, tamano)
    ax = show_image(array, ax, titulo, valores, rango)
    mark_window(ax, fila, columna, alto, ancho)
    return ax
