"""El lado de confianza: arranca la plantilla y le pide un proceso por entrega."""

import contextlib
import dataclasses
import json
import os
import signal
import socket
import subprocess
import time

import numpy as np

from course_lib.grading.engine import bubble, frames
from course_lib.grading.engine.farewell import finish
from course_lib.grading.engine.limits import DEFAULT, Limits
from course_lib.grading.engine.pipe import READY, Late, Pipe, PipeClosed

START_SECONDS = 60
SLICE = 0.2  # cada cuánto se mira cuánto procesador ha gastado


class Death(Exception):
    """El proceso de la entrega ya no está; `reason` dice por qué: tiempo, muerte o mensaje."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Sandbox:
    """Una plantilla en marcha. Se cierra con `close` o al salir de `with`.

    Parameters
    ----------
    limites : Limits
    aislar : bool
        Sin aislamiento, las entregas se ejecutan con los permisos de quien califica.

    Raises
    ------
    bubble.IsolationMissing
        Si hay que aislar y aquí no se puede.
    """

    def __init__(self, limites: Limits = DEFAULT, *, aislar: bool = True) -> None:
        if aislar:
            bubble.check()
        self.limites = limites
        self.mando, suyo = socket.socketpair()
        orden = bubble.command if aislar else bubble.bare_command
        entorno = None if aislar else bubble.bare_environment()
        self.proceso = subprocess.Popen(
            orden(suyo.fileno(), json.dumps(dataclasses.asdict(limites))),
            pass_fds=[suyo.fileno()], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True, env=entorno,
        )  # fmt: skip
        suyo.close()
        self._wait_ready()

    def _wait_ready(self) -> None:
        self.mando.settimeout(START_SECONDS)
        with contextlib.suppress(OSError):
            if self.mando.recv(len(READY)) == READY:
                return
        self.proceso.kill()
        detalle = (self.proceso.stderr.read().strip() or "sin más detalle").splitlines()[-1]
        raise bubble.IsolationMissing(f"No se pudo arrancar el taller ({detalle}). {bubble.AYUDA}")

    def pupil(self) -> "PupilProcess":
        """Un proceso nuevo para una entrega."""
        mio, suyo = socket.socketpair()
        with suyo:
            socket.send_fds(self.mando, [b"+"], [suyo.fileno()])
        return PupilProcess(mio, self.limites)

    def close(self) -> None:
        self.mando.close()  # con esto la plantilla termina sola
        finish(self.proceso)
        self.proceso.stderr.close()

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_) -> None:
        self.close()


class PupilProcess:
    """El proceso de una entrega, visto desde fuera: se le habla, se le vigila y se le mata."""

    def __init__(self, conexion: socket.socket, limites: Limits) -> None:
        self.limites, self.pipe = limites, Pipe(conexion)
        conexion.settimeout(START_SECONDS)
        try:
            datos, descriptores, *_ = socket.recv_fds(conexion, 16, 1)
        except OSError as error:
            raise Death("muerte") from error
        if not descriptores:
            raise Death("muerte")
        conexion.settimeout(None)
        self.pidfd = descriptores[0]
        self.pid = _pid_of(self.pidfd)
        self.usado_antes = 0.0

    def cpu_seconds(self) -> float:
        """Segundos de procesador que lleva gastados."""
        try:
            with open(f"/proc/{self.pid}/stat") as archivo:
                campos = archivo.read().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(campos[11]) + int(campos[12])) / os.sysconf("SC_CLK_TCK")

    def send(self, valor, referir=None) -> None:
        try:
            self.pipe.send(valor, referir)
        except PipeClosed as error:
            raise Death("muerte") from error

    def receive(self, budget: "Budget", resolver=None):
        """El siguiente mensaje, mientras quede tiempo.

        Raises
        ------
        Death
            Si se acaba el tiempo (y entonces se mata), si murió o si lo que llega no se entiende.
        """
        while True:
            try:
                # También aquí: a quien no deja de enviar mensajes nunca habría que esperarle.
                if budget.due() and budget.spent(self):
                    self._stop(budget)
                self.pipe.wait(time.monotonic() + SLICE)
                return checked(self.pipe.receive(resolver, budget.wall_end))
            except Late:
                if budget.spent(self):
                    self._stop(budget)
            except PipeClosed as error:
                raise Death("muerte") from error
            except frames.FrameError as error:
                self.kill()
                raise Death("mensaje") from error

    def _stop(self, budget: "Budget") -> None:
        """Primero se le pide que pare; si no contesta enseguida, se le mata."""
        if budget.warned:
            self.kill()
            raise Death("tiempo")
        budget.warn(self.limites.grace_seconds)
        self.signal(signal.SIGINT)

    def signal(self, cual: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.pidfd, cual)

    def kill(self) -> None:
        """Lo mata, con todo lo que hubiera en su espacio de procesos."""
        if self.pidfd >= 0:
            self.signal(signal.SIGKILL)
            os.close(self.pidfd)
            self.pidfd = -1
        self.pipe.close()


def checked(mensaje) -> tuple:
    """El mensaje, si tiene nombre y donde van palabras y números no hay arrays.

    Comparar un array con una palabra da otro array, y preguntar si es verdad, un error en el juez.

    Raises
    ------
    frames.FrameError
    """
    if not (isinstance(mensaje, tuple) and mensaje and isinstance(mensaje[0], str)):
        raise frames.FrameError("mensaje mal formado")
    hasta = {"out": None, "value": 1}.get(mensaje[0], 2)  # detrás van valores del estudiante
    if any(isinstance(parte, np.ndarray | np.generic) for parte in mensaje[:hasta]):
        raise frames.FrameError("mensaje mal formado")
    return mensaje


def _pid_of(pidfd: int) -> int:
    """El número del proceso visto desde aquí; dentro de la burbuja era otro."""
    with open(f"/proc/self/fdinfo/{pidfd}") as archivo:
        return next(int(linea.split()[1]) for linea in archivo if linea.startswith("Pid:"))


class Budget:
    """El tiempo de una celda o de una prueba: procesador y, con paciencia, reloj."""

    def __init__(self, pupil: PupilProcess, segundos: float) -> None:
        self.cpu_end = pupil.cpu_seconds() + segundos
        self.wall_end = time.monotonic() + segundos * pupil.limites.patience
        self.warned, self.next_look = False, 0.0

    def due(self) -> bool:
        """Si ya toca mirar lo gastado: hacerlo en cada mensaje saldría caro."""
        ahora = time.monotonic()
        if ahora < self.next_look:
            return False
        self.next_look = ahora + SLICE
        return True

    def spent(self, pupil: PupilProcess) -> bool:
        """Si ya no queda."""
        return time.monotonic() >= self.wall_end or (
            not self.warned and pupil.cpu_seconds() >= self.cpu_end
        )

    def warn(self, gracia: float) -> None:
        """Da un último plazo después de pedir que pare."""
        self.warned, self.wall_end = True, time.monotonic() + gracia
