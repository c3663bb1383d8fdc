"""Una clase de muestra: entregas como las de verdad, para ver el ciclo entero sin alumnado."""

import csv
import inspect
import shutil
from datetime import datetime
from pathlib import Path

import nbformat
from nbgrader.api import MissingEntry

from course_lib.grading import cells
from course_lib.grading.catalog import Exercise, load_catalog
from course_lib.grading.course import Course
from course_lib.grading.inbox import CUADERNO, PREFIJO_DE_MUESTRA
from course_lib.grading.normalize import dumps

# (id, nombre, apellidos, cómo responde). Dos errores a la vez van unidos por «+».
CLASE = (
    ("muestra-alba", "Alba", "Ruiz", "referencia"),
    ("muestra-amaia", "Amaia", "Bravo", "kernel-volteado-horizontal+tamano-sin-mas-uno"),
    ("muestra-blas", "Blas", "Herrero", "a-medias"),
    ("muestra-bruno", "Bruno", "Vidal", "vectorizada"),
    ("muestra-carla", "Carla", "Núñez", "kernel-girado-180"),
    ("muestra-celia", "Celia", "Pardo", "sin-pesos"),
    ("muestra-dani", "Dani", "Soto", "ya-hecha"),
    ("muestra-diego", "Diego", "Salas", "tamano-sin-mas-uno"),
    ("muestra-elena", "Elena", "Prieto", "vacia"),
    ("muestra-farid", "Farid", "Haddad", "error"),
    ("muestra-gema", "Gema", "Ortiz", "bucle"),
    ("muestra-hugo", "Hugo", "Marín", "ruidosa"),
    ("muestra-ines", "Inés", "Caballero", "cuatro-bucles"),
    ("muestra-jorge", "Jorge", "Peña", "kernel-girado-180+tamano-sin-mas-uno"),
    ("muestra-karima", "Karima", "Benali", "kernel-girado-180"),
    ("muestra-leo", "Leo", "Fuentes", "tamano-sin-mas-uno"),
    ("muestra-marta", "Marta", "Iglesias", "im2col"),
    ("muestra-nerea", "Nerea", "Etxeberria", "kernel-cuadrado"),
    ("muestra-oscar", "Óscar", "Lozano", "tipo-de-la-imagen"),
    ("muestra-paula", "Paula", "Rey", "promedio"),
    ("muestra-quim", "Quim", "Ferrer", "kernel-transpuesto"),
    ("muestra-raquel", "Raquel", "Cano", "modifica-la-imagen"),
    ("muestra-samuel", "Samuel", "Osei", "kernel-girado-180"),
    ("muestra-teresa", "Teresa", "Gil", "tamano-sin-mas-uno"),
    ("muestra-unai", "Unai", "Arrieta", "fft"),
    ("muestra-vera", "Vera", "Montes", "normaliza+marco-de-ceros"),
    ("muestra-wei", "Wei", "Chen", "inventada"),
    ("muestra-ximena", "Ximena", "Duarte", "acumulador-sin-reiniciar"),
    ("muestra-yago", "Yago", "Otero", "return-dentro-del-bucle"),
    ("muestra-zoe", "Zoe", "Lara", "tensordot"),
)
# Con una basta para ver el ciclo entero en un minuto.
UNIDADES = ("02_deslizar",)
PLAZO = datetime(2026, 3, 13, 22, 59)
TARDE = {
    "muestra-teresa": "2026-03-14 08:12:00 UTC",
    "muestra-unai": "2026-03-13 23:20:00 UTC",
    "muestra-ximena": "2026-03-16 17:45:00 UTC",
}
# Quien responde así lo hace solo en el último ejercicio: los demás los contesta bien.
SOLO_AL_FINAL = ("error", "bucle", "a-medias", "inventada", "ya-hecha")
# Lo que un error cambia antes de la cuenta, para juntarlo con otro.
ANTES_DE_LA_CUENTA = {
    "kernel-girado-180": "kernel = kernel[::-1, ::-1]",
    "kernel-volteado-horizontal": "kernel = kernel[:, ::-1]",
    "normaliza": "kernel = kernel / (kernel.sum() or 1)",
}
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
INVENTADA = """\
{original}
_casi = {nombre}
def {nombre}(*datos, **opciones):
    return _casi(*datos, **opciones) + 1
"""


def answer(ejercicio: Exercise, manera: str) -> str | None:
    """Código con que respondería alguien de esa manera; `None` deja el ejercicio en blanco."""
    nombre, original = ejercicio.name, ejercicio.reference.source(ejercicio.name)
    parametros = inspect.signature(ejercicio.reference.function)
    firma = f"def {nombre}{parametros}:\n    "
    especiales = {
        "vacia": None,
        "a-medias": None,
        "error": firma + "return resultado_que_no_existe",
        "bucle": firma + "while True:\n        pass",
        "ya-hecha": f"import course_lib.ops as hecha\n{firma}"
        f"return hecha.conv2d({', '.join(parametros.parameters)})",
        "ruidosa": AVISOS.format(nombre=nombre, original=original),
        "inventada": INVENTADA.format(nombre=nombre, original=original),
    }
    return especiales[manera] if manera in especiales else _of_catalog(ejercicio, manera)


def _of_catalog(ejercicio: Exercise, manera: str) -> str:
    """La respuesta del catálogo, o la de dos errores a la vez; la referencia si no los tiene."""
    conocidas = {i.id: i for i in (*ejercicio.correct, *ejercicio.misconceptions)}
    *antes, ultima = [i for i in manera.split("+") if i in conocidas] or ["referencia"]
    codigo = conocidas[ultima].source(ejercicio.name)
    for error in antes:
        codigo = codigo.replace("):\n", f"):\n    {ANTES_DE_LA_CUENTA[error]}\n", 1)
    return codigo


def solve(publicado: Path, catalogo: dict[str, Exercise], manera: str) -> str:
    """Texto del cuaderno publicado con cada respuesta rellenada de esa manera."""
    cuaderno = nbformat.read(publicado, as_version=4)
    respuestas = [celda for celda in cuaderno.cells if cells.is_answer(celda)]
    for celda in respuestas:
        nombre = cells.defined_function(celda, set(catalogo))
        bien_hasta_el_final = manera in SOLO_AL_FINAL and celda is not respuestas[-1]
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
            if ident in TARDE:
                destino.with_name("timestamp.txt").write_text(TARDE[ident], encoding="utf-8")
    _set_due_date(curso, None, PLAZO)
    _escribir_lista(curso)
    return [ident for ident, *_ in CLASE]


def _escribir_lista(curso: Course) -> None:
    ruta = curso.entregas / "alumnado.csv"
    if ruta.exists():
        return
    with ruta.open("w", encoding="utf-8", newline="") as archivo:
        tabla = csv.writer(archivo)
        tabla.writerow(("id", "first_name", "last_name", "email", "lms_user_id"))
        for numero, (ident, nombre, apellidos, _) in enumerate(CLASE, start=1001):
            correo = f"{ident.removeprefix(PREFIJO_DE_MUESTRA)}@example.org"
            tabla.writerow((ident, nombre, apellidos, correo, numero))


def _set_due_date(curso: Course, antes: datetime | None, despues: datetime | None) -> None:
    """Cambia el plazo de las unidades de la muestra que tengan el de antes."""
    with curso.gradebook() as notas:
        for unidad in UNIDADES:
            try:
                plazo = notas.find_assignment(unidad).duedate
            except MissingEntry:
                plazo = None
            if plazo == antes and plazo != despues:
                notas.update_or_create_assignment(unidad, duedate=despues)


def remove(curso: Course) -> int:
    """Quita la clase de muestra de `entregas/` y del libro de notas; devuelve cuántos eran."""
    with curso.gradebook() as notas:
        de_muestra = {a.id for a in notas.students if a.id.startswith(PREFIJO_DE_MUESTRA)}
        for ident in de_muestra:
            notas.remove_student(ident)
    for carpeta in curso.entregas.glob(f"*/{PREFIJO_DE_MUESTRA}*/"):
        shutil.rmtree(carpeta)
        de_muestra.add(carpeta.name)
    _set_due_date(curso, PLAZO, None)
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
