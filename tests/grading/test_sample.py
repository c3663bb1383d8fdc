"""La clase de muestra: entregas como las de verdad, que se ponen y se quitan sin dejar rastro."""

import csv
import json

import nbformat
import pytest

from course_lib.grading import cells, sample
from course_lib.grading.catalog import load_catalog
from course_lib.grading.inbox import survey

UNIDAD = "02_deslizar"
IDENTS = [ident for ident, *_ in sample.CLASE]


@pytest.fixture
def catalogo(publicado):
    return load_catalog(publicado.curso.solutions / UNIDAD)


def answers(cuaderno):
    return [c["source"] for c in nbformat.from_dict(cuaderno).cells if cells.is_answer(c)]


def run(codigo):
    espacio = {"__name__": "entrega"}
    exec("import numpy as np\n" + codigo, espacio)
    return espacio


# --- cómo responde cada cual ---


def test_the_class_has_one_of_each():
    maneras = [manera for *_, manera in sample.CLASE]
    assert maneras == [
        *("referencia", "vectorizada", "kernel-girado-180", "tamano-sin-mas-uno"),
        *("vacia", "error", "bucle", "ruidosa"),
    ]
    assert all(ident.startswith("muestra-") for ident in IDENTS)
    assert len({nombre for _, nombre, *_ in sample.CLASE}) == 8


def test_ways_taken_from_the_catalog(catalogo):
    conv = catalogo["conv2d_valid"]
    for manera in ("referencia", "vectorizada", "kernel-girado-180"):
        assert sample.answer(conv, manera) == conv.find(manera).source("conv2d_valid")


def test_who_does_not_make_that_mistake_answers_well(catalogo):
    suma = catalogo["suma_ponderada"]
    assert sample.answer(suma, "tamano-sin-mas-uno") == suma.reference.source("suma_ponderada")


def test_a_blank_is_left_as_published(publicado, resuelto):
    ruta = publicado.curso.notebooks / UNIDAD / "ejercicios.ipynb"
    assert resuelto(publicado.curso, "vacia") == json.loads(ruta.read_text(encoding="utf-8"))


def test_an_error_has_the_right_signature(catalogo):
    funcion = run(sample.answer(catalogo["conv2d_valid"], "error"))["conv2d_valid"]
    with pytest.raises(NameError, match="resultado_que_no_existe"):
        funcion(imagen=1, kernel=2)


def test_an_endless_loop_is_one(catalogo):
    assert "while True:\n        pass" in sample.answer(catalogo["conv2d_valid"], "bucle")


def test_a_noisy_answer_is_right_and_makes_noise(catalogo, capsys):
    espacio = run(sample.answer(catalogo["suma_ponderada"], "ruidosa"))
    with pytest.warns(UserWarning, match="solo un aviso"):
        resultado = run_on_slide(espacio["suma_ponderada"])
    assert resultado == 4
    salida = capsys.readouterr()
    assert "llamada con 2 datos" in salida.out and "stderr" in salida.err


def run_on_slide(funcion):
    from course_lib import images

    return funcion(images.diapositiva()[:3, :3], images.kernel("diapositiva"))


@pytest.mark.parametrize("manera", ["error", "bucle"])
def test_trouble_is_only_in_the_last_exercise(publicado, resuelto, manera):
    primera, ultima = answers(resuelto(publicado.curso, manera))
    assert primera == answers(resuelto(publicado.curso, "referencia"))[0]
    assert ultima != answers(resuelto(publicado.curso, "referencia"))[1]


def test_solving_changes_only_the_answers(publicado, resuelto):
    ruta = publicado.curso.notebooks / UNIDAD / "ejercicios.ipynb"
    antes = json.loads(ruta.read_text(encoding="utf-8"))
    despues = resuelto(publicado.curso, "referencia")
    distintas = [a["id"] for a, d in zip(antes["cells"], despues["cells"], strict=True) if a != d]
    assert distintas == ["respuesta_suma_ponderada", "respuesta_conv2d_valid"]


# --- ponerla ---


@pytest.mark.parametrize("rastro", [None, "carpeta", ".DS_Store"])
def test_an_inbox_without_submissions_is_empty(curso, rastro):
    if rastro:
        curso.submitted.mkdir(parents=True)
    if rastro == ".DS_Store":
        (curso.submitted / rastro).touch()
    assert sample.is_empty(curso)


def test_fill_writes_submissions_that_can_be_graded(curso):
    assert sample.fill(curso) == IDENTS
    entregas, problemas = survey(curso)
    assert [e.key for e in entregas] == [f"{i}/{UNIDAD}" for i in IDENTS] and problemas == []
    with (curso.entregas / "alumnado.csv").open(encoding="utf-8", newline="") as archivo:
        lista = {f["id"]: f for f in csv.DictReader(archivo)}
    assert list(lista) == IDENTS and lista["muestra-alba"]["first_name"] == "Alba"
    assert not sample.is_empty(curso)


def test_fill_answers_one_unit_of_the_whole_course(curso_publicado):
    assert len(list(curso_publicado.notebooks.iterdir())) > 1
    sample.fill(curso_publicado)
    assert {r.parent.name for r in curso_publicado.submitted.glob("*/*/*")} == {UNIDAD}


def test_fill_does_not_mix_with_real_submissions(curso, entregar, huellas):
    entregar(curso, "ana", "{}")
    antes = huellas(curso.entregas)
    with pytest.raises(FileExistsError, match="ya hay entregas.*no se mezcla"):
        sample.fill(curso)
    assert huellas(curso.entregas) == antes


def test_fill_leaves_a_real_roster_alone_and_still_works(curso):
    curso.entregas.mkdir()
    lista = curso.entregas / "alumnado.csv"
    lista.write_bytes(b"id,first_name\r\nana,Ana\r\n")
    sample.fill(curso)
    assert lista.read_bytes() == b"id,first_name\r\nana,Ana\r\n"
    assert len(survey(curso)[0]) == 8 and survey(curso)[1] == []


# --- quitarla ---


def sample_traces(curso):
    return [r for r in curso.entregas.glob("*/*") if r.name.startswith("muestra-")]


def test_remove_takes_the_whole_class_away(aula, notas):
    assert sample_traces(aula)
    assert sample.remove(aula) == 8
    assert sample_traces(aula) == [] and notas(aula) == {}
    assert not (aula.entregas / "alumnado.csv").exists()
    assert sample.is_empty(aula)
    assert sample.remove(aula) == 0


def test_remove_leaves_real_students_alone(aula, entregar, huellas):
    ruta = entregar(aula, "ana", "{}")
    pagina = aula.entregas / "feedback" / "ana" / "x.html"
    pagina.parent.mkdir()
    pagina.touch()
    lista = aula.entregas / "alumnado.csv"
    lista.write_bytes(lista.read_bytes() + "ana,Ána,Ruiz,\r\n".encode())
    with aula.gradebook() as libro:
        libro.update_or_create_student("ana", first_name="Ána")
    assert sample.remove(aula) == 8
    with aula.gradebook() as libro:
        assert [(a.id, a.first_name) for a in libro.students] == [("ana", "Ána")]
    assert ruta.exists() and pagina.exists()
    assert lista.read_bytes() == "id,first_name,last_name,email\r\nana,Ána,Ruiz,\r\n".encode()


@pytest.mark.parametrize("texto", [b"id,first_name\r\nana,Ana\r\n", b"id,first_name\r\n"])
def test_remove_does_not_touch_a_roster_without_sample(curso_publicado, texto):
    lista = curso_publicado.entregas / "alumnado.csv"
    lista.write_bytes(texto)
    assert sample.remove(curso_publicado) == 0
    assert lista.read_bytes() == texto


def test_remove_counts_what_was_not_graded_yet(curso_publicado):
    sample.fill(curso_publicado)
    assert sample.remove(curso_publicado) == 8
    assert sample.is_empty(curso_publicado)
