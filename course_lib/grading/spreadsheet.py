"""CSV que se abren en una hoja de cálculo sin que se ejecute nada de lo que escriben otros."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from course_lib.grading.engine.ledger import write_whole

# Con lo que empieza una fórmula en Excel, LibreOffice o Google Sheets.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def neutral(valor: object) -> object:
    """El mismo valor; un texto que sería una fórmula, con un apóstrofo delante.

    Examples
    --------
    >>> neutral("=cmd|' /C calc'!A0"), neutral("Ana"), neutral(-1.5)
    ("'=cmd|' /C calc'!A0", 'Ana', -1.5)
    """
    # Un espacio delante no la desactiva en todas; un guion solo es «sin nota» en Moodle.
    if isinstance(valor, str) and valor != "-" and valor.lstrip(" ").startswith(FORMULA):
        return f"'{valor}"
    return valor


def write_csv(destino: Path, columnas: Sequence[str], filas: Iterable[Sequence]) -> Path:
    """Escribe un CSV entero en UTF-8, con comas y sin fórmulas; devuelve dónde."""
    texto = io.StringIO()
    tabla = csv.writer(texto, lineterminator="\n")
    tabla.writerow([neutral(c) for c in columnas])
    tabla.writerows([neutral(valor) for valor in fila] for fila in filas)
    write_whole(destino, texto.getvalue())
    return destino
