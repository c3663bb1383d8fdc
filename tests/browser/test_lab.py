"""JupyterLab en un navegador: idioma, lección que se mueve, notas en formgrader."""

import re
import time

import pytest

ESPERA = 40_000


@pytest.fixture(scope="module")
def leccion(abrir):
    """La primera lección abierta y ejecutada entera, una vez para todas las pruebas."""
    pagina = abrir()
    pagina.wait_for_selector(".jp-Notebook .jp-MarkdownOutput h1", timeout=ESPERA)
    pagina.click(".lm-MenuBar-item:has-text('Run')")
    pagina.click(".lm-Menu-item:has-text('Ejecutar todas las celdas') >> nth=0")
    # Las preguntas plegadas no enseñan su número; se espera a la última celda que sí.
    ultima = pagina.locator(".jp-Notebook .jp-CodeCell:not(:has(.jp-InputPlaceholder))").last
    ultima.locator(".jp-InputPrompt", has_text=re.compile(r"\[\d+\]")).wait_for(
        timeout=ESPERA, state="attached"
    )
    return pagina


def widget(pagina, texto: str):
    """La celda que tiene ese texto (en su código, que no cambia, o en su salida), a la vista."""
    celda = pagina.locator(".jp-CodeCell", has_text=texto).first
    celda.scroll_into_view_if_needed()
    return celda


def until_changes(leer, antes, segundos=15):
    limite = time.monotonic() + segundos
    while (ahora := leer()) == antes:
        assert time.monotonic() < limite, f"no cambió: {str(antes)[:80]}"
        time.sleep(0.05)
    return ahora


def test_opens_the_first_lesson_in_spanish(pagina, capturas):
    pagina.wait_for_selector(".jp-Notebook .jp-MarkdownOutput h1", timeout=ESPERA)
    menus = pagina.locator(".lm-MenuBar-itemLabel").all_inner_texts()
    assert {"Archivo", "Editar", "Ver", "Configuración", "Ayuda"} <= set(menus)
    assert pagina.locator(".lm-DockPanel .lm-TabBar-tab").all_inner_texts() == ["leccion.ipynb"]
    assert "Deslizar" in pagina.locator(".jp-MarkdownOutput h1").first.inner_text()
    pagina.screenshot(path=capturas / "leccion.png")


def test_lesson_runs_without_errors(leccion, capturas):
    assert leccion.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    assert leccion.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    demo = widget(leccion, "demo = vista_deslizar").locator(".exp")
    demo.wait_for(timeout=ESPERA)
    demo.evaluate("(el) => el.scrollIntoView({ block: 'center' })")
    leccion.wait_for_timeout(500)
    leccion.screenshot(path=capturas / "vista_deslizar.png")
    assert leccion.errores == []


def test_slider_moves_the_window(leccion):
    celda = widget(leccion, "demo = vista_deslizar")
    celda.locator("input[type=range]").first.press("ArrowRight")
    celda.locator(":text('Posición 2 de 9')").wait_for(timeout=ESPERA)
    assert "suma ponderada es 3" in celda.locator(".exp-dicho").inner_text()


def test_menu_changes_the_photo_filter(leccion, capturas):
    celda = widget(leccion, "foto_y_kernel = vista_filtro")
    mapa = celda.locator("canvas").last
    antes = mapa.evaluate("(c) => c.toDataURL()")
    celda.locator("select").first.select_option("laplaciano_8")
    until_changes(lambda: mapa.evaluate("(c) => c.toDataURL()"), antes)
    leccion.screenshot(path=capturas / "vista_filtro.png")


@pytest.mark.parametrize(("opcion", "frase"), [("6", "sin mirar los pesos"), ("4", "Sí.")])
def test_each_answer_opens_its_explanation(leccion, opcion, frase):
    celda = widget(leccion, "¿Qué número sale en esta primera parada?")
    celda.locator("label", has_text=re.compile(f"^{opcion}$")).click()
    celda.locator("button:has-text('Comprobar')").click()
    celda.locator(f":text('{frase}')").first.wait_for(timeout=ESPERA)


def test_each_question_keeps_its_mark(leccion):
    """Marcar en una pregunta no desmarca lo contestado en otra."""
    marcas = []
    for pregunta in ("¿Qué número sale en esta primera parada?", "¿En cuántas posiciones cabe"):
        marcas.append(widget(leccion, pregunta).locator("input[type=radio]").first)
        marcas[-1].check()
    assert [marca.is_checked() for marca in marcas] == [True, True]


def test_questions_are_folded_and_hide_their_answers(pagina):
    pagina.wait_for_selector(".jp-Notebook .jp-MarkdownOutput h1", timeout=ESPERA)
    pagina.locator(".jp-CodeCell .jp-InputPlaceholder").first.wait_for(timeout=ESPERA)
    assert pagina.locator("text=Has sumado los píxeles").count() == 0


def test_formgrader_shows_the_scores_of_the_gradebook(pagina, servidor, curso, capturas):
    pagina.goto(f"{servidor}/formgrader/manage_submissions/02_deslizar")
    tabla = pagina.locator("table")
    tabla.locator("text=muestra-carla").wait_for(timeout=ESPERA)
    pagina.screenshot(path=capturas / "formgrader.png")
    with curso.gradebook() as notas:
        esperadas = {
            entrega.student.id: f"{entrega.score:g} / {entrega.max_score:g}"
            for entrega in notas.assignment_submissions("02_deslizar")
        }
    assert esperadas == {"muestra-alba": "10 / 10", "muestra-carla": "3 / 10"}
    for alumno, nota in esperadas.items():
        assert nota in tabla.locator(f"tr:has-text('{alumno}')").inner_text()


def test_formgrader_writes_our_feedback_page(pagina, servidor, curso):
    hoja = curso.entregas / "feedback" / "muestra-carla" / "02_deslizar" / "ejercicios.html"
    hoja.unlink()
    pagina.goto(f"{servidor}/formgrader/manage_submissions/02_deslizar")
    fila = pagina.locator("tr:has-text('muestra-carla')")
    fila.wait_for(timeout=ESPERA)
    fila.locator("td.generate-feedback a, td:nth-child(7) a").first.click()
    until_changes(hoja.exists, False, segundos=30)
    until_changes(lambda: "Retroalimentación" in hoja.read_text(encoding="utf-8"), False)
    assert "HIDDEN" not in hoja.read_text(encoding="utf-8")


def test_feedback_page_reads_well(pagina, curso, capturas):
    hoja = curso.entregas / "feedback" / "muestra-alba" / "02_deslizar" / "ejercicios.html"
    pagina.set_viewport_size({"width": 390, "height": 800})
    pagina.goto(hoja.as_uri())
    assert "10 de 10 puntos" in pagina.inner_text("main")
    # En un móvil no hace falta desplazarse hacia los lados.
    assert pagina.evaluate("document.documentElement.scrollWidth") <= 390
    pagina.screenshot(path=capturas / "retroalimentacion_movil.png", full_page=True)
