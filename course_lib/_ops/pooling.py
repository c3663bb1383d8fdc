"""Pooling: resumir cada ventana con un número, sin pesos y canal a canal."""

from functools import reduce

import numpy as np

from course_lib._ops.geometry import as_batch, plan, stacked, unstacked
from course_lib._ops.validate import as_image, finished, flag, float_dtype, pair
from course_lib._ops.windows import by


def max_pool2d(x, pool_size=2, *, stride=None, padding="valid", dilation=1, ceil_mode=False):
    """Se queda con el mayor valor de cada ventana, canal a canal.

    Parameters
    ----------
    x : array_like de forma (H, W), (H, W, C) o (N, H, W, C)
        Imagen o lote; nunca se modifica.
    pool_size : int o (vertical, horizontal), default 2
        Tamaño de la ventana.
    stride : int, (vertical, horizontal) o None, default None
        Paso entre ventanas; ``None`` usa ``pool_size``, y así no se solapan.
    padding : {"valid", "same"}, int, (v, h) o ((arriba, abajo), (izq., der.)), default "valid"
        El relleno vale ``-inf``: nunca gana, tampoco si todos los píxeles son negativos.
    dilation : int o (vertical, horizontal), default 1
        Separación entre los elementos de la ventana.
    ceil_mode : bool, default False
        Si es ``True``, la última ventana puede sobresalir siempre que empiece dentro de la
        imagen o del padding anterior, como en PyTorch y ONNX; si no, se descarta.

    Returns
    -------
    ndarray de forma (H', W'), (H', W', C) o (N, H', W', C)
        Máximos, con el mismo dtype que ``x``: los enteros son exactos.

    Raises
    ------
    TypeError
        Si ``x`` no es un array de números reales o algún argumento no es de su tipo.
    ValueError
        Si ``x`` no es una imagen o tiene NaN, si la ventana no cabe o si alguna quedaría entera
        sobre el padding, sin ningún píxel que resumir.

    Examples
    --------
    >>> max_pool2d([[1, 2, 5, 6], [3, 4, 7, 8]]).tolist()
    [[4, 8]]
    """
    x, windows = prepare(x, pool_size, stride, padding, dilation, ceil_mode)
    maxima = fold(np.maximum, windows.pad(stacked(x), lowest(x.dtype)), windows)
    return unstacked(maxima, x.ndim)


def avg_pool2d(
    x,
    pool_size=2,
    *,
    stride=None,
    padding="valid",
    dilation=1,
    ceil_mode=False,
    count_include_pad=False,
):
    """Calcula la media de cada ventana, canal a canal.

    Parameters
    ----------
    x : array_like de forma (H, W), (H, W, C) o (N, H, W, C)
        Imagen o lote; nunca se modifica.
    pool_size : int o (vertical, horizontal), default 2
        Tamaño de la ventana.
    stride : int, (vertical, horizontal) o None, default None
        Paso entre ventanas; ``None`` usa ``pool_size``, y así no se solapan.
    padding : {"valid", "same"}, int, (v, h) o ((arriba, abajo), (izq., der.)), default "valid"
        Relleno con ceros.
    dilation : int o (vertical, horizontal), default 1
        Separación entre los elementos de la ventana.
    ceil_mode : bool, default False
        Si es ``True``, la última ventana puede sobresalir, como en ``max_pool2d``; lo que
        sobresale no cuenta nunca en la media.
    count_include_pad : bool, default False
        Si es ``True``, los ceros del padding cuentan en la media y oscurecen los bordes.

    Returns
    -------
    ndarray de forma (H', W'), (H', W', C) o (N, H', W', C)
        Medias; float32 sigue siendo float32, enteros y booleanos se calculan en float64.

    Raises
    ------
    TypeError, ValueError
        Los mismos casos que ``max_pool2d``, y si infinitos de signo contrario se anulan.

    Examples
    --------
    >>> avg_pool2d([[1, 2, 5, 6], [3, 4, 7, 8]]).tolist()
    [[2.5, 6.5]]
    """
    x, windows = prepare(x, pool_size, stride, padding, dilation, ceil_mode)
    batch = as_batch(x)
    include_pad = flag(count_include_pad, "count_include_pad")
    with np.errstate(over="ignore", invalid="ignore"):
        sums = fold(np.add, windows.pad(batch), windows)
        means = sums / pixels_counted(windows, batch.dtype, include_pad)
    return finished(unstacked(means, x.ndim), x=x)


def global_avg_pool(x):
    """Calcula la media de cada canal en toda la imagen.

    Parameters
    ----------
    x : array_like de forma (H, W), (H, W, C) o (N, H, W, C)
        Imagen o lote; nunca se modifica.

    Returns
    -------
    float o ndarray de forma (C,) o (N, C)
        Medias; float32 sigue siendo float32, enteros y booleanos se calculan en float64.

    Raises
    ------
    TypeError
        Si ``x`` no es un array de números reales.
    ValueError
        Si ``x`` no es una imagen, está vacía o tiene NaN, o si infinitos de signo contrario se
        anulan.

    Examples
    --------
    >>> global_avg_pool([[[1, 10], [3, 30]]]).tolist()
    [2.0, 20.0]
    """
    x = as_image(x)
    height_and_width = (1, 2) if x.ndim == 4 else (0, 1)
    wide = np.result_type(float_dtype(x), np.float64)  # sumar muchos float32 pierde dígitos
    with np.errstate(over="ignore", invalid="ignore"):
        means = x.mean(axis=height_and_width, dtype=wide).astype(float_dtype(x))
    return finished(means, x=x)


def prepare(x, pool_size, stride, padding, dilation, ceil_mode):
    """Comprueba los argumentos comunes y coloca las ventanas."""
    x = as_image(x)
    return x, plan_pool(stacked(x).shape[1:3], pool_size, stride, padding, dilation, ceil_mode)


def plan_pool(size, pool_size, stride, padding, dilation, ceil_mode):
    """Coloca las ventanas de un pooling; en cada una debe quedar algún píxel que resumir."""
    kernel, ceil_mode = pair(pool_size, "pool_size", 1), flag(ceil_mode, "ceil_mode")
    stride = kernel if stride is None else stride
    windows = plan(size, kernel, stride, padding, dilation, name="pool_size", ceil_mode=ceil_mode)
    if not pixels_counted(windows, np.float64, False).all():
        raise ValueError(
            f"padding={padding!r} deja alguna ventana de pool_size={kernel} entera fuera de la "
            f"imagen de {by(size)}, sin ningún píxel que resumir. Usa menos padding, menos "
            "dilatación o una ventana mayor."
        )
    return windows


def pixels_counted(windows, dtype, include_pad):
    """Cuántos píxeles promedia cada ventana: (1, H', W', 1)."""
    return fold(np.add, counting(windows, dtype, include_pad), windows)


def counting(windows, dtype, include_pad):
    """Imagen ampliada con unos en los píxeles que cuentan y ceros en los demás."""
    counted = windows.canvas(np.empty((1, 1, 1, 1), dtype), 1)
    if include_pad:
        (top, bottom), (left, right) = windows.padding
        height, width = windows.size
        counted[:, : top + height + bottom, : left + width + right] = 1
    counted[windows.interior] = 1
    return counted


def fold(operation, padded, windows):
    """Combina con ``operation`` lo que ve cada elemento de la ventana."""
    return reduce(operation, (padded[at] for _, at in windows.taps()))


def lowest(dtype):
    """Valor que nunca gana a otro en un máximo."""
    if dtype.kind == "f":
        return -np.inf
    return False if dtype.kind == "b" else np.iinfo(dtype).min
