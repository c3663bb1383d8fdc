"""Calificar de principio a fin, con nbgrader y kernels de verdad."""

import copy
import csv
import html
import json
import random
import re
import shutil
import subprocess
import time
from html.parser import HTMLParser
from types import SimpleNamespace

import nbformat
import pytest

from course_lib.grading import cells, tables
from course_lib.grading import grade as modulo
from course_lib.grading.engine import workshop
from course_lib.grading.engine.ledger import Ledger, write_whole
from course_lib.grading.grade import export_csv, pending
from course_lib.grading.jobs import fingerprint

UNIDAD = "02_deslizar"


def grade(curso, unidad=None, alumno=None, **opciones):
    """Califica lo que haya, como `curso calificar`."""
    entregas, problemas = pending(curso, unidad, alumno)
    resultado = modulo.grade(curso, entregas, **opciones)
    resultado.problems[:0] = problemas
    return resultado


CORTES = 8  # cada uno cuesta varios segundos
CLASE = {
    "muestra-alba": 10,
    "muestra-amaia": 2,
    "muestra-blas": 2,
    "muestra-bruno": 10,
    "muestra-carla": 3,
    "muestra-celia": 1,
    "muestra-dani": 2,
    "muestra-diego": 2,
    "muestra-elena": 0,
    "muestra-farid": 2,
    "muestra-gema": 2,
    "muestra-hugo": 10,
    "muestra-ines": 10,
    "muestra-jorge": 0,
    "muestra-karima": 3,
    "muestra-leo": 2,
    "muestra-marta": 10,
    "muestra-nerea": 7,
    "muestra-oscar": 5,
    "muestra-paula": 1,
    "muestra-quim": 5,
    "muestra-raquel": 8,
    "muestra-samuel": 3,
    "muestra-teresa": 2,
    "muestra-unai": 10,
    "muestra-vera": 0,
    "muestra-wei": 3,
    "muestra-ximena": 3,
    "muestra-yago": 3,
    "muestra-zoe": 10,
}
INGLES = re.compile(r"\b(the|you|your|response|traceback|score|comment|assertion|student)\b", re.I)


def page(curso, alumno):
    ruta = curso.entregas / "feedback" / alumno / UNIDAD / "ejercicios.html"
    return ruta.read_text(encoding="utf-8")


def read_aloud(pagina):
    """Lo que se lee en la página, sin etiquetas ni estilos."""
    cuerpo = pagina[pagina.index("<body>") :]
    return html.unescape(re.sub(r"<[^>]+>", "", cuerpo))


def sentences(pagina):
    """El veredicto de cada prueba, en orden."""
    return [html.unescape(f) for f in re.findall(r'<p class="frase \w+">(.*?)</p>', pagina)]


def hidden_lines(curso):
    """Líneas ocultas de las pruebas que no están también a la vista."""
    cuaderno = nbformat.read(curso.solutions / UNIDAD / "ejercicios.ipynb", as_version=4)
    ocultas, visibles = set(), set()
    for celda in cuaderno.cells:
        dentro = False
        for linea in map(str.strip, celda.source.splitlines()):
            dentro = (dentro or linea == "### BEGIN HIDDEN TESTS") and "END HIDDEN" not in linea
            (ocultas if dentro else visibles).add(linea)
    assert len(ocultas - visibles) > 20
    return ocultas - visibles


# --- la clase de muestra ---


def test_the_sample_class_is_graded_without_a_complaint(clase):
    assert clase.codigo == 0, clase.salida + clase.errores
    assert clase.errores == ""
    assert "Calificadas ahora: 30 · sin cambios: 0 · con problemas: 0" in clase.salida


def test_scores_are_in_the_gradebook(clase, notas):
    assert notas(clase.curso) == {alumno: (n, 10) for alumno, n in CLASE.items()}


@pytest.mark.parametrize("alumno", ["muestra-farid", "muestra-gema"])
def test_an_error_or_an_endless_loop_costs_only_its_exercise(clase, alumno):
    with clase.curso.gradebook() as notas:
        cuaderno = notas.find_submission_notebook("ejercicios", UNIDAD, alumno)
        puntos = tables.scores_by_exercise(cuaderno)
    assert puntos == {"suma_ponderada": (2, 2), "conv2d_valid": (0, 8)}


def test_nothing_waits_for_a_grade_by_hand(clase):
    with clase.curso.gradebook() as notas:
        entregas = notas.assignment_submissions(UNIDAD)
        assert [e.student.id for e in entregas if e.needs_manual_grade] == []


def test_prints_and_warnings_did_happen_and_cost_nothing(clase):
    ruta = clase.curso.entregas / "autograded" / "muestra-hugo" / UNIDAD / "ejercicios.ipynb"
    cuaderno = nbformat.read(ruta, as_version=4)
    respuestas = [c.source for c in cuaderno.cells if cells.is_answer(c)]
    assert all("warnings.warn(" in r and "file=sys.stderr" in r for r in respuestas)
    for celda in filter(cells.is_test, cuaderno.cells):
        # Lo que se imprime durante una prueba no se guarda: podría llevar sus datos.
        assert celda.outputs == []
    libres = [c for c in cuaderno.cells if c.cell_type == "code" and not cells.is_test(c)]
    escrito = "".join(s.get("text", "") for c in libres for s in c.outputs)
    assert "llamada con 2 datos" in escrito and "y esto va a stderr" in escrito


def test_scores_are_also_in_a_csv(clase):
    with (clase.curso.entregas / "informes" / "notas.csv").open(encoding="utf-8") as archivo:
        filas = {f["student_id"]: f for f in csv.DictReader(archivo)}
    assert {a: float(f["score"]) for a, f in filas.items()} == CLASE
    assert filas["muestra-alba"]["first_name"] == "Alba"
    assert {f["assignment"] for f in filas.values()} == {UNIDAD}


def test_grading_does_not_touch_what_was_submitted(clase, resuelto):
    for alumno, manera in (("muestra-alba", "referencia"), ("muestra-gema", "bucle")):
        ruta = clase.curso.submitted / alumno / UNIDAD / "ejercicios.ipynb"
        assert json.loads(ruta.read_text(encoding="utf-8")) == resuelto(clase.curso, manera)
        assert [p.name for p in ruta.parent.iterdir()] == ["ejercicios.ipynb"]


# --- su retroalimentación ---


@pytest.mark.parametrize("alumno", CLASE)
def test_a_page_has_the_score_and_one_sentence_a_test(clase, alumno):
    pagina = page(clase.curso, alumno)
    assert f"{CLASE[alumno]} de 10 puntos" in pagina and alumno in pagina
    tarjetas = re.findall(r'<section class="tarjeta prueba.*?</section>', pagina, re.S)
    assert len(tarjetas) == 8
    # Si el diagnóstico dice lo mismo que el veredicto, se dice una vez.
    assert all('class="frase ' in t or 'class="causa"' in t for t in tarjetas)
    puntos = re.findall(r"</td>\s*<td>([\d,]+) / ([\d,]+)</td>", pagina)
    assert sum(int(a) for a, _ in puntos) == CLASE[alumno]
    assert sum(int(b) for _, b in puntos) == 10
    superadas = pagina.count('class="tarjeta prueba superada"')
    assert superadas == pagina.count("✔ <span>Superada<")
    assert superadas == sentences(pagina).count("Prueba superada.")
    assert superadas == sum(int(a) > 0 for a, _ in puntos)


@pytest.mark.parametrize("alumno", CLASE)
def test_a_page_is_in_spanish(clase, alumno):
    pagina = page(clase.curso, alumno)
    assert '<html lang="es">' in pagina
    texto = "\n".join([*sentences(pagina), *re.findall(r"<h\d>.*?</h\d>", pagina, re.S)])
    assert INGLES.findall(re.sub(r"<[^>]+>", "", texto)) == []
    assert "No response" not in pagina


@pytest.mark.parametrize("alumno", CLASE)
def test_a_page_shows_nothing_hidden(clase, alumno):
    pagina = page(clase.curso, alumno)
    texto = read_aloud(pagina)
    lineas = {linea.strip() for linea in texto.splitlines()}
    assert "imagen = np.array([[1, 2, 3], [4, 6, 9]])" in lineas  # lo visible sí está
    ocultas = hidden_lines(clase.curso)
    assert ocultas & lineas == set()
    assert [linea for linea in ocultas if len(linea) > 15 and linea in texto] == []
    assert "HIDDEN" not in pagina and "default_rng" not in texto


class Tags(HTMLParser):
    """Las etiquetas de una página, tal como las entiende un navegador."""

    def __init__(self, pagina):
        super().__init__()
        self.vistas = []
        self.feed(pagina)

    def handle_starttag(self, nombre, atributos):
        self.vistas.append((nombre, dict(atributos)))


def assert_inert(pagina):
    """Ni guiones, ni manejadores, ni nada que el navegador vaya a buscar fuera."""
    etiquetas = Tags(pagina).vistas
    assert len(etiquetas) > 100
    prohibidas = {"script", "iframe", "object", "embed", "link", "form", "svg", "base", "video"}
    assert {nombre for nombre, _ in etiquetas} & prohibidas == set()
    for nombre, atributos in etiquetas:
        assert not [a for a in atributos if a.startswith("on")], nombre
        assert nombre != "a" or atributos["href"].startswith("#")
        assert nombre != "img" or atributos["src"].startswith("data:image/")
    politica = [a["content"] for n, a in etiquetas if n == "meta" and "http-equiv" in a]
    assert politica == ["default-src 'none'; img-src data:; style-src 'unsafe-inline'"]
    assert "@import" not in pagina and "url(" not in pagina


@pytest.mark.parametrize("alumno", CLASE)
def test_a_page_is_inert_and_needs_no_network(clase, alumno):
    pagina = page(clase.curso, alumno)
    assert_inert(pagina)
    assert "<script" not in pagina


def test_each_failure_says_its_reason(clase):
    frases = {alumno: set(sentences(page(clase.curso, alumno))) for alumno in CLASE}
    assert frases["muestra-alba"] == frases["muestra-hugo"] == {"Prueba superada."}
    assert frases["muestra-elena"] == {"Este ejercicio está sin responder."}
    assert frases["muestra-gema"] == {
        "Prueba superada.",
        "Tu código tardó demasiado y se detuvo: ¿hay un bucle que nunca termina?",
    }
    assert frases["muestra-farid"] == {
        "Prueba superada.",
        "Tu función se detuvo con NameError: name 'resultado_que_no_existe' is not defined",
    }
    medidas = "Tu resultado mide 2×2 y el que se espera mide 3×3."
    assert any(f.startswith(medidas) for f in frases["muestra-diego"])
    assert any(f.startswith("Coincide en 1 de 9 posiciones") for f in frases["muestra-carla"])


# --- la segunda vez ---


@pytest.fixture
def contar(monkeypatch):
    """Apunta a quién se ejecuta de verdad."""
    calificados, original = [], workshop.Worker.grade

    def calificar(self, job):
        calificados.append(job.student)
        return original(self, job)

    monkeypatch.setattr(workshop.Worker, "grade", calificar)
    return calificados


def test_the_second_run_grades_nothing(aula, contar, huellas):
    antes = {c: huellas(aula.entregas / c) for c in ("autograded", "feedback", "submitted")}
    avisos, inicio = [], time.monotonic()
    resultado = grade(aula, avisar=avisos.append)
    assert time.monotonic() - inicio < 30  # nadie ejecuta nada
    assert (resultado.graded, resultado.problems, contar) == ([], [], [])
    assert [e.student for e in resultado.unchanged] == [e.student for e in avisos] == list(CLASE)
    assert {c: huellas(aula.entregas / c) for c in antes} == antes


def test_only_what_changed_is_graded_again(aula, contar, notas, entregar, resuelto):
    entregar(aula, "muestra-elena", resuelto(aula))
    resultado = grade(aula)
    assert [e.student for e in resultado.graded] == contar == ["muestra-elena"]
    assert len(resultado.unchanged) == 29
    assert notas(aula) == {a: (n, 10) for a, n in {**CLASE, "muestra-elena": 10}.items()}
    assert "10 de 10 puntos" in page(aula, "muestra-elena")


def by_hand(curso, alumno):
    with curso.gradebook() as libro:
        donde = "ejercicios", UNIDAD, alumno
        libro.find_grade("test_conv2d_valid__tamano", *donde).manual_score = 0.5
        comentario = libro.find_comment("respuesta_conv2d_valid", *donde)
        comentario.manual_comment = "Muy **clara** <script>alert(1)</script>"
        libro.db.commit()


def assert_page_by_hand(curso, alumno):
    pagina = page(curso, alumno)
    assert "9,5 de 10 puntos" in pagina and "<td>0,5 / 1</td>" in pagina
    assert "Comentario de tu docente:" in pagina and "<strong>clara</strong>" in pagina
    assert "<script" not in pagina


def test_a_grade_by_hand_is_noticed_without_grading_again(aula, contar, notas):
    by_hand(aula, "muestra-alba")
    resultado = grade(aula)
    assert resultado.graded == [] and contar == []
    assert notas(aula)["muestra-alba"] == (9.5, 10)
    assert_page_by_hand(aula, "muestra-alba")


def test_a_grade_by_hand_survives_grading_again(aula, contar, notas):
    by_hand(aula, "muestra-alba")
    resultado = grade(aula, alumno="muestra-alba", forzar=True)
    assert [e.student for e in resultado.graded] == contar == ["muestra-alba"]
    assert notas(aula)["muestra-alba"] == (9.5, 10)
    assert_page_by_hand(aula, "muestra-alba")
    with aula.gradebook() as libro:  # y avisa de que hay que volver a mirarla
        assert libro.find_submission(UNIDAD, "muestra-alba").needs_manual_grade


def test_a_deleted_page_is_made_again(aula, contar):
    antes = page(aula, "muestra-alba")
    shutil.rmtree(aula.entregas / "feedback" / "muestra-alba")
    assert grade(aula).graded == contar == []
    assert page(aula, "muestra-alba") == antes


def seals(curso):
    with curso.gradebook() as libro:
        return Ledger(libro, curso.config()).seals()


def test_a_lost_gradebook_is_filled_again(aula, contar, notas):
    assert len(seals(aula)) == 30
    (aula.entregas / "gradebook.db").unlink()
    assert seals(aula) == {}
    resultado = grade(aula, alumno="muestra-alba")
    assert [e.student for e in resultado.graded] == contar == ["muestra-alba"]
    assert notas(aula) == {"muestra-alba": (10, 10)}


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    ruta = tmp_path / "a.txt"
    write_whole(ruta, "antes")

    def cortar(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("course_lib.grading.engine.ledger.os.replace", cortar)
    with pytest.raises(KeyboardInterrupt):
        write_whole(ruta, "después")
    assert ruta.read_text() == "antes"


def test_the_fingerprint_depends_on_content_and_order(tmp_path):
    rutas = [tmp_path / n for n in "abc"]
    for ruta, texto in zip(rutas, ("1", "2", "1"), strict=True):
        ruta.write_text(texto)
    a, b, c = rutas
    assert fingerprint(a) == fingerprint(c) != fingerprint(b)
    assert fingerprint(a, b) != fingerprint(b, a)


# --- unidades y estudiantes elegidos ---


def test_a_run_can_be_limited(aula):
    entregas, problemas = pending(aula, UNIDAD, "muestra-elena")
    assert [e.key for e in entregas] == ["muestra-elena/02_deslizar"] and problemas == []
    assert len(pending(aula)[0]) == 30
    with pytest.raises(ValueError, match="No existe la unidad «02»"):
        pending(aula, "02")
    with pytest.raises(ValueError, match=r"ninguna entrega de «elena».*nombre de su carpeta"):
        pending(aula, alumno="elena")


def test_problems_of_another_unit_do_not_matter(curso):
    shutil.copytree(curso.solutions / UNIDAD, curso.solutions / "03_otra")
    for unidad in (UNIDAD, "03_otra", "03_otar"):
        (curso.submitted / "ana" / unidad).mkdir(parents=True)
    (curso.submitted / "beto").mkdir()
    donde = [p.where for p in pending(curso, UNIDAD)[1]]
    assert donde == ["ana/02_deslizar", "ana/03_otar", "beto"]
    assert [p.where for p in pending(curso, alumno="beto")[1]] == ["beto"]


# --- interrumpir ---


def test_an_interrupted_run_goes_on_where_it_was(
    curso_publicado, entregar, resuelto, notas, contar
):
    curso = curso_publicado
    for alumno in ("dos", "tres", "uno"):
        entregar(curso, alumno, resuelto(curso))
    hechas = []

    def cortar(entrega):
        hechas.append(entrega.student)
        if len(hechas) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        grade(curso, avisar=cortar, workers=1)
    assert hechas == ["dos", "tres"]
    assert notas(curso) == {"dos": (10, 10), "tres": (10, 10)}
    resultado = grade(curso)
    assert [e.student for e in resultado.graded] == ["uno"]
    assert [e.student for e in resultado.unchanged] == ["dos", "tres"]
    assert notas(curso) == {a: (10, 10) for a in ("dos", "tres", "uno")}


def consistent(curso, alumnos):
    """Cada entrega está calificada del todo o no está, y nunca dos veces."""
    with curso.gradebook() as libro:
        entregas = libro.assignment_submissions(UNIDAD)
        quienes = [e.student.id for e in entregas]
        assert len(quienes) == len(set(quienes)) and set(quienes) <= set(alumnos)
        for entrega in entregas:
            puntos = [nota.auto_score for c in entrega.notebooks for nota in c.grades]
            assert len(puntos) == 8 and None not in puntos
            assert f"{entrega.student.id}/{UNIDAD}" in seals(curso)
    return set(quienes)


def test_killed_at_any_instant_nothing_is_lost_or_graded_twice(
    curso_publicado, entregar, resuelto, notas, ejecutar
):
    curso, alumnos = curso_publicado, [f"a{i:02}" for i in range(12)]
    for alumno in alumnos:
        entregar(curso, alumno, resuelto(curso))
    azar = random.Random(20261124)
    for _ in range(CORTES):
        proceso = ejecutar(curso.root, "calificar", start_new_session=True)
        time.sleep(azar.uniform(0.2, 6))
        proceso.kill()
        proceso.communicate()
        consistent(curso, alumnos)
    assert grade(curso).problems == []
    assert consistent(curso, alumnos) == set(alumnos)
    assert notas(curso) == dict.fromkeys(alumnos, (10, 10))
    assert not list(curso.entregas.rglob("*.tmp"))
    assert leftovers(curso) == []


def leftovers(curso):
    """Procesos que siguen trabajando para ese curso."""
    time.sleep(1)
    vivos = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout
    return [p for p in vivos.splitlines() if str(curso.root) in p and "engine" in p]


def test_two_graders_at_once_do_not_meet(aula):
    with aula.only_one(), pytest.raises(BlockingIOError, match="Ya hay otra calificación"):
        grade(aula)
    assert grade(aula).problems == []


# --- lo que llega mal no detiene a los demás ---


def nbgrader_of(celda):
    return celda["metadata"].get("nbgrader", {})


def cheat(cuaderno):
    """Vacía las pruebas, les sube los puntos y cambia el kernel."""
    for celda in cuaderno["cells"]:
        if nbgrader_of(celda).get("grade"):
            celda["source"] = "pass"
            celda["metadata"]["nbgrader"].update(points=1000, locked=False)
    return cuaderno


def without_tests(cuaderno):
    cuaderno["cells"] = [c for c in cuaderno["cells"] if not nbgrader_of(c).get("grade")]
    return cuaderno


def absurd(cuaderno):
    for celda in cuaderno["cells"]:
        celda["metadata"].update(collapsed=True, tags=["remove-cell"], trusted="quizá", x={"y": 1})
    cuaderno["metadata"] = {
        "kernelspec": {"name": "matlab", "display_name": "MATLAB", "language": "matlab"},
        "language_info": {"name": "matlab"},
        "nbgrader": {"points": 1e9},
        "widgets": [],
    }
    return cuaderno


def repeated(cuaderno):
    cuaderno["cells"] += copy.deepcopy(cuaderno["cells"])
    return cuaderno


ACTIVO = """
from IPython.display import HTML, SVG, Javascript, display
display(HTML("<script>alert(1)</script><b onclick='x()'>HTML-ACTIVO</b>"))
display(Javascript("alert('JS-ACTIVO')"))
display(SVG("<svg xmlns='http://www.w3.org/2000/svg' onload='x()'><text>SVG-ACTIVO</text></svg>"))
print("</pre><script>alert(3)</script>")
raise ValueError("<img src=x onerror=alert(4)>")
"""


def hostile(cuaderno):
    """Una respuesta correcta que además intenta dejar HTML activo en su página."""
    for celda in cuaderno["cells"]:
        if nbgrader_of(celda).get("grade_id") == "respuesta_conv2d_valid":
            celda["source"] += ACTIVO
    return cuaderno


def lethal(cuaderno):
    for celda in cuaderno["cells"]:
        if nbgrader_of(celda).get("solution"):
            celda["source"] = "import os\nos._exit(0)"
    return cuaderno


def ready_made(cuaderno):
    """Contesta con la convolución de la biblioteca, que no es lo que se pide."""
    for celda in cuaderno["cells"]:
        if nbgrader_of(celda).get("grade_id") == "respuesta_conv2d_valid":
            celda["source"] = (
                "from course_lib import ops\n"
                "def conv2d_valid(imagen, kernel):\n    return ops.conv2d(imagen, kernel)"
            )
    return cuaderno


@pytest.fixture(scope="module")
def tanda(publicado, tmp_path_factory, resuelto, entregar, huellas):
    """Una bandeja con de todo, calificada una vez."""
    from course_lib.grading.course import Course

    raiz = tmp_path_factory.mktemp("tanda") / "curso"
    curso = Course.here(shutil.copytree(publicado.curso.root, raiz, symlinks=True))

    def entrega(alumno, cambio=lambda c: c, manera="referencia", **donde):
        entregar(curso, alumno, cambio(resuelto(curso, manera)), **donde)

    entrega("absurda", absurd)
    entrega("activa", hostile)
    entrega("borra", without_tests)
    entrega("copiona", ready_made)
    entrega("desconocida")
    entrega("duplica", repeated)
    entrega("letal", lethal)
    entrega("otra-unidad", unidad="02_deslisar")
    entrega("sin-nbgrader", lambda c: {**c, "cells": [{**x, "metadata": {}} for x in c["cells"]]})
    entrega("tramposa", cheat, manera="tamano-sin-mas-uno")
    entrega("zoe")
    entregar(curso, "cortada", '{"cells": [')
    entregar(curso, "lista", "[1, 2]")
    entregar(curso, "mal-nombre", "{}", nombre="Ejercicios.ipynb")
    (curso.submitted / "suelto.txt").touch()
    (curso.submitted / "vacia").mkdir()
    (curso.submitted / "enlace").symlink_to(curso.submitted / "zoe")
    alumnado = sorted(p.name for p in curso.submitted.iterdir() if p.name != "desconocida")
    lista = "id,first_name\nconocida,Nadie\n" + "".join(f"{a},\n" for a in alumnado)
    (curso.entregas / "alumnado.csv").write_text(lista, encoding="utf-8")
    antes = huellas(curso.submitted)
    resultado = grade(curso)
    despues = huellas(curso.submitted)
    return SimpleNamespace(curso=curso, antes=antes, despues=despues, resultado=resultado)


def test_the_others_are_graded(tanda):
    assert sorted(e.student for e in tanda.resultado.graded) == [
        *("absurda", "activa", "borra", "copiona", "duplica", "letal", "tramposa", "zoe")
    ]


@pytest.mark.parametrize(
    ("alumno", "puntos"),
    [
        *(("absurda", 10), ("activa", 10), ("borra", 10)),
        *(("copiona", 2), ("duplica", 10), ("letal", 0), ("tramposa", 2), ("zoe", 10)),
    ],
)
def test_they_get_what_their_answers_deserve(tanda, notas, alumno, puntos):
    """Los puntos y las pruebas son los del docente, diga lo que diga el cuaderno entregado."""
    assert notas(tanda.curso)[alumno] == (puntos, 10)
    assert f"{puntos} de 10 puntos" in page(tanda.curso, alumno)
    with tanda.curso.gradebook() as libro:
        entrega = libro.find_submission(UNIDAD, alumno)
        assert not entrega.needs_manual_grade


@pytest.mark.parametrize(
    ("donde", "mensaje"),
    [
        ("cortada/02_deslizar", "no es un cuaderno de Jupyter que se pueda leer: no es JSON"),
        ("desconocida", "no está en entregas/alumnado.csv (¿querías decir «conocida»?)"),
        ("enlace", "No es la carpeta de un estudiante."),
        ("lista/02_deslizar", "es JSON, pero no un cuaderno"),
        ("mal-nombre/02_deslizar", "Falta ejercicios.ipynb (hay: Ejercicios.ipynb)."),
        ("otra-unidad/02_deslisar", "(¿querías decir «02_deslizar»?)"),
        ("sin-nbgrader/02_deslizar", "no conserva ninguna celda con puntos"),
        ("suelto.txt", "No es la carpeta de un estudiante."),
        ("vacia", "La carpeta está vacía."),
    ],
)
def test_each_problem_says_what_happens_and_what_to_do(tanda, donde, mensaje):
    problemas = {p.where: p.message for p in tanda.resultado.problems}
    assert mensaje in problemas[donde]
    assert len(problemas) == 9
    assert not re.search(r"Traceback|\bthe\b", problemas[donde])


def test_what_was_submitted_is_left_alone(tanda):
    assert tanda.antes == tanda.despues and len(tanda.antes) >= 14


def test_nothing_active_of_a_student_reaches_a_page(tanda):
    pagina = page(tanda.curso, "activa")
    assert_inert(pagina)
    texto = read_aloud(pagina)
    assert "</pre><script>alert(3)</script>" in texto  # como texto, para que lo vea
    assert "ValueError: <img src=x onerror=alert(4)>" in texto
    # De lo demás queda su código, pero no lo que mostró.
    for activo in ("HTML-ACTIVO", "JS-ACTIVO", "SVG-ACTIVO"):
        assert texto.count(activo) == 1


def test_a_ready_made_answer_is_told_so_and_costs_only_its_exercise(tanda):
    assert set(sentences(page(tanda.curso, "copiona"))) == {
        "Prueba superada.",
        "Tu respuesta usa course_lib.ops.conv2d. "
        "Este ejercicio pide escribirla con NumPy y Python; así no puntúa.",
    }


def test_a_restored_test_keeps_its_title(tanda):
    pagina = page(tanda.curso, "borra")
    assert "El tamaño del mapa, con imágenes y kernels que no son cuadrados." in pagina


def test_a_second_run_has_nothing_to_do(tanda, contar):
    resultado = grade(tanda.curso)
    assert contar == [] and resultado.graded == []
    hechas = {e.student for e in tanda.resultado.graded}
    assert {e.student for e in resultado.unchanged} == hechas


# --- detalles ---


def test_a_changed_exercise_is_published_and_graded_again(aula, contar, notas):
    """Corregir una prueba en solutions/ recalifica a quien haga falta."""
    ruta = aula.solutions / UNIDAD / "ejercicios.ipynb"
    fuente = ruta.read_text(encoding="utf-8")
    cambiada = fuente.replace('"points": 2', '"points": 3')
    assert cambiada != fuente
    ruta.write_text(cambiada, encoding="utf-8")
    resultado = grade(aula, alumno="muestra-alba")
    assert [e.student for e in resultado.graded] == contar == ["muestra-alba"]
    assert notas(aula)["muestra-alba"] == (12, 12)
    assert '"points": 3' in (aula.notebooks / UNIDAD / "ejercicios.ipynb").read_text()


def test_the_roster_gives_names_before_anyone_submits(curso_publicado):
    curso = curso_publicado
    (curso.entregas / "alumnado.csv").write_text(
        "id,first_name,last_name,email,grupo\nana,Ana,Ruiz,a@b.es,2\nluz,,,,\n", encoding="utf-8"
    )
    assert grade(curso).graded == []
    with curso.gradebook() as libro:
        alumnos = {a.id: (a.first_name, a.last_name, a.email) for a in libro.students}
    assert alumnos == {"ana": ("Ana", "Ruiz", "a@b.es"), "luz": (None, None, None)}


def test_the_csv_has_only_those_who_submitted(aula):
    """A quien aún no ha entregado, nbgrader le pondría un cero."""
    with aula.gradebook() as libro:
        libro.update_or_create_student("luz")
    with export_csv(aula).open(encoding="utf-8") as archivo:
        assert {fila["student_id"] for fila in csv.DictReader(archivo)} == set(CLASE)


def test_without_scores_there_is_no_csv(curso_publicado):
    ruta = curso_publicado.entregas / "informes" / "notas.csv"
    ruta.parent.mkdir()
    ruta.write_text("notas de antes")
    with curso_publicado.gradebook() as libro:
        libro.update_or_create_student("luz")
    assert export_csv(curso_publicado) == ruta and not ruta.exists()
