"""Datos nuevos que se parecen a otros: mismas clases y formas, otros números."""

import math

import numpy as np

from course_lib.grading.diagnosis.outcome import Call

Generator = np.random.Generator
SMALL = 10
MANERAS = ("valores", "un-lado", "lados", "enteros", "todo")


def fresh_call(call: Call, rng: Generator, manera: str) -> Call:
    """Otra llamada como esa.

    Parameters
    ----------
    call : Call
    rng : Generator
    manera : str
        `"valores"` cambia solo los números de los arrays y los decimales; `"un-lado"` y `"lados"`,
        además las medidas (las que eran iguales lo siguen siendo); `"enteros"`, los enteros sueltos
        (tamaños, strides, posiciones); `"todo"`, las medidas y los enteros.
    """
    lados = resized(call, rng, manera)
    cambio = _Change(rng, lados, manera in ("enteros", "todo"))
    return Call(cambio(call.args), cambio(call.kwargs), call.raising)


def sides(valor) -> set[int]:
    """Las medidas distintas que hay en los arrays de un valor."""
    if isinstance(valor, np.ndarray):
        return set(valor.shape)
    if isinstance(valor, dict):
        valor = tuple(valor.values())
    if isinstance(valor, tuple | list):
        return set().union(*map(sides, valor))
    return set()


def resized(call: Call, rng: Generator, manera: str) -> dict[int, int]:
    """Qué medida pasa a ser cuál."""
    lados = sorted(sides(call.values) - {0})
    if manera == "un-lado" and lados:
        lados = [int(rng.choice(lados))]
    elif manera not in ("lados", "todo"):
        lados = []
    return {n: max(1, n + int(rng.integers(-2, 4))) for n in lados}


class _Change:
    """Cambia los datos de una llamada, por dentro."""

    def __init__(self, rng: Generator, lados: dict[int, int], enteros: bool) -> None:
        self.rng, self.lados, self.enteros = rng, lados, enteros

    def __call__(self, valor):
        if isinstance(valor, np.ndarray):
            return self.array(valor)
        if isinstance(valor, tuple | list):
            return type(valor)(self(v) for v in valor)
        if isinstance(valor, dict):
            return {k: self(v) for k, v in valor.items()}
        return self.scalar(valor)

    def scalar(self, valor):
        """Los textos, los `None` y los sí o no se quedan; lo demás cambia un poco."""
        if isinstance(valor, bool | np.bool_) or not isinstance(valor, int | float | np.number):
            return valor
        if isinstance(valor, int | np.integer):
            nuevo = int(valor) + int(self.rng.integers(-2, 4)) if self.enteros else int(valor)
            return type(valor)(nuevo if valor < 0 or nuevo >= 0 else int(valor))
        if not math.isfinite(valor) or valor == 0:
            return valor
        return type(valor)(round(float(self.rng.uniform(-1.5, 1.5)) * abs(valor), 2) or valor)

    def array(self, valor: np.ndarray) -> np.ndarray:
        forma = tuple(self.lados.get(n, n) for n in valor.shape)
        if valor.dtype.kind not in "biuf" or not valor.size:
            return np.resize(valor, forma)
        return numbers(valor, forma, self.rng)


def numbers(modelo: np.ndarray, forma: tuple[int, ...], rng: Generator) -> np.ndarray:
    """Números nuevos, del tamaño de los del modelo y con tantos ceros como él.

    Los grandes encogen un poco: que ni siquiera se sepa entre cuáles estaban los de una prueba.
    """
    validos = modelo[np.isfinite(modelo)] if modelo.dtype.kind == "f" else modelo
    if not validos.size:
        return np.resize(modelo, forma)
    menor, mayor = validos.min(), validos.max()
    if menor == mayor:
        # Un array liso es a veces lo que se prueba (todo ceros) y a veces relleno.
        if rng.random() < 0.5 or modelo.dtype.kind != "f":
            return np.full(forma, _another(menor, rng), modelo.dtype)
        return np.round(_another(menor, rng) + rng.normal(size=forma), 2).astype(modelo.dtype)
    escala = 1.0 if max(abs(float(menor)), abs(float(mayor))) <= SMALL else rng.uniform(0.5, 0.95)
    nuevo = _between(float(menor) * escala, float(mayor) * escala, modelo, forma, rng)
    ceros = np.mean(modelo == 0)
    if 0.4 < ceros < 1:
        nuevo[rng.random(forma) < ceros] = 0
    return nuevo.astype(modelo.dtype)


def _another(valor, rng: Generator):
    """El número de un array liso: el 0, el 1 y el −1 son de todos; los demás, otro parecido."""
    if abs(float(valor)) in (0.0, 1.0):
        return valor
    entero = round(float(valor) * rng.uniform(0.5, 1.0))
    return type(valor)(entero or 2)


def _between(menor: float, mayor: float, modelo: np.ndarray, forma, rng: Generator) -> np.ndarray:
    enteros = modelo.dtype.kind in "biu" or bool(np.all(modelo == np.round(modelo)))
    if enteros:
        return rng.integers(int(menor), int(mayor), size=forma, endpoint=True).astype(float)
    nuevo = rng.uniform(menor, mayor, size=forma)
    return np.round(nuevo, 2) if mayor - menor > 0.5 else nuevo
