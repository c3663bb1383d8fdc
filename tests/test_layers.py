"""Las capas, frente a las operaciones de `ops` y a su gradiente medido."""

import copy
import pickle

import numpy as np
import ops_cases as cases
import pytest
from test_ops_conv import random_case as conv_case
from test_ops_pool import random_case as pool_case

from course_lib import layers, ops
from course_lib.layers import (
    AvgPool2D,
    Conv2D,
    Dense,
    Flatten,
    MaxPool2D,
    Sequential,
    gradient_check,
)

RNG = np.random.default_rng(0)
SHAPE = (6, 5, 4)
X = RNG.normal(size=(3, *SHAPE))

# Cada capa, con una entrada que encaja.
LAYERS = {
    "conv": (lambda: Conv2D(3, (2, 3)), SHAPE),
    "conv same": (lambda: Conv2D(3, (3, 2), padding="same", stride=(1, 2)), SHAPE),
    "conv stride": (lambda: Conv2D(2, 3, padding=((2, 0), (1, 3)), stride=(3, 2)), SHAPE),
    "conv dilatada": (lambda: Conv2D(2, (3, 2), dilation=(2, 3), padding=1), SHAPE),
    "conv grupos": (lambda: Conv2D(6, 2, groups=2, use_bias=False), SHAPE),
    "conv depthwise": (lambda: Conv2D(8, 3, groups=4, padding="same"), SHAPE),
    "conv 1×1": (lambda: Conv2D(2, 1, stride=2), SHAPE),
    "conv de otra escala": (lambda: Conv2D(1, 2, padding=4, stride=5), SHAPE),
    "max": (lambda: MaxPool2D(), SHAPE),
    "max solapado": (lambda: MaxPool2D((3, 2), stride=1, padding="same"), SHAPE),
    "max con huecos": (lambda: MaxPool2D(2, stride=3), SHAPE),
    "max de uno": (lambda: MaxPool2D(1, stride=2), SHAPE),
    "max dilatado": (lambda: MaxPool2D((2, 3), stride=2, dilation=(3, 1)), SHAPE),
    "max que sobresale": (lambda: MaxPool2D((4, 3), padding=1, ceil_mode=True), SHAPE),
    "media dilatada": (lambda: AvgPool2D(2, stride=1, dilation=(2, 3), ceil_mode=True), SHAPE),
    "media con ceros": (lambda: AvgPool2D(3, padding=1, count_include_pad=True), SHAPE),
    "media": (lambda: AvgPool2D((2, 3)), SHAPE),
    "media con padding": (lambda: AvgPool2D(3, stride=2, padding=1), SHAPE),
    "aplanar": (lambda: Flatten(), SHAPE),
    "densa": (lambda: Dense(5), (7,)),
    "densa sin bias": (lambda: Dense(5, use_bias=False, activation="tanh"), (7,)),
    "softmax de mapas": (lambda: layers.Softmax(), SHAPE),
    **{name: (lambda n=name: Dense(3, activation=n), (7,)) for name in (
        *("relu", "leaky_relu", "elu", "selu", "sigmoid", "tanh", "softplus", "softmax"),)},
}  # fmt: skip


def small_net(end=None, **options):
    return Sequential(
        [
            Conv2D(3, (3, 2), padding="same", activation="relu"),
            MaxPool2D(),
            Conv2D(4, 2, activation=layers.LeakyReLU(0.2)),
            AvgPool2D((1, 2), stride=1),
            Flatten(),
            Dense(5, activation="elu"),
            Dense(3, activation=end),
        ],
        input_shape=(7, 8, 2),
        **options,
    )


# --- gradientes ---


@pytest.mark.parametrize("name", LAYERS)
def test_gradients_are_what_a_step_changes(name):
    make, shape = LAYERS[name]
    layer, x = make(), RNG.normal(size=(3, *shape))
    y = RNG.normal(size=layer.build(shape).forward(x).shape)
    errors = gradient_check(layer, x, y, loss="mse", samples=60)
    assert max(errors.values()) < 1e-6, errors
    assert len(errors) == 1 + len(layer.params)


@pytest.mark.parametrize("end", [None, "softmax"])
def test_gradients_of_a_whole_net(end):
    net = small_net(end=end)
    errors = gradient_check(net, RNG.normal(size=(4, 7, 8, 2)), [0, 2, 1, 1])
    assert max(errors.values()) < 1e-6, errors
    assert len(errors) == 1 + 8


def test_gradient_check_catches_a_wrong_gradient():
    class Wrong(layers.Tanh):
        def _back(self, dy, wanted):
            return 1.01 * super()._back(dy, wanted)

    errors = gradient_check(Wrong(), X, np.zeros(X.shape), loss="mse")
    assert 5e-3 < errors["x"] < 2e-2


def test_gradient_check_accepts_corners():
    """Un fondo negro con bias cero deja muchas ReLU en su esquina, y muchos máximos empatados."""
    net = Sequential(
        [Conv2D(3, 3, activation="relu"), MaxPool2D(), Flatten(), Dense(2)], input_shape=(8, 8, 1)
    )
    x = np.zeros((2, 8, 8, 1))
    x[0, 2:5, 3] = 1
    errors = gradient_check(net, x, [0, 1], samples=200)
    assert max(errors.values()) < 1e-5, errors


def test_gradient_check_leaves_the_model_alone():
    net = small_net()
    before, x = net.weights.copy(), RNG.normal(size=(2, 7, 8, 2))
    kept = x.copy()
    gradient_check(net, x, [0, 1])
    assert net.dtype == np.float32
    np.testing.assert_array_equal(net.weights, before)
    np.testing.assert_array_equal(x, kept)


def test_gradient_check_of_a_function_with_targets():
    def squared(x, y):
        return ((x - y) ** 2).sum(), 2 * (x - y)

    assert gradient_check(squared, [1, 5], np.array([3, 3]))["x"] < 1e-5


# --- las mismas cuentas que ops ---


@pytest.mark.parametrize("seed", range(120))
def test_conv2d_is_the_one_of_ops(seed):
    x, kernel, options = conv_case(seed)
    x = cases.as_4d(x).astype(float)
    kernel = kernel if kernel.ndim == 4 else kernel[:, :, None, None]
    layer = Conv2D(kernel.shape[3], kernel.shape[:2], **options)
    layer.build(x.shape[1:], dtype=np.float64)
    layer.kernel, layer.bias = kernel, np.arange(kernel.shape[3]) - 1
    before = x.copy()

    y = layer.forward(x)

    np.testing.assert_array_equal(y, ops.conv2d(x, kernel, layer.bias, **options))
    dy = cases.image(np.random.default_rng(seed), y.shape, float)
    dx, dkernel, dbias = ops.conv2d_backward(dy, x, kernel, **options)
    np.testing.assert_array_equal(layer.backward(dy), dx)
    np.testing.assert_array_equal(layer.grads["kernel"], dkernel)
    np.testing.assert_array_equal(layer.grads["bias"], dbias)
    np.testing.assert_array_equal(x, before)


@pytest.mark.parametrize("kind", ["max", "avg"])
@pytest.mark.parametrize("seed", range(80))
def test_pooling_is_the_one_of_ops(seed, kind):
    x, pool, options = pool_case(seed, limit=True)
    x = cases.as_4d(x).astype(float)
    if kind == "avg":
        options["count_include_pad"] = seed % 2 == 0
    layer = (MaxPool2D if kind == "max" else AvgPool2D)(pool, **options)
    op, back = {
        "max": (ops.max_pool2d, ops.max_pool2d_backward),
        "avg": (ops.avg_pool2d, ops.avg_pool2d_backward),
    }[kind]
    try:
        expected = op(x, pool, **options)
    except ValueError as error:
        with pytest.raises(ValueError, match=str(error)[:8]):
            layer.forward(x)
        return
    layer.build(x.shape[1:], dtype=np.float64)
    np.testing.assert_allclose(layer.forward(x), expected, rtol=1e-12)
    dy = cases.image(np.random.default_rng(seed), expected.shape, float)
    np.testing.assert_allclose(layer.backward(dy), back(dy, x, pool, **options), atol=1e-12)


@pytest.mark.parametrize(
    "kind", [layers.ReLU, layers.LeakyReLU, layers.ELU, layers.SELU, layers.Sigmoid,
             layers.Tanh, layers.Softplus, layers.Softmax]
)  # fmt: skip
def test_activations_are_the_ones_of_ops(kind):
    layer, dy = kind().build(SHAPE, dtype=np.float64), RNG.normal(size=X.shape)
    name = kind.function.__name__
    np.testing.assert_allclose(layer.forward(X), getattr(ops, name)(X), rtol=1e-12)
    np.testing.assert_allclose(layer.backward(dy), ops.activation_backward(dy, X, name), rtol=1e-9)


def test_max_pool_ties_go_to_the_first():
    layer = MaxPool2D(2, stride=1)
    layer.forward(np.ones((1, 3, 3, 1)))
    gradient = layer.backward(np.array([[1, 2], [3, 4]])[None, :, :, None])
    assert gradient[0, :, :, 0].tolist() == [[1, 2, 0], [3, 4, 0], [0, 0, 0]]


def test_flatten_keeps_the_order_of_numpy():
    np.testing.assert_array_equal(Flatten().forward(X), X.reshape(3, -1).astype(np.float32))


# --- construir ---


def test_parameters_and_shapes():
    net = small_net()
    assert net.output_shape == (3,)
    assert [layer.output_shape for layer in net.layers] == [
        (7, 8, 3), (3, 4, 3), (2, 3, 4), (2, 2, 4), (16,), (5,), (3,)
    ]  # fmt: skip
    counts = [layer.count_params() for layer in net.layers]
    assert counts == [3 * 2 * 2 * 3 + 3, 0, 2 * 2 * 3 * 4 + 4, 0, 0, 16 * 5 + 5, 5 * 3 + 3]
    assert net.count_params() == sum(counts) == net.weights.size


def test_the_same_seed_gives_the_same_weights():
    first, same, other = small_net(), small_net(), small_net(seed=1)
    np.testing.assert_array_equal(first.weights, same.weights)
    assert not np.array_equal(first.layers[0].kernel, other.layers[0].kernel)
    wide = small_net(dtype=np.float64)
    np.testing.assert_array_equal(first.weights, wide.weights.astype(np.float32))


def test_changing_a_layer_does_not_change_the_weights_of_the_others():
    first = Sequential([Dense(4), Dense(3), Dense(2)], input_shape=(5,))
    other = Sequential([Dense(4, activation="relu"), Dense(3), Dense(9)], input_shape=(5,))
    np.testing.assert_array_equal(first.layers[1].kernel, other.layers[1].kernel)


@pytest.mark.parametrize(
    "layer, variance",
    [
        (Conv2D(64, 5, kernel_initializer="he"), 2 / (25 * 32)),
        (Conv2D(64, 5, kernel_initializer="glorot"), 2 / (25 * 32 + 25 * 64)),
        (Dense(400, kernel_initializer="he"), 2 / 300),
        (Dense(400), 2 / (300 + 400)),
    ],
)
def test_initial_weights_keep_the_variance(layer, variance):
    layer.build((9, 9, 32) if isinstance(layer, Conv2D) else (300,))
    assert layer.kernel.var() == pytest.approx(variance, rel=0.02)
    assert abs(layer.kernel.mean()) < 0.01 and not layer.bias.any()


def test_layers_read_and_write_the_vector_of_the_model():
    net = small_net()
    net.layers[-1].bias = [7, 8, 9]
    assert net.weights[-3:].tolist() == [7, 8, 9]
    net.weights[:] = 0
    assert not net.layers[0].kernel.any()


def test_a_model_goes_and_comes_back_like_its_layers():
    net, x = small_net(dtype=np.float64), RNG.normal(size=(2, 7, 8, 2))
    y = x
    for layer in net.layers:
        y = layer.forward(y)
    np.testing.assert_allclose(net.forward(x), y, rtol=1e-12)
    dy = dx = RNG.normal(size=y.shape)
    for layer in reversed(net.layers):
        dx = layer.backward(dx)
    alone = net.gradients.copy()
    net.gradients[:] = 0
    np.testing.assert_allclose(net.backward(dy), dx, rtol=1e-12)
    np.testing.assert_array_equal(net.gradients, alone)


def test_results_are_not_overwritten_by_the_next_batch():
    net, x = small_net(), RNG.normal(size=(2, 7, 8, 2))
    first = net.forward(x)
    kept = first.copy()
    net.forward(-x)
    np.testing.assert_array_equal(first, kept)


def test_a_model_without_shape_takes_the_one_of_its_first_batch():
    net = Sequential([Flatten(), Dense(2)])
    assert net.predict(np.ones((3, 4, 5, 1))).shape == (3, 2)
    assert net.input_shape == (4, 5, 1)


def test_predict_does_not_depend_on_the_batches():
    net, x = small_net(), RNG.normal(size=(11, 7, 8, 2))
    whole = net.predict(x)
    np.testing.assert_allclose(net.predict(x, batch_size=4), whole, rtol=1e-5)
    assert whole.dtype == np.float32
    np.testing.assert_allclose(net.forward(x), whole, rtol=1e-5)


def test_integers_and_other_layouts_are_accepted():
    net = small_net()
    x = RNG.integers(0, 255, (2, 7, 8, 2))
    expected = net.predict(x.astype(np.float32))
    np.testing.assert_array_equal(net.predict(x.astype(np.uint8)), expected)
    np.testing.assert_array_equal(net.predict(np.asfortranarray(x)), expected)
    np.testing.assert_array_equal(net.predict(x.tolist()), expected)


def test_outputs_are_those_of_each_layer():
    net, x = small_net(), RNG.normal(size=(5, 7, 8, 2))
    maps = net.outputs(x, batch_size=2)
    assert list(maps) == [layer.name for layer in net.layers]
    for layer, y in zip(net.layers, maps.values(), strict=True):
        x = layer.forward(x)
        np.testing.assert_allclose(y, x, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda m: pickle.loads(pickle.dumps(m))])
def test_a_copy_learns_on_its_own(copied):
    net, x = small_net(), RNG.normal(size=(6, 7, 8, 2))
    kept, before = net.weights.copy(), net.predict(x)
    twin = copied(net)
    np.testing.assert_array_equal(twin.predict(x), before)
    twin.fit(x, [0, 1, 2, 0, 1, 2], epochs=3, progress=False)
    assert not np.array_equal(twin.predict(x), before)
    np.testing.assert_array_equal(net.weights, kept)
    np.testing.assert_array_equal(copy.copy(net).predict(x), before)
    net.weights[:] = 0
    assert not net.layers[0].kernel.any()


# --- summary ---


def test_summary_is_a_table_in_spanish():
    text = Sequential(
        [
            Conv2D(16, 3, padding="same", activation="relu", name="bordes"),
            MaxPool2D(),
            Conv2D(32, 3, dilation=2, groups=4),
            Flatten(),
            Dense(10, activation="softmax"),
        ],
        input_shape=(28, 28, 1),
    ).summary()
    rows = [" ".join(line.split()) for line in text.splitlines()]
    assert rows[0] == "Entrada 28×28×1"
    assert rows[2] == "Capa Salida Parámetros MACs Campo receptivo"
    assert rows[4:9] == [
        "bordes (Conv2D + ReLU) 28×28×16 160 112 896 3×3",
        "maxpool2d_1 (MaxPool2D) 14×14×16 0 0 4×4",
        "conv2d_2 (Conv2D) 10×10×32 1 184 115 200 12×12",
        "flatten_1 (Flatten) 3200 0 0 12×12",
        "dense_1 (Dense + Softmax) 10 32 010 32 000 toda la entrada",
    ]
    assert rows[10] == "Total 33 354 260 096"


def test_the_receptive_field_is_what_a_pixel_sees():
    """Un solo píxel de salida: su gradiente llega hasta donde dice la tabla."""
    net = Sequential(
        [Conv2D(2, (3, 2), dilation=(2, 1)), AvgPool2D((2, 3), stride=(1, 2)), Conv2D(1, 2)],
        input_shape=(30, 30, 1),
    )
    dy = np.zeros(net.forward(np.ones((1, 30, 30, 1))).shape)
    dy[0, 2, 3] = 1
    seen = np.argwhere(net.backward(dy)[0, :, :, 0])
    height, width = (seen.max(axis=0) - seen.min(axis=0) + 1).tolist()
    assert f"  {height}×{width}" in net.summary().splitlines()[-3]
