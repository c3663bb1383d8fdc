"""Contar los pasos que da Python, para saber si hay un bucle donde no debe. Sin medir tiempos."""

import sys
from collections.abc import Callable


def count(funcion: Callable, datos: tuple) -> int:
    """Líneas ejecutadas y funciones de Python a las que se entra; un bucle repite las suyas.

    Quien quita el contador mientras se cuenta no da pocos pasos: da todos.
    """
    pasos = 0

    def seguir(marco, evento, _):
        nonlocal pasos
        pasos += evento in ("call", "line")
        return seguir

    anterior = sys.gettrace()
    sys.settrace(seguir)
    try:
        funcion(*datos)
        entero = sys.gettrace() is seguir
    finally:
        sys.settrace(anterior)
    return pasos if entero else sys.maxsize


def count_steps(funcion, *datos) -> int:
    """Cuenta los pasos que da Python al llamar a una función.

    Un bucle da los suyos en cada vuelta; una operación de NumPy con el array entero, los mismos
    por grande que sea. Así se ve si hay un bucle sobre los píxeles sin depender del reloj.

    Parameters
    ----------
    funcion : callable
        La que escribe el estudiante.
    *datos : object
        Con qué se la llama.

    Returns
    -------
    int

    Examples
    --------
    >>> def duplica(x):
    ...     return x * 2
    >>> count_steps(duplica, [1] * 10) == count_steps(duplica, [1] * 1000)
    True
    """
    # Al calificar, la función está en otro proceso y es allí donde se cuenta.
    contar = getattr(funcion, "count_steps", None)
    return contar(*datos) if contar else count(funcion, datos)
