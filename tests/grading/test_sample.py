"""La clase de muestra: entregas como las de verdad, que se ponen y se quitan sin dejar rastro."""

import csv
import json
from datetime import datetime

import nbformat
import numpy as np
import pytest

from course_lib.grading import cells, matrix, sample
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


def test_the_class_has_of_everything(catalogo):
    maneras = {manera for *_, manera in sample.CLASE}
    assert {"referencia", "vacia", "error", "bucle", "ruidosa", "a-medias", "ya-hecha"} <= maneras
    conv = catalogo["conv2d_valid"]
    errores = {e.id for e in conv.misconceptions}
    assert len(maneras & errores) >= 10
    assert len(maneras & {c.id for c in conv.correct}) >= 5
    pares = [m.split("+") for m in maneras if "+" in m]
    assert len(pares) >= 3 and all(set(par) <= errores for par in pares)
    assert all(ident.startswith("muestra-") for ident in IDENTS)
    assert sorted(set(IDENTS)) == IDENTS and len(IDENTS) == 30
    assert len({(nombre, apellidos) for _, nombre, apellidos, _ in sample.CLASE}) == 30
    assert set(sample.TARDE) < set(IDENTS)


@pytest.mark.parametrize(
    "manera", ["kernel-girado-180+tamano-sin-mas-uno", "normaliza+marco-de-ceros"]
)
def test_two_mistakes_at_once_are_both_there(catalogo, manera):
    """Lo que sale es lo del segundo error, con los pesos cambiados por el primero."""
    uno, otro = manera.split("+")
    conv = catalogo["conv2d_valid"]
    imagen, kernel = np.arange(35.0).reshape(5, 7) ** 2, np.arange(1.0, 7.0).reshape(2, 3)
    pesos = {"kernel-girado-180": kernel[::-1, ::-1], "normaliza": kernel / kernel.sum()}[uno]
    juntos = run(sample.answer(conv, manera))["conv2d_valid"](imagen, kernel)
    np.testing.assert_allclose(juntos, conv.find(otro).function(imagen, pesos))
    for solo in (uno, otro):
        suelto = conv.find(solo).function(imagen, kernel)
        assert juntos.shape != suelto.shape or not np.allclose(juntos, suelto)


def test_scores_are_those_of_the_kill_matrix(clase, catalogo, notas):
    """Lo que da el motor, aislado, es lo que da ejecutar las mismas respuestas aquí."""
    unidad = clase.curso.solutions / UNIDAD
    cuaderno = nbformat.read(unidad / "ejercicios.ipynb", as_version=4)
    puntos = {
        cells.grade_id(c): c.metadata.nbgrader.points for c in filter(cells.is_test, cuaderno.cells)
    }
    aqui = {}
    for ident, *_, manera in sample.CLASE:
        if manera not in ("bucle", "ya-hecha", "ruidosa"):
            respuestas = {n: answer_of(catalogo, n, manera) for n in catalogo}
            veredictos = matrix.run_tests(unidad, respuestas)
            aqui[ident] = sum(puntos[p] for p, fallo in veredictos.items() if fallo is None)
    assert len(aqui) == 27
    assert aqui == {ident: n for ident, (n, _) in notas(clase.curso).items() if ident in aqui}


def test_the_report_of_the_class_names_what_each_one_did(clase, catalogo):
    """Del cuaderno entregado al informe: el motor, el diagnóstico y el libro de notas."""
    with (clase.curso.entregas / "informes" / "informe.csv").open(encoding="utf-8") as archivo:
        filas = [f for f in csv.DictReader(archivo) if f["ejercicio"] == "conv2d_valid"]
    dichos = {ident: set() for ident in IDENTS}
    for fila in filas:
        dichos[fila["estudiante"]] |= set(filter(None, fila["errores"].split("+")))
    errores = {e.id for e in catalogo["conv2d_valid"].misconceptions}
    cometidos = {ident: set(manera.split("+")) & errores for ident, *_, manera in sample.CLASE}
    assert dichos == cometidos and sum(map(bool, cometidos.values())) >= 17
    tropiezos = {f["estudiante"]: f["tropiezo"] for f in filas if f["tropiezo"]}
    assert tropiezos["muestra-gema"] == "tiempo" and tropiezos["muestra-elena"] == "vacia"
    assert tropiezos["muestra-wei"] == "desconocido" and "muestra-alba" not in tropiezos


def answer_of(catalogo, nombre, manera):
    if manera in sample.SOLO_AL_FINAL and nombre != "conv2d_valid":
        manera = "referencia"
    sin_responder = f"def {nombre}(*datos):\n    raise NotImplementedError"
    return sample.answer(catalogo[nombre], manera) or sin_responder


def test_a_ready_made_answer_uses_the_library(catalogo):
    assert "return hecha.conv2d(imagen, kernel)" in sample.answer(
        catalogo["conv2d_valid"], "ya-hecha"
    )


def test_an_invented_mistake_is_in_no_catalog(catalogo):
    conv = catalogo["conv2d_valid"]
    imagen, kernel = np.arange(35.0).reshape(5, 7), np.ones((2, 3))
    bien = conv.reference.function(imagen, kernel)
    mal = run(sample.answer(conv, "inventada"))["conv2d_valid"](imagen, kernel)
    np.testing.assert_array_equal(mal, bien + 1)


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


@pytest.mark.parametrize("manera", ["error", "bucle", "inventada", "ya-hecha"])
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
    assert lista["muestra-alba"]["email"] == "alba@example.org"
    assert all(fila["lms_user_id"].isdigit() for fila in lista.values())
    assert not sample.is_empty(curso)


def test_who_is_late_says_so_and_the_deadline_goes_away_with_the_class(clase, aula):
    with clase.curso.gradebook() as libro:
        entregas = libro.assignment_submissions(UNIDAD)
        tarde = {e.student.id for e in entregas if e.total_seconds_late > 0}
    assert tarde == set(sample.TARDE)
    sample.remove(aula)
    with aula.gradebook() as libro:
        assert libro.find_assignment(UNIDAD).duedate is None


def test_a_deadline_of_the_instructor_stays(curso):
    suyo = datetime(2027, 1, 1)
    with curso.gradebook() as libro:
        libro.update_or_create_assignment(UNIDAD, duedate=suyo)
    sample.fill(curso)
    sample.remove(curso)
    with curso.gradebook() as libro:
        assert libro.find_assignment(UNIDAD).duedate == suyo


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
    assert len(survey(curso)[0]) == 30 and survey(curso)[1] == []


# --- quitarla ---


def sample_traces(curso):
    return [r for r in curso.entregas.glob("*/*") if r.name.startswith("muestra-")]


def test_remove_takes_the_whole_class_away(aula, notas):
    assert sample_traces(aula)
    assert sample.remove(aula) == 30
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
    lista.write_bytes(lista.read_bytes() + "ana,Ána,Ruiz,,\r\n".encode())
    with aula.gradebook() as libro:
        libro.update_or_create_student("ana", first_name="Ána")
    assert sample.remove(aula) == 30
    with aula.gradebook() as libro:
        assert [(a.id, a.first_name) for a in libro.students] == [("ana", "Ána")]
    assert ruta.exists() and pagina.exists()
    assert (
        lista.read_bytes()
        == "id,first_name,last_name,email,lms_user_id\r\nana,Ána,Ruiz,,\r\n".encode()
    )


@pytest.mark.parametrize("texto", [b"id,first_name\r\nana,Ana\r\n", b"id,first_name\r\n"])
def test_remove_does_not_touch_a_roster_without_sample(curso_publicado, texto):
    lista = curso_publicado.entregas / "alumnado.csv"
    lista.write_bytes(texto)
    assert sample.remove(curso_publicado) == 0
    assert lista.read_bytes() == texto


def test_remove_counts_what_was_not_graded_yet(curso_publicado):
    sample.fill(curso_publicado)
    assert sample.remove(curso_publicado) == 30
    assert sample.is_empty(curso_publicado)
