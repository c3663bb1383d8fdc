"""La clase que se califica en bench/grading.py: un cuaderno de doce celdas y muchas entregas.

Cada cuaderno usa numpy y matplotlib, dibuja una figura y tiene cuatro pruebas; las respuestas, unas
correctas y otras no, se reparten entre las entregas.
"""

import itertools
import shutil
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course_lib.grading.course import Course
from course_lib.grading.normalize import dumps
from course_lib.grading.publish import publish_unit

RAIZ = Path(__file__).resolve().parent.parent
UNIDAD, CUADERNO = "01_medida", "ejercicios.ipynb"

CONV = '''def conv2d(imagen, kernel):
    """La imagen recorrida por el kernel, sin relleno."""
    alto, ancho = kernel.shape
    filas, columnas = imagen.shape[0] - alto + 1, imagen.shape[1] - ancho + 1
    mapa = np.zeros((filas, columnas))
    for i in range(filas):
        for j in range(columnas):
            mapa[i, j] = np.sum(imagen[i:i + alto, j:j + ancho] * {pesos})
    return mapa
'''
RELU = '''def relu(z):
    """Los negativos, a cero."""
    return {valor}
'''
CORRECTAS = CONV.format(pesos="kernel"), RELU.format(valor="np.maximum(z, 0)")
RESPUESTAS = (
    CORRECTAS,
    (CONV.format(pesos="kernel[::-1, ::-1]"), CORRECTAS[1]),
    (CORRECTAS[0], RELU.format(valor="np.abs(z)")),
    (CONV.format(pesos="kernel.mean()"), RELU.format(valor="z")),
    CORRECTAS,
)
OCULTO = "### BEGIN HIDDEN TESTS\n{}\n### END HIDDEN TESTS"
PRUEBAS = {
    "prueba_pequena": (
        "np.testing.assert_allclose(conv2d(np.eye(3), np.ones((2, 2))), [[2, 1], [1, 2]])",
        "assert conv2d(np.ones((5, 7)), np.ones((2, 3))).shape == (4, 5)",
    ),
    "prueba_asimetrica": (
        "datos = np.arange(20.0).reshape(4, 5)",
        "np.testing.assert_allclose(conv2d(datos, np.array([[1.0, 0.0], [0.0, -2.0]])), -datos[:3, "
        ":4] - 12)",
    ),
    "prueba_relu": (
        "assert relu(np.array([3.0]))[0] == 3",
        "assert relu(np.array([-2.0]))[0] == 0",
    ),
    "prueba_juntas": (
        "mapa = relu(conv2d(np.eye(6), np.array([[-1.0, 1.0]])))",
        "assert mapa.min() == 0 and mapa.max() == 1",
    ),
}
PREPARACION = "import numpy as np\nimport matplotlib.pyplot as plt"
FIGURA = """rng = np.random.default_rng(0)
imagen = rng.random((24, 24))
fig, ejes = plt.subplots(1, 2, figsize=(7, 3))
ejes[0].imshow(imagen, cmap="gray")
ejes[1].imshow(conv2d(imagen, np.array([[1.0, 0.0, -1.0]] * 3)), cmap="RdBu")
ejes[1].set_title("El mapa")
plt.show()"""
SUMA = 'print("El mapa suma", round(float(conv2d(np.eye(8), np.ones((3, 3))).sum()), 2))'


def source() -> nbformat.NotebookNode:
    """El cuaderno del docente: doce celdas."""
    celdas = [
        new_markdown_cell("# Medida\nEscribe una convolución y su activación."),
        new_code_cell(PREPARACION),
        _answer("conv2d", CORRECTAS[0]),
        new_code_cell(FIGURA),
        *itertools.starmap(_test, list(PRUEBAS.items())[:2]),
        _answer("relu", CORRECTAS[1]),
        *itertools.starmap(_test, list(PRUEBAS.items())[2:]),
        new_code_cell(SUMA),
        new_markdown_cell("Y ahora, con tu propia imagen."),
        new_code_cell("otra = np.linspace(-1, 1, 64).reshape(8, 8)\nrelu(otra).mean()"),
    ]
    for numero, celda in enumerate(celdas):
        celda.id = f"celda-{numero:02}"
    return new_notebook(cells=celdas, metadata={"kernelspec": _kernelspec()})


def _kernelspec() -> dict:
    return {"name": "python3", "display_name": "Python 3", "language": "python"}


def _graded(nombre: str, codigo: str, **datos) -> nbformat.NotebookNode:
    celda = new_code_cell(codigo)
    comunes = {"grade_id": nombre, "schema_version": 3, "task": False, "locked": False}
    celda.metadata["nbgrader"] = {**comunes, "grade": False, "solution": False, **datos}
    return celda


def _answer(nombre: str, codigo: str) -> nbformat.NotebookNode:
    firma, _, cuerpo = codigo.partition("\n")
    texto = f"{firma}\n    ### BEGIN SOLUTION\n{cuerpo.rstrip()}\n    ### END SOLUTION"
    return _graded(nombre, texto, solution=True)


def _test(nombre: str, lineas: tuple[str, ...]) -> nbformat.NotebookNode:
    visible, oculta = lineas[0], OCULTO.format(lineas[1])
    codigo = f'"""Comprueba {nombre}."""\n{visible}\n{oculta}'
    return _graded(nombre, codigo, grade=True, locked=True, points=2)


def make(carpeta: Path, cuantas: int, *, de_fabrica: bool = False) -> Course:
    """Un curso con esa unidad, publicada, y tantas entregas; con el motor, o nbgrader sin más."""
    unidad = carpeta / "solutions" / UNIDAD
    unidad.mkdir(parents=True)
    (unidad / CUADERNO).write_text(dumps(source()), encoding="utf-8")
    (unidad / "errores.py").write_text(CATALOGO, encoding="utf-8")
    shutil.copy2(RAIZ / "nbgrader_config.py", carpeta)
    curso = Course.here(carpeta)
    publish_unit(curso, UNIDAD)
    publicado = nbformat.read(curso.notebooks / UNIDAD / CUADERNO, as_version=4)
    for numero, respuestas in enumerate(itertools.islice(itertools.cycle(RESPUESTAS), cuantas)):
        _hand_in(curso.submitted / f"alumno{numero:05}" / UNIDAD / CUADERNO, publicado, respuestas)
    if de_fabrica:
        (carpeta / "nbgrader_config.py").write_text(DE_FABRICA, encoding="utf-8")
    return curso


CATALOGO = '''"""Catálogo de la unidad de medida."""

import numpy as np

from course_lib.grading.catalog import Exercise

conv2d = Exercise("conv2d")
relu = Exercise("relu")


@conv2d.is_reference
def conv2d_referencia(imagen, kernel):
    ventanas = np.lib.stride_tricks.sliding_window_view(imagen, kernel.shape)
    return np.einsum("ijkl,kl->ij", ventanas, kernel)


@relu.is_reference
def relu_referencia(z):
    return np.maximum(z, 0)
'''
# Lo que hace nbgrader si nadie lo configura, con las carpetas de este curso.
DE_FABRICA = """from pathlib import Path

c = get_config()
entregas = Path(__file__).resolve().parent / "entregas"
entregas.mkdir(exist_ok=True)
c.CourseDirectory.root = str(entregas.parent)
c.CourseDirectory.course_id = "capas-convolucionales"
c.CourseDirectory.db_url = f"sqlite:///{entregas / 'gradebook.db'}"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
c.CourseDirectory.submitted_directory = "entregas/submitted"
c.CourseDirectory.autograded_directory = "entregas/autograded"
c.CourseDirectory.notebook_id = "ejercicios"
"""


def _hand_in(ruta: Path, publicado: nbformat.NotebookNode, respuestas: tuple[str, str]) -> None:
    nombres = dict(zip(("conv2d", "relu"), respuestas, strict=True))
    for celda in publicado.cells:
        celda.source = nombres.get(celda.metadata.get("nbgrader", {}).get("grade_id"), celda.source)
    ruta.parent.mkdir(parents=True)
    ruta.write_text(dumps(publicado), encoding="utf-8")


def count(curso: Course) -> int:
    """Cuántas entregas tiene el curso."""
    return sum(1 for _ in curso.submitted.iterdir())


def scores(carpeta: Path) -> dict[tuple[str, str], float | None]:
    """Por estudiante y prueba, su nota automática."""
    with Course.here(carpeta).gradebook() as libro:
        return {
            (e.student.id, nota.name): nota.auto_score
            for e in libro.assignment_submissions(UNIDAD)
            for cuaderno in e.notebooks
            for nota in cuaderno.grades
        }
