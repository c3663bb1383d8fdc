"""Llevar pesos a PyTorch y a Keras, y traerlos.

| | este curso y Keras | PyTorch |
|---|---|---|
| convolución | (kh, kw, C_in/groups, C_out) | (C_out, C_in/groups, kh, kw) |
| densa | (entradas, salidas) | (salidas, entradas) |
| densa tras aplanar | entradas ordenadas (alto, ancho, canales) | (canales, alto, ancho) |
"""

import reprlib
from collections.abc import Mapping

import numpy as np

from course_lib._layers.dense import Dense, Flatten
from course_lib._layers.validate import cast, fitting_array


def to_pytorch(model, names=None):
    """Devuelve los pesos como un ``state_dict`` de PyTorch, con arrays de numpy.

    Parameters
    ----------
    model : Sequential
        Modelo ya construido.
    names : lista de str, opcional
        Cómo se llama en PyTorch cada capa con parámetros, en orden: ``["conv1", "fc"]``. Sin ella
        son los números de un ``torch.nn.Sequential`` en el que cada activación ocupa un lugar.

    Returns
    -------
    dict of str to ndarray
        Para cargarlo: ``red.load_state_dict({k: torch.from_numpy(v) for k, v in estado.items()})``.

    Raises
    ------
    RuntimeError, TypeError, ValueError
        Si no es un modelo, no está construido o ``names`` no tiene un nombre por capa.

    Examples
    --------
    >>> from course_lib.layers import Conv2D, Dense, Flatten, Sequential
    >>> modelo = Sequential([Conv2D(4, 3, activation="relu"), Flatten(), Dense(2)],
    ...                     input_shape=(5, 6, 1))
    >>> {nombre: valores.shape for nombre, valores in to_pytorch(modelo).items()}
    {'0.weight': (4, 1, 3, 3), '0.bias': (4,), '3.weight': (2, 48), '3.bias': (2,)}
    """
    state = {}
    for key, layer, shape in _places(model, names):
        state[f"{key}.weight"] = _to_torch(layer, layer.kernel, shape)
        if layer.use_bias:
            state[f"{key}.bias"] = layer.bias.copy()
    return state


def from_pytorch(model, state, names=None):
    """Copia en el modelo los pesos de un ``state_dict`` de PyTorch.

    Parameters
    ----------
    model : Sequential
        Modelo ya construido, con las mismas capas; se modifica.
    state : dict of str to array_like
        ``red.state_dict()``; sirven sus tensores y también arrays de numpy.
    names : lista de str, opcional
        Los mismos que en `to_pytorch`.

    Raises
    ------
    RuntimeError, TypeError, ValueError
        Si no es un modelo o no está construido, o si falta o sobra un peso o no tiene la forma de
        su capa; entonces el modelo no cambia.

    Examples
    --------
    >>> from course_lib.layers import Dense, Sequential
    >>> modelo = Sequential([Dense(1)], input_shape=(2,))
    >>> from_pytorch(modelo, {"0.weight": [[3, 4]], "0.bias": [5]})
    >>> modelo.predict([[1, 1]]).tolist()
    [[12.0]]
    """
    wanted = to_pytorch(model, names)
    if not isinstance(state, Mapping):
        raise TypeError(
            f"state={reprlib.repr(state)} no es un diccionario de pesos. Usa red.state_dict()."
        )
    if set(state) != set(wanted):
        raise ValueError(
            f"state tiene {sorted(state)}; con este modelo se esperaba {sorted(wanted)}. Si las "
            "capas son las mismas con otros nombres, indícalos: names=['conv1', 'fc']."
        )
    values = {key: _fitting(state[key], like, key) for key, like in wanted.items()}
    for key, layer, shape in _places(model, names):
        layer.kernel = _from_torch(layer, values[f"{key}.weight"], shape)
        if layer.use_bias:
            layer.bias = values[f"{key}.bias"]


def to_keras(model):
    """Devuelve los pesos en el orden y la forma de Keras.

    Parameters
    ----------
    model : Sequential
        Modelo ya construido.

    Returns
    -------
    list of ndarray
        Para cargarlos: ``red.set_weights(to_keras(modelo))``.

    Raises
    ------
    RuntimeError, TypeError
        Si no es un modelo o no está construido.

    Examples
    --------
    >>> from course_lib.layers import Conv2D, Dense, Flatten, Sequential
    >>> modelo = Sequential([Conv2D(4, 3), Flatten(), Dense(2)], input_shape=(5, 6, 1))
    >>> [valores.shape for valores in to_keras(modelo)]
    [(3, 3, 1, 4), (4,), (48, 2), (2,)]
    """
    return [value.copy() for _, layer, _ in _places(model) for value in layer.params.values()]


def from_keras(model, weights):
    """Copia en el modelo los pesos de uno de Keras.

    Parameters
    ----------
    model : Sequential
        Modelo ya construido, con las mismas capas; se modifica.
    weights : list of array_like
        ``red.get_weights()``.

    Raises
    ------
    RuntimeError, TypeError, ValueError
        Si no es un modelo o no está construido, o si falta o sobra un peso o no tiene la forma de
        su capa; entonces el modelo no cambia.

    Examples
    --------
    >>> from course_lib.layers import Dense, Sequential
    >>> modelo = Sequential([Dense(1)], input_shape=(2,))
    >>> from_keras(modelo, [[[3], [4]], [5]])
    >>> modelo.predict([[1, 1]]).tolist()
    [[12.0]]
    """
    own = [
        (f"weights de {layer.label}: {name}", value)
        for _, layer, _ in _places(model)
        for name, value in layer.params.items()
    ]
    if not isinstance(weights, (list, tuple)):
        raise TypeError(
            f"weights={reprlib.repr(weights)} no es una lista de arrays. Usa red.get_weights()."
        )
    if len(weights) != len(own):
        raise ValueError(
            f"weights tiene {len(weights)} arrays y el modelo {len(own)}. Usa red.get_weights() de "
            "una red con las mismas capas."
        )
    values = [_fitting(value, like, name) for value, (name, like) in zip(weights, own, strict=True)]
    for value, (_, like) in zip(values, own, strict=True):
        like[...] = value


def _fitting(value, like, name):
    """El array, con la forma y la precisión del peso al que sustituye."""
    return cast(fitting_array(value, like.shape, name), like.dtype, name)


def _places(model, names=None):
    """Cada capa con parámetros, su nombre en PyTorch y la forma que se aplanó antes, o None."""
    if not hasattr(model, "layers") or not hasattr(model, "input_shape"):
        raise TypeError(
            f"model={reprlib.repr(model)} no es un modelo. Usa uno de Sequential([...]), también "
            "para una sola capa."
        )
    if model.input_shape is None:
        raise RuntimeError(
            "El modelo aún no tiene parámetros: dependen de la entrada. Créalo con input_shape=... "
            "o llama antes a build."
        )
    found, flattened, position = [], None, 0
    for layer in model.layers:
        if isinstance(layer, Flatten):
            flattened = layer.input_shape
        if layer.params:
            found.append((str(position), layer, flattened))
            flattened = None  # detrás de una densa ya no quedan píxeles que reordenar
        position += len(layer.steps())
    return found if names is None else _renamed(found, names)


def _renamed(found, names):
    if not isinstance(names, (list, tuple)) or len(names) != len(found):
        raise ValueError(
            f"names={names!r} no da un nombre a cada una de las {len(found)} capas con parámetros: "
            f"{', '.join(layer.name for _, layer, _ in found)}. Usa una lista con {len(found)} "
            "textos."
        )
    return [(name, *rest) for name, (_, *rest) in zip(names, found, strict=True)]


def _to_torch(layer, kernel, flattened):
    if not isinstance(layer, Dense):
        return kernel.transpose(3, 2, 0, 1).copy()
    if flattened is None or len(flattened) == 1:
        return kernel.T.copy()
    by_pixel = kernel.reshape(*flattened, -1)  # (alto, ancho, canales, salidas)
    return by_pixel.transpose(3, 2, 0, 1).reshape(kernel.shape[1], -1).copy()


def _from_torch(layer, weight, flattened):
    if not isinstance(layer, Dense):
        return weight.transpose(2, 3, 1, 0)
    if flattened is None or len(flattened) == 1:
        return weight.T
    height, width, channels = flattened
    by_pixel = np.reshape(weight, (-1, channels, height, width))
    return by_pixel.transpose(2, 3, 1, 0).reshape(-1, weight.shape[0])
