"""Lo que comparten las pruebas del diagnóstico: cada función se prepara una sola vez."""

from functools import cache
from pathlib import Path

import pytest

from course_lib.grading.course import Course
from course_lib.grading.diagnosis import clinic
from course_lib.grading.diagnosis.outcome import observe
from course_lib.grading.engine.master import master

RAIZ = Path(__file__).resolve().parents[3]


@cache
def sources(unidad):
    """El texto de `errores.py` y el del cuaderno maestro de una unidad."""
    curso = Course.here(RAIZ)
    carpeta = curso.solutions / unidad
    cuaderno = master(carpeta / "ejercicios.ipynb", curso.config())
    return (carpeta / "errores.py").read_text("utf-8"), cuaderno


def expert_of(unidad, funcion):
    """Quien sabe de esa función."""
    return clinic.expert(*sources(unidad), funcion)


def diagnose_with(unidad, funcion, respuesta):
    """El diagnóstico de una respuesta que se ejecuta en este proceso."""
    sabia = expert_of(unidad, funcion)
    return sabia.diagnose(lambda call: observe(respuesta, call, sabia.exercise.view))


@pytest.fixture(scope="session")
def fuentes():
    """`sources`, para las pruebas."""
    return sources


@pytest.fixture(scope="session")
def experta():
    """`expert_of`, para las pruebas."""
    return expert_of


@pytest.fixture(scope="session")
def diagnosticar():
    """`diagnose_with`, para las pruebas."""
    return diagnose_with
