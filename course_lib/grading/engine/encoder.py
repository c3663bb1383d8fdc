"""De un valor a sus bytes; `frames` explica el formato."""

import struct

import numpy as np

from course_lib.grading.engine.values import (
    DTYPES,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_DIMENSIONS,
    MAX_ITEMS,
    FrameError,
    Reference,
)


def dump(valor, referir=None) -> bytes:
    """Bytes de un valor.

    Parameters
    ----------
    valor : object
        Números, textos, bytes, `None`, arrays y listas, tuplas y diccionarios de ellos.
    referir : callable, optional
        Recibe cada función y devuelve la clave con que llamarla desde el otro lado; sin él, las
        funciones viajan como algo opaco.

    Raises
    ------
    FrameError
        Si ocupa demasiado o tiene demasiados niveles.

    Examples
    --------
    >>> from course_lib.grading.engine.frames import load
    >>> load(dump(("suma", 3, [0.5, None]))) == ("suma", 3, [0.5, None])
    True
    """
    partes: list[bytes] = []
    escritor = _Writer(partes, referir)
    escritor.write(valor, 0)
    datos = b"".join(partes)
    if len(datos) > MAX_BYTES:
        raise FrameError(f"ocupa {len(datos) / 2**20:.0f} MB")
    return datos


class _Writer:
    def __init__(self, partes: list[bytes], referir) -> None:
        self.partes, self.referir = partes, referir
        self.bytes = self.elementos = 0

    def put(self, *trozos: bytes) -> None:
        self.partes.extend(trozos)
        self.bytes += sum(map(len, trozos))
        self.elementos += 1
        if self.bytes > MAX_BYTES or self.elementos > MAX_ITEMS:
            raise FrameError("es demasiado grande")

    def write(self, valor, nivel: int) -> None:
        if nivel > MAX_DEPTH:
            raise FrameError("tiene demasiados niveles")
        if valor is None or valor is True or valor is False:
            self.put({None: b"N", True: b"T", False: b"F"}[valor])
        elif isinstance(valor, np.ndarray | np.generic):
            self._array(valor)
        elif isinstance(valor, tuple | list | range):
            self._sequence(b"(" if isinstance(valor, tuple) else b"[", list(valor), nivel)
        elif isinstance(valor, dict):
            pares = [x for par in dict.items(valor) for x in par]
            self._sequence(b"{", pares, nivel)
        else:
            self._scalar(valor)

    def _sequence(self, letra: bytes, valores: list, nivel: int) -> None:
        self.put(letra, struct.pack("<I", len(valores)))
        for valor in valores:
            self.write(valor, nivel + 1)

    def _scalar(self, valor) -> None:
        if isinstance(valor, int):
            self._sized(b"i", b"%d" % int.__index__(valor))
        elif isinstance(valor, float):
            self.put(b"f", struct.pack("<d", float.__float__(valor)))
        elif isinstance(valor, complex):
            self.put(b"c", struct.pack("<dd", valor.real, valor.imag))
        elif isinstance(valor, str):
            self._sized(b"s", str.encode(valor, "utf-8", "replace"))
        elif isinstance(valor, bytes):
            self._sized(b"b", bytes(valor))
        else:
            self._other(valor)

    def _sized(self, letra: bytes, datos: bytes) -> None:
        self.put(letra, struct.pack("<I", len(datos)), datos)

    def _other(self, valor) -> None:
        if isinstance(valor, Reference) or (self.referir and callable(valor)):
            clave = valor.key if isinstance(valor, Reference) else self.referir(valor)
            self.put(b"r")
            self._scalar(clave)
        else:
            self._sized(b"o", type(valor).__name__.encode("utf-8", "replace")[:200])

    def _array(self, valor) -> None:
        if isinstance(valor, np.ma.MaskedArray) or valor.dtype.kind not in "?bBiufc":
            return self._odd_array(valor)
        if valor.dtype.kind in "fc" and valor.dtype.itemsize > (
            8 if valor.dtype.kind == "f" else 16
        ):
            valor = valor.astype("d" if valor.dtype.kind == "f" else "D")
        if valor.nbytes > MAX_BYTES or valor.ndim > MAX_DIMENSIONS:
            raise FrameError("es un array demasiado grande")
        letra = _letter(valor.dtype)
        plano = np.array(valor, dtype=DTYPES[letra], order="C", copy=True, subok=False)
        forma = struct.pack(f"<B{plano.ndim}Q", plano.ndim, *plano.shape)
        clase = b"n" if isinstance(valor, np.generic) else b"a"
        self.put(clase, letra.encode(), forma, plano.tobytes())

    def _odd_array(self, valor) -> None:
        if valor.dtype.kind in "US" and valor.ndim == 0:  # un texto de numpy es un texto
            self._scalar(valor.item())
        else:
            self._sized(b"o", type(valor).__name__.encode()[:200])


def _letter(dtype: np.dtype) -> str:
    """La letra canónica: `long` y `longlong` son la misma cosa con 8 bytes."""
    if dtype.kind in "iu":
        return {1: "b", 2: "h", 4: "i", 8: "q"}[dtype.itemsize].translate(
            {} if dtype.kind == "i" else {ord(c): c.upper() for c in "bhiq"}
        )
    return "?" if dtype.kind == "b" else dtype.char
