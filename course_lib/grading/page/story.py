"""Qué se le cuenta a un estudiante: nota, ejercicios, pruebas, diagnósticos y qué hacer ahora."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from course_lib.grading.diagnosis import Diagnosis
from course_lib.grading.page import facts, lesson, values

TITULO = re.compile(r"^# (?:Ejercicios )?(.+)$", re.M)
EJERCICIO = re.compile(r"^## (.+?)(?: \(\d+ puntos?\))?$", re.M)
SIN_EJERCICIO = "Ejercicios"
REPASO = "Resumen"  # el apartado que se relee cuando el catálogo no dice otro
SIN_REPASO = {"excepcion", "tiempo", "vacia", "falta", "prohibida"}  # no son de la lección


@dataclass
class Finding:
    """Un diagnóstico contado una vez, con sus dibujos y la parte de la lección que lo explica."""

    diagnosis: Diagnosis
    ident: str
    first: str  # el id de la prueba que lo cuenta entero
    reading: str = ""  # el apartado de la lección, en HTML
    address: str = ""  # el mismo apartado en el sitio, si el curso tiene uno publicado
    lost: float = 0.0

    @property
    def sentence(self) -> str:
        return self.diagnosis.sentence

    @property
    def section(self) -> str:
        return section_of(self.diagnosis)

    @property
    def pictures(self) -> list["pictures.Picture"]:
        from course_lib.grading.page import pictures  # trae Matplotlib: solo si hay que dibujar

        return pictures.of_case(self.diagnosis.case) if self.diagnosis.case else []

    @property
    def told(self) -> list[str]:
        caso = self.diagnosis.case
        # Quien se detuvo no llegó a devolver nada.
        parado = self.diagnosis.kind in ("excepcion", "tiempo")
        return (facts.arguments(caso) if parado else facts.all_of(caso)) if caso else []

    @property
    def code(self) -> str:
        caso = self.diagnosis.case
        return values.source(caso.arguments, self.diagnosis.function) if caso else ""


@dataclass
class Test:
    """Una prueba o una redacción, con sus puntos; `passed` es `None` si se corrige a mano."""

    ident: str
    title: str
    score: float
    points: float
    passed: bool | None
    sentence: str = ""
    finding: Finding | None = None

    @property
    def tells(self) -> bool:
        """Si es la prueba que cuenta entero su diagnóstico."""
        return self.finding is not None and self.finding.first == self.ident


@dataclass
class Part:
    """Un ejercicio: el apartado del cuaderno con sus pruebas."""

    title: str
    tests: list[Test] = field(default_factory=list)

    @property
    def score(self) -> float:
        return sum(t.score for t in self.tests)

    @property
    def points(self) -> float:
        return sum(t.points for t in self.tests)


@dataclass
class Story:
    """Todo lo que dice una página."""

    title: str
    unit: str
    score: float
    max_score: float
    penalty: float
    parts: list[Part]
    findings: list[Finding]
    comments: list[str]

    @property
    def tests(self) -> dict[str, Test]:
        """Las pruebas por su id."""
        return {t.ident: t for parte in self.parts for t in parte.tests}

    @property
    def lonely(self) -> list[Test]:
        """Las pruebas no superadas de las que no hay diagnóstico."""
        return [t for t in self.tests.values() if t.passed is False and not t.finding]

    @property
    def greeting(self) -> str:
        automaticas = [t for t in self.tests.values() if t.passed is not None]
        bien = Counter(t.passed for t in automaticas)[True]
        if bien == len(automaticas):
            return "¡Enhorabuena! Has superado todas las pruebas." if bien else ""
        if all(t.finding and t.finding.diagnosis.kind == "vacia" for t in automaticas):
            return "Aún no hay respuestas. Empieza por la primera función: cada prueba suma."
        if not bien:
            return "Aún no pasa ninguna prueba. Empieza por lo primero de la lista de abajo."
        animo = "¡Ya casi está!" if bien >= 0.7 * len(automaticas) else "Vas por buen camino."
        return f"Has superado {bien} de {len(automaticas)} pruebas. {animo}"


def build(cuaderno: NotebookNode, datos: dict, raiz: Path | None, sitio: str = "") -> Story:
    """Lo que cuenta un cuaderno calificado, ya sin lo oculto.

    Parameters
    ----------
    cuaderno : NotebookNode
        Con notas y comentarios en `metadata.nbgrader`, y el diagnóstico de cada prueba no
        superada en `metadata.diagnostico`.
    datos : dict
        `assignment`, `score`, `max_score` y `late_penalty`.
    raiz : Path or None
        La carpeta del curso, de donde se lee la lección.
    sitio : str
        Dirección del sitio publicado, si lo hay.
    """
    unidad = datos.get("assignment", "")
    relator = _Teller(unidad, raiz, sitio)
    for celda in cuaderno.cells:
        relator.read(celda)
    return Story(
        title=relator.title or unidad,
        unit=unidad,
        score=float(datos.get("score") or 0),
        max_score=float(datos.get("max_score") or 0),
        penalty=float(datos.get("late_penalty") or 0),
        parts=[p for p in relator.parts if p.tests],
        findings=list(relator.findings.values()),
        comments=relator.comments,
    )


class _Teller:
    """Recorre las celdas y apunta lo que hay que contar."""

    def __init__(self, unidad: str, raiz: Path | None, sitio: str) -> None:
        self.unidad, self.sitio = unidad, sitio
        self.leccion = (raiz or Path()) / "solutions" / unidad / "leccion.ipynb"
        self.title = ""
        self.parts = [Part(SIN_EJERCICIO)]
        self.findings: dict[tuple, Finding] = {}
        self.comments: list[str] = []

    def read(self, celda: NotebookNode) -> None:
        datos = celda.metadata.get("nbgrader", {})
        if comentario := datos.get("comment"):
            self.comments.append(comentario)
        if datos.get("grade") or datos.get("task"):
            self.parts[-1].tests.append(self._test(celda, datos))
        elif celda.cell_type == "markdown" and not datos:
            self._heading(celda.source)

    def _heading(self, texto: str) -> None:
        if not self.title and (titulo := TITULO.search(texto)):
            self.title = titulo[1]
        self.parts += [Part(titulo[1]) for titulo in EJERCICIO.finditer(texto)]

    def _test(self, celda: NotebookNode, datos: dict) -> Test:
        superada = celda.metadata.get("superada")
        nota, puntos = float(datos.get("score") or 0), float(datos.get("points") or 0)
        prueba = Test(
            ident=datos.get("grade_id", ""),
            title=celda.metadata.get("titulo") or datos.get("grade_id", ""),
            score=nota,
            points=puntos,
            # Con todos los puntos y sin superarla, los ha dado una persona.
            passed=None if superada is False and puntos and nota >= puntos else superada,
        )
        if superada is False:
            prueba.sentence = "".join(s.get("text", "") for s in celda.outputs)
        if prueba.passed is False:
            prueba.finding = self._finding(celda, prueba)
        return prueba

    def _finding(self, celda: NotebookNode, prueba: Test) -> Finding | None:
        diagnostico = diagnosis_of(celda)
        if diagnostico is None:
            return None
        # Las pruebas de una función suelen fallar por lo mismo: se cuenta la primera vez.
        clave = diagnostico.function, diagnostico.kind, diagnostico.ids, diagnostico.sentence
        if clave not in self.findings:
            parte = section_of(diagnostico)
            texto = lesson.find(self.leccion, parte)
            direccion = lesson.address(self.sitio, self.unidad, parte)
            self.findings[clave] = Finding(
                diagnostico,
                ident=f"diagnostico-{len(self.findings) + 1}",
                first=prueba.ident,
                reading=lesson.to_html(texto) if texto else "",
                address=direccion if self.sitio and texto else "",
            )
        self.findings[clave].lost += prueba.points - prueba.score
        return self.findings[clave]


def section_of(diagnostico: Diagnosis) -> str:
    """El apartado de la lección que conviene releer; `""` si releer no lo arregla."""
    if diagnostico.section or diagnostico.kind in SIN_REPASO:
        return diagnostico.section
    return REPASO


def diagnosis_of(celda: NotebookNode) -> Diagnosis | None:
    """El diagnóstico que el juez dejó en una celda; `None` si no hay o no se entiende."""
    try:
        return Diagnosis.from_dict(celda.metadata["diagnostico"])
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
