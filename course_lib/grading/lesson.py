"""Qué parte de la lección habla de un error: la que más comparte sus palabras poco comunes."""

import math
import re
import unicodedata
from collections import Counter
from functools import lru_cache
from pathlib import Path

import nbformat

# Partes que lo repasan todo, o que no explican nada.
FUERA = (
    *("Objetivos", "Lo que necesitas saber", "La idea en una imagen", "Encuentra el error"),
    *("Un poco de historia", "Resumen", "Glosario"),
)
VACIAS = {
    *(
        "una",
        "uno",
        "unos",
        "unas",
        "los",
        "las",
        "del",
        "que",
        "con",
        "por",
        "para",
        "sus",
        "como",
    ),
    *("mas", "cada", "esta", "este", "esto", "ese", "eso", "hay", "cual", "sin", "sobre", "entre"),
    *("todo", "toda", "todos", "muy", "dos", "tres", "son", "cuando"),
}
RAIZ = 6  # letras: «gira», «girado» y «girar» empiezan igual, y casi nada más
TITULO = 3.0  # lo que vale una palabra del título al lado de una del texto
SEGURO, VENTAJA = 2.5, 1.2  # elegidos mirando los catálogos: por debajo, mejor callar


def parts(leccion: Path) -> list[tuple[str, str]]:
    """Título y texto de cada parte de una lección que explica algo, en orden."""
    partes: list[list[str]] = []
    for celda in nbformat.read(leccion, as_version=4).cells:
        for linea in _prose(celda).splitlines():
            if linea.startswith("## "):
                partes.append([linea[3:].replace("`", "").strip(), ""])
            elif partes:
                partes[-1][1] += f" {linea}"
    return [(titulo, texto) for titulo, texto in partes if not titulo.startswith(FUERA)]


def _prose(celda) -> str:
    """El texto de una celda; del código, las frases: ahí están las preguntas y sus respuestas."""
    if celda.cell_type == "markdown":
        return celda.source
    return " ".join(re.findall(r'"([^"\n]{20,})"', celda.source))


def closest(leccion: Path, texto: str) -> str:
    """El título de la parte que habla de eso; vacío si ninguna lo hace con claridad.

    Parameters
    ----------
    leccion : Path
        `leccion.ipynb` de la unidad.
    texto : str
        El nombre del error y su pista.
    """
    titulos, pesos = _weights(leccion)
    puntos = [sum(peso.get(p, 0.0) for p in set(_stems(texto))) for peso in pesos]
    if not puntos:
        return ""
    mejor, segundo = sorted([*puntos, 0.0], reverse=True)[:2]
    return titulos[puntos.index(mejor)] if mejor >= SEGURO and mejor - segundo >= VENTAJA else ""


@lru_cache(maxsize=32)
def _weights(leccion: Path) -> tuple[list[str], list[dict[str, float]]]:
    """Por parte, cuánto pesa cada palabra: mucho si está en el título o en pocas partes."""
    todas = parts(leccion) if leccion.exists() else []
    cuentas = [(Counter(_stems(texto)), set(_stems(titulo))) for titulo, texto in todas]
    en_cuantas = Counter(p for texto, titulo in cuentas for p in {*texto, *titulo})
    raras = {p: math.log((1 + len(todas)) / (1 + n)) + 0.3 for p, n in en_cuantas.items()}
    pesos = []
    for texto, titulo in cuentas:
        largo = math.sqrt(sum((n * raras[p]) ** 2 for p, n in texto.items())) or 1.0
        veces = {p: (1 + math.log(texto[p]) if p in texto else 0) for p in {*texto, *titulo}}
        pesos.append(
            {p: raras[p] ** 2 * (v + TITULO * (p in titulo)) / largo**0.5 for p, v in veces.items()}
        )
    return [titulo for titulo, _ in todas], pesos


def _stems(texto: str) -> list[str]:
    plano = unicodedata.normalize("NFD", texto.lower())
    plano = "".join(c for c in plano if not unicodedata.combining(c))
    return [p[:RAIZ] for p in re.findall(r"[a-z_]{3,}", plano) if p not in VACIAS]
