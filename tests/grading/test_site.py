"""El sitio, por dentro: sus enlaces, sus figuras y sus fórmulas (por fuera, `tests/browser`)."""

import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course_lib.grading.site import build

FIGURA = """
import matplotlib.pyplot as plt
plt.plot([1, 2])
plt.show()
print("Una línea que sube.")
"""
PROSA = """# 02 · Corta

Mide $n-k+1$. Va la [siguiente](../03_otra/leccion.ipynb#final).

Y después, los [ejercicios](ejercicios.ipynb).

Los términos, en el [glosario](../glosario.ipynb).
"""


@pytest.fixture
def corto(curso):
    """El curso, con una lección de dos celdas en lugar de la de verdad."""
    cuaderno = new_notebook(cells=[new_markdown_cell(PROSA), new_code_cell(FIGURA)])
    nbformat.write(cuaderno, curso.notebooks / "02_deslizar" / "leccion.ipynb")
    return curso


def test_links_lead_to_pages_and_figures_say_what_they_show(corto):
    sitio = build(corto).parent
    leccion = (sitio / "02_deslizar" / "leccion.html").read_text(encoding="utf-8")
    enlaces = re.findall(r'href="([^"#]+)', leccion)
    assert {"../03_otra/leccion.html", "ejercicios.html", "../glosario.html"} <= set(enlaces)
    assert not [e for e in enlaces if e.endswith(".ipynb")]
    (alt,) = re.findall(r"<img[^>]* alt=\"([^\"]*)\"", leccion)
    assert alt == "Una línea que sube."
    assert "<math" in leccion and "$" not in re.sub(r"(?s)<(script|style).*?</\1>", "", leccion)


def test_the_glossary_has_its_page(corto):
    sitio = build(corto).parent
    glosario = (sitio / "glosario.html").read_text(encoding="utf-8")
    assert "<h1" in glosario and 'href="02_deslizar/leccion.html"' in glosario
    for pagina, enlace in (("index", "glosario"), ("02_deslizar/ejercicios", "../glosario")):
        assert f'href="{enlace}.html">Glosario<' in (sitio / f"{pagina}.html").read_text("utf-8")


def test_without_glossary_nothing_leads_to_it(corto):
    (corto.notebooks / "glosario.ipynb").unlink()
    portada = build(corto)
    assert "glosario" not in portada.read_text(encoding="utf-8")
    assert not (portada.parent / "glosario.html").exists()


def test_a_lesson_that_fails_says_which_and_what_to_do(corto):
    ruta = corto.notebooks / "02_deslizar" / "leccion.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("1 / 0")]), ruta)
    with pytest.raises(ValueError, match="02_deslizar falla.*ZeroDivisionError.*repite make site"):
        build(corto)
