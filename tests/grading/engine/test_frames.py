"""Lo que viaja por la tubería llega igual, y lo que no se entiende se rechaza."""

import random
import struct

import numpy as np
import pytest

from course_lib.grading.engine import frames
from course_lib.grading.engine.frames import FrameError, Opaque, dump, load

VALORES = [
    *(None, True, False, 0, -3, 2**70, 1.5, float("inf"), 2 - 1j, "ñandú", "", b"\x00\xff"),
    *((), [], {}, (1, [2, {"a": (None,)}]), {1: "x", (2, 3): [4.0]}),
    *(np.arange(6).reshape(2, 3), np.zeros((0, 3)), np.array(3.0), np.array([True, False])),
    *(np.float32(0.1), np.uint8(250), np.arange(4, dtype=np.float16), np.eye(2) * 1j),
]


def same(a, b):
    if isinstance(a, np.ndarray | np.generic):
        return type(a) is type(b) and a.dtype == b.dtype and np.array_equal(a, b)
    if isinstance(a, list | tuple):
        return type(a) is type(b) and len(a) == len(b) and all(map(same, a, b))
    return type(a) is type(b) and a == b


@pytest.mark.parametrize("valor", VALORES, ids=lambda v: f"{type(v).__name__} {v!r}"[:30])
def test_a_value_arrives_as_it_was(valor):
    assert same(load(dump(valor)), valor)


class Matriz(np.ndarray):
    def __eq__(self, otro):
        return True


class Texto(str):
    def __eq__(self, otro):
        return True

    __hash__ = str.__hash__


@pytest.mark.parametrize(
    ("valor", "llega"),
    [
        (np.arange(3).view(Matriz), np.arange(3)),
        (Texto("x"), "x"),
        (np.arange(3, dtype=">i4"), np.arange(3, dtype=np.int32)),
        (np.arange(6).reshape(2, 3).T, np.arange(6).reshape(2, 3).T),
        (np.longdouble(0.5), np.float64(0.5)),
        (range(3), [0, 1, 2]),
        (np.str_("hola"), "hola"),
    ],
    ids=str,
)
def test_what_arrives_is_always_a_plain_thing(valor, llega):
    recibido = load(dump(valor))
    assert same(recibido, llega)
    if isinstance(recibido, np.ndarray):
        assert recibido.flags.owndata and recibido.flags.writeable


@pytest.mark.parametrize(
    "valor", [{1, 2}, object(), np.array([None]), np.ma.array([1], mask=[1]), iter([]), max]
)
def test_of_the_rest_only_its_name_arrives(valor):
    recibido = load(dump(valor))
    assert isinstance(recibido, Opaque) and type(recibido).__name__ == type(valor).__name__


def nested(niveles):
    valor = []
    for _ in range(niveles):
        valor = [valor]
    return valor


@pytest.mark.parametrize(
    "valor",
    [nested(50), np.broadcast_to(0.0, (10**5, 10**5)), [0] * 400_000, "x" * 40_000_000],
    ids=["profundo", "array enorme", "lista enorme", "texto enorme"],
)
def test_what_is_too_big_does_not_leave(valor):
    with pytest.raises(FrameError):
        dump(valor)


@pytest.mark.parametrize(
    "datos",
    [
        *(b"", b"z", b"i\x05\x00\x00\x00hola!", b"(\xff\xff\xff\xff", b"[\x02\x00\x00\x00N"),
        b"a" + b"d" + struct.pack("<B", 9) + b"\x00" * 72,
        b"a" + b"d" + struct.pack("<B2Q", 2, 2**40, 2**40),
        *(b"aO\x00" + b"\x00" * 8, b"r\x00", b"NN", b"s\x01\x00\x00\x00\xff", b"(" * 5000),
        b"{\x01\x00\x00\x00N",
        b"{\x02\x00\x00\x00[\x00\x00\x00\x00N",
    ],
)
def test_a_malformed_message_is_rejected(datos):
    with pytest.raises(FrameError):
        load(datos)


def test_no_damaged_message_does_anything_but_arrive_or_be_rejected():
    azar = random.Random(0)
    original = dump(("returned", 3, [np.arange(5.0), {"a": "ñ"}], None))
    for _ in range(3000):
        datos = bytearray(original)
        for _ in range(azar.randint(1, 4)):
            datos[azar.randrange(len(datos))] = azar.randrange(256)
        try:
            load(bytes(datos))
        except FrameError:
            continue


def test_functions_stay_and_are_called_by_their_key():
    guardadas = []
    datos = dump((max, 1), lambda f: guardadas.append(f) or 0)
    assert load(datos, {0: "la de antes"}.get) == ("la de antes", 1) and guardadas == [max]
    assert frames.MAX_BYTES >= 2**20
