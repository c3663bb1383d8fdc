"""La ayuda y los errores de click, en español: la biblioteca no trae traducciones."""

from gettext import gettext, ngettext

import click

TEXTOS = {
    "Usage:": "Uso:",
    "Options": "Opciones",
    "Commands": "Órdenes",
    "Error: {message}": "Error: {message}",
    "default: {default}": "por defecto: {default}",
    "Show this message and exit.": "Muestra esta ayuda.",
    "Try '{command} {option}' for help.": "Prueba «{command} {option}».",
    "No such command {name!r}.": "No existe la orden {name!r}.",
    "No such option {name!r}.": "No existe la opción {name!r}.",
    "Did you mean {possibility}?": "¿Querías decir {possibility}?",
    "(Did you mean one of: {possibilities}?)": "¿Querías decir alguna de estas: {possibilities}?",
    "Missing command.": "Falta la orden.",
    "Option {name!r} requires an argument.": "La opción {name!r} necesita un valor.",
    "Option {name!r} does not take a value.": "La opción {name!r} no lleva ningún valor.",
    "Invalid value: {message}": "Valor no válido: {message}",
    "Invalid value for {param_hint}: {message}": "Valor no válido en {param_hint}: {message}",
    "{value!r} is not {choice}.": "{value!r} no es {choice}.",
    "{value!r} is not one of {choices}.": "{value!r} no es ninguno de estos: {choices}.",
    "Got unexpected extra argument ({args})": "Sobra esto: {args}",
    "Got unexpected extra arguments ({args})": "Sobra esto: {args}",
}


def _traducir(texto: str) -> str:
    return TEXTOS.get(texto) or gettext(texto)


def _traducir_n(uno: str, varios: str, n: int) -> str:
    return TEXTOS.get(uno if n == 1 else varios) or ngettext(uno, varios, n)


def translate_click() -> None:
    """Hace que click hable español en este proceso."""
    modulos = click.core, click.decorators, click.exceptions, click.formatting, click.parser
    for modulo in (*modulos, click.types):
        modulo._ = _traducir
        if hasattr(modulo, "ngettext"):
            modulo.ngettext = _traducir_n
