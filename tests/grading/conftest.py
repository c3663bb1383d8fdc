"""Cursos de usar y tirar: ninguna prueba toca `entregas/` ni `notebooks/` de verdad."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from course_lib.grading import publish, sample
from course_lib.grading.catalog import load_catalog
from course_lib.grading.course import Course

RAIZ = Path(__file__).resolve().parents[2]
UNIDAD = "02_deslizar"
CARPETAS = ("solutions", "notebooks", "course_lib", "instalar", "jupyter")
SUELTOS = ("nbgrader_config.py", "Makefile", "environment.yml", "pyproject.toml")
SUELTOS += ("requirements.txt", "README.md", "LICENSE", "LICENSE-CONTENT")
SIN_RASTROS = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")


def link_wheels(origen, destino):
    """Copia un archivo; el pip de `instalar/`, de 2 MB, solo se enlaza."""
    (os.symlink if origen.endswith(".whl") else shutil.copy2)(origen, destino)


def copy_course(destino):
    """Copia lo que git guarda y hace falta para publicar y calificar."""
    for nombre in CARPETAS:
        shutil.copytree(
            RAIZ / nombre, destino / nombre, ignore=SIN_RASTROS, copy_function=link_wheels
        )
    for nombre in SUELTOS:
        if (RAIZ / nombre).exists():
            shutil.copy2(RAIZ / nombre, destino / nombre)
    return Course.here(destino)


def copy_unit(destino):
    """Como `copy_course`, con una sola unidad: calificar se prueba igual con una que con todas."""
    curso = copy_course(destino)
    for carpeta in (curso.solutions, curso.notebooks):
        for unidad in carpeta.glob("*/"):
            if unidad.name != UNIDAD:
                shutil.rmtree(unidad)
    return curso


@pytest.fixture(autouse=True)
def _process_as_it_was(monkeypatch):
    """nbgrader_config.py y nbgrader añaden rutas al proceso; cada prueba empieza sin ellas."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setenv("PATH", os.environ["PATH"])


@pytest.fixture
def curso(tmp_path):
    """Una copia del curso, con una unidad, sin publicar y sin entregas."""
    return copy_unit(tmp_path / "curso")


@pytest.fixture(scope="session")
def publicado(tmp_path_factory):
    """Una copia recién publicada, con su zip. Compartida: no se modifica."""
    curso = copy_course(tmp_path_factory.mktemp("publicado") / "curso")
    shutil.rmtree(curso.notebooks)
    publish.publish(curso)
    return SimpleNamespace(curso=curso, zip=publish.make_zip(curso))


@pytest.fixture
def curso_publicado(publicado, tmp_path):
    """Una copia del curso ya publicado y con su libro de notas, para estropearla."""
    return Course.here(shutil.copytree(publicado.curso.root, tmp_path / "publicado", symlinks=True))


def run_cli(carpeta, *argumentos, **opciones):
    """`curso …` en su propio proceso y con un PATH que no conoce el entorno."""
    entorno = {"PATH": "/usr/bin:/bin", "HOME": str(carpeta), "COLUMNS": "200", "LC_ALL": "C.UTF-8"}
    orden = [sys.executable, "-m", "course_lib.grading", *argumentos]
    return subprocess.Popen(
        orden, cwd=carpeta, env=entorno, text=True, stdout=-1, stderr=-1, **opciones
    )


@pytest.fixture(scope="session")
def ejecutar():
    """`run_cli`, para las pruebas."""
    return run_cli


@pytest.fixture(scope="session")
def clase(tmp_path_factory):
    """La clase de muestra calificada con `curso calificar`, una sola vez. No se modifica."""
    curso = copy_unit(tmp_path_factory.mktemp("clase") / "curso")
    inicio = time.monotonic()
    proceso = run_cli(curso.root, "calificar")
    salida, errores = proceso.communicate(timeout=300)
    return SimpleNamespace(
        curso=curso,
        salida=salida,
        errores=errores,
        codigo=proceso.returncode,
        segundos=time.monotonic() - inicio,
    )


@pytest.fixture
def aula(clase, tmp_path):
    """Una copia de la clase ya calificada, para estropearla."""
    return Course.here(shutil.copytree(clase.curso.root, tmp_path / "aula", symlinks=True))


def solved(curso, manera="referencia", unidad=UNIDAD):
    """El cuaderno publicado, contestado de esa manera, como JSON."""
    catalogo = load_catalog(curso.solutions / unidad)
    return json.loads(sample.solve(curso.notebooks / unidad / "ejercicios.ipynb", catalogo, manera))


@pytest.fixture(scope="session")
def resuelto():
    """`solved`, para las pruebas."""
    return solved


def hand_in(curso, alumno, contenido, unidad=UNIDAD, nombre="ejercicios.ipynb"):
    """Deja una entrega en `submitted/`: un cuaderno (dict), un texto o unos bytes."""
    ruta = curso.submitted / alumno / unidad / nombre
    ruta.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(contenido, dict):
        contenido = json.dumps(contenido)
    ruta.write_bytes(contenido if isinstance(contenido, bytes) else contenido.encode())
    return ruta


@pytest.fixture(scope="session")
def entregar():
    """`hand_in`, para las pruebas."""
    return hand_in


def fingerprints(carpeta):
    """Contenido de cada archivo (y destino de cada enlace) bajo una carpeta."""
    return {
        str(ruta.relative_to(carpeta)): os.readlink(ruta)
        if ruta.is_symlink()
        else hashlib.sha256(ruta.read_bytes()).hexdigest()
        for ruta in sorted(carpeta.rglob("*"))
        if ruta.is_symlink() or ruta.is_file()
    }


@pytest.fixture(scope="session")
def huellas():
    """`fingerprints`, para las pruebas."""
    return fingerprints


def total_scores(curso, unidad=UNIDAD):
    """Puntos de cada estudiante según el libro de notas."""
    with curso.gradebook() as notas:
        return {e.student.id: (e.score, e.max_score) for e in notas.assignment_submissions(unidad)}


@pytest.fixture(scope="session")
def notas():
    """`total_scores`, para las pruebas."""
    return total_scores
