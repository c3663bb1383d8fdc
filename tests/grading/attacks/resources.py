"""Memoria, procesador, tiempo y salidas sin medida."""

from grading.attacks.corpus import after, answers, attack, before

SORDO = "import signal, threading\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"


@attack
def memory_bomb(cuaderno):
    """Memoria hasta que el sistema mate a cualquiera."""
    before(cuaderno, "todo = []\nwhile True:\n    todo.append(np.ones(2**24))")


@attack
def memory_bomb_when_called(cuaderno):
    """La misma, al ser llamada."""
    answers(cuaderno, "return [np.ones(2**22) for _ in iter(int, 1)]")


@attack
def anonymous_maps(cuaderno):
    """Memoria compartida y sin nombre, que no siempre se cuenta."""
    before(cuaderno, """
        import mmap
        todo = []
        while True:
            m = mmap.mmap(-1, 2**26)
            m.write(bytes(2**26))
            todo.append(m)
        """)  # fmt: skip


@attack
def output_bomb(cuaderno):
    """Imprime sin parar."""
    before(cuaderno, "while True:\n    print('x' * 10**6)")


@attack
def many_small_outputs(cuaderno):
    """Cientos de miles de salidas minúsculas."""
    before(cuaderno, "from IPython.display import display\nfor n in range(10**5):\n    display(n)")


@attack
def figure_bomb(cuaderno):
    """Figuras enormes y muchas."""
    before(cuaderno, """
        import matplotlib.pyplot as plt
        for n in range(60):
            plt.figure(figsize=(20, 20))
            plt.imshow(np.random.rand(200, 200))
            plt.show()
        """)  # fmt: skip


@attack
def endless_loop(cuaderno):
    """Un bucle sin fin que no atiende a que lo paren."""
    before(cuaderno, SORDO + "while True:\n    pass")


@attack
def endless_loop_that_swallows(cuaderno):
    """Se traga la interrupción y sigue."""
    answers(cuaderno, """
        while True:
            try:
                while True:
                    pass
            except BaseException:
                pass
        """)  # fmt: skip


@attack
def endless_numpy(cuaderno):
    """Dentro de numpy, donde Python no puede interrumpir."""
    before(cuaderno, SORDO + "a = np.ones((3000, 3000))\nwhile True:\n    a = a @ a * 0 + 1")


@attack
def sleep_in_a_cell(cuaderno):
    """Dormir no gasta procesador."""
    before(cuaderno, SORDO + "import time\ntime.sleep(10_000)")


@attack
def late_answer(cuaderno):
    """Contesta bien, pero siempre después de la hora."""
    answers(cuaderno, "import time\ntime.sleep(30)\nreturn np.sum(x * k)")


@attack
def huge_integer(cuaderno):
    """Un entero de millones de cifras, que cuesta años escribir."""
    answers(cuaderno, "return 10 ** 5_000_000")


@attack
def huge_list(cuaderno):
    """Una lista de millones de números."""
    answers(cuaderno, "return [0.0] * 5_000_000")


@attack
def huge_text(cuaderno):
    """Un texto de cien megas."""
    answers(cuaderno, "return 'x' * 10**8")


@attack
def huge_error(cuaderno):
    """Un error con cincuenta megas de texto."""
    answers(cuaderno, "raise ValueError('x' * 5 * 10**7)")


@attack
def source_that_does_not_compile(cuaderno):
    """Código que desborda al compilador: paréntesis, potencias y una expresión sin fin."""
    after(cuaderno, "(" * 5000 + ")" * 5000)
    after(cuaderno, "a = " + "-" * 100_000 + "1")
    after(cuaderno, "b = 2" + "+1" * 50_000)


@attack
def regular_expression(cuaderno):
    """Una expresión regular que tarda más que el universo."""
    before(cuaderno, SORDO + "import re\nre.match('(a*)*b', 'a' * 40)")


@attack
def a_deadlock(cuaderno):
    """Espera un cerrojo que nadie soltará, con las señales bloqueadas."""
    before(cuaderno, """
        import signal, threading
        signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64))
        cerrojo = threading.Lock()
        cerrojo.acquire()
        cerrojo.acquire()
        """)  # fmt: skip
