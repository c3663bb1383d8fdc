"""Calificar la misma clase con nbgrader tal cual y con el motor del curso, uno detrás de otro.

    python bench/grading.py                # 300 entregas; a nbgrader le tocan 40 de las mismas
    python bench/grading.py --todas        # nbgrader califica también las 300 (diez minutos más)
    python bench/grading.py --largo        # y el motor, 3.000: ¿crece el tiempo en línea recta?

Se califica con `curso calificar --solo-notas` y con `nbgrader autograde`, en procesos aparte: el
tiempo incluye arrancar, leer, ejecutar con todo el aislamiento y escribir en el libro de notas. El
de procesador suma el de todos los procesos hijos, también los de la burbuja. Las notas de los dos
se comparan una a una. La tabla queda en bench/grading.md y en el README.
"""

import argparse
import contextlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

RAIZ = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(RAIZ))

import clase  # noqa: E402
from informe import PORTADA, con_resumen  # noqa: E402

from course_lib.grading.course import Course  # noqa: E402
from course_lib.grading.engine import linux  # noqa: E402

TABLA = RAIZ / "bench" / "grading.md"
MARCAS = "<!-- calificar, make bench: principio -->", "<!-- calificar, make bench: final -->"
ENTREGAS, DE_FABRICA, LARGO = 300, 40, 3000
PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Measure:
    """Lo que costó calificar una clase."""

    entregas: int
    segundos: float
    procesador: float | None
    memoria: float  # MB, del proceso que manda, en su peor momento

    @property
    def por_segundo(self) -> float:
        return self.entregas / self.segundos

    @property
    def procesador_cada_una(self) -> str:
        return "—" if self.procesador is None else f"{self.procesador / self.entregas:.3f} s"


def main() -> None:
    """Mide, compara las notas y escribe la tabla."""
    opciones = _options()
    linux.prctl(PR_SET_CHILD_SUBREAPER, 1)  # los huérfanos de la burbuja se cuentan también
    with tempfile.TemporaryDirectory(prefix="medida-") as carpeta:
        lineas = list(informe(Path(carpeta), opciones))
    TABLA.write_text("\n".join(lineas) + "\n", encoding="utf-8")
    portada = PORTADA.read_text(encoding="utf-8")
    PORTADA.write_text(con_resumen(portada, lineas[2:], *MARCAS), encoding="utf-8")
    print("\n".join(lineas))


def _options() -> argparse.Namespace:
    lector = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    lector.add_argument("--entregas", type=int, default=ENTREGAS)
    lector.add_argument("--todas", action="store_true", help="nbgrader también las califica todas")
    lector.add_argument("--largo", action="store_true", help=f"y {LARGO} con el motor")
    return lector.parse_args()


def informe(carpeta: Path, opciones):
    """Las líneas de la tabla."""
    yield "# Velocidad de la calificación"
    yield ""
    yield (
        f"{date.today()} · {_procesador()}, {len(os.sched_getaffinity(0))} núcleos, "
        f"{platform.system()}, Python {platform.python_version()}; carga al empezar, "
        f"{os.getloadavg()[0]:.1f}. Lo escribe `make bench`."
    )
    cuantas = opciones.entregas if opciones.todas else min(DE_FABRICA, opciones.entregas)
    de_fabrica = grade(clase.make(carpeta / "fabrica", cuantas, de_fabrica=True), _stock)
    medidas = {"`nbgrader autograde`": de_fabrica}
    curso = clase.make(carpeta / "motor", opciones.entregas)
    medidas["`curso calificar`"] = grade(curso, _engine)
    _same_scores(carpeta / "fabrica", carpeta / "motor")
    with _dask() as direccion:
        otro = clase.make(carpeta / "dask", opciones.entregas)
        en_dask = grade(otro, _engine, "--scheduler", direccion)
        # Lo que gastan las máquinas del clúster no se ve desde aquí.
        medidas["`curso calificar --scheduler`"] = replace(en_dask, procesador=None)
    if opciones.largo:
        medidas[f"`curso calificar`, {LARGO}"] = grade(clase.make(carpeta / "l", LARGO), _engine)
    yield from _table(medidas, de_fabrica)


def _table(medidas: dict[str, Measure], de_fabrica: Measure):
    yield ""
    yield "| | entregas | segundos | por segundo | veces nbgrader | CPU cada una | memoria (MB) |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for nombre, m in medidas.items():
        yield (
            f"| {nombre} | {m.entregas} | {m.segundos:.1f} | {m.por_segundo:.2f} | "
            f"{m.por_segundo / de_fabrica.por_segundo:.1f} | {m.procesador_cada_una} | "
            f"{m.memoria:.0f} |"
        )


def _procesador() -> str:
    with open("/proc/cpuinfo") as archivo:
        linea = next((x for x in archivo if x.startswith("model name")), ":desconocido")
    return linea.partition(":")[2].strip()


# --- las dos maneras de calificar ---


def _stock(curso: Course) -> list[str]:
    return [sys.executable, "-m", "nbgrader", "autograde", clase.UNIDAD]


def _engine(curso: Course, *mas: str) -> list[str]:
    return [sys.executable, "-m", "course_lib.grading", "calificar", "--solo-notas", *mas]


def grade(curso: Course, manera, *mas: str) -> Measure:
    """Califica una clase entera y mide lo que ha costado."""
    entorno = {**os.environ, "PYTHONPATH": str(RAIZ), "PATH": _path()}
    antes, inicio = _children_cpu(), time.monotonic()
    proceso = subprocess.Popen(
        manera(curso, *mas), cwd=curso.root, env=entorno, stdout=-1, stderr=-2, text=True
    )
    salida = proceso.stdout.read()
    _, estado, uso = os.wait4(proceso.pid, 0)
    segundos = time.monotonic() - inicio
    if estado:
        raise SystemExit(f"La calificación falló:\n{salida[-3000:]}")
    _reap()
    return Measure(clase.count(curso), segundos, _children_cpu() - antes, uso.ru_maxrss / 1024)


def _path() -> str:
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])


def _children_cpu() -> float:
    tiempos = os.times()
    return tiempos.children_user + tiempos.children_system


def _reap(segundos: float = 3) -> None:
    """Recoge a los huérfanos que hayan quedado: sin eso no se sabría qué gastaron."""
    hasta = time.monotonic() + segundos
    with contextlib.suppress(ChildProcessError):
        while time.monotonic() < hasta:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.05)


@contextlib.contextmanager
def _dask():
    """Un clúster de Dask con un proceso por núcleo, ya en marcha: no se mide su arranque."""
    codigo = (
        "from distributed import LocalCluster; import sys, signal\n"
        "c = LocalCluster(threads_per_worker=1, dashboard_address=None)\n"
        "print(c.scheduler_address, flush=True); signal.sigwait([signal.SIGTERM])"
    )
    entorno = {**os.environ, "PYTHONPATH": str(RAIZ)}
    guion = Path(tempfile.mkdtemp()) / "cluster.py"
    guion.write_text(f"if __name__ == '__main__':\n    {codigo.replace(chr(10), chr(10) + '    ')}")
    proceso = subprocess.Popen([sys.executable, guion], env=entorno, stdout=-1, text=True)
    try:
        yield proceso.stdout.readline().strip()
    finally:
        proceso.terminate()
        proceso.wait()
        shutil.rmtree(guion.parent)


def _same_scores(fabrica: Path, motor: Path) -> None:
    suyas, nuestras = clase.scores(fabrica), clase.scores(motor)
    if distintas := {k: (v, nuestras.get(k)) for k, v in suyas.items() if nuestras.get(k) != v}:
        raise SystemExit(f"Las notas no coinciden: {distintas}")


if __name__ == "__main__":
    main()
