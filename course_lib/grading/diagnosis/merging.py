"""El código con dos errores a la vez: los cambios de uno y los del otro, sobre el correcto.

Es lo que hace un control de versiones al juntar dos ramas, palabra a palabra: cada error se compara
con la respuesta de referencia, y si tocan sitios distintos, los dos cambios caben juntos.
"""

import ast
import contextlib
import inspect
import re
import signal
import textwrap
import threading
from collections.abc import Callable
from difflib import SequenceMatcher

from course_lib.grading.catalog import Exercise

PALABRA = re.compile(
    r"\n *|'[^'\n]*'|\"[^\"\n]*\"|\d+(?:\.\d*)?(?:e-?\d+)?|\w+|\*\*|//|[-+*/<>=!:]=|\S"
)
SECONDS = 0.25
MAX_CHANGED = 0.7  # un error que cambia más que eso está escrito de otra manera
Words = list[str]
Edits = list[tuple[int, int, Words]]


def words(function: Callable) -> Words:
    """Las palabras del código de una función, sin su nombre, su docstring ni sus comentarios."""
    arbol = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    arbol.decorator_list, arbol.name = [], "respuesta"
    arbol.body = arbol.body[ast.get_docstring(arbol) is not None :] or [ast.Pass()]
    return PALABRA.findall(ast.unparse(arbol))


def edits(base: Words, otra: Words) -> Edits:
    """Qué trozos de la primera hay que cambiar para tener la segunda."""
    pasos = SequenceMatcher(None, base, otra, autojunk=False).get_opcodes()
    return [(i, j, otra[k:m]) for clase, i, j, k, m in pasos if clase != "equal"]


def merge(base: Words, unos: Edits, otros: Edits) -> str | None:
    """El código con los dos grupos de cambios; `None` si se pisan."""
    # Un cambio que hacen los dos (otro nombre para lo mismo, casi siempre) se hace una vez.
    juntos = sorted([*unos, *(c for c in otros if c not in unos)], key=lambda c: c[:2])
    for antes, despues in zip(juntos, juntos[1:], strict=False):
        if despues[0] < antes[1] or despues[:2] == antes[:2]:
            return None
    palabras = list(base)
    for i, j, nuevas in reversed(juntos):
        palabras[i:j] = nuevas
    return "".join(p if p.startswith("\n") else f"{p} " for p in palabras)


class Merger:
    """Las respuestas con dos errores de un ejercicio, hechas la primera vez que se piden.

    Parameters
    ----------
    exercise : Exercise
    """

    def __init__(self, exercise: Exercise) -> None:
        self.espacio = exercise.reference.function.__globals__
        self.base = words(exercise.reference.function)
        self.cambios: dict[str, Edits] = {}
        for error in exercise.misconceptions:
            suyos = edits(self.base, words(error.function))
            repite = any("while" in nuevas for *_, nuevas in suyos)  # juntos, podrían no acabar
            if not repite and sum(j - i for i, j, _ in suyos) < MAX_CHANGED * len(self.base):
                self.cambios[error.id] = suyos
        self._hechas: dict[tuple[str, str], Callable | None] = {}

    def function(self, una: str, otra: str) -> Callable | None:
        """La función que comete los dos errores, si se pueden juntar."""
        if (una, otra) not in self._hechas:
            self._hechas[una, otra] = self._build(una, otra)
        return self._hechas[una, otra]

    def _build(self, una: str, otra: str) -> Callable | None:
        if una not in self.cambios or otra not in self.cambios:
            return None
        codigo = merge(self.base, self.cambios[una], self.cambios[otra])
        espacio = dict(self.espacio)
        with contextlib.suppress(SyntaxError, ValueError):
            exec(compile(codigo or "", "<dos errores>", "exec"), espacio)
        return limited(espacio["respuesta"]) if "respuesta" in espacio else None


def limited(function: Callable) -> Callable:
    """La misma función, que se rinde si tarda: nadie ha ejecutado antes este código."""

    def respuesta(*args, **kwargs):
        if threading.current_thread() is not threading.main_thread():
            return function(*args, **kwargs)
        anterior = signal.signal(signal.SIGVTALRM, _give_up)
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        try:
            return function(*args, **kwargs)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, anterior)

    return respuesta


def _give_up(*_) -> None:
    raise TimeoutError("tarda demasiado")
