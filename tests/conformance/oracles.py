"""Quién sabe la respuesta en las pruebas al azar: PyTorch y, si no está, la definición.

Los dos oráculos hablan como ``course_lib.ops`` (lotes NHWC, kernel (kh, kw, a, b)) y reciben el
padding ya en números. ``forward(nombre, arrays, opciones)`` da la salida y ``backward(nombre, dy,
arrays, opciones)``, el gradiente de cada array. Ninguno importa nada de ``course_lib``.
"""

import importlib.util

import numpy as np
import onnx_oracle as onnx
import ops_cases as cases

ACTIVATIONS = (
    *("relu", "leaky_relu", "elu", "selu", "sigmoid", "tanh", "softplus"),
    *("softmax", "log_softmax"),
)


class Torch:
    """PyTorch en float64, con su propia derivación automática."""

    def __init__(self):
        import torch

        torch.set_num_threads(1)  # los casos son pequeños: repartirlos cuesta más que hacerlos
        self.torch, self.functional = torch, torch.nn.functional

    def forward(self, name, arrays, options):
        with self.torch.no_grad():
            return getattr(self, name)(*map(self._tensor, arrays), **options).numpy()

    def backward(self, name, dy, arrays, options):
        tensors = [self._tensor(a).requires_grad_() for a in arrays]
        getattr(self, name)(*tensors, **options).backward(self._tensor(dy))
        return [t.grad.numpy() for t in tensors]

    def _tensor(self, array):
        return self.torch.tensor(np.array(array, np.float64))

    def _pad(self, x, pads, value=0.0):
        (top, bottom), (left, right) = pads
        return self.functional.pad(x, (left, right, top, bottom), value=value)

    def conv2d(self, x, kernel, bias=None, *, stride, pads, dilation, groups):
        x, kernel = x.permute(0, 3, 1, 2), kernel.permute(3, 2, 0, 1).contiguous()
        own = symmetric(pads)
        x = x if own else self._pad(x, pads)
        y = self.functional.conv2d(x, kernel, bias, stride, own or 0, dilation, groups)
        return y.permute(0, 2, 3, 1)

    def conv2d_transpose(
        self, x, kernel, bias=None, *, stride, pads, output_padding, dilation, groups
    ):
        x, kernel = x.permute(0, 3, 1, 2), kernel.permute(3, 2, 0, 1).contiguous()
        own = symmetric(pads)
        y = self.functional.conv_transpose2d(
            x, kernel, bias, stride, own or 0, output_padding, groups, dilation
        )
        if not own:
            (top, bottom), (left, right) = pads
            y = y[:, :, top : y.shape[2] - bottom, left : y.shape[3] - right]
        return y.permute(0, 2, 3, 1)

    def max_pool2d(self, x, *, pool, stride, pads, dilation, ceil_mode):
        x, own = x.permute(0, 3, 1, 2), symmetric(pads, pool)
        x = x if own else self._pad(x, pads, -np.inf)
        assert own or not ceil_mode
        y = self.functional.max_pool2d(x, pool, stride, own or 0, dilation, ceil_mode)
        return y.permute(0, 2, 3, 1)

    def avg_pool2d(self, x, *, pool, stride, pads, dilation, ceil_mode, count_include_pad):
        x, own = x.permute(0, 3, 1, 2), symmetric(pads, pool)
        if own and dilation == (1, 1):
            y = self.functional.avg_pool2d(x, pool, stride, own, ceil_mode, count_include_pad)
            return y.permute(0, 2, 3, 1)
        assert not ceil_mode  # su media no dilata ni rellena cada lado distinto: se suma y divide
        ones, channels = self.torch.ones_like(x), x.shape[1]
        seen = self.torch.ones((channels, 1, *pool), dtype=x.dtype)
        sums, counted = (
            self.functional.conv2d(self._pad(a, pads, v), seen, None, stride, 0, dilation, channels)
            for a, v in ((x, 0.0), (ones, float(count_include_pad)))
        )
        return (sums / counted).permute(0, 2, 3, 1)

    def global_avg_pool(self, x):
        return self.functional.adaptive_avg_pool2d(x.permute(0, 3, 1, 2), 1)[:, :, 0, 0]

    def im2col(self, x, *, kernel, stride, pads, dilation):
        x, own = x.permute(0, 3, 1, 2), symmetric(pads)
        x = x if own else self._pad(x, pads)
        columns = self.functional.unfold(x, kernel, dilation, own or 0, stride)  # (N, C*kh*kw, L)
        columns = columns.reshape(len(x), x.shape[1], -1, columns.shape[2])
        return columns.permute(0, 3, 2, 1).flatten(2)

    def activation(self, x, *, name, **options):
        if name in ("sigmoid", "tanh"):
            return getattr(self.torch, name)(x)
        options = {"dim" if key == "axis" else key: value for key, value in options.items()}
        return getattr(self.functional, name)(x, **options)


def symmetric(pads, pool=None):
    """El padding como lo dice PyTorch, (vertical, horizontal); None si no puede decirlo."""
    if any(before != after for before, after in pads):
        return None
    if pool and any(before > k // 2 for (before, _), k in zip(pads, pool, strict=True)):
        return None  # en el pooling no admite más de media ventana
    return tuple(before for before, _ in pads)


class Definition:
    """onnxruntime hacia delante, en float32; hacia atrás, la regla de la cadena con bucles."""

    def forward(self, name, arrays, options):
        arrays = [np.ascontiguousarray(a, np.float32) for a in arrays]
        return getattr(self, name)(*arrays, **options)

    def backward(self, name, dy, arrays, options):
        arrays = [np.asarray(a, np.float64) for a in arrays]
        return getattr(self, f"{name}_gradients")(np.asarray(dy, np.float64), *arrays, **options)

    def conv2d(self, x, kernel, bias=None, *, groups, **options):
        return self._layer("Conv", x, kernel, bias, group=groups, **attributes(**options))

    def conv2d_transpose(
        self, x, kernel, bias=None, *, stride, pads, output_padding, dilation, groups
    ):
        """onnxruntime no deja que output_padding llegue al stride: se añade y se recorta aquí."""
        options = attributes(stride=stride, pads=((0, 0), (0, 0)), dilation=dilation)
        maps = self._layer("ConvTranspose", x, kernel, None, group=groups, **options)
        (bottom, right), extra = output_padding, (0, 0)
        grown = np.pad(maps, (extra, (0, bottom), (0, right), extra))
        return cropped(grown, pads) + (0 if bias is None else bias)

    def max_pool2d(self, x, *, pool, stride, pads, dilation, ceil_mode):
        if any(max(ends) >= k for ends, k in zip(pads, pool, strict=True)):  # no lo admite
            return self._by_hand(x, np.max, pool, stride, pads, dilation)
        extra = {"kernel_shape": pool, "ceil_mode": int(ceil_mode)}
        options = attributes(stride=stride, pads=pads, dilation=dilation)
        return self._layer("MaxPool", x, **extra, **options)

    def avg_pool2d(self, x, *, pool, stride, pads, dilation, ceil_mode, count_include_pad):
        if any(max(ends) >= k for ends, k in zip(pads, pool, strict=True)):
            summary = (lambda w: w.sum() / np.prod(pool)) if count_include_pad else np.mean
            return self._by_hand(x, summary, pool, stride, pads, dilation)
        extra = {"kernel_shape": pool, "ceil_mode": int(ceil_mode)}
        extra["count_include_pad"] = int(count_include_pad)
        options = attributes(stride=stride, pads=pads, dilation=dilation)
        return self._layer("AveragePool", x, **extra, **options)

    def _by_hand(self, x, summary, pool, stride, pads, dilation):
        """El resumen de los píxeles que ve cada ventana; sin redondear hacia arriba."""
        axes = zip(x.shape[1:3], pool, stride, pads, dilation, strict=True)
        size = [len(cases.axis_windows(*axis, ceil_mode=False)) for axis in axes]
        result = np.empty((len(x), *size, x.shape[3]), x.dtype)
        for place, rows, columns, _ in summarized(result, x, pool, stride, pads, dilation, False):
            result[place] = summary(x[place[0]][np.ix_(rows, columns)][..., place[3]])
        return result

    def global_avg_pool(self, x):
        return self._layer("GlobalAveragePool", x)[:, 0, 0]

    def _layer(self, operator, x, kernel=None, bias=None, **attributes):
        weights = () if kernel is None else (onnx.onnx_kernel(kernel),)
        weights += () if bias is None else (bias,)
        maps = onnx.run(operator, onnx.channels_first(x), *weights, **attributes)
        return onnx.channels_last(maps)

    def activation(self, x, *, name, **options):
        if options.keys() - {"axis"}:  # onnx_oracle no escribe atributos con decimales
            return formula(name, x, **options)
        operator = {"log_softmax": "LogSoftmax", "leaky_relu": "LeakyRelu"}
        options = {key: axis % x.ndim for key, axis in options.items()}  # ni enteros negativos
        return onnx.run(operator.get(name, name.capitalize()), x, **options)

    def im2col(self, x, *, kernel, stride, pads, dilation):
        padded, rows, columns = opened(x, kernel, stride, pads, dilation)
        seen = [padded[:, r][:, :, c].reshape(len(x), -1) for r in rows for c in columns]
        return np.stack(seen, axis=1)

    def im2col_gradients(self, dy, x, *, kernel, stride, pads, dilation):
        padded, rows, columns = opened(x, kernel, stride, pads, dilation)
        gradient, places = np.zeros_like(padded), [(r, c) for r in rows for c in columns]
        for position, (r, c) in enumerate(places):
            seen = dy[:, position].reshape(len(x), *kernel, x.shape[3])
            gradient[at(padded, r, c)] += seen
        return [cropped(gradient, pads)]

    def conv2d_gradients(self, dy, x, kernel, bias=None, *, stride, pads, dilation, groups):
        padded = np.pad(x, ((0, 0), *pads, (0, 0)))
        dx, dkernel = np.zeros_like(padded), np.zeros_like(kernel)
        for entering, leaving in blocks(x.shape[3], kernel.shape[3], groups):
            asked = dy[..., leaving]
            for i, j in np.ndindex(kernel.shape[:2]):  # lo que ve cada elemento del kernel
                rows, columns = (
                    slice(t * d, t * d + n * s, s)
                    for t, d, n, s in zip((i, j), dilation, dy.shape[1:3], stride, strict=True)
                )
                seen = padded[:, rows, columns, entering][:, : dy.shape[1], : dy.shape[2]]
                back = dx[:, rows, columns, entering][:, : dy.shape[1], : dy.shape[2]]
                back += asked @ kernel[i, j, :, leaving].T
                dkernel[i, j, :, leaving] = np.einsum("nhwc,nhwo->co", seen, asked)
        return [cropped(dx, pads), dkernel, dy.sum(axis=(0, 1, 2))][: 2 + (bias is not None)]

    def conv2d_transpose_gradients(
        self, dy, x, kernel, bias=None, *, stride, pads, output_padding, dilation, groups
    ):
        """Cada píxel de x reparte por una ventana de la salida sin recortar: se recorren ellas."""
        padded = np.pad(dy, ((0, 0), *pads, (0, 0)))
        rows, columns = (
            [[i * s + t * d for t in range(k)] for i in range(n)]
            for n, k, s, d in zip(x.shape[1:3], kernel.shape, stride, dilation, strict=False)
        )
        dx, dkernel = np.zeros_like(x), np.zeros_like(kernel)
        for leaving, entering in blocks(dy.shape[3], x.shape[3], groups):
            for i, j in np.ndindex(*x.shape[1:3]):
                asked = padded[at(padded, rows[i], columns[j], leaving)]
                dx[:, i, j, entering] = np.einsum("nhwo,hwoc->nc", asked, kernel[..., entering])
                seen = x[:, i, j, entering]
                dkernel[..., entering] += np.einsum("nhwo,nc->hwoc", asked, seen)
        return [dx, dkernel, dy.sum(axis=(0, 1, 2))][: 2 + (bias is not None)]

    def max_pool2d_gradients(self, dy, x, *, pool, stride, pads, dilation, ceil_mode):
        dx = np.zeros_like(x)
        for (n, i, j, c), rows, columns, _ in summarized(
            dy, x, pool, stride, pads, dilation, ceil_mode
        ):
            window = x[n][np.ix_(rows, columns)][..., c]
            row, column = np.unravel_index(window.argmax(), window.shape)  # el primero si empatan
            dx[n, rows[row], columns[column], c] += dy[n, i, j, c]
        return [dx]

    def avg_pool2d_gradients(
        self, dy, x, *, pool, stride, pads, dilation, ceil_mode, count_include_pad
    ):
        dx = np.zeros_like(x)
        for (n, i, j, c), rows, columns, padded in summarized(
            dy, x, pool, stride, pads, dilation, ceil_mode
        ):
            counted = padded if count_include_pad else len(rows) * len(columns)
            dx[n, *np.ix_(rows, columns), c] += dy[n, i, j, c] / counted
        return [dx]

    def global_avg_pool_gradients(self, dy, x):
        return [np.broadcast_to(dy[:, None, None] / (x.shape[1] * x.shape[2]), x.shape)]

    def activation_gradients(self, dy, x, *, name, **options):
        """Diferencias centradas de la fórmula, en float64: lejos de las esquinas, unas 9 cifras."""
        dx, step = np.empty_like(x), 1e-6
        for place in np.ndindex(x.shape):
            moved = np.zeros_like(x)
            moved[place] = step
            up, down = (formula(name, x + sign * moved, **options) for sign in (1, -1))
            dx[place] = (dy * (up - down)).sum() / (2 * step)
        return [dx]


def formula(name, x, *, negative_slope=0.01, alpha=1.0, axis=-1):
    """Las activaciones como se escriben en la pizarra."""
    if name == "selu":
        return 1.0507009873554805 * formula("elu", x, alpha=1.6732632423543772)
    exponentials = np.exp(x)
    sums = exponentials.sum(axis=axis, keepdims=True)
    return {
        "relu": np.maximum(x, 0),
        "leaky_relu": np.where(x > 0, x, negative_slope * x),
        "elu": np.where(x > 0, x, alpha * (exponentials - 1)),
        "sigmoid": 1 / (1 + 1 / exponentials),
        "tanh": np.tanh(x),
        "softplus": np.log(1 + exponentials),
        "softmax": exponentials / sums,
        "log_softmax": x - np.log(sums),
    }[name]


def attributes(*, stride, pads, dilation):
    return {"strides": stride, "dilations": dilation, "pads": onnx.onnx_pads(pads)}


def opened(x, kernel, stride, pads, dilation):
    """La imagen con sus ceros, y las filas y columnas que ve cada ventana."""
    axes = zip(x.shape[1:3], kernel, stride, pads, dilation, strict=True)
    seen = [cases.axis_windows(*axis, ceil_mode=False) for axis in axes]
    rows, columns = (np.array(s) + before for s, (before, _) in zip(seen, pads, strict=True))
    return np.pad(x, ((0, 0), *pads, (0, 0))), rows, columns


def at(padded, rows, columns, channels=slice(None)):
    """Índice de una ventana, en todo el lote y en algunos canales."""
    return np.ix_(range(len(padded)), rows, columns, range(padded.shape[3])[channels])


def cropped(padded, pads):
    """La imagen sin lo que se añadió a su alrededor."""
    (top, bottom), (left, right) = pads
    return padded[:, top : padded.shape[1] - bottom, left : padded.shape[2] - right]


def blocks(entering, leaving, groups):
    """Los canales de entrada y de salida de cada grupo."""
    a, b = entering // groups, leaving // groups
    return [(slice(g * a, g * a + a), slice(g * b, g * b + b)) for g in range(groups)]


def summarized(dy, x, pool, stride, pads, dilation, ceil_mode):
    """Cada valor de la salida, los píxeles que resume y cuántos serían con el padding."""
    axes = zip(x.shape[1:3], pool, stride, pads, dilation, strict=True)
    windows = [cases.axis_windows(*axis, ceil_mode) for axis in axes]
    for n, i, j, c in np.ndindex(dy.shape):
        inside, padded = [], 1
        for taps, size, (before, after) in zip(
            (windows[0][i], windows[1][j]), x.shape[1:3], pads, strict=True
        ):
            inside.append([t for t in taps if 0 <= t < size])
            padded *= sum(-before <= t < size + after for t in taps)
        yield (n, i, j, c), *inside, padded


HAS_TORCH = importlib.util.find_spec("torch") is not None
ORACLES = {"pytorch": Torch} if HAS_TORCH else {}
ORACLES["definición"] = Definition
