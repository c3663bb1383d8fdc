"""Mientras se llama a una respuesta, las funciones que la darían hecha no responden.

Complementa a `scan`, que lee el código: aquí da igual por qué nombre o rodeo se llegue a ellas. Se
cambia el código de cada función y no el nombre por el que se la busca, así que también alcanza a
las copias que el cuaderno guardara antes.
"""

import contextlib
import importlib
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
    funciones = known(prohibido)
    codigos = [funcion.__code__ for funcion in funciones]
    for funcion in funciones:
        funcion.__code__ = _closed.__code__
    try:
        yield
    finally:
        for funcion, codigo in zip(funciones, codigos, strict=True):
            funcion.__code__ = codigo


_conocidas: dict[tuple[str, ...], list[types.FunctionType]] = {}


def known(prohibido: tuple[str, ...]) -> list[types.FunctionType]:
    """Las funciones de esos módulos (o con esos nombres) y de los que cuelgan, buscadas una vez.

    También las privadas: una copia guardada con su código de antes acaba llamándolas.
    """
    if prohibido not in _conocidas:
        propios = [p for p in prohibido if p.startswith("course_lib")]
        todas = {id(f): f for nombre in propios for f in _named(nombre)}
        _conocidas[prohibido] = [f for f in todas.values() if not f.__code__.co_freevars]
    return _conocidas[prohibido]


def _named(nombre: str) -> list[types.FunctionType]:
    padre, _, hoja = nombre.rpartition(".")
    # Si aún no se ha importado, la respuesta podría hacerlo después y la encontraría abierta.
    with contextlib.suppress(ImportError):
        importlib.import_module(nombre)
    if nombre not in sys.modules:
        return [f for f in [getattr(sys.modules.get(padre), hoja, None)] if _is_function(f)]
    suyos = [m for n, m in list(sys.modules.items()) if f"{n}.".startswith(f"{nombre}.")]
    return [f for modulo in suyos for f in list(vars(modulo).values()) if _is_function(f)]


def _is_function(valor) -> bool:
    return isinstance(valor, types.FunctionType) and valor.__module__.startswith("course_lib")
