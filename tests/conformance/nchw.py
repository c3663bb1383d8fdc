"""Los operadores de ONNX, con los canales delante, escritos con ``course_lib.ops``.

Es una traducción, no una implementación: mueve ejes, da nombre a los atributos y reparte el padding
que ONNX pide y ``ops`` no ofrece con una palabra (SAME_LOWER, output_shape). Los arrays de una
dimensión espacial, (N, C, W), se tratan como imágenes de altura 1.

Cada operador recibe los atributos de ONNX por su nombre y devuelve una tupla con sus salidas.
"""

import numpy as np

from course_lib import ops

SELU_DEFAULTS = (1.6732632423543772, 1.0507009873554805)


def conv(x, kernel, bias=None, *, group=1, **attributes):
    image, kernel, ndim = channels_last(x), kernel_last(kernel), x.ndim
    options = windows(image, kernel.shape[:2], attributes)
    return (channels_first(ops.conv2d(image, kernel, bias, groups=group, **options), ndim),)


def conv_transpose(x, kernel, bias=None, *, group=1, **attributes):
    image, kernel, ndim = channels_last(x), kernel_last(kernel), x.ndim
    options = windows_transposed(image, kernel.shape[:2], attributes)
    maps = ops.conv2d_transpose(image, kernel, bias, groups=group, **options)
    return (channels_first(maps, ndim),)


def max_pool(x, *, kernel_shape, ceil_mode=0, storage_order=0, outputs=1, **attributes):
    image, pool = channels_last(x), both(kernel_shape, 1)
    options = {**windows(image, pool, attributes), "ceil_mode": bool(ceil_mode)}
    maxima = ops.max_pool2d(image, pool, **options)
    if outputs == 1:
        return (channels_first(maxima, x.ndim),)
    found = positions(image, pool, options, maxima.shape)
    places = np.moveaxis(np.arange(x.size).reshape(image_first(x).shape), 1, -1)
    if storage_order:  # numera los píxeles de cada mapa por columnas
        maps = image_first(x)
        columns = np.arange(x.size).reshape(*maps.shape[:2], *maps.shape[:1:-1])
        places = columns.transpose(0, 3, 2, 1)
    return channels_first(maxima, x.ndim), channels_first(places.ravel()[found], x.ndim)


def positions(image, pool, options, shape):
    """Píxel (número de orden en ``image``) del que sale cada máximo.

    ``ops`` no lo devuelve, pero su gradiente vuelve justo a ese píxel: se manda un 1 por salida.
    """
    found = np.empty(shape, np.int64)
    for at in np.ndindex(shape):
        dy = np.zeros(shape, image.dtype)
        dy[at] = 1
        found[at] = ops.max_pool2d_backward(dy, image, pool, **options).argmax()
    return found


def average_pool(x, *, kernel_shape, ceil_mode=0, count_include_pad=0, **attributes):
    image, pool = channels_last(x), both(kernel_shape, 1)
    flags = {"ceil_mode": bool(ceil_mode), "count_include_pad": bool(count_include_pad)}
    means = ops.avg_pool2d(image, pool, **windows(image, pool, attributes), **flags)
    return (channels_first(means, x.ndim),)


def global_average_pool(x):
    means = ops.global_avg_pool(channels_last(x))
    return (means.reshape(*x.shape[:2], *(1,) * (x.ndim - 2)),)


def global_max_pool(x):
    image = channels_last(x)
    return (channels_first(ops.max_pool2d(image, image.shape[1:3]), x.ndim),)


def selu(x, *, alpha=SELU_DEFAULTS[0], gamma=SELU_DEFAULTS[1]):
    """Las constantes de ``ops.selu`` son fijas; con otras, es una ELU a escala."""
    own = np.allclose((alpha, gamma), SELU_DEFAULTS, rtol=1e-6, atol=0)
    return (ops.selu(x) if own else gamma * ops.elu(x, alpha),)


def prelu(x, slope):
    """Una ``leaky_relu`` por cada pendiente; las versiones viejas de ONNX dan una por canal."""
    if slope.ndim == 1 and slope.shape == x.shape[1:2]:
        slope = slope.reshape(-1, *(1,) * (x.ndim - 2))
    slopes, result = np.broadcast_to(slope, x.shape), np.empty_like(x)
    for value in np.unique(slope):
        at = slopes == value
        result[at] = ops.leaky_relu(x[at], value.item())
    return (result,)


def elementwise(function, **renamed):
    """Una activación de ``ops``, con los atributos de ONNX por el nombre que tienen aquí."""

    def operator(x, **attributes):
        return (function(x, **{renamed[name]: value for name, value in attributes.items()}),)

    return operator


OPERATORS = {
    "Conv": conv,
    "ConvTranspose": conv_transpose,
    "MaxPool": max_pool,
    "AveragePool": average_pool,
    "GlobalAveragePool": global_average_pool,
    "GlobalMaxPool": global_max_pool,
    "Relu": elementwise(ops.relu),
    "LeakyRelu": elementwise(ops.leaky_relu, alpha="negative_slope"),
    "Elu": elementwise(ops.elu, alpha="alpha"),
    "Selu": selu,
    "Sigmoid": elementwise(ops.sigmoid),
    "Tanh": elementwise(ops.tanh),
    "Softmax": elementwise(ops.softmax, axis="axis"),
    "LogSoftmax": elementwise(ops.log_softmax, axis="axis"),
    "Softplus": elementwise(ops.softplus),
    "PRelu": prelu,
}


# --- ejes ---


def image_first(x):
    """(N, C, W) → (N, C, 1, W); (N, C, H, W) se queda igual."""
    return x[:, :, None] if x.ndim == 3 else x


def channels_last(x):
    """(N, C, H, W) o (N, C, W) → (N, H, W, C)."""
    return np.moveaxis(image_first(x), 1, -1)


def channels_first(x, ndim=4):
    """(N, H, W, C) → (N, C, H, W), o (N, C, W) si ``ndim`` es 3."""
    maps = np.moveaxis(x, -1, 1)
    return maps[:, :, 0] if ndim == 3 else maps


def kernel_last(kernel):
    """(a, b, kh, kw) o (a, b, kw) → (kh, kw, b, a); vale para Conv y para ConvTranspose."""
    return image_first(kernel).transpose(2, 3, 1, 0)


# --- atributos ---


def both(values, neutral):
    """La pareja (vertical, horizontal); en una dimensión, la vertical no hace nada."""
    return (neutral,) * (2 - len(values)) + tuple(values)


def ends(pads):
    """[arriba, izquierda, abajo, derecha] → ((arriba, abajo), (izquierda, derecha))."""
    half = len(pads) // 2
    return tuple(zip(both(pads[:half], 0), both(pads[half:], 0), strict=True))


def windows(image, kernel, attributes):
    """stride, dilation y padding de ``ops`` para una convolución o un pooling."""
    stride = both(attributes.get("strides", ()), 1)
    dilation = both(attributes.get("dilations", ()), 1)
    padding = ends(attributes.get("pads", ()))
    auto_pad = attributes.get("auto_pad", "NOTSET")
    if auto_pad == "SAME_UPPER":
        padding = "same"
    if auto_pad == "SAME_LOWER":
        axes = zip(image.shape[1:3], kernel, stride, dilation, strict=True)
        totals = [max((-(-n // s) - 1) * s + d * (k - 1) + 1 - n, 0) for n, k, s, d in axes]
        padding = tuple((total - total // 2, total // 2) for total in totals)
    return {"stride": stride, "dilation": dilation, "padding": padding}


def windows_transposed(image, kernel, attributes):
    """Lo mismo para ConvTranspose, que puede decir el tamaño de la salida y no el padding."""
    options = windows(image, kernel, attributes)
    stride, dilation = options["stride"], options["dilation"]
    extra = both(attributes.get("output_padding", ()), 0)
    if options["padding"] == "same":
        return options
    if "output_shape" in attributes:
        wanted = both(attributes["output_shape"], 1)
        axes = zip(image.shape[1:3], kernel, stride, dilation, wanted, extra, strict=True)
        totals = [s * (n - 1) + e + d * (k - 1) + 1 - w for n, k, s, d, w, e in axes]
        # El impar, delante. Si sobra sitio en vez de faltar, son filas de más: output_padding.
        options["padding"] = tuple((max(t, 0) - max(t, 0) // 2, max(t, 0) // 2) for t in totals)
        extra = tuple(e + max(-t, 0) for e, t in zip(extra, totals, strict=True))
    return {**options, "output_padding": extra}
