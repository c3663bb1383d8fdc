"""Una clase inventada en un libro de notas de verdad: el informe se prueba sin calificar."""

import shutil
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from nbgrader.api import Gradebook

from course_lib.grading.course import Course
from course_lib.grading.engine import findings

RAIZ = Path(__file__).resolve().parents[1]
UNIDAD = "02_deslizar"
PLAZO = datetime(2026, 3, 13, 23, 0)
PUNTOS = {
    "test_suma_ponderada__cuadrada": 1,
    "test_suma_ponderada__otras_formas": 1,
    "test_conv2d_valid__diapositiva": 2,
    "test_conv2d_valid__tamano": 1,
    "test_conv2d_valid__orientacion": 2,
    "test_conv2d_valid__rectangular": 1,
    "test_conv2d_valid__uint8": 1,
    "test_conv2d_valid__no_modifica": 1,
}
CONV = [prueba for prueba in PUNTOS if "conv2d" in prueba]


@dataclass
class Entrega:
    """Lo que se apunta de alguien: las pruebas que no supera y lo demás que se quiera."""

    fallos: tuple[str, ...] = ()
    hallazgos: tuple[tuple[str, str, str, str], ...] = ()  # prueba, clase, ids, frase
    persona: dict = field(default_factory=dict)
    segundos: float | None = 0.25
    problema: str | None = None
    tarde: float = 0.0  # horas
    pena: float | None = None


def failing(ids, clase="error", frase="Lo de siempre.", **demas):
    """Quien falla todas las pruebas de `conv2d_valid` por ese motivo."""
    return Entrega(tuple(CONV), tuple((c, clase, ids, frase) for c in CONV), **demas)


def course(carpeta: Path) -> Course:
    """Un curso con una unidad, sin entregas."""
    carpeta.mkdir(parents=True)
    shutil.copytree(RAIZ / "solutions" / UNIDAD, carpeta / "solutions" / UNIDAD)
    shutil.copy(RAIZ / "nbgrader_config.py", carpeta)
    return Course.here(carpeta)


def fill(curso: Course, clase: dict[str, Entrega], unidad: str = UNIDAD) -> Course:
    """Apunta la clase en el libro de notas, como lo deja el motor."""
    with curso.gradebook() as libro:
        libro.update_or_create_assignment(unidad, duedate=PLAZO)
        libro.update_or_create_notebook("ejercicios", unidad)
        for prueba, puntos in PUNTOS.items():
            donde = prueba, "ejercicios", unidad
            libro.update_or_create_grade_cell(*donde, max_score=puntos, cell_type="code")
        findings.create(libro.engine)
        for ident, entrega in clase.items():
            _add(libro, ident, entrega, unidad)
        libro.db.commit()
    return curso


def _add(libro: Gradebook, ident: str, entrega: Entrega, unidad: str) -> None:
    libro.update_or_create_student(ident, **entrega.persona)
    cuando = PLAZO + timedelta(hours=entrega.tarde)
    suya = libro.update_or_create_submission(unidad, ident, timestamp=cuando)
    (cuaderno,) = suya.notebooks
    cuaderno.late_submission_penalty = entrega.pena
    for nota in cuaderno.grades:
        nota.auto_score = 0 if nota.name in entrega.fallos else PUNTOS[nota.name]
        nota.needs_manual_grade = False
    quien = {"student_id": ident, "unit": unidad}
    for prueba, clase, ids, frase in entrega.hallazgos:
        que = {"function": prueba.removeprefix("test_").split("__")[0], "kind": clase}
        fila = {**quien, **que, "cell": prueba, "ids": ids, "sentence": frase}
        libro.db.execute(findings.DIAGNOSES.insert().values(**fila))
    if entrega.segundos is not None:
        fila = {**quien, "seconds": entrega.segundos, "problem": entrega.problema}
        libro.db.execute(findings.DELIVERIES.insert().values(**fila))


def person(numero: int) -> dict:
    """Nombre, correo y número de una persona inventada."""
    correo = f"persona{numero}@example.org"
    return {"first_name": f"Nombre{numero}", "last_name": f"Apellido{numero}", "email": correo}


def thirty() -> dict[str, Entrega]:
    """Treinta entregas: la mitad bien, y los errores repartidos como en una clase."""
    motivos = ["kernel-girado-180"] * 5 + ["tamano-sin-mas-uno"] * 4 + ["promedio"] * 2
    motivos += ["kernel-girado-180+tamano-sin-mas-uno"]
    clase = {f"alumno{i:02}": Entrega(persona=person(i)) for i in range(15)}
    for i, ids in enumerate(motivos, start=15):
        clase[f"alumno{i:02}"] = failing(ids, "par" if "+" in ids else "error", persona=person(i))
    clase["alumno27"] = failing("", "tiempo", "Tu código tardó demasiado.", persona=person(27))
    clase["alumno27"].segundos = 12.5
    clase["alumno28"] = Entrega(tuple(PUNTOS), tarde=30, persona=person(28))
    clase["alumno29"] = Entrega(tarde=2, pena=1.5, persona=person(29))
    return clase
