"""Las cuentas de una capa que enseña «Canales y filtros» son las de las capas de verdad."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_lib.layers import Conv2D, Sequential
from course_lib.widgets import coste_de_capa


@pytest.fixture(autouse=True)
def no_pyplot_figures():
    antes = plt.get_fignums()
    yield
    assert plt.get_fignums() == antes


def counts(texto):
    return [
        int(n.replace(" ", "")) for n in re.findall(r"\d[\d ]*(?= (?:pesos|MACs|bytes))", texto)
    ]


@pytest.mark.parametrize(("lado", "kernel", "entran", "salen"), [(14, 3, 8, 16), (7, 5, 4, 32)])
def test_costs_are_those_of_real_layers(lado, kernel, entran, salen):
    def modelo(*capas):
        return Sequential(list(capas), input_shape=(lado, lado, entran))

    comun = {"padding": "same", "use_bias": False}
    modelos = [
        modelo(Conv2D(salen, kernel, **comun)),
        modelo(Conv2D(salen, kernel, groups=4, **comun)),
        modelo(Conv2D(entran, kernel, groups=entran, **comun), Conv2D(salen, 1, **comun)),
    ]
    demo = coste_de_capa()
    for nombre, valor in zip(demo.controles, (lado, kernel, entran, salen), strict=True):
        demo.controles[nombre].value = valor
    pesos = [m.count_params() for m in modelos]
    macs = [n * lado * lado for n in pesos]
    esperado = [n for pareja in zip(pesos, macs, strict=True) for n in pareja]
    bytes_de_salida = np.zeros((lado, lado, salen), np.float32).nbytes
    assert counts(demo.descripcion) == [*esperado, bytes_de_salida]
    barras = [[b.get_width() for b in ax.patches] for ax in demo.figura.axes]
    assert barras == [pesos, macs]


def test_the_normal_layer_is_drawn_above():
    abajo, arriba = coste_de_capa().figura.axes[0].get_ylim()
    assert abajo > arriba
