"""La guía de CONTRIBUTING.md, seguida al pie de la letra en una copia del repositorio."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

RAIZ = Path(__file__).resolve().parent.parent
GUIA = (RAIZ / "CONTRIBUTING.md").read_text(encoding="utf-8")
UNIDAD = "13_prueba"
# Con el modelo basta: publicar las trece unidades tarda lo mismo que diez veces esta prueba.
CONSERVA = {"01_ventana", "02_deslizar", "glosario.ipynb"}
# Las que miran esa unidad; el zip, que la repite, ya lo prueba `test_publish.py`.
PRUEBAS = (
    "tests/test_lessons.py tests/test_spelling.py tests/grading/test_catalog.py "
    f"tests/grading/test_matrix.py tests/grading/test_publish.py solutions/{UNIDAD} "
    f"-k '({UNIDAD} or private_is_in_notebooks or committed) and not zip' -p no:cacheprovider"
)

TITULO = "# Ejercicios 13 · Prueba\n\nVuelve a la [lección](leccion.ipynb) si hace falta."
ENUNCIADO = """## Ejercicio 1 · El negativo de una foto (2 puntos)

**Ejemplo hecho a mano.** El negativo de 10 es 255 − 10, que da 245.
"""
RESPUESTA = '''def negative(gris):
    """Da el negativo de una imagen en gris.

    gris: array de números entre 0 y 255, de forma (alto, ancho).
    Devuelve un array con la misma forma.

    Ejemplo: negative(np.array([[10, 255]])) -> [[245, 0]]
    """
    ### BEGIN SOLUTION
    return 255.0 - gris
    ### END SOLUTION'''
PISTA = """<details><summary>💡 Pista {}: {}</summary>

{} Piensa en lo que le pasa a un píxel negro y a uno blanco antes de escribir.
</details>"""
PRUEBA = '''"""El negativo de una imagen {0}."""
checks.check_map(negative(np.array([[0, 100], [200, 255]])), [[255, 155], [55, 0]])
### BEGIN HIDDEN TESTS
azar = np.random.default_rng({1})
for lado in range(2, 8):
    imagen = azar.integers(0, 256, size=(lado, {2}))
    assert checks.same(negative(imagen), 255 - imagen), "El negativo no coincide."
### END HIDDEN TESTS'''
CATALOGO = '''"""Errores típicos de la unidad de prueba."""

from course_lib.grading.catalog import Exercise

negativo = Exercise("negative")


@negativo.is_reference
def negative(gris):
    return 255.0 - gris


@negativo.alternative("suma", "Suma el opuesto")
def negative_suma(gris):
    return -gris + 255.0


@negativo.misconception("igual", "Devuelve la imagen", hint="¿De qué color debe quedar lo negro?")
def negative_igual(gris):
    return gris


@negativo.misconception("opuesto", "Cambia el signo", hint="¿Puede un píxel ser menor que cero?")
def negative_opuesto(gris):
    return -gris


@negativo.misconception("uno-menos", "Resta de uno", hint="¿Cuánto vale aquí un píxel blanco?")
def negative_uno(gris):
    return 1 - gris
'''


def commands():
    """Las órdenes de la guía para una unidad nueva, sin sus comentarios."""
    (bloque,) = re.findall(r"```bash\n(cp -r .+?)```", GUIA, re.S)
    return [linea.partition("#")[0].strip() for linea in bloque.splitlines()]


def cell(source, ident, **datos):
    """Una celda como la deja el panel Create Assignment."""
    datos = {"schema_version": 3, "task": False, "grade_id": ident} | datos
    return new_code_cell(source, metadata={"nbgrader": datos})


def write_cells(carpeta):
    """Paso 1: el enunciado, la respuesta, las pistas y las pruebas."""
    pruebas = [
        cell(PRUEBA.format(*p), f"test_negative__{p[0]}", points=1, **permisos(grade=True))
        for p in (("cuadrada", 1, "lado"), ("alargada", 2, "2 * lado"))
    ]
    pistas = enumerate(("por dónde empezar", "un paso más", "casi está"), start=1)
    celdas = [
        new_markdown_cell(TITULO),
        new_code_cell("import numpy as np\n\nfrom course_lib import checks"),
        new_markdown_cell(ENUNCIADO),
        cell(RESPUESTA, "respuesta_negative", **permisos(solution=True)),
        new_markdown_cell("\n\n".join(PISTA.format(n, t, f"{n}. {t}.") for n, t in pistas)),
        *pruebas,
    ]
    nbformat.write(new_notebook(cells=celdas), carpeta / "ejercicios.ipynb")


def permisos(grade=False, solution=False):
    return {"grade": grade, "solution": solution, "locked": grade}


@pytest.fixture
def copia(tmp_path):
    """Lo que git guarda, con una sola unidad y el entorno de siempre."""
    guardado = subprocess.check_output(["git", "ls-files", "-co", "--exclude-standard"], cwd=RAIZ)
    for nombre in guardado.decode().splitlines():
        partes = Path(nombre).parts
        if partes[0] in ("solutions", "notebooks") and partes[1] not in CONSERVA:
            continue
        (tmp_path / nombre).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(RAIZ / nombre, tmp_path / nombre)
    (tmp_path / ".venv").mkdir()
    for parte in Path(sys.prefix).iterdir():
        if parte.name != "listo":
            (tmp_path / ".venv" / parte.name).symlink_to(parte)
    (tmp_path / ".venv" / "listo").touch()
    return tmp_path


def run(copia, orden):
    """Ejecuta una orden de la guía; devuelve si fue bien y lo que escribió."""
    entorno = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "PYTEST"))}
    hecho = subprocess.run(
        shlex.split(orden), cwd=copia, env=entorno | {"COLUMNS": "300"}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return hecho.returncode == 0, hecho.stdout


def follow(copia, sin=(), pruebas=PRUEBAS):
    """Sigue la guía; `sin` son los pasos que se olvidan. Devuelve lo que dice el último."""
    copiar, laboratorio, publicar, probar = commands()
    assert (laboratorio, publicar, probar) == ("make lab", "make release", "make test")
    assert run(copia, copiar)[0]
    carpeta = copia / "solutions" / UNIDAD
    (carpeta / "errores.py").unlink()
    (carpeta / "ejercicios.ipynb").unlink()
    if 1 not in sin:
        write_cells(carpeta)
    if 2 not in sin:
        (carpeta / "errores.py").write_text(CATALOGO, encoding="utf-8")
    bien, texto = run(copia, publicar) if 3 not in sin else (True, "")
    return run(copia, f'{probar} "PRUEBAS={pruebas}"') if bien else (bien, texto)


def test_a_unit_made_with_the_four_steps_passes(copia):
    bien, texto = follow(copia)
    assert bien, texto[-3000:]
    assert int(re.search(r"(\d+) passed", texto)[1]) > 40 and "skipped" not in texto
    publicado = (copia / "notebooks" / UNIDAD / "ejercicios.ipynb").read_text(encoding="utf-8")
    assert "Aquí falta tu código" in publicado and "HIDDEN" not in publicado
    assert UNIDAD in (copia / "notebooks" / "glosario.ipynb").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("paso", "frase"),
    [
        (1, "«13_prueba» no tiene ejercicios.ipynb. Escríbelo con make lab"),
        (2, "«13_prueba» no tiene errores.py. Créalo con la referencia"),
        (3, "Falta notebooks/13_prueba/ejercicios.ipynb: ejecuta make release"),
    ],
)
def test_a_forgotten_step_says_what_to_do(copia, paso, frase):
    bien, texto = follow(copia, sin={paso}, pruebas=f"tests/test_lessons.py -k {UNIDAD}")
    assert not bien and frase in texto and f"(CONTRIBUTING.md, paso {paso})" in texto, texto


def test_the_guide_names_what_it_takes():
    for dicho in ("BEGIN SOLUTION", "BEGIN HIDDEN TESTS", "errores.py", "tres pistas"):
        assert dicho in GUIA
