"""De unos bytes al valor; no ejecuta nada y rechaza lo que no entiende."""

import struct

import numpy as np

from course_lib.grading.engine.values import (
    DTYPES,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_DIMENSIONS,
    MAX_ITEMS,
    MAX_ODD_KEYS,
    FrameError,
    Opaque,
    opaque,
)


def load(datos: bytes, resolver=None):
    """El valor de esos bytes.

    Parameters
    ----------
    datos : bytes
    resolver : callable, optional
        Recibe la clave de cada función del otro lado y devuelve con qué llamarla.

    Raises
    ------
    FrameError
        Si los bytes no son un valor bien formado.

    Examples
    --------
    >>> load(b"zzz")
    Traceback (most recent call last):
    ...
    course_lib.grading.engine.values.FrameError: mensaje mal formado
    """
    if len(datos) > MAX_BYTES:
        raise FrameError("es demasiado grande")
    lector = _Reader(memoryview(datos), resolver)
    try:
        valor = lector.read(0)
    except (struct.error, ValueError, TypeError, KeyError, OverflowError, IndexError) as error:
        raise FrameError("mensaje mal formado") from error
    if lector.posicion != len(datos):
        raise FrameError("mensaje mal formado")
    return valor


def _dictionary(claves: list, valores: list) -> dict:
    """Un diccionario; si es grande, con claves que no se pueden elegir para que choquen.

    Con miles de enteros o tuplas del mismo hash, construirlo tardaría minutos.
    """
    if len(claves) > MAX_ODD_KEYS and not all(isinstance(c, str | bytes) for c in claves):
        raise FrameError("es demasiado grande")
    return dict(zip(claves, valores, strict=True))


class _Reader:
    def __init__(self, datos: memoryview, resolver) -> None:
        self.datos, self.resolver = datos, resolver
        self.posicion = self.elementos = 0

    def take(self, n: int) -> memoryview:
        trozo = self.datos[self.posicion : self.posicion + n]
        if len(trozo) != n:
            raise FrameError("mensaje mal formado")
        self.posicion += n
        return trozo

    def unpack(self, formato: str) -> tuple:
        return struct.unpack(formato, self.take(struct.calcsize(formato)))

    def sized(self) -> bytes:
        return bytes(self.take(*self.unpack("<I")))

    def read(self, nivel: int):
        self.elementos += 1
        if nivel > MAX_DEPTH or self.elementos > MAX_ITEMS:
            raise FrameError("es demasiado grande")
        letra = bytes(self.take(1)).decode("ascii")
        constantes = {"N": None, "T": True, "F": False}
        if letra in constantes:
            return constantes[letra]
        if letra in "([{":
            return self._sequence(letra, nivel)
        return getattr(self, f"_read_{letra}")() if letra in "ifcsbroan" else self._wrong()

    def _wrong(self):
        raise FrameError("mensaje mal formado")

    def _sequence(self, letra: str, nivel: int):
        (cuantos,) = self.unpack("<I")
        if cuantos > MAX_ITEMS:
            raise FrameError("es demasiado grande")
        valores = [self.read(nivel + 1) for _ in range(cuantos)]
        if letra == "{":
            return _dictionary(valores[::2], valores[1::2])
        return tuple(valores) if letra == "(" else valores

    def _read_i(self) -> int:
        return int(self.sized())

    def _read_f(self) -> float:
        return self.unpack("<d")[0]

    def _read_c(self) -> complex:
        return complex(*self.unpack("<dd"))

    def _read_s(self) -> str:
        return self.sized().decode("utf-8")

    def _read_b(self) -> bytes:
        return self.sized()

    def _read_o(self) -> Opaque:
        return opaque(self.sized().decode("utf-8", "replace"))

    def _read_r(self):
        clave = self.read(MAX_DEPTH)
        if self.resolver is None or not isinstance(clave, str | int):
            raise FrameError("mensaje mal formado")
        return self.resolver(clave)

    def _read_a(self) -> np.ndarray:
        dtype = DTYPES[bytes(self.take(1)).decode("ascii")]
        (ndim,) = self.unpack("<B")
        if ndim > MAX_DIMENSIONS:
            raise FrameError("mensaje mal formado")
        forma = self.unpack(f"<{ndim}Q")
        total = dtype.itemsize
        for n in forma:  # en enteros de Python: un producto de numpy podría desbordar
            total *= n
        datos = self.take(total)
        return np.frombuffer(datos, dtype).reshape(forma).astype(dtype.newbyteorder("="))

    def _read_n(self) -> np.generic:
        return self._read_a()[()]
