"""La orden `curso`: habla español, dice qué hacer y termina con el código que toca."""

import re
import shutil
import sys

import pytest

from course_lib.grading import cli, tables
from course_lib.grading.course import Course

UNIDAD = "02_deslizar"
ORDENES = ("publicar", "normalizar", "calificar", "matriz", "informe", "exportar", "borrar-muestra")
INGLES = re.compile(
    r"\b(usage|options?|commands?|show|message|exit|help|try|missing|unexpected|such"
    r"|did|you|mean|one of|traceback|arguments?|requires?|default|the)\b",
    re.IGNORECASE,
)


@pytest.fixture
def curso_dice(monkeypatch, capsys):
    """Da una orden en una carpeta; devuelve (código, lo que sale, los errores) en una línea."""

    def ejecutar(carpeta, *argumentos):
        monkeypatch.chdir(getattr(carpeta, "root", carpeta))
        monkeypatch.setattr(sys, "argv", ["curso", *argumentos])
        capsys.readouterr()
        try:
            cli.main()
            codigo = 0
        except SystemExit as salida:
            codigo = salida.code
        dicho = capsys.readouterr()
        # La terminal parte las frases en líneas de 80.
        return codigo, " ".join(dicho.out.split()), " ".join(dicho.err.split())

    return ejecutar


# --- ayuda y errores de escritura ---


@pytest.mark.parametrize("bandera", ["--ayuda", "--help", "-h"])
def test_help_is_in_spanish(curso_dice, tmp_path, bandera):
    codigo, salida, errores = curso_dice(tmp_path, bandera)
    assert (codigo, errores) == (0, "")
    assert salida.startswith("Uso: curso [OPCIONES] ORDEN …")
    assert "Opciones:" in salida and "Órdenes:" in salida and "Muestra esta ayuda." in salida
    assert all(orden in salida for orden in ORDENES)
    assert INGLES.findall(salida.replace("--help", "")) == []


@pytest.mark.parametrize("orden", ORDENES)
def test_help_of_each_order(curso_dice, tmp_path, orden):
    codigo, salida, errores = curso_dice(tmp_path, orden, "--ayuda")
    assert (codigo, errores) == (0, "")
    assert salida.startswith(f"Uso: curso {orden} [OPCIONES]")
    assert INGLES.findall(salida.replace("--help", "")) == []


def test_without_an_order_the_help_is_shown(curso_dice, tmp_path):
    codigo, _, errores = curso_dice(tmp_path)
    assert codigo == 2 and "Órdenes:" in errores
    assert INGLES.findall(errores.replace("--help", "")) == []


@pytest.mark.parametrize(
    ("argumentos", "frase"),
    [
        (["calificarr"], "No existe la orden 'calificarr'. ¿Querías decir 'calificar'?"),
        (["zzz"], "No existe la orden 'zzz'."),
        (["matriz", "--unidat", "x"], "¿Querías decir alguna de estas: '--ayuda', '--unidad'?"),
        (["matriz", "--zzz"], "No existe la opción '--zzz'."),
        (["calificar", "--forzra"], "¿Querías decir"),
        (["calificar", "--unidad"], "La opción '--unidad' necesita un valor."),
        (["calificar", "--forzar=3"], "La opción '--forzar' no lleva ningún valor."),
        (["calificar", "ana"], "Sobra esto: ana"),
        (["calificar", "ana", "luz"], "Sobra esto: ana luz"),
        (["exportar", "--formato", "x"], "'x' no es ninguno de estos: 'nbgrader', 'moodle', 'can"),
    ],
)
def test_mistyped_orders(curso_dice, curso, huellas, argumentos, frase):
    antes = huellas(curso.root)
    codigo, salida, errores = curso_dice(curso, *argumentos)
    assert (codigo, salida) == (2, "")
    assert frase in errores
    assert INGLES.findall(errores) == []
    assert huellas(curso.root) == antes


@pytest.mark.parametrize("orden", ORDENES)
def test_outside_a_course(curso_dice, tmp_path, orden):
    codigo, salida, errores = curso_dice(tmp_path, orden)
    assert (codigo, salida) == (2, "")
    assert errores.startswith("Error: En /") and "no hay un curso" in errores
    assert "Entra en la carpeta del curso y repite la orden." in errores
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("orden", ["calificar", "matriz", "informe", "exportar"])
def test_an_unknown_unit(curso_dice, curso, huellas, orden):
    """Y no deja a medias una clase de muestra que nadie ha pedido."""
    antes = huellas(curso.root)
    codigo, salida, errores = curso_dice(curso, orden, "--unidad", "02_deslisar")
    assert (codigo, salida) == (2, "")
    assert errores == ("Error: No existe la unidad «02_deslisar». Las unidades son: 02_deslizar.")
    assert huellas(curso.root) == antes


def test_an_unknown_student(curso_dice, aula):
    codigo, salida, errores = curso_dice(aula, "calificar", "--alumno", "[/elena]")
    assert (codigo, salida) == (2, "")
    assert errores.startswith("Error: No hay ninguna entrega de «[/elena]» en /")
    assert errores.endswith("Comprueba el nombre de su carpeta.")


def test_a_source_that_cannot_be_published(curso_dice, curso_publicado):
    ruta = curso_publicado.solutions / UNIDAD / "leccion.ipynb"
    ruta.write_text("no es JSON")
    codigo, salida, errores = curso_dice(curso_publicado, "publicar")
    assert (codigo, salida) == (2, "")
    assert "leccion.ipynb no es un cuaderno de Jupyter legible" in errores


def test_a_roster_that_cannot_be_read(curso_dice, aula):
    (aula.entregas / "alumnado.csv").write_bytes("id\nándrés\n".encode("latin-1"))
    codigo, salida, errores = curso_dice(aula, "calificar")
    assert (codigo, salida) == (2, "")
    assert errores.endswith("alumnado.csv no está en UTF-8. Guárdalo como «CSV UTF-8».")


def test_in_a_real_terminal_there_is_no_traceback(ejecutar, tmp_path):
    proceso = ejecutar(tmp_path, "calificar", "--unidad", "x")
    salida, errores = proceso.communicate(timeout=60)
    assert (proceso.returncode, salida) == (2, "")
    assert errores.startswith("Error: En ") and "Traceback" not in errores


def test_interrupting_says_how_to_go_on(curso_dice, aula, monkeypatch):
    def cortar(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "grade", cortar)
    codigo, salida, errores = curso_dice(aula, "calificar")
    assert (codigo, errores) == (130, "")
    assert salida.endswith("Lo calificado está guardado: repite la orden para seguir.")


# --- las órdenes ---


def test_grading_an_empty_inbox_uses_the_sample_class(clase):
    """`clase` es justo eso: `curso calificar` en un curso recién clonado."""
    assert "Aún no hay entregas: uso una clase de muestra de 30." in clase.salida
    assert "Notas de 02_deslizar" in clase.salida
    assert "muestra-alba (Alba Ruiz)" in clase.salida and "10 / 10" in clase.salida
    assert "Notas: entregas/informes/notas.csv" in clase.salida
    assert "entregas/feedback/<alumno>/<unidad>/ejercicios.html" in clase.salida
    assert "Informe de la clase: entregas/informes/informe.html" in clase.salida
    assert (clase.curso.entregas / "informes" / "informe.html").exists()
    assert (clase.codigo, clase.errores) == (0, "")


def test_grading_again_says_nothing_changed(curso_dice, aula):
    codigo, salida, errores = curso_dice(aula, "calificar")
    assert (codigo, errores) == (0, "")
    assert "Calificadas ahora: 0 · sin cambios: 30 · con problemas: 0" in salida
    assert "clase de muestra" not in salida and "Notas de 02_deslizar" in salida


def test_problems_are_told_and_the_code_is_1(curso_dice, aula):
    (aula.submitted / "suelto[/b].txt".replace("/", "")).touch()
    (aula.submitted / "muestra-otra").mkdir()
    codigo, salida, errores = curso_dice(aula, "calificar")
    assert (codigo, errores) == (1, "")
    assert "No se pudo calificar" in salida and "suelto[b].txt" in salida
    assert "con problemas: 2" in salida and "sin cambios: 30" in salida


def test_grading_one_student_and_forcing(curso_dice, aula):
    orden = ("calificar", "--alumno", "muestra-elena", "--unidad", UNIDAD)
    assert "sin cambios: 1 " in curso_dice(aula, *orden)[1]
    assert "Calificadas ahora: 1 · sin cambios: 0" in curso_dice(aula, *orden, "--forzar")[1]


def test_publishing(curso_dice, curso_publicado, huellas):
    curso = curso_publicado
    antes = huellas(curso.notebooks)
    shutil.rmtree(curso.notebooks)
    shutil.rmtree(curso.root / "dist")
    codigo, salida, errores = curso_dice(curso, "publicar")
    assert (codigo, errores) == (0, "")
    assert salida == (
        f"Publicado en notebooks/: {', '.join(curso.units)} "
        "Zip del alumnado: dist/capas-convolucionales.zip"
    )
    assert huellas(curso.notebooks) == antes
    assert (curso.root / "dist" / "capas-convolucionales.zip").exists()


def test_normalizing(curso_dice, curso):
    ruta = curso.solutions / UNIDAD / "leccion.ipynb"
    bueno = ruta.read_bytes()
    ruta.write_bytes(bueno.replace(b'"metadata": {},', b'"metadata": {"collapsed": true},', 1))
    assert curso_dice(curso, "normalizar") == (0, "Cuadernos normalizados: 1", "")
    assert ruta.read_bytes() == bueno
    assert curso_dice(curso, "normalizar") == (0, "Cuadernos normalizados: 0", "")


@pytest.mark.parametrize("argumentos", [[], ["--unidad", UNIDAD]])
def test_the_matrix(curso_dice, curso, monkeypatch, argumentos):
    filas = {"referencia": {"test_f__uno": None}, "promedio": {"test_f__uno": "x"}}
    monkeypatch.setattr(tables, "kill_matrix", lambda unidad: {"f": filas})
    codigo, salida, errores = curso_dice(curso, "matriz", *argumentos)
    assert (codigo, errores) == (0, "")
    assert "02_deslizar · f" in salida
    assert "│ referencia │ · │" in salida and "│ promedio │ ✘ │" in salida


def test_the_report_and_the_grades_for_others(curso_dice, clase, tmp_path):
    orden = ("informe", "--anonimo", "--salida", str(tmp_path / "clase.html"))
    codigo, salida, errores = curso_dice(clase.curso, *orden)
    assert (codigo, errores) == (0, "")
    assert salida == f"Escrito: {tmp_path}/clase.html Escrito: {tmp_path}/clase.csv"
    for formato in ("nbgrader", "moodle", "canvas"):
        destino = tmp_path / f"{formato}.csv"
        orden = ("exportar", "--formato", formato, "--salida", str(destino))
        assert curso_dice(clase.curso, *orden) == (0, f"Escrito: {destino}", "")
        assert destino.read_text(encoding="utf-8").count("\n") == 31 + (formato == "canvas")


def test_without_submissions_there_is_no_report(curso_dice, curso):
    codigo, salida, errores = curso_dice(curso, "informe")
    assert (codigo, salida) == (2, "") and "No hay ninguna entrega calificada" in errores


def test_removing_the_sample_class(curso_dice, aula, entregar, notas):
    entregar(aula, "ana", "{}")
    assert curso_dice(aula, "borrar-muestra") == (0, "Estudiantes de muestra borrados: 30", "")
    assert [p.name for p in aula.submitted.iterdir()] == ["ana"]
    assert notas(aula) == {} and not list((aula.entregas / "feedback").iterdir())
    assert curso_dice(aula, "borrar-muestra")[1] == "Estudiantes de muestra borrados: 0"
    assert Course.here(aula.root).units == [UNIDAD]
