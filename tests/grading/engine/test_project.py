"""Lo que el proyecto deja usar, y lo que no, por el motor de verdad."""

from pathlib import Path

import nbformat
import pytest

from course_lib.grading.catalog import load_catalog
from course_lib.grading.course import Course
from course_lib.grading.engine.grader import grade_job
from course_lib.grading.engine.job import Job
from course_lib.grading.engine.limits import Limits
from course_lib.grading.engine.master import master
from course_lib.grading.engine.sandbox import Sandbox

RAIZ = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(Limits()) as abierta:
        yield abierta


def failures(unidad, sandbox, cambios=()):
    """Las pruebas que no se superan, y por qué, si se entrega la solución con esos cambios."""
    fuente = unidad / "ejercicios.ipynb"
    entregado = nbformat.read(fuente, as_version=4)
    for ident, codigo in dict(cambios).items():
        (celda,) = (c for c in entregado.cells if c.id == ident)
        celda.source = codigo
    prohibido = {nombre: e.forbidden for nombre, e in load_catalog(unidad).items()}
    maestro = master(fuente, Course.here(RAIZ).config())
    job = Job("docente", unidad.name, nbformat.writes(entregado).encode(), maestro, prohibido)
    resultado = grade_job(job, sandbox)
    assert not resultado.problem and resultado.verdicts
    return {prueba: v.sentence for prueba, v in resultado.verdicts.items() if not v.passed}


@pytest.mark.parametrize(
    "importar",
    ["from course_lib.layers import Sequential", "import course_lib._layers.sequential as layers"],
)
def test_the_project_does_not_accept_a_ready_made_network(importar, sandbox):
    unidad = RAIZ / "solutions" / "12_cnn"
    red = "Sequential" if "from" in importar else "layers.Sequential"
    hecha = f"{importar}\ndef cnn_forward(x, pesos):\n    return {red}([]).predict(x)"
    assert failures(unidad, sandbox) == {}  # `ops`, que sí se puede usar, responde en la burbuja
    fallos = failures(unidad, sandbox, {"respuesta_cnn_forward": hecha})
    assert {f for f in fallos if f.startswith("test_cnn_forward")} == {
        "test_cnn_forward__formas",
        "test_cnn_forward__numeros",
    }
    assert all("pide escribirla" in fallos[f] for f in fallos if f.startswith("test_cnn_forward"))
