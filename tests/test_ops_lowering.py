"""Los caminos rápidos de ``conv2d``: cada uno, frente a la definición, y sus promesas."""

import tracemalloc
import warnings

import numpy as np
import ops_cases as cases
import pytest
from scipy.signal import correlate2d

from course_lib import ops
from course_lib._ops import shortcuts, threads
from course_lib._ops.convolution import _carefully
from course_lib._ops.fourier import correlate_by_fourier
from course_lib._ops.geometry import plan

PATHS = {
    "por planos": ((2, 40, 37, 3), (3, 5, 3, 4), {}),
    "por píxeles": ((3, 20, 21, 7), (3, 2, 7, 5), {"stride": (2, 1), "padding": "same"}),
    "una salida": ((2, 30, 31, 9), (2, 3, 9, 1), {"padding": ((1, 0), (2, 3))}),
    "con huecos": ((2, 19, 23, 5), (3, 3, 5, 6), {"dilation": (2, 3), "stride": (1, 2)}),
    "paso mayor que el kernel": ((1, 30, 30, 2), (2, 2, 2, 3), {"stride": 4}),
    "1×1": ((2, 9, 8, 5), (1, 1, 5, 6), {}),
    "1×1 con paso": ((2, 9, 8, 5), (1, 1, 5, 6), {"stride": 2}),
    "depthwise": ((2, 20, 21, 6), (3, 2, 1, 6), {"groups": 6, "padding": 1}),
    "depthwise con paso": ((2, 20, 21, 6), (3, 2, 1, 6), {"groups": 6, "stride": (1, 2)}),
    "grupos": ((2, 12, 11, 6), (3, 3, 3, 4), {"groups": 2}),
    "multiplicador": ((2, 12, 11, 3), (3, 3, 1, 6), {"groups": 3}),
    "Fourier": ((1, 300, 190, 1), (17, 14, 1, 1), {"padding": "same"}),
    "Fourier, kernel alto": ((2, 90, 150, 1), (41, 13, 1, 1), {}),
    "gris con paso": ((1, 60, 70, 1), (15, 15, 1, 1), {"stride": 2}),
    "un filtro, filas impares": ((2, 41, 30, 1), (3, 4, 1, 1), {"padding": ((0, 0), (1, 0))}),
    "un filtro, paso 2": ((1, 60, 41, 3), (5, 3, 3, 1), {"stride": (2, 3)}),
    "un filtro, muchas bandas": ((1, 1041, 500, 1), (4, 5, 1, 1), {}),
    "dos columnas": ((3, 20, 24, 1), (3, 3, 1, 8), {}),
    "dos columnas con paso": ((2, 20, 28, 1), (2, 3, 1, 5), {"stride": (1, 2), "padding": 1}),
    "dos columnas por grupos": ((2, 20, 24, 3), (3, 3, 1, 6), {"groups": 3}),
    "muchos pesos": ((2, 15, 16, 64), (3, 3, 64, 66), {"padding": "same"}),
    "muchos pesos, con huecos": (
        *((1, 25, 26, 40), (3, 5, 40, 60)),
        {"stride": (2, 1), "dilation": (1, 2)},
    ),
    "varias bandas": ((1, 500, 400, 4), (3, 3, 4, 2), {}),
}


def by_definition(x, kernel, options):
    groups = options.get("groups", 1)
    names = {name: value for name, value in options.items() if name != "groups"}
    arguments = {"stride": 1, "padding": "valid", "dilation": 1, **names}
    windows = plan(x.shape[1:3], kernel.shape[:2], *arguments.values())
    return _carefully(x.astype(np.float64), kernel.astype(np.float64), None, groups, windows)


@pytest.mark.parametrize("dtype, digits", [(np.float32, 1e-5), (np.float64, 1e-13)])
@pytest.mark.parametrize("path", PATHS)
def test_every_path_agrees_with_the_definition(path, dtype, digits):
    shape, kernel_shape, options = PATHS[path]
    rng = np.random.default_rng(0)
    x, kernel = rng.normal(size=shape).astype(dtype), rng.normal(size=kernel_shape).astype(dtype)
    expected = by_definition(x, kernel, options)
    result = ops.conv2d(x, kernel, **options)
    assert result.dtype == dtype and result.flags.c_contiguous
    np.testing.assert_allclose(result, expected, atol=digits * np.abs(kernel).sum((0, 1, 2)).max())


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("dtype", [np.uint8, bool, np.int16])
def test_integers_are_exact_on_every_path(path, dtype):
    shape, kernel_shape, options = PATHS[path]
    rng = np.random.default_rng(1)
    x, kernel = cases.image(rng, shape, dtype), cases.image(rng, kernel_shape, np.int64)
    expected = by_definition(x, kernel, options)
    np.testing.assert_array_equal(ops.conv2d(x, kernel, **options), expected)


@pytest.mark.parametrize("size", [5, 7, 15])
def test_kernels_of_rank_one_take_two_passes(size):
    rng = np.random.default_rng(0)
    x, line = rng.normal(size=(200, 210)), np.hanning(size + 2)[1:-1]
    kernel = np.outer(line, rng.normal(size=size))
    assert shortcuts._factors(kernel) is not None
    np.testing.assert_allclose(ops.conv2d(x, kernel), correlate2d(x, kernel, "valid"), atol=1e-12)
    kernel[1, 1] += 1e-9
    assert shortcuts._factors(kernel) is None
    np.testing.assert_allclose(ops.conv2d(x, kernel), correlate2d(x, kernel, "valid"), atol=1e-12)


def test_large_kernels_of_floats_go_by_fourier():
    x, kernel = np.ones((1, 64, 64, 1)), np.random.default_rng(0).normal(size=(14, 14, 1, 1))
    windows = plan((64, 64), (14, 14), 1, 0, 1)
    assert shortcuts._method(x, kernel, windows, 1) is correlate_by_fourier
    assert shortcuts._method(x.astype(int), kernel, windows, 1) is not correlate_by_fourier


@pytest.mark.parametrize("side", [3, 7, 15])
def test_an_infinity_only_reaches_the_windows_that_see_it(side):
    x, kernel = np.ones((200, 200)), np.random.default_rng(0).uniform(1, 2, (side, side))
    x[100, 100] = np.inf
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = ops.conv2d(x, kernel)
    assert np.isinf(result).sum() == side * side and not np.isnan(result).any()


def test_a_nan_that_no_window_sees_is_also_rejected():
    x = np.ones((6, 6))
    x[5, 5] = np.nan
    with pytest.raises(ValueError, match=r"x\[5, 5\]"):
        ops.conv2d(x, np.ones((2, 2)), stride=3)


@pytest.mark.parametrize("dtype, value", [(np.float32, 1e30), (np.float64, 1e200)])
@pytest.mark.parametrize("shape, kernel, options", PATHS.values(), ids=PATHS)
def test_a_finite_value_whose_square_overflows_gives_no_warning(
    shape, kernel, options, dtype, value
):
    x, kernel = np.full(shape, value, dtype), np.ones(kernel, dtype)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = ops.conv2d(x, kernel, np.ones(kernel.shape[3]), **options)
    assert np.isfinite(result).all() and result.max() >= value


def test_several_threads_give_the_same(monkeypatch):
    monkeypatch.setattr(threads, "WORTH", 1e6)
    rng = np.random.default_rng(0)
    for shape, side in (((700, 700), 5), ((700, 700), 15)):
        x, kernel = rng.normal(size=shape), rng.normal(size=(side, side))
        monkeypatch.setattr(threads, "_cores", lambda: 1)
        alone = ops.conv2d(x, kernel)
        monkeypatch.setattr(threads, "_cores", lambda: 3)
        np.testing.assert_array_equal(ops.conv2d(x, kernel), alone)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert np.isinf(ops.conv2d(np.full(shape, 1e308), np.abs(kernel) + 1)).any()


@pytest.mark.parametrize("shape, kernel, options", PATHS.values(), ids=PATHS)
def test_extra_memory_is_an_output_and_a_half_and_two_megabytes(shape, kernel, options):
    rng = np.random.default_rng(0)
    shape = (shape[0], 3 * shape[1], 3 * shape[2], shape[3])
    x, kernel = rng.random(shape, dtype=np.float32), rng.random(kernel, dtype=np.float32)
    ops.conv2d(x, kernel, **options)
    tracemalloc.start()
    result = ops.conv2d(x, kernel, **options)
    peak = tracemalloc.get_traced_memory()[1] - result.nbytes
    tracemalloc.stop()
    assert peak <= 1.5 * result.nbytes + 2 * 2**20
