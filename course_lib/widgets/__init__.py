"""Los controles de las lecciones: predecir, mover y ver qué cambia.

`Explorador` es la convolución a la velocidad de la mano: un control que dibuja y calcula en el
navegador, con su kernel editable, sus menús y sus deslizadores. Cada vista es un `Explorador` con
solo lo que cuenta una idea. Todas admiten sus opciones (`stride=2`, `lado=320`,
`controles=()`, `titulo="…"`) y todo se lee y se cambia desde Python: `vista.kernel`,
`vista.posicion = 4`, `vista.mapa` (igual que `ops.conv2d`) y `vista.descripcion`.

Preparación de los ejemplos:

>>> import numpy as np
>>> from course_lib import images
>>> imagen, kernel = images.diapositiva(), images.kernel("diapositiva")
>>> gata = images.foto("chelsea", lado=64, color=True)

Una vista por idea:

>>> todo = Explorador(imagen, kernel)
>>> una_ventana = vista_ventana(imagen, kernel, posicion=4)
>>> deslizar = vista_deslizar(imagen, kernel)
>>> foto_y_menu = vista_filtro(images.foto("coins", lado=160))
>>> giro = vista_orientaciones(imagen, [[1, 2, 0], [0, 1, 0], [0, 0, -1]])
>>> padding = vista_padding(imagen, kernel, padding="same")
>>> stride = vista_stride(imagen, kernel, stride=2)
>>> activacion = vista_activacion(images.letra_F(), images.kernel("sobel_x"), activation="relu")
>>> canales = vista_canales(gata, np.ones((3, 3, 3, 4)), bias=[0, 1, 0, -1])
>>> pooling = vista_pooling(images.letra_F(), images.kernel("sobel_x"), pooling="max", pool_size=2)
>>> campo = vista_campo([{"kernel": 3}, {"kernel": 2, "stride": 2}, {"kernel": 3}])
>>> epocas = vista_epocas(np.zeros((6, 3, 3, 8)), perdidas=[2.3, 1.2, 0.8, 0.5, 0.4, 0.3])

La función que ha escrito cada cual; sus errores salen en español dentro de la vista:

>>> def mi_conv(imagen, kernel, stride):
...     return np.zeros((2, 2))
>>> mia = vista_funcion(mi_conv, imagen, kernel, argumentos=("stride",))

Con un solo deslizador de ipywidgets, igual de rápido, porque `jslink` no pasa por Python:

>>> import ipywidgets
>>> vista = vista_stride(imagen, kernel, controles=())
>>> deslizador = ipywidgets.IntSlider(1, 1, 3, description="stride")
>>> enlace = ipywidgets.jslink((deslizador, "value"), (vista, "stride"))
>>> juntos = Juntos(deslizador, vista)

`vista_im2col`, `carrera`, `bajar_la_cuesta`, `vista_reparto`, `elegir_paso`, `vista_red` y
`vista_engano` son las demostraciones de las unidades 10 a 12, cada una con su ejemplo;
`coste_de_capa`, las cuentas de la unidad 07.

`Prediccion` pregunta antes de mover, y `FiguraViva` mueve una figura de matplotlib cuando lo que
se cuenta no es una convolución: la dibuja Python, y guarda unas cuantas posiciones de sus
controles para responder al momento y donde no hay kernel.
"""

from course_lib.widgets.costs import coste_de_capa
from course_lib.widgets.explorer import Explorador
from course_lib.widgets.filters import buscar_franjas, desenfocar
from course_lib.widgets.gradients import (
    bajar_la_cuesta,
    elegir_paso,
    vista_reparto,
)
from course_lib.widgets.live import FiguraViva
from course_lib.widgets.matrices import carrera, vista_im2col
from course_lib.widgets.network import vista_engano, vista_red
from course_lib.widgets.own import vista_funcion
from course_lib.widgets.pixels import lupa, mezclar_canales, sumar_brillo
from course_lib.widgets.prediction import Prediccion
from course_lib.widgets.together import Juntos, vista_orientaciones
from course_lib.widgets.views import (
    vista_activacion,
    vista_deslizar,
    vista_filtro,
    vista_padding,
    vista_stride,
    vista_ventana,
)
from course_lib.widgets.views_layers import (
    vista_campo,
    vista_canales,
    vista_epocas,
    vista_pooling,
)

__all__ = [
    "Explorador",
    "FiguraViva",
    "Juntos",
    "Prediccion",
    "bajar_la_cuesta",
    "buscar_franjas",
    "carrera",
    "coste_de_capa",
    "desenfocar",
    "elegir_paso",
    "lupa",
    "mezclar_canales",
    "sumar_brillo",
    "vista_activacion",
    "vista_campo",
    "vista_canales",
    "vista_deslizar",
    "vista_engano",
    "vista_epocas",
    "vista_filtro",
    "vista_funcion",
    "vista_im2col",
    "vista_orientaciones",
    "vista_padding",
    "vista_pooling",
    "vista_red",
    "vista_reparto",
    "vista_stride",
    "vista_ventana",
]
