"""El glosario: reúne los de las lecciones, y dice la verdad de dónde aparece cada término."""

import re
import unicodedata
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from course_lib.grading import glossary, publish

RAIZ = Path(__file__).resolve().parents[2]
LECCIONES = sorted(RAIZ.glob("solutions/*/leccion.ipynb"))
FILA = re.compile(r"^\| (.+?) \| \*(.+?)\* \| (.+?) \| (.+) \|$", re.M)
ENLACE = re.compile(r"\[lección (\d\d)\]\((\w+)/leccion\.ipynb\)")


def text(ruta):
    celdas = nbformat.read(ruta, as_version=4).cells
    return "\n\n".join(c.source for c in celdas if c.cell_type == "markdown")


def lesson_rows():
    """Lo que dice cada lección en su glosario: (unidad, español, inglés, frase)."""
    for ruta in LECCIONES:
        for linea in text(ruta).split("## Glosario")[1].splitlines():
            celdas = [c.strip() for c in linea.strip("|").split("|")]
            if len(celdas) == 3 and celdas[1].startswith("*"):
                yield ruta.parent.name, celdas[0], celdas[1].strip("*"), celdas[2]


@pytest.fixture(scope="module")
def filas():
    """Las filas publicadas, por término."""
    return {fila[0]: fila for fila in FILA.findall(text(RAIZ / "notebooks" / "glosario.ipynb"))}


def test_it_has_the_terms_of_the_lessons_and_no_more(filas):
    suyos = list(lesson_rows())
    assert len(suyos) > 60 and set(filas) == {nombre for _, nombre, _, _ in suyos}
    primeros = {nombre: (ingles, frase) for _, nombre, ingles, frase in reversed(suyos)}
    assert {nombre: fila[1:3] for nombre, fila in filas.items()} == primeros


def test_it_is_in_alphabetical_order(filas):
    def orden(nombre):
        letras = unicodedata.normalize("NFD", nombre.lower().replace("ñ", "n\uffff"))
        return re.sub("[\u0300-\u036f]", "", letras)

    assert list(filas) == sorted(filas, key=orden)


def test_every_term_says_where_it_is_explained(filas):
    for nombre, *_, donde in filas.values():
        explican = [unidad for unidad, otro, _, _ in lesson_rows() if otro == nombre]
        enlaces = ENLACE.findall(donde)
        assert all(unidad.startswith(numero) for numero, unidad in enlaces)
        assert [unidad for _, unidad in enlaces][-len(explican) :] == explican, nombre


def uses(ruta, nombre):
    """Si la prosa de una lección contiene el término, palabra a palabra."""
    prosa = re.sub(r"(?s)```.*?```|`.*?`|\(\S+\.ipynb\)|\*\*Siguiente paso.*", " ", text(ruta))
    palabras = re.findall(r"[\w×]+", prosa.lower())
    plurales = [{p, p + "s", p + "es", re.sub("ión$", "iones", p)} for p in nombre.lower().split()]
    return any(
        all(a in b for a, b in zip(palabras[i:], plurales, strict=False))
        for i in range(len(palabras) - len(plurales) + 1)
    )


def test_the_first_lesson_it_names_is_the_first_that_uses_the_term(filas):
    for nombre, *_, donde in filas.values():
        principal = nombre.split(",")[0]
        usan = [ruta.parent.name for ruta in LECCIONES if uses(ruta, principal)]
        assert ENLACE.search(donde)[2] == usan[0], nombre


@pytest.mark.parametrize("ruta", LECCIONES, ids=lambda r: r.parent.name)
def test_every_lesson_leads_to_it(ruta):
    assert "[glosario](../glosario.ipynb)" in text(ruta).split("## Glosario")[1]


def test_the_hand_written_part_stays(filas):
    publicado = text(RAIZ / "notebooks" / "glosario.ipynb")
    assert publicado.startswith("# Glosario\n") and "make release" not in publicado
    # Las convenciones se dicen una vez (DESIGN): aquí se pueden volver a leer.
    assert "sin girarlo" in publicado and "canales van al final" in publicado


# --- lo que hace el módulo ---


def write_lesson(curso, unidad, *parrafos):
    ruta = curso.solutions / unidad / "leccion.ipynb"
    ruta.parent.mkdir(exist_ok=True)
    (ruta.parent / "ejercicios.ipynb").touch()
    nbformat.write(new_notebook(cells=[new_markdown_cell(p) for p in parrafos]), ruta)


@pytest.fixture
def dos(curso):
    """Un curso con dos lecciones: la segunda explica lo que la primera nombra."""
    for ruta in curso.solutions.rglob("*.ipynb"):
        ruta.unlink()
    write_lesson(
        curso, "00_a", "# A\n\nLos ñandúes y `zorro`.", "## Glosario\n\n| nube | *cloud* | n |"
    )
    write_lesson(
        curso,
        "01_b",
        "# B\n\n**Siguiente paso:** nada.",
        "## Glosario\n\n| zorro | *fox* | z |\n| ñandú | *rhea* | ñ |\n| nube | *cloud* | otra |",
    )
    return curso


def test_terms_are_gathered_and_sorted(dos):
    assert [(t.name, t.units, t.first, t.line) for t in glossary.terms(dos)] == [
        ("nube", ("00_a", "01_b"), "00_a", "n"),
        ("ñandú", ("01_b",), "00_a", "ñ"),
        ("zorro", ("01_b",), "01_b", "z"),
    ]
    filas = glossary.table(dos).splitlines()[2:]
    assert filas[0].endswith(
        "| [lección 00](00_a/leccion.ipynb); vuelve en la [lección 01](01_b/leccion.ipynb) |"
    )
    assert "(00_a/leccion.ipynb); se explica en la [lección 01]" in filas[1]


def test_two_english_names_for_one_term_are_refused(dos):
    write_lesson(dos, "02_c", "# C", "## Glosario\n\n| zorro | *vixen* | z |")
    with pytest.raises(
        ValueError, match=r"«zorro» es \*fox\*.*01_b.*\*vixen\*.*02_c.*Deja el mismo"
    ):
        glossary.terms(dos)


def test_a_course_without_glossary_publishes_none(curso):
    (curso.solutions / "glosario.ipynb").unlink()
    publish.publish_glossary(curso)
    assert not (curso.notebooks / "glosario.ipynb").exists()
