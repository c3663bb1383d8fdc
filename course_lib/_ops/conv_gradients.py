"""Los gradientes de la convolución y de su traspuesta.

Cada píxel de la salida es una suma de productos, así que su gradiente ``dy`` vuelve por los mismos
caminos: a cada píxel de ``x``, multiplicado por el peso que lo usó; a cada peso, por el píxel que
vio. Lo primero es la operación adjunta (repartir en lugar de recoger) y lo segundo, un producto
de matrices por elemento del kernel.
"""

import numpy as np

from course_lib._ops.channels import grouped, prepare, ungrouped
from course_lib._ops.convolution import correlate
from course_lib._ops.geometry import plan, stacked, unstacked
from course_lib._ops.transposed import plan_transposed, scatter
from course_lib._ops.validate import as_gradient, as_image, as_kernel, finished


def conv2d_backward(dy, x, kernel, *, stride=1, padding="valid", dilation=1, groups=1):
    """Calcula los gradientes de ``conv2d`` a partir del gradiente de su salida.

    Si ``conv2d`` se llamó con ``activation``, ``dy`` es el gradiente anterior a ella: el que
    devuelve ``activation_backward``.

    Parameters
    ----------
    dy : array_like con la forma de la salida de ``conv2d``
        Gradiente de la pérdida respecto a cada valor de la salida; nunca se modifica.
    x, kernel : array_like
        Los mismos que recibió ``conv2d``.
    stride, padding, dilation, groups
        Los mismos que recibió ``conv2d``.

    Returns
    -------
    dx : ndarray con la forma de ``x``
        Gradiente respecto a la imagen.
    dkernel : ndarray con la forma de ``kernel``
        Gradiente respecto a los filtros.
    dbias : float o ndarray de forma (C_out,)
        Gradiente respecto al bias: un número con un kernel 2D.

    Raises
    ------
    TypeError, ValueError
        Los mismos casos que ``conv2d``, y si ``dy`` no tiene la forma de su salida.

    References
    ----------
    V. Dumoulin y F. Visin, "A guide to convolution arithmetic for deep learning", 2016.

    Examples
    --------
    >>> dx, dkernel, dbias = conv2d_backward([[1, 10]], [[1, 2, 3]], [[4, 5]])
    >>> dx.tolist(), dkernel.tolist(), float(dbias)
    ([[4.0, 45.0, 50.0]], [[21.0, 32.0]], 11.0)
    """
    x, kernel = as_image(x), as_kernel(kernel)
    batch, filters, _ = prepare(x, kernel, None, groups)
    windows = plan(batch.shape[2:4], filters.shape[1:3], stride, padding, dilation)
    dy = as_gradient(dy, _output_shape(x, kernel, windows.out, kernel.shape[-1]), x)
    maps = grouped(stacked(dy), len(batch), batch.dtype)
    dx = scatter(maps, filters.swapaxes(-1, -2), windows)
    dfilters = _filter_gradient(windows.pad(batch), maps, windows)
    return _finished(dx, dfilters, dy=dy, x=x, kernel=kernel)


def conv2d_transpose_backward(
    dy,
    x,
    kernel,
    *,
    stride=1,
    padding="valid",
    output_padding=0,
    dilation=1,
    groups=1,
):
    """Calcula los gradientes de ``conv2d_transpose`` a partir del gradiente de su salida.

    Parameters
    ----------
    dy : array_like con la forma de la salida de ``conv2d_transpose``
        Gradiente de la pérdida respecto a cada valor de la salida; nunca se modifica.
    x, kernel : array_like
        Los mismos que recibió ``conv2d_transpose``.
    stride, padding, output_padding, dilation, groups
        Los mismos que recibió ``conv2d_transpose``.

    Returns
    -------
    dx : ndarray con la forma de ``x``
        Gradiente respecto a la imagen: la convolución de ``dy`` con el mismo kernel.
    dkernel : ndarray con la forma de ``kernel``
        Gradiente respecto a los filtros.
    dbias : float o ndarray de forma (C_out,)
        Gradiente respecto al bias: un número con un kernel 2D.

    Raises
    ------
    TypeError, ValueError
        Los mismos casos que ``conv2d_transpose``, y si ``dy`` no tiene la forma de su salida.

    Examples
    --------
    >>> dx, dkernel, dbias = conv2d_transpose_backward([[1, 2, 3]], [[4, 5]], [[1, 10]])
    >>> dx.tolist(), dkernel.tolist(), float(dbias)
    ([[21.0, 32.0]], [[14.0, 23.0]], 6.0)
    """
    x, kernel = as_image(x), as_kernel(kernel)
    batch, filters, _ = prepare(x, kernel, None, groups, transposed=True)
    windows = plan_transposed(
        batch.shape[2:4], filters.shape[1:3], stride, padding, dilation, output_padding
    )
    leaving = len(batch) * filters.shape[-1]
    dy = as_gradient(dy, _output_shape(x, kernel, windows.size, leaving), x)
    maps = grouped(stacked(dy), len(batch), batch.dtype)
    dx = correlate(maps, filters.swapaxes(-1, -2), windows)
    dfilters = _filter_gradient(windows.pad(maps), batch, windows)
    return _finished(dx, dfilters, dy=dy, x=x, kernel=kernel)


def _output_shape(x, kernel, size, channels):
    """Forma de la salida: un mapa por filtro, salvo con un kernel 2D; un lote sigue siéndolo."""
    if kernel.ndim == 2:
        return tuple(size)
    return (*x.shape[: max(x.ndim - 3, 0)], *size, channels)


def _filter_gradient(padded, maps, windows):
    """Por cada elemento del kernel, la suma de lo que vio por lo que se le pide."""
    groups, entering, leaving = len(padded), padded.shape[-1], maps.shape[-1]
    asked = maps.reshape(groups, -1, leaving)
    gradient = np.empty((groups, *windows.kernel, entering, leaving), padded.dtype)
    with np.errstate(over="ignore", invalid="ignore"):
        for (i, j), at in windows.taps():
            seen = padded[at].reshape(groups, -1, entering)
            np.matmul(seen.swapaxes(1, 2), asked, out=gradient[:, i, j])
    return gradient


def _finished(dx, dfilters, **inputs):
    """Junta los grupos, suma el gradiente del bias y quita los ejes que no había."""
    dy, x, kernel = inputs.values()
    dx = unstacked(ungrouped(dx), x.ndim)
    dkernel = ungrouped(dfilters).reshape(kernel.shape)
    with np.errstate(over="ignore", invalid="ignore"):
        dbias = dy.sum(axis=tuple(range(dy.ndim - (kernel.ndim == 4))))
    return tuple(finished(gradient, **inputs) for gradient in (dx, dkernel, dbias))
