"""Varios exploradores y controles en una sola salida, con su foto para donde no pueden vivir."""

import base64

import ipywidgets
import numpy as np

from course_lib import ops
from course_lib.widgets import snapshot
from course_lib.widgets.explorer import Explorador


class Juntos(ipywidgets.HBox):
    """Controles y exploradores, unos al lado de otros y en otra línea si no caben.

    Parameters
    ----------
    *piezas : ipywidgets.Widget
        Deslizadores, menús y exploradores; se enlazan con `ipywidgets.jslink`.

    Examples
    --------
    >>> deslizador = ipywidgets.IntSlider(1, 1, 3, description="stride")
    >>> vista = Explorador(np.eye(5), [[1, 0], [0, 1]], controles=())
    >>> enlace = ipywidgets.jslink((deslizador, "value"), (vista, "stride"))
    >>> Juntos(deslizador, vista)
    Juntos(IntSlider, Explorador)
    """

    def __init__(self, *piezas: ipywidgets.Widget) -> None:
        super().__init__(list(piezas), layout={"flex_flow": "row wrap"})

    def _repr_mimebundle_(self, **opciones):
        datos = super()._repr_mimebundle_(**opciones)
        exploradores = [pieza for pieza in self.children if isinstance(pieza, Explorador)]
        if exploradores:
            datos["image/png"] = base64.b64encode(snapshot.png(*exploradores)).decode("ascii")
        return datos

    def __repr__(self) -> str:
        return f"Juntos({', '.join(type(pieza).__name__ for pieza in self.children)})"


def vista_orientaciones(imagen, kernel, **opciones) -> Juntos:
    """El mismo kernel tal cual y girado 180°, en la misma posición y con la misma escala.

    Parameters
    ----------
    imagen, kernel : array_like
        Como en `Explorador`, de dos dimensiones.
    **opciones
        Las de `Explorador`, para los dos.

    Returns
    -------
    Juntos
        Los dos exploradores están en `children`; mover la posición de uno mueve la del otro.

    Raises
    ------
    ValueError
        Si el kernel no es de dos dimensiones o no cabe.

    Examples
    --------
    >>> tal_cual, girado = vista_orientaciones(np.eye(4), [[1, 2], [3, 4]]).children
    >>> tal_cual.kernel.tolist(), girado.kernel.tolist()
    ([[1.0, 2.0], [3.0, 4.0]], [[4.0, 3.0], [2.0, 1.0]])
    """
    kernel = np.asarray(kernel)
    if kernel.ndim != 2:
        raise ValueError(f"kernel tiene forma {kernel.shape}. Se espera (kh, kw).")
    kernels = kernel, kernel[::-1, ::-1]
    limite = max(float(np.abs(ops.conv2d(imagen, k)).max()) for k in kernels) or None
    propias = {"paneles": ("imagen", "kernel", "mapa"), "limite": limite, "lado": 180}
    uno, otro = (
        Explorador(imagen, k, titulo=titulo, controles=("posicion",), **{**propias, **opciones})
        for k, titulo in zip(kernels, ("Tal cual", "Girado 180°"), strict=True)
    )
    ipywidgets.jslink((uno, "posicion"), (otro, "posicion"))
    return Juntos(uno, otro)
