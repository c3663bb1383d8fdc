"""Cómo se despide a un proceso."""

import subprocess

SECONDS = 2


def finish(proceso: subprocess.Popen) -> None:
    """Espera un momento a que acabe por su cuenta; si no, lo mata."""
    try:
        proceso.wait(SECONDS)
    except subprocess.TimeoutExpired:
        proceso.kill()
        proceso.wait()
