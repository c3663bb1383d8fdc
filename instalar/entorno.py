"""Crea `.venv` con las versiones exactas de requirements.txt.

Solo usa la biblioteca estándar y el pip que lo acompaña, porque el Python de
Debian y Ubuntu no trae `pip` ni `ensurepip`, y el del sistema no se toca.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

RAIZ = Path(__file__).resolve().parent.parent
ENTORNO = RAIZ / ".venv"
PIP = next(Path(__file__).parent.glob("pip-*.whl"))
MINIMA = (3, 11)


def python_del_entorno() -> Path:
    """Ruta del intérprete de `.venv`, también en Windows."""
    carpeta = "Scripts" if sys.platform == "win32" else "bin"
    return ENTORNO / carpeta / "python"


def pip(*argumentos: str) -> None:
    """Ejecuta el pip de la carpeta `instalar/` dentro de `.venv`."""
    orden = [python_del_entorno(), PIP / "pip", "--disable-pip-version-check", *argumentos]
    # Los avisos de setuptools sobre instalar «en su sitio» no dicen nada a quien empieza.
    subprocess.run(orden, cwd=RAIZ, check=True, env={**os.environ, "PYTHONWARNINGS": "ignore"})


def crear() -> None:
    """Crea `.venv`, si no existe, y deja en él lo que dice requirements.txt y course_lib."""
    venv.create(ENTORNO, symlinks=sys.platform != "win32", with_pip=False)
    pip("install", "--quiet", "--require-hashes", "-r", "requirements.txt")
    # Sin aislamiento: setuptools ya está fijado arriba y no se baja otro.
    pip("install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", ".")
    pip("install", "--quiet", "--no-index", str(PIP))


def fallo(mensaje: str) -> int:
    """Dice qué ha pasado y devuelve el código con que debe terminar el programa."""
    print(mensaje, file=sys.stderr)
    return 1


def main() -> int:
    if sys.version_info < MINIMA:
        return fallo(
            f"El curso necesita Python 3.11 o más nuevo y este es {sys.version.split()[0]}.\n"
            "Instala uno más nuevo y dilo así:  make lab PYTHON=python3.12"
        )
    print("Preparando el entorno en .venv (solo la primera vez; unos minutos)…", flush=True)
    try:
        crear()
    except (subprocess.CalledProcessError, OSError) as error:
        return fallo(
            f"No se pudo preparar el entorno: {error}\n"
            "Comprueba la conexión y el espacio en disco (hacen falta unos 1,5 GB) y "
            "repite la orden: continúa donde estaba."
        )
    (ENTORNO / "listo").touch()
    return 0


if __name__ == "__main__":
    sys.exit(main())
