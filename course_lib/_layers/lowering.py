"""La convolución de un lote entero como unos pocos productos de matrices grandes.

Con el lote como último eje, (H, C, W, N), un píxel es una tira de N números seguidos y una fila de
un canal, una de W·N. Deslizar el kernel un píxel a la derecha es avanzar N posiciones en la tira;
se copian solo esos kw desplazamientos, y no las kh·kw ventanas de `im2col`:

    fila de x:   a a b b c c d d        (W = 4 píxeles, N = 2 imágenes: la de «a» y su vecina)

    L[fila, 0]:  a a b b c c            j = 0
    L[fila, 1]:  b b c c d d            j = 1, un píxel (N posiciones) más adelante

Las filas de L van seguidas en memoria, así que las kh que ve una fila de salida **ya son** una
matriz de kh·kw·C filas, sin copiar nada; la de la fila siguiente empieza una más abajo:

    L   fila 0 ┐
        fila 1 │ ┐   salida[0] = pesos (C_out, kh·kw·C) @ L[0:3] (kh·kw·C, W'·N)
        fila 2 ┘ │   salida[1] = pesos                  @ L[1:4]
        fila 3   ┘

Un producto por fila de salida sirve a todas las imágenes del lote. El gradiente de la entrada es
otra convolución igual, con el kernel girado y el gradiente de la salida separado por el stride.

Es la idea de M. Cho y D. Brand, "MEC: memory-efficient convolution for deep neural network", 2017,
con el lote dentro.

`_ops/lowering` es la misma idea con el lote delante y los canales al final. Hay dos porque ninguna
sirve por la otra: en la red de los dígitos esta tarda la mitad; con una imagen suelta, o 64 de 32²,
gana aquella.
"""

from dataclasses import dataclass

import numpy as np

from course_lib._ops.windows import effective


@dataclass(frozen=True)
class Lowering:
    """Qué trozo de la imagen va a qué trozo de L, y qué filas de L ve cada fila de salida.

    `rows` y cada elemento de `columns` son parejas (destino en L, origen en la imagen).
    """

    rows: tuple
    columns: tuple
    height: int
    kernel: tuple
    out: tuple
    stride: int
    dilation: int

    def fill(self, image, groups, target):
        """Copia en `target` los desplazamientos de una imagen (H, C, W, N)."""
        height, channels, width, n = image.shape
        split = image.reshape(height, groups, channels // groups, width, n).swapaxes(0, 1)
        rows_to, rows_from = self.rows
        for j, (to, source) in enumerate(self.columns):
            target[:, rows_to, j, :, to] = split[:, rows_from, :, source]

    def shape(self, groups, channels, n):
        """Forma de L: (grupos, filas, kw, canales de un grupo, W', N)."""
        return groups, self.height, self.kernel[1], channels // groups, self.out[1], n

    def matrices(self, lowered):
        """Las matrices (kh·kw·C, W'·N) de cada fila de salida: una vista, si no hay dilatación."""
        groups, _, kw, channels, width, n = lowered.shape
        by_group, by_row, _, by_channel = lowered.strides[:4]
        shape = groups, self.out[0], self.kernel[0], kw * channels, width * n
        steps = by_group, by_row * self.stride, by_row * self.dilation, by_channel, lowered.itemsize
        seen = np.ndarray(shape, lowered.dtype, lowered, 0, steps)
        return seen.reshape(groups, self.out[0], -1, width * n)


def forward_lowering(windows):
    """Reparto para ir: cada elemento del kernel ve la imagen desplazada."""
    (top, _), (left, _) = windows.padding
    height, width = windows.size
    rows = slice(top, top + height), slice(0, height)
    columns = tuple(
        _overlap(left, j * windows.dilation[1], windows.stride[1], width, windows.out[1])
        for j in range(windows.kernel[1])
    )
    return Lowering(
        rows,
        columns,
        windows.padded[0],
        windows.kernel,
        windows.out,
        windows.stride[0],
        windows.dilation[0],
    )


def _overlap(before, offset, stride, length, out):
    """Posiciones de salida cuyo píxel, ``p*stride + offset - before``, está en la imagen."""
    first = max(0, -((offset - before) // stride))
    last = min(out, (length - 1 - offset + before) // stride + 1)
    if first >= last:
        return slice(0, 0), slice(0, 0)
    start = first * stride + offset - before
    return slice(first, last), slice(start, start + (last - first - 1) * stride + 1, stride)


def backward_lowering(windows):
    """Reparto para volver: el gradiente de la salida, con huecos de stride, se convoluciona."""
    height, width = windows.size
    spans = [effective(k, d) for k, d in zip(windows.kernel, windows.dilation, strict=True)]
    total = height + spans[0] - 1
    rows = _scatter(spans[0] - 1 - windows.padding[0][0], windows.stride[0], windows.out[0], total)
    columns = tuple(
        _scatter(
            spans[1] - 1 - windows.padding[1][0] - j * windows.dilation[1],
            windows.stride[1],
            windows.out[1],
            width,
        )
        for j in range(windows.kernel[1])
    )
    return Lowering(rows, columns, total, windows.kernel, windows.size, 1, windows.dilation[0])


def _scatter(start, stride, out, length):
    """Sitio de cada posición de salida, ``p*stride + start``, si cae dentro de ``length``."""
    source, target = _overlap(-start, 0, stride, length, out)
    return target, source
