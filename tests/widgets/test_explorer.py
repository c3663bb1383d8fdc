"""El explorador desde Python: lo que guarda, lo que calcula, lo que cuenta y lo que no admite."""

import base64
import io
import json

import ipywidgets
import numpy as np
import pytest
from node_js import run
from PIL import Image

from course_lib import images, ops, widgets
from course_lib.widgets import Explorador, Juntos, arrays, vista_funcion

DIAPOSITIVA, KERNEL = images.diapositiva(), images.kernel("diapositiva")
ASIMETRICO = np.array([[1.0, 2, 0], [0, 0.5, -1]])
GATA = images.foto("chelsea", lado=24, color=True)
RNG = np.random.default_rng(3)
ENTRADA, HISTORIA = RNG.normal(size=(6, 9)), RNG.normal(size=(3, 3, 3, 5))
FILTROS = RNG.normal(size=(3, 2, 3, 4))
CAPAS = [{"kernel": 3, "padding": "same"}, {"kernel": 2, "stride": 2}, {"kernel": 3, "dilation": 2}]
VISTAS = {
    "completo": lambda: Explorador(DIAPOSITIVA, KERNEL),
    "canales y filtros": lambda: Explorador(
        GATA, FILTROS, bias=[1, 0, -1, 2], posicion=30, filtro=2
    ),
    "vista_ventana": lambda: widgets.vista_ventana(DIAPOSITIVA, KERNEL, posicion=4),
    "vista_deslizar": lambda: widgets.vista_deslizar(DIAPOSITIVA, ASIMETRICO, posicion=5),
    "vista_padding": lambda: widgets.vista_padding(DIAPOSITIVA, ASIMETRICO, padding=2),
    "vista_filtro": lambda: widgets.vista_filtro(images.foto("coins", lado=40), posicion=99),
    "vista_stride": lambda: widgets.vista_stride(ENTRADA, ASIMETRICO, stride=3),
    "vista_activacion": lambda: widgets.vista_activacion(images.letra_F(), ASIMETRICO, bias=-0.5),
    "vista_canales": lambda: widgets.vista_canales(GATA, FILTROS, posicion=50),
    "vista_pooling": lambda: widgets.vista_pooling(images.letra_F(), ASIMETRICO),
    "pooling sin kernel": lambda: widgets.vista_pooling(images.letra_F()),
    "pooling de media": lambda: widgets.vista_pooling(ENTRADA, pooling="avg", posicion=13),
    "nadie lo resume": lambda: widgets.vista_pooling(ENTRADA, pool_size=4, posicion=53),
    "pooling que no cabe": lambda: widgets.vista_pooling(ENTRADA[:3], pool_size=4),
    "vista_campo": lambda: widgets.vista_campo(CAPAS, posicion=7),
    "vista_epocas": lambda: widgets.vista_epocas(HISTORIA, [3, 2, 1.5], epoca=1),
    "vista_funcion": lambda: vista_funcion(lambda x, k: ops.conv2d(x, k), DIAPOSITIVA, ASIMETRICO),
    "funcion rota": lambda: vista_funcion(lambda x, k: x[99], DIAPOSITIVA, ASIMETRICO),
}


def browser_state(vista):
    """Lo que recibe el navegador, con los bytes como listas para Node."""
    estado = json.loads(json.dumps(vista.get_state(), default=lambda b: {"bytes": list(bytes(b))}))
    return {
        n: v for n, v in estado.items() if not n.startswith("_") and n not in ("layout", "tabbable")
    }


EN_NODE = """
    const abrir = (v) => v && typeof v === "object" && v.bytes
      ? new DataView(Uint8Array.from(v.bytes).buffer)
      : v && typeof v === "object" && !Array.isArray(v)
        ? Object.fromEntries(Object.entries(v).map(([k, w]) => [k, abrir(w)])) : v;
    return datos.map((traits) => {
      const abiertos = abrir(traits), model = { get: (n) => abiertos[n] };
      const e = new m.Estado(model, () => {}).leer();
      return { frase: m.frase(e), cuenta: m.cuenta(e), tamano: m.tamano(e),
        mapa: e.salida && Array.from(e.salida.datos), forma: e.salida?.forma };
    });
"""


def in_browser(*vistas):
    return run(EN_NODE, [browser_state(v) for v in vistas])


@pytest.fixture(scope="module")
def vistas():
    return {nombre: crear() for nombre, crear in VISTAS.items()}


@pytest.fixture(scope="module")
def navegador(vistas):
    return dict(zip(vistas, in_browser(*vistas.values()), strict=True))


@pytest.mark.parametrize("nombre", VISTAS)
def test_browser_says_the_same_as_python(nombre, vistas, navegador):
    assert navegador[nombre]["frase"] == vistas[nombre].descripcion


@pytest.mark.parametrize(
    "nombre", [n for n in VISTAS if n not in ("vista_campo", "vista_epocas", "funcion rota")]
)
def test_browser_map_is_the_python_map(nombre, vistas, navegador):
    mapa, forma = vistas[nombre].mapa, navegador[nombre]["forma"]
    assert tuple(forma) == (*mapa.shape, 1)[:3]
    np.testing.assert_allclose(navegador[nombre]["mapa"], mapa.ravel(), rtol=0, atol=1e-6)


@pytest.mark.parametrize("nombre", VISTAS)
def test_repr_is_stable_and_tells_the_state(nombre, vistas):
    assert repr(vistas[nombre]) == repr(VISTAS[nombre]())
    assert repr(vistas[nombre]).startswith("Explorador(imagen ")
    assert "0x" not in repr(vistas[nombre])


@pytest.mark.parametrize("nombre", VISTAS)
def test_there_is_always_a_picture(nombre, vistas):
    datos, _ = vistas[nombre]._repr_mimebundle_()
    foto = np.array(Image.open(io.BytesIO(base64.b64decode(datos["image/png"]))).convert("RGB"))
    assert foto.shape[0] > 200 and len(np.unique(foto.reshape(-1, 3), axis=0)) > 10
    assert "application/vnd.jupyter.widget-view+json" in datos


def test_pooling_is_told_as_pooling():
    vista = widgets.vista_pooling([[1, 5, 2], [3, -1, 9]], posicion=1)
    assert vista.descripcion == (
        "En la fila 0, columna 1 el mapa vale 5. "
        "Su ventana de 2×2 da la casilla (0, 0): el máximo, 5."
    )
    vista.posicion = 2
    assert vista.descripcion.endswith("Ninguna ventana de 2×2 que quepa entera pasa por ahí.")


def test_picture_changes_with_the_position():
    vista = Explorador(DIAPOSITIVA, KERNEL)
    antes = vista._repr_mimebundle_()[0]["image/png"]
    vista.posicion = 4
    assert vista._repr_mimebundle_()[0]["image/png"] != antes


@pytest.mark.parametrize("seed", range(40))
def test_map_equals_ops(seed):
    rng = np.random.default_rng(seed)
    imagen, kernel = rng.normal(size=rng.integers(9, 14, 2)), rng.normal(size=rng.integers(1, 4, 2))
    opciones = {
        "stride": int(rng.integers(1, 4)),
        "dilation": int(rng.integers(1, 4)),
        "padding": ["valid", "same", 2][rng.integers(3)],
        "bias": float(rng.normal()),
        "activation": [None, "relu", "tanh"][rng.integers(3)],
    }
    vista = Explorador(imagen, kernel, **opciones)
    (otro,) = in_browser(vista)
    esperado = ops.conv2d(imagen, kernel, opciones.pop("bias"), **opciones)
    np.testing.assert_array_equal(vista.mapa, esperado)
    np.testing.assert_allclose(otro["mapa"], esperado.ravel(), rtol=0, atol=1e-6)


@pytest.mark.parametrize(
    ("imagen", "kernel", "opciones", "lineas"),
    [
        ((5, 5), (3, 3), {}, ["= 3", "= 3"]),
        ((6, 7), (3, 2), {"stride": 2}, ["= 2 (sobra 1)", "= 3 (sobra 1)"]),
        ((5, 6), (3, 3), {"padding": "same"}, ["(5 + 1 + 1", "(6 + 1 + 1"]),
        ((9, 9), (3, 3), {"dilation": 3}, ["− 3·(3 − 1) − 1) / 1⌋ + 1 = 3", "= 3"]),
        ((9, 9), (2, 2), {"stride": 4}, ["= 2 (sobran 3)", "= 2 (sobran 3)"]),
    ],
)
def test_size_formula_has_the_current_numbers(imagen, kernel, opciones, lineas):
    (otro,) = in_browser(Explorador(np.ones(imagen), np.ones(kernel), **opciones))
    assert len(otro["tamano"]) == 2
    for linea, trozo in zip(otro["tamano"], lineas, strict=True):
        assert trozo in linea


def test_the_sum_is_written_term_by_term():
    vista = Explorador(DIAPOSITIVA, ASIMETRICO, bias=-0.5, activation="relu", posicion=3)
    (otro,) = in_browser(vista)
    ventana = DIAPOSITIVA[0:2, 3:5]
    assert ventana.shape == (2, 2)
    assert otro["cuenta"].startswith("relu(1·") and "(−0.5)" in otro["cuenta"]
    assert otro["cuenta"].endswith(f"= {vista.mapa.ravel()[3]:g}".replace("-", "−"))


def test_receptive_field_formula():
    (otro,) = in_browser(
        widgets.vista_campo([{"kernel": 3}, {"kernel": 3, "stride": 2}, {"kernel": 3}])
    )
    assert otro["tamano"][0].endswith("1 + (3 − 1)·1 + (3 − 1)·1 + (3 − 1)·2 = 9")


def test_a_layer_that_does_not_fit_is_explained():
    vista = widgets.vista_campo([{"kernel": 5}, {"kernel": 30}])
    assert vista.descripcion.startswith("La capa 2 no cabe: el mapa ya es de 20×20.")
    assert in_browser(vista)[0]["frase"] == vista.descripcion


def test_a_kernel_that_stops_fitting_says_what_to_do():
    vista = Explorador(DIAPOSITIVA, KERNEL)
    vista.dilation = 3
    (otro,) = in_browser(vista)
    assert "no cabe en 5×5" in otro["frase"] and "padding" in otro["frase"]
    assert "no cabe" in vista.descripcion
    assert vista._repr_mimebundle_()[0]["image/png"]


# --- traits ---


def test_arrays_are_copied_and_cannot_be_changed_by_surprise():
    imagen = DIAPOSITIVA.copy()
    vista = Explorador(imagen, KERNEL)
    imagen[:] = 7
    assert vista.imagen.max() == 1
    with pytest.raises(ValueError, match="read-only"):
        vista.kernel[0, 0] = 3


@pytest.mark.parametrize(
    "array",
    [DIAPOSITIVA, ASIMETRICO, images.foto("coins", lado=100), GATA, RNG.normal(size=(80, 90))],
    ids=["diapositiva", "asimetrico", "foto", "gata", "grande"],
)
@pytest.mark.parametrize("ida", [arrays.encode, arrays.encode_list])
def test_arrays_survive_the_trip(array, ida):
    np.testing.assert_allclose(arrays.decode(ida(array)), array, rtol=1e-7, atol=1e-7)


def test_photos_travel_as_bytes():
    foto = images.foto("camera")
    foto = np.rint(foto * 255) / 255
    assert arrays.encode(foto)["datos"].nbytes == foto.size


def test_menu_of_kernels_follows_the_kernel():
    vista = Explorador(DIAPOSITIVA, KERNEL)
    assert vista.preset == "diapositiva"
    vista.preset = "sobel_x"
    np.testing.assert_array_equal(vista.kernel, images.kernel("sobel_x"))
    vista.kernel = [[1, 2], [3, 4]]
    assert vista.preset == ""


def test_menu_of_images():
    vista = Explorador(DIAPOSITIVA, KERNEL, imagenes={"efe": images.letra_F()})
    assert "foto" in vista.controles
    vista.foto = "efe"
    np.testing.assert_array_equal(vista.imagen, images.letra_F())


def test_message_from_the_browser_changes_python():
    vista = Explorador(DIAPOSITIVA, KERNEL)
    mensaje = {"forma": [3, 3], "tipo": "lista", "datos": [0, 0, 0, 0, 2, 0, 0, 0, 0]}
    vista.set_state({"kernel": mensaje, "stride": 2, "padding": [[1, 0], [0, 1]], "preset": ""})
    esperado = ops.conv2d(DIAPOSITIVA, vista.kernel, stride=2, padding=((1, 0), (0, 1)))
    np.testing.assert_array_equal(vista.mapa, esperado)


def test_float_from_a_slider_is_a_whole_number():
    vista = Explorador(DIAPOSITIVA, KERNEL)
    vista.stride = 2.0
    assert vista.stride == 2 and isinstance(vista.stride, int)


@pytest.mark.parametrize(
    ("opciones", "frase"),
    [
        ({"stride": 0}, "stride=0 tiene que ser un número entero, 1 o mayor"),
        ({"stride": 1.5}, "stride=1.5 tiene que ser"),
        ({"stride": True}, "stride=True tiene que ser"),
        ({"padding": "full"}, 'Usa "valid", "same" o un número de píxeles'),
        ({"padding": -1}, "padding=-1 no vale"),
        ({"activation": "gelu"}, "activation='gelu' no existe. Elige entre: relu"),
        ({"pooling": "min"}, "pooling='min' no existe"),
        ({"bias": "mucho"}, "bias='mucho' no vale"),
        ({"bias": [1, 2]}, "bias"),
        ({"dilation": 5}, "no cabe"),
        ({"strides": 2}, "El explorador no tiene strides"),
        ({"paneles": ["mapita"]}, "En paneles no existe 'mapita'"),
        ({"controles": ["volumen"]}, "En controles no existe 'volumen'"),
        ({"kernels": [1, 2]}, "kernels tiene que ser un diccionario"),
    ],
)
def test_bad_options_are_explained(opciones, frase):
    with pytest.raises((ValueError, TypeError)) as error:
        Explorador(DIAPOSITIVA, KERNEL, **opciones)
    assert frase in str(error.value)


@pytest.mark.parametrize(
    ("imagen", "kernel", "frase"),
    [
        (np.ones(4), KERNEL, "imagen tiene forma (4,). Se espera (alto, ancho)"),
        ([[1, 2], [3]], KERNEL, "imagen no es una cuadrícula de números"),
        ([[1, np.nan]], [[1]], "imagen contiene NaN"),
        (DIAPOSITIVA, np.ones((2, 2, 2)), "kernel tiene forma (2, 2, 2)"),
        (DIAPOSITIVA, np.ones((6, 6)), "no cabe"),
        (GATA, KERNEL, "kernel"),
    ],
)
def test_bad_arrays_are_explained(imagen, kernel, frase):
    with pytest.raises((ValueError, TypeError)) as error:
        Explorador(imagen, kernel)
    assert frase in str(error.value)


def test_controls_that_change_nothing_are_not_shown():
    assert {"foto", "filtro"}.isdisjoint(Explorador(DIAPOSITIVA, KERNEL).controles)
    con_canales = Explorador(GATA, FILTROS).controles
    assert {"filtro", "canal"} <= set(con_canales) and "preset" not in con_canales
    assert Explorador(DIAPOSITIVA, KERNEL, controles=()).controles == []


# --- varios a la vez ---


def test_both_orientations_share_place_and_scale():
    juntos = widgets.vista_orientaciones(DIAPOSITIVA, [[1, 2, 0], [0, 1, 0], [0, 0, -1]])
    uno, otro = juntos.children
    np.testing.assert_array_equal(otro.kernel, uno.kernel[::-1, ::-1])
    assert uno.limite == otro.limite == max(abs(uno.mapa).max(), abs(otro.mapa).max())
    assert repr(juntos) == "Juntos(Explorador, Explorador)"


def test_a_group_has_a_picture_of_its_explorers():
    una = widgets.vista_filtro(images.foto("coins", lado=40))
    fotos = [Juntos(*piezas)._repr_mimebundle_()["image/png"] for piezas in ([una], [una, una])]
    altos = [Image.open(io.BytesIO(base64.b64decode(foto))).height for foto in fotos]
    assert altos[1] == 2 * altos[0]
    assert "image/png" not in Juntos(ipywidgets.IntSlider())._repr_mimebundle_()


def test_photo_menu_appears_with_photos():
    foto = images.foto("coins", lado=40)
    assert "foto" not in widgets.vista_filtro(foto).controles
    con_menu = widgets.vista_filtro(foto, imagenes={"monedas": foto, "efe": images.letra_F()})
    assert "foto" in con_menu.controles
    con_menu.foto = "efe"
    assert con_menu.mapa.shape == (30, 30)


# --- tu función ---


def test_own_function_is_called_again_when_something_changes():
    vistos = []

    def mia(imagen, kernel, stride):
        vistos.append((imagen.shape, stride))
        imagen[:] = 0  # estropear la copia no estropea la vista
        return np.full((2, 3), float(stride))

    vista = vista_funcion(mia, DIAPOSITIVA, KERNEL, argumentos=("stride",))
    assert "stride" in vista.controles
    vista.stride = 3
    assert vistos == [((5, 5), 1), ((5, 5), 3)]
    np.testing.assert_array_equal(vista.mapa, np.full((2, 3), 3.0))
    assert vista.imagen.max() == 1


def falla(imagen, kernel):
    return imagen[100, 100]


def sin_hacer(imagen, kernel):
    raise NotImplementedError


@pytest.mark.parametrize(
    ("funcion", "frase"),
    [
        (falla, "IndexError"),
        (sin_hacer, "Aquí falta tu código"),
        (lambda x, k: None, "¿Falta el return"),
        (lambda x, k: "hola", "devuelve str"),
        (lambda x, k: 3.0, "forma ()"),
        (lambda x, k: np.full((2, 2), np.nan), "np.empty"),
        (lambda x: x, "TypeError"),
        (lambda x, k: x + np.ones(3), "no encajan"),
    ],
)
def test_errors_of_the_own_function_are_told_in_the_view(funcion, frase):
    vista = vista_funcion(funcion, DIAPOSITIVA, KERNEL)
    assert frase in vista.aviso and vista.descripcion == vista.aviso
    assert in_browser(vista)[0]["frase"] == vista.aviso


def test_the_view_recovers_after_an_error():
    vista = vista_funcion(
        lambda x, k, stride: np.zeros((3 - stride, 2)), DIAPOSITIVA, KERNEL, argumentos=("stride",)
    )
    vista.stride = 3
    assert vista.aviso
    vista.stride = 1
    assert vista.aviso == "" and vista.mapa.shape == (2, 2)


def test_own_function_has_to_be_a_function():
    with pytest.raises(TypeError, match="Pásala sin paréntesis"):
        vista_funcion(np.zeros(3), DIAPOSITIVA, KERNEL)


@pytest.mark.parametrize("capas", [[], [3], [{"stride": 2}], [{"kernel": 3, "paso": 2}]])
def test_layers_have_to_be_layers(capas):
    with pytest.raises(ValueError, match="lista de capas"):
        widgets.vista_campo(capas)
