"""Un curso recién calificado, servido por JupyterLab y abierto en Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from course_lib.grading import sample
from course_lib.grading.course import Course
from course_lib.grading.grade import grade, pending

RAIZ = Path(__file__).resolve().parents[2]
FICHA = "prueba"
UNIDAD = "02_deslizar"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# Sin los servicios de fondo, Chromium no intenta salir a Internet.
OPCIONES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


@pytest.fixture(scope="session")
def curso(tmp_path_factory) -> Course:
    """Copia del curso con dos entregas calificadas."""
    carpeta = tmp_path_factory.mktemp("navegador") / "curso"
    carpeta.mkdir()
    # La unidad 02 es el modelo: con ella sola, la primera lección es la suya y se califica deprisa.
    for nombre in (f"solutions/{UNIDAD}", f"notebooks/{UNIDAD}", "course_lib", "jupyter"):
        shutil.copytree(RAIZ / nombre, carpeta / nombre)
    shutil.copy(RAIZ / "nbgrader_config.py", carpeta)
    curso = Course.here(carpeta)
    sample.fill(curso)
    for entrega in curso.submitted.iterdir():
        if entrega.name not in ("muestra-alba", "muestra-carla"):
            shutil.rmtree(entrega)
    assert not grade(curso, pending(curso)[0]).problems
    return curso


@pytest.fixture(scope="session")
def servidor(curso):
    """Dirección de un JupyterLab arrancado como lo arranca `make lab`."""
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        puerto = libre.getsockname()[1]
    orden = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={puerto}"]
    # Sin los espacios de trabajo ni los ajustes de quien pasa las pruebas.
    propio = {f"JUPYTERLAB_{que}_DIR": str(curso.root / que) for que in ("WORKSPACES", "SETTINGS")}
    entorno = {**os.environ, **propio, "JUPYTER_CONFIG_PATH": "jupyter"}
    with (curso.root / "lab.log").open("w") as registro:
        proceso = subprocess.Popen(
            [*orden, f"--IdentityProvider.token={FICHA}"],
            cwd=curso.root,
            env=entorno,
            stdout=registro,
            stderr=registro,
        )
        try:
            yield _esperar(f"http://127.0.0.1:{puerto}", proceso)
        finally:
            proceso.terminate()
            proceso.wait(20)


def _esperar(direccion: str, proceso: subprocess.Popen) -> str:
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{direccion}/api?token={FICHA}", timeout=2)
            return direccion
        except OSError:
            assert proceso.poll() is None, "JupyterLab se cerró al arrancar"
            time.sleep(0.5)
    raise AssertionError("JupyterLab no contestó en un minuto")


@pytest.fixture(scope="session")
def navegador():
    """Chromium sin ventana; si falta, se dice cómo instalarlo (y en CI es un fallo)."""
    if not CHROMIUM:
        motivo = "falta Chromium: sudo apt install chromium"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(motivo)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=OPCIONES)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def abrir(navegador, servidor):
    """Abre páginas con la sesión iniciada, que apuntan los errores de la consola."""
    contextos = []

    def nueva():
        contextos.append(navegador.new_context(viewport={"width": 1400, "height": 1000}))
        pagina = contextos[-1].new_page()
        pagina.errores = []
        pagina.on("console", lambda m: m.type == "error" and pagina.errores.append(m.text))
        pagina.goto(f"{servidor}/?token={FICHA}")
        return pagina

    yield nueva
    for contexto in contextos:
        contexto.close()


@pytest.fixture
def pagina(abrir):
    """Una página recién abierta."""
    return abrir()


@pytest.fixture(scope="session")
def capturas() -> Path:
    """Carpeta donde quedan las capturas, para mirarlas."""
    carpeta = RAIZ / "dist" / "capturas"
    carpeta.mkdir(parents=True, exist_ok=True)
    return carpeta
