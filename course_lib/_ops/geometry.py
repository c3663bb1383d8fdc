"""Geometría de una ventana que recorre una imagen: tamaños, padding y posiciones.

Es la única parte de ``course_lib.ops`` que sabe de stride, padding y dilatación; la convolución,
la traspuesta, el pooling e ``im2col`` recorren el mismo objeto ``Windows``, de ``windows``.
"""

from functools import lru_cache

from course_lib._ops.validate import choice, float_dtype, integer, is_pair, pair, plain
from course_lib._ops.windows import Windows, by, effective

PADDING_NAMES = ("valid", "same")
PADDING_FORMS = (
    "(antes, después) en un eje, (vertical, horizontal) o ((arriba, abajo), (izquierda, derecha))"
)


def output_size(n, kernel, stride=1, padding="valid", dilation=1):
    """Calcula cuántas posiciones ocupa un kernel al recorrer un eje.

    La longitud es ``floor((n + antes + después - dilation*(kernel-1) - 1) / stride) + 1``: las
    ventanas que no caben enteras se descartan. Con ``"same"`` resulta ``ceil(n / stride)``.

    Parameters
    ----------
    n : int
        Longitud del eje de la entrada, en píxeles.
    kernel : int
        Longitud del kernel en ese eje.
    stride : int, default 1
        Paso entre dos posiciones seguidas.
    padding : {"valid", "same"}, int o (antes, después), default "valid"
        Píxeles que se añaden al eje. Un entero se añade en ambos lados.
    dilation : int, default 1
        Separación entre los elementos del kernel; 1 es un kernel sin huecos.

    Returns
    -------
    int
        Longitud del eje de la salida.

    Raises
    ------
    TypeError
        Si algún argumento no es entero.
    ValueError
        Si algún argumento es demasiado pequeño, si ``padding`` no existe o si el kernel no cabe.

    References
    ----------
    V. Dumoulin y F. Visin, "A guide to convolution arithmetic for deep learning", 2016.

    Examples
    --------
    >>> output_size(5, 3), output_size(5, 3, stride=2), output_size(5, 3, padding="same")
    (3, 2, 5)
    """
    n, kernel = integer(n, "n", 1), integer(kernel, "kernel", 1)
    stride, dilation = integer(stride, "stride", 1), integer(dilation, "dilation", 1)
    ends = axis_padding(padding, n, kernel, stride, dilation)
    out = _count(n, kernel, stride, ends, dilation)
    if out < 1:
        raise ValueError(_does_not_fit("kernel", (kernel,), (dilation,), (n,), (ends,)))
    return out


def axis_padding(padding, n, kernel, stride, dilation):
    """Traduce el padding de un eje a ``(antes, después)``."""
    padding = plain(padding)
    if not isinstance(padding, str):
        return pair(padding, "padding", 0, PADDING_FORMS)
    if choice(padding, "padding", PADDING_NAMES) == "valid":
        return 0, 0
    total = max((-(-n // stride) - 1) * stride + effective(kernel, dilation) - n, 0)
    return total // 2, total - total // 2  # el píxel impar va después: abajo o a la derecha


def padding2d(padding, size, kernel, stride, dilation):
    """Traduce cualquier forma de padding a ``((arriba, abajo), (izquierda, derecha))``."""
    padding = plain(padding)
    if is_pair(padding):
        return tuple(pair(ends, "padding", 0, PADDING_FORMS) for ends in padding)
    axes = zip(size, kernel, stride, dilation, strict=True)
    return tuple(axis_padding(padding, *axis) for axis in axes)


def _count(n, kernel, stride, ends, dilation, ceil_mode=False):
    """Número de ventanas en un eje; menor que 1 si no cabe ninguna."""
    free = n + sum(ends) - effective(kernel, dilation)
    if not ceil_mode:
        return free // stride + 1
    last_inside = (n + ends[0] - 1) // stride  # ninguna empieza en el padding posterior
    return min(-(-free // stride), last_inside) + 1


def _does_not_fit(name, kernel, dilation, size, ends):
    spans = [effective(k, d) for k, d in zip(kernel, dilation, strict=True)]
    room = [n + sum(end) for n, end in zip(size, ends, strict=True)]
    return (
        f"{name}={by(kernel)} no cabe en la entrada de {by(size)}: con dilation={by(dilation)} "
        f"abarca {by(spans)} y la entrada con su padding mide {by(room)}. Usa padding='same', "
        "un kernel más pequeño o menos dilatación."
    )


@lru_cache(maxsize=512)
def usual_plan(height, width, kh, kw, stride, padding, dilation):
    """Recuerda las ventanas ya colocadas."""
    return plan((height, width), (kh, kw), stride, padding, dilation)


def windows_of(images, filters, stride, padding, dilation):
    """Coloca las ventanas de los filtros; las de argumentos sencillos se recuerdan."""
    if _usual(stride) and _usual(padding) and _usual(dilation):
        return usual_plan(*images.shape[1:3], *filters.shape[:2], stride, padding, dilation)
    return plan(images.shape[1:3], filters.shape[:2], stride, padding, dilation)


def _usual(value, simple=frozenset((int, str))):
    """Si es un entero, un texto o una tupla de ellos; True y 1.0, iguales a 1, no lo son."""
    return type(value) in simple or (type(value) is tuple and all(map(_usual, value)))


def plan(size, kernel, stride, padding, dilation, *, name="kernel", ceil_mode=False):
    """Comprueba los argumentos y coloca las ventanas; ``name`` nombra al kernel en los errores."""
    stride, dilation = pair(stride, "stride", 1), pair(dilation, "dilation", 1)
    ends = padding2d(padding, size, kernel, stride, dilation)
    axes = zip(size, kernel, stride, ends, dilation, strict=True)
    out = tuple(_count(*axis, ceil_mode) for axis in axes)
    if min(out) < 1:
        raise ValueError(_does_not_fit(name, kernel, dilation, size, ends))
    room = (n + sum(end) for n, end in zip(size, ends, strict=True))
    stride = tuple(map(min, stride, room))  # uno mayor tampoco llega a una segunda ventana
    return Windows(tuple(size), tuple(kernel), stride, dilation, ends, out)


def as_batch(x):
    """Devuelve la imagen como lote (N, H, W, C) en el dtype de cálculo, sin copiar si puede."""
    return stacked(x).astype(float_dtype(x), copy=False)


def stacked(x):
    """Añade los ejes de lote y de canal que falten."""
    if x.ndim == 2:
        return x[None, :, :, None]
    return x[None] if x.ndim == 3 else x


def unstacked(batch, ndim):
    """Quita los ejes que ``stacked`` añadió a una entrada de ``ndim`` dimensiones."""
    if ndim == 2:
        return batch[0, :, :, 0]
    return batch[0] if ndim == 3 else batch
