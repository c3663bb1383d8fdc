"""Dos tablas más en el libro de notas: qué entendió mal cada entrega, y cuánto costó calificarla.

Las lee el informe de la clase. Cada una es una tabla propia, que se crea si falta: así vale un
libro de notas de antes, en SQLite y en PostgreSQL, sin tocar las tablas que ya tenía.
"""

from collections.abc import Iterable

from sqlalchemy import Column, Float, MetaData, String, Table, Text

TABLAS = MetaData()
DIAGNOSES = Table(
    "curso_diagnostico",
    TABLAS,
    Column("student_id", String(128), primary_key=True),
    Column("unit", String(128), primary_key=True),
    Column("cell", String(128), primary_key=True),
    Column("function", String(128), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("ids", Text, nullable=False),  # los del catálogo, unidos con «+»; "" si no hay
    Column("sentence", Text, nullable=False),
)
DELIVERIES = Table(
    "curso_entrega",
    TABLAS,
    Column("student_id", String(128), primary_key=True),
    Column("unit", String(128), primary_key=True),
    Column("seconds", Float, nullable=False),
    Column("problem", Text),  # por qué no se pudo calificar, si no se pudo
)


def create(motor) -> None:
    """Crea las tablas que falten."""
    TABLAS.create_all(motor, checkfirst=True)


def write_diagnoses(db, student: str, unit: str, celdas: Iterable) -> None:
    """Cambia los diagnósticos de una entrega por los de su cuaderno recién calificado."""
    _forget(db, DIAGNOSES, student, unit)
    filas = [
        {
            **{"student_id": student, "unit": unit, "cell": celda.metadata.nbgrader.grade_id},
            **{k: celda.metadata["diagnostico"][k] for k in ("function", "kind", "sentence")},
            "ids": "+".join(celda.metadata["diagnostico"]["ids"]),
        }
        for celda in celdas
        if celda.metadata.get("diagnostico")
    ]
    if filas:
        db.execute(DIAGNOSES.insert(), filas)


def write_delivery(db, student: str, unit: str, seconds: float, problem: str | None) -> None:
    """Apunta cuánto tardó una entrega, y la frase de por qué no se pudo calificar."""
    _forget(db, DELIVERIES, student, unit)
    fila = {"student_id": student, "unit": unit, "seconds": seconds, "problem": problem or None}
    db.execute(DELIVERIES.insert().values(**fila))


def _forget(db, tabla: Table, student: str, unit: str) -> None:
    db.execute(tabla.delete().where((tabla.c.student_id == student) & (tabla.c.unit == unit)))
