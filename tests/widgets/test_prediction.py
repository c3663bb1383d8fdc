"""«Predice, luego ejecuta»: cada respuesta abre su explicación, y solo la suya."""

import html

import pytest

from course_lib.widgets import Prediccion

OPCIONES = {
    "25": "Una por píxel: aquí no puede salirse.",
    "9": "Tres filas por tres columnas.",
    "4": "Eso es sin solapar.",
}


@pytest.fixture
def pregunta():
    return Prediccion("¿Cuántas posiciones?", OPCIONES, correcta="9")


def choose(pregunta, opcion):
    """Lo que hace una persona: marca y pulsa."""
    pregunta.eleccion.value = opcion
    assert not pregunta.boton.disabled
    pregunta.boton.click()


def test_it_starts_unanswered(pregunta):
    assert pregunta.respuesta is None and pregunta.acertada is None
    assert pregunta.eleccion.value is None and pregunta.explicacion.value == ""
    assert pregunta.boton.disabled and pregunta.boton.description == "Comprobar"
    assert list(pregunta.eleccion.options) == list(OPCIONES)
    assert repr(pregunta) == ("Prediccion('¿Cuántas posiciones?', respuesta=None, acertada=None)")


@pytest.mark.parametrize("opcion", OPCIONES)
def test_each_answer_opens_its_own_explanation(pregunta, opcion):
    choose(pregunta, opcion)
    abierta = pregunta.explicacion.value
    assert OPCIONES[opcion] in abierta and 'aria-live="polite"' in abierta
    assert not any(texto in abierta for otra, texto in OPCIONES.items() if otra != opcion)
    assert pregunta.respuesta == opcion and pregunta.acertada is (opcion == "9")
    assert ("✔ Sí." in abierta) is (opcion == "9")
    assert ("✘ Todavía no." in abierta) is (opcion != "9")


@pytest.mark.parametrize("opcion", OPCIONES)
def test_answering_from_code_is_the_same_as_clicking(opcion):
    clic, codigo = (Prediccion("¿…?", OPCIONES, correcta="9") for _ in range(2))
    choose(clic, opcion)
    codigo.responder(opcion)
    assert codigo.explicacion.value == clic.explicacion.value
    assert codigo.eleccion.value == opcion and repr(codigo) == repr(clic)


def test_changing_the_choice_hides_the_old_explanation_and_keeps_the_answer(pregunta):
    choose(pregunta, "25")
    pregunta.eleccion.value = "9"
    assert pregunta.explicacion.value == ""
    assert pregunta.respuesta == "25" and pregunta.acertada is False
    assert not pregunta.boton.disabled
    pregunta.boton.click()
    assert pregunta.acertada is True and OPCIONES["9"] in pregunta.explicacion.value


def test_a_right_answer_can_be_lost(pregunta):
    choose(pregunta, "9")
    choose(pregunta, "4")
    assert pregunta.acertada is False and OPCIONES["4"] in pregunta.explicacion.value


def test_asking_twice_for_the_same_answer_changes_nothing(pregunta):
    choose(pregunta, "4")
    antes = pregunta.explicacion.value
    pregunta.boton.click()
    assert pregunta.explicacion.value == antes


def test_without_a_choice_there_is_nothing_to_check(pregunta):
    choose(pregunta, "4")
    pregunta.eleccion.value = None
    assert pregunta.boton.disabled and pregunta.explicacion.value == ""


@pytest.mark.parametrize("opcion", ["8", "", None, 9])
def test_an_answer_that_is_not_an_option_is_refused(pregunta, opcion):
    choose(pregunta, "25")
    with pytest.raises(ValueError, match=f"«{opcion}» no es una de las opciones.*25, 9, 4"):
        pregunta.responder(opcion)
    assert pregunta.respuesta == "25" and OPCIONES["25"] in pregunta.explicacion.value


def test_question_and_explanation_are_escaped():
    malo = '<img src=x onerror="alert(1)"> & 2 < 3'
    pregunta = Prediccion(malo, {malo: malo, "b": "b"}, correcta="b")
    pregunta.responder(malo)
    for texto in (pregunta.children[0].value, pregunta.explicacion.value):
        assert "<img" not in texto and html.escape(malo) in texto


@pytest.mark.parametrize(
    ("opciones", "correcta", "dicho"),
    [
        ({}, "9", "tiene: ninguna"),
        ({"9": "Sí."}, "9", "necesita al menos dos opciones"),
        ({"25": "No.", "4": "No."}, "9", "la correcta, «9», sea una de ellas; tiene: 25, 4"),
    ],
)
def test_an_impossible_question_is_refused(opciones, correcta, dicho):
    with pytest.raises(ValueError, match=f"La pregunta «¿…\\?» .*{dicho}"):
        Prediccion("¿…?", opciones, correcta)


def test_numbers_as_options_are_refused_at_once():
    with pytest.raises(TypeError, match='son 4, 9, y todas tienen que ser textos: "4" en vez de 4'):
        Prediccion("¿…?", {4: "No.", 9: "Sí."}, 9)


def test_the_options_cannot_change_afterwards():
    opciones = dict(OPCIONES)
    pregunta = Prediccion("¿…?", opciones, correcta="9")
    opciones.clear()
    pregunta.responder("4")
    assert OPCIONES["4"] in pregunta.explicacion.value
