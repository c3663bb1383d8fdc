"""Mientras se llama a una respuesta, las funciones que la darían hecha no responden.

Complementa a `scan`, que lee el código: aquí da igual por qué nombre o rodeo se llegue a ellas. Se
cambia el código de cada función y no el nombre por el que se la busca, así que también alcanza a
las copias que el cuaderno guardara antes.
"""

import contextlib
import sys
import types
from collections.abc import Iterator


def _closed(*_, **__):
    raise PermissionError(
        "Este ejercicio pide escribirlo: aquí no se puede usar una función hecha."
    )


@contextlib.contextmanager
def closed(prohibido: tuple[str, ...]) -> Iterator[None]:
    """Cierra las funciones de `course_lib` de esos módulos, y las vuelve a abrir al salir."""
    funciones = _functions(tuple(p for p in prohibido if p.startswith("course_lib")))
    codigos = [funcion.__code__ for funcion in funciones]
    for funcion in funciones:
        funcion.__code__ = _closed.__code__
    try:
        yield
    finally:
        for funcion, codigo in zip(funciones, codigos, strict=True):
            funcion.__code__ = codigo


_conocidas: dict[tuple[str, ...], list[types.FunctionType]] = {}


def _functions(prohibido: tuple[str, ...]) -> list[types.FunctionType]:
    """Las funciones públicas de esos módulos (o de nombres suyos), buscadas una vez."""
    if prohibido not in _conocidas:
        _conocidas[prohibido] = [
            f for nombre in prohibido for f in _named(nombre) if not f.__code__.co_freevars
        ]
    return _conocidas[prohibido]


def _named(nombre: str) -> list[types.FunctionType]:
    modulo = sys.modules.get(nombre)
    if modulo is None:
        padre, _, hoja = nombre.rpartition(".")
        return [f for f in [getattr(sys.modules.get(padre), hoja, None)] if _is_function(f)]
    publicas = getattr(modulo, "__all__", [n for n in vars(modulo) if not n.startswith("_")])
    return [f for f in (getattr(modulo, n, None) for n in publicas) if _is_function(f)]


def _is_function(valor) -> bool:
    return isinstance(valor, types.FunctionType) and valor.__module__.startswith("course_lib")
