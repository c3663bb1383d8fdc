"""Un IPython sin terminal: lo que un cuaderno mostraría sale por la tubería."""

import base64
import contextlib
import io
import sys

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Any, Type
from traitlets.config import Config

from course_lib.grading.engine.pupil import MIMES, cell_traceback, flush_streams

CHUNK = 8192


def bundle(datos: dict) -> dict[str, str]:
    """Las representaciones inertes, como las guarda un cuaderno: las imágenes, en base64."""
    inerte = {}
    for tipo in MIMES:
        valor = datos.get(tipo)
        if isinstance(valor, bytes):
            valor = base64.b64encode(valor).decode()
        if isinstance(valor, str):
            inerte[tipo] = valor
    return inerte


class Publisher(DisplayPublisher):
    """`display(…)`."""

    def publish(self, data, metadata=None, **_):
        self.shell.pupil.figure("display", bundle(data))

    def clear_output(self, wait=False):
        self.shell.pupil.output("clear")


class Hook(DisplayHook):
    """El valor de la última línea de una celda."""

    def write_output_prompt(self):
        pass

    def write_format_data(self, format_dict, md_dict=None):
        self.shell.pupil.figure("result", bundle(format_dict))

    def finish_displayhook(self):
        pass


class Stream(io.TextIOBase):
    """`sys.stdout` y `sys.stderr`: junta lo escrito y lo envía por trozos."""

    def __init__(self, shell: "PupilShell", nombre: str) -> None:
        self.shell, self.nombre, self.partes, self.largo = shell, nombre, [], 0

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def write(self, texto: str) -> int:
        self.partes.append(str(texto))
        self.largo += len(texto)
        if self.largo > CHUNK:
            self.flush()
        return len(texto)

    def flush(self) -> None:
        texto, self.partes, self.largo = "".join(self.partes), [], 0
        if texto and self.shell.pupil is not None:
            self.shell.pupil.output("stream", self.nombre, texto)


class PupilShell(InteractiveShell):
    """El intérprete de las celdas; `pupil` recibe lo que sale."""

    display_pub_class = Type(Publisher)
    displayhook_class = Type(Hook)
    pupil = Any(None, allow_none=True)

    def enable_gui(self, gui=None):
        pass

    def showtraceback(self, *_, **__):
        self._show(sys.exc_info()[1])

    def showsyntaxerror(self, *_, **__):
        self._show(sys.exc_info()[1])

    def _show(self, error: BaseException) -> None:
        flush_streams()
        nombre, texto = type(error).__name__, ""
        with contextlib.suppress(Exception):
            texto = str(error)
        self.pupil.output("error", nombre[:80], texto[:2000], cell_traceback(error))


def make_shell() -> PupilShell:
    """El intérprete con matplotlib en línea, listo para bifurcarse."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    # Recortar los márgenes obliga a dibujar cada figura dos veces, y comprimir más, a esperar.
    rapido = {"bbox_inches": None, "pil_kwargs": {"compress_level": 1}}
    config.InlineBackend.print_figure_kwargs = rapido
    shell = PupilShell.instance(config=config)
    shell.display_formatter.active_types = list(MIMES)
    shell.user_ns["__name__"] = "__main__"
    shell.enable_matplotlib("inline")
    return shell


def redirect_streams(shell: PupilShell) -> None:
    """Lo que se imprima va a la tubería."""
    sys.stdout, sys.stderr = Stream(shell, "stdout"), Stream(shell, "stderr")
