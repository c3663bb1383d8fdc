"""El informe se abre sin red, no se desborda en un móvil, se imprime y se entiende sin verlo."""

import clase_ficticia
import pytest
from axe_playwright_python.base import AXE_SCRIPT

from course_lib.grading.report.write import write_report


@pytest.fixture(scope="module")
def informes(tmp_path_factory):
    """La página con nombres y la anónima, de una clase inventada de treinta."""
    curso = clase_ficticia.course(tmp_path_factory.mktemp("informe") / "curso")
    clase_ficticia.fill(curso, clase_ficticia.thirty())
    return {anonimo: write_report(curso, anonimo=anonimo)[0] for anonimo in (False, True)}


@pytest.fixture
def abrir_informe(navegador, informes):
    """Abre el informe sin red, con un ancho; al acabar, no ha pedido nada ni ha habido errores."""
    contextos, errores, pedidos = [], [], []

    def abrir(anonimo=False, ancho=1200):
        contextos.append(
            navegador.new_context(viewport={"width": ancho, "height": 900}, offline=True)
        )
        pagina = contextos[-1].new_page()
        pagina.on("console", lambda m: errores.append(m.text))
        pagina.on("pageerror", lambda e: errores.append(str(e)))
        pagina.on("request", lambda r: pedidos.append(r.url))
        pagina.goto(informes[anonimo].as_uri())
        return pagina

    yield abrir
    assert errores == []
    assert pedidos and all(u.startswith(("file:", "data:")) for u in pedidos)
    for contexto in contextos:
        contexto.close()


@pytest.mark.parametrize("anonimo", [False, True])
def test_it_is_accessible(navegador, informes, anonimo):
    # axe es un guion: necesita una página que los admita.
    contexto = navegador.new_context(offline=True, bypass_csp=True)
    pagina = contexto.new_page()
    pagina.goto(informes[anonimo].as_uri())
    pagina.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    pagina.evaluate(AXE_SCRIPT)
    graves = pagina.evaluate(
        "async () => (await axe.run()).violations"
        ".filter((v) => ['critical', 'serious', 'moderate'].includes(v.impact)).map((v) => v.id)"
    )
    contexto.close()
    assert graves == []


@pytest.mark.parametrize("ancho", [1200, 390])
def test_it_opens_offline_and_fits(abrir_informe, capturas, ancho):
    pagina = abrir_informe(ancho=ancho)
    imagenes = pagina.evaluate("[...document.images].map((i) => i.complete && i.naturalWidth)")
    assert len(imagenes) == 4 and all(ancho_real > 200 for ancho_real in imagenes)
    pagina.locator("summary").first.click()
    assert pagina.locator("table.mapa").is_visible()
    assert pagina.evaluate("document.documentElement.scrollWidth") <= ancho
    pagina.screenshot(path=capturas / f"informe_{ancho}.png", full_page=True)


def test_it_is_printed_with_its_tables(abrir_informe, capturas):
    pagina = abrir_informe(ancho=760)
    pagina.emulate_media(media="print")
    assert pagina.locator("table.mapa td").first.is_visible()  # aunque esté plegada
    assert pagina.evaluate("document.documentElement.scrollWidth") <= 760
    impreso = pagina.pdf(path=capturas / "informe.pdf", format="A4")
    assert impreso.startswith(b"%PDF") and impreso.count(b"/Type /Page\n") >= 2


def test_it_can_be_read_with_the_keyboard(abrir_informe):
    pagina = abrir_informe()
    for _ in range(40):
        pagina.keyboard.press("Tab")
        if pagina.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    pagina.keyboard.press("Enter")
    assert pagina.evaluate("document.activeElement.parentElement.open") is True


def test_the_anonymous_one_shows_no_name(abrir_informe):
    pagina = abrir_informe(anonimo=True)
    pagina.locator("summary").first.click()
    texto = pagina.inner_text("main")
    assert "Nombre" not in texto and "alumno" not in texto and "seudónimo" in texto
