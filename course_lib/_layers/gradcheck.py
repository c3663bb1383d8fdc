"""Comprobar un gradiente: moverse un poco y ver si la pérdida cambia lo que él decía."""

import copy

import numpy as np

from course_lib._layers.base import Layer, inward, outward, run, run_back
from course_lib._layers.losses import as_loss
from course_lib._layers.sequential import Sequential
from course_lib._layers.training import outward_like, without_softmax
from course_lib._layers.training import samples as checked
from course_lib._ops.validate import as_float, integer

EPSILON = 1e-6


def gradient_check(model_or_function, x, y=None, *, loss="crossentropy", samples=30, seed=0):
    """Compara un gradiente con el que se mide moviendo cada valor un poco a cada lado.

    Parameters
    ----------
    model_or_function : Sequential, capa o función
        Un modelo o una capa se comprueban en float64, sobre una copia y con todo movido al azar
        una centésima: en la esquina de una ReLU o en el empate de un máximo, frecuentes con un
        fondo negro y un bias cero, no hay un solo gradiente. Una función recibe ``x``
        (y ``y``, si se da) y devuelve ``(valor, gradiente respecto a x)``.
    x : array_like
        Dónde se comprueba: un lote, o lo que reciba la función.
    y : array_like, opcional
        Lo que se espera del modelo.
    loss : {"crossentropy", "mse"}, default "crossentropy"
        Pérdida cuyo gradiente se comprueba, si no es una función.
    samples : int, default 30
        Cuántos valores de cada array se mueven, elegidos al azar.
    seed : int, default 0
        Semilla de esa elección.

    Returns
    -------
    dict of str to float
        Por cada array ("x", "capa_1.kernel", ...), la mayor diferencia, relativa al mayor
        gradiente. Por debajo de 1e-5 el gradiente es correcto; cerca de 1, no lo es.

    Raises
    ------
    TypeError
        Si lo que se comprueba no es un modelo, una capa ni una función.
    ValueError
        Si las formas no encajan o el gradiente no tiene la forma de ``x``.

    References
    ----------
    A. Griewank y A. Walther, "Evaluating derivatives", 2008: la diferencia centrada.

    Examples
    --------
    >>> gradient_check(lambda x: ((x**2).sum(), 2 * x), [1.0, -3.0])["x"] < 1e-5
    True
    >>> gradient_check(lambda x: ((x**2).sum(), x), [1.0, -3.0])["x"] < 1e-5
    False
    >>> from course_lib.layers import Dense
    >>> errores = gradient_check(Dense(3), [[1.0, 2.0]], [2])
    >>> sorted(errores), max(errores.values()) < 1e-5
    (['dense_1.bias', 'dense_1.kernel', 'x'], True)
    """
    x, samples = np.array(as_float(x, "x"), np.float64), integer(samples, "samples", 1)
    rng = np.random.default_rng(seed)
    if isinstance(model_or_function, Layer):
        value, pairs = _of_model(model_or_function, x, y, as_loss(loss), rng)
    elif callable(model_or_function):
        value, pairs = _of_function(model_or_function, x, () if y is None else (y,))
    else:
        raise TypeError(
            f"{model_or_function!r} no es un modelo, una capa ni una función. Usa, por ejemplo, "
            "gradient_check(modelo, x[:4], y[:4])."
        )
    return {name: _worst(value, *pair, samples, rng) for name, pair in pairs.items()}


def _of_function(function, x, extra):
    """El valor, y la pareja (dónde, gradiente) de x."""
    gradient = as_float(function(x, *extra)[1], "gradiente")
    if gradient.shape != x.shape:
        raise ValueError(
            f"El gradiente que devuelve la función tiene forma {gradient.shape}; se esperaba la de "
            f"x, {x.shape}. Usa return valor, gradiente."
        )
    return lambda: float(function(x, *extra)[0]), {"x": (x, gradient.copy())}


def _of_model(model, x, y, loss, rng):
    """El valor de la pérdida, y las parejas (dónde, gradiente) de x y de cada parámetro."""
    model = in_float64(model, x)
    x, y = checked(model, x, y, loss)
    for array in (x, model.weights):
        array += 0.01 * max(1, np.abs(array).max(initial=0)) * rng.uniform(-1, 1, array.shape)
    steps, wanted = without_softmax(model, loss), outward_like(loss, y)
    _, gradient = loss.both(run(steps, inward(x)), wanted)
    pairs = {"x": (x, outward(run_back(steps, gradient)))}
    for layer in model.layers:
        for name, value in layer.params.items():
            pairs[f"{layer.name}.{name}"] = value, layer.grads[name].copy()
    return lambda: float(loss.both(run(steps, inward(x)), wanted)[0]), pairs


def _worst(value, array, gradient, samples, rng):
    """La mayor diferencia entre el gradiente y la pendiente medida, en unos cuantos valores.

    Si la pendiente no es la misma a un lado y al otro, hay en medio una esquina (de una ReLU, de un
    máximo) y vale cualquier gradiente entre las dos.
    """
    chosen = rng.permutation(array.size)[:samples]
    slopes = np.array([_slopes(value, array.reshape(-1), index) for index in chosen])
    given, middle = gradient.reshape(-1)[chosen], slopes.mean(axis=1)
    scale = max(np.abs(middle).max(), np.abs(given).max(), 1e-12)
    corner = np.ptp(slopes, axis=1) > 1e-3 * scale
    low = np.where(corner, slopes.min(axis=1), middle)
    high = np.where(corner, slopes.max(axis=1), middle)
    return float(np.maximum(low - given, given - high).max().clip(0) / scale)


def _slopes(value, flat, index):
    """Cuánto cambia el valor por unidad, con un paso pequeño a cada lado."""
    kept, now = flat[index], value()
    flat[index] = kept - EPSILON
    left = (now - value()) / EPSILON
    flat[index] = kept + EPSILON
    right = (value() - now) / EPSILON
    flat[index] = kept
    return left, right


def in_float64(model, x):
    """Una copia del modelo, o de un modelo con esa sola capa, con los mismos pesos en float64."""
    model = copy.deepcopy(model)
    model._place = ""  # una capa suelta no es ya del modelo de donde vino
    model = model if isinstance(model, Sequential) else Sequential([model])
    kept = {index: layer.params for index, layer in enumerate(model.layers)}
    model.build(x.shape[1:], dtype=np.float64)
    for index, params in kept.items():
        for name, value in params.items():
            model.layers[index].params[name][...] = value
    return model
