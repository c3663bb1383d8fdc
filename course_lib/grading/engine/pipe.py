"""Una tubería de mensajes: longitud y bytes, con la hora a la que se deja de esperar."""

import select
import socket
import struct
import time

from course_lib.grading.engine import frames

HEADER = struct.Struct("<I")
READY = b"lista"  # lo que dice la plantilla cuando ya se puede bifurcar


class PipeClosed(ConnectionError):
    """El otro lado ya no está."""


class Late(TimeoutError):
    """No llegó nada a tiempo."""


class Pipe:
    """Un extremo de un `socketpair` que envía y recibe valores de `frames`.

    Parameters
    ----------
    conexion : socket.socket
    """

    def __init__(self, conexion: socket.socket) -> None:
        self.socket = conexion

    def send(self, valor, referir=None) -> None:
        """Envía un valor.

        Raises
        ------
        PipeClosed
            Si el otro lado se ha ido.
        """
        self.send_bytes(frames.dump(valor, referir))

    def send_bytes(self, datos: bytes) -> None:
        """Envía un valor ya cifrado."""
        try:
            self.socket.sendall(HEADER.pack(len(datos)) + datos)
        except OSError as error:
            raise PipeClosed from error

    def receive(self, resolver=None, hasta: float | None = None):
        """Espera un valor, como mucho hasta esa hora de `time.monotonic`.

        Raises
        ------
        Late, PipeClosed, frames.FrameError
        """
        return frames.load(self.receive_bytes(hasta), resolver)

    def receive_bytes(self, hasta: float | None = None) -> bytes:
        """Espera un mensaje y devuelve sus bytes sin descifrar."""
        (longitud,) = HEADER.unpack(self._exactly(HEADER.size, hasta))
        if longitud > frames.MAX_BYTES:
            raise frames.FrameError("es demasiado grande")
        return self._exactly(longitud, hasta)

    def _exactly(self, cuantos: int, hasta: float | None) -> bytes:
        partes = []
        while cuantos:
            if hasta is not None:
                self.wait(hasta)
            try:
                trozo = self.socket.recv(min(cuantos, 2**20))
            except OSError as error:
                raise PipeClosed from error
            if not trozo:
                raise PipeClosed
            partes.append(trozo)
            cuantos -= len(trozo)
        return b"".join(partes)

    def wait(self, hasta: float) -> None:
        """Espera a que haya algo que leer."""
        if not select.select([self.socket], [], [], max(0.0, hasta - time.monotonic()))[0]:
            raise Late

    def close(self) -> None:
        self.socket.close()
