"""Comprobar un gradiente: moverse un poco y ver si la pérdida cambia lo que él decía."""

import copy

import numpy as np

from course_lib._layers.base import Layer, inward, outward, run, run_back
from course_lib._layers.losses import as_loss
from course_lib._layers.sequential import Sequential
from course_lib._layers.training import outward_like, without_softmax
from course_lib._layers.training import samples as checked
from course_lib._ops.validate import as_float, integer

EPSILON = 1e-5


def gradient_check(model_or_function, x, y=None, *, loss="crossentropy", samples=30, seed=0):
    """Compara un gradiente con el que se mide moviendo cada valor un poco a cada lado.

    Parameters
    ----------
    model_or_function : Sequential, capa o función
        Un modelo o una capa se comprueban en float64, sobre una copia. Una función recibe ``x``
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
        gradiente. Por debajo de 1e-6 el gradiente es correcto; cerca de 1, no lo es.

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
    >>> gradient_check(lambda x: ((x**2).sum(), 2 * x), [1.0, -3.0])["x"] < 1e-6
    True
    >>> gradient_check(lambda x: ((x**2).sum(), x), [1.0, -3.0])["x"] < 1e-6
    False
    >>> from course_lib.layers import Dense
    >>> errores = gradient_check(Dense(3), [[1.0, 2.0]], [2])
    >>> sorted(errores), max(errores.values()) < 1e-6
    (['dense_1.bias', 'dense_1.kernel', 'x'], True)
    """
    x, samples = np.array(as_float(x, "x"), np.float64), integer(samples, "samples", 1)
    if isinstance(model_or_function, Layer):
        value, pairs = _of_model(model_or_function, x, y, as_loss(loss))
    elif callable(model_or_function):
        value, pairs = _of_function(model_or_function, x, () if y is None else (y,))
    else:
        raise TypeError(
            f"{model_or_function!r} no es un modelo, una capa ni una función. Usa, por ejemplo, "
            "gradient_check(modelo, x[:4], y[:4])."
        )
    rng = np.random.default_rng(seed)
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


def _of_model(model, x, y, loss):
    """El valor de la pérdida, y las parejas (dónde, gradiente) de x y de cada parámetro."""
    model = in_float64(model, x)
    x, y = checked(model, x, y, loss)
    steps, wanted = without_softmax(model, loss), outward_like(loss, y)
    _, gradient = loss.both(run(steps, inward(x)), wanted)
    pairs = {"x": (x, outward(run_back(steps, gradient)))}
    for layer in model.layers:
        for name, value in layer.params.items():
            pairs[f"{layer.name}.{name}"] = value, layer.grads[name].copy()
    return lambda: float(loss.both(run(steps, inward(x)), wanted)[0]), pairs


def _worst(value, array, gradient, samples, rng):
    """La mayor diferencia entre el gradiente y la diferencia centrada, en unos cuantos valores."""
    chosen = rng.permutation(array.size)[:samples]
    measured = np.array([_slope(value, array.reshape(-1), index) for index in chosen])
    given = gradient.reshape(-1)[chosen]
    scale = max(np.abs(measured).max(), np.abs(given).max(), 1e-12)
    return float(np.abs(measured - given).max() / scale)


def _slope(value, flat, index):
    """Cuánto cambia el valor por unidad, con un paso pequeño a cada lado."""
    kept = flat[index]
    flat[index] = kept + EPSILON
    after = value()
    flat[index] = kept - EPSILON
    before = value()
    flat[index] = kept
    return (after - before) / (2 * EPSILON)


def in_float64(model, x):
    """Una copia del modelo, o de un modelo con esa sola capa, con los mismos pesos en float64."""
    model = copy.deepcopy(model)
    model = model if isinstance(model, Sequential) else Sequential([model])
    kept = {index: layer.params for index, layer in enumerate(model.layers)}
    model.build(x.shape[1:], dtype=np.float64)
    for index, params in kept.items():
        for name, value in params.items():
            model.layers[index].params[name][...] = value
    return model
