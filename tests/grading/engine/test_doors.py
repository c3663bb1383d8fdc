"""Las otras puertas: `nbgrader autograde`, un clúster de Dask y PostgreSQL dan lo mismo."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from sqlalchemy import select

from course_lib.grading.course import Course
from course_lib.grading.engine import findings
from course_lib.grading.grade import grade, pending

UNIDAD = "02_deslizar"
MANERAS = {"ana": "referencia", "bea": "kernel-girado-180", "ciro": "vacia", "dora": "ruidosa"}


@pytest.fixture
def curso_con_entregas(curso_publicado, entregar, resuelto):
    for alumno, manera in MANERAS.items():
        entregar(curso_publicado, alumno, resuelto(curso_publicado, manera))
    return curso_publicado


def rows(curso):
    """Lo que el libro dice de cada celda de cada entrega."""
    with curso.gradebook() as libro:
        return {
            (e.student.id, nota.name): (nota.auto_score, nota.needs_manual_grade)
            for e in libro.assignment_submissions(UNIDAD)
            for c in e.notebooks
            for nota in (*c.grades,)
        } | {
            (e.student.id, f"comentario {c.name}"): c.auto_comment
            for e in libro.assignment_submissions(UNIDAD)
            for cuaderno in e.notebooks
            for c in cuaderno.comments
        }


def findings_of(curso):
    """Los diagnósticos del libro, y quién tiene apuntado cuánto tardó."""
    with curso.gradebook() as libro:
        tardaron = {
            e.student_id for e in libro.db.execute(select(findings.DELIVERIES)) if e.seconds > 0
        }
        return sorted(map(tuple, libro.db.execute(select(findings.DIAGNOSES)))), tardaron


def stock(curso):
    """Califica con los preprocesadores de fábrica de nbgrader, con un kernel de verdad."""
    from nbgrader.converters import Autograde

    config = curso.config()
    for clave in ("sanitize_preprocessors", "autograde_preprocessors"):
        config.Autograde[clave] = Autograde.class_traits()[clave].default()
    # Un aviso o un print por stderr cuestan todos los puntos en nbgrader: aquí no se compara eso.
    config.IgnorePattern.enabled, config.IgnorePattern.pattern = True, "(?s).*"
    from nbgrader.apps.api import NbGraderAPI

    for alumno in MANERAS:
        resultado = NbGraderAPI(config=config).autograde(UNIDAD, alumno, force=True)
        assert resultado["success"], resultado


def test_the_same_rows_as_nbgrader_alone(curso_con_entregas, tmp_path):
    gemelo = Course.here(shutil.copytree(curso_con_entregas.root, tmp_path / "gemelo"))
    stock(gemelo)
    assert grade(curso_con_entregas, pending(curso_con_entregas)[0]).problems == []
    assert rows(curso_con_entregas) == rows(gemelo) and len(rows(gemelo)) == 40


def test_nbgrader_autograde_uses_the_engine(curso_con_entregas, tmp_path):
    gemelo = Course.here(shutil.copytree(curso_con_entregas.root, tmp_path / "gemelo"))
    entorno = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    orden = [sys.executable, "-m", "nbgrader", "autograde", UNIDAD]
    hecho = subprocess.run(orden, cwd=gemelo.root, env=entorno, capture_output=True, text=True)
    assert hecho.returncode == 0, hecho.stderr
    grade(curso_con_entregas, pending(curso_con_entregas)[0])
    assert rows(curso_con_entregas) == rows(gemelo)


def test_a_dask_cluster_gives_the_same(curso_con_entregas, tmp_path):
    from distributed import LocalCluster

    gemelo = Course.here(shutil.copytree(curso_con_entregas.root, tmp_path / "gemelo"))
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        direccion = cluster.scheduler_address
        resultado = grade(gemelo, pending(gemelo)[0], scheduler=direccion)
        assert sorted(e.student for e in resultado.graded) == list(MANERAS)
    grade(curso_con_entregas, pending(curso_con_entregas)[0])
    assert rows(curso_con_entregas) == rows(gemelo)
    assert findings_of(curso_con_entregas) == findings_of(gemelo)


def free_port():
    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        return enchufe.getsockname()[1]


def postgres_binaries():
    """Carpeta de los programas del servidor: la de Debian o la del PATH."""
    en_debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    ruta = en_debian[-1] if en_debian else shutil.which("initdb")
    assert ruta, "Falta el servidor de PostgreSQL: sudo apt install postgresql"
    return Path(ruta).resolve().parent


@pytest.fixture
def postgres(tmp_path_factory):
    """Un servidor de PostgreSQL de usar y tirar, en este ordenador."""
    carpeta = Path(f"/tmp/curso-pg-{os.getpid()}")
    carpeta.mkdir(mode=0o700)
    programas, puerto = postgres_binaries(), free_port()
    como = []
    if os.geteuid() == 0:  # PostgreSQL se niega a funcionar como root
        shutil.chown(carpeta, "nobody")
        como = ["setpriv", "--reuid=nobody", "--clear-groups", "--"]
    datos = carpeta / "datos"
    correr = {"check": True, "cwd": "/", "stdout": subprocess.DEVNULL}
    iniciar = [programas / "initdb", "-D", datos, "-U", "curso", "-A", "trust", "-E", "UTF8"]
    subprocess.run([*como, *iniciar], **correr)
    opciones = f"-c listen_addresses=127.0.0.1 -p {puerto} -k {carpeta}"
    control = [*como, programas / "pg_ctl", "-D", datos, "-w"]
    subprocess.run([*control, "-o", opciones, "-l", carpeta / "registro", "start"], **correr)
    try:
        yield f"postgresql+psycopg://curso@127.0.0.1:{puerto}/postgres"
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):
            subprocess.run([*control, "-m", "immediate", "stop"], **correr)
        shutil.rmtree(carpeta)


def test_postgresql_keeps_the_same_grades(curso_con_entregas, tmp_path, postgres):
    gemelo = Course.here(shutil.copytree(curso_con_entregas.root, tmp_path / "gemelo"))
    ruta = gemelo.root / "nbgrader_config.py"
    ruta.write_text(f"{ruta.read_text()}\nc.CourseDirectory.db_url = {postgres!r}\n")
    for _ in range(2):
        assert grade(gemelo, pending(gemelo)[0]).problems == []
    grade(curso_con_entregas, pending(curso_con_entregas)[0])
    assert rows(curso_con_entregas) == rows(gemelo)
    diagnosticos, tardaron = findings_of(gemelo)
    assert findings_of(curso_con_entregas) == (diagnosticos, tardaron) and tardaron == set(MANERAS)
    assert {(d[0], d[4], d[5]) for d in diagnosticos} == {
        ("bea", "error", "kernel-girado-180"),
        ("ciro", "vacia", ""),
    }
    with Gradebook(postgres, "capas-convolucionales") as libro:
        assert {a.id for a in libro.students} == set(MANERAS)
