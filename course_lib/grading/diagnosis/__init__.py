"""Qué entendió mal una respuesta: se compara con los errores típicos en datos recién hechos."""

from course_lib.grading.diagnosis.report import Case, Diagnosis

__all__ = ["Case", "Diagnosis"]
