"""El proceso de un juez: recibe trabajos por la entrada estándar y devuelve resultados.

Lo arranca `workshop`; los dos lados son de confianza, y por eso aquí sí se usa `pickle`. El código
de las entregas nunca llega a este proceso: va a la burbuja que él tiene abierta.
"""

import importlib
import os
import pickle
import signal
import sys
import threading

from course_lib.grading.engine import light, linux  # noqa: F401
from course_lib.grading.engine.bubble import IsolationMissing
from course_lib.grading.engine.sandbox import Sandbox

JUEZ = "course_lib.grading.engine.grader"


def main() -> None:
    if sys.platform == "linux":
        linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C es para quien manda
    entrada = sys.stdin.buffer
    salida = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # lo que alguien imprima no se mezcla con los resultados
    limites, aislar = pickle.load(entrada)
    # Lo que importa el juez, mientras arranca la plantilla.
    threading.Thread(target=importlib.import_module, args=(JUEZ,)).start()
    try:
        sandbox = Sandbox(limites, aislar=aislar)
    except IsolationMissing as error:
        return reply(salida, error)
    reply(salida, None)
    with sandbox:
        serve(entrada, salida, sandbox)


def serve(entrada, salida, sandbox: Sandbox) -> None:
    """Califica lo que llega hasta que se cierra la entrada."""
    from course_lib.grading.engine.grader import grade_job

    while True:
        try:
            job = pickle.load(entrada)
        except EOFError:
            return
        reply(salida, grade_job(job, sandbox))


def reply(salida, valor) -> None:
    pickle.dump(valor, salida)
    salida.flush()


if __name__ == "__main__":
    main()
