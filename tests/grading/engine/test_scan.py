"""Las respuestas que llaman a una convolución hecha se reconocen sin ejecutarlas."""

from pathlib import Path

import pytest

from course_lib.grading.catalog import YA_HECHAS, load_catalog
from course_lib.grading.engine.scan import forbidden_calls

UNIDAD = Path(__file__).resolve().parents[3] / "solutions" / "02_deslizar"
INICIO = "import numpy as np\nfrom course_lib import checks, images, ops, plotting"


def calls(*codigos: str) -> list[str]:
    return forbidden_calls([INICIO, *codigos], {"f": YA_HECHAS}).get("f", [])


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
        fuentes = [INICIO, respuesta.source(nombre)]
        assert forbidden_calls(fuentes, {nombre: ejercicio.forbidden}) == {}


def test_a_local_name_is_not_the_one_of_the_notebook():
    """Una celda de muestra puede llamar `mapa` a otra cosa."""
    demo = "mapa = ops.conv2d(a, b)"
    assert calls("def f(a, b):\n    mapa = a * b\n    return mapa", demo) == []
    assert calls("def f(mapa):\n    return mapa", demo) == []
    assert calls("def f(a, b):\n    return mapa", demo) == ["course_lib.ops.conv2d"]
    assert calls("def f(a, b, ops=ops):\n    return ops.conv2d(a, b)") != []


def test_only_the_function_that_uses_it_is_named():
    fuentes = [INICIO, "def f(a, b):\n    return ops.conv2d(a, b)\ndef g(a):\n    return a"]
    assert list(forbidden_calls(fuentes, {"f": YA_HECHAS, "g": YA_HECHAS})) == ["f"]


@pytest.mark.parametrize("raro", ["(" * 5000, "def f(:", "x = \x00", "-" * 100_000 + "1"])
def test_what_cannot_be_read_is_passed_over(raro):
    assert calls(raro) == []
