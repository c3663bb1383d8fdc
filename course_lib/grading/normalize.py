"""Deja un cuaderno fuente en su forma canónica, para que git muestre solo lo que se escribió."""

import hashlib
from pathlib import Path

import nbformat
from nbformat import NotebookNode, reader

KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
METADATOS_DE_CELDA = ("nbgrader", "tags", "slideshow")


def normalize(cuaderno: NotebookNode) -> NotebookNode:
    """Copia sin salidas ni contadores, con ids estables y solo los metadatos del curso.

    Parameters
    ----------
    cuaderno : NotebookNode
        Un cuaderno de formato 4; no se modifica.
    """
    limpio = nbformat.from_dict(cuaderno)
    limpio.metadata = nbformat.from_dict(
        {"kernelspec": KERNELSPEC, "language_info": {"name": "python"}}
    )
    limpio.nbformat, limpio.nbformat_minor = 4, 5
    usados = set()
    for celda in limpio.cells:
        celda.metadata = _metadatos(celda)
        celda.id = _id_estable(celda, usados)
        if celda.cell_type == "code":
            celda.outputs, celda.execution_count = [], None
    return limpio


def _metadatos(celda: NotebookNode) -> NotebookNode:
    guardados = {k: celda.metadata[k] for k in METADATOS_DE_CELDA if celda.metadata.get(k)}
    if "tags" in guardados:
        guardados["tags"] = sorted(set(guardados["tags"]))
    return nbformat.from_dict(guardados)


def _id_estable(celda: NotebookNode, usados: set[str]) -> str:
    """El id que ya tenía, su `grade_id`, o uno deducido del texto si falta o se repite."""
    ident = celda.metadata.get("nbgrader", {}).get("grade_id") or celda.get("id")
    semilla = celda.source
    while not ident or ident in usados:
        semilla += "·"
        ident = hashlib.sha256(semilla.encode()).hexdigest()[:8]
    usados.add(ident)
    return ident


def normalize_file(ruta: Path) -> bool:
    """Normaliza el archivo en su sitio; dice si ha cambiado algo.

    Raises
    ------
    ValueError
        Si el archivo no es un cuaderno de Jupyter.
    """
    antes = ruta.read_text(encoding="utf-8")
    try:
        # `nbformat.reads` pondría ids al azar a las celdas que no lo traen o lo repiten.
        despues = dumps(normalize(nbformat.convert(reader.reads(antes), 4)))
    except Exception as error:
        raise ValueError(
            f"{ruta} no es un cuaderno de Jupyter legible ({error}). "
            "Recupera la última versión buena con git y vuelve a intentarlo."
        ) from error
    if despues != antes:
        ruta.write_text(despues, encoding="utf-8")
    return despues != antes


def dumps(cuaderno: NotebookNode) -> str:
    """Texto del cuaderno, con salto de línea final y los caracteres tal cual."""
    return nbformat.writes(cuaderno).rstrip("\n") + "\n"
