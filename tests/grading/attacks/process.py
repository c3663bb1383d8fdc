"""El proceso: morir, matar, multiplicarse o convertirse en otra cosa."""

from grading.attacks.corpus import after, answers, attack, before


@attack
def exit_now(cuaderno):
    """os._exit deja las pruebas sin ejecutar, y sin error."""
    answers(cuaderno, "import os\nos._exit(0)")


@attack
def exit_in_a_cell(cuaderno):
    """os._exit en una celda, antes de todas las pruebas."""
    after(cuaderno, "import os\nos._exit(0)")


@attack
def kill_everyone(cuaderno):
    """SIGKILL a sí mismo, a su padre, a su grupo y a todo lo que pueda."""
    before(cuaderno, """
        import os, signal
        for quien in (os.getppid(), 1, 2, -1, 0):
            for senal in (signal.SIGSTOP, signal.SIGKILL):
                try:
                    os.kill(quien, senal)
                except OSError:
                    pass
        os.kill(os.getpid(), signal.SIGKILL)
        """)  # fmt: skip


@attack
def kill_by_thread(cuaderno):
    """Señales por caminos que un filtro puede olvidar: tgkill, pthread_kill, raise."""
    before(cuaderno, """
        import ctypes, os, signal, threading
        libc = ctypes.CDLL(None)
        for pid in (1, os.getppid()):
            libc.syscall(234, pid, pid, 9)
        signal.pthread_kill(threading.get_ident(), signal.SIGSTOP)
        """)  # fmt: skip


@attack
def fork_bomb(cuaderno):
    """Se multiplica hasta ahogar la máquina."""
    before(cuaderno, """
        import os, subprocess
        hijos = 0
        for _ in range(200):
            try:
                if os.fork() == 0:
                    while True:
                        pass
                hijos += 1
            except OSError:
                pass
        print("hijos", hijos)
        """)  # fmt: skip


@attack
def thread_bomb(cuaderno):
    """Hilos sin fin que no dejan procesador a nadie."""
    before(cuaderno, """
        import threading
        def vueltas():
            while True:
                pass
        for _ in range(2000):
            threading.Thread(target=vueltas, daemon=True).start()
        """)  # fmt: skip


@attack
def another_program(cuaderno):
    """Se convierte en otro programa, o lo arranca."""
    before(cuaderno, """
        import os, subprocess
        for orden in (["/bin/sh", "-c", "touch /tmp/marca_de_ataque; echo ARRANCADO"], ["/bin/ls"]):
            try:
                print(subprocess.run(orden, capture_output=True, text=True).stdout)
            except OSError as error:
                print(type(error).__name__)
        """)  # fmt: skip
    after(cuaderno, "import os\nos.execv('/bin/sleep', ['sleep', '100'])")


@attack
def shell_magics(cuaderno):
    """Los atajos de IPython hacia el sistema."""
    before(cuaderno, "get_ipython().system('echo ARRANCADO; sleep 100 &')")
    after(cuaderno, "!echo ARRANCADO\n%sx sleep 100")


@attack
def spawned(cuaderno):
    """posix_spawn, multiprocessing y concurrent: procesos por otras puertas."""
    before(cuaderno, """
        import multiprocessing, os
        try:
            os.posix_spawn("/bin/sleep", ["sleep", "100"], {})
        except OSError as error:
            print(type(error).__name__)
        p = multiprocessing.get_context("fork").Process(target=print)
        p.start()
        """)  # fmt: skip


@attack
def tracing(cuaderno):
    """ptrace y process_vm_readv sobre la plantilla."""
    before(cuaderno, """
        import ctypes, os
        libc = ctypes.CDLL(None)
        for pid in (1, 2, os.getppid()):
            print("ptrace", libc.ptrace(16, pid, 0, 0))
        print("vm", libc.syscall(310, 1, 0, 0, 0, 0, 0))
        """)  # fmt: skip


@attack
def segmentation_fault(cuaderno):
    """Lee de la dirección cero al ser llamada."""
    answers(cuaderno, "import ctypes\nreturn ctypes.string_at(0)")


@attack
def native_code(cuaderno):
    """Sobrescribe un entero pequeño: en su Python, cuatro pasa a valer cinco."""
    before(cuaderno, """
        import ctypes
        ctypes.memmove(id(4) + 24, id(5) + 24, 4)
        """)  # fmt: skip


@attack
def system_exit(cuaderno):
    """sys.exit y exit en celdas y en llamadas."""
    after(cuaderno, "import sys\nsys.exit(0)")
    answers(cuaderno, "exit() if x.size > 9 else quit()")


@attack
def abort(cuaderno):
    """abort deja un volcado de memoria y una señal."""
    answers(cuaderno, "import os\nos.abort()")


@attack
def deep_recursion(cuaderno):
    """Recursión sin fondo, con el límite de Python quitado."""
    answers(cuaderno, "return hondo(0)", """
        import sys
        sys.setrecursionlimit(10**9)
        def hondo(n):
            return hondo(n + 1)
        """)  # fmt: skip


@attack
def parent_death_signal(cuaderno):
    """Quita la señal que lo mata con su padre, para quedarse cuando todo acabe."""
    before(cuaderno, """
        import ctypes, os, signal
        libc = ctypes.CDLL(None)
        print("prctl", libc.prctl(1, 0, 0, 0, 0), libc.prctl(36, 1, 0, 0, 0))
        for s in range(1, 65):
            try:
                signal.signal(s, signal.SIG_IGN)
            except (OSError, ValueError):
                pass
        try:
            os.setsid()
        except OSError:
            pass
        """)  # fmt: skip


@attack
def raised_limits(cuaderno):
    """Sube sus propios límites y su prioridad."""
    before(cuaderno, """
        import os, resource
        for cual in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_NPROC):
            try:
                resource.setrlimit(cual, (resource.RLIM_INFINITY,) * 2)
                print("LIMITE subido", cual)
            except (OSError, ValueError):
                pass
        try:
            os.nice(-20)
            print("LIMITE de prioridad")
        except OSError:
            pass
        """)  # fmt: skip
