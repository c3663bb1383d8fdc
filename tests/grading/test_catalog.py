"""El catálogo: qué guarda `errores.py` y que el de cada unidad sirve para lo que se usa."""

import ast
import inspect
import re
from pathlib import Path

import nbformat
import pytest

from course_lib.grading import cells
from course_lib.grading.catalog import Exercise, load_catalog

RAIZ = Path(__file__).resolve().parents[2]
UNIDADES = sorted(ruta.parent for ruta in RAIZ.glob("solutions/*/ejercicios.ipynb"))
EJERCICIOS = [
    pytest.param(unidad, ejercicio, id=f"{unidad.name}-{ejercicio.name}")
    for unidad in UNIDADES
    for ejercicio in load_catalog(unidad).values()
]
DE_PRUEBA = """
from course_lib.grading.catalog import Exercise

doble = Exercise("doble")
triple = Exercise("triple")

@doble.is_reference
def doble_referencia(x):
    return 2 * x

@doble.alternative("suma", "Suma x consigo mismo")
def doble_suma(x):
    return x + x

@doble.misconception(
    "cuadrado",
    "Eleva al cuadrado",
    hint="Busca en tu def qué operador has usado: def es la primera palabra.",
)
def doble_cuadrado(x):
    def interior(y):
        return y ** 2
    return interior(x)
"""


@pytest.fixture
def doble(tmp_path):
    """Un catálogo pequeño, leído de un archivo como los de verdad."""
    (tmp_path / "errores.py").write_text(DE_PRUEBA, encoding="utf-8")
    return load_catalog(tmp_path)["doble"]


# --- lo que hace el módulo ---


def test_a_catalog_is_indexed_by_function(tmp_path, doble):
    assert list(load_catalog(tmp_path)) == ["doble", "triple"]
    assert [i.id for i in doble.correct] == ["referencia", "suma"]
    assert [i.id for i in doble.misconceptions] == ["cuadrado"]
    assert doble.reference.function(4) == 8


@pytest.mark.parametrize(("ident", "esperado"), [("referencia", 6), ("suma", 6), ("cuadrado", 9)])
def test_source_is_what_a_student_would_write(doble, ident, esperado):
    codigo = doble.find(ident).source("doble")
    assert codigo.startswith("def doble(x):\n")
    espacio = {}
    exec(codigo, espacio)
    assert espacio["doble"](3) == esperado
    assert "doble_" not in codigo and "@" not in codigo and "hint" not in codigo


def test_source_keeps_inner_functions(doble):
    assert "    def interior(y):" in doble.find("cuadrado").source("doble")


def test_find_says_which_ones_there_are(doble):
    with pytest.raises(ValueError, match="«doble».*«cubo».*referencia, suma, cuadrado"):
        doble.find("cubo")


def test_a_unit_without_catalog_says_how_to_make_one(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no tiene errores\.py.*al menos tres.*paso 2"):
        load_catalog(tmp_path)


def test_exercises_do_not_share_their_lists():
    uno, otro = Exercise("uno"), Exercise("otro")
    uno.misconception("a", "A", hint="h")(len)
    assert [i.hint for i in uno.misconceptions] == ["h"]
    assert otro.misconceptions == []


# --- los catálogos de la casa ---


def answered_functions(unidad):
    """Funciones que el cuaderno de ejercicios pide, con su firma."""
    cuaderno = nbformat.read(unidad / "ejercicios.ipynb", as_version=4)
    respuestas = [c for c in cuaderno.cells if cells.is_answer(c)]
    funciones = [f for c in respuestas for f in ast.parse(c.source).body]
    return {f.name: ast.unparse(f.args) for f in funciones if isinstance(f, ast.FunctionDef)}


def all_of(ejercicio):
    return [*ejercicio.correct, *ejercicio.misconceptions]


def test_there_are_units_to_check():
    assert "02_deslizar" in [unidad.name for unidad in UNIDADES]
    assert len(EJERCICIOS) >= 2


@pytest.mark.parametrize("unidad", UNIDADES, ids=lambda u: u.name)
def test_the_catalog_covers_exactly_what_is_asked(unidad):
    assert set(load_catalog(unidad)) == set(answered_functions(unidad))


@pytest.mark.parametrize(("unidad", "ejercicio"), EJERCICIOS)
def test_every_implementation_has_the_signature_asked_for(unidad, ejercicio):
    pedida = f"({answered_functions(unidad)[ejercicio.name]})"
    assert {
        i.id for i in all_of(ejercicio) if str(inspect.signature(i.function)) != pedida
    } == set()


@pytest.mark.parametrize(("unidad", "ejercicio"), EJERCICIOS)
def test_ids_names_and_code_are_unique(unidad, ejercicio):
    for campo in (lambda i: i.id, lambda i: i.name, lambda i: i.source("f")):
        valores = [campo(i) for i in all_of(ejercicio)]
        assert len(valores) == len(set(valores))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", i.id) for i in all_of(ejercicio))


@pytest.mark.parametrize(("unidad", "ejercicio"), EJERCICIOS)
def test_there_are_enough_of_each(unidad, ejercicio):
    assert ejercicio.reference is not None
    assert len(ejercicio.misconceptions) >= 3  # CONTRIBUTING, paso 2


def test_convolution_has_five_other_answers_and_twelve_misconceptions():
    convolucion = load_catalog(RAIZ / "solutions" / "02_deslizar")["conv2d_valid"]
    assert len(convolucion.alternatives) >= 5
    assert len(convolucion.misconceptions) >= 12
    maneras = "\n".join(i.source("f") for i in convolucion.correct)
    for manera in ("for ", "sliding_window_view", "einsum", "fft", "ravel", "a : a + alto"):
        assert manera in maneras


@pytest.mark.parametrize(("unidad", "ejercicio"), EJERCICIOS)
def test_names_and_hints_are_sentences_in_spanish(unidad, ejercicio):
    espanol = re.compile(r"\b(el|la|los|las|un|una|de|del|en|que|qué|se|con|por|su|y|o|a|al|es)\b")
    for error in ejercicio.misconceptions:
        assert error.name[0].isupper() and espanol.search(error.name), error.id
        assert len(error.hint) > 25 and espanol.search(error.hint), error.id
        assert error.hint.rstrip()[-1] in ".?", error.id


def answer_fragments(ejercicio):
    """Trozos de las respuestas correctas que, dichos en una pista, serían la solución."""
    for correcta in ejercicio.correct:
        for nodo in ast.walk(ast.parse(correcta.source("f"))):
            if isinstance(nodo, ast.Call | ast.BinOp | ast.Subscript | ast.Assign | ast.Return):
                yield re.sub(r"\s", "", ast.unparse(nodo))


@pytest.mark.parametrize(("unidad", "ejercicio"), EJERCICIOS)
def test_hints_do_not_give_the_answer(unidad, ejercicio):
    trozos = {t for t in answer_fragments(ejercicio) if len(t) >= 8}
    assert len(trozos) >= 3
    for error in ejercicio.misconceptions:
        pista = re.sub(r"\s", "", error.hint)
        assert [t for t in trozos if t in pista] == [], error.id
        assert "np." not in error.hint and "return " not in error.hint.replace("de return", "")


def test_the_diagnosis_is_told_what_to_ask_and_what_to_look_at():
    raiz = Exercise("raiz", unique=False)
    assert not raiz.comparable and Exercise("otra").comparable

    @raiz.probes
    def mas_datos(azar):
        yield (4,)

    @raiz.observed
    def al_cuadrado(x, resultado):
        return resultado**2 - x

    class Llamada:
        args, kwargs = (4,), {}

    assert raiz.sources == [mas_datos] and list(mas_datos(None)) == [(4,)]
    assert raiz.comparable and raiz.view(Llamada, -2) == raiz.view(Llamada, 2) == 0


@pytest.mark.parametrize("unidad", UNIDADES, ids=lambda u: u.name)
def test_what_to_read_again_is_a_part_of_the_lesson(unidad):
    celdas = nbformat.read(unidad / "leccion.ipynb", as_version=4).cells
    textos = [c.source for c in celdas if c.cell_type == "markdown"]
    titulos = set(re.findall(r"^##+ (.+)$", "\n".join(textos), re.M))
    for ejercicio in load_catalog(unidad).values():
        assert ejercicio.section in titulos | {""}, ejercicio.name
        assert {m.section for m in ejercicio.misconceptions} - {""} <= titulos
