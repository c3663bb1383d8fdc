"""La matriz de errores: las pruebas de cada unidad rechazan lo que deben y nada más."""

import copy
import inspect
import sys
import types
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course_lib import checks
from course_lib.grading import cells, matrix
from course_lib.grading.catalog import load_catalog

RAIZ = Path(__file__).resolve().parents[2]
UNIDADES = sorted(ruta.parent for ruta in RAIZ.glob("solutions/*/ejercicios.ipynb"))
EJERCICIOS = [
    pytest.param(unidad, ejercicio, id=f"{unidad.name}-{ejercicio.name}")
    for unidad in UNIDADES
    for ejercicio in load_catalog(unidad).values()
]
# Si hay varios resultados correctos para un mismo dato, no se pueden comparar entre sí.
UNICOS = [p for p in EJERCICIOS if p.values[1].unique]
IMPLEMENTACIONES = [
    pytest.param(unidad, ejercicio, i, id=f"{unidad.name}-{ejercicio.name}-{i.id}")
    for unidad in UNIDADES
    for ejercicio in load_catalog(unidad).values()
    for i in (*ejercicio.correct, *ejercicio.misconceptions)
]
# Cómo se llama el argumento que trae una imagen o sus mapas.
IMAGENES = {"imagen", "ventana", "x", "mapa", "mapas"}


@pytest.fixture(scope="module")
def matrices():
    """La matriz de cada unidad, calculada una vez."""
    return {unidad: matrix.kill_matrix(unidad) for unidad in UNIDADES}


# --- las unidades de la casa ---


@pytest.mark.parametrize(("unidad", "ejercicio", "respuesta"), IMPLEMENTACIONES)
def test_misconceptions_die_and_correct_answers_live(matrices, unidad, ejercicio, respuesta):
    veredictos = matrices[unidad][ejercicio.name][respuesta.id]
    fallos = {prueba: fallo for prueba, fallo in veredictos.items() if fallo}
    assert len(veredictos) >= 2
    if respuesta in ejercicio.misconceptions:
        assert fallos, f"«{respuesta.id}» obtiene todos los puntos"
    else:
        assert fallos == {}


@pytest.mark.parametrize(("unidad", "ejercicio"), EJERCICIOS)
def test_no_test_is_idle(matrices, unidad, ejercicio):
    """Cada prueba rechaza al menos un error típico."""
    filas = matrices[unidad][ejercicio.name]
    errores = [filas[i.id] for i in ejercicio.misconceptions]
    for prueba in matrix.exercise_tests(unidad, ejercicio):
        assert any(veredictos[prueba] for veredictos in errores), prueba


@pytest.mark.parametrize("unidad", UNIDADES, ids=lambda u: u.name)
def test_every_test_belongs_to_one_exercise(unidad):
    catalogo = load_catalog(unidad)
    suyas = [p for e in catalogo.values() for p in matrix.exercise_tests(unidad, e)]
    assert sorted(suyas) == sorted(matrix.run_tests(unidad, {}))
    assert len(suyas) == len(set(suyas))


@pytest.mark.parametrize("unidad", UNIDADES, ids=lambda u: u.name)
def test_the_solutions_of_the_notebook_pass(unidad):
    assert set(matrix.run_tests(unidad, {}).values()) == {None}


GRABADORA = """
import copy, grabadora
{original}
_original = {nombre}
def {nombre}(*datos, **opciones):
    datos = grabadora.firma.bind(*datos, **opciones).args
    antes = copy.deepcopy(datos)
    resultado = _original(*datos)
    # Lo que debe lanzar un error no se apunta: no hay resultado que comparar.
    grabadora.llamadas.append(antes)
    return resultado
"""


@pytest.fixture
def grabadora(monkeypatch):
    """Un módulo donde las pruebas dejan apuntado con qué llaman a cada función."""
    modulo = types.ModuleType("grabadora")
    modulo.llamadas = []
    monkeypatch.setitem(sys.modules, "grabadora", modulo)
    return modulo


def recorded(grabadora, unidad, ejercicio):
    """Los argumentos de cada llamada que las pruebas del ejercicio hacen a su función."""
    codigo = ejercicio.reference.source(ejercicio.name)
    grabadora.firma = inspect.signature(ejercicio.reference.function)
    matrix.run_tests(
        unidad, {ejercicio.name: GRABADORA.format(nombre=ejercicio.name, original=codigo)}
    )
    assert len(grabadora.llamadas) > 10
    return grabadora.llamadas


def arguments(ejercicio):
    return set(inspect.signature(ejercicio.reference.function).parameters)


def as_type(dato, tipo):
    """Los arrays de decimales, en ese tipo; una etiqueta o un uint8 siguen como están."""
    if isinstance(dato, dict):
        return {nombre: as_type(valor, tipo) for nombre, valor in dato.items()}
    return dato.astype(tipo) if getattr(dato, "dtype", np.dtype(int)).kind == "f" else dato


def agree(obtenido, esperado):
    """Si dos resultados coinciden, también si son parejas o diccionarios de arrays."""
    if isinstance(esperado, dict):
        return set(obtenido) == set(esperado) and all(
            agree(obtenido[nombre], esperado[nombre]) for nombre in esperado
        )
    if isinstance(esperado, tuple) and any(isinstance(parte, dict) for parte in esperado):
        return all(agree(*pareja) for pareja in zip(obtenido, esperado, strict=True))
    return checks.same(obtenido, esperado)


@pytest.mark.parametrize("tipo", [np.float32, np.float64])
@pytest.mark.parametrize(("unidad", "ejercicio"), UNICOS)
def test_correct_answers_agree_on_floats(grabadora, unidad, ejercicio, tipo):
    """Con los datos de las pruebas, y sus decimales en float32 y float64."""
    for datos in recorded(grabadora, unidad, ejercicio):
        convertidos = [as_type(d, tipo) for d in datos]
        esperado = ejercicio.reference.function(*copy.deepcopy(convertidos))
        for otra in ejercicio.alternatives:
            obtenido = otra.function(*copy.deepcopy(convertidos))
            assert agree(obtenido, esperado), (otra.id, datos)


def statement(unidad, ejercicio):
    """El código publicado de la respuesta: su docstring dice qué puede llegar."""
    cuaderno = nbformat.read(unidad / "ejercicios.ipynb", as_version=4)
    return next(
        c.source
        for c in cuaderno.cells
        if cells.is_answer(c) and cells.defined_function(c, {ejercicio.name})
    )


CON_IMAGEN = [
    p
    for p in EJERCICIOS
    if arguments(p.values[1]) & IMAGENES and "Puede ser uint8" in statement(*p.values)
]
CON_KERNEL = [p for p in CON_IMAGEN if {"kernel", "kernels"} & arguments(p.values[1])]


@pytest.mark.parametrize(("unidad", "ejercicio"), CON_IMAGEN)
def test_tests_use_varied_images(grabadora, unidad, ejercicio):
    """Imágenes que no son cuadradas, uint8 y con negativos (DESIGN.md)."""
    llamadas = recorded(grabadora, unidad, ejercicio)
    (lugar,) = (i for i, nombre in enumerate(grabadora.firma.parameters) if nombre in IMAGENES)
    imagenes = [datos[lugar] for datos in llamadas]
    assert any(i.shape[0] != i.shape[1] for i in imagenes)
    assert any(i.dtype == np.uint8 for i in imagenes)
    assert any((i < 0).any() for i in imagenes)


@pytest.mark.parametrize(("unidad", "ejercicio"), CON_KERNEL)
def test_tests_use_varied_kernels(grabadora, unidad, ejercicio):
    """Kernels asimétricos, no cuadrados, negativos y con decimales (DESIGN.md)."""
    kernels = [datos[1] for datos in recorded(grabadora, unidad, ejercicio)]
    assert any(k.shape[0] != k.shape[1] for k in kernels)
    assert any(not np.array_equal(k, k[::-1, ::-1]) for k in kernels)
    assert any((k < 0).any() for k in kernels)
    assert any(k.dtype.kind == "f" and (k % 1).any() for k in kernels)


# --- lo que hace el módulo ---


def graded(source, ident, puntos=1):
    datos = {"grade": True, "solution": False, "grade_id": ident, "points": puntos}
    return new_code_cell(source, metadata={"nbgrader": datos})


def answer(source):
    datos = {"grade": False, "solution": True, "grade_id": "respuesta"}
    return new_code_cell(source, metadata={"nbgrader": datos})


CATALOGO = """
from course_lib.grading.catalog import Exercise
doble, triple = Exercise("doble"), Exercise("triple")

@doble.is_reference
def doble_bien(x):
    return 2 * x

@doble.misconception("cuadrado", "Eleva al cuadrado", hint="¿Qué pasa con el 3?")
def doble_cuadrado(x):
    return x ** 2

@triple.is_reference
def triple_bien(x):
    return 3 * x
"""


@pytest.fixture
def unidad(tmp_path):
    """Una unidad diminuta con dos ejercicios, el segundo apoyado en el primero."""
    (tmp_path / "errores.py").write_text(CATALOGO, encoding="utf-8")
    celdas = [
        new_markdown_cell("# Ejercicios"),
        new_code_cell("base = 10\nprint('no se ve')"),
        answer("def doble(x):\n    return x + x"),
        graded("assert doble(2) == 4", "test_doble__dos"),
        graded("assert doble(base) == 20, 'No es 20.'", "test_doble__diez"),
        answer("def triple(x):\n    return doble(x) + x"),
        graded("assert triple(1) == 3", "test_triple__uno"),
        new_code_cell("raise SystemExit('nadie ejecuta lo que va detrás de la última prueba')"),
    ]
    nbformat.write(new_notebook(cells=celdas), tmp_path / "ejercicios.ipynb")
    return tmp_path


def test_run_tests_gives_the_failure_of_each_test(unidad, capsys):
    cuadrado = load_catalog(unidad)["doble"].find("cuadrado").source("doble")
    assert matrix.run_tests(unidad, {"doble": cuadrado}) == {
        "test_doble__dos": None,
        "test_doble__diez": "AssertionError: No es 20.",
        "test_triple__uno": "AssertionError: ",
    }
    assert capsys.readouterr().out == ""


def test_an_answer_that_does_not_even_load_fails_its_tests(unidad):
    fallos = matrix.run_tests(unidad, {"doble": "def doble(x:"})
    assert fallos["test_doble__dos"].startswith("NameError")
    assert fallos["test_triple__uno"].startswith("NameError")


def test_check_looks_only_at_its_own_tests(unidad):
    doble = load_catalog(unidad)["doble"]
    assert list(matrix.check(unidad, doble, doble.reference)) == [
        "test_doble__dos",
        "test_doble__diez",
    ]


def test_the_matrix_has_a_row_for_each_implementation(unidad):
    filas = matrix.kill_matrix(unidad)
    assert {nombre: list(f) for nombre, f in filas.items()} == {
        "doble": ["referencia", "cuadrado"],
        "triple": ["referencia"],
    }
    assert filas["doble"]["cuadrado"] == {
        "test_doble__dos": None,
        "test_doble__diez": "AssertionError: No es 20.",
    }


def test_each_run_starts_clean(unidad):
    """Una respuesta no deja nada que la siguiente pueda usar."""
    assert matrix.run_tests(unidad, {"doble": "def doble(x):\n    return 2 * x\nresto = 1"})
    espia = "def doble(x):\n    return resto"
    assert "resto" in matrix.run_tests(unidad, {"doble": espia})["test_doble__dos"]


def test_a_weak_test_shows_in_the_matrix(unidad):
    """Si se borra la única prueba que lo distingue, el error sobrevive y la matriz lo dice."""
    cuaderno = nbformat.read(unidad / "ejercicios.ipynb", as_version=4)
    del cuaderno.cells[4]
    nbformat.write(cuaderno, unidad / "ejercicios.ipynb")
    assert matrix.kill_matrix(unidad)["doble"]["cuadrado"] == {"test_doble__dos": None}


def test_no_figure_is_left_open():
    plt.close("all")  # las que dejaran otras pruebas
    matrix.kill_matrix(next(u for u in UNIDADES if u.name == "02_deslizar"))
    assert plt.get_fignums() == []
