"""Las demostraciones de la lección «Aprender»: bajar la cuesta, repartir el gradiente y medirlo."""

import ipywidgets
import numpy as np
from matplotlib.axes import Axes

from course_lib import plotting
from course_lib.widgets.live import FiguraViva
from course_lib.widgets.matrices import frame

SALIDA, META = -1.0, 2.0


def bajar_la_cuesta() -> FiguraViva:
    """Un solo peso que baja por su pérdida, `(peso − 2)²`, con la tasa que se elija.

    Returns
    -------
    FiguraViva
        Con los controles `tasa` y `pasos`.

    Examples
    --------
    >>> demo = bajar_la_cuesta()
    >>> demo.controles["pasos"].value = 2
    >>> print(demo.descripcion)
    Tasa 0.10, paso 2: el peso es 0.08, la pendiente −3.84 y la pérdida 3.69.
    """

    def dibujar(figura, tasa: float, pasos: int) -> str:
        camino = META + (SALIDA - META) * (1 - 2 * tasa) ** np.arange(pasos + 2)
        _draw_slope(figura.add_subplot(), camino)
        peso, distancia = camino[pasos], camino[pasos] - META
        return (
            f"Tasa {tasa:.2f}, paso {pasos}: el peso es {_signed(peso)}, la pendiente "
            f"{_signed(2 * distancia)} y la pérdida {distancia**2:.2f}."
        )

    controles = {
        "tasa": ipywidgets.FloatSlider(0.1, min=0.05, max=1.1, step=0.05, description="tasa"),
        "pasos": ipywidgets.IntSlider(0, 0, 12, description="pasos"),
    }
    return FiguraViva(dibujar, controles, tamano=(8, 3.2))


def _draw_slope(ax: Axes, camino: np.ndarray) -> None:
    """La curva, los pasos dados y, punteado, el que daría ahora esta tasa."""
    perdidas = (camino - META) ** 2
    borde = max(4.0, float(np.abs(camino - META).max()) * 1.1)
    curva = np.linspace(META - borde, META + borde, 200)
    ax.plot(curva, (curva - META) ** 2, color="0.6")
    ax.plot(camino[:-1], perdidas[:-1], "o-", color="#1f5a96", label="los pasos")
    ax.plot(camino[-2], perdidas[-2], "s", color="#a3360b", markersize=10, label="ahora")
    siguiente = {"mfc": "white", "zorder": 1.5, "label": "el siguiente"}
    ax.plot(camino[-2:], perdidas[-2:], "o:", color="0.35", **siguiente)
    ax.set(xlabel="peso", ylabel="pérdida", title="La cuesta de la pérdida")
    ax.legend(loc="upper center")


def _signed(valor: float) -> str:
    return f"{valor:.2f}".replace("-", "−")


def vista_reparto(dy, kernel) -> FiguraViva:
    """La vuelta: cada posición del mapa reparte su gradiente sobre su ventana, y se suman.

    Parameters
    ----------
    dy, kernel : array_like
        `(filas, columnas)` y `(kh, kw)`, pequeños: los números tienen que caber.

    Returns
    -------
    FiguraViva
        Con el control `posicion`, que empieza en 0.

    Raises
    ------
    ValueError, TypeError
        Si no son matrices de números.

    Examples
    --------
    >>> demo = vista_reparto([[1, 10]], [[4, 5]])
    >>> demo.controles["posicion"].value = 1
    >>> print(demo.descripcion)
    La posición (0, 1) reparte 10 veces el kernel sobre su ventana. Ya se han repartido 2 de 2.
    """
    dy, kernel = np.asarray(dy, dtype=float), np.asarray(kernel, dtype=float)
    copias = _copies(dy, kernel)

    def dibujar(figura, posicion: int) -> str:
        lugar = tuple(int(n) for n in np.unravel_index(posicion, dy.shape))
        _draw_copies(figura, dy, kernel, copias, posicion)
        return (
            f"La posición {lugar} reparte {dy[lugar]:g} veces el kernel sobre su ventana. "
            f"Ya se han repartido {posicion + 1} de {dy.size}."
        )

    deslizador = ipywidgets.IntSlider(
        0, 0, dy.size - 1, description="Posición", readout=False, layout={"width": "420px"}
    )
    return FiguraViva(dibujar, {"posicion": deslizador}, tamano=(9.4, 2.8))


def _copies(dy: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Lo que reparte cada posición, en una imagen por lo demás a cero."""
    alto, ancho = np.shape(kernel)
    copias = np.zeros((dy.size, dy.shape[0] + alto - 1, dy.shape[1] + ancho - 1))
    for n, (fila, columna) in enumerate(np.ndindex(dy.shape)):
        copias[n, fila : fila + alto, columna : columna + ancho] = dy[fila, columna] * kernel
    return copias


def _draw_copies(figura, dy, kernel, copias: np.ndarray, posicion: int) -> None:
    lugar = np.unravel_index(posicion, dy.shape)
    # La misma escala en todas las paradas: un color vale siempre lo mismo.
    limite = max(np.abs(copias.cumsum(axis=0)).max(), np.abs(copias).max(), 1e-12)
    suma = copias[: posicion + 1].sum(axis=0)
    ejes = figura.subplots(1, 4)
    plotting.show_map(dy, ax=ejes[0], titulo="dy")
    plotting.show_kernel(kernel, ax=ejes[1], titulo="kernel")
    plotting.show_map(copias[posicion], ax=ejes[2], titulo="lo que reparte", limite=limite)
    plotting.show_map(suma, ax=ejes[3], titulo="suma hasta aquí", limite=limite)
    frame(ejes[0], *lugar, 1, 1)
    for ax in ejes[2:]:
        frame(ax, *lugar, *kernel.shape)


def elegir_paso() -> FiguraViva:
    """El error de la pendiente medida según el paso h, por un lado y centrada.

    Se mide en `sen(x)`, en `x = 1`, donde la pendiente exacta es `cos(1)`.

    Returns
    -------
    FiguraViva
        Con el control `cifras`: el paso es `10**-cifras`.

    Examples
    --------
    >>> demo = elegir_paso()
    >>> demo.controles["cifras"].value = 5
    >>> print(demo.descripcion)
    Con h = 1e-05 la diferencia centrada se equivoca en 1e-11; la de un solo lado, en 4e-06.
    """
    pasos = 10.0 ** -np.arange(1, 15)
    centrada = np.abs((np.sin(1 + pasos) - np.sin(1 - pasos)) / (2 * pasos) - np.cos(1))
    un_lado = np.abs((np.sin(1 + pasos) - np.sin(1)) / pasos - np.cos(1))

    def dibujar(figura, cifras: int) -> str:
        ax = figura.add_subplot()
        ax.loglog(pasos, un_lado, "o--", color="0.45", label="un solo lado")
        ax.loglog(pasos, centrada, "s-", color="#1f5a96", label="centrada")
        ax.axvline(pasos[cifras - 1], color="#a3360b", linewidth=2)
        ax.set(xlabel="paso h", ylabel="error de la pendiente", title="Ni grande ni minúsculo")
        ax.legend()
        return (
            f"Con h = {pasos[cifras - 1]:.0e} la diferencia centrada se equivoca en "
            f"{centrada[cifras - 1]:.0e}; la de un solo lado, en {un_lado[cifras - 1]:.0e}."
        )

    control = ipywidgets.IntSlider(1, 1, 14, description="cifras", layout={"width": "420px"})
    return FiguraViva(dibujar, {"cifras": control}, tamano=(8, 3.2))
