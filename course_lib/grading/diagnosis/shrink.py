"""El caso más pequeño en que una respuesta falla, con datos nuevos."""

import time
from collections.abc import Callable, Iterator

import numpy as np

from course_lib.grading.diagnosis.fresh import sides
from course_lib.grading.diagnosis.generic import names
from course_lib.grading.diagnosis.outcome import Call, Outcome, agree, close, equal_calls, weight
from course_lib.grading.diagnosis.probes import Probes
from course_lib.grading.diagnosis.report import Case

ASKS, SHOWN = 60, 400  # preguntas como mucho, y números que caben en un ejemplo
Ask = Callable[[Call], Outcome]


def smallest(probes: Probes, ask: Ask, call: Call, suya: Outcome, fin: float) -> Case | None:
    """Encoge una llamada mientras la respuesta siga fallando.

    Parameters
    ----------
    probes : Probes
    ask : callable
        Pregunta a la respuesta.
    call : Call
        Una llamada en que falla; no puede ser de las pruebas ocultas.
    suya : Outcome
        Lo que contestó.
    fin : float
        Hasta cuándo, según `time.monotonic`.
    """
    correctas = probes.right_at(call) or []
    preguntas, sigue = 0, True
    while sigue and preguntas < ASKS and time.monotonic() < fin:
        sigue = False
        for menor in smaller(call):
            validas = None if probes.is_secret(menor) else probes.right_at(menor)
            if (
                not _worth_showing(validas, correctas)
                or preguntas >= ASKS
                or time.monotonic() > fin
            ):
                continue
            preguntas += 1
            nueva = ask(menor)
            if nueva.kind == suya.kind and not any(agree(nueva, v) for v in validas):
                call, suya, correctas, sigue = menor, nueva, validas, True
                break
    return make_case(probes, call, suya, correctas)


def _worth_showing(nuevas: list[Outcome] | None, antes: list[Outcome]) -> bool:
    """Si vale y su mapa conserva dos filas y dos columnas: en una casilla no se ve nada."""
    if nuevas is None:
        return False
    for nueva, antigua in zip(nuevas, antes, strict=False):
        if isinstance(antigua.value, np.ndarray) and antigua.value.ndim in (2, 3):
            minimos = np.minimum(antigua.value.shape[:2], 2)
            if np.ndim(nueva.value) < 2 or np.any(np.shape(nueva.value)[:2] < minimos):
                return False
    return True


def smaller(call: Call) -> Iterator[Call]:
    """Llamadas más pequeñas o más sencillas que esa."""
    for lado in sorted(sides(call.values), reverse=True):
        for nuevo in dict.fromkeys((1, 2, lado // 2, lado - 1)):
            if 0 < nuevo < lado:
                yield _map(call, lambda a, d=lado, n=nuevo: _cut(a, d, n))
    sencilla = _map(call, _simple)
    if not equal_calls(sencilla, call):
        yield sencilla


def _map(call: Call, cambio: Callable) -> Call:
    return Call(
        tuple(_inside(v, cambio) for v in call.args),
        {k: _inside(v, cambio) for k, v in call.kwargs.items()},
        call.raising,
    )


def _inside(valor, cambio: Callable):
    if isinstance(valor, np.ndarray):
        return cambio(valor)
    if isinstance(valor, tuple | list):
        return type(valor)(_inside(v, cambio) for v in valor)
    if isinstance(valor, dict):
        return {k: _inside(v, cambio) for k, v in valor.items()}
    return valor


def _cut(array: np.ndarray, lado: int, nuevo: int) -> np.ndarray:
    return array[tuple(slice(nuevo) if n == lado else slice(None) for n in array.shape)].copy()


def _simple(array: np.ndarray) -> np.ndarray:
    """Los mismos sitios, con números de una cifra."""
    if array.dtype.kind == "b" or not array.size or np.all(array == array.flat[0]):
        return array
    if np.all((array == np.round(array)) & (np.abs(array) < 10)):
        return array
    orden = (np.arange(array.size).reshape(array.shape) * 7 + 1) % 10
    return np.where(array < 0, -orden, orden).astype(array.dtype)


def make_case(probes: Probes, call: Call, suya: Outcome, correctas: list[Outcome]) -> Case | None:
    """El caso como dato; `None` si es demasiado grande para enseñarlo."""
    if weight(call.values) > SHOWN or (suya.answered and weight(suya.value) > SHOWN):
        return None
    argumentos = tuple(zip(names(probes, call), map(shown, call.values), strict=True))
    caso = {"arguments": argumentos, "got": shown(suya.value) if suya.answered else None}
    una = correctas[0].value if correctas and probes.exercise.unique else None
    if isinstance(una, np.ndarray):
        caso["expected_shape"] = una.shape
        if isinstance(suya.value, np.ndarray) and suya.value.shape == una.shape:
            caso |= _difference(suya.value, una)
    return Case(**caso, window=_window(dict(argumentos), call, names(probes, call), caso))


def _difference(suya: np.ndarray, buena: np.ndarray) -> dict:
    distintos = np.argwhere(~close(suya, buena))
    donde = tuple(int(n) for n in distintos[0]) if len(distintos) else None
    return {"difference": shown(suya - buena), "where": donde}


def shown(valor):
    """Números con seis cifras, textos y listas; de una función, solo que lo es."""
    if isinstance(valor, np.ndarray | np.generic):
        return shown(valor.tolist())
    if isinstance(valor, tuple | list):
        return [shown(v) for v in valor]
    if isinstance(valor, dict):
        return {str(k): shown(v) for k, v in valor.items()}
    if isinstance(valor, float):
        return float(f"{valor:.6g}") if np.isfinite(valor) else str(valor)
    if isinstance(valor, str):
        return valor[:200]
    return valor if isinstance(valor, bool | int | None) else "una función"


def _window(argumentos: dict, call: Call, nombres: list[str], caso: dict):
    """La ventana de la imagen que da el primer lugar distinto, si es una ventana sin relleno."""
    datos = dict(zip(nombres, call.values, strict=True))
    imagen, kernel = call.values[0], datos.get("kernel", datos.get("kernels"))
    donde, forma = caso.get("where"), caso.get("expected_shape")
    if not isinstance(imagen, np.ndarray) or imagen.ndim not in (2, 3) or not donde:
        return None
    kh, kw = _pair(kernel.shape[:2] if isinstance(kernel, np.ndarray) else datos.get("pool_size"))
    sh, sw = _pair(datos.get("stride") or (1 if isinstance(kernel, np.ndarray) else (kh, kw)))
    if not kh or forma[:2] != ((imagen.shape[0] - kh) // sh + 1, (imagen.shape[1] - kw) // sw + 1):
        return None
    return donde[0] * sh, donde[1] * sw, kh, kw


def _pair(valor) -> tuple[int, int]:
    if isinstance(valor, int | np.integer):
        return int(valor), int(valor)
    if isinstance(valor, tuple | list) and len(valor) == 2:
        return int(valor[0]), int(valor[1])
    return 0, 0
