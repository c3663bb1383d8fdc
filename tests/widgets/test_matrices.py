"""Las demostraciones de la unidad 10: la matriz que se ve es la que se multiplica."""

import numpy as np
import pytest

from course_lib import ops
from course_lib.widgets import carrera, matrices, vista_im2col

IMAGEN = np.array([[1, 2, 3, 0], [4, -5, 6, 2], [7, 8, 9, 1]])
KERNEL = np.array([[10.0, 0, 2], [0, -1, 3]])


def shown(demo, i):
    """El array del dibujo i."""
    return np.asarray(demo.figura.axes[i].images[0].get_array())


def test_each_row_is_a_window_and_its_product_a_position():
    demo, mapa = vista_im2col(IMAGEN, KERNEL), ops.conv2d(IMAGEN, KERNEL)
    assert demo.controles["posicion"].max == mapa.size - 1
    for posicion, (fila, columna) in enumerate(np.ndindex(mapa.shape)):
        demo.controles["posicion"].value = posicion
        ventana = IMAGEN[fila : fila + 2, columna : columna + 3]
        np.testing.assert_array_equal(shown(demo, 1)[posicion], ventana.ravel())
        np.testing.assert_allclose((shown(demo, 1) @ shown(demo, 2))[:, 0], mapa.ravel())
        np.testing.assert_allclose(shown(demo, 3), mapa)
        recuadros = [demo.figura.axes[i].patches[-1].get_xy() for i in (1, 3)]
        assert recuadros == [(-0.5, posicion - 0.5), (columna - 0.5, fila - 0.5)]
        assert f"da {mapa[fila, columna]:g}," in demo.descripcion


def test_a_picture_with_channels_is_told_what_to_do():
    with pytest.raises(ValueError, match=r"imagen tiene forma \(4, 4, 3\).*imagen\[:, :, 0\]"):
        vista_im2col(np.ones((4, 4, 3)), KERNEL)
    with pytest.raises(ValueError, match="no cabe"):
        vista_im2col(np.ones((1, 2)), KERNEL)


@pytest.mark.parametrize("nombre", matrices.METODOS)
@pytest.mark.parametrize("tamano", [(3, 3), (4, 7), (31, 31), (1, 1)])
def test_every_runner_does_the_same_work(nombre, tamano):
    azar = np.random.default_rng(0)
    imagen, kernel = azar.normal(size=(40, 33)), azar.normal(size=tamano)
    obtenido = matrices.METODOS[nombre](imagen, kernel)
    np.testing.assert_allclose(obtenido, ops.conv2d(imagen, kernel), atol=1e-9)


def test_the_race_is_run_again_at_every_move(monkeypatch):
    corridas = []

    def lento(imagen, kernel):
        corridas.append(kernel.shape)
        return imagen

    monkeypatch.setattr(matrices, "METODOS", {"uno": lento, "otro": lento})
    demo = carrera()
    demo.controles["kernel"].value = 7
    assert corridas == [(3, 3)] * 6 + [(7, 7)] * 6
    assert "kernel de 7×7. uno: " in demo.descripcion and " ms. Gana: " in demo.descripcion
    assert len(demo.figura.axes[0].patches) == 2
