"""Califica con nbgrader: cada entrega una sola vez, y la que falla no detiene a las demás."""

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.apps.api import NbGraderAPI
from nbgrader.plugins import CsvExportPlugin

from course_lib.grading.course import Course, last_error
from course_lib.grading.inbox import Problem, Submission, roster, survey
from course_lib.grading.publish import normalize_sources, publish_unit


@dataclass
class Outcome:
    """Qué pasó con cada entrega de una tanda."""

    graded: list[Submission] = field(default_factory=list)
    unchanged: list[Submission] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class Seals:
    """Huella de cada cosa ya hecha, para no hacerla dos veces y poder interrumpir.

    Se guarda en `entregas/informes/sellos.json` después de cada entrega. Un sello de algo
    que ya no está en el libro de notas no vale.
    """

    def __init__(self, curso: Course) -> None:
        self.ruta = curso.entregas / "informes" / "sellos.json"
        self.ruta.parent.mkdir(parents=True, exist_ok=True)
        vigentes = _en_el_libro(curso)
        self.sellos = {k: v for k, v in self._leer().items() if k in vigentes}

    def _leer(self) -> dict[str, str]:
        try:
            return json.loads(self.ruta.read_text())
        except (FileNotFoundError, ValueError):
            return {}  # perder los sellos solo cuesta calificar de nuevo

    def has(self, clave: str, huella: str) -> bool:
        return self.sellos.get(clave) == huella

    def put(self, clave: str, huella: str) -> None:
        self.sellos[clave] = huella
        # Escribir aparte y renombrar: un corte deja el archivo viejo o el nuevo, nunca medio.
        provisional = self.ruta.with_suffix(".tmp")
        provisional.write_text(json.dumps(self.sellos, indent=1, ensure_ascii=False))
        os.replace(provisional, self.ruta)


def _en_el_libro(curso: Course) -> set[str]:
    """Claves de sello de las unidades y las entregas que constan en el libro de notas."""
    with curso.gradebook() as notas:
        claves = {f"publicada/{unidad.name}" for unidad in notas.assignments}
        for unidad in notas.assignments:
            claves |= {f"{entrega.student_id}/{unidad.name}" for entrega in unidad.submissions}
    return claves


def fingerprint(*rutas: Path) -> str:
    """SHA-256 del contenido de unos archivos."""
    suma = hashlib.sha256()
    for ruta in rutas:
        suma.update(hashlib.sha256(ruta.read_bytes()).digest())
    return suma.hexdigest()


def pending(
    curso: Course, unidad: str | None = None, alumno: str | None = None
) -> tuple[list[Submission], list[Problem]]:
    """Entregas y problemas que tocan a esa unidad y a ese estudiante (todos si no se dice).

    Raises
    ------
    ValueError
        Si la unidad no existe o el estudiante no ha entregado nada.
    """
    entregas, problemas = survey(curso)
    if unidad:
        curso.check_unit(unidad)
        entregas = [e for e in entregas if e.unit == unidad]
        otras = set(curso.units) - {unidad}
        problemas = [p for p in problemas if p.where.split("/")[-1] not in otras]
    if alumno:
        entregas = [e for e in entregas if e.student == alumno]
        problemas = [p for p in problemas if p.where.split("/")[0] == alumno]
        if not entregas and not problemas:
            raise ValueError(
                f"No hay ninguna entrega de «{alumno}» en {curso.submitted}. "
                "Comprueba el nombre de su carpeta."
            )
    return entregas, problemas


def grade(
    curso: Course,
    unidad: str | None = None,
    alumno: str | None = None,
    *,
    forzar: bool = False,
    avisar: Callable[[Submission], None] = lambda entrega: None,
) -> Outcome:
    """Califica lo que ha cambiado desde la última vez y escribe la retroalimentación.

    Parameters
    ----------
    curso : Course
    unidad, alumno : str, optional
        Limitan la tanda a una unidad o a un estudiante.
    forzar : bool
        Calificar también lo que no ha cambiado.
    avisar : callable
        Recibe cada entrega cuando termina (para la barra de progreso).
    """
    entregas, problemas = pending(curso, unidad, alumno)
    resultado, sellos = Outcome(problems=problemas), Seals(curso)
    _preparar(curso, sellos, {e.unit for e in entregas})
    api = curso.nbgrader()
    for entrega in entregas:
        fuente = curso.solutions / entrega.unit / "ejercicios.ipynb"
        huella = fingerprint(entrega.path, fuente)
        if sellos.has(entrega.key, huella) and _tiene_pagina(curso, entrega) and not forzar:
            resultado.unchanged.append(entrega)
        elif error := _calificar(api, entrega):
            resultado.problems.append(Problem(entrega.key, error))
        else:
            sellos.put(entrega.key, huella)
            resultado.graded.append(entrega)
        avisar(entrega)
    return resultado


def _tiene_pagina(curso: Course, entrega: Submission) -> bool:
    """Si su página sigue ahí: borrarla es la manera de pedir que se califique de nuevo."""
    return (curso.entregas / "feedback" / entrega.key / "ejercicios.html").exists()


def _preparar(curso: Course, sellos: Seals, unidades: set[str]) -> None:
    """Publica las unidades cuyos ejercicios han cambiado y apunta al alumnado de la lista."""
    normalize_sources(curso)
    for unidad in sorted(unidades):
        fuentes = curso.solutions / unidad / "ejercicios.ipynb", curso.root / "nbgrader_config.py"
        huella = fingerprint(*fuentes)
        if not sellos.has(f"publicada/{unidad}", huella):
            publish_unit(curso, unidad)
            sellos.put(f"publicada/{unidad}", huella)
    with curso.gradebook() as notas:
        for ident, fila in (roster(curso) or {}).items():
            datos = {k: fila[k] for k in ("first_name", "last_name", "email") if fila.get(k)}
            notas.update_or_create_student(ident, **datos)


def _calificar(api: NbGraderAPI, entrega: Submission) -> str | None:
    """Califica una entrega y escribe su retroalimentación; devuelve el problema, si lo hay."""
    for paso in (api.autograde, api.generate_feedback):
        resultado = paso(entrega.unit, entrega.student, force=True)
        # nbgrader atrapa también Ctrl-C; hay que devolverlo a quien lo pulsó.
        if "\nKeyboardInterrupt" in resultado.get("error", ""):
            raise KeyboardInterrupt
        if not resultado["success"]:
            return _explicar(resultado)
    return None


def _explicar(resultado: dict) -> str:
    """De un fallo de nbgrader en inglés a una frase con lo que hay que hacer."""
    registro = f"{resultado.get('error', '')}{resultado.get('log', '')}"
    if "UnresponsiveKernelError" in registro or "DeadKernelError" in registro:
        return (
            "El código del estudiante dejó sin respuesta a Python o lo cerró. "
            "Ábrelo, quita lo que lo bloquea y califica de nuevo."
        )
    return (
        f"nbgrader no pudo calificarla ({last_error(resultado)}). Ábrela en JupyterLab, "
        "comprueba que conserva las celdas del cuaderno publicado y califica de nuevo."
    )


def export_csv(curso: Course) -> Path:
    """Escribe `entregas/informes/notas.csv`, con las columnas de nbgrader y quien ha entregado."""
    destino = curso.entregas / "informes" / "notas.csv"
    destino.parent.mkdir(parents=True, exist_ok=True)
    with curso.gradebook() as notas:
        exportador = CsvExportPlugin()
        exportador.to = str(destino)
        # A quien no tiene ninguna entrega calificada, nbgrader le pondría un cero.
        exportador.student = [alumno.id for alumno in notas.students if alumno.submissions]
        if exportador.student:
            exportador.export(notas)
        else:  # sin nombres exportaría a toda la lista
            destino.unlink(missing_ok=True)
    return destino
