"""El cuaderno calificado se hace de nuevo a partir del que tiene el docente.

De lo entregado solo se toma el *texto* de las celdas del estudiante: las respuestas, por su
`grade_id`; las celdas corrientes, por su id; y las que él añadió, en su orden. Ni metadatos, ni
salidas, ni pruebas, ni kernel: lo demás es del docente.
"""

import json
from dataclasses import dataclass

import nbformat
from nbformat import NotebookNode

from course_lib.grading.engine.limits import DEFAULT, Limits
from course_lib.grading.normalize import KERNELSPEC

MAX_SOURCE = 2_000_000  # caracteres de todas las celdas de una entrega


class UnreadableNotebook(ValueError):
    """Lo entregado no es un cuaderno que se pueda calificar; el mensaje dice por qué."""


@dataclass(frozen=True)
class StudentCell:
    """Lo único que se cree de una celda entregada."""

    kind: str
    source: str
    ident: str
    grade_id: str


def read_cells(datos: bytes, limites: Limits = DEFAULT) -> list[StudentCell]:
    """Las celdas de un cuaderno entregado, leídas sin fiarse de su forma.

    Raises
    ------
    UnreadableNotebook
        Si no es JSON, no tiene celdas o es demasiado grande.
    """
    try:
        cuaderno = json.loads(datos.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnreadableNotebook(f"no es JSON válido ({type(error).__name__})") from error
    celdas = cuaderno.get("cells") if isinstance(cuaderno, dict) else None
    if not isinstance(celdas, list):
        raise UnreadableNotebook("es JSON, pero no un cuaderno (no tiene celdas)")
    if len(celdas) > limites.cells:
        raise UnreadableNotebook(f"tiene {len(celdas)} celdas y el máximo es {limites.cells}")
    leidas = [_read_cell(celda) for celda in celdas if isinstance(celda, dict)]
    if sum(len(celda.source) for celda in leidas) > MAX_SOURCE:
        raise UnreadableNotebook("sus celdas tienen demasiado texto")
    return leidas


def _read_cell(celda: dict) -> StudentCell:
    metadatos = celda.get("metadata")
    datos = metadatos.get("nbgrader") if isinstance(metadatos, dict) else None
    grade_id = datos.get("grade_id") if isinstance(datos, dict) else None
    fuente = celda.get("source", "")
    if isinstance(fuente, list):
        fuente = "".join(parte for parte in fuente if isinstance(parte, str))
    return StudentCell(
        kind=celda["cell_type"] if celda.get("cell_type") in ("markdown", "raw") else "code",
        source=_text(fuente),
        ident=_text(celda.get("id")),
        grade_id=_text(grade_id),
    )


def _text(valor: object) -> str:
    """El texto, sin medios caracteres que no se podrían guardar."""
    texto = valor if isinstance(valor, str) else ""
    return texto.encode("utf-8", "replace").decode("utf-8")


def rebuild(maestro: NotebookNode, entregadas: list[StudentCell]) -> NotebookNode:
    """El cuaderno del docente con las respuestas y las celdas propias del estudiante.

    Parameters
    ----------
    maestro : NotebookNode
        El publicado, con las pruebas ocultas y sin soluciones.
    entregadas : list of StudentCell
    """
    por_nota = {celda.grade_id: celda for celda in entregadas if celda.grade_id}
    por_id = {celda.ident: celda for celda in entregadas if not celda.grade_id and celda.ident}
    nuevo = nbformat.from_dict(maestro)
    nuevo.metadata = nbformat.from_dict({"kernelspec": KERNELSPEC})
    sueltas = _extra_cells(maestro, entregadas, por_nota)
    celdas = sueltas.pop("", [])
    for celda in nuevo.cells:
        suya = por_nota.get(_grade_id(celda)) if _grade_id(celda) else por_id.get(celda.id)
        if suya and editable(celda):
            celda.source = suya.source
        celda.metadata = nbformat.from_dict(
            {k: celda.metadata[k] for k in ("nbgrader", "tags") if k in celda.metadata}
        )
        celdas += [celda, *sueltas.pop(celda.id, [])]
    nuevo.cells = celdas
    return nuevo


def editable(celda: NotebookNode) -> bool:
    """Si el texto de esa celda del docente es de quien responde."""
    datos = celda.metadata.get("nbgrader", {})
    if not datos.get("grade_id"):
        return celda.cell_type == "code"
    return bool(datos.get("solution"))


def _grade_id(celda: NotebookNode) -> str:
    return celda.metadata.get("nbgrader", {}).get("grade_id") or ""


def _extra_cells(maestro: NotebookNode, entregadas: list[StudentCell], por_nota: dict) -> dict:
    """Las celdas añadidas por el estudiante, por el id de la celda del docente que las precede."""
    por_nota_maestra = {_grade_id(c): c.id for c in maestro.cells if _grade_id(c)}
    ids = {c.id for c in maestro.cells}
    textos = {c.source.strip() for c in maestro.cells}
    bloqueadas = {_grade_id(c) for c in maestro.cells if _grade_id(c) and not editable(c)}
    ultima, sueltas = "", {}
    for numero, celda in enumerate(entregadas):
        if celda.grade_id in por_nota_maestra and por_nota[celda.grade_id] is celda:
            ultima = por_nota_maestra[celda.grade_id]
        elif not celda.grade_id and celda.ident in ids:
            ultima = celda.ident
        # Una prueba repetida o una copia de una celda del docente no es una celda propia.
        elif celda.grade_id not in bloqueadas and celda.source.strip() not in textos:
            sueltas.setdefault(ultima, []).append(_new_cell(celda, numero))
    return sueltas


def _new_cell(celda: StudentCell, numero: int) -> NotebookNode:
    crear = {
        "code": nbformat.v4.new_code_cell,
        "markdown": nbformat.v4.new_markdown_cell,
        "raw": nbformat.v4.new_raw_cell,
    }
    return crear[celda.kind](celda.source, id=f"propia-{numero}")
