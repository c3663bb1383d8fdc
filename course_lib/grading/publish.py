"""De `solutions/` a `notebooks/` y al zip del alumnado."""

import shutil
import zipfile
from pathlib import Path

import nbformat

from course_lib.grading import glossary
from course_lib.grading.course import Course, last_error
from course_lib.grading.normalize import dumps, normalize_file
from course_lib.grading.sources import check_sources

ETIQUETA_DE_PRUEBA = "remove-cell"
ETIQUETA_PLEGADA = "hide-input"
# Lo que un estudiante necesita para trabajar por su cuenta; nada de lo docente.
CONTENIDO_DEL_ZIP = (
    "notebooks/**/*",
    "course_lib/**/*",
    "instalar/*",
    "jupyter/**/*",
    "Makefile",
    "environment.yml",
    "pyproject.toml",
    "requirements.txt",
    "README.md",
    "docs/*",
    "LICENSE*",
)
FUERA_DEL_ZIP = {"grading", "__pycache__", ".ipynb_checkpoints"}
GLOSARIO = "glosario.ipynb"
NOMBRE_DEL_ZIP = "capas-convolucionales.zip"
FECHA_DEL_ZIP = (2026, 1, 1, 0, 0, 0)


def normalize_sources(curso: Course) -> list[Path]:
    """Normaliza los cuadernos de `solutions/`; devuelve los que han cambiado."""
    fuentes = sorted(r for patron in ("*.ipynb", "*/*.ipynb") for r in curso.solutions.glob(patron))
    return [r for r in fuentes if normalize_file(r)]


def publish(curso: Course) -> list[str]:
    """Genera `notebooks/` a partir de `solutions/` y apunta los ejercicios en el libro de notas.

    Raises
    ------
    ValueError
        Si a una unidad le falta una parte o nbgrader no puede generarla; `notebooks/` conserva
        lo anterior de esa unidad.
    """
    check_sources(curso)
    normalize_sources(curso)
    for unidad in curso.units:
        publish_unit(curso, unidad)
    _borrar_unidades_sin_fuente(curso)
    publish_glossary(curso)
    return curso.units


def publish_glossary(curso: Course) -> None:
    """Genera `notebooks/glosario.ipynb` con los términos de todas las lecciones."""
    fuente, destino = (raiz / GLOSARIO for raiz in (curso.solutions, curso.notebooks))
    if fuente.exists():
        cuaderno = glossary.fill(curso, nbformat.read(fuente, as_version=4))
        destino.write_text(dumps(cuaderno), encoding="utf-8")
    else:
        destino.unlink(missing_ok=True)


def publish_unit(curso: Course, unidad: str) -> None:
    """Genera la versión del alumnado de una unidad; si no se puede, deja la que había."""
    destino = curso.notebooks / unidad
    anterior = {ruta: ruta.read_bytes() for ruta in destino.glob("*.ipynb")}
    resultado = curso.nbgrader().generate_assignment(unidad, force=True)
    if not resultado["success"]:
        _reponer(anterior)
        raise ValueError(
            f"No se pudo publicar «{unidad}» ({last_error(resultado)}). "
            "Revisa en solutions/ que cada celda de prueba tenga su id y sus marcas de "
            "solución y de prueba oculta bien cerradas."
        )
    for fuente in sorted((curso.solutions / unidad).glob("*.ipynb")):
        if fuente.name != "ejercicios.ipynb":
            (destino / fuente.name).write_text(_para_el_alumnado(fuente), encoding="utf-8")
    for sobrante in destino.glob("*.ipynb"):
        if not (curso.solutions / unidad / sobrante.name).exists():
            sobrante.unlink()


def _reponer(archivos: dict[Path, bytes]) -> None:
    for ruta, contenido in archivos.items():
        ruta.parent.mkdir(parents=True, exist_ok=True)
        ruta.write_bytes(contenido)


def _para_el_alumnado(fuente: Path) -> str:
    """Texto del cuaderno sin las celdas que solo lo comprueban y con las preguntas plegadas."""
    cuaderno = nbformat.read(fuente, as_version=4)
    etiquetas = [celda.metadata.get("tags", []) for celda in cuaderno.cells]
    pares = list(zip(cuaderno.cells, etiquetas, strict=True))
    for celda, suyas in pares:
        if ETIQUETA_PLEGADA in suyas:
            # El código de una pregunta lleva sus respuestas: JupyterLab lo muestra como «···».
            celda.metadata["jupyter"] = {"source_hidden": True}
    cuaderno.cells = [celda for celda, suyas in pares if ETIQUETA_DE_PRUEBA not in suyas]
    return dumps(cuaderno)


def _borrar_unidades_sin_fuente(curso: Course) -> None:
    for carpeta in curso.notebooks.iterdir():
        if carpeta.is_dir() and carpeta.name not in curso.units:
            shutil.rmtree(carpeta)


def make_zip(curso: Course) -> Path:
    """Escribe el zip del alumnado en `dist/`; los mismos archivos dan los mismos bytes."""
    destino = curso.root / "dist" / NOMBRE_DEL_ZIP
    destino.parent.mkdir(exist_ok=True)
    rutas = {r for patron in CONTENIDO_DEL_ZIP for r in curso.root.glob(patron) if r.is_file()}
    with zipfile.ZipFile(destino, "w", zipfile.ZIP_DEFLATED) as archivo:
        for ruta in sorted(rutas):
            nombre = ruta.relative_to(curso.root)
            if FUERA_DEL_ZIP & set(nombre.parts):
                continue
            entrada = zipfile.ZipInfo(f"capas-convolucionales/{nombre.as_posix()}", FECHA_DEL_ZIP)
            entrada.compress_type = zipfile.ZIP_DEFLATED
            entrada.external_attr = 0o644 << 16
            archivo.writestr(entrada, ruta.read_bytes())
    return destino
