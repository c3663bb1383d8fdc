"""Las respuestas que llaman a una convolución hecha se reconocen y no puntúan."""

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from traitlets.config import Config

from course_lib.grading import cells
from course_lib.grading.catalog import YA_HECHAS, load_catalog
from course_lib.grading.feedback import verdict
from course_lib.grading.forbidden import PROHIBIDA, RejectForbidden, forbidden_calls

RAIZ = Path(__file__).resolve().parents[2]
UNIDAD = RAIZ / "solutions" / "02_deslizar"
INICIO = "import numpy as np\nfrom course_lib import checks, images, ops, plotting"


def calls(*codigos: str) -> list[str]:
    celdas = [new_code_cell(codigo) for codigo in (INICIO, *codigos)]
    return forbidden_calls(new_notebook(cells=celdas), "f", YA_HECHAS)


@pytest.mark.parametrize(
    ("codigos", "uso"),
    [
        (["def f(a, b):\n    return ops.conv2d(a, b)"], "course_lib.ops.conv2d"),
        (["f = ops.conv2d"], "course_lib.ops.conv2d"),
        (["def f(a, b):\n    return getattr(ops, 'conv2d')(a, b)"], "course_lib.ops"),
        (
            ["from course_lib.ops import *", "def f(a, b):\n    return conv2d(a, b)"],
            "course_lib.ops",
        ),
        (
            [
                "from scipy.signal import correlate2d as c",
                "def g(a, b):\n    return c(a, b)",
                "def f(a, b):\n    return g(a, b)",
            ],
            "scipy.signal.correlate2d",
        ),
        (
            ["def f(a, b):\n    import torch.nn.functional as F\n    return F.conv2d(a, b)"],
            "torch.nn.functional.conv2d",
        ),
        (["def f(a, b):\n    return __import__('scipy')"], "__import__"),
        (["import cv2", "kw = cv2", "def f(a, b):\n    return kw.filter2D(a, -1, b)"], "cv2"),
    ],
)
def test_finds_what_the_answer_uses(codigos, uso):
    assert calls(*codigos) == [uso]


@pytest.mark.parametrize(
    "codigos",
    [
        ["def f(a, b):\n    return np.sum(a * b)"],
        ["def f(a, b):\n    return np.fft.irfft2(np.fft.rfft2(a))"],
        # Comparar con la biblioteca en una celda aparte es estudiar, no copiar.
        ["def f(a, b):\n    return a", "print(ops.conv2d(images.diapositiva(), [[1]]))"],
        ["%timeit ops.conv2d(a, b)", "def f(a, b):\n    return a"],
    ],
)
def test_leaves_honest_answers_alone(codigos):
    assert calls(*codigos) == []


@pytest.mark.parametrize("nombre", load_catalog(UNIDAD))
def test_no_correct_alternative_is_forbidden(nombre):
    ejercicio = load_catalog(UNIDAD)[nombre]
    for respuesta in ejercicio.correct:
        celdas = [new_code_cell(INICIO), new_code_cell(respuesta.source(nombre))]
        assert forbidden_calls(new_notebook(cells=celdas), nombre, ejercicio.forbidden) == []


def test_only_the_tests_of_that_exercise_lose_their_points():
    cuaderno = nbformat.read(UNIDAD / "ejercicios.ipynb", as_version=4)
    for celda in cuaderno.cells:
        if cells.grade_id(celda) == "respuesta_conv2d_valid":
            celda.source = (
                "def conv2d_valid(imagen, kernel):\n    return ops.conv2d(imagen, kernel)"
            )
    config = Config()
    config.CourseDirectory.root = str(RAIZ)
    config.CourseDirectory.source_directory = "solutions"
    recursos = {"nbgrader": {"assignment": "02_deslizar"}}
    calificado, _ = RejectForbidden(config=config).preprocess(cuaderno, recursos)
    for celda in filter(cells.is_test, calificado.cells):
        if "conv2d_valid" in cells.grade_id(celda):
            assert verdict(celda).startswith("Tu respuesta usa course_lib.ops.conv2d. ")
        else:
            assert celda.outputs == []


def test_a_student_exception_with_that_name_says_nothing():
    celda = new_code_cell('"""Una prueba."""\n### BEGIN HIDDEN TESTS\nf()\n### END HIDDEN TESTS')
    celda.outputs = [new_output("error", ename=PROHIBIDA, evalue="imagen = [[1, 2]]", traceback=[])]
    assert "[[1, 2]]" not in verdict(celda)
