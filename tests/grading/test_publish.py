"""Lo publicado: siempre igual, completo para trabajar a solas y sin nada de lo que se guarda."""

import json
import os
import re
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from course_lib.grading import cells, publish

RAIZ = Path(__file__).resolve().parents[2]
UNIDADES = sorted(ruta.parent.name for ruta in RAIZ.glob("solutions/*/ejercicios.ipynb"))
MARCAS = {
    "### BEGIN SOLUTION": "### END SOLUTION",
    "### BEGIN HIDDEN TESTS": "### END HIDDEN TESTS",
    "### BEGIN MARK SCHEME": "### END MARK SCHEME",
}
# Líneas de un solo gesto que el código público de la biblioteca tiene por su cuenta: la lección
# enseña el kernel girado con la misma línea con que lo gira el error típico, cualquier función
# que recibe una imagen le pregunta su forma, y las capas se apoyan en `ops`.
PUBLICAS_POR_DISENO = {
    "girado = kernel[::-1, ::-1]",
    "alto, ancho = imagen.shape",
    "from course_lib import ops",
}
# «return mapa», «import math» o «else:»: un gesto así no descubre nada de ningún ejercicio.
DE_UN_GESTO = re.compile(r"(return|import) \w+|else:|\):|kernels = np\.array\(")
# La firma que da el enunciado también abre la respuesta y cada versión del catálogo.
FIRMA = 'forma, kernel_size, c_out, stride=1, padding="valid", groups=1'
# A partir de este largo, una línea privada tampoco puede estar dentro de otra.
LARGA = 15


def notebook_files(carpeta):
    return {
        str(ruta.relative_to(carpeta)): ruta.read_bytes()
        for ruta in sorted(carpeta.rglob("*"))
        if ruta.is_file() and ".ipynb_checkpoints" not in ruta.parts
    }


# --- qué es privado: se lee de solutions/ sin usar nada de lo que se prueba ---


def split_regions(fuente):
    """Pares (es privada, línea) de una celda, según las marcas de nbgrader."""
    cierre = None
    for linea in map(str.strip, fuente.splitlines()):
        if cierre is None and linea in MARCAS:
            cierre = MARCAS[linea]
        elif linea == cierre:
            cierre = None
        else:
            yield cierre is not None, linea
    assert cierre is None


def source_lines(raiz):
    """Las líneas privadas y las visibles de `solutions/`."""
    privadas, visibles = set(), set()
    for ruta in raiz.glob("solutions/*/*.ipynb"):
        for celda in json.loads(ruta.read_text(encoding="utf-8"))["cells"]:
            oculta = "remove-cell" in celda["metadata"].get("tags", [])
            for privada, linea in split_regions("".join(celda["source"])):
                (privadas if privada or oculta else visibles).add(linea)
    for ruta in raiz.glob("solutions/*/errores.py"):
        privadas |= {linea.strip() for linea in ruta.read_text(encoding="utf-8").splitlines()}
    # Lo que también se ve en el enunciado no descubre nada (`import numpy as np`, un paréntesis).
    return privadas - visibles - {""}, visibles


def strings(dato):
    """Todos los textos de un JSON, claves incluidas, con las listas de líneas unidas."""
    if isinstance(dato, str):
        yield dato
    elif isinstance(dato, dict):
        for clave, valor in dato.items():
            yield clave
            yield from strings(valor)
    elif isinstance(dato, list):
        if all(isinstance(x, str) for x in dato):
            yield "".join(dato)
        for valor in dato:
            yield from strings(valor)


def readable(nombre, contenido):
    """El texto de un archivo; el de un cuaderno, sin los escapes de JSON."""
    texto = contenido.decode("utf-8", errors="replace")
    return "\n".join(strings(json.loads(texto))) if nombre.endswith(".ipynb") else texto


def leaks(privadas, archivos):
    """Pares (archivo, línea privada) que no deberían estar."""
    fugas = []
    for nombre, contenido in archivos.items():
        texto = readable(nombre, contenido)
        lineas = {linea.strip() for linea in texto.splitlines()}
        fugas += [(nombre, linea) for linea in privadas & lineas]
        fugas += [(nombre, p) for p in privadas - lineas if len(p) >= LARGA and p in texto]
    return fugas


@pytest.fixture(scope="module")
def privadas():
    return source_lines(RAIZ)[0]


@pytest.fixture(scope="module")
def en_el_zip(publicado):
    with zipfile.ZipFile(publicado.zip) as archivo:
        return {nombre: archivo.read(nombre) for nombre in archivo.namelist()}


def test_what_is_private_is_found(privadas):
    """El detector ve la solución, lo oculto, el catálogo y las celdas de comprobación."""
    assert "mapa[fila, columna] = suma_ponderada(ventana, kernel)" in privadas
    assert "azar = np.random.default_rng(23)" in privadas
    assert '"tamano-sin-mas-uno",' in privadas
    assert 'assert demo.descripcion.endswith("es 4."), demo.descripcion' in privadas
    assert "import numpy as np" not in privadas
    assert len(privadas) > 200


@pytest.mark.parametrize(
    "fuga",
    [
        "  mapa[fila, columna] = suma_ponderada(ventana, kernel)",
        "# azar = np.random.default_rng(23)",
    ],
)
def test_the_detector_detects(privadas, fuga):
    assert leaks(privadas, {"a.py": f"x = 1\n{fuga}\n".encode()})
    cuaderno = {"cells": [{"outputs": [{"text": ["uno\n", fuga]}]}]}
    assert leaks(privadas, {"a.ipynb": json.dumps(cuaderno).encode()})


def test_nothing_private_is_in_notebooks(privadas):
    archivos = notebook_files(RAIZ / "notebooks")
    assert len(archivos) >= 2
    fugas = [linea for _, linea in leaks(privadas, archivos)]
    assert [x for x in fugas if x != FIRMA and not DE_UN_GESTO.fullmatch(x)] == []


def test_nothing_private_is_in_the_zip(privadas, en_el_zip):
    fugas = leaks(privadas, en_el_zip)
    graves = [f for f in fugas if f[1] not in {FIRMA, *PUBLICAS_POR_DISENO}]
    assert [f for f in graves if not DE_UN_GESTO.fullmatch(f[1])] == []
    # La excepción vale para el código de la biblioteca, nunca para un cuaderno.
    cuadernos = [f for f in fugas if "/course_lib/" not in f[0] and f[1] != FIRMA]
    assert [f for f in cuadernos if not DE_UN_GESTO.fullmatch(f[1])] == []


def test_no_mark_of_nbgrader_is_in_the_zip(en_el_zip):
    for nombre, contenido in en_el_zip.items():
        for marca in (*MARCAS, *MARCAS.values()):
            assert marca.encode() not in contenido, nombre


# --- publicar ---


def test_publishing_again_gives_the_committed_bytes(publicado):
    nuevos, guardados = map(notebook_files, (publicado.curso.notebooks, RAIZ / "notebooks"))
    viejos = {n for n in nuevos.keys() | guardados.keys() if nuevos.get(n) != guardados.get(n)}
    assert not viejos, (
        f"notebooks/ no es lo que sale de solutions/: {', '.join(sorted(viejos))}. "
        "Ejecuta make release y guarda lo que cambie (CONTRIBUTING.md, paso 3)."
    )


def test_publishing_does_not_touch_the_sources(publicado):
    assert notebook_files(publicado.curso.solutions) == {
        nombre: contenido
        for nombre, contenido in notebook_files(RAIZ / "solutions").items()
        if "__pycache__" not in nombre
    }


def test_publishing_again_in_another_place_is_the_same(curso_publicado, publicado):
    """También lo que sobra se va: unidades sin fuente y cuadernos que ya no existen."""
    curso = curso_publicado
    intruso = curso.notebooks / "99_vieja" / "leccion.ipynb"
    intruso.parent.mkdir()
    intruso.write_text("{}")
    (curso.notebooks / UNIDADES[0] / "borrador.ipynb").write_text("{}")
    assert publish.publish(curso) == UNIDADES
    assert notebook_files(curso.notebooks) == notebook_files(publicado.curso.notebooks)
    assert publish.make_zip(curso).read_bytes() == publicado.zip.read_bytes()


def test_only_exercises_have_points_in_the_gradebook(publicado):
    with publicado.curso.gradebook() as notas:
        assert [a.name for a in notas.assignments] == UNIDADES
        for unidad in notas.assignments:
            assert [cuaderno.name for cuaderno in unidad.notebooks] == ["ejercicios"]
        assert notas.find_assignment("02_deslizar").max_score == 10


@pytest.mark.parametrize("unidad", UNIDADES)
def test_answers_become_a_stub_in_spanish(publicado, unidad):
    cuaderno = nbformat.read(publicado.curso.notebooks / unidad / "ejercicios.ipynb", 4)
    respuestas = [c for c in cuaderno.cells if cells.is_answer(c)]
    assert respuestas
    for celda in respuestas:
        *_, marca, talon = celda.source.splitlines()
        assert marca == "    # ESCRIBE AQUÍ TU CÓDIGO y borra la línea siguiente"
        assert talon.startswith('    raise NotImplementedError("Aquí falta tu código')
        assert "YOUR CODE" not in celda.source


@pytest.mark.parametrize("unidad", UNIDADES)
def test_lessons_lose_only_their_checks(publicado, unidad):
    fuente = nbformat.read(RAIZ / "solutions" / unidad / "leccion.ipynb", 4)
    salida = nbformat.read(publicado.curso.notebooks / unidad / "leccion.ipynb", 4)
    quedan = [c for c in fuente.cells if "remove-cell" not in c.metadata.get("tags", [])]
    assert len(quedan) < len(fuente.cells)
    assert [(c.id, c.source) for c in salida.cells] == [(c.id, c.source) for c in quedan]


def test_questions_come_folded(publicado):
    leccion = nbformat.read(publicado.curso.notebooks / "02_deslizar" / "leccion.ipynb", 4)
    preguntas = [c for c in leccion.cells if c.source.startswith("Prediccion(")]
    assert len(preguntas) >= 5
    assert all(c.metadata.jupyter.source_hidden for c in preguntas)
    assert not any("jupyter" in c.metadata for c in leccion.cells if c not in preguntas)


@pytest.mark.parametrize(
    ("viejo", "nuevo", "detalle"),
    [
        ("### END SOLUTION", "### FIN", "no end solution"),
        ("### END HIDDEN TESTS", "### FIN", "(?i)no end hidden tests"),
        ('"test_conv2d_valid__tamano"', '"test_conv2d_valid__uint8"', "failed to validate"),
    ],
    ids=["solución abierta", "oculto abierto", "id repetido"],
)
def test_a_source_that_cannot_be_published_changes_nothing(curso_publicado, viejo, nuevo, detalle):
    curso = curso_publicado
    ruta = curso.solutions / "02_deslizar" / "ejercicios.ipynb"
    ruta.write_text(ruta.read_text(encoding="utf-8").replace(viejo, nuevo), encoding="utf-8")
    antes = notebook_files(curso.notebooks)
    with pytest.raises(ValueError, match="No se pudo publicar «02_deslizar».*Revisa en") as error:
        publish.publish(curso)
    assert error.match(detalle) and "\n" not in str(error.value)
    assert notebook_files(curso.notebooks) == antes


# --- el zip ---


def test_the_zip_has_all_a_student_needs_and_nothing_else(en_el_zip):
    nombres = {nombre.removeprefix("capas-convolucionales/") for nombre in en_el_zip}
    assert all(nombre.startswith("capas-convolucionales/") for nombre in en_el_zip)
    biblioteca = {
        str(ruta.relative_to(RAIZ))
        for ruta in (RAIZ / "course_lib").rglob("*")
        if ruta.is_file() and not {"grading", "__pycache__"} & set(ruta.parts)
    }
    cuadernos = {f"notebooks/{nombre}" for nombre in notebook_files(RAIZ / "notebooks")}
    assert biblioteca | cuadernos <= nombres
    assert {"Makefile", "environment.yml", "pyproject.toml", "requirements.txt"} <= nombres
    assert {"LICENSE", "LICENSE-CONTENT", "instalar/entorno.py"} <= nombres
    raices = {nombre.split("/")[0] for nombre in nombres - cuadernos - biblioteca}
    assert raices <= {
        *("Makefile", "environment.yml", "pyproject.toml", "requirements.txt", "README.md"),
        *("LICENSE", "LICENSE-CONTENT", "instalar", "jupyter"),
    }
    for prohibido in ("grading", "solutions", "errores.py", "entregas", "nbgrader_config", "tests"):
        assert not any(prohibido in Path(nombre).parts for nombre in nombres)
        assert not any(Path(nombre).stem == prohibido for nombre in nombres)


def test_the_zip_leaves_rubbish_out(curso):
    for basura in ("notebooks/.ipynb_checkpoints/a.ipynb", "course_lib/__pycache__/a.pyc"):
        ruta = curso.root / basura
        ruta.parent.mkdir(exist_ok=True)
        ruta.touch()
    with zipfile.ZipFile(publish.make_zip(curso)) as archivo:
        assert not [n for n in archivo.namelist() if "checkpoints" in n or "pycache" in n]


def test_the_zip_does_not_depend_on_dates(curso):
    primero = publish.make_zip(curso).read_bytes()
    os.utime(curso.root / "Makefile", (1e9, 1e9))
    assert publish.make_zip(curso).read_bytes() == primero
    assert len(list((curso.root / "dist").iterdir())) == 1


@pytest.fixture(scope="module")
def en_casa(publicado, tmp_path_factory):
    """El zip descomprimido en una carpeta donde no hay nada más."""
    destino = tmp_path_factory.mktemp("en-casa")
    with zipfile.ZipFile(publicado.zip) as archivo:
        archivo.extractall(destino)
    return destino / "capas-convolucionales"


def run_alone(raiz, ruta):
    """Ejecuta un cuaderno como en la carpeta del estudiante; devuelve el cuaderno ejecutado."""
    cuaderno = nbformat.read(ruta, as_version=4)
    # La versión instalada para las pruebas no cuenta: tiene que servir la del zip.
    testigo = nbformat.v4.new_code_cell(
        "import course_lib\n"
        f"assert course_lib.__file__.startswith({str(raiz)!r}), course_lib.__file__"
    )
    cuaderno.cells.insert(0, testigo)
    recursos = {"metadata": {"path": str(ruta.parent)}}
    cliente = NotebookClient(cuaderno, timeout=60, resources=recursos)
    entorno = {**os.environ, "PYTHONPATH": str(raiz), "MPLBACKEND": "agg"}
    cliente.execute(env=entorno)
    return cuaderno


@pytest.mark.parametrize("unidad", UNIDADES)
def test_every_lesson_runs_from_the_zip(en_casa, unidad):
    hecho = run_alone(en_casa, en_casa / "notebooks" / unidad / "leccion.ipynb")
    codigo = [c for c in hecho.cells if c.cell_type == "code"]
    assert all(c.execution_count for c in codigo if c.source)
    salidas = [s for c in codigo for s in c.outputs]
    assert not [s for s in salidas if s.output_type == "error"]
    assert not [s for s in salidas if s.get("name") == "stderr"]
    assert any("application/vnd.jupyter.widget-view+json" in s.get("data", {}) for s in salidas)


@pytest.mark.parametrize("unidad", UNIDADES)
def test_every_exercise_runs_up_to_its_unanswered_stub(en_casa, unidad):
    ruta = en_casa / "notebooks" / unidad / "ejercicios.ipynb"
    with pytest.raises(CellExecutionError) as error:
        run_alone(en_casa, ruta)
    assert error.value.ename == "NotImplementedError"
    assert error.value.evalue == ("Aquí falta tu código: complétalo y vuelve a ejecutar la celda.")
    primera = next(c for c in nbformat.read(ruta, as_version=4).cells if cells.is_test(c))
    assert primera.source.splitlines()[0] in str(error.value)


def test_the_zip_needs_nothing_of_the_teacher(en_casa):
    """Ni un archivo de la biblioteca del estudiante nombra lo que se queda en casa."""
    for ruta in en_casa.glob("course_lib/**/*.py"):
        texto = ruta.read_text(encoding="utf-8")
        assert "course_lib.grading" not in texto and "import grading" not in texto
