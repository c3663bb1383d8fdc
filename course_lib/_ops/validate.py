"""Comprobaciones de argumentos: cada error dice qué argumento, qué valor y cómo arreglarlo.

Son funciones internas de ``course_lib.ops``. Devuelven el valor ya comprobado y nunca modifican
lo que reciben. Regla para elegir la excepción: ``TypeError`` si la clase de valor no sirve (texto,
decimales, listas irregulares) y ``ValueError`` si sirve, pero ese valor no.
"""

import difflib
import math
import operator
import reprlib

import numpy as np

IMAGE_FORMS = {
    2: "(alto, ancho)",
    3: "(alto, ancho, canales)",
    4: "(N, alto, ancho, canales)",
}
IMAGE_CURE = "Si la imagen está aplanada, devuélvele su forma con x.reshape(alto, ancho)."
KERNEL_FORMS = {2: "(kh, kw)", 4: "(kh, kw, C_in, C_out)"}
KERNEL_CURE = "Si es un solo filtro con canales, añade el eje de filtros: kernel[..., None]."


def as_real(value, name, nan=False):
    """Devuelve ``value`` como array de números reales, no vacío y, salvo ``nan``, sin NaN.

    Buscar NaN recorre todo el array; quien pueda notarlos después, en su resultado, pide ``nan``.
    """
    if nan and type(value) is np.ndarray and value.dtype.char in "fd" and value.size:
        return value
    try:
        array = np.asarray(value)
    except (TypeError, ValueError, RuntimeError, OverflowError):
        array = np.empty(0, object)  # lista irregular: el mensaje de abajo lo explica mejor
    if array.dtype.kind == "c":
        raise TypeError(
            f"{name} tiene números complejos (dtype {array.dtype}) y aquí se trabaja con reales. "
            f"Usa {name}.real o np.abs({name})."
        )
    if array.dtype.kind not in "biuf":
        raise TypeError(
            f"{name}={reprlib.repr(value)} no es un array de números (dtype {array.dtype}). "
            "Si es una lista, comprueba que todas las filas tengan la misma longitud y que no "
            "haya texto ni None; después conviértela con np.array(lista, dtype=float)."
        )
    array = _with_elements(array, name)
    return array if nan else _without_nan(array, name)


def _with_elements(array, name):
    if array.size == 0:
        raise ValueError(
            f"{name} está vacío: su forma es {array.shape}. Revisa el recorte o la lectura que lo "
            "produjo; cada eje necesita al menos un elemento."
        )
    return array


def _without_nan(array, name):
    if array.dtype.char in "fd" and math.isfinite(np.vdot(array, array)):
        return array  # una suma de cuadrados lo dice en una sola lectura
    if array.dtype.kind == "f" and np.isnan(array).any():
        raise ValueError(
            f"{name} tiene NaN; el primero está en {name}[{first_true(np.isnan(array))}]. "
            f"Revisa de dónde sale o sustitúyelos con np.nan_to_num({name})."
        )
    return array


def first_true(mask):
    """Escribe los índices del primer ``True`` de una máscara, listos para ponerlos entre [ ]."""
    return ", ".join(map(str, np.argwhere(mask)[0])) or "()"


def as_image(value, name="x", nan=False):
    """Devuelve una imagen o un lote comprobados: 2, 3 o 4 dimensiones."""
    return _with_ndim(as_real(value, name, nan), name, IMAGE_FORMS, IMAGE_CURE)


def as_kernel(value, name="kernel", nan=False):
    """Devuelve un kernel comprobado: 2 o 4 dimensiones."""
    return _with_ndim(as_real(value, name, nan), name, KERNEL_FORMS, KERNEL_CURE)


def _with_ndim(array, name, forms, cure):
    if array.ndim not in forms:
        raise ValueError(
            f"{name} tiene forma {array.shape}, de {array.ndim} dimensiones; se esperaba "
            f"{' o '.join(forms.values())}. {cure}"
        )
    return array


def float_dtype(array):
    """Dtype en que se calcula: los flotantes lo conservan; enteros y booleanos, float64."""
    if array.dtype.char in "fd":
        return array.dtype if array.dtype.isnative else array.dtype.newbyteorder("=")
    if array.dtype.kind == "f":
        return np.result_type(array.dtype, np.float32)  # float16 sube: sumaría con mucho error
    return np.dtype(np.float64)


def as_float(value, name):
    """Devuelve ``value`` comprobado y en su dtype de cálculo."""
    array = as_real(value, name)
    return array.astype(float_dtype(array), copy=False)


def as_gradient(value, shape, x):
    """Devuelve ``dy`` comprobado, con la forma de la salida y en el dtype de cálculo de ``x``."""
    dy = as_real(value, "dy")
    if dy.shape != tuple(shape):
        raise ValueError(
            f"dy tiene forma {dy.shape}, pero la salida tiene forma {tuple(shape)} para x de forma "
            f"{x.shape} con estos argumentos. Usa los mismos con los que calculaste la salida y un "
            "valor de dy por cada valor de ella."
        )
    with np.errstate(over="ignore"):
        return dy.astype(float_dtype(x), copy=False)


def whole(value, name, example):
    """Devuelve un entero de Python; los booleanos y los decimales no valen."""
    try:
        number = operator.index(value)
    except TypeError:
        number = None
    if number is None or isinstance(value, (bool, np.bool_)):
        raise TypeError(
            f"{name}={reprlib.repr(value)} no es un número entero. Usa, por ejemplo, "
            f"{name}={example}; si sale de una división, divide con // en vez de /."
        )
    return number


def integer(value, name, minimum):
    """Devuelve un entero de Python no menor que ``minimum``."""
    if type(value) is int and value >= minimum:
        return value
    number = whole(value, name, minimum)
    if number < minimum:
        raise ValueError(
            f"{name}={number} es demasiado pequeño: el mínimo es {minimum}. Usa, por ejemplo, "
            f"{name}={minimum}."
        )
    return number


def is_pair(value):
    """Dice si ``value`` es una secuencia de dos elementos."""
    return isinstance(value, (tuple, list)) and len(value) == 2


def plain(value):
    """Cambia un array por listas y números de Python; lo demás lo deja como está."""
    return value.tolist() if isinstance(value, np.ndarray) else value


def pair(value, name, minimum, meaning="(vertical, horizontal)"):
    """Devuelve dos enteros a partir de uno solo (que se repite) o de una pareja."""
    value = plain(value)
    if isinstance(value, (tuple, list)) and len(value) != 2:
        raise ValueError(
            f"{name}={reprlib.repr(value)} tiene {len(value)} valores. Usa un entero o una pareja "
            f"{meaning}, por ejemplo {name}=({minimum}, {minimum})."
        )
    first, second = value if is_pair(value) else (value, value)
    return integer(first, name, minimum), integer(second, name, minimum)


def flag(value, name):
    """Devuelve ``value`` si es ``True`` o ``False``."""
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name}={reprlib.repr(value)} no es un booleano. Usa True o False.")
    return bool(value)


def choice(value, name, options):
    """Devuelve ``value`` si es una de las opciones; si no, propone la más parecida."""
    if isinstance(value, str) and value in options:
        return value
    nearest = difflib.get_close_matches(str(value).lower(), options, n=1)
    guess = f"¿Querías decir {name}={nearest[0]!r}? " if nearest else ""
    raise ValueError(
        f"{name}={reprlib.repr(value)} no existe. {guess}Usa una de estas opciones: "
        f"{', '.join(map(repr, options))}."
    )


def finished(result, **inputs):
    """Devuelve ``result``; si el cálculo produjo NaN, lo dice y señala la entrada culpable."""
    if not np.isnan(result).any():
        return result
    where = first_true(np.isnan(result))
    infinite = [name for name, array in inputs.items() if np.isinf(array).any()]
    if infinite:
        raise ValueError(
            f"El resultado tendría NaN en la posición [{where}]: los infinitos de "
            f"{' y '.join(infinite)} se anulan entre sí o con un cero (inf - inf, 0 * inf). "
            f"Cámbialos por valores finitos con np.nan_to_num({infinite[0]})."
        )
    raise ValueError(
        f"El resultado tendría NaN en la posición [{where}]: los valores de {', '.join(inputs)} "
        f"son demasiado grandes para {result.dtype}. Divídelos por su máximo antes de calcular."
    )
