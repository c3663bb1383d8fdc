"""Los datos que se reciben: cambiarlos, contarlos o recordarlos."""

from grading.attacks.corpus import answers, attack, before


@attack
def zeroed_input(cuaderno):
    """Pone la imagen a cero: si lo esperado se calcula después, también será cero."""
    answers(cuaderno, """
        x[...] = 0
        forma = tuple(a - b + 1 for a, b in zip(x.shape, k.shape))
        return np.zeros(forma) if x.shape != k.shape else 0.0
        """)  # fmt: skip


@attack
def zeroed_kernel(cuaderno):
    """Lo mismo con el kernel, por debajo de los permisos del array."""
    answers(cuaderno, """
        k.setflags(write=True)
        k.fill(0)
        forma = tuple(a - b + 1 for a, b in zip(x.shape, k.shape))
        return np.zeros(forma) if x.shape != k.shape else 0.0
        """)  # fmt: skip


@attack
def input_in_place_as_result(cuaderno):
    """Devuelve el mismo array que recibió, para seguir cambiándolo después."""
    answers(
        cuaderno, "guardados.append(x)\nfor g in guardados:\n    g += 1\nreturn x", "guardados = []"
    )


@attack
def reshaped_input(cuaderno):
    """Cambia la forma del array recibido, no sus números."""
    answers(cuaderno, "x.shape = (-1,)\nx.resize((1,), refcheck=False)\nreturn x")


@attack
def later_change(cuaderno):
    """Un hilo cambia lo devuelto mientras lo comparan."""
    answers(cuaderno, """
        import threading
        mapa = np.zeros((3, 3))
        def luego():
            for n in range(200):
                mapa[...] = n % 9
        threading.Thread(target=luego, daemon=True).start()
        return mapa
        """)  # fmt: skip


@attack
def inputs_in_an_exception(cuaderno):
    """El texto del error lleva los datos ocultos a la página de retroalimentación."""
    answers(cuaderno, "raise ValueError('DATOS-OCULTOS ' + repr(x.tolist()))")


@attack
def inputs_in_an_assertion(cuaderno):
    """El mismo, con la excepción que se enseña entera."""
    answers(cuaderno, "raise AssertionError('DATOS-OCULTOS ' + repr(x.tolist()))")


@attack
def inputs_in_a_class_name(cuaderno):
    """Los datos, en el nombre de la clase del error o del objeto devuelto."""
    answers(cuaderno, """
        clase = type("DATOS-OCULTOS " + repr(x.tolist()), (Exception,), {})
        if x.size % 2:
            raise clase
        return clase()
        """)  # fmt: skip


@attack
def printed_inputs(cuaderno):
    """Imprime lo que recibe cada vez que la llaman."""
    answers(cuaderno, """
        import sys
        print("DATOS-OCULTOS", x.tolist(), flush=True)
        print("DATOS-OCULTOS", x.tolist(), file=sys.stderr, flush=True)
        print("DATOS-OCULTOS", file=sys.__stdout__, flush=True)
        return 0
        """)  # fmt: skip


@attack
def displayed_inputs(cuaderno):
    """Los enseña con display, o directamente por la puerta de las salidas."""
    answers(cuaderno, """
        from IPython.display import display
        display("DATOS-OCULTOS " + repr(x.tolist()))
        get_ipython().pupil.output("stream", "stdout", "DATOS-OCULTOS " + repr(x.tolist()))
        return 0
        """)  # fmt: skip


@attack
def inputs_kept_for_the_last_cell(cuaderno):
    """Los guarda y los imprime en la última celda, que no es una prueba."""
    answers(cuaderno, "vistos.append(x.tolist())\nreturn 0", "vistos = []")
    cuaderno["cells"].append(
        {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "id": "fin",
         "source": "print(len(vistos))"}
    )  # fmt: skip


@attack
def keep_the_first_answer(cuaderno):
    """Recuerda lo de la llamada anterior, por si dos pruebas esperan lo mismo."""
    answers(
        cuaderno, "ultimo.append(x)\nreturn ultimo[-2] if len(ultimo) > 1 else x", "ultimo = []"
    )


@attack
def detected_grading(cuaderno):
    """Si nota que la califican, devuelve cualquier cosa que lo diga."""
    answers(cuaderno, """
        import os, sys
        if "course_lib.grading.engine.pupil" in sys.modules or "HOME" in os.environ:
            return True
        return 0
        """)  # fmt: skip


@attack
def seeded_chance(cuaderno):
    """Fija las semillas para que los datos al azar sean los que ya conoce."""
    before(cuaderno, """
        import random
        random.seed(0); np.random.seed(0)
        class Fijo:
            normal = lambda s, *a, size=None, **k: np.zeros(size)
            integers = lambda s, *a, size=None, **k: np.zeros(size, int)
        np.random.default_rng = lambda *a: Fijo()
        """)  # fmt: skip


@attack
def the_visible_cases_by_heart(cuaderno):
    """Solo contesta a lo que está a la vista; ninguna prueba es solo eso."""
    answers(cuaderno, "return TABLA.get(repr(x.tolist()) + repr(k.tolist()), 0.0)", """
        from course_lib import images
        TABLA = {
            repr([[1, 2], [3, 4]]) + repr([[10, 0], [0, -1]]): 6,
            repr([[1, 2, 3], [4, 6, 9]]) + repr([[1, -1]]): [[-1, -1], [-2, -3]],
            repr([[1, 2, 3]]) + repr([[1, 0, -1]]): -2,
            repr([[200, 100], [50, 255]]) + repr([[2, 1], [0, 1]]): 755,
        }
        """)  # fmt: skip
