"""Los fotogramas de una figura viva: los que la mueven donde no hay Python que la dibuje."""

import asyncio
import io
from collections.abc import Callable, Iterator
from itertools import product

import anywidget
import ipywidgets
import numpy as np
import traitlets
from PIL import Image

from course_lib.widgets import esm

# Segundos: lo que se deja tranquila a la figura, y al kernel entre un fotograma y otro.
CALMA, RESPIRO = 1.0, 0.05


class Proyector(anywidget.AnyWidget):
    """Cambia la imagen y el texto al mover los controles, con lo que haya guardado.

    Parameters
    ----------
    controles : list of ipywidgets.Widget
    imagen : ipywidgets.Image
    texto : ipywidgets.HTML
    maximo : int
        Cuántos fotogramas se guardan como mucho.
    """

    _esm = esm.module("proyector")

    controles = traitlets.List().tag(sync=True, **ipywidgets.widget_serialization)
    imagen = traitlets.Any().tag(sync=True, **ipywidgets.widget_serialization)
    texto = traitlets.Any().tag(sync=True, **ipywidgets.widget_serialization)
    valores = traitlets.List().tag(sync=True)
    fotogramas = traitlets.List().tag(sync=True)

    def __init__(self, controles, imagen, texto, maximo: int) -> None:
        self.maximo = maximo
        super().__init__(controles=controles, imagen=imagen, texto=texto)
        # Quien pregunta sabe, si le contestan, que Python sigue al otro lado.
        self.on_msg(lambda *_: self.send({"hay": "Python"}))

    def grabar(self, dibujar: Callable[[tuple], tuple]) -> Iterator[None]:
        """Dibuja los valores guardables, de uno en uno, y al final los envía todos."""
        ejes = [values(control) for control in self.controles]
        if self.fotogramas or not all(ejes):
            return
        ejes = thin(ejes, [start(c) for c in self.controles], self.maximo)
        hechos = []
        for combinacion in product(*ejes):
            puntos, frase = dibujar(tuple(valor for _, valor in combinacion))
            hechos.append([_png(puntos), frase])
            yield
        with self.hold_sync():
            self.valores = [[lugar for lugar, _ in eje] for eje in ejes]
            self.fotogramas = hechos


def values(control: ipywidgets.Widget) -> list[tuple[float, object]]:
    """Cada valor de un control, con el número que lo distingue; vacía si no se pueden contar."""
    if hasattr(control, "_options_full"):
        return [(lugar, valor) for lugar, (_, valor) in enumerate(control._options_full)]
    if isinstance(control, ipywidgets.IntSlider):
        return [(v, v) for v in range(control.min, control.max + 1, control.step)]
    if isinstance(control, ipywidgets.FloatSlider):
        cuantos = round((control.max - control.min) / control.step) + 1
        numeros = np.round(control.min + control.step * np.arange(cuantos), 9)
        return [(float(v), float(v)) for v in numeros]
    return []


def start(control: ipywidgets.Widget) -> float:
    """El número que distingue el valor de ahora."""
    return control.index if hasattr(control, "_options_full") else control.value


def thin(ejes: list[list], ahora: list[float], maximo: int) -> list[list]:
    """Quita valores al control que más tiene hasta que las combinaciones quepan en `maximo`.

    Quedan los dos extremos y, mientras haya tres, el de ahora.

    Examples
    --------
    >>> [[v for v, _ in eje] for eje in thin([[(n, n) for n in range(11)]], [7], 5)]
    [[0, 2, 5, 7, 10]]
    """
    cuantos = [len(eje) for eje in ejes]
    while np.prod(cuantos) > maximo:
        # A igualdad, pierde el último: el primero suele ser el que más se mueve.
        mayor = max(range(len(cuantos)), key=lambda i: (cuantos[i], i))
        cuantos[mayor] -= 1
    return [_pick(*partes) for partes in zip(ejes, ahora, cuantos, strict=True)]


def _pick(eje: list, ahora: float, cuantos: int) -> list:
    if cuantos == len(eje):
        return eje
    lugares = set(np.linspace(0, len(eje) - 1, cuantos).round().astype(int).tolist())
    actual = min(range(len(eje)), key=lambda i: abs(eje[i][0] - ahora))
    if cuantos > 2 and actual not in lugares:
        lugares.discard(min(lugares - {0, len(eje) - 1}, key=lambda i: abs(i - actual)))
        lugares.add(actual)
    return [eje[i] for i in sorted(lugares)]


def _png(puntos) -> bytes:
    """Con 256 colores, que en estas figuras no se notan, pesa la tercera parte."""
    salida = io.BytesIO()
    imagen = Image.fromarray(np.asarray(puntos)).convert("RGB")
    imagen.quantize(256, method=Image.Quantize.FASTOCTREE).save(salida, "png")
    return salida.getvalue()


def idle(tarea: Iterator[None], quieta: Callable[[], float]) -> None:
    """Avanza la tarea un paso cada vez que el kernel no tiene otra cosa que hacer."""
    try:
        bucle = asyncio.get_running_loop()
    except RuntimeError:
        return  # fuera de un cuaderno no hay ratos libres

    def avanzar() -> None:
        if quieta() >= CALMA:
            try:
                next(tarea)
            # Lo que no se puede dibujar ya lo dirá la figura cuando alguien lo pida.
            except Exception:
                return
        bucle.call_later(RESPIRO, avanzar)

    bucle.call_later(CALMA, avanzar)
