"""El taller: muchas entregas a la vez, en este ordenador o en un clúster de Dask.

En los dos casos se ejecuta la misma función, `grade_here`: califica en el juez (y la burbuja) del
hilo que la llama, que se arranca la primera vez y se reutiliza.
"""

import atexit
import contextlib
import itertools
import os
import pickle
import select
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass

from course_lib.grading.engine.bubble import ENTORNO, PAQUETE
from course_lib.grading.engine.farewell import finish
from course_lib.grading.engine.job import Job, Result
from course_lib.grading.engine.limits import Limits

QUEUED = 3  # trabajos en espera por juez: ninguno para por falta de trabajo y la memoria no crece
START_SECONDS = 120
ROTO = (
    "El juez se cerró mientras la calificaba. Repite la orden; si vuelve a pasar, abre la entrega "
    "y mira qué hace."
)


@dataclass(frozen=True)
class Options:
    """Cómo se califica: los límites y si se aísla."""

    limits: Limits = Limits()
    isolate: bool = True


class Worker:
    """Un juez en su propio proceso, visto desde quien le da trabajo.

    Raises
    ------
    IsolationMissing
        Si hay que aislar y no se puede.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        entorno = {
            **os.environ,
            **{k: v for k, v in ENTORNO.items() if k.endswith("_THREADS")},
            "PYTHONPATH": os.pathsep.join(
                filter(None, (str(PAQUETE.parent), os.environ.get("PYTHONPATH")))
            ),
        }
        orden = [sys.executable, "-P", "-m", "course_lib.grading.engine.worker"]
        self.proceso = subprocess.Popen(
            orden, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=entorno
        )
        self._send((options.limits, options.isolate))
        error = self._receive(START_SECONDS)
        if error is not None:
            self.close()
            raise error

    def grade(self, job: Job) -> Result:
        """Califica un trabajo; si el juez se cierra o tarda demasiado, lo dice en el resultado."""
        limites = self.options.limits
        plazo = limites.total_seconds * limites.patience * (limites.restarts + 1) + START_SECONDS
        try:
            self._send(job)
            return self._receive(plazo)
        except (OSError, EOFError, pickle.UnpicklingError, TimeoutError):
            self.close()
            return Result(job.student, job.unit, job.fingerprint, problem=ROTO)

    @property
    def alive(self) -> bool:
        return self.proceso.poll() is None

    def _send(self, valor) -> None:
        pickle.dump(valor, self.proceso.stdin)
        self.proceso.stdin.flush()

    def _receive(self, segundos: float):
        # Solo hay un mensaje en camino, así que no queda nada leído de más en la memoria.
        if not select.select([self.proceso.stdout], [], [], segundos)[0]:
            raise TimeoutError
        return pickle.load(self.proceso.stdout)

    def close(self) -> None:
        for tubo in (self.proceso.stdin, self.proceso.stdout):
            with contextlib.suppress(OSError):
                tubo.close()
        finish(self.proceso)


_local = threading.local()
_workers: set[Worker] = set()
_lock = threading.Lock()


def grade_here(job: Job, options: Options = Options()) -> Result:
    """Califica un trabajo con el juez de este hilo.

    Parameters
    ----------
    job : Job
    options : Options

    Raises
    ------
    IsolationMissing
        Si esta máquina no puede aislar entregas.
    """
    worker = getattr(_local, "worker", None)
    if worker is None or not worker.alive or worker.options != options:
        worker = _local.worker = Worker(options)
        with _lock:
            _workers.add(worker)
    return worker.grade(job)


@atexit.register
def close_all() -> None:
    """Cierra todos los jueces de este proceso."""
    with _lock:
        while _workers:
            _workers.pop().close()


def grade_all(
    jobs: Iterable[Job],
    options: Options = Options(),
    *,
    workers: int | None = None,
    scheduler: str | None = None,
) -> Iterator[Result]:
    """Califica muchos trabajos y da cada resultado en cuanto está.

    Parameters
    ----------
    jobs : iterable of Job
        Se leen poco a poco: una clase grande no ocupa más memoria que una pequeña.
    options : Options
    workers : int, optional
        Jueces a la vez en este ordenador; uno por núcleo si no se dice.
    scheduler : str, optional
        Dirección de un planificador de Dask (`tcp://…`): se califica en sus máquinas.
    """
    if scheduler:
        yield from _on_dask(jobs, options, scheduler)
        return
    cuantos = workers or len(os.sched_getaffinity(0))
    with ThreadPoolExecutor(cuantos) as executor:
        try:
            yield from _flow(
                jobs, lambda job: executor.submit(grade_here, job, options), cuantos * QUEUED, wait
            )
        except BaseException:
            executor.shutdown(wait=False, cancel_futures=True)
            raise
        finally:
            close_all()


def _flow(jobs: Iterable[Job], submit, ventana: int, wait) -> Iterator[Result]:
    """Mantiene unos pocos trabajos en marcha y repone los que acaban."""
    pendientes, en_marcha = iter(jobs), set()
    while True:
        for job in itertools.islice(pendientes, ventana - len(en_marcha)):
            en_marcha.add(submit(job))
        if not en_marcha:
            return
        hechos, en_marcha = wait(en_marcha, return_when=FIRST_COMPLETED)
        en_marcha = set(en_marcha)
        for hecho in hechos:
            yield hecho.result()


def _on_dask(jobs: Iterable[Job], options: Options, scheduler: str) -> Iterator[Result]:
    from distributed import Client
    from distributed import wait as dask_wait

    with Client(scheduler) as cliente:
        hilos = sum(w["nthreads"] for w in cliente.scheduler_info(n_workers=-1)["workers"].values())
        if not hilos:
            raise ValueError(
                f"El planificador {scheduler} no tiene ninguna máquina. Arranca alguna con: "
                f"dask worker {scheduler}"
            )
        yield from _flow(
            jobs,
            lambda job: cliente.submit(grade_here, job, options, pure=False),
            hilos * QUEUED,
            dask_wait,
        )
