"""Cómo se juzga: con una burbuja de verdad y funciones que se portan de muchas maneras."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course_lib.grading.engine import sentences
from course_lib.grading.engine.grader import grade_job
from course_lib.grading.engine.job import Job
from course_lib.grading.engine.limits import Limits
from course_lib.grading.engine.sandbox import Sandbox

LIMITES = Limits(cell_seconds=2, test_seconds=1, total_seconds=20)
PREPARACION = "import numpy as np\nfrom course_lib import checks, ops"


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(LIMITES) as abierta:
        yield abierta


def nbgrader(ident, **datos):
    base = {"grade": False, "solution": False, "locked": False, "schema_version": 3}
    return {"nbgrader": {**base, "grade_id": ident, **datos}}


def answer(codigo=""):
    return new_code_cell(codigo, id="respuesta", metadata=nbgrader("respuesta", solution=True))


def graded(*codigos):
    return [
        new_code_cell(c, metadata=nbgrader(f"test_f__{i}", grade=True, points=1))
        for i, c in enumerate(codigos)
    ]


@pytest.fixture
def judge(sandbox):
    """Los veredictos de unas pruebas sobre una respuesta (y las celdas que se le añadan)."""

    def juzgar(respuesta, *pruebas, extra=(), preparacion=PREPARACION, prohibido=None):
        cabeza = [new_code_cell(preparacion, id="inicio")]
        maestro = new_notebook(cells=[*cabeza, answer(), *graded(*pruebas)])
        entregado = new_notebook(cells=[*cabeza, answer(respuesta), *map(new_code_cell, extra)])
        job = Job(
            "ana",
            "u",
            nbformat.writes(entregado).encode(),
            nbformat.writes(maestro),
            prohibido or {},
        )
        return grade_job(job, sandbox)

    return juzgar


def passed(resultado):
    return [v.passed for v in resultado.verdicts.values()]


def test_right_and_wrong(judge):
    resultado = judge("def f(x):\n    return x + 1", "assert f(1) == 2", "assert f(1) == 3")
    assert passed(resultado) == [True, False]
    calificado = nbformat.reads(resultado.notebook, as_version=4)
    nbformat.validate(calificado)
    assert [len(c.outputs) for c in calificado.cells[2:]] == [0, 1]


def test_a_test_uses_what_the_instructor_prepared_and_not_what_the_student_redefines(judge):
    respuesta = "np = None\nops = None\ncinco = 6\ndef f(x):\n    return x"
    preparacion = PREPARACION + "\ncinco = 5\nprint('nada que ver')"
    prueba = "assert f(np.float64(cinco)) == 5 and ops.relu(3) == 3"
    assert passed(judge(respuesta, prueba, preparacion=preparacion)) == [True]


def test_values_of_the_notebook_can_be_asked_for(judge):
    assert passed(judge("lado = 7\nf = [1, (2,)]", "assert lado == 7 and f == [1, (2,)]")) == [True]


def test_a_changed_argument_is_noticed(judge):
    respuesta = "def f(x):\n    x[0] = 9\n    return 1"
    prueba = "x = np.zeros(3)\nassert f(x) == 1\nassert x[0] == 0, 'La has cambiado.'"
    resultado = judge(respuesta, prueba, "assert f(np.zeros(2)) == 1")
    assert [v.sentence for v in resultado.verdicts.values()] == ["La has cambiado.", None]


def test_emptying_the_argument_does_not_make_a_wrong_answer_right(judge):
    respuesta = "def f(x):\n    x[:] = 0\n    return 0.0"
    assert passed(judge(respuesta, "x = np.ones(3)\nassert f(x) == x.sum()")) == [False]


def test_functions_go_and_come_back(judge):
    respuesta = (
        "def f(g, x):\n    return [g(x + i) for i in range(3)]\ndef doble(x):\n    return 2*x"
    )
    prueba = "assert f(lambda v: v * 10, 1) == [10, 20, 30]\nassert f(doble, 1) == [2, 4, 6]"
    assert passed(judge(respuesta, prueba)) == [True]


def test_steps_are_counted_where_the_function_runs(judge):
    prueba = "x, y = np.ones((2, 5)), np.ones((2, 50))\n" + (
        "assert checks.count_steps(f, y) - checks.count_steps(f, x) < 90, 'Hay un bucle.'"
    )
    assert passed(judge("def f(x):\n    return x + 1", prueba)) == [True]
    bucle = "def f(x):\n    return [v + 1 for fila in x for v in fila]"
    (veredicto,) = judge(bucle, prueba).verdicts.values()
    assert veredicto.sentence and "Hay un bucle." in veredicto.sentence
    for otra in ("def f(x):\n    return 1 / 0", "import sys\ndef f(x):\n    sys.settrace(None)"):
        assert passed(judge(otra, "assert checks.count_steps(f, 1) < 100")) == [False]


def test_the_error_of_a_function_keeps_its_class(judge):
    respuesta = "class Mia(ValueError): pass\ndef f(x):\n    raise Mia('no vale')"
    prueba = (
        "try:\n    f(1)\nexcept ValueError as e:\n    assert str(e) == 'no vale'\nelse:\n    0/0"
    )
    assert passed(judge(respuesta, prueba)) == [True]


@pytest.mark.parametrize(
    "respuesta",
    [
        "import time\ndef f(x):\n    time.sleep(60)",
        "def f(x):\n    while True: pass",
        "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "def f(x):\n    signal.signal(signal.SIGINT, signal.SIG_IGN)\n    while True: pass",
        "def f(x):\n    while True:\n        try:\n            while True: pass\n"
        "        except BaseException: pass",
    ],
    ids=["duerme", "bucle", "no atiende", "lo atrapa"],
)
def test_time_runs_out_and_the_rest_goes_on(judge, respuesta):
    respuesta += "\ndef g(x):\n    return x"
    resultado = judge(respuesta, "assert f(1) == 1", "assert g(1) == 1")
    assert [v.sentence for v in resultado.verdicts.values()] == [sentences.PAROS["tiempo"], None]


def test_a_dead_process_starts_again_for_the_next_test(judge):
    respuesta = "import os\ndef f(x):\n    os._exit(3)\ndef g(x):\n    return x"
    resultado = judge(respuesta, "f(1)", "assert g(1) == 1")
    assert [v.sentence for v in resultado.verdicts.values()] == [sentences.PAROS["muerte"], None]


@pytest.mark.parametrize(
    ("valor", "prueba"),
    [
        ("np.arange(3).view(type('M', (np.ndarray,), {'__eq__': lambda a, b: True}))", "r == 5"),
        ("type('S', (), {'__eq__': lambda a, b: True})()", "r == 5"),
        ("np.nan", "r == 5"),
        ("(x for x in [5])", "r == 5"),
    ],
)
def test_nothing_pretends_to_be_equal(judge, valor, prueba):
    respuesta = f"import numpy as np\ndef f(x):\n    return {valor}"
    assert passed(judge(respuesta, f"r = f(1)\nassert np.all({prueba})")) == [False]


def test_the_library_is_closed_while_the_answer_runs(judge):
    respuesta = (
        "import sys\nlista = [v for k, v in vars(sys.modules['course_lib.ops']).items()"
        " if k == 'relu']\ndef f(x):\n    return lista[0](x)"
    )
    abierta = judge(respuesta, "assert f(3) == 3")
    cerrada = judge(respuesta, "assert f(3) == 3", prohibido={"f": ("course_lib.ops",)})
    assert passed(abierta) == [True] and passed(cerrada) == [False]


def test_the_random_cases_of_a_test_depend_on_the_submission(judge):
    prueba = "assert f(checks.rng().integers(10**9)) is None, 'x'"
    respuesta = "def f(x):\n    raise ValueError(str(x))"
    frases = [
        next(iter(judge(respuesta + " " * i, prueba).verdicts.values())).sentence for i in (0, 0, 1)
    ]
    assert frases[0] == frases[1] != frases[2]


def test_what_a_cell_shows_is_kept_in_order_and_without_active_content(judge):
    extra = (
        "from IPython.display import HTML, display\nprint('uno')\ndisplay(HTML('<b>x</b>'))\n"
        "import sys; print('dos', file=sys.stderr)\n3",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])",
        "1/0",
        "%time x = 1",
    )
    cuaderno = nbformat.reads(judge("", extra=extra).notebook, as_version=4)
    uno, figura, error, _ = (c.outputs for c in cuaderno.cells if c.id.startswith("propia"))
    assert [s.get("text") or s.data for s in uno] == [
        "uno\n", {"text/plain": "<IPython.core.display.HTML object>"}, "dos\n", {"text/plain": "3"}
    ]  # fmt: skip
    assert any("image/png" in s.get("data", {}) for s in figura)
    assert error[0].ename == "ZeroDivisionError" and "1/0" in "".join(error[0].traceback)


def test_cells_of_the_student_stay_where_they_were(sandbox):
    maestro = new_notebook(
        cells=[new_markdown_cell("título", id="t"), answer("BLANCO"), *graded("assert f() == 1")]
    )
    entregado = new_notebook(
        cells=[
            new_code_cell("def g(): return 1"),
            new_markdown_cell("título cambiado", id="t"),
            answer("def f(): return g()"),
            *graded("assert True  # cambiada"),
            new_code_cell("fin = 1"),
        ]
    )
    job = Job("ana", "u", nbformat.writes(entregado).encode(), nbformat.writes(maestro))
    resultado = grade_job(job, sandbox)
    celdas = nbformat.reads(resultado.notebook, as_version=4).cells
    assert [c.source for c in celdas] == [
        *("def g(): return 1", "título", "def f(): return g()", "assert f() == 1", "fin = 1")
    ]
    assert passed(resultado) == [True]
