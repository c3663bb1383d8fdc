"""El explorador: la convolución a la velocidad de la mano, calculada en el navegador."""

import base64

import anywidget
import numpy as np
import traitlets

from course_lib import images
from course_lib.widgets import arrays, esm, settings, snapshot, wording

PANELES = ("imagen", "kernel", "productos", "mapa", "pooling", "cuenta", "tamano")
CONTROLES = (
    *("preset", "foto", "stride", "padding", "dilation", "bias", "activation"),
    *("pooling", "pool_size", "posicion", "animar", "velocidad", "subir"),
)
CON_CANALES = ("imagen", "mapa", "canales", "filtros", "cuenta", "tamano")


class Explorador(anywidget.AnyWidget):
    """Imagen, kernel, productos y mapa, uno al lado de otro, que siguen a la mano.

    Cada parámetro es además un trait: se lee y se cambia desde Python (`explorador.kernel`), y se
    enlaza con `ipywidgets.jslink((deslizador, "value"), (explorador, "stride"))`.

    Parameters
    ----------
    imagen : array_like
        `(alto, ancho)` o `(alto, ancho, canales)`.
    kernel : array_like
        `(kh, kw)` o `(kh, kw, canales, filtros)`.
    paneles : sequence of str, optional
        Lo que se ve, en orden: `"imagen"`, `"kernel"`, `"productos"`, `"mapa"`, `"pooling"`,
        `"curva"`, `"canales"`, `"filtros"`, `"epocas"`, `"campo"`, `"cuenta"` y `"tamano"`.
    controles : sequence of str, optional
        Lo que se mueve: `"preset"`, `"foto"`, `"stride"`, `"padding"`, `"dilation"`, `"bias"`,
        `"activation"`, `"pooling"`, `"pool_size"`, `"posicion"`, `"filtro"`, `"canal"`,
        `"animar"`, `"velocidad"`, `"subir"`, `"epoca"` y `"profundidad"`. Una lista vacía deja
        solo el dibujo, para enlazarlo con controles de ipywidgets.
    kernels : dict of str to array_like, optional
        El menú de kernels; si falta y el kernel es de dos dimensiones, los de `images.KERNELS`.
    imagenes : dict of str to array_like, optional
        El menú de imágenes; sin él no hay menú.
    **opciones
        Valor inicial de los demás: `stride`, `padding`, `dilation`, `bias`, `activation`,
        `pooling` (`None`, `"max"` o `"avg"`), `pool_size`, `posicion` (en el mapa, por filas),
        `filtro`, `canal`, `velocidad` (paradas por segundo), `revelar` (el mapa se llena al pasar
        la ventana), `limite` (el valor de los colores más fuertes del mapa; si falta, su mayor
        valor), `lado` (píxeles de cada dibujo) y `titulo`.

    Raises
    ------
    ValueError, TypeError
        Si algo no encaja: los mismos casos que `ops.conv2d`.

    Examples
    --------
    >>> explorador = Explorador(images.diapositiva(), images.kernel("diapositiva"))
    >>> explorador.mapa[0].tolist()
    [4.0, 3.0, 4.0]
    >>> explorador.stride = 2
    >>> explorador
    Explorador(imagen 5×5, kernel 3×3, stride=2): Posición 1 de 4: la ventana empieza en la \
fila 0, columna 0, y su suma ponderada es 4.
    """

    _esm = esm.explorer_module()
    _css = esm.STYLE

    imagen = arrays.traveling((2, 3), "Se espera (alto, ancho) o (alto, ancho, canales).")
    kernel = arrays.traveling(
        (2, 4), "Se espera (kh, kw) o (kh, kw, canales, filtros).", ida=arrays.encode_list
    )
    stride = settings.Entero(1, minimo=1).tag(sync=True)
    padding = settings.Padding("valid").tag(sync=True)
    dilation = settings.Entero(1, minimo=1).tag(sync=True)
    bias = settings.Bias(0.0).tag(sync=True)
    activation = settings.Opcion(None, validas=settings.ACTIVACIONES).tag(sync=True)
    pooling = settings.Opcion(None, validas=("max", "avg")).tag(sync=True)
    pool_size = settings.Entero(2, minimo=1).tag(sync=True)
    posicion = settings.Entero(0, minimo=0).tag(sync=True)
    filtro = settings.Entero(0, minimo=0).tag(sync=True)
    canal = settings.Entero(0, minimo=0).tag(sync=True)
    velocidad = settings.Entero(4, minimo=1).tag(sync=True)
    reproduciendo = traitlets.Bool(False).tag(sync=True)
    revelar = traitlets.Bool(False).tag(sync=True)
    preset = traitlets.Unicode("").tag(sync=True)
    foto = traitlets.Unicode("").tag(sync=True)
    kernels = traitlets.Dict().tag(sync=True, to_json=settings.menu(arrays.encode_list))
    imagenes = traitlets.Dict().tag(sync=True, to_json=settings.menu(arrays.encode))
    historia = arrays.traveling(
        (4,), "Se espera (épocas, kh, kw, filtros).", allow_none=True, default_value=None
    )
    perdidas = traitlets.List(traitlets.Float(), allow_none=True).tag(sync=True)
    epoca = settings.Entero(0, minimo=0).tag(sync=True)
    capas = traitlets.List(traitlets.Dict()).tag(sync=True)
    profundidad = settings.Entero(1, minimo=1).tag(sync=True)
    resultado = arrays.traveling(
        (2, 3),
        "Se espera (alto, ancho).",
        ida=arrays.encode_map,
        allow_none=True,
        default_value=None,
    )
    ajeno = traitlets.Bool(False).tag(sync=True)
    aviso = traitlets.Unicode("").tag(sync=True)
    paneles = traitlets.List(traitlets.Unicode()).tag(sync=True)
    controles = traitlets.List(traitlets.Unicode()).tag(sync=True)
    limite = traitlets.Float(None, allow_none=True).tag(sync=True)
    lado = settings.Entero(260, minimo=80).tag(sync=True)
    titulo = traitlets.Unicode("").tag(sync=True)

    def __init__(
        self,
        imagen,
        kernel,
        *,
        paneles=None,
        controles=None,
        kernels=None,
        imagenes=None,
        **opciones,
    ) -> None:
        settings.check_names(opciones, self.traits(sync=True))
        con_canales = np.ndim(kernel) == 4
        if kernels is None:
            kernels = {} if con_canales else {n: images.kernel(n) for n in images.KERNELS}
        menus = {"kernels": kernels, "imagenes": imagenes or {}}
        super().__init__(
            imagen=imagen,
            kernel=kernel,
            paneles=list(paneles or (CON_CANALES if con_canales else PANELES)),
            **{nombre: settings.clean_menu(nombre, menu) for nombre, menu in menus.items()},
            **opciones,
        )
        self.controles = settings.useful_controls(self, controles, CONTROLES)
        settings.check_names_of("paneles", self.paneles, settings.PANELES)
        self._nombrar_kernel()
        if not (self.ajeno or self.capas):
            _ = self.mapa  # lo que no encaja se dice ahora, y no al mover un control

    @property
    def mapa(self) -> np.ndarray:
        """Lo que daría `ops.conv2d` con lo que marcan los controles; o lo que dio tu función."""
        if self.ajeno:
            return self.resultado
        return wording.convolve(self, self.activation)

    @property
    def descripcion(self) -> str:
        """Una frase que cuenta el estado actual; la misma que se lee debajo del dibujo."""
        return wording.describe(self)

    @traitlets.observe("preset")
    def _elegir_kernel(self, cambio) -> None:
        if cambio["new"] in self.kernels:
            self.kernel = self.kernels[cambio["new"]]

    @traitlets.observe("foto")
    def _elegir_imagen(self, cambio) -> None:
        if cambio["new"] in self.imagenes:
            self.imagen = self.imagenes[cambio["new"]]

    @traitlets.observe("kernel")
    def _nombrar_kernel(self, _=None) -> None:
        """El menú dice el nombre del kernel, o «a mano» si no es ninguno."""
        iguales = (n for n, k in self.kernels.items() if np.array_equal(k, self.kernel))
        actual = self.kernels.get(self.preset)
        if actual is None or not np.array_equal(actual, self.kernel):
            self.preset = next(iguales, "")

    def _repr_mimebundle_(self, **opciones):
        """El control vivo y, para donde no puede vivir, una foto de cómo está ahora."""
        datos, metadatos = super()._repr_mimebundle_(**opciones)
        datos["image/png"] = base64.b64encode(snapshot.png(self)).decode("ascii")
        return datos, metadatos

    def __repr__(self) -> str:
        return wording.summary(self)
