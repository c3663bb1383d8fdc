"""«Predice, luego ejecuta»: una pregunta que contesta a cada respuesta con sus propias palabras."""

import anywidget
import traitlets

from course_lib.widgets import esm


class Prediccion(anywidget.AnyWidget):
    """Una pregunta de opción múltiple con una explicación para cada opción.

    Contesta en el navegador, así que funciona también en una página sin kernel, y guarda la
    respuesta con el cuaderno.

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
    elegida : str or None
        La opción marcada.
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

    _esm = esm.module("prediccion")
    _css = esm.STYLE

    pregunta = traitlets.Unicode().tag(sync=True)
    opciones = traitlets.Dict().tag(sync=True)
    # En JavaScript un objeto pone delante sus claves numéricas: el orden viaja aparte.
    orden = traitlets.List(traitlets.Unicode()).tag(sync=True)
    correcta = traitlets.Unicode().tag(sync=True)
    elegida = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    respuesta = traitlets.Unicode(None, allow_none=True).tag(sync=True)

    def __init__(self, pregunta: str, opciones: dict[str, str], correcta: str) -> None:
        _comprobar(pregunta, opciones, correcta)
        super().__init__(
            pregunta=pregunta, opciones=dict(opciones), orden=list(opciones), correcta=correcta
        )

    @property
    def acertada(self) -> bool | None:
        """Si la respuesta es la correcta; `None` mientras no se conteste."""
        return None if self.respuesta is None else self.respuesta == self.correcta

    @property
    def explicacion(self) -> str:
        """La que está abierta: la de la opción comprobada, mientras siga marcada."""
        abierta = self.respuesta is not None and self.respuesta == self.elegida
        return self.opciones[self.respuesta] if abierta else ""

    def responder(self, opcion: str) -> None:
        """Contesta y abre la explicación de esa opción.

        Raises
        ------
        ValueError
            Si no es una de las opciones.

        Examples
        --------
        >>> p = Prediccion("¿1 + 1?", {"2": "Eso es.", "11": "Pegas textos."}, correcta="2")
        >>> p.responder("11")
        >>> p.acertada, p.explicacion
        (False, 'Pegas textos.')
        """
        if opcion not in self.opciones:
            raise ValueError(
                f"«{opcion}» no es una de las opciones. Elige entre: {', '.join(self.opciones)}."
            )
        self.elegida = self.respuesta = opcion

    def _repr_mimebundle_(self, **opciones):
        """La pregunta viva y, para donde no puede vivir, su texto sin las explicaciones."""
        datos, metadatos = super()._repr_mimebundle_(**opciones)
        lista = "\n".join(f"- {opcion}" for opcion in self.opciones)
        datos["text/markdown"] = f"**🤔 Predice:** {self.pregunta}\n\n{lista}"
        return datos, metadatos

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
