"""Correlación por transformada de Fourier, a trozos (*overlap-save*).

La transformada convierte la correlación en un producto, y su coste casi no depende del tamaño del
kernel. La de un trozo de 128×128 es circular: los últimos k - 1 resultados de cada eje mezclan un
borde con el opuesto y se tiran, así que los trozos se solapan en k - 1 píxeles.

    imagen  ├──────── trozo 0 ────────┤
                              ├──────── trozo 1 ────────┤
    salida  ├─── válidos 0 ───┤─── válidos 1 ───┤

El error es relativo al mayor valor del trozo, no al de cada ventana: unas pocas veces el épsilon
del dtype por la suma del valor absoluto del kernel.

References
----------
A. V. Oppenheim y R. W. Schafer, "Discrete-Time Signal Processing", 1989, sección 8.7.
"""

import numpy as np
from scipy import fft

from course_lib._ops.bands import all_finite, rows_seen
from course_lib._ops.threads import for_each

TILE = 128  # el trozo y su espectro caben en la L2
AT_ONCE = 6  # trozos por llamada, como mucho
COST = 100  # multiplicaciones por píxel que tardarían lo mismo


def correlate_by_fourier(x, filters, windows, y, safe=False):
    """Escribe en ``y`` (N, H', W', 1) la correlación de imágenes grises con un filtro grande.

    Devuelve si todo lo escrito es finito; con ``safe`` ya se sabe.
    """
    kernel, (rows, columns) = filters[:, :, 0, 0], windows.out
    tile = tuple(_tile(k, n) for k, n in zip(kernel.shape, windows.out, strict=True))
    down, right = (t - k + 1 for t, k in zip(tile, kernel.shape, strict=True))
    spectrum = fft.rfft2(kernel, tile).conj()  # conjugar es no voltear el kernel
    many = -(-columns // right)
    shape = (-(-many // -(-many // AT_ONCE)), *tile)

    def one_band(image, row, pieces):
        part = y[image : image + 1, row : row + down]
        band = rows_seen(x[image : image + 1], windows, row, part)[0, :, :, 0]
        for column in range(0, columns, right * len(pieces)):
            _cut(band[:, column:], pieces, right)
            product = fft.rfft2(pieces)
            product *= spectrum
            _keep(fft.irfft2(product, tile, overwrite_x=True), part[0, :, column:, 0], right)
        return safe or all_finite(part)

    tasks = ((image, row) for image in range(len(x)) for row in range(0, rows, down))
    return for_each(one_band, tasks, y.size * COST, lambda: np.zeros(shape, y.dtype))


def _tile(kernel, length):
    """Lado del trozo: unos 128, más si el kernel es casi tan grande, menos si sobra sitio."""
    side = TILE
    while side < 3 * kernel:
        side *= 2
    many = -(-length // (side - kernel + 1))
    return fft.next_fast_len(-(-length // many) + kernel - 1, real=True)


def _cut(band, pieces, step):
    """Corta la banda en trozos solapados; lo que falta en el borde no llega a ningún válido."""
    side = pieces.shape[2]
    for number, piece in enumerate(pieces):
        seen = band[:, number * step : number * step + side]
        piece[: seen.shape[0], : seen.shape[1]] = seen
        piece[seen.shape[0] :] = piece[:, seen.shape[1] :] = 0  # lo que quedó de la banda anterior


def _keep(found, part, right):
    """Coloca en la salida los resultados válidos de cada trozo."""
    for number, piece in enumerate(found):
        target = part[:, number * right : (number + 1) * right]
        target[...] = piece[: target.shape[0], : target.shape[1]]
