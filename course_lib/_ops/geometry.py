"""Geometría de una ventana que recorre una imagen: tamaños, padding y posiciones.

Es la única parte de ``course_lib.ops`` que sabe de stride, padding y dilatación; la convolución,
la traspuesta, el pooling e ``im2col`` recorren el mismo objeto ``Windows``.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from course_lib._ops.validate import choice, float_dtype, integer, is_pair, pair, plain

MOST_PIXELS = 2**34  # 128 GB en float64, y un solo canal
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


def effective(kernel, dilation):
    """Longitud que abarca un kernel con sus huecos."""
    return dilation * (kernel - 1) + 1


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


def check_room(size):
    """Rechaza una imagen ampliada que ningún ordenador corriente puede guardar."""
    if size[0] * size[1] > MOST_PIXELS:
        raise ValueError(
            f"La imagen ampliada mediría {by(size)} píxeles, que no caben en la memoria. Revisa "
            "padding, dilation y stride: alguno es demasiado grande."
        )


def by(lengths):
    """Escribe unas medidas como se leen: ``3×5``."""
    return "×".join(map(str, lengths))


@dataclass(frozen=True, eq=False)  # se compara por identidad: así sirve de clave, y deprisa
class Windows:
    """Las ventanas de un kernel sobre una imagen: tantas como píxeles tiene la salida.

    Cada atributo es una pareja (vertical, horizontal). Recorre las *posiciones del kernel*, no
    los píxeles: ``taps`` da, para cada (i, j), el trozo de la imagen ampliada que ese elemento
    del kernel ve desde todas las ventanas a la vez.
    """

    size: tuple
    kernel: tuple
    stride: tuple
    dilation: tuple
    padding: tuple
    out: tuple

    def __post_init__(self):
        check_room(self.padded)

    def taps(self):
        """Da ``((i, j), índice)`` para cada posición del kernel."""
        for tap in np.ndindex(self.kernel):
            rows, cols = (
                slice(t * d, t * d + (o - 1) * s + 1, s)
                for t, d, o, s in zip(tap, self.dilation, self.out, self.stride, strict=True)
            )
            yield tap, np.index_exp[..., rows, cols, :]

    @cached_property
    def padded(self):
        """Tamaño de la imagen ampliada; con ceil_mode la última ventana puede sobresalir."""
        axes = zip(
            self.size, self.padding, self.out, self.stride, self.kernel, self.dilation, strict=True
        )
        return tuple(
            max(n + sum(ends), (o - 1) * s + effective(k, d)) for n, ends, o, s, k, d in axes
        )

    @cached_property
    def has_padding(self):
        """Si se añade algún píxel."""
        return any(map(any, self.padding))

    @cached_property
    def reach(self):
        """Filas que abarca el kernel con sus huecos."""
        return effective(self.kernel[0], self.dilation[0])

    @cached_property
    def shares_rows(self):
        """Si dos filas seguidas de la salida ven filas comunes de la imagen."""
        return self.dilation[0] == 1 and self.stride[0] < self.kernel[0]

    @cached_property
    def shares_columns(self):
        """Lo mismo, con dos columnas seguidas."""
        return self.dilation[1] == 1 and self.stride[1] < self.kernel[1]

    @cached_property
    def sees_everything(self):
        """Si no queda ningún píxel de la imagen que no vea ninguna ventana."""
        seen = [np.zeros(length, bool) for length in self.padded]
        axes = zip(seen, self.kernel, self.stride, self.dilation, self.out, strict=True)
        for line, kernel, stride, dilation, out in axes:
            for tap in range(kernel):
                line[tap * dilation :: stride][:out] = True
        ends = zip(seen, self.padding, self.size, strict=True)
        return all(line[start : start + n].all() for line, (start, _), n in ends)

    @property
    def interior(self):
        """Índice de la imagen original dentro de la ampliada."""
        (top, _), (left, _) = self.padding
        height, width = self.size
        return np.index_exp[..., top : top + height, left : left + width, :]

    def canvas(self, like, channels, value=0):
        """Crea una imagen ampliada con un único valor y el lote y dtype de ``like``."""
        return np.full((*like.shape[:-3], *self.padded, channels), value, like.dtype)

    def pad(self, batch, value=0):
        """Copia un lote (..., H, W, C) en el centro de una imagen ampliada."""
        padded = self.canvas(batch, batch.shape[-1], value)
        padded[self.interior] = batch
        return padded


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
