"""El diagnóstico de una función: se la interroga y se busca qué explica sus respuestas."""

import time

from course_lib.grading.diagnosis import generic, matching, words
from course_lib.grading.diagnosis.outcome import Outcome, weight
from course_lib.grading.diagnosis.pairs import Pairs
from course_lib.grading.diagnosis.probes import Probes
from course_lib.grading.diagnosis.report import Case, Diagnosis
from course_lib.grading.diagnosis.shrink import Ask, smallest

STOPS = 2  # paradas después de las que no se pregunta más


class Expert:
    """Lo que se sabe de una función: se prepara una vez y sirve para todas las entregas.

    Parameters
    ----------
    probes : Probes
    """

    def __init__(self, probes: Probes) -> None:
        self.probes, self.exercise, self.pairs = probes, probes.exercise, Pairs(probes)

    def diagnose(self, ask: Ask, seconds: float = 10.0) -> Diagnosis:
        """Qué le pasa a una respuesta que no supera sus pruebas.

        Parameters
        ----------
        ask : callable
            Pregunta a la respuesta: recibe una llamada y da lo que pasó.
        seconds : float
            Lo que puede durar.
        """
        fin = time.monotonic() + seconds
        suyas = self._interview(ask, fin)
        if not suyas:
            return self._diagnosis("desconocido", words.NINGUNO_SIN_CASO)
        fallos = self.probes.noticed(suyas)
        if self.exercise.comparable and not fallos:
            return self._diagnosis("desconocido", words.ACIERTA.format(len(suyas)))
        hallado = self._find(suyas)
        caso = self._case(hallado, suyas, fallos, ask, fin)
        return self._told(hallado, caso)

    def _interview(self, ask: Ask, fin: float) -> list[Outcome]:
        """Las respuestas a todos los casos; tras unas paradas, la última se da por repetida."""
        suyas: list[Outcome] = []
        paradas = 0
        for call in self.probes.calls:
            if paradas >= STOPS or (suyas and time.monotonic() > fin):
                suyas.append(suyas[-1] if paradas else Outcome("tiempo"))
                continue
            suyas.append(ask(call))
            paradas += suyas[-1].kind not in ("valor", "excepcion")
        return suyas

    def _find(self, suyas: list[Outcome]):
        """Lo que lo explica, de lo más preciso a lo más vago."""
        return (
            matching.exact(self.probes, suyas)
            or (parado := generic.strong(self.probes, suyas))
            and parado.kind == "tiempo"
            and parado
            or self.pairs.find(suyas)
            or generic.strong(self.probes, suyas)
            or matching.loose(self.probes, suyas)
            or generic.weak(self.probes, suyas)
        )

    def _case(self, hallado, suyas, fallos: list[int], ask: Ask, fin: float) -> Case | None:
        if isinstance(hallado, generic.Finding):
            fallos = [i for i in hallado.cases if suyas[i].answered or suyas[i].error] or []
        if not fallos or time.monotonic() > fin:
            return None
        elegido = min(fallos, key=lambda i: weight(self.probes.calls[i].values))
        return smallest(self.probes, ask, self.probes.calls[elegido], suyas[elegido], fin)

    def _told(self, hallado, caso: Case | None) -> Diagnosis:
        if isinstance(hallado, generic.Finding):
            return self._diagnosis(hallado.kind, hallado.sentence, hint=hallado.hint, case=caso)
        if hallado is None:
            return self._diagnosis(
                "desconocido", words.NINGUNO if caso else words.NINGUNO_SIN_CASO, case=caso
            )
        return self._diagnosis(
            "par" if hallado.pair else "error",
            words.sentence(self.exercise, hallado),
            ids=hallado.ids,
            evidence=words.evidence(hallado),
            hint=words.hint(self.exercise, hallado),
            case=caso,
        )

    def _diagnosis(self, kind: str, sentence: str, **datos) -> Diagnosis:
        parte = words.section(self.exercise, datos.get("ids", ()))
        return Diagnosis(self.exercise.name, kind, sentence, section=parte, **datos)
