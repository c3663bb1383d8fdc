"""La matriz de errores: qué prueba rechaza cada error típico de una unidad."""

import contextlib
import io
from pathlib import Path

import nbformat

from course_lib.grading import cells
from course_lib.grading.catalog import Exercise, Implementation, load_catalog

Veredictos = dict[str, str | None]


def run_tests(
    unidad: Path, respuestas: dict[str, str], solo: list[str] | None = None
) -> Veredictos:
    """Ejecuta el cuaderno de ejercicios con esas respuestas y da el fallo de cada prueba.

    Se ejecuta en este mismo proceso: solo para respuestas de la casa, nunca de estudiantes.

    Parameters
    ----------
    unidad : Path
        Carpeta de la unidad en `solutions/`.
    respuestas : dict
        Código con que se contesta cada función; las que faltan, con la de `solutions/`.
    solo : list of str, optional
        Los `grade_id` de las pruebas que se ejecutan; si falta, todas.

    Returns
    -------
    dict
        Por `grade_id` de cada prueba, el mensaje del fallo o `None` si se supera.
    """
    cuaderno = nbformat.read(unidad / "ejercicios.ipynb", as_version=4)
    espacio: dict = {"__name__": "__main__"}
    veredictos: Veredictos = {}
    ultima = max((i for i, c in enumerate(cuaderno.cells) if cells.is_test(c)), default=-1)
    for celda in cuaderno.cells[: ultima + 1]:
        if cells.is_test(celda):
            prueba = cells.grade_id(celda)
            if solo is None or prueba in solo:
                veredictos[prueba] = _fallo(celda.source, espacio)
        elif celda.cell_type == "code":
            nombre = cells.is_answer(celda) and cells.defined_function(celda, set(respuestas))
            _fallo(respuestas[nombre] if nombre else celda.source, espacio)
    return veredictos


def _fallo(codigo: str, espacio: dict) -> str | None:
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(codigo, espacio)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


def check(unidad: Path, ejercicio: Exercise, respuesta: Implementation) -> Veredictos:
    """Veredictos de las pruebas de un ejercicio contestado así y los demás bien."""
    suyas = exercise_tests(unidad, ejercicio)
    return run_tests(unidad, {ejercicio.name: respuesta.source(ejercicio.name)}, suyas)


def exercise_tests(unidad: Path, ejercicio: Exercise) -> list[str]:
    """Los `grade_id` de las pruebas que usan la función de ese ejercicio, en orden."""
    cuaderno = nbformat.read(unidad / "ejercicios.ipynb", as_version=4)
    return [
        cells.grade_id(celda)
        for celda in cuaderno.cells
        if cells.is_test(celda) and cells.called_functions(celda, {ejercicio.name})
    ]


def kill_matrix(unidad: Path) -> dict[str, dict[str, Veredictos]]:
    """Por ejercicio y por `id` de cada implementación, sus veredictos."""
    return {
        nombre: {
            respuesta.id: check(unidad, ejercicio, respuesta)
            for respuesta in (*ejercicio.correct, *ejercicio.misconceptions)
        }
        for nombre, ejercicio in load_catalog(unidad).items()
    }
