"""Lo que ``course_lib.ops`` promete en todas sus funciones."""

import ast
import copy
import inspect
import warnings
from pathlib import Path

import numpy as np
import pytest

from course_lib import ops

SLIDE = np.array(
    [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]]
)
SLIDE_KERNEL = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]])
KERNEL = np.array([[1, -2, 3], [0, 4, -5]])

# Una llamada de cada función con una imagen cualquiera.
CALLS = {
    "output_size": lambda x: ops.output_size(len(x), 2),
    "pad2d": lambda x: ops.pad2d(x, 1),
    "conv2d": lambda x: ops.conv2d(x, KERNEL),
    "conv2d_naive": lambda x: ops.conv2d_naive(x, KERNEL),
    "conv2d_transpose": lambda x: ops.conv2d_transpose(x, KERNEL, stride=2),
    "conv2d_backward": lambda x: ops.conv2d_backward(ops.conv2d(x, KERNEL), x, KERNEL)[0],
    "conv2d_transpose_backward": lambda x: ops.conv2d_transpose_backward(
        ops.conv2d_transpose(x, KERNEL), x, KERNEL
    )[0],
    "max_pool2d_backward": lambda x: ops.max_pool2d_backward(x, x, 1),
    "avg_pool2d_backward": lambda x: ops.avg_pool2d_backward(x, x, 1),
    "global_avg_pool_backward": lambda x: ops.global_avg_pool_backward(1, x),
    "activation_backward": lambda x: ops.activation_backward(x, x, "relu"),
    "max_pool2d": lambda x: ops.max_pool2d(x, 1),
    "avg_pool2d": lambda x: ops.avg_pool2d(x, 1),
    "global_avg_pool": ops.global_avg_pool,
    "im2col": lambda x: ops.im2col(x, 1),
    "col2im": lambda x: ops.col2im(x, (2, len(x) // 2, len(x[0])), 1),
    "relu": ops.relu,
    "leaky_relu": ops.leaky_relu,
    "elu": ops.elu,
    "selu": ops.selu,
    "sigmoid": ops.sigmoid,
    "tanh": ops.tanh,
    "softplus": ops.softplus,
    "softmax": ops.softmax,
    "log_softmax": ops.log_softmax,
}


@pytest.mark.parametrize("convolve", [ops.conv2d, ops.conv2d_naive])
@pytest.mark.parametrize("dtype", [np.uint8, np.int64, np.float32, float, bool])
def test_the_example_of_the_slide(convolve, dtype):
    result = convolve(SLIDE.astype(dtype), SLIDE_KERNEL)
    np.testing.assert_array_equal(result, [[4, 3, 4], [2, 4, 3], [2, 3, 4]])


def test_a_kernel_without_symmetry_on_bytes():
    image = np.array([[200, 10, 0, 255], [3, 250, 7, 90], [5, 60, 110, 30]], np.uint8)
    expected = [
        [200 - 20 + 0 + 4 * 250 - 5 * 7, 10 - 0 + 3 * 255 + 4 * 7 - 5 * 90],
        [3 - 500 + 21 + 4 * 60 - 5 * 110, 250 - 14 + 270 + 4 * 110 - 5 * 30],
    ]
    np.testing.assert_array_equal(ops.conv2d(image, KERNEL), expected)


def test_every_public_function_has_a_call_here():
    assert set(CALLS) == set(ops.__all__)


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("dtype", [np.uint8, bool, np.int32, np.float32, np.float64])
def test_nothing_is_modified_shared_or_warned(name, dtype):
    x = (np.arange(24).reshape(4, 6) % 5).astype(dtype)
    before = x.copy()
    x.flags.writeable = False
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = CALLS[name](x)
    np.testing.assert_array_equal(x, before)
    assert not np.shares_memory(result, x)
    if name not in ("output_size", "pad2d", "max_pool2d"):
        assert result.dtype == (np.float32 if dtype == np.float32 else np.float64)


@pytest.mark.parametrize("name", CALLS)
def test_lists_are_accepted_and_left_alone(name):
    x = [[1, 2, 3], [4, 5, 6]]
    before = copy.deepcopy(x)
    np.testing.assert_array_equal(CALLS[name](x), CALLS[name](np.array(x)))
    assert x == before


@pytest.mark.parametrize("kernel_dtype", [bool, np.int64, np.float32, np.float64])
@pytest.mark.parametrize("convolve", [ops.conv2d, ops.conv2d_transpose])
def test_the_image_alone_decides_the_dtype(convolve, kernel_dtype):
    kernel, bias = np.ones((2, 2), kernel_dtype), np.float64(1)
    for dtype, expected in (
        (np.float32, np.float32),
        (np.float16, np.float32),
        (np.float64, np.float64),
        (np.longdouble, np.longdouble),
        (np.uint8, np.float64),
        (bool, np.float64),
    ):
        assert convolve(np.ones((3, 3), dtype), kernel, bias).dtype == expected


def test_overflow_is_an_infinity_without_warnings():
    x = np.ones((1, 1), np.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert ops.conv2d(x, [[1e300]]).tolist() == [[np.inf]]
        assert ops.conv2d_transpose(x * 3e38, [[3e38]], 1e300).tolist() == [[np.inf]]
        assert ops.conv2d_naive([[1e308]], [[1e308]]).tolist() == [[np.inf]]
        assert ops.avg_pool2d([[1e308, 1e308]], (1, 2)).tolist() == [[np.inf]]


def test_infinities_pass_when_they_make_no_nan():
    assert ops.conv2d([[np.inf, 1, 2]], [[1, 1]]).tolist() == [[np.inf, 3]]
    assert ops.avg_pool2d([[np.inf, 1]], (1, 2)).tolist() == [[np.inf]]
    assert ops.global_avg_pool([[-np.inf, 1]]) == -np.inf


def test_shapes_of_conv2d():
    gray, color, batch = np.ones((6, 7)), np.ones((6, 7, 3)), np.ones((2, 6, 7, 3))
    filters = np.ones((2, 3, 3, 5))
    assert ops.conv2d(gray, np.ones((2, 3))).shape == (5, 5)
    assert ops.conv2d(gray, np.ones((2, 3, 1, 5))).shape == (5, 5, 5)
    assert ops.conv2d(color, filters, np.ones(5)).shape == (5, 5, 5)
    assert ops.conv2d(batch, filters, np.ones(5)).shape == (2, 5, 5, 5)


def test_bias_is_added_before_the_activation():
    assert ops.conv2d([[1]], [[1]], -3, activation="relu").tolist() == [[0]]
    result = ops.conv2d([[1, 2]], np.ones((1, 1, 1, 2)), [10, 20])
    assert result.tolist() == [[[11, 21], [12, 22]]]


@pytest.mark.parametrize("name", ops.__all__)
def test_docstring_has_its_sections_and_an_example(name):
    text = inspect.getdoc(getattr(ops, name))
    first = text.splitlines()[0]
    assert first.endswith(".") and len(first) <= 96
    for section in ("Parameters", "Returns", "Raises", "Examples"):
        assert f"\n{section}\n{'-' * len(section)}\n" in text
    parameters = inspect.signature(getattr(ops, name)).parameters
    block = text.split("Parameters\n")[1].split("\nReturns\n")[0]
    for parameter in parameters:
        assert parameter in block


@pytest.mark.parametrize("path", sorted({inspect.getfile(getattr(ops, n)) for n in ops.__all__}))
def test_functions_are_short(path):
    tree = ast.parse(Path(path).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            assert body[-1].end_lineno - body[0].lineno < 20, node.name
