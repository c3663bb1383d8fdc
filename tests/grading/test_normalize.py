"""La forma canónica de un cuaderno: siempre la misma, y solo con lo que alguien escribió."""

import copy
import json
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
    new_raw_cell,
)

from course_lib.grading.normalize import dumps, normalize, normalize_file
from course_lib.grading.publish import normalize_sources

RAIZ = Path(__file__).resolve().parents[2]
FUENTES = sorted(RAIZ.glob("solutions/*/*.ipynb"))
NBGRADER = {"grade": True, "grade_id": "test_f", "points": 2, "locked": True, "solution": False}


@pytest.fixture
def usado():
    """Un cuaderno recién guardado por JupyterLab después de trabajar con él."""
    salida = new_output("stream", text="hola")
    return new_notebook(
        metadata={
            "kernelspec": {"name": "mi-conda", "display_name": "conda", "language": "python"},
            "language_info": {"name": "python", "version": "3.12.1"},
            "widgets": {"application/json": {}},
        },
        cells=[
            new_markdown_cell(
                "![f](attachment:f.png)",
                id="con-foto",
                attachments={"f.png": {"image/png": "aGk="}},
                metadata={"editable": True, "slideshow": {"slide_type": "slide"}},
            ),
            new_code_cell(
                "print('hola')",
                id="codigo",
                outputs=[salida],
                execution_count=7,
                metadata={
                    "collapsed": True,
                    "execution": {"iopub.execute_input": "2026"},
                    "tags": ["remove-cell", "hide-input"],
                    "jupyter": {"source_hidden": True},
                },
            ),
            new_code_cell("assert f()", id="otro", metadata={"nbgrader": NBGRADER, "trusted": 1}),
            new_raw_cell("crudo", id="crudo", metadata={"slideshow": {}}),
        ],
    )


def test_outputs_and_counters_go(usado):
    for celda in normalize(usado).cells:
        assert celda.get("outputs", []) == [] and celda.get("execution_count") is None


def test_only_the_course_metadata_stays(usado):
    limpio = normalize(usado)
    assert [dict(c.metadata) for c in limpio.cells] == [
        {"slideshow": {"slide_type": "slide"}},
        {"tags": ["hide-input", "remove-cell"]},
        {"nbgrader": NBGRADER},
        {},
    ]
    assert limpio.metadata == {
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python"},
    }


def test_what_was_written_stays(usado):
    limpio = normalize(usado)
    assert [c.source for c in limpio.cells] == [c.source for c in usado.cells]
    assert [c.cell_type for c in limpio.cells] == ["markdown", "code", "code", "raw"]
    assert limpio.cells[0].attachments == {"f.png": {"image/png": "aGk="}}


def test_the_input_is_not_modified(usado):
    antes = copy.deepcopy(usado)
    normalize(usado)
    assert usado == antes


def test_normalizing_twice_changes_nothing(usado):
    una = dumps(normalize(usado))
    assert dumps(normalize(nbformat.reads(una, as_version=4))) == una
    nbformat.validate(nbformat.reads(una, as_version=4))


def test_tests_take_their_grade_id_as_id(usado):
    assert [c.id for c in normalize(usado).cells] == ["con-foto", "codigo", "test_f", "crudo"]


def ids(cuaderno):
    return [celda["id"] for celda in normalize(nbformat.from_dict(cuaderno)).cells]


def bare(*fuentes, **extra):
    """Un cuaderno como los que escriben otros programas: sin ids."""
    celdas = [{"cell_type": "markdown", "metadata": {}, "source": f, **extra} for f in fuentes]
    return {"cells": celdas, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def test_missing_ids_come_from_the_text_and_do_not_change():
    primera = ids(bare("uno", "dos"))
    assert len(set(primera)) == 2 and all(len(i) == 8 for i in primera)
    assert ids(bare("uno", "dos")) == primera
    assert ids(bare("cero", "uno", "dos"))[1:] == primera  # insertar no cambia los demás


def test_equal_cells_get_different_ids():
    repetidas = ids(bare("igual", "igual", "igual"))
    assert len(set(repetidas)) == 3
    assert ids(bare("igual", "igual", "igual")) == repetidas


def test_a_repeated_id_stays_with_the_first_one():
    resultado = ids(bare("uno", "dos", "uno", id="mismo"))
    assert resultado[0] == "mismo" and len(set(resultado)) == 3


@pytest.mark.parametrize(
    ("minor", "extra"),
    [(2, {}), (5, {}), (5, {"id": "mismo"})],
    ids=["antiguo", "sin ids", "ids repetidos"],
)
def test_ids_on_disk_do_not_depend_on_chance(tmp_path, minor, extra):
    """nbformat inventa ids al azar para las celdas que no lo traen o lo repiten."""
    rutas = [tmp_path / "a.ipynb", tmp_path / "b.ipynb"]
    for ruta in rutas:
        ruta.write_text(json.dumps({**bare("uno", "dos", **extra), "nbformat_minor": minor}))
        normalize_file(ruta)
    assert rutas[0].read_text() == rutas[1].read_text()


def test_old_notebooks_become_format_4_5(tmp_path):
    viejo = bare("uno")
    viejo["nbformat_minor"] = 2
    ruta = tmp_path / "a.ipynb"
    ruta.write_text(json.dumps(viejo))
    assert normalize_file(ruta) is True
    nuevo = nbformat.read(ruta, as_version=4)
    assert (nuevo.nbformat, nuevo.nbformat_minor) == (4, 5) and nuevo.cells[0].id


# --- en disco ---


def test_a_file_is_written_only_when_it_changes(usado, tmp_path):
    ruta = tmp_path / "a.ipynb"
    nbformat.write(usado, ruta)
    assert normalize_file(ruta) is True
    sello = ruta.stat().st_mtime_ns
    assert normalize_file(ruta) is False
    assert ruta.stat().st_mtime_ns == sello


def test_text_is_written_as_it_is_read(usado, tmp_path):
    usado.cells[0].source = "¿Qué tamaño? × 3 «así»\n"
    ruta = tmp_path / "a.ipynb"
    ruta.write_text(dumps(normalize(usado)), encoding="utf-8")
    texto = ruta.read_bytes().decode()
    assert "¿Qué tamaño? × 3 «así»" in texto and "\\u00" not in texto
    assert texto.endswith("}\n") and not texto.endswith("\n\n")


@pytest.mark.parametrize("texto", ["no es JSON", "[]", '{"cells": 3}', ""])
def test_a_broken_source_is_said_and_left_alone(tmp_path, texto):
    ruta = tmp_path / "roto.ipynb"
    ruta.write_text(texto)
    with pytest.raises(ValueError, match=r"roto\.ipynb no es un cuaderno.*última versión buena"):
        normalize_file(ruta)
    assert ruta.read_text() == texto


@pytest.mark.parametrize("ruta", FUENTES, ids=lambda r: f"{r.parent.name}-{r.stem}")
def test_the_sources_of_the_house_are_already_normal(ruta):
    texto = ruta.read_text(encoding="utf-8")
    assert dumps(normalize(nbformat.reads(texto, as_version=4))) == texto


def test_all_the_sources_of_a_course_are_normalized(curso):
    ruta = curso.solutions / "02_deslizar" / "leccion.ipynb"
    bueno = ruta.read_bytes()
    sucio = json.loads(bueno)
    sucio["cells"][0]["metadata"]["collapsed"] = True
    ruta.write_text(json.dumps(sucio))
    assert normalize_sources(curso) == [ruta]
    assert ruta.read_bytes() == bueno
    assert normalize_sources(curso) == []
