"""Lo que una unidad debe tener para publicarse, con el paso de CONTRIBUTING.md que lo explica."""

import ast
from collections.abc import Iterator
from pathlib import Path

import nbformat

from course_lib.grading import cells
from course_lib.grading.catalog import Exercise, load_catalog
from course_lib.grading.course import Course

MINIMO = 3
CELDAS, CATALOGO = "(CONTRIBUTING.md, paso 1)", "(CONTRIBUTING.md, paso 2)"


def check_sources(curso: Course) -> None:
    """Comprueba que a ninguna unidad le falte una parte.

    Raises
    ------
    ValueError
        Con una frase por cada cosa que falta y cómo ponerla.
    """
    carpetas = [r for r in sorted(curso.solutions.glob("[0-9]*/")) if r.is_dir()]
    if faltas := [falta for carpeta in carpetas for falta in missing(carpeta)]:
        raise ValueError("\n".join(faltas))


def missing(unidad: Path) -> Iterator[str]:
    """Lo que le falta a una unidad, en frases que dicen qué hacer."""
    for nombre in ("leccion.ipynb", "ejercicios.ipynb"):
        if not (unidad / nombre).exists():
            yield f"La unidad «{unidad.name}» no tiene {nombre}. Escríbelo con make lab {CELDAS}."
            return
    try:
        catalogo = load_catalog(unidad)
    except FileNotFoundError as error:
        yield str(error)
        return
    cuaderno = nbformat.read(unidad / "ejercicios.ipynb", as_version=4)
    for nombre in answered(cuaderno):
        for falta in (*_sin_pruebas(cuaderno, nombre), *_sin_catalogo(catalogo.get(nombre))):
            yield f"El ejercicio «{nombre}» de «{unidad.name}» {falta}"


def answered(cuaderno: nbformat.NotebookNode) -> list[str]:
    """Las funciones que el cuaderno pide escribir, en orden."""
    respuestas = filter(cells.is_answer, cuaderno.cells)
    nodos = [nodo for celda in respuestas for nodo in ast.parse(celda.source).body]
    return [nodo.name for nodo in nodos if isinstance(nodo, ast.FunctionDef)]


def _sin_pruebas(cuaderno: nbformat.NotebookNode, nombre: str) -> Iterator[str]:
    pruebas = filter(cells.is_test, cuaderno.cells)
    if not any(cells.called_functions(celda, {nombre}) for celda in pruebas):
        yield f"no tiene ninguna celda de prueba con puntos. Añádelas con make lab {CELDAS}."


def _sin_catalogo(ejercicio: Exercise | None) -> Iterator[str]:
    if ejercicio is None:
        yield f"no está en errores.py. Añade su Exercise y {MINIMO} errores típicos {CATALOGO}."
    elif ejercicio.reference is None:
        yield f"no tiene referencia en errores.py: márcala con is_reference {CATALOGO}."
    elif (cuantos := len(ejercicio.misconceptions)) < MINIMO:
        yield f"tiene {cuantos} errores típicos y el mínimo es {MINIMO}. Añade más {CATALOGO}."
