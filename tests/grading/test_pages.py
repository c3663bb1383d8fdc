"""Las páginas de una clase: se rehacen cuando toca, y la que falla no deja sin la suya a nadie."""

import pytest

from course_lib.grading.grade import grade, pending
from course_lib.grading.pages import RESUMENES, Marks

UNIDAD = "02_deslizar"


def sheet(curso, alumno, nombre="ejercicios.html"):
    return curso.entregas / "feedback" / alumno / UNIDAD / nombre


def again(curso):
    """Otra tanda sin entregas nuevas: solo se rehacen páginas."""
    return grade(curso, pending(curso)[0])


def test_each_page_has_its_two_summaries(clase):
    for carpeta in clase.curso.submitted.iterdir():
        for nombre in RESUMENES:
            texto = sheet(clase.curso, carpeta.name, nombre).read_text(encoding="utf-8")
            assert "de 10 puntos." in texto and "HIDDEN" not in texto


def test_the_real_diagnosis_reaches_page_and_summaries(clase):
    pagina = sheet(clase.curso, "muestra-carla").read_text(encoding="utf-8")
    assert "Qué ha pasado" in pagina and "180°" in pagina and "<figure>" in pagina
    assert "Por lo mismo que en" in pagina
    for nombre in RESUMENES:
        texto = sheet(clase.curso, "muestra-carla", nombre).read_text(encoding="utf-8")
        assert texto.count("hasta 5 puntos más") == 1 and "Pista:" in texto


def test_a_right_answer_is_congratulated_and_nothing_else(clase):
    pagina = sheet(clase.curso, "muestra-alba").read_text(encoding="utf-8")
    assert "¡Enhorabuena!" in pagina
    assert "Qué ha pasado" not in pagina and "Qué hacer ahora" not in pagina


def test_a_page_that_fails_leaves_the_others_made(aula):
    for carpeta in aula.submitted.iterdir():
        sheet(aula, carpeta.name).unlink()
    cuaderno = aula.entregas / "autograded" / "muestra-bruno" / UNIDAD / "ejercicios.ipynb"
    cuaderno.write_text("esto no es un cuaderno")
    (problema,) = again(aula).problems
    assert problema.where == f"muestra-bruno/{UNIDAD}"
    assert "Su nota está guardada, pero su página no se pudo hacer" in problema.message
    assert (
        "curso calificar --forzar --unidad 02_deslizar --alumno muestra-bruno" in problema.message
    )
    hechas = {c.name for c in aula.submitted.iterdir() if sheet(aula, c.name).exists()}
    assert hechas == {c.name for c in aula.submitted.iterdir()} - {"muestra-bruno"}
    # Sin arreglarlo, se vuelve a decir; arreglado, se hace.
    assert len(again(aula).problems) == 1
    assert not grade(aula, pending(aula, UNIDAD, "muestra-bruno")[0], forzar=True).problems
    assert sheet(aula, "muestra-bruno").exists()


@pytest.mark.parametrize("nombre", [*RESUMENES, "ejercicios.html"])
def test_what_is_missing_is_made_again(aula, nombre):
    antes = sheet(aula, "muestra-carla", nombre).read_text(encoding="utf-8")
    sheet(aula, "muestra-carla", nombre).unlink()
    assert not again(aula).problems
    assert sheet(aula, "muestra-carla", nombre).read_text(encoding="utf-8") == antes


def test_a_mark_and_a_comment_by_hand_reach_page_and_summaries(aula):
    with aula.gradebook() as notas:
        nota = notas.find_grade(
            "test_conv2d_valid__orientacion", "ejercicios", UNIDAD, "muestra-carla"
        )
        nota.manual_score = 2
        comentario = notas.find_comment(
            "respuesta_conv2d_valid", "ejercicios", UNIDAD, "muestra-carla"
        )
        comentario.manual_comment = "Te vale: *lo explicaste* muy bien."
        notas.db.commit()
    assert not again(aula).problems
    for nombre in (*RESUMENES, "ejercicios.html"):
        texto = sheet(aula, "muestra-carla", nombre).read_text(encoding="utf-8")
        assert "5 de 10 puntos" in texto and "muy bien." in texto
    assert "Tu docente te ha dado los puntos." in sheet(aula, "muestra-carla").read_text("utf-8")


def test_nbgrader_writes_the_same_page_and_summaries(aula):
    nombres = (*RESUMENES, "ejercicios.html")
    nuestras = [sheet(aula, "muestra-carla", n).read_bytes() for n in nombres]
    for nombre in nombres:
        sheet(aula, "muestra-carla", nombre).unlink()
    hecho = aula.nbgrader().generate_feedback(UNIDAD, "muestra-carla", force=True)
    assert hecho["success"], hecho
    assert [sheet(aula, "muestra-carla", n).read_bytes() for n in nombres] == nuestras


def test_a_fingerprint_changes_with_what_the_page_says():
    una = Marks({"a": (1.0, 2.0)}, {"b": "x"}).fingerprint
    otras = Marks({"a": (2.0, 2.0)}, {"b": "x"}), Marks({"a": (1.0, 2.0)}, {"b": "y"})
    assert una not in {m.fingerprint for m in otras}
    assert una != Marks({"a": (1.0, 2.0)}, {"b": "x"}, penalty=1.0).fingerprint
