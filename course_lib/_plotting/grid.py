"""La rejilla de mapas; los cuadernos la piden a `course_lib.plotting`."""

import numpy as np
from matplotlib.figure import FigureBase

from course_lib._plotting import checks, drawing


def show_grid(
    mapas,
    titulos: list[str] | None = None,
    columnas: int | None = None,
    figura: FigureBase | None = None,
) -> np.ndarray:
    """Varios mapas juntos con una sola escala, para poder comparar sus colores.

    Parameters
    ----------
    mapas : array_like or list of array_like
        `(alto, ancho, canales)`, o una lista de mapas `(alto, ancho)`. No se modifican.
    titulos : list of str, optional
        Uno por mapa; si faltan, «mapa 0», «mapa 1»…
    columnas : int, optional
        Mapas por fila; si falta, 4 como mucho.
    figura : Figure or SubFigure, optional
        Dónde dibujar; si falta, se crea una figura.

    Returns
    -------
    numpy.ndarray of Axes
        Uno por mapa, `(canales,)`.

    Raises
    ------
    ValueError, TypeError
        Si algún mapa no tiene dos dimensiones o hay NaN, o no hay un título por mapa.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> axes = show_grid([[[1, 2]], [[-3, 0]]], figura=Figure())
    >>> [ax.images[0].get_clim() for ax in axes]
    [(-3.0, 3.0), (-3.0, 3.0)]
    """
    arrays, titulos, columnas = checks.check_grid(mapas, titulos, columnas)
    checks.check_figure(figura)
    n, filas = len(arrays), -(-len(arrays) // columnas)
    limite = checks.symmetric_limit("mapas", arrays, None)
    figura = drawing.new_figure(filas, columnas, arrays[0].shape) if figura is None else figura
    axes = figura.subplots(filas, columnas, squeeze=False).ravel()
    for ax in axes[n:]:
        ax.remove()
    axes = axes[:n]
    for ax, array in zip(axes, arrays, strict=True):
        drawing.paint_signed(array, limite, ax)
    figura.colorbar(axes[0].images[0], ax=list(axes), aspect=25)
    drawing.label_grid(figura, axes, arrays, titulos)
    return axes
