"""Los pesos van a PyTorch y a Keras y vuelven: la salida es la misma en los dos lados."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from course_lib import layers
from course_lib.layers import (
    Conv2D,
    Dense,
    Flatten,
    MaxPool2D,
    Sequential,
    from_keras,
    from_pytorch,
    to_keras,
    to_pytorch,
)

try:
    import torch
except ImportError:
    torch = None
with_torch = pytest.mark.compara("torch")
RNG = np.random.default_rng(0)
X = RNG.normal(size=(3, 8, 10, 2)).astype(np.float32)


def net(groups=2):
    """Sin simetrías: imagen y kernels rectangulares, grupos, y una densa detrás de otra."""
    model = Sequential(
        [
            Conv2D(4, (3, 2), groups=groups, activation="relu"),
            MaxPool2D(),
            Conv2D(5, (2, 3), use_bias=False),
            layers.ReLU(),
            Flatten(),
            Dense(6, activation="tanh"),
            Dense(3),
        ],
        input_shape=(8, 10, 2),
    )
    model.weights[:] = RNG.normal(size=model.weights.size)
    return model


def torch_net():
    nn = torch.nn
    return nn.Sequential(
        *(nn.Conv2d(2, 4, (3, 2), groups=2), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(4, 5, (2, 3), bias=False), nn.ReLU()),
        *(nn.Flatten(), nn.Linear(2 * 2 * 5, 6), nn.Tanh(), nn.Linear(6, 3)),
    )


def run_torch(network):
    with torch.no_grad():
        return network(torch.from_numpy(X.transpose(0, 3, 1, 2).copy())).numpy()


# --- con números escritos a mano ---


def test_to_pytorch_by_hand():
    model = Sequential([Conv2D(2, (1, 2)), Flatten(), Dense(1)], input_shape=(1, 3, 1))
    model.layers[0].kernel = [[[[1, 2]], [[3, 4]]]]  # (1, 2, 1, 2): píxel izquierdo, derecho
    model.layers[0].bias = [5, 6]
    model.layers[2].kernel = [[1], [2], [3], [4]]  # (píxel 0: canales 0 y 1; píxel 1: 0 y 1)
    state = {name: value.tolist() for name, value in to_pytorch(model).items()}
    assert state == {
        "0.weight": [[[[1, 3]]], [[[2, 4]]]],  # un filtro detrás de otro
        "0.bias": [5, 6],
        "2.weight": [[1, 3, 2, 4]],  # primero los dos píxeles del canal 0
        "2.bias": [0],
    }


def test_from_pytorch_by_hand():
    model = Sequential([Flatten(), Dense(1)], input_shape=(1, 2, 3))
    from_pytorch(model, {"1.weight": [[1, 2, 3, 4, 5, 6]], "1.bias": [7]})
    assert model.layers[1].kernel.ravel().tolist() == [1, 3, 5, 2, 4, 6]
    assert model.layers[1].bias.tolist() == [7]


def test_to_keras_by_hand():
    model = Sequential([Conv2D(2, (1, 2), use_bias=False), Flatten(), Dense(1)],
                       input_shape=(1, 2, 1))  # fmt: skip
    model.weights[:] = range(7)
    weights = [value.tolist() for value in to_keras(model)]
    assert weights == [[[[[0, 1]], [[2, 3]]]], [[4], [5]], [6]]
    model.weights[:] = 0
    from_keras(model, weights)
    assert model.weights.tolist() == list(range(7))


@pytest.mark.parametrize("there, back", [(to_pytorch, from_pytorch), (to_keras, from_keras)])
def test_there_and_back(there, back):
    first, second = net(), net()
    assert not np.array_equal(first.weights, second.weights)
    assert back(second, there(first)) is None
    np.testing.assert_array_equal(second.weights, first.weights)


def test_exported_weights_are_copies():
    model = net()
    kept = model.weights.copy()
    for value in [*to_pytorch(model).values(), *to_keras(model)]:
        assert value.flags.c_contiguous and value.dtype == np.float32
        value[...] = 0
    np.testing.assert_array_equal(model.weights, kept)


def test_positions_are_those_of_a_torch_sequential():
    names = [name for name in to_pytorch(net()) if name.endswith("weight")]
    assert names == ["0.weight", "3.weight", "6.weight", "8.weight"]
    named = to_pytorch(net(), names=["a", "b", "c", "d"])
    assert list(named) == ["a.weight", "a.bias", "b.weight", "c.weight", "c.bias",
                           "d.weight", "d.bias"]  # fmt: skip


# --- con las bibliotecas ---


@with_torch
def test_pytorch_gives_the_same_output():
    model, twin = net(), torch_net()
    twin.load_state_dict(
        {name: torch.from_numpy(value) for name, value in to_pytorch(model).items()}
    )
    np.testing.assert_allclose(run_torch(twin), model.predict(X), rtol=1e-4, atol=1e-5)


@with_torch
def test_weights_come_from_pytorch():
    torch.manual_seed(0)
    model, twin = net(), torch_net()
    from_pytorch(model, twin.state_dict())
    np.testing.assert_allclose(model.predict(X), run_torch(twin), rtol=1e-4, atol=1e-5)


KERAS = """
import sys, numpy as np, keras
from keras import layers
net = keras.Sequential([
    keras.Input((8, 10, 2)),
    layers.Conv2D(4, (3, 2), activation="relu"), layers.MaxPool2D(),
    layers.Conv2D(5, (2, 3), use_bias=False), layers.ReLU(), layers.Flatten(),
    layers.Dense(6, activation="tanh"), layers.Dense(3),
])
data = np.load(sys.argv[1])
result = {f"w{i}": w for i, w in enumerate(net.get_weights())}
result["own"] = net.predict(data["x"], verbose=0)
net.set_weights([data[f"w{i}"] for i in range(len(data) - 1)])
np.savez(sys.argv[2], given=net.predict(data["x"], verbose=0), **result)
"""


@pytest.mark.compara("keras", "torch")
def test_keras_gives_the_same_output_both_ways(tmp_path):
    """En otro proceso: Keras elige su motor al importarse. Sin grupos: en CPU no los tiene."""
    model = net(groups=1)
    weights = {f"w{i}": value for i, value in enumerate(to_keras(model))}

    theirs = run_keras(tmp_path, x=X, **weights)

    np.testing.assert_allclose(theirs["given"], model.predict(X), rtol=1e-4, atol=1e-5)
    from_keras(model, [theirs[f"w{i}"] for i in range(len(weights))])
    np.testing.assert_allclose(theirs["own"], model.predict(X), rtol=1e-4, atol=1e-5)


def run_keras(folder, **arrays):
    Path(folder, "keras_net.py").write_text(KERAS, "utf-8")
    np.savez(folder / "in.npz", **arrays)
    engine = {"KERAS_BACKEND": "torch"} if torch else {}
    subprocess.run(
        [sys.executable, "keras_net.py", "in.npz", "out.npz"],
        cwd=folder,
        env=os.environ | engine,
        check=True,
        capture_output=True,
        timeout=300,
    )
    return np.load(folder / "out.npz")
