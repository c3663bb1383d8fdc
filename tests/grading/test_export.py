"""Las notas para otros programas: se leen con las reglas de cada uno."""

import csv
import shutil

import pytest
from clase_ficticia import CONV, PUNTOS, UNIDAD, Entrega, course, failing, fill, person
from nbgrader.plugins import CsvExportPlugin

from course_lib.grading.course import Course
from course_lib.grading.export import DE_NBGRADER, export, read_grades
from course_lib.grading.grade import export_csv
from course_lib.grading.spreadsheet import FORMULA, neutral

CLASE = {
    "ana": Entrega(persona={**person(1), "lms_user_id": "1001"}),
    "bea": failing("kernel-girado-180", persona={**person(2), "lms_user_id": "1002"}),
    "luis": Entrega(tarde=3, pena=2.5, persona={**person(3), "lms_user_id": "1003"}),
    "zoe": Entrega(tuple(PUNTOS), tarde=3, pena=2.0, persona={**person(4), "lms_user_id": "1004"}),
}
NOTAS = {"ana": "10", "bea": "2", "luis": "7.5", "zoe": "0"}


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return fill(course(tmp_path_factory.mktemp("exportar") / "curso"), CLASE)


@pytest.fixture
def curso(base, tmp_path):
    return Course.here(shutil.copytree(base.root, tmp_path / "curso"))


def rows(ruta):
    with ruta.open(encoding="utf-8", newline="") as archivo:
        return list(csv.reader(archivo))


def moodle_reads(ruta, que):
    """Como `gradeimport_csv_load_data`: un «-» no es nota y un id vacío se salta la fila."""
    cabecera, *filas = rows(ruta)
    quien, nota = cabecera.index("Username"), cabecera.index(que)
    return {f[quien]: f[nota] for f in filas if f[quien] and f[nota].strip() != "-"}


def canvas_reads(ruta):
    """Como `gradebook_importer.rb`: qué columnas son del estudiante y cuáles son tareas."""
    cabecera, *filas = rows(ruta)
    assert "Student" in cabecera[0] and "ID" in cabecera[1]
    assert cabecera[2:4] == ["SIS User ID", "SIS Login ID"] and "Section" in cabecera[4]
    assert {len(fila) for fila in filas} == {len(cabecera)}
    (puntos,) = [f for f in filas if "Points Possible" in f[0]]
    estudiantes = [f for f in filas if f is not puntos]
    tareas = dict(zip(cabecera[5:], puntos[5:], strict=True))
    return tareas, {f[1]: dict(zip(cabecera[5:], f[5:], strict=True)) for f in estudiantes}, filas


# --- nbgrader ---


def test_nbgrader_gets_what_nbgrader_writes(curso):
    ruta, avisos = export(curso, "nbgrader")
    suyo = curso.root / "suyo.csv"
    with curso.gradebook() as libro:
        exportador = CsvExportPlugin()
        exportador.to = str(suyo)
        exportador.export(libro)
    assert ruta.read_text(encoding="utf-8") == suyo.read_text(encoding="utf-8")
    assert avisos == [] and rows(ruta)[0] == list(DE_NBGRADER)
    assert export_csv(curso).read_bytes() == ruta.read_bytes()


def test_a_comma_in_a_name_does_not_move_the_columns(curso):
    with curso.gradebook() as libro:
        libro.find_student("ana").last_name = 'Ruiz, "Anita"'
        libro.db.commit()
    (ana,) = [f for f in read_dicts(export_csv(curso)) if f["student_id"] == "ana"]
    assert ana["last_name"] == 'Ruiz, "Anita"' and ana["first_name"] == "Nombre1"


def read_dicts(ruta):
    with ruta.open(encoding="utf-8", newline="") as archivo:
        return list(csv.DictReader(archivo))


def test_a_penalty_is_subtracted_and_never_leaves_less_than_zero(curso):
    filas = {f["student_id"]: f for f in read_dicts(export(curso, "nbgrader")[0])}
    assert (filas["luis"]["raw_score"], filas["luis"]["score"]) == ("10.0", "7.5")
    assert (filas["zoe"]["late_submission_penalty"], filas["zoe"]["score"]) == ("2.0", "0.0")


# --- Moodle ---


def test_moodle_finds_who_and_how_much(curso):
    ruta, avisos = export(curso, "moodle")
    assert avisos == []
    assert rows(ruta)[0] == [
        *("Username", "ID number", "Email address", "First name", "Last name"),
        *("02_deslizar (Real)", "02_deslizar (Feedback)"),
    ]
    assert moodle_reads(ruta, "02_deslizar (Real)") == NOTAS
    (ana,) = [f for f in rows(ruta) if f[0] == "ana"]
    assert ana[1:5] == ["1001", "persona1@example.org", "Nombre1", "Apellido1"]


def test_moodle_comments_say_why_without_a_word_of_the_student(curso):
    textos = {f[0]: f[6] for f in rows(export(curso, "moodle")[0])}
    assert textos["ana"] == "10 de 10 puntos."
    assert textos["bea"].startswith("2 de 10 puntos. conv2d_valid: Gira el kernel 180° (la conv")
    assert textos["bea"].endswith("Prueba con un kernel que no sea simétrico.")
    assert textos["bea"].count("Gira el kernel") == 1 and "Lo de siempre" not in textos["bea"]
    assert textos["luis"] == "7,5 de 10 puntos. Entregada 3 horas tarde."


def test_a_unit_not_submitted_has_no_grade(curso):
    shutil.copytree(curso.solutions / UNIDAD, curso.solutions / "03_otra")
    fill(curso, {"ana": Entrega(tuple(CONV))}, "03_otra")
    ruta, _ = export(curso, "moodle")
    assert moodle_reads(ruta, "03_otra (Real)") == {"ana": "2"}
    assert moodle_reads(ruta, "02_deslizar (Real)") == NOTAS
    notas = canvas_reads(export(curso, "canvas")[0])[1]
    assert notas["1001"] == {UNIDAD: "10", "03_otra": "2"}
    assert notas["1002"] == {UNIDAD: "2", "03_otra": ""}
    solo, _ = export(curso, "moodle", "03_otra")
    assert [f[0] for f in rows(solo)[1:]] == ["ana"]


# --- Canvas ---


def test_canvas_finds_who_how_much_and_out_of_what(curso):
    ruta, avisos = export(curso, "canvas")
    tareas, notas, filas = canvas_reads(ruta)
    assert avisos == [] and tareas == {UNIDAD: "10"}
    assert {quien: n[UNIDAD] for quien, n in notas.items()} == {
        str(1001 + i): n for i, n in enumerate(NOTAS.values())
    }
    assert filas[1][0] == "Apellido1, Nombre1" and filas[1][3] == "ana"


def test_columns_can_have_the_name_of_the_other_web(curso):
    nombre = f"{UNIDAD}=Deslizar, un peso (1234)"
    assert list(canvas_reads(export(curso, "canvas", None, [nombre])[0])[0]) == [
        "Deslizar, un peso (1234)"
    ]
    ruta, _ = export(curso, "moodle", None, [nombre])
    assert rows(ruta)[0][5:] == [f"Deslizar, un peso (1234) ({q})" for q in ("Real", "Feedback")]


@pytest.mark.parametrize("columna", ["Deslizar", f"{UNIDAD}=", "=", f"{UNIDAD}= "])
def test_a_column_badly_written(curso, columna):
    with pytest.raises(ValueError, match="no es una columna. Escribe la unidad, un igual"):
        export(curso, "canvas", None, [columna])
    with pytest.raises(ValueError, match="No existe la unidad «03»"):
        export(curso, "canvas", None, ["03=Otra"])


# --- lo que falta y lo que llega mal ---


@pytest.mark.parametrize(("formato", "que"), [("moodle", "email"), ("canvas", "lms_user_id")])
def test_who_cannot_be_recognised_is_told_and_how_to_add_it(curso, formato, que):
    with curso.gradebook() as libro:
        for alumno in ("ana", "zoe"):
            setattr(libro.find_student(alumno), que, None)
        libro.db.commit()
    ruta, (aviso,) = export(curso, formato)
    assert "2 (ana, zoe)" in aviso and que.replace("email", "correo") in aviso
    assert "entregas/alumnado.csv" in aviso and "nbgrader db student import" in aviso
    assert len(rows(ruta)) == 5 + (formato == "canvas")


def test_without_grades_there_is_nothing_to_export(tmp_path):
    curso = course(tmp_path / "nuevo")
    for formato in ("nbgrader", "moodle", "canvas"):
        with pytest.raises(ValueError, match="No hay ninguna nota que exportar.*make grade"):
            export(curso, formato)
    with pytest.raises(ValueError, match="No existe la unidad «x»"):
        read_grades(curso, "x")
    assert not list(curso.entregas.glob("informes/*"))


@pytest.mark.parametrize("formato", ["nbgrader", "moodle", "canvas"])
def test_no_cell_is_a_formula(curso, formato):
    mala = '=HYPERLINK("http://malo")'
    fill(curso, {"@mala": Entrega(persona={"first_name": mala, "last_name": "+1"})})
    texto = export(curso, formato)[0]
    celdas = [celda for fila in rows(texto) for celda in fila]
    assert any(mala in celda for celda in celdas)
    assert [c for c in celdas if c.lstrip(" ").startswith(FORMULA) and c != "-"] == []


@pytest.mark.parametrize("texto", ["=1", "+1", "-1", "@x", "\tx", "\r=1", "\n=1", "  =1", "＝1"])
def test_a_formula_is_neutralised(texto):
    assert neutral(texto) == f"'{texto}"


@pytest.mark.parametrize("valor", ["Ana", "", "-", -2.5, 0, None, "a=b", "ñ"])
def test_what_is_not_a_formula_stays(valor):
    assert neutral(valor) == valor
