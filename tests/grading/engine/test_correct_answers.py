"""Las respuestas correctas del curso entero obtienen todos los puntos, ejecutadas aisladas."""

import nbformat
import pytest

from course_lib.grading import cells
from course_lib.grading.catalog import load_catalog
from course_lib.grading.course import Course
from course_lib.grading.engine.grader import grade_job
from course_lib.grading.engine.sandbox import Sandbox
from course_lib.grading.grade import job_for
from course_lib.grading.normalize import dumps

CURSO = Course.here()


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(CURSO.limits()) as burbuja:
        yield burbuja


def notebooks(unidad):
    """El cuaderno publicado, contestado de todas las maneras correctas que hay."""
    catalogo = load_catalog(CURSO.solutions / unidad)
    for vez in range(max(len(ejercicio.correct) for ejercicio in catalogo.values())):
        cuaderno = nbformat.read(CURSO.notebooks / unidad / "ejercicios.ipynb", as_version=4)
        elegidas = {}
        for celda in filter(cells.is_answer, cuaderno.cells):
            if nombre := cells.defined_function(celda, set(catalogo)):
                correctas = catalogo[nombre].correct
                elegida = correctas[vez % len(correctas)]
                elegidas[nombre], celda.source = elegida.id, elegida.source(nombre)
        yield elegidas, dumps(cuaderno).encode()


@pytest.mark.parametrize("unidad", CURSO.units)
def test_every_correct_answer_gets_full_points(unidad, sandbox):
    for elegidas, cuaderno in notebooks(unidad):
        resultado = grade_job(job_for(CURSO, "ana", unidad, cuaderno), sandbox)
        fallos = {n: (v.sentence, v.detail) for n, v in resultado.verdicts.items() if not v.passed}
        assert resultado.verdicts and not fallos, f"{elegidas}: {fallos}"
