"""De una entrega al trabajo de calificarla, con todo lo que el juez necesita de la unidad."""

import hashlib
from functools import lru_cache
from pathlib import Path

from course_lib.grading.catalog import load_catalog
from course_lib.grading.course import Course
from course_lib.grading.engine.job import Job
from course_lib.grading.engine.master import master


def source(curso: Course, unidad: str) -> Path:
    """El cuaderno del docente."""
    return curso.solutions / unidad / "ejercicios.ipynb"


def fingerprint(*rutas: Path) -> str:
    """SHA-256 del contenido de unos archivos."""
    suma = hashlib.sha256()
    for ruta in rutas:
        suma.update(hashlib.sha256(ruta.read_bytes()).digest())
    return suma.hexdigest()


def job_for(curso: Course, alumno: str, unidad: str, cuaderno: bytes, huella: str = "") -> Job:
    """El trabajo de calificar un cuaderno entregado.

    Parameters
    ----------
    curso : Course
    alumno, unidad : str
    cuaderno : bytes
        Lo entregado, tal cual.
    huella : str
        La de lo entregado y la fuente, para no calificar dos veces.
    """
    fuentes = fingerprint(source(curso, unidad), curso.solutions / unidad / "errores.py")
    return Job(alumno, unidad, cuaderno, fingerprint=huella, **_of_unit(curso, unidad, fuentes))


@lru_cache(maxsize=32)
def _of_unit(curso: Course, unidad: str, _fuentes: str) -> dict:
    """Lo que la unidad pone en cada trabajo; se vuelve a leer si cambian sus archivos."""
    carpeta = curso.solutions / unidad
    return {
        "master": master(source(curso, unidad), curso.config()),
        "forbidden": {n: e.forbidden for n, e in load_catalog(carpeta).items()},
        "catalog": (carpeta / "errores.py").read_text(encoding="utf-8"),
    }
