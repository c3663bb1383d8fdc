"""Qué pasó en una llamada, en una forma que se puede comparar con lo que pasó en otra."""

import contextlib
import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

RTOL = 1e-5
HUGE = 200_000  # números de un resultado que ya no se mira: ninguno correcto es tan grande


@dataclass(frozen=True)
class Call:
    """Unos argumentos, en la forma en que se escribieron en la llamada."""

    args: tuple = ()
    kwargs: dict = field(default_factory=dict)
    raising: bool = False  # lo correcto es lanzar una excepción

    def copy(self) -> "Call":
        """Una copia que la función puede estropear; las funciones que lleve son las mismas."""
        return Call(_copy(self.args), _copy(self.kwargs), self.raising)

    @property
    def values(self) -> tuple:
        """Todos los argumentos, sin sus nombres."""
        return (*self.args, *self.kwargs.values())


def _copy(valor):
    if isinstance(valor, np.ndarray):
        return np.array(valor)
    if isinstance(valor, tuple | list):
        return type(valor)(_copy(v) for v in valor)
    if isinstance(valor, dict):
        return {k: _copy(v) for k, v in valor.items()}
    return valor


@dataclass(frozen=True)
class Outcome:
    """Lo que salió de una llamada.

    Parameters
    ----------
    kind : str
        `"valor"`, `"excepcion"` o la razón de que no contestara (`"tiempo"`, `"muerte"`…).
    value : object
        El resultado: un array de float, o listas, diccionarios y textos que los contienen.
    changed : tuple of int
        Los argumentos que quedaron distintos, por su orden.
    error : str
        La clase de la excepción.
    detail : str
        Su texto y dónde saltó.
    dtype : str
        El tipo de los números, antes de pasarlos a float.
    """

    kind: str
    value: object = None
    changed: tuple[int, ...] = ()
    error: str = ""
    detail: str = ""
    dtype: str = ""

    @property
    def answered(self) -> bool:
        return self.kind == "valor"


def observe(function: Callable, call: Call, view: Callable | None = None) -> Outcome:
    """Llama a una función de la casa y cuenta lo que pasó.

    Parameters
    ----------
    function : callable
    call : Call
        No se modifica.
    view : callable, optional
        Lo que se mira del resultado, si no es todo él (`Exercise.observed`).
    """
    suyos = call.copy()
    try:
        with quiet():
            valor = function(*suyos.args, **suyos.kwargs)
    except Exception as error:
        return failure(type(error).__name__, str(error), call, suyos)
    return answer(valor, call, suyos, view)


@contextlib.contextmanager
def quiet():
    """Sin lo que imprima ni los avisos de las cuentas: aquí se hacen muchas mal a propósito."""
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        with np.errstate(all="ignore"):
            yield


def answer(valor, call: Call, suyos: Call, view: Callable | None = None) -> Outcome:
    """El resultado de una llamada que contestó."""
    tipo = str(np.asarray(valor).dtype) if isinstance(valor, np.ndarray | np.generic) else ""
    if weight(valor) > HUGE:
        return Outcome("valor", "un resultado enorme", changed(call, suyos))
    try:
        visto = view(call, valor) if view else valor
    except Exception:  # no tiene la forma que se mira: se compara tal cual
        visto = valor
    return Outcome("valor", plain(visto), changed(call, suyos), dtype=tipo)


def failure(clase: str, detalle: str, call: Call, suyos: Call) -> Outcome:
    """Una llamada que acabó en excepción; si es lo que se pide, su clase es el resultado."""
    if call.raising:
        return Outcome("valor", f"excepción {clase}", changed(call, suyos))
    return Outcome("excepcion", None, changed(call, suyos), clase, detalle)


def plain(valor):
    """El valor con sus números en float y sin distinguir listas de tuplas ni de arrays."""
    if isinstance(valor, dict):
        return {str(k): plain(v) for k, v in valor.items()}
    if isinstance(valor, tuple | list | np.ndarray | np.generic | int | float):
        with contextlib.suppress(Exception):
            array = np.asarray(valor)
            if array.dtype.kind in "biuf":
                return array.astype(float)
    if isinstance(valor, tuple | list):
        return [plain(v) for v in valor]
    return valor if isinstance(valor, str) or valor is None else type(valor).__name__


def same(a, b) -> bool:
    """Si dos valores ya pasados por `plain` son el mismo, salvo redondeo."""
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        # Nada es nada: (0, 3) y (0,) salen de escribir lo mismo de dos maneras.
        return (a.size == b.size == 0) or (a.shape == b.shape and bool(close(a, b).all()))
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    return type(a) is type(b) and not isinstance(a, np.ndarray | list | dict) and a == b


def close(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Posiciones en que dos arrays de la misma forma tienen el mismo número."""
    finitos = np.abs(b[np.isfinite(b)])
    escala = float(finitos.max(initial=0.0))
    # Con float32 o con una FFT, un 0 exacto sale como una fracción diminuta del mayor valor.
    return np.isclose(a, b, rtol=RTOL, atol=RTOL * min(max(escala, 1e-9), 1e6), equal_nan=True)


def agree(a: Outcome, b: Outcome) -> bool:
    """Si en los dos pasó lo mismo; de dos excepciones no se mira la clase."""
    return (
        a.kind == b.kind and a.changed == b.changed and (not a.answered or same(a.value, b.value))
    )


def weight(valor) -> int:
    """Cuántos números hay dentro."""
    if isinstance(valor, np.ndarray):
        return valor.size
    if isinstance(valor, dict):
        valor = valor.values()
    elif not isinstance(valor, tuple | list):
        return 1
    return sum(map(weight, valor))


def equal_calls(a: Call, b: Call) -> bool:
    """Si dos llamadas llevan los mismos datos."""
    if len(a.values) != len(b.values) or a.kwargs.keys() != b.kwargs.keys():
        return False
    return all(same(plain(x), plain(y)) for x, y in zip(a.values, b.values, strict=True))


def changed(call: Call, suyos: Call) -> tuple[int, ...]:
    """Qué argumentos cambió la función, por su orden."""
    pares = zip(call.values, suyos.values, strict=False)
    return tuple(i for i, (antes, ahora) in enumerate(pares) if not _equal(antes, ahora))


def _equal(a, b) -> bool:
    if isinstance(a, np.ndarray):
        return np.array_equal(a, b, equal_nan=a.dtype.kind == "f")
    if isinstance(a, tuple | list):
        return len(a) == len(b) and all(map(_equal, a, b))
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(_equal(a[k], b[k]) for k in a)
    return a is b or a == b or (a != a and b != b)
