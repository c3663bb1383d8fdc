"""Tablas para la terminal: notas de la clase y matriz de errores."""

from pathlib import Path

import nbformat
from nbgrader.api import SubmittedNotebook
from rich.markup import escape
from rich.table import Table

from course_lib.grading import cells
from course_lib.grading.course import Course
from course_lib.grading.inbox import Problem
from course_lib.grading.matrix import kill_matrix


def exercise_of(ident: str) -> str:
    """Ejercicio al que pertenece una prueba: `test_conv2d_valid__tamano` → `conv2d_valid`."""
    return ident.removeprefix("test_").split("__")[0]


def exercises(unidad: Path) -> list[str]:
    """Nombres de los ejercicios con puntos de una unidad, en el orden del cuaderno."""
    cuaderno = nbformat.read(unidad / "ejercicios.ipynb", as_version=4)
    puntuadas = [c for c in cuaderno.cells if c.metadata.get("nbgrader", {}).get("points")]
    return list(dict.fromkeys(exercise_of(cells.grade_id(celda)) for celda in puntuadas))


def score_table(curso: Course, unidad: str) -> Table:
    """Notas de una unidad: una fila por estudiante y una columna por ejercicio."""
    tabla = Table(title=f"Notas de {unidad}", title_justify="left")
    tabla.add_column("Estudiante")
    with curso.gradebook() as notas:
        entregas = sorted(notas.assignment_submissions(unidad), key=lambda e: e.student.id)
        filas = [(e.student, cuaderno) for e in entregas for cuaderno in e.notebooks]
        ejercicios = exercises(curso.solutions / unidad)
        for nombre in (*ejercicios, "Total", "A mano"):
            tabla.add_column(nombre, justify="right")
        for alumno, cuaderno in filas:
            tabla.add_row(_quien(alumno), *_fila(cuaderno, ejercicios))
    return tabla


def _quien(alumno) -> str:
    nombre = " ".join(filter(None, (alumno.first_name, alumno.last_name)))
    # Los nombres los escriben otros: un corchete suyo no es una orden de formato de rich.
    return escape(f"{alumno.id} ({nombre})" if nombre else alumno.id)


def _fila(cuaderno: SubmittedNotebook, ejercicios: list[str]) -> list[str]:
    puntos = scores_by_exercise(cuaderno)
    celdas = [_de(*puntos.get(nombre, (0, 0))) for nombre in ejercicios]
    pendiente = "pendiente" if cuaderno.needs_manual_grade else ""
    return [*celdas, _de(cuaderno.score, cuaderno.max_score), pendiente]


def _de(puntos: float, maximo: float) -> str:
    return f"{puntos:g} / {maximo:g}".replace(".", ",")


def scores_by_exercise(cuaderno: SubmittedNotebook) -> dict[str, tuple[float, float]]:
    """Puntos obtenidos y posibles en cada ejercicio de un cuaderno calificado."""
    sumas: dict[str, tuple[float, float]] = {}
    for nota in cuaderno.grades:
        puntos, maximo = sumas.get(exercise_of(nota.name), (0.0, 0.0))
        sumas[exercise_of(nota.name)] = puntos + nota.score, maximo + nota.max_score
    return sumas


def problem_table(problemas: list[Problem]) -> Table:
    """Lo que no se pudo calificar y qué hacer con ello."""
    tabla = Table(title="No se pudo calificar", title_justify="left", show_lines=True)
    tabla.add_column("Dónde")
    tabla.add_column("Qué pasa y qué hacer")
    for problema in problemas:
        tabla.add_row(escape(problema.where), escape(problema.message))
    return tabla


def matrix_tables(curso: Course, unidad: str) -> list[Table]:
    """Matriz de errores de la unidad: `✘` donde la prueba rechaza la respuesta."""
    tablas = []
    for nombre, filas in kill_matrix(curso.solutions / unidad).items():
        pruebas = list(next(iter(filas.values())))
        tabla = Table(title=f"{unidad} · {nombre}", title_justify="left")
        tabla.add_column("Respuesta", no_wrap=True)
        for prueba in pruebas:
            tabla.add_column(prueba.split("__")[-1], justify="center")
        for ident, veredictos in filas.items():
            marcas = ["✘" if veredictos[prueba] else "·" for prueba in pruebas]
            tabla.add_row(ident, *marcas)
        tablas.append(tabla)
    return tablas
