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

Un producto con una matriz de pocas columnas (pocos filtros) va a la velocidad de la memoria.
Entonces se calculan juntos dos vecinos de la salida, que ven casi lo mismo, con un kernel mayor:

    un filtro, dos filas:                   hasta 8 filtros, dos columnas:

    │ k 0 │  @  L                           L  @  │ f1 f2 ...  0  0 ... │
    │ 0 k │                                       │  0  0 ... f1 f2 ... │

Si los huecos del kernel o el paso impiden que dos filas de la salida compartan lo bajado, se copian
también los desplazamientos verticales: es ``im2col`` por bandas. También con muchos pesos: un solo
producto por banda, en lugar de uno por fila, los lee una vez. Una vista sale barata con
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

from course_lib._ops.bands import all_finite, bands, rows_seen, size_of_bands
from course_lib._ops.threads import for_each

FEW_CHANNELS, FEW_FILTERS = 4, 8  # con tan pocos se baja por planos, y de dos en dos columnas
FEW_ROWS = 16  # con menos filas no compensa calcularlas de dos en dos
MANY_WEIGHTS = 32 * 1024  # con tantos, que cada producto los relea cuesta más que copiar de más
PIXELS, PLANES, TWO_COLUMNS, ONE_FILTER, IM2COL = range(5)


def lower_and_multiply(x, filters, windows, y, safe=False):
    """Escribe en ``y`` (N, H', W', C_out) la correlación de ``x`` (N, H, W, C) con los filtros.

    Devuelve si todo lo escrito es finito; con ``safe`` ya se sabe, y no se mira.
    """
    way, at_once, band, room_size = _way(windows, *x.shape[::3], y.shape[3], y.itemsize)
    matrix, planes = _MATRICES[way](filters, windows), way not in (PIXELS, IM2COL)
    if at_once == len(x) and band == y.shape[1]:  # lo pequeño cabe entero
        _multiply(rows_seen(x, windows, 0, y, planes), matrix, windows, y, way)
        return safe or all_finite(y)

    def one_band(images, row, part, room):
        seen = rows_seen(x[images], windows, row, part, planes)
        _multiply(seen, matrix, windows, part, way, room)
        return safe or all_finite(part)

    tasks, work = bands(y, at_once, band), y.size * filters[..., 0].size
    return for_each(one_band, tasks, work, lambda: np.empty(room_size, y.dtype))


@lru_cache(maxsize=512)
def _way(windows, images, channels, maps, item):
    """Cómo se baja, y cuántas imágenes, filas de la salida y números bajados van en una banda."""
    way = PIXELS if channels > FEW_CHANNELS else PLANES if maps > 1 else ONE_FILTER
    if channels == 1 < maps <= FEW_FILTERS and windows.shares_columns and not windows.out[1] % 2:
        way = TWO_COLUMNS
    if way == PIXELS and math.prod(windows.kernel) * channels * maps > MANY_WEIGHTS:
        way = IM2COL
    lowered = windows.stride[0] if windows.shares_rows and way != IM2COL else windows.kernel[0]
    row_bytes = lowered * windows.kernel[1] * windows.out[1] * channels * item
    at_once, band = size_of_bands(windows, row_bytes)
    at_once, band = min(at_once, images), min(band, windows.out[0])
    block = (windows.reach + (band - 1) * windows.stride[0]), windows.padded[1], channels
    block = block if way in (PIXELS, IM2COL) else (block[0], channels, block[1])
    part = at_once, band, windows.out[1], maps
    return way, at_once, band, math.prod(_layout(windows, (at_once, *block), part, item, way)[0])


def _multiply(block, matrix, windows, part, way, room=None):
    """Baja una banda, en ``room`` si la hay, y la multiplica: una copia y un producto."""
    shape, steps, products = _layout(windows, block.shape, part.shape, part.itemsize, way)
    shifts = np.ndarray(shape, part.dtype, block, 0, steps)
    lowered = shifts.copy() if room is None else np.ndarray(shape, part.dtype, room)
    if room is not None:
        lowered[...] = shifts
    for rows, out, seen_shape, start, seen_steps in products:
        seen = np.ndarray(seen_shape, part.dtype, lowered, start, seen_steps)
        target = part if rows is None else part[:, rows]
        if way == ONE_FILTER:
            some = matrix if rows is None else matrix[: out[2], : seen_shape[2]]
            np.matmul(some, seen, target.reshape(out))
        else:
            np.matmul(seen, matrix, target.reshape(out))


# --- los filtros, como matriz ---


def _each_a_column(filters, windows):
    return filters.reshape(-1, filters.shape[3])


def _for_two_columns(filters, windows):
    kh, kw, channels, maps = filters.shape
    step = windows.stride[1]
    matrix = np.zeros((kh, kw + step, channels, 2, maps), filters.dtype)
    matrix[:, :kw, :, 0] = matrix[:, step:, :, 1] = filters
    return matrix.reshape(-1, 2 * maps)


def _for_two_rows(filters, windows):
    kernel = filters.reshape(-1)
    if not _joins_rows(windows):
        return kernel[None]
    below = np.zeros(2 * windows.stride[0] * (kernel.size // windows.kernel[0]), kernel.dtype)
    return np.concatenate((kernel, below, kernel)).reshape(2, -1)


def _joins_rows(windows):
    return windows.shares_rows and windows.out[0] >= FEW_ROWS


_MATRICES = {
    PIXELS: _each_a_column,
    PLANES: _each_a_column,
    TWO_COLUMNS: _for_two_columns,
    ONE_FILTER: _for_two_rows,
    IM2COL: _each_a_column,
}


# --- formas y pasos, en bytes ---


@lru_cache(maxsize=512)
def _layout(windows, block, part, item, way):
    """Lo que se copia de la banda (forma y pasos) y los productos que salen de ello.

    De cada producto: filas de la salida (None, todas), forma con que se escriben, y la forma, el
    comienzo y los pasos de lo que ven en la banda bajada.
    """
    if way == IM2COL:
        return _im2col_layout(windows, block, part, item)
    (images, rows, columns, maps), (kh, kw) = part, windows.kernel
    height, down, jump = _lowered_rows(windows, rows, block[2] * block[3] * item)
    together = 2 if way == TWO_COLUMNS else 1
    columns, kw = columns // together, kw + (together - 1) * windows.stride[1]
    shape, steps, axes = _lowered(windows, block, (height, down, columns, kw), item, way)
    image, whole = math.prod(block[1:]) * item, math.prod(shape) * item
    per_row = kw * block[3 if way == PIXELS else 2]
    every, row = kh * per_row, jump * per_row * axes[1]
    if way == ONE_FILTER:
        products = tuple(_by_rows(windows, part, (every, jump * per_row), (whole, row, *axes)))
    else:
        seen, out = (images, rows, columns, every), (images, rows, columns, together * maps)
        products = ((None, out, seen, 0, (whole, row, *axes)),)
    return (images, *shape), (image, *steps), products


def _lowered(windows, block, lengths, item, way):
    """Forma de lo que se copia, pasos en la imagen, y los de un píxel y un elemento en L."""
    height, down, columns, kw = lengths
    channel, column = (item, block[3] * item) if way == PIXELS else (block[3] * item, item)
    tap = column * windows.dilation[1]
    across = column * windows.stride[1] * (2 if way == TWO_COLUMNS else 1)
    if way == PIXELS:
        shape = (columns, *height, kw, block[3])
        return shape, (across, *down, tap, channel), (math.prod(shape[1:]) * item, item)
    shape = (*height, kw, block[2], columns)
    return shape, (*down, tap, channel, across), (item, columns * item)


def _im2col_layout(windows, block, part, item):
    """Todas las ventanas de la banda, y un solo producto por imagen."""
    (images, rows, columns, maps), (kh, kw), channels = part, windows.kernel, block[3]
    column, line, image = (math.prod(block[axis:]) * item for axis in (3, 2, 1))
    (down, right), (gap, tap) = windows.stride, windows.dilation
    shape = images, rows, columns, kh, kw, channels
    steps = image, line * down, column * right, line * gap, column * tap, item
    pixels, every = rows * columns, kh * kw * channels
    seen, seen_steps = (images, pixels, every), (pixels * every * item, every * item, item)
    return shape, steps, ((None, (images, pixels, maps), seen, 0, seen_steps),)


def _by_rows(windows, part, lengths, steps):
    """Los productos de un filtro, de dos en dos filas; si sobra una, se repite la anterior."""
    (images, rows, columns, _), (every, more) = part, lengths
    whole, row, pixel, line = steps
    together = min(2, rows) if _joins_rows(windows) else 1
    even = rows - rows % together
    for first, last in ((0, even), (rows - together, rows))[: 1 + (even < rows)]:
        groups = (last - first) // together
        seen = images, groups, every + (together - 1) * more, columns
        out = images, groups, together, columns
        some = None if last - first == rows else slice(first, last)
        yield some, out, seen, first * row, (whole, together * row, line, pixel)


def _lowered_rows(windows, count, step):
    """Forma y pasos de las filas bajadas, y cuántas se avanza de una fila de la salida a otra."""
    kh, stride, dilation = windows.kernel[0], windows.stride[0], windows.dilation[0]
    if windows.shares_rows:
        return ((count - 1) * stride + kh,), (step,), stride
    return (count, kh), (step * stride, step * dilation), kh
