"""Repartir las bandas de una convolución grande entre los núcleos.

NumPy suelta el cerrojo de Python (GIL) mientras copia, multiplica o transforma, así que bastan
hilos. Se crean en cada llamada grande, que dura mucho más que crearlos: unos hilos guardados no
sobrevivirían a un ``fork``. Los productos de matrices grandes no se reparten aquí, porque BLAS ya
los reparte por su cuenta y unos hilos quitarían el sitio a los otros.
"""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np

WORTH = 4e6  # multiplicaciones desde las que compensa crear hilos
BLAS_SPREADS = 2**18  # multiplicaciones de un producto desde las que OpenBLAS usa sus hilos
MOST = 4  # cada hilo necesita su banda: más hilos son más memoria


def for_each(function, tasks, work):
    """Llama a ``function`` con cada tarea; ``work``, cuántas multiplicaciones suman todas."""
    count = _cores() if work > WORTH else 1
    if count == 1:
        for task in tasks:
            function(*task)
        return

    def quietly(task):
        with np.errstate(over="ignore", invalid="ignore"):  # cada hilo tiene los suyos
            function(*task)

    with ThreadPoolExecutor(count) as pool:
        for _ in pool.map(quietly, tasks):
            pass


def _cores():
    """Núcleos que puede usar este proceso."""
    usable = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count())
    return min(len(usable), MOST)
