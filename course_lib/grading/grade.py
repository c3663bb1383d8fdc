"""Califica lo que ha cambiado: en paralelo y aislado, y la entrega que falla no detiene a nadie."""

import contextlib
import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader import utils
from nbgrader.plugins import CsvExportPlugin

from course_lib.grading.catalog import load_catalog
from course_lib.grading.course import Course
from course_lib.grading.engine.grader import Job, Result
from course_lib.grading.engine.ledger import Graded, Ledger
from course_lib.grading.engine.master import master
from course_lib.grading.engine.workshop import Options, grade_all
from course_lib.grading.inbox import Problem, Submission, roster, survey
from course_lib.grading.pages import Marks, PageMaker, marks_of
from course_lib.grading.publish import normalize_sources, publish_unit

TANDA, SEGUNDOS = 25, 2.0  # cada cuánto se escribe en el libro: lo primero que ocurra


@dataclass
class Outcome:
    """Qué pasó con cada entrega de una tanda."""

    graded: list[Submission] = field(default_factory=list)
    unchanged: list[Submission] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def fingerprint(*rutas: Path) -> str:
    """SHA-256 del contenido de unos archivos."""
    suma = hashlib.sha256()
    for ruta in rutas:
        suma.update(hashlib.sha256(ruta.read_bytes()).digest())
    return suma.hexdigest()


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
    paginas: bool = True,
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
    paginas : bool
        Si se escriben las páginas que recibe el alumnado, o solo las notas.
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
        jobs = tanda.jobs(forzar)
        resultados = grade_all(
            jobs, options or Options(curso.limits()), workers=workers, scheduler=scheduler
        )
        tanda.record(resultados)
        if paginas:
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
            fuentes = _source(self.curso, unidad), self.curso.root / "nbgrader_config.py"
            huella = fingerprint(*fuentes)
            if self.ledger.published(unidad) != huella:
                publish_unit(self.curso, unidad)
                self.ledger.seal_published(unidad, huella)
        with self.curso.gradebook() as notas:
            for ident, fila in (roster(self.curso) or {}).items():
                datos = {k: fila[k] for k in ("first_name", "last_name", "email") if fila.get(k)}
                notas.update_or_create_student(ident, **datos)

    def jobs(self, forzar: bool) -> Iterator[Job]:
        """Los trabajos de lo que ha cambiado; se lee cada entrega cuando le toca."""
        sellos, maestros = self.ledger.seals(), {}
        for entrega in self.entregas:
            huella = fingerprint(entrega.path, _source(self.curso, entrega.unit))
            if sellos.get(entrega.key, ("", ""))[0] == huella and not forzar:
                self.resultado.unchanged.append(entrega)
                self.avisar(entrega)
                continue
            if entrega.unit not in maestros:
                maestros[entrega.unit] = _master(self.curso, entrega.unit)
            texto, prohibido, catalogo = maestros[entrega.unit]
            datos = entrega.path.read_bytes()
            yield Job(entrega.student, entrega.unit, datos, texto, prohibido, huella, catalogo)

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
        hecha = paginas.path(entrega.student, entrega.unit).exists()
        if not hecha or sellos[entrega.key][1] != huella:
            paginas.make(entrega.student, entrega.unit, notas)
            self.ledger.seal_page(entrega.student, entrega.unit, huella)


def _source(curso: Course, unidad: str) -> Path:
    return curso.solutions / unidad / "ejercicios.ipynb"


def _master(curso: Course, unidad: str) -> tuple[str, dict[str, tuple[str, ...]], str]:
    carpeta = curso.solutions / unidad
    prohibido = {n: e.forbidden for n, e in load_catalog(carpeta).items()}
    texto = (carpeta / "errores.py").read_text(encoding="utf-8")
    return master(_source(curso, unidad), curso.config()), prohibido, texto


def _timestamp(carpeta: Path):
    """Cuándo se entregó, si nbgrader lo dejó escrito."""
    with contextlib.suppress(OSError, ValueError, OverflowError):
        texto = (carpeta / "timestamp.txt").read_text(encoding="utf-8").strip()
        return utils.parse_utc(texto) if texto else None
    return None


def export_csv(curso: Course) -> Path:
    """Escribe `entregas/informes/notas.csv`, con las columnas de nbgrader y quien ha entregado."""
    destino = curso.entregas / "informes" / "notas.csv"
    destino.parent.mkdir(parents=True, exist_ok=True)
    with curso.gradebook() as notas:
        exportador = CsvExportPlugin()
        exportador.to = str(destino)
        # A quien no tiene ninguna entrega calificada, nbgrader le pondría un cero.
        exportador.student = [alumno.id for alumno in notas.students if alumno.submissions]
        if exportador.student:
            exportador.export(notas)
        else:  # sin nombres exportaría a toda la lista
            destino.unlink(missing_ok=True)
    return destino
