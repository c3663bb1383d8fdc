"""El registro de ataques y lo que comparten: cómo se estropea un cuaderno entregado."""

import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass

# Lo que los ataques dejan en el disco lleva este nombre; lo que buscan empieza por esta señal.
MARCA = "marca_de_ataque"
SENAL = "CANARIO-"
NOTAS = ("respuesta_suma_ponderada", "respuesta_conv2d_valid")
FUNCIONES = ("suma_ponderada", "conv2d_valid")
# Dos errores típicos: ninguno de los dos pasa una sola prueba.
MAL = (
    "def suma_ponderada(ventana, kernel):\n    return np.sum(ventana)\n",
    "def conv2d_valid(imagen, kernel):\n"
    "    return np.zeros((imagen.shape[0] - kernel.shape[0], imagen.shape[1] - kernel.shape[1]))\n",
)
BIEN = (
    "def suma_ponderada(ventana, kernel):\n    return np.sum(ventana * kernel)\n",
    """def conv2d_valid(imagen, kernel):
    kh, kw = kernel.shape
    mapa = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(mapa.shape[0]):
        for j in range(mapa.shape[1]):
            mapa[i, j] = np.sum(imagen[i : i + kh, j : j + kw] * kernel)
    return mapa
""",
)
# Lo que usan los ataques que buscan secretos: enseñan solo lo que llevaría la señal.
BUSCA = f"""
import contextlib, os, pathlib, re, sys
def busca(texto, donde=""):
    if isinstance(texto, bytes):
        texto = texto.decode("latin-1")
    for hallado in re.findall("{SENAL[:4]}" + "{SENAL[4:]}[0-9a-f]+", texto)[:50]:
        print("hallado", hallado, donde)
def lee(ruta):
    with contextlib.suppress(Exception):
        with open(ruta, "rb") as archivo:
            busca(archivo.read(5_000_000), ruta)
"""


@dataclass(frozen=True)
class Attack:
    """Un ataque: cambia un cuaderno mal contestado para ganar algo que no merece."""

    name: str
    why: str
    change: Callable
    points: float = 0


ATAQUES: dict[str, Attack] = {}


def attack(funcion=None, *, points: float = 0):
    """Decorador: apunta un ataque y los puntos que su respuesta sí merece."""
    if funcion is None:
        return lambda f: attack(f, points=points)
    grupo = inspect.getfile(funcion).rpartition("/")[2].removesuffix(".py")
    nombre = f"{grupo}-{funcion.__name__}"
    anterior = ATAQUES.get(nombre)
    # pytest puede importar dos veces el mismo archivo, con dos nombres.
    if anterior and anterior.change.__code__.co_firstlineno != funcion.__code__.co_firstlineno:
        raise ValueError(f"Hay dos ataques que se llaman {nombre}.")
    ATAQUES[nombre] = Attack(nombre, funcion.__doc__ or "", funcion, points)
    return funcion


def cell(cuaderno: dict, grade_id: str) -> dict:
    """La celda con ese `grade_id`."""
    return next(
        c
        for c in cuaderno["cells"]
        if c["metadata"].get("nbgrader", {}).get("grade_id") == grade_id
    )


def graded_cells(cuaderno: dict) -> list[dict]:
    """Las celdas de prueba."""
    return [c for c in cuaderno["cells"] if c["metadata"].get("nbgrader", {}).get("grade")]


def code_cell(codigo: str, ident: str = "", **metadatos) -> dict:
    """Una celda de código suelta."""
    celda = {"cell_type": "code", "execution_count": None, "metadata": metadatos, "outputs": []}
    return {**celda, "source": textwrap.dedent(codigo), "id": ident or "suelta"}


def fill(cuaderno: dict, respuestas) -> dict:
    """Escribe las dos respuestas."""
    for grade_id, codigo in zip(NOTAS, respuestas, strict=True):
        cell(cuaderno, grade_id)["source"] = codigo
    return cuaderno


def before(cuaderno: dict, codigo: str) -> None:
    """Una celda propia antes de todo lo demás, con numpy ya importado."""
    inicio = code_cell("import numpy as np\nfrom course_lib import ops\n" + textwrap.dedent(codigo))
    cuaderno["cells"].insert(0, inicio)


def after(cuaderno: dict, codigo: str) -> None:
    """Una celda propia justo después de las respuestas y antes de sus pruebas."""
    donde = cuaderno["cells"].index(cell(cuaderno, NOTAS[1])) + 1
    cuaderno["cells"].insert(donde, code_cell(codigo))


def answers(cuaderno: dict, cuerpo: str, antes: str = "") -> None:
    """Las dos respuestas con el mismo cuerpo, que recibe `x` (imagen o ventana) y `k`."""
    cuerpo = textwrap.indent(textwrap.dedent(cuerpo).strip(), "    ")
    fill(cuaderno, [f"{textwrap.dedent(antes)}\ndef {f}(x, k):\n{cuerpo}\n" for f in FUNCIONES])


def hunt(cuaderno: dict, codigo: str) -> None:
    """Una celda que busca secretos y enseña los que encuentra; y otra vez al ser llamada."""
    codigo = textwrap.dedent(codigo)
    before(cuaderno, BUSCA + codigo)
    answers(cuaderno, "exec(CAZA)\nreturn 0.0", f"CAZA = BUSCA + {codigo!r}\nBUSCA = {BUSCA!r}")
