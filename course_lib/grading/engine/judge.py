"""El juez: ejecuta las celdas de prueba en el proceso de confianza.

Cada función del estudiante es aquí una `StudentFunction`: manda copias de los argumentos a la
entrega y recibe números, textos y arrays corrientes. Nada de lo que haga la entrega puede cambiar
el veredicto de otra manera que devolviendo el valor correcto.
"""

import ast
import builtins
import contextlib
import io
import itertools
from collections import Counter
from collections.abc import Callable

import numpy as np

from course_lib.grading import cells
from course_lib.grading.engine import sentences
from course_lib.grading.engine.job import Verdict
from course_lib.grading.engine.sandbox import Budget, Death
from course_lib.grading.engine.session import Session
from course_lib.grading.engine.slicing import bound_names, loaded_names, parse
from course_lib.grading.engine.values import write_back

MAX_CALLBACKS = 20_000
MAX_TIMEOUTS = 2


class StudentFault(Exception):
    """Lo que falló en la función del estudiante; hereda además de la excepción que él vio."""

    def __init__(self, clases: list[str], texto: str, traza: str) -> None:
        super().__init__(texto)
        self.name, self.trace = clases[0] if clases else "Exception", traza


class StudentStopped(BaseException):
    """La función no contestó; no es una `Exception` para que ninguna prueba la recoja."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def fault(clases: list[str], texto: str, traza: str) -> StudentFault:
    """La excepción del estudiante, con la clase de Python más cercana a la suya."""
    base = next((c for n in clases if (c := _exception_class(n))), Exception)
    clase = type("StudentFault", (StudentFault, base), {"__init__": StudentFault.__init__})
    error = clase.__new__(clase, texto)
    StudentFault.__init__(error, clases, texto, traza)
    error.args = (texto,)
    return error


def _exception_class(nombre: str) -> type[Exception] | None:
    clase = getattr(builtins, nombre, None)
    # Las de texto codificado exigen cinco argumentos; su madre, ValueError, sirve igual.
    if isinstance(clase, type) and issubclass(clase, Exception) and "Unicode" not in nombre:
        return clase
    return None


class StudentFunction:
    """Una función del estudiante, que se ejecuta en su proceso."""

    def __init__(self, nombre: str, llamar: Callable) -> None:
        self.__name__, self._llamar = nombre, llamar

    def __call__(self, *datos, **opciones):
        return self._llamar(self.__name__, datos, opciones)

    def count_steps(self, *datos) -> int:
        """Los pasos que da Python al llamarla (`checks.count_steps`), contados en su proceso."""
        pasos = self._llamar(self.__name__, datos, {}, "count")
        if type(pasos) is not int:
            raise StudentStopped("mensaje")
        return pasos


class Judge:
    """Juzga las pruebas de un cuaderno, en orden, con una misma memoria para el docente.

    Parameters
    ----------
    session : Session
        La entrega.
    preparacion : dict
        Por número de celda del docente, las sentencias que las pruebas necesitan (`slicing`).
    semilla : int
        De ella salen los datos al azar de `checks.azar`: distintos para cada entrega.
    """

    def __init__(self, session: Session, preparacion: dict[int, list], semilla: int = 0) -> None:
        self.session, self.preparacion, self.semilla = session, preparacion, semilla
        self.propios: dict = {"__name__": "__main__"}
        self.numero = itertools.count()
        self.tiempo: Budget | None = None
        self.cambian, self.hubo_cambios, self.ecos = False, False, 0
        self.lentas: Counter[str] = Counter()

    def prepare(self, indice: int) -> None:
        """Ejecuta lo que las pruebas necesitan de una celda del docente."""
        for sentencia in self.preparacion.get(indice, ()):
            # Si falla porque llama a una función mal escrita, fallarán las pruebas que lo usen.
            with contextlib.suppress(Exception, StudentStopped):
                self._exec([sentencia], "preparación")

    def test(self, celda) -> Verdict:
        """El veredicto de una celda de prueba.

        Se ejecuta con los argumentos intactos; si la función cambió alguno, otra vez dejándole
        cambiarlos. Así, ni vaciar la imagen sirve para igualarla a un mapa vacío, ni pasa por
        limpia una función que la estropea.
        """
        self.cambian = self.hubo_cambios = False
        self.session.juzgadas = len(self.session.hechas)
        veredicto = self._judge(celda)
        if veredicto.passed and self.hubo_cambios:
            self.cambian = True
            veredicto = self._judge(celda)
        return veredicto

    def _judge(self, celda) -> Verdict:
        from course_lib.checks import seed_random

        seed_random(self.semilla)
        sentencias, inicio = parse(celda.source), cells.hidden_start(celda.source) or 10**9
        visibles = [s for s in sentencias if s.end_lineno < inicio]
        ocultas = [s for s in sentencias if s.end_lineno >= inicio]
        for parte, oculta in ((visibles, False), (ocultas, True)):
            try:
                self._exec(parte, cells.grade_id(celda))
            except (Exception, StudentStopped) as error:
                return Verdict(*sentences.explain(error, celda, oculta=oculta))
        return Verdict()

    def _exec(self, sentencias: list[ast.stmt], nombre: str) -> None:
        """Ejecuta sentencias del docente con los nombres que vengan de la entrega."""
        self.tiempo = None
        ajenos = self._student_names(sentencias)
        espacio = self.propios | ajenos
        codigo = compile(ast.Module(sentencias, []), f"<{nombre}>", "exec")
        try:
            with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
                exec(codigo, espacio)
        finally:
            nuevos = bound_names(sentencias)
            self.propios.update({k: espacio[k] for k in nuevos if k in espacio})

    # --- la entrega ---

    def _student_names(self, sentencias: list[ast.stmt]) -> dict:
        """Lo que la entrega tiene con los nombres que el docente no define."""
        nombres = loaded_names(sentencias) - set(self.propios) - set(dir(builtins))
        propios = bound_names(sentencias)
        encontrados = {}
        for nombre in sorted(nombres - propios):
            match self._ask(("get", nombre)):
                case ("callable",):
                    encontrados[nombre] = StudentFunction(nombre, self._call)
                case ("value", valor):
                    encontrados[nombre] = valor
        return encontrados

    def _ask(self, mensaje: tuple, referir=None):
        """Envía un mensaje y espera su respuesta, dentro del tiempo de esta prueba."""
        try:
            pupil = self.session.process()
            if self.tiempo is None:
                segundos = self.session.limites.test_seconds
                self.tiempo = self.session.budget(segundos, pupil)
            if mensaje:
                pupil.send(mensaje, referir)
            return pupil.receive(self.tiempo)
        except Death as muerte:
            self.session.bury()
            self.tiempo = None
            raise StudentStopped(muerte.reason) from muerte

    def _call(self, nombre: str, datos: tuple, opciones: dict, orden: str = "call"):
        """Una llamada: los argumentos van como copias y vuelve un valor corriente."""
        funciones: list[Callable] = []

        def referir(funcion):
            if isinstance(funcion, StudentFunction):
                return funcion.__name__
            funciones.append(funcion)
            return len(funciones) - 1

        numero = next(self.numero)
        respuesta = self._timed(nombre, (orden, numero, nombre, datos, opciones), referir)
        while isinstance(respuesta, tuple) and respuesta[:1] == ("callback",):
            respuesta = self._timed(nombre, self._callback(respuesta, funciones))
        return self._result(respuesta, numero, (datos, opciones))

    def _timed(self, nombre: str, mensaje: tuple, referir=None):
        """Pregunta; una función que ya agotó el tiempo varias veces no vuelve a gastarlo."""
        if self.lentas[nombre] >= MAX_TIMEOUTS:
            raise StudentStopped("tiempo")
        try:
            respuesta = self._ask(mensaje, referir)
            if self.tiempo is not None and self.tiempo.warned:
                raise StudentStopped("tiempo")
        except StudentStopped as paro:
            self.lentas[nombre] += paro.reason == "tiempo"
            raise
        return respuesta

    def ask(self, nombre: str, args: tuple, kwargs: dict):
        """Una pregunta fuera de las pruebas, con su tiempo; los cambios quedan en los datos."""
        self.tiempo, self.cambian = None, True
        return self._call(nombre, args, kwargs)

    def _callback(self, mensaje: tuple, funciones: list[Callable]) -> tuple:
        """La entrega llama a una función que se le pasó: se ejecuta aquí, con datos corrientes."""
        self.ecos += 1
        match mensaje:
            case (_, int(clave), tuple(datos), dict(opciones)) if (
                0 <= clave < len(funciones) and self.ecos <= MAX_CALLBACKS
            ):
                try:
                    return ("answer", funciones[clave](*datos, **opciones))
                except Exception as error:
                    return ("failed", (type(error).__name__, str(error)[:500]))
        raise self._broken()

    def _result(self, respuesta, numero: int, enviados: tuple):
        match respuesta:
            case ("returned", n, valor, cambios) if n == numero:
                if cambios is not None:
                    self.hubo_cambios = True
                    if self.cambian:
                        write_back(enviados, cambios)
                return valor
            case ("raised", n, list(clases), str(texto), str(traza)) if n == numero:
                raise fault([c for c in clases if isinstance(c, str)], texto, traza)
            case ("unsendable", n, str(motivo)) if n == numero:
                raise sentences.Unsendable(motivo)
        raise self._broken()

    def _broken(self) -> StudentStopped:
        self.session.bury()
        return StudentStopped("mensaje")
