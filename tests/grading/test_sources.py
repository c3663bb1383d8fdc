"""Publicar dice lo que le falta a una unidad y qué paso de la guía lo pone."""

from pathlib import Path

import pytest

from course_lib.grading import publish
from course_lib.grading.course import Course
from course_lib.grading.sources import check_sources, missing

RAIZ = Path(__file__).resolve().parents[2]


@pytest.fixture
def unidad(curso):
    """La unidad 02 de una copia del curso."""
    return curso.solutions / "02_deslizar"


def edit(ruta, viejo, nuevo):
    texto = ruta.read_text(encoding="utf-8")
    assert viejo in texto
    ruta.write_text(texto.replace(viejo, nuevo), encoding="utf-8")


def test_nothing_is_missing_in_the_course():
    assert check_sources(Course.here(RAIZ)) is None


@pytest.mark.parametrize(("nombre", "paso"), [("leccion", 1), ("ejercicios", 1), ("errores", 2)])
def test_a_missing_file_is_named(unidad, nombre, paso):
    (ruta,) = unidad.glob(f"{nombre}.*")
    ruta.unlink()
    (falta,) = missing(unidad)
    assert f"«02_deslizar» no tiene {ruta.name}" in falta
    assert f"(CONTRIBUTING.md, paso {paso})" in falta


def test_an_exercise_out_of_the_catalog_is_named(unidad):
    edit(unidad / "errores.py", 'Exercise("conv2d_valid"', 'Exercise("otro"')
    (falta,) = missing(unidad)
    assert falta.startswith("El ejercicio «conv2d_valid» de «02_deslizar» no está en errores.py")
    assert "3 errores típicos (CONTRIBUTING.md, paso 2)" in falta


def test_an_exercise_without_reference_is_named(unidad):
    edit(unidad / "errores.py", "@conv2d_valid.is_reference\n", "")
    (falta,) = missing(unidad)
    assert "no tiene referencia" in falta and "is_reference" in falta


def test_too_few_misconceptions_are_counted(unidad):
    escasa = "\nconv2d_valid.misconceptions[2:] = []\n"
    with (unidad / "errores.py").open("a", encoding="utf-8") as archivo:
        archivo.write(escasa)
    (falta,) = missing(unidad)
    assert "tiene 2 errores típicos y el mínimo es 3" in falta


def test_an_exercise_without_tests_is_named(unidad):
    edit(unidad / "ejercicios.ipynb", '"points": ', '"puntos": ')
    edit(unidad / "ejercicios.ipynb", '"grade": true', '"grade": false')
    primera, segunda = missing(unidad)
    assert "«suma_ponderada»" in primera and "«conv2d_valid»" in segunda
    assert "ninguna celda de prueba con puntos" in primera and "paso 1" in primera


def test_nothing_is_published_if_something_is_missing(curso, unidad):
    (unidad / "errores.py").unlink()
    antes = (curso.notebooks / "02_deslizar" / "ejercicios.ipynb").read_bytes()
    with pytest.raises(ValueError, match=r"no tiene errores\.py"):
        publish.publish(curso)
    assert (curso.notebooks / "02_deslizar" / "ejercicios.ipynb").read_bytes() == antes
