"""Las demostraciones de «Canales y filtros»: mezclar canales y echar las cuentas de una capa."""

import ipywidgets
import numpy as np
from matplotlib.figure import Figure

from course_lib import ops, plotting
from course_lib.widgets.live import FiguraViva

COLORES = ("rojo", "verde", "azul")
# La separable son dos capas, una tras otra: un kernel por canal y una mezcla de 1×1.
CAPAS = ("normal", "en 4 grupos", "separable")


def mezcla_de_canales(foto) -> FiguraViva:
    """Una convolución de 1×1 sobre una foto en color: tres pesos y el mapa que dejan.

    Parameters
    ----------
    foto : array_like
        `(alto, ancho, 3)`, de 0 a 1.

    Returns
    -------
    FiguraViva
        Con los controles `rojo`, `verde` y `azul`, que empiezan en 1, 0 y 0.

    Raises
    ------
    ValueError, TypeError
        Si no es una foto en color con valores de 0 a 1.

    Examples
    --------
    >>> demo = mezcla_de_canales(np.full((2, 2, 3), 0.5))
    >>> demo.controles["azul"].value = -1
    >>> print(demo.descripcion)
    1·rojo + 0·verde − 1·azul: el mapa va de 0.00 a 0.00.
    """
    foto = _colour(foto)

    def dibujar(figura, **pesos: float) -> str:
        mapa = ops.conv2d(foto, np.reshape([pesos[c] for c in COLORES], (1, 1, 3, 1)))[:, :, 0]
        izquierda, derecha = figura.subplots(1, 2)
        plotting.show_image(foto, ax=izquierda, titulo="foto")
        # De −1 a 1 mientras quepa: al mover un peso, el mismo color quiere decir lo mismo.
        limite = max(1.0, np.abs(mapa).max())
        plotting.show_map(mapa, ax=derecha, titulo="mapa", limite=limite, leyenda=True)
        menor, mayor = mapa.min() + 0.0, mapa.max() + 0.0
        rango = f"el mapa va de {menor:.2f} a {mayor:.2f}.".replace("-", "−")
        return f"{_sum_text(pesos)}: {rango}"

    deslizadores = {
        color: ipywidgets.FloatSlider(
            int(color == "rojo"), min=-1, max=1, step=0.25, description=color
        )
        for color in COLORES
    }
    return FiguraViva(dibujar, deslizadores, tamano=(8.6, 3.2))


def _colour(foto) -> np.ndarray:
    foto = np.array(foto)
    if foto.ndim != 3 or foto.shape[2] != 3:
        raise ValueError(
            f"foto tiene forma {foto.shape} y aquí se espera (alto, ancho, 3). Usa una en color: "
            'images.foto("chelsea", color=True).'
        )
    return foto


def _sum_text(pesos: dict[str, float]) -> str:
    """«1·rojo + 0·verde − 1·azul»."""
    partes = [f"{'−' if w < 0 else '+'} {abs(w):g}·{color}" for color, w in pesos.items()]
    return " ".join(partes).removeprefix("+ ").replace("− ", "−", int(partes[0][0] == "−"))


def coste_de_capa() -> FiguraViva:
    """Parámetros y multiplicaciones de una capa normal, de una por grupos y de una separable.

    Returns
    -------
    FiguraViva
        Con los controles `lado`, `kernel`, `entran` y `salen`.

    Examples
    --------
    >>> demo = coste_de_capa()
    >>> print(demo.descripcion.split(". ")[0])
    Normal: 18 432 pesos y 57 802 752 MACs
    """

    def dibujar(figura, lado: int, kernel: int, entran: int, salen: int) -> str:
        pesos = layer_weights(kernel, entran, salen)
        posiciones = lado * lado
        macs = {capa: posiciones * n for capa, n in pesos.items()}
        _draw_costs(figura, {"pesos": pesos, "MACs": macs})
        frases = [
            f"{capa.capitalize()}: {_grouped(n)} pesos y {_grouped(macs[capa])} MACs"
            for capa, n in pesos.items()
        ]
        memoria = _grouped(posiciones * salen * 4)
        return f"{'. '.join(frases)}. Los mapas que salen ocupan {memoria} bytes en float32."

    canales = [4, 8, 16, 32, 64, 128, 256]
    controles = {
        "lado": _menu("lado", [7, 14, 28, 56, 112, 224], 56),
        "kernel": _menu("kernel", [1, 3, 5, 7], 3),
        "entran": _menu("entran", canales, 32),
        "salen": _menu("salen", canales, 64),
    }
    return FiguraViva(dibujar, controles, tamano=(9, 2.6))


def layer_weights(kernel: int, entran: int, salen: int) -> dict[str, int]:
    """Los pesos, sin bias, de cada manera de pasar de unos canales a otros."""
    normal = kernel * kernel * entran * salen
    separable = kernel * kernel * entran + entran * salen
    return dict(zip(CAPAS, (normal, normal // 4, separable), strict=True))


def _menu(nombre: str, opciones: list[int], valor: int) -> ipywidgets.SelectionSlider:
    return ipywidgets.SelectionSlider(options=opciones, value=valor, description=nombre)


def _draw_costs(figura: Figure, paneles: dict[str, dict[str, int]]) -> None:
    ejes = figura.subplots(1, len(paneles), sharey=True)
    for ax, (titulo, cuentas) in zip(ejes, paneles.items(), strict=True):
        barras = ax.barh(list(cuentas), list(cuentas.values()), color="#3b6fb6")
        ax.bar_label(barras, [_grouped(n) for n in cuentas.values()], padding=4)
        ax.set(title=titulo, xticks=[], xlim=(0, 1.5 * max(cuentas.values())))
    ejes[0].invert_yaxis()  # el eje es de todos: la capa normal, arriba


def _grouped(n: int) -> str:
    """Separa los millares con un espacio, como recomienda la RAE."""
    return f"{n:,}".replace(",", " ")
