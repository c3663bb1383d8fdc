"""Las cuentas del informe, comparadas con las de otros y con casos hechos a mano."""

import numpy as np
import pytest
from clase_ficticia import CONV, PUNTOS, UNIDAD, Entrega, failing, fill
from scipy.stats import pointbiserialr

from course_lib.grading.catalog import load_catalog
from course_lib.grading.report import reteach, stats
from course_lib.grading.report.data import Item, Person, Row, UnitData, read_unit


def unit(matriz, puntos=1.0):
    """Una unidad con esos puntos: una fila por estudiante y una columna por prueba."""
    items = [Item(f"test_f__p{i}", "f", f"Prueba {i}", puntos) for i in range(len(matriz[0]))]
    filas = [
        Row(Person(f"a{n}"), {item.id: x for item, x in zip(items, fila, strict=True)})
        for n, fila in enumerate(matriz)
    ]
    return UnitData("u", "U", items, filas)


def read(curso):
    with curso.gradebook() as libro:
        return read_unit(curso, libro.db, UNIDAD)


def test_discrimination_is_the_point_biserial_with_the_rest():
    azar = np.random.default_rng(5)
    matriz = (azar.random((40, 6)) < azar.random((40, 1))).astype(float)
    for columna, cifra in enumerate(stats.item_stats(unit(matriz.tolist()))):
        resto = np.delete(matriz, columna, axis=1).sum(axis=1)
        assert cifra.r == pytest.approx(
            pointbiserialr(matriz[:, columna], resto).statistic, abs=1e-5
        )
        assert cifra.p == pytest.approx(matriz[:, columna].mean())


def test_a_test_is_not_compared_with_itself():
    """Dos pruebas al azar no se parecen, aunque cada una forme parte de la suma."""
    matriz = [[1, 0], [1, 1], [0, 0], [0, 1]] * 3
    assert [c.r for c in stats.item_stats(unit(matriz))] == [0, 0]
    assert np.corrcoef(np.array(matriz)[:, 0], np.sum(matriz, axis=1))[0, 1] > 0.7


@pytest.mark.parametrize(
    ("columna", "aviso"),
    [
        ([1] * 12, "Todo el mundo la supera"),
        ([0] * 12, "Nadie la supera"),
        ([0.5] * 12, "Todo el mundo saca lo mismo"),
        ([1] * 6 + [0] * 6, "La superan más quienes peor van"),
        ([1, 0] * 6, "Apenas distingue"),
        ([0] * 6 + [1] * 6, ""),
    ],
)
def test_a_bad_test_says_why(columna, aviso):
    matriz = [[x, n >= 6, n >= 6] for n, x in enumerate(columna)]
    primera, *otras = stats.item_stats(unit(matriz))
    assert primera.warning.startswith(aviso) and bool(primera.warning) == bool(aviso)
    malas = stats.bad_exercises([primera, *otras])
    assert (primera in malas.get("f", [])) == bool(aviso)


@pytest.mark.parametrize("n", [1, 2, 9])
def test_with_few_students_nothing_is_flagged(n):
    cifras = stats.item_stats(unit([[1, 0]] * n))
    assert [c.warning for c in cifras] == ["", ""] and cifras[0].r is None
    assert stats.item_stats(UnitData("u", "U", [], [])) == []


def test_points_and_marks_are_those_of_the_gradebook(treinta):
    datos = read(treinta)
    assert [i.points for i in datos.items] == list(PUNTOS.values()) and datos.max_score == 10
    with treinta.gradebook() as libro:
        suyas = {
            e.student.id: max(0, e.score - e.late_submission_penalty)
            for e in libro.assignment_submissions(UNIDAD)
        }
    assert {fila.person.id: fila.total for fila in datos.rows} == suyas
    assert suyas["alumno29"] == 8.5  # la pena por llegar tarde
    assert datos.marks.tolist() == [suyas[fila.person.id] for fila in datos.rows]


def test_a_penalty_never_leaves_less_than_zero():
    fila = Row(Person("a"), {"x": 1.0}, penalty=3.0)
    assert fila.total == 0


def test_aspects_have_the_accents_of_their_titles(treinta):
    assert [i.aspect for i in read(treinta).items][3:5] == ["tamaño", "orientación"]


def test_the_ranking_counts_each_student_once_and_both_of_a_pair(treinta):
    datos = read(treinta)
    errores = stats.ranking(datos, load_catalog(treinta.solutions / UNIDAD))
    assert [(e.id, e.count, e.pairs) for e in errores] == [
        *(("kernel-girado-180", 6, 1), ("tamano-sin-mas-uno", 5, 1), ("promedio", 2, 0)),
    ]
    girado = errores[0]
    assert girado.name.startswith("Gira el kernel 180°") and girado.hint.startswith("En redes")
    assert [p.id for p in girado.students] == [*(f"alumno{i}" for i in range(15, 20)), "alumno26"]
    assert {k: [p.id for p in v] for k, v in stats.other_trouble(datos).items()} == {
        "tiempo": ["alumno27"]
    }


def test_a_mistake_no_longer_in_the_catalog_keeps_its_id(vacio):
    fill(vacio, {"ana": failing("uno-de-antes")})
    (error,) = stats.ranking(read(vacio), load_catalog(vacio.solutions / UNIDAD))
    assert (error.name, error.hint, error.count) == ("uno-de-antes", "", 1)


def test_what_to_teach_again(treinta):
    datos, catalogo = read(treinta), load_catalog(treinta.solutions / UNIDAD)
    errores = stats.ranking(datos, catalogo)
    partes = reteach.parts(datos, errores, stats.item_stats(datos), str)
    conv = catalogo["conv2d_valid"]
    assert partes[0].title == conv.find("kernel-girado-180").section == "¿Hay que girar el kernel?"
    assert len(partes[0].students) == 6
    assert partes[0].reasons == ["Gira el kernel 180° (la convolución de las matemáticas): 6."]
    assert (partes[1].title, len(partes[1].students)) == (conv.section, 5)
    assert [p.title for p in partes[2:]] == []  # «promedio», de dos, no es para toda la clase


def test_a_mistake_without_a_part_is_told_by_its_exercise(vacio):
    datos = read(fill(vacio, {f"a{i}": failing("uno-de-antes") for i in range(3)}))
    errores = stats.ranking(datos, load_catalog(vacio.solutions / UNIDAD))
    (parte,) = reteach.parts(datos, errores, stats.item_stats(datos), str)
    assert (parte.title, parte.reasons) == (
        "La parte que prepara conv2d_valid",
        ["uno-de-antes: 3."],
    )


def test_a_hard_exercise_that_nothing_explains_is_told(vacio):
    datos = read(fill(vacio, {f"a{i}": Entrega(tuple(CONV)) for i in range(12)}))
    (parte,) = reteach.parts(datos, [], stats.item_stats(datos), str)
    assert parte.title == "El ejercicio conv2d_valid"
    assert parte.reasons == ["La clase saca el 0 % de sus puntos y ningún error típico lo explica."]
