"""Cortar una convolución en bandas: unas filas de la salida y las de la imagen que ven.

Lo que se calcula a partir de una banda cabe en la caché L2, y la memoria de más es la de una banda.
"""

import math
from functools import lru_cache

import numpy as np

BAND = 768 * 1024  # bytes de lo que se prepara para una banda


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
    return 1, max(BAND // row_bytes // 2 * 2, 2 * overlap, 2)  # par: a veces se juntan dos filas


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
    seen, target_rows, columns = _inside(windows, *span)
    height, width, channels = span[1], windows.padded[1], x.shape[3]
    shape = (height, channels, width) if planes else (height, width, channels)
    block = (np.zeros if windows.has_padding else np.empty)((len(x), *shape), dtype)
    target = block.swapaxes(2, 3) if planes else block
    target[:, target_rows, columns] = x[:, seen]
    return block


@lru_cache(maxsize=512)
def _inside(windows, top, height):
    """De ``height`` filas ampliadas desde ``top``: cuáles son de la imagen, y dónde van."""
    left, (rows, width) = windows.padding[1][0], windows.size
    first = min(max(top, 0), rows)
    last = max(min(top + height, rows), first)
    return slice(first, last), slice(first - top, last - top), slice(left, left + width)


def all_finite(y):
    """Si no hay NaN ni infinitos: una suma de cuadrados los delata en una sola lectura.

    Se mira cada banda recién calculada, mientras está en la caché.
    """
    return math.isfinite(np.vdot(y, y)) or bool(np.isfinite(y).all())
