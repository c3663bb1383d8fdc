"""Una figura que se vuelve a pintar en su sitio cada vez que se mueve un control."""

import base64
import html
import io
import time
from collections.abc import Callable

import ipywidgets
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from course_lib.widgets.frames import Proyector, idle

PUNTOS_POR_PULGADA = 100


class FiguraViva(ipywidgets.VBox):
    """Controles y, debajo, una sola figura que cambia con ellos sin parpadear.

    Parameters
    ----------
    dibujar : callable
        `dibujar(figura, **valores)` pinta en una `matplotlib.figure.Figure` vacía y devuelve una
        frase que describe lo pintado, para quien no puede ver el dibujo.
    controles : dict of str to ipywidgets.Widget
        Control de cada argumento de `dibujar`; su `value` es lo que recibe.
    tamano : tuple of float
        Ancho y alto de la figura, en pulgadas de 100 píxeles.
    fotogramas : int
        Cuántos se guardan como mucho; con más, la figura de una foto pesaría varios megas.

    Examples
    --------
    >>> def dibujar(figura, n):
    ...     _ = figura.add_subplot().plot(range(n))
    ...     return f"Una recta de {n} puntos."
    >>> viva = FiguraViva(dibujar, {"n": ipywidgets.IntSlider(3)}, tamano=(2, 1))
    >>> viva.controles["n"].value = 5
    >>> viva
    FiguraViva(n=5): Una recta de 5 puntos.

    En los ratos libres del kernel dibuja además unos cuantos valores de sus controles y los guarda
    en el cuaderno: con ellos se mueve también donde no hay Python.
    """

    def __init__(
        self,
        dibujar: Callable[..., str],
        controles: dict[str, ipywidgets.Widget],
        tamano: tuple[float, float] = (9, 3),
        fotogramas: int = 64,
    ) -> None:
        self.dibujar, self.controles = dibujar, controles
        self.tamano, self.movida = tamano, 0.0
        self.figura = self._lienzo()
        ancho = f"{round(tamano[0] * PUNTOS_POR_PULGADA)}px"
        # El alto se deduce del ancho y no cambia nunca: la página no salta al mover un control.
        self.imagen = ipywidgets.Image(format="png", layout={"max_width": "100%", "width": ancho})
        self.descripcion = ""
        self.texto = ipywidgets.HTML(layout={"max_width": ancho})
        for control in controles.values():
            control.observe(self._repintar, names="value")
        self._repintar()
        self.proyector = Proyector([*controles.values()], self.imagen, self.texto, fotogramas)
        mandos = ipywidgets.HBox(list(controles.values()))
        super().__init__([mandos, self.imagen, self.texto, self.proyector])
        self.children[0].layout.flex_flow = "row wrap"

    @property
    def valores(self) -> dict:
        """Lo que marca ahora cada control."""
        return {nombre: control.value for nombre, control in self.controles.items()}

    def _lienzo(self) -> Figure:
        # Sin pyplot: los avisos de los controles pueden llegar desde otro hilo del kernel.
        figura = Figure(figsize=self.tamano, dpi=PUNTOS_POR_PULGADA, layout="constrained")
        FigureCanvasAgg(figura)
        return figura

    def _repintar(self, _=None) -> None:
        self.movida = time.monotonic()
        self.figura.clear()
        self.descripcion = self.dibujar(self.figura, **self.valores)
        png = io.BytesIO()
        # savefig obedecería a los rcParams del cuaderno y podría recortar la figura.
        self.figura.canvas.print_png(png)
        self.imagen.value = png.getvalue()
        self.texto.value = f'<p aria-live="polite">{html.escape(self.descripcion)}</p>'

    def _fotograma(self, valores: tuple) -> tuple:
        """Los puntos de la figura y su frase con otros valores, sin tocar lo que se ve."""
        figura = self._lienzo()
        frase = self.dibujar(figura, **dict(zip(self.controles, valores, strict=True)))
        figura.canvas.draw()
        return figura.canvas.buffer_rgba(), frase

    def grabar(self) -> None:
        """Guarda ya los fotogramas que, si no, se dibujan en los ratos libres.

        Examples
        --------
        >>> def dibujar(figura, n):
        ...     _ = figura.add_subplot().plot(range(n))
        ...     return f"Una recta de {n} puntos."
        >>> viva = FiguraViva(dibujar, {"n": ipywidgets.IntSlider(3, min=1, max=4)}, (2, 1))
        >>> viva.grabar()
        >>> [frase for _, frase in viva.proyector.fotogramas][-1]
        'Una recta de 4 puntos.'
        """
        for _ in self.proyector.grabar(self._fotograma):
            pass

    def _repr_mimebundle_(self, **opciones):
        """La figura viva y, para donde no puede vivir, cómo está ahora."""
        datos = super()._repr_mimebundle_(**opciones)
        datos["image/png"] = base64.b64encode(self.imagen.value).decode("ascii")
        idle(self.proyector.grabar(self._fotograma), lambda: time.monotonic() - self.movida)
        return datos

    def __repr__(self) -> str:
        valores = ", ".join(f"{nombre}={valor!r}" for nombre, valor in self.valores.items())
        return f"FiguraViva({valores}): {self.descripcion}"
