"""Convolucionar deprisa: bajar la imagen a matrices pequeñas que caben en la caché.

La definición suma, en cada píxel, ventana por kernel. Un procesador multiplica matrices mucho más
deprisa que eso, así que todo consiste en convertir las ventanas en filas de una matriz. ``im2col``
(Chellapilla, 2006) copia cada píxel kh·kw veces. MEC (Cho y Brand, 2017) se da cuenta de que basta
con copiar los kw desplazamientos *horizontales*: los verticales ya están en la copia, uno debajo
de otro, y cada fila de la salida es un producto con una *vista*, sin copiar nada más.

    imagen (5×5)        L, bajada para kw=3: una fila por fila de la imagen, kw trozos cada una

    a b c d e           a b c | b c d | c d e      ─┐
    f g h i j           f g h | g h i | h i j       ├─ fila 0 de la salida = kernel · estas tres
    k l m n o    ──►    k l m | l m n | m n o      ─┤─┐
    p q r s t           p q r | q r s | r s t       │ ├─ fila 1 = kernel · las tres siguientes,
    u v w x y           u v w | v w x | w x y      ─┘ ┘  que ya estaban ahí

Solo se baja una banda de filas cada vez, la que cabe en la caché L2, y el resultado se escribe
donde debe quedar: la memoria de más es la de esa banda. Hay dos disposiciones de L:

- *por píxeles* (N, W', filas, kw, C): con muchos canales, los kw·C números de un trozo se copian de
  una vez;
- *por planos* (N, filas, kw, C, W'): con pocos canales, lo que se copia de una vez es una fila.

Si los huecos del kernel o el paso impiden que dos filas de la salida compartan lo bajado, se copian
también los desplazamientos verticales: es ``im2col`` por bandas. Una vista sale barata con
``np.ndarray(forma, dtype, memoria, inicio, pasos)``: cuesta la décima parte que ``as_strided``. Los
casos que tienen un camino más corto están en ``shortcuts`` y en ``fourier``.

References
----------
K. Chellapilla, S. Puri y P. Simard, "High performance convolutional neural networks for document
processing", 2006.
M. Cho y D. Brand, "MEC: memory-efficient convolution for deep neural network", 2017.
"""

import math
from functools import lru_cache

import numpy as np

from course_lib._ops.threads import for_each

BAND = 768 * 1024  # bytes de una banda bajada: cabe en la L2 con lo que se calcula a partir de ella
FEW = 4  # con tan pocos canales se baja por planos
SHORT = 16  # con menos filas no compensa calcularlas de dos en dos


def lower_and_multiply(x, filters, windows, y):
    """Escribe en ``y`` (N, H', W', C_out) la correlación de ``x`` (N, H, W, C) con los filtros.

    Devuelve si todo lo escrito es finito.
    """
    images, _, _, channels = x.shape
    planes, one = channels <= FEW, channels <= FEW and filters.shape[3] == 1
    matrix = _one_filter(filters, windows) if one else filters.reshape(-1, filters.shape[3])
    at_once, band = _split(windows, images, channels, y.itemsize)
    if at_once == images and band == y.shape[1]:  # lo pequeño cabe entero
        return _multiply(rows_seen(x, windows, 0, y, planes), matrix, windows, y, planes, one)

    def one_band(some, row, part):
        block = rows_seen(x[some], windows, row, part, planes)
        return _multiply(block, matrix, windows, part, planes, one)

    return for_each(one_band, bands(y, at_once, band), y.size * filters[..., 0].size)


def all_finite(y):
    """Si no hay NaN ni infinitos: una suma de cuadrados los delata en una sola lectura.

    Se mira cada banda recién calculada, mientras está en la caché.
    """
    return math.isfinite(np.vdot(y, y)) or bool(np.isfinite(y).all())


def bands(y, at_once, band):
    """Reparte la salida en bandas: varias imágenes enteras o algunas filas de una sola."""
    for image in range(0, len(y), at_once):
        for row in range(0, y.shape[1], band):
            images = slice(image, image + at_once)
            yield images, row, y[images, row : row + band]


def size_of_bands(windows, row_bytes):
    """Imágenes y filas de la salida por banda, si cada fila ocupa ``row_bytes``."""
    rows, overlap = windows.out[0], windows.kernel[0] - windows.stride[0]
    if row_bytes * rows <= BAND:
        return max(1, BAND // (row_bytes * rows)), rows
    return 1, max(2, BAND // row_bytes // 2 * 2, 2 * overlap)


@lru_cache(maxsize=512)
def _split(windows, images, channels, itemsize):
    lowered = windows.stride[0] if windows.shares_rows else windows.kernel[0]
    row_bytes = lowered * windows.kernel[1] * windows.out[1] * channels * itemsize
    at_once, band = size_of_bands(windows, row_bytes)
    return min(at_once, images), band


def rows_seen(x, windows, row, part, planes=False):
    """Filas de la imagen ampliada que ven las de ``part``, que empieza en la fila ``row``.

    Devuelve (N, filas, ancho, C), o (N, filas, C, ancho) con ``planes``, siempre contiguo. Sin
    padding ni cambio de dtype es un trozo de ``x``, sin copiar.
    """
    images, rows, width, channels = x.shape
    top = row * windows.stride[0] - windows.padding[0][0]
    height = (part.shape[1] - 1) * windows.stride[0] + windows.reach
    if windows.has_padding or x.dtype != part.dtype or not x.flags.c_contiguous:
        return _copied(x, windows, part.dtype, (top, height), planes)
    if planes and channels > 1:
        return _copied(x, windows, part.dtype, (top, height), planes)
    block = x if images > 1 or height == rows else x[:, top : top + height]
    return block.swapaxes(2, 3) if planes else block


def _copied(x, windows, dtype, span, planes):
    """Copia en el dtype de cálculo las filas de ``span`` y les añade el padding."""
    (top, height), left, channels = span, windows.padding[1][0], x.shape[3]
    inside = slice(max(top, 0), min(top + height, windows.size[0]))
    width = windows.padded[1]
    shape = (height, channels, width) if planes else (height, width, channels)
    block = (np.zeros if windows.has_padding else np.empty)((len(x), *shape), dtype)
    target = block.swapaxes(2, 3) if planes else block
    if inside.start < inside.stop:
        rows = slice(inside.start - top, inside.stop - top)
        target[:, rows, left : left + windows.size[1]] = x[:, inside]
    return block


def _multiply(block, matrix, windows, part, planes, one):
    """Baja una banda y la multiplica: una copia y un producto sobre una vista."""
    together = min(len(matrix), part.shape[1]) if one else 0
    layout = _layout(windows, block.shape, part.shape[1], part.itemsize, planes, together)
    shape, steps, seen_steps, products = layout
    lowered = np.empty(shape, part.dtype)
    lowered[...] = np.ndarray(shape, part.dtype, block, 0, steps)
    for rows, start, seen_shape, out in products:
        seen = np.ndarray(seen_shape, part.dtype, lowered, start, seen_steps)
        if one:
            np.matmul(matrix[:together, : seen_shape[2]], seen, out=part[:, rows].reshape(out))
        else:
            np.matmul(seen, matrix, out=part)
    return all_finite(part)


def _one_filter(filters, windows):
    """El kernel, dos veces, la segunda una fila de la salida más abajo: [[k, 0], [0, k]].

    Un filtro por una fila es una matriz por un vector, que la CPU hace a la velocidad de la
    memoria. Dos filas de la salida ven casi lo mismo: un solo producto da las dos.
    """
    kernel = filters.reshape(-1)
    if not windows.shares_rows or windows.out[0] < SHORT:
        return kernel[None]
    below = np.zeros(2 * windows.stride[0] * (kernel.size // windows.kernel[0]), kernel.dtype)
    return np.concatenate((kernel, below, kernel)).reshape(2, -1)


@lru_cache(maxsize=512)
def _layout(windows, block, rows, item, planes, together):
    """Forma y pasos, en bytes, para copiar la banda bajada y para verla como matrices."""
    kw, columns, channels = windows.kernel[1], windows.out[1], block[2 if planes else 3]
    channel, column = (block[3] * item, item) if planes else (item, block[3] * item)
    height, down, jump = _lowered_rows(windows, rows, block[2] * block[3] * item)
    across, tap = column * windows.stride[1], column * windows.dilation[1]
    if planes:
        shape, steps = (*height, kw, channels, columns), (*down, tap, channel, across)
        line, row = (item, columns * item), jump * kw * channels * columns * item
    else:
        shape, steps = (columns, *height, kw, channels), (across, *down, tap, channel)
        line, row = (math.prod(shape[1:]) * item, item), jump * kw * channels * item
    image, whole = math.prod(block[1:]) * item, math.prod(shape) * item
    images, every = block[0], windows.kernel[0] * kw * channels
    if together:
        seen_steps = (whole, together * row, *line[::-1])
        every += (together - 1) * jump * kw * channels
        products = tuple(_by_groups(images, rows, together, row, every, columns))
    else:
        seen_steps = (whole, row, *line)
        products = ((slice(rows), 0, (images, rows, columns, every), None),)
    return (images, *shape), (image, *steps), seen_steps, products


def _by_groups(images, rows, together, row, every, columns):
    """Filas de la salida, dónde empieza lo que ven y formas; si sobra una, el último la repite."""
    whole = rows - rows % together
    for first, last in ((0, whole), (rows - together, rows))[: 1 + (whole < rows)]:
        groups = (last - first) // together
        seen, out = (images, groups, every, columns), (images, groups, together, columns)
        yield slice(first, last), first * row, seen, out


def _lowered_rows(windows, count, step):
    """Forma y pasos de las filas bajadas, y cuántas se avanza de una fila de la salida a otra."""
    kh, stride, dilation = windows.kernel[0], windows.stride[0], windows.dilation[0]
    if windows.shares_rows:
        return ((count - 1) * stride + kh,), (step,), stride
    return (count, kh), (step * stride, step * dilation), kh
