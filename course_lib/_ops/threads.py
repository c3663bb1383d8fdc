"""Repartir las bandas de una convolución grande entre los núcleos.

NumPy suelta el cerrojo de Python (GIL) mientras copia, multiplica o transforma, así que bastan
hilos. Se crean en cada llamada grande, que dura mucho más que crearlos: unos hilos guardados no
sobrevivirían a un ``fork``. Mientras tanto BLAS no usa los suyos: cada producto es pequeño, y unos
hilos quitarían el sitio a los otros. La memoria en que prepara cada hilo sus bandas se pide una
sola vez, antes de empezar: pedida dentro del hilo sale nueva, y estrenarla cuesta más que usarla.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

import numpy as np
from threadpoolctl import ThreadpoolController

WORTH = 3e7  # multiplicaciones desde las que compensa: unos dos milisegundos
MOST = 4  # cada hilo necesita su banda: más hilos son más memoria


def for_each(function, tasks, work, new_room):
    """Llama a ``function`` con cada tarea y dice si todas las veces devolvió ``True``.

    ``work`` es cuántas multiplicaciones suman todas; ``new_room``, una función que pide la memoria
    que cada hilo reutiliza en todas sus tareas, y que estas reciben al final.
    """
    tasks = list(tasks)
    count = min(_cores(), len(tasks)) if work > WORTH else 1
    rooms = [new_room() for _ in range(count)]

    def some(first):
        with np.errstate(over="ignore", invalid="ignore"):  # cada hilo tiene los suyos
            return all([function(*task, rooms[first]) for task in tasks[first::count]])

    if count == 1:
        return some(0)
    with one_blas_thread(), ThreadPoolExecutor(count - 1) as pool:
        others = [pool.submit(some, first) for first in range(1, count)]
        return some(0) & all([other.result() for other in others])


def one_blas_thread():
    """Contexto en el que BLAS usa un solo hilo: para productos pequeños, repartir cuesta más."""
    return _blas().limit(limits=1)


@lru_cache(maxsize=1)
def _blas():
    """Las bibliotecas de álgebra cargadas; buscarlas cuesta milisegundos, así que se recuerdan."""
    return ThreadpoolController().select(user_api="blas")


def _cores():
    """Núcleos que puede usar este proceso."""
    usable = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count())
    return min(len(usable), MOST)
