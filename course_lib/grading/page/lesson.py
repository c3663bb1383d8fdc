"""La parte de la lección que conviene releer, con su texto: la página la lleva dentro.

Un enlace a la lección no sirve sin más: la página viaja sola, por correo o dentro de una
plataforma, y desde allí no se llega ni a `notebooks/` ni a un JupyterLab. El texto sí viaja.
"""

import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

import nbformat
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from course_lib.grading.publish import ETIQUETA_DE_PRUEBA
from course_lib.grading.site import FORMULA, formula

TITULO = re.compile(r"^(#{2,6})\s+(.+?)\s*#*$")
ENLACE = re.compile(r"!?\[([^\]]*)\]\((?!https?://)[^)]*\)")


@lru_cache(maxsize=32)
def sections(leccion: Path) -> dict[str, str]:
    """Por título, el texto en Markdown de cada apartado de una lección.

    Parameters
    ----------
    leccion : Path
        El cuaderno; solo se leen sus celdas de texto.
    """
    lineas, apartados, abiertos, codigo = _lines(leccion), {}, [], False
    for linea in lineas:
        codigo ^= linea.lstrip().startswith("```")
        titulo = None if codigo else TITULO.match(linea)
        if titulo:
            nivel = len(titulo[1])
            abiertos = [(n, t) for n, t in abiertos if n < nivel]
        for _, abierto in abiertos:
            apartados[abierto].append(linea)
        if titulo:
            abiertos.append((nivel, titulo[2]))
            apartados[titulo[2]] = []
    return {titulo: "\n".join(suyas).strip() for titulo, suyas in apartados.items()}


def _lines(leccion: Path) -> list[str]:
    celdas = nbformat.read(leccion, as_version=4).cells
    textos = [
        c.source
        for c in celdas
        if c.cell_type == "markdown" and ETIQUETA_DE_PRUEBA not in c.metadata.get("tags", [])
    ]
    return "\n\n".join(textos).split("\n")


def find(leccion: Path, titulo: str) -> str:
    """El apartado con ese título, sin mirar mayúsculas; `""` si no está o no hay lección."""
    if not titulo or not leccion.is_file():
        return ""
    buscado = _plain(titulo)
    return next((t for s, t in sections(leccion).items() if _plain(s) == buscado), "")


def _plain(titulo: str) -> str:
    return re.sub(r"[`*_\"«»]", "", titulo).strip().casefold()


def to_html(texto: str) -> str:
    """Un apartado como HTML: fórmulas sin MathJax y sin enlaces que solo van dentro del curso.

    Examples
    --------
    >>> to_html("Haz los [ejercicios](ejercicios.ipynb).")
    '<p>Haz los ejercicios.</p>'
    """
    suelto = ENLACE.sub(r"\1", FORMULA.sub(formula, texto))
    escritor = IPythonRenderer(escape=False, exclude_anchor_links=True)
    return MarkdownWithMath(renderer=escritor).render(suelto).strip()


def address(sitio: str, unidad: str, titulo: str) -> str:
    """Dónde está ese apartado en el sitio publicado (`make site`).

    Examples
    --------
    >>> address("https://ejemplo.org/curso/", "02_deslizar", "¿Con `valid`?")
    'https://ejemplo.org/curso/02_deslizar/leccion.html#%C2%BFCon-valid?'
    """
    # El mismo nombre que nbconvert da a cada título.
    ancla = quote(re.sub("[`*]", "", titulo).replace(" ", "-"), safe="?/:@!$&'()*+,;=")
    return f"{sitio.rstrip('/')}/{unidad}/leccion.html#{ancla}"
