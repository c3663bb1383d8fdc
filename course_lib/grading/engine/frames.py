"""El idioma de la tubería entre el juez y la entrega: valores sencillos en bytes, sin `pickle`.

Un mensaje es un valor (casi siempre una tupla que empieza por su nombre) precedido de su longitud.
Cada valor es una letra y sus datos; descifrar no ejecuta nada y lo que no se entiende es un
`FrameError`. Lo que se descifra es siempre de Python o un `ndarray` corriente: ni subclases, ni
memoria compartida, ni otro orden de bytes.
"""

import struct

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


# --- escribir ---


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


# --- leer ---


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
    course_lib.grading.engine.frames.FrameError: mensaje mal formado
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
