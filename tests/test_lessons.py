"""Los cuadernos como los lee quien estudia: sus partes, sus preguntas, sus pistas y sus enlaces."""

import ast
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

from course_lib import checks, widgets

RAIZ = Path(__file__).resolve().parent.parent
LECCIONES = sorted(RAIZ.glob("solutions/*/leccion.ipynb"))
EJERCICIOS = sorted(RAIZ.glob("solutions/*/ejercicios.ipynb"))
CUADERNOS = [*LECCIONES, *EJERCICIOS]
PARTES = ["Objetivos", "Lo que necesitas saber", "La idea en una imagen", "Resumen", "Glosario"]
DEMOSTRACIONES = set(widgets.__all__) - {"Prediccion"}
# Una pantalla: lo que se puede leer sin perder de vista el principio.
LINEAS_DE_CODIGO, LINEAS_DE_TEXTO = 25, 35
INGLES = re.compile(r"YOUR (CODE|ANSWER) HERE|NotImplementedError\(\)|\bFIXME\b")
ESPANOL = re.compile(r"\b(el|la|los|las|un|una|de|del|en|que|se|con|por|su|y|es)\b", re.I)

cada_cuaderno = pytest.mark.parametrize(
    "ruta", CUADERNOS, ids=lambda r: f"{r.parent.name}/{r.stem}"
)
cada_leccion = pytest.mark.parametrize("ruta", LECCIONES, ids=lambda r: r.parent.name)


def cells(ruta, clase=None):
    celdas = nbformat.read(ruta, as_version=4).cells
    return [c for c in celdas if clase in (None, c.cell_type)]


def published(ruta):
    publicado = RAIZ / "notebooks" / ruta.relative_to(RAIZ / "solutions")
    falta = f"Falta {publicado.relative_to(RAIZ)}: ejecuta make release (CONTRIBUTING.md, paso 3)."
    assert publicado.exists(), falta
    return publicado


def text(ruta):
    return "\n\n".join(c.source for c in cells(ruta, "markdown"))


def tags(celda):
    return celda.metadata.get("tags", [])


def calls(codigo, nombres):
    """Las llamadas a esas funciones, en orden."""
    llamadas = [n for n in ast.walk(ast.parse(codigo)) if isinstance(n, ast.Call)]
    return [n for n in llamadas if getattr(n.func, "id", None) in nombres]


def test_every_unit_has_lesson_and_exercises():
    assert LECCIONES and [r.parent for r in LECCIONES] == [r.parent for r in EJERCICIOS]


# --- cualquier cuaderno ---


@cada_cuaderno
def test_no_output_is_stored(ruta):
    for celda in [*cells(ruta, "code"), *cells(published(ruta), "code")]:
        assert celda.outputs == [] and celda.execution_count is None


@cada_cuaderno
def test_cells_fit_on_a_screen(ruta):
    for celda in cells(ruta):
        limite = LINEAS_DE_CODIGO if celda.cell_type == "code" else LINEAS_DE_TEXTO
        lineas = [li for li in celda.source.splitlines() if li.strip()]
        assert len(lineas) <= limite, celda.source[:60]


@cada_cuaderno
def test_links_and_pictures_exist_on_both_sides(ruta):
    enlaces = re.findall(
        r"\]\(([^)\s]+)|<a [^>]*href=\"([^\"]+)|<img [^>]*src=\"([^\"]+)", text(ruta)
    )
    destinos = {next(filter(None, e)).partition("#")[0] for e in enlaces}
    propios = {d for d in destinos if d and not d.startswith(("http://", "https://", "mailto:"))}
    assert propios, "la lección y sus ejercicios se enlazan entre sí"
    for destino in propios:
        assert (ruta.parent / destino).exists(), destino
        assert (published(ruta).parent / destino).exists(), f"no se publica: {destino}"


@cada_cuaderno
def test_pictures_are_local_and_have_alt_text(ruta):
    texto = text(ruta)
    assert "![](" not in texto
    for atributos in re.findall(r"<img ([^>]*)>", texto):
        assert re.search(r'alt="[^"]{10,}"', atributos), atributos
    for alt, origen in re.findall(r"!\[([^\]]*)\]\(([^)\s]+)", texto):
        assert len(alt) >= 10 and "://" not in origen, origen


@cada_cuaderno
def test_nothing_is_left_in_english(ruta):
    for celda in [*cells(ruta), *cells(published(ruta))]:
        assert not INGLES.search(celda.source)
        if celda.cell_type == "markdown" and len(celda.source) > 200:
            assert len(ESPANOL.findall(celda.source)) > len(celda.source) / 60


@cada_cuaderno
def test_titles_go_down_one_level_at_a_time(ruta):
    niveles = [
        len(n)
        for n in re.findall(r"^(#+) ", re.sub(r"```.*?```", "", text(ruta), flags=re.S), re.M)
    ]
    assert niveles[0] == 1 and niveles.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(niveles, niveles[1:], strict=False))


@cada_cuaderno
def test_the_published_copy_keeps_what_students_see(ruta):
    vistas = [c.id for c in cells(ruta) if "remove-cell" not in tags(c)]
    assert [c.id for c in cells(published(ruta))] == vistas


# --- lecciones ---


@cada_leccion
def test_lesson_has_its_parts_in_order(ruta):
    titulos = re.findall(r"^## (.+)$", text(ruta), re.M)
    lugares = [next(i for i, t in enumerate(titulos) if t.startswith(parte)) for parte in PARTES]
    assert lugares == sorted(lugares)


@cada_leccion
def test_lesson_gives_no_points(ruta):
    assert not [c for c in cells(ruta) if "nbgrader" in c.metadata]


@cada_leccion
def test_glossary_gives_the_english_name(ruta):
    glosario = text(ruta).split("## Glosario")[1]
    filas = re.findall(r"^\| ([^|]+) \| \*([^|*]+)\* \| ([^|]+) \|$", glosario, re.M)
    assert len(filas) >= 5


def questions(ruta):
    """Cada Prediccion con su celda, tal como está escrita."""
    for celda in cells(ruta, "code"):
        for llamada in calls(celda.source, {"Prediccion"}):
            pregunta, opciones = (ast.literal_eval(a) for a in llamada.args)
            (correcta,) = (ast.literal_eval(k.value) for k in llamada.keywords)
            yield celda, pregunta, opciones, correcta


@cada_leccion
def test_lesson_asks_before_showing(ruta):
    preguntas = list(questions(ruta))
    assert len(preguntas) >= 4
    for _, pregunta, opciones, correcta in preguntas:
        widgets.Prediccion(pregunta, opciones, correcta)
        assert pregunta.endswith("?") and len(opciones) >= 3
        # Una explicación propia para cada opción, no «incorrecto» cuatro veces.
        assert len(set(opciones.values())) == len(opciones)
        assert min(map(len, opciones.values())) >= 30


@cada_leccion
def test_right_answers_are_not_always_in_the_same_place(ruta):
    lugares = [list(opciones).index(buena) for _, _, opciones, buena in questions(ruta)]
    assert len(set(lugares)) >= 2 and max(map(lugares.count, lugares)) <= len(lugares) * 2 / 3


@cada_leccion
def test_questions_are_published_folded(ruta):
    """Su código lleva escritas las respuestas."""
    plegadas = {
        c.id for c in cells(published(ruta)) if c.metadata.get("jupyter", {}).get("source_hidden")
    }
    assert plegadas == {celda.id for celda, *_ in questions(ruta)}


@cada_leccion
def test_every_demonstration_comes_after_a_question(ruta):
    preguntado = False
    for celda in cells(ruta, "code"):
        preguntado = preguntado or bool(calls(celda.source, {"Prediccion"}))
        if calls(celda.source, DEMOSTRACIONES):
            assert preguntado, celda.source
            preguntado = False


@cada_leccion
def test_every_demonstration_is_checked_in_a_hidden_cell(ruta):
    celdas = cells(ruta, "code")
    demos = 0
    for i, celda in enumerate(celdas):
        for nodo in ast.walk(ast.parse(celda.source)):
            if isinstance(nodo, ast.Assign) and calls(ast.unparse(nodo), DEMOSTRACIONES):
                (nombre,) = (objetivo.id for objetivo in nodo.targets)
                comprobaciones = [c.source for c in celdas[i + 1 :] if "remove-cell" in tags(c)]
                assert any(
                    re.search(rf"\b{nombre}\.\w+", codigo)
                    and re.search(r"^\s*assert ", codigo, re.M)
                    for codigo in comprobaciones
                ), nombre
                demos += 1
    assert demos >= 1
    # Sin nombre no se podría mover sus controles.
    assert demos == sum(len(calls(c.source, DEMOSTRACIONES)) for c in celdas)


@cada_leccion
def test_every_figure_is_told_with_words(ruta):
    """Quien no ve el dibujo se queda con lo que la celda escribe."""
    for celda in cells(ruta, "code"):
        if "plotting.show_" in celda.source:
            assert "print(" in celda.source, celda.source


@cada_leccion
def test_only_checks_are_removed(ruta):
    for celda in cells(ruta):
        if "remove-cell" in tags(celda):
            assert celda.cell_type == "code" and re.search(r"^\s*assert ", celda.source, re.M)


# --- ejercicios ---


def answers():
    for ruta in EJERCICIOS:
        celdas = cells(ruta)
        for i, celda in enumerate(celdas):
            # Las respuestas escritas, que corrige una persona, son de texto.
            if celda.cell_type == "code" and celda.metadata.get("nbgrader", {}).get("solution"):
                yield pytest.param(ruta, celdas, i, id=f"{ruta.parent.name}/{celda.id}")


RESPUESTAS = list(answers())
cada_respuesta = pytest.mark.parametrize(("ruta", "celdas", "i"), RESPUESTAS)


def definition(celda):
    (funcion,) = (n for n in ast.parse(celda.source).body if isinstance(n, ast.FunctionDef))
    return funcion


def solved(celdas, i):
    """La función del ejercicio, con lo que se ha resuelto antes que ella."""
    espacio = {"np": np}
    exec(next(c.source for c in celdas if c.cell_type == "code"), espacio)  # lo que importa
    for celda in celdas[: i + 1]:
        if celda.cell_type == "code" and celda.metadata.get("nbgrader", {}).get("solution"):
            exec(celda.source, espacio)
    return espacio


def is_graded(celda):
    return bool(celda.metadata.get("nbgrader", {}).get("grade"))


def test_there_are_answers_in_every_unit():
    assert {p.values[0] for p in RESPUESTAS} == set(EJERCICIOS)


@cada_respuesta
def test_docstring_says_domain_and_result(ruta, celdas, i):
    funcion = definition(celdas[i])
    documento = ast.get_docstring(funcion)
    for argumento in funcion.args.args:
        descrito = re.search(rf"^{argumento.arg}: (.{{20,}})$", documento, re.M)
        assert descrito and "forma" in documento, argumento.arg
    assert re.search(r"^Devuelve .{10,}\.$", documento, re.M)


@cada_respuesta
def test_docstring_example_is_true(ruta, celdas, i):
    documento = ast.get_docstring(definition(celdas[i]))
    llamada, resultado = documento.split("Ejemplo:")[1].split("->")
    espacio = solved(celdas, i)
    obtenido = eval(" ".join(llamada.split()), espacio)
    assert checks.same(obtenido, eval(" ".join(resultado.split()), espacio))


@cada_respuesta
def test_a_worked_example_comes_before(ruta, celdas, i):
    enunciado = celdas[i - 1]
    assert enunciado.cell_type == "markdown" and enunciado.source.startswith("## Ejercicio ")
    assert "**Ejemplo hecho a mano.**" in enunciado.source


@cada_respuesta
def test_three_hints_come_before_the_first_test(ruta, celdas, i):
    primera = next(j for j in range(i, len(celdas)) if is_graded(celdas[j]))
    pistas = "\n".join(c.source for c in celdas[i + 1 : primera] if c.cell_type == "markdown")
    assert re.findall(r"<details><summary>💡 Pista (\d): \S", pistas) == ["1", "2", "3"]
    # Cerradas cada una antes de la siguiente: una pista abierta dentro de otra las enseña todas.
    marcas = re.findall(r"<(/?)details", pistas)
    assert marcas == ["", "/"] * 3
    cuerpos = re.findall(r"</summary>\n\n(.+?)\n</details>", pistas, re.S)
    assert len(set(cuerpos)) == 3 and min(map(len, cuerpos)) > 60


@cada_respuesta
def test_the_published_stub_is_spanish_and_only_a_stub(ruta, celdas, i):
    publicada = next(c for c in cells(published(ruta)) if c.id == celdas[i].id)
    assert "SOLUTION" not in publicada.source
    funcion, original = definition(publicada), definition(celdas[i])
    assert ast.get_docstring(funcion) == ast.get_docstring(original)
    documento, falta = funcion.body
    assert ast.unparse(falta).startswith("raise NotImplementedError('Aquí falta tu código")
    assert "# ESCRIBE AQUÍ TU CÓDIGO y borra la línea siguiente" in publicada.source


@pytest.mark.parametrize("ruta", EJERCICIOS, ids=lambda r: r.parent.name)
def test_each_heading_promises_the_points_of_its_tests(ruta):
    prometidos, reales = [], []
    for celda in cells(ruta):
        titulo = re.match(r"## Ejercicio .*\((\d+) puntos?\)$", celda.source.split("\n")[0])
        if celda.cell_type == "markdown" and titulo:
            prometidos.append(int(titulo[1]))
            reales.append(0)
        elif is_graded(celda) or celda.metadata.get("nbgrader", {}).get("task"):
            reales[-1] += celda.metadata.nbgrader.points
    assert prometidos == reales and prometidos


def test_the_project_has_a_written_part_graded_by_hand():
    """Una respuesta escrita y una tarea, que se contesta con celdas propias; con pauta las dos."""
    celdas = [c for c in cells(EJERCICIOS[-1], "markdown") if "nbgrader" in c.metadata]
    respuesta, tarea = celdas
    assert respuesta.metadata.nbgrader.solution and respuesta.metadata.nbgrader.grade
    assert tarea.metadata.nbgrader.task and "### BEGIN MARK SCHEME" in tarea.source
    publicada = next(c for c in cells(published(EJERCICIOS[-1])) if c.id == tarea.id)
    assert "añade debajo tus propias celdas" in publicada.source
    assert "MARK SCHEME" not in publicada.source and "Respuesta modelo" not in publicada.source
