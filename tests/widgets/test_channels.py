"""Las demostraciones de «Canales y filtros»: la mezcla y las cuentas que enseñan son verdad."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_lib import images
from course_lib.layers import Conv2D, Sequential
from course_lib.widgets import channels, coste_de_capa, mezcla_de_canales

FOTO = images.foto("chelsea", lado=32, color=True)


@pytest.fixture(autouse=True)
def no_pyplot_figures():
    antes = plt.get_fignums()
    yield
    assert plt.get_fignums() == antes


def counts(texto):
    return [
        int(n.replace(" ", "")) for n in re.findall(r"\d[\d ]*(?= (?:pesos|MACs|bytes))", texto)
    ]


@pytest.mark.parametrize("pesos", [(1, 0, 0), (0.25, -1, 0.5), (-0.75, -0.5, 0), (1, 1, 1)])
def test_mixing_is_a_weighted_sum_of_the_channels(pesos):
    demo = mezcla_de_canales(FOTO)
    for color, peso in zip(channels.COLORES, pesos, strict=True):
        demo.controles[color].value = peso
    mapa = (FOTO * pesos).sum(axis=2)
    np.testing.assert_allclose(demo.figura.axes[1].images[0].get_array(), mapa)
    rango = f"de {mapa.min():.2f} a {mapa.max():.2f}".replace("-", "−")
    assert demo.descripcion.endswith(f"el mapa va {rango}.")


def test_the_sum_is_written_with_its_signs():
    demo = mezcla_de_canales(FOTO)
    assert demo.descripcion.startswith("1·rojo + 0·verde + 0·azul: ")
    demo.controles["rojo"].value = -0.5
    demo.controles["azul"].value = -1
    assert demo.descripcion.startswith("−0.5·rojo + 0·verde − 1·azul: ")


def test_colours_mean_the_same_until_they_do_not_fit():
    demo = mezcla_de_canales(FOTO)
    assert demo.figura.axes[1].images[0].get_clim() == (-1, 1)
    demo.controles["verde"].value = demo.controles["azul"].value = 1
    mayor = FOTO.sum(axis=2).max()
    assert demo.figura.axes[1].images[0].get_clim() == pytest.approx((-mayor, mayor))


@pytest.mark.parametrize("forma", [(4, 4), (4, 4, 1), (1, 4, 4, 3)])
def test_mixing_asks_for_a_colour_photo(forma):
    with pytest.raises(ValueError, match=r"se espera \(alto, ancho, 3\)"):
        mezcla_de_canales(np.zeros(forma))


def test_later_changes_of_the_photo_do_not_reach_the_drawing():
    foto = FOTO.copy()
    demo = mezcla_de_canales(foto)
    foto[:] = 0
    demo.controles["verde"].value = 1
    np.testing.assert_allclose(demo.figura.axes[1].images[0].get_array(), FOTO[..., :2].sum(axis=2))


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
