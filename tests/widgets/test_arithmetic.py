"""La aritmética del navegador es la de ``ops``: miles de casos al azar y todos los de ONNX."""

from types import SimpleNamespace

import numpy as np
import pytest
from conformance import nchw, test_onnx, test_random
from node_js import run

from course_lib import ops, plotting
from course_lib._plotting import drawing, numerals

IGUAL = 1e-6  # lo que promete el explorador; las diferencias reales son mucho menores
EN_EL_NAVEGADOR = ("relu", "leaky_relu", "elu", "selu", "sigmoid", "tanh", "softplus")
CAPAS = {"conv2d", "max_pool2d", "avg_pool2d"}

CALCULAR = """
    const { conv2d, pool2d, tensor, ACTIVACIONES } = m;
    return datos.map(({ que, x, kernel, opciones, parametro }) => {
      const f = ACTIVACIONES[que];
      if (f) return { datos: x.datos.map((v) => f(v, parametro ?? undefined)) };
      const imagen = tensor(x.forma, Float64Array.from(x.datos));
      const salida = que === "conv2d"
        ? conv2d(imagen, tensor(kernel.forma, Float64Array.from(kernel.datos)), opciones)
        : pool2d(imagen, que === "max_pool2d" ? "max" : "avg", kernel, opciones);
      return { forma: salida.forma, datos: Array.from(salida.datos) };
    });
"""


def plain(array):
    """Una imagen o un kernel como los entiende el navegador."""
    return {"forma": list(array.shape), "datos": np.asarray(array, float).ravel().tolist()}


def as_cases(name, arrays, options):
    """Los casos de una llamada a ops (uno por imagen del lote) y lo que ops contesta."""
    if name not in CAPAS:
        parametro = next(iter(options.values()), None)
        x = np.asarray(arrays[0], float)
        yield {"que": name, "x": plain(x), "parametro": parametro}, getattr(ops, name)(x, **options)
        return
    x, *rest = (np.asarray(a, float) for a in arrays)
    result = getattr(ops, name)(x, *rest, **options)
    images = x.reshape(-1, *x.shape[-3:]) if x.ndim > 2 else x[None, :, :, None]
    js, kernel = in_browser(name, rest, options)
    results = result.reshape(len(images), -1)
    for image, expected in zip(images, results, strict=True):
        yield {"que": name, "x": plain(image), "kernel": kernel, "opciones": js}, expected


def in_browser(name, rest, options):
    """Los argumentos de ops, con los nombres que tienen en el navegador."""
    js = {
        k: v for k, v in options.items() if k not in ("pool_size", "ceil_mode", "count_include_pad")
    }
    if name == "conv2d":
        kernel = rest[0] if rest[0].ndim == 4 else rest[0][:, :, None, None]
        if len(rest) > 1:
            js["bias"] = rest[1].tolist()
        return js, plain(kernel)
    js["haciaArriba"] = options.get("ceil_mode", False)
    js["contarPadding"] = options.get("count_include_pad", False)
    pool = options["pool_size"]
    return js, [pool, pool] if isinstance(pool, int) else list(pool)


def assert_same(calls):
    cases, expected = zip(*(par for call in calls for par in as_cases(*call)), strict=True)
    results = run(CALCULAR, cases)
    assert len(results) == len(cases)
    for case, result, answer in zip(cases, results, expected, strict=True):
        answer = np.asarray(answer).ravel()
        got = np.array(result["datos"], float)
        assert got.shape == answer.shape, case
        most = IGUAL * max(1, abs(answer).max(initial=0))
        assert abs(got - answer).max(initial=0) <= most, case
    return len(cases)


@pytest.mark.parametrize(
    ("name", "seeds"), [("conv2d", 2500), ("max_pool2d", 600), ("avg_pool2d", 600)]
)
def test_random_layers(name, seeds):
    layers = (test_random.random_layer(name, seed) for seed in range(seeds))
    assert assert_same((name, layer.arrays, layer.options) for layer in layers) >= seeds


def test_random_activations():
    rng = np.random.default_rng(5)
    values = np.concatenate([rng.normal(size=200) * 3, [0, -0.0, 700, -700, 1e-12, -1e-12]])
    calls = [(name, [values], {}) for name in EN_EL_NAVEGADOR]
    calls += [("leaky_relu", [values], {"negative_slope": 0.3}), ("elu", [values], {"alpha": 0.7})]
    assert assert_same(calls) == len(calls)


def test_onnx_layers(monkeypatch):
    """Se repiten los casos de ONNX y se apunta, cada vez que pasan por ops, con qué."""
    calls = []

    def recorder(name):
        def call(x, second, *bias, **options):
            if name == "conv2d":
                arrays = [x, second, *(b for b in bias if b is not None)]
            else:
                arrays, options = [x], {**options, "pool_size": tuple(second)}
            calls.append((name, arrays, options))
            return getattr(ops, name)(*arrays, **options)

        return call

    watched = SimpleNamespace(**{**vars(ops), **{name: recorder(name) for name in CAPAS}})
    monkeypatch.setattr(nchw, "ops", watched)
    for name in test_onnx.INSIDE:
        test_onnx.run(test_onnx.CASES[name])
    # Los de Conv, MaxPool y AveragePool de onnx 1.23.
    assert len(calls) >= 60
    assert assert_same(calls) >= len(calls)


def test_numbers_are_written_like_in_the_figures():
    rng = np.random.default_rng(1)
    values = np.concatenate(
        [rng.normal(size=300) * 10.0 ** rng.integers(-6, 7, 300), [0, 1, -2, 0.5]]
    )
    scales = np.maximum(abs(values), 10.0 ** rng.integers(-3, 3, len(values)))
    pairs = [[float(v), float(s)] for v, s in zip(values, scales, strict=True)]
    written = run("return datos.map(([v, s]) => m.numero(v, s));", pairs)
    assert written == [numerals.number(v, s) for v, s in pairs]


def test_colors_are_those_of_the_figures():
    values = np.linspace(-2, 2, 101)
    painted = np.array(run("return datos.map((v) => m.conSigno(v, 2));", values.tolist()))
    ax = plotting.show_map([[-2.0, 2.0]])
    expected = 255 * ax.images[0].cmap((values + 2) / 4)[:, :3]
    assert abs(painted - expected).max() < 5  # de 256: no se distinguen a la vista


def test_ink_contrasts_with_every_color():
    colors = run(
        "return datos.map((v) => [m.conSigno(v, 1), m.tinta(m.conSigno(v, 1))]);",
        list(np.linspace(-1, 1, 41)),
    )
    for color, ink in colors:
        text = (0, 0, 0) if ink == "#000" else (1, 1, 1)
        assert drawing.contrast(np.array(color) / 255, text) >= 4.5
