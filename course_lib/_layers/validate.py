"""Comprobaciones de lo que llega a una capa o a un modelo: qué capa, qué llegó, qué se esperaba."""

import reprlib
from numbers import Real

import numpy as np

from course_lib._ops.validate import as_real, plain, whole

SHAPES = {1: "(características,)", 3: "(alto, ancho, canales)"}


def as_shape(shape, label):
    """Devuelve la forma de una muestra: (alto, ancho, canales) o (características,)."""
    shape = plain(shape)
    if not isinstance(shape, (tuple, list)) or len(shape) not in SHAPES:
        raise ValueError(
            f"{label}: input_shape={reprlib.repr(shape)} no es la forma de una muestra; se "
            f"esperaba {' o '.join(SHAPES.values())}, sin el lote. Una imagen gris de 8×8 es "
            "input_shape=(8, 8, 1)."
        )
    for length in shape:
        if whole(length, "input_shape", 1) < 1:
            raise ValueError(
                f"{label}: input_shape={tuple(shape)} tiene un eje sin elementos. Todos miden al "
                "menos 1."
            )
    return tuple(map(int, shape))


def as_inputs(x, layer):
    """Devuelve un lote comprobado para una capa o un modelo."""
    x, wanted = as_real(x, "x"), layer.input_shape
    if x.shape[1:] == wanted:
        return x
    raise ValueError(
        f"{layer.label}: recibe x de forma {x.shape} y espera {written(wanted)}.{_cure(x, wanted)}"
    )


def _cure(x, wanted):
    """El arreglo de las confusiones corrientes: falta el lote o los canales, o van delante."""
    if x.shape == wanted:
        return " Falta el eje del lote: usa x[None]."
    if len(wanted) == 3 and (*x.shape[1:], 1) == wanted:
        return " Falta el eje de los canales: usa x[..., None]."
    if x.ndim == 4 and np.moveaxis(x, 1, -1).shape[1:] == wanted:
        return " Los canales van al final: usa np.moveaxis(x, 1, -1)."
    if x.ndim == 2 and len(wanted) == 3 and x.shape[1] == np.prod(wanted):
        return f" Las imágenes están aplanadas: usa x.reshape(-1, {', '.join(map(str, wanted))})."
    return " Comprueba x o crea el modelo con la forma de tus datos."


def written(shape):
    """La forma de un lote como se lee: (N, 8, 8, 1)."""
    return f"(N, {', '.join(map(str, shape))})"


def fitting_array(value, shape, name):
    """Devuelve un array de números de exactamente esa forma."""
    array = as_real(value, name)
    if array.shape != tuple(shape):
        raise ValueError(
            f"{name} tiene forma {array.shape}; se esperaba {tuple(shape)}. Usa un array de esa "
            "forma."
        )
    return array


def cast(array, dtype, name, copy=True):
    """Devuelve el array en la precisión de la capa, si sus valores caben en ella."""
    with np.errstate(over="ignore"):
        result = array.astype(dtype, copy=copy)
    narrower = array.dtype.itemsize > result.dtype.itemsize
    if narrower and (np.isinf(result) & np.isfinite(array)).any():
        most = np.abs(array).max()
        raise ValueError(
            f"{name} tiene valores de hasta {most:.1e}, que no caben en {dtype}. Divídelos por su "
            "máximo, o construye con dtype=np.float64."
        )
    return result


def real(value, name, low, high=None, *, example):
    """Devuelve un número finito de [low, high), o (0, ∞) si solo se pide positivo."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, Real):
        raise TypeError(
            f"{name}={reprlib.repr(value)} no es un número. Usa, por ejemplo, {name}={example}."
        )
    inside = low <= value < high if high is not None else low < value
    if not (inside and np.isfinite(value)):
        wanted = f"mayor que {low}" if high is None else f"desde {low} y menor que {high}"
        raise ValueError(
            f"{name}={value!r} no vale: debe ser un número {wanted}. Usa, por ejemplo, "
            f"{name}={example}."
        )
    return float(value)


def as_seed(seed):
    """Devuelve una semilla: un entero no negativo."""
    if whole(seed, "seed", 0) < 0:
        raise ValueError(f"seed={seed} es negativa. Usa un entero desde 0, como seed=0.")
    return int(seed)
