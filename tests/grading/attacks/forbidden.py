"""La convolución ya hecha, alcanzada por un rodeo."""

from grading.attacks.corpus import answers, attack, before

UNA = "r = hecha(x, k)\nreturn r if r.size > 1 else r[0, 0]"


@attack
def direct(cuaderno):
    """Llamarla, sin más."""
    answers(cuaderno, f"from course_lib.ops import conv2d as hecha\n{UNA}")


@attack
def by_modules(cuaderno):
    """sys.modules la da sin que aparezca su nombre."""
    before(cuaderno, "import course_lib.ops")
    answers(
        cuaderno,
        f"import sys\nhecha = vars(sys.modules['course_' + 'lib.ops'])['conv' + '2d']\n{UNA}",
    )


@attack
def by_globals(cuaderno):
    """globals() con el nombre partido."""
    before(cuaderno, "import course_lib as biblioteca")
    answers(cuaderno, f"hecha = vars(globals()['o' + 'ps'])['conv' + '2d']\n{UNA}")


@attack
def by_getattr(cuaderno):
    """getattr y operator con textos hechos a trozos."""
    before(cuaderno, "import course_lib.ops")
    answers(cuaderno, f"""
import operator, sys
hecha = operator.attrgetter("co" + "nv2d")(getattr(sys.modules["course_lib"], "op" + "s"))
{UNA}""")  # fmt: skip


@attack
def a_copy_kept_before(cuaderno):
    """Guardada en una celda anterior dentro de un objeto."""
    before(cuaderno, """
        import sys
        cajon = type("C", (), {})()
        setattr(cajon, "f", vars(sys.modules["course_" + "lib.ops"])["conv" + "2d"])
        """)  # fmt: skip
    answers(cuaderno, f"hecha = cajon.f\n{UNA}")


@attack
def by_run_cell(cuaderno):
    """run_cell ejecuta un texto que nadie ha leído."""
    answers(
        cuaderno, f"get_ipython().run_cell('from course_lib.ops import conv2d as hecha')\n{UNA}"
    )


@attack
def by_exec(cuaderno):
    """exec de un texto cifrado."""
    answers(cuaderno, f"""
import base64, builtins, codecs
orden = codecs.decode("sebz pbhefr_yvo.bcf vzcbeg pbai2q nf urpun", "rot13")
espacio = {{}}
vars(builtins)["ex" + "ec"](orden, espacio)
hecha = espacio["hecha"]
{UNA}""")  # fmt: skip


@attack
def by_import_hook(cuaderno):
    """__import__ sacado de builtins con otro nombre."""
    answers(cuaderno, f"""
import builtins
traer = vars(builtins)["__imp" + "ort__"]
hecha = vars(vars(traer("course_" + "lib.ops"))["ops"])["conv" + "2d"]
{UNA}""")  # fmt: skip


@attack
def the_private_functions(cuaderno):
    """Las piezas privadas con que está hecha."""
    answers(cuaderno, """
        import sys
        total = 0
        for nombre, modulo in list(sys.modules.items()):
            if nombre.startswith("course_lib._ops"):
                for f in list(vars(modulo).values()):
                    if callable(f):
                        try:
                            total = f(x, k)
                            if np.size(total) and np.ndim(total) == 2 and total.dtype.kind == "f":
                                return total if total.size > 1 else total[0, 0]
                        except Exception:
                            pass
        return 0
        """)  # fmt: skip


@attack
def the_layers(cuaderno):
    """Una capa de course_lib.layers hace la misma cuenta."""
    answers(cuaderno, """
        import sys
        vars(sys.modules["course_" + "lib"]).get("layers")
        from course_lib import layers
        capa = layers.Conv2D(1, k.shape)
        capa.kernel = k[..., None, None]
        return capa(x[None, :, :, None])[0, ..., 0]
        """)  # fmt: skip


@attack
def other_libraries(cuaderno):
    """scipy, sin escribir su nombre."""
    before(cuaderno, "traer = __import__\nsenales = traer('sci' + 'py.signal').signal")
    answers(
        cuaderno, "r = senales.correlate2d(x, k, mode='valid')\nreturn r if r.size > 1 else r[0, 0]"
    )


@attack
def copied_code(cuaderno):
    """Una copia de la función con su código de antes, que nadie ha cerrado."""
    before(cuaderno, """
        import sys, types
        f = vars(sys.modules["course_" + "lib.ops"])["conv" + "2d"]
        cajon = [types.FunctionType(f.__code__, f.__globals__, f.__name__, f.__defaults__)]
        cajon[0].__kwdefaults__ = f.__kwdefaults__
        """)  # fmt: skip
    answers(cuaderno, f"hecha = cajon[0]\n{UNA}")


@attack
def in_a_thread(cuaderno):
    """Un hilo que la llama cuando ya no está cerrada."""
    before(cuaderno, """
        import sys, threading, time
        pedidos, hechos = [], {}
        def trabaja():
            f = vars(sys.modules["course_" + "lib.ops"])["conv" + "2d"]
            while True:
                time.sleep(0.005)
                for n, (x, k) in enumerate(list(pedidos)):
                    try:
                        hechos.setdefault(n, f(x, k))
                    except Exception:
                        pass
        threading.Thread(target=trabaja, daemon=True).start()
        """)  # fmt: skip
    answers(cuaderno, """
        import time
        pedidos.append((x.copy(), k.copy()))
        time.sleep(0.05)
        r = hechos.get(len(pedidos) - 1, np.zeros((1, 1)))
        return r if r.size > 1 else r[0, 0]
        """)  # fmt: skip
