"""El único que escribe en el libro de notas: muchas entregas en cada transacción.

Deja las mismas filas que `nbgrader autograde`, que haría una transacción por celda. En la misma
transacción va el sello de cada entrega (qué se calificó), así que un corte en cualquier momento
deja una entrega entera calificada o entera por calificar.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import nbformat
from nbgrader import utils
from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    Gradebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import Column, MetaData, String, Table, select
from traitlets.config import Config

from course_lib.grading.engine import findings
from course_lib.grading.engine.job import Result
from course_lib.grading.engine.rows import COMMENT_UPDATE, CUADERNO, GRADE_UPDATE, UnitRows

SIN_RESPUESTA = "No response."  # el comentario que pone nbgrader a una respuesta sin tocar
SEALS = Table(
    "curso_sello",
    MetaData(),
    Column("student_id", String(128), primary_key=True),
    Column("unit", String(128), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("page", String(64)),
)


@dataclass(frozen=True)
class Graded:
    """Una entrega calificada y lo que hace falta para apuntarla."""

    result: Result
    path: Path  # dónde se guarda el cuaderno calificado
    timestamp: datetime | None = None


class Ledger:
    """El libro de notas abierto para apuntar muchas entregas.

    Parameters
    ----------
    gradebook : Gradebook
    config : Config
        La de `nbgrader_config.py`: dice qué cuesta entregar tarde.
    """

    def __init__(self, gradebook: Gradebook, config: Config) -> None:
        self.gradebook, self.db = gradebook, gradebook.db
        self.late = AssignLatePenalties(config=config)
        self.late.init_plugin()
        SEALS.create(gradebook.engine, checkfirst=True)
        findings.create(gradebook.engine)
        self._unidades: dict[str, UnitRows] = {}

    def seals(self) -> dict[str, tuple[str, str | None]]:
        """Por `alumno/unidad` en el libro, la huella de lo calificado y la de su página."""
        entregas = (
            select(SEALS)
            .join(Student, Student.id == SEALS.c.student_id)
            .join(SubmittedAssignment, SubmittedAssignment.student_id == Student.id)
            .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
            .where(Assignment.name == SEALS.c.unit)
        )
        return {f"{s}/{u}": (huella, pagina) for s, u, huella, pagina in self.db.execute(entregas)}

    def record(self, tanda: Iterable[Graded]) -> None:
        """Apunta unas entregas: primero sus cuadernos, en disco; después, todo lo demás junto."""
        tanda = list(tanda)
        for entrega in tanda:
            write_whole(entrega.path, entrega.result.notebook)
        try:
            self._add_missing(tanda)
            for entrega in tanda:
                celdas = nbformat.reads(entrega.result.notebook, as_version=4).cells
                self._scores(entrega, celdas)
                self._penalty(entrega)
                self._findings(entrega.result, celdas)
            self._seal(tanda)
            self.db.commit()
        except BaseException:
            self.db.rollback()
            raise

    def record_problem(self, resultado: Result) -> None:
        """Apunta que una entrega no se pudo calificar; lo que ya tuviera se queda como estaba."""
        quien = resultado.student, resultado.unit
        findings.write_delivery(self.db, *quien, resultado.seconds, resultado.problem)
        self.db.commit()

    def published(self, unit: str) -> str | None:
        """La huella con que se publicó esa unidad; `None` si no consta."""
        suya = (SEALS.c.student_id == "") & (SEALS.c.unit == unit)
        hay = self.db.scalar(select(Assignment.id).where(Assignment.name == unit))
        return self.db.scalar(select(SEALS.c.fingerprint).where(suya)) if hay else None

    def seal_published(self, unit: str, huella: str) -> None:
        """Apunta que esa unidad está publicada."""
        self._put_seal("", unit, huella)
        self.db.commit()

    def seal_page(self, student: str, unit: str, huella: str) -> None:
        """Apunta que la página de esa entrega está hecha."""
        suya = (SEALS.c.student_id == student) & (SEALS.c.unit == unit)
        self.db.execute(SEALS.update().where(suya).values(page=huella))

    def unit(self, nombre: str) -> UnitRows:
        if nombre not in self._unidades:
            self._unidades[nombre] = UnitRows(self.db, nombre)
        return self._unidades[nombre]

    # --- filas que faltan ---

    def _add_missing(self, tanda: list[Graded]) -> None:
        alumnos = {entrega.result.student for entrega in tanda}
        hay = set(self.db.scalars(select(Student.id).where(Student.id.in_(alumnos))))
        self._insert(Student, [{"id": alumno} for alumno in sorted(alumnos - hay)])
        for entrega in tanda:
            unidad = self.unit(entrega.result.unit)
            if unidad.submission(entrega.result.student) is None:
                self._add_submission(entrega, unidad)
            elif entrega.timestamp:
                tabla = SubmittedAssignment.__table__
                suya = tabla.c.id == unidad.submission(entrega.result.student)
                self.db.execute(tabla.update().where(suya).values(timestamp=entrega.timestamp))

    def _add_submission(self, entrega: Graded, unidad: UnitRows) -> None:
        """Lo que crea `Gradebook.add_submission`: la entrega, sus cuadernos y sus notas."""
        alumno, nueva = entrega.result.student, new_uuid()
        fila = {"id": nueva, "assignment_id": unidad.id, "student_id": alumno}
        self._insert(SubmittedAssignment, [{**fila, "timestamp": entrega.timestamp}])
        for cuaderno in unidad.notebooks.values():
            suyo = {"notebook_id": new_uuid()}
            fila = {"id": suyo["notebook_id"], "assignment_id": nueva, "notebook_id": cuaderno.id}
            self._insert(SubmittedNotebook, [{**fila, "flagged": False}])
            self._insert(
                Grade,
                [{"id": new_uuid(), "cell_id": c, **suyo, "needs_manual_grade": True}
                 for c in cuaderno.graded.values()],
            )  # fmt: skip
            self._insert(
                Comment,
                [{"id": new_uuid(), "cell_id": c, **suyo} for c in cuaderno.commented.values()],
            )
            if cuaderno.name == CUADERNO:
                unidad.submitted[alumno] = nueva, suyo["notebook_id"]

    def _insert(self, clase, filas: list[dict]) -> None:
        if filas:
            self.db.execute(clase.__table__.insert(), filas)

    # --- notas ---

    def _scores(self, entrega: Graded, celdas: list) -> None:
        unidad = self.unit(entrega.result.unit)
        entregado = unidad.submitted[entrega.result.student][1]
        cuaderno = unidad.notebooks[CUADERNO]
        notas = [
            {"b_cell": cuaderno.graded[_id(c)], "b_notebook": entregado, **_score(c)}
            for c in celdas if _id(c) in cuaderno.graded and utils.is_grade(c)
        ]  # fmt: skip
        comentarios = [
            {"b_cell": cuaderno.commented[_id(c)], "b_notebook": entregado, "b_text": _comment(c)}
            for c in celdas if _id(c) in cuaderno.commented
        ]  # fmt: skip
        self._update(GRADE_UPDATE, notas)
        self._update(COMMENT_UPDATE, comentarios)

    def _findings(self, resultado: Result, celdas: list) -> None:
        quien = resultado.student, resultado.unit
        findings.write_diagnoses(self.db, *quien, celdas)
        findings.write_delivery(self.db, *quien, resultado.seconds, None)

    def _penalty(self, entrega: Graded) -> None:
        """Lo que cuesta entregar tarde, según el mismo complemento que usa nbgrader."""
        unidad = self.unit(entrega.result.unit)
        if unidad.duedate is None:
            return
        ident, cuaderno = unidad.submitted[entrega.result.student]
        entregada = self.db.get(SubmittedAssignment, ident, populate_existing=True)
        notas = self.db.get(SubmittedNotebook, cuaderno, populate_existing=True)
        notas.late_submission_penalty = None
        if (tarde := entregada.total_seconds_late) > 0:
            pena = self.late.plugin_inst.late_submission_penalty(
                entrega.result.student, notas.score, tarde
            )
            if pena is not None:
                notas.late_submission_penalty = self.late._check_late_penalty(notas, pena)

    def _update(self, sentencia, filas: list[dict]) -> None:
        if filas:
            self.db.connection().execute(sentencia, filas)

    def _seal(self, tanda: list[Graded]) -> None:
        for resultado in (entrega.result for entrega in tanda):
            self._put_seal(resultado.student, resultado.unit, resultado.fingerprint)

    def _put_seal(self, student: str, unit: str, huella: str) -> None:
        suya = (SEALS.c.student_id == student) & (SEALS.c.unit == unit)
        self.db.execute(SEALS.delete().where(suya))
        fila = {"student_id": student, "unit": unit, "fingerprint": huella}
        self.db.execute(SEALS.insert().values(**fila))


def _id(celda) -> str:
    return celda.metadata.get("nbgrader", {}).get("grade_id", "")


def _score(celda) -> dict:
    """La nota que nbgrader deduce de las salidas de la celda."""
    nota = utils.determine_grade(celda)[0]
    return {"b_score": nota, "b_manual": nota is None}


def _comment(celda) -> str | None:
    intacta = celda.metadata.nbgrader.get("checksum") == utils.compute_checksum(celda)
    return SIN_RESPUESTA if intacta and not utils.is_task(celda) else None


def write_whole(ruta: Path, texto: str) -> None:
    """Escribe un archivo entero o lo deja como estaba, aunque se vaya la luz."""
    ruta.parent.mkdir(parents=True, exist_ok=True)
    provisional = ruta.with_name(f".{ruta.name}.tmp")
    with provisional.open("w", encoding="utf-8") as archivo:
        archivo.write(texto)
        archivo.flush()
        os.fsync(archivo.fileno())
    os.replace(provisional, ruta)
