"""Dos errores a la vez: qué saldría si una respuesta cometiera los dos.

El catálogo solo tiene los errores de uno en uno. Una pareja se compone de tres maneras:

- si uno de los dos es la respuesta correcta con otros argumentos (o con un retoque del resultado),
  se le ponen esos argumentos (o ese retoque) al otro: eso es cometer los dos;
- si no, se juntan sus diferencias con la correcta, que es exacto cuando tocan sitios distintos,
  se suman o se multiplican;
- y si tocan sitios distintos del código, se juntan los dos cambios (`merging`).

Una composición que no sea la verdadera no hace daño: no coincidirá con la respuesta.
"""

import itertools
import time
from collections.abc import Iterator

import numpy as np

from course_lib.grading.diagnosis import transforms
from course_lib.grading.diagnosis.matching import ENOUGH, Match, Outcomes
from course_lib.grading.diagnosis.merging import Merger
from course_lib.grading.diagnosis.outcome import Outcome, agree, close, observe, same
from course_lib.grading.diagnosis.probes import Probes, signature

KNOWN = 0.6  # parte de los casos en que hay que saber qué saldría


class Pairs:
    """Las parejas de errores de una función; lo que cuesta se calcula la primera vez.

    Parameters
    ----------
    probes : Probes
    """

    def __init__(self, probes: Probes) -> None:
        self.probes = probes
        self.errores = {m.id: m.function for m in probes.exercise.misconceptions}
        self._before: dict[str, transforms.Before] | None = None
        self._after: dict[str, transforms.After] = {}
        self._merger: Merger | None = None

    def find(self, suyas: Outcomes, segundos: float = 3.0) -> Match | None:
        """La pareja que da lo mismo que la respuesta en todos los casos en que se sabe."""
        if not self._rich():
            return None  # de un sí o no, dos errores explican cualquier cosa
        fin, mejor = time.process_time() + segundos, (0, None)
        orden = self._orden(suyas)
        for clave, otra, predicha in self._predictions():
            sabidos, pareja = self._check(clave, otra, predicha, suyas, orden)
            if sabidos > mejor[0]:
                mejor = sabidos, pareja
            if sabidos == len(suyas) or time.process_time() > fin:
                break
        return mejor[1]

    def _rich(self) -> bool:
        """Si los resultados correctos son bastante variados para que acertar no sea casualidad."""
        distintos = {signature(b) for b in self.probes.reference}
        return len(distintos) > ENOUGH

    def _orden(self, suyas: Outcomes) -> list[int]:
        """Los casos, primero los que más descartan: aquellos en que la respuesta se equivoca."""
        fallos = set(self.probes.noticed(suyas))
        return sorted(range(len(suyas)), key=lambda i: (i not in fallos, i))

    def _check(self, clave: str, otra: str, predicha, suyas: Outcomes, orden) -> tuple:
        """En cuántos casos se sabe qué daría la pareja, y ella, si en todos acierta."""
        sabidas: dict[int, Outcome] = {}
        for i in orden:
            if (salida := predicha(i)) is None:
                continue
            if not agree(salida, suyas[i]):
                return 0, None
            sabidas[i] = salida
        fallos = [i for i, s in sabidas.items() if not agree(s, self.probes.reference[i])]
        vistos = [i for i in fallos if sabidas[i].answered]
        if len(vistos) < ENOUGH or len(sabidas) < KNOWN * len(suyas):
            return 0, None
        todas = [sabidas.get(i, suyas[i]) for i in range(len(suyas))]
        return len(sabidas), Match((clave, otra), len(fallos), len(fallos), todas, pair=True)

    def _predictions(self) -> Iterator[tuple]:
        """Cada pareja con una función que dice qué saldría en un caso."""
        self._learn()
        for una, otra in itertools.combinations(self.errores, 2):
            for modo in ("suma", "producto"):
                yield una, otra, lambda i, a=una, b=otra, m=modo: self._blend(a, b, i, m)
        for una, otra in itertools.permutations(self.errores, 2):
            if una in self._after:
                yield una, otra, lambda i, a=una, b=otra: self._then(a, b, i)
            if una in self._before:
                yield una, otra, lambda i, a=una, b=otra: self._first(a, b, i)
        for una, otra in itertools.combinations(self.errores, 2):
            if juntas := self._merger.function(una, otra):
                yield una, otra, lambda i, f=juntas: self._run(f, i)

    def _blend(self, una: str, otra: str, i: int, modo: str) -> Outcome | None:
        a, b, r = self.probes.wrong[una][i], self.probes.wrong[otra][i], self.probes.reference[i]
        if not (a.answered and b.answered):
            return a if b.answered or not a.answered else b
        valor = mix(a.value, b.value, r.value, modo)
        cambian = tuple(sorted({*a.changed, *b.changed}))
        return None if valor is None else Outcome("valor", valor, cambian)

    def _run(self, function, i: int) -> Outcome:
        return observe(function, self.probes.calls[i], self.probes.exercise.view)

    def _then(self, una: str, otra: str, i: int) -> Outcome | None:
        previa = self.probes.wrong[otra][i]
        return retouched(self._after[una], previa)

    def _first(self, una: str, otra: str, i: int) -> Outcome | None:
        call = changed_call(self._before[una], self.probes.calls[i])
        return call and observe(self.errores[otra], call, self.probes.exercise.view)

    # --- qué errores son un retoque de la respuesta correcta ---

    def _learn(self) -> None:
        if self._before is not None:
            return
        self._before, self._merger = {}, Merger(self.probes.exercise)
        correcta, vista = self.probes.exercise.reference.function, self.probes.exercise.view
        for cambio in transforms.before(correcta, self.probes.calls[0]):
            self._assign(
                self._before,
                cambio,
                lambda i, c=cambio: (
                    (call := changed_call(c, self.probes.calls[i]))
                    and observe(correcta, call, vista)
                ),
            )
        for retoque in transforms.AFTER.values():
            self._assign(
                self._after, retoque, lambda i, r=retoque: retouched(r, self.probes.reference[i])
            )

    def _assign(self, donde: dict, cambio, salida) -> None:
        """Apunta el cambio a los errores que lo son en todos los casos."""
        vivos = [clave for clave in self.errores if clave not in donde]
        for i in range(len(self.probes.calls)):
            sale = salida(i)
            if sale is None:
                return
            vivos = [clave for clave in vivos if agree(sale, self.probes.wrong[clave][i])]
            if not vivos:
                return
        donde.update({clave: cambio for clave in vivos if self.probes.evidence[clave]})


def changed_call(cambio, call):
    """La llamada con ese cambio; `None` si no se le puede hacer."""
    try:
        return cambio(call)
    except Exception:
        return None


def retouched(retoque, salida: Outcome) -> Outcome | None:
    """El resultado con ese retoque; `None` si no se le puede hacer."""
    if not salida.answered:
        return salida
    if not isinstance(salida.value, np.ndarray):
        return None
    try:
        with np.errstate(all="ignore"):
            nuevo = retoque(salida.value)
    except Exception:
        return None
    return Outcome("valor", np.asarray(nuevo, dtype=float), salida.changed)


def mix(a, b, r, modo: str):
    """Un valor con las diferencias de los dos con la correcta; `None` si no se sabe."""
    if same(a, r):
        return b
    if same(b, r):
        return a
    if all(isinstance(v, dict) for v in (a, b, r)) and a.keys() == b.keys() == r.keys():
        partes = {k: mix(a[k], b[k], r[k], modo) for k in r}
        return None if any(v is None for v in partes.values()) else partes
    if all(isinstance(v, list) for v in (a, b, r)) and len(a) == len(b) == len(r):
        partes = [mix(*tres, modo) for tres in zip(a, b, r, strict=True)]
        return None if any(v is None for v in partes) else partes
    if all(isinstance(v, np.ndarray) for v in (a, b, r)):
        with np.errstate(all="ignore"):
            return _mix_arrays(a, b, r, modo)
    return None


def _mix_arrays(a: np.ndarray, b: np.ndarray, r: np.ndarray, modo: str) -> np.ndarray | None:
    if a.shape == b.shape == r.shape:
        juntos = a + b - r if modo == "suma" else a * b / r
        return np.where(close(a, r), b, np.where(close(b, r), a, juntos))
    if b.shape == r.shape and r.size:
        a, b = b, a
    if a.shape != r.shape or not r.size:
        return None
    # `a` solo cambia los números y `b` la forma: vale si `a` suma o multiplica por lo mismo.
    cuanto = a - r if modo == "suma" else a / r
    if not np.allclose(cuanto, cuanto.flat[0], rtol=1e-6, equal_nan=False):
        return None
    return b + cuanto.flat[0] if modo == "suma" else b * cuanto.flat[0]
