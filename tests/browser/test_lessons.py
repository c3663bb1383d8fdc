"""Cada lección en JupyterLab: se ejecuta entera y todo lo que se puede mover mueve sus píxeles."""

import json
import shutil
import urllib.request
from pathlib import Path

import mandos
import pytest
from playwright.sync_api import TimeoutError

FICHA = "prueba"
ESPERA = 60_000
CUADERNOS = Path(__file__).resolve().parents[2] / "notebooks"
UNIDADES = sorted(ruta.parent.name for ruta in CUADERNOS.glob("*/leccion.ipynb"))
# Un control es la única salida que no dice su tipo.
CON_CONTROLES = ".jp-OutputArea-output:not([data-mime-type]):not(:has([data-mime-type]))"
SIN_TERMINAR = """() => {
  const huecos = [...document.querySelectorAll(".jp-CodeCell:not(:has(.jp-InputPlaceholder))")]
    .map((c) => c.querySelector(".jp-InputPrompt")?.textContent ?? "");
  return huecos.length === 0 || huecos.some((h) => !/\\[\\d+\\]/.test(h));
}"""

EMPEZADO = """() => [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")]
  .some((h) => /\\[[\\d*]+\\]/.test(h.textContent))"""


@pytest.fixture(scope="module")
def lecciones(curso):
    """Las lecciones publicadas, en una carpeta aparte: el curso de prueba tiene una sola unidad."""
    for unidad in UNIDADES:
        destino = curso.root / "lecciones" / unidad
        destino.mkdir(parents=True)
        shutil.copy(CUADERNOS / unidad / "leccion.ipynb", destino)


@pytest.fixture(scope="module")
def navegante(abrir):
    """Una página para todas las lecciones, una detrás de otra."""
    return abrir()


@pytest.fixture
def ejecutada(navegante, servidor, lecciones, request):
    """La lección, ejecutada de arriba abajo; al acabar se apaga su kernel."""
    pagina, unidad = navegante, request.param
    pagina.errores.clear()
    pagina.goto(f"{servidor}/lab/workspaces/{unidad}/tree/lecciones/{unidad}/leccion.ipynb?reset")
    pagina.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=ESPERA)
    pagina.locator("[data-status='idle']").first.wait_for(state="attached", timeout=ESPERA)
    run_all(pagina)
    pagina.wait_for_function(f"() => !({SIN_TERMINAR})()", timeout=4 * ESPERA)
    yield pagina, unidad
    pagina.goto("about:blank")
    shut_kernels(servidor)


def run_all(pagina):
    """Lo que se manda antes de que el kernel esté conectado se pierde: se vuelve a mandar."""
    for _ in range(4):
        pagina.click(".lm-MenuBar-item:has-text('Run')")
        pagina.click(".lm-Menu-item:has-text('Ejecutar todas las celdas') >> nth=0")
        try:
            return pagina.wait_for_function(f"() => ({EMPEZADO})()", timeout=6000)
        except TimeoutError:
            continue
    raise AssertionError("el kernel no recibe lo que se ejecuta")


def shut_kernels(servidor):
    cabeceras = {"Authorization": f"token {FICHA}"}
    sesiones = urllib.request.Request(f"{servidor}/api/sessions", headers=cabeceras)
    for sesion in json.loads(urllib.request.urlopen(sesiones, timeout=10).read()):
        direccion = f"{servidor}/api/sessions/{sesion['id']}"
        borrar = urllib.request.Request(direccion, headers=cabeceras, method="DELETE")
        urllib.request.urlopen(borrar, timeout=10)


def outputs(pagina):
    """Las salidas con controles, cada una a la vista y ya dibujada."""
    celdas = pagina.locator(".jp-CodeCell")
    for i in range(celdas.count()):
        celdas.nth(i).scroll_into_view_if_needed()
        salida = celdas.nth(i).locator(CON_CONTROLES).first
        if salida.count():
            salida.locator("canvas, img, .exp-pregunta").first.wait_for(timeout=ESPERA)
            pagina.wait_for_timeout(150)
            yield salida


@pytest.mark.parametrize("ejecutada", UNIDADES, indirect=True)
def test_everything_that_moves_moves_the_pixels(ejecutada, capturas):
    pagina, unidad = ejecutada
    movidos, faltas = [], []
    for i, salida in enumerate(outputs(pagina)):
        if salida.locator(".exp-pregunta").count():
            faltas += answer(salida)
            continue
        salida.screenshot(path=capturas / f"leccion_{unidad}_{i}.png")
        suyos, mal = mandos.move_everything(salida)
        salida.screenshot(path=capturas / f"leccion_{unidad}_{i}_movida.png")
        movidos += suyos
        faltas += mal
    assert faltas == []
    assert movidos
    for clase in ("error", "stderr"):
        assert pagina.locator(f"[data-mime-type='application/vnd.jupyter.{clase}']").count() == 0
    assert pagina.errores == []


def answer(salida) -> list[str]:
    """Contesta la pregunta y exige su explicación."""
    pregunta = salida.locator(".exp-pregunta")
    pregunta.locator("input[type=radio]").first.check()
    pregunta.locator("button").click()
    try:
        pregunta.locator(".exp-explicacion b").wait_for(timeout=5000)
    except TimeoutError as error:
        return [str(error)]
    return []
