"""Cambios sencillos de los argumentos o del resultado.

Muchos errores son la respuesta correcta con un cambio de estos delante o detrás: el kernel girado
es la correcta con otro kernel. Saberlo permite juntar ese error con cualquier otro.
"""

import inspect
from collections.abc import Callable, Iterator

import numpy as np

from course_lib.grading.diagnosis.outcome import Call

Before = Callable[[Call], Call]
After = Callable[[np.ndarray], np.ndarray]

ARRAYS = {
    "girar": lambda a: a[::-1, ::-1],
    "voltear-filas": lambda a: a[::-1],
    "voltear-columnas": lambda a: a[:, ::-1],
    "voltear-final": lambda a: a[..., ::-1],
    "trasponer": lambda a: np.swapaxes(a, 0, 1),
    "trasponer-final": lambda a: np.swapaxes(a, -1, -2),
    "negar": lambda a: -a,
    "valor-absoluto": np.abs,
    "relu": lambda a: np.maximum(a, 0),
    "entero": lambda a: a.astype(np.int64),
    "uint8": lambda a: a.astype(np.int64).astype(np.uint8),
    "a-uno": lambda a: a / 255,
    "normalizar": lambda a: a / a.sum() if a.sum() else a,
    "sin-media": lambda a: a - a.mean(),
    "unos": np.ones_like,
    "ceros": np.zeros_like,
    "como-el-primero": lambda a: np.full_like(a, a.flat[0]),
    "contrario": lambda a: 255 - a,
    "cuadrado-menor": lambda a: a[: min(a.shape[:2]), : min(a.shape[:2])],
    "sin-ultima-fila": lambda a: a[:-1],
    "sin-ultima-columna": lambda a: a[:, :-1],
    "sin-ultimas": lambda a: a[:-1, :-1],
    "sin-primeras": lambda a: a[1:, 1:],
}
SCALARS = {
    "cero": lambda v: v * 0,
    "uno": lambda v: v * 0 + 1,
    "negar": lambda v: -v,
    "mas-uno": lambda v: v + 1,
    "menos-uno": lambda v: v - 1,
    "doble": lambda v: v * 2,
    "mitad": lambda v: v // 2,
    "valor-absoluto": abs,
    "entero": lambda v: type(v)(int(v)),
}
AFTER: dict[str, After] = {
    **{k: ARRAYS[k] for k in ("negar", "valor-absoluto", "relu", "trasponer", "entero", "uint8")},
    **{k: ARRAYS[k] for k in ("girar", "voltear-filas", "voltear-columnas", "trasponer-final")},
    **{k: v for k, v in ARRAYS.items() if k.startswith("sin-")},
    "redondear": np.round,
    "recortar": lambda a: np.clip(a, 0, 255),
    "a-uno": lambda a: a / 255,
    "contrario": lambda a: 1 - a,
    "mas-uno": lambda a: a + 1,
    "menos-uno": lambda a: a - 1,
    "doble": lambda a: a * 2,
    "mitad": lambda a: a / 2,
    "normalizar": ARRAYS["normalizar"],
}


def before(function: Callable, muestra: Call) -> Iterator[Before]:
    """Los cambios de argumentos que se pueden probar con esa función, que recibe esa muestra."""
    for nombre, valor in _named(function, muestra).items():
        for clave in valor if isinstance(valor, dict) else ():
            for cambio in ARRAYS.values():
                yield _on(function, nombre, _inside(clave, cambio), dict)
    for nombre, parametro in inspect.signature(function).parameters.items():
        for cambio in ARRAYS.values():
            yield _on(function, nombre, cambio, np.ndarray)
        for cambio in SCALARS.values():
            yield _on(function, nombre, cambio, int | float | np.number)
        if parametro.default is not inspect.Parameter.empty:
            yield _set(function, nombre, parametro.default)
        yield _on(function, nombre, lambda v: type(v)([*v][::-1]), tuple | list)
        yield _on(function, nombre, lambda v: type(v)([v[0]] * len(v)), tuple | list)


def _on(function: Callable, nombre: str, cambio: Callable, clase) -> Before:
    def aplicar(call: Call) -> Call:
        datos = _named(function, call)
        valor = datos[nombre]
        if isinstance(valor, clase) and not isinstance(valor, bool):
            datos[nombre] = cambio(valor)
        return Call(tuple(datos.values()), {}, call.raising)

    return aplicar


def _inside(clave: str, cambio: Callable) -> Callable:
    return lambda datos: {**datos, clave: cambio(datos[clave])}


def _set(function: Callable, nombre: str, valor) -> Before:
    def olvidar(call: Call) -> Call:
        return Call(tuple({**_named(function, call), nombre: valor}.values()), {}, call.raising)

    return olvidar


def _named(function: Callable, call: Call) -> dict:
    completos = inspect.signature(function).bind(*call.args, **call.kwargs)
    completos.apply_defaults()
    return dict(completos.arguments)
