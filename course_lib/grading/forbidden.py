"""Respuestas que llaman a una convolución ya hecha en lugar de escribirla.

Se lee el código sin ejecutarlo: lo que usa la función calificada, y lo que usan las
funciones y variables del cuaderno a las que ella recurre.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor

from course_lib.grading import cells
from course_lib.grading.catalog import load_catalog

PROHIBIDA = "LlamadaProhibida"
EXPLICACION = "Este ejercicio pide escribirla con NumPy y Python; así no puntúa."


def forbidden_calls(cuaderno: NotebookNode, funcion: str, prohibido: tuple[str, ...]) -> list[str]:
    """Nombres prohibidos que usa esa función, directamente o a través de otras del cuaderno.

    Parameters
    ----------
    cuaderno : NotebookNode
        El cuaderno del estudiante.
    funcion : str
        La función calificada.
    prohibido : tuple of str
        Módulos o nombres completos, como `"scipy"` o `"course_lib.ops"`.
    """
    propias = [celda for celda in cuaderno.cells if not cells.is_test(celda)]
    arbol = ast.Module([nodo for celda in propias for nodo in _nodos(celda)], [])
    # Lo que importa una prueba queda a mano de las respuestas que vienen detrás.
    alias = {
        n: de for celda in cuaderno.cells for nodo in _nodos(celda) for n, de in _imports(nodo)
    }
    usados = {_completo(nombre, alias) for nombre in _usados_por(arbol, funcion)}
    usados |= {alias[nombre] for nombre in alias if nombre.startswith("*")}
    malos = {u for u in usados if any(f"{u}.".startswith(f"{p}.") for p in prohibido)}
    return sorted(u for u in malos if not any(otro.startswith(f"{u}.") for otro in malos))


def _nodos(celda: NotebookNode) -> list[ast.stmt]:
    if celda.cell_type != "code":
        return []
    try:
        return ast.parse(celda.source).body
    except SyntaxError:  # magias de IPython, o código a medias que tampoco se ejecutó
        return []


def _imports(arbol: ast.AST) -> Iterator[tuple[str, str]]:
    """De qué módulo viene cada nombre importado, en cualquier parte del código."""
    for nodo in ast.walk(arbol):
        if isinstance(nodo, ast.Import):
            for nombre in nodo.names:
                corto = nombre.name.split(".")[0]
                yield (nombre.asname, nombre.name) if nombre.asname else (corto, corto)
        elif isinstance(nodo, ast.ImportFrom):
            for nombre in nodo.names:
                # De un «import *» no se sabe qué se usa: cuenta entero.
                clave = nombre.asname or nombre.name.replace("*", f"*{nodo.module}")
                yield clave, f"{nodo.module}.{nombre.name}".removesuffix(".*")


def _usados_por(arbol: ast.Module, funcion: str) -> set[str]:
    """Nombres con puntos que aparecen en la función y en todo lo definido que ella alcanza."""
    definiciones: dict[str, list[ast.AST]] = {}
    for nodo in arbol.body:
        for nombre in _define(nodo):
            definiciones.setdefault(nombre, []).append(nodo)
    vistos, pendientes, usados = set(), [funcion], set()
    while pendientes:
        nombre = pendientes.pop()
        if nombre in vistos:
            continue
        vistos.add(nombre)
        for nodo in definiciones.get(nombre, []):
            nuevos = set(_nombres(nodo))
            usados |= nuevos
            pendientes += [n.split(".")[0] for n in nuevos]
    return usados


def _define(nodo: ast.stmt) -> list[str]:
    if isinstance(nodo, ast.FunctionDef | ast.ClassDef):
        return [nodo.name]
    return [
        hoja.id
        for hoja in ast.walk(nodo)
        if isinstance(hoja, ast.Name) and isinstance(hoja.ctx, ast.Store)
    ]


def _nombres(nodo: ast.AST) -> Iterator[str]:
    for hoja in ast.walk(nodo):
        if isinstance(hoja, ast.Name):
            yield hoja.id
        elif isinstance(hoja, ast.Attribute) and "(" not in ast.unparse(hoja):
            yield ast.unparse(hoja)


def _completo(nombre: str, alias: dict[str, str]) -> str:
    """`np.pad` → `numpy.pad`, según cómo se importó."""
    primero, _, resto = nombre.partition(".")
    return ".".join(filter(None, (alias.get(primero, primero), resto)))


class RejectForbidden(NbGraderPreprocessor):
    """Preprocesador de nbgrader: sin puntos para los ejercicios que usan algo prohibido."""

    def preprocess(self, nb, resources):
        raiz = Path(self.config.CourseDirectory.root)
        unidad = (
            raiz
            / self.config.CourseDirectory.source_directory
            / resources["nbgrader"]["assignment"]
        )
        for ejercicio in load_catalog(unidad).values():
            usos = forbidden_calls(nb, ejercicio.name, ejercicio.forbidden)
            for celda in nb.cells if usos else ():
                if cells.is_test(celda) and cells.called_functions(celda, {ejercicio.name}):
                    frase = f"Tu respuesta usa {', '.join(usos)}. {EXPLICACION}"
                    celda.outputs = [new_output("error", ename=PROHIBIDA, evalue=frase)]
                    celda.outputs[0].traceback = [frase]
        return nb, resources
