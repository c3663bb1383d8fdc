"""Las páginas que recibe el alumnado, hechas con el libro de notas y la plantilla de la casa."""

import hashlib
import logging
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbconvert.exporters import HTMLExporter
from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import select

from course_lib.grading.course import Course
from course_lib.grading.engine.ledger import write_whole
from course_lib.grading.feedback import HideHiddenTests

FORMATO = 2  # cambia cuando cambia lo que dice una página: así se rehacen las de antes
RESUMENES = ("ejercicios.md", "ejercicios.txt")


@dataclass
class Marks:
    """Lo que el libro de notas dice de una entrega."""

    scores: dict[str, tuple[float, float]] = field(default_factory=dict)
    comments: dict[str, str | None] = field(default_factory=dict)
    penalty: float = 0.0

    @property
    def fingerprint(self) -> str:
        datos = FORMATO, sorted(self.scores.items()), sorted(self.comments.items()), self.penalty
        return hashlib.sha256(repr(datos).encode()).hexdigest()


def marks_of(curso: Course, db, unidad: str) -> dict[str, Marks]:
    """Por estudiante, las notas y comentarios de una unidad."""
    todas: dict[str, Marks] = {}
    entregas = (
        select(Student.id, SubmittedNotebook.id, SubmittedNotebook.late_submission_penalty)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .join(Student, Student.id == SubmittedAssignment.student_id)
        .where(Assignment.name == unidad)
    )
    por_cuaderno = {}
    for alumno, cuaderno, pena in db.execute(entregas):
        por_cuaderno[cuaderno] = todas[alumno] = Marks(penalty=pena or 0.0)
    maximos = _max_scores(curso, unidad)
    for cuaderno, nombre, nota in _rows(db, Grade, Grade.score, por_cuaderno):
        por_cuaderno[cuaderno].scores[nombre] = float(nota), maximos.get(nombre, 0.0)
    for cuaderno, nombre, texto in _rows(db, Comment, Comment.comment, por_cuaderno):
        por_cuaderno[cuaderno].comments[nombre] = texto
    return todas


def _rows(db, clase, valor, cuadernos):
    consulta = select(clase.notebook_id, BaseCell.name, valor).join(
        BaseCell, BaseCell.id == clase.cell_id
    )
    return (fila for fila in db.execute(consulta) if fila[0] in cuadernos)


def _max_scores(curso: Course, unidad: str) -> dict[str, float]:
    cuaderno = nbformat.read(curso.solutions / unidad / "ejercicios.ipynb", as_version=4)
    datos = [celda.metadata.get("nbgrader", {}) for celda in cuaderno.cells]
    return {d["grade_id"]: float(d["points"]) for d in datos if d.get("points") is not None}


class PageMaker:
    """Convierte cuadernos calificados en páginas, con un único exportador.

    Parameters
    ----------
    curso : Course
    """

    def __init__(self, curso: Course) -> None:
        config = curso.config()
        config.HTMLExporter.template_name = "feedback"
        config.Exporter.default_preprocessors = []
        self.curso = curso
        self.exportador = HTMLExporter(config=config, log=logging.getLogger("traitlets"))
        self.ocultar = HideHiddenTests(config=config)

    def path(self, alumno: str, unidad: str) -> Path:
        return self.curso.entregas / "feedback" / alumno / unidad / "ejercicios.html"

    def made(self, alumno: str, unidad: str) -> bool:
        """Si la página y sus dos resúmenes están escritos."""
        pagina = self.path(alumno, unidad)
        return pagina.exists() and all(pagina.with_name(n).exists() for n in RESUMENES)

    def make(self, alumno: str, unidad: str, notas: Marks) -> None:
        """Escribe la página de una entrega ya calificada y sus resúmenes."""
        ruta = self.curso.entregas / "autograded" / alumno / unidad / "ejercicios.ipynb"
        cuaderno = nbformat.read(ruta, as_version=4)
        for celda in cuaderno.cells:
            _fill(celda.metadata.get("nbgrader", {}), notas)
        recursos = {"nbgrader": _totals(notas) | {"assignment": unidad, "student": alumno}}
        recursos["nbgrader"]["notebook"] = "ejercicios"
        cuaderno, _ = self.ocultar.preprocess(cuaderno, recursos)
        pagina, _ = self.exportador.from_notebook_node(cuaderno, resources=recursos)
        for nombre in RESUMENES:
            write_whole(
                self.path(alumno, unidad).with_name(nombre), recursos["outputs"][nombre].decode()
            )
        write_whole(self.path(alumno, unidad), pagina)


def _fill(datos: dict, notas: Marks) -> None:
    """Lo mismo que `GetGrades` de nbgrader, que abriría el libro de notas para cada página."""
    nombre = datos.get("grade_id")
    if nombre in notas.comments:
        datos["comment"] = notas.comments[nombre]
    if nombre in notas.scores:
        datos["score"], datos["points"] = notas.scores[nombre]


def _totals(notas: Marks) -> dict[str, float]:
    return {
        "score": sum(nota for nota, _ in notas.scores.values()) - notas.penalty,
        "max_score": sum(maximo for _, maximo in notas.scores.values()),
        "late_penalty": notas.penalty,
    }
