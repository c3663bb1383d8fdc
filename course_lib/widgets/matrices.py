"""Las demostraciones de la lección «De bucles a matrices»: im2col y quién tarda menos."""

from collections.abc import Callable
from time import perf_counter

import ipywidgets
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from course_lib import ops, plotting
from course_lib.widgets.live import FiguraViva

# Lo bastante grande para que se note y lo bastante pequeño para no hacer esperar a quien mueve.
LADO_DE_CARRERA = 96


def vista_im2col(imagen, kernel) -> FiguraViva:
    """Cada ventana, una fila de la matriz; el kernel, una columna; su producto, el mapa.

    Parameters
    ----------
    imagen, kernel : array_like
        `(alto, ancho)` y `(kh, kw)`, pequeños: los números tienen que caber.

    Returns
    -------
    FiguraViva
        Con el control `posicion`, que empieza en 0.

    Raises
    ------
    ValueError, TypeError
        Si el kernel no cabe o no son matrices de números.

    Examples
    --------
    >>> demo = vista_im2col([[1, 2, 3], [4, 5, 6]], [[10, 0], [0, -1]])
    >>> demo.controles["posicion"].value = 1
    >>> print(demo.descripcion)
    Fila 1 de la matriz: 2, 3, 5, 6. Por la columna de pesos da 14, que es el mapa en (0, 1).
    """
    imagen, kernel = _plano("imagen", imagen), _plano("kernel", kernel)
    mapa, matriz = ops.conv2d(imagen, kernel), ops.im2col(imagen, kernel.shape)

    def dibujar(figura, posicion: int) -> str:
        lugar = tuple(int(n) for n in np.unravel_index(posicion, mapa.shape))
        _draw_lowering(figura, imagen, matriz, kernel, mapa, lugar)
        numeros = ", ".join(f"{n:g}" for n in matriz[posicion])
        return (
            f"Fila {posicion} de la matriz: {numeros}. Por la columna de pesos da "
            f"{mapa[lugar]:g}, que es el mapa en {lugar}."
        )

    deslizador = ipywidgets.IntSlider(
        0, 0, mapa.size - 1, description="Posición", readout=False, layout={"width": "420px"}
    )
    return FiguraViva(dibujar, {"posicion": deslizador}, tamano=(9.4, 3.6))


def _draw_lowering(figura, imagen, matriz, kernel, mapa, lugar: tuple[int, int]) -> None:
    ejes = figura.subplots(1, 4, width_ratios=(3, 4, 1.2, 2))
    rango = min(0.0, imagen.min()), max(1.0, imagen.max())
    plotting.show_window(
        imagen, *lugar, kernel.shape, ax=ejes[0], titulo="imagen", valores=True, rango=rango
    )
    plotting.show_map(matriz, ax=ejes[1], titulo="im2col")
    plotting.show_kernel(kernel.reshape(-1, 1), ax=ejes[2], titulo="pesos")
    plotting.show_map(mapa, ax=ejes[3], titulo="mapa")
    frame(ejes[1], lugar[0] * mapa.shape[1] + lugar[1], 0, 1, matriz.shape[1])
    frame(ejes[3], *lugar, 1, 1)


def _plano(nombre: str, valor) -> np.ndarray:
    array = np.asarray(valor)
    if array.ndim != 2:
        raise ValueError(
            f"{nombre} tiene forma {array.shape} y aquí se espera (alto, ancho). Si tiene "
            f"canales, elige uno: {nombre}[:, :, 0]."
        )
    return array


def frame(ax: Axes, fila: int, columna: int, alto: int, ancho: int) -> None:
    """Un recuadro amarillo alrededor de unas celdas."""
    esquina = (columna - 0.5, fila - 0.5)
    ax.add_patch(
        Rectangle(
            esquina, ancho, alto, fill=False, ec="#ffd400", linewidth=4, zorder=6, clip_on=False
        )
    )


def carrera() -> FiguraViva:
    """Cuatro maneras de hacer la misma convolución, medidas aquí y ahora.

    Returns
    -------
    FiguraViva
        Con el control `kernel`, el lado del kernel; cada vez que se mueve se vuelve a medir.

    Examples
    --------
    >>> demo = carrera()
    >>> demo.controles["kernel"].value = 9
    >>> demo.descripcion.startswith("Imagen de 96×96 y kernel de 9×9. Dos bucles: ")
    True
    """

    def dibujar(figura, kernel: int) -> str:
        imagen = np.random.default_rng(0).random((LADO_DE_CARRERA, LADO_DE_CARRERA))
        pesos = np.random.default_rng(1).random((kernel, kernel))
        tiempos = {n: 1000 * _best_time(f, imagen, pesos) for n, f in METODOS.items()}
        ax = figura.add_subplot()
        barras = ax.barh(list(tiempos), tiempos.values(), color="#1f5a96")
        ax.bar_label(barras, [f" {t:.2g} ms" for t in tiempos.values()])
        ax.set(xscale="log", xlim=(0.02, 3000), xlabel="milisegundos (cada marca, diez veces más)")
        ax.invert_yaxis()
        cuentas = "; ".join(f"{nombre}: {t:.2g} ms" for nombre, t in tiempos.items())
        return (
            f"Imagen de {LADO_DE_CARRERA}×{LADO_DE_CARRERA} y kernel de {kernel}×{kernel}. "
            f"{cuentas}. Gana: {min(tiempos, key=tiempos.get)}."
        )

    control = ipywidgets.IntSlider(
        3, 3, 31, step=2, description="kernel", continuous_update=False, layout={"width": "420px"}
    )
    return FiguraViva(dibujar, {"kernel": control}, tamano=(9, 2.4))


def _best_time(metodo: Callable, imagen: np.ndarray, kernel: np.ndarray) -> float:
    """La mejor de tres: lo que tarde de más es culpa de otro programa."""
    tiempos = []
    for _ in range(3):
        inicio = perf_counter()
        metodo(imagen, kernel)
        tiempos.append(perf_counter() - inicio)
    return min(tiempos)


def _two_loops(imagen, kernel):
    alto, ancho = np.shape(kernel)
    resultado = np.empty(_valid(imagen, kernel))
    for fila, columna in np.ndindex(resultado.shape):
        abajo, derecha = fila + alto, columna + ancho
        resultado[fila, columna] = np.vdot(imagen[fila:abajo, columna:derecha], kernel)
    return resultado


def _one_product(imagen, kernel):
    return (ops.im2col(imagen, kernel.shape) @ kernel.ravel()).reshape(_valid(imagen, kernel))


def _fourier(imagen, kernel):
    espectro = np.fft.rfft2(imagen) * np.fft.rfft2(kernel, imagen.shape).conj()
    circular = np.fft.irfft2(espectro, imagen.shape)
    filas, columnas = _valid(imagen, kernel)
    return circular[:filas, :columnas]


def _valid(imagen, kernel) -> tuple[int, int]:
    alto, ancho = (n - k + 1 for n, k in zip(imagen.shape, kernel.shape, strict=True))
    return alto, ancho


METODOS = {
    "Dos bucles": _two_loops,
    "im2col y un producto": _one_product,
    "Fourier": _fourier,
    "la biblioteca del curso": ops.conv2d,
}
