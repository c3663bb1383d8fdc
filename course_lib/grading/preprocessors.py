"""La misma calificación desde `nbgrader autograde` y desde el botón de formgrader.

`nbgrader_config.py` pone estos dos preprocesadores en lugar de los que ejecutarían el cuaderno con
los permisos del docente. nbgrader apunta después las notas como siempre.
"""

import nbformat
from nbgrader.preprocessors import NbGraderPreprocessor

from course_lib.grading.course import Course
from course_lib.grading.engine.job import Job
from course_lib.grading.engine.rebuild import read_cells, rebuild
from course_lib.grading.engine.workshop import Options, grade_here
from course_lib.grading.jobs import job_for


class RebuildFromSource(NbGraderPreprocessor):
    """Rehace el cuaderno con el del docente: de la entrega solo queda el texto."""

    def preprocess(self, nb, resources):
        job = _job(self.config, nb, resources)
        return rebuild(
            nbformat.reads(job.master, as_version=4), read_cells(job.notebook)
        ), resources


class GradeSafely(NbGraderPreprocessor):
    """Ejecuta el cuaderno en la burbuja, lo juzga desde fuera y deja las salidas del veredicto."""

    def preprocess(self, nb, resources):
        limites = Course.here(self.config.CourseDirectory.root).limits()
        resultado = grade_here(_job(self.config, nb, resources), Options(limites))
        if resultado.problem:
            raise RuntimeError(resultado.problem)
        return nbformat.reads(resultado.notebook, as_version=4), resources


def _job(config, cuaderno: nbformat.NotebookNode, resources) -> Job:
    curso, datos = Course.here(config.CourseDirectory.root), resources["nbgrader"]
    entregado = nbformat.writes(cuaderno).encode()
    return job_for(curso, datos["student"], datos["assignment"], entregado)
