"""Del cuaderno juzgado a sus diagnósticos: uno por función que no supera alguna prueba.

La función se interroga en un proceso nuevo, que ejecuta otra vez las celdas de la entrega y no ha
visto ninguna prueba: así, lo que devuelva se puede enseñar, porque no puede llevar dentro los datos
de una prueba oculta que la función hubiera guardado.
"""

import linecache
import traceback
import types
from functools import lru_cache

import nbformat

from course_lib.grading import cells
from course_lib.grading.catalog import Exercise
from course_lib.grading.diagnosis import words
from course_lib.grading.diagnosis.diagnose import Expert
from course_lib.grading.diagnosis.outcome import Call, Outcome, answer, failure
from course_lib.grading.diagnosis.probes import Probes
from course_lib.grading.diagnosis.recording import record_calls
from course_lib.grading.diagnosis.report import Diagnosis
from course_lib.grading.engine import sentences
from course_lib.grading.engine.job import Verdict
from course_lib.grading.engine.judge import Judge, StudentFault, StudentStopped

# Fallos que el veredicto ya explica: no hay nada que preguntar a la función.
DIRECTOS = {
    "vacía": ("vacia", "Este ejercicio está sin responder."),
    "falta": ("falta", "Falta la función: su celda está vacía, dio un error o tiene otro nombre."),
    "tiempo": ("tiempo", "Tu función tarda demasiado y hubo que detenerla."),
}
PISTA_TIEMPO = "¿Hay un while cuya condición nunca deja de cumplirse?"


@lru_cache(maxsize=16)
def catalog_of(codigo: str) -> dict[str, Exercise]:
    """Los ejercicios que define el texto de un `errores.py`, por función."""
    modulo = types.ModuleType("errores")
    archivo = f"<errores {hash(codigo)}>"
    # Para que `inspect` encuentre el código de cada error, como si estuviera en un archivo.
    linecache.cache[archivo] = (len(codigo), None, codigo.splitlines(keepends=True), archivo)
    exec(compile(codigo, archivo, "exec"), vars(modulo))
    return {e.name: e for e in vars(modulo).values() if isinstance(e, Exercise)}


@lru_cache(maxsize=64)
def expert(codigo: str, maestro: str, funcion: str) -> Expert:
    """Lo que hay que saber para diagnosticar una función; se prepara la primera vez que falla."""
    catalogo = catalog_of(codigo)
    celdas = nbformat.reads(maestro, as_version=4).cells
    return Expert(Probes(catalogo[funcion], record_calls(celdas, catalogo, funcion)))


def attach(
    cuaderno, veredictos: dict[str, Verdict], catalogo: str, maestro: str, judge: Judge
) -> None:
    """Añade a cada prueba no superada su diagnóstico, en `metadata["diagnostico"]`.

    Parameters
    ----------
    cuaderno : NotebookNode
        El calificado; se modifica.
    veredictos : dict of str to Verdict
    catalogo : str
        El texto del `errores.py` de la unidad; sin él no se diagnostica nada.
    maestro : str
        El cuaderno del docente.
    judge : Judge
        El que juzgó: de él se toma la sesión, para empezar una limpia.
    """
    fallidas = [c for c in cuaderno.cells if _failed(c, veredictos)]
    if not catalogo or not fallidas:
        return
    clinica = _Clinic(catalogo, maestro, judge)
    for funcion, suyas in _by_function(fallidas, set(clinica.exercises)).items():
        fallos = [veredictos[cells.grade_id(c)] for c in suyas]
        hallado = clinica.look_at(funcion, fallos)
        for celda, veredicto in zip(suyas, fallos, strict=True):
            uno = direct(clinica.exercises[funcion], veredicto) or hallado
            celda.metadata["diagnostico"] = uno.to_dict()
    clinica.close()


def _failed(celda, veredictos: dict[str, Verdict]) -> bool:
    suyo = veredictos.get(cells.grade_id(celda)) if cells.is_test(celda) else None
    return suyo is not None and not suyo.passed


def _by_function(celdas: list, nombres: set[str]) -> dict[str, list]:
    """Las pruebas de cada función; la suya es la que dice su id o, si no, la primera que usa."""
    grupos: dict[str, list] = {}
    for celda in celdas:
        suya = cells.grade_id(celda).removeprefix("test_").partition("__")[0]
        usadas = sorted(cells.called_functions(celda, nombres))
        if suya not in nombres and usadas:
            suya = usadas[0]
        if suya in nombres:
            grupos.setdefault(suya, []).append(celda)
    return grupos


def direct(ejercicio: Exercise, veredicto: Verdict) -> Diagnosis | None:
    """El diagnóstico de un fallo que no hace falta investigar."""
    if veredicto.kind == "prohibida":
        clase, frase = "prohibida", veredicto.sentence
    elif veredicto.kind in DIRECTOS:
        clase, frase = DIRECTOS[veredicto.kind]
    else:
        return None
    pista = PISTA_TIEMPO if clase == "tiempo" else ""
    return Diagnosis(ejercicio.name, clase, frase, hint=pista, section=ejercicio.section)


class _Clinic:
    """Una sesión limpia de la entrega, que se abre si hace falta preguntarle algo."""

    def __init__(self, catalogo: str, maestro: str, judge: Judge) -> None:
        self.catalogo, self.maestro, self.anterior = catalogo, maestro, judge
        self.exercises = catalog_of(catalogo)
        self.judge: Judge | None = None

    def look_at(self, funcion: str, fallos: list[Verdict]) -> Diagnosis:
        """El diagnóstico de una función con esas pruebas no superadas."""
        directos = [direct(self.exercises[funcion], v) for v in fallos]
        if all(directos):
            return directos[0]
        segundos = self.anterior.session.limites.diagnosis_seconds
        try:
            sabia = expert(self.catalogo, self.maestro, funcion)
            return sabia.diagnose(self._asker(funcion, sabia.exercise), segundos)
        except Exception:  # la nota ya está puesta, y un diagnóstico no vale perderla
            traceback.print_exc()
            parte = self.exercises[funcion].section
            return Diagnosis(funcion, "desconocido", words.NINGUNO_SIN_CASO, section=parte)

    def _asker(self, funcion: str, ejercicio: Exercise):
        juez = self._clean()

        def ask(call: Call) -> Outcome:
            suyos = call.copy()
            try:
                valor = juez.ask(funcion, suyos.args, suyos.kwargs)
            except StudentStopped as paro:
                return Outcome(paro.reason)
            except sentences.Unsendable:
                return Outcome("valor", "no se puede leer")
            except StudentFault as error:
                return failure(error.name, f"{error}\0{error.trace}", call, suyos)
            return answer(valor, call, suyos, ejercicio.view)

        return ask

    def _clean(self) -> Judge:
        """Un juez con la entrega recién empezada: sus celdas, y ninguna prueba."""
        if self.judge is None:
            self.anterior.session.bury()
            self.judge = Judge(self.anterior.session.again(set(self.exercises)), {})
        return self.judge

    def close(self) -> None:
        if self.judge is not None:
            self.judge.session.close()
