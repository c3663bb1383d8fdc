"""Con qué se rellena el marco de una foto, y qué bordes se inventa cada relleno."""

import ipywidgets
import numpy as np

from course_lib import images, ops, plotting
from course_lib.widgets.live import FiguraViva

RELLENOS = {"ceros": "constant", "borde repetido": "edge", "espejo": "reflect", "vuelta": "wrap"}
KERNEL = "sobel_x"


def rellenos_en_foto(foto, marco: int = 10) -> FiguraViva:
    """Una foto con su marco y, al lado, el mapa de bordes verticales que resulta.

    Parameters
    ----------
    foto : array_like
        `(alto, ancho)`, de 0 a 1.
    marco : int, default 10
        Píxeles del marco que se dibuja; menos que el lado menor de la foto. El mapa usa siempre
        uno, lo justo para que mida lo mismo que ella.

    Returns
    -------
    FiguraViva
        Con el control `relleno`, un menú.

    Raises
    ------
    ValueError, TypeError
        Si la foto no tiene dos dimensiones y valores de 0 a 1, o el marco no cabe en el espejo.

    Examples
    --------
    >>> demo = rellenos_en_foto(images.foto("coins", lado=32), marco=6)
    >>> demo.controles["relleno"].value = "espejo"
    >>> print(demo.descripcion)
    Con espejo, la primera columna del mapa vale 0.00 de media, sin contar el signo.
    """
    foto = np.array(foto, dtype=float)
    if foto.ndim != 2 or not 0 < marco < min(foto.shape):
        raise ValueError(
            f"foto tiene forma {foto.shape} y marco={marco}. Usa una foto (alto, ancho) y un marco "
            "de al menos 1 píxel, menor que sus dos lados."
        )
    menu = ipywidgets.Dropdown(options=list(RELLENOS), description="relleno")

    def dibujar(figura, relleno: str) -> str:
        return _draw(figura, foto, marco, relleno)

    return FiguraViva(dibujar, {"relleno": menu}, tamano=(9.2, 3.3))


def _draw(figura, foto: np.ndarray, marco: int, relleno: str) -> str:
    modo = RELLENOS[relleno]
    ampliada = ops.pad2d(foto, marco, mode=modo)
    bordes = ops.conv2d(ops.pad2d(foto, 1, mode=modo), images.kernel(KERNEL))
    izquierda, derecha = figura.subplots(1, 2)
    plotting.show_window(
        ampliada, marco, marco, foto.shape, ax=izquierda, titulo=f"relleno: {relleno}"
    )
    # Los pesos positivos suman 4: con fotos de 0 a 1 no se llega más lejos, sea cual sea el marco.
    plotting.show_map(bordes, ax=derecha, titulo="sus bordes verticales", limite=4)
    columna = np.abs(bordes[:, 0]).mean()
    return (
        f"Con {relleno}, la primera columna del mapa vale {columna:.2f} de media, "
        "sin contar el signo."
    )
