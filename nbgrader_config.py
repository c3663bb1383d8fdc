"""Curso de nbgrader: `solutions/` → `notebooks/`, y todo lo privado bajo `entregas/`.

La leen `curso`, las órdenes `nbgrader …` y el formgrader de JupyterLab, de modo
que las tres puertas publican y califican igual.
"""

import sys
from pathlib import Path

import nbgrader
from nbgrader.preprocessors import AssignLatePenalties, GetGrades, SaveAutoGrades

raiz = Path(__file__).resolve().parent
sys.path.append(str(raiz))  # para quien no ha instalado course_lib (ruta de conda)

from course_lib.grading.feedback import PLANTILLAS, HideHiddenTests, inert_html  # noqa: E402
from course_lib.grading.preprocessors import GradeSafely, RebuildFromSource  # noqa: E402

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

# El código ajeno se ejecuta aislado y las pruebas, fuera de su alcance (course_lib.grading.engine).
c.Autograde.sanitize_preprocessors = [RebuildFromSource]
c.Autograde.autograde_preprocessors = [GradeSafely, SaveAutoGrades, AssignLatePenalties]
# Para cambiar cuánto puede gastar una entrega: c.Limits.cell_seconds = 30, c.Limits.memory = …

c.GenerateFeedback.preprocessors = [GetGrades, HideHiddenTests]
# Nada activo que escriba un estudiante llega a una página.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = {"inert_html": inert_html}
# La plantilla «feedback» es la nuestra; las demás, las de formgrader.
c.HTMLExporter.extra_template_basedirs = [
    str(PLANTILLAS),
    str(Path(nbgrader.__file__).parent / "server_extensions" / "formgrader" / "templates"),
]
