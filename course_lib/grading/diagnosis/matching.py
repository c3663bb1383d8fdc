"""Qué error del catálogo hace lo mismo que una respuesta."""

from dataclasses import dataclass

from course_lib.grading.diagnosis.outcome import Outcome, agree
from course_lib.grading.diagnosis.probes import Probes

Outcomes = list[Outcome]
ENOUGH, MOST, TWINS = 3, 0.85, 4


@dataclass(frozen=True)
class Match:
    """Lo que explica una respuesta.

    Parameters
    ----------
    ids : tuple of str
        Un error; dos a la vez (`pair`); o varios que no se distinguen.
    hits, total : int
        En cuántos de los casos en que se nota da lo mismo.
    predicted : list of Outcome
        Lo que saldría en cada caso.
    pair : bool
    """

    ids: tuple[str, ...]
    hits: int
    total: int
    predicted: Outcomes
    pair: bool = False


def exact(probes: Probes, suyas: Outcomes) -> Match | None:
    """El error que da lo mismo en todos los casos; si hay varios que no se distinguen, esos."""
    iguales = [
        clave
        for clave, malas in probes.wrong.items()
        if convincing(malas, suyas, probes.evidence[clave])
    ]
    if not iguales:
        return None
    casos = len(probes.evidence[iguales[0]])
    return Match(tuple(iguales[:TWINS]), casos, casos, probes.wrong[iguales[0]])


def convincing(malas: Outcomes, suyas: Outcomes, evidencia: list[int]) -> bool:
    """Si coincide siempre, y no solo en que las dos se detienen."""
    if not evidencia or not all(map(agree, malas, suyas)):
        return False
    if any(malas[i].answered for i in evidencia):
        return True
    # Solo se nota en que se detiene: con la misma clase de error y, si es siempre, con los mismos
    # tamaños en su texto.
    clases = all(malas[i].error == suyas[i].error for i in evidencia)
    return clases and (
        len(evidencia) < len(malas) or all(_same_text(malas[i], suyas[i]) for i in evidencia)
    )


def _same_text(mala: Outcome, suya: Outcome) -> bool:
    textos = {salida.detail.partition("\0")[0] for salida in (mala, suya)}
    return len(textos) == 1 and any(letra.isdigit() for letra in textos.pop())


def loose(probes: Probes, suyas: Outcomes) -> Match | None:
    """El error que más se parece, si se parece mucho.

    Que una de las dos se detenga donde la otra sigue no dice nada (un mismo error, escrito de otra
    manera, puede dar un resultado malo o una excepción); que den otro número, sí.
    """
    candidatas = []
    for clave, malas in probes.wrong.items():
        evidencia = probes.evidence[clave]
        aciertos = sum(suyas[i].answered and agree(suyas[i], malas[i]) for i in evidencia)
        choques = sum(_clash(s, m) for s, m in zip(suyas, malas, strict=True))
        if _alike(aciertos, choques, len(evidencia)):
            parecido = (choques, -aciertos / len(evidencia), -aciertos)
            candidatas.append((parecido, clave, aciertos))
    if not candidatas:
        return None
    mejor, clave, aciertos = min(candidatas)
    otras = [otra for parecido, otra, _ in candidatas if parecido == mejor and otra != clave]
    total = len(probes.evidence[clave])
    return Match((clave, *otras[:1]), aciertos, total, probes.wrong[clave])


def _alike(aciertos: int, choques: int, total: int) -> bool:
    if not choques:
        return aciertos >= max(ENOUGH, total / 2)
    return aciertos >= 2 * ENOUGH and aciertos >= MOST * total and choques <= (1 - MOST) * total


def _clash(a: Outcome, b: Outcome) -> bool:
    return a.answered and b.answered and not agree(a, b)
