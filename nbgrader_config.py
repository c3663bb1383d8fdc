"""Curso de nbgrader: `solutions/` → `notebooks/`, y todo lo privado bajo `entregas/`.

La leen `curso`, las órdenes `nbgrader …` y el formgrader de JupyterLab, de modo
que las tres puertas publican y califican igual.
"""

import sys
from pathlib import Path

import nbgrader
from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    Execute,
    GetGrades,
    IgnorePattern,
    LimitOutput,
    SaveAutoGrades,
)

raiz = Path(__file__).resolve().parent
sys.path.append(str(raiz))  # para quien no ha instalado course_lib (ruta de conda)

from course_lib.grading.cells import is_test  # noqa: E402
from course_lib.grading.feedback import PLANTILLAS, HideHiddenTests, inert_html  # noqa: E402
from course_lib.grading.forbidden import RejectForbidden  # noqa: E402

c = get_config()  # noqa: F821

entregas = raiz / "entregas"
entregas.mkdir(exist_ok=True)

c.CourseDirectory.root = str(raiz)
c.CourseDirectory.course_id = "capas-convolucionales"
c.CourseDirectory.db_url = f"sqlite:///{entregas / 'gradebook.db'}"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
c.CourseDirectory.submitted_directory = "entregas/submitted"
c.CourseDirectory.autograded_directory = "entregas/autograded"
c.CourseDirectory.feedback_directory = "entregas/feedback"
# Solo los ejercicios llevan puntos; las lecciones las publica `curso publicar`.
c.CourseDirectory.notebook_id = "ejercicios"
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    "feedback",
    "errores.py",
]

c.ClearSolutions.code_stub = {
    "python": "# ESCRIBE AQUÍ TU CÓDIGO y borra la línea siguiente\n"
    'raise NotImplementedError("Aquí falta tu código: complétalo y vuelve a ejecutar la celda.")'
}
c.ClearSolutions.text_stub = "ESCRIBE AQUÍ TU RESPUESTA"

# Un bucle sin fin pierde sus puntos, no los de las demás celdas.
c.Execute.timeout_func = lambda celda: 4 if is_test(celda) else 15
c.Execute.extra_arguments = ["--HistoryManager.hist_file=:memory:", "--log-level=ERROR"]
# nbgrader da cero a toda prueba que escriba en stderr: un aviso no es un error.
c.IgnorePattern.enabled = True
c.IgnorePattern.pattern = "(?s).*"
# La cadena de nbgrader, con el aviso de respuestas prohibidas después de ejecutar.
c.Autograde.autograde_preprocessors = [
    Execute,
    IgnorePattern,
    RejectForbidden,
    ClearMetadataPreprocessor,
    LimitOutput,
    SaveAutoGrades,
    AssignLatePenalties,
    CheckCellMetadata,
]
# Sin esto, una celda de prueba borrada espera para siempre una nota a mano.
c.OverwriteCells.add_missing_cells = True
c.OverwriteCells.missing_cell_notification = (
    "Esta celda ({cell_id}) faltaba en la entrega y se ha repuesto.\n\n"
)

c.GenerateFeedback.preprocessors = [GetGrades, HideHiddenTests]
# Nada activo que escriba un estudiante llega a una página.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = {"inert_html": inert_html}
# La plantilla «feedback» es la nuestra; las demás, las de formgrader.
c.HTMLExporter.extra_template_basedirs = [
    str(PLANTILLAS),
    str(Path(nbgrader.__file__).parent / "server_extensions" / "formgrader" / "templates"),
]
