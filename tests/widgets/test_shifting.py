"""Mover la imagen: lo que cambia de un resumen y dónde se rompe la equivariancia."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_lib import images
from course_lib.widgets import mover_y_filtrar, resumen_al_mover, shifting

FOTO = images.foto("coins", lado=40)
KERNEL = np.array([[1.0, -2, 0], [3, 0.5, 0], [0, 4, -1]])
RESUMIR = {
    "máximo": lambda v: v.max(),
    "media": lambda v: v.mean(),
    "sin mirar (1 de cada n)": lambda v: v[0, 0],
}


@pytest.fixture(autouse=True)
def no_pyplot_figures():
    antes = plt.get_fignums()
    yield
    assert plt.get_fignums() == antes


def numbers(texto):
    return [int(n) for n in re.findall(r"-?\d+", texto)]


def drawn(demo, i):
    return np.asarray(demo.figura.axes[i].images[0].get_array())


def blocks(mapa, n, resumir):
    alto, ancho = mapa.shape[0] // n, mapa.shape[1] // n
    return np.array(
        [
            [resumir(mapa[i * n : i * n + n, j * n : j * n + n]) for j in range(ancho)]
            for i in range(alto)
        ]
    )


def test_there_is_a_check_for_each_summary():
    assert set(RESUMIR) == set(shifting.RESUMENES)


@pytest.mark.parametrize("resumen", RESUMIR)
@pytest.mark.parametrize(("ventana", "columnas"), [(2, 1), (3, 2), (4, 4)])
def test_summaries_before_and_after_moving(resumen, ventana, columnas):
    mapa = np.random.default_rng(5).integers(-3, 4, size=(11, 13))
    demo = resumen_al_mover(mapa)
    for nombre, valor in [("resumen", resumen), ("ventana", ventana), ("columnas", columnas)]:
        demo.controles[nombre].value = valor
    movido = np.roll(mapa, columnas, axis=1)
    antes, despues = (blocks(x, ventana, RESUMIR[resumen]) for x in (mapa, movido))
    for i, esperado in enumerate((movido, despues, antes, despues - antes)):
        np.testing.assert_allclose(drawn(demo, i), esperado, atol=1e-12)
    distintos = (mapa != movido).sum(), (~np.isclose(antes, despues)).sum()
    esperado = [columnas, distintos[0], mapa.size, distintos[1], antes.size]
    assert numbers(demo.descripcion) == esperado
    assert ("columnas" in demo.descripcion) == (columnas != 1)


def test_nothing_changes_without_moving():
    demo = resumen_al_mover(FOTO)
    assert numbers(demo.descripcion)[1] == 0 and not drawn(demo, 3).any()


def loop_filter(imagen, kernel, borde):
    """Un píxel tras otro, preguntando qué hay fuera de la imagen."""
    alto, ancho = imagen.shape
    centro = [n // 2 for n in kernel.shape]

    def pixel(i, j):
        if borde == "en círculo":
            return imagen[i % alto, j % ancho]
        if borde == "con ceros" and not (0 <= i < alto and 0 <= j < ancho):
            return 0
        return imagen[min(max(i, 0), alto - 1), min(max(j, 0), ancho - 1)]

    mapa = np.zeros(imagen.shape)
    for i, j in np.ndindex(mapa.shape):
        for (a, b), peso in np.ndenumerate(kernel):
            mapa[i, j] += peso * pixel(i + a - centro[0], j + b - centro[1])
    return mapa


@pytest.mark.parametrize("borde", shifting.BORDES)
@pytest.mark.parametrize("viaje", [(0, 3), (-2, 5), (4, 0)])
def test_both_paths_and_where_they_differ(borde, viaje):
    imagen = FOTO[:9, :12]
    demo = mover_y_filtrar(imagen, KERNEL)
    for nombre, valor in [("borde", borde), ("filas", viaje[0]), ("columnas", viaje[1])]:
        demo.controles[nombre].value = valor
    antes = loop_filter(np.roll(imagen, viaje, axis=(0, 1)), KERNEL, borde)
    despues = np.roll(loop_filter(imagen, KERNEL, borde), viaje, axis=(0, 1))
    for i, esperado in enumerate((antes, despues, antes - despues)):
        np.testing.assert_allclose(drawn(demo, i), esperado, atol=1e-12)
    distintos = (~np.isclose(antes, despues)).sum()
    assert (distintos == 0) == (borde == "en círculo")
    final = [distintos, imagen.size] if distintos else [imagen.size]
    assert numbers(demo.descripcion) == [*viaje, *final]
    assert ("no coinciden" in demo.descripcion) == bool(distintos)


@pytest.mark.parametrize("demo", [resumen_al_mover, lambda x: mover_y_filtrar(x, KERNEL)])
@pytest.mark.parametrize(
    ("malo", "error", "dice"),
    [
        (np.zeros((7, 9)), ValueError, "8 píxeles"),
        (np.zeros((9, 9, 3)), ValueError, "se espera"),
        ([["a"] * 8] * 8, TypeError, "no es una cuadrícula de números"),
    ],
)
def test_bad_input_is_explained(demo, malo, error, dice):
    with pytest.raises(error, match=dice):
        demo(malo)


@pytest.mark.parametrize("kernel", [np.ones((2, 3)), np.ones(3), np.ones((3, 3, 1, 1))])
def test_the_kernel_has_a_centre(kernel):
    with pytest.raises(ValueError, match="dos lados impares"):
        mover_y_filtrar(FOTO, kernel)


def test_later_changes_of_the_image_do_not_reach_the_drawing():
    imagen = FOTO.copy()
    demo = mover_y_filtrar(imagen, KERNEL)
    antes = drawn(demo, 0).copy()
    imagen[:] = 0
    demo.controles["filas"].value = 2
    demo.controles["filas"].value = 0
    np.testing.assert_array_equal(drawn(demo, 0), antes)
