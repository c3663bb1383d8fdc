"""El diagnóstico de principio a fin: entregas en la burbuja y su cuaderno calificado."""

import json
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from course_lib.grading import cells
from course_lib.grading.diagnosis import Diagnosis, clinic
from course_lib.grading.engine import session as sessions
from course_lib.grading.engine.grader import grade_job
from course_lib.grading.engine.job import Job
from course_lib.grading.engine.limits import Limits
from course_lib.grading.engine.sandbox import Sandbox

LIMITES = Limits(cell_seconds=3, test_seconds=1, total_seconds=30)
CATALOGO = """
import numpy as np
from course_lib.grading.catalog import Exercise

doble = Exercise("doble", forbidden=("math",))


@doble.is_reference
def bien(x):
    return 2 * x


@doble.alternative("suma", "Suma")
def suma(x):
    return x + x


@doble.misconception("cuadrado", "Multiplica por sí mismo", hint="¿Cuánto es el doble de 3?")
def cuadrado(x):
    return x * x


@doble.misconception("negativo", "Cambia el signo", hint="¿Y el signo?")
def negativo(x):
    return -2 * x
"""
VISIBLE = '"""Números."""\nassert np.allclose(doble(np.array([1.0, 2.5, 3.0])), [2, 5, 6])'
OCULTA = (
    '"""Más números."""\n### BEGIN HIDDEN TESTS\n'
    "for n in (2, 4, 5):\n    x = 7321.0 + np.arange(n)\n"
    '    assert np.allclose(doble(x), 2 * x), "No es el doble."\n### END HIDDEN TESTS'
)


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(LIMITES) as abierta:
        yield abierta


def metadata(ident, **datos):
    base = {"grade": False, "solution": False, "locked": False, "schema_version": 3}
    return {"nbgrader": {**base, "grade_id": ident, **datos}}


def answered(codigo):
    return new_code_cell(codigo, id="doble", metadata=metadata("doble", solution=True))


@pytest.fixture
def diagnoses(sandbox):
    """Por prueba no superada, el diagnóstico de una respuesta a «doble»."""

    def calificar(respuesta, catalogo=CATALOGO):
        inicio = new_code_cell("import numpy as np", id="inicio")
        pruebas = [
            new_code_cell(
                c, id=f"p{i}", metadata=metadata(f"test_doble__{i}", grade=True, points=1)
            )
            for i, c in enumerate((VISIBLE, OCULTA))
        ]
        maestro = nbformat.writes(new_notebook(cells=[inicio, answered(""), *pruebas]))
        entregado = nbformat.writes(new_notebook(cells=[inicio, answered(respuesta)])).encode()
        prohibido = {"doble": ("math",)}
        resultado = grade_job(Job("ana", "u", entregado, maestro, prohibido, "", catalogo), sandbox)
        return found(resultado)

    return calificar


def found(resultado):
    cuaderno = nbformat.reads(resultado.notebook, as_version=4)
    nbformat.validate(cuaderno)
    return {
        cells.grade_id(c): Diagnosis.from_dict(c.metadata["diagnostico"])
        for c in cuaderno.cells
        if "diagnostico" in c.metadata
    }


def test_the_error_is_named_in_each_failed_test(diagnoses):
    hallados = diagnoses("def doble(numeros):\n    return [n ** 2 for n in numeros]")
    assert list(hallados) == ["test_doble__0", "test_doble__1"]
    uno = hallados["test_doble__1"]
    assert (uno.function, uno.kind, uno.ids) == ("doble", "error", ("cuadrado",))
    assert uno.sentence == "Tu función se comporta así: multiplica por sí mismo."
    assert uno.hint == "¿Cuánto es el doble de 3?"
    assert re.fullmatch(r"En (\d+) de \1 casos nuevos tu resultado es justo .*", uno.evidence)
    ((nombre, x),) = uno.case.arguments
    assert nombre == "x" and uno.case.got == pytest.approx([n**2 for n in x], rel=1e-5)


def test_a_right_answer_costs_nothing_and_says_nothing(diagnoses, monkeypatch):
    monkeypatch.setattr(clinic, "expert", None)
    assert diagnoses("def doble(x):\n    return x * 2") == {}
    assert diagnoses("def doble(x):\n    return x * 3", catalogo="") == {}


@pytest.mark.parametrize(
    ("respuesta", "clase"),
    [
        ("def doble(x):\n    raise NotImplementedError", "vacia"),
        ("def otro(x):\n    return x", "falta"),
        ("import math\ndef doble(x):\n    return math.e * x", "prohibida"),
        ("def doble(x):\n    while True: pass", "tiempo"),
        ("import os\ndef doble(x):\n    os._exit(0)", "muerte"),
        ("def doble(x):\n    return x[99]", "excepcion"),
        ("def doble(x):\n    x *= 2\n    return x", "entrada"),
        ("def doble(x):\n    return object()", "forma"),
        ("def doble(x):\n    return 3 * x + 1", "desconocido"),
    ],
)
def test_the_other_kinds_in_the_sandbox(diagnoses, respuesta, clase):
    hallados = diagnoses(respuesta)
    assert {d.kind for d in hallados.values()} == {clase}
    assert not any(d.ids for d in hallados.values())


def test_the_line_that_failed_is_shown(diagnoses):
    frase = diagnoses("def doble(x):\n    n = 99\n    return x[n]")["test_doble__0"].sentence
    assert "IndexError" in frase and "línea 3: «return x[n]»" in frase


def test_what_a_function_kept_from_a_hidden_test_never_comes_out(diagnoses):
    respuesta = (
        "vistos = []\n"
        "def doble(x):\n"
        "    vistos.append(np.array(x))\n"
        "    if len(vistos) > 3: raise ValueError(str(vistos))\n"
        "    return vistos[-1].max() + 0 * vistos[0]"
    )
    for rodeo in ("", "\nopen('guardado', 'a').write('x')"):
        texto = json.dumps([d.to_dict() for d in diagnoses(respuesta + rodeo).values()])
        assert "case" in texto and "732" not in texto


def test_a_breakdown_of_the_diagnosis_does_not_lose_the_grade(diagnoses, monkeypatch, capsys):
    def rota(*_):
        raise RuntimeError("se rompió")

    monkeypatch.setattr(clinic, "expert", rota)
    hallados = diagnoses("def doble(x):\n    return x")
    assert [d.kind for d in hallados.values()] == ["desconocido", "desconocido"]
    assert "se rompió" in capsys.readouterr().err


def test_one_clean_process_for_the_whole_submission(diagnoses, monkeypatch):
    nacidos, nacer = [], sessions.Session.again
    monkeypatch.setattr(sessions.Session, "again", lambda *a: nacidos.append(1) or nacer(*a))
    diagnoses("def doble(x):\n    return x")
    assert len(nacidos) == 1


def test_what_comes_after_the_last_test_is_not_run_again(sandbox, monkeypatch):
    ejecutadas, ejecutar = [], sessions.Session._run
    monkeypatch.setattr(
        sessions.Session,
        "_run",
        lambda self, pupil, fuente, salidas, **o: (
            ejecutadas.append(fuente) or ejecutar(self, pupil, fuente, salidas, **o)
        ),
    )
    inicio, dibujo = new_code_cell("import numpy as np", id="i"), new_code_cell("1 + 1", id="d")
    prueba = new_code_cell(
        VISIBLE, id="p", metadata=metadata("test_doble__0", grade=True, points=1)
    )
    maestro = nbformat.writes(new_notebook(cells=[inicio, answered(""), prueba, dibujo]))
    respuesta = answered("def doble(x):\n    return x")
    entregado = nbformat.writes(new_notebook(cells=[inicio, respuesta, dibujo])).encode()
    assert found(grade_job(Job("ana", "u", entregado, maestro, {}, "", CATALOGO), sandbox))
    assert [ejecutadas.count(c.source) for c in (inicio, respuesta, dibujo)] == [1, 2, 1]


REALES = {
    "02_deslizar": {
        "suma_ponderada": ("normaliza", "promedio", "sin-pesos", "kernel-girado-180"),
        "conv2d_valid": ("promedio", "kernel-transpuesto", "marco-de-ceros", "modifica-la-imagen"),
    },
    "04_padding": {
        "pad2d": ("siempre-ceros", "ejes-cambiados", "repite-el-borde", "solo-en-gris"),
        "same_padding": ("el-impar-antes", "todo-antes", "solo-el-total", "ignora-n"),
    },
    "09_campo_receptivo": {
        "receptive_field": ("sin-saltos", "area", "los-dos", "olvida-la-ultima"),
        "is_equivariant": ("invariancia", "sin-ejes", "al-reves", "compara-sumas"),
    },
}


@pytest.mark.parametrize("unidad", REALES)
def test_the_catalogue_through_the_real_sandbox(sandbox, fuentes, unidad):
    codigo, maestro = fuentes(unidad)
    catalogo = clinic.catalog_of(codigo)
    prohibido = {n: e.forbidden for n, e in catalogo.items()}
    for turno in range(4):
        elegidos = {f: ids[turno] for f, ids in REALES[unidad].items()}
        entregado = filled(maestro, catalogo, elegidos).encode()
        job = Job("ana", unidad, entregado, maestro, prohibido, "", codigo)
        hallados = found(grade_job(job, sandbox))
        assert {(d.function, i) for d in hallados.values() for i in d.ids} >= set(elegidos.items())


def filled(maestro, catalogo, elegidos):
    """El cuaderno contestado con esos errores."""
    cuaderno = nbformat.reads(maestro, as_version=4)
    for celda in filter(cells.is_answer, cuaderno.cells):
        if nombre := cells.defined_function(celda, set(elegidos)):
            celda.source = catalogo[nombre].find(elegidos[nombre]).source(nombre)
    return nbformat.writes(cuaderno)
