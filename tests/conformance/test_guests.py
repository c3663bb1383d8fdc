"""Lo que las pruebas de SciPy, PyTorch y Keras dan a sus funciones: formas raras de lo corriente.

Cada array raro entra por cada argumento que recibe un array, y cada valor raro, por cada opción. Lo
que representa los mismos números da el mismo resultado; lo demás, un error de `course_lib`, en
español, y no un aviso ni un error de numpy.
"""

import warnings

import numpy as np
import pytest
from conformance.test_errors import rejected_in_spanish

from course_lib import layers, ops

X = np.random.default_rng(0).integers(0, 5, (7, 8)).astype(float)
K = np.array([[1.0, -2.0], [0.0, 3.0], [2.0, 1.0]])
BATCH = X.reshape(1, 7, 8, 1)


class Arraylike:
    """Lo que no es un array pero sabe serlo, como un tensor de otra biblioteca."""

    def __array__(self, dtype=None, copy=None):
        return np.array(X)


def readonly(array):
    array = array.copy()
    array.flags.writeable = False
    return array


def unaligned(array):
    return (
        np.frombuffer(b"x" + array.tobytes(), np.uint8)[1:].view(array.dtype).reshape(array.shape)
    )


SAME = {
    "Fortran": np.asfortranarray(X),
    "filas al revés": X[::-1].copy()[::-1],
    "columnas al revés": X[:, ::-1].copy()[:, ::-1],
    "una de cada dos": np.repeat(X, 2, axis=1)[:, ::2],
    "traspuesta": X.T.copy().T,
    "de solo lectura": readonly(X),
    "sin alinear": unaligned(X),
    "el otro orden de bytes": X.astype(X.dtype.newbyteorder()),
    "el otro orden de bytes, float32": X.astype(np.dtype(np.float32).newbyteorder()),
    "float16": X.astype(np.float16),
    "longdouble": X.astype(np.longdouble),
    "int8": X.astype(np.int8),
    "uint64": X.astype(np.uint64),
    "lista": X.tolist(),
    "tupla": tuple(map(tuple, X.tolist())),
    "con __array__": Arraylike(),
}
WRONG = {
    "objetos": X.astype(object),
    "textos": X.astype(str),
    "bytes": X.astype("S3"),
    "fechas": np.zeros((7, 8), "M8[s]"),
    "duraciones": np.zeros((7, 8), "m8[s]"),
    "campos": np.zeros((7, 8), [("a", "f4")]),
    "complejos": X * 1j,
    "con NaN": np.where(X > 3, np.nan, X),
    "sin filas": np.zeros((0, 8)),
    "sin columnas": np.zeros((7, 0)),
    "sin canales": np.zeros((7, 8, 0)),
    "sin imágenes": np.zeros((0, 7, 8, 1)),
    "lista vacía": [],
    "irregular": [[1, 2], [3]],
    "con None": [[None, 1], [1, 2]],
    "con texto": [[1, "a"], [2, 3]],
    "None": None,
    "texto": "imagen",
    "diccionario": {},
    "conjunto": {1, 2},
    "iterador": iter([1, 2]),
    "enteros de mil cifras": [[10**999, 1], [1, 1]],
    "cinco ejes": np.zeros((1, 1, 1, 2, 3)),
}
NOT_FOR_ACTIVATIONS = ("cinco ejes",)  # ellas admiten cualquier forma

IMAGES = {
    "conv2d": lambda x: ops.conv2d(x, K),
    "conv2d con padding": lambda x: ops.conv2d(x, K, padding="same", stride=2),
    "conv2d_naive": lambda x: ops.conv2d_naive(x, K),
    "conv2d_transpose": lambda x: ops.conv2d_transpose(x, K, stride=2),
    "max_pool2d": lambda x: ops.max_pool2d(x),
    "avg_pool2d": lambda x: ops.avg_pool2d(x, ceil_mode=True),
    "global_avg_pool": ops.global_avg_pool,
    "pad2d": lambda x: ops.pad2d(x, 1),
    "im2col": lambda x: ops.im2col(x, 2),
    "kernel": lambda x: ops.conv2d(np.ones((9, 9)), x),
    "x en conv2d_backward": lambda x: ops.conv2d_backward(np.ones((5, 7)), x, K)[1],
    "dy en conv2d_backward": lambda x: ops.conv2d_backward(x, np.ones((9, 9)), K)[0],
    "kernel en conv2d_backward": lambda x: ops.conv2d_backward(np.ones((3, 2)), np.ones((9, 9)), x)[
        0
    ],
    "dy en max_pool2d_backward": lambda x: ops.max_pool2d_backward(x, np.ones((14, 16))),
    "x en max_pool2d_backward": lambda x: ops.max_pool2d_backward(np.ones((3, 4)), x),
    "dy en avg_pool2d_backward": lambda x: ops.avg_pool2d_backward(x, np.ones((14, 16))),
    "x en global_avg_pool_backward": lambda x: ops.global_avg_pool_backward(1.0, x),
    "x en conv2d_transpose_backward": (
        lambda x: ops.conv2d_transpose_backward(np.ones((9, 9)), x, K)[1]
    ),
}
ACTIVATIONS = {
    name: getattr(ops, name)
    for name in (
        *("relu", "leaky_relu", "elu", "selu", "sigmoid", "tanh", "softplus"),
        *("softmax", "log_softmax"),
    )
} | {"activation_backward": lambda x: ops.activation_backward(x, x, "sigmoid")}


def layer_of(layer):
    """Una capa recibe lotes: a la imagen se le añaden los ejes; lo demás le llega tal cual."""

    def forward(x):
        try:
            x = np.asarray(x)
        except ValueError:  # irregular
            return layer.forward(x)
        return layer.forward(x[None, ..., None] if x.ndim == 2 else x)

    return forward


LAYERS = {
    "Conv2D": layer_of(layers.Conv2D(2, 3)),
    "MaxPool2D": layer_of(layers.MaxPool2D()),
    "AvgPool2D": layer_of(layers.AvgPool2D()),
    "Flatten": layer_of(layers.Flatten()),
}
ALL = {**IMAGES, **ACTIVATIONS, **LAYERS}


@pytest.mark.parametrize("form", SAME)
@pytest.mark.parametrize("name", ALL)
def test_the_same_numbers_give_the_same(name, form):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result, expected = ALL[name](SAME[form]), ALL[name](X)
    tolerance = 1e-6 if form in ("float16", "el otro orden de bytes, float32") else 1e-12
    np.testing.assert_allclose(np.asarray(result, float), expected, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("form", WRONG)
@pytest.mark.parametrize("name", ALL)
def test_what_is_not_an_image_is_rejected(name, form):
    if name in ACTIVATIONS and form in NOT_FOR_ACTIVATIONS:
        assert ACTIVATIONS[name](WRONG[form]).shape == WRONG[form].shape
        return
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        rejected_in_spanish(lambda: ALL[name](WRONG[form]))


# --- opciones ---

NOT_INTEGERS = {
    "decimal": 1.5,
    "decimal entero": 2.0,
    "booleano": True,
    "booleano de numpy": np.True_,
    "texto": "2",
    "None": None,
    "nada": (),
    "uno en una tupla": (1,),
    "uno en una lista": [1],
    "tres": (1, 1, 1),
    "decimales": (1.0, 1),
    "booleanos": (True, False),
    "array de decimales": np.array([1.0, 2.0]),
    "NaN": float("nan"),
    "infinito": float("inf"),
    "negativo": -1,
    "uno negativo": (1, -1),
    "diccionario": {},
    "conjunto": {1, 2},
    "función": len,
}
OPTIONS = {
    "stride": lambda v: ops.conv2d(X, K, stride=v),
    "dilation": lambda v: ops.conv2d(X, K, dilation=v),
    "padding": lambda v: ops.conv2d(X, K, padding=v),
    "padding de pad2d": lambda v: ops.pad2d(X, v),
    "padding de la traspuesta": lambda v: ops.conv2d_transpose(X, K, padding=v),
    "output_padding": lambda v: ops.conv2d_transpose(X, K, stride=3, output_padding=v),
    "stride de la traspuesta": lambda v: ops.conv2d_transpose(X, K, stride=v),
    "pool_size": lambda v: ops.max_pool2d(X, v),
    "stride del pooling": lambda v: ops.avg_pool2d(X, 2, stride=v),
    "kernel_size": lambda v: ops.im2col(X, v),
    "kernel_size de la capa": lambda v: layers.Conv2D(2, v),
    "padding de la capa": lambda v: layers.Conv2D(2, 3, padding=v),
    "pool_size de la capa": lambda v: layers.AvgPool2D(v),
    "dilation de la capa": lambda v: layers.MaxPool2D(2, dilation=v),
}


@pytest.mark.parametrize("kind", NOT_INTEGERS)
@pytest.mark.parametrize("option", OPTIONS)
def test_what_is_not_a_length_is_rejected(option, kind):
    if option == "stride del pooling" and kind == "None":
        np.testing.assert_array_equal(OPTIONS[option](None), ops.avg_pool2d(X, 2))
        return
    rejected_in_spanish(lambda: OPTIONS[option](NOT_INTEGERS[kind]))


@pytest.mark.parametrize(
    "name", ["SAME", "Same", "full", "VALID", "causal", "reflect", "", "same "]
)
def test_a_padding_of_another_library_is_rejected(name):
    for call in (
        lambda: ops.conv2d(X, K, padding=name),
        lambda: ops.max_pool2d(X, padding=name),
        lambda: ops.conv2d_transpose(X, K, padding=name),
        lambda: ops.pad2d(X, name),
        lambda: layers.MaxPool2D(padding=name),
    ):
        rejected_in_spanish(call)


@pytest.mark.parametrize("value", [np.int8(2), np.uint64(2), np.array(2), np.array([2, 2]), [2, 2]])
def test_integers_of_numpy_are_integers(value):
    np.testing.assert_array_equal(
        ops.conv2d(X, K, stride=value, padding=value, dilation=value),
        ops.conv2d(X, K, stride=2, padding=2, dilation=2),
    )
    np.testing.assert_array_equal(ops.max_pool2d(X, value, ceil_mode=np.True_),
                                  ops.max_pool2d(X, 2, ceil_mode=True))  # fmt: skip
    assert layers.Conv2D(np.int64(3), value).build((7, 8, 1)).output_shape == (6, 7, 3)


def test_a_huge_stride_gives_one_window():
    for stride in (10, 10**9, 10**30):
        assert ops.conv2d(X, K, stride=stride).tolist() == [[(X[:3, :2] * K).sum()]]
        assert ops.max_pool2d(X, 3, stride=stride).tolist() == [[X[:3, :3].max()]]
        dx, _, _ = ops.conv2d_backward([[1.0]], X, K, stride=stride)
        np.testing.assert_array_equal(dx[:3, :2], K)
        assert layers.Conv2D(1, 3, stride=stride).forward(BATCH).shape == (1, 1, 1, 1)


@pytest.mark.parametrize(
    "call",
    [
        lambda: ops.conv2d(X, K, padding=10**9),
        lambda: ops.conv2d(X, K, padding=10**30),
        lambda: ops.pad2d(X, 10**12),
        lambda: ops.conv2d_transpose(X, K, stride=10**12),
        lambda: ops.conv2d_transpose(X, K, dilation=10**12),
        lambda: ops.max_pool2d(X, 10**12, padding=10**12),
        lambda: layers.Conv2D(1, 3, padding=10**12).build((7, 8, 1)),
    ],
)
def test_an_image_that_no_memory_can_hold_is_rejected(call):
    rejected_in_spanish(call)


@pytest.mark.parametrize("kernel", [(2, 2), (4, 3), (6, 5), (2, 7), (7, 8), (9, 10)])
@pytest.mark.parametrize("dilation", [1, 2, (3, 1)])
def test_same_keeps_the_size_whatever_the_kernel(kernel, dilation):
    """Kernels pares, con huecos y mayores que la imagen."""
    weights = np.random.default_rng(0).integers(-3, 4, kernel).astype(float)
    both = dilation if isinstance(dilation, tuple) else (dilation, dilation)
    totals = [d * (k - 1) for k, d in zip(kernel, both, strict=True)]
    pads = tuple((t // 2, t - t // 2) for t in totals)
    result = ops.conv2d(X, weights, padding="same", dilation=dilation)
    assert result.shape == X.shape
    np.testing.assert_array_equal(result, ops.conv2d(np.pad(X, pads), weights, dilation=dilation))
