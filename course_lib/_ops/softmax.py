"""Activaciones que comparan entre sí los valores de un eje."""

import numpy as np

from course_lib._ops.validate import as_float, finished, whole


def softmax(x, axis=-1):
    """Convierte los valores de un eje en probabilidades que suman 1.

    Parameters
    ----------
    x : array_like
        Valores con al menos un eje. Un ``-inf`` recibe probabilidad 0.
    axis : int, default -1
        Eje que se normaliza; el último son los canales.

    Returns
    -------
    ndarray
        Array de la misma forma que ``x``.

    Raises
    ------
    TypeError, ValueError
        Si ``x`` no contiene números reales, está vacío o tiene NaN, si el eje no existe o si el
        resultado no está definido (un ``+inf``, o un eje entero de ``-inf``).

    Examples
    --------
    >>> softmax([1000, 1000, 1000, 1000]).tolist()
    [0.25, 0.25, 0.25, 0.25]
    """
    shifted = _shifted(x, axis)
    exponentials = np.exp(shifted)
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


def log_softmax(x, axis=-1):
    """Calcula el logaritmo de ``softmax`` sin pasar por probabilidades que se redondeen a cero.

    Parameters
    ----------
    x : array_like
        Valores con al menos un eje.
    axis : int, default -1
        Eje que se normaliza; el último son los canales.

    Returns
    -------
    ndarray
        Array de la misma forma que ``x``, con valores menores o iguales que 0.

    Raises
    ------
    TypeError, ValueError
        Los mismos casos que ``softmax``.

    Examples
    --------
    >>> log_softmax([0, 0, -1000]).round(4).tolist()
    [-0.6931, -0.6931, -1000.6931]
    """
    shifted = _shifted(x, axis)
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


def _shifted(x, axis):
    """Resta el máximo del eje: no cambia la softmax y las exponenciales no desbordan."""
    x = as_float(x, "x")
    axis = whole(axis, "axis", -1)
    if not -x.ndim <= axis < x.ndim:
        raise ValueError(
            f"axis={axis} no existe en x, de forma {x.shape}. Usa axis=-1, el último eje; si x es "
            "un solo número, ponlo en una lista."
        )
    with np.errstate(over="ignore", invalid="ignore"):
        return finished(x - x.max(axis=axis, keepdims=True), x=x)
