"""La burbuja: la plantilla dentro de bubblewrap, sin red, sin escritura y viendo solo Python."""

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

import course_lib

PAQUETE = Path(course_lib.__file__).resolve().parent
CURSO = "/curso"  # dónde ve la plantilla a course_lib
SISTEMA = (
    "/usr",
    "/lib",
    "/lib64",
    "/lib32",
    "/bin",
    "/sbin",
    "/etc/ld.so.cache",
    "/etc/localtime",
)
DISCO = "/disco"  # donde se puede escribir: cada entrega tendrá ahí el suyo
ENTORNO = {
    "PATH": "/usr/bin:/bin",
    "HOME": f"{DISCO}/alumno",
    "TMPDIR": DISCO,
    "LANG": "C.UTF-8",
    "PYTHONPATH": CURSO,
    "PYTHONDONTWRITEBYTECODE": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "MPLCONFIGDIR": f"{DISCO}/matplotlib",
    # La plantilla se bifurca: con más hilos, el hijo esperaría a uno que no está.
    **dict.fromkeys((f"{b}_NUM_THREADS" for b in ("OPENBLAS", "OMP", "MKL", "BLIS")), "1"),
}
AYUDA = (
    "Calificar código ajeno necesita Linux con bubblewrap y espacios de nombres de usuario. En "
    "Debian o Ubuntu: sudo apt install bubblewrap libseccomp2. En macOS, Windows o un contenedor "
    "que no los permita, califica en una máquina virtual con Linux (WSL 2 sirve). "
    "Con --sin-aislamiento se califica sin protección: solo si confías en todas las entregas."
)


class IsolationMissing(RuntimeError):
    """Esta máquina no puede aislar las entregas; el mensaje dice por qué y cómo arreglarlo."""


def command(descriptor: int, limites: str) -> list[str]:
    """La orden que arranca la plantilla dentro de la burbuja.

    Parameters
    ----------
    descriptor : int
        El socket por el que recibirá entregas.
    limites : str
        `Limits` en JSON.
    """
    programa = _python(descriptor, limites, aislar=True)
    return [shutil.which("bwrap") or "bwrap", *_isolation(), *_files(), "--", *programa]


def bare_command(descriptor: int, limites: str) -> list[str]:
    """La misma plantilla, sin burbuja."""
    return _python(descriptor, limites, aislar=False)


def bare_environment() -> dict[str, str]:
    """Sin burbuja, las variables de este proceso y las que la plantilla necesita."""
    suyas = {k: v for k, v in ENTORNO.items() if DISCO not in v and k != "PATH"}
    return {**os.environ, **suyas, "PYTHONPATH": str(PAQUETE.parent)}


def _python(descriptor: int, limites: str, *, aislar: bool) -> list[str]:
    modulo = "course_lib.grading.engine.template"
    return [sys.executable, "-P", "-m", modulo, str(descriptor), limites, str(int(aislar))]


def _isolation() -> list[str]:
    opciones = ["--unshare-all", "--die-with-parent", "--new-session", "--clearenv"]
    if os.geteuid() == 0:
        # root monta sin espacio de usuarios y la plantilla deja de serlo nada más empezar.
        opciones[0:1] = [f"--unshare-{que}" for que in ("ipc", "pid", "net", "uts", "cgroup-try")]
        opciones += ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    for nombre, valor in ENTORNO.items():
        opciones += ["--setenv", nombre, valor]
    return opciones


def _files() -> list[str]:
    opciones = ["--proc", "/proc", "--dev", "/dev", "--perms", "1777", "--tmpfs", DISCO]
    for carpeta in (ENTORNO["HOME"], ENTORNO["MPLCONFIGDIR"]):
        opciones += ["--perms", "1777", "--dir", carpeta]
    visibles = {ruta: ruta for ruta in _visible()} | {str(PAQUETE): f"{CURSO}/course_lib"}
    if cache := _font_cache():
        visibles[str(cache)] = f"{DISCO}/matplotlib/{cache.name}"
    if not any(f"{ruta}/".startswith("/tmp/") for ruta in visibles.values()):
        opciones += ["--symlink", DISCO, "/tmp"]
    for ruta, dentro in visibles.items():
        # bwrap crearía estas carpetas solo para quien lo arranca, y la plantilla puede ser otro.
        for padre in reversed(Path(dentro).parents[:-1]):
            opciones += ["--perms", "0755", "--dir", str(padre)]
        opciones += ["--ro-bind", ruta, dentro]
    return [*opciones, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/"]


@functools.cache
def _visible() -> list[str]:
    """Carpetas y enlaces del sistema y de Python que hacen falta, sin repetir los de dentro."""
    prefijos = {sys.prefix, sys.base_prefix, os.path.realpath(sys.base_prefix)}
    prefijos |= {str(Path(os.path.realpath(sys.executable)).parent.parent)}
    rutas = [r for r in (*SISTEMA, *sorted(prefijos)) if os.path.exists(r)]
    sistema = tuple(f"{r}/" for r in SISTEMA)
    return list(dict.fromkeys(r for r in rutas if not f"{r}/".startswith(sistema) or r in SISTEMA))


def _font_cache() -> Path | None:
    """La lista de fuentes que matplotlib ya ha hecho; sin ella, cada plantilla la repetiría."""
    import matplotlib
    from matplotlib import font_manager

    ruta = Path(matplotlib.get_cachedir(), f"fontlist-v{font_manager.FontManager.__version__}.json")
    return ruta if ruta.exists() else None


@functools.cache
def check() -> None:
    """Comprueba, una vez, que esta máquina puede aislar entregas.

    Raises
    ------
    IsolationMissing
        Con lo que falta y cómo conseguirlo.
    """
    if sys.platform != "linux":
        raise IsolationMissing(f"Este sistema ({sys.platform}) no puede aislar entregas. {AYUDA}")
    if not shutil.which("bwrap"):
        raise IsolationMissing(f"Falta el programa bwrap (bubblewrap). {AYUDA}")
    prueba = [shutil.which("bwrap"), *_isolation(), "--ro-bind", "/", "/", "--", "/bin/true"]
    intento = subprocess.run(prueba, capture_output=True, text=True)
    if intento.returncode:
        raise IsolationMissing(f"bubblewrap no funciona aquí ({intento.stderr.strip()}). {AYUDA}")
