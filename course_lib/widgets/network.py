"""Las demostraciones de la lección «Una CNN pequeña»: mirarla aprender e intentar engañarla."""

import ipywidgets
import numpy as np
from matplotlib.axes import Axes

from course_lib import ops, plotting
from course_lib.layers import Sequential
from course_lib.widgets.live import FiguraViva

MAPAS = 6  # los que se leen en el ancho de un cuaderno


def vista_red(modelos, imagenes, etiquetas) -> FiguraViva:
    """Lo que ve la red en cada época: los mapas de su primera capa y sus probabilidades.

    Parameters
    ----------
    modelos : list of Sequential
        La misma red antes de aprender y después de cada época.
    imagenes : array_like
        `(N, alto, ancho, 1)`.
    etiquetas : array_like
        `(N,)`, la clase de cada una.

    Returns
    -------
    FiguraViva
        Con los controles `epoca` e `imagen`.

    Raises
    ------
    ValueError
        Si no hay ningún modelo o no hay una etiqueta por imagen.

    Examples
    --------
    >>> from course_lib.layers import Conv2D, Dense, Flatten
    >>> red = Sequential([Conv2D(2, 3), Flatten(), Dense(3)], input_shape=(4, 4, 1))
    >>> vista_red([red], np.ones((1, 4, 4, 1)), [2]).descripcion.split(".")[0]
    'Época 0, imagen 0, que es un 2'
    """
    imagenes, etiquetas = np.asarray(imagenes, dtype=float), np.asarray(etiquetas)
    _check_pairs(modelos, imagenes, etiquetas)

    def dibujar(figura, epoca: int, imagen: int) -> str:
        clase = int(etiquetas[imagen])
        probabilidades = _draw_network(figura, modelos[epoca], imagenes[imagen], clase)
        dice = int(probabilidades.argmax())
        return (
            f"Época {epoca}, imagen {imagen}, que es un {clase}. La red dice {dice}, con una "
            f"probabilidad de {probabilidades[dice]:.2f}; al {clase} le da "
            f"{probabilidades[clase]:.2f}."
        )

    controles = {
        "epoca": ipywidgets.IntSlider(0, 0, len(modelos) - 1, description="época"),
        "imagen": ipywidgets.IntSlider(0, 0, len(imagenes) - 1, description="imagen"),
    }
    return FiguraViva(dibujar, controles, tamano=(9, 4.4))


def _check_pairs(modelos, imagenes: np.ndarray, etiquetas: np.ndarray) -> None:
    if not modelos or len(imagenes) != len(etiquetas):
        raise ValueError(
            f"Hay {len(modelos)} modelos, {len(imagenes)} imágenes y {len(etiquetas)} etiquetas. "
            "Hace falta un modelo o más, y una etiqueta por imagen."
        )


def _draw_network(figura, modelo: Sequential, imagen: np.ndarray, clase: int) -> np.ndarray:
    """Dibuja lo que pasa por la red y devuelve las probabilidades."""
    salidas = list(modelo.outputs(imagen[None]).values())
    mapas, probabilidades = salidas[0][0, :, :, :MAPAS], ops.softmax(salidas[-1][0])
    arriba, abajo = figura.subfigures(2, 1, height_ratios=(1.2, 1))
    _digit_and_bars(arriba, imagen[:, :, 0], probabilidades, clase)
    titulos = [f"mapa {n}" for n in range(mapas.shape[2])]
    plotting.show_grid(mapas, titulos, columnas=MAPAS, figura=abajo)
    return probabilidades


def _digit_and_bars(figura, imagen: np.ndarray, probabilidades: np.ndarray, clase: int) -> None:
    izquierda, derecha = figura.subplots(1, 2, width_ratios=(1, 2.2))
    # El ruido puede salirse de 0 a 1: la escala se abre en vez de recortarlo.
    rango = min(0.0, float(imagen.min())), max(1.0, float(imagen.max()))
    plotting.show_image(imagen, ax=izquierda, titulo=f"entra (es un {clase})", rango=rango)
    _bars(derecha, probabilidades, clase)


def _bars(ax: Axes, probabilidades: np.ndarray, clase: int) -> None:
    # La clase verdadera lleva además trama: se distingue sin ver los colores.
    colores = ["#a3360b" if n == clase else "#1f5a96" for n in range(len(probabilidades))]
    tramas = ["//" if n == clase else "" for n in range(len(probabilidades))]
    ax.bar(range(len(probabilidades)), probabilidades, color=colores, hatch=tramas)
    ax.set(ylim=(0, 1), xticks=range(len(probabilidades)), title="probabilidad de cada clase")


def vista_engano(modelo: Sequential, imagen, clase: int) -> FiguraViva:
    """La misma cantidad de ruido, al azar o elegida contra la red.

    A la izquierda se ve el ruido a plena fuerza. El elegido mueve cada píxel lo mismo, hacia donde
    la pérdida sube: el signo del gradiente respecto a la imagen.

    Parameters
    ----------
    modelo : Sequential
        La red ya entrenada, cuya última capa da puntuaciones.
    imagen : array_like
        `(alto, ancho, 1)`.
    clase : int
        La que es de verdad.

    Returns
    -------
    FiguraViva
        Con los controles `ruido` y `cantidad`.

    References
    ----------
    .. [1] I. Goodfellow, J. Shlens y C. Szegedy, *Explaining and Harnessing Adversarial
       Examples*, 2015.

    Examples
    --------
    >>> from course_lib.layers import Dense, Flatten
    >>> red = Sequential([Flatten(), Dense(2)], input_shape=(2, 2, 1))
    >>> vista_engano(red, np.ones((2, 2, 1)), 0).descripcion.split(":")[0]
    'Ruido al azar, 0.00 por píxel'
    """
    imagen = np.asarray(imagen, dtype=float)
    signos = {
        "al azar": np.random.default_rng(0).choice([-1.0, 1.0], imagen.shape),
        "contra la red": np.sign(input_slope(modelo, imagen, clase)),
    }

    def dibujar(figura, ruido: str, cantidad: float) -> str:
        movida = imagen + cantidad * signos[ruido]
        probabilidades = ops.softmax(modelo.predict(movida[None])[0])
        izquierda, derecha = figura.subfigures(1, 2, width_ratios=(1, 3))
        _digit_and_bars(derecha, movida[:, :, 0], probabilidades, clase)
        patron = signos[ruido][:, :, 0]
        plotting.show_map(patron, ax=izquierda.subplots(), titulo=f"ruido {ruido}", valores=False)
        return f"Ruido {ruido}, {cantidad:.2f} por píxel: {_answer(probabilidades, clase)}"

    controles = {
        "ruido": ipywidgets.Dropdown(options=list(signos), description="ruido"),
        "cantidad": ipywidgets.FloatSlider(0, min=0, max=0.4, step=0.02, description="cantidad"),
    }
    return FiguraViva(dibujar, controles, tamano=(9, 2.8))


def _answer(probabilidades: np.ndarray, clase: int) -> str:
    dice = int(probabilidades.argmax())
    return (
        f"la red dice {dice}, con probabilidad {probabilidades[dice]:.2f}; al {clase}, que es lo "
        f"que era, le da {probabilidades[clase]:.2f}."
    )


def input_slope(modelo: Sequential, imagen: np.ndarray, clase: int) -> np.ndarray:
    """Cuánto sube la pérdida al aclarar cada píxel."""
    error = ops.softmax(modelo.forward(imagen[None]))
    error[0, clase] -= 1
    return modelo.backward(error)[0]
