"""Las ventanas de un kernel ya colocadas sobre una imagen: dónde están y qué ven."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

MOST_PIXELS = 2**34  # 128 GB en float64, y un solo canal


def effective(kernel, dilation):
    """Longitud que abarca un kernel con sus huecos."""
    return dilation * (kernel - 1) + 1


def by(lengths):
    """Escribe unas medidas como se leen: ``3×5``."""
    return "×".join(map(str, lengths))


def check_room(size):
    """Rechaza una imagen ampliada que ningún ordenador corriente puede guardar."""
    if size[0] * size[1] > MOST_PIXELS:
        raise ValueError(
            f"La imagen ampliada mediría {by(size)} píxeles, que no caben en la memoria. Revisa "
            "padding, dilation y stride: alguno es demasiado grande."
        )


@dataclass(frozen=True, eq=False)  # se compara por identidad: así sirve de clave, y deprisa
class Windows:
    """Las ventanas de un kernel sobre una imagen: tantas como píxeles tiene la salida.

    Cada atributo es una pareja (vertical, horizontal). Recorre las *posiciones del kernel*, no
    los píxeles: ``taps`` da, para cada (i, j), el trozo de la imagen ampliada que ese elemento
    del kernel ve desde todas las ventanas a la vez.
    """

    size: tuple
    kernel: tuple
    stride: tuple
    dilation: tuple
    padding: tuple
    out: tuple

    def __post_init__(self):
        check_room(self.padded)

    def taps(self):
        """Da ``((i, j), índice)`` para cada posición del kernel."""
        for tap in np.ndindex(self.kernel):
            rows, cols = (
                slice(t * d, t * d + (o - 1) * s + 1, s)
                for t, d, o, s in zip(tap, self.dilation, self.out, self.stride, strict=True)
            )
            yield tap, np.index_exp[..., rows, cols, :]

    @cached_property
    def padded(self):
        """Tamaño de la imagen ampliada; con ceil_mode la última ventana puede sobresalir."""
        axes = zip(
            self.size, self.padding, self.out, self.stride, self.kernel, self.dilation, strict=True
        )
        return tuple(
            max(n + sum(ends), (o - 1) * s + effective(k, d)) for n, ends, o, s, k, d in axes
        )

    @cached_property
    def has_padding(self):
        """Si se añade algún píxel."""
        return any(map(any, self.padding))

    @cached_property
    def reach(self):
        """Filas que abarca el kernel con sus huecos."""
        return effective(self.kernel[0], self.dilation[0])

    @cached_property
    def shares_rows(self):
        """Si dos filas seguidas de la salida ven filas comunes de la imagen."""
        return self.dilation[0] == 1 and self.stride[0] < self.kernel[0]

    @cached_property
    def shares_columns(self):
        """Lo mismo, con dos columnas seguidas."""
        return self.dilation[1] == 1 and self.stride[1] < self.kernel[1]

    @cached_property
    def sees_everything(self):
        """Si no queda ningún píxel de la imagen que no vea ninguna ventana."""
        seen = [np.zeros(length, bool) for length in self.padded]
        axes = zip(seen, self.kernel, self.stride, self.dilation, self.out, strict=True)
        for line, kernel, stride, dilation, out in axes:
            for tap in range(kernel):
                line[tap * dilation :: stride][:out] = True
        ends = zip(seen, self.padding, self.size, strict=True)
        return all(line[start : start + n].all() for line, (start, _), n in ends)

    @property
    def interior(self):
        """Índice de la imagen original dentro de la ampliada."""
        (top, _), (left, _) = self.padding
        height, width = self.size
        return np.index_exp[..., top : top + height, left : left + width, :]

    def canvas(self, like, channels, value=0):
        """Crea una imagen ampliada con un único valor y el lote y dtype de ``like``."""
        return np.full((*like.shape[:-3], *self.padded, channels), value, like.dtype)

    def pad(self, batch, value=0):
        """Copia un lote (..., H, W, C) en el centro de una imagen ampliada."""
        padded = self.canvas(batch, batch.shape[-1], value)
        padded[self.interior] = batch
        return padded
