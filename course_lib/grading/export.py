"""Las notas para otros programas: el CSV de nbgrader, y los que Moodle y Canvas importan tal cual.

En los tres, la nota lleva descontado lo que cueste entregar tarde.

References
----------
.. [1] Moodle, «Grade import»: https://docs.moodle.org/en/Grade_import
.. [2] Canvas, «How do I import grades in the Gradebook?», y su lector de CSV,
   `lib/gradebook_importer.rb`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import MissingEntry

from course_lib.grading.catalog import load_catalog
from course_lib.grading.course import Course
from course_lib.grading.diagnosis.report import KINDS
from course_lib.grading.report.data import Person, Row, UnitData, people, read_unit
from course_lib.grading.report.trouble import lateness
from course_lib.grading.spreadsheet import write_csv

DE_NBGRADER = (
    *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
    *("raw_score", "late_submission_penalty", "score", "max_score"),
)
DE_MOODLE = ("Username", "ID number", "Email address", "First name", "Last name")
DE_CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
FORMATOS = ("nbgrader", "moodle", "canvas")
LO_QUE_FALTA = {
    "moodle": ("email", "Sin correo, Moodle tendrá que reconocerles por su id (Username)"),
    "canvas": (
        "lms_id",
        "Sin lms_user_id, Canvas tendrá que reconocerles por su id (SIS Login ID)",
    ),
}
COMO_AÑADIRLO = (
    "Añade esa columna a entregas/alumnado.csv (id,first_name,last_name,email,lms_user_id) y "
    "repite make grade, o impórtala con: nbgrader db student import alumnado.csv"
)
SIN_NOTA_EN_MOODLE = "-"  # una celda vacía crearía la nota, vacía


def export(
    curso: Course,
    formato: str,
    unidad: str | None = None,
    columnas: Iterable[str] = (),
    salida: Path | None = None,
) -> tuple[Path, list[str]]:
    """Escribe las notas en uno de los `FORMATOS`; devuelve dónde, y lo que conviene saber.

    Parameters
    ----------
    curso : Course
    formato : str
    unidad : str, optional
        Solo esa unidad.
    columnas : iterable of str
        `unidad=nombre`: cómo se llama una unidad en el otro programa.
    salida : Path, optional
        Si no se dice, en `entregas/informes/`.

    Raises
    ------
    ValueError
        Si una unidad no existe, una columna está mal escrita o no hay notas.
    """
    destino = salida or curso.entregas / "informes" / f"notas-{formato}.csv"
    notas = read_grades(curso, unidad, dict(map(_column, columnas)))
    if formato == "nbgrader":
        return export_nbgrader(curso, destino, unidad), []
    escribir = {"moodle": export_moodle, "canvas": export_canvas}[formato]
    return escribir(curso, destino, notas), _missing(notas.people, formato)


def _column(texto: str) -> tuple[str, str]:
    unidad, igual, nombre = texto.partition("=")
    if not (igual and nombre.strip()):
        raise ValueError(
            f"«{texto}» no es una columna. Escribe la unidad, un igual y su nombre en la otra web, "
            "por ejemplo: --columna '02_deslizar=Deslizar (1234)'"
        )
    return unidad.strip(), nombre.strip()


def _missing(personas: list[Person], formato: str) -> list[str]:
    """Si a alguien le falta aquello por lo que su plataforma le reconoce, cómo añadirlo."""
    que, frase = LO_QUE_FALTA[formato]
    faltan = [p.id for p in personas if not getattr(p, que)]
    if not faltan:
        return []
    algunos = ", ".join(faltan[:5]) + ("…" if len(faltan) > 5 else "")
    return [f"{frase}: {len(faltan)} ({algunos}). {COMO_AÑADIRLO}"]


@dataclass
class Grades:
    """Las notas de unas unidades: lo mismo para cualquier programa.

    Parameters
    ----------
    units : list of UnitData
    people : list of Person
        Quien tiene alguna entrega calificada, por orden de id.
    names : dict
        Cómo se llama cada unidad en el otro programa.
    """

    units: list[UnitData]
    people: list[Person]
    names: dict[str, str]

    def row(self, persona: Person, datos: UnitData) -> Row | None:
        """La entrega de alguien en una unidad; `None` si no la hay."""
        return next((f for f in datos.rows if f.person.id == persona.id), None)


def read_grades(
    curso: Course, unidad: str | None = None, nombres: dict[str, str] | None = None
) -> Grades:
    """Lee las notas de todas las unidades con entregas, o de una.

    Raises
    ------
    ValueError
        Si una unidad no existe o no hay ninguna nota que exportar.
    """
    for pedida in filter(None, (unidad, *(nombres or {}))):
        curso.check_unit(pedida)
    with curso.gradebook() as notas:
        todas = [read_unit(curso, notas.db, u) for u in ([unidad] if unidad else curso.units)]
        con_entregas = [d for d in todas if d.rows]
        quienes = {fila.person.id for d in con_entregas for fila in d.rows}
        personas = [p for p in people(notas.db) if p.id in quienes]
    if not con_entregas:
        raise ValueError(
            f"No hay ninguna nota que exportar. Deja las entregas en {curso.submitted} y "
            "califícalas con make grade; después, repite la orden."
        )
    return Grades(con_entregas, personas, nombres or {})


def export_nbgrader(curso: Course, destino: Path, unidad: str | None = None) -> Path:
    """Escribe las columnas que escribe `nbgrader export`, con quien ha entregado algo.

    El exportador de nbgrader no pone comillas, así que una coma en un apellido movería las
    columnas; y a quien no tiene ninguna entrega calificada le pone un cero.
    """
    with curso.gradebook() as notas:
        filas = [
            _nbgrader_row(notas, tarea, alumno)
            for tarea in notas.assignments
            if unidad in (None, tarea.name)
            for alumno in notas.students
            if alumno.submissions
        ]
    return write_csv(destino, DE_NBGRADER, filas)


def _nbgrader_row(notas, tarea, alumno) -> list:
    quien = (alumno.id, alumno.last_name, alumno.first_name, alumno.email)
    try:
        entrega = notas.find_submission(tarea.name, alumno.id)
    except MissingEntry:
        cuando, bruta, pena = "", 0.0, 0.0
    else:
        cuando, bruta, pena = entrega.timestamp, entrega.score, entrega.late_submission_penalty
    cifras = (bruta, pena, max(0.0, bruta - pena), tarea.max_score)
    fila = (tarea.name, tarea.duedate, cuando, *quien, *cifras)
    return ["" if valor is None else valor for valor in fila]


def export_moodle(curso: Course, destino: Path, notas: Grades) -> Path:
    """Escribe un CSV para «Calificaciones → Importar → Archivo CSV» de Moodle.

    Por cada unidad, una columna de nota y otra de comentarios: si se importaran los comentarios
    sin la nota, Moodle borraría la que hubiera.
    """
    columnas = list(DE_MOODLE)
    for datos in notas.units:
        nombre = notas.names.get(datos.name, datos.name)
        columnas += [f"{nombre} (Real)", f"{nombre} (Feedback)"]
    comentar = {d.name: _commenter(curso, d) for d in notas.units}
    filas = []
    for p in notas.people:
        fila = [p.id, p.lms_id, p.email, p.first_name, p.last_name]
        for datos in notas.units:
            entrega = notas.row(p, datos)
            fila += [_score(entrega, SIN_NOTA_EN_MOODLE)]
            fila += [comentar[datos.name](entrega) if entrega else ""]
        filas.append(fila)
    return write_csv(destino, columnas, filas)


def export_canvas(curso: Course, destino: Path, notas: Grades) -> Path:
    """Escribe un CSV para «Calificaciones → Importar» de Canvas.

    Canvas reconoce a cada estudiante por `ID`, que es su `lms_user_id`; si falta, por
    `SIS Login ID`, que es su id; y si tampoco, por su nombre. La segunda fila dice los puntos.
    """
    nombres = [notas.names.get(datos.name, datos.name) for datos in notas.units]
    puntos = ["    Points Possible", "", "", "", "", *(_plain(d.max_score) for d in notas.units)]
    filas = [
        [
            _sortable(persona), persona.lms_id, "", persona.id, "",
            *(_score(notas.row(persona, datos), "") for datos in notas.units),
        ]
        for persona in notas.people
    ]  # fmt: skip
    return write_csv(destino, (*DE_CANVAS, *nombres), [puntos, *filas])


def _sortable(persona: Person) -> str:
    """«Apellidos, Nombre»; el id si no se sabe, que nunca se confunde con la fila de los puntos."""
    return ", ".join(filter(None, (persona.last_name, persona.first_name))) or persona.id


def _score(fila: Row | None, si_falta: str) -> str:
    return si_falta if fila is None else _plain(fila.total)


def _plain(puntos: float) -> str:
    return f"{puntos:.4f}".rstrip("0").rstrip(".")


def _commenter(curso: Course, datos: UnitData) -> Callable[[Row], str]:
    """Resume en una frase la entrega de alguien, sin nada que haya escrito él."""
    catalogo = load_catalog(curso.solutions / datos.name)
    errores = {
        (nombre, e.id): f"{e.name}. {e.hint}"
        for nombre, ejercicio in catalogo.items()
        for e in ejercicio.misconceptions
    }

    def comentar(fila: Row) -> str:
        frases = {}
        for f in fila.findings:
            suyas = [errores[f.function, i] for i in f.ids if (f.function, i) in errores]
            que = " ".join(suyas) or f"{KINDS.get(f.kind, f.kind).capitalize()}."
            frases.setdefault(f"{f.function}: {que}")
        if fila.hours_late:
            frases.setdefault(f"Entregada {lateness(fila.hours_late)} tarde.")
        total = f"{_plain(fila.total)} de {_plain(datos.max_score)}".replace(".", ",")
        return " ".join([f"{total} puntos.", *frases])

    return comentar
