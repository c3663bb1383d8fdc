"""Los kernels con nombre del curso; los cuadernos los piden a `course_lib.images`.

Convención: el kernel no se gira antes de multiplicar (correlación cruzada), así que un peso
positivo a la derecha da respuesta positiva donde la imagen se aclara hacia la derecha.
"""

import difflib
import inspect
import math
import operator

import numpy as np

KERNELS = {
    "identidad": "Deja la imagen igual: un 1 en el centro y ceros alrededor.",
    "promedio": "Desenfoca: cada píxel pasa a ser la media de sus vecinos.",
    "gaussiano": "Desenfoca con suavidad: los vecinos cercanos pesan más.",
    "enfoque": "Realza los detalles: la imagen menos su laplaciano.",
    "sobel_x": "Bordes verticales; positivo donde la imagen se aclara hacia la derecha.",
    "sobel_y": "Bordes horizontales; positivo donde la imagen se aclara hacia abajo.",
    "prewitt_x": "Bordes verticales, como sobel_x, con las tres filas al mismo peso.",
    "prewitt_y": "Bordes horizontales, como sobel_y, con las tres columnas al mismo peso.",
    "scharr_x": "Bordes verticales, como sobel_x, más fiel en los bordes inclinados.",
    "scharr_y": "Bordes horizontales, como sobel_y, más fiel en los bordes inclinados.",
    "laplaciano_4": "Bordes en cualquier dirección, comparando con los 4 vecinos pegados.",
    "laplaciano_8": "Bordes en cualquier dirección, comparando con los 8 vecinos.",
    "relieve": "Efecto de relieve: claro donde la imagen se aclara hacia abajo a la derecha.",
    "gabor": "Franjas de una orientación: responde a las barras con su mismo ángulo.",
    "diapositiva": "El kernel de la diapositiva: unos en las esquinas y en el centro.",
}

_SOBEL_X = ((-1, 0, 1), (-2, 0, 2), (-1, 0, 1))
_PREWITT_X = ((-1, 0, 1), (-1, 0, 1), (-1, 0, 1))
_SCHARR_X = ((-3, 0, 3), (-10, 0, 10), (-3, 0, 3))

# Tuplas y no arrays: nadie puede modificarlas, y cada llamada crea un array nuevo.
_FIJOS = {
    "enfoque": ((0, -1, 0), (-1, 5, -1), (0, -1, 0)),
    "sobel_x": _SOBEL_X,
    "sobel_y": tuple(zip(*_SOBEL_X, strict=True)),
    "prewitt_x": _PREWITT_X,
    "prewitt_y": tuple(zip(*_PREWITT_X, strict=True)),
    "scharr_x": _SCHARR_X,
    "scharr_y": tuple(zip(*_SCHARR_X, strict=True)),
    "laplaciano_4": ((0, 1, 0), (1, -4, 1), (0, 1, 0)),
    "laplaciano_8": ((1, 1, 1), (1, -8, 1), (1, 1, 1)),
    "relieve": ((-2, -1, 0), (-1, 1, 1), (0, 1, 2)),
    "diapositiva": ((1, 0, 1), (0, 1, 0), (1, 0, 1)),
}


def kernel(nombre: str, **parametros) -> np.ndarray:
    """Un kernel por su nombre; `KERNELS` los enumera y dice qué hace cada uno.

    Parameters
    ----------
    nombre : str
        Uno de los nombres de `KERNELS`.
    **parametros
        Solo cuatro kernels llevan parámetros, y todos tienen un valor por defecto:
        ``identidad(tamano=3)``, ``promedio(tamano=3)``, ``gaussiano(tamano=3, sigma=1)`` y
        ``gabor(theta=0, tamano=9, sigma=2, longitud=4, gamma=0.5, fase=0)``.
        `tamano` es el lado y es impar; `sigma`, la anchura de la campana en píxeles.
        `theta` es el ángulo **de las franjas** en grados, el mismo de `barra`: 0 horizontal,
        90 vertical, en sentido contrario al reloj (muchos libros dan el de la perpendicular).
        `longitud` son los píxeles de una franja clara y una oscura juntas; `gamma` < 1 alarga
        las franjas; `fase`, en grados, vale 0 para una barra clara y 90 para un borde.

    Returns
    -------
    numpy.ndarray
        Un array `(alto, ancho)` nuevo de float64: modificarlo no cambia el siguiente.
        Los desenfoques suman 1; los bordes y `gabor` suman 0, y una zona lisa les da 0.

    Raises
    ------
    ValueError
        Si el nombre o un parámetro no existen, o un valor no sirve.
    TypeError
        Si un parámetro no es un número.

    References
    ----------
    .. [1] I. Sobel y G. Feldman, «A 3×3 isotropic gradient operator for image processing»,
       Stanford Artificial Intelligence Project, 1968.
    .. [2] J. M. S. Prewitt, «Object enhancement and extraction», en *Picture Processing and
       Psychopictorics*, Academic Press, 1970.
    .. [3] H. Scharr, *Optimale Operatoren in der Digitalen Bildverarbeitung*, tesis,
       Universität Heidelberg, 2000.
    .. [4] D. Gabor, «Theory of communication», *J. IEE* 93(26), 1946; J. G. Daugman,
       «Uncertainty relation for resolution in space…», *J. Opt. Soc. Am. A* 2(7), 1985.

    Examples
    --------
    >>> kernel("sobel_x")
    array([[-1.,  0.,  1.],
           [-2.,  0.,  2.],
           [-1.,  0.,  1.]])
    """
    if not isinstance(nombre, str) or nombre not in KERNELS:
        raise ValueError(f"No hay ningún kernel «{nombre}». {suggest(nombre, KERNELS)}")
    if nombre in _FIJOS:
        _check_parameters(nombre, parametros, ())
        return np.array(_FIJOS[nombre], dtype=float)
    fabrica = _FABRICAS[nombre]
    _check_parameters(nombre, parametros, tuple(inspect.signature(fabrica).parameters))
    return fabrica(**parametros)


def _identidad(tamano: int = 3) -> np.ndarray:
    lado = check_odd("tamano", tamano)
    w = np.zeros((lado, lado))
    w[lado // 2, lado // 2] = 1
    return w


def _promedio(tamano: int = 3) -> np.ndarray:
    lado = check_odd("tamano", tamano)
    return np.full((lado, lado), 1 / lado**2)


def _gaussiano(tamano: int = 3, sigma: float = 1.0) -> np.ndarray:
    lado, sigma = check_odd("tamano", tamano), check_positive("sigma", sigma)
    x = np.arange(lado) - lado // 2
    with np.errstate(over="ignore"):  # con un sigma diminuto, exp(−inf) = 0 es lo correcto
        campana = np.exp(-0.5 * (x / sigma) ** 2)
    w = np.outer(campana, campana)
    return w / w.sum()


def _gabor(
    theta: float = 0.0,
    tamano: int = 9,
    sigma: float = 2.0,
    longitud: float = 4.0,
    gamma: float = 0.5,
    fase: float = 0.0,
) -> np.ndarray:
    lado = check_odd("tamano", tamano)
    theta, fase = check_real("theta", theta), check_real("fase", fase)
    sigma, gamma = check_positive("sigma", sigma), check_positive("gamma", gamma)
    longitud = check_positive("longitud", longitud)
    largo, ancho = rotated_axes(lado, theta)
    with np.errstate(over="ignore"):
        campana = np.exp(-0.5 * ((ancho / sigma) ** 2 + (gamma * largo / sigma) ** 2))
    w = campana * np.cos(2 * np.pi * ancho / longitud - np.radians(fase))
    w -= campana * (w.sum() / campana.sum())  # sin esto, una zona lisa no daría 0
    positivos = w[w > 0].sum()
    if positivos < 1e-6:
        raise ValueError(
            f"Con tamano={lado}, sigma={sigma:g} y longitud={longitud:g} las franjas no caben y "
            "el kernel queda vacío. Prueba con tamano=9, sigma=2 y longitud=4."
        )
    return w / positivos  # así, con una imagen de 0 a 1, el mapa va de −1 a 1


_FABRICAS = {
    "identidad": _identidad,
    "promedio": _promedio,
    "gaussiano": _gaussiano,
    "gabor": _gabor,
}


def rotated_axes(lado: int, angulo: float) -> tuple[np.ndarray, np.ndarray]:
    """Distancia con signo de cada píxel al centro, a lo largo y a lo ancho de una recta.

    El signo a lo ancho crece hacia abajo (0°) y hacia la derecha (90°), como sobel_y y sobel_x.
    """
    centro = (lado - 1) / 2
    arriba, derecha = centro - np.arange(lado)[:, None], np.arange(lado) - centro
    c, s = math.cos(math.radians(angulo)), math.sin(math.radians(angulo))
    # Redondear quita el ruido de cos(90°) ≈ 6e-17: una barra a 90° es la de 0° transpuesta.
    return np.round(derecha * c + arriba * s, 9), np.round(derecha * s - arriba * c, 9)


def suggest(nombre: object, conocidos) -> str:
    """«¿Querías decir …?», si hay algún nombre parecido, y siempre la lista."""
    parecido = difflib.get_close_matches(str(nombre).lower(), conocidos, n=1)
    pregunta = f"¿Querías decir «{parecido[0]}»? " if parecido else ""
    return f"{pregunta}Los nombres son: {', '.join(conocidos)}."


def _check_parameters(nombre: str, dados: dict, conocidos: tuple[str, ...]) -> None:
    for p in dados:
        if p not in conocidos:
            cura = f"Lleva: {', '.join(conocidos)}." if conocidos else "No lleva ninguno."
            raise ValueError(f"El kernel «{nombre}» no tiene el parámetro «{p}». {cura}")


def check_int(nombre: str, valor: object, minimo: int, maximo: int, ejemplo: int) -> int:
    """Un entero dentro de sus límites; el máximo evita pedir sin querer gigas de memoria."""
    try:
        if isinstance(valor, (bool, np.bool_)):
            raise TypeError
        n = operator.index(valor)
    except TypeError:
        raise TypeError(
            f"{nombre}={valor!r} no es un número entero. Prueba con {nombre}={ejemplo}."
        ) from None
    if not minimo <= n <= maximo:
        raise ValueError(
            f"{nombre}={n} no sirve: tiene que estar entre {minimo} y {maximo}. "
            f"Prueba con {nombre}={ejemplo}."
        )
    return n


def check_odd(nombre: str, valor: object) -> int:
    """El lado de un kernel: impar, para que tenga un píxel central."""
    n = check_int(nombre, valor, 1, 99, 3)
    if n % 2 == 0:
        raise ValueError(
            f"{nombre}={n} es par y el kernel no tendría píxel central. "
            f"Prueba con {nombre}={n - 1} o {nombre}={n + 1}."
        )
    return n


def check_real(nombre: str, valor: object, ejemplo: float = 45) -> float:
    """Un número real y finito."""
    numerico = isinstance(valor, (int, float, np.integer, np.floating))
    if not numerico or isinstance(valor, bool):
        raise TypeError(f"{nombre}={valor!r} no es un número. Prueba con {nombre}={ejemplo:g}.")
    if not math.isfinite(valor):
        raise ValueError(
            f"{nombre}={valor} no sirve: tiene que ser un número finito. "
            f"Prueba con {nombre}={ejemplo:g}."
        )
    return float(valor)


def check_positive(nombre: str, valor: object, ejemplo: float = 1) -> float:
    """Un número real, finito y mayor que cero."""
    x = check_real(nombre, valor, ejemplo)
    if x <= 0:
        raise ValueError(
            f"{nombre}={x:g} no sirve: tiene que ser mayor que 0. Prueba con {nombre}={ejemplo:g}."
        )
    return x
