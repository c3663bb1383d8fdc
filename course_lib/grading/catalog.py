"""El catálogo de una unidad: referencias, respuestas correctas y errores típicos.

Cada `errores.py` crea un `Exercise` por función calificada y registra en él
implementaciones completas, tal como las escribiría un estudiante:

    conv2d_valid = Exercise("conv2d_valid")

    @conv2d_valid.misconception("kernel-girado", "Kernel girado 180°", hint="…")
    def conv2d_valid_girado(imagen, kernel): ...
"""

import importlib.util
import inspect
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

# Bibliotecas con la convolución hecha, y las puertas por las que se llegaría a ellas.
YA_HECHAS = (
    *("course_lib.ops", "course_lib.layers", "course_lib._ops", "scipy", "skimage", "sklearn"),
    *("cv2", "torch", "tensorflow", "keras", "jax", "PIL", "onnxruntime"),
    *("importlib", "__import__", "eval", "exec"),
)


@dataclass(frozen=True)
class Implementation:
    """Una manera, correcta o no, de escribir la función de un ejercicio."""

    id: str
    name: str
    function: Callable
    hint: str = ""
    section: str = ""

    def source(self, nombre: str) -> str:
        """Código de la función, sin decorador y con el nombre que pide el ejercicio."""
        codigo = textwrap.dedent(inspect.getsource(self.function))
        # La primera línea que empieza por `def`: antes solo está el decorador.
        return re.sub(r"\A.*?^def \w+", f"def {nombre}", codigo, count=1, flags=re.M | re.S)


@dataclass
class Exercise:
    """Una función calificada y todo lo que se sabe de cómo se responde.

    Parameters
    ----------
    name : str
        Nombre de la función que escribe el estudiante.
    forbidden : tuple of str
        Módulos y nombres que la respuesta no puede usar: la darían hecha.
    unique : bool
        Si para cada dato hay un solo resultado correcto. Con False, las pruebas miran
        propiedades, y dos respuestas correctas pueden devolver cosas distintas.
    section : str
        El título de la parte de la lección que conviene releer si algo falla.
    """

    name: str
    forbidden: tuple[str, ...] = YA_HECHAS
    unique: bool = True
    section: str = ""
    reference: Implementation | None = None
    alternatives: list[Implementation] = field(default_factory=list)
    misconceptions: list[Implementation] = field(default_factory=list)
    sources: list[Callable] = field(default_factory=list)
    view: Callable | None = None

    @property
    def correct(self) -> list[Implementation]:
        """La referencia y las demás respuestas que deben obtener todos los puntos."""
        return [self.reference, *self.alternatives]

    def find(self, ident: str) -> Implementation:
        """La implementación con ese `id`."""
        todas = {i.id: i for i in (*self.correct, *self.misconceptions)}
        if ident not in todas:
            raise ValueError(
                f"El ejercicio «{self.name}» no tiene ninguna implementación «{ident}». "
                f"Las hay con estos id: {', '.join(todas)}."
            )
        return todas[ident]

    def is_reference(self, function: Callable) -> Callable:
        """Decorador: la solución de referencia."""
        self.reference = Implementation("referencia", "Solución de referencia", function)
        return function

    def alternative(self, ident: str, name: str) -> Callable:
        """Decorador: otra respuesta correcta, escrita de otra manera."""
        return self._register(self.alternatives, ident, name)

    def misconception(self, ident: str, name: str, *, hint: str, section: str = "") -> Callable:
        """Decorador: un error típico, con la pista que orienta sin dar la respuesta.

        `section` es la parte de la lección que lo explica, si no es la del ejercicio.
        """
        return self._register(self.misconceptions, ident, name, hint, section)

    def probes(self, function: Callable) -> Callable:
        """Decorador: de dónde salen más datos para el diagnóstico, si no bastan los de siempre.

        Recibe un generador de números al azar y da tuplas de argumentos. Sin él, se inventan datos
        parecidos a los de las pruebas; los que no sirven para todas las respuestas correctas se
        descartan solos.
        """
        self.sources.append(function)
        return function

    def observed(self, function: Callable) -> Callable:
        """Decorador: qué se mira de un resultado cuando hay muchos correctos (`unique=False`).

        Recibe los argumentos y el resultado, y da algo que es igual en todas las respuestas
        correctas: con qué ventanas se enciende un detector, el producto de dos factores…
        """
        self.view = lambda call, valor: function(*call.args, resultado=valor, **call.kwargs)
        return function

    @property
    def comparable(self) -> bool:
        """Si de cada dato sale lo mismo en todas las respuestas correctas."""
        return self.unique or self.view is not None

    @staticmethod
    def _register(lista: list, ident: str, name: str, *otros: str) -> Callable:
        def registrar(function: Callable) -> Callable:
            lista.append(Implementation(ident, name, function, *otros))
            return function

        return registrar


def load_catalog(unidad: Path) -> dict[str, Exercise]:
    """Ejercicios que define el `errores.py` de una unidad, por nombre de función.

    Parameters
    ----------
    unidad : Path
        Carpeta de la unidad dentro de `solutions/`.

    Raises
    ------
    FileNotFoundError
        Si la unidad no tiene `errores.py`.
    """
    ruta = unidad / "errores.py"
    if not ruta.exists():
        raise FileNotFoundError(
            f"La unidad «{unidad.name}» no tiene errores.py. Créalo con la referencia y "
            "al menos tres errores típicos (CONTRIBUTING.md, paso 2)."
        )
    spec = importlib.util.spec_from_file_location(f"errores_{unidad.name}", ruta)
    modulo = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(modulo)
    return {e.name: e for e in vars(modulo).values() if isinstance(e, Exercise)}
