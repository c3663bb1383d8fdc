"""Escribe el informe: una página y un CSV con lo mismo, prueba a prueba."""

from collections.abc import Iterator
from pathlib import Path

from course_lib.grading.course import Course
from course_lib.grading.engine.ledger import write_whole
from course_lib.grading.report.data import Finding, Row, UnitData, read_unit
from course_lib.grading.report.page import render
from course_lib.grading.report.private import anonymous, secret_key
from course_lib.grading.spreadsheet import write_csv

COLUMNAS = ("unidad", "estudiante", "nombre", "apellidos", "ejercicio", "prueba")
COLUMNAS += ("puntos", "máximo", "tropiezo", "errores", "frase")
DE_PERSONA = (
    "nombre",
    "apellidos",
    "tropiezo",
    "errores",
    "frase",
)  # lo que no va en la versión anónima


def available(curso: Course, unidad: str | None = None) -> list[UnitData]:
    """Las unidades con alguna entrega calificada: todas, o la que se pide.

    Raises
    ------
    ValueError
        Si no hay ninguna; dice qué hacer.
    """
    pedidas = [curso.check_unit(unidad)] if unidad else curso.units
    with curso.gradebook() as notas:
        datos = [read_unit(curso, notas.db, nombre) for nombre in pedidas]
    con_entregas = [d for d in datos if d.rows and d.items]
    if not con_entregas:
        que = f"de la unidad «{unidad}»" if unidad else "en el libro de notas"
        raise ValueError(
            f"No hay ninguna entrega calificada {que}. Deja las entregas en {curso.submitted} y "
            "califícalas con make grade; después, repite la orden."
        )
    return con_entregas


def write_report(
    curso: Course, unidad: str | None = None, *, anonimo: bool = False, salida: Path | None = None
) -> tuple[Path, Path]:
    """Escribe la página y, a su lado, el CSV; devuelve las dos rutas.

    Parameters
    ----------
    curso : Course
    unidad : str, optional
        Solo esa unidad.
    anonimo : bool
        La versión para enseñar en clase.
    salida : Path, optional
        La página, acabada en `.html`; si no se dice, en `entregas/informes/`.

    Raises
    ------
    ValueError
        Si no hay entregas calificadas o la salida no es una página.
    """
    destino = _destination(curso, unidad, anonimo, salida)
    unidades = available(curso, unidad)
    for datos in unidades:
        datos.rows.sort(key=lambda fila: -fila.total)
    if anonimo:
        clave = secret_key(curso)
        unidades = [anonymous(datos, clave) for datos in unidades]
    write_whole(destino, render(curso, unidades, anonimo=anonimo))
    columnas = [c for c in COLUMNAS if not anonimo or c not in DE_PERSONA]
    filas = ([fila[c] for c in columnas] for datos in unidades for fila in _rows(datos))
    return destino, write_csv(destino.with_suffix(".csv"), columnas, filas)


def _destination(curso: Course, unidad: str | None, anonimo: bool, salida: Path | None) -> Path:
    if salida and salida.suffix.lower() not in (".html", ".htm"):
        raise ValueError(
            f"{salida} no acaba en .html. Di el nombre de la página, por ejemplo "
            f"{salida / 'informe.html' if salida.is_dir() else salida.with_suffix('.html')}."
        )
    nombre = "-".join(filter(None, ("informe", unidad, "anonimo" if anonimo else "")))
    return salida or curso.entregas / "informes" / f"{nombre}.html"


def _rows(datos: UnitData) -> Iterator[dict]:
    for fila in datos.rows:
        suyos = {hallazgo.cell: hallazgo for hallazgo in fila.findings}
        for item in datos.items:
            hallazgo = suyos.get(item.id)
            yield {
                **_who(datos, fila),
                **{"ejercicio": item.exercise, "prueba": item.id, "máximo": item.points},
                **{"puntos": fila.scores.get(item.id, 0.0), **_what(hallazgo)},
            }


def _who(datos: UnitData, fila: Row) -> dict:
    persona = fila.person
    nombre = {"nombre": persona.first_name, "apellidos": persona.last_name}
    return {"unidad": datos.name, "estudiante": persona.id, **nombre}


def _what(hallazgo: Finding | None) -> dict:
    if hallazgo is None:
        return {"tropiezo": "", "errores": "", "frase": ""}
    errores = "+".join(hallazgo.ids)
    return {"tropiezo": hallazgo.kind, "errores": errores, "frase": hallazgo.sentence}
