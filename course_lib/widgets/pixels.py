"""Las demostraciones de la lección «La imagen es una matriz»: números, brillo y canales."""

import ipywidgets
import numpy as np

from course_lib import plotting
from course_lib.widgets.live import FiguraViva

ANCHO_DEL_CONTROL = {"width": "300px"}
RANGO = (0, 255)


def lupa(foto, tamano: int = 6) -> FiguraViva:
    """Una foto en gris y, al lado, los números de la ventana que se elige.

    Parameters
    ----------
    foto : array_like
        `(alto, ancho)`, uint8.
    tamano : int
        Lado de la ventana, de 1 a 8: los números tienen que caber.

    Returns
    -------
    FiguraViva
        Con los controles `fila` y `columna`, la esquina de la ventana.

    Raises
    ------
    ValueError
        Si no es una imagen uint8 en gris, o la ventana no cabe en ella.

    Examples
    --------
    >>> demo = lupa(np.arange(20, dtype=np.uint8).reshape(4, 5), tamano=2)
    >>> demo.controles["columna"].value = 3
    >>> print(demo.descripcion)
    foto[0:2, 3:5]: 2 filas y 2 columnas, con valores de 3 a 9.
    """
    foto = _uint8(foto, 2)
    _check_side(tamano, min(8, *foto.shape))

    def dibujar(figura, fila: int, columna: int) -> str:
        izquierda, derecha = figura.subplots(1, 2)
        plotting.show_window(foto, fila, columna, tamano, izquierda, "foto", rango=RANGO)
        trozo = foto[fila : fila + tamano, columna : columna + tamano]
        plotting.show_image(trozo, derecha, "sus números", valores=True, rango=RANGO)
        # Los índices son los de la foto entera, para poder ir a buscar cada píxel.
        derecha.set_xticks(range(tamano), range(columna, columna + tamano))
        derecha.set_yticks(range(tamano), range(fila, fila + tamano))
        return (
            f"foto[{fila}:{fila + tamano}, {columna}:{columna + tamano}]: {tamano} filas y "
            f"{tamano} columnas, con valores de {trozo.min()} a {trozo.max()}."
        )

    finales = {"fila": foto.shape[0] - tamano, "columna": foto.shape[1] - tamano}
    controles = {nombre: _entero(nombre, ultimo) for nombre, ultimo in finales.items()}
    return FiguraViva(dibujar, controles, tamano=(8, 3.8))


def sumar_brillo(foto) -> FiguraViva:
    """La misma suma en uint8, que da la vuelta al pasar de 255, y en decimales, que no.

    Parameters
    ----------
    foto : array_like
        `(alto, ancho)`, uint8.

    Returns
    -------
    FiguraViva
        Con el control `suma`, de 0 a 200.

    Raises
    ------
    ValueError
        Si no es una imagen uint8 en gris.

    Examples
    --------
    >>> demo = sumar_brillo(np.array([[10, 100], [200, 250]], dtype=np.uint8))
    >>> demo.controles["suma"].value = 60
    >>> print(demo.descripcion)
    Al sumar 60 en uint8, 2 de los 4 píxeles pasan de 255 y vuelven a empezar desde 0.
    """
    foto = _uint8(foto, 2)

    def dibujar(figura, suma: int) -> str:
        izquierda, derecha = figura.subplots(1, 2)
        en_uint8, en_decimales = foto + np.uint8(suma), foto.astype(float) + suma
        plotting.show_image(en_uint8, ax=izquierda, titulo="en uint8", rango=RANGO)
        recortada = np.minimum(en_decimales, 255)
        plotting.show_image(recortada, ax=derecha, titulo="en decimales", rango=RANGO)
        vueltas = int((en_decimales > 255).sum())
        if not vueltas:
            return (
                f"Al sumar {suma} en uint8, ningún píxel pasa de 255: los dos dibujos son iguales."
            )
        return (
            f"Al sumar {suma} en uint8, {vueltas} de los {foto.size} píxeles pasan de 255 y "
            "vuelven a empezar desde 0."
        )

    return FiguraViva(dibujar, {"suma": _entero("suma", 200)}, tamano=(8, 3.4))


def mezclar_canales(foto) -> FiguraViva:
    """Una foto en color y el gris que resulta de sumar sus canales con los pesos elegidos.

    Parameters
    ----------
    foto : array_like
        `(alto, ancho, 3)`, uint8.

    Returns
    -------
    FiguraViva
        Con los controles `rojo`, `verde` y `azul`, de 0 a 1; empieza en la media de los tres.

    Raises
    ------
    ValueError
        Si no es una imagen uint8 en color.

    Examples
    --------
    >>> demo = mezclar_canales(np.full((2, 2, 3), 200, dtype=np.uint8))
    >>> demo.controles["rojo"].value = 1
    >>> print(demo.descripcion)
    Pesos: rojo 1, verde 0.33 y azul 0.33. Suman 1.66: la imagen sale más clara de lo que es.
    """
    foto = _uint8(foto, 3)
    canales = np.moveaxis(foto.astype(float), 2, 0)

    def dibujar(figura, rojo: float, verde: float, azul: float) -> str:
        izquierda, derecha = figura.subplots(1, 2)
        plotting.show_image(foto, ax=izquierda, titulo="foto en color")
        mezcla = sum(peso * canal for peso, canal in zip((rojo, verde, azul), canales, strict=True))
        gris = np.minimum(mezcla, 255)
        plotting.show_image(gris, ax=derecha, titulo="suma con esos pesos", rango=RANGO)
        total = round(rojo + verde + azul, 2)
        return (
            f"Pesos: rojo {rojo:g}, verde {verde:g} y azul {azul:g}. Suman {total:g}: {_luz(total)}"
        )

    controles = {
        nombre: ipywidgets.FloatSlider(
            0.33, min=0, max=1, step=0.01, description=nombre, layout=ANCHO_DEL_CONTROL
        )
        for nombre in ("rojo", "verde", "azul")
    }
    return FiguraViva(dibujar, controles, tamano=(8.4, 3))


def _luz(total: float) -> str:
    if abs(total - 1) <= 0.02:
        return "el blanco sigue siendo blanco."
    cuanto = "más clara" if total > 1 else "más oscura"
    return f"la imagen sale {cuanto} de lo que es."


def _check_side(tamano: int, mayor: int) -> None:
    if tamano not in range(1, mayor + 1):
        raise ValueError(
            f"tamano={tamano} no sirve: el lado de la ventana es un entero de 1 a {mayor}. "
            f"Prueba con tamano={mayor}."
        )


def _entero(nombre: str, ultimo: int) -> ipywidgets.IntSlider:
    return ipywidgets.IntSlider(0, 0, ultimo, description=nombre, layout=ANCHO_DEL_CONTROL)


def _uint8(foto, dimensiones: int) -> np.ndarray:
    """Una copia propia: si el cuaderno cambia luego su array, el dibujo no se contradice."""
    try:
        array = np.array(foto)
    except ValueError:
        array = np.empty(0, object)  # filas de distinta longitud
    if array.dtype != np.uint8 or array.ndim != dimensiones or array.size == 0:
        forma = "(alto, ancho)" if dimensiones == 2 else "(alto, ancho, 3)"
        raise ValueError(
            f"foto es {array.dtype} de forma {array.shape} y aquí se espera uint8 de forma "
            f"{forma}. Si va de 0 a 1, conviértela: (foto * 255).astype(np.uint8)."
        )
    return array
