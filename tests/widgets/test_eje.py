"""Las ventanas de un eje: la cuenta que se lee y lo que se dibuja."""

import itertools

import pytest
from matplotlib.colors import to_hex

from course_lib import ops
from course_lib.widgets.eje import CERO, PESO, SIN_VER, ventanas_en_un_eje


def cells(demo, color):
    """Casillas de ese color, como (columna, fila)."""
    parches = demo.figura.axes[0].patches
    return {
        (round(p.get_x() + 0.45), round(p.get_y() + 0.4))
        for p in parches
        if to_hex(p.get_facecolor()) == color
    }


CASOS = [
    (n, kernel, stride, padding, dilation)
    for n, kernel, stride, padding, dilation in itertools.product(
        (5, 8, 13), (1, 3, 4), (1, 2, 3), (0, 2), (1, 2)
    )
    if dilation * (kernel - 1) < n + 2 * padding
]


@pytest.mark.parametrize(("n", "kernel", "stride", "padding", "dilation"), CASOS)
def test_it_draws_as_many_windows_as_the_formula_says(n, kernel, stride, padding, dilation):
    demo = ventanas_en_un_eje(n, kernel, stride, padding, dilation)
    posiciones = ops.output_size(n, kernel, stride, padding, dilation)
    pesos = cells(demo, PESO)
    assert {fila for _, fila in pesos} == set(range(-posiciones, 0))
    assert len(pesos) == posiciones * kernel
    final = "1 posición." if posiciones == 1 else f"{posiciones} posiciones."
    assert f"más 1: {final}" in demo.descripcion


def test_windows_start_where_they_should():
    demo = ventanas_en_un_eje(n=6, kernel=2, stride=3, padding=1, dilation=2)
    assert cells(demo, PESO) == {(-1, -1), (1, -1), (2, -2), (4, -2)}
    assert cells(demo, CERO) == {(-1, 0), (6, 0)}


@pytest.mark.parametrize(
    ("opciones", "sin_ver", "frase"),
    [
        ({"n": 8}, {7}, "Sin ver: el píxel 7."),
        ({"n": 7}, set(), "Todos los píxeles entran en alguna ventana."),
        ({"n": 9, "kernel": 1, "stride": 4}, {1, 2, 3, 5, 6, 7}, "los píxeles 1, 2, 3, 5, 6 y 7."),
        ({"n": 5, "stride": 1, "dilation": 2}, {1, 3}, "Sin ver: los píxeles 1 y 3."),
    ],
)
def test_what_no_window_sees_is_marked_and_told(opciones, sin_ver, frase):
    demo = ventanas_en_un_eje(**opciones)
    assert {columna for columna, _ in cells(demo, SIN_VER)} == sin_ver
    assert demo.descripcion.endswith(frase)


def test_rounding_down_is_told_only_when_it_happens():
    demo = ventanas_en_un_eje(n=8, kernel=3, stride=2)
    assert "= 2.5; hacia abajo, 2; más 1" in demo.descripcion
    demo.controles["stride"].value = 1
    assert demo.descripcion.startswith("(8 + 2·0 − 3) / 1 = 5; más 1: 6 posiciones.")


def test_a_kernel_that_does_not_fit_is_told_and_draws_no_window():
    demo = ventanas_en_un_eje(n=3, kernel=4)
    assert (
        demo.descripcion == "El kernel abarca 4 píxeles y el eje, con su padding, mide 3: no cabe."
    )
    assert cells(demo, PESO) == set() and cells(demo, SIN_VER) == set()


def test_every_slider_can_go_from_end_to_end():
    demo = ventanas_en_un_eje()
    for control in demo.controles.values():
        for valor in (control.min, control.max):
            control.value = valor
            assert demo.descripcion


@pytest.mark.parametrize("opciones", [{"n": 17}, {"stride": 0}, {"padding": -1}, {"dilation": 9}])
def test_values_out_of_the_drawing_say_which_are_valid(opciones):
    ((nombre, valor),) = opciones.items()
    with pytest.raises(ValueError, match=rf"{nombre}={valor} no cabe.*Usa un valor de \d a \d"):
        ventanas_en_un_eje(**opciones)
