"""La orden `curso`: lo que el docente y la autora hacen desde la terminal."""

import sys

from course_lib.grading.engine import light  # noqa: F401  # antes que nada que importe nbformat

# isort: split
import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from course_lib.grading import sample, tables
from course_lib.grading.course import Course
from course_lib.grading.engine.bubble import IsolationMissing
from course_lib.grading.engine.workshop import Options
from course_lib.grading.grade import Outcome, export_csv, grade, pending
from course_lib.grading.publish import make_zip, normalize_sources, publish
from course_lib.grading.site import build
from course_lib.grading.spanish import translate_click

translate_click()
PREVISTOS = ValueError, FileNotFoundError, FileExistsError, BlockingIOError, IsolationMissing
pantalla = Console()


@click.group(
    context_settings={"help_option_names": ["--ayuda", "--help", "-h"]},
    options_metavar="[OPCIONES]",
    subcommand_metavar="ORDEN …",
)
def app() -> None:
    """Capas Convolucionales: publicar, calificar y comprobar el curso."""


def orden(nombre: str | None = None):
    """Decorador: añade una orden a `curso`."""
    return app.command(nombre, options_metavar="[OPCIONES]")


@orden()
def publicar() -> None:
    """Genera notebooks/ y el zip del alumnado a partir de solutions/."""
    curso = Course.here()
    unidades = publish(curso)
    pantalla.print(f"Publicado en notebooks/: {', '.join(unidades)}")
    pantalla.print(f"Zip del alumnado: {make_zip(curso).relative_to(curso.root)}")


@orden()
def normalizar() -> None:
    """Quita salidas y metadatos de los cuadernos de solutions/."""
    cambiados = normalize_sources(Course.here())
    pantalla.print(f"Cuadernos normalizados: {len(cambiados)}")


@orden()
@click.option("--unidad", metavar="UNIDAD", help="Solo esta unidad, p. ej. 02_deslizar.")
@click.option("--alumno", metavar="ALUMNO", help="Solo este estudiante: el nombre de su carpeta.")
@click.option("--forzar", is_flag=True, help="Calificar también lo que no ha cambiado.")
@click.option("--jueces", type=click.IntRange(1), metavar="N", help="A la vez; uno por núcleo.")
@click.option("--scheduler", metavar="tcp://…", help="Calificar en un clúster de Dask.")
@click.option("--sin-paginas", is_flag=True, help="Solo las notas, sin la retroalimentación.")
@click.option("--sin-aislamiento", is_flag=True, help="Ejecutar las entregas SIN protección.")
def calificar(unidad, alumno, forzar, jueces, scheduler, sin_paginas, sin_aislamiento) -> None:
    """Califica entregas/submitted/ y escribe la retroalimentación y las notas."""
    curso = Course.here()
    if unidad:
        curso.check_unit(unidad)
    if sample.is_empty(curso):
        publish(curso)
        alumnos = sample.fill(curso)
        pantalla.print(f"Aún no hay entregas: uso una clase de muestra de {len(alumnos)}.")
    entregas, problemas = pending(curso, unidad, alumno)
    opciones = Options(curso.limits(), isolate=not sin_aislamiento)
    donde = {"options": opciones, "workers": jueces, "scheduler": scheduler}
    resultado = _con_progreso(
        curso, entregas, forzar=forzar, paginas=not sin_paginas, **donde
    )
    resultado.problems[:0] = problemas
    for nombre in sorted({e.unit for e in (*resultado.graded, *resultado.unchanged)}):
        pantalla.print(tables.score_table(curso, nombre))
    if resultado.problems:
        pantalla.print(tables.problem_table(resultado.problems))
    _resumen(curso, resultado, sin_aislamiento)
    if resultado.problems:
        sys.exit(1)


def _con_progreso(curso: Course, entregas: list, **opciones) -> Outcome:
    columnas = (
        *(TextColumn("Calificando"), BarColumn(), MofNCompleteColumn(), _Rate()),
        *(TextColumn("quedan"), TimeRemainingColumn()),
    )
    with Progress(*columnas, console=pantalla) as barra:
        tarea = barra.add_task("", total=len(entregas))
        return grade(curso, entregas, avisar=lambda _: barra.advance(tarea), **opciones)


class _Rate(ProgressColumn):
    """Entregas por minuto."""

    def render(self, task) -> Text:
        return Text(f"{(task.speed or 0) * 60:.0f} por minuto")


def _resumen(curso: Course, resultado: Outcome, sin_aislamiento: bool) -> None:
    pantalla.print(
        f"Calificadas ahora: {len(resultado.graded)} · sin cambios: {len(resultado.unchanged)} · "
        f"con problemas: {len(resultado.problems)}"
    )
    if sin_aislamiento:
        pantalla.print(
            "SIN AISLAMIENTO: el código de las entregas se ha ejecutado con tus permisos.",
            style="bold red",
        )
    pantalla.print(f"Notas: {export_csv(curso).relative_to(curso.root)}")
    pantalla.print("Retroalimentación: entregas/feedback/<alumno>/<unidad>/ejercicios.html")


@orden()
@click.option("--unidad", metavar="UNIDAD", help="Solo esta unidad, p. ej. 02_deslizar.")
def matriz(unidad: str | None) -> None:
    """Muestra qué prueba rechaza cada error típico."""
    curso = Course.here()
    for nombre in [curso.check_unit(unidad)] if unidad else curso.units:
        for tabla in tables.matrix_tables(curso, nombre):
            pantalla.print(tabla)


@orden()
def sitio() -> None:
    """Escribe el curso como páginas que se abren sin JupyterLab, en dist/sitio."""
    curso = Course.here()
    portada = build(curso, avisar=lambda unidad: pantalla.print(f"Ejecutando {unidad}…"))
    pantalla.print(f"Abre en el navegador: {portada.relative_to(curso.root)}")


@orden("borrar-muestra")
def borrar_muestra() -> None:
    """Quita la clase de muestra de entregas/ y del libro de notas."""
    curso = Course.here()
    pantalla.print(f"Estudiantes de muestra borrados: {sample.remove(curso)}")
    export_csv(curso)


def main() -> None:
    """Entrada de la orden: los errores previstos se dicen en una frase, sin traceback."""
    try:
        app(prog_name="curso", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        pantalla.print("\nInterrumpido. Lo calificado está guardado: repite la orden para seguir.")
        sys.exit(130)
    except PREVISTOS as error:
        # Sin cortar líneas: una ruta partida en dos no se puede copiar.
        Console(stderr=True).print(f"Error: {error}", style="bold", markup=False, soft_wrap=True)
        sys.exit(2)
