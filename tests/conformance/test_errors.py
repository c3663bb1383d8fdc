"""Entradas que PyTorch y ONNX rechazan: aquí también, con un mensaje en español que dice la cura.

Se parte de un caso al azar que vale y se estropea una sola cosa. Con PyTorch se comprueba además
que él lo rechaza: lo que se prueba no es una manía de aquí.
"""

import re

import numpy as np
import ops_cases as cases
import pytest
from conformance.oracles import HAS_TORCH
from conformance.test_random import HOME, oracle, random_layer

SEEDS = range(30)
SPANISH = re.compile(r"\b(el|la|los|las|un|una|de|del|en|se|con|por|su|y|o|es|no)\b", re.IGNORECASE)


def with_option(**changes):
    """Cambia argumentos de la llamada; en los del oráculo, por su nombre de allí."""
    names = {"pool_size": "pool", "kernel_size": "kernel", "padding": "pads"}

    def change(layer):
        layer.options.update(changes)
        layer.plain.update({names.get(name, name): value for name, value in changes.items()})

    return change


def with_array(position, edit):
    """Cambia la imagen (0) o el kernel (1)."""

    def change(layer):
        layer.arrays[position] = edit(np.asarray(layer.arrays[position]))

    return change


def huge_dilation(layer):
    """Un kernel de varios elementos, tan separados que no cabe."""
    if layer.name == "conv2d":
        layer.arrays[1] = np.concatenate([layer.arrays[1]] * 2)
    for name in ("pool_size", "kernel_size"):
        if name in layer.options:
            with_option(**{name: (2, 2)})(layer)
    layer.options.update(dilation=99, padding="valid")
    layer.plain.update(dilation=(99, 99), pads=((0, 0), (0, 0)))


def groups_that_do_not_divide(layer):
    groups = 1 + layer.arrays[1].shape[-1] * layer.options["groups"]
    layer.options["groups"] = layer.plain["groups"] = groups


def too_much_output_padding(layer):
    limit = max(*cases.both(layer.options["stride"]), *cases.both(layer.options["dilation"]))
    layer.options.update(padding="valid", output_padding=limit)
    layer.plain.update(pads=((0, 0), (0, 0)), output_padding=(limit, limit))


def everything_cropped(layer):
    crop = 4 + 2 * sum(layer.arrays[0].shape) + 8 * sum(layer.arrays[1].shape)
    layer.options.update(padding=crop)
    layer.options.pop("output_padding", None)
    layer.plain.update(pads=((crop, crop), (crop, crop)), output_padding=(0, 0))


def empty_image(layer):
    layer.arrays[0] = np.take(layer.arrays[0], [], axis=-2)
    layer.options.update(padding="valid")  # con padding, PyTorch resume solo el padding
    layer.plain.update(pads=((0, 0), (0, 0)))


def huge_pool(layer):
    layer.options.update(pool_size=60, padding="valid", ceil_mode=False)
    layer.plain.update(pool=(60, 60), pads=((0, 0), (0, 0)), ceil_mode=False)


def one_more_channel(layer):
    x = layer.arrays[0]
    x = x if x.ndim > 2 else x[..., None]
    if layer.arrays[1].ndim == 2:
        layer.arrays[1] = layer.arrays[1][:, :, None, None]
        layer.arrays[2:] = [np.atleast_1d(b) for b in layer.arrays[2:]]
    layer.arrays[0] = np.concatenate([x, x[..., :1]], axis=-1)


def longer_bias(layer):
    _, kernel, *_ = layer.batches
    leaving = kernel.shape[3] if layer.name == "conv2d" else kernel.shape[2] * layer.plain["groups"]
    layer.arrays[2:] = [np.zeros(leaving + 1)]


GEOMETRY = {
    "stride cero": with_option(stride=(0, 1)),
    "stride negativo": with_option(stride=(-1, -1)),
    "stride de tres": with_option(stride=(1, 2, 3)),
    "stride de texto": with_option(stride="2"),
    "stride decimal": with_option(stride=(1.5, 1.5)),
    "dilatación cero": with_option(dilation=(0, 0)),
    "dilatación negativa": with_option(dilation=(-2, 1)),
    "no cabe": huge_dilation,
}
IMAGES = {
    "imagen vacía": empty_image,
    "imagen de un eje": with_array(0, lambda x: x.reshape(-1)),
    "imagen de cinco ejes": with_array(0, lambda x: x.reshape(*(1,) * (5 - x.ndim), *x.shape)),
    "imagen compleja": with_array(0, lambda x: x * 1j),
    "imagen de texto": with_array(0, lambda x: x.astype(str)),
}
KERNELS = {
    "sobra un canal": one_more_channel,
    "grupos que no dividen": groups_that_do_not_divide,
    "grupos cero": with_option(groups=0),
    "grupos negativos": with_option(groups=-1),
    "bias largo": longer_bias,
    "kernel de tres ejes": with_array(1, lambda k: k.reshape(-1, 1, 1)),
    "kernel vacío": with_array(1, lambda k: k[:0]),
}
PADDING = {"padding negativo": lambda layer: padded_by(layer, -1)}
TRANSPOSED = {
    "output_padding de más": too_much_output_padding,
    "output_padding negativo": lambda layer: padded_by(layer, 0, output_padding=(-1, 0)),
    "recorta todo": everything_cropped,
}
POOLS = {
    "ventana cero": with_option(pool_size=(0, 2)),
    "ventana negativa": with_option(pool_size=(-2, 2)),
    "ventana enorme": huge_pool,
}
WINDOWS = {
    "ventana cero": with_option(kernel_size=(0, 2)),
    "ventana negativa": with_option(kernel_size=(-2, 2)),
}
BREAKS = {
    "conv2d": {**GEOMETRY, **IMAGES, **KERNELS, **PADDING},
    "conv2d_transpose": {
        **{name: change for name, change in GEOMETRY.items() if name != "no cabe"},
        **{**IMAGES, **KERNELS, **PADDING, **TRANSPOSED},
    },
    "max_pool2d": {**GEOMETRY, **IMAGES, **PADDING, **POOLS},
    "avg_pool2d": {**GEOMETRY, **IMAGES, **PADDING, **POOLS},
    "im2col": {**GEOMETRY, **IMAGES, **PADDING, **WINDOWS},
}


# El oráculo solo recibe lotes de números, así que esto no se le puede preguntar.
NOT_FOR_PYTORCH = [title for title in IMAGES if title != "imagen vacía"]


def padded_by(layer, number, **others):
    """El mismo padding por los cuatro lados y sin dilatación: así PyTorch usa el suyo."""
    with_option(dilation=(1, 1))(layer)
    layer.options.update(padding=number, **others)
    layer.plain.update(pads=((number, number), (number, number)), **others)


def all_breaks():
    for name, changes in BREAKS.items():
        for title in changes:
            yield pytest.param(name, title, id=f"{name}: {title}")


def rejected_in_spanish(call):
    """El error sale de course_lib, no de numpy, y propone qué hacer."""
    with pytest.raises((TypeError, ValueError)) as caught:
        call()
    assert HOME in caught.traceback[-1].path.parents, f"lo lanza {caught.traceback[-1].path}"
    assert len(SPANISH.findall(str(caught.value))) > 1, str(caught.value)


@pytest.mark.parametrize(("name", "title"), [*all_breaks()])
def test_invalid_calls_are_rejected(name, title):
    for seed in SEEDS:
        layer = random_layer(name, seed)
        BREAKS[name][title](layer)
        try:
            rejected_in_spanish(layer.forward)
            if HAS_TORCH and seed < 3 and title not in NOT_FOR_PYTORCH:
                rejected_by_pytorch(layer)
        except BaseException as error:
            error.add_note(f"semilla {seed}: {layer}")
            raise


def rejected_by_pytorch(layer):
    if "ceil_mode" in layer.plain:  # donde PyTorch no llega, el oráculo lo compone sin redondear
        layer.plain["ceil_mode"] = False
    with pytest.raises((RuntimeError, TypeError, ValueError, IndexError)):
        oracle("pytorch").forward(layer.name, layer.batches, layer.plain)


@pytest.mark.parametrize("name", [*BREAKS, "global_avg_pool"])
def test_a_gradient_of_another_shape_is_rejected(name):
    for seed in SEEDS:
        layer = random_layer(name, seed)
        y = np.asarray(layer.forward())
        for dy in (np.ones((*y.shape, 2)), np.ones((*y.shape[:-1], 1 + (y.shape or (0,))[-1]))):
            rejected_in_spanish(lambda layer=layer, dy=dy: layer.backward(dy))
