"""Clases inventadas para el informe: en el libro de notas, sin calificar a nadie."""

import shutil

import clase_ficticia
import pytest

from course_lib.grading.course import Course


@pytest.fixture(scope="session")
def cursos(tmp_path_factory):
    """Un curso sin entregas y otro con treinta, hechos una vez: crear el libro es lo que tarda."""
    carpeta = tmp_path_factory.mktemp("ficticia")
    vacio = clase_ficticia.course(carpeta / "vacio")
    with vacio.gradebook():
        treinta = Course.here(shutil.copytree(vacio.root, carpeta / "treinta"))
    clase_ficticia.fill(treinta, clase_ficticia.thirty())
    return vacio, treinta


@pytest.fixture
def vacio(cursos, tmp_path):
    """Un curso sin entregas."""
    return Course.here(shutil.copytree(cursos[0].root, tmp_path / "curso"))


@pytest.fixture
def treinta(cursos, tmp_path):
    """Un curso con treinta entregas calificadas."""
    return Course.here(shutil.copytree(cursos[1].root, tmp_path / "curso"))
