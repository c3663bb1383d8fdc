"""Cuánto tarda ``ops.conv2d`` frente a lo que alguien usaría en su lugar.

    make bench                          # todo; se guarda en bench/README.md (véase informe.py)
    python bench/conv.py --breve        # menos repeticiones, sin guardar

Cada fila se mide en una sola ejecución y por turnos: una vez cada biblioteca, y vuelta a empezar,
para que un cambio de frecuencia o un vecino ruidoso afecte a todas. Con un núcleo cuenta el tiempo
de CPU del proceso, anclado a ese núcleo; con todos, el de reloj. Se da la mediana. Cada biblioteca
recibe los datos ya en su disposición preferida, fuera de la medida.
"""

import argparse
import importlib
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import time
import tracemalloc
from datetime import date
from pathlib import Path

RAIZ = Path(__file__).resolve().parent.parent
PRESUPUESTO = 0.06  # segundos por biblioteca y trabajo
NINGUNO = "—"

# nombre: (N, lado, C_in, C_out, kernel, stride, groups)
TRABAJOS = {
    "gris 128², k3": (1, 128, 1, 1, 3, 1, 1),
    "gris 128², k7": (1, 128, 1, 1, 7, 1, 1),
    "gris 512², k3": (1, 512, 1, 1, 3, 1, 1),
    "gris 512², k5": (1, 512, 1, 1, 5, 1, 1),
    "gris 512², k7": (1, 512, 1, 1, 7, 1, 1),
    "gris 512², k15": (1, 512, 1, 1, 15, 1, 1),
    "gris 512², k31": (1, 512, 1, 1, 31, 1, 1),
    "gris 2048², k3": (1, 2048, 1, 1, 3, 1, 1),
    "gris 2048², k7": (1, 2048, 1, 1, 7, 1, 1),
    "gris 2048², k31": (1, 2048, 1, 1, 31, 1, 1),
    "color 224², 3→16, k3": (1, 224, 3, 16, 3, 1, 1),
    "28², 1→8, k3": (1, 28, 1, 8, 3, 1, 1),
    "32×28², 1→8, k3": (32, 28, 1, 8, 3, 1, 1),
    "64×8², 1→16, k3": (64, 8, 1, 16, 3, 1, 1),
    "64×8², 16→32, k3": (64, 8, 16, 32, 3, 1, 1),
    "64×32², 16→32, k3": (64, 32, 16, 32, 3, 1, 1),
    "64×32², 16→32, k3, paso 2": (64, 32, 16, 32, 3, 2, 1),
    "56², 64→64, k3": (1, 56, 64, 64, 3, 1, 1),
    "28², 64→128, k1": (1, 28, 64, 128, 1, 1, 1),
    "56², depthwise 32, k3": (1, 56, 32, 32, 3, 1, 32),
}
COLUMNAS = {
    "torch": "PyTorch (NCHW)",
    "torch_cl": "PyTorch (canales al final)",
    "onnx": "onnxruntime",
    "im2col": "im2col de clase",
    "correlate2d": "scipy correlate2d",
    "oaconvolve": "scipy oaconvolve",
    "ndimage": "scipy.ndimage",
    "cv2": "OpenCV",
}


def main():
    opciones = _opciones()
    if opciones.medir:
        medir(*json.loads(opciones.medir))
        return
    presupuesto = PRESUPUESTO / 5 if opciones.breve else PRESUPUESTO
    print("\n".join(informar(presupuesto, opciones.solo)))


def _opciones():
    partes = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    partes.add_argument("--breve", action="store_true", help="menos repeticiones, sin guardar")
    partes.add_argument("--solo", default="", help="solo los trabajos cuyo nombre contenga esto")
    partes.add_argument("--medir", help=argparse.SUPPRESS)
    return partes.parse_args()


def informar(presupuesto=PRESUPUESTO, solo=""):
    """Líneas del informe en Markdown."""
    yield "# Velocidad de `ops.conv2d`"
    yield ""
    yield f"{date.today():%Y-%m-%d} · {_maquina()}; {carga('empezar')}. Lo escribe `make bench`."
    yield ""
    yield (
        "Cada número es el tiempo de `ops.conv2d` dividido por el de la otra biblioteca: menos de "
        "1 es más rápida. Una raya: no admite ese trabajo, le falta memoria o tarda demasiado."
    )
    for titulo, dtype, nucleos in (
        ("float32, un núcleo", "float32", 1),
        ("float32, todos los núcleos", "float32", 0),
        ("float64, un núcleo", "float64", 1),
    ):
        nombres = [nombre for nombre in TRABAJOS if solo in nombre]
        filas = _en_otro_proceso(nombres, dtype, nucleos, presupuesto)
        yield from ["", f"## {titulo}", "", *_tabla(filas)]


def carga(momento):
    """La carga de la máquina: con ella se sabe cuánto creer lo medido."""
    if not hasattr(os, "getloadavg"):
        return f"carga al {momento}, desconocida"
    return f"carga al {momento}, {os.getloadavg()[0]:.1f}"


def _en_otro_proceso(nombres, dtype, nucleos, presupuesto):
    """Los hilos de BLAS se fijan antes de importar numpy: cada tabla es un proceso nuevo."""
    entorno = dict(os.environ, PYTHONPATH=str(RAIZ))
    if nucleos == 1:
        for biblioteca in ("OPENBLAS", "MKL", "OMP"):
            entorno[f"{biblioteca}_NUM_THREADS"] = "1"
    else:  # que los hilos de una, al acabar, no ocupen los núcleos mientras se mide otra
        entorno |= {"OMP_WAIT_POLICY": "PASSIVE", "OPENBLAS_THREAD_TIMEOUT": "4"}
    argumentos = json.dumps([nombres, dtype, nucleos, presupuesto])
    orden = [sys.executable, __file__, "--medir", argumentos]
    with subprocess.Popen(orden, env=entorno, stdout=subprocess.PIPE, text=True) as proceso:
        filas = {}
        for nombre, linea in zip(nombres, proceso.stdout, strict=False):
            filas[nombre] = json.loads(linea)
            print(f"{dtype}, {nombre}: {filas[nombre]['ops']:.0f} µs", file=sys.stderr, flush=True)
    if proceso.returncode:
        raise SystemExit(proceso.returncode)
    return filas


def _tabla(filas):
    instaladas = [c for c in COLUMNAS if any(c in fila for fila in filas.values())]
    titulos = [COLUMNAS[c] for c in instaladas]
    yield "| Trabajo | conv2d (µs) | " + " | ".join(titulos) + " | memoria de más |"
    yield "|---|--:|" + "--:|" * (len(instaladas) + 1)
    for nombre, fila in filas.items():
        veces = [f"{fila['ops'] / fila[c]:.2f}" if c in fila else NINGUNO for c in instaladas]
        memoria = f"{fila['memoria']:.1f} MB ({fila['salidas']:.2f} salidas)"
        yield f"| {nombre} | {fila['ops']:.0f} | {' | '.join(veces)} | {memoria} |"
    medias = [_media([f["ops"] / f[c] for f in filas.values() if c in f]) for c in instaladas]
    yield "| **media geométrica** | | " + " | ".join(f"**{m:.2f}**" for m in medias) + " | |"
    faltan = [COLUMNAS[c] for c in COLUMNAS if c not in instaladas]
    if faltan:
        yield from ["", f"No instaladas, o sin este dtype: {', '.join(faltan)}."]


def _media(razones):
    return math.exp(statistics.fmean(map(math.log, razones)))


def _maquina():
    modelo = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lineas = [x for x in cpuinfo.read_text().splitlines() if x.startswith("model name")]
        modelo = lineas[0].split(":")[1].strip() if lineas else modelo
    return (
        f"{modelo}, {os.cpu_count()} núcleos, {platform.system()}, Python {sys.version.split()[0]}"
    )


def medir(nombres, dtype, nucleos, presupuesto):
    """Escribe una línea de JSON por trabajo."""
    if nucleos == 1 and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    competidores = importlib.import_module("competidores").competidores  # con los hilos fijados

    for nombre in nombres:
        llamadas, correcta = competidores(TRABAJOS[nombre], dtype, nucleos)
        for biblioteca, llamada in list(llamadas.items()):
            try:
                correcta(biblioteca, llamada())  # de paso, la primera, que siempre es más lenta
            except (MemoryError, RuntimeError):  # PyTorch pide 31 GB para 2048², k31 en float64
                del llamadas[biblioteca]
        medianas = _por_turnos(llamadas, nucleos, presupuesto)
        print(json.dumps(medianas | _memoria(llamadas["ops"])), flush=True)


def _por_turnos(llamadas, nucleos, presupuesto):
    """Mediana en microsegundos de cada biblioteca."""
    reloj = time.process_time_ns if nucleos == 1 else time.perf_counter_ns
    tiempos = {biblioteca: [] for biblioteca in llamadas}
    lentas = {b: _una(llamada, time.perf_counter_ns) / 1e9 for b, llamada in llamadas.items()}
    vueltas = max(5, min(400, int(presupuesto / max(lentas["ops"], 1e-6))))
    for vuelta in range(vueltas):
        for biblioteca, llamada in llamadas.items():
            lenta = lentas[biblioteca]
            if vuelta < (5 if lenta < 0.1 else 2) or lenta * vuelta < presupuesto:
                if lenta < 0.1:
                    llamada()  # cada biblioteca empieza con sus propios datos en la caché
                seguidas = max(1, min(50, int(2e-4 / lenta)))
                tiempos[biblioteca].append(_una(llamada, reloj, seguidas) / 1e3)
    return {b: statistics.median(t) for b, t in tiempos.items()}


def _una(llamada, reloj, seguidas=1):
    """Nanosegundos por llamada; varias seguidas si son cortas, por la resolución del reloj."""
    inicio = reloj()
    for _ in range(seguidas):
        llamada()
    return (reloj() - inicio) / seguidas


def _memoria(llamada):
    """Pico de memoria por encima del resultado, en MB y en salidas."""
    tracemalloc.start()
    resultado = llamada()
    pico = tracemalloc.get_traced_memory()[1] - resultado.nbytes
    tracemalloc.stop()
    return {"memoria": pico / 2**20, "salidas": pico / resultado.nbytes}


if __name__ == "__main__":
    main()
