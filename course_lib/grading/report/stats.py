"""Las cuentas del informe: notas, dificultad y discriminación de cada prueba, y tropiezos comunes.

La dificultad de una prueba es p = media / máximo: la parte de sus puntos que saca la clase. La
discriminación es la correlación (biserial puntual, si la prueba se supera o no) entre sus puntos
y los de *todas las demás*: así la prueba no se compara consigo misma.

References
----------
.. [1] S. Henrysson, «Correction of item-total correlations in item analysis», Psychometrika 28
   (1963), 211-218.
.. [2] R. L. Ebel y D. A. Frisbie, Essentials of Educational Measurement, 5.ª ed. (1991), cap. 13.
"""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from course_lib.grading.report.data import Item, Person, UnitData

POCA = 0.20  # Ebel y Frisbie: por debajo, la prueba apenas distingue
MINIMO = 10  # estudiantes: con menos, una correlación es casi azar


@dataclass(frozen=True)
class ItemStats:
    """Una prueba en cifras; `r` es `None` si no se puede calcular."""

    item: Item
    p: float
    r: float | None
    warning: str = ""


@dataclass
class Mistake:
    """Un error típico y quién lo comete; `pairs` cuenta quién lo comete junto con otro."""

    function: str
    id: str
    name: str
    hint: str = ""
    students: list[Person] = field(default_factory=list)
    pairs: int = 0
    section: str = ""
    repeated: bool = False  # el catálogo lo tiene en varias funciones

    @property
    def label(self) -> str:
        """Su nombre; con la función, si el mismo error está en varias."""
        return f"{self.name} ({self.function})" if self.repeated else self.name

    @property
    def count(self) -> int:
        return len(self.students)


def summary(notas: np.ndarray) -> dict[str, float]:
    """Cuántas notas hay, su media, su mediana, sus cuartiles y cuántas llegan a 5.

    Examples
    --------
    >>> summary(np.array([2.0, 4.0, 9.0]))["mediana"]
    4.0
    """
    q1, mediana, q3 = np.percentile(notas, (25, 50, 75)).tolist()
    return {
        **{"n": len(notas), "media": float(notas.mean()), "mediana": mediana},
        **{"q1": q1, "q3": q3, "aprobados": int((notas >= 5).sum())},
    }


def difficulty(puntos: np.ndarray, maximo: float) -> float:
    """La parte de los puntos de una prueba que saca la clase: 1, todo el mundo; 0, nadie.

    Examples
    --------
    >>> difficulty(np.array([2.0, 0.0, 2.0, 0.0]), 2.0)
    0.5
    """
    return float(np.mean(puntos) / maximo)


def discrimination(puntos: np.ndarray, resto: np.ndarray) -> float | None:
    """Correlación entre los puntos de una prueba y los de las demás; `None` si no varían.

    Examples
    --------
    >>> discrimination(np.array([0.0, 0.0, 1.0, 1.0]), np.array([1.0, 1.0, 5.0, 5.0]))
    1.0
    """
    if len(puntos) < 3 or np.ptp(puntos) == 0 or np.ptp(resto) == 0:
        return None
    return round(float(np.corrcoef(puntos, resto)[0, 1]), 6)


def item_stats(datos: UnitData) -> list[ItemStats]:
    """Dificultad y discriminación de cada prueba, con su aviso si distingue mal."""
    matriz = datos.scores
    if not len(matriz):
        return []
    totales = matriz.sum(axis=1)
    cifras = []
    for columna, item in enumerate(datos.items):
        puntos = matriz[:, columna]
        p, r = difficulty(puntos, item.points), discrimination(puntos, totales - puntos)
        cifras.append(ItemStats(item, p, r, _warning(p, r, len(matriz))))
    return cifras


def _warning(p: float, r: float | None, n: int) -> str:
    if n < MINIMO:
        return ""
    if p == 1:
        return "Todo el mundo la supera: no distingue a nadie."
    if p == 0:
        return "Nadie la supera: revisa el enunciado y la propia prueba."
    if r is None:
        return "Todo el mundo saca lo mismo: no distingue a nadie."
    if r < 0:
        return "La superan más quienes peor van: revísala."
    return "Apenas distingue a quien sabe de quien no." if r < POCA else ""


def bad_exercises(cifras: list[ItemStats]) -> dict[str, list[ItemStats]]:
    """Por ejercicio, sus pruebas con aviso."""
    malas: dict[str, list[ItemStats]] = {}
    for cifra in cifras:
        if cifra.warning:
            malas.setdefault(cifra.item.exercise, []).append(cifra)
    return malas


def ranking(datos: UnitData, catalogo: dict) -> list[Mistake]:
    """Los errores del catálogo que ha cometido la clase, del más común al menos.

    Quien comete dos a la vez cuenta en los dos, y quien repite uno en varias pruebas, una vez.
    """
    errores: dict[tuple[str, str], Mistake] = {}
    for fila in datos.rows:
        suyos = {(f.function, i): len(f.ids) > 1 for f in fila.findings for i in f.ids}
        for (funcion, ident), en_par in suyos.items():
            error = errores.setdefault((funcion, ident), _mistake(catalogo, funcion, ident))
            error.students.append(fila.person)
            error.pairs += en_par
    veces = Counter(ident for _, ident in errores)
    for (_, ident), error in errores.items():
        error.repeated = veces[ident] > 1
    return sorted(errores.values(), key=lambda e: (-e.count, e.function, e.name))


def _mistake(catalogo: dict, funcion: str, ident: str) -> Mistake:
    """Con el nombre, la pista y la parte de la lección; si ya no está en el catálogo, con su id."""
    ejercicio = catalogo.get(funcion)
    conocidos = {e.id: e for e in ejercicio.misconceptions} if ejercicio else {}
    if (error := conocidos.get(ident)) is None:
        return Mistake(funcion, ident, name=ident)
    parte = error.section or ejercicio.section
    return Mistake(funcion, ident, error.name, error.hint, section=parte)


def other_trouble(datos: UnitData) -> dict[str, list[Person]]:
    """Por clase de tropiezo que no es un error del catálogo (`KINDS`), quién lo tiene."""
    otros: dict[str, list[Person]] = {}
    for fila in datos.rows:
        for clase in dict.fromkeys(f.kind for f in fila.findings if not f.ids):
            otros.setdefault(clase, []).append(fila.person)
    return dict(sorted(otros.items(), key=lambda par: -len(par[1])))
