"""De imagen a columnas y vuelta: la convolución como un producto de matrices."""

import numpy as np

from course_lib._ops.geometry import as_batch, plan, stacked, unstacked
from course_lib._ops.validate import IMAGE_FORMS, as_float, as_image, finished, integer, pair, plain


def im2col(x, kernel_size, *, stride=1, padding="valid", dilation=1):
    """Coloca en cada fila los píxeles que ve el kernel desde una posición.

    Con esas filas, convolucionar es multiplicar dos matrices:
    ``im2col(x, (kh, kw)) @ kernel.reshape(-1, C_out)``.

    Parameters
    ----------
    x : array_like de forma (H, W), (H, W, C) o (N, H, W, C)
        Imagen o lote; nunca se modifica.
    kernel_size : int o (kh, kw)
        Tamaño del kernel.
    stride, dilation : int o (vertical, horizontal), default 1
        Paso entre posiciones y separación entre los elementos del kernel.
    padding : {"valid", "same"}, int, (v, h) o ((arriba, abajo), (izq., der.)), default "valid"
        Ceros alrededor de la imagen.

    Returns
    -------
    ndarray de forma (H'*W', kh*kw), (H'*W', kh*kw*C) o (N, H'*W', kh*kw*C)
        Posiciones por filas, de izquierda a derecha y de arriba abajo; cada fila ordenada como
        (kh, kw, C). Enteros y booleanos pasan a float64 para que el producto no desborde.

    Raises
    ------
    TypeError
        Si ``x`` no es un array de números reales o algún argumento no es entero.
    ValueError
        Si ``x`` no es una imagen o tiene NaN, o si el kernel no cabe.

    References
    ----------
    K. Chellapilla, S. Puri y P. Simard, "High performance convolutional neural networks for
    document processing", 2006.

    Examples
    --------
    >>> im2col([[1, 2, 3], [4, 5, 6]], 2).tolist()
    [[1.0, 2.0, 4.0, 5.0], [2.0, 3.0, 5.0, 6.0]]
    """
    x, kernel = as_image(x), pair(kernel_size, "kernel_size", 1)
    batch = as_batch(x)
    windows = plan(batch.shape[1:3], kernel, stride, padding, dilation, name="kernel_size")
    padded = windows.pad(batch)
    seen = np.stack([padded[at] for _, at in windows.taps()], axis=3)
    columns = seen.reshape(len(batch), windows.out[0] * windows.out[1], -1)
    return columns if x.ndim == 4 else columns[0]


def col2im(cols, shape, kernel_size, *, stride=1, padding="valid", dilation=1):
    """Devuelve cada elemento de ``im2col`` a su píxel y suma los que coinciden.

    Es la operación adjunta de ``im2col``, no su inversa: un píxel que ven tres ventanas recibe
    la suma de tres valores. Así vuelve el gradiente de una convolución a su imagen.

    Parameters
    ----------
    cols : array_like
        Columnas con la forma que devuelve ``im2col``; nunca se modifican.
    shape : tuple
        Forma de la imagen: (H, W), (H, W, C) o (N, H, W, C).
    kernel_size : int o (kh, kw)
        Tamaño del kernel.
    stride, padding, dilation
        Los mismos que en ``im2col``.

    Returns
    -------
    ndarray de forma ``shape``
        Suma de las columnas; float32 sigue siendo float32, enteros y booleanos, float64.

    Raises
    ------
    TypeError
        Si ``cols`` no es un array de números reales o algún argumento no es entero.
    ValueError
        Si la forma de ``cols`` no corresponde a ``shape`` o si el kernel no cabe.

    Examples
    --------
    >>> col2im([[1, 1, 1, 1], [1, 1, 1, 1]], (2, 3), 2).tolist()
    [[1.0, 2.0, 1.0], [1.0, 2.0, 1.0]]
    """
    cols, shape = as_float(cols, "cols"), _as_shape(shape)
    kernel = pair(kernel_size, "kernel_size", 1)
    image = stacked(np.broadcast_to(cols.dtype.type(0), shape))
    windows = plan(image.shape[1:3], kernel, stride, padding, dilation, name="kernel_size")
    _check_columns(cols, shape, image.shape, windows)
    seen = cols.reshape(len(image), *windows.out, *kernel, image.shape[3])
    canvas = windows.canvas(image, image.shape[3])
    with np.errstate(over="ignore", invalid="ignore"):
        for (i, j), at in windows.taps():
            canvas[at] += seen[:, :, :, i, j]
    return finished(unstacked(canvas[windows.interior], len(shape)).copy(), cols=cols)


def _as_shape(shape):
    shape = plain(shape)
    if not isinstance(shape, (tuple, list)) or len(shape) not in IMAGE_FORMS:
        raise ValueError(
            f"shape={shape!r} no es la forma de una imagen: se esperaba "
            f"{' o '.join(IMAGE_FORMS.values())}. Usa x.shape."
        )
    return tuple(integer(length, "shape", 1) for length in shape)


def _check_columns(cols, shape, image_shape, windows):
    batch, _, _, channels = image_shape
    (kh, kw), (rows, columns) = windows.kernel, windows.out
    expected = (rows * columns, kh * kw * channels)
    if len(shape) == 4:
        expected = (batch, *expected)
    if cols.shape != expected:
        raise ValueError(
            f"cols tiene forma {cols.shape}, pero una imagen de forma {shape} da {expected} con "
            f"kernel_size={windows.kernel}. Usa los mismos kernel_size, stride, padding y "
            "dilation que en im2col."
        )
