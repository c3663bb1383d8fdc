"""La retroalimentación que recibe el estudiante: una frase por prueba y ninguna línea oculta."""

import re
from pathlib import Path

import bleach
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import ClearHiddenTests
from traitlets import Unicode

from course_lib.grading import cells
from course_lib.grading.engine.job import NO_SUPERADA
from course_lib.grading.engine.sentences import GENERICA
from course_lib.grading.page import plain, story

PLANTILLAS = Path(__file__).parent / "templates"
ETIQUETAS = frozenset(
    ("a", "b", "blockquote", "br", "code", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i")
    + ("li", "ol", "p", "pre", "span", "strong", "sub", "sup", "table", "tbody", "td", "th")
    + ("thead", "tr", "ul")
)
SALIDAS_INERTES = ("text/plain", "image/png", "image/jpeg")
# Lo que guía a quien corrige una tarea a mano; nbgrader lo quita al publicar y no al devolver.
PAUTA = re.compile(r"^[^\n]*BEGIN MARK SCHEME.*?END MARK SCHEME[^\n]*$", re.M | re.S)
COMENTARIO_AUTOMATICO = "No response."  # el que pone nbgrader a lo que se deja en blanco


class HideHiddenTests(ClearHiddenTests):
    """Preprocesador de nbgrader que prepara el cuaderno calificado para su autor.

    Borra la parte oculta de cada prueba y cambia la salida de la prueba, donde un
    traceback mostraría lo oculto, por un veredicto en español. Deja en `resources["relato"]` lo que
    cuenta la página, y en `resources["outputs"]` el mismo resumen en Markdown y en texto, que
    nbgrader escribe al lado del HTML.
    """

    sitio = Unicode(
        "", help="Dirección del sitio publicado del curso, para enlazar con cada lección."
    ).tag(config=True)

    def preprocess(self, nb, resources):
        nb, resources = super().preprocess(nb, resources)
        datos = resources.get("nbgrader")
        if datos:
            raiz = self.config.get("CourseDirectory", {}).get("root")
            relato = story.build(nb, datos, Path(raiz) if raiz else None, self.sitio)
            resources["relato"] = relato
            resources["outputs"] = {
                **(resources.get("outputs") or {}),
                f"{datos['notebook']}.md": plain.to_markdown(relato).encode(),
                f"{datos['notebook']}.txt": plain.to_text(relato).encode(),
            }
        return nb, resources

    def preprocess_cell(self, cell, resources, cell_index):
        datos = cell.metadata.get("nbgrader", {})
        if datos.get("comment") == COMENTARIO_AUTOMATICO:
            datos["comment"] = None
        if cells.is_test(cell):
            cell.metadata["titulo"] = cells.title(cell)
            frase = verdict(cell)
            cell.metadata["superada"] = frase is None
            cell.outputs = [new_output("stream", text=frase or "Prueba superada.")]
        elif cell.cell_type == "code":
            cell.outputs = [salida for salida in map(_inerte, cell.outputs) if salida]
        if datos.get("task"):
            cell.source = PAUTA.sub("", cell.source).rstrip()
        if not cells.is_test(cell):
            # Aquí solo escribe el estudiante: unas marcas suyas detendrían a nbgrader.
            return cell, resources
        return super().preprocess_cell(cell, resources, cell_index)


def inert_html(html: str) -> str:
    """El HTML sin guiones, marcos, formularios ni imágenes de fuera (filtro de la plantilla)."""
    return bleach.clean(html, tags=ETIQUETAS, attributes={"a": ["href"]}, strip=True)


def verdict(celda: NotebookNode) -> str | None:
    """Frase que explica por qué no se superó una prueba; `None` si se superó.

    La escribió el juez, que ya quitó lo que solo se sabría viendo lo oculto.

    Parameters
    ----------
    celda : NotebookNode
        Celda de prueba de un cuaderno calificado.
    """
    errores = [salida for salida in celda.outputs if salida.output_type == "error"]
    if not errores:
        return None
    return errores[0].evalue if errores[0].ename == NO_SUPERADA else GENERICA


def _inerte(salida: NotebookNode) -> NotebookNode | None:
    """La misma salida sin HTML, SVG ni JavaScript; `None` si no queda nada."""
    if "data" not in salida:
        return salida
    datos = {tipo: valor for tipo, valor in salida.data.items() if tipo in SALIDAS_INERTES}
    return NotebookNode({**salida, "data": NotebookNode(datos)}) if datos else None
