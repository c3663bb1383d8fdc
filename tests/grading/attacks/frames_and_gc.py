"""Recorrer la memoria de Python en busca de las pruebas o de lo que esperan."""

from grading.attacks.corpus import answers, attack, hunt


@attack
def callers(cuaderno):
    """Los marcos de quien llama tienen las variables de la prueba."""
    answers(cuaderno, """
        import inspect
        for marco in inspect.stack():
            for nombre, valor in {**marco.frame.f_globals, **marco.frame.f_locals}.items():
                if nombre.startswith("esperad"):
                    return valor
        return 0
        """)  # fmt: skip


@attack
def garbage_collector(cuaderno):
    """gc conoce todos los objetos, también los de quien califica."""
    hunt(cuaderno, """
        import gc
        for objeto in gc.get_objects()[:200_000]:
            if isinstance(objeto, dict):
                for valor in list(objeto.values()):
                    if isinstance(valor, (str, bytes)):
                        busca(valor)
        """)  # fmt: skip


@attack
def expected_arrays(cuaderno):
    """Entre los objetos vivos hay un array con la forma que se espera."""
    answers(cuaderno, """
        import gc
        forma = tuple(a - b + 1 for a, b in zip(x.shape, k.shape))
        for objeto in gc.get_objects():
            if isinstance(objeto, dict):
                for valor in list(objeto.values()):
                    if isinstance(valor, np.ndarray) and valor.shape == forma and valor is not x:
                        return valor
        return 0
        """)  # fmt: skip


@attack
def loaded_modules(cuaderno):
    """sys.modules tiene el calificador, el catálogo y sus referencias."""
    hunt(cuaderno, """
        for nombre, modulo in list(sys.modules.items()):
            for clave, valor in list(getattr(modulo, "__dict__", {}).items()):
                if isinstance(valor, (str, bytes, dict, list, tuple)):
                    busca(repr(valor)[:100_000], nombre)
        """)  # fmt: skip


@attack
def line_cache(cuaderno):
    """linecache e IPython guardan el código de cada celda ejecutada."""
    hunt(cuaderno, """
        import linecache
        busca(repr(linecache.cache))
        ip = get_ipython()
        busca(repr(ip.user_ns))
        busca(repr(ip.history_manager.__dict__))
        busca(repr(getattr(ip, "pupil").__dict__))
        """)  # fmt: skip


@attack
def own_memory(cuaderno):
    """La memoria de la plantilla tendría lo de entregas anteriores, leída con ctypes."""
    hunt(cuaderno, """
        import ctypes, gc
        mapas = ""
        with contextlib.suppress(OSError):
            mapas = open("/proc/self/maps").read()
        for linea in mapas.splitlines():
            if "rw-p" in linea and "heap" in linea:
                desde, hasta = (int(n, 16) for n in linea.split()[0].split("-"))
                busca(ctypes.string_at(desde, min(hasta - desde, 2**26)))
        """)  # fmt: skip


@attack
def catalogue_of_errors(cuaderno):
    """errores.py tiene las referencias: bastaría con importarlo."""
    answers(cuaderno, """
        import sys, pathlib
        for base in [".", "/curso", *sys.path]:
            for ruta in pathlib.Path(base).glob("solutions/*/errores.py"):
                espacio = {}
                exec(ruta.read_text(), espacio)
                return espacio["conv_referencia"](x, k)
        return 0
        """)  # fmt: skip
