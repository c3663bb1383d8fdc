"""Las imágenes sintéticas del curso; los cuadernos las piden a `course_lib.images`."""

import numpy as np

from course_lib._images.kernels import check_int, check_positive, check_real, rotated_axes

# Trazo superior más largo que el del medio: ningún giro ni reflejo la deja igual.
_F = (
    "........",
    ".#####..",
    ".#......",
    ".#......",
    ".####...",
    ".#......",
    ".#......",
    "........",
)


def cuadrado(lado: int = 32, tamano: int | None = None) -> np.ndarray:
    """Un cuadrado blanco en el centro de un fondo negro.

    Parameters
    ----------
    lado : int
        Lado de la imagen.
    tamano : int, optional
        Lado del cuadrado; si no se da, la mitad que la imagen.

    Returns
    -------
    numpy.ndarray
        `(lado, lado)`, float64 entre 0 y 1.

    Raises
    ------
    ValueError, TypeError
        Si un parámetro no sirve; el mensaje dice cuál y cómo arreglarlo.

    Examples
    --------
    >>> cuadrado(lado=4)
    array([[0., 0., 0., 0.],
           [0., 1., 1., 0.],
           [0., 1., 1., 0.],
           [0., 0., 0., 0.]])
    """
    n = _lado(lado)
    t = check_int("tamano", max(1, n // 2) if tamano is None else tamano, 1, n, max(1, n // 2))
    imagen, inicio = np.zeros((n, n)), (n - t) // 2
    imagen[inicio : inicio + t, inicio : inicio + t] = 1
    return imagen


def circulo(lado: int = 32, radio: float | None = None) -> np.ndarray:
    """Un disco blanco en el centro, con el borde suavizado en un píxel.

    Parameters
    ----------
    lado : int
        Lado de la imagen.
    radio : float, optional
        Radio en píxeles; si no se da, un tercio del lado.

    Returns
    -------
    numpy.ndarray
        `(lado, lado)`, float64 entre 0 y 1.

    Raises
    ------
    ValueError, TypeError
        Si un parámetro no sirve; el mensaje dice cuál y cómo arreglarlo.

    Examples
    --------
    >>> circulo(lado=3, radio=1).round(1)
    array([[0.1, 0.5, 0.1],
           [0.5, 1. , 0.5],
           [0.1, 0.5, 0.1]])
    """
    n = _lado(lado)
    r = check_positive("radio", n / 3 if radio is None else radio, ejemplo=n / 3)
    return np.clip(r + 0.5 - np.hypot(*rotated_axes(n, 0)), 0, 1)


def barra(angulo: float = 0, lado: int = 32, grosor: float = 4) -> np.ndarray:
    """Una barra blanca que cruza la imagen por el centro.

    Parameters
    ----------
    angulo : float
        Grados desde la horizontal, en sentido contrario al reloj: 0 es «—», 45 es «/», 90 es
        «|» y 135 es «\\».
    lado : int
        Lado de la imagen.
    grosor : float
        Anchura de la barra en píxeles.

    Returns
    -------
    numpy.ndarray
        `(lado, lado)`, float64 entre 0 y 1.

    Raises
    ------
    ValueError, TypeError
        Si un parámetro no sirve; el mensaje dice cuál y cómo arreglarlo.

    Examples
    --------
    >>> barra(90, lado=3, grosor=1)
    array([[0., 1., 0.],
           [0., 1., 0.],
           [0., 1., 0.]])
    """
    n, a = _lado(lado), check_real("angulo", angulo)
    g = check_positive("grosor", grosor, ejemplo=4)
    _, ancho = rotated_axes(n, a)
    return np.clip(g / 2 + 0.5 - np.abs(ancho), 0, 1)


def tablero(lado: int = 32, casilla: int = 4) -> np.ndarray:
    """Un tablero de ajedrez; la casilla de arriba a la izquierda es negra.

    Parameters
    ----------
    lado : int
        Lado de la imagen.
    casilla : int
        Lado de cada casilla.

    Returns
    -------
    numpy.ndarray
        `(lado, lado)`, float64 entre 0 y 1.

    Raises
    ------
    ValueError, TypeError
        Si un parámetro no sirve; el mensaje dice cuál y cómo arreglarlo.

    Examples
    --------
    >>> tablero(lado=3, casilla=1)
    array([[0., 1., 0.],
           [1., 0., 1.],
           [0., 1., 0.]])
    """
    n = _lado(lado)
    i = np.arange(n) // check_int("casilla", casilla, 1, n, 1)
    return ((i[:, None] + i) % 2).astype(float)


def rampa(lado: int = 32, vertical: bool = False) -> np.ndarray:
    """De negro a blanco poco a poco: hacia la derecha o, con `vertical`, hacia abajo.

    Parameters
    ----------
    lado : int
        Lado de la imagen.
    vertical : bool
        Si se aclara hacia abajo en vez de hacia la derecha.

    Returns
    -------
    numpy.ndarray
        `(lado, lado)`, float64 entre 0 y 1.

    Raises
    ------
    ValueError, TypeError
        Si un parámetro no sirve; el mensaje dice cuál y cómo arreglarlo.

    Examples
    --------
    >>> rampa(lado=3)
    array([[0. , 0.5, 1. ],
           [0. , 0.5, 1. ],
           [0. , 0.5, 1. ]])
    """
    n = _lado(lado)
    imagen = np.tile(np.linspace(0, 1, n), (n, 1))
    return imagen.T.copy() if vertical else imagen


def letra_F(lado: int = 32) -> np.ndarray:
    """Una F blanca: al ser asimétrica, cualquier giro o reflejo salta a la vista.

    Parameters
    ----------
    lado : int
        Lado de la imagen, de 8 en adelante.

    Returns
    -------
    numpy.ndarray
        `(lado, lado)`, float64 entre 0 y 1.

    Raises
    ------
    ValueError, TypeError
        Si un parámetro no sirve; el mensaje dice cuál y cómo arreglarlo.

    Examples
    --------
    >>> letra_F(8)[1]
    array([0., 1., 1., 1., 1., 1., 0., 0.])
    """
    n = check_int("lado", lado, 8, 1024, 32)
    patron = np.array([[c == "#" for c in fila] for fila in _F], dtype=float)
    i = np.arange(n) * 8 // n
    return patron[np.ix_(i, i)]


def ruido(semilla: int = 0, lado: int = 32) -> np.ndarray:
    """Píxeles al azar entre 0 y 1; la misma semilla da siempre la misma imagen.

    Parameters
    ----------
    semilla : int
        Cambia de semilla para ver otro ruido.
    lado : int
        Lado de la imagen.

    Returns
    -------
    numpy.ndarray
        `(lado, lado)`, float64 entre 0 y 1.

    Raises
    ------
    ValueError, TypeError
        Si un parámetro no sirve; el mensaje dice cuál y cómo arreglarlo.

    Examples
    --------
    >>> ruido(semilla=7, lado=2).round(2)
    array([[0.63, 0.9 ],
           [0.78, 0.23]])
    """
    n, s = _lado(lado), check_int("semilla", semilla, 0, 2**32 - 1, 0)
    return np.random.default_rng(s).random((n, n))


def _lado(lado: object) -> int:
    return check_int("lado", lado, 1, 1024, 32)
