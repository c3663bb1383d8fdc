"""Respuestas que llaman a una convolución ya hecha en lugar de escribirla.

Se lee el código sin ejecutarlo: lo que usa la función calificada, y lo que usan las
funciones y variables del cuaderno a las que ella recurre.
"""

import ast
from collections.abc import Iterator


def forbidden_calls(fuentes: list[str], prohibido: dict[str, tuple]) -> dict[str, list[str]]:
    """Nombres prohibidos que usa cada función, directamente o a través de otras del cuaderno.

    Parameters
    ----------
    fuentes : list of str
        El código de las celdas del estudiante, en orden.
    prohibido : dict
        Por función calificada, módulos o nombres completos: `"scipy"`, `"course_lib.ops"`…

    Examples
    --------
    >>> celda = "from course_lib import ops\\ndef f(x, k):\\n    return ops.conv2d(x, k)"
    >>> forbidden_calls([celda], {"f": ("course_lib.ops",)})
    {'f': ['course_lib.ops.conv2d']}
    """
    arbol = ast.Module([nodo for fuente in fuentes for nodo in _nodos(fuente)], [])
    alias = dict(_imports(arbol))
    return {
        funcion: malos
        for funcion, nombres in prohibido.items()
        if (malos := _malos(arbol, alias, funcion, tuple(nombres)))
    }


def _malos(arbol: ast.Module, alias: dict[str, str], funcion: str, prohibido: tuple) -> list[str]:
    usados = {_completo(nombre, alias) for nombre in _usados_por(arbol, funcion)}
    usados |= {alias[nombre] for nombre in alias if nombre.startswith("*")}
    malos = {u for u in usados if any(f"{u}.".startswith(f"{p}.") for p in prohibido)}
    return sorted(u for u in malos if not any(otro.startswith(f"{u}.") for otro in malos))


def _nodos(fuente: str) -> list[ast.stmt]:
    try:
        return ast.parse(fuente).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # tampoco se ejecutará
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
    """Nombres del cuaderno que usa: los suyos propios, aunque se llamen igual, no cuentan."""
    propios = _locales(nodo)
    fuera = {id(hoja) for valor in _de_fuera(nodo) for hoja in ast.walk(valor)}
    for hoja in ast.walk(nodo):
        nombre = ""
        if isinstance(hoja, ast.Name):
            nombre = hoja.id
        elif isinstance(hoja, ast.Attribute) and "(" not in ast.unparse(hoja):
            nombre = ast.unparse(hoja)
        if nombre and (nombre.split(".")[0] not in propios or id(hoja) in fuera):
            yield nombre


def _locales(nodo: ast.AST) -> set[str]:
    """Argumentos y variables de una función; en lo demás, nada es local."""
    if not isinstance(nodo, ast.FunctionDef):
        return set()
    hojas = list(ast.walk(nodo))
    asignados = {h.id for h in hojas if isinstance(h, ast.Name) and isinstance(h.ctx, ast.Store)}
    declarados = {n for h in hojas if isinstance(h, ast.Global) for n in h.names}
    return (asignados | {h.arg for h in hojas if isinstance(h, ast.arg)}) - declarados


def _de_fuera(nodo: ast.AST) -> list[ast.AST]:
    """Lo que una función lee antes de serlo: decoradores y valores por omisión."""
    if not isinstance(nodo, ast.FunctionDef):
        return []
    valores = [*nodo.decorator_list, *nodo.args.defaults, *nodo.args.kw_defaults]
    return [valor for valor in valores if valor is not None]


def _completo(nombre: str, alias: dict[str, str]) -> str:
    """`np.pad` → `numpy.pad`, según cómo se importó."""
    primero, _, resto = nombre.partition(".")
    return ".".join(filter(None, (alias.get(primero, primero), resto)))
