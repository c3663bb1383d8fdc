"""El error de una comprobación tal como se lee en un cuaderno: la línea y la frase, nada más."""

import linecache
import textwrap
import traceback

ANCHO = 80  # «nbgrader validate» corta las líneas más largas
ROJO, NEGRITA, FIN = "\x1b[31m", "\x1b[1m", "\x1b[0m"


def short(error: BaseException) -> list[str]:
    """Las líneas que IPython escribe en lugar del traceback.

    Parameters
    ----------
    error : BaseException
        Con la pila de llamadas de la celda que comprobaba.
    """
    lineas = [f"{NEGRITA}{ROJO}✘ Todavía no.{FIN}"]
    lineas += [f"{NEGRITA}{linea}{FIN}" for linea in textwrap.wrap(str(error), ANCHO)]
    if donde := _line(error):
        lineas += ["", *donde]
    return ["\n".join(lineas)]


def _line(error: BaseException) -> list[str]:
    """La línea de la celda que hizo la comprobación."""
    pila = traceback.extract_tb(error.__traceback__)
    de_celda = [m for m in pila if "ipykernel" in m.filename or m.filename.startswith("<ipython")]
    if not de_celda:
        return []
    numero = de_celda[-1].lineno
    codigo = linecache.getline(de_celda[-1].filename, numero).strip()
    corta = textwrap.shorten(codigo, ANCHO - 4, placeholder=" …")
    return [f"En la línea {numero} de esta celda:", corta]
