"""Lo que el libro de notas guarda para el informe: diagnósticos, segundos y problemas."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from course_lib.grading.engine import findings

DATOS = {"function": "f", "kind": "par", "ids": ["girado", "techo"], "sentence": "Gira y sube."}


@pytest.fixture
def db():
    motor = create_engine("sqlite://")
    findings.create(motor)
    findings.create(motor)  # un libro que ya las tenía se queda como está
    with Session(motor) as sesion:
        yield sesion


def graded_cells(*diagnosticos):
    celdas = [
        new_code_cell("", metadata={"nbgrader": {"grade_id": f"test_{i}"}, "diagnostico": d})
        for i, d in enumerate(diagnosticos)
    ]
    texto = nbformat.writes(new_notebook(cells=[*celdas, new_code_cell("f(1)")]))
    return nbformat.reads(texto, as_version=4).cells


def test_a_diagnosis_is_one_row_and_grading_again_replaces_them(db):
    findings.write_diagnoses(db, "ana", "u", graded_cells(DATOS, {**DATOS, "ids": []}))
    findings.write_diagnoses(db, "luis", "u", graded_cells(DATOS))
    findings.write_diagnoses(db, "ana", "u", graded_cells(None, DATOS))
    filas = db.execute(select(findings.DIAGNOSES)).all()
    esperada = ("f", "par", "girado+techo", "Gira y sube.")
    assert sorted(map(tuple, filas)) == [
        ("ana", "u", "test_1", *esperada),
        ("luis", "u", "test_0", *esperada),
    ]


def test_a_delivery_keeps_its_seconds_and_its_last_problem(db):
    findings.write_delivery(db, "ana", "u", 0.5, "no es JSON válido")
    findings.write_delivery(db, "ana", "u", 0.25, "")
    assert db.execute(select(findings.DELIVERIES)).all() == [("ana", "u", 0.25, None)]
