"""Las demostraciones de la unidad 00: los números que se ven son los de la imagen."""

import numpy as np
import pytest

from course_lib.widgets import lupa, mezclar_canales, sumar_brillo

GRIS = np.random.default_rng(0).integers(0, 256, (9, 12), dtype=np.uint8)
COLOR = np.random.default_rng(1).integers(0, 256, (5, 7, 3), dtype=np.uint8)


def shown(demo, i):
    """El array del dibujo i."""
    return np.asarray(demo.figura.axes[i].images[0].get_array())


@pytest.mark.parametrize("tamano", [1, 3, 6, 8])
def test_the_magnifier_shows_the_numbers_under_the_window(tamano):
    demo = lupa(GRIS, tamano)
    filas, columnas = GRIS.shape[0] - tamano, GRIS.shape[1] - tamano
    assert (demo.controles["fila"].max, demo.controles["columna"].max) == (filas, columnas)
    for fila, columna in [(0, 0), (filas, 0), (filas // 2, columnas), (filas, columnas)]:
        demo.controles["fila"].value, demo.controles["columna"].value = fila, columna
        trozo = GRIS[fila : fila + tamano, columna : columna + tamano]
        np.testing.assert_array_equal(shown(demo, 1), trozo)
        assert demo.figura.axes[0].patches[-1].get_xy() == (columna - 0.5, fila - 0.5)
        escritos = [t.get_text() for t in demo.figura.axes[1].texts]
        assert escritos == [str(v) for v in trozo.ravel()]
        ejes = demo.figura.axes[1]
        assert [t.get_text() for t in ejes.get_yticklabels()] == [
            str(i) for i in range(fila, fila + tamano)
        ]
        assert demo.descripcion.startswith(f"foto[{fila}:{fila + tamano}, {columna}:")
        assert f"de {trozo.min()} a {trozo.max()}." in demo.descripcion


def test_adding_light_wraps_around_only_in_uint8():
    demo = sumar_brillo(GRIS)
    assert "ningún píxel" in demo.descripcion
    for suma in (30, 90, 200):
        demo.controles["suma"].value = suma
        exacta = GRIS.astype(int) + suma
        np.testing.assert_array_equal(shown(demo, 0), exacta % 256)
        np.testing.assert_array_equal(shown(demo, 1), np.minimum(exacta, 255))
        assert f"{(exacta > 255).sum()} de los {GRIS.size} píxeles" in demo.descripcion


@pytest.mark.parametrize(
    ("pesos", "frase"),
    [
        ((1, 0, 0), "Suman 1: el blanco sigue siendo blanco."),
        ((0.21, 0.72, 0.07), "Suman 1: el blanco sigue siendo blanco."),
        ((0, 0.2, 0.1), "Suman 0.3: la imagen sale más oscura de lo que es."),
        ((1, 1, 0.5), "Suman 2.5: la imagen sale más clara de lo que es."),
    ],
)
def test_the_grey_is_the_weighted_sum_of_the_channels(pesos, frase):
    demo = mezclar_canales(COLOR)
    for nombre, peso in zip(("rojo", "verde", "azul"), pesos, strict=True):
        demo.controles[nombre].value = peso
    np.testing.assert_allclose(shown(demo, 1), np.minimum(COLOR @ np.array(pesos), 255))
    assert demo.descripcion.endswith(frase)


def test_it_starts_with_the_mean_of_the_channels():
    np.testing.assert_allclose(shown(mezclar_canales(COLOR), 1), 0.33 * COLOR.sum(axis=2))


@pytest.mark.parametrize("demo", [lupa, sumar_brillo, mezclar_canales])
def test_the_drawing_keeps_its_own_copy(demo):
    foto = (COLOR if demo is mezclar_canales else GRIS).copy()
    viva = demo(foto)
    antes = shown(viva, 0).copy()
    foto[:] = 0
    viva._repintar()
    np.testing.assert_array_equal(shown(viva, 0), antes)


@pytest.mark.parametrize("demo", [lupa, sumar_brillo, mezclar_canales])
@pytest.mark.parametrize(
    "foto",
    [GRIS / 255, np.zeros(5, np.uint8), np.zeros((0, 3), np.uint8), [[1, 2], [3]], None, "gata"],
    ids=["decimales", "una dimensión", "vacía", "filas distintas", "None", "texto"],
)
def test_a_wrong_picture_says_what_is_expected(demo, foto):
    with pytest.raises(ValueError, match=r"aquí se espera uint8 de forma \(alto, ancho"):
        demo(foto)


@pytest.mark.parametrize("tamano", [0, 9, 10, 2.5, None])
def test_a_wrong_window_says_which_fit(tamano):
    with pytest.raises(ValueError, match="entero de 1 a 8. Prueba con tamano=8"):
        lupa(GRIS, tamano)
