"""Lo que lee el estudiante: una frase por prueba, nada oculto y nada activo."""

import copy
import re
from dataclasses import replace

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import markdown2html
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course_lib.grading.diagnosis import Case, Diagnosis
from course_lib.grading.engine.grader import grade_job
from course_lib.grading.engine.job import NO_SUPERADA, Job
from course_lib.grading.engine.sandbox import Sandbox
from course_lib.grading.feedback import HideHiddenTests, inert_html, verdict

SECRETO = 987654321
PREPARACION = """
import numpy as np
from course_lib import checks
class MiError(Exception): pass
Espia = type("x, line 1", (Exception,), {})
def sin_responder(*_): raise NotImplementedError("Aquí falta tu código")
def falla(*datos): raise ValueError(f"me llamaron con {datos}")
def propia(*datos): raise MiError(f"me llamaron con {datos}")
def espia(*datos): raise Espia(f"me llamaron con {datos}")
def afirma(*datos): assert False, f"me llamaron con {datos}"
def sondea(*datos): assert False, "987654321"
LlamadaProhibida = type("LlamadaProhibida", (Exception,), {})
FRASE = "Tu respuesta usa {}. Este ejercicio pide escribirla con NumPy y Python; así no puntúa."
def imita_aviso(*datos): raise LlamadaProhibida(FRASE.format(*datos))
def mal_nombre(*datos): return variable_que_no_existe
def chiva_nombre(*datos): raise NameError(f"name '{datos[0]}' is not defined")
def imita_nombre(*datos): raise NameError(f"name 'f_que_no_esta' is not defined {datos}")
def varias_lineas(*datos): raise ValueError("primera\\nsegunda")
def muda(*datos): raise ValueError
"""


def test_cell(visible="pass", oculto="pass"):
    titulo = '"""Un título.\n\nMás."""'
    return f"{titulo}\n{visible}\n### BEGIN HIDDEN TESTS\n{oculto}\n### END HIDDEN TESTS"


test_cell.__test__ = False
GENERICA = "El resultado no coincide en uno de los casos ocultos de esta prueba."
# Lo que se ejecuta (a la vista, oculto) y la frase que lee el estudiante.
CASOS = {
    "todo bien": ("assert True", "assert True", None),
    "mensaje visible": ('assert 1 == 2, "No es 2."', "pass", "No es 2."),
    "mensaje oculto fijo": ("pass", 'assert False, "Con otra imagen no coincide."',
        "Con otra imagen no coincide."),
    "mensaje oculto calculado": ("pass", f'assert False, f"salió {SECRETO}"', GENERICA),
    "assert visible sin mensaje": ("assert 1 == 2", "pass", GENERICA),
    "comprobación visible": ("checks.check_value(3, 4)", "pass",
        "Se espera 4 y tu resultado es 3."),
    "comprobación oculta": ("pass", f"checks.check_value(3, {SECRETO})", GENERICA),
    "numpy oculto": ("pass", f"np.testing.assert_equal(3, {SECRETO})", GENERICA),
    "excepción visible": ("falla(7)", "pass",
        "Tu función se detuvo con ValueError: me llamaron con (7,)"),
    "excepción oculta": ("pass", f"falla({SECRETO})", "Tu función se detuvo con ValueError."),
    "excepción muda": ("muda()", "pass", "Tu función se detuvo con ValueError."),
    "excepción de varias líneas": ("varias_lineas()", "pass",
        "Tu función se detuvo con ValueError: primera"),
    "clase propia visible": ("propia(7)", "pass",
        "Tu función se detuvo con un error propio: me llamaron con (7,)"),
    "clase propia oculta": ("pass", f"propia({SECRETO})",
        "Tu función se detuvo con un error propio."),
    "clase con nombre de línea": ("pass", f"espia({SECRETO})",
        "Tu función se detuvo con un error propio."),
    "assert del estudiante visible": ("afirma(7)", "pass", "me llamaron con (7,)"),
    "assert del estudiante oculto": ("pass", f"afirma({SECRETO})", GENERICA),
    "sondeo del texto oculto": ("pass", f"sondea({SECRETO})", GENERICA),
    "sin responder": ("sin_responder(1)", "pass", "Este ejercicio está sin responder."),
    "sin responder en lo oculto": ("pass", "sin_responder(1)",
        "Este ejercicio está sin responder."),
    "función que falta": ("f_que_no_esta(1)", "pass",
        "Falta una función: su celda está vacía, dio un error o le cambiaste el nombre."),
    "función que falta en lo oculto": ("pass", "f_que_no_esta(1)",
        "Falta una función: su celda está vacía, dio un error o le cambiaste el nombre."),
    "nombre mal escrito dentro": ("mal_nombre(7)", "pass",
        "Tu función se detuvo con NameError: name 'variable_que_no_existe' is not defined"),
    "nombre mal escrito en lo oculto": ("pass", "mal_nombre(7)",
        "Tu función se detuvo con NameError."),
    "un nombre que es el dato": ("pass", f"chiva_nombre({SECRETO})",
        "Tu función se detuvo con NameError."),
    "un falso NameError": ("pass", f"imita_nombre({SECRETO})",
        "Tu función se detuvo con NameError."),
    "un falso aviso de la casa": ("pass", f"imita_aviso({SECRETO})",
        "Tu función se detuvo con un error propio."),
    "aritmética oculta": ("pass", f"{SECRETO} / 0", "Tu función se detuvo con ZeroDivisionError."),
}  # fmt: skip


@pytest.fixture(scope="module")
def ejecutadas():
    """Las celdas de CASOS, juzgadas de verdad: la preparación es la respuesta de un estudiante."""
    respuesta = {"solution": True, "grade": False, "grade_id": "respuesta", "schema_version": 3}
    celdas = [
        new_code_cell("import numpy as np\nfrom course_lib import checks"),
        new_code_cell("", metadata={"nbgrader": respuesta}),
        *(_graded(i, *caso[:2]) for i, caso in enumerate(CASOS.values())),
    ]
    maestro = new_notebook(cells=celdas)
    entregado = copy.deepcopy(maestro)
    entregado.cells[1].source = PREPARACION
    job = Job("ana", "u", nbformat.writes(entregado).encode(), nbformat.writes(maestro))
    with Sandbox() as sandbox:
        calificado = nbformat.reads(grade_job(job, sandbox).notebook, as_version=4)
    assert calificado.cells[1].outputs == []
    return dict(zip(CASOS, calificado.cells[2:], strict=True))


def _graded(numero, visible, oculto):
    datos = {"grade": True, "solution": False, "grade_id": f"test_f__{numero}", "points": 1}
    return new_code_cell(test_cell(visible, oculto), metadata={"nbgrader": datos})


@pytest.mark.parametrize("caso", CASOS)
def test_the_verdict_of_a_test_that_ran(ejecutadas, caso):
    frase = verdict(ejecutadas[caso])
    assert frase == CASOS[caso][2]
    assert str(SECRETO) not in (frase or "")


def failed(ename, evalue="", traceback=(), fuente="assert f(1) == 2"):
    salidas = [new_output("error", ename=ename, evalue=evalue, traceback=list(traceback))]
    return new_code_cell(fuente, outputs=salidas)


def test_a_failure_that_the_judge_did_not_write_says_nothing():
    """Un cuaderno calificado antes con nbgrader solo: su traceback enseñaría lo oculto."""
    assert verdict(failed("ValueError", f"dato {SECRETO}")) == GENERICA


def test_prints_and_warnings_are_no_failure():
    salidas = [
        new_output("stream", name="stderr", text="UserWarning"),
        new_output("stream", text="x"),
    ]
    assert verdict(new_code_cell("assert True", outputs=salidas)) is None


# --- el preprocesador ---


@pytest.fixture
def preparar():
    """Pasa una celda por el preprocesador, como hace `generate_feedback`."""

    def aplicar(celda):
        cuaderno = new_notebook(cells=[copy.deepcopy(celda)])
        return HideHiddenTests().preprocess(cuaderno, {})[0].cells[0]

    return aplicar


def test_a_test_keeps_its_visible_part_title_and_sentence(ejecutadas, preparar):
    celda = preparar(ejecutadas["excepción oculta"])
    assert celda.source == '"""Un título.\n\nMás."""\npass'
    assert celda.metadata.titulo == "Un título." and celda.metadata.superada is False
    assert [s.text for s in celda.outputs] == ["Tu función se detuvo con ValueError."]
    assert str(SECRETO) not in nbformat.writes(new_notebook(cells=[celda]))


def test_a_passed_test_says_so(ejecutadas, preparar):
    celda = preparar(ejecutadas["todo bien"])
    assert celda.metadata.superada is True
    assert [s.text for s in celda.outputs] == ["Prueba superada."]


def test_what_a_test_printed_is_not_shown(preparar, ejecutadas):
    """Una función podría imprimir los datos ocultos con que la llaman."""
    celda = copy.deepcopy(ejecutadas["todo bien"])
    celda.outputs = [new_output("stream", text=f"me llamaron con {SECRETO}")]
    assert str(SECRETO) not in nbformat.writes(new_notebook(cells=[preparar(celda)]))


def data(**tipos):
    return new_output("display_data", data={t.replace("_", "/"): v for t, v in tipos.items()})


@pytest.mark.parametrize(
    ("salida", "queda"),
    [
        (data(text_html="<b>x</b>", text_plain="x"), {"text/plain": "x"}),
        (data(text_html="<script>x</script>"), None),
        (data(application_javascript="alert(1)", image_png="aGk="), {"image/png": "aGk="}),
        ({"image/svg+xml": "<svg onload='x()'/>"}, None),
        ({"text/markdown": "[x](javascript:x)", "text/latex": "$x$"}, None),
        ({"application/vnd.jupyter.widget-view+json": {}, "image/jpeg": "aGk="},
            {"image/jpeg": "aGk="}),
    ],
)  # fmt: skip
def test_only_inert_outputs_of_an_answer_stay(preparar, salida, queda):
    if "output_type" not in salida:
        salida = new_output("display_data", data=salida)
    celda = preparar(new_code_cell("x", outputs=[salida]))
    assert [s.data for s in celda.outputs] == ([queda] if queda else [])


def test_text_and_errors_of_an_answer_stay(preparar):
    salidas = [
        new_output("stream", text="hola"),
        new_output("error", ename="ValueError", evalue="x", traceback=[]),
        new_output("execute_result", data={"text/plain": "3"}),
    ]
    assert preparar(new_code_cell("x", outputs=salidas)).outputs == salidas


@pytest.mark.parametrize(
    ("comentario", "queda"),
    [("No response.", None), ("Muy bien.", "Muy bien."), (None, None)],
)
def test_the_comment_nbgrader_makes_up_is_dropped(preparar, comentario, queda):
    datos = {"solution": True, "grade_id": "respuesta_f", "comment": comentario}
    celda = preparar(new_code_cell("x", metadata={"nbgrader": datos}))
    assert celda.metadata.nbgrader.comment == queda


def test_the_mark_scheme_of_a_task_stays_with_the_teacher(preparar):
    texto = f"Cuenta tu experimento.\n\n### BEGIN MARK SCHEME\n{SECRETO}\n### END MARK SCHEME"
    datos = {"task": True, "grade_id": "informe", "comment": "Muy bien."}
    celda = preparar(new_markdown_cell(texto, metadata={"nbgrader": datos}))
    assert celda.source == "Cuenta tu experimento."
    assert celda.metadata.nbgrader.comment == "Muy bien."
    # Solo el docente escribe tareas: en una respuesta, esas marcas son texto suyo.
    suya = {"solution": True, "grade": True, "grade_id": "informe"}
    assert preparar(new_markdown_cell(texto, metadata={"nbgrader": suya})).source == texto


# --- HTML ---


@pytest.mark.parametrize(
    ("entra", "sale"),
    [
        ("<p>Muy <strong>bien</strong></p>", "<p>Muy <strong>bien</strong></p>"),
        ("<script>alert(1)</script>", "alert(1)"),
        ('<b onclick="x()">a</b>', "<b>a</b>"),
        ('<p onclick="x()" style="x">a</p>', "<p>a</p>"),
        ('<a href="javascript:x()">a</a>', "<a>a</a>"),
        ('<a href="JaVa&#115;cript:x()">a</a>', "<a>a</a>"),
        ('<a href="data:text/html,x">a</a>', "<a>a</a>"),
        ('<a href="https://es.wikipedia.org" target="x">a</a>',
            '<a href="https://es.wikipedia.org">a</a>'),
        ('<img src="x" onerror="x()">', ""),
        ('<iframe src="x"></iframe><form><input></form><style>p{}</style>', "\np{}"),
        ("<svg><script>x</script></svg>", "x"),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
    ],
)  # fmt: skip
def test_html_becomes_inert(entra, sale):
    assert inert_html(entra) == sale


RECURSOS = {
    "assignment": "02_deslizar",
    "notebook": "ejercicios",
    "student": "<script>alert('ana')</script>",
    "score": 1.5,
    "max_score": 4,
    "late_penalty": 0.25,
}


@pytest.fixture
def pagina(curso):
    """Una página hecha con la plantilla y la configuración del curso."""

    def componer(*celdas, **recursos):
        config = curso.config()
        cuaderno = new_notebook(cells=[copy.deepcopy(c) for c in celdas])
        cuaderno.metadata.kernelspec = {"name": "python3", "display_name": "Python"}
        recursos = {"nbgrader": {**RECURSOS, **recursos}}
        cuaderno, recursos = HideHiddenTests(config=config).preprocess(cuaderno, recursos)
        exportador = HTMLExporter(config=config, template_name="feedback")
        return exportador.from_notebook_node(cuaderno, resources=recursos)[0]

    return componer


def scored(celda, **datos):
    celda = copy.deepcopy(celda)
    celda.metadata.setdefault("nbgrader", nbformat.from_dict({}))
    celda.metadata.nbgrader.update({"score": 0, "points": 1, **datos})
    return celda


def test_the_page_of_a_failed_test(pagina, ejecutadas):
    texto = pagina(scored(ejecutadas["excepción oculta"]))
    assert "1,5 de 4 puntos" in texto and "se restan 0,25 puntos" in texto
    assert "Tu función se detuvo con ValueError." in texto
    assert "<script" not in texto and "&lt;script&gt;alert('ana')" in texto
    assert str(SECRETO) not in texto and "HIDDEN" not in texto


def test_on_time_nothing_is_said_of_delays(pagina, ejecutadas):
    assert "tardía" not in pagina(scored(ejecutadas["todo bien"]), late_penalty=0)


def test_a_verdict_is_text_and_not_html(pagina):
    celda = failed(NO_SUPERADA, "<img src=x onerror=x()>", ["line 1"])
    celda.metadata["nbgrader"] = {"grade": True, "grade_id": "test_f__a"}
    texto = pagina(scored(celda))
    assert "&lt;img src=x onerror=x()&gt;" in texto and "<img" not in texto


def test_an_essay_and_its_comment_are_shown_without_active_html(pagina):
    redaccion = new_markdown_cell(
        "Una **idea** <script>alert(1)</script> y [un enlace](javascript:alert(2))"
    )
    datos = {"grade": True, "solution": True, "grade_id": "idea", "comment": "Bien <iframe>"}
    texto = pagina(scored(redaccion, **datos))
    assert "<strong>idea</strong>" in texto and "Comentario de tu docente:" in texto
    assert "✎ <span>Con corrección a mano</span>" in texto
    for activo in ("<script", "<iframe", "javascript:"):
        assert activo not in texto


def test_cells_without_points_are_left_out(pagina, ejecutadas):
    sueltas = new_code_cell("x = 'SUELTA'"), new_markdown_cell("ENUNCIADO")
    texto = pagina(scored(ejecutadas["todo bien"]), *sueltas)
    assert "SUELTA" not in texto and "ENUNCIADO" not in texto


def test_pictures_have_alternative_text(pagina):
    datos = {"solution": True, "grade_id": "respuesta_f"}
    celda = new_code_cell("x", outputs=[data(image_png="aGk=")], metadata={"nbgrader": datos})
    assert 'src="data:image/png;base64,aGk="' in pagina(scored(celda))
    assert 'alt="Figura que dibuja tu código"' in pagina(scored(celda))


# --- el diagnóstico ---

CASO = Case(
    arguments=(("imagen", [[0, 1, 2], [3, 4, 5]]), ("kernel", [[1, -1]]), ("stride", 2)),
    got=[[5, 1], [1, 1]],
    expected_shape=(2, 2),
    difference=[[0, 2.5], [0, 0]],
    where=(0, 1),
    window=(0, 1, 1, 2),
)
GIRADO = Diagnosis(
    "conv2d_valid",
    "error",
    "Giras el kernel 180°.",
    ids=("kernel-girado-180",),
    evidence="En 24 de 24 casos tu resultado es el de un kernel girado 180°.",
    hint="En redes neuronales el kernel no se gira.",
    section="¿Hay que girar el kernel?",
    case=CASO,
)


def diagnosed(numero=1, diagnostico=GIRADO, frase="No coincide.", puntos=2):
    """Una prueba no superada, con el diagnóstico que deja el juez."""
    celda = failed(NO_SUPERADA, frase, fuente=f'"""Prueba {numero}."""\nassert True')
    celda.metadata["diagnostico"] = nbformat.from_dict(diagnostico.to_dict())
    celda.metadata["nbgrader"] = {"grade": True, "grade_id": f"test_f__{numero}"}
    return scored(celda, points=puntos)


def test_a_diagnosis_is_told_with_its_evidence_picture_hint_and_reading(pagina):
    texto = pagina(diagnosed())
    for parte in (GIRADO.sentence, GIRADO.evidence, GIRADO.hint, "Relee aquí «¿Hay que girar"):
        assert parte in texto
    assert texto.count("<figure>") == 4
    assert "La ventana de la primera diferencia empieza en la fila 0, columna 1." in texto
    assert "En la fila 0, columna 1, tu resultado se pasa en 2.5." in texto
    assert "stride = 2" in texto and "conv2d_valid(imagen, kernel, stride)" in texto
    # El apartado de la lección viaja dentro de la página.
    assert "correlación cruzada" in texto and "hasta 2 puntos más" in texto


def test_the_same_diagnosis_is_told_once_and_named_after(pagina):
    texto = pagina(diagnosed(1), diagnosed(2), diagnosed(3, puntos=1))
    assert texto.count("<figure>") == 4 and texto.count(GIRADO.hint) == 1
    assert texto.count("Por lo mismo que en «Prueba 1.»") == 2
    assert texto.count('id="diagnostico-1"') == 1 and "hasta 5 puntos más" in texto


def test_two_diagnoses_are_two_steps(pagina):
    otro = replace(GIRADO, function="suma", sentence="Promedias en vez de sumar.", case=None)
    texto = pagina(diagnosed(1), diagnosed(2, otro))
    assert 'href="#diagnostico-2"' in texto and texto.count("Qué ha pasado") == 2


def test_a_published_site_is_linked_at_the_section(pagina, curso, monkeypatch):
    monkeypatch.setattr(HideHiddenTests, "sitio", "https://ejemplo.org/curso")
    texto = pagina(diagnosed())
    (ancla,) = re.findall(r'href="https://ejemplo.org/curso/02_deslizar/leccion.html#(.+?)"', texto)
    leccion = nbformat.read(curso.solutions / "02_deslizar" / "leccion.ipynb", as_version=4)
    leccion.cells = [c for c in leccion.cells if c.cell_type == "markdown"]
    # La misma plantilla con que se escribe el sitio pone ese nombre al título.
    html = HTMLExporter(template_name="basic").from_notebook_node(leccion)[0]
    assert f'id="{ancla}"' in html and "girar-el-kernel" in ancla


def test_a_section_that_is_not_in_the_lesson_is_only_named(pagina):
    texto = pagina(diagnosed(diagnostico=replace(GIRADO, section="Otra cosa")))
    assert "Relee «Otra cosa»." in texto and "Relee aquí" not in texto


@pytest.mark.parametrize("roto", [{}, {"ids": 3}, {"function": "f"}, [], "x", None])
def test_a_broken_diagnosis_leaves_the_verdict(pagina, roto):
    celda = diagnosed()
    celda.metadata["diagnostico"] = roto
    texto = pagina(celda)
    assert "No coincide." in texto and "Qué ha pasado" not in texto
    assert "Mira qué dice la prueba" in texto


MALOS = [None, "<b>", [["<img src=x>"]], [[1, 2], [3]], [[float("nan"), float("inf")]], [[1e308]]]
MALOS += [10**400, [[10**400, 1]], [], [[]], [[[[1.0, 2.0]]]], {"a": 1}, True, [[True, False]]]
MALOS += [[0.0] * 2500, [[0.0]] * 2500, [[0.0] * 300] * 300, [1e308, -1e308, 1e-320], "x" * 100_000]


@pytest.mark.parametrize("valor", MALOS, ids=[repr(v)[:20] for v in MALOS])
def test_no_value_of_a_student_breaks_the_page(pagina, valor):
    lista = valor if isinstance(valor, list) else None
    caso = replace(CASO, got=valor, difference=lista, where=(9, 9), window=(5, 5, 3, 3))
    texto = pagina(diagnosed(diagnostico=replace(GIRADO, case=caso)))
    assert GIRADO.hint in texto and len(texto) < 200_000
    assert "<b>" not in texto and "<img src=x" not in texto


def test_what_a_student_wrote_is_text_everywhere(pagina):
    malo = "<script>alert(1)</script>"
    caso = replace(CASO, got=malo, arguments=((malo, malo),))
    d = replace(GIRADO, sentence=malo, evidence=malo, hint=malo, section=malo, case=caso)
    texto = pagina(diagnosed(diagnostico=d, frase=malo))
    assert "<script" not in texto and texto.count("&lt;script&gt;") >= 6


def test_points_given_by_hand_are_not_a_failure(pagina):
    texto = pagina(scored(diagnosed(), score=2, points=2))
    assert "Con corrección a mano" in texto and "Tu docente te ha dado los puntos." in texto
    assert "Qué ha pasado" not in texto and "Qué hacer ahora" not in texto


def test_tests_are_grouped_by_exercise(pagina):
    titulo = new_markdown_cell(
        "# Ejercicios 02 · Deslizar\n\n## Ejercicio 1 · Una ventana (2 puntos)"
    )
    texto = pagina(titulo, diagnosed(1), scored(diagnosed(2), score=2, points=2))
    assert "02 · Deslizar</span>" in texto
    assert re.search(r'scope="rowgroup">Ejercicio 1 · Una ventana</th><td>2 / 4</td>', texto)


def test_nothing_is_looked_for_outside(pagina, ejecutadas):
    texto = pagina(diagnosed(), scored(ejecutadas["todo bien"]))
    assert not re.search(r'(?:src|href)="(?!#|data:image/png;base64,)', texto)
    assert "<script" not in texto and "@import" not in texto and "url(" not in texto
    assert "default-src 'none'; img-src data:" in texto


@pytest.mark.parametrize(
    ("superadas", "dicho"),
    [
        ((True, True), "¡Enhorabuena! Has superado todas las pruebas."),
        ((True, True, True, False), "Has superado 3 de 4 pruebas. ¡Ya casi está!"),
        ((True, False), "Has superado 1 de 2 pruebas. Vas por buen camino."),
        ((False, False), "Aún no pasa ninguna prueba."),
    ],
)
def test_the_greeting_is_warm_and_true(pagina, superadas, dicho):
    bien = {"grade": True, "points": 1, "score": 1}
    celdas = [
        diagnosed(i) if not s else scored(new_code_cell("pass"), **bien, grade_id=f"test_f__{i}")
        for i, s in enumerate(superadas)
    ]
    assert dicho in pagina(*celdas)


# --- los resúmenes ---


@pytest.fixture
def resumenes(curso):
    """Los dos textos que van al lado de la página."""

    def componer(*celdas, **recursos):
        cuaderno = new_notebook(cells=[copy.deepcopy(c) for c in celdas])
        recursos = {"nbgrader": {**RECURSOS, **recursos}}
        _, recursos = HideHiddenTests(config=curso.config()).preprocess(cuaderno, recursos)
        return {k.split(".")[1]: v.decode() for k, v in recursos["outputs"].items()}

    return componer


def test_the_summaries_say_the_same_without_pictures(resumenes):
    for texto in resumenes(diagnosed(1), diagnosed(2)).values():
        assert "1,5 de 4 puntos." in texto and "se restan 0,25 puntos" in texto
        assert texto.count(GIRADO.sentence) == 1 and texto.count(GIRADO.hint) == 1
        assert "- ✘ Prueba 1: 0 de 2. No coincide." in texto
        assert "hasta 4 puntos más" in texto and "Relee en la lección «¿Hay que girar" in texto
        assert "base64" not in texto and "[[" not in texto


def test_markdown_of_a_student_is_text(resumenes):
    malo = "<b>*x*</b>\n# título [y](javascript:x) `z` https://malo.example ![w](w)"
    caso = resumenes(diagnosed(frase=malo, diagnostico=replace(GIRADO, function=malo)))
    linea = next(x for x in caso["md"].splitlines() if "Prueba 1" in x)
    assert linea.endswith(
        r"&lt;b&gt;\*x\*&lt;/b&gt; \# título \[y\](javascript:x) \`z\` "
        r"https&#8203;://malo.example \!\[w\](w)"
    )
    html = markdown2html(caso["md"]).replace('<a class="anchor-link"', "")
    assert "<a " not in html and "<b>" not in html and "<img" not in html
    assert "<b>*x*</b> # título" in caso["txt"]


def test_a_comment_is_in_both_summaries(resumenes):
    datos = {"grade": True, "solution": True, "grade_id": "idea", "comment": "Bien <iframe>"}
    textos = resumenes(scored(new_markdown_cell("x"), **datos))
    assert "Comentario de tu docente: Bien <iframe>" in textos["txt"]
    assert "Comentario de tu docente: Bien &lt;iframe&gt;" in textos["md"]
