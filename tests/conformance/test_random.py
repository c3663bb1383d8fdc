"""Miles de casos al azar, hacia delante y hacia atrás, frente a PyTorch o a la definición.

Cada prueba recorre un bloque de semillas; si una falla, el mensaje dice cuál y con qué argumentos:
``random_layer("conv2d", semilla)`` devuelve ese caso. Con PyTorch, sus respuestas comprueban todos
los casos, y las de onnxruntime y la definición, uno de cada diez; sin PyTorch, estas los comprueban
todos: nunca se salta nada.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import ops_cases as cases
import pytest
from conformance.oracles import ACTIVATIONS, ORACLES

import course_lib
from course_lib import ops

BLOCK = 50
# Casos de cada función: (hacia delante, hacia atrás).
AMOUNTS = {
    "conv2d": (900, 500),
    "conv2d_large": (120, 40),
    "conv2d_transpose": (400, 250),
    "max_pool2d": (400, 250),
    "avg_pool2d": (400, 250),
    "global_avg_pool": (50, 50),
    "im2col": (150, 100),
    "activation": (200, 200),
}
HOME = Path(course_lib.__file__).parent
TOLERANCE = {np.dtype(np.float32): 2e-5, np.dtype(np.float64): 1e-11}


@dataclass
class Layer:
    """Una llamada a ``ops.<name>``: con sus argumentos y como la entienden los oráculos."""

    name: str
    arrays: list
    options: dict  # los de ops
    plain: dict = field(default_factory=dict)  # los del oráculo: parejas y padding en números

    def forward(self):
        if self.name == "activation":
            return getattr(ops, self.options["name"])(*self.arrays, **self._rest)
        return getattr(ops, self.name)(*self.arrays, **self.options)

    def backward(self, dy):
        """Los gradientes de todos los arrays; la función de ops no recibe el bias, pero lo da."""
        if self.name == "activation":
            return [ops.activation_backward(dy, *self.arrays, self.options["name"], **self._rest)]
        if self.name == "im2col":
            return [ops.col2im(dy, self.arrays[0].shape, **self.options)]
        result = getattr(ops, f"{self.name}_backward")(dy, *self.arrays[:2], **self.options)
        return list(result) if isinstance(result, tuple) else [result]

    @property
    def batches(self):
        """Los arrays como los ven los oráculos: lotes y kernels de cuatro ejes."""
        if self.name == "activation":
            return self.arrays
        x, *weights = self.arrays
        kernels = [k[:, :, None, None] if k.ndim == 2 else k for k in weights[:1]]
        return [cases.as_4d(x), *kernels, *(np.atleast_1d(b) for b in weights[1:])]

    @property
    def _rest(self):
        return {key: value for key, value in self.options.items() if key != "name"}

    def __str__(self):
        shapes = [f"{a.dtype}{list(a.shape)}" for a in map(np.asarray, self.arrays)]
        return f"{self.name}({', '.join(shapes)}, {self.options})"


# --- casos al azar ---


def values(rng, shape, dtype):
    """Números corrientes; a veces enteros pequeños, que en un máximo empatan."""
    if np.dtype(dtype).kind != "f" or rng.random() < 0.3:
        return cases.image(rng, shape, dtype)
    return rng.normal(size=shape).astype(dtype)


def dtype_of(rng):
    return rng.choice([np.float32, np.float64, np.uint8], p=[0.5, 0.4, 0.1])


def shaped(rng, height, width, channels):
    """La forma de una imagen de dos, tres o cuatro ejes; la de dos solo tiene un canal."""
    ndim = rng.integers(2 if channels == 1 else 3, 5)
    return {2: (height, width), 3: (height, width, channels)}.get(
        int(ndim), (int(rng.integers(1, 4)), height, width, channels)
    )


def filters(rng):
    """Tamaño del kernel, canales que entran y salen de cada grupo y grupos."""
    style = rng.choice(["pequeño", "grande", "1×1", "depthwise", "canales"], p=[0.5, *[0.125] * 4])
    size = rng.integers(1, 6, 2).tolist()
    per_group, per_filter, groups = rng.integers(1, 4, 3).tolist()
    if style == "grande":  # donde una FFT gana
        return rng.integers(9, 18, 2).tolist(), 1, 1, int(rng.integers(1, 3))
    if style == "1×1":
        size = [1, 1]
    if style == "depthwise":
        per_group, groups = 1, int(rng.integers(2, 9))
    if style == "canales":
        per_group, per_filter, groups = *rng.integers(4, 17, 2).tolist(), 1
    return size, per_group, per_filter, groups


def weights(rng, shape, dtype):
    """Un kernel; a veces el producto de una columna y una fila, que se puede hacer en dos pasos."""
    if rng.random() < 0.2:
        kh, kw, *rest = shape
        return values(rng, (kh, 1, *rest), dtype) * values(rng, (1, kw, *rest), dtype)
    return values(rng, shape, dtype)


def random_conv2d(rng):
    size, per_group, per_filter, groups = filters(rng)
    entering, leaving = per_group * groups, per_filter * groups
    stride, dilation = cases.one_or_two(rng, 3), cases.one_or_two(rng, 3 if max(size) < 6 else 2)
    spans = [cases.span(k, d) for k, d in zip(size, cases.both(dilation), strict=True)]
    room = 40 if rng.random() < 0.1 else 8
    height, width = (int(s + rng.integers(0, room)) for s in spans)
    dtype = dtype_of(rng)
    x = values(rng, shaped(rng, height, width, entering), dtype)
    flat = x.ndim == 2 and leaving == 1 and rng.random() < 0.7
    dtype = np.float64 if dtype == np.uint8 else dtype
    arrays = [x, weights(rng, tuple(size) if flat else (*size, per_group, leaving), dtype)]
    if rng.random() < 0.5:
        arrays.append(values(rng, () if flat else (leaving,), dtype))
    options = {"stride": stride, "dilation": dilation, "padding": cases.padding(rng)}
    plain = numbers(options, (height, width), size)
    options["groups"] = plain["groups"] = groups
    return Layer("conv2d", arrays, options, plain)


def random_conv2d_large(rng):
    """Tamaños que no caben en una sola banda ni en un solo trozo de la transformada."""
    style = rng.choice(["gris", "color", "canales", "depthwise", "lote"])
    shortest, longest, largest, channels, maps, images = {
        "gris": (120, 260, 21, 1, 1, 2),
        "color": (40, 100, 7, 4, 8, 2),
        "canales": (12, 40, 3, 32, 32, 3),
        "depthwise": (30, 80, 5, 1, 1, 2),
        "lote": (5, 12, 3, 16, 16, 48),
    }[style]
    height, width = rng.integers(shortest, longest, 2).tolist()
    kh, kw = rng.integers(1 if style != "gris" else 5, largest + 1, 2).tolist()
    channels, maps = int(rng.integers(1, channels + 1)), int(rng.integers(1, maps + 1))
    groups = int(rng.integers(2, 25)) if style == "depthwise" else 1
    shape = (int(rng.integers(1, images + 1)), height, width, channels * groups)
    dtype = dtype_of(rng)
    x = values(rng, shape, dtype)
    dtype = np.float64 if dtype == np.uint8 else dtype
    kernel = weights(rng, (kh, kw, channels, maps * groups), dtype)
    if style == "gris" and rng.random() < 0.4:
        kernel = kernel[:, :1] * kernel[:1]
    options = {"stride": 1, "dilation": 1, "padding": cases.padding(rng)}
    if style != "gris":
        options.update(stride=cases.one_or_two(rng, 2), dilation=cases.one_or_two(rng, 2))
    plain = numbers(options, (height, width), (kh, kw))
    options["groups"] = plain["groups"] = groups
    return Layer("conv2d", [x, kernel], options, plain)


def random_conv2d_transpose(rng):
    size, per_filter, per_group, groups = filters(rng)
    entering, leaving = per_group * groups, per_filter * groups
    stride, dilation = cases.one_or_two(rng, 3), cases.one_or_two(rng, 3 if max(size) < 6 else 2)
    height, width = rng.integers(1, 9, 2).tolist()
    steps, gaps = cases.both(stride), cases.both(dilation)
    spans = [cases.span(k, d) for k, d in zip(size, gaps, strict=True)]
    full = [(n - 1) * s + e for n, s, e in zip((height, width), steps, spans, strict=True)]
    dtype = dtype_of(rng)
    x = values(rng, shaped(rng, height, width, entering), dtype)
    flat = x.ndim == 2 and leaving == 1 and rng.random() < 0.7
    dtype = np.float64 if dtype == np.uint8 else dtype
    arrays = [x, weights(rng, tuple(size) if flat else (*size, per_filter, entering), dtype)]
    if rng.random() < 0.5:
        arrays.append(values(rng, () if flat else (leaving,), dtype))
    options = {"stride": stride, "dilation": dilation, "padding": cases.padding(rng, 2)}
    plain = numbers(options, [height * steps[0], width * steps[1]], size)
    if options["padding"] == "same":
        plain["output_padding"] = [max(s - e, 0) for s, e in zip(steps, spans, strict=True)]
    else:
        extra = tuple(int(rng.integers(0, max(s, d))) for s, d in zip(steps, gaps, strict=True))
        options["output_padding"] = plain["output_padding"] = extra
        if any(n <= sum(p) for n, p in zip(full, plain["pads"], strict=True)):  # no quedaría nada
            options["padding"], plain["pads"] = "valid", ((0, 0), (0, 0))
    options["groups"] = plain["groups"] = groups
    return Layer("conv2d_transpose", arrays, options, plain)


def random_pool(rng, name):
    pool = cases.one_or_two(rng, 4)
    stride = None if rng.random() < 0.3 else cases.one_or_two(rng, 3)
    options = {"stride": stride, "dilation": cases.one_or_two(rng, 3), "ceil_mode": False}
    options["padding"] = cases.padding(rng, min(cases.both(pool)) - 1)
    if rng.random() < 0.4:  # PyTorch solo redondea hacia arriba con el mismo padding a cada lado
        half = [k // 2 for k in cases.both(pool)]
        options["padding"] = tuple(int(rng.integers(0, h + 1)) for h in half)
        options["ceil_mode"] = True
        if name == "avg_pool2d":
            options["dilation"] = 1
    spans = [
        cases.span(k, d)
        for k, d in zip(cases.both(pool), cases.both(options["dilation"]), strict=True)
    ]
    height, width = (int(s + rng.integers(0, 7)) for s in spans)
    x = values(rng, shaped(rng, height, width, int(rng.integers(1, 5))), dtype_of(rng))
    plain = numbers({**options, "stride": stride or pool}, (height, width), cases.both(pool))
    plain.update(pool=cases.both(pool), ceil_mode=options["ceil_mode"])
    if name == "avg_pool2d":
        options["count_include_pad"] = plain["count_include_pad"] = bool(rng.random() < 0.5)
    options["pool_size"] = pool
    return Layer(name, [x - 4 if x.dtype.kind == "f" else x], options, plain)


def random_max_pool2d(rng):
    return random_pool(rng, "max_pool2d")


def random_avg_pool2d(rng):
    return random_pool(rng, "avg_pool2d")


def random_global_avg_pool(rng):
    height, width, channels = rng.integers(1, 9, 3).tolist()
    x = values(rng, shaped(rng, height, width, channels), dtype_of(rng))
    return Layer("global_avg_pool", [x], {})


def random_im2col(rng):
    size, dilation = rng.integers(1, 5, 2).tolist(), cases.one_or_two(rng, 3)
    spans = [cases.span(k, d) for k, d in zip(size, cases.both(dilation), strict=True)]
    height, width = (int(s + rng.integers(0, 7)) for s in spans)
    x = values(rng, shaped(rng, height, width, int(rng.integers(1, 5))), dtype_of(rng))
    options = {"stride": cases.one_or_two(rng, 3), "dilation": dilation}
    options["padding"] = cases.padding(rng)
    plain = {**numbers(options, (height, width), size), "kernel": tuple(size)}
    return Layer("im2col", [x], {**options, "kernel_size": tuple(size)}, plain)


def random_activation(rng):
    name = str(rng.choice(ACTIVATIONS))
    x = rng.uniform(-3, 3, rng.integers(1, 5, rng.integers(1, 4)))
    x = np.where(abs(x) < 0.01, 0.5, x).astype(rng.choice([np.float32, np.float64]))
    options = {"name": name}
    if name.endswith("softmax"):
        options["axis"] = int(rng.integers(-x.ndim, x.ndim))
    if name in ("leaky_relu", "elu") and rng.random() < 0.7:
        key = "negative_slope" if name == "leaky_relu" else "alpha"
        options[key] = float(rng.uniform(0, 2))
    return Layer("activation", [x], options, options)


def numbers(options, size, kernel):
    """stride, dilation y padding, dichos siempre con parejas de números."""
    stride, dilation = cases.both(options["stride"]), cases.both(options["dilation"])
    pads = cases.ends(options["padding"], size, kernel, stride, dilation)
    return {"stride": stride, "dilation": dilation, "pads": pads}


def random_layer(name, seed):
    """El caso de una semilla, siempre válido: si alguna ventana no vería nada, se sortea otro."""
    rng = np.random.default_rng([seed, *name.encode()])
    while True:
        layer = globals()[f"random_{name}"](rng)
        if not name.endswith("_pool2d") or every_window_sees_something(layer):
            layer.arrays[0] = cases.awkward(rng, layer.arrays[0])
            return layer


def every_window_sees_something(layer):
    (_, *size, _), plain = layer.batches[0].shape, layer.plain
    axes = zip(size, plain["pool"], plain["stride"], plain["pads"], plain["dilation"], strict=True)
    windows = [cases.axis_windows(*axis, plain["ceil_mode"]) for axis in axes]
    return all(
        any(0 <= t < n for t in taps)
        for n, axis in zip(size, windows, strict=True)
        for taps in axis
    )


# --- pruebas ---


@cache
def oracle(name):
    return ORACLES[name]()


def blocks(direction):
    """(oráculo, función, semillas): el primer oráculo, todas; el otro, una de cada diez."""
    for number, knower in enumerate(ORACLES):
        for name, amounts in AMOUNTS.items():
            for start in range(0, amounts[direction], BLOCK * (10 if number else 1)):
                stop = min(start + BLOCK * (10 if number else 1), amounts[direction])
                seeds = range(start, stop, 10 if number else 1)
                yield pytest.param(knower, name, seeds, id=f"{knower}-{name}-{start}")


def assert_close(result, expected, dtype):
    """Iguales salvo el redondeo, que se mide respecto al mayor valor: una FFT lo reparte."""
    result, expected = np.asarray(result), np.asarray(expected, np.float64)
    assert result.size == expected.size and result.dtype == dtype
    most = TOLERANCE[np.dtype(dtype)] * max(1, abs(expected).max())
    assert abs(result.reshape(expected.shape) - expected).max() <= most


def working_dtype(layer):
    dtype = layer.arrays[0].dtype
    return dtype if dtype.kind == "f" else np.dtype(np.float64)


def loose(knower, dtype):
    """onnxruntime calcula en float32, también lo que aquí es float64."""
    return np.dtype(np.float32) if knower != "pytorch" else dtype


def expected_shape(layer, batch):
    """La forma que promete ops, a partir de la del lote."""
    x = layer.arrays[0]
    if layer.name == "activation":
        return x.shape
    if layer.name in ("global_avg_pool", "im2col"):
        shape = batch.shape if x.ndim == 4 else batch.shape[1:]
        return () if layer.name == "global_avg_pool" and x.ndim == 2 else shape
    flat = x.ndim == 2 and (len(layer.arrays) == 1 or layer.arrays[1].ndim == 2)
    return batch.shape[1:3] if flat else batch.shape if x.ndim == 4 else batch.shape[1:]


@pytest.mark.parametrize(("knower", "name", "seeds"), [*blocks(0)])
def test_forward(knower, name, seeds):
    for seed in seeds:
        layer = random_layer(name, seed)
        try:
            check_forward(layer, knower)
        except Exception as error:
            error.add_note(f"semilla {seed}: {layer}")
            raise


def check_forward(layer, knower):
    before = [np.array(a) for a in layer.arrays]
    expected = oracle(knower).forward(layer.name, layer.batches, layer.plain)
    result = np.asarray(layer.forward())
    dtype = layer.arrays[0].dtype if layer.name == "max_pool2d" else working_dtype(layer)
    assert result.dtype == dtype and result.shape == expected_shape(layer, expected)
    precision = loose(knower, working_dtype(layer))
    assert_close(result.astype(precision), expected, precision)
    for array, original in zip(layer.arrays, before, strict=True):
        np.testing.assert_array_equal(array, original)


@pytest.mark.parametrize(("knower", "name", "seeds"), [*blocks(1)])
def test_backward(knower, name, seeds):
    for seed in seeds:
        layer = random_layer(name, seed)
        try:
            check_backward(layer, knower, np.random.default_rng(seed))
        except Exception as error:
            error.add_note(f"semilla {seed}: {layer}")
            raise


def check_backward(layer, knower, rng):
    y = np.asarray(layer.forward())
    dy = cases.awkward(rng, values(rng, y.shape or (1,), working_dtype(layer))).reshape(y.shape)
    batch = oracle(knower).forward(layer.name, layer.batches, layer.plain)
    expected = oracle(knower).backward(
        layer.name, dy.reshape(batch.shape), layer.batches, layer.plain
    )
    gradients = layer.backward(dy)
    # A ops siempre se le piden dx, dkernel y dbias; el oráculo deriva los arrays que recibe.
    for gradient, wanted, array in zip(gradients, expected, layer.arrays, strict=False):
        assert np.shape(gradient) == np.shape(array)
        precise = knower == "pytorch" or layer.name != "activation"
        dtype = working_dtype(layer)
        assert np.asarray(gradient).dtype == dtype
        dtype = dtype if precise else np.dtype(np.float32)
        assert_close(np.asarray(gradient).astype(dtype), wanted, dtype)


def test_there_are_thousands(capsys):
    forward, backward = (sum(amounts[i] for amounts in AMOUNTS.values()) for i in (0, 1))
    with capsys.disabled():
        print(f"\nal azar: {forward} casos hacia delante y {backward} hacia atrás,", end=" ")
        print(f"comprobados con {' y '.join(ORACLES)}.")
    assert forward >= 2000 and backward >= 1000
