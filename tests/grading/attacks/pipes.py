"""La tubería con el juez: respuestas falsas, adelantadas, imposibles o a medias."""

from grading.attacks.corpus import answers, attack, before

TUBO = "import struct, sys, time\ntubo = get_ipython().pupil.pipe\n"


def forge(cuaderno, codigo: str) -> None:
    """El mismo código de tubería en una celda y en cada llamada."""
    answers(cuaderno, f"{codigo}\nreturn 0.0", TUBO)


@attack
def verdict_by_pipe(cuaderno):
    """Si la tubería llevara la nota, bastaría con escribirla."""
    forge(cuaderno, "tubo.send(('verdict', True, 10)); tubo.send(('passed',))")


@attack
def replies_ahead_of_time(cuaderno):
    """Cien respuestas preparadas antes de que se pregunte."""
    before(cuaderno, TUBO + """
for n in range(100):
    tubo.send(("returned", n, 4.0, None))
""")  # fmt: skip


@attack
def done_ahead_of_time(cuaderno):
    """Da por terminada la celda y contesta ya a las preguntas siguientes."""
    before(cuaderno, TUBO + """
for _ in range(4):
    tubo.send(("done", True))
for n in range(40):
    tubo.send(("callable",))
    tubo.send(("returned", n, 4.0, None))
""")  # fmt: skip


@attack
def wrong_call_numbers(cuaderno):
    """Respuestas con el número de otra llamada, o con un número que no lo es."""
    forge(cuaderno, "[tubo.send(('returned', n, 4.0, None)) for n in (-1, 10**9, 'x', None, 1.0)]")


@attack
def numbers_that_are_arrays(cuaderno):
    """Un array donde va un número: compararlo lanza un error en el juez."""
    forge(cuaderno, "tubo.send(('returned', np.arange(3), 4.0, None))")


@attack
def done_as_an_array(cuaderno):
    """Un array donde va una palabra, mientras se ejecuta una celda."""
    before(cuaderno, TUBO + "tubo.send((np.arange(3), True))")


@attack
def a_bare_array(cuaderno):
    """El mensaje entero es un array."""
    before(cuaderno, TUBO + "tubo.send(np.arange(3))")


@attack
def output_as_an_array(cuaderno):
    """La clase de salida es un array."""
    before(cuaderno, TUBO + "tubo.send(('out', np.arange(3), np.arange(3)))")


@attack
def an_empty_message(cuaderno):
    """Un mensaje sin nada dentro."""
    forge(cuaderno, "tubo.send(()); tubo.send(None)")


@attack
def scanned_again(cuaderno):
    """La respuesta al examen del código, con otra forma, para cuando se vuelva a empezar."""
    before(
        cuaderno, TUBO + "[tubo.send(m) for m in (('scanned',), ('scanned', 5), ('scanned', {}))]"
    )


@attack
def garbage(cuaderno):
    """Bytes al azar donde va un mensaje."""
    forge(cuaderno, "tubo.socket.sendall(b'\\xff\\x00\\x01(' * 5000)")


@attack
def gigantic_length(cuaderno):
    """Anuncia cuatro gigas y no los manda."""
    forge(cuaderno, "tubo.socket.sendall(struct.pack('<I', 2**32 - 1)); time.sleep(0.2)")


@attack
def gigantic_array(cuaderno):
    """Anuncia un array de 2**200 elementos, o de cero por infinito."""
    forge(cuaderno, """
datos = b"ad" + struct.pack("<B4Q", 4, 2**63, 2**63, 0, 2**63)
tubo.socket.sendall(struct.pack("<I", len(datos)) + datos)
""".strip())  # fmt: skip


@attack
def deep_nesting(cuaderno):
    """Diez millones de listas, cada una dentro de otra."""
    forge(cuaderno, """
datos = struct.pack("<cI", b"[", 1) * 2_000_000
tubo.socket.sendall(struct.pack("<I", len(datos)) + datos)
""".strip())  # fmt: skip


@attack
def many_empty_lists(cuaderno):
    """Millones de listas vacías en pocos bytes."""
    forge(cuaderno, """
datos = struct.pack("<cI", b"[", 290_000) + struct.pack("<cI", b"[", 0) * 290_000
tubo.socket.sendall(struct.pack("<I", len(datos)) + datos)
""".strip())  # fmt: skip


@attack
def half_a_message(cuaderno):
    """Medio mensaje, y a dormir."""
    forge(cuaderno, "tubo.socket.sendall(struct.pack('<I', 100) + b'('); time.sleep(60)")


@attack
def drop_by_drop(cuaderno):
    """Un byte cada rato, para que el reloj nunca parezca parado."""
    forge(cuaderno, """
tubo.socket.sendall(struct.pack("<I", 10_000))
for _ in range(10_000):
    tubo.socket.sendall(b"["); time.sleep(0.05)
""".strip())  # fmt: skip


@attack
def endless_outputs(cuaderno):
    """Salidas válidas sin fin, directamente por la tubería."""
    before(cuaderno, TUBO + """
while True:
    tubo.send(("out", "stream", "stdout", "x" * 1_000_000))
""")  # fmt: skip


@attack
def endless_clears(cuaderno):
    """Borrar las salidas sin parar nunca llega al máximo de salidas."""
    before(cuaderno, TUBO + """
while True:
    tubo.send(("out", "clear"))
""")  # fmt: skip


@attack
def closed_pipe(cuaderno):
    """Cierra la tubería y espera que el silencio cuente como acierto."""
    forge(cuaderno, "tubo.socket.close()")


@attack
def closed_descriptors(cuaderno):
    """Cierra todos los descriptores, sean de quien sean."""
    before(cuaderno, "import os\nos.closerange(0, 1000)")


@attack
def descriptor_search(cuaderno):
    """Busca otros sockets abiertos, el de la plantilla o los de otras entregas, y escribe."""
    before(cuaderno, """
        import os, socket, stat
        for fd in range(3, 200):
            try:
                if stat.S_ISSOCK(os.fstat(fd).st_mode):
                    os.write(fd, b"+" * 50)
                    print("escrito en", fd)
            except OSError:
                pass
        """)  # fmt: skip


@attack
def sent_descriptors(cuaderno):
    """Manda descriptores por la tubería para agotar los del juez."""
    before(cuaderno, TUBO + """
import socket
while True:
    socket.send_fds(tubo.socket, [b"\\x01\\x00\\x00\\x00N"], [0, 1, 2] * 20)
""")  # fmt: skip


@attack
def fake_callbacks(cuaderno):
    """Pide al juez que llame a funciones que nadie le pasó."""
    forge(cuaderno, """
for clave in (0, 1, -1, 10**20, "exit", None):
    tubo.send(("callback", clave, (), {}))
""".strip())  # fmt: skip


@attack
def callbacks_with_odd_names(cuaderno):
    """Argumentos con nombres que no son textos."""
    forge(cuaderno, "tubo.send(('callback', 0, (np.zeros(3),), {'__class__': 1, 'self': 2}))")


@attack
def references_to_the_judge(cuaderno):
    """Devuelve una referencia a una función que el juez resolvería por su nombre."""
    answers(cuaderno, "return frames.Reference('__import__')", """
        from course_lib.grading.engine import frames
        """)  # fmt: skip


@attack
def false_changes(cuaderno):
    """Dice que la llamada cambió los argumentos, y en qué: así se iguala lo esperado."""
    answers(cuaderno, """
        import sys
        numero = sys._getframe(1).f_locals.get("numero", 0)
        cambios = ((np.zeros_like(x), np.zeros_like(k)), {})
        tubo.send(("returned", numero, 0.0 * k[0, 0], cambios))
        """, TUBO)  # fmt: skip


@attack
def changes_with_other_shapes(cuaderno):
    """Argumentos cambiados por otros de otra clase, forma o cantidad."""
    answers(cuaderno, """
        import sys
        numero = sys._getframe(1).f_locals.get("numero", 0)
        tubo.send(("returned", numero, 0.0, [{"a": [x] * 50}, (None,), np.zeros((0, 5))]))
        """, TUBO)  # fmt: skip


@attack
def a_name_that_is_a_value(cuaderno):
    """Contesta con un valor cuando se pregunta por un nombre de las pruebas."""
    before(cuaderno, """
        from course_lib.grading.engine.pupil import Pupil
        Pupil._get = lambda s, nombre: s.pipe.send(("value", {"conv2d": 1, "same": True}))
        """)  # fmt: skip


@attack
def exceptions_by_pipe(cuaderno):
    """Una excepción con nombres de clases del juez y de Python."""
    forge(cuaderno, """
import sys
numero = sys._getframe(1).f_locals.get("numero", 0)
for clases in (["StudentStopped"], ["SystemExit"], ["ExceptionGroup"], ["UnicodeDecodeError"], []):
    tubo.send(("raised", numero, clases, "x" * 9000, "y" * 9000))
""".strip())  # fmt: skip
