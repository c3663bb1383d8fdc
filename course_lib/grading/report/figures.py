"""Las figuras del informe: SVG que caben en la página, sin pyplot y con los mismos bytes cada vez.

Los colores (cividis, y el azul y el naranja de Okabe e Ito) se distinguen sin ver bien los colores
y en blanco y negro; y cada figura va en la página con su texto alternativo y su tabla.
"""

import base64
import io

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from course_lib.grading.report.data import UnitData
from course_lib.grading.report.stats import POCA, ItemStats, Mistake

AZUL, NARANJA, GRIS = "#0072B2", "#D55E00", "#5b6470"
ANCHO = 8.0
CON_NOMBRES = 60  # más filas no se podrían leer: queda la tabla
MAPA = "cividis"


def as_uri(figura: Figure) -> str:
    """La figura como imagen dentro de la página, sin fecha ni identificadores al azar."""
    with mpl.rc_context({"svg.hashsalt": "informe", "svg.fonttype": "path"}):
        destino = io.StringIO()
        figura.savefig(destino, format="svg", metadata={"Date": None})
    codigo = base64.b64encode(destino.getvalue().encode()).decode()
    return f"data:image/svg+xml;base64,{codigo}"


def _axes(alto: float, ancho: float = ANCHO):
    figura = Figure(figsize=(ancho, alto), layout="constrained")
    ejes = figura.add_subplot()
    ejes.spines[["top", "right"]].set_visible(False)
    ejes.tick_params(colors=GRIS, labelcolor="#1b1f24")
    return figura, ejes


def literal(texto: str) -> str:
    """El texto tal cual: un dólar suyo no abre una fórmula de Matplotlib."""
    return "".join(c for c in texto if c.isprintable()).replace("$", r"\$")


def bins(notas: np.ndarray) -> np.ndarray:
    """Cuántas notas hay en cada punto: [0, 1), [1, 2)… y [9, 10].

    Examples
    --------
    >>> bins(np.array([0.0, 9.5, 10.0])).tolist()
    [1, 0, 0, 0, 0, 0, 0, 0, 0, 2]
    """
    return np.histogram(np.clip(notas, 0, 10), bins=np.arange(11))[0]


def distribution(notas: np.ndarray) -> Figure:
    """Cuántas notas hay en cada punto, con la mediana."""
    figura, ejes = _axes(2.8, 6.2)
    barras = ejes.bar(np.arange(10) + 0.5, bins(notas), width=0.92, color=AZUL)
    ejes.bar_label(barras, [str(n) if n else "" for n in bins(notas)], padding=2)
    mediana = float(np.median(notas))
    ejes.axvline(mediana, color=NARANJA, linewidth=2, linestyle="--", label="mediana")
    ejes.set(xlim=(0, 10), xlabel="nota sobre 10", ylabel="estudiantes", xticks=np.arange(11))
    ejes.yaxis.set_major_locator(MaxNLocator(integer=True))
    ejes.margins(y=0.15)
    ejes.legend(frameon=False, loc="upper right", bbox_to_anchor=(1, 1.14))
    return figura


def heat_map(datos: UnitData) -> Figure:
    """Una fila por estudiante y una columna por prueba, agrupadas por ejercicio."""
    partes = datos.scores / np.array([item.points for item in datos.items])
    figura, ejes = _axes(1.5 + len(partes) * (0.24 if len(partes) <= CON_NOMBRES else 0.06))
    ejes.spines[:].set_visible(False)
    imagen = ejes.imshow(partes, cmap=MAPA, vmin=0, vmax=1, aspect="auto", interpolation="nearest")
    ejes.set_xticks(range(len(datos.items)), [literal(i.aspect) for i in datos.items], rotation=35)
    for texto in ejes.get_xticklabels():
        texto.set(ha="right", rotation_mode="anchor")
    nombres = [literal(fila.person.name)[:32] for fila in datos.rows]
    if len(nombres) <= CON_NOMBRES:
        ejes.set_yticks(range(len(nombres)), nombres)
        ejes.set_yticks(np.arange(-0.5, len(nombres)), minor=True)
    else:
        ejes.set(yticks=[], ylabel=f"{len(nombres)} estudiantes")
    ejes.tick_params(which="both", length=0)
    _separate_exercises(ejes, datos)
    barra = figura.colorbar(imagen, ax=ejes, shrink=min(1, 6 / len(partes)), pad=0.02)
    barra.set_ticks([0, 0.5, 1], labels=["0 %", "50 %", "100 %"])
    return figura


def _separate_exercises(ejes, datos: UnitData) -> None:
    """Una raya blanca y un título por ejercicio; una raya fina por celda."""
    ejes.set_xticks(np.arange(-0.5, len(datos.items)), minor=True)
    ejes.grid(which="minor", color="white", linewidth=0.8)
    de_quien = [item.exercise for item in datos.items]
    for nombre in datos.exercises:
        inicio, cuantas = de_quien.index(nombre), de_quien.count(nombre)
        if inicio:
            ejes.axvline(inicio - 0.5, color="white", linewidth=5)
        centro = inicio + (cuantas - 1) / 2
        corto = literal(nombre) if cuantas > 1 else literal(nombre)[:14]
        ejes.annotate(
            corto, (centro, 1), xycoords=("data", "axes fraction"), xytext=(0, 6),
            textcoords="offset points", ha="center", fontweight="bold", fontsize=9,
        )  # fmt: skip


def mistakes(errores: list[Mistake]) -> Figure:
    """Los errores más comunes, con cuántos estudiantes los cometen."""
    figura, ejes = _axes(0.7 + 0.42 * len(errores))
    alturas = np.arange(len(errores))
    barras = ejes.barh(alturas, [e.count for e in errores], color=AZUL, height=0.7)
    ejes.bar_label(barras, [str(e.count) for e in errores], padding=3)
    ejes.set_yticks(alturas, [_wrap(literal(e.label)) for e in errores])
    ejes.invert_yaxis()
    ejes.margins(y=0.01)
    ejes.set_xlabel("estudiantes")
    ejes.xaxis.set_major_locator(MaxNLocator(integer=True))
    ejes.set_xlim(0, max(e.count for e in errores) * 1.08)
    ejes.spines["left"].set_visible(False)
    ejes.tick_params(axis="y", length=0)
    return figura


def _wrap(texto: str, ancho: int = 42) -> str:
    lineas = [""]
    for palabra in texto.split():
        if lineas[-1] and len(lineas[-1]) + len(palabra) >= ancho:
            lineas.append("")
        lineas[-1] = f"{lineas[-1]} {palabra}".strip()
    return "\n".join(lineas[:2]) + ("…" if len(lineas) > 2 else "")


def items(cifras: list[ItemStats]) -> Figure:
    """Dificultad (círculo) y discriminación (rombo) de cada prueba."""
    figura, ejes = _axes(1.0 + 0.34 * len(cifras))
    alturas = np.arange(len(cifras))
    ejes.axvspan(-1, POCA, color="#f3e3d8", zorder=0)
    ejes.plot([c.p for c in cifras], alturas, "o", color=AZUL, markersize=8, label="dificultad p")
    con_r = [(c.r, y) for c, y in zip(cifras, alturas, strict=True) if c.r is not None]
    if con_r:
        ejes.plot(*zip(*con_r, strict=True), "D", color=NARANJA, markersize=7,
                  markerfacecolor="white", markeredgewidth=2, label="discriminación r")  # fmt: skip
    nombres = [literal(f"{c.item.exercise} · {c.item.aspect}") for c in cifras]
    ejes.set_yticks(alturas, nombres)
    izquierda = min([0.0, *(c.r for c in cifras if c.r is not None)])
    ejes.set(xlim=(izquierda - 0.05, 1.05), ylim=(len(cifras) - 0.5, -0.5))
    ejes.set_xlabel("p: parte de los puntos que saca la clase · r: correlación con lo demás")
    ejes.xaxis.set_major_formatter(lambda valor, _: f"{valor:.1f}".replace(".", ","))
    ejes.grid(axis="y", color="#e3e7ec")
    ejes.tick_params(axis="y", length=0)
    ejes.legend(frameon=False, loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2)
    return figura
