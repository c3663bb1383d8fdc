"""Cuánto acierta el diagnóstico: con el catálogo, con respuestas que no conoce y con las buenas."""

import importlib.util
from pathlib import Path

import pytest

from course_lib.grading.diagnosis import clinic

RAIZ = Path(__file__).resolve().parents[3]
UNIDADES = sorted(carpeta.name for carpeta in (RAIZ / "solutions").iterdir() if carpeta.is_dir())
ACIERTO = 0.95
# Aciertan y solo tardan más: por lo que devuelven no se distinguen de una respuesta buena.
NO_SE_VEN = {"bucle-sobre-las-ventanas", "bucle-escondido"}


def corpus():
    spec = importlib.util.spec_from_file_location("corpus", Path(__file__).with_name("corpus.py"))
    modulo = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(modulo)
    return modulo


CORPUS = corpus()


def share(aciertos, fallos):
    """La parte que se acierta, y un texto que lo cuenta todo."""
    total = aciertos + len(fallos)
    lineas = "\n".join(map(str, fallos))
    return aciertos / total, f"{100 * aciertos / total:.1f} % de {total}; se escapan:\n{lineas}"


@pytest.mark.parametrize(
    ("casos", "minimo"), [(CORPUS.SOLOS, 90), (CORPUS.PAREJAS, 25)], ids=["uno", "dos a la vez"]
)
def test_it_names_what_independent_wrong_answers_do(diagnosticar, casos, minimo):
    aciertos, fallos = 0, []
    for unidad, funcion, ids, respuesta in casos:
        hallado = diagnosticar(unidad, funcion, respuesta)
        if set(ids) <= set(hallado.ids) and hallado.kind == ("par" if len(ids) == 2 else "error"):
            aciertos += 1
        else:
            fallos.append((unidad, funcion, ids, hallado.kind, hallado.ids))
    parte, texto = share(aciertos, fallos)
    assert parte >= ACIERTO and len(casos) >= minimo, texto


def test_the_corpus_touches_every_unit_and_most_functions():
    assert {unidad for unidad, *_ in CORPUS.SOLOS} == set(UNIDADES)
    assert len({(unidad, funcion) for unidad, funcion, *_ in CORPUS.SOLOS}) >= 30


@pytest.mark.parametrize("unidad", UNIDADES)
def test_every_misconception_is_recognised(unidad, fuentes, diagnosticar):
    aciertos, fallos = 0, []
    for nombre, ejercicio in clinic.catalog_of(fuentes(unidad)[0]).items():
        for error in ejercicio.misconceptions:
            hallado = diagnosticar(unidad, nombre, error.function)
            bien = error.id in hallado.ids and hallado.kind == "error"
            aciertos += bien
            if not bien and error.id not in NO_SE_VEN:
                fallos.append((nombre, error.id, hallado.kind, hallado.ids))
    parte, texto = share(aciertos, fallos)
    assert parte >= 0.98, texto


@pytest.mark.parametrize("unidad", UNIDADES)
def test_a_right_answer_is_never_given_a_name(unidad, fuentes, diagnosticar):
    for nombre, ejercicio in clinic.catalog_of(fuentes(unidad)[0]).items():
        for correcta in ejercicio.correct:
            hallado = diagnosticar(unidad, nombre, correcta.function)
            assert (hallado.kind, hallado.ids, hallado.case) == ("desconocido", (), None), (
                nombre,
                correcta.id,
                hallado,
            )
