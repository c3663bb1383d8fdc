"""Qué necesitan las pruebas de las demás celdas del docente: importaciones, datos, ayudas."""

import ast
import symtable
from collections.abc import Iterable

Sentencias = list[ast.stmt]


def parse(fuente: str) -> Sentencias:
    """Las sentencias de una celda, aunque lleve órdenes de IPython."""
    try:
        return ast.parse(fuente).body
    except SyntaxError:
        from IPython.core.inputtransformer2 import TransformerManager

        try:
            return ast.parse(TransformerManager().transform_cell(fuente)).body
        except SyntaxError:
            return []


def loaded_names(sentencias: Iterable[ast.AST]) -> set[str]:
    """Nombres que esas sentencias leen."""
    return {
        nodo.id
        for sentencia in sentencias
        for nodo in ast.walk(sentencia)
        if isinstance(nodo, ast.Name) and isinstance(nodo.ctx, ast.Load)
    }


def bound_names(sentencias: Iterable[ast.AST]) -> set[str]:
    """Nombres que esas sentencias definen."""
    nombres = set()
    for nodo in (n for sentencia in sentencias for n in ast.walk(sentencia)):
        if isinstance(nodo, ast.Name) and not isinstance(nodo.ctx, ast.Load):
            nombres.add(nodo.id)
        elif isinstance(nodo, ast.FunctionDef | ast.ClassDef):
            nombres.add(nodo.name)
        elif isinstance(nodo, ast.alias):
            nombres.add((nodo.asname or nodo.name).split(".")[0])
    return nombres


def preparation(celdas: dict[int, str], pruebas: Iterable[str]) -> dict[int, Sentencias]:
    """Las sentencias de las celdas del docente de las que dependen las pruebas.

    Parameters
    ----------
    celdas : dict
        Código de las celdas del docente que no son pruebas ni respuestas, por su número.
    pruebas : iterable of str
        Código de las pruebas.

    Examples
    --------
    >>> celdas = {0: "import numpy as np\\nprint('hola')", 1: "dato = np.ones(3)"}
    >>> {k: [ast.unparse(s) for s in v] for k, v in preparation(celdas, ["f(dato)"]).items()}
    {0: ['import numpy as np'], 1: ['dato = np.ones(3)']}
    """
    buscados = set().union(*(loaded_names(parse(fuente)) for fuente in pruebas))
    elegidas: dict[int, Sentencias] = {}
    for numero in sorted(celdas, reverse=True):
        suyas = []
        for sentencia in reversed(parse(celdas[numero])):
            if bound_names([sentencia]) & buscados:
                suyas.insert(0, sentencia)
                buscados |= loaded_names([sentencia])
        if suyas:
            elegidas[numero] = suyas
    return dict(sorted(elegidas.items()))


def needed_cells(fuentes: list[str], funciones: set[str]) -> list[str]:
    """Las celdas sin las que esas funciones no se pueden llamar, en su orden.

    Una que no se entienda (con órdenes de IPython, por ejemplo) se queda.

    Examples
    --------
    >>> needed_cells(["a = 1", "b = 2; print(b)", "def f(x):\\n    return a + x"], {"f"})
    ['a = 1', 'def f(x):\\n    return a + x']
    """
    buscados, elegidas = set(funciones), []
    for fuente in reversed(fuentes):
        try:
            usados = _global_names(fuente)
        except SyntaxError:
            elegidas.insert(0, fuente)
            continue
        if bound_names(parse(fuente)) & buscados:
            elegidas.insert(0, fuente)
            buscados |= usados
    return elegidas


def _global_names(fuente: str) -> set[str]:
    """Los nombres del cuaderno que una celda usa, sin los que son solo de sus funciones."""
    nombres, tablas = set(), [symtable.symtable(fuente, "celda", "exec")]
    while tablas:
        tabla = tablas.pop()
        tablas += tabla.get_children()
        de_fuera = tabla.get_type() == "module"
        nombres |= {
            s.get_name()
            for s in tabla.get_symbols()
            if s.is_referenced() and (de_fuera or s.is_global())
        }
    return nombres
