"""Califica lo que ha cambiado: en paralelo y aislado, y la entrega que falla no detiene a nadie."""

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from nbgrader import utils

from course_lib.grading.course import Course
from course_lib.grading.engine.job import Job, Result
from course_lib.grading.engine.ledger import Graded, Ledger
from course_lib.grading.engine.workshop import Options, grade_all
from course_lib.grading.export import export_nbgrader
from course_lib.grading.inbox import Problem, Submission, roster, survey
from course_lib.grading.jobs import fingerprint, job_for, source
from course_lib.grading.pages import Marks, PageMaker, marks_of
from course_lib.grading.publish import normalize_sources, publish_unit

DE_LA_LISTA = ("first_name", "last_name", "email", "lms_user_id")
TANDA, SEGUNDOS = 25, 2.0  # cada cuánto se escribe en el libro: lo primero que ocurra


@dataclass
class Outcome:
    """Qué pasó con cada entrega de una tanda."""

    graded: list[Submission] = field(default_factory=list)
    unchanged: list[Submission] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def pending(
    curso: Course, unidad: str | None = None, alumno: str | None = None
) -> tuple[list[Submission], list[Problem]]:
    """Entregas y problemas que tocan a esa unidad y a ese estudiante (todos si no se dice).

    Raises
    ------
    ValueError
        Si la unidad no existe o el estudiante no ha entregado nada.
    """
    entregas, problemas = survey(curso)
    if unidad:
        curso.check_unit(unidad)
        entregas = [e for e in entregas if e.unit == unidad]
        otras = set(curso.units) - {unidad}
        problemas = [p for p in problemas if p.where.split("/")[-1] not in otras]
    if alumno:
        entregas = [e for e in entregas if e.student == alumno]
        problemas = [p for p in problemas if p.where.split("/")[0] == alumno]
        if not entregas and not problemas:
            raise ValueError(
                f"No hay ninguna entrega de «{alumno}» en {curso.submitted}. "
                "Comprueba el nombre de su carpeta."
            )
    return entregas, problemas


def grade(
    curso: Course,
    entregas: list[Submission],
    *,
    forzar: bool = False,
    avisar: Callable[[Submission], None] = lambda entrega: None,
    solo_notas: bool = False,
    options: Options | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
) -> Outcome:
    """Califica lo que ha cambiado desde la última vez y escribe la retroalimentación.

    Parameters
    ----------
    curso : Course
    entregas : list of Submission
        Las que hay que mirar (`pending`).
    forzar : bool
        Calificar también lo que no ha cambiado.
    avisar : callable
        Recibe cada entrega cuando termina (para la barra de progreso).
    solo_notas : bool
        Sin diagnosticar los errores ni escribir las páginas que recibe el alumnado.
    options : Options, optional
        Límites y aislamiento; si no se dice, los de `nbgrader_config.py`.
    workers, scheduler
        Dónde se califica, como en `grade_all`.

    Raises
    ------
    BlockingIOError
        Si ya hay otra calificación en marcha en este curso.
    IsolationMissing
        Si esta máquina no puede aislar las entregas.
    """
    with curso.only_one(), curso.gradebook() as libro:
        tanda = _Batch(curso, Ledger(libro, curso.config()), entregas, avisar)
        tanda.prepare()
        jobs = tanda.jobs(forzar, solo_notas)
        resultados = grade_all(
            jobs, options or Options(curso.limits()), workers=workers, scheduler=scheduler
        )
        tanda.record(resultados)
        if not solo_notas:
            tanda.make_pages()
        return tanda.resultado


class _Batch:
    """Una calificación en marcha."""

    def __init__(self, curso: Course, ledger: Ledger, entregas: list[Submission], avisar) -> None:
        self.curso, self.ledger, self.entregas, self.avisar = curso, ledger, entregas, avisar
        self.por_clave = {e.key: e for e in entregas}
        self.resultado = Outcome()

    def prepare(self) -> None:
        """Publica las unidades cuyos ejercicios han cambiado y apunta al alumnado de la lista."""
        normalize_sources(self.curso)
        for unidad in sorted({e.unit for e in self.entregas}):
            fuentes = source(self.curso, unidad), self.curso.root / "nbgrader_config.py"
            huella = fingerprint(*fuentes)
            if self.ledger.published(unidad) != huella:
                publish_unit(self.curso, unidad)
                self.ledger.seal_published(unidad, huella)
        for ident, fila in (roster(self.curso) or {}).items():
            datos = {k: fila[k] for k in DE_LA_LISTA if fila.get(k)}
            self.ledger.gradebook.update_or_create_student(ident, **datos)

    def jobs(self, forzar: bool, solo_notas: bool) -> Iterator[Job]:
        """Los trabajos de lo que ha cambiado; se lee cada entrega cuando le toca."""
        sellos = self.ledger.seals()
        for entrega in self.entregas:
            entera = fingerprint(entrega.path, source(self.curso, entrega.unit))
            # Con otro sello, la próxima vez que se califique del todo le tocará su diagnóstico.
            huella = f"notas:{entera[:58]}" if solo_notas else entera
            if sellos.get(entrega.key, ("", ""))[0] in (huella, entera) and not forzar:
                self.resultado.unchanged.append(entrega)
                self.avisar(entrega)
                continue
            datos = entrega.path.read_bytes()
            job = job_for(self.curso, entrega.student, entrega.unit, datos, huella)
            yield replace(job, catalog="") if solo_notas else job

    def record(self, resultados: Iterable[Result]) -> None:
        """Apunta los resultados por tandas; si se interrumpe, lo terminado queda apuntado."""
        espera: list[Graded] = []
        desde = time.monotonic()
        try:
            for resultado in resultados:
                self._settle(resultado, espera)
                if len(espera) >= TANDA or time.monotonic() - desde > SEGUNDOS:
                    self._write(espera)
                    desde = time.monotonic()
        finally:
            self._write(espera)

    def _settle(self, resultado: Result, espera: list[Graded]) -> None:
        entrega = self.por_clave[f"{resultado.student}/{resultado.unit}"]
        if resultado.problem:
            self.resultado.problems.append(Problem(entrega.key, resultado.problem))
            self.ledger.record_problem(resultado)
        else:
            ruta = self.curso.entregas / "autograded" / entrega.key / "ejercicios.ipynb"
            espera.append(Graded(resultado, ruta, _timestamp(entrega.path.parent)))
            self.resultado.graded.append(entrega)
        self.avisar(entrega)

    def _write(self, espera: list[Graded]) -> None:
        if espera:
            self.ledger.record(espera)
            espera.clear()

    def make_pages(self) -> None:
        """Hace las páginas que faltan o cuyas notas o comentarios han cambiado."""
        paginas, sellos = PageMaker(self.curso), self.ledger.seals()
        calificadas = {e.key: e for e in (*self.resultado.graded, *self.resultado.unchanged)}
        for unidad in sorted({e.unit for e in calificadas.values()}):
            for alumno, notas in marks_of(self.curso, self.ledger.db, unidad).items():
                if entrega := calificadas.get(f"{alumno}/{unidad}"):
                    self._page(paginas, entrega, notas, sellos)
        self.ledger.db.commit()

    def _page(self, paginas: PageMaker, entrega: Submission, notas: Marks, sellos: dict) -> None:
        huella = notas.fingerprint
        if paginas.made(entrega.student, entrega.unit) and sellos[entrega.key][1] == huella:
            return
        try:
            paginas.make(entrega.student, entrega.unit, notas)
        except Exception as error:  # sea lo que sea, las páginas de los demás se hacen
            self.resultado.problems.append(Problem(entrega.key, _without_page(entrega, error)))
        else:
            self.ledger.seal_page(entrega.student, entrega.unit, huella)


def _without_page(entrega: Submission, error: Exception) -> str:
    causa = f"{type(error).__name__}: {error}".split("\n")[0]
    return (
        f"Su nota está guardada, pero su página no se pudo hacer ({causa}). Vuelve a calificarla: "
        f"curso calificar --forzar --unidad {entrega.unit} --alumno {entrega.student}"
    )


def _timestamp(carpeta: Path):
    """Cuándo se entregó, si nbgrader lo dejó escrito."""
    with contextlib.suppress(OSError, ValueError, OverflowError):
        texto = (carpeta / "timestamp.txt").read_text(encoding="utf-8").strip()
        return utils.parse_utc(texto) if texto else None
    return None


def export_csv(curso: Course) -> Path:
    """Escribe `entregas/informes/notas.csv`, con las columnas de nbgrader y quien ha entregado."""
    destino = curso.entregas / "informes" / "notas.csv"
    with curso.gradebook() as notas:
        hay = any(alumno.submissions for alumno in notas.students)
    if hay:
        return export_nbgrader(curso, destino)
    destino.unlink(missing_ok=True)
    return destino
