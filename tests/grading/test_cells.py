"""Preguntas sobre celdas, y las reglas que cumple cada celda con puntos de la casa."""

import ast
import re
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from course_lib.grading import cells
from course_lib.grading.engine.slicing import bound_names

RAIZ = Path(__file__).resolve().parents[2]
CUADERNOS = sorted(RAIZ.glob("solutions/*/ejercicios.ipynb"))


def cell(source="", nueva=new_code_cell, **nbgrader):
    return nueva(source, metadata={"nbgrader": nbgrader} if nbgrader else {})


PRUEBA = {"grade": True, "solution": False, "grade_id": "test_f__a", "points": 1}
RESPUESTA = {"grade": False, "solution": True, "grade_id": "respuesta_f"}


# --- lo que hace el módulo ---


@pytest.mark.parametrize(
    ("celda", "prueba", "respuesta"),
    [
        (cell("1", **PRUEBA), True, False),
        (cell("1", **RESPUESTA), False, True),
        (cell("1"), False, False),
        (cell("1", grade=True, solution=True), False, True),
        (cell("1", new_markdown_cell, grade=True, solution=True), False, False),
        (cell("1", new_markdown_cell, **PRUEBA), False, False),
    ],
    ids=["prueba", "respuesta", "suelta", "respuesta a mano", "redacción", "texto con puntos"],
)
def test_kinds_of_cells(celda, prueba, respuesta):
    assert (cells.is_test(celda), cells.is_answer(celda)) == (prueba, respuesta)


def test_grade_id_may_be_missing():
    assert cells.grade_id(cell(**PRUEBA)) == "test_f__a"
    assert cells.grade_id(cell()) == ""


@pytest.mark.parametrize(
    ("codigo", "titulo"),
    [
        ('"""El tamaño.\n\nMás."""\nassert f(1) == 2', "El tamaño."),
        ('# repuesta\n\n"""El tamaño."""\nx = 1', "El tamaño."),
        ("assert f(1) == 2", "test_f__a"),
        ("esto no es Python", "test_f__a"),
        ("", "test_f__a"),
    ],
)
def test_the_title_is_the_first_line_of_the_docstring(codigo, titulo):
    assert cells.title(cell(codigo, **PRUEBA)) == titulo


@pytest.mark.parametrize(
    ("codigo", "linea"),
    [
        ("a = 1\n### BEGIN HIDDEN TESTS\nb = 2\n### END HIDDEN TESTS", 2),
        ("  ### BEGIN HIDDEN TESTS  \nb = 2", 1),
        ("a = '### BEGIN HIDDEN TESTS'", None),
        ("a = 1", None),
    ],
)
def test_where_the_hidden_part_starts(codigo, linea):
    assert cells.hidden_start(codigo) == linea


def test_functions_defined_and_used():
    celda = cell("def g(x):\n    return f(x) + h.k(x)\nclass z: pass")
    assert cells.defined_function(celda, {"f", "g"}) == "g"
    assert cells.defined_function(celda, {"f", "h"}) is None
    assert cells.called_functions(celda, {"f", "g", "k"}) == {"f"}
    assert {"f", "h", "x"} <= cells.names(celda)


def test_only_fixed_messages_count():
    celda = cell('assert a, "fijo"\nassert b, f"valor {b}"\nassert c\nassert d, 3\nx = "suelto"')
    assert cells.assert_messages(celda) == {"fijo"}


# --- las celdas de la casa ---

PRUEBAS = [
    pytest.param(celda, id=f"{ruta.parent.name}-{cells.grade_id(celda)}")
    for ruta in CUADERNOS
    for celda in nbformat.read(ruta, as_version=4).cells
    if cells.is_test(celda)
]
RESPUESTAS = [
    pytest.param(celda, id=f"{ruta.parent.name}-{cells.grade_id(celda)}")
    for ruta in CUADERNOS
    for celda in nbformat.read(ruta, as_version=4).cells
    if cells.is_answer(celda)
]
# Lo que trae Python y ni lee ni escribe nada fuera de la prueba.
DE_PYTHON = ("range", "zip", "len", "sum", "abs", "max", "isinstance", "tuple", "list", "float")
DE_PYTHON += ("all", "enumerate", "int", "min")
INICIO, FIN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
ESPANOL = re.compile(r"\b(el|la|los|las|un|una|de|del|en|que|se|con|por|su|y|o|al|no)\b", re.I)


def hidden_lines(celda):
    lineas = celda.source.splitlines()
    return range(lineas.index(INICIO) + 1, lineas.index(FIN) + 1)


def test_there_are_exercises_to_check():
    assert len(PRUEBAS) >= 8 and len(RESPUESTAS) >= 2


@pytest.mark.parametrize("celda", PRUEBAS)
def test_a_test_opens_with_what_it_checks_in_spanish(celda):
    titulo = cells.title(celda)
    assert titulo != cells.grade_id(celda)
    assert titulo[0].isupper() and titulo.endswith(".") and ESPANOL.search(titulo)


@pytest.mark.parametrize("celda", PRUEBAS)
def test_a_test_has_points_and_is_locked(celda):
    datos = celda.metadata.nbgrader
    assert datos.points > 0 and datos.locked and not datos.task
    assert re.fullmatch(r"test_\w+?__\w+", datos.grade_id)


@pytest.mark.parametrize("celda", PRUEBAS)
def test_the_hidden_part_is_one_closed_region(celda):
    lineas = [linea.strip() for linea in celda.source.splitlines()]
    assert lineas.count(INICIO) == lineas.count(FIN) == 1
    assert lineas.index(INICIO) + 1 < lineas.index(FIN) == len(lineas) - 1


@pytest.mark.parametrize("celda", PRUEBAS)
def test_there_are_visible_and_hidden_checks_of_the_same_function(celda):
    ejercicio = cells.grade_id(celda).removeprefix("test_").split("__")[0]
    ocultas = hidden_lines(celda)
    llamadas = [
        nodo.lineno
        for nodo in ast.walk(ast.parse(celda.source))
        if isinstance(nodo, ast.Call) and ast.unparse(nodo.func) == ejercicio
    ]
    assert any(linea in ocultas for linea in llamadas)
    assert any(linea < ocultas.start for linea in llamadas)


@pytest.mark.parametrize("celda", PRUEBAS)
def test_a_test_ends_in_a_statement(celda):
    """nbgrader lee una última expresión como nota parcial; también en la versión publicada."""
    visible = "\n".join(celda.source.splitlines()[: hidden_lines(celda).start - 1])
    assert not isinstance(ast.parse(celda.source).body[-1], ast.Expr)
    ultima = ast.parse(visible).body[-1]
    # Una llamada a `check_…` devuelve None: al validar no deja ningún valor.
    es_check = isinstance(ultima, ast.Expr) and ast.unparse(ultima).startswith("checks.check_")
    assert es_check or not isinstance(ultima, ast.Expr)


@pytest.mark.parametrize("celda", PRUEBAS)
def test_hidden_asserts_carry_a_fixed_sentence(celda):
    ocultas = hidden_lines(celda)
    asserts = [
        nodo
        for nodo in ast.walk(ast.parse(celda.source))
        if isinstance(nodo, ast.Assert) and nodo.lineno in ocultas
    ]
    assert asserts
    for nodo in asserts:
        assert isinstance(nodo.msg, ast.Constant), ast.unparse(nodo)
        assert isinstance(nodo.msg.value, str) and ESPANOL.search(nodo.msg.value)
        assert nodo.msg.value[0].isupper() and nodo.msg.value.endswith(".")


@pytest.mark.parametrize("celda", PRUEBAS)
def test_nothing_hidden_can_print_or_raise_its_data(celda):
    ocultas = hidden_lines(celda)
    for nodo in ast.walk(ast.parse(celda.source)):
        if isinstance(nodo, ast.Call) and nodo.lineno in ocultas:
            assert not ast.unparse(nodo.func).startswith(("print", "checks.check_", "np.testing"))
        assert not isinstance(nodo, ast.Raise)


@pytest.mark.parametrize("celda", PRUEBAS)
def test_a_test_reads_only_numpy_the_course_and_the_answers(celda):
    """Lo que usa y no define ella misma lo importa el cuaderno o lo escribe el estudiante."""
    arbol = ast.parse(celda.source)
    argumentos = {n.arg for n in ast.walk(arbol) if isinstance(n, ast.arg)}
    propias = bound_names([arbol]) | argumentos
    # ValueError: el único error que un enunciado puede pedir.
    permitidas = {"np", "checks", "images", "layers", "ops", "ValueError", *DE_PYTHON}
    respuestas = {cells.grade_id(c.values[0]).removeprefix("respuesta_") for c in RESPUESTAS}
    assert cells.names(celda) - propias <= permitidas | respuestas


@pytest.mark.parametrize("celda", RESPUESTAS)
def test_an_answer_cell_has_one_closed_solution(celda):
    lineas = [linea.strip() for linea in celda.source.splitlines()]
    assert lineas.count("### BEGIN SOLUTION") == lineas.count("### END SOLUTION") == 1
    assert lineas.index("### BEGIN SOLUTION") + 1 < lineas.index("### END SOLUTION")


@pytest.mark.parametrize("celda", RESPUESTAS)
def test_an_answer_cell_explains_itself_with_an_example(celda):
    funcion = ast.parse(celda.source).body[0]
    documento = ast.get_docstring(funcion)
    assert ESPANOL.search(documento) and "Ejemplo:" in documento and "Devuelve" in documento
    assert all(f"{a.arg}:" in documento for a in funcion.args.args)
    assert not celda.metadata.nbgrader.locked


@pytest.mark.parametrize("ruta", CUADERNOS, ids=lambda r: r.parent.name)
def test_ids_are_unique_and_points_match_the_statement(ruta):
    celdas = nbformat.read(ruta, as_version=4).cells
    ids = [cells.grade_id(c) for c in celdas if cells.grade_id(c)]
    assert len(ids) == len(set(ids))
    texto = "\n".join(c.source for c in celdas if c.cell_type == "markdown")
    prometidos = sum(int(n) for n in re.findall(r"^## Ejercicio .*\((\d+) puntos?\)", texto, re.M))
    assert prometidos == sum(c.metadata.get("nbgrader", {}).get("points", 0) for c in celdas)
