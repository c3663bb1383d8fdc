"""Cada error nombra el argumento, dice su valor y propone una cura, en español."""

import warnings

import numpy as np
import pytest

from course_lib import ops

GRAY, COLOR = np.ones((5, 6)), np.ones((5, 6, 3))
FLAT, FILTERS = np.ones((3, 3)), np.ones((3, 3, 3, 4))
HOLED = np.where(np.arange(30).reshape(5, 6) == 8, np.nan, 1.0)

# (llamada, excepción, lo que el mensaje dice del argumento y su valor, la cura)
CASES = {
    "stride cero": (lambda: ops.conv2d(GRAY, FLAT, stride=0),
        ValueError, "stride=0", "stride=1"),
    "stride negativo": (lambda: ops.conv2d(GRAY, FLAT, stride=(1, -2)),
        ValueError, "stride=-2", "stride=1"),
    "stride decimal": (lambda: ops.conv2d(GRAY, FLAT, stride=1.5),
        TypeError, "stride=1.5", "divide con //"),
    "stride booleano": (lambda: ops.conv2d(GRAY, FLAT, stride=True),
        TypeError, "stride=True", "stride=1"),
    "stride de tres": (lambda: ops.conv2d(GRAY, FLAT, stride=(1, 2, 3)),
        ValueError, "stride=(1, 2, 3)", "(vertical, horizontal)"),
    "stride de pooling": (lambda: ops.max_pool2d(GRAY, 2, stride=0),
        ValueError, "stride=0", "stride=1"),
    "dilatación cero": (lambda: ops.conv2d(GRAY, FLAT, dilation=0),
        ValueError, "dilation=0", "dilation=1"),
    "padding desconocido": (lambda: ops.conv2d(GRAY, FLAT, padding="SAME"),
        ValueError, "padding='SAME'", "padding='same'"),
    "padding sin parecido": (lambda: ops.conv2d(GRAY, FLAT, padding="xyz"),
        ValueError, "padding='xyz'", "'valid', 'same'"),
    "padding negativo": (lambda: ops.pad2d(GRAY, ((0, 0), (-1, 0))),
        ValueError, "padding=-1", "padding=0"),
    "padding sin número": (lambda: ops.conv2d(GRAY, FLAT, padding=None),
        TypeError, "padding=None", "padding=0"),
    "padding de cuatro": (lambda: ops.conv2d(GRAY, FLAT, padding=(1, 1, 2, 2)),
        ValueError, "padding=(1, 1, 2, 2)", "((arriba, abajo), (izquierda, derecha))"),
    "same sin kernel": (lambda: ops.pad2d(GRAY, "same"),
        ValueError, "padding='same'", "padding=1"),
    "modo desconocido": (lambda: ops.pad2d(GRAY, 1, mode="mirror"),
        ValueError, "mode='mirror'", "'reflect'"),
    "relleno que no cabe": (lambda: ops.pad2d(np.ones((2, 2), np.uint8), 1, -1),
        ValueError, "value=-1", "x.astype(float)"),
    "relleno decimal en enteros": (lambda: ops.pad2d([[1]], 1, 0.5),
        ValueError, "value=0.5", "x.astype(float)"),
    "relleno NaN en enteros": (lambda: ops.pad2d([[1]], 1, np.nan),
        ValueError, "value=nan", "x.astype(float)"),
    "relleno enorme": (lambda: ops.pad2d(np.ones((1, 1), np.float32), 1, 1e300),
        ValueError, "value=1e+300", "x.astype(float)"),
    "relleno de texto": (lambda: ops.pad2d([[1]], 1, "a"),
        TypeError, "value='a'", "value=0"),
    "activación mal escrita": (lambda: ops.conv2d(GRAY, FLAT, activation="ReLU"),
        ValueError, "activation='ReLU'", "activation='relu'"),
    "activación de otra clase": (lambda: ops.conv2d(GRAY, FLAT, activation=3),
        TypeError, "activation=3", "'relu'"),
    "kernel grande": (lambda: ops.conv2d(GRAY, np.ones((7, 2))),
        ValueError, "kernel=7×2 no cabe en la entrada de 5×6", "padding='same'"),
    "kernel dilatado": (lambda: ops.conv2d(GRAY, FLAT, dilation=3, padding=(0, 1)),
        ValueError, "abarca 7×7 y la entrada con su padding mide 5×8", "menos dilatación"),
    "ventana grande": (lambda: ops.avg_pool2d(GRAY, 9),
        ValueError, "pool_size=9×9", "padding='same'"),
    "columnas grandes": (lambda: ops.im2col(GRAY, 9),
        ValueError, "kernel_size=9×9", "padding='same'"),
    "longitud sin sitio": (lambda: ops.output_size(3, 5),
        ValueError, "kernel=5 no cabe en la entrada de 3", "padding='same'"),
    "longitud cero": (lambda: ops.output_size(0, 1),
        ValueError, "n=0", "n=1"),
    "definición con canales": (lambda: ops.conv2d_naive(COLOR, FLAT),
        ValueError, "(5, 6, 3)", "Usa conv2d"),
    "kernel 2D con canales": (lambda: ops.conv2d(COLOR, FLAT),
        ValueError, "kernel tiene forma (3, 3) y x tiene forma (5, 6, 3)", "groups=3"),
    "kernel 3D": (lambda: ops.conv2d(COLOR, np.ones((3, 3, 3))),
        ValueError, "kernel tiene forma (3, 3, 3)", "kernel[..., None]"),
    "imagen aplanada": (lambda: ops.conv2d(np.ones(30), FLAT),
        ValueError, "x tiene forma (30,)", "x.reshape(alto, ancho)"),
    "canales distintos": (lambda: ops.conv2d(np.ones((5, 6, 2)), FILTERS),
        ValueError, "x tiene forma (5, 6, 2) y canales=2", "kernel.transpose(2, 3, 1, 0)"),
    "gris con kernel de color": (lambda: ops.conv2d(GRAY, FILTERS),
        ValueError, "canales=1", "espera canales=3"),
    "canales primero": (lambda: ops.conv2d(np.ones((3, 5, 6)), FILTERS),
        ValueError, "canales=6", "np.moveaxis(x, -3, -1)"),
    "grupos que no dividen": (lambda: ops.conv2d(COLOR, np.ones((3, 3, 1, 4)), groups=3),
        ValueError, "groups=3 no divide", "divisor de 4"),
    "grupos cero": (lambda: ops.conv2d(COLOR, FILTERS, groups=0),
        ValueError, "groups=0", "groups=1"),
    "canales de la traspuesta": (lambda: ops.conv2d_transpose(COLOR, FILTERS),
        ValueError, "canales=3", "(kh, kw, C_out/groups, C_in)"),
    "recorte total": (lambda: ops.conv2d_transpose(GRAY, FLAT, padding=9),
        ValueError, "padding=9", "padding menor"),
    "output_padding grande": (lambda: ops.conv2d_transpose(GRAY, FLAT, stride=2, output_padding=2),
        ValueError, "output_padding=(2, 2)", "como mucho output_padding=(1, 1)"),
    "output_padding con same": (
        lambda: ops.conv2d_transpose(GRAY, FLAT, stride=2, padding="same", output_padding=1),
        ValueError, "output_padding=(1, 1)", "Quita output_padding"),
    "bias de lista en 2D": (lambda: ops.conv2d(GRAY, FLAT, [1.0]),
        ValueError, "bias tiene forma (1,)", "bias=0.5"),
    "bias escalar en 4D": (lambda: ops.conv2d(COLOR, FILTERS, 1.0),
        ValueError, "bias tiene forma ()", "np.full((4,), valor)"),
    "NaN en x": (lambda: ops.conv2d(HOLED, FLAT),
        ValueError, "x[1, 2]", "np.nan_to_num(x)"),
    "NaN en el kernel": (lambda: ops.conv2d(GRAY, HOLED[:3, :3]),
        ValueError, "kernel[1, 2]", "np.nan_to_num(kernel)"),
    "NaN en el bias": (lambda: ops.conv2d(GRAY, FLAT, np.nan),
        ValueError, "bias[()]", "np.nan_to_num(bias)"),
    "NaN en una activación": (lambda: ops.relu(HOLED),
        ValueError, "x[1, 2]", "np.nan_to_num(x)"),
    "NaN en el pooling": (lambda: ops.max_pool2d(HOLED),
        ValueError, "x[1, 2]", "np.nan_to_num(x)"),
    "infinitos que se anulan": (lambda: ops.conv2d([[np.inf, -np.inf]], [[1, 1]]),
        ValueError, "los infinitos de x se anulan", "np.nan_to_num(x)"),
    "infinitos que se anulan al promediar": (lambda: ops.avg_pool2d([[np.inf, -np.inf]], (1, 2)),
        ValueError, "los infinitos de x se anulan", "np.nan_to_num(x)"),
    "infinito en softmax": (lambda: ops.softmax([np.inf, 0]),
        ValueError, "los infinitos de x se anulan", "np.nan_to_num(x)"),
    "desbordamiento": (lambda: ops.conv2d([[1e308, 1e308]], [[10, -10]]),
        ValueError, "demasiado grandes para float64", "Divídelos por su máximo"),
    "vacía": (lambda: ops.conv2d(np.ones((0, 3)), FLAT),
        ValueError, "x está vacío: su forma es (0, 3)", "Revisa el recorte"),
    "lista irregular": (lambda: ops.conv2d([[1, 2], [3]], FLAT),
        TypeError, "x=[[1, 2], [3]]", "misma longitud"),
    "texto": (lambda: ops.conv2d(GRAY, [["1", "2"]]),
        TypeError, "kernel=[['1', '2']]", "dtype=float"),
    "nada": (lambda: ops.conv2d(None, FLAT),
        TypeError, "x=None", "np.array(lista, dtype=float)"),
    "complejos": (lambda: ops.conv2d(GRAY * 1j, FLAT),
        TypeError, "x tiene números complejos (dtype complex128)", "x.real"),
    "ventana fuera": (lambda: ops.max_pool2d(GRAY, 2, padding=2),
        ValueError, "padding=2", "Usa menos padding"),
    "ceil_mode entero": (lambda: ops.max_pool2d(GRAY, ceil_mode=1),
        TypeError, "ceil_mode=1", "True o False"),
    "eje inexistente": (lambda: ops.softmax(GRAY, axis=2),
        ValueError, "axis=2", "axis=-1"),
    "softmax de un número": (lambda: ops.log_softmax(3.0),
        ValueError, "axis=-1", "ponlo en una lista"),
    "pendiente con forma": (lambda: ops.leaky_relu(GRAY, [0.1, 0.2]),
        ValueError, "negative_slope=[0.1, 0.2]", "negative_slope=0.1"),
    "columnas de otro tamaño": (lambda: ops.col2im(np.ones((2, 4)), (3, 3), 2),
        ValueError, "cols tiene forma (2, 4)", "Usa los mismos kernel_size"),
    "forma de una dimensión": (lambda: ops.col2im(np.ones((2, 4)), (3,), 2),
        ValueError, "shape=(3,)", "x.shape"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_error_says_argument_value_and_cure(name):
    call, error, argument_and_value, cure = CASES[name]
    with warnings.catch_warnings(), pytest.raises(error) as caught:
        warnings.simplefilter("error")
        call()
    message = str(caught.value)
    assert argument_and_value in message
    assert cure in message
    assert caught.value.__cause__ is None and message.endswith(".")


def test_the_cure_for_a_2d_kernel_on_channels_works():
    cured = ops.conv2d(COLOR, np.repeat(FLAT[:, :, None, None], 3, axis=3), groups=3)
    np.testing.assert_array_equal(cured[..., 0], ops.conv2d(COLOR[..., 0], FLAT))
