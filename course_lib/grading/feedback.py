"""La retroalimentación que recibe el estudiante: una frase por prueba y ninguna línea oculta."""

import builtins
import re
from pathlib import Path

import bleach
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import ClearHiddenTests

from course_lib.grading import cells
from course_lib.grading.forbidden import EXPLICACION, PROHIBIDA

PLANTILLAS = Path(__file__).parent / "templates"
ETIQUETAS = frozenset(
    ("a", "b", "blockquote", "br", "code", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i")
    + ("li", "ol", "p", "pre", "span", "strong", "sub", "sup", "table", "tbody", "td", "th")
    + ("thead", "tr", "ul")
)
SALIDAS_INERTES = ("text/plain", "image/png", "image/jpeg")
COMENTARIO_AUTOMATICO = "No response."  # el que pone nbgrader a lo que se deja en blanco
# Solo la frase de la casa: una excepción del estudiante con ese nombre diría otra cosa.
USO_PROHIBIDO = rf"Tu respuesta usa [\w.]+(, [\w.]+)*\. {re.escape(EXPLICACION)}"
ANSI = re.compile(r"\x1b\[[0-9;]*m")


class HideHiddenTests(ClearHiddenTests):
    """Preprocesador de nbgrader que prepara el cuaderno calificado para su autor.

    Borra la parte oculta de cada prueba y cambia la salida de la prueba, donde un
    traceback mostraría lo oculto, por un veredicto en español.
    """

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
        return super().preprocess_cell(cell, resources, cell_index)


def inert_html(html: str) -> str:
    """El HTML sin guiones, marcos, formularios ni imágenes de fuera (filtro de la plantilla)."""
    return bleach.clean(html, tags=ETIQUETAS, attributes={"a": ["href"]}, strip=True)


def verdict(celda: NotebookNode) -> str | None:
    """Frase que explica por qué falló una prueba ya ejecutada; `None` si no falló.

    Parameters
    ----------
    celda : NotebookNode
        Celda de prueba con su parte oculta y las salidas de haberla ejecutado.
    """
    error = next((s for s in celda.outputs if s.output_type == "error"), None)
    if error is None:
        return None
    if error.ename in ("KeyboardInterrupt", "CellTimeoutError"):
        return "Tu código tardó demasiado y se detuvo: ¿hay un bucle que nunca termina?"
    if _es_prohibida(error):
        return error.evalue
    if error.ename == "NotImplementedError":
        return "Este ejercicio está sin responder."
    if error.ename == "DeadKernelError":
        return "Tu código cerró Python antes de terminar la prueba."
    if error.ename == "NameError" and _nombre_que_falta(error) in cells.names(celda):
        return "Falta una función: su celda está vacía, dio un error o le cambiaste el nombre."
    return _frase_del_error(celda, error)


def _es_prohibida(error: NotebookNode) -> bool:
    """Si lo puso `RejectForbidden`: el traceback de una excepción de verdad es más largo."""
    propio = error.ename == PROHIBIDA and error.traceback == [error.evalue]
    return bool(propio and re.fullmatch(USO_PROHIBIDO, error.evalue))


def _nombre_que_falta(error: NotebookNode) -> str | None:
    encontrado = re.fullmatch(r"name '(\w+)' is not defined", error.evalue)
    return encontrado and encontrado[1]


def _frase_del_error(celda: NotebookNode, error: NotebookNode) -> str:
    """El mensaje de la prueba o el del error, sin lo que solo se sabría viendo lo oculto."""
    mensaje = error.evalue.strip().split("\n")[0]
    if error.ename == "AssertionError" and mensaje in cells.assert_messages(celda):
        return mensaje
    # El texto de una excepción lo escribe el estudiante: podría copiar en él los datos ocultos.
    if _fallo_en_lo_oculto(celda, error):
        mensaje = ""
    if error.ename in ("AssertionError", "Diferencia"):
        return mensaje or "El resultado no coincide en uno de los casos ocultos de esta prueba."
    tipo = error.ename if hasattr(builtins, error.ename) else "un error propio"
    return f"Tu función se detuvo con {tipo}" + (f": {mensaje}" if mensaje else ".")


def _fallo_en_lo_oculto(celda: NotebookNode, error: NotebookNode) -> bool:
    """Si la línea de la prueba en que saltó el error está en la parte oculta (o no se sabe)."""
    inicio = cells.hidden_start(celda.source)
    if inicio is None:
        return False
    # Un nombre como «x, line 1» se colaría en el traceback como si fuera una línea.
    if not error.ename.isidentifier():
        return True
    texto = ANSI.sub("", "\n".join(error.traceback))
    linea = re.search(r"line (\d+)", texto)
    return linea is None or int(linea[1]) > inicio


def _inerte(salida: NotebookNode) -> NotebookNode | None:
    """La misma salida sin HTML, SVG ni JavaScript; `None` si no queda nada."""
    if "data" not in salida:
        return salida
    datos = {tipo: valor for tipo, valor in salida.data.items() if tipo in SALIDAS_INERTES}
    return NotebookNode({**salida, "data": NotebookNode(datos)}) if datos else None
