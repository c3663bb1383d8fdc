"""La figura viva: se repinta en su sitio, con el mismo tamaño, y cuenta lo que pinta."""

import base64
import io

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from course_lib.widgets import FiguraViva


def pintar(figura, n=1, color="red"):
    ax = figura.add_subplot()
    ax.plot(np.arange(n + 1), color=color)
    return f"Una recta de {n} tramos, en {color}."


def build(**valores):
    controles = {
        "n": ipywidgets.IntSlider(valores.get("n", 1), 1, 6),
        "color": ipywidgets.Dropdown(options=["red", "blue"], value=valores.get("color", "red")),
    }
    return FiguraViva(pintar, controles, tamano=(2.5, 1.5))


@pytest.fixture(autouse=True)
def no_pyplot_figures():
    antes = plt.get_fignums()
    yield
    assert plt.get_fignums() == antes


def pixels(viva):
    imagen = Image.open(io.BytesIO(viva.imagen.value))
    assert imagen.format == "PNG"
    return imagen.size


def test_every_value_of_every_control_changes_the_picture():
    viva, vistas = build(), set()
    for color in viva.controles["color"].options:
        viva.controles["color"].value = color
        for n in range(viva.controles["n"].min, viva.controles["n"].max + 1):
            viva.controles["n"].value = n
            vistas.add(viva.imagen.value)
            assert viva.descripcion == f"Una recta de {n} tramos, en {color}."
            assert viva.valores == {"n": n, "color": color}
            assert pixels(viva) == (250, 150)
    assert len(vistas) == 12


def test_the_same_values_give_the_same_bytes():
    ida, directa = build(), build(n=4, color="blue")
    for n in (6, 1, 4):
        ida.controles["n"].value = n
    ida.controles["color"].value = "blue"
    assert ida.imagen.value == directa.imagen.value
    assert repr(ida) == repr(directa) == "FiguraViva(n=4, color='blue'): " + ida.descripcion


def test_a_slider_stops_at_its_ends():
    viva = build()
    viva.controles["n"].value = 99
    assert viva.descripcion == "Una recta de 6 tramos, en red."
    viva.controles["n"].value = -99
    assert viva.descripcion == "Una recta de 1 tramos, en red."


def test_one_figure_is_reused():
    viva = build()
    figura = viva.figura
    viva.controles["n"].value = 5
    assert viva.figura is figura and len(figura.axes) == 1


@pytest.mark.parametrize(
    "ajustes",
    [
        {"savefig.bbox": "tight"},
        {"savefig.dpi": 37},
        {"savefig.format": "pdf"},
        {"figure.figsize": (1, 1), "figure.dpi": 30},
    ],
)
def test_notebook_settings_do_not_change_the_size(ajustes):
    with plt.rc_context(ajustes):
        viva = build()
        viva.controles["n"].value = 3
    assert pixels(viva) == (250, 150)


def test_the_page_does_not_jump():
    """El navegador reserva el ancho antes de tener la imagen, y encoge si no cabe."""
    viva = build()
    assert viva.imagen.layout.width == "250px" and viva.imagen.layout.max_width == "100%"


def test_description_is_announced_and_escaped():
    def peligrosa(figura, n):
        return f'<script>alert("{n}")</script> & más'

    viva = FiguraViva(peligrosa, {"n": ipywidgets.IntSlider(1)}, tamano=(1, 1))
    assert 'aria-live="polite"' in viva.texto.value and "<script" not in viva.texto.value
    assert "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; más" in viva.texto.value
    assert viva.descripcion.startswith("<script>")


def test_it_shows_controls_picture_and_text_in_that_order():
    viva = build()
    caja, imagen, texto, proyector = viva.children
    assert caja.children == tuple(viva.controles.values())
    assert (imagen, texto, proyector) == (viva.imagen, viva.texto, viva.proyector)
    assert caja.layout.flex_flow == "row wrap"


def test_where_there_is_no_javascript_the_picture_is_seen():
    viva = build(n=4)
    assert viva._repr_mimebundle_()["image/png"] == base64.b64encode(viva.imagen.value).decode()


def test_two_figures_can_share_a_control():
    n = ipywidgets.IntSlider(1, 1, 6)
    una, otra = (FiguraViva(pintar, {"n": n}, tamano=(2, 1)) for _ in range(2))
    n.value = 5
    assert una.descripcion == otra.descripcion == "Una recta de 5 tramos, en red."


def test_an_error_while_drawing_is_not_hidden():
    """nbval lo ve, y en pantalla sigue el último dibujo bueno."""

    def fragil(figura, n):
        if n == 3:
            raise ValueError("aquí no")
        return pintar(figura, n)

    viva = FiguraViva(fragil, {"n": ipywidgets.IntSlider(1, 1, 6)}, tamano=(2, 1))
    buena = viva.imagen.value
    with pytest.raises(ValueError, match="aquí no"):
        viva.controles["n"].value = 3
    assert viva.imagen.value == buena
    viva.controles["n"].value = 4
    assert viva.imagen.value != buena and "4 tramos" in viva.descripcion
