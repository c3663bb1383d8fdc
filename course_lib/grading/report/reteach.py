"""Qué partes de la lección conviene volver a explicar, y por qué."""

from collections.abc import Callable
from dataclasses import dataclass, field

from course_lib.grading.report.data import UnitData
from course_lib.grading.report.stats import ItemStats, Mistake

COMUN = 0.1  # de la clase: por debajo, basta con su página de retroalimentación
DIFICIL = 0.5


@dataclass
class Part:
    """Una parte de la lección, con quiénes tropiezan en ella."""

    title: str
    students: set[str] = field(default_factory=set)
    reasons: list[str] = field(default_factory=list)


def parts(
    datos: UnitData, errores: list[Mistake], cifras: list[ItemStats], contar: Callable[[int], str]
) -> list[Part]:
    """Las partes que más falta hacen, primero las de más estudiantes.

    Parameters
    ----------
    datos : UnitData
    errores : list of Mistake
    cifras : list of ItemStats
    contar : callable
        Escribe un número de estudiantes: tal cual, o sin señalar a nadie.
    """
    partes: dict[str, Part] = {}
    for error in errores:
        if error.count >= max(2, COMUN * len(datos.rows)):
            titulo = error.section or f"La parte que prepara {error.function}"
            parte = partes.setdefault(titulo, Part(titulo))
            parte.students |= {p.id for p in error.students}
            parte.reasons.append(f"{error.name}: {contar(error.count)}.")
    ordenadas = sorted(partes.values(), key=lambda p: (-len(p.students), p.title))
    return ordenadas + _hard_exercises(datos, errores, cifras)


def _hard_exercises(datos: UnitData, errores: list[Mistake], cifras: list[ItemStats]) -> list[Part]:
    """Los ejercicios que salen mal sin que ningún error del catálogo lo explique."""
    explicados = {error.function for error in errores}
    dificiles = []
    for nombre in datos.exercises:
        suyas = [c for c in cifras if c.item.exercise == nombre]
        posibles = sum(c.item.points for c in suyas)
        parte = sum(c.p * c.item.points for c in suyas) / posibles
        if parte < DIFICIL and nombre not in explicados:
            razon = f"La clase saca el {parte:.0%} de sus puntos y ningún error típico lo explica."
            dificiles.append(Part(f"El ejercicio {nombre}", reasons=[razon.replace("%", " %")]))
    return dificiles
