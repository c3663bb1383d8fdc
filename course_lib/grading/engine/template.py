"""La plantilla: importa una vez lo que todas las entregas usan y se bifurca para cada una.

Se ejecuta dentro de la burbuja (`bubble.py`) como

    python -m course_lib.grading.engine.template <descriptor> <límites en JSON> <aislar: 0 o 1>

y por ese descriptor recibe, en cada mensaje, la tubería de una entrega.
"""

import contextlib
import gc
import json
import os
import socket
import sys
import traceback

from course_lib.grading.engine import linux, lockdown
from course_lib.grading.engine.limits import Limits
from course_lib.grading.engine.pipe import READY, Pipe
from course_lib.grading.engine.pupil import Pupil
from course_lib.grading.engine.shell import make_shell, redirect_streams

NOBODY = 65534


def main() -> None:
    descriptor, texto, aislar = sys.argv[1:]
    if os.geteuid() == 0 and aislar == "1":
        _stop_being_root()
    mando = socket.socket(fileno=int(descriptor))
    limites = Limits(**json.loads(texto))
    shell = make_shell()
    _warm_up(shell)
    filtro = lockdown.system_call_filter() if aislar == "1" else None
    gc.collect()
    gc.freeze()  # lo importado no se vuelve a recorrer, y sus páginas siguen compartidas
    mando.sendall(READY)
    while True:
        datos, descriptores, *_ = socket.recv_fds(mando, 1, 1)
        if not datos:
            return
        _fork(socket.socket(fileno=descriptores[0]), mando, shell, limites, filtro)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


def _stop_being_root() -> None:
    """Fuera de la burbuja, root es root también aquí: mejor no ser nadie."""
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    linux.prctl(linux.PR_SET_DUMPABLE, 1)  # sin esto, /proc/self seguiría siendo de root


def _warm_up(shell) -> None:
    """Paga una vez lo que matplotlib y numpy dejan para la primera figura y el primer uso."""
    import numpy as np

    from course_lib import layers, ops  # noqa: F401  # las que `guard` cierra en cada entrega

    class Nobody:
        output = figure = staticmethod(lambda *_: None)

    shell.pupil = Nobody()
    np.random.default_rng(0), np.fft, np.linalg, np.testing, np.ma
    shell.run_cell(WARM_UP, store_history=False)
    shell.reset(new_session=False)
    shell.pupil = None


WARM_UP = """
import matplotlib.pyplot as plt
import numpy as np
figura, (a, b) = plt.subplots(1, 2, figsize=(7, 3))
_ = figura.colorbar(a.imshow(np.random.rand(8, 8), cmap="gray"))
a.set_title("áéíóú ñ 0123456789"); b.plot([0, 1, 2], label="x"); b.legend(); b.set_xlabel("eje")
b.hist(np.arange(9.0)); b.text(0, 0, "$w_1 P_1$")
plt.show()
"""


def _fork(conexion: socket.socket, mando: socket.socket, shell, limites, filtro) -> None:
    """Un hijo para esta entrega; si hay filtro, a través de un guardián que lo separa del resto."""
    if os.fork():
        return conexion.close()
    try:
        mando.close()
        if filtro is not None:
            lockdown.separate()
        hijo = os.fork()
        if hijo:
            _guard(hijo, conexion)
        else:
            _become_pupil(conexion, shell, limites, filtro)
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)  # fallar aquí es cosa nuestra, no de la entrega
    finally:
        os._exit(0)


def _guard(hijo: int, conexion: socket.socket) -> None:
    """Da al juez con qué matar al hijo y espera a que acabe."""
    socket.send_fds(conexion, [str(hijo).encode()], [os.pidfd_open(hijo)])
    conexion.close()
    os.waitpid(hijo, 0)


def _become_pupil(conexion: socket.socket, shell, limites: Limits, filtro) -> None:
    lockdown.limit_resources(limites)
    if filtro is not None:
        lockdown.private_disk(limites)
        lockdown.seal(filtro)
    nada = os.open("/dev/null", os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nada, descriptor)
    redirect_streams(shell)
    Pupil(Pipe(conexion), shell, limites).serve()


if __name__ == "__main__":
    main()
