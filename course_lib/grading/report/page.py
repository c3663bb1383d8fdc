"""La página del informe: un solo archivo, sin guiones y sin nada que buscar fuera."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import jinja2
import numpy as np

from course_lib.grading.catalog import load_catalog
from course_lib.grading.course import Course
from course_lib.grading.diagnosis.report import KINDS
from course_lib.grading.report import figures, reteach, stats, trouble
from course_lib.grading.report.data import UnitData
from course_lib.grading.report.private import MINIMO_POR_FILAS, POCOS, few

PLANTILLAS = Path(__file__).parents[1] / "templates" / "informe"
EN_LA_FIGURA = 12  # errores: más no se leen de un vistazo; la tabla los tiene todos
MESES = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto"),
    *("septiembre", "octubre", "noviembre", "diciembre"),
)


def render(
    curso: Course, unidades: list[UnitData], *, anonimo: bool = False, hoy: date | None = None
) -> str:
    """La página de unas unidades con entregas.

    Parameters
    ----------
    curso : Course
    unidades : list of UnitData
        Ya anónimas, si es la de enseñar en clase.
    anonimo : bool
        Sin nombres, sin frases de nadie y sin grupos de menos de tres personas.
    hoy : date, optional
        El día que se hizo.
    """
    entorno = jinja2.Environment(
        loader=jinja2.FileSystemLoader(PLANTILLAS),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    entorno.filters.update(numero=number, porcentaje=percent, estudiantes=students)
    nombres = [datos.name for datos in unidades]
    return entorno.get_template("pagina.html.j2").render(
        unidades=[_unit(curso, datos, anonimo) for datos in unidades],
        sin_calificar=[] if anonimo else trouble.ungraded(curso, nombres),
        anonimo=anonimo,
        fecha=_spanish_date(hoy or date.today()),
        minimo=stats.MINIMO,
        pocos=POCOS,
    )


def _unit(curso: Course, datos: UnitData, anonimo: bool) -> dict:
    catalogo = load_catalog(curso.solutions / datos.name)
    errores, cifras = stats.ranking(datos, catalogo), stats.item_stats(datos)
    contar = _counter(anonimo)
    return {
        "datos": datos,
        "resumen": stats.summary(datos.marks),
        "barras": figures.bins(datos.marks).tolist(),
        "partes": reteach.parts(datos, errores, cifras, contar),
        "cifras": cifras,
        "malos": stats.bad_exercises(cifras),
        "contar": contar,
        **_mistakes(datos, errores, anonimo),
        **_people(datos, anonimo),
        "figuras": _figures(datos, errores, cifras, anonimo),
    }


def _counter(anonimo: bool) -> Callable[[int], str]:
    return (lambda n: f"{few(n)} estudiantes") if anonimo else students


def _mistakes(datos: UnitData, errores: list, anonimo: bool) -> dict:
    """Los errores que se cuentan y, en la versión anónima, los que solo se nombran."""
    otros = {KINDS.get(k, k): p for k, p in stats.other_trouble(datos).items()}
    return {
        "errores": [e for e in errores if not anonimo or e.count >= POCOS],
        "raros": [e for e in errores if anonimo and e.count < POCOS],
        "otros": {k: p for k, p in otros.items() if not anonimo or len(p) >= POCOS},
    }


def _people(datos: UnitData, anonimo: bool) -> dict:
    """Lo que se dice persona a persona; en la versión anónima, casi nada."""
    tiempos = [fila.seconds for fila in datos.rows if fila.seconds is not None]
    lentas = sorted(
        (f for f in datos.rows if f.seconds is not None), key=lambda f: -(f.seconds or 0)
    )
    return {
        "por_filas": not anonimo or len(datos.rows) >= MINIMO_POR_FILAS,
        "tarde": sum(fila.hours_late > 0 for fila in datos.rows),
        "a_mirar": [] if anonimo else trouble.troubled(datos),
        "tiempos": {} if anonimo or not tiempos else _times(tiempos),
        "lentas": lentas[:3],
    }


def _times(tiempos: list[float]) -> dict[str, float]:
    return {
        "total": sum(tiempos),
        "mediana": float(np.median(tiempos)),
        "maximo": max(tiempos),
    }


def _figures(datos: UnitData, errores: list, cifras: list, anonimo: bool) -> dict[str, str]:
    """Las figuras de una unidad, como imágenes dentro de la página."""
    hechas = {
        "notas": figures.distribution(datos.marks),
        "pruebas": figures.items(cifras),
    }
    visibles = [e for e in errores if not anonimo or e.count >= POCOS][:EN_LA_FIGURA]
    if visibles:
        hechas["errores"] = figures.mistakes(visibles)
    if not anonimo or len(datos.rows) >= MINIMO_POR_FILAS:
        hechas["mapa"] = figures.heat_map(datos)
    return {nombre: figures.as_uri(figura) for nombre, figura in hechas.items()}


def number(valor: float, decimales: int = 1) -> str:
    """Un número en español, sin ceros de más.

    Examples
    --------
    >>> number(2.0), number(3.14159, 2), number(-0.04)
    ('2', '3,14', '0')
    """
    texto = f"{valor:.{decimales}f}"
    texto = texto.rstrip("0").rstrip(".") if "." in texto else texto
    return "0" if texto == "-0" else texto.replace(".", ",")


def percent(parte: float) -> str:
    """Una parte en tanto por ciento.

    Examples
    --------
    >>> percent(0.375)
    '38 %'
    """
    return f"{100 * parte:.0f} %"


def students(n: int) -> str:
    """Cuántos estudiantes.

    Examples
    --------
    >>> students(1), students(4)
    ('1 estudiante', '4 estudiantes')
    """
    return f"{n} estudiante" + ("" if n == 1 else "s")


def _spanish_date(dia: date) -> str:
    return f"{dia.day} de {MESES[dia.month - 1]} de {dia.year}"
