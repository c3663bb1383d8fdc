"""Los fotogramas guardados: cuáles se eligen, que son los de verdad y cuándo se dibujan."""

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor

import ipywidgets
import numpy as np
import pytest
from PIL import Image

from course_lib.widgets import FiguraViva, frames


def pintar(figura, n, color):
    figura.add_subplot().plot(np.arange(n + 1), color=color)
    return f"Una recta de {n} tramos, en {color}."


def build(maximo=64, tope=4):
    controles = {
        "n": ipywidgets.IntSlider(2, 1, tope),
        "color": ipywidgets.Dropdown(options=[("rojo", "red"), ("azul", "blue")], value="blue"),
    }
    return FiguraViva(pintar, controles, tamano=(2, 1.5), fotogramas=maximo)


def in_a_kernel(tarea):
    """Ejecuta la tarea en un bucle suyo: Playwright deja otro en marcha en el hilo principal."""
    with ThreadPoolExecutor(1) as otro_hilo:
        return otro_hilo.submit(asyncio.run, tarea).result()


def picture(datos):
    return np.array(Image.open(io.BytesIO(datos)).convert("RGB"), dtype=int)


def test_every_frame_is_what_python_would_draw():
    viva = build()
    viva.grabar()
    guardados = iter(viva.proyector.fotogramas)
    assert viva.proyector.valores == [[1, 2, 3, 4], [0, 1]]
    for n in (1, 2, 3, 4):
        for color in ("red", "blue"):
            png, frase = next(guardados)
            viva.controles["n"].value, viva.controles["color"].value = n, color
            assert frase == viva.descripcion
            # La paleta redondea los colores, no el dibujo.
            assert np.abs(picture(png) - picture(viva.imagen.value)).mean() < 3
    assert next(guardados, None) is None


def test_recording_does_not_touch_what_is_seen():
    viva = build()
    antes, figura = viva.imagen.value, viva.figura.axes[0]
    viva.grabar()
    assert viva.imagen.value == antes and viva.figura.axes[0] is figura
    assert viva.descripcion == "Una recta de 2 tramos, en blue."


@pytest.mark.parametrize("maximo", [4, 7, 20])
def test_too_many_values_are_thinned_between_both_ends(maximo):
    viva = build(maximo, tope=50)
    viva.grabar()
    enes, colores = viva.proyector.valores
    assert len(viva.proyector.fotogramas) == len(enes) * len(colores) <= maximo
    assert enes[0] == 1 and enes[-1] == 50 and colores == [0, 1]
    assert len(enes) == 2 or 2 in enes


def test_decimal_steps_are_the_ones_of_the_slider():
    barra = ipywidgets.FloatSlider(0.33, min=0, max=1, step=0.01)
    assert frames.values(barra) == [(n / 100, n / 100) for n in range(101)]


def test_a_control_that_cannot_be_counted_needs_python():
    viva = FiguraViva(lambda figura, n: f"{n}", {"n": ipywidgets.FloatText(1)}, tamano=(1, 1))
    viva.grabar()
    assert viva.proyector.fotogramas == []


@pytest.fixture
def deprisa(monkeypatch):
    monkeypatch.setattr(frames, "CALMA", 0.01)
    monkeypatch.setattr(frames, "RESPIRO", 0.0)


def test_frames_are_drawn_while_the_kernel_is_idle(deprisa):
    async def ensenar():
        viva = build()
        viva._repr_mimebundle_()
        assert viva.proyector.fotogramas == []
        for _ in range(500):
            await asyncio.sleep(0.01)
            if viva.proyector.fotogramas:
                return len(viva.proyector.fotogramas)

    assert in_a_kernel(ensenar()) == 8


def test_what_cannot_be_drawn_is_not_recorded_and_stops_nothing(deprisa):
    def fragil(figura, n):
        if n == 3:
            raise ValueError("aquí no")
        return f"{n}"

    async def ensenar():
        viva = FiguraViva(fragil, {"n": ipywidgets.IntSlider(1, 1, 4)}, tamano=(1, 1))
        viva._repr_mimebundle_()
        await asyncio.sleep(0.5)
        return viva.proyector.fotogramas

    assert in_a_kernel(ensenar()) == []


def test_a_moving_figure_waits():
    async def mover():
        pasos = []
        frames.idle(iter(lambda: pasos.append(1), 0), lambda: 0.0)
        await asyncio.sleep(1.3)
        return pasos

    assert in_a_kernel(mover()) == []
