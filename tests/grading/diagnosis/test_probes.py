"""Los datos con que se pregunta: nuevos, válidos, y nunca los de una prueba oculta."""

import nbformat
import numpy as np
import pytest

from course_lib.grading.diagnosis import clinic
from course_lib.grading.diagnosis.fresh import MANERAS, fresh_call, numbers
from course_lib.grading.diagnosis.outcome import Call, agree, equal_calls, observe
from course_lib.grading.diagnosis.recording import record_calls

CASOS = [("02_deslizar", "conv2d_valid"), ("05_stride", "output_size"), ("12_cnn", "cnn_forward")]


def recorded(fuentes, unidad, funcion):
    codigo, maestro = fuentes(unidad)
    celdas = nbformat.reads(maestro, as_version=4).cells
    return record_calls(celdas, clinic.catalog_of(codigo), funcion)


@pytest.mark.parametrize(("unidad", "funcion"), CASOS)
def test_no_probe_is_a_hidden_case(fuentes, experta, unidad, funcion):
    ocultas = [r.call for r in recorded(fuentes, unidad, funcion) if r.hidden]
    calls = experta(unidad, funcion).probes.calls
    assert len(ocultas) > 3 and len(calls) >= 20
    assert not [c for c in calls for otra in ocultas if equal_calls(c, otra)]


@pytest.mark.parametrize(("unidad", "funcion"), CASOS)
def test_every_right_answer_agrees_on_every_probe(experta, unidad, funcion):
    probes = experta(unidad, funcion).probes
    for call, correctas in zip(probes.calls, probes.right, strict=True):
        assert all(agree(correctas[0], otra) for otra in correctas)
        assert correctas[0].answered and not correctas[0].changed
        assert agree(observe(probes.exercise.reference.function, call), correctas[0])


def test_what_is_not_valid_for_all_the_right_answers_is_no_probe(experta):
    probes = experta("02_deslizar", "conv2d_valid").probes
    assert probes.right_at(Call((np.ones((2, 2)), np.ones((3, 3))))) is None
    assert probes.right_at(Call((np.ones((4, 3)), np.ones((2, 3))))) is not None


def test_a_probe_is_evidence_only_where_the_error_shows(experta):
    probes = experta("05_stride", "conv2d").probes
    for clave, casos in probes.evidence.items():
        assert casos, clave
        distintos = [
            i for i in range(len(probes.calls))
            if not agree(probes.wrong[clave][i], probes.reference[i])
        ]  # fmt: skip
        assert casos == distintos


@pytest.mark.parametrize("manera", MANERAS)
def test_fresh_data_keep_what_they_are(manera):
    foto = np.arange(20, dtype=np.uint8).reshape(4, 5)
    capas = {"kernel": np.array([[0.5, -2.25], [1.125, 3.5]]), "nombre": "relu"}
    call = Call((foto, capas, (2, 3), True, None), {"stride": 2})
    nueva = fresh_call(call, np.random.default_rng(1), manera)
    imagen, otras, tamano, *resto = nueva.args
    assert imagen.dtype == np.uint8 and imagen.ndim == 2 and imagen.max() <= 19
    assert otras["kernel"].dtype == float and otras["nombre"] == "relu"
    assert len(tamano) == 2 and min(tamano) >= 0 and resto == [True, None]
    assert isinstance(nueva.kwargs["stride"], int) and not equal_calls(call, nueva)
    assert np.array_equal(foto, np.arange(20).reshape(4, 5))


def test_equal_sides_stay_equal():
    call = Call((np.ones((6, 4, 3)) * np.arange(3), np.ones((2, 2, 3, 5)) * np.arange(5)))
    for semilla in range(20):
        x, kernels = fresh_call(call, np.random.default_rng(semilla), "lados").args
        assert x.shape[2] == kernels.shape[2]


def test_a_constant_of_a_test_is_not_copied():
    rng = np.random.default_rng(0)
    nuevos = [numbers(np.full((2, 2), 7321.0), (2, 3), rng) for _ in range(30)]
    assert min(abs(n - 7321).max() for n in nuevos) > 1
    assert not numbers(np.zeros((2, 2), dtype=int), (3, 3), rng).any()
