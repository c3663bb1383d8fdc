"""Repartir las bandas de una convolución grande entre los núcleos.

NumPy suelta el cerrojo de Python (GIL) mientras copia, multiplica o transforma, así que bastan
hilos. Se crean en cada llamada grande, que dura mucho más que crearlos: unos hilos guardados no
sobrevivirían a un ``fork``. Mientras tanto BLAS no usa los suyos: cada producto es pequeño, y unos
hilos quitarían el sitio a los otros.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

import numpy as np
from threadpoolctl import ThreadpoolController

WORTH = 2.5e8  # multiplicaciones desde las que compensa: unos diez milisegundos
MOST = 4  # cada hilo necesita su banda: más hilos son más memoria


def for_each(function, tasks, work):
    """Llama a ``function`` con cada tarea y dice si todas las veces devolvió ``True``.

    ``work`` es cuántas multiplicaciones suman todas.
    """
    count = _cores() if work > WORTH else 1
    if count == 1:
        return all([function(*task) for task in tasks])

    def quietly(task):
        with np.errstate(over="ignore", invalid="ignore"):  # cada hilo tiene los suyos
            return function(*task)

    with one_blas_thread(), ThreadPoolExecutor(count) as pool:
        return all(list(pool.map(quietly, tasks)))


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
