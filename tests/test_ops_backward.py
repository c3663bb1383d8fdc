"""Los gradientes, frente a diferencias finitas, a la definición con bucles y a PyTorch.

La convolución y la media son lineales: con enteros pequeños, mover un valor una unidad cambia la
pérdida justo lo que dice el gradiente, y se compara sin tolerancia.
"""

import warnings

import numpy as np
import ops_cases as cases
import pytest
from test_ops_conv import random_case as conv_case
from test_ops_conv import transposed_case
from test_ops_pool import random_case as pool_case

from course_lib import ops

try:
    import torch
    from torch.nn import functional
except ImportError:
    torch = None
with_torch = pytest.mark.compara("torch")

ACTIVATIONS = {
    "relu": {},
    "leaky_relu": {"negative_slope": 0.3},
    "elu": {"alpha": 0.7},
    "selu": {},
    "sigmoid": {},
    "tanh": {},
    "softplus": {},
    "softmax": {"axis": 1},
    "log_softmax": {"axis": 0},
}


def steps(loss, value):
    """Lo que cambia la pérdida al sumar uno a cada elemento, de uno en uno."""
    value = np.array(value, float)
    before, gradient = loss(value), np.empty(value.shape)
    for at in np.ndindex(value.shape):
        value[at] += 1
        gradient[at] = loss(value) - before
        value[at] -= 1
    return gradient


def assert_gradient(gradient, like, expected, dtype):
    assert gradient.shape == np.shape(like)
    assert gradient.dtype == dtype
    np.testing.assert_array_equal(gradient, expected)


@pytest.mark.parametrize("seed", range(80))
def test_conv2d_backward_is_what_a_step_changes(seed):
    x, kernel, options = conv_case(seed)
    before = x.copy(), kernel.copy()
    rng, y = np.random.default_rng(seed), ops.conv2d(x, kernel, **options)
    dy = cases.awkward(rng, cases.image(rng, y.shape, rng.choice([np.int8, float])))
    bias = 0 if kernel.ndim == 2 else np.zeros(kernel.shape[3])

    dx, dkernel, dbias = ops.conv2d_backward(dy, x, kernel, **options)

    def loss(x=x, kernel=kernel, bias=bias):
        return (ops.conv2d(x, kernel, bias, **options) * dy).sum()

    dtype = np.float32 if x.dtype == np.float32 else np.float64
    assert_gradient(dx, x, steps(lambda v: loss(x=v), x), dtype)
    assert_gradient(dkernel, kernel, steps(lambda v: loss(kernel=v), kernel), dtype)
    assert_gradient(dbias, bias, steps(lambda v: loss(bias=v), bias), dtype)
    np.testing.assert_array_equal(x, before[0])
    np.testing.assert_array_equal(kernel, before[1])


@pytest.mark.parametrize("seed", range(50))
def test_conv2d_transpose_backward_is_what_a_step_changes(seed):
    x, kernel, options = transposed_case(seed)
    y = ops.conv2d_transpose(x, kernel, **options)
    dy = cases.image(np.random.default_rng(seed), y.shape, float)
    bias = np.zeros(y.shape[-1])

    dx, dkernel, dbias = ops.conv2d_transpose_backward(dy, x, kernel, **options)

    def loss(x=x, kernel=kernel, bias=bias):
        return (ops.conv2d_transpose(x, kernel, bias, **options) * dy).sum()

    assert_gradient(dx, x, steps(lambda v: loss(x=v), x), np.float32)
    assert_gradient(dkernel, kernel, steps(lambda v: loss(kernel=v), kernel), np.float32)
    assert_gradient(dbias, bias, steps(lambda v: loss(bias=v), bias), np.float32)


@pytest.mark.parametrize("seed", range(150))
def test_max_pool2d_backward_goes_to_the_first_maximum(seed):
    x, pool, options = pool_case(seed, limit=False)
    try:
        y = ops.max_pool2d(x, pool, **options)
    except ValueError:
        return  # alguna ventana queda fuera: lo comprueba test_ops_pool
    dy = cases.image(np.random.default_rng(seed), y.shape, float)
    expected = first_maxima(dy, x, pool, options)

    dx = ops.max_pool2d_backward(dy, x, pool, **options)

    assert_gradient(dx, x, expected, np.float32 if x.dtype == np.float32 else np.float64)
    assert dx.sum() == dy.sum()


def first_maxima(dy, x, pool, options):
    """La definición: en cada ventana, el primer píxel que vale el máximo recibe su gradiente."""
    batch, asked, kernel = cases.as_4d(x), cases.as_4d(dy), cases.both(pool)
    stride, dilation = cases.both(options["stride"] or pool), cases.both(options["dilation"])
    size, dx = batch.shape[1:3], np.zeros(batch.shape)
    pads = cases.ends(options["padding"], size, kernel, stride, dilation)
    axes = zip(size, kernel, stride, pads, dilation, strict=True)
    rows, columns = (cases.axis_windows(*axis, options["ceil_mode"]) for axis in axes)
    for n, i, j, c in np.ndindex(asked.shape):
        seen = [
            (r, q) for r in rows[i] for q in columns[j] if 0 <= r < size[0] and 0 <= q < size[1]
        ]
        first = max(seen, key=lambda at: batch[n, at[0], at[1], c])  # max da el primero
        dx[n, first[0], first[1], c] += asked[n, i, j, c]
    return dx.reshape(x.shape)


def test_max_pool2d_backward_of_minus_infinity_stays_in_the_image():
    x = np.full((2, 2), -np.inf)
    dx = ops.max_pool2d_backward([[5.0]], x, 3, stride=3, padding=1, ceil_mode=True)
    assert dx.tolist() == [[5, 0], [0, 0]]


@pytest.mark.parametrize("include", [False, True])
@pytest.mark.parametrize("seed", range(60))
def test_avg_pool2d_backward_is_what_a_step_changes(seed, include):
    x, pool, options = pool_case(seed, limit=False)
    options["count_include_pad"] = include
    try:
        y = ops.avg_pool2d(x, pool, **options)
    except ValueError:
        return
    dy = cases.image(np.random.default_rng(seed), y.shape, float)
    expected = steps(lambda v: (ops.avg_pool2d(v, pool, **options) * dy).sum(), x)
    dx = ops.avg_pool2d_backward(dy, x, pool, **options)
    assert dx.shape == x.shape
    np.testing.assert_allclose(dx, expected, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("shape", [(3, 4), (3, 4, 2), (2, 3, 4, 2)])
def test_global_avg_pool_backward_is_what_a_step_changes(shape):
    rng = np.random.default_rng(0)
    x = cases.image(rng, shape, np.float32)
    dy = cases.image(rng, np.shape(ops.global_avg_pool(x)), float)
    dx = ops.global_avg_pool_backward(dy, x)
    assert dx.shape == shape and dx.dtype == np.float32
    expected = steps(lambda v: (ops.global_avg_pool(v) * dy).sum(), x)
    np.testing.assert_allclose(dx, expected, rtol=1e-6)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activation_backward_agrees_with_central_differences(name):
    rng, options = np.random.default_rng(0), ACTIVATIONS[name]
    x, dy, step = rng.normal(size=(3, 4)) * 3, rng.normal(size=(3, 4)), 1e-6

    def loss(x):
        return (getattr(ops, name)(x, **options) * dy).sum()

    expected = np.empty(x.shape)
    for at in np.ndindex(x.shape):
        move = np.zeros(x.shape)
        move[at] = step
        expected[at] = (loss(x + move) - loss(x - move)) / (2 * step)
    before = x.copy(), dy.copy()
    dx = ops.activation_backward(dy, x, name, **options)
    np.testing.assert_allclose(dx, expected, rtol=1e-6, atol=1e-8)
    np.testing.assert_array_equal((x, dy), before)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activation_backward_of_huge_values_gives_no_warning(name):
    x = np.array([[-1e30, -1000, 0, 1000, 1e30]], np.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        dx = ops.activation_backward(np.ones_like(x), x, name)
    assert dx.dtype == np.float32 and np.isfinite(dx).all()


def test_activation_backward_of_none_is_a_copy():
    dy = np.ones((2, 2))
    dx = ops.activation_backward(dy, dy, None)
    np.testing.assert_array_equal(dx, dy)
    assert not np.shares_memory(dx, dy)


@pytest.mark.parametrize(
    "call, error, words",
    [
        (
            lambda: ops.conv2d_backward(np.ones((3, 3)), np.ones((3, 3)), np.ones((2, 2))),
            ValueError,
            "dy tiene forma (3, 3), pero la salida tiene forma (2, 2)",
        ),
        (
            lambda: ops.conv2d_transpose_backward(np.ones((3, 3)), [[1.0]], [[1.0]]),
            ValueError,
            "dy tiene forma (3, 3), pero la salida tiene forma (1, 1)",
        ),
        (
            lambda: ops.max_pool2d_backward([[np.nan]], np.ones((2, 2))),
            ValueError,
            "np.nan_to_num(dy)",
        ),
        (
            lambda: ops.avg_pool2d_backward([1.0], np.ones((2, 2))),
            ValueError,
            "dy tiene forma (1,), pero la salida tiene forma (1, 1)",
        ),
        (
            lambda: ops.global_avg_pool_backward([1.0, 2.0], np.ones((2, 2, 3))),
            ValueError,
            "dy tiene forma (2,), pero la salida tiene forma (3,)",
        ),
        (
            lambda: ops.activation_backward([1.0], [1.0], "rellu"),
            ValueError,
            "¿Querías decir activation='relu'?",
        ),
        (
            lambda: ops.activation_backward([1.0], [1.0], "elu", axis=1),
            TypeError,
            "axis=1 no es un argumento de elu. Usa alpha.",
        ),
        (
            lambda: ops.conv2d_backward([["a"]], [[1.0]], [[1.0]]),
            TypeError,
            "dy=[['a']] no es un array de números",
        ),
    ],
)
def test_errors_name_the_argument(call, error, words):
    with pytest.raises(error) as caught:
        call()
    assert words in str(caught.value)


# ------------------------------------------------------------------ PyTorch, donde esté


def first(x):
    """(N, H, W, C) → un tensor (N, C, H, W) que pide gradiente."""
    return torch.tensor(np.ascontiguousarray(np.moveaxis(x, -1, 1)), requires_grad=True)


def last(tensor):
    return np.moveaxis(tensor.numpy(), 1, -1)


def assert_close(mine, theirs):
    np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-9)


@with_torch
@pytest.mark.parametrize("seed", range(100))
def test_conv2d_backward_agrees_with_torch(seed):
    x, kernel, options = conv_case(seed)
    rng = np.random.default_rng(seed)
    filters = kernel if kernel.ndim == 4 else kernel[:, :, None, None]
    x, filters = rng.normal(size=cases.as_4d(x).shape), rng.normal(size=filters.shape)
    stride, dilation = cases.both(options["stride"]), cases.both(options["dilation"])
    pads = cases.ends(options["padding"], x.shape[1:3], filters.shape[:2], stride, dilation)
    tensor = first(x)
    weight = torch.tensor(filters.transpose(3, 2, 0, 1).copy(), requires_grad=True)
    bias = torch.zeros(filters.shape[3], dtype=torch.float64, requires_grad=True)
    padded = functional.pad(tensor, (*pads[1], *pads[0]))
    y = functional.conv2d(padded, weight, bias, stride, 0, dilation, options["groups"])
    dy = rng.normal(size=last(y.detach()).shape)
    y.backward(torch.tensor(np.moveaxis(dy, -1, 1).copy()))

    dx, dkernel, dbias = ops.conv2d_backward(dy, x, filters, **options)

    assert_close(dx, last(tensor.grad))
    assert_close(dkernel, weight.grad.numpy().transpose(2, 3, 1, 0))
    assert_close(dbias, bias.grad.numpy())


@with_torch
@pytest.mark.parametrize("seed", range(60))
def test_conv2d_transpose_backward_agrees_with_torch(seed):
    x, kernel, options = transposed_case(seed)
    rng = np.random.default_rng(seed)
    options["padding"], options["output_padding"] = 0, 0
    x, kernel = rng.normal(size=x.shape), rng.normal(size=kernel.shape)
    tensor = first(x)
    weight = torch.tensor(kernel.transpose(3, 2, 0, 1).copy(), requires_grad=True)
    stride, dilation = cases.both(options["stride"]), cases.both(options["dilation"])
    y = functional.conv_transpose2d(tensor, weight, None, stride, 0, 0, options["groups"], dilation)
    dy = rng.normal(size=last(y.detach()).shape)
    y.backward(torch.tensor(np.moveaxis(dy, -1, 1).copy()))

    dx, dkernel, _ = ops.conv2d_transpose_backward(dy, x, kernel, **options)

    assert_close(dx, last(tensor.grad))
    assert_close(dkernel, weight.grad.numpy().transpose(2, 3, 1, 0))


@with_torch
@pytest.mark.parametrize("ceil_mode", [False, True])
@pytest.mark.parametrize("pool, stride, padding", [(2, 2, 0), (3, 2, 1), (3, 1, 1), (2, 3, 1)])
def test_pooling_backward_agrees_with_torch(pool, stride, padding, ceil_mode):
    rng = np.random.default_rng(0)
    x = rng.integers(0, 4, (2, 7, 8, 3)).astype(float)  # con empates
    options = {"stride": stride, "padding": padding, "ceil_mode": ceil_mode}
    for theirs, backward in (
        (functional.max_pool2d, ops.max_pool2d_backward),
        (lambda t, p, **o: functional.avg_pool2d(t, p, count_include_pad=False, **o),
         ops.avg_pool2d_backward),
    ):  # fmt: skip
        tensor = first(x)
        y = theirs(tensor, pool, **options)
        dy = rng.normal(size=last(y.detach()).shape)
        y.backward(torch.tensor(np.moveaxis(dy, -1, 1).copy()))
        assert_close(backward(dy, x, pool, **options), last(tensor.grad))


@with_torch
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activation_backward_agrees_with_torch(name):
    rng = np.random.default_rng(1)
    x, dy = rng.normal(size=(4, 5)) * 4, rng.normal(size=(4, 5))
    x[0, 0] = 0
    options = ACTIVATIONS[name]
    tensor = torch.tensor(x, requires_grad=True)
    theirs = {"dim": options["axis"]} if "axis" in options else options
    getattr(functional, name, getattr(torch, name, None))(tensor, **theirs).backward(
        torch.tensor(dy)
    )
    assert_close(ops.activation_backward(dy, x, name, **options), tensor.grad.numpy())
