"""Del control al píxel: el explorador al lado de `interact`, en un JupyterLab de verdad.

Se abre un cuaderno con el mismo deslizador (el bias de una convolución sobre una foto de 512×512)
movido de tres maneras: `interact` con una figura de matplotlib, el explorador enlazado con
`jslink`, y la vista que llama a una función de Python. `python bench/widgets.py` escribe la tabla
en bench/widgets.md.
"""

import json
import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import nbformat
import numpy as np
from playwright.sync_api import sync_playwright

RAIZ = Path(__file__).resolve().parent.parent
FICHA = "medida"
REPETICIONES, SEGUNDOS = 40, 3
OPCIONES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
PREPARACION = """
import ipywidgets, numpy as np, matplotlib.pyplot as plt
from course_lib import images, ops, plotting
from course_lib.widgets import Explorador, Juntos, vista_funcion
foto, sobel = images.foto("camera", lado=512), images.kernel("sobel_x")
def barra():
    ancho = {"width": "560px"}
    return ipywidgets.FloatSlider(0, min=-4, max=4, step=0.05, description="bias", layout=ancho)
"""
MANERAS = {
    "interact y figura": """
def dibujar(bias):
    plotting.show_map(ops.conv2d(foto, sobel, bias), limite=8)
    plt.show()
_ = ipywidgets.interact(dibujar, bias=barra())""",
    "explorador": """
uno, vista = barra(), Explorador(foto, sobel, paneles=["imagen", "mapa"], controles=[], limite=8)
_ = ipywidgets.jslink((uno, "value"), (vista, "bias"))
Juntos(uno, vista)""",
    "tu función, en Python": """
def mia(imagen, kernel, bias):
    return ops.conv2d(imagen, kernel, bias)
vista_funcion(mia, foto, sobel, argumentos=("bias",), paneles=["imagen", "mapa"],
              controles=["bias"], limite=8)""",
}
# En la página: qué se ve ahora, y una espera que mira en cada fotograma.
SONDA = """(salida) => {
  window.medida = {
    asa: salida.querySelector(".noUi-handle"),
    barra: salida.querySelector(".noUi-target, input[type=range]"),
    firma() {
      const img = salida.querySelector("img"), lienzos = salida.querySelectorAll("canvas");
      if (lienzos.length) {
        const c = lienzos[lienzos.length - 1], x = c.width / 2 - 20, y = c.height / 2 - 20;
        return c.getContext("2d").getImageData(x, y, 40, 40).data.join();
      }
      return img && img.complete ? img.src.length + img.src.substr(img.src.length / 2, 200) : "";
    },
    valor: () => salida.querySelector(".widget-readout, output").textContent,
    poner(valor) {
      this.barra.value = valor;
      this.barra.dispatchEvent(new Event("input"));
    },
    async pulsar(tecla) {
      const antes = this.firma(), inicio = performance.now();
      const pulsacion = new KeyboardEvent("keydown", { key: tecla, bubbles: true });
      if (this.asa) this.asa.dispatchEvent(pulsacion);
      else this.poner(Number(this.barra.value) + (tecla === "ArrowLeft" ? -0.1 : 0.1));
      while (performance.now() - inicio < 5000) {
        await new Promise(requestAnimationFrame);
        const ahora = this.firma();
        if (ahora && ahora !== antes) return performance.now() - inicio;
      }
      return NaN;
    },
    grabar() {
      const g = (this.grabacion = { firmas: [], valores: [], altos: new Set(), viva: true });
      const mirar = () => {
        const t = performance.now(), firma = this.firma(), valor = this.valor();
        if (firma && g.firmas.at(-1)?.[1] !== firma) g.firmas.push([t, firma]);
        if (g.valores.at(-1)?.[1] !== valor) g.valores.push([t, valor]);
        g.altos.add(salida.offsetHeight);
        if (g.viva) requestAnimationFrame(mirar);
      };
      mirar();
    },
    // Un ratón de 125 movimientos por segundo; el de Playwright espera a que la página conteste.
    arrastrar(segundos) {
      const caja = this.barra.getBoundingClientRect(), clientY = caja.top + caja.height / 2;
      const mandar = (tipo, destino, lugar) => destino.dispatchEvent(new MouseEvent(tipo, {
        clientX: caja.left + caja.width * lugar, clientY, buttons: 1, bubbles: true,
      }));
      const mover = (tipo, lugar) => (this.asa ? mandar(tipo, document.documentElement, lugar)
        : this.poner(8 * lugar - 4));
      if (this.asa) mandar("mousedown", this.asa.firstElementChild ?? this.asa, 0.5);
      this.grabar();
      const inicio = performance.now();
      return new Promise((listo) => {
        const reloj = setInterval(() => {
          const pasado = (performance.now() - inicio) / 1000;
          const lugar = 0.5 - 0.45 * Math.cos((2 * Math.PI * pasado) / segundos);
          mover("mousemove", lugar);
          if (pasado < segundos) return;
          clearInterval(reloj);
          mover("mouseup", lugar);
          listo();
        }, 8);
      });
    },
    parar() {
      const g = this.grabacion;
      g.viva = false;
      return {
        cuadros: g.firmas.length - 1,
        distintos: new Set(g.firmas.slice(1).map((f) => f[1])).size,
        valores: new Set(g.valores.slice(1).map((v) => v[1])).size,
        retraso: g.firmas.at(-1)[0] - g.valores.at(-1)[0],
        altos: g.altos.size,
      };
    },
  };
}"""


def notebook() -> nbformat.NotebookNode:
    cuaderno = nbformat.v4.new_notebook()
    celdas = [PREPARACION, *MANERAS.values()]
    cuaderno.cells = [nbformat.v4.new_code_cell(celda.strip()) for celda in celdas]
    cuaderno.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    return cuaderno


def start(carpeta: Path) -> tuple[subprocess.Popen, str]:
    """Un JupyterLab propio, con los ajustes del curso."""
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        puerto = libre.getsockname()[1]
    propio = {f"JUPYTERLAB_{q}_DIR": str(carpeta / q) for q in ("WORKSPACES", "SETTINGS")}
    entorno = {**os.environ, **propio, "JUPYTER_CONFIG_PATH": str(RAIZ / "jupyter")}
    orden = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={puerto}"]
    orden += [f"--IdentityProvider.token={FICHA}", f"--ServerApp.root_dir={carpeta}"]
    registro = (carpeta / "lab.log").open("w")
    proceso = subprocess.Popen(orden, cwd=carpeta, env=entorno, stdout=registro, stderr=registro)
    direccion = f"http://127.0.0.1:{puerto}"
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{direccion}/api?token={FICHA}", timeout=2)
            return proceso, direccion
        except OSError:
            time.sleep(0.5)
    proceso.terminate()
    raise RuntimeError("JupyterLab no contestó en un minuto; mira su registro.")


def open_notebook(navegador, direccion: str):
    pagina = navegador.new_page(viewport={"width": 1400, "height": 1000})
    pagina.goto(f"{direccion}/lab/workspaces/medida/tree/medida.ipynb?reset&token={FICHA}")
    pagina.locator("[data-status='idle']").first.wait_for(state="attached", timeout=60_000)
    pagina.click(".lm-MenuBar-item:has-text('Run')")
    pagina.click(".lm-Menu-item:has-text('Ejecutar todas las celdas') >> nth=0")
    pagina.locator(".jp-CodeCell").last.locator("canvas").last.wait_for(timeout=60_000)
    return pagina


def measure(pagina, indice: int) -> dict:
    """Latencia de cada pulsación y, después, tres segundos arrastrando."""
    celda = pagina.locator(".jp-CodeCell").nth(indice + 1)
    celda.scroll_into_view_if_needed()
    celda.locator("img, canvas").last.wait_for(timeout=30_000)
    pagina.wait_for_timeout(1000)
    celda.locator(".jp-OutputArea").first.evaluate(SONDA)
    tiempos = []
    for i in range(REPETICIONES + 5):
        tecla = "ArrowRight" if i % 2 else "ArrowLeft"
        tiempos.append(pagina.evaluate("(t) => window.medida.pulsar(t)", tecla))
        pagina.wait_for_timeout(60)
    p50, p95 = np.percentile(tiempos[5:], [50, 95])
    return {"p50": p50, "p95": p95, **drag(pagina, celda)}


def drag(pagina, celda) -> dict:
    bytes_ = [0]
    cdp = pagina.context.new_cdp_session(pagina)
    cdp.send("Network.enable")
    for sentido in ("Sent", "Received"):
        cdp.on(
            f"Network.webSocketFrame{sentido}",
            lambda e: bytes_.__setitem__(0, bytes_[0] + len(e["response"]["payloadData"])),
        )
    pagina.evaluate("(s) => window.medida.arrastrar(s)", SEGUNDOS)
    pagina.wait_for_timeout(2500)
    visto = pagina.evaluate("window.medida.parar()")
    cdp.detach()
    # Los mensajes binarios llegan aquí en base64, que abulta un tercio más.
    return {**visto, "fps": visto["cuadros"] / SEGUNDOS, "kB": bytes_[0] * 0.75 / 1000}


def run() -> dict:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as nombre, sync_playwright() as playwright:
        carpeta = Path(nombre)
        nbformat.write(notebook(), carpeta / "medida.ipynb")
        proceso, direccion = start(carpeta)
        try:
            navegador = playwright.chromium.launch(executable_path=chromium, args=OPCIONES)
            pagina = open_notebook(navegador, direccion)
            return {manera: measure(pagina, i) for i, manera in enumerate(MANERAS)}
        finally:
            proceso.terminate()
            proceso.wait(20)


def table(medidas: dict) -> str:
    filas = [
        "| | p50 (ms) | p95 (ms) | fotogramas/s | valores vistos | retraso al soltar (ms) | "
        "alto de la salida | kB por la red |",
        "| --- | ---: | ---: | ---: | ---: | ---: | --- | ---: |",
    ]
    for manera, m in medidas.items():
        vistos = min(1, m["distintos"] / max(1, m["valores"]))
        fijo = "fijo" if m["altos"] == 1 else f"{m['altos']} distintos"
        filas.append(
            f"| {manera} | {m['p50']:.0f} | {m['p95']:.0f} | {m['fps']:.0f} | {vistos:.0%} | "
            f"{max(0, m['retraso']):.0f} | {fijo} | {m['kB']:.0f} |"
        )
    return "\n".join(filas)


def report(medidas: dict) -> str:
    base, rapido, propia = medidas.values()
    return f"""# Del control al píxel

Lo escribe `make bench` (`bench/widgets.py`): JupyterLab en Chromium sin tarjeta gráfica, el mismo
deslizador y una foto de 512×512 (la vista de tu función lleva el suyo, nativo). *p50* y *p95*:
desde el evento del teclado hasta que cambian los píxeles, {REPETICIONES} veces. Lo demás,
arrastrando el deslizador {SEGUNDOS} segundos seguidos, con 125 movimientos por segundo.
Máquina: {platform.machine()}, {os.cpu_count()} núcleos.

{table(medidas)}

El explorador tarda {rapido["p50"] / base["p50"]:.2f} veces lo que `interact` (p50) y
{rapido["p95"] / base["p95"]:.2f} (p95); la vista de tu función,
{propia["p50"] / base["p50"]:.2f}: casi todo es la ida y vuelta al kernel.
"""


def main() -> None:
    medidas = run()
    texto = report(medidas)
    (Path(__file__).parent / "widgets.md").write_text(texto, encoding="utf-8")
    print(texto)
    print(json.dumps(medidas, default=float), file=sys.stderr)


if __name__ == "__main__":
    main()
