"""Entregas que piden una mirada: las que no se pudieron calificar, tardías, en blanco…"""

from course_lib.grading.course import Course
from course_lib.grading.inbox import Problem, survey
from course_lib.grading.report.data import Row, UnitData

A_MIRAR = ("vacia", "falta", "excepcion", "tiempo", "prohibida")


def ungraded(curso: Course, unidades: list[str]) -> list[Problem]:
    """Lo que hay en `entregas/submitted/` y no se puede calificar, de esas unidades."""
    otras = set(curso.units) - set(unidades)
    return [p for p in survey(curso)[1] if p.where.split("/")[-1] not in otras]


def sentences(fila: Row) -> list[str]:
    """Lo que hay que saber de una entrega antes de fiarse de su nota."""
    frases = [fila.problem] if fila.problem else []
    if fila.hours_late:
        frases.append(f"Entregada {lateness(fila.hours_late)} tarde{_cost(fila.penalty)}.")
    if fila.pending:
        frases.append("Falta una nota a mano: ponla en formgrader.")
    suyas = (f"{f.function}: {f.sentence}" for f in fila.findings if f.kind in A_MIRAR)
    return [*frases, *dict.fromkeys(suyas)]


def troubled(datos: UnitData) -> list[tuple[Row, list[str]]]:
    """Las entregas con algo que mirar."""
    return [(fila, frases) for fila in datos.rows if (frases := sentences(fila))]


def lateness(horas: float) -> str:
    """Cuánto tarde, redondeado.

    Examples
    --------
    >>> lateness(0.34), lateness(9.2), lateness(66.8)
    ('20 minutos', '9 horas', '2 días y 19 horas')
    """
    if horas < 1:
        return _plural(max(1, round(horas * 60)), "minuto")
    dias, resto = divmod(round(horas), 24)
    partes = [_plural(n, que) for n, que in ((dias, "día"), (resto, "hora")) if n]
    return " y ".join(partes)


def _plural(n: int, que: str) -> str:
    return f"{n} {que}" + ("" if n == 1 else "s")


def _cost(puntos: float) -> str:
    if not puntos:
        return ""
    return f": se le restan {puntos:g} puntos".replace(".", ",")
