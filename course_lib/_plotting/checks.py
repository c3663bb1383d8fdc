"""Las comprobaciones de `plotting`: cada mensaje dice qué argumento, qué valor y su arreglo."""

import operator

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import FigureBase

from course_lib._plotting.numerals import number

CURA_KERNEL = "De un kernel (kh, kw, C_in, C_out) elige uno: kernel[:, :, 0, 0]."

_FORMAS = {1: "(n,)", 2: "(alto, ancho)", 3: "(alto, ancho, canales)"}


def check_array(nombre: str, valor: object, dimensiones: tuple[int, ...], cura: str) -> np.ndarray:
    """El valor como array de números finitos, con las dimensiones pedidas y sin copiarlo."""
    try:
        array = np.asarray(valor)
    except ValueError:
        raise ValueError(f"{nombre} tiene filas de distinta longitud. {cura}") from None
    if array.dtype.kind not in "biuf":
        raise TypeError(
            f"{nombre} contiene {array.dtype} y se esperaban números reales. "
            f"Conviértelo con np.asarray({nombre}, dtype=float)."
        )
    if array.ndim not in dimensiones:
        formas = " o ".join(_FORMAS[d] for d in dimensiones)
        raise ValueError(f"{nombre} tiene forma {array.shape} y se esperaba {formas}. {cura}")
    if array.size == 0:
        raise ValueError(f"{nombre} está vacío: su forma es {array.shape}. {cura}")
    _check_finite(nombre, array)
    return array


def _check_finite(nombre: str, array: np.ndarray) -> None:
    malos = np.argwhere(~np.isfinite(array))
    if len(malos):
        donde = ", ".join(str(i) for i in malos[0])
        raise ValueError(
            f"{nombre} contiene {array[tuple(malos[0])]} en la posición [{donde}]. "
            f"Busca una división entre 0 o usa np.nan_to_num({nombre})."
        )


def check_axes(ax: object) -> None:
    """Que `ax` sea un Axes: es fácil pasar la figura o el array que devuelve `subplots`."""
    if ax is not None and not isinstance(ax, Axes):
        raise TypeError(
            f"ax es {type(ax).__name__} y se esperaba un Axes de matplotlib. "
            "Prueba con fig, ax = plt.subplots()."
        )


def check_figure(figura: object) -> None:
    """Que `figura` sea una figura o una subfigura."""
    if figura is not None and not isinstance(figura, FigureBase):
        raise TypeError(
            f"figura es {type(figura).__name__} y se esperaba una figura de matplotlib. "
            "Prueba con figura=plt.figure()."
        )


def check_channels(nombre: str, array: np.ndarray) -> None:
    """Que una imagen de tres dimensiones sea de color: rojo, verde y azul."""
    if array.ndim == 3 and array.shape[2] != 3:
        raise ValueError(
            f"{nombre} tiene {array.shape[2]} canales y una imagen en color tiene 3. "
            f"Elige uno con {nombre}[:, :, 0] o usa show_grid para verlos todos."
        )


def gray_range(imagen: np.ndarray, rango: tuple[float, float] | None) -> tuple[float, float]:
    """El negro y el blanco de la escala; nunca recorta valores sin avisar."""
    minimo, maximo = float(imagen.min()), float(imagen.max())
    if rango is None:
        # Una imagen uint8 de ceros y unos, como la de la diapositiva, se vería toda negra.
        rango = (0, 255) if imagen.dtype == np.uint8 and maximo > 1 else (0, 1)
    try:
        negro, blanco = map(float, rango)
    except (TypeError, ValueError):
        raise TypeError(f"rango={rango!r} no son dos números. Prueba con (0, 1).") from None
    if not negro < blanco:
        raise ValueError(f"rango={rango} no sirve: el primero debe ser menor. Prueba con (0, 1).")
    holgura = 1e-6 * (blanco - negro)  # el redondeo de float32 no es un valor fuera de escala
    if minimo < negro - holgura or maximo > blanco + holgura:
        raise ValueError(
            f"imagen va de {number(minimo)} a {number(maximo)} y la escala, de {number(negro)} a "
            f"{number(blanco)}. Usa rango=(mínimo, máximo) o, si tiene signo, show_map."
        )
    return negro, blanco


def symmetric_limit(nombre: str, arrays: list[np.ndarray], limite: float | None) -> float:
    """El extremo de una escala centrada en cero en la que caben todos los valores."""
    # En float64, porque en int8 el valor absoluto de −128 sería −128.
    mayor = max(float(np.abs(a.astype(float)).max()) for a in arrays)
    if limite is None:
        return mayor or 1.0
    if not isinstance(limite, (int, float, np.number)):
        raise TypeError(f"limite={limite!r} no es un número. Prueba con limite=1.")
    if not 0 < limite < np.inf:
        raise ValueError(f"limite={limite} no sirve: debe ser mayor que 0. Prueba con limite=1.")
    if limite < mayor:
        raise ValueError(
            f"limite={limite} recortaría {nombre}, que llega a {number(mayor)} en valor absoluto. "
            f"Quítalo o usa limite=np.abs({nombre}).max()."
        )
    return float(limite)


def check_grid(mapas, titulos, columnas) -> tuple[list[np.ndarray], list[str], int]:
    """Los mapas por separado, un título para cada uno y cuántos van por fila."""
    arrays = _split_maps(mapas)
    n = len(arrays)
    titulos = [f"mapa {i}" for i in range(n)] if titulos is None else list(titulos)
    if len(titulos) != n:
        raise ValueError(f"titulos tiene {len(titulos)} y hay {n} mapas. Pon uno por mapa.")
    if columnas is None:
        return arrays, titulos, min(n, 4)
    columnas = _as_int("columnas", columnas)
    if columnas < 1:
        raise ValueError(f"columnas={columnas} no sirve: el mínimo es 1. Prueba con columnas=4.")
    return arrays, titulos, min(columnas, n)


def _split_maps(mapas) -> list[np.ndarray]:
    cura = "Pasa (alto, ancho, canales) o una lista de mapas (alto, ancho)."
    if isinstance(mapas, (list, tuple)):
        if not mapas:
            raise ValueError(f"mapas está vacío. {cura}")
        return [check_array(f"mapas[{i}]", m, (2,), cura) for i, m in enumerate(mapas)]
    array = check_array("mapas", mapas, (3,), cura)
    return list(np.moveaxis(array, -1, 0))


def check_window(forma, fila, columna, tamano) -> tuple[int, int, int, int]:
    """Fila, columna, alto y ancho de una ventana que cabe entera en la imagen."""
    es_par = isinstance(tamano, (tuple, list)) and len(tamano) == 2
    alto, ancho = tamano if es_par else (tamano, tamano)
    alto, ancho = _as_int("tamano", alto), _as_int("tamano", ancho)
    if not (1 <= alto <= forma[0] and 1 <= ancho <= forma[1]):
        raise ValueError(
            f"tamano={tamano} no cabe en una imagen de {forma[0]}×{forma[1]}. "
            "Prueba con tamano=3 o con una imagen mayor."
        )
    posiciones = {"fila": (fila, forma[0] - alto), "columna": (columna, forma[1] - ancho)}
    for nombre, (valor, ultimo) in posiciones.items():
        if not 0 <= _as_int(nombre, valor) <= ultimo:
            raise ValueError(
                f"{nombre}={valor} deja la ventana fuera de la imagen de {forma[0]}×{forma[1]}. "
                f"Con ese tamaño, {nombre} va de 0 a {ultimo}."
            )
    return operator.index(fila), operator.index(columna), alto, ancho


def _as_int(nombre: str, valor: object) -> int:
    try:
        return operator.index(valor)
    except TypeError:
        raise TypeError(
            f"{nombre}={valor!r} no es un número entero. Prueba con {nombre}=3."
        ) from None
