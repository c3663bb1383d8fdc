"""Lo que el libro de notas sabe de una unidad, para el informe y las exportaciones."""

import re
import unicodedata
from dataclasses import dataclass, field

import nbformat
import numpy as np
from nbgrader.api import Assignment, Student, SubmittedAssignment
from sqlalchemy import select

from course_lib.grading import cells
from course_lib.grading.course import Course
from course_lib.grading.engine import findings
from course_lib.grading.pages import Marks, marks_of
from course_lib.grading.tables import exercise_of


@dataclass(frozen=True)
class Item:
    """Una prueba con puntos: a qué ejercicio pertenece, qué comprueba y cuánto vale."""

    id: str
    exercise: str
    title: str
    points: float

    @property
    def aspect(self) -> str:
        """El aspecto, con las tildes del título: `test_conv2d__tamano` → «tamaño»."""
        escritas = {_plain(p): p for p in re.findall(r"\w+", self.title.lower())}
        return " ".join(escritas.get(p, p) for p in self.id.split("__")[-1].split("_"))


def _plain(texto: str) -> str:
    """Sin tildes ni virgulillas, como en los identificadores."""
    return "".join(c for c in unicodedata.normalize("NFD", texto) if not unicodedata.combining(c))


@dataclass(frozen=True)
class Finding:
    """Un diagnóstico del libro de notas."""

    cell: str
    function: str
    kind: str
    ids: tuple[str, ...]
    sentence: str


@dataclass(frozen=True)
class Person:
    """Quién es, con lo que su plataforma necesita para reconocerle."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_id: str = ""

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.first_name, self.last_name))) or self.id


@dataclass
class Row:
    """Lo que se sabe de la entrega de alguien."""

    person: Person
    scores: dict[str, float]
    penalty: float = 0.0
    seconds: float | None = None
    problem: str = ""
    hours_late: float = 0.0
    pending: bool = False
    findings: list[Finding] = field(default_factory=list)

    @property
    def total(self) -> float:
        """La nota con lo que cuesta entregar tarde, como la da nbgrader: nunca menos de cero."""
        return max(0.0, sum(self.scores.values()) - self.penalty)


@dataclass
class UnitData:
    """Una unidad: sus pruebas y la entrega de cada estudiante."""

    name: str
    title: str
    items: list[Item]
    rows: list[Row]
    absent: list[Person] = field(default_factory=list)

    @property
    def max_score(self) -> float:
        return sum(item.points for item in self.items)

    @property
    def exercises(self) -> list[str]:
        return list(dict.fromkeys(item.exercise for item in self.items))

    @property
    def scores(self) -> np.ndarray:
        """Puntos de cada estudiante (fila) en cada prueba (columna)."""
        filas = [[fila.scores.get(item.id, 0.0) for item in self.items] for fila in self.rows]
        return np.array(filas, dtype=float).reshape(len(self.rows), len(self.items))

    @property
    def marks(self) -> np.ndarray:
        """La nota de cada estudiante sobre 10, con lo que cuesta entregar tarde."""
        totales = np.array([fila.total for fila in self.rows], dtype=float)
        return 10 * totales / self.max_score if self.max_score else totales


def read_unit(curso: Course, db, unidad: str) -> UnitData:
    """Lee del libro de notas todo lo que hay de una unidad.

    Parameters
    ----------
    curso : Course
    db : Session
        La del libro de notas, abierto.
    unidad : str
    """
    notas = marks_of(curso, db, unidad)
    personas = {p.id: p for p in people(db)}
    filas = [_row(personas[alumno], notas[alumno]) for alumno in sorted(notas)]
    datos = UnitData(unidad, curso.title(unidad), _items(curso, unidad), filas)
    datos.absent = [p for p in personas.values() if p.id not in notas]
    por_alumno = {fila.person.id: fila for fila in filas}
    _add_submissions(db, unidad, por_alumno)
    _add_findings(db, unidad, por_alumno)
    return datos


def people(db) -> list[Person]:
    """El alumnado del libro de notas, por orden de id."""
    columnas = Student.id, Student.first_name, Student.last_name, Student.email, Student.lms_user_id
    return [
        Person(*(valor or "" for valor in fila))
        for fila in db.execute(select(*columnas).order_by(Student.id))
    ]


def _row(persona: Person, notas: Marks) -> Row:
    return Row(persona, {prueba: n for prueba, (n, _) in notas.scores.items()}, notas.penalty)


def _items(curso: Course, unidad: str) -> list[Item]:
    cuaderno = nbformat.read(curso.solutions / unidad / "ejercicios.ipynb", as_version=4)
    datos = [(c, c.metadata.get("nbgrader", {})) for c in cuaderno.cells]
    return [
        Item(d["grade_id"], exercise_of(d["grade_id"]), _title(c), float(d["points"]))
        for c, d in datos
        if d.get("points")
    ]


def _title(celda) -> str:
    return cells.title(celda) if cells.is_test(celda) else "Se corrige a mano"


def _add_submissions(db, unidad: str, filas: dict[str, Row]) -> None:
    entregas = (
        select(SubmittedAssignment)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .where(Assignment.name == unidad)
    )
    for entrega in db.scalars(entregas):
        if fila := filas.get(entrega.student_id):
            fila.hours_late = max(0.0, entrega.total_seconds_late / 3600)
            fila.pending = bool(entrega.needs_manual_grade)


def _add_findings(db, unidad: str, filas: dict[str, Row]) -> None:
    """Los diagnósticos y los segundos; un libro de notas de antes no tiene esas tablas."""
    findings.create(db.get_bind())
    suyos = findings.DIAGNOSES.c.unit == unidad
    for d in db.execute(select(findings.DIAGNOSES).where(suyos)).mappings():
        if fila := filas.get(d["student_id"]):
            ids = tuple(filter(None, d["ids"].split("+")))
            fila.findings.append(Finding(d["cell"], d["function"], d["kind"], ids, d["sentence"]))
    suyas = findings.DELIVERIES.c.unit == unidad
    for d in db.execute(select(findings.DELIVERIES).where(suyas)).mappings():
        if fila := filas.get(d["student_id"]):
            fila.seconds, fila.problem = d["seconds"], d["problem"] or ""
