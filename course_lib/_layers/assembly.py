"""Montar un modelo: comprobar sus capas, nombrarlas y juntar sus parámetros en un vector."""

from collections import Counter

import numpy as np

from course_lib._layers.base import Layer


def as_layers(layers):
    if isinstance(layers, Layer) or not isinstance(layers, (list, tuple)) or not layers:
        raise TypeError(
            f"layers={layers!r} no es una lista de capas. Usa, por ejemplo, "
            "Sequential([Flatten(), Dense(10)])."
        )
    for index, layer in enumerate(layers):
        _check(layer, f"layers[{index}]")
    steps = [id(step) for layer in layers for step in layer.steps()]
    if len(set(steps)) < len(steps):
        raise ValueError(
            "La misma capa, o la misma activación, está dos veces en la lista y compartiría sus "
            "pesos. Crea una nueva para cada lugar."
        )
    return list(layers)


def _check(layer, where):
    if not isinstance(layer, Layer) or _is_model(layer):
        cure = f"Usa paréntesis: {layer.__name__}(...)." if isinstance(layer, type) else ""
        raise TypeError(
            f"{where}={layer!r} no es una capa. {cure or 'Usa, por ejemplo, Dense(10).'}"
        )
    if layer._place:
        raise ValueError(
            f"{where} ya está en otro modelo, que perdería sus pesos. Crea una capa nueva; para "
            "ver lo que sale de cada capa, usa modelo.outputs(x)."
        )


def _is_model(layer):
    """Un modelo dentro de otro no juntaría bien sus parámetros."""
    return hasattr(layer, "layers")


def label(layers):
    """Dice a cada capa su lugar, y da nombre a las que no lo tienen; no se repiten."""
    counted = Counter()
    for index, layer in enumerate(layers):
        kind = type(layer).__name__.lower()
        counted[kind] += 1
        layer._place = f"Capa {index}, "
        if not layer._named:
            layer.name = f"{kind}_{counted[kind]}"
    name, times = Counter(layer.name for layer in layers).most_common(1)[0]
    if times > 1:
        raise ValueError(f"Hay {times} capas con name={name!r}. Usa un nombre para cada una.")


def pack(layers, dtype):
    """Junta los parámetros, y sus gradientes, en dos vectores, y deja en las capas vistas de ellos.

    Así un paso del optimizador son unas pocas cuentas con vectores, haya las capas que haya.
    """
    owners = [(layer, name) for layer in layers for name in layer.params]
    values = [layer.params[name] for layer, name in owners]
    weights = np.concatenate([np.zeros(0, dtype), *(value.ravel() for value in values)])
    gradients, end = np.zeros_like(weights), 0
    for (layer, name), value in zip(owners, values, strict=True):
        start, end = end, end + value.size
        layer.params[name] = weights[start:end].reshape(value.shape)
        layer.grads[name] = gradients[start:end].reshape(value.shape)
    return weights, gradients


def as_dtype(dtype):
    try:
        dtype = np.dtype(dtype)
    except TypeError:
        dtype = np.dtype(object)
    if dtype not in (np.float32, np.float64):
        raise ValueError(f"dtype={dtype} no vale. Usa np.float32, o np.float64 para más dígitos.")
    return dtype
