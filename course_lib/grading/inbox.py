"""Qué hay en `entregas/submitted/`: entregas que se pueden calificar y lo que no lo es."""

import csv
import difflib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course_lib.grading.course import Course
from course_lib.grading.engine.limits import Limits
from course_lib.grading.engine.rebuild import StudentCell, UnreadableNotebook, read_cells

CUADERNO = "ejercicios.ipynb"
PREFIJO_DE_MUESTRA = "muestra-"  # sus carpetas no tienen por qué estar en la lista
FORMA = f"entregas/submitted/<alumno>/<unidad>/{CUADERNO}"


@dataclass(frozen=True)
class Submission:
    """La entrega de un estudiante para una unidad."""

    student: str
    unit: str
    path: Path

    @property
    def key(self) -> str:
        return f"{self.student}/{self.unit}"


@dataclass(frozen=True)
class Problem:
    """Algo que no se pudo calificar, y qué hacer con ello."""

    where: str
    message: str


def roster(curso: Course) -> dict[str, dict[str, str]] | None:
    """El alumnado de `entregas/alumnado.csv` por id; `None` si no hay lista.

    Raises
    ------
    ValueError
        Si al archivo le falta la columna `id` o no está en UTF-8.
    """
    ruta = curso.entregas / "alumnado.csv"
    if not ruta.exists():
        return None
    try:
        texto = ruta.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{ruta} no está en UTF-8. Guárdalo como «CSV UTF-8».") from error
    # Las hojas de cálculo en español separan con punto y coma.
    separador = ";" if ";" in texto.partition("\n")[0] else ","
    tabla = csv.DictReader(io.StringIO(texto), delimiter=separador)
    if "id" not in (tabla.fieldnames or ()):
        raise ValueError(
            f"A {ruta} le falta la columna «id». La primera línea debe ser: "
            "id,first_name,last_name,email"
        )
    return {fila["id"].strip(): fila for fila in tabla if (fila["id"] or "").strip()}


def survey(curso: Course) -> tuple[list[Submission], list[Problem]]:
    """Separa las entregas que se pueden calificar de los problemas, sin tocar nada."""
    lista, limites = roster(curso), curso.limits()
    entregas, problemas = [], []
    for alumno in _visibles(curso.submitted):
        error = _check_student(alumno, lista)
        if error:
            problemas.append(Problem(alumno.name, error))
            continue
        for carpeta in _visibles(alumno):
            entrega = Submission(alumno.name, carpeta.name, carpeta / CUADERNO)
            error = _check_unit(carpeta, curso) or _check_notebook(entrega, curso, limites)
            if error:
                problemas.append(Problem(entrega.key, error))
            else:
                entregas.append(entrega)
    return entregas, problemas


def _visibles(carpeta: Path) -> Iterator[Path]:
    if carpeta.is_dir():
        yield from sorted(p for p in carpeta.iterdir() if not p.name.startswith("."))


def _check_student(ruta: Path, lista: dict | None) -> str | None:
    if ruta.is_symlink() or not ruta.is_dir():
        return f"No es la carpeta de un estudiante. Cada entrega va en {FORMA}"
    if set(ruta.name) & set("*?[]"):
        return (
            "El nombre de la carpeta lleva *, ?, [ o ], que nbgrader toma por comodines. "
            "Cámbiale el nombre."
        )
    de_muestra = ruta.name.startswith(PREFIJO_DE_MUESTRA)
    if lista is not None and ruta.name not in lista and not de_muestra:
        return (
            f"«{ruta.name}» no está en entregas/alumnado.csv{_parecido(ruta.name, lista)}. "
            "Corrige el nombre de la carpeta o añade una línea a la lista."
        )
    if not any(_visibles(ruta)):
        return f"La carpeta está vacía. Cada entrega va en {FORMA}"
    return None


def _check_unit(ruta: Path, curso: Course) -> str | None:
    if ruta.is_symlink() or not ruta.is_dir():
        return f"No es la carpeta de una unidad. Cada entrega va en {FORMA}"
    if ruta.name not in curso.units:
        return (
            f"No existe la unidad «{ruta.name}»{_parecido(ruta.name, curso.units)}. "
            f"Las unidades son: {', '.join(curso.units)}."
        )
    return None


def _check_notebook(entrega: Submission, curso: Course, limites: Limits) -> str | None:
    ruta = entrega.path
    enlaces = [p.name for p in ruta.parent.rglob("*") if p.is_symlink()]
    if enlaces:
        return f"{enlaces[0]} es un enlace, no un archivo. Pide que se entregue el archivo."
    if not ruta.is_file():
        otros = ", ".join(p.name for p in _visibles(ruta.parent)) or "nada"
        return f"Falta {CUADERNO} (hay: {otros}). Pide que se entregue con ese nombre."
    if ruta.stat().st_size > limites.notebook_bytes:
        return (
            f"{CUADERNO} pesa {ruta.stat().st_size / 2**20:.0f} MB, demasiado para un cuaderno. "
            "Pide que se borren sus salidas (Kernel → Reiniciar y borrar) y se vuelva a entregar."
        )
    try:
        celdas = read_cells(ruta.read_bytes(), limites)
    except UnreadableNotebook as error:
        return (
            f"{CUADERNO} no es un cuaderno de Jupyter que se pueda leer: {error}. "
            "Pide que se entregue el archivo guardado desde JupyterLab."
        )
    return _check_cells(celdas, curso.solutions / entrega.unit / CUADERNO)


def _check_cells(celdas: list[StudentCell], fuente: Path) -> str | None:
    """Si no queda nada del cuaderno publicado, no hay respuestas que encontrar."""
    propias = {c.grade_id for c in read_cells(fuente.read_bytes()) if c.grade_id}
    if not propias & {celda.grade_id for celda in celdas}:
        return (
            f"{CUADERNO} no conserva ninguna celda con puntos del cuaderno publicado. "
            "Pide que se copien las respuestas en él y se vuelva a entregar."
        )
    return None


def _parecido(nombre: str, opciones) -> str:
    cercano = difflib.get_close_matches(nombre, list(opciones), n=1)
    return f" (¿querías decir «{cercano[0]}»?)" if cercano else ""
