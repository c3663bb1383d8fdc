"""La orden `curso`: lo que el docente y la autora hacen desde la terminal."""

import sys
from pathlib import Path

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
from course_lib.grading.export import FORMATOS, export
from course_lib.grading.grade import Outcome, export_csv, grade, pending
from course_lib.grading.publish import make_zip, normalize_sources, publish
from course_lib.grading.site import build
from course_lib.grading.spanish import translate_click

translate_click()
PREVISTOS = ValueError, FileNotFoundError, FileExistsError, BlockingIOError, IsolationMissing
ARCHIVO = click.Path(path_type=Path)
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
@click.option("--solo-notas", is_flag=True, help="Sin diagnóstico, retroalimentación ni informe.")
@click.option("--sin-aislamiento", is_flag=True, help="Ejecutar las entregas SIN protección.")
def calificar(unidad, alumno, forzar, solo_notas, sin_aislamiento, jueces, scheduler) -> None:
    """Califica entregas/submitted/ y escribe la retroalimentación y las notas."""
    curso = Course.here()
    if unidad:
        curso.check_unit(unidad)
    _con_muestra(curso)
    entregas, problemas = pending(curso, unidad, alumno)
    opciones = Options(curso.limits(), isolate=not sin_aislamiento)
    donde = {"options": opciones, "workers": jueces, "scheduler": scheduler}
    resultado = _con_progreso(curso, entregas, forzar=forzar, solo_notas=solo_notas, **donde)
    resultado.problems[:0] = problemas
    _tablas(curso, resultado)
    _resumen(curso, resultado, sin_aislamiento)
    if not solo_notas:
        _escrito(curso, resultado)
    if resultado.problems:
        sys.exit(1)


def _con_muestra(curso: Course) -> None:
    if sample.is_empty(curso):
        publish(curso)
        alumnos = sample.fill(curso)
        pantalla.print(f"Aún no hay entregas: uso una clase de muestra de {len(alumnos)}.")


def _tablas(curso: Course, resultado: Outcome) -> None:
    for nombre in sorted({e.unit for e in (*resultado.graded, *resultado.unchanged)}):
        pantalla.print(tables.score_table(curso, nombre))
    if resultado.problems:
        pantalla.print(tables.problem_table(resultado.problems))


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


def _escrito(curso: Course, resultado: Outcome) -> None:
    pantalla.print("Retroalimentación: entregas/feedback/<alumno>/<unidad>/ejercicios.html")
    if resultado.graded or resultado.unchanged:
        pantalla.print(f"Informe de la clase: {_shown(curso, _report(curso)[0])}")


@orden()
@click.option("--unidad", metavar="UNIDAD", help="Solo esta unidad, p. ej. 02_deslizar.")
@click.option("--anonimo", is_flag=True, help="Para enseñarlo en clase: con seudónimos.")
@click.option("--salida", metavar="PÁGINA", type=ARCHIVO, help="Dónde escribirlo (.html).")
def informe(unidad, anonimo, salida) -> None:
    """Escribe el informe de la clase: una página y un CSV."""
    curso = Course.here()
    for ruta in _report(curso, unidad, anonimo=anonimo, salida=salida):
        pantalla.print(f"Escrito: {_shown(curso, ruta)}", markup=False, soft_wrap=True)


@orden()
@click.option("--formato", type=click.Choice(FORMATOS), default="nbgrader", help="Para quién.")
@click.option("--unidad", metavar="UNIDAD", help="Solo esta unidad, p. ej. 02_deslizar.")
@click.option("--columna", metavar="UNIDAD=NOMBRE", multiple=True, help="Su nombre en la otra web.")
@click.option("--salida", metavar="ARCHIVO", type=ARCHIVO, help="Dónde escribirlo (.csv).")
def exportar(formato, unidad, columna, salida) -> None:
    """Escribe las notas para nbgrader, Moodle o Canvas."""
    curso = Course.here()
    ruta, avisos = export(curso, formato, unidad, columna, salida)
    pantalla.print(f"Escrito: {_shown(curso, ruta)}", markup=False, soft_wrap=True)
    for aviso in avisos:
        pantalla.print(aviso, markup=False)


def _report(curso: Course, unidad: str | None = None, **opciones) -> tuple[Path, Path]:
    # Trae Matplotlib, que tarda en importarse: se califica antes de esperarlo.
    from course_lib.grading.report.write import write_report

    return write_report(curso, unidad, **opciones)


def _shown(curso: Course, ruta: Path) -> Path:
    """La ruta como se lee mejor: desde el curso, si está dentro."""
    completa = ruta.resolve()
    return completa.relative_to(curso.root) if completa.is_relative_to(curso.root) else completa


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
