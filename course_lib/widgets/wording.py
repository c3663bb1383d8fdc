"""El explorador contado con palabras: las mismas que escribe el navegador."""

import numpy as np

from course_lib import ops


def number(valor: float) -> str:
    """Corto, con el menos tipográfico y sin el ruido de la última cifra."""
    limpio = round(float(valor), 9) + 0.0
    texto = f"{limpio:.4g}" if abs(limpio) < 1000 else f"{limpio:.1f}".removesuffix(".0")
    return texto.replace("-", "−")


def by(medidas) -> str:
    """«3×5»."""
    return "×".join(map(str, medidas))


def describe(e) -> str:
    """Una frase que basta para seguir el explorador sin verlo."""
    if e.aviso:
        return e.aviso
    if e.historia is not None:
        return _epoch(e)
    if e.capas:
        return _stack(e)
    try:
        mapa = e.mapa
    except ValueError as error:
        return str(error)
    return "Todavía no hay mapa." if mapa is None else _window(e, mapa)


def place(e, mapa: np.ndarray) -> tuple[int, int, int]:
    """Fila, columna y filtro que se miran, siempre dentro del mapa."""
    total = mapa.shape[0] * mapa.shape[1]
    fila, columna = divmod(min(e.posicion, total - 1), mapa.shape[1])
    filtros = 1 if mapa.ndim == 2 else mapa.shape[2]
    return fila, columna, min(e.filtro, filtros - 1)


def _window(e, mapa: np.ndarray) -> str:
    fila, columna, filtro = place(e, mapa)
    mapa3 = mapa.reshape(*mapa.shape[:2], -1)
    valor = number(mapa3[fila, columna, filtro])
    if e.ajeno:
        return f"Tu función da {valor} en la fila {fila}, columna {columna} del mapa."
    if e.pooling and "pooling" in e.paneles and e.pool_size <= min(mapa.shape[:2]):
        return f"En la fila {fila}, columna {columna} el mapa vale {valor}. " + _pooled(
            e, mapa3[:, :, filtro], fila, columna
        )
    y, x = corner(e, fila, columna)
    cual = f" con el filtro {filtro}" if mapa3.shape[2] > 1 else ""
    cual += _with_bias(e, filtro)
    suma = number(before_activation(e)[fila, columna, filtro])
    activada = f"; después de {e.activation}, {valor}" if e.activation else ""
    total = mapa3.shape[0] * mapa3.shape[1]
    return (
        f"Posición {fila * mapa3.shape[1] + columna + 1} de {total}: la ventana empieza en la fila "
        f"{number(y)}, columna {number(x)}, y su suma ponderada{cual} es {suma}{activada}."
    )


def _pooled(e, mapa: np.ndarray, fila: int, columna: int) -> str:
    lado = e.pool_size
    resumir, nombre = {
        "max": (ops.max_pool2d, "el máximo"),
        "avg": (ops.avg_pool2d, "la media"),
    }[e.pooling]
    resumen = resumir(mapa, lado)
    y, x = fila // lado, columna // lado
    if y >= resumen.shape[0] or x >= resumen.shape[1]:
        return f"Ninguna ventana de {by([lado] * 2)} que quepa entera pasa por ahí."
    return (
        f"Su ventana de {by([lado] * 2)} da la casilla ({y}, {x}): {nombre}, "
        f"{number(resumen[y, x])}."
    )


def _with_bias(e, filtro: int) -> str:
    """Lo que se añade a la frase si el número ya lleva un bias: no es solo la suma."""
    valores = np.ravel(e.bias)
    return ", con el bias," if valores[min(filtro, valores.size - 1)] else ""


def convolve(e, activation: str | None) -> np.ndarray:
    """`ops.conv2d` con lo que marcan los controles."""
    bias = e.bias
    if e.kernel.ndim == 4 and np.ndim(bias) == 0:
        bias = np.full(e.kernel.shape[3], bias)
    opciones = {"stride": e.stride, "padding": e.padding, "dilation": e.dilation}
    return ops.conv2d(e.imagen, e.kernel, bias, **opciones, activation=activation)


def before_activation(e) -> np.ndarray:
    """El mapa `(alto, ancho, filtros)` antes de la activación."""
    mapa = convolve(e, None)
    return mapa.reshape(*mapa.shape[:2], -1)


def corner(e, fila: int, columna: int) -> tuple[int, int]:
    """Fila y columna de la imagen donde empieza una ventana; negativas si empieza en el padding."""
    return tuple(
        posicion * e.stride - antes
        for posicion, (antes, _) in zip((fila, columna), ends(e), strict=True)
    )


def ends(e) -> list[tuple[int, int]]:
    """El padding de cada eje, en píxeles: (antes, después)."""
    medidas = zip(_axes(e.padding), e.imagen.shape[:2], e.kernel.shape[:2], strict=True)
    return [_end(padding, n, k, e.stride, e.dilation) for padding, n, k in medidas]


def _axes(padding) -> tuple:
    return padding if isinstance(padding, tuple) else (padding, padding)


def _end(padding, n: int, k: int, stride: int, dilation: int) -> tuple[int, int]:
    if padding != "same":
        padding = 0 if padding == "valid" else padding
        return padding if isinstance(padding, tuple) else (padding, padding)
    total = max((-(-n // stride) - 1) * stride + dilation * (k - 1) + 1 - n, 0)
    return total // 2, total - total // 2


def tower(e) -> tuple[list[list[tuple]], list[int]]:
    """De cada capa que cabe, sus ejes `(k, stride, dilation, antes)`; y el tamaño del final."""
    pisos, tamano = [], list(e.imagen.shape[:2])
    for capa in e.capas[: e.profundidad]:
        datos = {"stride": 1, "padding": "valid", "dilation": 1, **capa}
        try:
            nuevo = [ops.output_size(n, **datos) for n in tamano]
        except ValueError:
            break
        k, s, d = datos["kernel"], datos["stride"], datos["dilation"]
        pisos.append([(k, s, d, _end(datos["padding"], n, k, s, d)[0]) for n in tamano])
        tamano = nuevo
    return pisos, tamano


def seen(pisos, fila: int, columna: int) -> list[tuple[int, int]]:
    """Filas y columnas de la imagen, (primera, última), que ve un píxel de la última capa."""
    regiones = []
    for eje, posicion in enumerate((fila, columna)):
        a = b = posicion
        for piso in reversed(pisos):
            k, s, d, antes = piso[eje]
            a, b = a * s - antes, b * s - antes + d * (k - 1)
        regiones.append((a, b))
    return regiones


def _stack(e) -> str:
    pisos, tamano = tower(e)
    if len(pisos) < min(e.profundidad, len(e.capas)):
        return (
            f"La capa {len(pisos) + 1} no cabe: el mapa ya es de {by(tamano)}. "
            "Usa una imagen mayor o menos capas."
        )
    fila, columna = divmod(min(e.posicion, tamano[0] * tamano[1] - 1), tamano[1])
    (a, b), (c, d) = seen(pisos, fila, columna)
    return (
        f"El píxel de la fila {fila}, columna {columna} de la capa {len(pisos)} ve "
        f"{b - a + 1}×{d - c + 1} píxeles de la imagen: filas de {number(a)} a {number(b)} y "
        f"columnas de {number(c)} a {number(d)}."
    )


def _epoch(e) -> str:
    cola = ""
    if e.perdidas and e.epoca < len(e.perdidas):
        cola = f" La pérdida es {number(e.perdidas[e.epoca])}."
    return f"Época {e.epoca} de {len(e.historia) - 1}.{cola}"


def summary(e) -> str:
    """Lo que enseña `repr`: lo que no está como venía de fábrica, y la descripción."""
    partes = [f"imagen {by(e.imagen.shape)}", f"kernel {by(e.kernel.shape)}"]
    normales = {"stride": 1, "padding": "valid", "dilation": 1, "bias": 0.0, "activation": None}
    for nombre, normal in {**normales, "pooling": None}.items():
        valor = getattr(e, nombre)
        if valor != normal:
            partes.append(f"{nombre}={valor!r}")
    return f"Explorador({', '.join(partes)}): {describe(e)}"
