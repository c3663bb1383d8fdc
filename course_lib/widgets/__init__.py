"""Los controles de las lecciones: mover un deslizador, ver qué cambia y predecir antes de mirar."""

from course_lib.widgets.live import FiguraViva
from course_lib.widgets.prediction import Prediccion
from course_lib.widgets.sliding import dos_orientaciones, filtro_en_foto, ventana_deslizante

__all__ = ["FiguraViva", "Prediccion", "dos_orientaciones", "filtro_en_foto", "ventana_deslizante"]
