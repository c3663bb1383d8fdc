"""Lo que hace `make bench`: medirlo todo, guardar las tablas y resumirlas en el README.

El resumen sale del texto de bench/README.md, así que el del README principal no puede decir otra
cosa: una prueba lo vuelve a calcular y los compara.
"""

import re
import subprocess
import sys
from pathlib import Path

RAIZ = Path(__file__).resolve().parent.parent
TABLAS, PORTADA = RAIZ / "bench" / "README.md", RAIZ / "README.md"
PRINCIPIO, FINAL = "<!-- make bench: principio -->", "<!-- make bench: final -->"


def main():
    from conv import carga, informar  # sin ejecutar nada, `resumen` no los necesita

    lineas = list(informar())
    lineas += [
        "",
        "## Entrenar la misma red",
        "",
        *_entrenar(),
        "",
        f"{carga('acabar').capitalize()}.",
    ]
    informe = "\n".join(lineas) + "\n"
    print(informe)
    TABLAS.write_text(informe, encoding="utf-8")
    portada = PORTADA.read_text(encoding="utf-8")
    PORTADA.write_text(con_resumen(portada, resumen(informe)), encoding="utf-8")


def _entrenar():
    """La tabla de train.py, en un proceso aparte: fija él sus hilos y su núcleo."""
    orden = [sys.executable, str(RAIZ / "bench" / "train.py")]
    salida = subprocess.run(orden, check=True, stdout=subprocess.PIPE, text=True).stdout
    return salida.rstrip().splitlines()


def resumen(informe):
    """La media geométrica de cada tabla y el entrenamiento, en pocas líneas."""
    fecha = re.search(r"^(\d{4}-.*?)\. Lo escribe", informe, re.MULTILINE).group(1)
    medias = {}
    for parte in informe.split("\n## ")[1:]:
        if filas := [f for f in parte.splitlines() if f.startswith(("| Trabajo", "| **media"))]:
            titulos, valores = (_celdas(fila)[2:-1] for fila in filas)
            medias[parte.splitlines()[0]] = dict(zip(titulos, valores, strict=True))
    bibliotecas = list(dict.fromkeys(nombre for tabla in medias.values() for nombre in tabla))
    yield f"Tiempo de `ops.conv2d` entre el de cada biblioteca, media geométrica ({fecha}):"
    yield ""
    yield f"| | {' | '.join(medias)} |"
    yield "|---|" + "--:|" * len(medias)
    for nombre in bibliotecas:
        yield f"| {nombre} | {' | '.join(t.get(nombre, '—') for t in medias.values())} |"
    yield from _entrenamiento(informe)


def _celdas(fila):
    return [celda.strip().strip("*") for celda in fila.split("|")[1:-1]]


def _entrenamiento(informe):
    filas = re.findall(r"^\| (PyTorch[^|]*?) \| [\d.]+ \| ([\d.]+) \|$", informe, re.MULTILINE)
    if filas:
        veces = " y ".join(f"{razon} ({nombre})" for nombre, razon in filas)
        yield ""
        yield f"Y entrenar la misma red, con las mismas pérdidas, en tiempo de CPU: {veces}."


def con_resumen(portada, lineas, principio=PRINCIPIO, final=FINAL):
    """El README con el resumen entre sus dos marcas."""
    antes, _, resto = portada.partition(principio)
    _, _, despues = resto.partition(final)
    return antes + "\n".join([principio, "", *lineas, "", final]) + despues


if __name__ == "__main__":
    main()
