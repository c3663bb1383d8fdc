"""El lado de la entrega: ejecuta sus celdas en IPython y contesta a las llamadas del juez.

Todo lo que hay aquí comparte proceso con el código del estudiante, que puede cambiarlo a su gusto:
lo único que consigue es estropear sus propias respuestas. Nada de lo que sale por la tubería se da
por bueno al otro lado.
"""

import builtins
import contextlib
import io
import random
import signal
import sys
import traceback

import numpy as np

from course_lib._checks.steps import count_steps
from course_lib.grading.engine import frames, guard, scan
from course_lib.grading.engine.limits import Limits
from course_lib.grading.engine.pipe import Pipe, PipeClosed

MIMES = ("text/plain", "image/png", "image/jpeg")  # lo demás puede llevar código activo


class Pupil:
    """Atiende los mensajes del juez hasta que se cierra la tubería.

    Parameters
    ----------
    pipe : Pipe
    shell : IPython.core.interactiveshell.InteractiveShell
        Donde se ejecutan las celdas; sus salidas pasan por `output`.
    limites : Limits
    """

    def __init__(self, pipe: Pipe, shell, limites: Limits) -> None:
        self.pipe, self.shell, self.limites = pipe, shell, limites
        self.salidas, self.letras, self.bytes_de_figuras = 0, 0, 0
        self.prohibido: dict[str, tuple] = {}

    def serve(self) -> None:
        random.seed()
        np.random.seed()  # todas las bifurcaciones heredan el mismo estado
        self.shell.pupil = self
        mensajes = {"scan": self._scan, "run": self._run, "get": self._get}
        mensajes |= {"call": self._call, "count": self._count}
        with contextlib.suppress(PipeClosed):
            while True:
                nombre, *datos = self.pipe.receive(self._resolve)
                mensajes[nombre](*datos)

    # --- celdas ---

    def _scan(self, fuentes: list[str], prohibido: dict) -> None:
        """Antes de ejecutar nada: qué usa cada función que no debería."""
        self.prohibido = prohibido
        for nombres in prohibido.values():
            guard.known(tuple(nombres))  # antes de que el cuaderno pueda cambiar los módulos
        python = [self.shell.transform_cell(_without_magic(fuente)) for fuente in fuentes]
        self.pipe.send(("scanned", scan.forbidden_calls(python, prohibido)))

    def _run(self, fuente: str, sin_figuras: bool) -> None:
        self.salidas = self.letras = 0
        # Cuando nadie va a mirar las salidas, dibujarlas es casi todo lo que cuesta repetirlas.
        self.shell.display_formatter.active_types = ["text/plain"] if sin_figuras else list(MIMES)
        with _interruptible():
            resultado = self.shell.run_cell(fuente, store_history=False)
        flush_streams()
        self.pipe.send(("done", bool(resultado.success)))

    def output(self, tipo: str, *datos) -> None:
        """Envía una salida de la celda, si aún cabe."""
        self.salidas += 1
        self.letras += sum(len(d) for d in datos if isinstance(d, str))
        if self.salidas <= self.limites.outputs and self.letras <= self.limites.output_chars:
            self.pipe.send(("out", tipo, *datos))

    def figure(self, tipo: str, datos: dict) -> None:
        """Envía lo mostrado con `display` o el valor de la última línea."""
        flush_streams()
        self.bytes_de_figuras += sum(len(v) for k, v in datos.items() if k != "text/plain")
        if self.bytes_de_figuras <= self.limites.output_bytes:
            self.letras += len(datos.get("text/plain", ""))
            self.output(tipo, datos)

    # --- llamadas ---

    def _get(self, nombre: str) -> None:
        """Dice qué es un nombre del cuaderno: una función, un valor o nada."""
        if nombre not in self.shell.user_ns:
            return self.pipe.send(("missing",))
        valor = self.shell.user_ns[nombre]
        if callable(valor):
            return self.pipe.send(("callable",))
        self._answer("value", valor)

    def _call(self, numero: int, nombre: str, argumentos: tuple, opciones: dict) -> None:
        self._evaluate(numero, nombre, argumentos, opciones, lambda f: f(*argumentos, **opciones))

    def _count(self, numero: int, nombre: str, argumentos: tuple, opciones: dict) -> None:
        """Una llamada que no devuelve su resultado, sino cuántos pasos da Python."""

        def contar(funcion):
            # Envuelta: si llevara algo llamado `count_steps`, sería ella quien dijera cuántos.
            return count_steps(lambda *datos: funcion(*datos), *argumentos)

        self._evaluate(numero, nombre, argumentos, opciones, contar)

    def _evaluate(self, numero: int, nombre: str, argumentos: tuple, opciones: dict, usar) -> None:
        antes = _frozen((argumentos, opciones))
        try:
            with _interruptible(), _silent(), guard.closed(tuple(self.prohibido.get(nombre, ()))):
                valor = usar(self.shell.user_ns[nombre])
        except BaseException as error:
            return self.pipe.send(("raised", numero, *_describe(error)))
        cambios = None if _frozen((argumentos, opciones)) == antes else (argumentos, opciones)
        self._answer("returned", numero, valor, cambios, opcional=True)

    def _answer(self, *mensaje, opcional: bool = False) -> None:
        """Envía un valor del estudiante; si no se puede, dice por qué."""
        try:
            datos = frames.dump(mensaje)
        except BaseException as error:
            motivo = (
                f"no se puede entregar: {error}" if isinstance(error, frames.FrameError) else ""
            )
            datos = frames.dump(("unsendable", mensaje[1] if opcional else 0, motivo[:200]))
        self.pipe.send_bytes(datos)

    def _resolve(self, clave: str | int):
        """Una función que viaja en una llamada: una propia (texto) o una del juez (número)."""
        if isinstance(clave, str):
            return self.shell.user_ns[clave]
        return lambda *datos, **opciones: self._call_back(clave, datos, opciones)

    def _call_back(self, clave: int, datos: tuple, opciones: dict):
        self.pipe.send(("callback", clave, datos, opciones))
        estado, valor = self.pipe.receive(self._resolve)
        if estado == "failed":
            nombre, texto = valor
            raise getattr(builtins, nombre, RuntimeError)(texto)
        return valor


def flush_streams() -> None:
    """Envía lo impreso hasta ahora, para que las salidas lleguen en su orden."""
    for flujo in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            flujo.flush()


def _frozen(valor) -> bytes:
    """Bytes de los argumentos, para notar si la función los cambia."""
    with contextlib.suppress(Exception):
        return frames.dump(valor, lambda _: 0)
    return b""


def _without_magic(fuente: str) -> str:
    """El cuerpo de una celda que empieza por `%%…`: IPython lo guardaría como un texto."""
    return fuente.partition("\n")[2] if fuente.lstrip().startswith("%%") else fuente


@contextlib.contextmanager
def _silent():
    """Lo que se imprime durante una llamada no sale: podría llevar los datos de una prueba."""
    nada = io.StringIO()
    with contextlib.redirect_stdout(nada), contextlib.redirect_stderr(nada):
        yield


@contextlib.contextmanager
def _interruptible():
    """El juez avisa con SIGINT de que se acaba el tiempo; fuera de aquí se ignora."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _describe(error: BaseException) -> tuple[list[str], str, str]:
    """Clases de la excepción, de la suya a `BaseException`; su texto; y dónde saltó."""
    clases = [clase.__name__[:80] for clase in type(error).__mro__[:8]]
    try:
        texto = str(error)[:2000]
    except BaseException:
        texto = ""
    return clases, texto, cell_traceback(error)


def cell_traceback(error: BaseException) -> str:
    """El traceback del código del cuaderno, sin lo que hay por debajo."""
    try:
        resumen = traceback.TracebackException.from_exception(error, limit=-20)
        resumen.stack = traceback.StackSummary.from_list(
            [marco for marco in resumen.stack if "course_lib/grading" not in marco.filename]
        )
        return "".join(resumen.format())[-6000:]
    except BaseException:
        return type(error).__name__
