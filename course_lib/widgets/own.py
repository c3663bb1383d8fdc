"""La vista de tu propia función: la calcula Python y el mapa llega al navegador como bytes."""

from collections.abc import Callable

import numpy as np

from course_lib.widgets.explorer import Explorador

# Lo que, al cambiar, obliga a llamar otra vez a la función.
DE_LA_FUNCION = ("imagen", "kernel", "stride", "padding", "dilation", "bias", "activation")


def vista_funcion(funcion, imagen, kernel, *, argumentos=(), **opciones) -> Explorador:
    """La convolución que has escrito tú, con los mismos controles que la de la biblioteca.

    Parameters
    ----------
    funcion : callable
        `funcion(imagen, kernel, **argumentos)`; devuelve el mapa, `(alto, ancho)`.
    imagen, kernel : array_like
        De dos dimensiones, como en `Explorador`. Tu función recibe copias.
    argumentos : sequence of str
        Qué más recibe, por su nombre: `("stride", "padding")`. Cada uno tiene su control.
    **opciones
        Las de `Explorador`.

    Returns
    -------
    Explorador
        Si la función falla o devuelve algo que no es un mapa, lo dice en la vista.

    Raises
    ------
    TypeError
        Si `funcion` no es una función.

    Examples
    --------
    >>> from course_lib import images
    >>> def mia(imagen, kernel):
    ...     return np.zeros((3, 3))
    >>> vista = vista_funcion(mia, images.diapositiva(), images.kernel("diapositiva"))
    >>> vista.descripcion
    'Tu función da 0 en la fila 0, columna 0 del mapa.'
    """
    if not callable(funcion):
        raise TypeError(
            f"funcion={funcion!r} no es una función. Pásala sin paréntesis: "
            "vista_funcion(mi_conv, imagen, kernel)."
        )
    propias = {
        "paneles": ("imagen", "kernel", "mapa"),
        "controles": ("preset", *argumentos, "posicion"),
    }
    vista = Explorador(imagen, kernel, ajeno=True, **{**propias, **opciones})
    vista.observe(lambda _: _calcular(vista, funcion, argumentos), names=list(DE_LA_FUNCION))
    _calcular(vista, funcion, argumentos)
    return vista


def _calcular(vista: Explorador, funcion: Callable, argumentos) -> None:
    extra = {nombre: getattr(vista, nombre) for nombre in argumentos}
    try:
        resultado = funcion(vista.imagen.copy(), vista.kernel.copy(), **extra)
        mapa = _como_mapa(resultado)
    # Pase lo que pase en código ajeno, la vista sigue viva y lo cuenta.
    except Exception as error:
        vista.aviso = _explicar(error)
        return
    with vista.hold_sync():
        vista.resultado, vista.aviso = mapa, ""


def _como_mapa(resultado) -> np.ndarray:
    if resultado is None:
        raise ValueError("Tu función no devuelve nada. ¿Falta el return al final?")
    try:
        valores = np.asarray(resultado, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(
            f"Tu función devuelve {type(resultado).__name__}, y aquí se espera un array de números."
        ) from None
    if valores.ndim != 2 or valores.size == 0:
        raise ValueError(
            f"Tu función devuelve un array de forma {valores.shape}, y un mapa es (alto, ancho)."
        )
    if not np.isfinite(valores).all():
        raise ValueError(
            "Tu mapa tiene NaN o infinitos. ¿Has creado el resultado con np.empty? Usa np.zeros."
        )
    return valores


def _explicar(error: Exception) -> str:
    """Lo que ha pasado, dónde y qué mirar; el mensaje de Python se cita entero."""
    if isinstance(error, ValueError) and str(error).startswith(("Tu función", "Tu mapa")):
        return str(error)
    if isinstance(error, NotImplementedError):
        return "Aquí falta tu código: complétalo, ejecuta la celda y vuelve a crear la vista."
    traza, linea = error.__traceback__, None
    while traza is not None:
        linea, traza = traza.tb_lineno, traza.tb_next
    return (
        f"Tu función se ha parado en su línea {linea} con {type(error).__name__}: «{error}». "
        f"{_CURAS.get(type(error).__name__, _CURA)}"
    )


_CURA = "Arréglala, ejecuta su celda y vuelve a crear la vista."
_CURAS = {
    "IndexError": "Algún índice se sale del array: compara los range con el tamaño de la salida.",
    "NameError": "Ese nombre no existe todavía: ¿está bien escrito y has ejecutado su celda?",
    "TypeError": "Revisa los argumentos que recibe tu función y los tipos que mezclas.",
    "ZeroDivisionError": "Hay una división entre cero.",
    "ValueError": "Imprime las formas (.shape) de lo que multiplicas: seguramente no encajan.",
}
