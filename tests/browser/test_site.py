"""El sitio se abre con doble clic y sin red, y sus controles siguen vivos sin kernel."""

import re

import mandos
import nbformat
import pytest
import vistas
from axe_playwright_python.base import AXE_SCRIPT

from course_lib.grading.site import build

ESPERA = 20_000
# Una figura de cada clase de control: deslizador, decimal, de opciones y menú.
FIGURAS = {
    "cuesta": "bajar_la_cuesta()",
    "coste": "coste_de_capa()",
    "im2col": "vista_im2col(imagen, asimetrico[:2, :2])",
    "desenfocar": 'desenfocar(images.foto("camera", lado=48))',
}


@pytest.fixture(scope="module")
def sitio(curso):
    """El sitio del curso, con una unidad más que enseña todas las vistas."""
    add_unit(curso, "98_figuras", [vistas.PREPARACION.strip(), *FIGURAS.values()])
    add_unit(curso, "99_vistas", [vistas.PREPARACION.strip(), *vistas.VISTAS.values()])
    return build(curso).parent


def add_unit(curso, nombre, celdas):
    cuaderno = nbformat.v4.new_notebook()
    titulo = f"# {nombre[:2]} · {nombre[3:].capitalize()}\n\nMide $n-k+1$."
    cuaderno.cells = [nbformat.v4.new_markdown_cell(titulo)]
    cuaderno.cells += [nbformat.v4.new_code_cell(celda) for celda in celdas]
    for raiz in ("notebooks", "solutions"):
        carpeta = curso.root / raiz / nombre
        carpeta.mkdir()
        nbformat.write(cuaderno, carpeta / "leccion.ipynb")
        nbformat.write(nbformat.v4.new_notebook(), carpeta / "ejercicios.ipynb")
    (curso.root / "solutions" / nombre / "errores.py").write_text("")


@pytest.fixture
def sin_red(navegador, sitio):
    contexto = navegador.new_context(viewport={"width": 1200, "height": 900}, offline=True)
    pagina = contexto.new_page()
    pagina.errores, pagina.pedidos = [], []
    pagina.on("console", lambda m: m.type == "error" and pagina.errores.append(m.text))
    pagina.on("pageerror", lambda e: pagina.errores.append(str(e)))
    pagina.on("request", lambda r: pagina.pedidos.append(r.url))
    yield pagina
    assert pagina.errores == []
    assert [u for u in pagina.pedidos if not u.startswith(("file:", "blob:", "data:"))] == []
    contexto.close()


def look(zona):
    return zona.evaluate(
        "(el) => [...el.querySelectorAll('canvas')].map((c) => c.toDataURL()).join() + el.innerText"
    )


def test_lesson_is_alive_without_kernel_or_network(sin_red, sitio, capturas):
    sin_red.goto((sitio / "02_deslizar" / "leccion.html").as_uri())
    deslizar = sin_red.locator(".exp:has(.exp-botones)").first
    deslizar.wait_for(timeout=ESPERA)
    deslizar.locator("input[type=range]").first.press("ArrowRight")
    deslizar.locator(":text('Posición 2 de 9')").wait_for(timeout=ESPERA)
    sin_red.screenshot(path=capturas / "sitio_leccion.png")
    pregunta = sin_red.locator(".exp-pregunta").first
    pregunta.locator("label:has-text('6')").first.click()
    pregunta.locator("button").click()
    pregunta.locator(":text('sin mirar los pesos')").wait_for(timeout=ESPERA)
    # El código de las preguntas lleva escritas las respuestas.
    assert "correcta=" not in sin_red.inner_text("main")
    assert sin_red.locator("math").count() >= 1


@pytest.mark.parametrize("i", range(len(vistas.VISTAS)), ids=list(vistas.VISTAS))
def test_every_view_responds_offline(sin_red, sitio, i):
    sin_red.goto((sitio / "99_vistas" / "leccion.html").as_uri())
    zona = sin_red.locator("[data-modelo]").nth(i)
    zona.locator(".exp").first.wait_for(timeout=ESPERA)
    sin_red.wait_for_timeout(300)
    barras = zona.locator("input[type=range]:not([max='0'])")
    if barras.count():
        antes = look(zona)
        barra = barras.first
        barra.press("ArrowLeft" if barra.evaluate("(b) => b.value === b.max") else "ArrowRight")
        sin_red.wait_for_timeout(300)
        assert look(zona) != antes


@pytest.mark.parametrize("i", range(len(FIGURAS)), ids=list(FIGURAS))
def test_every_figure_responds_offline(sin_red, sitio, i, capturas):
    """Las dibujó Python; aquí se mueven con los fotogramas que dejó guardados."""
    sin_red.goto((sitio / "98_figuras" / "leccion.html").as_uri())
    zona = sin_red.locator("[data-modelo]").nth(i)
    zona.locator(".caja img").wait_for(timeout=ESPERA)
    sin_red.wait_for_timeout(300)
    movidos, faltas = mandos.move_everything(zona, 5, lejos=True)
    zona.screenshot(path=capturas / f"sitio_figura_{i}.png")
    assert movidos and faltas == []
    assert zona.locator("input:disabled, select:disabled").count() == 0


def test_pages_are_linked_and_accessible(sin_red, sitio):
    sin_red.goto((sitio / "index.html").as_uri())
    sin_red.click("main a:has-text('Deslizar')")
    sin_red.locator(".exp").first.wait_for(timeout=ESPERA)
    sin_red.click("main a:has-text('ejercicios') >> nth=0")
    assert sin_red.url.endswith("ejercicios.html")
    assert "make lab" in sin_red.inner_text("footer")
    assert "notebooks/02_deslizar/ejercicios.ipynb" in sin_red.inner_text("footer")
    sin_red.evaluate(AXE_SCRIPT)
    graves = sin_red.evaluate(
        "async () => (await axe.run()).violations"
        ".filter((v) => v.impact === 'critical').map((v) => v.id)"
    )
    assert graves == []


def test_no_page_looks_for_anything_outside(sitio):
    for pagina in sitio.rglob("*.html"):
        texto = pagina.read_text(encoding="utf-8")
        assert not re.search(r'(?:src|href)="(?:https?:)?//', texto), pagina.name
        assert not re.search(r"import .* from|@import|require\.js|mathjax", texto), pagina.name
