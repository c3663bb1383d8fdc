"""La misma calificación desde `nbgrader autograde` y desde el botón de formgrader.

`nbgrader_config.py` pone estos dos preprocesadores en lugar de los que ejecutarían el cuaderno con
los permisos del docente. nbgrader apunta después las notas como siempre.
"""

from pathlib import Path

import nbformat
from nbgrader.preprocessors import NbGraderPreprocessor

from course_lib.grading.catalog import load_catalog
from course_lib.grading.course import Course
from course_lib.grading.engine.grader import Job
from course_lib.grading.engine.limits import Limits
from course_lib.grading.engine.master import master
from course_lib.grading.engine.rebuild import read_cells, rebuild
from course_lib.grading.engine.workshop import Options, grade_here


class RebuildFromSource(NbGraderPreprocessor):
    """Rehace el cuaderno a partir del del docente: de la entrega solo queda el texto."""

    def preprocess(self, nb, resources):
        maestro = nbformat.reads(_master(self.config, resources)[0], as_version=4)
        return rebuild(maestro, read_cells(nbformat.writes(nb).encode())), resources


class GradeSafely(NbGraderPreprocessor):
    """Ejecuta el cuaderno en la burbuja, lo juzga desde fuera y deja las salidas del veredicto."""

    def preprocess(self, nb, resources):
        texto, prohibido, catalogo = _master(self.config, resources)
        datos = resources["nbgrader"]
        entregado = nbformat.writes(nb).encode()
        quien = datos["student"], datos["assignment"]
        job = Job(*quien, entregado, texto, prohibido, catalog=catalogo)
        limites = Limits(**self.config.get("Limits", {}))
        resultado = grade_here(job, Options(limites))
        if resultado.problem:
            raise RuntimeError(resultado.problem)
        return nbformat.reads(resultado.notebook, as_version=4), resources


def _master(config, resources) -> tuple[str, dict, str]:
    curso = Course.here(config.CourseDirectory.root)
    unidad = curso.solutions / resources["nbgrader"]["assignment"]
    fuente = Path(unidad, f"{resources['nbgrader']['notebook']}.ipynb")
    prohibido = {n: e.forbidden for n, e in load_catalog(unidad).items()}
    return master(fuente, config), prohibido, (unidad / "errores.py").read_text(encoding="utf-8")
