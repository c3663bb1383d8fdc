"""Numpy, los assert y lo que se devuelve, cambiados para que cualquier comparación salga bien."""

from grading.attacks.corpus import MAL, after, answers, attack, before, fill


@attack
def replaced_numpy_testing(cuaderno):
    """Las funciones de numpy que comparan pasan a no hacer nada."""
    before(cuaderno, """
        for modulo in (np, np.testing):
            for nombre in dir(modulo):
                if "equal" in nombre or "close" in nombre:
                    setattr(modulo, nombre, lambda *a, **k: True)
        """)  # fmt: skip


@attack
def replaced_checks(cuaderno):
    """course_lib.checks dice siempre que sí."""
    after(cuaderno, """
        from course_lib import checks
        checks.same = lambda *a: True
        checks.check_map = checks.check_value = checks.check_unchanged = lambda *a: None
        checks.difference = lambda *a: None
        """)  # fmt: skip


@attack
def shadowed_names(cuaderno):
    """Los nombres que usan las pruebas son, para el cuaderno, otra cosa."""
    after(cuaderno, """
        class Si:
            __getattr__ = lambda self, n: lambda *a, **k: True
        np = checks = images = ops = Si()
        assert_ = range = zip = all = print = lambda *a, **k: ()
        """)  # fmt: skip


@attack
def shadowed_assertion_error(cuaderno):
    """Si AssertionError no es una excepción, assert lanza otra cosa que se traga alguien."""
    after(cuaderno, """
        import builtins
        AssertionError = builtins.AssertionError = StopIteration
        builtins.__debug__ if False else None
        builtins.abs = builtins.len = builtins.max = lambda *a, **k: 0
        builtins.isinstance = lambda *a: True
        """)  # fmt: skip


@attack
def replaced_operator(cuaderno):
    """numpy compara con ufuncs que se pueden cambiar."""
    after(cuaderno, """
        np.equal = np.not_equal = np.less_equal = lambda *a, **k: np.True_
        np.seterr(all="ignore")
        np.set_printoptions(formatter={"all": lambda v: "4"})
        np.ndarray.__array_function__ if False else None
        """)  # fmt: skip


@attack
def array_always_equal(cuaderno):
    """Una subclase de ndarray cuyo == siempre es verdad."""
    answers(cuaderno, "return np.zeros((3, 3)).view(Igual)", """
        class Igual(np.ndarray):
            __eq__ = __ne__ = __le__ = __ge__ = lambda s, o: np.ones(np.shape(o), bool)
            __array_ufunc__ = lambda s, *a, **k: np.True_
            __array_function__ = lambda s, *a, **k: True
            shape = property(lambda s: (3, 3))
        """)  # fmt: skip


@attack
def object_always_equal(cuaderno):
    """Un objeto que es igual a todo y se convierte en lo que se le pida."""
    answers(cuaderno, "return Igual()", """
        class Igual:
            __eq__ = __bool__ = lambda *a: True
            __ne__ = lambda *a: False
            __float__ = __abs__ = lambda s: 4.0
            __sub__ = __rsub__ = lambda s, o: 0
            __len__ = lambda s: 3
            shape, ndim, dtype, size = (3, 3), 2, np.dtype(float), 9
            __array__ = lambda s, dtype=None, copy=None: np.zeros((3, 3))
        """)  # fmt: skip


@attack
def float_always_equal(cuaderno):
    """Un float que es igual a cualquier otro."""
    answers(cuaderno, "return Igual(7)", """
        class Igual(float):
            __eq__ = lambda s, o: True
            __sub__ = __rsub__ = lambda s, o: 0.0
            __float__ = lambda s: 4.0
            __hash__ = float.__hash__
        """)  # fmt: skip


@attack
def lazy_list(cuaderno):
    """Una lista que decide su contenido cuando la leen por segunda vez."""
    answers(cuaderno, "return Tarde([[4, 3, 4], [2, 4, 3], [2, 3, 0]])", """
        class Tarde(list):
            veces = 0
            def __iter__(self):
                Tarde.veces += 1
                return iter([[4.0]] * Tarde.veces)
            __eq__ = lambda s, o: True
            __len__ = lambda s: 3
        """)  # fmt: skip


@attack
def huge_broadcast(cuaderno):
    """Un array de un byte que al copiarlo ocupa petabytes."""
    answers(cuaderno, "return np.broadcast_to(np.float64(4), (10**5, 10**5, 10**4))")


@attack
def many_dimensions(cuaderno):
    """Un array con más dimensiones de las que numpy puede comparar."""
    answers(cuaderno, "return np.zeros((1,) * 60)")


@attack
def foreign_endianness(cuaderno):
    """Bytes en otro orden: lo que aquí es un número, allí es otro."""
    answers(cuaderno, "return np.asarray(x, '>f8')[:3, :3].byteswap()")


@attack
def masked_array(cuaderno):
    """Lo enmascarado es igual a todo."""
    answers(cuaderno, "return np.ma.masked_all((3, 3))")


@attack
def masked_scalar(cuaderno):
    """np.ma.masked convierte cualquier comparación en nada."""
    answers(cuaderno, "return np.ma.masked")


@attack
def object_dtype(cuaderno):
    """Un array de objetos que son iguales a cualquier número."""
    answers(cuaderno, "return np.array([[Igual()] * 3] * 3, dtype=object)", """
        class Igual:
            __eq__ = lambda s, o: True
            __sub__ = __rsub__ = lambda s, o: 0
            __float__ = lambda s: 4.0
        """)  # fmt: skip


@attack
def structured_dtype(cuaderno):
    """Un array con campos, o de fechas, o de textos: comparaciones con otras reglas."""
    answers(cuaderno, """
        raros = [np.zeros(3, "f8,i4"), np.zeros((3, 3), "M8[s]"), np.full((3, 3), "4"),
                 np.zeros(3, "V8"), np.zeros(3, "S4"), np.rec.array([(1, 2.0)])]
        raros.append(raros.pop(0))
        return raros[int(x.size) % len(raros)]
        """)  # fmt: skip


@attack
def not_a_number(cuaderno):
    """NaN: ni mayor ni menor ni distinto, según cómo se pregunte."""
    answers(cuaderno, "return np.full((3, 3), np.nan) if x.size > 9 else float('nan')")


@attack
def infinities(cuaderno):
    """Infinito menos infinito, y números tan grandes que toda tolerancia es poca."""
    answers(cuaderno, "return np.full((3, 3), np.inf) if x.size > 9 else 1e308 * 10")


@attack
def complex_numbers(cuaderno):
    """La parte real es la buena solo si alguien tira la otra."""
    answers(cuaderno, "return (np.sum(x) + 1j * np.inf) * np.ones((3, 3))")


@attack
def scalar_for_a_map(cuaderno):
    """Un solo número se extiende a toda la forma esperada."""
    answers(cuaderno, "return np.float64(4.0)")


@attack
def shapes_that_broadcast(cuaderno):
    """Formas vacías o con unos, que comparadas con otra dan verdad."""
    answers(cuaderno, "return [np.zeros((0,)), np.zeros((1, 1)), np.zeros((0, 3)), []][x.size % 4]")


@attack
def a_generator(cuaderno):
    """Un generador infinito en vez de un resultado."""
    answers(cuaderno, "return (4 for _ in iter(int, 1))")


@attack
def an_endless_sequence(cuaderno):
    """Una lista que se contiene a sí misma."""
    answers(cuaderno, "a = []\na.append(a)\nreturn a")


@attack
def a_function(cuaderno):
    """Devuelve una función, por si alguien la llama fuera."""
    answers(cuaderno, "return lambda *a: __import__('os').system('touch /tmp/marca_de_ataque')")


@attack
def a_reduce_bomb(cuaderno):
    """Un objeto que ejecuta código cuando lo deshacen con pickle."""
    answers(cuaderno, "return Bomba()", """
        class Bomba:
            def __reduce__(self):
                return (eval, ("__import__('os').system('touch /tmp/marca_de_ataque')",))
            __getstate__ = __reduce__
        """)  # fmt: skip


@attack
def dict_subclass(cuaderno):
    """Un diccionario y un texto que mienten sobre lo que llevan."""
    answers(cuaderno, "return D({T('a'): T('b')})", """
        class T(str):
            encode = lambda s, *a: b"x" * 10**6
            __eq__ = lambda s, o: True
            __hash__ = str.__hash__
        class D(dict):
            items = lambda s: iter([(1, 2)] * 10)
            __len__ = lambda s: 10**9
            __eq__ = lambda s, o: True
        """)  # fmt: skip


@attack
def colliding_keys(cuaderno):
    """Cien mil claves con el mismo hash: guardarlas en un diccionario no acaba nunca."""
    answers(cuaderno, "return PARES", """
        import sys
        PARES = {}
        class Escrito(dict):
            pass
        from course_lib.grading.engine import frames
        def escribir(escritor, letra, valores, nivel, antes=frames._Writer._sequence):
            if letra == b"{":
                primo = (1 << 61) - 1
                valores = [n for i in range(60_000) for n in (i * primo + 1, 0)]
            antes(escritor, letra, valores, nivel)
        frames._Writer._sequence = escribir
        """)  # fmt: skip


@attack
def callable_class(cuaderno):
    """La respuesta es una clase cuya instancia es igual a todo."""
    fill(cuaderno, [
        f"class {f}:\n    def __init__(s, *a): pass\n    __eq__ = lambda s, o: True\n"
        "    shape = (3, 3)\n" for f in ("suma_ponderada", "conv2d_valid")
    ])  # fmt: skip


@attack
def answers_that_are_values(cuaderno):
    """Los nombres de las respuestas son números, textos o arrays."""
    fill(cuaderno, ["suma_ponderada = 4", "conv2d_valid = np.zeros((3, 3))"])


@attack
def half_of_the_signature(cuaderno):
    """Funciones que aceptan cualquier cosa y devuelven lo que reciben."""
    fill(cuaderno, ["suma_ponderada = lambda *a, **k: a", "conv2d_valid = lambda *a, **k: (a, k)"])


@attack
def overloaded_module_attribute(cuaderno):
    """Cambia la referencia con que se calcula lo esperado para que dé lo mismo que la suya."""
    fill(cuaderno, MAL)
    after(cuaderno, """
        from course_lib import ops
        import sys
        for modulo in list(sys.modules.values()):
            if getattr(modulo, "conv2d", None):
                modulo.conv2d = conv2d_valid
        """)  # fmt: skip


@attack
def exceptions_that_are_swallowed(cuaderno):
    """Excepciones con que Python da por terminado un bucle sin quejarse."""
    answers(cuaderno, "raise [StopIteration, GeneratorExit, StopAsyncIteration][x.size % 3]()")


@attack
def exception_groups(cuaderno):
    """Un grupo de excepciones, que se construye con otros argumentos."""
    answers(cuaderno, "raise ExceptionGroup('a', [ValueError(1)])")


@attack
def exceptions_that_do_not_print(cuaderno):
    """Una excepción cuyo texto, clase y traza fallan al mirarlos."""
    answers(cuaderno, "raise Mala()", """
        class Meta(type):
            __name__ = property(lambda s: 1 / 0)
        class Mala(BaseException, metaclass=Meta):
            __str__ = __repr__ = lambda s: 1 / 0
        """)  # fmt: skip


@attack
def the_expected_message(cuaderno):
    """Un AssertionError con una frase de la prueba, para parecer un fallo del docente."""
    answers(cuaderno, "raise AssertionError('El tamaño del mapa no es el correcto')")
