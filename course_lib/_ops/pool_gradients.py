"""Los gradientes del pooling: devolver el de cada ventana a los píxeles que la resumieron."""

import numpy as np

from course_lib._ops.geometry import stacked, unstacked
from course_lib._ops.pooling import counting, fold, lowest, pixels_counted, prepare
from course_lib._ops.validate import as_gradient, as_image, finished, flag, float_dtype


def max_pool2d_backward(
    dy, x, pool_size=2, *, stride=None, padding="valid", dilation=1, ceil_mode=False
):
    """Devuelve el gradiente de cada ventana al píxel que fue su máximo.

    Si hay empate lo recibe solo el primero, de izquierda a derecha y de arriba abajo, como en
    PyTorch: así lo que llega a ``x`` suma lo mismo que ``dy``.

    Parameters
    ----------
    dy : array_like con la forma de la salida de ``max_pool2d``
        Gradiente de la pérdida respecto a cada máximo; nunca se modifica.
    x : array_like de forma (H, W), (H, W, C) o (N, H, W, C)
        La imagen o el lote que recibió ``max_pool2d``.
    pool_size, stride, padding, dilation, ceil_mode
        Los mismos que recibió ``max_pool2d``.

    Returns
    -------
    ndarray con la forma de ``x``
        Gradiente respecto a ``x``; los píxeles que no ganaron en ninguna ventana reciben cero.

    Raises
    ------
    TypeError, ValueError
        Los mismos casos que ``max_pool2d``, y si ``dy`` no tiene la forma de su salida.

    Examples
    --------
    >>> max_pool2d_backward([[10, 20]], [[1, 2, 5, 5], [3, 4, 5, 5]]).tolist()
    [[0.0, 0.0, 20.0, 0.0], [0.0, 10.0, 0.0, 0.0]]
    """
    x, windows = prepare(x, pool_size, stride, padding, dilation, ceil_mode)
    dy = as_gradient(dy, _output_shape(x, windows), x)
    padded = windows.pad(stacked(x), lowest(x.dtype))
    maxima, asked = fold(np.maximum, padded, windows), stacked(dy)
    inside = counting(windows, np.dtype(bool), False)
    canvas = windows.canvas(asked, asked.shape[-1])
    waiting = np.ones(maxima.shape, bool)  # ventanas que aún no han devuelto su gradiente
    with np.errstate(over="ignore", invalid="ignore"):
        for _, at in windows.taps():
            first = (padded[at] == maxima) & waiting & inside[at]  # un -inf no empata con el borde
            waiting &= ~first
            canvas[at] += np.where(first, asked, 0)
    return _finished(canvas, windows, x, dy)


def avg_pool2d_backward(
    dy,
    x,
    pool_size=2,
    *,
    stride=None,
    padding="valid",
    dilation=1,
    ceil_mode=False,
    count_include_pad=False,
):
    """Reparte el gradiente de cada ventana, a partes iguales, entre los píxeles que promedió.

    Parameters
    ----------
    dy : array_like con la forma de la salida de ``avg_pool2d``
        Gradiente de la pérdida respecto a cada media; nunca se modifica.
    x : array_like de forma (H, W), (H, W, C) o (N, H, W, C)
        La imagen o el lote que recibió ``avg_pool2d``; solo importan su forma y su dtype.
    pool_size, stride, padding, dilation, ceil_mode, count_include_pad
        Los mismos que recibió ``avg_pool2d``.

    Returns
    -------
    ndarray con la forma de ``x``
        Gradiente respecto a ``x``.

    Raises
    ------
    TypeError, ValueError
        Los mismos casos que ``avg_pool2d``, y si ``dy`` no tiene la forma de su salida.

    Examples
    --------
    >>> avg_pool2d_backward([[8, 4]], [[1, 2, 5, 6], [3, 4, 7, 8]]).tolist()
    [[2.0, 2.0, 1.0, 1.0], [2.0, 2.0, 1.0, 1.0]]
    """
    x, windows = prepare(x, pool_size, stride, padding, dilation, ceil_mode)
    dy = as_gradient(dy, _output_shape(x, windows), x)
    include_pad = flag(count_include_pad, "count_include_pad")
    shares = stacked(dy) / pixels_counted(windows, dy.dtype, include_pad)
    canvas = windows.canvas(shares, shares.shape[-1])
    with np.errstate(over="ignore", invalid="ignore"):
        for _, at in windows.taps():
            canvas[at] += shares
    return _finished(canvas, windows, x, dy)


def global_avg_pool_backward(dy, x):
    """Reparte el gradiente de cada canal, a partes iguales, entre todos sus píxeles.

    Parameters
    ----------
    dy : float o array_like de forma (C,) o (N, C)
        Gradiente de la pérdida respecto a cada media; nunca se modifica.
    x : array_like de forma (H, W), (H, W, C) o (N, H, W, C)
        La imagen o el lote que recibió ``global_avg_pool``; solo importan su forma y su dtype.

    Returns
    -------
    ndarray con la forma de ``x``
        Gradiente respecto a ``x``.

    Raises
    ------
    TypeError, ValueError
        Los mismos casos que ``global_avg_pool``, y si ``dy`` no tiene la forma de su salida.

    Examples
    --------
    >>> global_avg_pool_backward([4, 8], [[[1, 10], [3, 30]]]).tolist()
    [[[2.0, 4.0], [2.0, 4.0]]]
    """
    x = as_image(x)
    _, height, width, _ = stacked(x).shape
    dy = as_gradient(dy, x.shape[: max(x.ndim - 3, 0)] + x.shape[2:][-1:], x)
    share = dy / dy.dtype.type(height * width)
    spread = share[..., None, None, :] if x.ndim > 2 else share
    return np.broadcast_to(spread, x.shape).astype(float_dtype(x))


def _output_shape(x, windows):
    """Forma de la salida del pooling: la de ``x`` con otro alto y otro ancho."""
    return (*x.shape[: max(x.ndim - 3, 0)], *windows.out, *x.shape[2:][-1:])


def _finished(canvas, windows, x, dy):
    """Recorta el padding y quita los ejes que la imagen no tenía."""
    return finished(unstacked(canvas[windows.interior], x.ndim).copy(), dy=dy)
