"""Las demostraciones de la unidad 12: lo que se ve sale de la red que se da."""

import copy

import numpy as np
import pytest

from course_lib import images, ops
from course_lib.layers import SGD, Conv2D, Dense, Flatten, MaxPool2D, Sequential
from course_lib.widgets import network, vista_engano, vista_red


@pytest.fixture(scope="module")
def red():
    imagenes, etiquetas = images.digitos()
    x, y = imagenes[:300, :, :, None], etiquetas[:300]
    capas = [Conv2D(3, 3, activation="relu"), MaxPool2D(2), Flatten(), Dense(10)]
    modelo = Sequential(capas, input_shape=(8, 8, 1))
    modelos = [copy.deepcopy(modelo)]
    modelo.fit(x, y, epochs=8, optimizer=SGD(0.1, momentum=0.9), progress=False)
    return [*modelos, modelo], x, y


def test_maps_and_probabilities_are_those_of_the_epoch(red):
    modelos, x, y = red
    demo = vista_red(modelos, x[:4], y[:4])
    for epoca, modelo in enumerate(modelos):
        for imagen in range(4):
            demo.controles["epoca"].value, demo.controles["imagen"].value = epoca, imagen
            entra, barras, *mapas = [ax for ax in demo.figura.axes if ax.images or ax.patches]
            np.testing.assert_array_equal(entra.images[0].get_array(), x[imagen, :, :, 0])
            alturas = [barra.get_height() for barra in barras.patches]
            esperadas = ops.softmax(modelo.predict(x[imagen : imagen + 1])[0])
            np.testing.assert_allclose(alturas, esperadas, rtol=1e-5)
            primera = modelo.outputs(x[imagen : imagen + 1])["conv2d_1"][0]
            np.testing.assert_allclose(mapas[2].images[0].get_array(), primera[:, :, 2], rtol=1e-5)
            assert f"es un {y[imagen]}. La red dice {np.argmax(esperadas)}," in demo.descripcion


@pytest.mark.parametrize(("modelos", "clases"), [(0, 2), (1, 3)])
def test_what_does_not_match_is_explained(red, modelos, clases):
    with pytest.raises(ValueError, match=f"Hay {modelos} modelos, 2 imágenes y {clases} etiq"):
        vista_red(red[0][:modelos], red[1][:2], red[2][:clases])


def test_the_slope_is_the_one_measured_by_moving_a_pixel(red):
    modelo, imagen, clase = red[0][1], red[1][5], int(red[2][5])
    pendiente = network.input_slope(modelo, imagen, clase)
    for lugar in [(2, 3, 0), (4, 4, 0), (6, 2, 0)]:
        perdidas = []
        for paso in (2e-3, -2e-3):
            movida = imagen.copy()
            movida[lugar] += paso
            perdidas.append(-ops.log_softmax(modelo.predict(movida[None])[0])[clase])
        medida = (perdidas[0] - perdidas[1]) / 4e-3
        assert pendiente[lugar] == pytest.approx(medida, abs=0.03 * float(np.abs(pendiente).max()))


def test_chosen_noise_hurts_more_than_the_same_noise_at_random(red):
    modelo, x, y = red[0][1], red[1], red[2]
    sube = {"al azar": 0.0, "contra la red": 0.0}
    for i in range(10):
        demo = vista_engano(modelo, x[i], int(y[i]))
        demo.controles["cantidad"].value = 0.2
        for ruido in sube:
            demo.controles["ruido"].value = ruido
            movida = demo.figura.axes[0].images[0].get_array()
            assert np.abs(movida - x[i, :, :, 0]).max() == pytest.approx(0.2)
            assert demo.descripcion.startswith(f"Ruido {ruido}, 0.20 por píxel")
            sube[ruido] -= np.log(demo.figura.axes[1].patches[int(y[i])].get_height())
    assert sube["contra la red"] > 2 * sube["al azar"]
