"""Ortografía de todo lo que lee una persona: hunspell, y lo que un diccionario no ve."""

import builtins
import keyword
import os
import re
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
import textos

PALABRAS = Path(__file__).with_name("palabras.txt")
INSTALAR = "falta hunspell con su diccionario de español: sudo apt install hunspell hunspell-es"
# Una palabra entera: ni parte de un nombre de Python, ni una llamada, ni un archivo.
PALABRA = re.compile(r"(?<![\w.\-/\\@%&{=])[a-zA-ZÀ-ÖØ-öø-ÿ]{2,}(?![\w(=[]|\.\w|-\d|/\w)")
# De Python y de NumPy se habla por su nombre, también donde no hay letra de código.
DE_PYTHON = {*keyword.kwlist, *dir(builtins), *dir(np), *dir(np.ndarray)}
INTERROGATIVAS = "que|como|cuando|donde|cual|cuales|quien|quienes|cuanto|cuanta|cuantos|cuantas"
# Lo que nunca es correcto en este curso, con su porqué.
ERRATAS = {
    rf"¿(por )?({INTERROGATIVAS})\b": "el interrogativo lleva tilde",
    r"\bmas\b": "«más» lleva tilde",
    r"\b(el|un|del|al|su|cada|este|ese|mismo|otro) (numero|calculo|termino|limite|indice)\b": (
        "es un nombre, y esdrújulo: lleva tilde"
    ),
    r"\b(la|una|esa|esta|cada|su|misma|otra) (linea|pagina|formula|mascara|maquina|practica)\b": (
        "es un nombre, y esdrújulo: lleva tilde"
    ),
    r"\b(de el|a el|haz click|en base a|a nivel de)\b": "no se dice así en español",
    r" [,;:.](?=\s)(?!\.)": "sobra el espacio antes del signo",
    r"(?-i:\b([^\W\d_]+) \1\b)": "la palabra está dos veces",
}


@pytest.fixture(scope="module")
def hunspell():
    """Dice qué palabras no conoce el diccionario; si falta, dice qué instalar (y en CI falla)."""
    orden = [shutil.which("hunspell") or "false", "-d", "es_ES", "-i", "utf-8", "-l"]

    def desconocidas(palabras):
        entrada = "\n".join(palabras)
        return subprocess.run(orden, input=entrada, text=True, capture_output=True, check=True)

    try:
        desconocidas(["sí"])
    except (OSError, subprocess.CalledProcessError):
        (pytest.fail if os.environ.get("CI") else pytest.skip)(INSTALAR)
    return lambda palabras: set(desconocidas(palabras).stdout.split())


def project_words():
    """Las de la lista, por apartado."""
    apartados = re.split(r"^## .+$", PALABRAS.read_text(encoding="utf-8"), flags=re.M)[1:]
    return [apartado.split() for apartado in apartados]


def words():
    """Cada palabra de los textos y los sitios donde está."""
    lugares = defaultdict(list)
    for lugar, texto in textos.texts():
        for palabra in PALABRA.findall(texto):
            # PyTorch, ReLU, CNN: con mayúsculas por dentro son nombres y siglas.
            if palabra not in DE_PYTHON and not re.search(r".[A-ZÁÉÍÓÚÑ]", palabra):
                lugares[palabra].append(lugar)
    return lugares


def lower(palabra):
    return palabra[0].lower() + palabra[1:]


def test_every_word_is_spanish_or_a_known_term(hunspell):
    lugares = words()
    conocidas = {p for apartado in project_words() for p in apartado}
    malas = {p for p in hunspell(lugares) if not {p, lower(p)} & conocidas}
    avisos = [f"{p}: {', '.join(lugares[p][:3])}" for p in sorted(malas)]
    assert not avisos, (
        "Corrige estas palabras; la que esté bien, a tests/palabras.txt:\n" + "\n".join(avisos)
    )


def test_the_list_is_in_order_and_has_nothing_left_over(hunspell):
    apartados = project_words()
    assert len(apartados) == 5
    usadas = {q for palabra in words() for q in (palabra, lower(palabra))}
    for apartado in apartados:
        assert apartado == sorted(set(apartado), key=str.casefold)
        sobran = set(apartado) - usadas | set(apartado) - hunspell(apartado)
        assert not sobran, f"no se usan o están en el diccionario: {sorted(sobran)}"


def test_the_checker_sees_a_mistake_and_a_word_in_english(hunspell):
    malas = {"convolucion", "aprendisaje", "learning", "the", "funcion", "imagenes"}
    assert hunspell({*malas, "píxel", "imagen", "aprendizaje"}) == malas


@pytest.mark.parametrize("errata", ERRATAS)
def test_no_text_has_what_a_dictionary_cannot_see(errata):
    for lugar, texto in textos.texts():
        hallada = re.search(errata, texto, re.I)
        assert not hallada, f"{lugar}: «{hallada[0]}»; {ERRATAS[errata]}"


def test_questions_and_exclamations_open():
    for lugar, texto in textos.texts():
        for parrafo in re.split(r"\n\s*\n|\n(?=[-*|>#])", texto):
            for abre, cierra in ("¿?", "¡!"):
                # Un signo suelto, como en «*, ?, [», es un carácter del que se habla.
                cierres = re.findall(rf"(?<=[^\s«(])\{cierra}", parrafo)
                assert parrafo.count(abre) == len(cierres), f"{lugar}: {abre}{cierra} en {parrafo}"


@pytest.mark.parametrize(
    "texto",
    ["¿Que sale?", "hay mas píxeles", "suma de de todos", "el numero de filas", "una , coma"],
)
def test_the_patterns_see_what_they_look_for(texto):
    assert any(re.search(errata, texto, re.I) for errata in ERRATAS)


# --- qué se lee ---


def test_code_formulas_and_addresses_are_not_prose():
    texto = "Usa `np.funcion`, mide $n-k$ en [aquí](otra/pagina.md) y\n```\nfuncion()\n```\nfin."
    assert re.findall(r"\w+", textos.prose(texto)) == ["Usa", "mide", "en", "aquí", "y", "fin"]
    assert "Un mapa" in textos.prose('<img alt="Un mapa" src="mal escrito.png">')


PROGRAMA = """
def f(datos):
    '''Uno.

    Parameters
    ----------
    x : array
        Dos.

    >>> f(1)
    tres
    '''
    # cuatro
    g("cinco", f"seis {datos} siete ocho")
"""


def test_a_program_is_read_by_its_comments_docstrings_and_sentences():
    leido = "\n".join(texto for _, texto in textos.python_texts(PROGRAMA))
    for palabra in ("Uno", "Dos", "cuatro", "seis", "siete"):
        assert palabra in leido
    for palabra in ("Parameters", "array", "tres", "cinco", "datos"):
        assert palabra not in leido


def test_all_the_course_is_read():
    lugares = " ".join(lugar for lugar, _ in textos.texts())
    for esperado in (
        *("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "Makefile"),
        *("00_imagen/leccion.ipynb", "12_cnn/ejercicios.ipynb", "02_deslizar/errores.py"),
        *("course_lib/ops.py", "grading/cli.py", "explorer.js", "index.html.j2"),
    ):
        assert esperado in lugares
    assert sum(len(texto) for _, texto in textos.texts()) > 300_000
