"""Imágenes para mirar y kernels para pasarles por encima; todo funciona sin conexión.

Las imágenes en gris son `(alto, ancho)`, las de color `(alto, ancho, 3)`, siempre float64 de 0
(negro) a 1 (blanco), y cada llamada devuelve un array nuevo. Los ángulos van en grados, en
sentido contrario al reloj desde la horizontal.
"""

import numpy as np

from course_lib._images.kernels import KERNELS, check_int, kernel, suggest
from course_lib._images.shapes import (
    barra,
    circulo,
    cuadrado,
    letra_F,
    rampa,
    ruido,
    tablero,
)

__all__ = [
    "CREDITOS",
    "FOTOS",
    "KERNELS",
    "barra",
    "circulo",
    "creditos",
    "cuadrado",
    "diapositiva",
    "digitos",
    "foto",
    "kernel",
    "letra_F",
    "rampa",
    "ruido",
    "tablero",
]

# Autor y licencia, según la documentación de scikit-image y, para los dígitos, la ficha del UCI.
CREDITOS = {
    "camera": {
        "titulo": "Hombre con cámara",
        "autor": "Lav Varshney",
        "licencia": "CC0 1.0",
        "fuente": "https://github.com/scikit-image/scikit-image/issues/3927",
    },
    "coins": {
        "titulo": "Monedas griegas de Pompeya",
        "autor": "Brooklyn Museum (archivo)",
        "licencia": "sin restricciones de derechos conocidas",
        "fuente": "https://www.brooklynmuseum.org/opencollection/archives/image/51611",
    },
    "chelsea": {
        "titulo": "La gata Chelsea",
        "autor": "Stéfan van der Walt",
        "licencia": "CC0 1.0",
        "fuente": "https://scikit-image.org/docs/stable/api/skimage.data.html",
    },
    "brick": {
        "titulo": "Pared de ladrillo",
        "autor": "CC0Textures (hoy ambientCG), textura Bricks25",
        "licencia": "CC0 1.0",
        "fuente": "https://cc0textures.com/view.php?tex=Bricks25",
    },
    "microaneurysms": {
        "titulo": "Retina con microaneurismas",
        "autor": "Andreas Maier y otros (base HRF)",
        "licencia": "CC0 1.0",
        "fuente": "https://doi.org/10.1155/2013/154860",
    },
    "digitos": {
        "titulo": "Dígitos escritos a mano",
        "autor": "E. Alpaydin y C. Kaynak (UCI)",
        "licencia": "CC BY 4.0 (aquí, con los valores divididos entre 16)",
        "fuente": "https://doi.org/10.24432/C50P49",
    },
}

FOTOS = tuple(nombre for nombre in CREDITOS if nombre != "digitos")

_CON_COLOR = ("chelsea",)


def creditos() -> str:
    """Autor, licencia y fuente de cada imagen real, para leerlos o ponerlos en un cuaderno.

    Returns
    -------
    str
        Una línea por imagen.

    Examples
    --------
    >>> print(creditos().splitlines()[0])
    camera: «Hombre con cámara», de Lav Varshney. Licencia: CC0 1.0. \
Fuente: https://github.com/scikit-image/scikit-image/issues/3927
    """
    return "\n".join(
        f"{nombre}: «{c['titulo']}», de {c['autor']}. Licencia: {c['licencia']}. "
        f"Fuente: {c['fuente']}"
        for nombre, c in CREDITOS.items()
    )


def diapositiva() -> np.ndarray:
    """La imagen de 5×5, de ceros y unos, de la diapositiva.

    Returns
    -------
    numpy.ndarray
        `(5, 5)`, float64: un array nuevo en cada llamada.

    Examples
    --------
    >>> diapositiva()[0]
    array([1., 1., 1., 0., 0.])
    """
    filas = ["11100", "01110", "00111", "00110", "01100"]
    return np.array([list(fila) for fila in filas]).astype(float)


def foto(nombre: str, lado: int | None = None, color: bool = False) -> np.ndarray:
    """Una foto real con licencia libre, de las que vienen dentro de scikit-image.

    Parameters
    ----------
    nombre : str
        Uno de `FOTOS`: camera, coins, chelsea, brick o microaneurysms.
    lado : int, optional
        Lo que medirá el lado **mayor**: la foto cabe en `lado × lado` sin deformarse. Cada
        píxel nuevo es la media de los que cubre. Solo reduce.
    color : bool
        Con True, `(alto, ancho, 3)`; solo chelsea tiene color. En gris, el brillo pesa más el
        verde que el rojo y que el azul, como el ojo.

    Returns
    -------
    numpy.ndarray
        float64 entre 0 y 1.

    Raises
    ------
    ValueError
        Si no existe esa foto, no tiene color o `lado` no cabe en ella.
    TypeError
        Si `lado` no es un entero.

    Examples
    --------
    >>> foto("camera", lado=64).shape
    (64, 64)
    >>> foto("chelsea", color=True).shape
    (300, 451, 3)
    """
    if not isinstance(nombre, str) or nombre not in FOTOS:
        raise ValueError(f"No hay ninguna foto «{nombre}». {suggest(nombre, FOTOS)}")
    if color and nombre not in _CON_COLOR:
        raise ValueError(
            f"color=True no sirve con «{nombre}», que es una foto en gris. "
            f"Quita color=True o usa «{_CON_COLOR[0]}», que sí tiene color."
        )
    imagen = _leer(nombre, color)
    return imagen if lado is None else _reducir(imagen, lado)


def _leer(nombre: str, color: bool) -> np.ndarray:
    from skimage import color as espacios  # aquí dentro: skimage tarda en cargar
    from skimage import data

    imagen = getattr(data, nombre)() / 255.0
    return espacios.rgb2gray(imagen) if imagen.ndim == 3 and not color else imagen


def _reducir(imagen: np.ndarray, lado: int) -> np.ndarray:
    from skimage.transform import resize_local_mean

    alto, ancho = imagen.shape[:2]
    n = check_int("lado", lado, 1, max(alto, ancho), min(64, alto))
    forma = tuple(max(1, round(m * n / max(alto, ancho))) for m in (alto, ancho))
    canales = -1 if imagen.ndim == 3 else None
    # Media por áreas: promedia cada zona sin inventar valores, como el pooling que se estudia.
    return np.clip(resize_local_mean(imagen, forma, channel_axis=canales), 0, 1)


def digitos() -> tuple[np.ndarray, np.ndarray]:
    """Los 1797 dígitos escritos a mano que vienen dentro de scikit-learn.

    Returns
    -------
    imagenes : numpy.ndarray
        `(1797, 8, 8)`, float64 entre 0 y 1.
    etiquetas : numpy.ndarray
        `(1797,)`, el dígito de cada imagen.

    References
    ----------
    .. [1] E. Alpaydin y C. Kaynak, *Optical Recognition of Handwritten Digits*, UCI Machine
       Learning Repository, 1998. CC BY 4.0. Valores divididos aquí entre 16.

    Examples
    --------
    >>> imagenes, etiquetas = digitos()
    >>> imagenes.shape, etiquetas[:5].tolist()
    ((1797, 8, 8), [0, 1, 2, 3, 4])
    """
    from sklearn.datasets import load_digits

    datos = load_digits()
    return datos.images / 16.0, datos.target.copy()
