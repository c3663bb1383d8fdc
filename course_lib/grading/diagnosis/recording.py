"""Cómo llaman las pruebas a una función: se graba con la respuesta de referencia en su lugar."""

import ast
import contextlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from course_lib.checks import seed_random
from course_lib.grading import cells
from course_lib.grading.catalog import Exercise
from course_lib.grading.diagnosis.outcome import Call, weight
from course_lib.grading.engine.slicing import parse, preparation

MAX_NUMBERS = 20_000  # una llamada con más datos es un entrenamiento: no se repite 24 veces
MAX_CALLS = 400


@dataclass(frozen=True)
class Recorded:
    """Una llamada de las pruebas; las de la parte oculta no se repiten nunca tal cual."""

    call: Call
    hidden: bool


class _Enough(BaseException):
    """Ya se ha grabado bastante de esta prueba."""


def record_calls(celdas: list, catalogo: dict[str, Exercise], nombre: str) -> list[Recorded]:
    """Las llamadas que las pruebas de un cuaderno hacen a una función.

    Parameters
    ----------
    celdas : list of NotebookNode
        Las del cuaderno del docente, con sus pruebas ocultas.
    catalogo : dict
        Los ejercicios de la unidad: sus referencias contestan a las pruebas.
    nombre : str
    """
    grabadas: list[Recorded] = []
    espacio = {n: e.reference.function for n, e in catalogo.items()} | {"__name__": "__main__"}
    estado = {"oculta": False}
    espacio[nombre] = _recorder(catalogo[nombre].reference.function, grabadas, estado)
    pruebas = [c for c in celdas if cells.is_test(c) and nombre in cells.names(c)]
    seed_random(0)
    with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        for codigo, estado["oculta"] in _pieces(celdas, pruebas):
            with contextlib.suppress(Exception, _Enough):
                exec(codigo, espacio)
    return grabadas


def _recorder(referencia: Callable, grabadas: list[Recorded], estado: dict) -> Callable:
    def grabar(*args, **kwargs):
        call = Call(args, kwargs).copy()
        if weight(call.values) > MAX_NUMBERS or len(grabadas) >= MAX_CALLS:
            raise _Enough
        try:
            valor = referencia(*args, **kwargs)
        except Exception:
            call = replace(call, raising=True)
            raise
        finally:
            grabadas.append(Recorded(call, estado["oculta"]))
        return valor

    return grabar


def _pieces(celdas: list, pruebas: list) -> Iterator[tuple[object, bool]]:
    """Lo que hay que ejecutar, en orden, y si es de la parte oculta de una prueba."""
    previas = preparation(_instructor(celdas), [c.source for c in pruebas])
    for numero, celda in enumerate(celdas):
        for sentencia in previas.get(numero, ()):
            yield _compiled([sentencia]), False
        if any(celda is prueba for prueba in pruebas):
            inicio = cells.hidden_start(celda.source) or 10**9
            sentencias = parse(celda.source)
            yield _compiled([s for s in sentencias if s.end_lineno < inicio]), False
            yield _compiled([s for s in sentencias if s.end_lineno >= inicio]), True


def _instructor(celdas: list) -> dict[int, str]:
    return {
        i: c.source
        for i, c in enumerate(celdas)
        if c.cell_type == "code" and not cells.is_test(c) and not cells.is_answer(c)
    }


def _compiled(sentencias: list):
    return compile(ast.Module(sentencias, []), "<prueba>", "exec")
