"""Cortar a quien escribe las notas, con SIGKILL, en cien instantes al azar.

Los resultados ya están hechos: así todo el tiempo de cada proceso se va en escribir, y los cortes
caen donde podrían hacer daño. `test_grade.py` corta la orden entera, con sus jueces.
"""

import os
import random
import shutil
import signal
import time

import pytest

from course_lib.grading import grade as calificar
from course_lib.grading.engine.workshop import grade_all
from course_lib.grading.inbox import survey

UNIDAD, CORTES = "02_deslizar", 100
ALUMNOS = tuple(f"a{i}" for i in range(6))


@pytest.fixture
def curso_y_resultados(curso_publicado, entregar, resuelto, monkeypatch):
    """Un curso sin calificar y los resultados de todas sus entregas."""
    for alumno in ALUMNOS:
        entregar(curso_publicado, alumno, resuelto(curso_publicado))
    hechos = {}

    def recordar(jobs, *_, **__):
        for resultado in grade_all(jobs):
            hechos[resultado.student] = resultado
            yield resultado

    virgen = shutil.copytree(curso_publicado.root, curso_publicado.root.parent / "virgen")
    with monkeypatch.context() as parche:
        parche.setattr(calificar, "grade_all", recordar)
        calificar.grade(curso_publicado, survey(curso_publicado)[0])
    assert set(hechos) == set(ALUMNOS)
    return type(curso_publicado)(virgen), hechos


def write_in_a_child(curso, hechos, pedidos):
    """Un proceso que apunta lo que falte, y deja escrito qué se le pidió calificar."""
    pid = os.fork()
    if pid:
        return pid

    def contestar(jobs, *_, **__):
        for job in jobs:
            with pedidos.open("a") as archivo:
                archivo.write(f"{job.student}\n")
            yield hechos[job.student]

    try:
        calificar.grade_all, calificar.TANDA = contestar, 2  # tres tandas, y no una
        calificar.grade(curso, survey(curso)[0])
    finally:
        os._exit(0)


def graded(curso):
    """Quién está en el libro; de cada uno, todas sus notas y su sello, o nada."""
    with curso.gradebook() as libro:
        entregas = libro.assignment_submissions(UNIDAD)
        quienes = [entrega.student.id for entrega in entregas]
        for entrega in entregas:
            notas = [nota.auto_score for c in entrega.notebooks for nota in c.grades]
            assert len(notas) == 8 and None not in notas
        sellos = {clave.split("/")[0] for clave in calificar.Ledger(libro, curso.config()).seals()}
    assert len(quienes) == len(set(quienes)) and set(quienes) <= sellos
    return set(quienes)


def forget(curso):
    """Deja el curso sin calificar."""
    shutil.rmtree(curso.entregas / "autograded")
    (curso.entregas / "gradebook.db").unlink()


def time_to_write(curso, hechos, pedidos):
    """Lo que tarda sin cortes: los instantes se eligen dentro."""
    inicio = time.monotonic()
    os.waitpid(write_in_a_child(curso, hechos, pedidos), 0)
    assert graded(curso) == set(ALUMNOS)
    forget(curso)
    return time.monotonic() - inicio


def test_a_hundred_cuts(curso_y_resultados, tmp_path, notas):
    curso, hechos = curso_y_resultados
    pedidos, azar, a_medias, enteras = tmp_path / "pedidos", random.Random(7), 0, 0
    tarda = time_to_write(curso, hechos, pedidos)
    for _ in range(CORTES):
        antes = graded(curso)
        pedidos.write_text("")
        pid = write_in_a_child(curso, hechos, pedidos)
        time.sleep(azar.uniform(0, 1.2 * tarda))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        ahora = graded(curso)
        assert antes <= ahora, "se perdió algo ya calificado"
        assert not antes & set(pedidos.read_text().split()), "se pidió calificar otra vez a alguien"
        a_medias += set() < ahora < set(ALUMNOS)
        if ahora == set(ALUMNOS):
            enteras += 1
            forget(curso)
    print(f"{CORTES} cortes: {a_medias} dejaron la clase a medias; {enteras} veces se completó")
    assert a_medias and enteras
    resultado = calificar.grade(curso, survey(curso)[0])
    assert resultado.problems == [] and graded(curso) == set(ALUMNOS)
    assert notas(curso) == dict.fromkeys(ALUMNOS, (10, 10))
    assert not list(curso.entregas.rglob("*.tmp"))
