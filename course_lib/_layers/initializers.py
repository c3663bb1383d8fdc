"""Sorteo de los pesos iniciales.

Con pesos demasiado pequeños la señal se apaga de capa en capa, y con pesos demasiado grandes
explota. Ambos sorteos conservan su varianza; cuentan cuántas entradas suma cada salida (`fan_in`)
y a cuántas salidas llega cada entrada (`fan_out`).
"""

import math

from course_lib._ops.validate import choice


def he(rng, shape):
    """Uniforme de varianza ``2 / fan_in``: compensa que la ReLU anula la mitad.

    K. He, X. Zhang, S. Ren y J. Sun, "Delving deep into rectifiers", 2015.
    """
    limit = math.sqrt(6 / _fans(shape)[0])
    return rng.uniform(-limit, limit, shape)


def glorot(rng, shape):
    """Uniforme de varianza ``2 / (fan_in + fan_out)``: equilibra la ida y la vuelta.

    X. Glorot y Y. Bengio, "Understanding the difficulty of training deep feedforward neural
    networks", 2010.
    """
    limit = math.sqrt(6 / sum(_fans(shape)))
    return rng.uniform(-limit, limit, shape)


def _fans(shape):
    """Entradas de cada salida y salidas de cada entrada; los últimos ejes son (C_in, C_out)."""
    window = math.prod(shape[:-2])
    return window * shape[-2], window * shape[-1]


_BY_NAME = {"he": he, "glorot": glorot}


def initializer(name):
    """Devuelve el sorteo de ese nombre."""
    return _BY_NAME[choice(name, "kernel_initializer", tuple(_BY_NAME))]
