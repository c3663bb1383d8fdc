"""Lo que parece un ataque y es una respuesta correcta: todos los puntos."""

import copy

import pytest
from grading.attacks.corpus import BIEN, after, before, fill, graded_cells
from grading.conftest import copy_course

from course_lib.grading.grade import grade, pending

MANERAS = {}


def honest(funcion):
    """Decorador: una manera correcta de entregar."""
    MANERAS[funcion.__name__] = funcion
    return funcion


@honest
def noisy(cuaderno):
    """Imprime, avisa y escribe en stderr."""
    ruido = "    import sys, warnings\n    print('a')\n    warnings.warn('b')\n"
    ruido += "    print('c', file=sys.stderr)\n"
    fill(cuaderno, [b.replace("kernel):\n", f"kernel):\n{ruido}") for b in BIEN])


@honest
def extra_cells(cuaderno):
    """Con celdas propias de código y de texto, alguna con un error."""
    before(cuaderno, "print('hola')\n1 / 0")
    after(cuaderno, "suma_ponderada(np.ones((2, 2)), np.ones((2, 2)))")
    cuaderno["cells"].append(
        {"cell_type": "markdown", "metadata": {}, "source": "# Yo", "id": "yo"}
    )


@honest
def reordered_tests(cuaderno):
    """Las pruebas, al final y al revés."""
    pruebas = graded_cells(cuaderno)
    cuaderno["cells"] = [c for c in cuaderno["cells"] if c not in pruebas] + pruebas[::-1]


@honest
def deleted_tests(cuaderno):
    """Sin pruebas."""
    pruebas = graded_cells(cuaderno)
    cuaderno["cells"] = [c for c in cuaderno["cells"] if c not in pruebas]


@honest
def duplicated_tests(cuaderno):
    """Cada prueba, dos veces."""
    cuaderno["cells"] += copy.deepcopy(graded_cells(cuaderno))


@honest
def edited_tests(cuaderno):
    """Cada prueba, cambiada para que falle."""
    for celda in graded_cells(cuaderno):
        celda["source"] = "raise ValueError('yo probaba otra cosa')"


@honest
def changed_metadata(cuaderno):
    """Etiquetas, puntos y metadatos que no son los publicados."""
    for celda in cuaderno["cells"]:
        celda["metadata"] |= {"tags": ["skip-execution"], "collapsed": True}
    for celda in graded_cells(cuaderno):
        celda["metadata"]["nbgrader"] |= {"points": 0, "checksum": "x"}
    cuaderno["metadata"] |= {"colab": {"name": "mi cuaderno"}, "toc": [1, 2]}


@honest
def another_kernelspec(cuaderno):
    """Guardado con otro kernel."""
    cuaderno["metadata"]["kernelspec"] = {"name": "conda-env-x", "display_name": "Mi entorno"}


@honest
def comprehension(cuaderno):
    """Con una lista por comprensión, y el resultado en listas."""
    fill(cuaderno, [BIEN[0], """
def conv2d_valid(imagen, kernel):
    kh, kw = kernel.shape
    filas, columnas = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    return [[float((imagen[i:i+kh, j:j+kw] * kernel).sum()) for j in range(columnas)]
            for i in range(filas)]
"""])  # fmt: skip


@honest
def recursion(cuaderno):
    """Recursiva."""
    fill(cuaderno, ["""
def suma_ponderada(ventana, kernel):
    def suma(p, w):
        return 0 if not len(p) else float(p[0]) * float(w[0]) + suma(p[1:], w[1:])
    return suma(ventana.ravel(), kernel.ravel())
""", BIEN[1]])  # fmt: skip


@honest
def classes(cuaderno):
    """Un objeto que se llama como una función."""
    fill(cuaderno, [BIEN[0], """
class Convolucion:
    def __call__(self, imagen, kernel):
        ventanas = np.lib.stride_tricks.sliding_window_view(imagen, kernel.shape)
        return np.einsum("ijkl,kl->ij", ventanas, kernel.astype(float))
conv2d_valid = Convolucion()
"""])  # fmt: skip


@honest
def lambdas(cuaderno):
    """Lambdas y functools.partial."""
    fill(cuaderno, ["suma_ponderada = lambda ventana, kernel: (ventana * kernel).sum()", """
import functools
def _conv(ventanas, imagen, kernel):
    return (ventanas(imagen, kernel.shape) * kernel).sum(axis=(2, 3))
conv2d_valid = functools.partial(_conv, np.lib.stride_tricks.sliding_window_view)
"""])  # fmt: skip


@honest
def helpers_in_other_cells(cuaderno):
    """Las ayudas, en una celda propia."""
    before(cuaderno, "def ventana_en(x, i, j, k):\n    return x[i:i+k.shape[0], j:j+k.shape[1]]")
    ayuda = BIEN[1].replace("imagen[i : i + kh, j : j + kw]", "ventana_en(imagen, i, j, kernel)")
    assert "ventana_en" in ayuda
    fill(cuaderno, [BIEN[0], ayuda])


@honest
def float32(cuaderno):
    """En float32."""
    fill(cuaderno, [BIEN[0], BIEN[1].replace("return mapa", "return mapa.astype(np.float32)")])


@honest
def answers_in_one_cell(cuaderno):
    """Las dos respuestas en la primera celda; la segunda, vacía."""
    fill(cuaderno, ["\n".join(BIEN), ""])


@honest
def fortran_and_views(cuaderno):
    """El mapa, en otro orden de memoria y como vista."""
    fill(
        cuaderno,
        [BIEN[0], BIEN[1].replace("return mapa", "return np.asfortranarray(mapa)[::-1][::-1]")],
    )


@honest
def python_state(cuaderno):
    """Con una memoria de resultados, una función anidada y un decorador."""
    antes = "import functools\ndef cuenta(f):\n    @functools.wraps(f)\n    def g(*a, **k):\n"
    antes += (
        "        g.veces = getattr(g, 'veces', 0) + 1\n        return f(*a, **k)\n    return g\n"
    )
    before(cuaderno, antes)
    fill(cuaderno, [f"@cuenta\n{b}" for b in BIEN])


@pytest.fixture(scope="module")
def clase(tmp_path_factory, resuelto, entregar):
    curso = copy_course(tmp_path_factory.mktemp("honradas") / "curso")
    for nombre, cambiar in MANERAS.items():
        cuaderno = fill(resuelto(curso), BIEN)
        cambiar(cuaderno)
        entregar(curso, nombre, cuaderno)
    tanda = grade(curso, pending(curso)[0])
    assert tanda.problems == []
    return curso


@pytest.mark.parametrize("manera", MANERAS)
def test_it_gets_every_point(clase, manera, notas):
    assert notas(clase)[manera] == (10, 10)
