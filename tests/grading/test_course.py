"""Dónde está cada cosa, qué se dice cuando no está y cómo se le habla a nbgrader."""

import os
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from nbformat.warnings import DuplicateCellId

from course_lib.grading.course import Course, last_error


@pytest.fixture
def minimo(tmp_path):
    """Un curso con dos unidades vacías y una configuración de una línea."""
    for nombre in ("07_b", "02_a"):
        (tmp_path / "solutions" / nombre).mkdir(parents=True)
        (tmp_path / "solutions" / nombre / "ejercicios.ipynb").touch()
    (tmp_path / "solutions" / "09_sin_ejercicios").mkdir()
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    return Course.here(tmp_path)


def test_places(minimo):
    assert minimo.solutions == minimo.root / "solutions"
    assert minimo.notebooks == minimo.root / "notebooks"
    assert minimo.submitted == minimo.root / "entregas" / "submitted"


def test_here_accepts_a_relative_path(minimo, monkeypatch):
    monkeypatch.chdir(minimo.root)
    assert Course.here() == Course.here(str(minimo.root)) == minimo
    assert minimo.root.is_absolute()


@pytest.mark.parametrize("falta", ["solutions", "nbgrader_config.py"])
def test_a_folder_that_is_not_a_course(minimo, falta):
    ruta = minimo.root / falta
    shutil.rmtree(ruta) if ruta.is_dir() else ruta.unlink()
    with pytest.raises(FileNotFoundError) as error:
        Course.here(minimo.root)
    assert str(minimo.root) in str(error.value)
    assert "no hay un curso" in str(error.value) and "Entra en la carpeta" in str(error.value)


def test_solutions_must_be_a_folder(tmp_path):
    (tmp_path / "nbgrader_config.py").touch()
    (tmp_path / "solutions").touch()
    with pytest.raises(FileNotFoundError):
        Course.here(tmp_path)


def test_units_are_those_with_exercises_in_order(minimo):
    assert minimo.units == ["02_a", "07_b"]


def test_an_unknown_unit_lists_the_known_ones(minimo):
    assert minimo.check_unit("07_b") == "07_b"
    with pytest.raises(ValueError, match="No existe la unidad «7_b».*02_a, 07_b"):
        minimo.check_unit("7_b")


def test_everything_private_goes_under_entregas(curso):
    config = curso.config().CourseDirectory
    for carpeta in ("submitted", "autograded", "feedback"):
        assert Path(config[f"{carpeta}_directory"]).parts == ("entregas", carpeta)
    assert config.db_url == f"sqlite:///{curso.entregas / 'gradebook.db'}"
    assert (config.source_directory, config.release_directory) == ("solutions", "notebooks")
    assert config.root == str(curso.root)
    assert "errores.py" in config.ignore


def test_what_students_read_in_a_blank_is_spanish(curso):
    config = curso.config()
    talon = config.ClearSolutions.code_stub["python"]
    assert "ESCRIBE AQUÍ TU CÓDIGO" in talon
    assert 'raise NotImplementedError("Aquí falta tu código' in talon
    assert config.ClearSolutions.text_stub == "ESCRIBE AQUÍ TU RESPUESTA"


def test_the_configuration_works_where_course_lib_is_not_installed(curso):
    """Quien usa conda no instala course_lib: la configuración la encuentra a su lado."""
    codigo = (
        "import sys\n"
        "sys.meta_path = [b for b in sys.meta_path if 'editable' not in repr(b).lower()]\n"
        "sys.path = [p for p in sys.path if p]\n"
        "from traitlets.config import PyFileConfigLoader as Lector\n"
        f"Lector('nbgrader_config.py', path={str(curso.root)!r}).load_config()\n"
        "import course_lib; print(course_lib.__file__)\n"
    )
    salida = subprocess.check_output([sys.executable, "-c", codigo], cwd="/", text=True)
    assert Path(salida.strip()) == curso.root / "course_lib" / "__init__.py"


def test_a_new_gradebook_needs_nothing_in_the_path(curso, monkeypatch):
    """nbgrader crea el libro con la orden `alembic`, que está junto a Python."""
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    with curso.gradebook() as notas:
        assert notas.students == []
    assert (curso.entregas / "gradebook.db").exists()
    assert os.environ["PATH"].split(os.pathsep)[0] == str(Path(sys.executable).parent)


def test_the_path_does_not_grow(curso):
    curso.nbgrader()
    antes = os.environ["PATH"]
    curso.nbgrader()
    assert os.environ["PATH"] == antes


def test_warnings_of_others_do_not_reach_the_screen(curso):
    curso.nbgrader()
    with warnings.catch_warnings(record=True) as avisos:
        warnings.warn("Non-unique cell id", DuplicateCellId, stacklevel=1)
        warnings.warn("este sí", UserWarning, stacklevel=1)
    assert [str(a.message) for a in avisos] == ["este sí"]


@pytest.mark.parametrize(
    ("resultado", "error"),
    [
        (
            {
                "error": "Traceback\nnbgrader.base.NbGraderException: Please see the traceback",
                "log": "[ERROR] x\n    RuntimeError: no end solution statement found\n[ERROR] y",
            },
            "RuntimeError: no end solution statement found",
        ),
        ({"error": "Traceback\nValueError: uno\n"}, "ValueError: uno"),
        ({"log": "[INFO] ErrorDeNada en medio de una línea"}, "sin más detalle"),
        ({}, "sin más detalle"),
    ],
    ids=["el log manda", "solo error", "nada que parezca un error", "vacío"],
)
def test_the_error_is_the_one_that_explains(resultado, error):
    assert last_error(resultado) == error
