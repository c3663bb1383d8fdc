"""Lo que cabe en un mensaje: tipos, límites y sustitutos de lo que no puede viajar."""

import contextlib

import numpy as np

MAX_BYTES = 32 * 2**20
MAX_DEPTH = 12
MAX_ITEMS = 300_000
MAX_DIMENSIONS = 8
MAX_ODD_KEYS = 256
# Un dtype por letra: los números y booleanos que un ejercicio puede devolver.
DTYPES = {k: np.dtype(f"<{k}") for k in "?bBhHiIqQefdFD"}


class FrameError(ValueError):
    """Lo que llegó no es un valor válido, o es demasiado grande."""


class Opaque:
    """Algo que no se puede enviar; de ello solo se sabe el nombre de su clase."""


class Reference:
    """Una función que se queda al otro lado y se llama por su nombre o por su número."""

    def __init__(self, key: str | int) -> None:
        self.key = key


def opaque(nombre: str) -> Opaque:
    """Un sustituto cuya clase se llama como la original, para que los mensajes la nombren."""
    return type(nombre[:60], (Opaque,), {})()


def write_back(viejo, nuevo) -> None:
    """Deja en los argumentos lo que la función les hizo, como si hubiera sido en este proceso."""
    if isinstance(viejo, np.ndarray) and isinstance(nuevo, np.ndarray):
        if viejo.shape == nuevo.shape and viejo.flags.writeable:
            with contextlib.suppress(TypeError, ValueError):
                np.copyto(viejo, nuevo, casting="unsafe")
    elif isinstance(viejo, list) and isinstance(nuevo, list):
        viejo[:] = nuevo
    elif isinstance(viejo, tuple) and isinstance(nuevo, tuple):
        for v, n in zip(viejo, nuevo, strict=False):
            write_back(v, n)
    elif isinstance(viejo, dict) and isinstance(nuevo, dict):
        for clave in viejo.keys() & nuevo.keys():
            write_back(viejo[clave], nuevo[clave])
