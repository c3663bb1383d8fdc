"""El idioma de la tubería entre el juez y la entrega: valores sencillos en bytes, sin `pickle`.

Un mensaje es un valor (casi siempre una tupla que empieza por su nombre) precedido de su longitud.
Cada valor es una letra y sus datos; descifrar no ejecuta nada y lo que no se entiende es un
`FrameError`. Lo que se descifra es siempre de Python o un `ndarray` corriente: ni subclases, ni
memoria compartida, ni otro orden de bytes.
"""

from course_lib.grading.engine.decoder import load
from course_lib.grading.engine.encoder import dump
from course_lib.grading.engine.values import MAX_BYTES, FrameError, Opaque, Reference

__all__ = ["MAX_BYTES", "FrameError", "Opaque", "Reference", "dump", "load"]
