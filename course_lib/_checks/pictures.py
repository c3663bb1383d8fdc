"""El dibujo de una diferencia; los cuadernos lo piden a `course_lib.checks`."""

import io

import numpy as np
from matplotlib.figure import Figure

from course_lib import plotting
from course_lib._checks import compare


def draw_difference(
    obtenido, esperado, titulos: tuple[str, str] = ("Se espera", "Tu resultado")
) -> Figure | None:
    """Dibuja lo esperado, lo obtenido y, si miden lo mismo, su diferencia.

    La primera casilla distinta lleva un marco.

    Parameters
    ----------
    obtenido : object
        Lo que devolvió la función del estudiante.
    esperado : array_like
    titulos : tuple of str
        Cómo llamar a lo esperado y a lo obtenido.

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
    dibujos = [(titulos[0], esperado, limite), (titulos[1], array, limite)]
    if array.shape == esperado.shape:
        dibujos.append(("Diferencia", array - esperado, None))
    figura = Figure(figsize=(3.2 * len(dibujos), 3.2), layout="constrained")
    axes = figura.subplots(1, len(dibujos))
    for ax, (titulo, mapa, limite) in zip(axes, dibujos, strict=True):
        plotting.show_map(mapa, ax=ax, titulo=titulo, limite=limite)
    if len(dibujos) == 3 and (distintos := ~compare.close(array, esperado)).any():
        for ax in axes:
            plotting.mark_window(ax, *np.argwhere(distintos)[0], 1, 1)
    return figura


def _dibujable(mapa: np.ndarray) -> bool:
    # Ni los números que desbordan la escala de colores, ni un mapa que tarde minutos.
    return mapa.ndim == 2 and 0 < mapa.size <= 1e6 and bool((np.abs(mapa) < 1e100).all())


def show(obtenido, esperado, frase: str, titulos=("Se espera", "Tu resultado")) -> None:
    """Dibuja la diferencia si hay un cuaderno donde verla, con la frase para quien no la ve."""
    from IPython import get_ipython
    from IPython.display import Image, display

    if get_ipython() is None:
        return
    figura = draw_difference(obtenido, esperado, titulos)
    if figura is not None:
        # Ya hecho imagen: IPython solo sabe pintar un Figure si el cuaderno ha importado pyplot.
        png = io.BytesIO()
        figura.savefig(png, format="png")
        display(Image(png.getvalue(), alt=frase))
