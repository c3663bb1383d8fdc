"""Las demostraciones de la unidad 11: lo que se ve es el gradiente de verdad."""

import numpy as np
import pytest

from course_lib import ops
from course_lib.widgets import bajar_la_cuesta, elegir_paso, vista_reparto

DY = np.array([[1.0, -2, 0], [3, 0.5, 4]])
KERNEL = np.array([[1.0, 2], [-3, 4], [0, 5]])


def shown(demo, i):
    """El array del dibujo i."""
    return np.asarray(demo.figura.axes[i].images[0].get_array())


def test_the_copies_add_up_to_the_gradient():
    demo, suma = vista_reparto(DY, KERNEL), np.zeros((4, 4))
    for posicion, (fila, columna) in enumerate(np.ndindex(DY.shape)):
        demo.controles["posicion"].value = posicion
        copia = np.zeros((4, 4))
        copia[fila : fila + 3, columna : columna + 2] = DY[fila, columna] * KERNEL
        suma += copia
        np.testing.assert_allclose(shown(demo, 2), copia)
        np.testing.assert_allclose(shown(demo, 3), suma)
        assert f"reparte {DY[fila, columna]:g} veces" in demo.descripcion
    np.testing.assert_allclose(suma, ops.conv2d_backward(DY, np.zeros((4, 4)), KERNEL)[0])


def test_the_colours_mean_the_same_at_every_stop():
    demo, escalas = vista_reparto(DY, KERNEL), set()
    for posicion in range(DY.size):
        demo.controles["posicion"].value = posicion
        escalas |= {demo.figura.axes[i].images[0].get_clim() for i in (2, 3)}
    assert len(escalas) == 1


def test_nothing_to_share_is_drawn_too():
    assert "reparte 0 veces" in vista_reparto([[0]], [[1, 2]]).descripcion


@pytest.mark.parametrize(
    ("tasa", "llega"), [(0.05, True), (0.5, True), (0.95, True), (1.05, False), (1.1, False)]
)
def test_only_small_steps_go_down(tasa, llega):
    demo = bajar_la_cuesta()
    demo.controles["tasa"].value = tasa
    peso = -1.0
    for pasos in range(13):
        demo.controles["pasos"].value = pasos
        camino = demo.figura.axes[0].lines[1].get_xdata()
        assert len(camino) == pasos + 1 and camino[-1] == pytest.approx(peso)
        assert f"el peso es {peso:.2f}".replace("-", "−") in demo.descripcion
        peso -= tasa * 2 * (peso - 2)
    assert ((peso - 2) ** 2 < 9) is llega


def test_the_best_step_is_neither_large_nor_tiny():
    demo, errores = elegir_paso(), {}
    for cifras in range(1, 15):
        demo.controles["cifras"].value = cifras
        assert f"h = 1e-{cifras:02d}" in demo.descripcion
        errores[cifras] = float(demo.descripcion.split("equivoca en ")[1].split(";")[0])
    assert 4 <= min(errores, key=errores.get) <= 6
    assert errores[1] > 100 * errores[5] and errores[14] > 100 * errores[5]
