"""Ganchos de IPython y de Python que se disparan cuando el kernel ejecuta una prueba."""

from grading.attacks.corpus import after, answers, attack, before


@attack
def cell_events(cuaderno):
    """Un aviso de IPython se ejecuta después de cada celda, también de las pruebas."""
    before(cuaderno, """
        def borrar(resultado):
            resultado.error_in_exec = None
            print(resultado.info.raw_cell)
        get_ipython().events.register("post_run_cell", borrar)
        """)  # fmt: skip


@attack
def input_transformer(cuaderno):
    """Un transformador convierte cada celda en pass antes de que se compile."""
    before(cuaderno, """
        get_ipython().input_transformers_post.append(lambda lineas: ["pass\\n"])
        get_ipython().input_transformers_cleanup.append(lambda lineas: ["pass\\n"])
        """)  # fmt: skip


@attack
def ast_transformer(cuaderno):
    """Un transformador del árbol quita los assert."""
    before(cuaderno, """
        import ast
        class SinAssert(ast.NodeTransformer):
            def visit_Assert(self, nodo):
                return ast.copy_location(ast.Pass(), nodo)
        get_ipython().ast_transformers.append(SinAssert())
        """)  # fmt: skip


@attack
def display_hook(cuaderno):
    """sys.displayhook y builtins._ devuelven siempre la nota máxima."""
    before(cuaderno, """
        import sys
        sys.displayhook = lambda valor: print("10")
        sys.excepthook = lambda *a: None
        get_ipython().displayhook.write_format_data = lambda *a: None
        """)  # fmt: skip


@attack
def silent_tracebacks(cuaderno):
    """Si los errores no se enseñan, nbgrader no los ve."""
    before(cuaderno, """
        ip = get_ipython()
        ip.showtraceback = ip.showsyntaxerror = ip._show = lambda *a, **k: None
        ip.set_custom_exc((BaseException,), lambda *a, **k: [])
        """)  # fmt: skip


@attack
def replaced_run_cell(cuaderno):
    """El intérprete entero pasa a decir que todo fue bien."""
    before(cuaderno, """
        class Bien:
            success, result, error_in_exec, error_before_exec = True, 10, None, None
        type(get_ipython()).run_cell = lambda *a, **k: Bien()
        """)  # fmt: skip


@attack
def redefined_magics(cuaderno):
    """Las órdenes %… y la orden de ejecutar celdas, cambiadas por otras."""
    before(cuaderno, """
        from IPython.core.magic import register_cell_magic, register_line_magic
        for nombre in ("time", "timeit", "matplotlib", "capture"):
            register_line_magic(nombre)(lambda *a: 10)
            register_cell_magic(nombre)(lambda *a: 10)
        """)  # fmt: skip
    after(cuaderno, "%%capture\nraise SystemExit")


@attack
def trace_the_tests(cuaderno):
    """sys.settrace ve las variables de quien llama, lo esperado entre ellas."""
    answers(cuaderno, """
        import sys
        marco = sys._getframe()
        while marco:
            for nombre in ("esperado", "esperada"):
                if nombre in marco.f_locals:
                    return marco.f_locals[nombre]
            marco = marco.f_back
        return 0
        """, """
        import sys, threading
        def espia(marco, suceso, valor):
            if "esperado" in marco.f_locals:
                print(marco.f_locals["esperado"])
            return espia
        sys.settrace(espia)
        threading.settrace(espia)
        """)  # fmt: skip


@attack
def profile_returns(cuaderno):
    """sys.setprofile ve lo que devuelve cada función de numpy, también la que compara."""
    before(cuaderno, """
        import sys
        def espia(marco, suceso, valor):
            if suceso == "return" and marco.f_code.co_name in ("same", "conv2d"):
                print(valor)
        sys.setprofile(espia)
        """)  # fmt: skip


@attack
def at_exit(cuaderno):
    """Lo apuntado con atexit se ejecuta cuando ya nadie mira."""
    before(cuaderno, """
        import atexit, os
        atexit.register(lambda: [open("/tmp/marca_de_ataque", "w"), os.kill(os.getppid(), 9)])
        """)  # fmt: skip


@attack
def import_hooks(cuaderno):
    """Un buscador de módulos da un numpy.testing y un course_lib propios."""
    before(cuaderno, """
        import sys, types
        class Todo:
            def find_spec(self, nombre, ruta=None, destino=None):
                print("se importa", nombre)
                return None
        sys.meta_path.insert(0, Todo())
        for nombre in [n for n in sys.modules if n.startswith("course_lib")]:
            sys.modules[nombre] = types.ModuleType(nombre)
        """)  # fmt: skip


@attack
def signal_handlers(cuaderno):
    """Una alarma cambia las respuestas a mitad de una prueba."""
    before(cuaderno, """
        import signal
        def otra(*_):
            raise SystemExit(0)
        signal.signal(signal.SIGALRM, otra)
        signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)
        """)  # fmt: skip


@attack
def audit_and_monitoring(cuaderno):
    """Un gancho de auditoría que no se puede quitar y falla con todo."""
    before(cuaderno, """
        import sys
        def nada(suceso, datos):
            if suceso in ("compile", "exec"):
                raise RuntimeError("no")
        sys.addaudithook(nada)
        """)  # fmt: skip


@attack
def user_namespace_that_lies(cuaderno):
    """El espacio de nombres es un diccionario que contesta a todo lo que se le pide."""
    before(cuaderno, """
        class Todo(dict):
            def __contains__(self, clave):
                return True
            def __missing__(self, clave):
                return lambda *a, **k: True
        ip = get_ipython()
        ip.user_ns = Todo(ip.user_ns)
        """)  # fmt: skip
