"""El pooling, frente a su definición con bucles y a onnxruntime."""

import numpy as np
import onnx_oracle as onnx
import ops_cases as cases
import pytest

from course_lib import ops


def random_case(seed, limit):
    rng = np.random.default_rng(seed)
    ndim = int(rng.integers(2, 5))
    pool = cases.one_or_two(rng, 4)
    dilation = cases.one_or_two(rng, 2) if rng.random() < 0.5 else 1
    spans = [cases.span(k, d) for k, d in zip(cases.both(pool), cases.both(dilation), strict=True)]
    height, width = (int(s + rng.integers(0, 7)) for s in spans)
    shape = {2: (height, width), 3: (height, width, 2), 4: (2, height, width, 3)}[ndim]
    dtype = cases.DTYPES[seed % len(cases.DTYPES)]
    x = cases.image(rng, shape, dtype)
    x = cases.awkward(rng, x - 50 if x.dtype.kind in "if" else x)  # todo negativo: el cero ganaría
    options = {
        "stride": None if rng.random() < 0.3 else cases.one_or_two(rng, 3),
        "dilation": dilation,
        "padding": cases.padding(rng, min(cases.both(pool)) - 1 if limit else 3),
        "ceil_mode": bool(rng.random() < 0.5),
    }
    return x, pool, options


def by_definition(x, pool, options, summary):
    """Aplica ``summary`` a los píxeles de cada ventana; None si alguna no tiene ninguno."""
    batch, kernel = cases.as_4d(x), cases.both(pool)
    stride, dilation = cases.both(options["stride"] or pool), cases.both(options["dilation"])
    size = batch.shape[1:3]
    pads = cases.ends(options["padding"], size, kernel, stride, dilation)
    axes = zip(size, kernel, stride, pads, dilation, strict=True)
    rows, columns = (cases.axis_windows(*axis, options["ceil_mode"]) for axis in axes)
    result = np.empty((len(batch), len(rows), len(columns), batch.shape[3]))
    for i, j in np.ndindex(len(rows), len(columns)):
        inside = np.ix_(
            range(len(batch)),
            [r for r in rows[i] if 0 <= r < size[0]],
            [c for c in columns[j] if 0 <= c < size[1]],
        )
        window = batch[inside]
        if window.size == 0:
            return None
        padded = np.prod([
            sum(-before <= tap < n + after for tap in taps)
            for taps, n, (before, after) in zip((rows[i], columns[j]), size, pads, strict=True)
        ])  # fmt: skip
        result[:, i, j] = summary(window, padded)
    return result


SUMMARIES = {
    "max": lambda window, padded: window.max(axis=(1, 2)),
    "avg": lambda window, padded: window.mean(axis=(1, 2), dtype=float),
    "avg con padding": lambda window, padded: window.sum(axis=(1, 2), dtype=float) / padded,
}


def pooled(kind, x, pool, options):
    if kind == "max":
        return ops.max_pool2d(x, pool, **options)
    return ops.avg_pool2d(x, pool, **options, count_include_pad=kind != "avg")


@pytest.mark.parametrize("kind", SUMMARIES)
@pytest.mark.parametrize("seed", range(200))
def test_pooling_agrees_with_its_definition(seed, kind):
    x, pool, options = random_case(seed, limit=False)
    before = x.copy()
    expected = by_definition(x, pool, options, SUMMARIES[kind])
    if expected is None:
        with pytest.raises(ValueError, match="padding=.*sin ningún píxel que resumir.*Usa menos"):
            pooled(kind, x, pool, options)
        return

    result = pooled(kind, x, pool, options)

    assert cases.as_4d(result).shape == expected.shape
    np.testing.assert_allclose(cases.as_4d(result), expected, rtol=1e-6)
    kept = kind == "max" or x.dtype == np.float32
    assert result.dtype == (x.dtype if kept else np.float64)
    np.testing.assert_array_equal(x, before)


@pytest.mark.parametrize("kind", SUMMARIES)
@pytest.mark.parametrize("seed", range(2000, 2100))
def test_pooling_agrees_with_onnx(seed, kind):
    x, pool, options = random_case(seed, limit=True)
    if options["padding"] == "same":
        options["padding"] = 0  # SAME no dice lo mismo con ceil_mode en ONNX; arriba se comprueba
    x = cases.as_4d(x).astype(np.float32)
    # ONNX no define una ventana sin píxeles: los casos con límite no la tienen.
    assert by_definition(x, pool, options, SUMMARIES["max"]) is not None
    attributes = {
        "kernel_shape": cases.both(pool),
        "strides": cases.both(options["stride"] or pool),
        "dilations": cases.both(options["dilation"]),
        "pads": onnx.onnx_pads(cases.ends(options["padding"], None, None, None, None)),
        "ceil_mode": int(options["ceil_mode"]),
    }
    if kind != "max":
        attributes["count_include_pad"] = int(kind != "avg")
    operator = "MaxPool" if kind == "max" else "AveragePool"
    expected = onnx.channels_last(onnx.run(operator, onnx.channels_first(x), **attributes))
    np.testing.assert_allclose(pooled(kind, x, pool, options), expected, rtol=1e-6)


def test_max_pool2d_keeps_integers_that_a_float_cannot_hold():
    big = 2**62 + 1
    result = ops.max_pool2d(np.array([[big - 1, big]]), (1, 2))
    assert result.dtype == np.int64 and result[0, 0] == big


def test_max_pool2d_padding_never_wins():
    for dtype in (np.int8, np.float32, np.float64):
        x = np.full((3, 3), np.finfo(dtype).min if dtype != np.int8 else -128, dtype)
        np.testing.assert_array_equal(ops.max_pool2d(x, 3, stride=1, padding="same"), x)


def test_max_pool2d_accepts_minus_infinity():
    assert ops.max_pool2d([[-np.inf, -np.inf]], (1, 2)).tolist() == [[-np.inf]]


def test_global_avg_pool_gives_one_mean_a_channel():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(2, 5, 4, 3))
    np.testing.assert_allclose(ops.global_avg_pool(x), x.mean(axis=(1, 2)))
    np.testing.assert_allclose(ops.global_avg_pool(x[0]), x[0].mean(axis=(0, 1)))
    mean = ops.global_avg_pool(x[0, :, :, 0])
    assert isinstance(mean, float) and mean == pytest.approx(x[0, :, :, 0].mean())


def test_global_avg_pool_of_many_float32_keeps_its_digits():
    x = np.full((1000, 1000, 2), 0.1, np.float32)
    mean = ops.global_avg_pool(x)
    assert mean.dtype == np.float32
    np.testing.assert_allclose(mean, np.float32(0.1), rtol=1e-7)


def test_avg_pool2d_does_not_wrap_uint8():
    assert ops.avg_pool2d(np.full((2, 2), 255, np.uint8)).tolist() == [[255.0]]
