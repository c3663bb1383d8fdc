"""Enlaces y fórmulas: cada enlace llega a su sitio, y cada fórmula se dibuja."""

import re
from pathlib import Path

import nbformat
import pytest
from latex2mathml.converter import convert

from course_lib.grading.site import FORMULA

RAIZ = Path(__file__).resolve().parent.parent
DOCUMENTOS = [*RAIZ.glob("*.md"), *RAIZ.glob("bench/*.md")]
CUADERNOS = [r for raiz in ("solutions", "notebooks") for r in RAIZ.glob(f"{raiz}/**/*.ipynb")]
TODOS = sorted(r for r in (*DOCUMENTOS, *CUADERNOS) if ".ipynb_checkpoints" not in r.parts)
CODIGO = re.compile(r"(?s)```.*?```|`[^`\n]*`")
ENLACE = re.compile(r"\]\(([^)\s]+)\)|\b(?:href|src)=\"([^\"]+)\"")

cada_texto = pytest.mark.parametrize("ruta", TODOS, ids=lambda r: r.relative_to(RAIZ).as_posix())


def markdown(ruta):
    if ruta.suffix == ".md":
        return ruta.read_text(encoding="utf-8")
    celdas = nbformat.read(ruta, as_version=4).cells
    return "\n\n".join(c.source for c in celdas if c.cell_type == "markdown")


def anchors(ruta):
    """Los destinos que ofrecen los títulos, como los escriben GitHub y JupyterLab."""
    titulos = re.findall(r"^#+ (.+?)$", CODIGO.sub("", markdown(ruta)), re.M)
    github = {re.sub(r"[^\w\- ]", "", t.lower()).strip().replace(" ", "-") for t in titulos}
    return github | {t.replace(" ", "-") for t in titulos}


def links(ruta):
    for uno, otro in ENLACE.findall(CODIGO.sub("", markdown(ruta))):
        yield (uno or otro).partition("#")[::2]


def test_there_is_something_to_read():
    assert len(TODOS) > 50 and sum(len(list(links(ruta))) for ruta in TODOS) > 150


@cada_texto
def test_links_arrive(ruta):
    for destino, ancla in links(ruta):
        if destino.startswith(("https://", "mailto:")):
            continue
        archivo = (ruta.parent / destino).resolve() if destino else ruta
        assert archivo.exists() and archivo.is_relative_to(RAIZ), f"no existe {destino}"
        assert not ancla or ancla in anchors(archivo), f"{destino} no tiene el apartado #{ancla}"


@pytest.mark.parametrize("ruta", DOCUMENTOS, ids=lambda r: r.name)
def test_pictures_have_alternative_text(ruta):
    """Las de los cuadernos las mira `test_lessons.py`."""
    for alt in re.findall(r"!\[([^\]]*)\]", CODIGO.sub("", markdown(ruta))):
        assert len(alt) >= 10, alt


def formulas():
    for ruta in CUADERNOS:
        for codigo, aparte, seguida in FORMULA.findall(markdown(ruta)):
            if not codigo:
                yield ruta, aparte or seguida


def test_formulas_are_drawn():
    """Sin una orden de LaTeX que se quede escrita con su barra."""
    vistas = set()
    for ruta, formula in formulas():
        dibujada = convert(formula)
        assert dibujada.startswith("<math") and "\\" not in dibujada, (
            f"{ruta.parent.name}: {formula}"
        )
        assert "<mtext>" not in dibujada or "\\text" in formula, formula
        vistas.add(formula)
    assert len(vistas) >= 12


@pytest.mark.parametrize("ruta", CUADERNOS, ids=lambda r: r.relative_to(RAIZ).as_posix())
def test_every_dollar_belongs_to_a_formula(ruta):
    sin_formulas = FORMULA.sub("", markdown(ruta))
    assert "$" not in CODIGO.sub("", sin_formulas) and "\\frac" not in sin_formulas
