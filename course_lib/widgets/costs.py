"""Las cuentas de «Canales y filtros»: lo que ocupa y lo que trabaja una capa."""

import ipywidgets
from matplotlib.axes import Axes

from course_lib.widgets.live import FiguraViva

# La separable son dos capas, una tras otra: un kernel por canal y una mezcla de 1×1.
CAPAS = ("normal", "en 4 grupos", "separable")


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
        izquierda, derecha = figura.subplots(1, 2, sharey=True)
        _bars(izquierda, "pesos", pesos)
        _bars(derecha, "MACs", {capa: posiciones * n for capa, n in pesos.items()})
        izquierda.invert_yaxis()  # el eje es de las dos: la capa normal, arriba
        return _sentences(pesos, posiciones, salen)

    canales = [4, 8, 16, 32, 64, 128, 256]
    controles = {
        "lado": _menu("lado", [7, 14, 28, 56, 112, 224], 56),
        "kernel": _menu("kernel", [1, 3, 5, 7], 3),
        "entran": _menu("entran", canales, 32),
        "salen": _menu("salen", canales, 64),
    }
    return FiguraViva(dibujar, controles, tamano=(9, 2.6), fotogramas=120)


def layer_weights(kernel: int, entran: int, salen: int) -> dict[str, int]:
    """Los pesos, sin bias, de cada manera de pasar de unos canales a otros."""
    normal = kernel * kernel * entran * salen
    separable = kernel * kernel * entran + entran * salen
    return dict(zip(CAPAS, (normal, normal // 4, separable), strict=True))


def _sentences(pesos: dict[str, int], posiciones: int, salen: int) -> str:
    frases = [
        f"{capa.capitalize()}: {_grouped(n)} pesos y {_grouped(posiciones * n)} MACs"
        for capa, n in pesos.items()
    ]
    memoria = _grouped(posiciones * salen * 4)
    return f"{'. '.join(frases)}. Los mapas que salen ocupan {memoria} bytes en float32."


def _menu(nombre: str, opciones: list[int], valor: int) -> ipywidgets.SelectionSlider:
    return ipywidgets.SelectionSlider(options=opciones, value=valor, description=nombre)


def _bars(ax: Axes, titulo: str, cuentas: dict[str, int]) -> None:
    barras = ax.barh(list(cuentas), list(cuentas.values()), color="#3b6fb6")
    ax.bar_label(barras, [_grouped(n) for n in cuentas.values()], padding=4)
    ax.set(title=titulo, xticks=[], xlim=(0, 1.5 * max(cuentas.values())))


def _grouped(n: int) -> str:
    """Separa los millares con un espacio, como recomienda la RAE."""
    return f"{n:,}".replace(",", " ")
