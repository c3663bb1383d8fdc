"""Preguntas sobre las celdas de un cuaderno de nbgrader."""

import ast

from nbformat import NotebookNode

INICIO_OCULTO = "### BEGIN HIDDEN TESTS"
FIN_OCULTO = "### END HIDDEN TESTS"


def grade_id(celda: NotebookNode) -> str:
    """Identificador de nbgrader de la celda, o `""` si no tiene."""
    return celda.metadata.get("nbgrader", {}).get("grade_id", "")


def is_test(celda: NotebookNode) -> bool:
    """Si es una celda de prueba con puntos."""
    datos = celda.metadata.get("nbgrader", {})
    return bool(celda.cell_type == "code" and datos.get("grade") and not datos.get("solution"))


def is_answer(celda: NotebookNode) -> bool:
    """Si es una celda de código donde responde el estudiante."""
    datos = celda.metadata.get("nbgrader", {})
    return bool(celda.cell_type == "code" and datos.get("solution"))


def title(celda: NotebookNode) -> str:
    """Primera línea del docstring de una celda de prueba; su `grade_id` si no se puede leer."""
    try:
        texto = ast.get_docstring(ast.parse(celda.source)) or ""
    except SyntaxError:
        texto = ""
    return texto.split("\n")[0] or grade_id(celda)


def hidden_start(codigo: str) -> int | None:
    """Línea (desde 1) en que empieza la parte oculta de una celda; `None` si no la hay."""
    for numero, linea in enumerate(codigo.splitlines(), start=1):
        if linea.strip() == INICIO_OCULTO:
            return numero
    return None


def assert_messages(celda: NotebookNode) -> set[str]:
    """Los mensajes fijos de los `assert` de la celda."""
    mensajes = {n.msg for n in ast.walk(ast.parse(celda.source)) if isinstance(n, ast.Assert)}
    return {m.value for m in mensajes if isinstance(m, ast.Constant) and isinstance(m.value, str)}


def defined_function(celda: NotebookNode, nombres: set[str]) -> str | None:
    """Cuál de esas funciones define la celda, si define alguna."""
    definidas = {
        nodo.name for nodo in ast.walk(ast.parse(celda.source)) if isinstance(nodo, ast.FunctionDef)
    }
    return next(iter(definidas & nombres), None)


def called_functions(celda: NotebookNode, nombres: set[str]) -> set[str]:
    """Cuáles de esas funciones usa la celda."""
    return names(celda) & nombres


def names(celda: NotebookNode) -> set[str]:
    """Nombres que aparecen en el código de la celda."""
    return {nodo.id for nodo in ast.walk(ast.parse(celda.source)) if isinstance(nodo, ast.Name)}
