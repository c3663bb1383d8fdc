"""Casos al azar y oráculos independientes para las pruebas de ``course_lib.ops``.

Los oráculos no importan nada de ``course_lib``. Los valores son enteros pequeños, también en los
arrays de flotantes: las sumas son exactas y se comparan sin tolerancia.
"""

import numpy as np
from scipy.signal import correlate2d

DTYPES = (np.uint8, np.int64, np.int16, bool, np.float32, np.float64)


def image(rng, shape, dtype):
    """Imagen de enteros pequeños, con negativos si el dtype los admite."""
    low = 0 if np.dtype(dtype).kind in "ub" else -9
    return rng.integers(low, 10, shape).astype(dtype)


def awkward(rng, x):
    """Los mismos valores en otra disposición de memoria, y de solo lectura."""
    layout = rng.integers(4)
    if layout == 1:
        x = np.asfortranarray(x)
    elif layout == 2:
        x = np.repeat(x, 2, axis=-1)[..., ::2]
    elif layout == 3:
        x = x[::-1].copy()[::-1]
    x.flags.writeable = False
    return x


def padding(rng, limit=3):
    """Un padding de cualquiera de las cinco formas; los números, hasta ``limit`` por lado."""
    numbers = rng.integers(0, limit + 1, (2, 2)).tolist()
    forms = (
        "valid",
        "same",
        numbers[0][0],
        tuple(numbers[0]),
        tuple(map(tuple, numbers)),
    )
    return forms[rng.integers(len(forms))]


def one_or_two(rng, high):
    """Un entero o una pareja, entre 1 y ``high``."""
    first, second = rng.integers(1, high + 1, 2).tolist()
    return first if rng.random() < 0.5 else (first, second)


def both(value):
    """La pareja que representa un entero o una pareja."""
    return (value, value) if isinstance(value, int) else tuple(value)


def ends(padding, size, kernel, stride, dilation):
    """El padding de cada lado; para SAME, con la fórmula de TensorFlow, que usa el resto."""
    if padding == "valid":
        return ((0, 0), (0, 0))
    if padding != "same":
        return tuple(both(p) for p in both(padding))
    result = []
    for n, k, s, d in zip(size, kernel, both(stride), both(dilation), strict=True):
        total = max(span(k, d) - (n % s or s), 0)
        result.append((total // 2, total - total // 2))
    return tuple(result)


def span(kernel, dilation):
    """Longitud de un kernel después de meter ``dilation - 1`` ceros entre sus elementos."""
    return kernel + (kernel - 1) * (dilation - 1)


def as_4d(x):
    """La imagen como lote con canales."""
    return {2: lambda: x[None, :, :, None], 3: lambda: x[None], 4: lambda: x}[x.ndim]()


def scipy_conv(x, kernel, stride, pads, dilation, groups):
    """Convolución de un lote: scipy, ceros en el kernel dilatado y saltos en el resultado."""
    (sh, sw), (dh, dw) = both(stride), both(dilation)
    kh, kw, per_group, c_out = kernel.shape
    dilated = np.zeros((span(kh, dh), span(kw, dw), per_group, c_out))
    dilated[::dh, ::dw] = kernel
    padded = np.pad(x.astype(float), ((0, 0), *pads, (0, 0)))
    maps = []
    for out in range(c_out):
        first = out // (c_out // groups) * per_group
        maps.append(
            [
                sum(
                    correlate2d(one[:, :, first + c], dilated[:, :, c, out], mode="valid")
                    for c in range(per_group)
                )[::sh, ::sw]
                for one in padded
            ]
        )
    return np.moveaxis(np.array(maps), 0, -1)


def axis_windows(n, kernel, stride, pads, dilation, ceil_mode):
    """Posiciones de la imagen (también fuera de ella) que ve cada ventana de un eje."""
    windows = []
    start = -pads[0]
    while True:
        taps = [start + i * dilation for i in range(kernel)]
        fits = taps[-1] < n + pads[1]
        if ceil_mode:  # puede sobresalir si la anterior dejó algo sin ver y si empieza dentro
            fits = (fits or taps[-1] - stride < n + pads[1] - 1) and start < n
        if not fits:
            return windows
        windows.append(taps)
        start += stride
