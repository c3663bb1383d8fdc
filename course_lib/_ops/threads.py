"""Repartir las bandas de una convolución grande entre los núcleos.

NumPy suelta el cerrojo de Python (GIL) mientras copia, multiplica o transforma, así que bastan
hilos. Se crean en cada llamada grande, que dura mucho más que crearlos: unos hilos guardados no
sobrevivirían a un ``fork``. Mientras tanto BLAS no usa los suyos: cada producto es pequeño, y unos
hilos quitarían el sitio a los otros. El hilo que llama también trabaja, y cada uno prepara todas
sus bandas en la misma memoria.
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
    pending = iter(tasks)  # común: quien acaba una tarea toma la siguiente, y ninguno espera

    def some(room):
        with np.errstate(over="ignore", invalid="ignore"):  # cada hilo tiene los suyos
            return all([function(*task, room) for task in pending])

    if count == 1:
        return some(new_room())
    first, *rooms = [new_room() for _ in range(count)]
    with one_blas_thread(), ThreadPoolExecutor(count - 1) as pool:
        others = [pool.submit(some, room) for room in rooms]
        return some(first) & all([other.result() for other in others])


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
