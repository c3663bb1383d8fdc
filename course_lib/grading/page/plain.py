"""Lo mismo que la página, más corto y sin dibujos: para el comentario de una plataforma."""

import re

from course_lib.grading.page.story import Finding, Part, Story, Test

MARCAS = {True: "✔", False: "✘", None: "✎"}


def points(valor: float) -> str:
    """Los puntos con coma decimal y sin ceros de más.

    Examples
    --------
    >>> points(4.0), points(2.5)
    ('4', '2,5')
    """
    return f"{round(float(valor), 2):g}".replace(".", ",")


class Plain:
    """Texto corriente."""

    def title(self, texto: str) -> str:
        return texto.upper()

    heading = strong = code = escape = staticmethod(lambda texto: " ".join(texto.split()))


class Markdown(Plain):
    """Markdown; lo que escribió el estudiante no puede ni dar formato ni llevar HTML."""

    def title(self, texto: str) -> str:
        return f"# {texto}"

    def heading(self, texto: str) -> str:
        return f"## {texto}"

    def strong(self, texto: str) -> str:
        return f"**{texto}**"

    def code(self, texto: str) -> str:
        return f"`{re.sub(r'[^A-Za-z0-9_.áéíóúñÁÉÍÓÚÑ]', '', texto)}`"

    def escape(self, texto: str) -> str:
        """El texto en una línea, sin nada que Markdown o HTML entiendan como orden."""
        una = " ".join(texto.split())
        una = re.sub(r"([\\`*_\[\]#|~!])", r"\\\1", una)
        una = una.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        # Una dirección suelta se volvería enlace en muchas plataformas.
        return re.sub(r"(?i)\b(https?|ftp|www)(?=[:.])", r"\1&#8203;", una)


def to_text(historia: Story) -> str:
    """El resumen como texto corriente."""
    return _write(historia, Plain())


def to_markdown(historia: Story) -> str:
    """El resumen en Markdown."""
    return _write(historia, Markdown())


def _write(historia: Story, forma: Plain) -> str:
    total = f"{points(historia.score)} de {points(historia.max_score)} puntos."
    bloques = [
        forma.title(forma.escape(f"Retroalimentación: {historia.title}")),
        " ".join(filter(None, (forma.strong(total), historia.greeting))),
    ]
    if historia.penalty > 0:
        bloques.append(f"Entrega tardía: se restan {points(historia.penalty)} puntos.")
    bloques += [_part(parte, forma) for parte in historia.parts]
    if pasos := _steps(historia, forma):
        bloques.append(f"{forma.heading('Qué hacer ahora')}\n\n{pasos}")
    bloques += [f"Comentario de tu docente: {forma.escape(c)}" for c in historia.comments]
    return "\n\n".join(bloques) + "\n"


def _part(parte: Part, forma: Plain) -> str:
    nota = f"{points(parte.score)} de {points(parte.points)}"
    lineas = [_test(prueba, forma) for prueba in parte.tests]
    return "\n".join([forma.heading(f"{forma.escape(parte.title)}: {nota}"), "", *lineas])


def _test(prueba: Test, forma: Plain) -> str:
    nota = f"{points(prueba.score)} de {points(prueba.points)}"
    linea = f"- {MARCAS[prueba.passed]} {forma.escape(prueba.title).rstrip('.')}: {nota}."
    return f"{linea} {forma.escape(prueba.sentence)}" if prueba.passed is False else linea


def _steps(historia: Story, forma: Plain) -> str:
    pasos = [_step(h, forma) for h in historia.findings]
    pasos += [f"Mira la prueba «{forma.escape(t.title)}»." for t in historia.lonely]
    return "\n".join(f"{i}. {paso}" for i, paso in enumerate(pasos, start=1))


def _step(hallazgo: Finding, forma: Plain) -> str:
    d = hallazgo.diagnosis
    frases = [f"{forma.code(d.function)} (hasta {points(hallazgo.lost)} puntos más):"]
    frases += [forma.escape(f) for f in (d.sentence, d.evidence) if f]
    if d.hint:
        frases.append(f"Pista: {forma.escape(d.hint)}")
    if hallazgo.section:
        frases.append(f"Relee en la lección «{forma.escape(hallazgo.section)}».")
    return " ".join(frases)
