"""Las activaciones, frente a fórmulas en alta precisión y a sus propiedades."""

import warnings

import numpy as np
import pytest
from scipy import special

from course_lib import ops

X = np.concatenate([np.linspace(-30, 30, 601), [0.0, -0.0, 1e-9, -1e-9]]).reshape(5, 121)
WIDE = X.astype(np.longdouble)

REFERENCES = {
    "relu": np.where(X > 0, X, 0),
    "leaky_relu": np.where(X > 0, X, 0.01 * X),
    "elu": np.where(X > 0, X, np.expm1(X)),
    "selu": 1.0507009873554805 * np.where(X > 0, X, 1.6732632423543772 * np.expm1(X)),
    "sigmoid": special.expit(X),
    "tanh": (np.exp(WIDE) - np.exp(-WIDE)) / (np.exp(WIDE) + np.exp(-WIDE)),
    "softplus": np.log1p(np.exp(WIDE)),
    "softmax": special.softmax(X, axis=-1),
    "log_softmax": special.log_softmax(X, axis=-1),
}


@pytest.mark.parametrize("name", REFERENCES)
def test_activation_agrees_with_its_formula(name):
    before = X.copy()
    result = getattr(ops, name)(X)
    np.testing.assert_allclose(result, REFERENCES[name].astype(float), rtol=1e-12, atol=1e-15)
    np.testing.assert_array_equal(X, before)
    assert result.dtype == np.float64 and not np.shares_memory(result, X)


@pytest.mark.parametrize("name", REFERENCES)
@pytest.mark.parametrize(
    "dtype, expected",
    [
        (np.float32, np.float32),
        (np.float16, np.float32),
        (">f4", np.float32),
        (np.int32, np.float64),
        (np.uint8, np.float64),
        (bool, np.float64),
    ],
)
def test_activation_dtype(name, dtype, expected):
    result = getattr(ops, name)(np.array([[0, 1], [1, 0]]).astype(dtype))
    assert result.dtype == expected and result.shape == (2, 2)


@pytest.mark.parametrize("name", REFERENCES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_activation_of_huge_values_gives_no_warning_and_no_nan(name, dtype):
    largest = np.finfo(dtype).max
    x = np.array([[-largest, -1000, 0, 1000, largest / 2]], dtype)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = getattr(ops, name)(x)
    assert not np.isnan(result).any()


@pytest.mark.parametrize(
    "name", ["relu", "leaky_relu", "elu", "selu", "sigmoid", "tanh", "softplus"]
)
def test_elementwise_activation_takes_infinities_and_plain_numbers(name):
    function = getattr(ops, name)
    low, high = function([-np.inf, np.inf])
    assert low <= function(0.0) <= high


@pytest.mark.parametrize("axis", [0, 1, -1])
def test_softmax_adds_up_to_one_along_its_axis(axis):
    x = np.random.default_rng(0).normal(size=(3, 4)) * 100
    np.testing.assert_allclose(ops.softmax(x, axis).sum(axis), 1)
    np.testing.assert_allclose(np.exp(ops.log_softmax(x, axis)), ops.softmax(x, axis))


def test_softmax_gives_zero_to_minus_infinity():
    assert ops.softmax([-np.inf, 0]).tolist() == [0, 1]
    assert ops.log_softmax([-np.inf, 0]).tolist() == [-np.inf, 0]


def test_leaky_relu_without_slope_is_relu():
    assert ops.leaky_relu([-np.inf, -1, 2], 0).tolist() == [0, 0, 2]


def test_alpha_and_slope_do_not_change_float32():
    x = np.array([-1, 1], np.float32)
    assert ops.elu(x, np.float64(0.5)).dtype == np.float32
    assert ops.leaky_relu(x, 2).dtype == np.float32
