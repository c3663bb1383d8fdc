"""Comprobaciones a la vista: qué aceptan, qué rechazan, con qué frase y con qué dibujo."""

import base64
import contextlib
import io
import re
import sys

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from numpy.lib.stride_tricks import sliding_window_view
from PIL import Image

from course_lib import checks, images, ops
from course_lib._checks import compare
from course_lib.checks import (
    Diferencia,
    check_map,
    check_unchanged,
    check_value,
    count_steps,
    difference,
    draw_difference,
    same,
)

MAPA = np.array([[4.0, 3.0, 4.0], [2.0, 4.0, 3.0]])


class Mentiroso(np.ndarray):
    """Un array que dice ser igual a todo y valer lo que convenga."""

    def __eq__(self, otro):
        return np.ones(self.shape, bool)

    def __sub__(self, otro):
        return np.zeros(self.shape)

    __rsub__ = __sub__

    def __array_ufunc__(self, *args, **kwargs):
        return np.ones(self.shape, bool)

    def __array_function__(self, *args, **kwargs):
        return True

    def __array__(self, *args, **kwargs):
        return MAPA.copy()


class Roto:
    """Falla al convertirlo, como un tensor que espera gradientes."""

    def __array__(self, *args, **kwargs):
        raise RuntimeError("call detach() first")


class Convertible:
    def __array__(self, dtype=None, copy=None):
        return MAPA.astype(dtype or float)


# --- lo que se acepta ---

IGUALES = {
    "el mismo array": (MAPA, MAPA),
    "una copia": (MAPA.copy(), MAPA),
    "lista de listas": (MAPA.tolist(), MAPA),
    "tuplas": (tuple(map(tuple, MAPA)), MAPA),
    "esperado en una lista": (MAPA, MAPA.tolist()),
    "enteros": (MAPA.astype(np.int32), MAPA),
    "uint8": (MAPA.astype(np.uint8), MAPA),
    "float16 exacto": (MAPA.astype(np.float16), MAPA),
    "vista traspuesta dos veces": (np.asfortranarray(MAPA).T.T, MAPA),
    "enmascarado sin máscara": (np.ma.array(MAPA), MAPA),
    "objeto convertible": (Convertible(), MAPA),
    "booleanos": ([[True, False]], [[1, 0]]),
    "un número": (2, 2.0),
    "un número de NumPy": (np.float32(2), 2),
    "array de cero dimensiones": (np.array(2), 2),
    "esperado de cero dimensiones": (2, np.array(2.0)),
    "un booleano": (True, 1),
    "menos cero": (-0.0, 0),
    "vacíos": (np.empty((0, 3)), np.empty((0, 3))),
    "lista vacía": ([], []),
    "tres dimensiones": (np.ones((2, 3, 4)), np.ones((2, 3, 4), int)),
    "infinitos en su sitio": ([np.inf, -np.inf, 1], [np.inf, -np.inf, 1]),
    "int8 en su extremo": ([-128.0005], np.array([-128], np.int8)),
    "enorme": ([1e300, -1e300 * (1 + 1e-9)], [1e300, -1e300]),
    "diminuto": ([1e-20, 2e-20], [1e-20, 2e-20]),
}


@pytest.mark.parametrize(("obtenido", "esperado"), IGUALES.values(), ids=IGUALES)
def test_equal_results_are_accepted(obtenido, esperado):
    assert difference(obtenido, esperado) is None
    assert same(obtenido, esperado) is True


@pytest.mark.filterwarnings("ignore:the matrix subclass")
def test_a_numpy_matrix_is_read_like_an_array():
    assert same(np.asmatrix(MAPA), MAPA)
    assert "es una lista" not in difference(np.asmatrix(MAPA) * 2, MAPA)


def correct_maps(x, w):
    """El mismo mapa por caminos que redondean distinto."""
    alto, ancho = x.shape[0] - w.shape[0] + 1, x.shape[1] - w.shape[1] + 1
    ventanas = sliding_window_view(x, w.shape)
    x32, w32 = x.astype(np.float32), w.astype(np.float32)
    forma = x.shape[0] + w.shape[0] - 1, x.shape[1] + w.shape[1] - 1
    espectro = np.fft.rfft2(x, forma) * np.fft.rfft2(w[::-1, ::-1], forma)
    completo = np.fft.irfft2(espectro, forma)
    bucle = np.zeros((alto, ancho), np.float32)
    for i, j in np.ndindex(w.shape):
        bucle += w32[i, j] * x32[i : i + alto, j : j + ancho]
    return {
        "float64": np.einsum("ijkl,kl->ij", ventanas, w),
        "float32": np.einsum("ijkl,kl->ij", sliding_window_view(x32, w.shape), w32),
        "bucle float32": bucle,
        "fft": completo[w.shape[0] - 1 :, w.shape[1] - 1 :][:alto, :ancho],
        "fft en float32": completo[w.shape[0] - 1 :, w.shape[1] - 1 :][:alto, :ancho].astype("f4"),
    }


FONDOS = {
    "ruido": images.ruido(3, 24),
    "ruido de 0 a 255": images.ruido(3, 24) * 255,
    "ruido hasta un millón": images.ruido(3, 24) * 1e6,
    "dígito con ceros exactos alrededor": np.pad(images.digitos()[0][0], 8),
    "dígito de 0 a 255": np.pad(images.digitos()[0][0], 8) * 255,
    # Aquí casi todos los mapas son cero y lo único que hay es redondeo.
    "liso": np.full((20, 24), 0.7),
}


@pytest.mark.parametrize("fondo", FONDOS)
@pytest.mark.parametrize("kernel", ["sobel_x", "laplaciano_8", "gaussiano", "gabor"])
def test_rounding_is_forgiven(fondo, kernel):
    x, w = FONDOS[fondo], images.kernel(kernel)
    esperado = ops.conv2d(x, w)
    for camino, mapa in correct_maps(x, w).items():
        assert same(mapa, esperado), (camino, difference(mapa, esperado))


def test_rounding_is_forgiven_when_the_reference_is_float32():
    x = np.full((9, 9), 0.7, np.float32)
    esperado = ops.conv2d(x, images.kernel("gabor"))
    assert esperado.dtype == np.float32
    assert same(correct_maps(x.astype(float), images.kernel("gabor"))["float64"], esperado)


# --- lo que se rechaza, con su frase ---

FRASES = {
    "None": (None, MAPA, "Tu función devuelve None: ¿le falta el return?"),
    "texto": ("4", 4, "Tu función devuelve un str y se esperan números."),
    "bytes": (b"4", 4, "Tu función devuelve un bytes y se esperan números."),
    "diccionario": ({0: 4}, MAPA, "Tu función devuelve un dict y se esperan números."),
    "conjunto": ({4}, MAPA, "Tu función devuelve un set y se esperan números."),
    "una función": (np.sum, 4, "Tu función devuelve un"),
    "una clase": (int, 4, "Tu función devuelve un type y se esperan números."),
    "puntos suspensivos": (..., 4, "Tu función devuelve un ellipsis y se esperan números."),
    "un generador": ((i for i in [4]), 4, "cosas que no son números (object)"),
    "filas desiguales": ([[1, 2], [3]], MAPA, "Las filas de tu resultado no miden todas lo mismo."),
    "lista con None": ([[4, None]], [[4, 3]], "cosas que no son números (object)"),
    "array de objetos": (MAPA.astype(object), MAPA, "cosas que no son números (object)"),
    "lista de textos": (["4"], [4], "Tu resultado contiene textos y se esperan números reales."),
    "complejos": (MAPA + 0j, MAPA, "contiene números complejos y se esperan números reales."),
    "fechas": (np.array(["2026-01-01"], "M8[D]"), [1], "cosas que no son números (datetime64"),
    "objeto que falla": (Roto(), MAPA, "devuelve un Roto que no se puede leer como números."),
    "una dimensión": ([1.0, 2.0], MAPA, "es una lista de 2 y el que se espera mide 2×3."),
    "tres dimensiones": (MAPA[..., None], MAPA, "mide 2×3×1 y el que se espera mide 2×3."),
    "traspuesto": (MAPA.T, MAPA, "Tu resultado mide 3×2 y el que se espera mide 2×3."),
    "un número y no un mapa": (4, MAPA, "es un solo número y el que se espera mide 2×3."),
    "un mapa y no un número": ([[4]], 4, "mide 1×1 y el que se espera es un solo número."),
    "vacío": (np.empty((0, 3)), MAPA, "mide 0×3 y el que se espera mide 2×3."),
    "forma que se repetiría": (np.ones((1, 3)), np.ones((2, 3)), "mide 1×3 y el que se espera"),
    "NaN en un mapa": ([[4, np.nan]], [[4, 3]], "NaN (no es un número) en la fila 0, columna 1."),
    "NaN donde se espera NaN": ([np.nan], [np.nan], "NaN (no es un número) en la posición (0,)."),
    "NaN solo": (np.nan, 4, "NaN (no es un número) en su único valor."),
    "un valor de lista": ([1, 2], [1, 3], "está en la posición (1,): se espera 3 y tu"),
    "un valor de tres ejes": (np.zeros((1, 1, 2)), [[[0, 1]]], "en la posición (0, 0, 1)"),
    "número": (5, 4, "Se espera 4 y tu resultado es 5."),
    "número con decimales": (0.5, 0.25, "Se espera 0.25 y tu resultado es 0.5."),
    "un booleano": (True, 2, "Se espera 2 y tu resultado es 1."),
    "infinito": ([[np.inf, 3]], [[4, 3]], "se espera 4 y tu resultado tiene inf."),
    "otro signo de infinito": (-np.inf, np.inf, "Se espera inf y tu resultado es -inf."),
}


@pytest.mark.parametrize(("obtenido", "esperado", "frase"), FRASES.values(), ids=FRASES)
def test_each_difference_has_its_sentence(obtenido, esperado, frase):
    dicho = difference(obtenido, esperado)
    assert frase in dicho and dicho.endswith((".", "?"))
    assert same(obtenido, esperado) is False


def test_first_difference_is_read_like_a_page():
    obtenido = MAPA.copy()
    obtenido[0, 2], obtenido[1, 0] = -1, 9
    assert difference(obtenido, MAPA) == (
        "Coincide en 4 de 6 posiciones. La primera diferencia está en la fila 0, columna 2: se "
        "espera 4 y tu resultado tiene -1."
    )


@pytest.mark.parametrize("posicion", list(np.ndindex(MAPA.shape)))
def test_every_position_counts(posicion):
    obtenido = MAPA.copy()
    obtenido[posicion] += 0.001
    assert f"en la fila {posicion[0]}, columna {posicion[1]}:" in difference(obtenido, MAPA)


# --- a qué se parece ---

GRANDE = np.array([[1.0, 7.0, -3.0, 2.5], [0.0, 4.0, 300.0, 6.0], [8.0, -9.0, 5.0, 11.0]])
PARECIDOS = {
    "girado": (GRANDE[::-1, ::-1], "Es el que se espera, girado 180°."),
    "izquierda y derecha": (GRANDE[:, ::-1], "volteado de izquierda a derecha."),
    "arriba y abajo": (GRANDE[::-1], "volteado de arriba abajo."),
    "traspuesto": (GRANDE.T, "con las filas y las columnas cambiadas."),
    "constante": (GRANDE * 0 + 3, "Todas las posiciones de tu resultado valen 3."),
    "sin decimales": (np.trunc(GRANDE), "sin sus decimales. Guárdalo en float."),
    "desborda": (GRANDE.astype(int).astype(np.uint8), "guardado en uint8, que solo llega de 0 a"),
    "signo": (-GRANDE, "con el signo cambiado."),
    "por tres": (GRANDE * 3, "multiplicado por 3."),
    "promedio": (GRANDE / 9, "dividido entre 9."),
    "uno de más": (GRANDE + 1, "Te sobra 1 en todas las posiciones."),
    "medio de menos": (GRANDE - 0.5, "Te falta 0.5 en todas las posiciones."),
    "borde de más": (np.pad(GRANDE, 1), "dentro del tuyo, desde la fila 1, columna 1: te sobra el"),
    "fila de menos": (GRANDE[:-1, :-1], "El tuyo es un trozo del que se espera"),
    "un eje de más": (GRANDE[..., None], "solo sobra o falta un eje de tamaño 1."),
}


@pytest.mark.parametrize(("obtenido", "frase"), PARECIDOS.values(), ids=PARECIDOS)
def test_a_result_that_resembles_the_expected_one_is_told_how(obtenido, frase):
    assert frase in difference(obtenido, GRANDE)


@pytest.mark.parametrize("semilla", range(40))
def test_no_resemblance_is_made_up(semilla):
    """Dos mapas al azar no se parecen en nada, y un solo número de más tampoco tiene nombre."""
    azar = np.random.default_rng(semilla)
    forma = azar.integers(2, 6, size=2)
    esperado, otro = azar.integers(-9, 9, size=(2, *forma)).astype(float)
    suelto = esperado.copy()
    suelto.flat[0] += 100
    for obtenido in (otro + np.eye(*forma) * 0.25, suelto):
        assert difference(obtenido, esperado).endswith(
            f"y tu resultado tiene {compare.number(obtenido[tuple(_first(obtenido, esperado))])}."
        )


def _first(obtenido, esperado):
    return np.argwhere(obtenido != esperado)[0]


@pytest.mark.parametrize("esperado", [[[0, 0]], [[1, 1], [1, 1]], 3, [[np.inf, 1]]])
def test_nothing_is_said_of_an_expected_value_that_says_nothing(esperado):
    dicho = difference(np.asarray(esperado, float) + [[5.0, 7.0]], esperado)
    assert "Es el que" not in dicho and "todas las posiciones" not in dicho


# --- respuestas con trampa y escalas ---


def test_a_lying_array_is_read_as_plain_numbers():
    mentiroso = np.zeros_like(MAPA).view(Mentiroso)
    assert "Coincide en 0 de 6" in difference(mentiroso, MAPA)
    assert "Coincide en 0 de 6" in difference(MAPA * 0, MAPA.view(Mentiroso).view(np.ndarray))


@pytest.mark.parametrize("mascara", [np.ones(MAPA.shape, bool), MAPA == 3])
def test_numbers_under_a_mask_do_not_count(mascara):
    assert "enmascaradas" in difference(np.ma.array(MAPA, mask=mascara), MAPA)


def test_the_masked_constant_is_not_a_zero():
    assert "enmascaradas" in difference(np.ma.masked, 0)


def test_an_infinite_expected_value_does_not_hide_the_others():
    assert not same([5.0, np.inf], [1.0, np.inf])
    assert not same([1.0, 7.0], [1.0, np.inf])
    assert not same([np.inf, 1.0], [1.0, 1.0])


def test_an_expected_nan_equals_nothing():
    assert not same(1.0, np.nan)
    assert not same([[1.0, 2.0]], [[1.0, np.nan]])


@pytest.mark.parametrize("esperado", [None, "4", MAPA + 0j, [None]])
def test_a_test_that_expects_something_else_than_numbers_is_reported(esperado):
    with pytest.raises(TypeError, match="esperado contiene .* Corrige la prueba"):
        difference(np.zeros(np.shape(esperado)), esperado)


@pytest.mark.parametrize("escala", [1e-8, 1e-6, 1e-4, 1.0, 255.0, 1e8, 1e300])
def test_wrong_answers_are_rejected_at_any_scale(escala):
    x, w = images.ruido(1, 12), images.kernel("sobel_x")
    esperado = ops.conv2d(x, w) * escala
    assert not same(ops.conv2d(x, w[::-1, ::-1]) * escala, esperado)
    assert not same(ops.conv2d(x, w.T) * escala, esperado)
    assert not same(esperado * 1.05, esperado)
    assert not same(np.zeros_like(esperado), esperado)


@pytest.mark.parametrize("escala", [1e-300, 1e-17, 1e-12, 1e-8, 1e-4, 1.0, 1e8, 1e300])
def test_right_answers_are_accepted_at_any_scale(escala):
    esperado = ops.conv2d(images.ruido(1, 12), images.kernel("sobel_x")) * escala
    assert same(esperado * (1 + 1e-7), esperado)


def test_overflow_while_comparing_is_silent(recwarn):
    assert not same([1.7e308], [-1.7e308])
    assert len(recwarn) == 0


def test_nothing_is_modified():
    for obtenido in (MAPA + 1, MAPA.astype(np.uint8), MAPA.T.copy()):
        copias = obtenido.copy(), MAPA.copy()
        difference(obtenido, MAPA)
        draw_difference(obtenido, MAPA)
        with pytest.raises(Diferencia):
            check_map(obtenido + 1, MAPA)
        np.testing.assert_array_equal(obtenido, copias[0])
        np.testing.assert_array_equal(MAPA, copias[1])
        assert obtenido.dtype == copias[0].dtype


# --- check_value, check_map, check_unchanged ---


def test_check_value_says_the_value(capsys):
    assert check_value(np.float32(77.5), 77.5) is None
    assert capsys.readouterr().out == "✔ Correcto: 77.5\n"


def test_yes_or_no_is_told_as_it_is_written(capsys):
    check_value(np.True_, True)
    assert capsys.readouterr().out == "✔ Correcto: True\n"
    with pytest.raises(checks.Diferencia, match="Se espera True y tu resultado es False"):
        check_value(False, True)
    with pytest.raises(checks.Diferencia, match="Se espera False y tu resultado es 0.5"):
        check_value(0.5, False)


def test_check_value_raises_the_sentence(capsys):
    with pytest.raises(Diferencia, match=r"^Se espera 4 y tu resultado es 6\.$"):
        check_value(6, 4)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("mapa", "dicho"),
    [
        (MAPA, "✔ Correcto: las 6 posiciones coinciden.\n"),
        ([[7]], "✔ Correcto: la única posición coincide.\n"),
    ],
)
def test_check_map_counts_the_positions(mapa, dicho, capsys):
    assert check_map(np.asarray(mapa).tolist(), mapa) is None
    assert capsys.readouterr().out == dicho


@pytest.mark.parametrize(
    ("obtenido", "esperado"),
    [
        (MAPA + 1, MAPA),
        (MAPA.T, MAPA),
        (None, MAPA),
        (MAPA, MAPA[0]),
        (MAPA, MAPA[..., None]),
        (MAPA, [[1.0, np.inf]]),
        (np.full_like(MAPA, 1.7e308), -np.full_like(MAPA, 1.7e308)),
        (np.ones((2, 2_000_000)), MAPA),
    ],
)
def test_check_map_always_ends_in_its_own_sentence(obtenido, esperado, monkeypatch):
    """Que el dibujo no se pueda hacer nunca tapa la frase."""
    monkeypatch.setattr("IPython.get_ipython", lambda: "un cuaderno")
    monkeypatch.setattr("IPython.display.display", lambda dibujo: None)
    with pytest.raises(Diferencia) as error:
        check_map(obtenido, esperado)
    assert str(error.value) == difference(obtenido, esperado)


def test_a_difference_is_an_assertion_error():
    """nbgrader y pytest la tratan como cualquier `assert`."""
    assert issubclass(Diferencia, AssertionError)


@pytest.mark.parametrize(
    "antes", [MAPA, MAPA.astype(np.uint8), np.array([1.0, np.nan]), np.array([True]), np.empty(0)]
)
def test_check_unchanged_accepts_an_equal_copy(antes, capsys):
    assert check_unchanged(antes.copy(), antes, "la imagen") is None
    assert capsys.readouterr().out == "✔ Correcto: la imagen sigue igual.\n"


@pytest.mark.parametrize(
    "ahora", [MAPA + 1e-12, MAPA[:1], MAPA.ravel(), np.where(MAPA == 3, np.nan, MAPA)]
)
def test_check_unchanged_sees_any_change(ahora, capsys):
    with pytest.raises(Diferencia, match="ha cambiado el kernel que recibió.*un array nuevo"):
        check_unchanged(ahora, MAPA, "el kernel")
    assert capsys.readouterr().out == ""


def test_check_unchanged_says_what_changed():
    with pytest.raises(Diferencia, match="En la fila 0, columna 1 había 3 y ahora hay 9. Guarda"):
        check_unchanged(np.where(MAPA == 3, 9, MAPA)[:1], MAPA[:1], "la imagen")


def test_in_a_notebook_the_error_is_a_sentence_and_not_a_traceback():
    """El dibujo, que sale antes, queda justo encima de la frase."""
    consola, dicho = InteractiveShell(), io.StringIO()
    consola.user_ns["MAPA"] = MAPA
    with contextlib.redirect_stdout(dicho):
        consola.run_cell("from course_lib.checks import *\ncheck_map(MAPA + 1, MAPA)")
    texto = re.sub(r"\x1b\[\d+m", "", dicho.getvalue())
    assert "✘ Todavía no.\nCoincide en 0 de 6" in texto and "Traceback" not in texto
    assert texto.rstrip().endswith("En la línea 2 de esta celda:\ncheck_map(MAPA + 1, MAPA)")
    assert max(map(len, texto.splitlines())) <= 83  # «nbgrader validate» corta a partir de ahí


# --- el dibujo ---


def titles(figura):
    return [ax.get_title() for ax in figura.axes]


def test_same_shape_draws_the_difference():
    figura = draw_difference(MAPA + [[0, 0, -6]], MAPA)
    assert titles(figura) == ["Se espera", "Tu resultado", "Diferencia"]
    esperado, obtenido, resta = (ax.images[0].get_array() for ax in figura.axes)
    np.testing.assert_array_equal(esperado, MAPA)
    np.testing.assert_array_equal(obtenido - esperado, resta)
    assert resta[0, 2] == -6 and figura.axes[2].images[0].get_clim() == (-6, 6)


def test_the_first_difference_is_framed_in_the_three_maps():
    figura = draw_difference(MAPA + [[0, 0, -6], [1, 0, 0]], MAPA)
    assert [[p.get_xy() for p in ax.patches] for ax in figura.axes] == [[(1.5, -0.5)]] * 3


def test_another_shape_draws_both_maps():
    figura = draw_difference(MAPA.T.tolist(), MAPA)
    assert titles(figura) == ["Se espera", "Tu resultado"]
    assert [ax.images[0].get_array().shape for ax in figura.axes] == [(2, 3), (3, 2)]


@pytest.mark.parametrize(
    ("obtenido", "esperado", "limite"),
    [(MAPA * 2, MAPA, 8), (-MAPA.T, MAPA * 3, 12), (MAPA * 0, MAPA * 0, 1)],
)
def test_the_same_number_has_the_same_colour_in_both_maps(obtenido, esperado, limite):
    figura = draw_difference(obtenido, esperado)
    escalas = [ax.images[0].get_clim() for ax in figura.axes[:2]]
    assert escalas == [(-limite, limite)] * 2


@pytest.mark.parametrize(
    ("obtenido", "esperado"),
    [
        (None, MAPA),
        ([[1], [2, 3]], MAPA),
        (4, MAPA),
        (MAPA[0], MAPA),
        (np.empty((0, 3)), MAPA),
        (MAPA * np.nan, MAPA),
        (MAPA * np.inf, MAPA),
        (MAPA * 1e200, MAPA),
        (MAPA, MAPA[0]),
        (MAPA, MAPA[..., None]),
        (MAPA, MAPA * np.nan),
        (np.zeros((1000, 1001)), MAPA),
    ],
)
def test_what_is_not_a_map_is_not_drawn(obtenido, esperado):
    assert draw_difference(obtenido, esperado) is None


def test_there_is_no_picture_outside_a_notebook(monkeypatch):
    monkeypatch.setattr("IPython.display.display", lambda *a: pytest.fail("se mostró algo"))
    with pytest.raises(Diferencia):
        check_map(MAPA + 1, MAPA)


def test_in_a_notebook_the_picture_says_its_sentence(monkeypatch):
    """Sin pyplot importado, IPython no sabe pintar un Figure: lo que se muestra ya es un PNG."""
    mostrado = []
    monkeypatch.setattr("IPython.get_ipython", lambda: "un cuaderno")
    monkeypatch.setattr("IPython.display.display", mostrado.append)
    with pytest.raises(Diferencia) as error:
        check_map(MAPA + 1, MAPA)
    (dibujo,) = mostrado
    png, metadatos = dibujo._repr_png_()
    assert metadatos["alt"] == str(error.value)
    ancho, alto = Image.open(io.BytesIO(base64.b64decode(png))).size
    assert ancho == 3 * alto


def test_a_right_answer_draws_nothing(monkeypatch):
    monkeypatch.setattr(checks, "draw_difference", lambda *a: pytest.fail("se dibujó"))
    check_map(MAPA, MAPA)


# --- los pasos que da Python ---


def loop(x):
    return np.array([[v + 1 for v in fila] for fila in x])


def two_loops(x):
    mapa = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            mapa[i, j] = x[i, j] + 1
    return mapa


def hidden_loop(x):
    return np.vectorize(lambda v: v + 1)(x)


@pytest.mark.parametrize("funcion", [loop, two_loops, hidden_loop])
def test_a_loop_gives_a_step_for_each_number_or_more(funcion):
    pequeno, grande = (count_steps(funcion, np.ones((3, n))) for n in (10, 90))
    assert grande - pequeno >= 3 * 80


@pytest.mark.parametrize(
    "funcion",
    [
        lambda x: x + 1,
        lambda x: np.pad(x, 1),
        lambda x: np.lib.stride_tricks.sliding_window_view(x, (2, 2)).sum(axis=(2, 3)),
        lambda x: np.einsum("ij,ij->i", x, x),
        lambda x: [fila * 2 for fila in x],
    ],
    ids=["suma", "pad", "ventanas", "einsum", "filas"],
)
def test_whole_arrays_give_the_same_steps_however_wide(funcion):
    assert count_steps(funcion, np.ones((3, 10))) == count_steps(funcion, np.ones((3, 900)))


def test_counting_leaves_everything_as_it_was():
    antes = sys.gettrace()
    with pytest.raises(ZeroDivisionError):
        count_steps(lambda x: x / 0, 1)
    assert sys.gettrace() is antes


def test_who_stops_the_counter_has_given_all_the_steps():
    def tramposa(x):
        sys.settrace(None)
        return loop(x)

    assert count_steps(tramposa, np.ones((3, 3))) == sys.maxsize
