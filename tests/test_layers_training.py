"""Entrenar: acierta, es reproducible, se detiene a tiempo y da los mismos pasos que PyTorch."""

import time
import warnings

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from course_lib import layers
from course_lib.layers import SGD, Adam, Conv2D, Dense, Flatten, MaxPool2D, Sequential

try:
    import torch
except ImportError:
    torch = None

RNG = np.random.default_rng(0)
DIGITS = load_digits()
IMAGES, CLASSES = DIGITS.images[..., None] / 16, DIGITS.target


def digits_net(filters=(8, 16), end=(), **options):
    return Sequential(
        [
            Conv2D(filters[0], 3, padding="same", activation="relu"),
            MaxPool2D(),
            Conv2D(filters[1], 3, padding="same", activation="relu"),
            MaxPool2D(),
            Flatten(),
            Dense(10),
            *end,
        ],
        input_shape=(8, 8, 1),
        **options,
    )


def fitted(net=None, n=300, **options):
    net = net or digits_net()
    options = {"epochs": 2, "progress": False} | options
    return net, net.fit(IMAGES[:n], CLASSES[:n], **options)


# --- aprende ---


def test_digits_are_learnt_with_five_seeds():
    """98,5 % de acierto de media con datos que no ha visto, en menos de 5 s de CPU cada vez."""
    accuracies, seconds = [], []
    for seed in range(5):
        x, x_test, y, y_test = train_test_split(
            IMAGES, CLASSES, test_size=0.2, random_state=seed, stratify=CLASSES
        )
        net, start = digits_net((24, 48), seed=seed), time.process_time()
        options = {"epochs": 40, "batch_size": 64, "optimizer": Adam(0.003), "seed": seed}
        net.fit(x, y, **options, progress=False)
        seconds.append(time.process_time() - start)
        accuracies.append(net.evaluate(x_test, y_test)[1])
    assert np.mean(accuracies) >= 0.985, accuracies
    assert max(seconds) < 5, seconds


def test_a_kernel_is_recovered_from_its_images():
    """Con la pérdida cuadrática, una convolución aprende el filtro con que se hizo la salida."""
    kernel = np.array([[1.0, 0, -1], [2, 0, -2]])[:, :, None, None]
    x = RNG.normal(size=(64, 8, 8, 1))
    net = Sequential([Conv2D(1, (2, 3))], input_shape=(8, 8, 1))
    y = layers.Conv2D(1, (2, 3)).build((8, 8, 1))
    y.kernel, y.bias = kernel, [0.5]
    options = {"epochs": 40, "batch_size": 8, "optimizer": Adam(0.03), "progress": False}
    history = net.fit(x, y.forward(x), loss="mse", **options)
    np.testing.assert_allclose(net.layers[0].kernel, kernel, atol=1e-3)
    np.testing.assert_allclose(net.layers[0].bias, [0.5], atol=1e-3)
    assert history.accuracy == [] and net.evaluate(x, y.forward(x), loss="mse")[1] is None


# --- la historia ---


def test_history_has_a_value_per_epoch():
    _, history = fitted(epochs=3, validation_data=(IMAGES[300:400], CLASSES[300:400]))
    for values in (history.loss, history.accuracy, history.val_loss, history.val_accuracy):
        assert len(values) == 3 and all(type(value) is float for value in values)
    assert len(history.batch_loss) == 3 * 10
    assert history.loss[2] < history.loss[0] and history.accuracy[2] > history.accuracy[0]
    assert np.mean(history.batch_loss[:9]) == pytest.approx(history.loss[0], rel=0.1)


def test_validation_is_what_evaluate_measures():
    data = IMAGES[300:400], CLASSES[300:400]
    net, history = fitted(validation_data=data)
    assert net.evaluate(*data) == pytest.approx((history.val_loss[-1], history.val_accuracy[-1]))


def test_the_same_seed_gives_the_same_training():
    first, again, other = fitted(), fitted(), fitted(seed=1)
    np.testing.assert_array_equal(first[0].weights, again[0].weights)
    assert first[1].batch_loss == again[1].batch_loss != other[1].batch_loss


def test_data_and_global_random_state_are_not_touched():
    x, y = IMAGES[:40].copy(), CLASSES[:40].copy()
    x.flags.writeable = y.flags.writeable = False
    np.random.seed(3)
    expected = np.random.random()
    np.random.seed(3)
    digits_net().fit(x, y, epochs=1, progress=False)
    assert np.random.random() == expected


def test_one_hot_classes_are_the_same_classes():
    one_hot = np.eye(10)[CLASSES[:100]]
    nets = [digits_net(), digits_net()]
    for net, y in zip(nets, (CLASSES[:100], one_hot), strict=True):
        net.fit(IMAGES[:100], y, epochs=1, progress=False)
    np.testing.assert_array_equal(nets[0].weights, nets[1].weights)


def test_a_final_softmax_is_not_applied_twice():
    net = digits_net()
    ended = digits_net(end=[layers.Softmax()])
    first, second = fitted(net)[1], fitted(ended)[1]
    assert first.batch_loss == second.batch_loss
    np.testing.assert_allclose(ended.predict(IMAGES[:5]).sum(axis=1), 1, rtol=1e-6)
    assert net.evaluate(IMAGES[:50], CLASSES[:50]) == ended.evaluate(IMAGES[:50], CLASSES[:50])


def test_progress_is_told_in_spanish(capsys):
    fitted(progress=True)
    bar = capsys.readouterr().err
    assert "Entrenando" in bar and "2/2" in bar and "pérdida" in bar and "acierto" in bar
    fitted(progress=False)
    assert capsys.readouterr() == ("", "")


def test_training_leaves_no_working_memory():
    net, _ = fitted()
    assert not any(step._arrays for step in net.steps())


# --- se detiene ---


def assert_stopped(net, fit, rate):
    with warnings.catch_warnings(), pytest.raises(layers.TrainingStopped) as caught:
        warnings.simplefilter("error")
        fit()
    message = str(caught.value)
    assert "época" in message and f"learning_rate={rate / 10:g}" in message
    assert "conserva los últimos pesos" in message
    assert np.isfinite(net.weights).all()
    assert np.isfinite(caught.value.history.batch_loss).all()
    return caught.value.history


def test_fit_stops_when_the_steps_are_too_long():
    """Cada paso se pasa de largo más que el anterior; los pesos crecen sin medida."""
    net, x = Sequential([Dense(1)], input_shape=(3,)), RNG.normal(size=(64, 3))
    options = {"epochs": 500, "loss": "mse", "optimizer": SGD(2.0), "progress": False}
    history = assert_stopped(net, lambda: net.fit(x, x[:, :1], **options), 2.0)
    assert len(history.batch_loss) > 10 and np.isfinite(net.evaluate(x, x[:, :1], loss="mse")[0])


def test_fit_stops_when_a_single_step_breaks_the_weights():
    net = digits_net()
    options = {"epochs": 3, "optimizer": SGD(1e38, momentum=0.9)}
    history = assert_stopped(net, lambda: fitted(net, **options), 1e38)
    assert len(history.batch_loss) < 3 and np.isfinite(net.evaluate(IMAGES, CLASSES)[0])


def test_fit_stops_in_the_first_batch_with_the_first_weights():
    net = Sequential([Dense(1)], input_shape=(2,))
    before = net.weights.copy()
    with pytest.raises(layers.TrainingStopped, match="La pérdida del lote es inf.*época 1, paso 1"):
        net.fit(np.full((4, 2), 1e30), np.zeros((4, 1)), loss="mse", progress=False)
    np.testing.assert_array_equal(net.weights, before)


def test_fit_stops_if_validation_is_lost():
    net = Sequential([Dense(1)], input_shape=(1,))
    bad = np.array([[1e30]]), np.array([[0.0]])
    with pytest.raises(layers.TrainingStopped, match="La pérdida de validación es inf") as caught:
        net.fit([[1.0]], [[2.0]], loss="mse", validation_data=bad, epochs=2, progress=False)
    assert len(caught.value.history.loss) == 1 and np.isfinite(net.weights).all()


# --- los pasos de los optimizadores y las pérdidas ---

GRADIENTS = RNG.normal(size=(20, 6)) * 10.0 ** RNG.integers(-4, 3, (20, 6))
OPTIMIZERS = {
    "sgd": (lambda: SGD(0.1), lambda p: torch.optim.SGD(p, 0.1)),
    "momentum": (lambda: SGD(0.1, momentum=0.9), lambda p: torch.optim.SGD(p, 0.1, momentum=0.9)),
    "adam": (lambda: Adam(0.01), lambda p: torch.optim.Adam(p, 0.01)),
    "adam con betas": (
        lambda: Adam(0.01, 0.5, 0.9, epsilon=1e-3),
        lambda p: torch.optim.Adam(p, 0.01, (0.5, 0.9), eps=1e-3),
    ),
}


@pytest.mark.compara("torch")
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_optimizers_move_like_those_of_pytorch(name):
    ours, theirs = (make for make in OPTIMIZERS[name])
    weights, tensor = np.ones(6), torch.ones(6, dtype=torch.float64, requires_grad=True)
    ours, theirs = ours(), theirs([tensor])
    for gradient in GRADIENTS:
        ours.step(weights, gradient.copy())
        tensor.grad = torch.from_numpy(gradient.copy())
        theirs.step()
        np.testing.assert_allclose(weights, tensor.detach().numpy(), rtol=1e-12)


def test_sgd_by_hand():
    weights, optimizer = np.array([1.0]), SGD(0.1, momentum=0.5)
    optimizer.step(weights, np.array([2.0]))  # v = 2
    optimizer.step(weights, np.array([2.0]))  # v = 0.5*2 + 2 = 3
    assert weights == pytest.approx([1 - 0.1 * 2 - 0.1 * 3])


def test_adam_by_hand():
    weights, optimizer = np.array([1.0]), Adam(0.1)
    optimizer.step(weights, np.array([4.0]))  # el primer paso mide learning_rate
    assert weights == pytest.approx([0.9])
    optimizer.step(weights, np.array([-4.0]))
    mean = (0.9 * 0.4 - 0.4) / (1 - 0.9**2)  # m = 0.1*4, después 0.9*m - 0.1*4
    assert weights == pytest.approx([0.9 - 0.1 * mean / 4])


def test_float32_is_kept():
    net, _ = fitted(n=64)
    assert net.weights.dtype == net.gradients.dtype == np.float32
    assert net.layers[0].kernel.base is net.weights


def test_cross_entropy_by_hand_and_without_overflow():
    loss = layers.SoftmaxCrossEntropy()
    assert loss.forward([[0.0, np.log(3)], [1000, 0]], [1, 1]) == pytest.approx(
        (-np.log(0.75) + 1000) / 2
    )
    np.testing.assert_allclose(loss.backward(), [[0.125, -0.125], [0.5, -0.5]], atol=1e-12)


@pytest.mark.compara("torch")
def test_losses_are_those_of_pytorch():
    logits, y = 20 * RNG.normal(size=(7, 5)), RNG.integers(0, 5, 7)
    tensor = torch.tensor(logits, requires_grad=True)
    value = torch.nn.functional.cross_entropy(tensor, torch.tensor(y))
    value.backward()
    loss = layers.SoftmaxCrossEntropy()
    assert loss.forward(logits, y) == pytest.approx(value.item(), rel=1e-12)
    np.testing.assert_allclose(loss.backward(), tensor.grad.numpy(), atol=1e-15)


@pytest.mark.compara("torch")
def test_training_gives_the_losses_of_pytorch():
    """La misma red, los mismos pesos iniciales y los mismos lotes."""
    nn, net = torch.nn, digits_net()
    twin = nn.Sequential(
        *(nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(64, 10)),
    )
    state = layers.to_pytorch(net)
    twin.load_state_dict({name: torch.from_numpy(value) for name, value in state.items()})
    _, history = fitted(net, n=320, epochs=3, seed=5)

    x = torch.from_numpy(IMAGES[:320].transpose(0, 3, 1, 2).astype(np.float32))
    y, rng = torch.from_numpy(CLASSES[:320]), np.random.default_rng(5)
    optimizer, losses = torch.optim.Adam(twin.parameters(), 0.001), []
    for _ in range(3):
        for batch in torch.from_numpy(rng.permutation(320)).split(32):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(twin(x[batch]), y[batch])
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    np.testing.assert_allclose(history.batch_loss, losses, rtol=1e-4)
