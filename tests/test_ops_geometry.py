"""Tamaños, padding y columnas."""

import numpy as np
import ops_cases as cases
import pytest

from course_lib import ops


@pytest.mark.parametrize("seed", range(200))
def test_output_size_counts_the_windows_of_the_definition(seed):
    rng = np.random.default_rng(seed)
    kernel, stride, dilation = rng.integers(1, 5, 3).tolist()
    n = int(cases.span(kernel, dilation) + rng.integers(0, 10))
    before_after = tuple(rng.integers(0, 4, 2).tolist())
    for padding, pads in (
        ("valid", (0, 0)),
        ("same", cases.ends("same", (n, n), (kernel, kernel), stride, dilation)[0]),
        (before_after[0], before_after[:1] * 2),
        (before_after, before_after),
    ):
        windows = cases.axis_windows(n, kernel, stride, pads, dilation, ceil_mode=False)
        assert ops.output_size(n, kernel, stride, padding, dilation) == len(windows)


@pytest.mark.parametrize("n", range(1, 12))
@pytest.mark.parametrize("stride", range(1, 5))
@pytest.mark.parametrize("kernel", range(1, 6))
def test_same_gives_the_ceiling_and_puts_the_odd_pixel_last(n, stride, kernel):
    assert ops.output_size(n, kernel, stride, "same") == -(-n // stride)
    ones = np.ones((1, n))
    counts = ops.conv2d(ones, np.ones((1, kernel)), stride=(1, stride), padding="same")[0]
    missing_left, missing_right = kernel - counts[0], kernel - counts[-1]
    if n >= kernel:  # si no, una misma ventana toca los dos bordes
        assert missing_right - missing_left in (0, 1)


def test_same_pads_below_and_right():
    x = np.arange(16.0).reshape(4, 4)
    corner = ops.conv2d(x, [[0, 0], [0, 1]], padding="same")
    np.testing.assert_array_equal(corner, np.pad(x, ((0, 1), (0, 1)))[1:, 1:])


def test_same_with_dilation_uses_the_effective_kernel():
    x = np.arange(35.0).reshape(5, 7)
    assert ops.conv2d(x, np.ones((3, 3)), padding="same", dilation=(2, 3)).shape == (5, 7)


def test_windows_that_do_not_fit_are_dropped():
    x = np.arange(6.0)[None]
    assert ops.conv2d(x, [[1, 0, 0]], stride=(1, 2)).tolist() == [[0.0, 2.0]]


@pytest.mark.parametrize(
    "size, kernel, stride, expected", [(5, 2, 2, 3), (2, 3, 2, 1), (4, 1, 3, 2)]
)
def test_ceil_mode_keeps_the_last_partial_window(size, kernel, stride, expected):
    x = np.arange(float(size))[None]
    result = ops.max_pool2d(x, (1, kernel), stride=(1, stride), ceil_mode=True)
    assert result.shape == (1, expected) and result[0, 0] == min(kernel, size) - 1


@pytest.mark.parametrize("mode", ["constant", "edge", "reflect", "symmetric", "wrap"])
@pytest.mark.parametrize("dtype", cases.DTYPES)
@pytest.mark.parametrize("shape", [(3, 4), (3, 4, 2), (2, 3, 4, 2)])
def test_pad2d_pads_only_the_spatial_axes(shape, dtype, mode):
    x = cases.image(np.random.default_rng(0), shape, dtype)
    before = x.copy()
    leading, trailing = [(0, 0)] * (len(shape) == 4), [(0, 0)] * (len(shape) > 2)
    for padding, widths in (
        (2, [(2, 2), (2, 2)]),
        ((1, 2), [(1, 1), (2, 2)]),
        (((0, 1), (2, 0)), [(0, 1), (2, 0)]),
        (np.array([1, 0]), [(1, 1), (0, 0)]),
        ("valid", [(0, 0), (0, 0)]),
    ):
        result = ops.pad2d(x, padding, mode=mode)
        expected = np.pad(x, [*leading, *widths, *trailing], mode=mode)
        np.testing.assert_array_equal(result, expected)
        assert result.dtype == x.dtype and not np.shares_memory(result, x)
    np.testing.assert_array_equal(x, before)


@pytest.mark.parametrize(
    "dtype, value",
    [(np.uint8, 255), (np.int8, -128), (bool, True), (float, np.nan), (np.float32, np.inf)],
)
def test_pad2d_takes_any_value_of_the_dtype(dtype, value):
    result = ops.pad2d(np.zeros((1, 1), dtype), 1, value)
    np.testing.assert_array_equal(result[0, 0], np.array(value, dtype))


@pytest.mark.parametrize("seed", range(150))
def test_im2col_turns_convolution_into_a_product(seed):
    rng = np.random.default_rng(seed)
    x, kernel, options, _ = column_case(rng)
    columns = ops.im2col(x, kernel.shape[:2], **options)
    product = columns @ kernel.reshape(-1, kernel.shape[-1])
    expected = ops.conv2d(x, kernel, **options)
    np.testing.assert_array_equal(product, expected.reshape(product.shape))


@pytest.mark.parametrize("seed", range(150))
def test_col2im_is_the_adjoint_of_im2col(seed):
    rng = np.random.default_rng(seed)
    x, kernel, options, shape = column_case(rng)
    columns = ops.im2col(x, kernel.shape[:2], **options)
    other = cases.image(rng, columns.shape, np.float32)
    image = ops.col2im(other, shape, kernel.shape[:2], **options)
    assert image.shape == shape and image.dtype == np.float32
    assert (columns * other).sum() == (x * image).sum()


def column_case(rng):
    ndim = int(rng.integers(2, 5))
    channels = 1 if ndim == 2 else int(rng.integers(1, 4))
    kh, kw = rng.integers(1, 4, 2).tolist()
    stride, dilation = cases.one_or_two(rng, 3), cases.one_or_two(rng, 2)
    size = [int(cases.span(k, 2) + rng.integers(0, 5)) for k in (kh, kw)]
    shape = {2: tuple(size), 3: (*size, channels), 4: (2, *size, channels)}[ndim]
    x = cases.awkward(rng, cases.image(rng, shape, rng.choice([np.uint8, np.float32])))
    kernel = cases.image(rng, (kh, kw, channels, 2), float)
    options = {"stride": stride, "dilation": dilation, "padding": cases.padding(rng)}
    return x, kernel, options, shape


def test_im2col_orders_each_row_by_height_width_and_channel():
    x = np.arange(8.0).reshape(2, 2, 2)
    np.testing.assert_array_equal(ops.im2col(x, 2), [np.arange(8)])
    assert ops.im2col(x, 1).shape == (4, 2)
    assert ops.im2col(x[None], (1, 2)).shape == (1, 2, 4)


def test_transposed_same_is_n_times_stride_even_with_gaps():
    grown = ops.conv2d_transpose([[1.0, 2.0]], [[1.0]], stride=3, padding="same")
    assert grown.tolist() == [[1, 0, 0, 2, 0, 0], [0] * 6, [0] * 6]
