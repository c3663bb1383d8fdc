"""El curso como páginas que se abren con doble clic: sin kernel, sin servidor y sin conexión.

Con nbconvert y no con Jupyter Book: ya viene con nbgrader, y lo poco que falta para que los
controles vivan sin red cabe en `anfitrion.js`, dentro de cada página.
"""

import html
import json
import re
from collections.abc import Callable
from pathlib import Path

import jinja2
import nbformat
from latex2mathml.converter import convert
from nbconvert import HTMLExporter
from nbconvert.preprocessors import CellExecutionError, ExecutePreprocessor
from pygments.formatters import HtmlFormatter

from course_lib.grading.course import Course, heading
from course_lib.grading.publish import GLOSARIO

PLANTILLAS = Path(__file__).parent / "templates" / "site"
VISTA = "application/vnd.jupyter.widget-view+json"
ESTADO = "application/vnd.jupyter.widget-state+json"
FORMULA = re.compile(r"(?s)(```.*?```|`[^`\n]*`)|\$\$(.+?)\$\$|(?<![\\$])\$([^$\n]+?)\$")
# Lo último que se ejecuta: sin kernel, una figura solo tiene los fotogramas que guarda ahora.
GRABAR = """
import gc
from course_lib.widgets import FiguraViva
for figura in gc.get_objects():
    if isinstance(figura, FiguraViva):
        figura.grabar()
"""
ENLACE = re.compile(r"\]\(([\w/.]+)\.ipynb(#[^)\s]*)?\)")


def build(curso: Course, avisar: Callable[[str], None] = lambda _: None) -> Path:
    """Escribe el sitio en dist/sitio y devuelve su portada.

    Raises
    ------
    ValueError
        Si una lección falla al ejecutarse.
    """
    destino = curso.root / "dist" / "sitio"
    lecciones = {unidad: curso.notebooks / unidad / "leccion.ipynb" for unidad in curso.units}
    glosario = curso.notebooks / GLOSARIO
    unidades = [(unidad, curso.title(unidad)) for unidad in curso.units]
    comun = {"unidades": unidades, "glosario": glosario.exists()}
    for unidad, leccion in lecciones.items():
        avisar(unidad)
        (destino / unidad).mkdir(parents=True, exist_ok=True)
        for ruta in sorted((curso.notebooks / unidad).glob("*.ipynb")):
            pagina = _pagina(curso, ruta, comun | {"titulo": heading(leccion), "raiz": "../"})
            (destino / unidad / f"{ruta.stem}.html").write_text(pagina, encoding="utf-8")
    if glosario.exists():
        pagina = _pagina(curso, glosario, comun | {"titulo": heading(glosario), "raiz": ""})
        (destino / "glosario.html").write_text(pagina, encoding="utf-8")
    portada = destino / "index.html"
    portada.write_text(_portada(comun), encoding="utf-8")
    return portada


def _pagina(curso: Course, ruta: Path, comun: dict) -> str:
    cuaderno = nbformat.read(ruta, as_version=4)
    if ruta.stem == "leccion":
        _ejecutar(cuaderno, ruta)
    estado = cuaderno.metadata.pop("widgets", {}).get(ESTADO, {}).get("state", {})
    _preparar(cuaderno)
    cuerpo, _ = HTMLExporter(template_name="basic").from_notebook_node(cuaderno)
    return _montar(
        **comun,
        cuerpo=cuerpo,
        cuaderno=ruta.relative_to(curso.root).as_posix(),
        # Dentro de un <script>, «</» podría cerrarlo antes de tiempo.
        estado=json.dumps(estado).replace("</", "<\\/") if estado else "",
    )


def _ejecutar(cuaderno: nbformat.NotebookNode, ruta: Path) -> None:
    recursos = {"metadata": {"path": str(ruta.parent)}}
    cuaderno.cells.append(nbformat.v4.new_code_cell(GRABAR))
    try:
        ExecutePreprocessor(timeout=300, kernel_name="python3").preprocess(cuaderno, recursos)
    except CellExecutionError as error:
        raise ValueError(
            f"La lección {ruta.parent.name} falla al ejecutarse ({error.ename}: {error.evalue}). "
            "Ábrela con make lab, arregla esa celda y repite make site."
        ) from None
    cuaderno.cells.pop()


def _preparar(cuaderno: nbformat.NotebookNode) -> None:
    """Fórmulas, enlaces, preguntas plegadas y el hueco donde vivirá cada control."""
    for celda in cuaderno.cells:
        if celda.cell_type == "markdown":
            celda.source = ENLACE.sub(r"](\1.html\2)", FORMULA.sub(formula, celda.source))
        elif celda.cell_type == "code":
            plegada = celda.metadata.get("jupyter", {}).get("source_hidden", False)
            celda.metadata["transient"] = {"remove_source": plegada}
            # Lo que la celda escribe es lo que se ve en su figura.
            dicho = " ".join(s.text.strip() for s in celda.outputs if s.output_type == "stream")
            for salida in celda.outputs:
                if "image/png" in salida.get("data", {}):
                    salida.metadata["image/png"] = {"alt": dicho}
                if VISTA in salida.get("data", {}):
                    salida.data = nbformat.NotebookNode({"text/html": _hueco(salida.data)})


def formula(encontrada: re.Match) -> str:
    codigo, aparte, seguida = encontrada.groups()
    if codigo:
        return codigo
    return convert(aparte or seguida, display="block" if aparte else "inline")


def _hueco(datos) -> str:
    """Lo que se ve mientras no haya JavaScript: la foto del control o, al menos, su texto."""
    texto = html.escape(datos.get("text/plain", ""))
    foto = datos.get("image/png")
    imagen = (
        f'<img alt="{texto}" src="data:image/png;base64,{foto}">' if foto else f"<p>{texto}</p>"
    )
    return f'<div data-modelo="{datos[VISTA]["model_id"]}">{imagen}</div>'


def _portada(comun: dict) -> str:
    unidades = comun["unidades"]
    filas = (f'<li><a href="{u}/leccion.html">{html.escape(n)}</a>' for u, n in unidades)
    ejercicios = (f' · <a href="{u}/ejercicios.html">ejercicios</a></li>' for u, _ in unidades)
    lista = "\n".join(map("".join, zip(filas, ejercicios, strict=True)))
    cuerpo = f"<h1>Capas Convolucionales</h1>\n<ul>\n{lista}\n</ul>"
    return _montar(**comun, titulo="Capas Convolucionales", cuerpo=cuerpo, raiz="")


def _montar(**partes) -> str:
    plantilla = jinja2.Template((PLANTILLAS / "pagina.html.j2").read_text(encoding="utf-8"))
    estilo = (PLANTILLAS / "sitio.css").read_text(encoding="utf-8")
    colores = HtmlFormatter(style="default").get_style_defs(".highlight")
    anfitrion = (PLANTILLAS / "anfitrion.js").read_text(encoding="utf-8")
    return plantilla.render(estilo=estilo + colores, anfitrion=anfitrion, **partes) + "\n"
