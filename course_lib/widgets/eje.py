"""Las ventanas de un solo eje: dónde empieza cada una, qué abarca y qué píxel no ve ninguna."""

import ipywidgets
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from course_lib.widgets.live import FiguraViva

MARGENES = {"n": (1, 16), "kernel": (1, 5), "stride": (1, 4), "padding": (0, 3), "dilation": (1, 3)}
# Claro y oscuro además de color: se distinguen también en gris.
PIXEL, CERO, SIN_VER, PESO = "#ffffff", "#d0d0d0", "#ffd400", "#1f5a96"
# Con menos filas las casillas saldrían enormes, y al mover un control cambiarían de tamaño.
FILAS_MINIMAS = 6


def ventanas_en_un_eje(n=8, kernel=3, stride=2, padding=0, dilation=1) -> FiguraViva:
    """Una fila de píxeles y, debajo, todas las ventanas que caben en ella.

    Parameters
    ----------
    n : int, default 8
        Píxeles del eje, 16 como mucho.
    kernel, stride, padding, dilation : int
        Como en `ops.output_size`; el padding se añade a los dos lados.

    Returns
    -------
    FiguraViva
        Con un deslizador para cada argumento.

    Raises
    ------
    ValueError
        Si algún valor se sale de los márgenes de su deslizador.

    Examples
    --------
    >>> demo = ventanas_en_un_eje(n=8, kernel=3, stride=2)
    >>> print(demo.descripcion)
    (8 + 2·0 − 3) / 2 = 2.5; hacia abajo, 2; más 1: 3 posiciones. Sin ver: el píxel 7.
    >>> demo.controles["n"].value = 7
    >>> print(demo.descripcion)
    (7 + 2·0 − 3) / 2 = 2; más 1: 3 posiciones. Todos los píxeles entran en alguna ventana.
    """
    valores = {"n": n, "kernel": kernel, "stride": stride, "padding": padding, "dilation": dilation}
    controles = {nombre: _slider(nombre, valor) for nombre, valor in valores.items()}
    return FiguraViva(_draw, controles, tamano=(9.2, 3.0), fotogramas=120)


def _slider(nombre: str, valor: int) -> ipywidgets.IntSlider:
    minimo, maximo = MARGENES[nombre]
    if not minimo <= valor <= maximo:
        raise ValueError(
            f"{nombre}={valor} no cabe en el dibujo. Usa un valor de {minimo} a {maximo}."
        )
    return ipywidgets.IntSlider(
        valor, minimo, maximo, description=nombre, layout={"width": "280px"}
    )


def _draw(figura, n: int, kernel: int, stride: int, padding: int, dilation: int) -> str:
    abarca = (kernel - 1) * dilation + 1
    inicios = range(-padding, n + padding - abarca + 1, stride)
    pesos = [[inicio + dilation * k for k in range(kernel)] for inicio in inicios]
    sin_ver = sorted(set(range(n)).difference(*pesos))
    ax = figura.add_subplot()
    for x in range(-padding, n + padding):
        dentro = 0 <= x < n
        color = SIN_VER if x in sin_ver and pesos else PIXEL if dentro else CERO
        _cell(ax, x, 0, color, str(x) if dentro else "")
    for y, ventana in enumerate(pesos, start=1):
        ax.plot([ventana[0], ventana[-1]], [-y, -y], color=PESO, linewidth=2)
        for x in ventana:
            _cell(ax, x, -y, PESO)
    ax.set(xlim=(-3.6, 18.6), ylim=(-max(len(pesos), FILAS_MINIMAS) - 0.6, 0.8))
    ax.set(aspect="equal", anchor="NW")
    ax.set_axis_off()
    return _sentence(n + 2 * padding, abarca, stride, f"{n} + 2·{padding} − {abarca}", sin_ver)


def _cell(ax: Axes, x: int, y: int, color: str, texto: str = "") -> None:
    ax.add_patch(Rectangle((x - 0.45, y - 0.4), 0.9, 0.8, facecolor=color, edgecolor="#333333"))
    ax.text(x, y, texto, ha="center", va="center", fontsize=8)


def _sentence(largo: int, abarca: int, stride: int, resta: str, sin_ver: list[int]) -> str:
    """La fórmula con sus números y los píxeles que no cuentan."""
    if abarca > largo:
        return f"El kernel abarca {abarca} píxeles y el eje, con su padding, mide {largo}: no cabe."
    cociente, resto = divmod(largo - abarca, stride)
    exacto = f"{(largo - abarca) / stride:.3g}"
    abajo = f"; hacia abajo, {cociente}" if resto else ""
    posiciones = "1 posición" if cociente == 0 else f"{cociente + 1} posiciones"
    return f"({resta}) / {stride} = {exacto}{abajo}; más 1: {posiciones}. {_unseen(sin_ver)}"


def _unseen(sin_ver: list[int]) -> str:
    if not sin_ver:
        return "Todos los píxeles entran en alguna ventana."
    if len(sin_ver) == 1:
        return f"Sin ver: el píxel {sin_ver[0]}."
    return f"Sin ver: los píxeles {', '.join(map(str, sin_ver[:-1]))} y {sin_ver[-1]}."
