"""La ejecución de una entrega de principio a fin, con sus salidas y sus muertes."""

import base64
import binascii
import re

from nbformat import NotebookNode
from nbformat.v4 import new_output

from course_lib.grading.engine.sandbox import Budget, Death, PupilProcess, Sandbox
from course_lib.grading.engine.sentences import PAROS
from course_lib.grading.engine.slicing import needed_cells

FRASES = {
    "tiempo": PAROS["tiempo"],
    "muerte": "Tu código cerró Python antes de terminar.",
    "mensaje": "Tu código devolvió algo que no se puede leer.",
}
FIRMAS = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
# Los caracteres que un XML o una base de datos no admiten; el tabulador y el salto se quedan.
RAROS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\ufffe\uffff]")


class Session:
    """El proceso de una entrega; si muere, se empieza otro y se repiten sus celdas.

    Parameters
    ----------
    sandbox : Sandbox
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox, self.limites = sandbox, sandbox.limites
        self.hechas: list[str] = []
        self.juzgadas = 0  # cuántas iban hechas en la última prueba
        self.prohibido: tuple = ([], {})
        self.nacimientos, self.gastado, self.cabe = 0, 0.0, 0
        self._pupil: PupilProcess | None = None

    def scan(self, fuentes: list[str], prohibido: dict[str, tuple]) -> dict[str, list[str]]:
        """Qué usa cada función que no debería, leído antes de ejecutar nada."""
        self.prohibido = (fuentes, prohibido)
        try:
            respuesta = self._scan(self.process())
        except Death:
            return {}  # un código que no se puede ni leer tampoco dará puntos
        return {str(k): [str(n) for n in v] for k, v in respuesta.items()}

    def _scan(self, pupil: PupilProcess) -> dict:
        pupil.send(("scan", *self.prohibido))
        respuesta = pupil.receive(self.budget(self.limites.cell_seconds, pupil))
        match respuesta:
            case ("scanned", dict(usos)) if all(isinstance(v, list) for v in usos.values()):
                return usos
        raise Death("mensaje")

    def process(self) -> PupilProcess:
        """El proceso vivo; si no lo hay, uno nuevo que repite las celdas ya ejecutadas.

        Raises
        ------
        Death
            Si ya se ha vuelto a empezar demasiadas veces o no queda tiempo.
        """
        if self._pupil is not None:
            return self._pupil
        if self.nacimientos > self.limites.restarts:
            raise Death("muerte")
        if self.gastado > self.limites.total_seconds:
            raise Death("tiempo")
        self.nacimientos += 1
        self.cabe += 2 * self.limites.output_bytes
        self._pupil = self.sandbox.pupil()
        if self.nacimientos > 1:
            self._repeat()
        return self._pupil

    def again(self, funciones: set[str]) -> "Session":
        """La misma entrega en un proceso que no ha visto ninguna prueba, para llamar a esas."""
        otra = Session(self.sandbox)
        # Lo que viene detrás de la última prueba (dibujos, casi siempre) no cambia lo que se juzgó.
        otra.hechas = needed_cells(self.hechas[: self.juzgadas], funciones)
        otra.prohibido, otra.nacimientos = self.prohibido, 1
        return otra

    def _repeat(self) -> None:
        self._scan(self._pupil)
        for fuente in self.hechas:
            self._run(self._pupil, fuente, [], sin_figuras=True)

    def budget(self, segundos: float, pupil: PupilProcess) -> Budget:
        """Tiempo para una cosa, sin pasarse del de toda la entrega."""
        queda = self.limites.total_seconds - self.gastado - pupil.cpu_seconds()
        return Budget(pupil, max(0.1, min(segundos, queda)))

    def run(self, fuente: str) -> list[NotebookNode]:
        """Ejecuta una celda y devuelve sus salidas, aptas para un cuaderno."""
        salidas: list[NotebookNode] = []
        try:
            self._run(self.process(), fuente, salidas)
            self.hechas.append(fuente)
        except Death as muerte:
            self.bury()
            salidas.append(_error("Detenida", FRASES[muerte.reason]))
        return salidas

    def _run(
        self, pupil: PupilProcess, fuente: str, salidas: list, *, sin_figuras: bool = False
    ) -> None:
        pupil.send(("run", fuente, sin_figuras))
        self.cabe += 2 * self.limites.output_chars
        tiempo = self.budget(self.limites.cell_seconds, pupil)
        while True:
            mensaje = pupil.receive(tiempo)
            if mensaje[0] == "done":
                break
            # La entrega ya se mide a sí misma, pero su código puede saltarse esa medida.
            self.cabe -= _length(mensaje)
            if self.cabe < 0 or len(salidas) > 2 * self.limites.outputs:
                raise Death("mensaje")
            _collect(mensaje, salidas)
        if tiempo.warned:
            salidas.append(_error("Detenida", FRASES["tiempo"]))

    def bury(self) -> None:
        """Da por muerto al proceso (y lo mata, si no lo estaba)."""
        if self._pupil is not None:
            self.gastado += self._pupil.cpu_seconds()
            self._pupil.kill()
            self._pupil = None

    close = bury


def _length(valor) -> int:
    """Caracteres que ocuparía en el cuaderno; un mensaje sin texto también cuenta."""
    partes = valor.values() if isinstance(valor, dict) else valor
    return 1 + sum(
        len(p) if isinstance(p, str) else _length(p) if isinstance(p, dict) else 1 for p in partes
    )


def _collect(mensaje, salidas: list[NotebookNode]) -> None:
    """Añade una salida; lo que no tenga la forma acordada es un mensaje malo."""
    match mensaje:
        case ("out", "stream", ("stdout" | "stderr") as nombre, str(texto)):
            _stream(nombre, _clean(texto), salidas)
        case ("out", "error", str(nombre), str(texto), str(traza)):
            salidas.append(_error(_clean(nombre), _clean(texto), _clean(traza)))
        case ("out", ("display" | "result") as tipo, dict(datos)):
            clase = "display_data" if tipo == "display" else "execute_result"
            if inerte := _inert(datos):
                salidas.append(new_output(clase, data=inerte))
        case ("out", "clear"):
            salidas.clear()
        case _:
            raise Death("mensaje")


def _stream(nombre: str, texto: str, salidas: list[NotebookNode]) -> None:
    ultima = salidas[-1] if salidas else None
    if ultima and ultima.output_type == "stream" and ultima.name == nombre:
        ultima.text += texto
    else:
        salidas.append(new_output("stream", name=nombre, text=texto))


def _error(nombre: str, texto: str, traza: str = "") -> NotebookNode:
    return new_output("error", ename=nombre, evalue=texto, traceback=traza.splitlines())


def _clean(texto: str) -> str:
    """El texto sin caracteres de control que estropearían el cuaderno o la base de datos."""
    return RAROS.sub("", texto)


def _inert(datos: dict) -> dict[str, str]:
    """Texto e imágenes que de verdad lo son; lo demás no se guarda."""
    inerte = {}
    if isinstance(datos.get("text/plain"), str):
        inerte["text/plain"] = _clean(datos["text/plain"])
    for tipo, firma in FIRMAS.items():
        if isinstance(datos.get(tipo), str) and _is_image(datos[tipo], firma):
            inerte[tipo] = datos[tipo]
    return inerte


def _is_image(texto: str, firma: bytes) -> bool:
    try:
        return base64.b64decode(texto.replace("\n", ""), validate=True).startswith(firma)
    except (binascii.Error, ValueError):
        return False
