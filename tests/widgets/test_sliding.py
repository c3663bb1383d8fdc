"""Las demostraciones de «Deslizar»: cada parada, con sus números, y entradas que no sirven."""

import io
import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from course_lib import images, ops
from course_lib.widgets import dos_orientaciones, filtro_en_foto, ventana_deslizante

DIAPOSITIVA, KERNEL = images.diapositiva(), images.kernel("diapositiva")
ASIMETRICO = np.array([[1, 2, 0], [0, 1, 0], [0, 0, -1]])
# Ni imagen ni kernel cuadrados, con signo, y una foto uint8.
EJEMPLOS = {
    "diapositiva": (DIAPOSITIVA, KERNEL),
    "rectangular": (np.arange(12.0).reshape(3, 4) % 5 - 2, np.array([[1.0, -2.0]])),
    "uint8": (np.array([[200, 0, 7], [50, 255, 9]], np.uint8), np.array([[-0.5], [2]])),
    "listas": ([[1, 2], [3, 4]], [[1, 0], [0, -1]]),
    "una sola parada": (np.ones((3, 3)), np.ones((3, 3))),
}
FOTO = images.foto("coins", lado=40)
DEMOS = {
    "ventana": lambda: ventana_deslizante(DIAPOSITIVA, KERNEL),
    "orientaciones": lambda: dos_orientaciones(DIAPOSITIVA, ASIMETRICO),
    "foto": lambda: filtro_en_foto(FOTO),
}


@pytest.fixture(autouse=True)
def no_pyplot_figures():
    antes = plt.get_fignums()
    yield
    assert plt.get_fignums() == antes


def pixels(demo):
    return Image.open(io.BytesIO(demo.imagen.value)).size


def numbers(texto):
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?", texto)]


def positions(demo, mapa):
    """Recorre el deslizador entero; en cada parada, la fila y la columna que le tocan."""
    deslizador = demo.controles["posicion"]
    assert (deslizador.min, deslizador.max, deslizador.value) == (0, mapa.size - 1, 0)
    for posicion, lugar in enumerate(np.ndindex(mapa.shape)):
        deslizador.value = posicion
        yield posicion, *lugar


@pytest.mark.parametrize("nombre", EJEMPLOS)
def test_window_visits_every_position(nombre):
    imagen, kernel = map(np.asarray, EJEMPLOS[nombre])
    demo, mapa = ventana_deslizante(*EJEMPLOS[nombre]), ops.conv2d(imagen, kernel)
    (kh, kw), vistas, tamano = kernel.shape, set(), pixels(demo)
    for posicion, fila, columna in positions(demo, mapa):
        assert numbers(demo.descripcion) == pytest.approx(
            [posicion + 1, mapa.size, fila, columna, mapa[fila, columna]]
        )
        izquierda, productos, derecha = demo.figura.axes
        assert izquierda.patches[-1].get_xy() == (columna - 0.5, fila - 0.5)
        np.testing.assert_array_equal(izquierda.images[0].get_array(), imagen)
        ventana = imagen[fila : fila + kh, columna : columna + kw].astype(float)
        np.testing.assert_array_equal(productos.images[0].get_array(), ventana * kernel)
        check_hidden(derecha, mapa, posicion)
        assert pixels(demo) == tamano
        vistas.add(demo.imagen.value)
    assert len(vistas) == mapa.size


def check_hidden(ax, mapa, posicion):
    """Lo que la ventana no ha visitado está tapado, números incluidos; lo demás se ve."""
    np.testing.assert_allclose(ax.images[0].get_array(), mapa)
    tapadas = [p.get_xy() for p in ax.patches if p.get_hatch()]
    pendientes = list(np.ndindex(mapa.shape))[posicion + 1 :]
    assert tapadas == [(c - 0.5, f - 0.5) for f, c in pendientes]
    assert all(p.get_zorder() > t.get_zorder() for p in ax.patches for t in ax.texts)


@pytest.mark.parametrize("nombre", EJEMPLOS)
def test_orientations_show_both_maps(nombre):
    imagen, kernel = EJEMPLOS[nombre]
    demo = dos_orientaciones(imagen, kernel)
    mapas = ops.conv2d(imagen, kernel), ops.conv2d(imagen, np.asarray(kernel)[::-1, ::-1])
    vistas, tamano = set(), pixels(demo)
    for _, fila, columna in positions(demo, mapas[0]):
        esperado = [fila, columna, mapas[0][fila, columna], 180, mapas[1][fila, columna]]
        assert numbers(demo.descripcion) == pytest.approx(esperado)
        dibujados = [demo.figura.axes[i].images[0] for i in (2, 4)]
        for dibujado, mapa in zip(dibujados, mapas, strict=True):
            np.testing.assert_allclose(dibujado.get_array(), mapa)
        assert dibujados[0].get_clim() == dibujados[1].get_clim(), "los colores no se comparan"
        assert pixels(demo) == tamano
        vistas.add(demo.imagen.value)
    assert len(vistas) == mapas[0].size


def test_turning_a_symmetric_kernel_changes_nothing_and_an_asymmetric_one_does():
    simetrico, otro = (dos_orientaciones(DIAPOSITIVA, k) for k in (KERNEL, ASIMETRICO))
    for demo, iguales in ((simetrico, True), (otro, False)):
        a, b = (demo.figura.axes[i].images[0].get_array() for i in (2, 4))
        assert np.array_equal(a, b) is iguales


def test_photo_shows_every_kernel():
    demo = filtro_en_foto(FOTO)
    assert list(demo.controles["kernel"].options) == list(images.KERNELS)
    vistas, tamano = set(), pixels(demo)
    for nombre, explicacion in images.KERNELS.items():
        demo.controles["kernel"].value = nombre
        mapa = ops.conv2d(FOTO, images.kernel(nombre))
        assert demo.descripcion == (
            f"Kernel {nombre}: {explicacion} El mapa va de {mapa.min():.2f} a {mapa.max():.2f}."
        )
        np.testing.assert_allclose(demo.figura.axes[2].images[0].get_array(), mapa)
        assert pixels(demo) == tamano
        vistas.add(demo.imagen.value)
    assert len(vistas) == len(images.KERNELS)


@pytest.mark.parametrize("nombre", DEMOS)
def test_two_builds_are_the_same(nombre):
    una, otra = DEMOS[nombre](), DEMOS[nombre]()
    assert repr(una) == repr(otra) and una.imagen.value == otra.imagen.value
    assert repr(una).startswith("FiguraViva(") and " at 0x" not in repr(una)


@pytest.mark.parametrize("nombre", DEMOS)
def test_the_figure_fits_in_a_notebook(nombre):
    ancho, alto = pixels(DEMOS[nombre]())
    assert ancho <= 950 and alto <= 450


@pytest.mark.parametrize("construir", [ventana_deslizante, dos_orientaciones])
def test_changing_the_array_afterwards_does_not_contradict_the_drawing(construir):
    imagen, kernel = DIAPOSITIVA.copy(), ASIMETRICO.astype(float)
    demo, intacta = construir(imagen, kernel), construir(DIAPOSITIVA, ASIMETRICO)
    imagen[:], kernel[:] = 7, 5
    for viva in (demo, intacta):
        viva.controles["posicion"].value = 4
    assert demo.imagen.value == intacta.imagen.value
    assert demo.descripcion == intacta.descripcion


@pytest.mark.parametrize("construir", [ventana_deslizante, dos_orientaciones])
def test_inputs_are_not_modified(construir):
    imagen, kernel = DIAPOSITIVA.copy(), ASIMETRICO.copy()
    construir(imagen, kernel).controles["posicion"].value = 8
    np.testing.assert_array_equal(imagen, DIAPOSITIVA)
    np.testing.assert_array_equal(kernel, ASIMETRICO)


MALAS = {
    "kernel grande": (np.ones((3, 4)), np.ones((4, 2)), ValueError, r"kernel=4×2 no cabe"),
    "imagen de texto": ("diapositiva", KERNEL, TypeError, "imagen no es una cuadrícula de números"),
    "kernel por su nombre": (DIAPOSITIVA, "sobel_x", TypeError, "kernel no es una cuadrícula"),
    "imagen None": (None, KERNEL, TypeError, "imagen no es una cuadrícula"),
    "filas desiguales": ([[1, 2], [3]], KERNEL, TypeError, "todas igual de largas"),
    "complejos": (DIAPOSITIVA + 1j, KERNEL, TypeError, "imagen no es una cuadrícula"),
    "NaN": (DIAPOSITIVA * np.nan, KERNEL, ValueError, r"np.nan_to_num\(imagen\)"),
    "infinito": (
        DIAPOSITIVA,
        np.full((3, 3), np.inf),
        ValueError,
        "kernel contiene NaN o infinitos",
    ),
    "imagen plana": (DIAPOSITIVA.ravel(), KERNEL, ValueError, r"imagen tiene forma \(25,\)"),
    "imagen en color": (np.ones((5, 5, 3)), KERNEL, ValueError, r"elige uno: imagen\[:, :, 0\]"),
    "kernel 4D": (DIAPOSITIVA, np.ones((3, 3, 1, 1)), ValueError, r"kernel tiene forma \(3, 3, 1"),
    "vacía": (np.ones((0, 5)), KERNEL, ValueError, r"imagen tiene forma \(0, 5\)"),
    "una foto": (FOTO, KERNEL, ValueError, r"caben 12×12 como mucho. Recorta.*imagen\[:8, :8\]"),
}


@pytest.mark.parametrize("construir", [ventana_deslizante, dos_orientaciones])
@pytest.mark.parametrize(("imagen", "kernel", "error", "dicho"), MALAS.values(), ids=MALAS)
def test_bad_input_is_explained(construir, imagen, kernel, error, dicho):
    with pytest.raises(error, match=dicho):
        construir(imagen, kernel)


FOTOS_MALAS = {
    "por su nombre": ("coins", TypeError, "foto no es una cuadrícula de números"),
    "en color": (images.foto("chelsea", color=True), ValueError, r"foto\[:, :, 0\]"),
    "uint8": ((FOTO * 255).astype(np.uint8), ValueError, r"de 0 a 255|divide: foto / 255"),
    "negativa": (FOTO - 1, ValueError, r"aquí se espera de 0 \(negro\) a 1 \(blanco\)"),
    "NaN": (FOTO * np.nan, ValueError, r"np.nan_to_num\(foto\)"),
    # Con sobel_x cabría; el error llegaría al elegir gabor en el menú.
    "pequeña": (FOTO[:8], ValueError, r"foto mide 8×40 y el kernel más grande del menú, 9×9"),
}


@pytest.mark.parametrize(("foto", "error", "dicho"), FOTOS_MALAS.values(), ids=FOTOS_MALAS)
def test_a_bad_photo_is_explained_before_choosing_a_kernel(foto, error, dicho):
    with pytest.raises(error, match=dicho):
        filtro_en_foto(foto)


def test_a_large_photo_is_allowed():
    demo = filtro_en_foto(images.foto("coins"))
    assert "Kernel identidad" in demo.descripcion


def test_the_largest_image_shows_its_numbers():
    demo = ventana_deslizante(np.arange(144.0).reshape(12, 12) % 9, np.ones((3, 3)))
    demo.controles["posicion"].value = demo.controles["posicion"].max
    assert demo.descripcion.startswith("Posición 100 de 100: ")
    assert len(demo.figura.axes[0].texts) == 144
