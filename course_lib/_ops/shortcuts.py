"""Caminos más cortos que bajar la imagen, y la elección entre todos.

- Un kernel 1×1 no baja nada: los píxeles ya son las filas de una matriz.
- En una convolución depthwise los canales no se mezclan y no hay ninguna matriz que multiplicar:
  cada elemento del kernel multiplica una fila entera de la imagen y se suma a la salida.
- Un kernel de rango 1 (una media, una gaussiana) es una columna por una fila: dos pasadas de k
  productos en lugar de una de k².
- Un kernel muy grande, por transformada de Fourier: véase ``fourier``.

Los dos últimos redondean de otra manera, así que solo se usan con flotantes: una imagen de enteros
con un kernel de enteros da siempre enteros exactos.
"""

import math

import numpy as np

from course_lib._ops.bands import BAND, all_finite, bands, rows_seen, size_of_bands
from course_lib._ops.fourier import correlate_by_fourier
from course_lib._ops.geometry import usual_plan
from course_lib._ops.lowering import lower_and_multiply
from course_lib._ops.validate import float_dtype

LARGE = 14  # lado desde el que gana la transformada
SEPARABLE = 5  # lado desde el que un kernel de rango 1 gana en dos pasadas
MANY = 128 * 128  # píxeles desde los que compensa mirar algo en los datos


@np.errstate(over="ignore", invalid="ignore")
def fast_maps(x, filters, windows, groups):
    """Correlación de un lote (N, H, W, C): un lote (N, H', W', C_out), o None si no sirve.

    No sirve si no hay atajo para el dtype o si sale algún valor que no es finito.
    """
    dtype = float_dtype(x)
    if dtype.char not in "fd":
        return None
    y = np.empty((len(x), *windows.out, filters.shape[3]), dtype)
    if filters.dtype != dtype or not filters.flags.c_contiguous:
        filters = np.ascontiguousarray(filters, dtype)
    larger = y.size >= max(MANY, 2 * x.size, 2 * filters.size)
    safe = larger and x.dtype == dtype and _bounded(x, filters)
    return y if _method(x, filters, windows, groups)(x, filters, windows, y, safe) else None


def _bounded(x, filters):
    """Si ningún resultado puede desbordar: Cauchy y Schwarz, |x·k|² ≤ (x·x) (k·k).

    Cuesta leer la entrada; si la salida es mayor, menos que mirarla a ella.
    """
    return math.isfinite(np.vdot(x, x) * np.vdot(filters, filters))


@np.errstate(over="ignore")
def add_bias(y, bias):
    """Suma a cada mapa su bias; por filas enteras, para que el bucle de dentro sea largo."""
    line = np.empty(y.shape[2:], y.dtype)
    line[...] = bias
    lines = y.reshape(-1, line.size)
    lines += line.reshape(-1)


def _method(x, filters, windows, groups):
    """Elige el camino por la forma de los filtros."""
    kh, kw, channels, maps = filters.shape
    if groups > 1:
        return _depthwise if channels == 1 and maps == groups else _by_groups(groups)
    if (kh, kw) == windows.stride == (1, 1) and not windows.has_padding:
        return _pointwise
    if channels == maps == 1 and min(kh, kw) >= SEPARABLE and x.dtype.kind == "f":
        return _gray_method(x, filters, windows)
    return lower_and_multiply


def _gray_method(x, filters, windows):
    """Un filtro grande sobre una imagen gris: de rango 1, de Fourier o ninguna de las dos cosas."""
    kh, kw, *_ = filters.shape
    if filters.dtype.kind != "f" or windows.dilation != (1, 1):
        return lower_and_multiply
    if windows.stride == (1, 1) and x[0].size >= MANY and (factors := _factors(filters[..., 0, 0])):
        return lambda *arguments: _in_two_passes(factors, *arguments)
    if windows.stride == (1, 1) and kh * kw >= LARGE**2 and min(windows.out) >= min(kh, kw):
        return correlate_by_fourier
    return lower_and_multiply


def _pointwise(x, filters, windows, y, safe):
    if not x.flags.c_contiguous:
        x = np.ascontiguousarray(x)
    pixels = x.reshape(-1, x.shape[3])
    matrix, result = filters[0, 0], y.reshape(-1, y.shape[3])
    if x.dtype == y.dtype:
        np.matmul(pixels, matrix, out=result)
        return safe or all_finite(y)
    size = max(1, BAND // (x.shape[3] * y.itemsize))
    for start in range(0, len(pixels), size):
        some = pixels[start : start + size].astype(y.dtype)
        np.matmul(some, matrix, out=result[start : start + size])
    return safe or all_finite(y)


def _by_groups(groups):
    def method(x, filters, windows, y, safe):
        entering, leaving, finite = x.shape[3] // groups, y.shape[3] // groups, True
        found = np.empty((*y.shape[:3], leaving), y.dtype)  # en `y` no iría seguido
        for group in range(groups):
            maps = slice(group * leaving, (group + 1) * leaving)
            seen = x[..., group * entering : (group + 1) * entering]
            weights = np.ascontiguousarray(filters[..., maps])
            finite &= lower_and_multiply(seen, weights, windows, found, safe)
            y[..., maps] = found
        return finite

    return method


def _depthwise(x, filters, windows, y, safe):
    """Cada elemento del kernel por una fila entera; ``einsum`` los acumula sin temporales."""
    kh, kw, _, channels = filters.shape
    (_, columns), (down, right) = windows.out, windows.stride
    row_bytes = windows.padded[1] * channels * y.itemsize
    runs = (columns * channels,) if right == 1 else (columns, channels)
    weights = np.tile(filters, (1, 1, columns, 1)).reshape(kh, kw, *runs) if right == 1 else None
    names = "nabhw,abw->nhw" if right == 1 else "nabhwc,abc->nhwc"
    weights = filters[:, :, 0] if weights is None else weights
    for images, row, part in bands(y, *size_of_bands(windows, row_bytes)):
        block = rows_seen(x[images], windows, row, part)
        image, line, column, item = block.strides
        along = (item,) if right == 1 else (column * right, item)
        shape = (len(part), kh, kw, part.shape[1], *runs)
        taps = (line * windows.dilation[0], column * windows.dilation[1])
        seen = np.ndarray(shape, y.dtype, block, 0, (image, *taps, line * down, *along))
        np.einsum(names, seen, weights, out=part.reshape(len(part), part.shape[1], *runs))
    return safe or all_finite(y)


def _factors(kernel):
    """Columna y fila cuyo producto es el kernel, o None si no es de rango 1."""
    row, column = divmod(int(np.abs(kernel).argmax()), kernel.shape[1])
    most, tiny = kernel.item(row, column), 8 * np.finfo(kernel.dtype).eps
    if most == 0 or not math.isfinite(most):
        return None
    i, j = (row + 1) % len(kernel), (column + 1) % kernel.shape[1]  # casi ninguno pasa de aquí
    cross = kernel.item(row, j) / most * kernel.item(i, column)
    if abs(kernel.item(i, j) - cross) > tiny * abs(most):
        return None
    vertical, horizontal = kernel[:, column], kernel[row] / kernel[row, column]
    left = np.abs(kernel - np.outer(vertical, horizontal)).max()
    if left > tiny / 2 * abs(most):
        return None
    return vertical.reshape(-1, 1, 1, 1), horizontal.reshape(1, -1, 1, 1)


def _in_two_passes(factors, x, filters, windows, y, safe):
    """Primero la columna y después la fila, por bandas."""
    vertical, horizontal = (np.ascontiguousarray(factor, y.dtype) for factor in factors)
    row_bytes = windows.padded[1] * y.itemsize
    for images, row, part in bands(y, *size_of_bands(windows, row_bytes)):
        block = rows_seen(x[images], windows, row, part)
        first = usual_plan(*block.shape[1:3], len(vertical), 1, 1, 0, 1)
        between = np.empty((len(block), *first.out, 1), y.dtype)
        lower_and_multiply(block, vertical, first, between)
        between = between[:, : part.shape[1]]
        second = usual_plan(*between.shape[1:3], 1, horizontal.shape[1], 1, 0, 1)
        lower_and_multiply(between, horizontal, second, part)
    return safe or all_finite(y)
