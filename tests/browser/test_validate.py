"""El botón Validate de nbgrader y una prueba que falla, como los ve quien hace los ejercicios."""

import pytest

from course_lib.grading import sample
from course_lib.grading.catalog import load_catalog

ESPERA = 60_000
PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden)"  # puede haber otro cuaderno abierto detrás
MANERAS = {"referencia": "validar_bien", "kernel-girado-180": "validar_mal"}


@pytest.fixture(scope="module")
def resueltos(curso):
    """Dos cuadernos contestados, al lado de los publicados."""
    unidad = curso.notebooks / "02_deslizar"
    catalogo = load_catalog(curso.solutions / "02_deslizar")
    for manera, nombre in MANERAS.items():
        texto = sample.solve(unidad / "ejercicios.ipynb", catalogo, manera)
        (unidad / f"{nombre}.ipynb").write_text(texto, encoding="utf-8")
    yield
    for nombre in MANERAS.values():
        (unidad / f"{nombre}.ipynb").unlink()


def open_notebook(pagina, servidor, nombre):
    """El panel del cuaderno, en un espacio de trabajo sin otros abiertos."""
    ruta = f"tree/notebooks/02_deslizar/{nombre}.ipynb"
    pagina.goto(f"{servidor}/lab/workspaces/{nombre}/{ruta}?reset")
    pagina.locator(f".lm-mod-current:has-text('{nombre}')").first.wait_for(timeout=ESPERA)
    return pagina.locator(PANEL, has_text="Ejercicios 02")


@pytest.fixture
def dialogo(pagina, servidor, resueltos):
    """Abre un cuaderno, pulsa Validate y devuelve el diálogo que sale."""

    def validar(nombre):
        panel = open_notebook(pagina, servidor, nombre)
        panel.locator(".validate-button >> text=Validate").click(timeout=ESPERA)
        pagina.locator(".jp-Dialog #validation-message").wait_for(timeout=ESPERA)
        return pagina.locator(".jp-Dialog")

    return validar


def test_validate_says_in_spanish_that_all_passes(dialogo, pagina, capturas):
    hecho = dialogo("validar_bien")
    assert "Resultado de la validación" in hecho.inner_text()
    assert "Tu cuaderno pasa todas las pruebas que se ven." in hecho.inner_text()
    pagina.screenshot(path=capturas / "validate_bien.png")


def test_validate_says_in_spanish_what_fails(dialogo, pagina, capturas):
    texto = dialogo("validar_mal").inner_text()
    pagina.screenshot(path=capturas / "validate_mal.png")
    assert texto.count("Esta prueba todavía no pasa:") == 5
    assert "Es el que se espera, girado 180°." in texto
    for ingles in ("The following", "Traceback", "Validation", "AssertionError", "failed"):
        assert ingles not in texto


def test_a_failing_cell_ends_in_its_picture_and_its_sentence(pagina, servidor, resueltos, capturas):
    panel = open_notebook(pagina, servidor, "validar_mal")
    panel.locator(".jp-CodeCell").first.wait_for(timeout=ESPERA)
    for texto in ("import numpy as np", "def suma_ponderada", "def conv2d_valid", "La orientación"):
        celda = panel.locator(".jp-CodeCell", has_text=texto).first
        celda.locator(".jp-InputArea-editor").click()
        pagina.keyboard.press("Control+Enter")
    salida = celda.locator(".jp-OutputArea-output")
    salida.last.wait_for(timeout=ESPERA)
    error = celda.locator("[data-mime-type='application/vnd.jupyter.stderr']")
    error.wait_for(timeout=ESPERA)
    assert "✘ Todavía no." in error.inner_text() and "Traceback" not in error.inner_text()
    # La figura está justo encima de la frase, y la frase es lo último.
    clases = celda.locator(".jp-OutputArea-child").all_inner_texts()
    assert celda.locator("img").count() == 1 and "girado 180°" in clases[-1]
    celda.scroll_into_view_if_needed()
    celda.screenshot(path=capturas / "comprobacion.png")
