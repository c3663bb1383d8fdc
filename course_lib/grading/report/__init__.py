"""El informe de la clase: qué notas hay, en qué se tropieza y qué conviene volver a explicar."""

from course_lib.grading.report.write import available, write_report

__all__ = ["available", "write_report"]
