"""La página de un estudiante, abierta sin red en un móvil, a oscuras y en papel."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

GRAVES = """async () => (await axe.run()).violations
    .filter((v) => ['serious', 'critical'].includes(v.impact))
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' ')}`)"""


@pytest.fixture(params=["light", "dark"])
def hoja(request, navegador, curso):
    """Abre la página de quien giró el kernel, sin red y a 390 píxeles."""
    # La política de la página no deja ejecutar nada, ni siquiera a axe.
    contexto = navegador.new_context(
        viewport={"width": 390, "height": 800},
        offline=True,
        color_scheme=request.param,
        bypass_csp=True,
    )
    pagina = contexto.new_page()
    pagina.errores, pagina.pedidos, pagina.tema = [], [], request.param
    pagina.on("console", lambda m: m.type in ("error", "warning") and pagina.errores.append(m.text))
    pagina.on("pageerror", lambda e: pagina.errores.append(str(e)))
    pagina.on("request", lambda r: pagina.pedidos.append(r.url))
    ruta = curso.entregas / "feedback" / "muestra-carla" / "02_deslizar" / "ejercicios.html"
    pagina.goto(ruta.as_uri())
    yield pagina
    assert pagina.errores == []
    assert [u for u in pagina.pedidos if not u.startswith(("file:", "data:"))] == []
    contexto.close()


def test_on_a_phone_it_reads_without_scrolling_sideways(hoja, capturas):
    assert hoja.evaluate("document.documentElement.scrollWidth") <= 390
    assert "3 de 10 puntos" in hoja.inner_text("main")
    assert "180°" in hoja.locator(".diagnostico").first.inner_text()
    hoja.screenshot(path=capturas / f"retroalimentacion_{hoja.tema}.png", full_page=True)


def test_nobody_is_left_out(hoja):
    hoja.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true })")
    hoja.evaluate(AXE_SCRIPT)
    assert hoja.evaluate(GRAVES) == []
    for imagen in hoja.locator("img").all():
        assert len(imagen.get_attribute("alt")) > 10
        assert imagen.evaluate("(i) => i.complete && i.naturalWidth > 0")


def test_what_to_do_now_leads_to_its_explanation(hoja):
    enlace = hoja.locator(".pasos a").first
    enlace.click()
    destino = hoja.locator(enlace.get_attribute("href"))
    assert destino.evaluate("(d) => d.getBoundingClientRect().top < innerHeight")
    destino.locator("summary", has_text="Relee aquí").click()
    assert destino.locator(".leccion").is_visible()


def test_on_paper_it_is_dark_on_white(hoja, capturas):
    hoja.emulate_media(media="print", color_scheme=hoja.tema)
    tinta = hoja.evaluate("getComputedStyle(document.body).color")
    fondo = hoja.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (tinta, fondo) == ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
    assert hoja.locator("summary").first.is_hidden()
    assert hoja.pdf(path=capturas / "retroalimentacion.pdf", format="A4").startswith(b"%PDF")


def test_a_failed_test_tells_it_all_in_one_card(hoja, capturas):
    hoja.set_viewport_size({"width": 820, "height": 1000})
    tarjeta = hoja.locator(".prueba:has(#diagnostico-2)")
    for parte in (".frase.mal", ".causa", ".evidencia", "figure img", ".pista", ".donde"):
        assert tarjeta.locator(parte).first.is_visible()
    tarjeta.screenshot(path=capturas / f"diagnostico_{hoja.tema}.png")
