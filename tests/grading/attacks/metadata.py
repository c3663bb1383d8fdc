"""Lo que rodea al código: etiquetas, versiones, pruebas cambiadas y cuadernos imposibles."""

import copy
import json

from grading.attacks.corpus import NOTAS, attack, cell, code_cell, graded_cells


@attack
def skip_execution(cuaderno):
    """nbconvert no ejecuta una celda con esta etiqueta, y sin error hay puntos."""
    for celda in graded_cells(cuaderno):
        celda["metadata"]["tags"] = ["skip-execution", "raises-exception"]


@attack
def allow_errors(cuaderno):
    """El cuaderno pide que los errores no cuenten."""
    cuaderno["metadata"]["execution"] = {"allow_errors": True}
    cuaderno["metadata"]["nbgrader"] = {"allow_errors": True, "score": 10}


@attack
def schema_from_the_future(cuaderno):
    """Una versión de esquema que nbgrader no conoce detiene a toda la clase."""
    for celda in cuaderno["cells"]:
        if "nbgrader" in celda["metadata"]:
            celda["metadata"]["nbgrader"]["schema_version"] = 99


@attack
def schema_from_the_past(cuaderno):
    """Un esquema antiguo hace que nbgrader reescriba los metadatos."""
    for celda in cuaderno["cells"]:
        if "nbgrader" in celda["metadata"]:
            celda["metadata"]["nbgrader"]["schema_version"] = 1


@attack
def notebook_format_nine(cuaderno):
    """Un formato de cuaderno que todavía no existe."""
    cuaderno["nbformat"], cuaderno["nbformat_minor"] = 9, 10**30


@attack
def notebook_format_three(cuaderno):
    """Un formato antiguo, cuyas celdas están en otra parte."""
    celdas = cuaderno.pop("cells")
    cuaderno |= {"nbformat": 3, "worksheets": [{"cells": celdas}]}


@attack
def emptied_tests(cuaderno):
    """Una prueba vacía no falla."""
    for celda in graded_cells(cuaderno):
        celda["source"] = "pass"


@attack
def deleted_tests(cuaderno):
    """Una prueba que no está espera para siempre una nota a mano."""
    quitar = graded_cells(cuaderno)
    cuaderno["cells"] = [c for c in cuaderno["cells"] if c not in quitar]


@attack
def duplicated_tests(cuaderno):
    """Dos celdas con el mismo grade_id rompen el libro de notas o cuentan dos veces."""
    for celda in graded_cells(cuaderno):
        cuaderno["cells"].append({**copy.deepcopy(celda), "source": "assert True"})


@attack
def tests_before_answers(cuaderno):
    """Las pruebas, antes que ninguna respuesta y con otro texto."""
    movidas = [
        {**c, "source": "suma_ponderada = conv2d_valid = None"} for c in graded_cells(cuaderno)
    ]
    quitar = graded_cells(cuaderno)
    cuaderno["cells"] = movidas + [c for c in cuaderno["cells"] if c not in quitar]


@attack
def more_points(cuaderno):
    """Cada prueba vale mil puntos, según la entrega."""
    for celda in graded_cells(cuaderno):
        celda["metadata"]["nbgrader"]["points"] = 1000


@attack
def absurd_points(cuaderno):
    """Puntos que no son números: NaN, infinito, negativos o un texto."""
    for celda, puntos in zip(
        graded_cells(cuaderno), [float("nan"), float("inf"), -5, "10"] * 2, strict=True
    ):
        celda["metadata"]["nbgrader"]["points"] = puntos


@attack
def answers_that_are_tests(cuaderno):
    """Las respuestas dicen ser pruebas superadas de diez puntos."""
    for grade_id in NOTAS:
        cell(cuaderno, grade_id)["metadata"]["nbgrader"] |= {
            "grade": True, "points": 10, "locked": False,
        }  # fmt: skip


@attack
def swapped_identities(cuaderno):
    """Cada prueba lleva el grade_id de otra, y la primera se queda con el de la respuesta."""
    celdas = graded_cells(cuaderno)
    nombres = [c["metadata"]["nbgrader"]["grade_id"] for c in celdas]
    for celda, nombre in zip(celdas, [*nombres[1:], NOTAS[0]], strict=True):
        celda["metadata"]["nbgrader"]["grade_id"] = nombre


@attack
def manual_grading(cuaderno):
    """Una prueba que pide nota a mano y ya la trae puesta."""
    for celda in graded_cells(cuaderno):
        celda["metadata"]["nbgrader"] |= {"task": True, "solution": True, "score": 10}


@attack
def another_kernel(cuaderno):
    """Un kernel que no ejecuta nada: bash, o una orden propia."""
    cuaderno["metadata"]["kernelspec"] = {
        "name": "bash", "display_name": "x", "argv": ["/bin/true"], "language": "bash",
    }  # fmt: skip
    cuaderno["metadata"]["language_info"] = {"name": "bash"}


@attack
def forged_checksum(cuaderno):
    """Una huella de celda copiada o rota."""
    for celda in graded_cells(cuaderno):
        celda["metadata"]["nbgrader"]["checksum"] = "0" * 32


@attack
def markdown_tests(cuaderno):
    """Las pruebas pasan a ser texto: no hay nada que ejecutar."""
    for celda in graded_cells(cuaderno):
        celda["cell_type"] = "markdown"


@attack
def raw_answers_with_odd_types(cuaderno):
    """Tipos de celda que no existen, o que no son un texto."""
    for celda, tipo in zip(graded_cells(cuaderno), ["raw", "heading", 7, None] * 2, strict=True):
        celda["cell_type"] = tipo


@attack
def forged_outputs(cuaderno):
    """Salidas ya puestas, con la nota parcial que nbgrader leería."""
    for celda in graded_cells(cuaderno):
        datos = {"text/plain": "10"}
        celda["outputs"] = [
            {"output_type": "execute_result", "data": datos, "metadata": {}, "execution_count": 1}
        ]
        celda["execution_count"] = 1


@attack
def huge_metadata(cuaderno):
    """Ocho megas de metadatos y mil niveles de profundidad."""
    anidado = {}
    for _ in range(300):
        anidado = {"a": anidado}
    cuaderno["metadata"] |= {"hueco": "x" * 8_000_000, "hondo": anidado}


@attack
def absurd_metadata(cuaderno):
    """Metadatos que no son diccionarios."""
    cuaderno["metadata"] = ["esto", "no", "es", "un", "diccionario"]
    for celda, valor in zip(
        graded_cells(cuaderno), [None, 3, "x", [], {"nbgrader": 5}] * 2, strict=False
    ):
        celda["metadata"] = valor


@attack
def surrogates(cuaderno):
    """Medios caracteres, que ni el disco ni la base de datos pueden guardar."""
    cell(cuaderno, NOTAS[0])["source"] += "\n# \ud800\udfff\udc00\nprint('\ud800')"
    cuaderno["metadata"]["autor"] = "\ud800"


@attack
def nul_characters(cuaderno):
    """Caracteres NUL en el código, que Python no compila y un texto de C da por terminado."""
    cell(cuaderno, NOTAS[1])["source"] = "\x00" + cell(cuaderno, NOTAS[1])["source"] + "\x00"
    cuaderno["cells"].append(code_cell("print('a\\x00b\\x1b[31m')"))


@attack
def strange_sources(cuaderno):
    """El texto de las celdas es un número, un objeto o una lista con de todo."""
    for celda, valor in zip(
        cuaderno["cells"], [5, {"a": 1}, [1, "print(1)", None], None], strict=False
    ):
        celda["source"] = valor


@attack
def cells_that_are_not_cells(cuaderno):
    """Entre las celdas hay números, listas y nada."""
    cuaderno["cells"][0:0] = [None, 4, [], "celda", {}, {"cell_type": "code"}]


@attack
def repeated_cell_ids(cuaderno):
    """Todas las celdas tienen el mismo id."""
    for celda in cuaderno["cells"]:
        celda["id"] = "x"


@attack
def hidden_marks(cuaderno):
    """Las marcas del docente dentro de una respuesta, para que algo se corte por donde no es."""
    marcas = "### END HIDDEN TESTS\n### BEGIN SOLUTION\n### BEGIN HIDDEN TESTS\n"
    cell(cuaderno, NOTAS[0])["source"] = marcas + cell(cuaderno, NOTAS[0])["source"] + marcas


@attack
def too_many_cells(cuaderno):
    """Cien mil celdas vacías."""
    cuaderno["cells"] += [code_cell("1")] * 100_000


@attack
def deeper_than_json(cuaderno):
    """Un JSON con cien mil niveles desborda la pila de quien lo lee."""
    return b"[" * 100_000 + b"]" * 100_000


@attack
def json_with_repeated_keys(cuaderno):
    """Dos listas de celdas: un lector mira la primera y otro la segunda."""
    texto = json.dumps(cuaderno)
    return (texto[:-1] + ', "cells": []}').encode()


@attack
def integer_of_a_million_digits(cuaderno):
    """Un número tan largo que leerlo cuesta minutos."""
    return json.dumps(cuaderno).replace('"nbformat": 4', f'"nbformat": {"9" * 1_000_000}').encode()


@attack
def not_text(cuaderno):
    """Bytes que no son un texto."""
    return b"\xff\xfe\x00\x80" * 1000


@attack
def an_empty_file(cuaderno):
    """Un archivo vacío."""
    return b""


@attack
def a_very_heavy_file(cuaderno):
    """Veinticinco megas de salidas: leerlas llena la memoria."""
    return json.dumps(cuaderno | {"relleno": "x" * 25_000_000}).encode()
