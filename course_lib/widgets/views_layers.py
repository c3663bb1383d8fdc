"""Las vistas de una capa entera: canales, pooling, campo receptivo y lo que aprende."""

from course_lib import images
from course_lib.widgets.explorer import Explorador

IDENTIDAD = [[1.0]]


def vista_canales(imagen, kernels, **opciones) -> Explorador:
    """Una capa por dentro: canales, lo que aporta cada uno, su suma y los mapas que salen.

    Parameters
    ----------
    imagen : array_like
        `(alto, ancho, canales)`.
    kernels : array_like
        `(kh, kw, canales, filtros)`.
    **opciones
        Las de `Explorador`.

    Returns
    -------
    Explorador
        Con los controles `filtro` y `posicion`.

    Examples
    --------
    >>> gata = images.foto("chelsea", lado=32, color=True)
    >>> vista_canales(gata, [[[[1, -1]] * 3] * 3] * 3).mapa.shape
    (19, 30, 2)
    """
    propias = {
        "paneles": ("canales", "filtros", "cuenta"),
        "controles": ("filtro", "posicion", "stride", "padding"),
    }
    return Explorador(imagen, kernels, **{**propias, **opciones})


def vista_pooling(imagen, kernel=None, **opciones) -> Explorador:
    """Un mapa y lo que queda de él después del pooling.

    Parameters
    ----------
    imagen : array_like
        Como en `Explorador`.
    kernel : array_like, optional
        Si falta, el pooling se hace sobre la imagen misma.
    **opciones
        Las de `Explorador`.

    Returns
    -------
    Explorador
        Con los controles `pooling`, `pool_size` y `posicion`.

    Examples
    --------
    >>> vista_pooling(images.letra_F(), pool_size=3).pooling
    'max'
    """
    propias = {
        "paneles": ("mapa", "pooling", "tamano"),
        "controles": ("pooling", "pool_size", "posicion"),
        "pooling": "max",
    }
    return Explorador(imagen, IDENTIDAD if kernel is None else kernel, **{**propias, **opciones})


def vista_campo(capas, imagen=None, **opciones) -> Explorador:
    """El campo receptivo: lo que un píxel de la última capa ve de la imagen.

    Parameters
    ----------
    capas : sequence of dict
        De abajo arriba, cada una con `kernel` (un entero) y, si se quiere, `stride`, `padding` y
        `dilation`. Un pooling es una capa más: `{"kernel": 2, "stride": 2}`.
    imagen : array_like, optional
        Si falta, un tablero de 24×24.
    **opciones
        Las de `Explorador`; `profundidad` es cuántas capas se ven, y empieza en todas.

    Returns
    -------
    Explorador
        Con los controles `profundidad` y `posicion`.

    Raises
    ------
    ValueError
        Si `capas` no es una lista de capas.

    Examples
    --------
    >>> vista = vista_campo([{"kernel": 3}, {"kernel": 3, "stride": 2}, {"kernel": 3}])
    >>> vista.descripcion.split(":")[0]
    'El píxel de la fila 0, columna 0 de la capa 3 ve 9×9 píxeles de la imagen'
    """
    capas = _layers(capas)
    propias = {
        "paneles": ("campo", "tamano"),
        "controles": ("profundidad", "posicion"),
        "profundidad": len(capas),
        "lado": 240,
    }
    imagen = images.tablero(24) if imagen is None else imagen
    return Explorador(imagen, IDENTIDAD, capas=capas, **{**propias, **opciones})


def vista_epocas(historia, perdidas=None, **opciones) -> Explorador:
    """Los kernels de una capa mientras aprende, época a época.

    Parameters
    ----------
    historia : array_like
        `(épocas, kh, kw, filtros)`: los pesos al empezar y después de cada época.
    perdidas : sequence of float, optional
        La pérdida de cada época.
    **opciones
        Las de `Explorador`.

    Returns
    -------
    Explorador
        Con el control `epoca` y los botones para verla pasar.

    Examples
    --------
    >>> historia = [[[[0.1, -0.2]]], [[[0.8, -0.9]]], [[[1.0, -1.0]]]]
    >>> vista_epocas(historia, perdidas=[2.3, 1.1, 0.6], epoca=2).descripcion
    'Época 2 de 2. La pérdida es 0.6.'
    """
    propias = {"paneles": ("epocas",), "controles": ("epoca", "animar", "velocidad")}
    perdidas = None if perdidas is None else [float(p) for p in perdidas]
    datos = {"historia": historia, "perdidas": perdidas}
    return Explorador([[0.0]], IDENTIDAD, kernels={}, **{**datos, **propias, **opciones})


def _layers(capas) -> list[dict]:
    validas = {"kernel", "stride", "padding", "dilation"}
    limpias = [dict(capa) for capa in capas if isinstance(capa, dict)]
    if (
        not limpias
        or len(limpias) < len(capas)
        or any("kernel" not in capa or not set(capa) <= validas for capa in limpias)
    ):
        raise ValueError(
            "capas tiene que ser una lista de capas como esta: "
            '[{"kernel": 3}, {"kernel": 3, "stride": 2, "padding": "same"}].'
        )
    return limpias
