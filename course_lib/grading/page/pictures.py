"""Los dibujos de un caso: la imagen con su ventana, lo que salió y en qué se distingue.

Cada uno es un PNG pequeño con su frase, y no una figura ancha: en un móvil se ponen uno debajo
de otro. Ninguno usa pyplot, que guarda estado entre páginas.
"""

import base64
import io
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from matplotlib import colormaps
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from course_lib._plotting import drawing
from course_lib.grading.diagnosis import Case
from course_lib.grading.page import values

ANCHO, PUNTOS = 240, 120  # píxeles, y píxeles por pulgada
MARGEN, BORDE = 28, 7  # píxeles: arriba y a la izquierda van los índices
NEGRO, AMARILLO, GRIS = (0, 0, 0, 1), (1, 0.83, 0, 1), (0.35, 0.35, 0.35, 1)
EN_GRIS = ("imagen", "foto", "ventana")


@dataclass(frozen=True)
class Picture:
    """Un dibujo: `title` va debajo, y `alt` lo cuenta a quien no lo ve."""

    title: str
    alt: str
    png: str
    width: int


def of_case(caso: Case) -> list[Picture]:
    """Los dibujos de un caso; ninguno si nada de él se puede poner en un plano.

    Parameters
    ----------
    caso : Case
        Lo que devolvió el estudiante puede ser cualquier cosa: NaN, textos, filas desiguales…
    """
    dibujos = [_argument(n, v, caso.window) for n, v in caso.arguments]
    return [d for d in (*dibujos, *_results(caso)) if d]


def _argument(nombre: str, valor: object, ventana) -> Picture | None:
    if not values.is_plane(valor):
        return None
    array = values.as_numbers(valor)
    imagen = nombre.startswith(EN_GRIS)
    cabe = imagen and ventana and _fits(ventana, array.shape)
    alt = f"{nombre}: {values.in_words(valor)}."
    if cabe:
        alt += f" La ventana de la primera diferencia empieza {values.place(ventana[:2])}."
    gris = imagen and bool((array >= 0).all())
    return _picture(f"{nombre}", alt, array, gris=gris, marca=ventana if cabe else None)


def _results(caso: Case) -> list[Picture | None]:
    obtenido = values.as_picture(caso.got, caso.where)
    if obtenido is None:
        return []
    array, corte = obtenido
    marca = _cell(caso, array.shape)
    donde = f" La primera diferencia está {values.place(caso.where)}." if marca else ""
    titulo = f"tu resultado{corte and ', ' + corte}"
    salidas = [_picture(titulo, f"Tu resultado: {_told(array)}.{donde}", array, marca=marca)]
    resta = values.as_picture(caso.difference, caso.where)
    if resta is not None and resta[0].shape == array.shape:
        alt = f"Tu resultado menos lo pedido: {_told(resta[0])}."
        salidas.append(_picture("tu resultado menos lo pedido", alt, resta[0], marca=marca))
    return salidas


def _told(array: np.ndarray) -> str:
    return values.in_words(array.tolist())


def _cell(caso: Case, forma: tuple[int, int]) -> tuple[int, int, int, int] | None:
    """La casilla de la primera diferencia, en el plano que se dibuja."""
    if not caso.where or caso.difference is None:
        return None
    fila, columna = (0, caso.where[0]) if len(caso.where) == 1 else caso.where[:2]
    return (fila, columna, 1, 1) if _fits((fila, columna, 1, 1), forma) else None


def _fits(ventana, forma) -> bool:
    fila, columna, alto, ancho = ventana
    return 0 <= fila <= forma[0] - alto and 0 <= columna <= forma[1] - ancho


def _picture(titulo, alt, array, *, gris=False, marca=None) -> Picture:
    png, ancho = _render(array.tobytes(), array.shape, gris, marca)
    return Picture(titulo, alt, png, ancho)


@lru_cache(maxsize=256)
def _render(datos: bytes, forma: tuple[int, int], gris: bool, marca) -> tuple[str, int]:
    """El PNG en base64 y su ancho en una página.

    Sin ejes de matplotlib, que costarían diez veces más que el dibujo: las casillas son una
    imagen y los números, textos encima.
    """
    array = np.frombuffer(datos).reshape(forma)
    lado = max(ANCHO // max(*forma, 4), 6)
    colores = _colors(array, gris)
    lienzo = _canvas(colores, lado, marca)
    figura = Figure(figsize=(lienzo.shape[1] / PUNTOS, lienzo.shape[0] / PUNTOS), dpi=PUNTOS)
    figura.figimage(lienzo)
    _write(figura, array, colores, lado)
    png = io.BytesIO()
    FigureCanvasAgg(figura).print_png(png, metadata={"Software": None})
    return base64.b64encode(png.getvalue()).decode(), round(lienzo.shape[1] * 0.68)


def _colors(array: np.ndarray, gris: bool) -> np.ndarray:
    """El color de cada casilla; lo que no es finito, del color del cero."""
    finito = np.isfinite(array)
    # Dividido por el mayor: así ni 1e308 desborda la escala de colores.
    mayor = float(np.abs(array, where=finito, out=np.zeros_like(array)).max()) or 1.0
    relativos = np.divide(array, mayor, where=finito, out=np.zeros_like(array))
    if gris:
        return colormaps["gray"](relativos)
    return colormaps[drawing.COLORES_CON_SIGNO]((relativos + 1) / 2)


def _canvas(colores: np.ndarray, lado: int, marca) -> np.ndarray:
    """Las casillas en píxeles, con sus rayas y el marco de `show_window`: amarillo entre negros."""
    casillas = np.kron(colores, np.ones((lado, lado, 1)))
    if lado >= 12:
        casillas[::lado, :] = casillas[:, ::lado] = GRIS
    alto, ancho = casillas.shape[:2]
    lienzo = np.ones((alto + MARGEN + BORDE, ancho + MARGEN + BORDE, 4))
    lienzo[MARGEN:-BORDE, MARGEN:-BORDE] = casillas
    if marca:
        y, x, h, w = (MARGEN + marca[0] * lado, MARGEN + marca[1] * lado, marca[2], marca[3])
        for desde, hasta, color in ((5, 4, NEGRO), (3, 2, AMARILLO)):
            fuera = slice(y - desde, y + h * lado + desde), slice(x - desde, x + w * lado + desde)
            dentro = slice(y + hasta, y + h * lado - hasta), slice(x + hasta, x + w * lado - hasta)
            guardado = lienzo[dentro].copy()
            lienzo[fuera] = color
            lienzo[dentro] = guardado
    return lienzo


def _write(figura: Figure, array: np.ndarray, colores: np.ndarray, lado: int) -> None:
    """Los números en sus casillas, si se leen, y los índices alrededor."""
    ancho, alto = figura.bbox.size
    comun = {"ha": "center", "va": "center"}

    def texto(fila, columna, escrito, cuerpo, color="black"):
        x, y = MARGEN + (columna + 0.5) * lado, MARGEN + (fila + 0.5) * lado
        figura.text(x / ancho, 1 - y / alto, escrito, fontsize=cuerpo, color=color, **comun)

    textos = np.vectorize(values.figure, otypes=[object])(array)
    cuerpo = drawing.cell_font(lado * 72 / PUNTOS, textos)
    if max(array.shape) <= 12 and cuerpo >= 6:
        for casilla in np.ndindex(array.shape):
            texto(*casilla, textos[casilla], cuerpo, drawing.ink(colores[casilla]))
    margen = 0.5 + MARGEN / lado / 2  # en casillas, desde el centro de la primera
    for eje, total in enumerate(array.shape):
        for i in range(0, total, 1 if total <= 12 else 10):
            texto(*((i, -margen) if eje == 0 else (-margen, i)), str(i), 9, "0.25")
