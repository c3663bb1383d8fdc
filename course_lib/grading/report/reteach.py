"""Qué partes de la lección conviene volver a explicar, y por qué."""

import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field

from course_lib.grading.catalog import load_catalog
from course_lib.grading.course import Course
from course_lib.grading.lesson import closest
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


def sections(curso: Course, datos: UnitData) -> dict[str, str]:
    """Por id de error, la parte de la lección que conviene releer; vacía si no se sabe.

    La que dijo el juez está en los cuadernos calificados: se abre uno por error, no uno por
    estudiante. Si no la dijo, la parte que más palabras comparte con el error.
    """
    partes: dict[str, str] = {}
    leccion = curso.solutions / datos.name / "leccion.ipynb"
    conocidos = _texts(load_catalog(curso.solutions / datos.name))
    for fila in datos.rows:
        suyos = {i for hallazgo in fila.findings for i in hallazgo.ids} - partes.keys()
        dichas = _said(_diagnoses(curso, fila.person.id, datos.name)) if suyos else {}
        for ident in suyos:
            partes[ident] = dichas.get(ident) or closest(leccion, conocidos.get(ident, ""))
    return partes


def _texts(catalogo: dict) -> dict[str, str]:
    errores = [e for ejercicio in catalogo.values() for e in ejercicio.misconceptions]
    return {e.id: f"{e.name} {e.hint} {e.id.replace('-', ' ')}" for e in errores}


def _said(diagnosticos: list[dict]) -> dict[str, str]:
    return {i: d["section"] for d in diagnosticos if d.get("section") for i in d.get("ids", ())}


def _diagnoses(curso: Course, alumno: str, unidad: str) -> list[dict]:
    ruta = curso.entregas / "autograded" / alumno / unidad / "ejercicios.ipynb"
    # Si ya no está el cuaderno calificado, el error se queda sin parte, y no sin informe.
    with contextlib.suppress(OSError, ValueError, KeyError):
        celdas = json.loads(ruta.read_text(encoding="utf-8"))["cells"]
        return [c["metadata"]["diagnostico"] for c in celdas if c["metadata"].get("diagnostico")]
    return []


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
