"""Las filas de una unidad en el libro de notas de nbgrader, y cómo se cambian sus notas."""

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import bindparam, or_, select

CUADERNO = "ejercicios"


def _updatable(clase, **valores):
    tabla = clase.__table__
    suya = (tabla.c.cell_id == bindparam("b_cell")) & (
        tabla.c.notebook_id == bindparam("b_notebook")
    )
    return tabla.update().where(suya).values(**valores)


GRADE_UPDATE = _updatable(
    Grade,
    auto_score=bindparam("b_score"),
    # Una nota puesta a mano se conserva, y hay que volver a mirarla.
    needs_manual_grade=or_(Grade.__table__.c.manual_score.isnot(None), bindparam("b_manual")),
)
COMMENT_UPDATE = _updatable(Comment, auto_comment=bindparam("b_text"))


class UnitRows:
    """Los identificadores de una unidad en el libro de notas, leídos una vez."""

    def __init__(self, db, nombre: str) -> None:
        self.id, self.duedate = db.execute(
            select(Assignment.id, Assignment.duedate).where(Assignment.name == nombre)
        ).one()
        cuadernos = db.execute(
            select(Notebook.id, Notebook.name).where(Notebook.assignment_id == self.id)
        ).all()
        self.notebooks = {nombre: NotebookRows(db, ident, nombre) for ident, nombre in cuadernos}
        filas = db.execute(
            select(SubmittedAssignment.student_id, SubmittedAssignment.id, SubmittedNotebook.id)
            .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
            .where(SubmittedAssignment.assignment_id == self.id, Notebook.name == CUADERNO)
        )
        self.submitted = {alumno: (entrega, cuaderno) for alumno, entrega, cuaderno in filas}

    def submission(self, alumno: str) -> str | None:
        return self.submitted.get(alumno, (None, None))[0]


class NotebookRows:
    """Por nombre, las celdas con nota y las que llevan comentario."""

    def __init__(self, db, ident: str, nombre: str) -> None:
        self.id, self.name = ident, nombre
        celdas = db.execute(
            select(BaseCell.name, BaseCell.id, BaseCell.type).where(BaseCell.notebook_id == ident)
        ).all()
        self.graded = {n: i for n, i, tipo in celdas if tipo in ("GradeCell", "TaskCell")}
        self.commented = {n: i for n, i, tipo in celdas if tipo in ("SolutionCell", "TaskCell")}
