"""Lo que se manda a calificar y lo que vuelve: datos, sin nada que importar."""

from dataclasses import dataclass, field

NO_SUPERADA = "PruebaNoSuperada"


@dataclass(frozen=True)
class Verdict:
    """Qué pasó con una prueba: `sentence` la lee el estudiante; `detail`, solo el docente."""

    sentence: str | None = None
    detail: str = ""
    kind: str = ""

    @property
    def passed(self) -> bool:
        return self.sentence is None


@dataclass(frozen=True)
class Job:
    """Todo lo que hace falta para calificar una entrega, sin leer nada del disco.

    Parameters
    ----------
    student, unit : str
    notebook : bytes
        Lo entregado, tal cual.
    master : str
        El cuaderno del docente, con pruebas ocultas y sin soluciones.
    forbidden : dict
        Por función calificada, lo que no puede usar.
    fingerprint : str
        Huella de lo entregado y de la fuente, para no calificar dos veces.
    catalog : str
        El texto de `errores.py`, para decir a cada cual qué entendió mal; vacío, no se dice.
    """

    student: str
    unit: str
    notebook: bytes
    master: str
    forbidden: dict[str, tuple[str, ...]] = field(default_factory=dict)
    fingerprint: str = ""
    catalog: str = ""


@dataclass(frozen=True)
class Result:
    """Una entrega calificada (`notebook`) o la frase que dice por qué no se pudo (`problem`)."""

    student: str
    unit: str
    fingerprint: str = ""
    notebook: str = ""
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    problem: str = ""
    seconds: float = 0.0
