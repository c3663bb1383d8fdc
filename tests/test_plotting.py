"""Figuras: escalas, coordenadas, textos legibles, nada modificado y ninguna figura olvidada."""

import subprocess
import sys

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from course_lib import images, plotting
from course_lib._plotting.drawing import contrast, ink
from course_lib._plotting.numerals import equals, number
from course_lib.plotting import (
    describe,
    show_grid,
    show_image,
    show_kernel,
    show_map,
    show_products,
    show_window,
)

DIAPOSITIVA, KERNEL = images.diapositiva(), images.kernel("diapositiva")
SIGNOS = np.array([[1.5, -4, 0], [0.25, 2, -1]])
# Cada función con una llamada corriente; la última clave dice dónde dibujar.
LLAMADAS = {
    "show_image": lambda **k: show_image(DIAPOSITIVA, valores=True, **k),
    "show_kernel": lambda **k: show_kernel(images.kernel("scharr_x"), **k),
    "show_map": lambda **k: show_map(SIGNOS, **k),
    "show_window": lambda **k: show_window(DIAPOSITIVA, 1, 2, 3, valores=True, **k),
    "show_products": lambda **k: show_products(DIAPOSITIVA[:3, :3], KERNEL, **k),
}


@pytest.fixture(autouse=True)
def sin_figuras_olvidadas():
    plt.close("all")
    yield
    plt.close("all")


@pytest.fixture
def ax():
    return Figure(figsize=(4, 4)).add_subplot()


def textos(ax):
    return [t.get_text() for t in ax.texts]


def wcag(color_1, color_2):
    """El contraste escrito aparte, para no comprobar la fórmula consigo misma."""
    luces = []
    for color in (color_1, color_2):
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color[:3])
        luces.append(0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05)
    return max(luces) / min(luces)


def check_texts(ax):
    """Cada texto contrasta con su celda, cabe en ella y tiene al menos 6 puntos."""
    figura = ax.get_figure()
    figura.draw_without_rendering()
    dibujo = ax.images[0]
    colores = dibujo.to_rgba(dibujo.get_array())
    esquinas = ax.transData.transform([(0, 0), (1, 1)])
    ancho, alto = np.abs(esquinas[1] - esquinas[0])
    for texto in ax.texts:
        columna, fila = texto.get_position()
        assert wcag(to_rgb(texto.get_color()), colores[fila, columna]) >= 4.5
        caja = texto.get_window_extent()
        assert caja.width <= ancho and caja.height <= alto and texto.get_fontsize() >= 6


def test_public_names_exist():
    assert all(callable(getattr(plotting, nombre)) for nombre in plotting.__all__)


def test_import_loads_neither_pyplot_nor_ops():
    codigo = (
        "import sys, course_lib.plotting; print([m for m in "
        "('matplotlib.pyplot', 'skimage', 'sklearn', 'course_lib.ops') if m in sys.modules])"
    )
    salida = subprocess.run(
        [sys.executable, "-c", codigo], capture_output=True, text=True, check=True
    )
    assert salida.stdout.strip() == "[]"


# --- lo común a todas ---


@pytest.mark.parametrize("nombre", LLAMADAS)
def test_given_axes_are_used_without_pyplot(nombre, ax, monkeypatch):
    for funcion in ("figure", "subplots", "gca", "gcf", "show", "draw", "pause"):
        monkeypatch.setattr(plt, funcion, lambda *a, **k: pytest.fail("se usó pyplot"))
    ax.plot([0, 1], [0, 1])
    assert LLAMADAS[nombre](ax=ax, titulo="Un título") is ax
    assert ax.get_title() == "Un título" and len(ax.lines) == 1 and len(ax.images) == 1
    assert plt.get_fignums() == []


@pytest.mark.parametrize("nombre", LLAMADAS)
def test_new_figure_is_one_and_fits_a_notebook(nombre):
    nuevo = LLAMADAS[nombre](titulo="Un título")
    assert isinstance(nuevo, Axes) and len(plt.get_fignums()) == 1
    figura = nuevo.get_figure()
    assert figura.dpi == 100 and max(figura.get_size_inches()) <= 6
    figura.draw_without_rendering()
    caja, marco = nuevo.get_tightbbox(), figura.bbox
    assert caja.x0 >= 0 and caja.y0 >= 0 and caja.x1 <= marco.x1 and caja.y1 <= marco.y1


@pytest.mark.parametrize("nombre", LLAMADAS)
def test_texts_are_legible(nombre):
    nuevo = LLAMADAS[nombre]()
    assert len(nuevo.texts) == nuevo.images[0].get_array().size
    check_texts(nuevo)


@pytest.mark.parametrize("forma", [(1, 1), (1, 9), (9, 1), (7, 7), (8, 8), (12, 5)])
def test_texts_are_legible_in_any_shape(forma):
    rng = np.random.default_rng(3)
    for mapa in (rng.normal(size=forma), 300 * rng.normal(size=forma), rng.random(forma) / 1e3):
        nuevo = show_map(mapa, leyenda=True)
        check_texts(nuevo)
        assert len(nuevo.texts) in (0, mapa.size)


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, bool, np.float32, np.float16])
def test_inputs_are_not_modified(dtype):
    imagen = (images.letra_F(8)).astype(dtype)
    kernel = np.array([[1, 0, 1]] * 3).astype(dtype)
    imagen.setflags(write=False)
    kernel.setflags(write=False)
    show_image(imagen, valores=True)
    show_map(imagen, leyenda=True)
    show_kernel(kernel)
    show_window(imagen, 0, 0, 2)
    show_products(imagen[:3, :3], kernel)
    show_grid([imagen, kernel])
    describe(imagen)


def test_lists_and_drawn_data_are_independent(ax):
    mapa = np.array([[1.0, -2.0]])
    show_map(mapa, ax=ax)
    mapa[:] = 7
    np.testing.assert_array_equal(ax.images[0].get_array(), [[1, -2]])


@pytest.mark.parametrize(
    ("llamada", "error", "dice"),
    [
        (lambda: show_image(np.zeros(4)), ValueError, r"imagen tiene forma \(4,\).*alto, ancho"),
        (lambda: show_image(np.zeros((2, 2, 2, 3))), ValueError, r"imagenes\[0\]"),
        (lambda: show_image(np.zeros((2, 2, 5))), ValueError, "5 canales.*color tiene 3"),
        (lambda: show_image(np.zeros((0, 3))), ValueError, "imagen está vacío"),
        (lambda: show_image([[1, np.nan]]), ValueError, r"nan en la posición \[0, 1\].*nan_to_num"),
        (lambda: show_image([[1, -np.inf]]), ValueError, "-inf en la posición"),
        (lambda: show_image([[None]]), TypeError, "imagen contiene object.*dtype=float"),
        (lambda: show_image([["a"]]), TypeError, "se esperaban números reales"),
        (lambda: show_image([[1j]]), TypeError, "imagen contiene complex128"),
        (lambda: show_image([[1, 2], [3]]), ValueError, "filas de distinta longitud"),
        (lambda: show_image([[0, 2]]), ValueError, "imagen va de 0 a 2.*rango=.*show_map"),
        (lambda: show_image([[0, -1.5]]), ValueError, "imagen va de −1.5 a 0"),
        (lambda: show_image([[0]], rango=(1, 1)), ValueError, "rango=.*no sirve"),
        (lambda: show_image([[0]], rango=5), TypeError, "rango=5 no son dos números"),
        (lambda: show_image(np.zeros((2, 2, 3)), valores=True), ValueError, "valores=True"),
        (lambda: show_image([[0]], ax=Figure()), TypeError, "ax es Figure.*Axes"),
        (lambda: show_kernel(np.zeros((3, 3, 1, 8))), ValueError, r"kernel\[:, :, 0, 0\]"),
        (lambda: show_kernel([[np.nan]]), ValueError, "kernel contiene nan"),
        (lambda: show_map(np.zeros((3, 3, 8))), ValueError, "show_grid"),
        (lambda: show_map([[3]], limite=2), ValueError, "limite=2 recortaría mapa.*llega a 3"),
        (lambda: show_map([[3]], limite=-2), ValueError, "limite=-2 no sirve"),
        (lambda: show_map([[3]], limite="5"), TypeError, "limite='5' no es un número"),
        (lambda: show_map([[3]], ax=[1]), TypeError, "ax es list"),
        (lambda: show_grid([]), ValueError, "mapas está vacío"),
        (lambda: show_grid(np.zeros((2, 3))), ValueError, "una lista de mapas"),
        (lambda: show_grid([[[1]], [1]]), ValueError, r"mapas\[1\] tiene forma"),
        (lambda: show_grid([[[1]]], titulos=["a", "b"]), ValueError, "titulos tiene 2 y hay 1"),
        (lambda: show_grid([[[1]]], columnas=0), ValueError, "columnas=0 no sirve"),
        (lambda: show_grid([[[1]]], columnas=1.5), TypeError, "columnas=1.5"),
        (lambda: show_grid([[[1]]], figura=3), TypeError, "figura es int"),
        (lambda: show_window(DIAPOSITIVA, 3, 0, 3), ValueError, "fila=3 deja.*5×5.*de 0 a 2"),
        (lambda: show_window(DIAPOSITIVA, 0, -1, 3), ValueError, "columna=-1 deja.*de 0 a 2"),
        (lambda: show_window(DIAPOSITIVA, 0, 0, 6), ValueError, "tamano=6 no cabe.*5×5"),
        (lambda: show_window(DIAPOSITIVA, 0, 0, 0), ValueError, "tamano=0"),
        (lambda: show_window(DIAPOSITIVA, 0.5, 0, 3), TypeError, "fila=0.5 no es un número entero"),
        (lambda: show_window(DIAPOSITIVA, 0, 0, (2, 2, 2)), TypeError, "tamano="),
        (lambda: show_products(np.zeros((3, 3)), np.zeros((2, 3))), ValueError, r"imagen\[f:f\+2"),
        (lambda: show_products(np.zeros((3, 3, 3)), KERNEL), ValueError, "ventana tiene forma"),
        (lambda: describe(np.zeros((1, 2, 3, 4)), "lote"), ValueError, r"lote\[0\]"),
        (lambda: describe([], "mapa"), ValueError, "mapa está vacío"),
    ],
)
def test_errors_leave_no_figure(llamada, error, dice):
    with pytest.raises(error, match=dice):
        llamada()
    assert plt.get_fignums() == []


# --- cada función ---


def test_gray_scale_is_fixed(ax):
    show_image([[0.4, 0.6]], ax=ax)
    assert ax.images[0].get_clim() == (0, 1) and ax.images[0].cmap.name == "gray"


@pytest.mark.parametrize(
    ("imagen", "rango", "escala"),
    [
        (np.array([[0, 200]], np.uint8), None, (0, 255)),
        (np.array([[0, 1]], np.uint8), None, (0, 1)),
        (np.array([[False, True]]), None, (0, 1)),
        (np.array([[0, 1.0000001]], np.float32), None, (0, 1)),
        (np.arange(25).reshape(5, 5), (0, 24), (0, 24)),
    ],
)
def test_image_scales(imagen, rango, escala, ax):
    assert show_image(imagen, ax=ax, rango=rango).images[0].get_clim() == escala


def test_colour_images_keep_their_colours():
    color = images.foto("chelsea", lado=32, color=True)
    np.testing.assert_allclose(show_image(color).images[0].get_array(), color)
    bytes_ = (color * 255).astype(np.uint8)
    np.testing.assert_allclose(show_image(bytes_).images[0].get_array(), bytes_ / 255)


def test_numbers_are_optional_and_only_when_they_fit(ax):
    assert textos(show_image(DIAPOSITIVA, ax=ax)) == []
    assert textos(show_image(images.foto("camera"), valores=True)) == []
    assert textos(show_kernel(KERNEL, valores=False)) == []
    assert textos(show_kernel(KERNEL)) == ["1", "0", "1", "0", "1", "0", "1", "0", "1"]


def test_text_sits_on_its_cell(ax):
    show_map(SIGNOS, ax=ax)
    esperado = {(0, 0): "1.5", (1, 0): "−4", (2, 0): "0", (0, 1): "0.25", (1, 1): "2", (2, 1): "−1"}
    assert {t.get_position(): t.get_text() for t in ax.texts} == esperado


@pytest.mark.parametrize("mostrar", [show_map, show_kernel])
@pytest.mark.parametrize(
    ("valores", "limite", "esperado"),
    [
        ([[1, -4]], None, 4),
        ([[5, 0.5]], None, 5),
        ([[0, 0]], None, 1),
        ([[1, -4]], 10, 10),
        (np.array([[-128, 3]], np.int8), None, 128),
        (np.array([[200, 3]], np.uint8), None, 200),
    ],
)
def test_signed_scale_is_symmetric(mostrar, valores, limite, esperado):
    dibujo = mostrar(valores, limite=limite).images[0]
    assert dibujo.get_clim() == (-esperado, esperado)
    colores = dibujo.to_rgba(np.array([-esperado, 0, esperado]))[:, :3]
    assert np.ptp(colores[1]) < 0.02  # el cero es gris
    assert colores[0, 2] > 0.7 > 0.3 > colores[0, 0]  # lo negativo, azul
    assert colores[2, 0] > 0.7 > 0.3 > colores[2, 2]  # lo positivo, rojo


def test_signs_survive_colour_blindness(ax):
    """Con las matrices de Machado et al. (2009), los extremos siguen lejos uno de otro."""
    from skimage.color import rgb2lab

    ciegos = [
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.01182, 0.04294, 0.968881],
        ],
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.3039],
        ],
    ]
    rgb = show_map([[1, -1]], ax=ax).images[0].to_rgba(np.array([-1.0, 1.0]))[:, :3]
    lineal = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    for matriz in ciegos:
        visto = np.clip(lineal @ np.array(matriz).T, 0, 1)
        visto = np.where(visto <= 0.0031308, 12.92 * visto, 1.055 * visto ** (1 / 2.4) - 0.055)
        lab = rgb2lab(visto[None])[0]
        assert np.linalg.norm(lab[0] - lab[1]) > 75
        assert abs(lab[0, 0] - lab[1, 0]) < 15  # y casi igual de oscuros


def test_legend_is_as_tall_as_the_map():
    ax = show_map(np.random.default_rng(0).normal(size=(4, 8)), leyenda=True)
    figura = ax.get_figure()
    figura.draw_without_rendering()
    barra = ax.child_axes[0]
    mapa, leyenda = ax.get_window_extent(), barra.get_window_extent()
    assert leyenda.height == pytest.approx(mapa.height) and leyenda.x0 > mapa.x1
    assert ax.get_tightbbox().x1 <= figura.bbox.x1
    assert not show_map(SIGNOS).child_axes


def test_grid_shares_one_scale():
    mapas = np.random.default_rng(0).normal(size=(4, 5, 7))
    mapas[0, 0, 3] = -9
    axes = show_grid(mapas, columnas=3)
    assert axes.shape == (7,) and len(plt.get_fignums()) == 1
    assert {ax.images[0].get_clim() for ax in axes} == {(-9, 9)}
    assert [ax.get_title() for ax in axes] == [f"mapa {i}" for i in range(7)]
    for i, ax in enumerate(axes):
        np.testing.assert_array_equal(ax.images[0].get_array(), mapas[:, :, i])
    assert len(axes[0].get_figure().axes) == 8  # los siete y la leyenda: ningún hueco dibujado


def test_grid_numbers_are_all_or_none():
    axes = show_grid(np.random.default_rng(0).normal(size=(4, 4, 6)), columnas=3)
    assert [len(ax.texts) for ax in axes] == [16] * 6
    for ax in axes:
        check_texts(ax)
    pequeno, grande = np.ones((2, 2)), np.ones((200, 200))
    assert [len(ax.texts) for ax in show_grid([pequeno, grande])] == [0, 0]


def test_grid_draws_in_a_given_figure(monkeypatch):
    monkeypatch.setattr(plt, "figure", lambda *a, **k: pytest.fail("se usó pyplot"))
    mitad, otra = Figure(figsize=(9, 4)).subfigures(1, 2)
    axes = show_grid([SIGNOS, -SIGNOS], titulos=["uno", "dos"], figura=mitad)
    assert all(ax.get_figure() is mitad for ax in axes) and otra.axes == []
    assert [ax.get_title() for ax in axes] == ["uno", "dos"] and plt.get_fignums() == []


@pytest.mark.parametrize(
    ("fila", "columna", "tamano", "caja"),
    [
        (0, 0, 3, (-0.5, -0.5, 3, 3)),
        (2, 1, 3, (0.5, 1.5, 3, 3)),
        (1, 3, (4, 2), (2.5, 0.5, 2, 4)),
        (np.int64(4), np.uint8(4), 1, (3.5, 3.5, 1, 1)),
    ],
)
def test_window_is_exact(fila, columna, tamano, caja, ax):
    show_window(DIAPOSITIVA, fila, columna, tamano, ax=ax)
    (marco,) = ax.patches
    assert (*marco.get_xy(), marco.get_width(), marco.get_height()) == caja
    assert not marco.get_fill() and not marco.get_clip_on()
    assert ax.get_xlim() == (-0.5, 4.5) and ax.get_ylim() == (4.5, -0.5)


def test_window_outline_contrasts_with_every_gray(ax):
    (marco,) = show_window(DIAPOSITIVA, 0, 0, 3, ax=ax).patches
    borde = to_rgb(marco.get_edgecolor())
    halo = to_rgb(marco.get_path_effects()[0]._gc["foreground"])
    for gris in np.linspace(0, 1, 21):
        assert max(wcag((gris,) * 3, borde), wcag((gris,) * 3, halo)) >= 3
    assert wcag(borde, halo) >= 7


def test_products_by_hand(ax):
    show_products([[1, 2, 3], [4, 5, 6], [7, 8, -9]], [[1, 0, -1]] * 3, ax=ax, titulo="Cuenta")
    assert textos(ax)[0] == "1 × 1\n= 1" and textos(ax)[2] == "−1 × 3\n= −3"
    assert textos(ax)[8] == "−1 × (−9)\n= 9"
    assert ax.get_xlabel() == "w₁·P₁ + … + w₉·P₉ = 12"
    assert ax.images[0].get_clim() == (-9, 9)
    np.testing.assert_array_equal(ax.images[0].get_array()[1], [4, 0, -6])


def test_products_do_not_overflow_and_say_when_they_round():
    byte = np.full((1, 2), 200, np.uint8)
    assert show_products(byte, byte).get_xlabel() == "w₁·P₁ + w₂·P₂ = 80000"
    assert show_products([[1.0]], [[1 / 3]]).get_xlabel() == "w₁·P₁ ≈ 0.333"
    resto = show_products([[0.1, 0.2, -0.3]], [[1, 1, 1]])
    assert resto.get_xlabel() == "w₁·P₁ + … + w₃·P₃ = 0"


@pytest.mark.parametrize("lado", [1, 3, 5, 7])
def test_products_are_legible(lado):
    rng = np.random.default_rng(lado)
    ax = show_products(rng.random((lado, lado)), rng.normal(size=(lado, lado)))
    assert len(ax.texts) == lado**2
    check_texts(ax)


@pytest.mark.parametrize(
    ("array", "frase"),
    [
        (
            [[0, 1], [2, -3]],
            "a: 2 filas y 2 columnas; valores de −3 a 2; el máximo está en la fila 1, columna 0.",
        ),
        ([[5, 5]], "a: 1 fila y 2 columnas; todos los valores son 5."),
        (
            [1, 9, 9],
            "a: 3 valores; valores de 1 a 9; "
            "el máximo aparece 2 veces, la primera en la posición 1.",
        ),
        (
            np.arange(12).reshape(2, 3, 2),
            "a: 2 filas, 3 columnas y 2 canales; valores de 0 a 11; "
            "el máximo está en la fila 1, columna 2, canal 1.",
        ),
        (
            [[True, False]],
            "a: 1 fila y 2 columnas; valores de 0 a 1; el máximo está en la fila 0, columna 0.",
        ),
    ],
)
def test_describe(array, frase):
    assert describe(array, "a") == frase


# --- números y tinta ---


@pytest.mark.parametrize(
    ("valor", "escala", "texto"),
    [
        (3.0, None, "3"),
        (-2, None, "−2"),
        (-0.0, None, "0"),
        (0.5, None, "0.5"),
        (1 / 3, 1, "0.33"),
        (1 / 9, 1 / 9, "0.111"),
        (0.001, 2, "≈0"),
        (-0.001, 2, "≈0"),
        (0.003, 0.16, "0.003"),
        (0.1 + 0.2 - 0.3, 1, "0"),
        (1234.5, None, "1234"),
        (204.34, 300, "204.3"),
        (-1e-5, 1e-5, "−1.0e−05"),
        (2e7, None, "2e+07"),
        (10, 10.5, "10"),
    ],
)
def test_number(valor, escala, texto):
    assert number(valor, escala) == texto


def test_equals_is_honest():
    assert equals(0.1 * 3) == "= 0.3" and equals(1 / 3) == "≈ 0.333"
    assert equals(0.001, 5) == "≈ 0" and equals(0) == "= 0"


def test_ink_reaches_45_on_every_colour():
    rejilla = np.stack(np.meshgrid(*[np.linspace(0, 1, 12)] * 3), -1).reshape(-1, 3)
    for color in rejilla:
        assert wcag(to_rgb(ink(color)), color) >= 4.5
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
