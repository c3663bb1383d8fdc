"""«Predice, luego ejecuta»: cada respuesta abre su explicación, y solo la suya."""

import pytest
from node_js import check

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
    """Los dos mensajes que manda el navegador cuando alguien marca y pulsa «Comprobar»."""
    pregunta.set_state({"elegida": opcion})
    pregunta.set_state({"respuesta": opcion})


def test_it_starts_unanswered(pregunta):
    assert pregunta.respuesta is None and pregunta.acertada is None
    assert pregunta.elegida is None and pregunta.explicacion == ""
    assert list(pregunta.get_state()["opciones"]) == list(OPCIONES)
    assert repr(pregunta) == ("Prediccion('¿Cuántas posiciones?', respuesta=None, acertada=None)")


@pytest.mark.parametrize("opcion", OPCIONES)
def test_each_answer_opens_its_own_explanation(pregunta, opcion):
    choose(pregunta, opcion)
    assert pregunta.explicacion == OPCIONES[opcion]
    assert pregunta.respuesta == opcion and pregunta.acertada is (opcion == "9")


@pytest.mark.parametrize("opcion", OPCIONES)
def test_answering_from_code_is_the_same_as_clicking(opcion):
    clic, codigo = (Prediccion("¿…?", OPCIONES, correcta="9") for _ in range(2))
    choose(clic, opcion)
    codigo.responder(opcion)
    assert codigo.explicacion == clic.explicacion
    assert codigo.elegida == opcion and repr(codigo) == repr(clic)


def test_changing_the_choice_hides_the_old_explanation_and_keeps_the_answer(pregunta):
    choose(pregunta, "25")
    pregunta.set_state({"elegida": "9"})
    assert pregunta.explicacion == ""
    assert pregunta.respuesta == "25" and pregunta.acertada is False
    pregunta.set_state({"respuesta": "9"})
    assert pregunta.acertada is True and pregunta.explicacion == OPCIONES["9"]


def test_a_right_answer_can_be_lost(pregunta):
    choose(pregunta, "9")
    choose(pregunta, "4")
    assert pregunta.acertada is False and pregunta.explicacion == OPCIONES["4"]


def test_the_answer_is_saved_with_the_notebook(pregunta):
    choose(pregunta, "25")
    guardado = pregunta.get_state()
    assert (guardado["respuesta"], guardado["elegida"]) == ("25", "25")


@pytest.mark.parametrize("opcion", ["8", "", None, 9])
def test_an_answer_that_is_not_an_option_is_refused(pregunta, opcion):
    choose(pregunta, "25")
    with pytest.raises(ValueError, match=f"«{opcion}» no es una de las opciones.*25, 9, 4"):
        pregunta.responder(opcion)
    assert pregunta.respuesta == "25" and pregunta.explicacion == OPCIONES["25"]


def test_without_widgets_the_question_is_text_and_gives_nothing_away(pregunta):
    datos, _ = pregunta._repr_mimebundle_()
    texto = datos["text/markdown"]
    assert "¿Cuántas posiciones?" in texto and all(f"- {opcion}" in texto for opcion in OPCIONES)
    assert not any(explicacion in texto for explicacion in OPCIONES.values())


def test_the_module_is_valid_and_never_writes_html(tmp_path):
    assert check(Prediccion._esm, tmp_path) == ""
    # Preguntas y explicaciones entran como texto: no hay nada que escapar.
    assert "innerHTML" not in Prediccion._esm and "insertAdjacentHTML" not in Prediccion._esm


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
    assert pregunta.explicacion == OPCIONES["4"]
