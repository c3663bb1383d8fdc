"""Canales: que los de la imagen, los filtros y el bias encajen, y repartirlos en grupos."""

import numpy as np

from course_lib._ops.geometry import stacked, unstacked
from course_lib._ops.validate import as_real, finished, float_dtype, integer


def prepare(x, kernel, bias, groups, *, transposed=False):
    """Comprueba las formas y separa los grupos, con todo en el dtype de cálculo.

    Devuelve el lote (groups, N, H, W, entran), los filtros (groups, kh, kw, entran, salen) y el
    bias: así una sola multiplicación sirve para cualquier número de grupos.
    """
    dtype = float_dtype(x)
    batch, filters, bias, groups = matched(x, kernel, bias, groups, transposed=transposed)
    with np.errstate(over="ignore"):  # un kernel enorme en float32 es infinito, sin aviso
        batch, filters = grouped(batch, groups, dtype), grouped(filters, groups, dtype)
        bias = np.zeros((), dtype) if bias is None else bias.astype(dtype)
        return batch, filters.swapaxes(-1, -2) if transposed else filters, bias


def matched(x, kernel, bias, groups, *, transposed=False):
    """Comprueba que las formas encajan; devuelve lote, filtros de cuatro ejes, bias y grupos."""
    groups, batch, filters = integer(groups, "groups", 1), stacked(x), _as_filters(x, kernel)
    one_group, all_groups = filters.shape[2], filters.shape[3]
    if transposed:
        entering, leaving = all_groups, one_group * groups
    else:
        entering, leaving = one_group * groups, all_groups
    _check_channels(x, kernel, groups, batch.shape[3], entering)
    if all_groups % groups:
        raise ValueError(
            f"groups={groups} no divide a los {all_groups} canales del último eje de kernel, de "
            f"forma {kernel.shape}. Usa un divisor de {all_groups}, por ejemplo groups=1."
        )
    return batch, filters, as_bias(bias, () if kernel.ndim == 2 else (leaving,)), groups


def assemble(maps, bias, *, x, kernel):
    """Junta los grupos, suma el bias y quita los ejes que las entradas no tenían."""
    batch = ungrouped(maps)
    with np.errstate(over="ignore", invalid="ignore"):
        result = unstacked(batch + bias, 2 if kernel.ndim == 2 else max(x.ndim, 3))
    return finished(result, x=x, kernel=kernel, bias=bias)


def grouped(array, groups, dtype):
    """Parte el último eje en grupos y lleva el eje de los grupos al principio."""
    parts = array.reshape(*array.shape[:-1], groups, array.shape[-1] // groups)
    return np.moveaxis(parts, -2, 0).astype(dtype, copy=False)


def ungrouped(parts):
    """Deshace ``grouped``: los grupos vuelven, en orden, al último eje."""
    array = np.moveaxis(parts, 0, -2)
    return array.reshape(*array.shape[:-2], -1)


def _as_filters(x, kernel):
    """Devuelve el kernel con cuatro ejes; uno 2D solo sirve para una imagen 2D."""
    if kernel.ndim == 4:
        return kernel
    if x.ndim == 2:
        return kernel[:, :, None, None]
    channels = x.shape[-1]
    raise ValueError(
        f"kernel tiene forma {kernel.shape} y x tiene forma {x.shape}; con un kernel 2D se "
        "esperaba x de forma (alto, ancho). Para aplicar el mismo filtro a cada canal usa "
        f"kernel=np.repeat(kernel[:, :, None, None], {channels}, axis=3) y groups={channels}. "
        "Si x es un lote de imágenes grises, usa x[..., None] y kernel[:, :, None, None]."
    )


def _check_channels(x, kernel, groups, channels, wanted):
    if channels == wanted:
        return
    channels_first = x.ndim > 2 and x.shape[-3] == wanted
    moved = "Los canales de x van al final: usa np.moveaxis(x, -3, -1). " if channels_first else ""
    raise ValueError(
        f"x tiene forma {x.shape} y canales={channels}, pero kernel, de forma {kernel.shape} y con "
        f"groups={groups}, espera canales={wanted}. {moved}El kernel se ordena (kh, kw, "
        "C_in/groups, C_out) en conv2d y (kh, kw, C_out/groups, C_in) en conv2d_transpose; uno de "
        "PyTorch se convierte con kernel.transpose(2, 3, 1, 0)."
    )


def as_bias(bias, shape):
    """Devuelve el bias comprobado, o None."""
    if bias is None:
        return None
    bias = as_real(bias, "bias")
    if bias.shape != shape:
        cure = f"Usa bias=np.full({shape}, valor)." if shape else "Usa un número, como bias=0.5."
        wanted = f"forma {shape}, un valor por filtro" if shape else "un solo número"
        raise ValueError(f"bias tiene forma {bias.shape}; se esperaba {wanted}. {cure}")
    return bias
