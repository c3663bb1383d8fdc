"""Los controles de las lecciones: mover un deslizador, ver qué cambia y predecir antes de mirar."""

from course_lib.widgets.channels import coste_de_capa, mezcla_de_canales
from course_lib.widgets.live import FiguraViva
from course_lib.widgets.prediction import Prediccion
from course_lib.widgets.shifting import mover_y_filtrar, resumen_al_mover
from course_lib.widgets.sliding import dos_orientaciones, filtro_en_foto, ventana_deslizante

__all__ = [
    "FiguraViva",
    "Prediccion",
    "coste_de_capa",
    "dos_orientaciones",
    "filtro_en_foto",
    "mezcla_de_canales",
    "mover_y_filtrar",
    "resumen_al_mover",
    "ventana_deslizante",
]
