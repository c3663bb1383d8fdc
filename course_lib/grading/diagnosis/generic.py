"""Lo que se ve en cualquier función, sin conocer el ejercicio: se detiene, tarda, no varía…"""

import re
from dataclasses import dataclass

import numpy as np

from course_lib.grading.diagnosis.matching import Outcomes
from course_lib.grading.diagnosis.outcome import Call, Outcome, same
from course_lib.grading.diagnosis.probes import Probes

LINEA = re.compile(r"line (\d+), in (\S+)\n\s+(\S[^\n]*)")


@dataclass(frozen=True)
class Finding:
    """Una clase de fallo, su frase y los casos en que se ve."""

    kind: str
    sentence: str
    cases: list[int]
    hint: str = ""


def strong(probes: Probes, suyas: Outcomes) -> Finding | None:
    """Lo que impide mirar nada más: no contesta, se detiene siempre o no devuelve un número."""
    todos = list(range(len(suyas)))
    paradas = [i for i in todos if suyas[i].kind not in ("valor", "excepcion")]
    if paradas:
        return _stopped(suyas[paradas[0]].kind, paradas)
    rotas = [i for i in todos if suyas[i].kind == "excepcion"]
    if len(rotas) > len(todos) / 2:
        return _raised(suyas, rotas, len(todos))
    vacias = [i for i in todos if suyas[i].answered and suyas[i].value is None]
    if vacias and len(vacias) == len(todos) and not _expected_none(probes):
        frase = "Tu función devuelve None: no llega a ningún return."
        return Finding("forma", frase, vacias, "¿Acaba con return y el resultado?")
    if probes.exercise.comparable and _constant(probes, suyas):
        frase = "Tu función devuelve lo mismo con cualquier dato que se le dé."
        return Finding("constante", frase, todos, "¿Dónde usa sus argumentos?")
    return None


def weak(probes: Probes, suyas: Outcomes) -> Finding | None:
    """Lo que se nota en parte de los casos, de lo más claro a lo menos."""
    for buscar in (_some_raise, _nan, _changes, _shape, _dtype):
        if hallazgo := buscar(probes, suyas):
            return hallazgo
    return None


def _stopped(razon: str, casos: list[int]) -> Finding:
    frases = {
        "tiempo": "Tu función tarda demasiado y hubo que detenerla.",
        "muerte": "Tu función cierra Python antes de terminar.",
        "mensaje": "Tu función devuelve algo que no se puede leer.",
    }
    clase = razon if razon in ("tiempo", "muerte") else "forma"
    pista = "¿Hay un while cuya condición nunca deja de cumplirse?" if razon == "tiempo" else ""
    return Finding(clase, frases[razon], casos, pista)


def _raised(suyas: Outcomes, rotas: list[int], total: int) -> Finding:
    salida = suyas[rotas[0]]
    en = f"en {len(rotas)} de {total} casos" if len(rotas) < total else "siempre"
    return Finding("excepcion", f"Tu función se detiene {en} con {error_text(salida)}", rotas)


def error_text(salida: Outcome) -> str:
    """La clase de la excepción, su texto y la línea de la respuesta en que saltó."""
    texto, _, traza = salida.detail.partition("\0")
    donde = LINEA.findall(traza)
    linea = f" En la línea {donde[-1][0]}: «{donde[-1][2].strip()}»." if donde else ""
    mensaje = f": {' '.join(texto.split())[:200]}" if texto.strip() else ""
    return f"{salida.error}{mensaje}.{linea}".replace("..", ".")


def _expected_none(probes: Probes) -> bool:
    return any(r.value is None for r in probes.reference)


def _constant(probes: Probes, suyas: Outcomes) -> bool:
    primera, buenas = suyas[0].value, probes.reference
    return (
        len(suyas) > 2
        and isinstance(primera, np.ndarray)
        and all(s.answered and same(s.value, primera) for s in suyas)
        and not all(same(b.value, buenas[0].value) for b in buenas)
    )


def _some_raise(probes: Probes, suyas: Outcomes) -> Finding | None:
    rotas = [i for i, s in enumerate(suyas) if s.kind == "excepcion"]
    return _raised(suyas, rotas, len(suyas)) if rotas else None


def _nan(probes: Probes, suyas: Outcomes) -> Finding | None:
    pares = enumerate(zip(suyas, probes.reference, strict=True))
    malas = [i for i, (s, b) in pares if _strange(s) and not _strange(b)]
    if not malas:
        return None
    frase = f"En {len(malas)} de {len(suyas)} casos tu resultado tiene NaN o infinitos."
    return Finding(
        "nan", frase, malas, "¿Qué pasa si divide entre cero, o si el número crece mucho?"
    )


def _strange(salida: Outcome) -> bool:
    return isinstance(salida.value, np.ndarray) and not np.isfinite(salida.value).all()


def _changes(probes: Probes, suyas: Outcomes) -> Finding | None:
    malas = [i for i, s in enumerate(suyas) if s.changed]
    if not malas:
        return None
    nombres = names(probes, probes.calls[malas[0]])
    cuales = " y ".join(f"«{nombres[i]}»" for i in suyas[malas[0]].changed[:2])
    frase = f"Tu función cambia lo que recibe: después de llamarla, {cuales} ya no es lo que era."
    return Finding("entrada", frase, malas, "Guarda el resultado en un array nuevo.")


def _shape(probes: Probes, suyas: Outcomes) -> Finding | None:
    if not probes.exercise.comparable or probes.exercise.view:
        return None
    pares = [(i, shape(s), shape(b)) for i, (s, b) in _numbered(suyas, probes.reference)]
    malas = [i for i, suya, buena in pares if buena is not None and suya != buena]
    if not malas:
        return None
    _, suya, buena = pares[malas[0]]
    en = f"En {len(malas)} de {len(suyas)} casos tu resultado tiene otra forma: "
    return Finding("forma", f"{en}por ejemplo, {_says(suya)} donde se pide {_says(buena)}.", malas)


def _numbered(a, b):
    return enumerate(zip(a, b, strict=True))


def shape(salida: Outcome) -> tuple[int, ...] | None:
    """La forma del resultado, si es un array."""
    return salida.value.shape if isinstance(salida.value, np.ndarray) else None


def _says(forma: tuple | None) -> str:
    if forma is None:
        return "algo que no es un array de números"
    return f"la forma {forma}" if forma else "un solo número"


def _dtype(probes: Probes, suyas: Outcomes) -> Finding | None:
    malas = [
        i
        for i, (s, b) in _numbered(suyas, probes.reference)
        if s.dtype.startswith(("int", "uint", "bool")) and shape(s) == shape(b) and _rounded(s, b)
    ]
    if not malas:
        return None
    tipo = suyas[malas[0]].dtype
    frase = (
        f"Tu resultado es de tipo {tipo}, que no puede guardar todos los números que hacen falta."
    )
    return Finding("dtype", frase, malas, "¿Con qué dtype creas el array del resultado?")


def _rounded(suya: Outcome, buena: Outcome) -> bool:
    """Si lo obtenido es lo correcto sin decimales, o dando la vuelta al pasar de 255."""
    distinto = suya.value - buena.value
    cerca = np.abs(distinto) < 1.0
    vuelta = np.abs(distinto - 256 * np.round(distinto / 256)) < 1.0
    return not same(suya.value, buena.value) and bool((cerca | vuelta).all())


def names(probes: Probes, call: Call) -> list[str]:
    """Cómo llama el enunciado a cada argumento de una llamada."""
    import inspect

    parametros = list(inspect.signature(probes.exercise.reference.function).parameters)
    return [*parametros[: len(call.args)], *call.kwargs]
