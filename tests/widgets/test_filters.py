"""Las demostraciones de la unidad 03: lo que se ve es lo que calcula `ops.conv2d`."""

import numpy as np
import pytest

from course_lib import images, ops
from course_lib.widgets import buscar_franjas, desenfocar

FOTO = images.foto("camera", lado=40)


def shown(demo, i):
    """El array del dibujo i."""
    return np.asarray(demo.figura.axes[i].images[0].get_array())


@pytest.mark.parametrize("kernel", ["promedio", "gaussiano"])
def test_the_blur_grows_with_the_kernel(kernel):
    demo, contrastes = desenfocar(FOTO), []
    demo.controles["kernel"].value = kernel
    for tamano in range(3, 16, 2):
        demo.controles["tamano"].value = tamano
        pesos = shown(demo, 1)
        assert pesos.shape == (tamano, tamano) and pesos.sum() == pytest.approx(1)
        np.testing.assert_allclose(shown(demo, 2), ops.conv2d(FOTO, pesos))
        assert f"Kernel {kernel} de {tamano}×{tamano}" in demo.descripcion
        assert f"{tamano**2} pesos suman 1." in demo.descripcion
        contrastes.append(shown(demo, 2).std())
    assert contrastes == sorted(contrastes, reverse=True)


@pytest.mark.parametrize("angulo", [0, 45, 90, 135])
def test_a_bar_answers_most_to_its_own_angle(angulo):
    demo = buscar_franjas(images.barra(angulo, grosor=2))
    respuestas = {}
    for prueba in range(0, 180, 15):
        demo.controles["angulo"].value = prueba
        respuestas[prueba] = shown(demo, 2).max()
    assert max(respuestas, key=respuestas.get) == angulo


def test_the_map_is_the_convolution_with_the_kernel_shown():
    demo, escalas = buscar_franjas(FOTO), set()
    for longitud in range(3, 9):
        demo.controles["longitud"].value = longitud
        mapa = ops.conv2d(FOTO, shown(demo, 1))
        np.testing.assert_allclose(shown(demo, 2), mapa)
        escalas.add(demo.figura.axes[2].images[0].get_clim())
    assert len(escalas) == 1
    assert demo.descripcion.startswith("Franjas a 0 grados: el mapa va de −")


@pytest.mark.parametrize(("demo", "lado"), [(desenfocar, 15), (buscar_franjas, 9)])
def test_the_smallest_picture_fits_every_control(demo, lado):
    viva = demo(np.ones((lado, lado)))
    for control in viva.controles.values():
        if hasattr(control, "max"):
            control.value = control.max
    with pytest.raises(ValueError, match=f"de {lado}×{lado} o más"):
        demo(np.ones((lado - 1, lado)))


@pytest.mark.parametrize("demo", [desenfocar, buscar_franjas])
@pytest.mark.parametrize(
    ("foto", "frase"),
    [
        (FOTO * 255, "divide: foto / 255"),
        (np.full((20, 20), np.nan), "divide: foto / 255"),
        (np.zeros((20, 20, 3)), r"elige un canal: foto\[:, :, 0\]"),
        ([[0, 1], [1]], "se espera una matriz de números"),
        (None, "se espera una matriz de números"),
    ],
    ids=["de 0 a 255", "NaN", "en color", "filas distintas", "None"],
)
def test_a_wrong_picture_says_how_to_mend_it(demo, foto, frase):
    with pytest.raises(ValueError, match=frase):
        demo(foto)
