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

import numpy as np

BAND = 512 * 1024  # bytes de una banda bajada: cabe en la L2 con lo que se calcula a partir de ella
FEW = 4  # con tan pocos canales se baja por planos


def lower_and_multiply(x, filters, windows, y):
    """Escribe en ``y`` (N, H', W', C_out) la correlación de ``x`` (N, H, W, C) con los filtros."""
    planes, matrix = x.shape[3] <= FEW, filters.reshape(-1, filters.shape[3])
    lower = _as_planes if planes else _as_pixels
    for images, row, part in bands(windows, y, _bytes_per_row(x, windows, y)):
        block = rows_seen(x[images], windows, row, part, planes)
        lower(block, matrix, windows, part)


def bands(windows, y, row_bytes, budget=BAND):
    """Reparte la salida en bandas: varias imágenes enteras o algunas filas de una sola."""
    rows, overlap = windows.out[0], windows.kernel[0] - windows.stride[0]
    if row_bytes * rows <= budget:
        at_once, band = max(1, budget // (row_bytes * rows)), rows
    else:
        at_once, band = 1, max(1, budget // row_bytes, 2 * overlap)
    for image in range(0, len(y), at_once):
        for row in range(0, rows, band):
            images = slice(image, image + at_once)
            yield images, row, y[images, row : row + band]


def _bytes_per_row(x, windows, y):
    """Bytes bajados por cada fila de la salida."""
    lowered = windows.stride[0] if windows.shares_rows else windows.kernel[0]
    return lowered * windows.kernel[1] * windows.out[1] * x.shape[3] * y.itemsize


def rows_seen(x, windows, row, part, planes=False):
    """Filas de la imagen ampliada que ven las de ``part``, que empieza en la fila ``row``.

    Devuelve (N, filas, ancho, C), o (N, filas, C, ancho) con ``planes``, siempre contiguo. Sin
    padding ni cambio de dtype es un trozo de ``x``, sin copiar.
    """
    top = row * windows.stride[0] - windows.padding[0][0]
    height = (part.shape[1] - 1) * windows.stride[0] + windows.reach
    unchanged = x.dtype == part.dtype and x.flags.c_contiguous and not windows.has_padding
    if unchanged and (not planes or x.shape[3] == 1):
        block = x if len(x) > 1 else x[:, top : top + height]
        return block.reshape(*block.shape[:2], 1, -1) if planes else block
    return _copied(x, windows, part.dtype, (top, height), planes)


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


def _rows(windows, part, step):
    """Forma y pasos de las filas bajadas, y cuántas se avanza de una fila de la salida a otra."""
    count, (kh, _), stride, dilation = (
        part.shape[1],
        windows.kernel,
        windows.stride[0],
        windows.dilation[0],
    )
    if windows.shares_rows:
        return ((count - 1) * stride + kh,), (step,), stride
    return (count, kh), (step * stride, step * dilation), kh


def _as_planes(block, matrix, windows, part):
    """Baja por planos, (N, filas, kw, C, W'), y multiplica."""
    images, rows, columns, filters = part.shape
    kw, channels, item = windows.kernel[1], block.shape[2], block.itemsize
    image, row, channel, column = block.strides
    shape, steps, jump = _rows(windows, part, row)
    steps = (image, *steps, column * windows.dilation[1], channel, column * windows.stride[1])
    lowered = np.empty((images, *shape, kw, channels, columns), block.dtype)
    lowered[...] = np.ndarray(lowered.shape, block.dtype, block, 0, steps)
    line = columns * item
    steps = (lowered.strides[0], jump * kw * channels * line, line, item)
    seen = np.ndarray((images, rows, len(matrix), columns), block.dtype, lowered, 0, steps)
    if filters == 1:
        np.matmul(matrix[:, 0], seen, out=part[..., 0])
    else:
        np.matmul(seen.swapaxes(2, 3), matrix, out=part)


def _as_pixels(block, matrix, windows, part):
    """Baja por píxeles, (N, W', filas, kw, C), y multiplica."""
    images, rows, columns, _ = part.shape
    kw, channels, item = windows.kernel[1], block.shape[3], block.itemsize
    image, row, column, channel = block.strides
    shape, steps, jump = _rows(windows, part, row)
    steps = (image, column * windows.stride[1], *steps, column * windows.dilation[1], channel)
    lowered = np.empty((images, columns, *shape, kw, channels), block.dtype)
    lowered[...] = np.ndarray(lowered.shape, block.dtype, block, 0, steps)
    steps = (lowered.strides[0], jump * kw * channels * item, lowered.strides[1], item)
    seen = np.ndarray((images, rows, columns, len(matrix)), block.dtype, lowered, 0, steps)
    np.matmul(seen, matrix, out=part)
