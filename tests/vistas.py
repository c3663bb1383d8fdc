"""El cuaderno con una celda por vista que abren las pruebas del explorador."""

import nbformat

PREPARACION = """
import ipywidgets
import numpy as np
from course_lib import images, ops
from course_lib.widgets import *

imagen, kernel = images.diapositiva(), images.kernel("diapositiva")
asimetrico = np.array([[1, 2, 0], [0, 1, 0], [0, 0, -1]])
efe, sobel = images.letra_F(), images.kernel("sobel_x")
gata = images.foto("chelsea", lado=64, color=True)
azar = np.random.default_rng(0)

def mia(imagen, kernel, stride):
    return ops.conv2d(imagen, kernel, stride=stride)

def rota(imagen, kernel):
    return imagen[100, 100]
"""
VISTAS = {
    "completo": "Explorador(imagen, asimetrico, posicion=4)",
    "capa": "Explorador(gata, azar.normal(size=(3, 3, 3, 4)), posicion=300)",
    "ventana": "vista_ventana(imagen, asimetrico, posicion=4)",
    "deslizar": "vista_deslizar(imagen, asimetrico, posicion=4)",
    "filtro": 'vista_filtro(images.foto("coins", lado=160))',
    "orientaciones": "vista_orientaciones(imagen, asimetrico)",
    "padding": "vista_padding(np.round(efe[:6, :7] + 0.3, 1), asimetrico)",
    "stride": 'vista_stride(np.round(images.foto("coins", lado=8)[:6], 1), asimetrico)',
    "activacion": "vista_activacion(efe, sobel, bias=-0.5)",
    "canales": "vista_canales(gata, azar.normal(size=(3, 3, 3, 4)), posicion=200)",
    "pooling": 'vista_pooling(images.foto("coins", lado=24), sobel, posicion=40)',
    "campo": 'vista_campo([{"kernel": 3}, {"kernel": 3, "stride": 2}, {"kernel": 3}], posicion=20)',
    "epocas": "vista_epocas(azar.normal(size=(6, 3, 3, 8)), [2.3, 1.2, 0.8, 0.5, 0.4, 0.3])",
    "funcion": 'vista_funcion(mia, imagen, asimetrico, argumentos=("stride",))',
    "rota": "vista_funcion(rota, imagen, asimetrico)",
    "enlazada": (
        'deslizador = ipywidgets.IntSlider(1, 1, 3, description="stride")\n'
        "vista = vista_stride(imagen, asimetrico, stride=1, controles=())\n"
        '_ = ipywidgets.jslink((deslizador, "value"), (vista, "stride"))\n'
        "Juntos(deslizador, vista)"
    ),
    "grande": (
        'Explorador(images.foto("camera", lado=512), np.ones((25, 25)) / 625, '
        'paneles=("imagen", "mapa"), controles=("bias", "posicion"))'
    ),
    "pregunta": (
        'Prediccion("¿Cuántas posiciones hay?", {"25": "Una por píxel: no caben todas.", '
        '"9": "Tres por tres."}, correcta="9")'
    ),
}


def notebook():
    cuaderno = nbformat.v4.new_notebook()
    celdas = [PREPARACION.strip(), *VISTAS.values()]
    cuaderno.cells = [nbformat.v4.new_code_cell(celda) for celda in celdas]
    cuaderno.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    return cuaderno
