"""Una clase de muestra: entregas como las de verdad, para ver el ciclo entero sin alumnado."""

import csv
import inspect
import shutil
from pathlib import Path

import nbformat

from course_lib.grading import cells
from course_lib.grading.catalog import Exercise, load_catalog
from course_lib.grading.course import Course
from course_lib.grading.inbox import CUADERNO, PREFIJO_DE_MUESTRA
from course_lib.grading.normalize import dumps

# (id, nombre, apellidos, cómo responde)
CLASE = (
    ("muestra-alba", "Alba", "Todo bien", "referencia"),
    ("muestra-bruno", "Bruno", "Vectorizada", "vectorizada"),
    ("muestra-carla", "Carla", "Kernel girado", "kernel-girado-180"),
    ("muestra-diego", "Diego", "Uno de menos", "tamano-sin-mas-uno"),
    ("muestra-elena", "Elena", "En blanco", "vacia"),
    ("muestra-farid", "Farid", "Da un error", "error"),
    ("muestra-gema", "Gema", "Bucle sin fin", "bucle"),
    ("muestra-hugo", "Hugo", "Bien y con avisos", "ruidosa"),
)
# Con una basta para ver el ciclo entero en un minuto.
UNIDADES = ("02_deslizar",)
AVISOS = """\
import warnings
import sys
{original}
_callada = {nombre}
def {nombre}(*datos, **opciones):
    print("llamada con", len(datos), "datos")
    warnings.warn("esto es solo un aviso")
    print("y esto va a stderr", file=sys.stderr)
    return _callada(*datos, **opciones)
"""


def answer(ejercicio: Exercise, manera: str) -> str | None:
    """Código con que respondería alguien de esa manera; `None` deja el ejercicio en blanco."""
    nombre, referencia = ejercicio.name, ejercicio.reference
    firma = f"def {nombre}{inspect.signature(referencia.function)}:\n    "
    especiales = {
        "vacia": None,
        "error": firma + "return resultado_que_no_existe",
        "bucle": firma + "while True:\n        pass",
        "ruidosa": AVISOS.format(nombre=nombre, original=referencia.source(nombre)),
    }
    if manera in especiales:
        return especiales[manera]
    conocidas = {i.id: i for i in (*ejercicio.correct, *ejercicio.misconceptions)}
    return conocidas.get(manera, referencia).source(nombre)


def solve(publicado: Path, catalogo: dict[str, Exercise], manera: str) -> str:
    """Texto del cuaderno publicado con cada respuesta rellenada de esa manera.

    Quien da un error o entra en un bucle sin fin lo hace solo en el último ejercicio.
    """
    cuaderno = nbformat.read(publicado, as_version=4)
    respuestas = [celda for celda in cuaderno.cells if cells.is_answer(celda)]
    for celda in respuestas:
        nombre = cells.defined_function(celda, set(catalogo))
        bien_hasta_el_final = manera in ("error", "bucle") and celda is not respuestas[-1]
        codigo = answer(catalogo[nombre], "referencia" if bien_hasta_el_final else manera)
        celda.source = codigo or celda.source
    return dumps(cuaderno)


def is_empty(curso: Course) -> bool:
    """Si todavía no hay nada en `entregas/submitted/`."""
    return not curso.submitted.is_dir() or not any(
        p for p in curso.submitted.iterdir() if not p.name.startswith(".")
    )


def fill(curso: Course) -> list[str]:
    """Escribe la clase de muestra en `entregas/submitted/`, en la unidad 02.

    Raises
    ------
    FileExistsError
        Si ya hay entregas: no se mezclan con las de verdad.
    """
    if not is_empty(curso):
        raise FileExistsError(
            f"En {curso.submitted} ya hay entregas y la clase de muestra no se mezcla con "
            "ellas. Guárdalas en otro sitio y repite la orden."
        )
    for unidad in UNIDADES:
        catalogo = load_catalog(curso.solutions / unidad)
        for ident, _, _, manera in CLASE:
            destino = curso.submitted / ident / unidad / CUADERNO
            destino.parent.mkdir(parents=True, exist_ok=True)
            texto = solve(curso.notebooks / unidad / CUADERNO, catalogo, manera)
            destino.write_text(texto, encoding="utf-8")
    _escribir_lista(curso)
    return [ident for ident, *_ in CLASE]


def _escribir_lista(curso: Course) -> None:
    ruta = curso.entregas / "alumnado.csv"
    if ruta.exists():
        return
    with ruta.open("w", encoding="utf-8", newline="") as archivo:
        tabla = csv.writer(archivo)
        tabla.writerow(("id", "first_name", "last_name", "email"))
        tabla.writerows((ident, nombre, apellidos, "") for ident, nombre, apellidos, _ in CLASE)


def remove(curso: Course) -> int:
    """Quita la clase de muestra de `entregas/` y del libro de notas; devuelve cuántos eran."""
    with curso.gradebook() as notas:
        de_muestra = {a.id for a in notas.students if a.id.startswith(PREFIJO_DE_MUESTRA)}
        for ident in de_muestra:
            notas.remove_student(ident)
    for carpeta in curso.entregas.glob(f"*/{PREFIJO_DE_MUESTRA}*/"):
        shutil.rmtree(carpeta)
        de_muestra.add(carpeta.name)
    _limpiar_lista(curso.entregas / "alumnado.csv")
    return len(de_muestra)


def _limpiar_lista(ruta: Path) -> None:
    """Quita de la lista a la clase de muestra; si no queda nadie, quita la lista."""
    if not ruta.exists():
        return
    lineas = ruta.read_bytes().splitlines(keepends=True)
    reales = [linea for linea in lineas if not linea.startswith(PREFIJO_DE_MUESTRA.encode())]
    if len(reales) > 1:
        ruta.write_bytes(b"".join(reales))
    elif len(reales) < len(lineas):
        ruta.unlink()
