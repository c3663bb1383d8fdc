"""El glosario del curso, reunido con los de las lecciones: nadie lo escribe dos veces."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import nbformat

from course_lib.grading.course import Course

ETIQUETA = "glosario"
FILA = re.compile(r"^\| ([^|*]+) \| \*([^|*]+)\* \| ([^|]+) \|$", re.M)
# Ni el código ni la despedida, que anuncia la unidad que viene, cuentan como nombrar un término.
NO_CUENTA = re.compile(r"(?s)```.*?```|`[^`\n]*`|\]\([^)]*\)|\*\*Siguiente paso:.*?(?=\n\n|\Z)")


@dataclass(frozen=True)
class Term:
    """Un término: su nombre en español y en inglés, su frase y las lecciones que lo explican.

    `first` es la primera lección que lo nombra, aunque aún no lo explique.
    """

    name: str
    english: str
    line: str
    units: tuple[str, ...]
    first: str


def terms(curso: Course) -> list[Term]:
    """Los términos de todas las lecciones, por orden alfabético.

    Raises
    ------
    ValueError
        Si dos lecciones dan un nombre inglés distinto al mismo término.
    """
    textos = {unidad: _text(curso.solutions / unidad / "leccion.ipynb") for unidad in curso.units}
    reunidos: dict[str, Term] = {}
    for unidad, texto in textos.items():
        for nombre, ingles, frase in FILA.findall(texto.partition("\n## Glosario")[2]):
            primera = next(u for u in textos if mentions(textos[u], nombre))
            nuevo = Term(nombre, ingles, frase, (unidad,), primera)
            reunidos[nombre] = _join(reunidos[nombre], nuevo) if nombre in reunidos else nuevo
    return sorted(reunidos.values(), key=lambda t: _alphabetical(t.name))


def table(curso: Course) -> str:
    """La tabla del glosario, en Markdown, con enlaces desde la carpeta de las unidades."""
    filas = [f"| {t.name} | *{t.english}* | {t.line} | {_where(t)} |" for t in terms(curso)]
    cabecera = "| español | inglés | en una línea | dónde aparece |\n| --- | --- | --- | --- |\n"
    return cabecera + "\n".join(filas)


def _where(termino: Term) -> str:
    """Dónde se nombra por primera vez, dónde se explica y dónde se vuelve a explicar."""
    explica, *vuelve = map(_link, termino.units)
    if termino.first != termino.units[0]:
        explica = f"{_link(termino.first)}; se explica en la {explica}"
    return "; vuelve en la ".join([explica, *vuelve])


def _link(unidad: str) -> str:
    return f"[lección {unidad.partition('_')[0]}]({unidad}/leccion.ipynb)"


def fill(curso: Course, cuaderno: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Pone la tabla en la celda que lleva la etiqueta `glosario`; lo demás está escrito a mano."""
    for celda in cuaderno.cells:
        if ETIQUETA in celda.metadata.get("tags", []):
            celda.source = table(curso)
    return cuaderno


def _join(viejo: Term, nuevo: Term) -> Term:
    if viejo.english != nuevo.english:
        raise ValueError(
            f"«{viejo.name}» es *{viejo.english}* en el glosario de {viejo.units[0]} y "
            f"*{nuevo.english}* en el de {nuevo.units[0]}. Deja el mismo en los dos."
        )
    return Term(viejo.name, viejo.english, viejo.line, viejo.units + nuevo.units, viejo.first)


def _text(leccion: Path) -> str:
    cuaderno = nbformat.read(leccion, as_version=4)
    return "\n".join(c.source for c in cuaderno.cells if c.cell_type == "markdown")


def mentions(texto: str, nombre: str) -> bool:
    """Si un texto usa el término, por el primero de sus nombres, en singular o en plural.

    Examples
    --------
    >>> mentions("Dos **convoluciones** seguidas.", "convolución")
    True
    >>> mentions("Un paso más.", "stride, paso")
    False
    >>> mentions("Las capas **convolucionales** miran poco.", "capa convolucional")
    True
    """
    patron = r"\s+".join(map(_plural, nombre.split(", ")[0].split()))
    prosa = NO_CUENTA.sub(" ", texto).replace("*", "")
    return bool(re.search(rf"\b{patron}\b", prosa, re.I))


def _plural(palabra: str) -> str:
    if palabra.endswith("ión"):
        return f"{palabra[:-3]}(ión|iones)"
    return f"{re.escape(palabra)}(e?s)?"


def _alphabetical(nombre: str) -> str:
    """Para ordenar: la tilde no cuenta y la eñe va detrás de la ene."""
    descompuesto = unicodedata.normalize("NFD", nombre.casefold().replace("ñ", "n~"))
    return "".join(letra for letra in descompuesto if not unicodedata.combining(letra))
