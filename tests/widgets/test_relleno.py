"""Los rellenos de una foto: el marco que se dibuja y el mapa que resulta."""

import numpy as np
import pytest

from course_lib import images, ops
from course_lib.widgets.relleno import KERNEL, RELLENOS, rellenos_en_foto


@pytest.fixture
def foto():
    return images.foto("coins", lado=24)


@pytest.mark.parametrize("relleno", RELLENOS)
def test_it_draws_the_photo_in_its_frame_and_its_map(foto, relleno):
    demo = rellenos_en_foto(foto, marco=4)
    demo.controles["relleno"].value = relleno
    izquierda, derecha = demo.figura.axes
    ampliada = np.pad(foto, 4, mode=RELLENOS[relleno])
    assert np.array_equal(izquierda.images[0].get_array(), ampliada)
    assert izquierda.patches[0].get_xy() == (3.5, 3.5)
    bordes = ops.conv2d(np.pad(foto, 1, mode=RELLENOS[relleno]), images.kernel(KERNEL))
    assert np.array_equal(derecha.images[0].get_array(), bordes) and bordes.shape == foto.shape
    media = f"{np.abs(bordes[:, 0]).mean():.2f}"
    assert f"Con {relleno}, la primera columna del mapa vale {media} de media" in demo.descripcion


def test_zeros_invent_edges_and_a_flat_photo_shows_it():
    demo = rellenos_en_foto(np.full((8, 9), 0.5), marco=2)
    frases = {}
    for relleno in RELLENOS:
        demo.controles["relleno"].value = relleno
        frases[relleno] = demo.descripcion
    # El escalón es de 0.5: seis filas lo ven con peso 4 y las dos de los extremos, con 3.
    assert f" vale {(6 * 2 + 2 * 1.5) / 8:.2f} " in frases.pop("ceros")
    assert all(" vale 0.00 " in frase for frase in frases.values())


def test_the_photo_is_copied(foto):
    antes = foto.copy()
    demo = rellenos_en_foto(foto, marco=3)
    foto[:] = 0
    demo.controles["relleno"].value = "espejo"
    assert np.array_equal(demo.figura.axes[0].images[0].get_array(), np.pad(antes, 3, "reflect"))


@pytest.mark.parametrize(
    ("imagen", "marco"),
    [(np.zeros((4, 4, 3)), 1), (np.zeros((5, 4)), 4), (np.zeros((5, 5)), 0)],
)
def test_what_cannot_be_framed_says_what_to_use(imagen, marco):
    with pytest.raises(ValueError, match=r"marco=\d\. Usa una foto \(alto, ancho\)"):
        rellenos_en_foto(imagen, marco)
