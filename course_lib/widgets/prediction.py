"""«Predice, luego ejecuta»: una pregunta que contesta a cada respuesta con sus propias palabras."""

import html

import ipywidgets
import traitlets

BIEN, MAL = "#0b6b3a", "#a3360b"


class Prediccion(ipywidgets.VBox):
    """Una pregunta de opción múltiple con una explicación para cada opción.

    Parameters
    ----------
    pregunta : str
        Lo que hay que predecir.
    opciones : dict of str to str
        Cada opción y la explicación que se abre al elegirla.
    correcta : str
        La opción correcta.

    Attributes
    ----------
    respuesta : str or None
        La última opción comprobada.

    Raises
    ------
    ValueError
        Si hay menos de dos opciones o la correcta no es una de ellas.
    TypeError
        Si alguna opción no es un texto.

    Examples
    --------
    >>> p = Prediccion("¿1 + 1?", {"2": "Eso es.", "11": "Eso es pegar textos."}, correcta="2")
    >>> p.responder("11")
    >>> p
    Prediccion('¿1 + 1?', respuesta='11', acertada=False)
    """

    respuesta = traitlets.Unicode(None, allow_none=True)

    def __init__(self, pregunta: str, opciones: dict[str, str], correcta: str) -> None:
        _comprobar(pregunta, opciones, correcta)
        self.pregunta, self.opciones, self.correcta = pregunta, dict(opciones), correcta
        self.eleccion = ipywidgets.RadioButtons(
            options=list(opciones), value=None, layout={"width": "auto"}
        )
        self.boton = ipywidgets.Button(
            description="Comprobar", disabled=True, button_style="primary"
        )
        self.explicacion = ipywidgets.HTML()
        self.eleccion.observe(self._elegir, names="value")
        self.boton.on_click(lambda _: self.responder(self.eleccion.value))
        titulo = ipywidgets.HTML(f"<b>🤔 Predice:</b> {html.escape(pregunta)}")
        super().__init__([titulo, self.eleccion, self.boton, self.explicacion])
        self.layout = {"border": "1px solid #9aa5b1", "padding": "8px 12px", "max_width": "900px"}

    @property
    def acertada(self) -> bool | None:
        """Si la respuesta es la correcta; `None` mientras no se conteste."""
        return None if self.respuesta is None else self.respuesta == self.correcta

    def responder(self, opcion: str) -> None:
        """Contesta y abre la explicación de esa opción.

        Raises
        ------
        ValueError
            Si no es una de las opciones.
        """
        if opcion not in self.opciones:
            raise ValueError(
                f"«{opcion}» no es una de las opciones. Elige entre: {', '.join(self.opciones)}."
            )
        self.eleccion.value = self.respuesta = opcion
        marca, color = ("✔ Sí.", BIEN) if self.acertada else ("✘ Todavía no.", MAL)
        self.explicacion.value = (
            f'<p aria-live="polite"><b style="color:{color}">{marca}</b> '
            f"{html.escape(self.opciones[opcion])}</p>"
        )

    def _elegir(self, cambio) -> None:
        self.boton.disabled = cambio["new"] is None
        # La explicación anterior hablaba de otra opción.
        self.explicacion.value = ""

    def __repr__(self) -> str:
        return (
            f"Prediccion({self.pregunta!r}, respuesta={self.respuesta!r}, acertada={self.acertada})"
        )


def _comprobar(pregunta: str, opciones: dict[str, str], correcta: str) -> None:
    if not all(isinstance(opcion, str) for opcion in opciones):
        raise TypeError(
            f"Las opciones de «{pregunta}» son {', '.join(map(repr, opciones))}, y todas "
            'tienen que ser textos: "4" en vez de 4.'
        )
    if len(opciones) < 2 or correcta not in opciones:
        raise ValueError(
            f"La pregunta «{pregunta}» necesita al menos dos opciones y que la correcta, "
            f"«{correcta}», sea una de ellas; tiene: {', '.join(opciones) or 'ninguna'}."
        )
