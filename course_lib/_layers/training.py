"""El entrenamiento: lotes al azar, ida, pérdida, vuelta y un paso del optimizador."""

from dataclasses import dataclass, field

import numpy as np
from tqdm.auto import tqdm

from course_lib._layers.activations import Softmax
from course_lib._layers.base import inward, outward, release, run, run_back
from course_lib._layers.losses import as_loss, fitting_logits
from course_lib._layers.optimizers import as_optimizer
from course_lib._layers.validate import as_inputs, as_seed, cast
from course_lib._ops.threads import one_blas_thread
from course_lib._ops.validate import as_real, flag, integer


@dataclass
class History:
    """Cómo fue un entrenamiento, en listas que se pueden dibujar.

    Parameters
    ----------
    loss, accuracy : list of float
        Pérdida y fracción de aciertos medias de cada época, mientras se entrenaba.
    val_loss, val_accuracy : list of float
        Lo mismo con los datos de validación, al final de cada época.
    batch_loss : list of float
        Pérdida de cada lote.

    Examples
    --------
    >>> from course_lib.layers import Dense, Sequential
    >>> modelo = Sequential([Dense(2)], input_shape=(1,))
    >>> historia = modelo.fit([[-1], [1]], [0, 1], epochs=3, progress=False)
    >>> len(historia.loss), historia.loss[-1] < historia.loss[0]
    (3, True)
    """

    loss: list = field(default_factory=list)
    accuracy: list = field(default_factory=list)
    val_loss: list = field(default_factory=list)
    val_accuracy: list = field(default_factory=list)
    batch_loss: list = field(default_factory=list, repr=False)


class TrainingStopped(ArithmeticError):
    """La pérdida dejó de ser un número finito; el modelo conserva los últimos pesos buenos.

    Parameters
    ----------
    message : str
        Qué pasó y qué probar.
    history : History
        Lo entrenado hasta entonces.

    Examples
    --------
    >>> from course_lib.layers import SGD, Dense, Sequential
    >>> modelo = Sequential([Dense(1)])
    >>> try:
    ...     modelo.fit([[1e18]], [[1]], loss="mse", optimizer=SGD(1.0), progress=False)
    ... except TrainingStopped as aviso:
    ...     len(aviso.history.batch_loss)
    1
    """

    def __init__(self, message, history):
        super().__init__(message)
        self.history = history


@dataclass
class Plan:
    """Cuánto y cómo se entrena, ya comprobado."""

    epochs: int
    batch_size: int
    seed: int
    progress: bool

    def __post_init__(self):
        self.epochs = integer(self.epochs, "epochs", 1)
        self.batch_size = integer(self.batch_size, "batch_size", 1)
        self.seed, self.progress = as_seed(self.seed), flag(self.progress, "progress")


def fit(model, x, y, plan, optimizer, loss, validation_data):
    """Entrena: vueltas completas a los datos, en un orden nuevo cada vez."""
    trainer = Trainer(model, as_loss(loss), as_optimizer(optimizer))
    x, y = samples(model, x, y, trainer.loss)
    validation = _as_validation(model, validation_data, trainer.loss)
    rng = np.random.default_rng(plan.seed)
    bar = tqdm(total=plan.epochs, desc="Entrenando", unit="época", disable=not plan.progress)
    try:
        with bar, one_blas_thread(), np.errstate(all="ignore"):
            for _ in range(plan.epochs):
                order = rng.permutation(len(x))
                trainer.epoch(
                    x, y, np.split(order, range(plan.batch_size, len(x), plan.batch_size))
                )
                if validation:
                    trainer.validate(*validation, plan.batch_size)
                bar.set_postfix_str(trainer.progress())
                bar.update()
    finally:
        release(model.steps())
    return trainer.history


class Trainer:
    """Un entrenamiento en marcha."""

    def __init__(self, model, loss, optimizer):
        self.model, self.loss, self.optimizer = model, loss, optimizer
        self.history = History()

    def epoch(self, x, y, batches):
        """Una vuelta a los datos."""
        steps = without_softmax(self.model, self.loss)
        stop = next((i for i, step in enumerate(steps) if step.params), len(steps))
        total = hits = 0
        for batch in batches:
            value, right = self._batch(steps, stop, inward(x[batch]), y[batch])
            self.history.batch_loss.append(value)
            total, hits = total + value * len(batch), hits + right
        self.history.loss.append(total / len(x))
        if self.loss.counts_hits:
            self.history.accuracy.append(hits / len(x))

    def _batch(self, steps, stop, x, y):
        output = run(steps, x)
        value, gradient = self.loss.both(output, outward_like(self.loss, y))
        if not np.isfinite(value):
            self._stop(f"La pérdida del lote es {value}")
        run_back(steps, gradient, stop)
        self._good = self.model.weights.copy()
        self.optimizer.step(self.model.weights, self.model.gradients)
        if not np.isfinite(self.model.weights).all():
            self._stop("Los pesos dejaron de ser números finitos")
        return float(value), _hits(self.loss, output, y)

    def validate(self, x, y, batch_size):
        """Mide con los datos de validación."""
        value, accuracy = measured(self.model, x, y, batch_size, self.loss)
        if not np.isfinite(value):
            self._stop(f"La pérdida de validación es {value}")
        self.history.val_loss.append(value)
        if accuracy is not None:
            self.history.val_accuracy.append(accuracy)

    def _stop(self, what):
        """Devuelve al modelo los últimos pesos buenos y explica qué pasó."""
        self.model.weights[...] = getattr(self, "_good", self.model.weights)
        rate, epoch = self.optimizer.learning_rate, len(self.history.loss) + 1
        raise TrainingStopped(
            f"{what} en la época {epoch}, paso {len(self.history.batch_loss) + 1}: el "
            "entrenamiento se detiene y el modelo conserva los últimos pesos que daban una pérdida "
            f"finita. Suele ser un paso demasiado grande: prueba learning_rate={rate / 10:g} en "
            f"vez de {rate:g}. Si x tiene valores enormes, divídelo antes entre su máximo.",
            self.history,
        )

    def progress(self):
        """Lo último de cada lista, en una línea."""
        names = {"loss": "pérdida", "accuracy": "acierto", "val_loss": "pérdida val."}
        names["val_accuracy"] = "acierto val."
        lists = {text: getattr(self.history, name) for name, text in names.items()}
        return ", ".join(f"{text} {values[-1]:.4f}" for text, values in lists.items() if values)


def predict(model, x, batch_size, every=False):
    """Lo que sale de la última capa, o de todas, con muchas muestras; por lotes."""
    batch_size = integer(batch_size, "batch_size", 1)
    x, found = _inputs(model, x), {}
    kept = model.layers if every else model.layers[-1:]
    with one_blas_thread(), np.errstate(all="ignore"):
        for batch, _ in _parts(x, x, batch_size):
            for layer in model.layers:
                batch = run(layer.steps(), batch)
                if layer in kept:
                    found.setdefault(layer.name, []).append(outward(batch))
    release(model.steps())
    return {name: np.concatenate(parts) for name, parts in found.items()}


def evaluate(model, x, y, batch_size, loss):
    """Pérdida media y fracción de aciertos."""
    loss, batch_size = as_loss(loss), integer(batch_size, "batch_size", 1)
    x, y = samples(model, x, y, loss)
    with one_blas_thread(), np.errstate(all="ignore"):
        result = measured(model, x, y, batch_size, loss)
    release(model.steps())
    return result


def measured(model, x, y, batch_size, loss):
    """Lo mismo, con los datos ya comprobados."""
    total = hits = 0
    for part, wanted in _parts(x, y, batch_size):
        output = run(without_softmax(model, loss), part)
        total += float(loss.both(output, outward_like(loss, wanted))[0]) * len(wanted)
        hits += _hits(loss, output, wanted)
    return total / len(x), hits / len(x) if loss.counts_hits else None


def samples(model, x, y, loss):
    """Comprueba las muestras y lo que se pide de ellas."""
    x = _inputs(model, x)
    if loss.counts_hits:
        fitting_logits(np.zeros((1, *model.output_shape)))
    y = loss.targets(y, (len(x), *model.output_shape), "y")
    return x, y if loss.counts_hits else cast(y, model.dtype, "y")


def without_softmax(model, loss):
    """Las operaciones del modelo, sin la softmax final si la pérdida ya la incluye."""
    steps = model.steps()
    return steps[:-1] if loss.counts_hits and isinstance(steps[-1], Softmax) else steps


def outward_like(loss, y):
    """Lo deseado, con el lote al final si es un array como la salida."""
    return y if loss.counts_hits else inward(y)


def _inputs(model, x):
    if model.input_shape is None:
        model.build(as_real(x, "x").shape[1:])
    return cast(as_inputs(x, model), model.dtype, "x", copy=False)


def _as_validation(model, data, loss):
    if data is None:
        return None
    if not isinstance(data, (tuple, list)) or len(data) != 2:
        raise TypeError(
            "validation_data no es una pareja de arrays. Usa validation_data=(x_prueba, y_prueba)."
        )
    return samples(model, *data, loss)


def _parts(x, y, batch_size):
    for start in range(0, len(x), batch_size):
        yield inward(x[start : start + batch_size]), y[start : start + batch_size]


def _hits(loss, output, y):
    return int((output.argmax(axis=0) == y).sum()) if loss.counts_hits else 0
