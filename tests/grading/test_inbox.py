"""La bandeja de entrada: qué se puede calificar, qué no, y por qué, en una frase en español."""

import copy
import json
import os
import re

import pytest

from course_lib.grading.inbox import Problem, Submission, roster, survey

UNIDAD = "02_deslizar"
INGLES = re.compile(r"\b(is|not|the|error|file|expected|invalid|missing|of|no such)\b", re.I)


@pytest.fixture
def bien(publicado, resuelto):
    """Un cuaderno bien contestado, para estropearlo."""
    return copy.deepcopy(resuelto(publicado.curso))


def problem_of(curso):
    """El único problema que hay; comprueba que no hay entregas y que está en español."""
    entregas, problemas = survey(curso)
    assert entregas == [] and len(problemas) == 1
    assert len(problemas[0].message) > 20 and problemas[0].message[-1] not in ",:"
    return problemas[0]


# --- lo que se puede calificar ---


def test_an_empty_inbox_is_empty(curso):
    assert survey(curso) == ([], [])


def test_submissions_come_in_order(curso, entregar, bien):
    rutas = [entregar(curso, alumno, bien) for alumno in ("zoe", "ana")]
    esperadas = [Submission("ana", UNIDAD, rutas[1]), Submission("zoe", UNIDAD, rutas[0])]
    assert survey(curso) == (esperadas, [])
    assert esperadas[0].key == "ana/02_deslizar"


@pytest.mark.parametrize("nombre", ["José Ñandú", "o'brien, ana", "a+b", "-n", "ana (1)", "{x}"])
def test_unusual_names_are_fine(curso, entregar, bien, nombre):
    entregar(curso, nombre, bien)
    assert [e.student for e in survey(curso)[0]] == [nombre]


def test_hidden_files_and_extra_files_do_not_matter(curso, entregar, bien):
    ruta = entregar(curso, "ana", bien)
    for extra in (
        curso.submitted / ".DS_Store",
        ruta.parents[1] / ".oculta",
        ruta.parent / "a.npy",
    ):
        extra.touch()
    entregas, problemas = survey(curso)
    assert [e.student for e in entregas] == ["ana"] and problemas == []


def test_looking_changes_nothing(curso, entregar, bien, huellas):
    entregar(curso, "ana", bien)
    entregar(curso, "beto", "no es JSON")
    antes = huellas(curso.root)
    survey(curso)
    assert huellas(curso.root) == antes


# --- carpetas que no son entregas ---


def test_a_loose_file(curso):
    curso.submitted.mkdir(parents=True)
    (curso.submitted / "notas.txt").touch()
    problema = problem_of(curso)
    assert problema.where == "notas.txt"
    assert "No es la carpeta de un estudiante" in problema.message
    assert "entregas/submitted/<alumno>/<unidad>/ejercicios.ipynb" in problema.message


def test_an_empty_student(curso):
    (curso.submitted / "ana").mkdir(parents=True)
    assert problem_of(curso).message.startswith("La carpeta está vacía. Cada entrega va en")


def test_a_loose_file_in_a_student(curso):
    (curso.submitted / "ana").mkdir(parents=True)
    (curso.submitted / "ana" / "ejercicios.ipynb").touch()
    problema = problem_of(curso)
    assert problema.where == "ana/ejercicios.ipynb"
    assert "No es la carpeta de una unidad" in problema.message


@pytest.mark.parametrize(
    ("nombre", "parecido"),
    [("02_deslisar", " (¿querías decir «02_deslizar»?)"), ("xyz", "")],
)
def test_an_unknown_unit_with_the_nearest_name(curso, entregar, bien, nombre, parecido):
    entregar(curso, "ana", bien, unidad=nombre)
    problema = problem_of(curso)
    assert problema == Problem(
        f"ana/{nombre}",
        f"No existe la unidad «{nombre}»{parecido}. Las unidades son: 02_deslizar.",
    )


@pytest.mark.parametrize("nombre", ["*", "ana [1]", "an?"])
def test_names_that_nbgrader_takes_for_wildcards(curso, entregar, bien, nombre):
    """Con una carpeta llamada «*», nbgrader calificaría la clase entera."""
    entregar(curso, nombre, bien)
    problema = problem_of(curso)
    assert problema.where == nombre and "comodines. Cámbiale el nombre." in problema.message


@pytest.mark.parametrize("cual", ["alumno", "unidad", "cuaderno", "extra", "colgante"])
def test_links_are_not_followed(curso, entregar, bien, tmp_path, cual):
    fuera = entregar(curso, "ana", bien)
    os.replace(curso.submitted / "ana", tmp_path / "ana")
    fuera = tmp_path / "ana" / UNIDAD / fuera.name
    destino = curso.submitted / "beto"
    if cual == "alumno":
        destino.symlink_to(tmp_path / "ana")
    elif cual == "unidad":
        destino.mkdir()
        (destino / UNIDAD).symlink_to(fuera.parent)
    elif cual == "cuaderno":
        (destino / UNIDAD).mkdir(parents=True)
        (destino / UNIDAD / fuera.name).symlink_to(fuera)
    else:
        entregar(curso, "beto", bien)
        lejos = "/no/existe" if cual == "colgante" else fuera
        (destino / UNIDAD / "datos.npy").symlink_to(lejos)
    mensaje = problem_of(curso).message
    assert mensaje.startswith("No es la carpeta") or "es un enlace, no un archivo" in mensaje


# --- archivos que no son el cuaderno ---


def test_a_folder_without_notebook_says_what_there_is(curso, entregar):
    entregar(curso, "ana", b"", nombre="Ejercicios (1).ipynb")
    assert problem_of(curso) == Problem(
        "ana/02_deslizar",
        "Falta ejercicios.ipynb (hay: Ejercicios (1).ipynb). Pide que se entregue con ese nombre.",
    )


def test_an_empty_unit_folder(curso):
    (curso.submitted / "ana" / UNIDAD).mkdir(parents=True)
    assert "(hay: nada)" in problem_of(curso).message


def test_a_folder_instead_of_the_notebook(curso):
    (curso.submitted / "ana" / UNIDAD / "ejercicios.ipynb").mkdir(parents=True)
    assert "Falta ejercicios.ipynb" in problem_of(curso).message


@pytest.mark.parametrize(
    "contenido",
    [b"", b"esto no es JSON", b'{"cells": [', b"\xff\xfe\x00", b"9" * 5000, b"[" * 100_000],
    ids=["vacío", "texto", "cortado", "bytes", "número enorme", "corchetes sin fin"],
)
def test_not_json(curso, entregar, contenido):
    entregar(curso, "ana", contenido)
    mensaje = problem_of(curso).message
    assert "no es un cuaderno de Jupyter que se pueda leer: no es JSON válido" in mensaje
    assert mensaje.endswith("Pide que se entregue el archivo guardado desde JupyterLab.")


@pytest.mark.parametrize("datos", [[], 3, "hola", None, {}, {"cells": 3}, {"cells": {"a": 1}}])
def test_json_that_is_not_a_notebook(curso, entregar, datos):
    entregar(curso, "ana", json.dumps(datos))
    mensaje = problem_of(curso).message
    assert "es JSON, pero no un cuaderno (no tiene celdas)." in mensaje
    assert not INGLES.search(mensaje)


# --- cuadernos que nbgrader no sabría calificar ---


def each(valor, clave=None):
    """Cambia los metadatos (o los de nbgrader) de todas las celdas."""

    def cambiar(cuaderno):
        for celda in cuaderno["cells"]:
            if clave:
                celda["metadata"][clave] = valor
            else:
                celda["metadata"] = valor

    return cambiar


def put(clave, valor):
    return lambda cuaderno: cuaderno.update({clave: valor})


@pytest.mark.parametrize(
    "estropear",
    [
        each(None),
        each("hola"),
        each("hola", "nbgrader"),
        each([1], "nbgrader"),
        each({"grade_id": 3}, "nbgrader"),
        put("cells", [1, 2]),
        put("cells", [{}]),
        put("cells", [{"source": [1, None], "metadata": [], "cell_type": 3}]),
    ],
)
def test_cells_with_an_absurd_shape(curso, entregar, bien, estropear):
    estropear(bien)
    entregar(curso, "ana", bien)
    mensaje = problem_of(curso).message
    assert "no conserva ninguna celda con puntos" in mensaje
    assert not INGLES.search(mensaje)


@pytest.mark.parametrize("version", [99, "4", None])
def test_the_version_of_the_format_does_not_matter(curso, entregar, bien, version):
    """De lo entregado solo se toma el texto de las celdas."""
    bien["nbformat"] = version
    entregar(curso, "ana", bien)
    assert [e.student for e in survey(curso)[0]] == ["ana"]


def test_a_notebook_too_big_is_not_even_read(curso, entregar):
    ruta = entregar(curso, "ana", b"")
    with ruta.open("r+b") as archivo:
        archivo.truncate(2**30)
    assert "pesa 1024 MB, demasiado para un cuaderno" in problem_of(curso).message


@pytest.mark.parametrize("estropear", [each({}), put("cells", []), each({}, "nbgrader")])
def test_a_notebook_without_cells_of_nbgrader(curso, entregar, bien, estropear):
    estropear(bien)
    entregar(curso, "ana", bien)
    mensaje = problem_of(curso).message
    assert "no conserva ninguna celda con puntos del cuaderno publicado" in mensaje
    assert "se vuelva a entregar." in mensaje and not INGLES.search(mensaje)


def with_grade_id(cuaderno, ident):
    return next(
        c for c in cuaderno["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == ident
    )


@pytest.mark.parametrize("nuevo", ["respuesta_conv2d_valid", "respuesta_de_otra_unidad"])
def test_repeated_or_foreign_cells_are_no_reason_to_reject(curso, entregar, bien, nuevo):
    copia = copy.deepcopy(with_grade_id(bien, "respuesta_conv2d_valid"))
    copia["metadata"]["nbgrader"]["grade_id"] = nuevo
    bien["cells"].append(copia)
    entregar(curso, "ana", bien)
    assert [e.student for e in survey(curso)[0]] == ["ana"]


def test_missing_cells_are_no_reason_to_reject(curso, entregar, bien):
    """Las pruebas son las del docente; una respuesta que falta pierde solo sus puntos."""
    for ident in ("test_conv2d_valid__tamano", "respuesta_suma_ponderada"):
        bien["cells"].remove(with_grade_id(bien, ident))
    entregar(curso, "ana", bien)
    assert [e.student for e in survey(curso)[0]] == ["ana"]


# --- la lista del alumnado ---


def write_roster(curso, texto, codificacion="utf-8"):
    curso.entregas.mkdir(exist_ok=True)
    (curso.entregas / "alumnado.csv").write_bytes(texto.encode(codificacion))


def test_without_roster_everyone_is_known(curso):
    assert roster(curso) is None


@pytest.mark.parametrize("codificacion", ["utf-8", "utf-8-sig"])
def test_the_roster_by_id(curso, codificacion):
    write_roster(curso, "id,first_name\r\n ana ,Ana\r\n,Nadie\r\nñandú,Ñ\r\nluz\r\n", codificacion)
    lista = roster(curso)
    assert list(lista) == ["ana", "ñandú", "luz"]
    assert lista["ana"]["first_name"] == "Ana" and lista["luz"]["first_name"] is None


def test_short_rows_are_ignored(curso):
    write_roster(curso, "first_name,id\nAna\nLuz,luz\n")
    assert list(roster(curso)) == ["luz"]


def test_a_roster_with_semicolons(curso):
    """Como la guarda una hoja de cálculo en español."""
    write_roster(curso, "id;first_name\nana;Ana\n")
    assert roster(curso)["ana"]["first_name"] == "Ana"


@pytest.mark.parametrize("texto", ["nombre,correo\nana,x\n", "nombre\n", ""])
def test_a_roster_without_ids_says_how_it_starts(curso, texto):
    write_roster(curso, texto)
    with pytest.raises(ValueError, match="le falta la columna «id».*id,first_name,last_name,email"):
        roster(curso)


def test_a_roster_from_an_old_spreadsheet(curso):
    write_roster(curso, "id,first_name\nana,Ánä\n", "latin-1")
    with pytest.raises(ValueError, match=r"alumnado\.csv no está en UTF-8\. Guárdalo como"):
        roster(curso)


def test_an_unknown_student_with_the_nearest_name(curso, entregar, bien):
    write_roster(curso, "id\nana-ruiz\nluz\n")
    entregar(curso, "anna-ruiz", bien)
    problema = problem_of(curso)
    assert problema.where == "anna-ruiz"
    assert problema.message == (
        "«anna-ruiz» no está en entregas/alumnado.csv (¿querías decir «ana-ruiz»?). "
        "Corrige el nombre de la carpeta o añade una línea a la lista."
    )


def test_the_sample_class_is_not_in_a_real_roster(curso, entregar, bien):
    write_roster(curso, "id\nana\n")
    entregar(curso, "muestra-alba", bien)
    assert [e.student for e in survey(curso)[0]] == ["muestra-alba"]
