"""Califica una entrega: la ejecuta en la burbuja, la juzga y devuelve su cuaderno calificado."""

import hashlib
import time
from functools import lru_cache

import nbformat
from nbformat.v4 import new_output

from course_lib.grading import cells
from course_lib.grading.engine.job import NO_SUPERADA, Job, Result, Verdict
from course_lib.grading.engine.judge import Judge
from course_lib.grading.engine.rebuild import UnreadableNotebook, read_cells, rebuild
from course_lib.grading.engine.sandbox import Sandbox
from course_lib.grading.engine.session import Session
from course_lib.grading.engine.slicing import preparation
from course_lib.grading.normalize import dumps

PROHIBIDO = "Tu respuesta usa {}. Este ejercicio pide escribirla con NumPy y Python; así no puntúa."


def grade_job(job: Job, sandbox: Sandbox) -> Result:
    """Califica una entrega.

    Parameters
    ----------
    job : Job
    sandbox : Sandbox
        Una burbuja en marcha.
    """
    inicio = time.monotonic()
    comun = {"student": job.student, "unit": job.unit, "fingerprint": job.fingerprint}
    try:
        entregadas = read_cells(job.notebook, sandbox.limites)
    except UnreadableNotebook as error:
        segundos = time.monotonic() - inicio
        frase = f"{error}. Pide que se vuelva a entregar."
        return Result(**comun, problem=frase, seconds=segundos)
    cuaderno = rebuild(_master(job.master), entregadas)
    veredictos = _run(cuaderno, job, sandbox)
    return Result(
        **comun,
        notebook=dumps(cuaderno),
        verdicts=veredictos,
        seconds=time.monotonic() - inicio,
    )


@lru_cache(maxsize=32)
def _master(texto: str) -> nbformat.NotebookNode:
    return nbformat.reads(texto, as_version=4)


@lru_cache(maxsize=32)
def _preparation(texto: str) -> dict:
    """Por id de celda del docente, lo que las pruebas necesitan de ella."""
    celdas = _master(texto).cells
    propias = {
        i: c.source
        for i, c in enumerate(celdas)
        if c.cell_type == "code" and not cells.is_test(c) and not cells.is_answer(c)
    }
    elegidas = preparation(propias, [c.source for c in celdas if cells.is_test(c)])
    return {celdas[i].id: sentencias for i, sentencias in elegidas.items()}


def _run(cuaderno, job: Job, sandbox: Sandbox) -> dict[str, Verdict]:
    """Recorre el cuaderno en orden: ejecuta en la burbuja, juzga aquí, y apunta las salidas."""
    session = Session(sandbox)
    judge = Judge(session, _preparation(job.master), _seed(job))
    veredictos: dict[str, Verdict] = {}
    try:
        prohibidas = session.scan(_own_sources(cuaderno), job.forbidden)
        for numero, celda in enumerate(filter(_is_code, cuaderno.cells), start=1):
            judge.prepare(celda.id)
            if cells.is_test(celda):
                veredicto = _forbidden(celda, prohibidas) or judge.test(celda)
                veredictos[cells.grade_id(celda)] = veredicto
                celda.outputs = outputs_of(veredicto)
            else:
                celda.outputs = session.run(celda.source)
            celda.execution_count = numero
        if job.catalog and not all(v.passed for v in veredictos.values()):
            _diagnose(cuaderno, veredictos, job, judge)
    finally:
        session.close()
    return veredictos


def _diagnose(cuaderno, veredictos: dict[str, Verdict], job: Job, judge: Judge) -> None:
    # Trae Matplotlib, que tarda en importarse: a quien todo le sale bien no le hace falta.
    from course_lib.grading.diagnosis.clinic import attach

    attach(cuaderno, veredictos, job.catalog, job.master, judge)


def _is_code(celda) -> bool:
    return celda.cell_type == "code" and bool(celda.source.strip())


def _own_sources(cuaderno) -> list[str]:
    return [c.source for c in cuaderno.cells if _is_code(c) and not cells.is_test(c)]


def _seed(job: Job) -> int:
    """Los datos al azar de las pruebas: otros para cada entrega, los mismos si se repite."""
    suma = hashlib.sha256(f"{job.student}/{job.unit}/".encode() + job.notebook)
    return int.from_bytes(suma.digest()[:8], "big")


def _forbidden(celda, prohibidas: dict[str, list[str]]) -> Verdict | None:
    """El veredicto de una prueba cuya función usa algo que la daría hecha."""
    usos = [
        n for f in sorted(cells.called_functions(celda, set(prohibidas))) for n in prohibidas[f]
    ]
    return Verdict(PROHIBIDO.format(", ".join(usos)), kind="prohibida") if usos else None


def outputs_of(veredicto: Verdict) -> list:
    """Las salidas con que nbgrader da los puntos: ninguna si se supera, un error si no."""
    if veredicto.passed:
        return []
    detalle = veredicto.detail.splitlines() or [veredicto.sentence]
    return [new_output("error", ename=NO_SUPERADA, evalue=veredicto.sentence, traceback=detalle)]
