"""Todos los ataques, en una sola clase y con el aislamiento de verdad: ninguno gana nada."""

import contextlib
import copy
import ctypes
import os
import re
import secrets
import time
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from grading.attacks import (  # noqa: F401
    files,
    forbidden,
    frames_and_gc,
    hooks,
    html,
    inputs,
    metadata,
    network,
    pipes,
    process,
    resources,
    tampering,
)  # fmt: skip
from grading.attacks.corpus import ATAQUES, BIEN, MAL, MARCA, SENAL, code_cell, fill
from grading.conftest import copy_course

from course_lib.grading import cells, publish
from course_lib.grading.grade import grade, pending

UNIDAD = "02_deslizar"
HONRADAS = ("aaa-honrada", "mmm-honrada", "zzz-honrada")
LIMITES = """
c.Limits.cell_seconds = 2
c.Limits.test_seconds = 1
c.Limits.total_seconds = 8
c.Limits.patience = 2
"""
PR_SET_CHILD_SUBREAPER = 36
ESPANOL = re.compile(r"\b(el|la|un|una|de|que|no|es|en|se)\b", re.I)


# --- la clase ---


@pytest.fixture(scope="module")
def clase(tmp_path_factory, resuelto, entregar, notas):
    """Una copia del curso con secretos en todas partes, calificada una sola vez."""
    with _adopting_orphans(), pytest.MonkeyPatch.context() as mp:
        secretos = {n: SENAL + secrets.token_hex(8) for n in ("prueba", "entorno", "nota", "otra")}
        mp.setenv("CANARIO_DE_ENTORNO", secretos["entorno"])
        curso = copy_course(tmp_path_factory.mktemp("ataques") / "curso")
        _plant(curso, secretos)
        base = fill(resuelto(curso), MAL)
        for nombre, ataque in ATAQUES.items():
            _hand_in(curso, nombre, ataque, base, entregar)
        for alumno in HONRADAS:
            bien = fill(resuelto(curso), BIEN)
            bien["cells"].insert(0, code_cell(f"# {secretos['otra']}"))
            entregar(curso, alumno, bien)
        entregar(curso, "base", base)
        return _grade(curso, secretos, notas)


def _plant(curso, secretos):
    """Esconde un secreto en cada sitio que una entrega no debe ver."""
    with (curso.root / "nbgrader_config.py").open("a") as archivo:
        archivo.write(LIMITES)
    fuente = curso.solutions / UNIDAD / "ejercicios.ipynb"
    oculto = f"### BEGIN HIDDEN TESTS\\nsecreto = '{secretos['prueba']}'\\n"
    texto = fuente.read_text("utf-8").replace("### BEGIN HIDDEN TESTS\\n", oculto)
    assert secretos["prueba"] in texto
    fuente.write_text(texto, "utf-8")
    publish.publish(curso)
    with curso.gradebook() as libro:
        libro.update_or_create_student("base", last_name=secretos["nota"])


def _hand_in(curso, nombre, ataque, base, entregar):
    cuaderno = copy.deepcopy(base)
    hecho = ataque.change(cuaderno)
    if callable(hecho):
        ruta = entregar(curso, nombre, "")
        ruta.unlink()
        hecho(ruta, curso)
    else:
        entregar(curso, nombre, cuaderno if hecho is None else hecho)


def _grade(curso, secretos, notas):
    antes, procesos, inicio = _outside(curso), _descendants(os.getpid()), time.monotonic()
    entregas, problemas = pending(curso)
    tanda = grade(curso, entregas)
    return SimpleNamespace(
        curso=curso, secretos=secretos, tanda=tanda, segundos=time.monotonic() - inicio,
        problemas={p.where.split("/")[0]: p.message for p in (*problemas, *tanda.problems)},
        notas=notas(curso),
        calificadas={e.student for e in tanda.graded},
        antes=antes, despues=_outside(curso),
        procesos=_descendants(os.getpid()) - procesos,
    )  # fmt: skip


@contextlib.contextmanager
def _adopting_orphans():
    """Lo que se quede sin padre pasa a ser hijo de este proceso, y así se ve."""
    prctl = ctypes.CDLL(None).prctl
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        yield
    finally:
        prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def _descendants(pid):
    """Los procesos que vienen de este, por su número y su nombre; los ya muertos no cuentan."""
    padres = {}
    for ruta in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            antes, _, detras = ruta.read_text().rpartition(")")
            if detras.split()[0] != "Z":
                padres[int(ruta.parent.name)] = int(detras.split()[1]), antes.partition("(")[2]
    mios, nuevos = set(), {pid}
    while nuevos:
        mios |= nuevos
        nuevos = {p for p, (padre, _) in padres.items() if padre in mios} - mios
    return {(p, padres[p][1]) for p in mios - {pid}}


def _outside(curso):
    """Fecha y tamaño de todo lo que hay en el curso fuera de `entregas/`."""
    return {
        str(r.relative_to(curso.root)): r.lstat().st_size
        for r in curso.root.rglob("*")
        if r.is_file() and "entregas" not in r.parts and "__pycache__" not in r.parts
    }


def outputs(curso, alumno):
    """Lo que dejaron las celdas del cuaderno calificado que no son pruebas."""
    ruta = curso.entregas / "autograded" / alumno / UNIDAD / "ejercicios.ipynb"
    if not ruta.exists():
        return ""
    cuaderno = nbformat.read(ruta, as_version=4)
    return "\n".join(
        str(c.outputs) for c in cuaderno.cells if c.cell_type == "code" and not cells.is_test(c)
    )


def page(curso, alumno):
    ruta = curso.entregas / "feedback" / alumno / UNIDAD / "ejercicios.html"
    return ruta.read_text(encoding="utf-8") if ruta.exists() else ""


# --- el corpus ---


def test_the_corpus_is_large_and_explained():
    assert len(ATAQUES) >= 80
    for ataque in ATAQUES.values():
        assert ataque.why.strip() == ataque.why != "", ataque.name
        assert "\n" not in ataque.why and ataque.why.endswith("."), ataque.name
    assert len({a.why for a in ATAQUES.values()}) == len(ATAQUES)


# --- cada ataque ---


@pytest.mark.parametrize("nombre", ATAQUES)
def test_it_gains_nothing(clase, nombre):
    puntos, maximos = clase.notas.get(nombre, (0, 10))
    assert (puntos, maximos) == (ATAQUES[nombre].points, 10)


@pytest.mark.parametrize("nombre", ATAQUES)
def test_it_has_its_own_result(clase, nombre):
    if nombre in clase.calificadas:
        assert nombre not in clase.problemas
        assert "de 10 puntos" in page(clase.curso, nombre)
    else:
        assert ESPANOL.search(clase.problemas[nombre])
        assert "juez" not in clase.problemas[nombre]  # un juez caído no es un resultado


@pytest.mark.parametrize("nombre", ATAQUES)
def test_it_learns_no_secret(clase, nombre):
    visto = outputs(clase.curso, nombre) + page(clase.curso, nombre)
    assert [n for n, secreto in clase.secretos.items() if secreto in visto] == []
    for senal in ("hallado " + SENAL, "RASTRO de", "CONECTADO (", "ARRANCADO\\n", "LIMITE subido "):
        assert senal not in outputs(clase.curso, nombre)


@pytest.mark.parametrize("nombre", ATAQUES)
def test_its_page_runs_nothing(clase, nombre):
    etiquetas = Tags(page(clase.curso, nombre)).vistas
    activas = {"script", "iframe", "object", "embed", "link", "form", "svg", "base", "video"}
    assert {n for n, _ in etiquetas} & activas == set()
    for etiqueta, atributos in etiquetas:
        assert not [a for a in atributos if a.startswith("on")], etiqueta
        for atributo in ("href", "src"):
            assert re.match(r"#|data:image/(png|jpeg)", atributos.get(atributo) or "#"), etiqueta


@pytest.mark.parametrize("nombre", [n for n in ATAQUES if n.startswith("inputs-")])
def test_it_tells_no_hidden_input(clase, nombre):
    """Los datos de la parte visible los tiene cualquiera; un decimal al azar, no."""
    visto = page(clase.curso, nombre)
    frases = re.findall(r'<p class="frase \w+">(.*?)</p>', visto, re.S)
    assert [f for f in frases if re.search(r"\d\.\d{5,}", f)] == []
    assert not re.search(r"DATOS-OCULTOS[^'\"]{0,5}\[\[-?\d+\.\d{5,}", visto)


class Tags(HTMLParser):
    """Las etiquetas de una página, tal como las entiende un navegador."""

    def __init__(self, pagina):
        super().__init__()
        self.vistas = []
        self.feed(pagina)

    def handle_starttag(self, nombre, atributos):
        self.vistas.append((nombre, dict(atributos)))


# --- los demás ---


@pytest.mark.parametrize("alumno", HONRADAS)
def test_an_honest_neighbour_gets_everything(clase, alumno):
    assert clase.notas[alumno] == (10, 10)
    assert alumno not in clase.problemas


def test_the_wrong_answers_alone_deserve_nothing(clase):
    assert clase.notas["base"] == (0, 10)


def test_everyone_has_a_result(clase):
    todos = {*ATAQUES, *HONRADAS, "base"}
    assert clase.calificadas | set(clase.problemas) == todos
    assert clase.calificadas & set(clase.problemas) == set()


def test_no_process_is_left(clase):
    assert clase.procesos == set()


def test_no_file_is_left_outside(clase):
    assert clase.despues == clase.antes
    for base in ("/tmp", "/dev/shm", "/var/tmp", "/", Path.home(), clase.curso.root, os.getcwd()):
        assert not (Path(base) / MARCA).exists()
    assert [r for r in clase.curso.root.rglob(f"*{MARCA}*")] == []
