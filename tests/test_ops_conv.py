"""La convolución y su traspuesta, frente a scipy, onnxruntime y la definición."""

import numpy as np
import onnx_oracle as onnx
import ops_cases as cases
import pytest

from course_lib import ops

ACTIVATIONS = (
    *("relu", "leaky_relu", "elu", "selu", "sigmoid", "tanh", "softplus"),
    *("softmax", "log_softmax"),
)


def random_case(seed):
    """Imagen, kernel y argumentos que encajan, de cualquier forma, dtype y disposición."""
    rng = np.random.default_rng(seed)
    ndim, groups = int(rng.integers(2, 5)), 1
    kh, kw = rng.integers(1, 5, 2).tolist()
    stride, dilation = cases.one_or_two(rng, 3), cases.one_or_two(rng, 3)
    spans = [cases.span(k, d) for k, d in zip((kh, kw), cases.both(dilation), strict=True)]
    height, width = (int(s + rng.integers(0, 7)) for s in spans)
    x_shape, kernel_shape = (height, width), (kh, kw)
    if ndim > 2:
        groups, per_group, per_filter = rng.integers(1, 4, 3).tolist()
        x_shape = (2,) * (ndim == 4) + (height, width, groups * per_group)
        kernel_shape = (kh, kw, per_group, groups * per_filter)
    elif rng.random() < 0.3:
        kernel_shape = (kh, kw, 1, 3)
    x = cases.awkward(rng, cases.image(rng, x_shape, cases.DTYPES[seed % len(cases.DTYPES)]))
    kernel = cases.awkward(rng, cases.image(rng, kernel_shape, rng.choice([np.int8, np.float32])))
    arguments = {"stride": stride, "dilation": dilation, "padding": cases.padding(rng)}
    return x, kernel, {**arguments, "groups": groups}


def as_filters(kernel):
    return kernel if kernel.ndim == 4 else kernel[:, :, None, None]


def result_shape(x, kernel, batch):
    """La forma que promete conv2d, a partir del resultado como lote."""
    if kernel.ndim == 2:
        return batch.shape[1:3]
    return batch.shape if x.ndim == 4 else batch.shape[1:]


@pytest.mark.parametrize("seed", range(400))
def test_conv2d_agrees_with_scipy(seed):
    x, kernel, options = random_case(seed)
    before = x.copy(), kernel.copy()
    batch, filters = cases.as_4d(x), as_filters(kernel)
    stride, dilation = options["stride"], options["dilation"]
    pads = cases.ends(options["padding"], batch.shape[1:3], filters.shape[:2], stride, dilation)
    expected = cases.scipy_conv(batch, filters, stride, pads, dilation, options["groups"])

    result = ops.conv2d(x, kernel, **options)

    assert result.shape == result_shape(x, kernel, expected)
    np.testing.assert_array_equal(result, expected.reshape(result.shape))
    assert result.dtype == (np.float32 if x.dtype == np.float32 else np.float64)
    np.testing.assert_array_equal(x, before[0])
    np.testing.assert_array_equal(kernel, before[1])


@pytest.mark.parametrize("seed", range(1000, 1200))
def test_conv2d_agrees_with_onnx(seed):
    x, kernel, options = random_case(seed)
    batch, filters = cases.as_4d(x).astype(np.float32), as_filters(kernel).astype(np.float32)
    bias = np.arange(filters.shape[3], dtype=np.float32)
    attributes = {
        "strides": cases.both(options["stride"]),
        "dilations": cases.both(options["dilation"]),
        "group": options["groups"],
    }
    if options["padding"] == "same":
        options["dilation"], attributes["dilations"] = 1, (1, 1)  # onnx SAME no dilata bien
        attributes["auto_pad"] = "SAME_UPPER"
    else:
        pads = cases.ends(options["padding"], None, None, None, None)
        attributes["pads"] = onnx.onnx_pads(pads)
    expected = onnx.run(
        "Conv", onnx.channels_first(batch), onnx.onnx_kernel(filters), bias, **attributes
    )

    result = ops.conv2d(batch, filters, bias, **options)

    np.testing.assert_array_equal(result, onnx.channels_last(expected))


@pytest.mark.parametrize("seed", range(30))
def test_conv2d_agrees_with_its_definition(seed):
    rng = np.random.default_rng(seed)
    x, kernel = rng.normal(size=(7, 9)), rng.normal(size=(2, 3))
    np.testing.assert_allclose(ops.conv2d(x, kernel), ops.conv2d_naive(x, kernel), atol=1e-12)


def test_depthwise_filters_each_channel_on_its_own():
    rng = np.random.default_rng(0)
    x, kernel = rng.normal(size=(6, 7, 4)), rng.normal(size=(3, 2))
    expected = np.stack([ops.conv2d(x[..., c], kernel) for c in range(4)], axis=-1)
    repeated = np.repeat(kernel[:, :, None, None], 4, axis=3)
    np.testing.assert_allclose(ops.conv2d(x, repeated, groups=4), expected, atol=1e-12)


def test_the_kernel_is_not_flipped():
    x = np.zeros((3, 3))
    x[1, 1] = 1
    kernel = np.arange(9).reshape(3, 3)
    np.testing.assert_array_equal(ops.conv2d(x, kernel, padding="same"), kernel[::-1, ::-1])


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_conv2d_applies_an_activation_by_name_or_as_a_function(name):
    function = getattr(ops, name)
    rng = np.random.default_rng(0)
    x, kernel = rng.normal(size=(5, 6, 2)), rng.normal(size=(2, 3, 2, 4))
    plain = ops.conv2d(x, kernel)
    np.testing.assert_array_equal(ops.conv2d(x, kernel, activation=name), function(plain))
    np.testing.assert_array_equal(ops.conv2d(x, kernel, activation=function), function(plain))


def transposed_case(seed):
    """Como random_case, pero con el kernel de la convolución traspuesta."""
    rng = np.random.default_rng(seed)
    groups, per_group, per_filter = rng.integers(1, 4, 3).tolist()
    kh, kw = rng.integers(1, 5, 2).tolist()
    size = rng.integers(2, 6, 2).tolist()
    stride, dilation = cases.one_or_two(rng, 3), cases.one_or_two(rng, 2)
    x = cases.image(rng, (2, *size, groups * per_group), np.float32)
    kernel = cases.image(rng, (kh, kw, per_filter, groups * per_group), np.float32)
    options = {"stride": stride, "dilation": dilation, "groups": groups, "padding": "valid"}
    if rng.random() < 0.7:  # el recorte deja al menos un píxel
        options["padding"] = tuple(
            tuple(rng.integers(0, (n - 1) * s // 2 + 1, 2).tolist())
            for n, s in zip(size, cases.both(stride), strict=True)
        )
    options["output_padding"] = tuple(int(rng.integers(0, s)) for s in cases.both(stride))
    return x, kernel, options


@pytest.mark.parametrize("seed", range(200))
def test_conv2d_transpose_agrees_with_onnx(seed):
    x, kernel, options = transposed_case(seed)
    bias = np.arange(kernel.shape[2] * options["groups"], dtype=np.float32)
    expected = onnx.run(
        "ConvTranspose",
        onnx.channels_first(x),
        onnx.onnx_kernel(kernel),
        bias,
        strides=cases.both(options["stride"]),
        dilations=cases.both(options["dilation"]),
        group=options["groups"],
        output_padding=options["output_padding"],
        pads=onnx.onnx_pads(cases.ends(options["padding"], None, None, None, None)),
    )

    result = ops.conv2d_transpose(x, kernel, bias, **options)

    assert result.dtype == np.float32
    np.testing.assert_array_equal(result, onnx.channels_last(expected))


@pytest.mark.parametrize("seed", range(100))
def test_conv2d_transpose_is_the_adjoint_of_conv2d(seed):
    """<conv(a), b> = <a, traspuesta(b)>, también con SAME, grupos y dilatación."""
    rng = np.random.default_rng(seed)
    _, kernel, options = transposed_case(seed)
    stride, size = cases.both(options["stride"]), rng.integers(1, 5, 2)
    options = {**options, "padding": "same"}
    del options["output_padding"]
    narrow, wide = kernel.shape[2], kernel.shape[3]
    large = cases.image(rng, (*size * stride, narrow * options["groups"]), float)
    small = cases.image(rng, (*size, wide), float)

    forward = ops.conv2d(large, kernel, **options)
    back = ops.conv2d_transpose(small, kernel, **options)

    assert back.shape == large.shape  # SAME: n * stride, como Keras
    assert (forward * small).sum() == (large * back).sum()


def test_conv2d_transpose_takes_the_same_shapes_as_conv2d():
    x, kernel = np.arange(6.0).reshape(2, 3), np.arange(6.0).reshape(3, 2)
    flat = ops.conv2d_transpose(x, kernel, 1, stride=2)
    assert flat.shape == (5, 6)
    filters = kernel[:, :, None, None]
    for image, expected in ((x, flat[..., None]), (x[..., None], flat[..., None])):
        result = ops.conv2d_transpose(image, filters, [1], stride=2)
        np.testing.assert_array_equal(result, expected)
    batch = ops.conv2d_transpose(x[None, ..., None], filters, [1], stride=2)
    np.testing.assert_array_equal(batch, flat[None, ..., None])
