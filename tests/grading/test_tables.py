"""Las tablas de la terminal: notas de la clase, problemas y matriz de errores."""

import re

import pytest
from rich.console import Console

from course_lib.grading import tables
from course_lib.grading.inbox import Problem

UNIDAD = "02_deslizar"


def drawn(tabla, ancho=160):
    """Las filas de la tabla, como se ven en la terminal y sin las rayas."""
    consola = Console(width=ancho, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    consola.print(tabla)
    texto = consola.export_text()
    return [
        re.split(r"\s*[│┃]\s*", linea)[1:-1] for linea in texto.splitlines() if linea[:1] in "│┃"
    ]


@pytest.mark.parametrize(
    ("ident", "ejercicio"),
    [
        ("test_conv2d_valid__tamano", "conv2d_valid"),
        ("test_f__a__b", "f"),
        ("redaccion", "redaccion"),
    ],
)
def test_the_exercise_of_a_test(ident, ejercicio):
    assert tables.exercise_of(ident) == ejercicio


def test_exercises_come_in_the_order_of_the_notebook(publicado):
    unidad = publicado.curso.solutions / UNIDAD
    assert tables.exercises(unidad) == ["suma_ponderada", "conv2d_valid"]


def test_scores_of_the_class(clase):
    cabecera, *filas = drawn(tables.score_table(clase.curso, UNIDAD))
    assert cabecera == ["Estudiante", "suma_ponderada", "conv2d_valid", "Total", "A mano"]
    assert [fila[0].split()[0] for fila in filas] == sorted(fila[0].split()[0] for fila in filas)
    por_alumno = {fila[0]: fila[1:] for fila in filas}
    assert len(por_alumno) == 30
    assert por_alumno["muestra-alba (Alba Ruiz)"] == ["2 / 2", "8 / 8", "10 / 10", ""]
    assert por_alumno["muestra-carla (Carla Núñez)"] == ["0 / 2", "3 / 8", "3 / 10", ""]
    assert por_alumno["muestra-gema (Gema Ortiz)"] == ["2 / 2", "0 / 8", "2 / 10", ""]


def test_half_points_and_pending_grades(aula):
    with aula.gradebook() as libro:
        nota = libro.find_grade("test_conv2d_valid__uint8", "ejercicios", UNIDAD, "muestra-elena")
        nota.manual_score, nota.needs_manual_grade = 0.25, True
        libro.db.commit()
    filas = drawn(tables.score_table(aula, UNIDAD))
    elena = next(fila for fila in filas if fila[0].startswith("muestra-elena"))
    assert elena[1:] == ["0 / 2", "0,25 / 8", "0,25 / 10", "pendiente"]


@pytest.mark.parametrize("nombre", ["[/b]", "[bold]Ana", "Ana [1]"])
def test_brackets_in_names_are_only_brackets(aula, nombre):
    """rich toma «[…]» por formato: un nombre así borraba letras o cortaba la tanda."""
    with aula.gradebook() as libro:
        libro.find_student("muestra-alba").last_name = nombre
        libro.db.commit()
    filas = drawn(tables.score_table(aula, UNIDAD))
    assert f"muestra-alba (Alba {nombre})" in [fila[0] for fila in filas]


def test_a_student_without_a_name(aula):
    with aula.gradebook() as libro:
        alba = libro.find_student("muestra-alba")
        alba.first_name = alba.last_name = None
        libro.db.commit()
    assert "muestra-alba" in [fila[0] for fila in drawn(tables.score_table(aula, UNIDAD))]


def test_problems_say_where_and_what():
    problemas = [Problem("ana/02", "Falta algo."), Problem("[/x]", "Un [error] raro [/b].")]
    assert drawn(tables.problem_table(problemas)) == [
        ["Dónde", "Qué pasa y qué hacer"],
        ["ana/02", "Falta algo."],
        ["[/x]", "Un [error] raro [/b]."],
    ]


def test_the_matrix_marks_what_is_rejected(publicado, monkeypatch):
    filas = {
        "referencia": {"test_f__uno": None, "test_f__dos": None},
        "promedio": {"test_f__uno": "AssertionError: x", "test_f__dos": None},
    }
    monkeypatch.setattr(tables, "kill_matrix", lambda unidad: {"f": filas, "g": filas})
    tablas = tables.matrix_tables(publicado.curso, UNIDAD)
    assert [str(t.title) for t in tablas] == ["02_deslizar · f", "02_deslizar · g"]
    assert drawn(tablas[0]) == [
        ["Respuesta", "uno", "dos"],
        ["referencia", "·", "·"],
        ["promedio", "✘", "·"],
    ]
