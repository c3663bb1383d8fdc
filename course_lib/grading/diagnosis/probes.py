"""Con qué datos se interroga a una respuesta: nuevos, válidos y que distingan los errores.

Un dato es válido si todas las respuestas correctas del catálogo dan lo mismo con él: así nadie
tiene que escribir el dominio de cada función.
"""

import time
import zlib
from collections.abc import Iterator

import numpy as np

from course_lib.grading.catalog import Exercise
from course_lib.grading.diagnosis.fresh import MANERAS, fresh_call
from course_lib.grading.diagnosis.outcome import Call, Outcome, agree, equal_calls, observe
from course_lib.grading.diagnosis.recording import Recorded

WANTED, KILLS = 24, 4  # casos, y en cuántos se debe notar cada error
TRIES, PATIENCE, SECONDS = 240, 24, 6.0  # intentos, seguidos que no enseñan nada, y límite


class Probes:
    """Los casos elegidos para una función, con lo que hace en ellos cada respuesta del catálogo.

    Parameters
    ----------
    exercise : Exercise
    recorded : list of Recorded
        Cómo llaman las pruebas a la función.

    Attributes
    ----------
    calls : list of Call
    right : list of list of Outcome
        Por caso, lo que dan las respuestas correctas; la primera es la referencia.
    wrong : dict of str to list of Outcome
        Por error, lo que da en cada caso.
    evidence : dict of str to list of int
        Por error, los casos en que se nota.
    """

    def __init__(self, exercise: Exercise, recorded: list[Recorded]) -> None:
        self.exercise = exercise
        self.rng = np.random.default_rng(zlib.crc32(exercise.name.encode()))
        self.calls: list[Call] = []
        self.right: list[list[Outcome]] = []
        self.wrong: dict[str, list[Outcome]] = {m.id: [] for m in exercise.misconceptions}
        self._claves = [m.id for m in exercise.misconceptions]
        self._grupos: set[tuple[str, str]] = set()
        self._muertes = dict.fromkeys(self._claves, 0)
        self._secretas = [r.call for r in recorded if r.hidden]
        self._choose(self._candidates(recorded))
        self.evidence = {clave: self.noticed(self.wrong[clave]) for clave in self._claves}

    @property
    def reference(self) -> list[Outcome]:
        return [correctas[0] for correctas in self.right]

    def right_at(self, call: Call) -> list[Outcome] | None:
        """Lo que dan las respuestas correctas; `None` si el dato no es válido."""
        salidas = []
        for correcta in self.exercise.correct:
            salidas.append(observe(correcta.function, call, self.exercise.view))
            if not salidas[-1].answered or salidas[-1].changed:
                return None
            if self.exercise.comparable and not agree(salidas[0], salidas[-1]):
                return None
        return salidas

    def is_secret(self, call: Call) -> bool:
        """Si esos datos son, por casualidad, los de una prueba oculta: no se pueden enseñar."""
        return any(equal_calls(call, otra) for otra in self._secretas)

    def noticed(self, salidas: list[Outcome]) -> list[int]:
        """Los casos en que se nota que algo va mal: no sale lo de ninguna respuesta correcta."""
        return [
            i
            for i, (mala, buenas) in enumerate(zip(salidas, self.right, strict=True))
            if not any(agree(mala, buena) for buena in buenas)
        ]

    # --- elegir ---

    def _candidates(self, recorded: list[Recorded]) -> Iterator[Call]:
        if self.exercise.sources:
            for fuente in self.exercise.sources:
                yield from (Call(tuple(args)) for args in fuente(self.rng))
        utiles = [r for r in recorded if not (r.hidden and _has_function(r.call.values))]
        if not utiles:
            return
        orden = _varied(utiles, self.rng)
        for n in range(TRIES):
            modelo = orden[n % len(orden)].call
            nueva = fresh_call(modelo, self.rng, MANERAS[n // len(orden) % len(MANERAS)])
            repetida = any(equal_calls(nueva, otra) for otra in self.calls)
            if not repetida and not self.is_secret(nueva):
                yield nueva

    def _choose(self, candidatas: Iterator[Call]) -> None:
        """Se queda con las que enseñan algo que las anteriores no enseñaban."""
        fin, en_balde = time.process_time() + SECONDS, 0
        for call in candidatas:
            correctas = self.right_at(call)
            if correctas is None:
                continue
            salidas = [
                observe(m.function, call, self.exercise.view) for m in self.exercise.misconceptions
            ]
            ensena = self._teaches(salidas, correctas)
            en_balde = 0 if ensena else en_balde + 1
            if ensena or len(self.calls) < WANTED:
                self.calls.append(call)
                self.right.append(correctas)
                for clave, salida in zip(self._claves, salidas, strict=True):
                    self.wrong[clave].append(salida)
            bastan = (
                len(self.calls) >= WANTED and en_balde >= PATIENCE and all(self._muertes.values())
            )
            if bastan or len(self.calls) >= 2 * WANTED or time.process_time() > fin:
                return

    def _teaches(self, salidas: list[Outcome], correctas: list[Outcome]) -> bool:
        firmas = [signature(s) for s in salidas]
        buenas = {signature(c) for c in correctas}
        nuevo = False
        for clave, firma in zip(self._claves, firmas, strict=True):
            if firma not in buenas and self._muertes[clave] < KILLS:
                nuevo = True
        separadas = {
            (a, b)
            for i, a in enumerate(self._claves)
            for j, b in enumerate(self._claves[:i])
            if firmas[i] != firmas[j]
        } - self._grupos
        if nuevo or separadas:
            self._grupos |= separadas
            for clave, firma in zip(self._claves, firmas, strict=True):
                self._muertes[clave] += firma not in buenas
        return nuevo or bool(separadas)


def signature(salida: Outcome) -> tuple:
    """Algo corto que casi siempre distingue dos resultados distintos."""
    return salida.kind, salida.changed, _digest(salida.value)


def _digest(valor) -> tuple:
    if isinstance(valor, np.ndarray):
        pesos = np.cos(np.arange(valor.size) + 1.0)
        with np.errstate(all="ignore"):
            return valor.shape, f"{float(valor.ravel() @ pesos):.4g}"
    if isinstance(valor, dict):
        return tuple((k, _digest(v)) for k, v in valor.items())
    if isinstance(valor, list):
        return tuple(map(_digest, valor))
    return (valor,)


def _varied(grabadas: list[Recorded], rng) -> list[Recorded]:
    """Una llamada de cada forma primero; después, las demás."""
    primeras: dict[tuple, Recorded] = {}
    for una in grabadas:
        primeras.setdefault(_shape(una.call.values), una)
    unas = list(primeras.values())
    otras = [r for r in grabadas if not any(r is u for u in unas)]
    rng.shuffle(unas)
    rng.shuffle(otras)
    return [*unas, *otras][:60]


def _shape(valor) -> tuple:
    if isinstance(valor, np.ndarray):
        return (valor.dtype.kind, valor.shape)
    if isinstance(valor, tuple | list):
        return (type(valor).__name__, *map(_shape, valor))
    if isinstance(valor, dict):
        return tuple((k, _shape(v)) for k, v in valor.items())
    return (valor,) if isinstance(valor, str | bool | None) else (type(valor).__name__,)


def _has_function(valores) -> bool:
    return any(callable(v) for v in valores)
