"""Fotos, imágenes sintéticas y kernels: rangos, licencias, sin red y sentido de cada kernel."""

import inspect
import socket
import subprocess
import sys

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from course_lib import images
from course_lib.images import KERNELS, kernel

SINTETICAS = [
    images.cuadrado,
    images.circulo,
    images.barra,
    images.tablero,
    images.rampa,
    images.letra_F,
    images.ruido,
]
SIN_PARAMETROS = sorted(set(KERNELS) - {"identidad", "promedio", "gaussiano", "gabor"})
BORDES = [
    "sobel_x",
    "sobel_y",
    "prewitt_x",
    "prewitt_y",
    "scharr_x",
    "scharr_y",
    "laplaciano_4",
    "laplaciano_8",
    "gabor",
]


def correlate(imagen, w):
    return np.einsum("ijkl,kl->ij", sliding_window_view(imagen, w.shape), w)


@pytest.fixture
def sin_red(monkeypatch):
    def falla(*args, **kwargs):
        raise AssertionError("se intentó usar la red")

    for nombre in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, nombre, falla)


def test_public_names_exist():
    assert all(hasattr(images, nombre) for nombre in images.__all__)


def test_import_is_light():
    codigo = (
        "import sys, course_lib.images; "
        "print([m for m in ('skimage', 'sklearn', 'scipy', 'matplotlib') if m in sys.modules])"
    )
    salida = subprocess.run(
        [sys.executable, "-c", codigo], capture_output=True, text=True, check=True
    )
    assert salida.stdout.strip() == "[]"


# --- fotos y créditos ---


@pytest.mark.parametrize("nombre", images.FOTOS)
def test_photo_is_gray_offline_and_fresh(nombre, sin_red):
    a, b = images.foto(nombre), images.foto(nombre)
    assert a.ndim == 2 and a.dtype == np.float64
    assert 0 <= a.min() < 0.35 and 0.5 < a.max() <= 1
    a[:] = -1
    assert b.min() >= 0
    np.testing.assert_array_equal(images.foto(nombre), b)


def test_photo_shapes():
    formas = {nombre: images.foto(nombre).shape for nombre in images.FOTOS}
    assert formas == {
        "camera": (512, 512),
        "coins": (303, 384),
        "chelsea": (300, 451),
        "brick": (512, 512),
        "microaneurysms": (102, 102),
    }


def test_colour_and_gray_agree():
    color, gris = images.foto("chelsea", color=True), images.foto("chelsea")
    assert color.shape == (300, 451, 3) and color.dtype == np.float64
    assert color.min() >= 0 and color.max() <= 1
    np.testing.assert_allclose(color @ [0.2125, 0.7154, 0.0721], gris, atol=1e-6)


@pytest.mark.parametrize(
    ("nombre", "lado", "forma"),
    [
        ("camera", 64, (64, 64)),
        ("coins", 48, (38, 48)),
        ("chelsea", 1, (1, 1)),
        ("chelsea", 451, (300, 451)),
    ],
)
def test_lado_bounds_the_longest_side(nombre, lado, forma):
    reducida = images.foto(nombre, lado=lado)
    assert reducida.shape == forma and reducida.min() >= 0 and reducida.max() <= 1


def test_reduction_averages_areas():
    entera, reducida = images.foto("camera"), images.foto("camera", lado=64)
    np.testing.assert_allclose(reducida, entera.reshape(64, 8, 64, 8).mean((1, 3)), atol=1e-12)
    assert images.foto("chelsea", lado=32, color=True).shape == (21, 32, 3)


@pytest.mark.parametrize("nombre", images.FOTOS)
def test_licences_match_the_source(nombre):
    from skimage import data

    fuente = " ".join(inspect.getdoc(getattr(data, nombre)).split())
    credito = images.CREDITOS[nombre]
    if credito["licencia"] == "CC0 1.0":
        assert "CC0" in fuente
    else:
        assert "No known copyright restrictions" in fuente and "conocidas" in credito["licencia"]
    firmas = {
        "camera": "Lav Varshney",
        "coins": "Brooklyn Museum",
        "chelsea": "van der Walt",
        "brick": "CC0Textures",
        "microaneurysms": "Andreas Maier",
    }
    assert firmas[nombre] in fuente and firmas[nombre] in credito["autor"]


def test_credits_text_has_everything():
    texto = images.creditos()
    assert len(texto.splitlines()) == len(images.FOTOS) + 1
    for nombre, credito in images.CREDITOS.items():
        assert nombre in texto and all(credito[k] in texto for k in credito)
        assert credito["autor"] and credito["licencia"] and credito["fuente"].startswith("https:")


def test_digits_offline(sin_red):
    imagenes, etiquetas = images.digitos()
    assert imagenes.shape == (1797, 8, 8) and imagenes.dtype == np.float64
    assert imagenes.min() == 0 and imagenes.max() == 1
    assert etiquetas.shape == (1797,) and set(etiquetas.tolist()) == set(range(10))
    etiquetas[:] = -1
    assert images.digitos()[1].min() == 0


@pytest.mark.parametrize(
    ("argumentos", "error", "dice"),
    [
        ({"nombre": "camara"}, ValueError, "¿Querías decir «camera»?"),
        ({"nombre": 3}, ValueError, "Los nombres son: camera, coins"),
        ({"nombre": "coins", "color": True}, ValueError, "usa «chelsea»"),
        ({"nombre": "camera", "lado": 0}, ValueError, "lado=0 no sirve.*entre 1 y 512"),
        ({"nombre": "chelsea", "lado": 452}, ValueError, "lado=452.*entre 1 y 451"),
        ({"nombre": "camera", "lado": 32.0}, TypeError, "lado=32.0 no es un número entero"),
        ({"nombre": "camera", "lado": True}, TypeError, "lado=True no es un número entero"),
    ],
)
def test_photo_errors(argumentos, error, dice):
    with pytest.raises(error, match=dice):
        images.foto(**argumentos)


# --- imágenes sintéticas ---


@pytest.mark.parametrize("crear", SINTETICAS, ids=lambda f: f.__name__)
def test_synthetic_images(crear):
    a = crear()
    assert a.shape == (32, 32) and a.dtype == np.float64
    assert 0 <= a.min() < 0.01 and 0.99 < a.max() <= 1
    assert crear(lado=17).shape == (17, 17)
    a[:] = -1
    assert crear().min() >= 0


def test_slide_image():
    esperada = [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]]
    np.testing.assert_array_equal(images.diapositiva(), esperada)
    mapa = correlate(images.diapositiva(), kernel("diapositiva"))
    np.testing.assert_array_equal(mapa, [[4, 3, 4], [2, 4, 3], [2, 3, 4]])


def test_square_and_circle_areas():
    assert images.cuadrado(lado=20, tamano=6).sum() == 36
    assert images.cuadrado(lado=1).sum() == 1
    assert images.circulo(lado=65, radio=20).sum() == pytest.approx(np.pi * 400, rel=0.01)


def test_bar_angles():
    assert images.barra(0)[13].sum() == 0 and images.barra(0)[14:18].min() == 1
    np.testing.assert_array_equal(images.barra(90), images.barra(0).T)
    np.testing.assert_array_equal(images.barra(135), images.barra(45)[:, ::-1])
    np.testing.assert_array_equal(images.barra(30), images.barra(210))
    subida = images.barra(45)
    assert subida[-1, 0] == 1 and subida[0, -1] == 1 and subida[0, 0] == 0
    assert images.barra(0, lado=32, grosor=3).sum() == 3 * 32


def test_checkerboard_ramp_and_noise():
    t = images.tablero(lado=12, casilla=3)
    assert t[0, 0] == 0 and t[2, 3] == 1 and t[3, 3] == 0 and t.mean() == 0.5
    rampa = images.rampa(lado=5)
    np.testing.assert_array_equal(rampa[2], [0, 0.25, 0.5, 0.75, 1])
    np.testing.assert_array_equal(images.rampa(lado=5, vertical=True), rampa.T)
    np.testing.assert_array_equal(images.ruido(3), images.ruido(3))
    assert not np.array_equal(images.ruido(3), images.ruido(4))


def test_letter_f_shows_every_flip():
    f = images.letra_F()
    giros = [np.rot90(g, k) for g in (f, f.T) for k in range(4)]
    assert sum(np.array_equal(f, g) for g in giros) == 1
    assert images.letra_F(64).sum() == 4 * f.sum()


@pytest.mark.parametrize(
    ("llamada", "error", "dice"),
    [
        (lambda: images.cuadrado(lado=0), ValueError, "lado=0 no sirve"),
        (lambda: images.cuadrado(lado=8, tamano=9), ValueError, "tamano=9.*entre 1 y 8"),
        (lambda: images.circulo(radio=0), ValueError, "radio=0 no sirve.*mayor que 0"),
        (lambda: images.barra(float("nan")), ValueError, "angulo=nan.*angulo=45"),
        (lambda: images.barra("45"), TypeError, "angulo='45' no es un número"),
        (lambda: images.barra(grosor=-1), ValueError, "grosor=-1"),
        (lambda: images.tablero(lado=8, casilla=9), ValueError, "casilla=9"),
        (lambda: images.rampa(lado=10**6), ValueError, "entre 1 y 1024"),
        (lambda: images.letra_F(lado=7), ValueError, "lado=7.*entre 8 y"),
        (lambda: images.ruido(semilla=-1), ValueError, "semilla=-1"),
        (lambda: images.ruido(semilla=1.5), TypeError, "semilla=1.5"),
    ],
)
def test_synthetic_errors(llamada, error, dice):
    with pytest.raises(error, match=dice):
        llamada()


# --- kernels ---


@pytest.mark.parametrize("nombre", KERNELS)
def test_kernel_is_odd_square_and_fresh(nombre):
    w = kernel(nombre)
    assert w.dtype == np.float64 and w.shape[0] == w.shape[1] and w.shape[0] % 2 == 1
    antes = w.copy()
    w[:] = 99
    np.testing.assert_array_equal(kernel(nombre), antes)
    assert KERNELS[nombre].endswith(".") and "\n" not in KERNELS[nombre]


@pytest.mark.parametrize("tamano", [1, 3, 5, 9])
@pytest.mark.parametrize("nombre", ["identidad", "promedio", "gaussiano"])
def test_blurs_sum_one(nombre, tamano):
    w = kernel(nombre, tamano=tamano)
    assert w.shape == (tamano, tamano) and w.min() >= 0 and w.sum() == pytest.approx(1)


@pytest.mark.parametrize("nombre", BORDES)
def test_edges_ignore_flat_zones(nombre):
    assert kernel(nombre).sum() == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("nombre", ["enfoque", "relieve"])
def test_sharpening_keeps_brightness(nombre):
    assert kernel(nombre).sum() == 1


@pytest.mark.parametrize("familia", ["sobel", "prewitt", "scharr"])
def test_direction_and_sign(familia):
    x, y = kernel(f"{familia}_x"), kernel(f"{familia}_y")
    np.testing.assert_array_equal(y, x.T)
    derecha = images.rampa(9)
    abajo = derecha.T
    assert correlate(derecha, x).min() > 0 and correlate(abajo, y).min() > 0
    assert correlate(derecha[:, ::-1], x).max() < 0
    np.testing.assert_allclose(correlate(derecha, y), 0, atol=1e-12)
    np.testing.assert_allclose(correlate(abajo, x), 0, atol=1e-12)


def test_step_edge_by_hand():
    escalon = np.zeros((5, 6))
    escalon[:, 3:] = 1
    np.testing.assert_array_equal(correlate(escalon, kernel("sobel_x")), [[0, 4, 4, 0]] * 3)
    np.testing.assert_array_equal(correlate(escalon, kernel("laplaciano_4")), [[0, 1, -1, 0]] * 3)


def test_scharr_is_the_most_faithful_on_slanted_edges():
    y, x = np.mgrid[:3, :3] - 1.0
    a = np.radians(22.5)
    onda = np.sin(1.2 * (x * np.cos(a) + y * np.sin(a)))
    errores = [
        abs(np.arctan2((onda * kernel(f"{f}_y")).sum(), (onda * kernel(f"{f}_x")).sum()) - a)
        for f in ("scharr", "sobel", "prewitt")
    ]
    assert errores == sorted(errores) and errores[0] < errores[1] / 2


def test_relations_between_kernels():
    np.testing.assert_array_equal(kernel("enfoque"), kernel("identidad") - kernel("laplaciano_4"))
    np.testing.assert_array_equal(
        np.rot90(kernel("relieve"), 2) + kernel("relieve"), 2 * kernel("identidad")
    )
    for nombre in ("laplaciano_4", "laplaciano_8", "diapositiva", "gaussiano"):
        np.testing.assert_allclose(kernel(nombre), np.rot90(kernel(nombre)))


def test_gaussian_is_the_sampled_bell():
    w = kernel("gaussiano", tamano=5, sigma=1.5)
    assert w[2, 2] == w.max() and w[2, 3] / w[2, 2] == pytest.approx(np.exp(-0.5 / 1.5**2))
    np.testing.assert_allclose(kernel("gaussiano", sigma=1e-200), kernel("identidad"))
    np.testing.assert_allclose(kernel("gaussiano", sigma=1e9), kernel("promedio"))


@pytest.mark.parametrize("theta", [0, 30, 45, 90, 135, 150])
def test_gabor_prefers_its_own_angle(theta):
    w = kernel("gabor", theta=theta)
    angulos = list(range(0, 180, 15))
    respuesta = [(images.barra(a, lado=9, grosor=2) * w).sum() for a in angulos]
    assert angulos[int(np.argmax(respuesta))] == theta


def test_gabor_relations():
    np.testing.assert_allclose(kernel("gabor", theta=90), kernel("gabor").T, atol=1e-12)
    np.testing.assert_allclose(kernel("gabor", theta=180), kernel("gabor"), atol=1e-12)
    borde = kernel("gabor", theta=90, fase=90)
    escalon = (images.rampa(9) >= 0.5).astype(float)
    assert (escalon * borde).sum() > 0.1  # el mismo signo que sobel_x
    np.testing.assert_allclose(borde, -borde[:, ::-1], atol=1e-12)
    mapa = correlate(images.ruido(1), kernel("gabor", theta=20))
    assert -1 <= mapa.min() < 0 < mapa.max() <= 1


@pytest.mark.parametrize(
    ("nombre", "parametros", "error", "dice"),
    [
        ("sobelx", {}, ValueError, "«sobelx».*¿Querías decir «sobel_x»?.*identidad, promedio"),
        ("Gausiano", {}, ValueError, "¿Querías decir «gaussiano»?"),
        ("zzz", {}, ValueError, "«zzz». Los nombres son: "),
        (None, {}, ValueError, "«None»"),
        (["sobel_x"], {}, ValueError, "No hay ningún kernel"),
        ("promedio", {"tamano": 4}, ValueError, "tamano=4 es par.*tamano=3 o tamano=5"),
        ("promedio", {"tamano": 0}, ValueError, "tamano=0 no sirve.*entre 1 y 99"),
        ("identidad", {"tamano": -3}, ValueError, "tamano=-3"),
        ("gaussiano", {"tamano": 101}, ValueError, "entre 1 y 99"),
        ("gaussiano", {"tamano": 3.0}, TypeError, "tamano=3.0 no es un número entero"),
        ("gaussiano", {"sigma": 0}, ValueError, "sigma=0 no sirve.*mayor que 0"),
        ("gaussiano", {"sigma": -1.5}, ValueError, "sigma=-1.5"),
        ("gaussiano", {"sigma": float("inf")}, ValueError, "sigma=inf.*finito"),
        ("gaussiano", {"sigma": None}, TypeError, "sigma=None no es un número"),
        ("gabor", {"theta": float("nan")}, ValueError, "theta=nan.*finito.*theta=45"),
        ("gabor", {"longitud": 0}, ValueError, "longitud=0"),
        ("gabor", {"gamma": -1}, ValueError, "gamma=-1"),
        ("gabor", {"tamano": 1}, ValueError, "tamano=1.*Prueba con tamano=9"),
        ("gabor", {"angulo": 3}, ValueError, "no tiene el parámetro «angulo». Lleva: theta"),
        ("gabor", {"sigma": 1e-3}, ValueError, "el kernel queda vacío"),
        ("gaussiano", {"theta": 3}, ValueError, "Lleva: tamano, sigma"),
    ],
)
def test_kernel_errors(nombre, parametros, error, dice):
    with pytest.raises(error, match=dice):
        kernel(nombre, **parametros)


@pytest.mark.parametrize("nombre", SIN_PARAMETROS)
def test_fixed_kernels_take_no_parameters(nombre):
    with pytest.raises(ValueError, match="no tiene el parámetro «tamano». No lleva ninguno"):
        kernel(nombre, tamano=3)
