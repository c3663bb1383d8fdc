"""Lo que comparten las figuras de `plotting`: números en las celdas, color de la tinta, ejes."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import FigureBase
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator

from course_lib._plotting.numerals import numbers

# Azul = negativo, gris claro = cero, rojo = positivo. Simulando las tres cegueras al color
# (Machado et al., 2009), la menor diferencia entre los extremos es ΔE 81 en coolwarm, 46 en
# PuOr_r y 35 en RdBu_r; además, sus dos mitades llegan a la misma luminosidad, así que −1 y +1
# se ven igual de fuertes (Moreland, 2009). El cero gris se distingue del papel blanco.
COLORES_CON_SIGNO = "coolwarm"

_PUNTOS_MINIMOS = 6  # por debajo de 6 puntos un número ya no se lee
_PUNTOS_MAXIMOS = 14

# Anchura respecto al cuerpo en DejaVu Sans, que matplotlib trae consigo; una cifra ocupa 0.64.
# Medir de verdad cada texto haría lento un deslizador.
_ANCHOS = {".": 0.32, " ": 0.32, "(": 0.4, ")": 0.4, "−": 0.84, "×": 0.84, "=": 0.84, "≈": 0.84}

# Márgenes en pulgadas: sin ajuste automático, la figura sale igual siempre y el doble de deprisa.
_IZQUIERDA, _DERECHA, _ABAJO, _ARRIBA = 0.5, 0.15, 0.5, 0.55
_SITIO_DE_LEYENDA = 0.75


def contrast(color_1, color_2) -> float:
    """Contraste entre dos colores, de 1 a 21, como lo define WCAG 2."""
    luz = sorted((_luminance(color_1), _luminance(color_2)))
    return (luz[1] + 0.05) / (luz[0] + 0.05)


def _luminance(color) -> float:
    c = np.asarray(color[:3], dtype=float)
    lineal = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return float(lineal @ (0.2126, 0.7152, 0.0722))


def ink(color) -> str:
    """Negro o blanco, lo que más contraste con el color; el mejor nunca baja de 4.5."""
    return max(
        ("black", "white"), key=lambda t: contrast((0,) * 3 if t == "black" else (1,) * 3, color)
    )


def write_numbers(axes: Sequence[Axes], arrays: Sequence[np.ndarray]) -> bool:
    """Los valores en sus celdas: en todos los arrays o, si alguno no se leería, en ninguno."""
    # Ni con una cifra por celda se leerían 40: así no se convierte en texto una foto entera.
    if max(max(a.shape) for a in arrays) > 40:
        return False
    return write_cells(axes, [numbers(a) for a in arrays])


def write_cells(axes: Sequence[Axes], textos: Sequence[np.ndarray]) -> bool:
    """Un texto en cada celda de la última imagen de cada Axes, todos del mismo cuerpo."""
    cuerpo = min(_font_size(ax, t) for ax, t in zip(axes, textos, strict=True))
    if cuerpo < _PUNTOS_MINIMOS:
        return False
    for ax, celdas in zip(axes, textos, strict=True):
        dibujo = ax.images[-1]
        colores = dibujo.to_rgba(dibujo.get_array())
        for (fila, columna), texto in np.ndenumerate(celdas):
            tinta = ink(colores[fila, columna])
            ax.text(columna, fila, texto, ha="center", va="center", fontsize=cuerpo, color=tinta)
    return True


def _font_size(ax: Axes, textos: np.ndarray) -> float:
    filas, columnas = textos.shape
    puntos = 72 / ax.get_figure().dpi
    return cell_font(min(ax.bbox.width / columnas, ax.bbox.height / filas) * puntos, textos)


def cell_font(celda: float, textos: np.ndarray) -> float:
    """El cuerpo con que caben todos los textos en celdas de ese lado, en puntos."""
    lineas = textos.flat[0].count("\n") + 1
    ancho = max(sum(_ANCHOS.get(c, 0.64) for c in t) for x in textos.flat for t in x.split("\n"))
    return min(celda * 0.8 / (1.3 * lineas), celda * 0.82 / ancho, _PUNTOS_MAXIMOS)


def finish(ax: Axes, forma: tuple[int, int], titulo: str | None, celdas: bool) -> None:
    """Título, índices enteros en los ejes y, si hay números, la rejilla de las celdas."""
    if titulo is not None:
        ax.set_title(titulo, wrap=True)
    for eje, n in ((ax.yaxis, forma[0]), (ax.xaxis, forma[1])):
        if n <= 12:
            eje.set_ticks(np.arange(n))
        else:
            eje.set_major_locator(MaxNLocator("auto", integer=True))
    if celdas:
        draw_borders(ax, forma)


def draw_borders(ax: Axes, forma: tuple[int, int]) -> None:
    """Líneas entre las celdas, que si no se funden cuando valen lo mismo."""
    ax.set_xticks(np.arange(0.5, forma[1] - 1), minor=True)
    ax.set_yticks(np.arange(0.5, forma[0] - 1), minor=True)
    ax.grid(which="minor", color="0.35", linewidth=0.8)
    ax.tick_params(which="minor", length=0)


def new_axes(forma: tuple[int, int], ancho: float = 3.6, leyenda: bool = False) -> Axes:
    """Una figura nueva con la proporción del array; pyplot la enseña al acabar la celda.

    `ancho` es el del lado mayor del dibujo, en pulgadas; los márgenes van aparte.
    """
    import matplotlib.pyplot as plt

    mayor = max(forma)
    w, h = max(ancho * forma[1] / mayor, 0.4), max(ancho * forma[0] / mayor, 0.4)
    derecha = _SITIO_DE_LEYENDA if leyenda else _DERECHA
    # Un array estrecho no debe dejar sin sitio al título ni a la suma de los productos.
    hueco = max(0, 3.2 - w - _IZQUIERDA - derecha) / 2
    total_w, total_h = w + _IZQUIERDA + derecha + 2 * hueco, h + _ABAJO + _ARRIBA
    figura = plt.figure(figsize=(total_w, total_h), dpi=100)
    izquierda = (_IZQUIERDA + hueco) / total_w
    return figura.add_axes((izquierda, _ABAJO / total_h, w / total_w, h / total_h))


def new_figure(filas: int, columnas: int, forma: tuple[int, int]) -> FigureBase:
    """Una figura nueva para una rejilla; como mucho, del ancho de un cuaderno."""
    import matplotlib.pyplot as plt

    lado = min(1.9, 8.5 / columnas)
    alto = min(max(lado * forma[0] / forma[1], 0.5), 2 * lado) + 0.35
    tamano = (lado * columnas + 0.9, max(alto * filas, 1.6))
    return plt.figure(figsize=tamano, dpi=100, layout="constrained")


def label_grid(
    figura: FigureBase,
    axes: Sequence[Axes],
    arrays: list[np.ndarray],
    titulos: list[str],
) -> None:
    """Títulos de una rejilla y, si se leen en todos los mapas, los números."""
    for ax, titulo in zip(axes, titulos, strict=True):
        ax.set(title=titulo, xticks=[], yticks=[])
    raiz = figura.canvas.figure
    if raiz.get_layout_engine() is not None:
        raiz.get_layout_engine().execute(raiz)  # coloca ya los Axes, para medir bien las celdas
    if write_numbers(axes, arrays):
        for ax, array in zip(axes, arrays, strict=True):
            draw_borders(ax, array.shape)


def paint_signed(array: np.ndarray, limite: float, ax: Axes) -> None:
    """Solo los colores, en una escala de −limite a limite que nunca recorta lo negativo."""
    ax.imshow(array, cmap=COLORES_CON_SIGNO, vmin=-limite, vmax=limite, interpolation="nearest")


def draw_signed(
    array: np.ndarray,
    limite: float,
    ax: Axes,
    titulo: str | None,
    valores: bool,
) -> Axes:
    """Colores con signo, números si caben, título e índices."""
    paint_signed(array, limite, ax)
    celdas = valores and write_numbers([ax], [array])
    finish(ax, array.shape, titulo, celdas)
    return ax


def mark_window(ax: Axes, fila: int, columna: int, alto: int, ancho: int) -> None:
    """Un marco justo por el borde de los píxeles de una ventana, sobre lo ya dibujado.

    Parameters
    ----------
    ax : Axes
    fila, columna, alto, ancho : int
        El píxel de arriba a la izquierda, contando desde 0, y lo que mide.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = Figure().add_subplot()
    >>> mark_window(ax, 0, 1, 2, 2)
    >>> ax.patches[0].get_xy()
    (0.5, -0.5)
    """
    # Amarillo con halo negro: uno de los dos contrasta con cualquier gris, y el contraste es de
    # luz, así que no depende de distinguir colores. Sin recorte se ve entera en los bordes.
    ax.add_patch(
        Rectangle(
            (columna - 0.5, fila - 0.5),
            ancho,
            alto,
            fill=False,
            edgecolor="#ffd400",
            linewidth=2.5,
            joinstyle="miter",
            clip_on=False,
            zorder=4,
            path_effects=[withStroke(linewidth=5, foreground="black")],
        )
    )
