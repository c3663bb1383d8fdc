"""La convolución y su definición con bucles."""

import numpy as np

from course_lib._ops.activations import resolve
from course_lib._ops.channels import assemble, matched, prepare
from course_lib._ops.geometry import (
    output_size,
    unstacked,
    windows_of,
)
from course_lib._ops.shortcuts import add_bias, fast_maps
from course_lib._ops.validate import as_image, as_kernel, finished, float_dtype


def conv2d_naive(x, kernel):
    """Convoluciona una imagen con un kernel tal como dice la definición, píxel a píxel.

    Es lenta a propósito: sirve para leerla y para comprobar las demás.

    Parameters
    ----------
    x : array_like de forma (H, W)
        Imagen; nunca se modifica.
    kernel : array_like de forma (kh, kw)
        Filtro; no se voltea.

    Returns
    -------
    ndarray de forma (H - kh + 1, W - kw + 1)
        En cada píxel, la suma de la ventana multiplicada por el kernel.

    Raises
    ------
    TypeError, ValueError
        Si ``x`` o ``kernel`` no son arrays 2D de números reales o el kernel no cabe.

    Examples
    --------
    >>> conv2d_naive([[1, 2, 3], [4, 5, 6]], [[1, 0], [0, -1]]).tolist()
    [[-4.0, -4.0]]
    """
    x, kernel = as_image(x), as_kernel(kernel)
    if x.ndim != 2 or kernel.ndim != 2:
        raise ValueError(
            f"x tiene forma {x.shape} y kernel {kernel.shape}; conv2d_naive solo admite (H, W) y "
            "(kh, kw). Usa conv2d para canales y lotes."
        )
    (kh, kw), dtype = kernel.shape, float_dtype(x)
    result = np.zeros((output_size(x.shape[0], kh), output_size(x.shape[1], kw)), dtype)
    with np.errstate(over="ignore", invalid="ignore"):
        weights = kernel.astype(dtype)
        for row in range(result.shape[0]):
            for column in range(result.shape[1]):
                window = x[row : row + kh, column : column + kw]
                result[row, column] = (window * weights).sum()
    return finished(result, x=x, kernel=kernel)


def conv2d(
    x,
    kernel,
    bias=None,
    *,
    stride=1,
    padding="valid",
    dilation=1,
    groups=1,
    activation=None,
):
    """Desliza un kernel por una imagen y suma, en cada posición, ventana por kernel.

    Es la "convolución" de las redes neuronales: una correlación cruzada, sin voltear el kernel.

    Parameters
    ----------
    x : array_like de forma (H, W), (H, W, C) o (N, H, W, C)
        Imagen o lote, con los canales al final; nunca se modifica.
    kernel : array_like de forma (kh, kw) o (kh, kw, C/groups, C_out)
        Filtros. El de dos dimensiones es para una imagen (H, W).
    bias : float o array_like de forma (C_out,), opcional
        Se suma a cada mapa: un número con un kernel 2D, uno por filtro con un kernel 4D.
    stride : int o (vertical, horizontal), default 1
        Paso entre dos posiciones del kernel.
    padding : {"valid", "same"}, int, (v, h) o ((arriba, abajo), (izq., der.)), default "valid"
        Ceros alrededor de ``x``. ``"valid"``, ninguno; ``"same"``, los mínimos para que la salida
        mida ``ceil(n / stride)``, con el impar abajo y a la derecha.
    dilation : int o (vertical, horizontal), default 1
        Separación entre los elementos del kernel; 1 es un kernel sin huecos.
    groups : int, default 1
        Grupos de canales que no se mezclan; ``groups=C`` es la convolución depthwise.
    activation : str, función o None, default None
        Se aplica al resultado: un nombre ("relu", "sigmoid", ...) o una función de un array.
        ``softmax`` y ``log_softmax`` actúan en el último eje: los canales con un kernel 4D.

    Returns
    -------
    ndarray de forma (H', W'), (H', W', C_out) o (N, H', W', C_out)
        Mapa de características: 2D si el kernel es 2D; un lote sigue siendo un lote. Su dtype es
        el de ``x`` si es flotante (float32 sigue siendo float32; float16 sube a float32) y
        float64 si ``x`` es de enteros o booleanos; kernel y bias se convierten a ese dtype.

    Raises
    ------
    TypeError
        Si ``x``, ``kernel`` o ``bias`` no son de números reales, u otro argumento no es de su
        tipo.
    ValueError
        Si las formas no encajan, el kernel no cabe, ``padding`` o ``activation`` no existen,
        algún argumento es demasiado pequeño o hay NaN. Los infinitos se admiten mientras no se
        anulen entre sí o con un cero, que daría NaN.

    References
    ----------
    V. Dumoulin y F. Visin, "A guide to convolution arithmetic for deep learning", 2016.

    Examples
    --------
    >>> x = [[1, 2, 3], [4, 5, 6]]
    >>> conv2d(x, [[1, 0], [0, -1]]).tolist()
    [[-4.0, -4.0]]
    >>> conv2d(x, [[1, 0], [0, -1]], bias=5, padding="same", activation="relu").tolist()
    [[1.0, 1.0, 8.0], [9.0, 10.0, 11.0]]
    """
    activation = resolve(activation)
    x, kernel = as_image(x, nan=True), as_kernel(kernel, nan=True)
    images, filters, offset, groups = matched(x, kernel, bias, groups)
    windows = windows_of(images, filters, stride, padding, dilation)
    if not windows.sees_everything:
        as_image(x)  # un NaN que ninguna ventana ve no llegaría al resultado
    maps = fast_maps(images, filters, windows, groups)
    if maps is None:
        return activation(_carefully(as_image(x), as_kernel(kernel), bias, groups, windows))
    if offset is not None:
        add_bias(maps, offset)
    return activation(unstacked(maps, 2 if kernel.ndim == 2 else max(x.ndim, 3)))


def _carefully(x, kernel, bias, groups, windows):
    """Convoluciona sin atajos, que con infinitos darían NaN donde la definición no los da."""
    batch, filters, bias = prepare(x, kernel, bias, groups)
    return assemble(correlate(batch, filters, windows), bias, x=x, kernel=kernel)


def correlate(batch, filters, windows):
    """Suma, por cada elemento del kernel, lo que ve desde todas las ventanas por sus pesos."""
    padded = windows.pad(batch)
    maps = np.zeros((*batch.shape[:2], *windows.out, filters.shape[-1]), batch.dtype)
    with np.errstate(over="ignore", invalid="ignore"):
        for (i, j), at in windows.taps():
            maps += padded[at] @ filters[:, i, j][:, None, None]
    return maps
