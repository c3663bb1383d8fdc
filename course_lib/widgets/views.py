"""Las vistas de las lecciones: el explorador con solo lo que cuenta cada idea."""

from course_lib import images
from course_lib.widgets.explorer import Explorador


def vista_ventana(imagen, kernel, **opciones) -> Explorador:
    """Una ventana: la imagen, los pesos, los productos y su suma.

    Parameters
    ----------
    imagen, kernel : array_like
        Como en `Explorador`.
    **opciones
        Las de `Explorador`.

    Returns
    -------
    Explorador
        Con el control `posicion`; los pesos se pueden cambiar.

    Examples
    --------
    >>> vista = vista_ventana(images.diapositiva(), images.kernel("diapositiva"), posicion=1)
    >>> vista.descripcion
    'Posición 2 de 9: la ventana empieza en la fila 0, columna 1, y su suma ponderada es 3.'
    """
    propias = {
        "paneles": ("imagen", "kernel", "productos", "cuenta"),
        "controles": ("posicion",),
    }
    return Explorador(imagen, kernel, **{**propias, **opciones})


def vista_deslizar(imagen, kernel, **opciones) -> Explorador:
    """La ventana recorre la imagen, sola o a mano, y el mapa se llena a su paso.

    Parameters
    ----------
    imagen, kernel : array_like
        Como en `Explorador`.
    **opciones
        Las de `Explorador`.

    Returns
    -------
    Explorador
        Con posición, reproducir, parar, paso y velocidad.

    Examples
    --------
    >>> vista_deslizar(images.diapositiva(), images.kernel("diapositiva")).revelar
    True
    """
    propias = {
        "paneles": ("imagen", "productos", "mapa", "cuenta"),
        "controles": ("posicion", "animar", "velocidad"),
        "revelar": True,
    }
    return Explorador(imagen, kernel, **{**propias, **opciones})


def vista_filtro(foto, kernel=None, **opciones) -> Explorador:
    """Una foto, un kernel que se elige por su nombre y el mapa que resulta.

    Parameters
    ----------
    foto : array_like
        Como la imagen de `Explorador`.
    kernel : array_like, optional
        El primero que se ve; si falta, `sobel_x`.
    **opciones
        Las de `Explorador`; con `imagenes={"nombre": foto}` hay además un menú de fotos.

    Returns
    -------
    Explorador
        Con el menú de kernels, los pesos editables y un botón para abrir una foto propia.

    Examples
    --------
    >>> vista = vista_filtro(images.foto("coins", lado=40))
    >>> vista.preset = "laplaciano_8"
    >>> float(vista.kernel[1, 1])
    -8.0
    """
    propias = {
        "paneles": ("imagen", "kernel", "mapa"),
        "controles": ("preset", "foto", "subir")
        if opciones.get("imagenes")
        else ("preset", "subir"),
    }
    kernel = images.kernel("sobel_x") if kernel is None else kernel
    return Explorador(foto, kernel, **{**propias, **opciones})


def vista_padding(imagen, kernel, **opciones) -> Explorador:
    """El anillo de ceros alrededor de la imagen y el tamaño que gana el mapa.

    Parameters
    ----------
    imagen, kernel : array_like
        Como en `Explorador`.
    **opciones
        Las de `Explorador`.

    Returns
    -------
    Explorador
        Con los controles `padding` y `posicion`.

    Examples
    --------
    >>> vista_padding(images.diapositiva(), images.kernel("diapositiva"), padding=1).mapa.shape
    (5, 5)
    """
    propias = {
        "paneles": ("imagen", "mapa", "tamano"),
        "controles": ("padding", "posicion"),
        "padding": "same",
    }
    return Explorador(imagen, kernel, **{**propias, **opciones})


def vista_stride(imagen, kernel, **opciones) -> Explorador:
    """Los pasos de la ventana, lo que se salta y la fórmula del tamaño con sus números.

    Parameters
    ----------
    imagen, kernel : array_like
        Como en `Explorador`.
    **opciones
        Las de `Explorador`.

    Returns
    -------
    Explorador
        Con los controles `stride`, `padding`, `dilation` y `posicion`.

    Examples
    --------
    >>> vista_stride(images.tablero(6, 1), images.kernel("promedio"), stride=2).mapa.shape
    (2, 2)
    """
    propias = {
        "paneles": ("imagen", "mapa", "tamano"),
        "controles": ("stride", "padding", "dilation", "posicion", "animar"),
        "stride": 2,
    }
    return Explorador(imagen, kernel, **{**propias, **opciones})


def vista_activacion(imagen, kernel, **opciones) -> Explorador:
    """La curva de la activación, con los valores del mapa encima, y el mapa que deja.

    Parameters
    ----------
    imagen, kernel : array_like
        Como en `Explorador`.
    **opciones
        Las de `Explorador`.

    Returns
    -------
    Explorador
        Con los controles `activation`, `bias` y `posicion`.

    Examples
    --------
    >>> vista = vista_activacion(images.letra_F(), images.kernel("sobel_x"))
    >>> vista.activation, float(vista.mapa.min())
    ('relu', 0.0)
    """
    propias = {
        "paneles": ("imagen", "curva", "mapa", "cuenta"),
        "controles": ("activation", "bias", "preset", "posicion"),
        "activation": "relu",
    }
    return Explorador(imagen, kernel, **{**propias, **opciones})
