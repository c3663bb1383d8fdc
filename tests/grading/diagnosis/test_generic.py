"""Lo que se ve sin conocer el ejercicio, el caso más pequeño y cómo se dice todo."""

import json
import time

import numpy as np
import pytest

from course_lib import ops
from course_lib.grading.diagnosis import pairs, shrink
from course_lib.grading.diagnosis.generic import error_text
from course_lib.grading.diagnosis.outcome import Call, Outcome, agree, answer, observe, plain, same
from course_lib.grading.diagnosis.report import KINDS, Diagnosis

UNIDAD, FUNCION = "05_stride", "conv2d"


def conv(imagen, kernel, stride=1, padding="valid"):
    return ops.conv2d(np.asarray(imagen, float), kernel, stride=stride, padding=padding)


def raises(imagen, kernel, stride=1, padding="valid"):
    return imagen[1000]


def raises_with_padding(imagen, kernel, stride=1, padding="valid"):
    return conv(imagen, kernel, stride, int(padding) if padding != "valid" else 0)


def nothing(imagen, kernel, stride=1, padding="valid"):
    conv(imagen, kernel, stride, padding)


def constant(imagen, kernel, stride=1, padding="valid"):
    return np.full((2, 3), 4.0)


def nan(imagen, kernel, stride=1, padding="valid"):
    mapa = conv(imagen, kernel, stride, padding)
    mapa[0, 0] = np.nan
    return mapa


def spoils(imagen, kernel, stride=1, padding="valid"):
    mapa = conv(imagen, kernel, stride, padding)
    imagen[...], kernel[...] = 0, 0
    return mapa


def other_shape(imagen, kernel, stride=1, padding="valid"):
    return conv(imagen, kernel, stride, padding)[::-1, :, None] + 0.125


def integers(imagen, kernel, stride=1, padding="valid"):
    return np.floor(conv(imagen, kernel, stride, padding)).astype(np.int16)


def unknown(imagen, kernel, stride=1, padding="valid"):
    return conv(imagen, kernel, stride, padding) ** 2 + 0.375


@pytest.mark.parametrize(
    ("respuesta", "clase", "palabra"),
    [
        (raises, "excepcion", "IndexError"),
        (nothing, "forma", "None"),
        (constant, "constante", "lo mismo"),
        (nan, "nan", "NaN"),
        (spoils, "entrada", "«imagen» y «kernel»"),
        (other_shape, "forma", "otra forma"),
        (integers, "dtype", "int16"),
        (unknown, "desconocido", "el más pequeño"),
    ],
    ids=lambda v: getattr(v, "__name__", None),
)
def test_the_generic_kinds(diagnosticar, respuesta, clase, palabra):
    hallado = diagnosticar(UNIDAD, FUNCION, respuesta)
    assert (hallado.kind, hallado.ids) == (clase, ()), hallado
    assert palabra in hallado.sentence and hallado.kind in KINDS
    assert hallado.case is not None and hallado.function == FUNCION


def test_stops_are_told_and_not_waited_for(experta):
    preguntas = []

    def stopped(call):
        preguntas.append(call)
        return Outcome("tiempo")

    hallado = experta(UNIDAD, FUNCION).diagnose(stopped)
    assert hallado.kind == "tiempo" and len(preguntas) == 2 and hallado.case is None
    assert experta(UNIDAD, FUNCION).diagnose(lambda _: Outcome("muerte")).kind == "muerte"


def test_the_time_is_limited(experta):
    def slow(call):
        time.sleep(0.05)
        return observe(unknown, call)

    inicio = time.monotonic()
    hallado = experta(UNIDAD, FUNCION).diagnose(slow, seconds=0.3)
    assert hallado.kind in ("tiempo", "desconocido") and time.monotonic() - inicio < 2


def test_the_smallest_case(diagnosticar, experta):
    hallado = diagnosticar(UNIDAD, FUNCION, unknown)
    caso, datos = hallado.case, dict(hallado.case.arguments)
    imagen, kernel = np.array(datos["imagen"]), np.array(datos["kernel"])
    assert imagen.size <= 4 and kernel.size <= 4
    opciones = {k: datos[k] for k in datos if k not in ("imagen", "kernel")}
    buena = conv(imagen, kernel, **opciones)
    suya = unknown(imagen, kernel, **opciones)
    assert caso.expected_shape == buena.shape and min(buena.shape) >= 2
    np.testing.assert_allclose(caso.got, suya, rtol=1e-5)
    np.testing.assert_allclose(caso.difference, suya - buena, rtol=1e-4, atol=1e-5)
    assert not same(plain(suya), plain(buena)) and caso.where is not None
    assert not experta(UNIDAD, FUNCION).probes.is_secret(Call((imagen, kernel), opciones))


def test_the_window_of_the_first_difference(experta):
    probes = experta(UNIDAD, FUNCION).probes
    call = Call((np.arange(42.0).reshape(6, 7), np.ones((2, 3)), 2))
    buena, suya = observe(conv, call), observe(lambda *a: conv(*a) + np.eye(3)[2], call)
    caso = shrink.make_case(probes, call, suya, [buena])
    assert (caso.where, caso.window) == ((0, 2), (0, 4, 2, 3))
    con_padding = Call((*call.args, "same"))
    assert shrink.make_case(probes, con_padding, suya, [observe(conv, con_padding)]).window is None


def test_a_case_too_big_is_not_shown(experta):
    call = Call((np.ones((30, 30)), np.ones((2, 2))))
    salida = observe(conv, call)
    assert shrink.make_case(experta(UNIDAD, FUNCION).probes, call, salida, [salida]) is None


def test_a_diagnosis_survives_a_notebook(diagnosticar):
    for respuesta in (unknown, raises, nan):
        hallado = diagnosticar(UNIDAD, FUNCION, respuesta)
        texto = json.dumps(hallado.to_dict(), allow_nan=False)
        vuelta = Diagnosis.from_dict(json.loads(texto))
        assert json.dumps(vuelta.to_dict()) == json.dumps(hallado.to_dict())
        assert vuelta.sentence == hallado.sentence


def test_the_line_of_the_student_is_told():
    traza = 'Traceback:\n  File "<celda>", line 3, in conv2d\n    mapa[i] = x[9]\nIndexError: fuera'
    salida = Outcome("excepcion", error="IndexError", detail=f"fuera\0{traza}")
    assert error_text(salida) == "IndexError: fuera. En la línea 3: «mapa[i] = x[9]»."


def test_two_results_are_the_same_save_rounding():
    assert same(plain([1, 2.0]), plain(np.array([1.0, 2.0000001], dtype=np.float32)))
    assert same(plain((np.ones(2), {"a": 1})), plain([[1, 1], {"a": np.float32(1)}]))
    assert same(plain([np.nan]), plain([np.nan])) and same(None, None)
    assert not same(plain([1, 2]), plain([[1, 2]])) and not same(plain("1"), plain(1))
    assert not same(None, plain(0)) and same(plain(np.zeros((0, 3))), plain([]))


def test_a_huge_result_is_not_kept():
    call = Call((1,))
    assert answer(np.zeros(300_000), call, call.copy()).value == "un resultado enorme"


def test_exceptions_are_a_result_only_where_they_are_asked_for():
    def breaks(x):
        raise KeyError(x)

    assert observe(breaks, Call((1,))).kind == "excepcion"
    pedida = observe(breaks, Call((1,), raising=True))
    assert pedida.answered and agree(pedida, observe(breaks, Call((1,), raising=True)))
    assert not agree(pedida, observe(lambda x: x, Call((1,), raising=True)))


def test_two_errors_are_mixed_where_they_differ():
    r = np.array([1.0, 2, 3, 4])
    a, b = r + [5, 0, 0, 0], r * [1, 1, 2, 1]
    np.testing.assert_allclose(pairs.mix(a, b, r, "suma"), [6, 2, 6, 4])
    np.testing.assert_allclose(pairs.mix(r + 1, r + 2, r, "suma"), r + 3)
    np.testing.assert_allclose(pairs.mix(r * 2, r * 3, r, "producto"), r * 6)
    np.testing.assert_allclose(pairs.mix(r * 2, r[:3], r, "producto"), r[:3] * 2)
    assert pairs.mix(r**2, r[:3], r, "producto") is None
    mezcla = pairs.mix({"k": a, "b": r}, {"k": r, "b": b}, {"k": r, "b": r}, "suma")
    assert np.array_equal(mezcla["k"], a) and np.array_equal(mezcla["b"], b)
