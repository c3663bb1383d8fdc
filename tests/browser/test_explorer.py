"""El explorador en JupyterLab: cada vista se ve, se mueve, se lee y se maneja sin ratón."""

import json
import urllib.request

import nbformat
import numpy as np
import pytest
import vistas
from axe_playwright_python.base import AXE_SCRIPT
from PIL import Image

from course_lib import images, ops

FICHA = "prueba"
ESPERA = 60_000
NOMBRES = list(vistas.VISTAS)
CON_EXPLORADOR = [n for n in NOMBRES if n != "pregunta"]
# Lo que se ve de una vista: sus dibujos y sus textos.
ASPECTO = """(el) => [...el.querySelectorAll("canvas")].map((c) => c.toDataURL()).join()
    + el.innerText + [...el.querySelectorAll("input")].map((i) => i.value).join()"""
FALTAS = """async (el) => (await axe.run(el, { resultTypes: ["violations"] })).violations
    .filter((v) => ["serious", "critical"].includes(v.impact))
    .map((v) => v.id + ": " + v.nodes.map((n) => n.html.slice(0, 120)).join(" | "))"""


def request(servidor, metodo, ruta, datos=None):
    cuerpo = None if datos is None else json.dumps(datos).encode()
    cabeceras = {"Authorization": f"token {FICHA}", "Content-Type": "application/json"}
    peticion = urllib.request.Request(f"{servidor}/{ruta}", cuerpo, cabeceras, method=metodo)
    return urllib.request.urlopen(peticion, timeout=10)


def open_and_run(pagina, servidor):
    # En un espacio de trabajo vacío: sin la lección que abre la página de inicio.
    pagina.goto(f"{servidor}/lab/workspaces/vistas/tree/vistas.ipynb?reset")
    pagina.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=ESPERA)
    # Lo que se ejecuta antes de que el kernel conteste se pierde.
    pagina.locator("[data-status='idle']").first.wait_for(state="attached", timeout=ESPERA)
    pagina.click(".lm-MenuBar-item:has-text('Run')")
    pagina.click(".lm-Menu-item:has-text('Ejecutar todas las celdas') >> nth=0")
    for nombre in NOMBRES:
        view(pagina, nombre).wait_for(timeout=ESPERA)
    return pagina


def cell(pagina, nombre):
    celda = pagina.locator(".jp-CodeCell").nth(NOMBRES.index(nombre) + 1)
    celda.scroll_into_view_if_needed()
    return celda


def view(pagina, nombre):
    return cell(pagina, nombre).locator(".exp").first


def look(zona):
    return zona.evaluate(ASPECTO)


def until_changes(pagina, leer, antes):
    for _ in range(100):
        if (ahora := leer()) != antes:
            return ahora
        pagina.wait_for_timeout(50)
    raise AssertionError(f"no cambió: {str(antes)[-300:]}")


@pytest.fixture(scope="module")
def cuaderno(curso):
    nbformat.write(vistas.notebook(), curso.root / "vistas.ipynb")


@pytest.fixture(scope="module")
def lab(abrir, servidor, cuaderno):
    return open_and_run(abrir(), servidor)


@pytest.mark.parametrize("nombre", NOMBRES)
def test_view_is_drawn(lab, nombre, capturas):
    zona = view(lab, nombre)
    lab.wait_for_timeout(200)
    zona.screenshot(path=capturas / f"vista_{nombre}.png")
    pixeles = np.array(Image.open(capturas / f"vista_{nombre}.png").convert("RGB"))
    assert len(np.unique(pixeles.reshape(-1, 3), axis=0)) > 20
    ancho, dentro = zona.evaluate("(el) => [el.clientWidth, el.scrollWidth]")
    assert dentro <= ancho, "se sale por la derecha"


def test_no_error_reaches_the_console(lab):
    assert lab.errores == []
    assert lab.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0


@pytest.mark.parametrize("nombre", CON_EXPLORADOR)
def test_every_slider_moves_the_pixels_and_nothing_jumps(lab, nombre):
    zona = view(lab, nombre)
    alto = zona.evaluate("(el) => el.offsetHeight")
    barras = zona.locator("input[type=range]")
    for i in range(barras.count()):
        barra = barras.nth(i)
        if "por segundo" in barra.locator("xpath=..").inner_text():
            continue
        if barra.evaluate("(b) => Number(b.min) >= Number(b.max)"):
            continue
        antes = look(zona)
        tope = barra.evaluate("(b) => b.value === b.max")
        barra.press("ArrowLeft" if tope else "ArrowRight")
        until_changes(lab, lambda: look(zona), antes)
    assert zona.evaluate("(el) => el.offsetHeight") == alto


@pytest.mark.parametrize("nombre", CON_EXPLORADOR)
def test_every_menu_changes_the_pixels(lab, nombre):
    zona = view(lab, nombre)
    menus = zona.locator("select")
    for i in range(menus.count()):
        antes = look(zona)
        valores = menus.nth(i).evaluate("(m) => [...m.options].map((o) => o.value)")
        actual = menus.nth(i).input_value()
        menus.nth(i).select_option(next(v for v in reversed(valores) if v and v != actual))
        until_changes(lab, lambda: look(zona), antes)


@pytest.mark.parametrize("nombre", NOMBRES)
def test_axe_finds_nothing_serious(lab, nombre):
    zona = view(lab, nombre)
    lab.evaluate(AXE_SCRIPT)
    assert zona.evaluate(FALTAS) == []


def test_axe_finds_nothing_in_a_linked_slider(lab):
    lab.evaluate(AXE_SCRIPT)
    salida = cell(lab, "enlazada").locator(".jp-OutputArea-output").first
    assert salida.locator(".noUi-handle").first.get_attribute("aria-label") == "stride"
    assert salida.evaluate(FALTAS) == []


def test_weights_are_edited_and_python_knows(lab):
    zona = view(lab, "ventana")
    antes = look(zona)
    zona.locator(".exp-peso").first.fill("-3")
    until_changes(lab, lambda: look(zona), antes)
    kernel = np.array([[-3, 2, 0], [0, 1, 0], [0, 0, -1]])
    assert "su suma ponderada es" in zona.locator(".exp-dicho").inner_text()
    posicion = int(zona.locator("output").first.inner_text().split()[0]) - 1
    esperado = ops.conv2d(images.diapositiva(), kernel).ravel()[posicion]
    assert f"es {esperado:g}.".replace("-", "−") in zona.locator(".exp-dicho").inner_text()


def test_dragging_a_weight_moves_the_map(lab):
    zona = view(lab, "filtro")
    peso = zona.locator(".exp-peso").nth(4)
    antes, inicial = look(zona), float(peso.input_value())
    caja = peso.bounding_box()
    x, y = caja["x"] + caja["width"] / 2, caja["y"] + caja["height"] / 2
    lab.mouse.move(x, y)
    lab.mouse.down()
    lab.mouse.move(x, y - 40, steps=8)
    lab.mouse.up()
    until_changes(lab, lambda: look(zona), antes)
    assert float(peso.input_value()) == pytest.approx(inicial + 2, abs=0.11)
    assert zona.locator("select").first.input_value() == ""


def test_hovering_the_map_lights_its_window(lab):
    zona = view(lab, "deslizar")
    mapa = zona.locator("canvas[tabindex]")
    caja = mapa.bounding_box()
    for lugar, frase in ((0.25, "Posición 1 de 9"), (0.75, "Posición 9 de 9")):
        lab.mouse.move(caja["x"] + caja["width"] * lugar, caja["y"] + caja["height"] * lugar)
        zona.locator(f":text('{frase}')").wait_for(timeout=5000)


def test_arrows_move_the_window_and_not_the_notebook(lab):
    zona = view(lab, "deslizar")
    lab.mouse.move(5, 5)  # que el puntero no señale ningún número
    celdas = lab.locator(".jp-CodeCell").count()
    mapa = zona.locator("canvas[tabindex]")
    mapa.focus()
    for tecla in ("Home", "ArrowUp", "ArrowUp", "ArrowDown", "ArrowRight"):
        mapa.press(tecla)
    zona.locator(":text('Posición 5 de 9')").wait_for(timeout=5000)
    # En modo orden, estas letras insertan, borran o cambian celdas.
    for tecla in ("b", "a", "d", "d", "m", "x"):
        mapa.press(tecla)
    lab.wait_for_timeout(300)
    assert lab.locator(".jp-CodeCell").count() == celdas
    assert mapa.evaluate("(m) => document.activeElement === m")


def test_every_control_is_reached_with_tab_and_shows_its_focus(lab):
    zona = view(lab, "completo")
    ultimo = zona.locator("canvas[tabindex]")
    zona.locator("select, input").first.focus()
    vistos = set()
    for _ in range(60):
        etiqueta, contorno = lab.evaluate("""() => {
            const el = document.activeElement, estilo = getComputedStyle(el);
            const dentro = el.type === "file" ? getComputedStyle(el.parentElement) : estilo;
            return [el.outerHTML.slice(0, 90), dentro.outlineStyle];
        }""")
        vistos.add(etiqueta)
        if len(vistos) > 1:  # el primero recibió el foco por programa
            assert contorno != "none", etiqueta
        if ultimo.evaluate("(m) => document.activeElement === m"):
            break
        lab.keyboard.press("Tab")
    assert len(vistos) >= 24  # barras, menús, botones, archivo, nueve pesos y el mapa


def test_play_pause_and_step(lab):
    zona = view(lab, "deslizar")
    zona.locator("button[aria-label='Volver al principio']").click()
    zona.locator(":text('Posición 1 de 9')").wait_for(timeout=5000)
    zona.locator("button[aria-label='Un paso adelante']").click()
    zona.locator(":text('Posición 2 de 9')").wait_for(timeout=5000)
    zona.locator("button[aria-label='Reproducir']").click()
    zona.locator(":text('Posición 5 de 9')").wait_for(timeout=5000)
    zona.locator("button[aria-label='Parar']").click()
    quieta = look(zona)
    lab.wait_for_timeout(600)
    assert look(zona) == quieta


def test_ipywidgets_slider_drives_the_view(lab):
    celda = cell(lab, "enlazada")
    zona = celda.locator(".exp").first
    antes = look(zona)
    celda.locator(".noUi-handle").press("ArrowRight")
    until_changes(lab, lambda: look(zona), antes)
    assert "/ 2⌋" in zona.locator(".exp-tamano").inner_text()


def test_both_orientations_move_together(lab):
    celda = cell(lab, "orientaciones")
    celda.locator("input[type=range]").first.evaluate(
        "(b) => { b.value = 7; b.dispatchEvent(new Event('input')); }"
    )
    otro = celda.locator(".exp").nth(1)
    otro.locator(":text('Posición 8 de 9')").wait_for(timeout=5000)


def test_a_huge_kernel_never_blocks_the_page(lab):
    """150 millones de productos: los hace otro hilo, y al acabar cambian el mapa y su frase."""
    zona = view(lab, "grande")
    lab.wait_for_timeout(500)
    espera, salto = zona.evaluate("""async (el) => {
        const barra = el.querySelector("input[type=range]");
        const lienzo = [...el.querySelectorAll("canvas")].at(-1);
        const firma = () => lienzo.getContext("2d").getImageData(100, 100, 60, 60).data.join();
        const antes = firma(), inicio = performance.now();
        barra.value = 2;
        barra.dispatchEvent(new Event("input"));
        let anterior = inicio, salto = 0;
        while (firma() === antes && performance.now() - inicio < 20000) {
            await new Promise(requestAnimationFrame);
            salto = Math.max(salto, performance.now() - anterior);
            anterior = performance.now();
        }
        return [performance.now() - inicio, salto];
    }""")
    assert espera < 20_000 and salto < 250
    posicion = int(zona.locator("output").last.inner_text().split()[0]) - 1
    foto = images.foto("camera", lado=512)
    valor = ops.conv2d(foto, np.ones((25, 25)) / 625, 2.0).ravel()[posicion]
    zona.locator(f":text('suma ponderada, con el bias, es {valor:.4g}')").wait_for(timeout=5000)


def test_own_function_follows_its_slider(lab):
    zona = view(lab, "funcion")
    barra = zona.locator("label:has-text('stride') input")
    barra.evaluate("(b) => { b.value = 1; b.dispatchEvent(new Event('input')); }")
    zona.locator(":text('tu mapa 3×3')").wait_for(timeout=10_000)
    barra.press("ArrowRight")
    zona.locator(":text('tu mapa 2×2')").wait_for(timeout=10_000)


def test_own_photo_is_opened_in_the_browser(lab, tmp_path):
    zona = view(lab, "filtro")
    rng = np.random.default_rng(0)
    Image.fromarray(rng.integers(0, 255, (40, 60, 3), np.uint8)).save(tmp_path / "mia.png")
    zona.locator("input[type=file]").set_input_files(tmp_path / "mia.png")
    zona.locator(":text('mapa 38×58')").wait_for(timeout=10_000)
    (tmp_path / "nota.txt").write_text("hola")
    zona.locator("input[type=file]").set_input_files(tmp_path / "nota.txt")
    zona.locator(":text('no es una imagen')").wait_for(timeout=10_000)


def test_question_is_answered_with_the_keyboard(lab):
    zona = view(lab, "pregunta")
    boton = zona.locator("button")
    assert boton.is_disabled()
    assert zona.locator("label").all_text_contents() == ["25", "9"]  # el orden de quien la escribió
    zona.locator("input").first.focus()
    lab.keyboard.press("ArrowDown")
    lab.keyboard.press("ArrowUp")
    lab.keyboard.press("Tab")
    lab.keyboard.press("Enter")
    zona.locator(":text('no caben todas')").wait_for(timeout=5000)
    assert "✘ Todavía no." in zona.inner_text()
    zona.locator("label").last.click()
    assert "✘" not in zona.inner_text()
    boton.click()
    zona.locator(":text('✔ Sí.')").wait_for(timeout=5000)


def test_a_saved_notebook_is_alive_without_running_it(abrir, servidor, cuaderno, curso):
    """Guardado con sus controles y abierto otro día: nadie ha ejecutado nada."""
    pagina = open_and_run(abrir(), servidor)
    pagina.locator(".jp-Notebook").click(position={"x": 5, "y": 5})
    pagina.keyboard.press("Control+S")
    guardado = curso.root / "vistas.ipynb"
    until_changes(pagina, lambda: "widget-state" in guardado.read_text("utf-8"), False)
    pagina.goto("about:blank")
    for sesion in json.loads(request(servidor, "GET", "api/sessions").read()):
        request(servidor, "DELETE", f"api/sessions/{sesion['id']}")
    pagina.goto(f"{servidor}/lab/workspaces/otro/tree/vistas.ipynb?reset")
    zona = view(pagina, "deslizar")
    zona.wait_for(timeout=ESPERA)
    barra = zona.locator("input[type=range]").first
    barra.evaluate("(b) => { b.value = 7; b.dispatchEvent(new Event('input')); }")
    zona.locator(":text('Posición 8 de 9')").wait_for(timeout=5000)


# --- otras pantallas ---


def choose_theme(servidor, tema):
    """Como en el menú Configuración, por la puerta de los ajustes: ahí el nombre no se traduce."""
    ajustes = "lab/api/settings/@jupyterlab/apputils-extension:themes"
    assert request(servidor, "PUT", ajustes, {"raw": json.dumps({"theme": tema})}).status == 204


@pytest.fixture(scope="module")
def oscuro(abrir, servidor, cuaderno):
    """El mismo cuaderno con el tema oscuro de JupyterLab."""
    choose_theme(servidor, "JupyterLab Dark")
    pagina = open_and_run(abrir(), servidor)
    pagina.locator("body[data-jp-theme-light='false']").wait_for(state="attached")
    yield pagina
    choose_theme(servidor, "JupyterLab Light")


@pytest.mark.parametrize("nombre", NOMBRES)
def test_dark_theme(oscuro, nombre, capturas):
    zona = view(oscuro, nombre)
    oscuro.wait_for_timeout(200)
    zona.screenshot(path=capturas / f"oscuro_{nombre}.png")
    fondo = zona.evaluate("(el) => getComputedStyle(el).backgroundColor")
    assert max(map(int, fondo.strip("rgb()").split(",")[:3])) < 60
    oscuro.evaluate(AXE_SCRIPT)
    assert zona.evaluate(FALTAS) == []


@pytest.fixture(scope="module")
def movil(navegador, servidor, cuaderno):
    """Zoom al 200 %: la mitad de puntos, el doble de finos; y con el dedo."""
    contexto = navegador.new_context(
        viewport={"width": 700, "height": 500}, device_scale_factor=2, has_touch=True
    )
    pagina = contexto.new_page()
    pagina.goto(f"{servidor}/?token={FICHA}")
    yield open_and_run(pagina, servidor)
    contexto.close()


@pytest.mark.parametrize("nombre", NOMBRES)
def test_200_percent_zoom(movil, nombre, capturas):
    zona = view(movil, nombre)
    movil.wait_for_timeout(200)
    zona.screenshot(path=capturas / f"zoom_{nombre}.png")
    ancho, dentro = zona.evaluate("(el) => [el.clientWidth, el.scrollWidth]")
    assert dentro <= ancho


def test_touching_the_map_moves_the_window(movil):
    zona = view(movil, "deslizar")
    mapa = zona.locator("canvas[tabindex]")
    mapa.scroll_into_view_if_needed()
    caja = mapa.bounding_box()
    mapa.tap(position={"x": caja["width"] * 0.75, "y": caja["height"] * 0.75})
    zona.locator(":text('Posición 9 de 9')").wait_for(timeout=5000)
