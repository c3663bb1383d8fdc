"""Respuestas equivocadas que no están en ningún catálogo, escritas de otra manera.

Cada una comete el error (o los dos errores) que dice su etiqueta, con otros nombres, otros bucles
y otras funciones de NumPy que la del catálogo. El diagnóstico tiene que reconocerlo.
"""

from math import ceil, exp

import numpy as np

from course_lib import ops

SOLOS, PAREJAS = [], []


def wrong(unidad, funcion, *ids):
    """Decorador: una respuesta de esa función con ese error, o con esos dos."""

    def apuntar(respuesta):
        (PAREJAS if len(ids) == 2 else SOLOS).append((unidad, funcion, ids, respuesta))
        return respuesta

    return apuntar


# --- 00_imagen ---


@wrong("00_imagen", "to_float", "entre-256")
def _(foto):
    return np.multiply(foto, 2.0**-8)


@wrong("00_imagen", "to_float", "entre-el-maximo")
def _(foto):
    tope = max(foto.flatten().tolist())
    return np.true_divide(foto, tope) if tope else foto * 0.0


@wrong("00_imagen", "to_float", "negativo")
def _(foto):
    return 1 - foto.astype(np.float64) / 255


@wrong("00_imagen", "to_float", "solo-cambia-el-tipo")
def _(foto):
    return np.array(foto.tolist(), dtype="float32")


@wrong("00_imagen", "crop", "el-fin-es-el-tamano")
def _(img, f0, c0, h, w):
    return np.array([linea[c0:w] for linea in img[f0:h]])


@wrong("00_imagen", "crop", "una-de-mas")
def _(img, f0, c0, h, w):
    f1, c1 = f0 + h + 1, c0 + w + 1
    return img[f0:f1, c0:c1].copy()


@wrong("00_imagen", "crop", "cuenta-desde-uno")
def _(img, f0, c0, h, w):
    f0, c0 = f0 - 1, c0 - 1
    return img[f0 : f0 + h][:, c0 : c0 + w]


@wrong("00_imagen", "to_gray", "media")
def _(foto):
    r, g, b = (foto[..., k].astype(float) for k in range(3))
    return (r + g + b) / 3.0


@wrong("00_imagen", "to_gray", "orden-bgr")
def _(foto):
    azul, verde, rojo = np.moveaxis(foto * 1.0, 2, 0)
    return 0.2125 * rojo + 0.7154 * verde + 0.0721 * azul


@wrong("00_imagen", "to_gray", "redondea")
def _(foto):
    return np.rint(np.tensordot(foto.astype(float), [0.2125, 0.7154, 0.0721], axes=1))


# --- 01_ventana ---


@wrong("01_ventana", "conv_step", "bias-en-cada-producto")
def _(v, k, bias=0.0):
    b = bias
    total = 0.0
    for p, w in zip(v.ravel().tolist(), k.ravel().tolist(), strict=True):
        total += p * w + b
    return total


@wrong("01_ventana", "conv_step", "kernel-volteado-horizontal")
def _(v, k, bias=0.0):
    b = bias
    return float((v * np.fliplr(k)).sum()) + b


@wrong("01_ventana", "conv_step", "promedio")
def _(v, k, bias=0.0):
    b = bias
    return np.vdot(v, k) / v.size + b


@wrong("01_ventana", "conv_step", "bias-restado")
def _(v, k, bias=0.0):
    b = bias
    return np.einsum("ij,ij", v.astype(float), k.astype(float)) - b


@wrong("01_ventana", "conv_step", "solo-la-diagonal")
def _(v, k, bias=0.0):
    b = bias
    return sum(float(v[n, n]) * float(k[n, n]) for n in range(min(v.shape))) + b


@wrong("01_ventana", "pattern_detector", "no-castiga-los-que-sobran")
def _(dibujo):
    return np.where(dibujo > 0, 2.0, 0.0), 1.0 - 2.0 * dibujo.sum()


@wrong("01_ventana", "pattern_detector", "pesos-bien-sin-bias")
def _(dibujo):
    pesos = [[1 if p else -1 for p in fila] for fila in dibujo]
    return pesos, 0


@wrong("01_ventana", "pattern_detector", "kernel-girado-180")
def _(dibujo):
    vuelto = np.rot90(dibujo, 2)
    return vuelto * 2.0 - 1.0, 0.75 - vuelto.sum()


# --- 02_deslizar ---


@wrong("02_deslizar", "suma_ponderada", "normaliza")
def _(v, k):
    pesos = float(k.sum()) or 1.0
    return sum(float(a) * float(b) for a, b in zip(v.flat, k.flat, strict=True)) / pesos


@wrong("02_deslizar", "suma_ponderada", "a-entero")
def _(v, k):
    return np.trunc(np.vdot(v.astype(float), k))


@wrong("02_deslizar", "conv2d_valid", "kernel-girado-180")
def _(foto, pesos):
    vistas = np.lib.stride_tricks.sliding_window_view(foto.astype(float), pesos.shape)
    return np.tensordot(vistas, np.rot90(pesos, 2), axes=((2, 3), (0, 1)))


@wrong("02_deslizar", "conv2d_valid", "promedio")
def _(foto, pesos):
    vistas = np.lib.stride_tricks.sliding_window_view(foto.astype(float), pesos.shape)
    return (vistas * pesos).mean(axis=(-2, -1))


@wrong("02_deslizar", "conv2d_valid", "tamano-sin-mas-uno")
def _(foto, pesos):
    a, b = pesos.shape
    salida = []
    for y in range(len(foto) - a):
        salida.append([float((foto[y : y + a, x : x + b] * pesos).sum())
                       for x in range(len(foto[0]) - b)])  # fmt: skip
    return np.array(salida).reshape(len(foto) - a, len(foto[0]) - b)


@wrong("02_deslizar", "conv2d_valid", "recorta-negativos")
def _(foto, pesos):
    vistas = np.lib.stride_tricks.sliding_window_view(foto.astype(float), pesos.shape)
    mapa = np.einsum("yxab,ab->yx", vistas, pesos)
    mapa[mapa < 0] = 0
    return mapa


@wrong("02_deslizar", "conv2d_valid", "marco-de-ceros")
def _(foto, pesos):
    a, b = pesos.shape
    vistas = np.lib.stride_tricks.sliding_window_view(foto.astype(float), pesos.shape)
    mapa = np.einsum("yxab,ab->yx", vistas, pesos)
    return np.pad(mapa, ((a // 2, a - 1 - a // 2), (b // 2, b - 1 - b // 2)))


@wrong("02_deslizar", "conv2d_valid", "sin-pesos")
def _(foto, pesos):
    a, b = pesos.shape
    sumas = foto.astype(float).cumsum(0).cumsum(1)
    sumas = np.pad(sumas, ((1, 0), (1, 0)))
    return sumas[a:, b:] - sumas[:-a, b:] - sumas[a:, :-b] + sumas[:-a, :-b]


# --- 03_kernels ---


@wrong("03_kernels", "edge_kernel", "grados-como-radianes")
def _(grados):
    x = np.outer([1, 2, 1], [-1, 0, 1])
    return x * np.cos(grados) - x.T * np.sin(grados)


@wrong("03_kernels", "edge_kernel", "gira-con-el-reloj")
def _(grados):
    x = np.outer([1.0, 2, 1], [-1, 0, 1])
    t = grados * np.pi / 180
    return np.cos(t) * x + np.sin(t) * x.T


@wrong("03_kernels", "edge_kernel", "prewitt")
def _(grados):
    x = np.tile([-1.0, 0, 1], (3, 1))
    t = np.radians(grados)
    return np.cos(t) * x - np.sin(t) * np.transpose(x)


@wrong("03_kernels", "separable", "nunca-none")
def _(k):
    u, s, v = np.linalg.svd(k)
    return u[:, 0] * np.sqrt(s[0]), v[0] * np.sqrt(s[0])


@wrong("03_kernels", "separable", "solo-cuadrados")
def _(k):
    if k.shape[0] != k.shape[1] or np.linalg.matrix_rank(k) != 1:
        return None
    u, s, v = np.linalg.svd(k)
    return u[:, 0] * s[0], v[0]


@wrong("03_kernels", "line_kernel", "horizontal")
def _(n):
    k = np.zeros((n, n))
    m = n // 2
    k[m] += 1.0 / n
    k[m - 1] -= 0.5 / n
    k[m + 1] -= 0.5 / n
    return k


@wrong("03_kernels", "line_kernel", "ajustado-para-tres")
def _(n):
    fila = np.zeros(n)
    m = n // 2
    fila[[m - 1, m, m + 1]] = -0.5, 1, -0.5
    return np.stack([fila / 3] * n)


# --- 04_padding ---


@wrong("04_padding", "pad2d", "siempre-ceros")
def _(foto, marco, value=0.0):
    if isinstance(marco, int):
        marco = ((marco, marco), (marco, marco))
    (a, b), (c, d) = marco
    salida = np.zeros((a + len(foto) + b, c + len(foto[0]) + d) + foto.shape[2:])
    salida[a : a + len(foto), c : c + len(foto[0])] += foto
    return salida


@wrong("04_padding", "pad2d", "antes-y-despues-cambiados")
def _(foto, marco, value=0.0):
    lados = np.array([[marco] * 2] * 2 if isinstance(marco, int) else marco)[:, ::-1]
    forma = np.array(foto.shape[:2]) + lados.sum(axis=1)
    salida = np.full((*forma, *foto.shape[2:]), value, dtype=float)
    salida[lados[0, 0] :][: len(foto), lados[1, 0] : lados[1, 0] + foto.shape[1]] = foto
    return salida


@wrong("04_padding", "pad2d", "solo-las-columnas")
def _(foto, marco, value=0.0):
    izq, der = (marco, marco) if isinstance(marco, int) else marco[1]
    alto, resto = foto.shape[0], foto.shape[2:]
    lados = [np.full((alto, n, *resto), value, float) for n in (izq, der)]
    return np.hstack([lados[0], foto, lados[1]])


@wrong("04_padding", "same_padding", "el-impar-antes")
def _(n, kernel, stride=1):
    k, s = kernel, stride
    total = max(0, (ceil(n / s) - 1) * s + k - n)
    return (total + 1) // 2, total // 2


@wrong("04_padding", "same_padding", "ignora-el-stride")
def _(n, kernel, stride=1):
    k = kernel
    falta = k - 1
    antes = int(falta / 2)
    return [antes, falta - antes]


@wrong("04_padding", "same_padding", "todo-despues")
def _(n, kernel, stride=1):
    k, s = kernel, stride
    posiciones = len(range(0, n, s))
    return 0, max((posiciones - 1) * s + k - n, 0)


# --- 05_stride ---


@wrong("05_stride", "output_size", "sin-mas-uno")
def _(lado, kernel, stride=1, padding="valid", dilation=1):
    k, s, p, d = kernel, stride, padding, dilation
    if p == "same":
        return ceil(lado / s)
    marco = 0 if p == "valid" else 2 * p
    return int(np.floor((lado + marco - (d * (k - 1) + 1)) / s))


@wrong("05_stride", "output_size", "redondea-hacia-arriba")
def _(lado, kernel, stride=1, padding="valid", dilation=1):
    k, s, p, d = kernel, stride, padding, dilation
    if p == "same":
        return -(-lado // s)
    extra = {"valid": 0}.get(p, p)
    return ceil((lado + 2 * extra - d * (k - 1) - 1) / s) + 1


@wrong("05_stride", "output_size", "ignora-dilation")
def _(lado, kernel, stride=1, padding="valid", dilation=1):
    k, s, p = kernel, stride, padding
    if p == "same":
        return (lado - 1) // s + 1
    grande = lado if p == "valid" else lado + p + p
    return len(range(0, grande - k + 1, s))


@wrong("05_stride", "output_size", "padding-una-vez")
def _(lado, kernel, stride=1, padding="valid", dilation=1):
    k, s, p, d = kernel, stride, padding, dilation
    if p == "same":
        return (lado + s - 1) // s
    return (lado + (0 if p == "valid" else p) - (k - 1) * d - 1) // s + 1


def deslizar(grande, pesos, filas, columnas):
    """La convolución que empieza una ventana en cada una de esas filas y columnas."""
    a, b = pesos.shape
    return np.array(
        [[float((grande[f : f + a, c : c + b] * pesos).sum()) for c in columnas] for f in filas]
    )


def bordes(n, k, s, modo):
    """El padding de antes y el de después de un eje."""
    if modo == "same":
        total = max((ceil(n / s) - 1) * s + k - n, 0)
        return total // 2, total - total // 2
    return (0, 0) if modo == "valid" else (modo, modo)


def enmarcada(foto, pesos, s, modo):
    """La foto con su padding."""
    return np.pad(foto * 1.0, [bordes(n, k, s, modo) for n, k in zip(foto.shape, pesos.shape)])  # noqa: B905


@wrong("05_stride", "conv2d", "ignora-el-stride")
def _(foto, pesos, stride=1, padding="valid"):
    modo = padding
    grande = enmarcada(foto, pesos, 1, modo)
    a, b = pesos.shape
    return deslizar(grande, pesos, range(len(grande) - a + 1), range(grande.shape[1] - b + 1))


@wrong("05_stride", "conv2d", "stride-solo-en-las-filas")
def _(foto, pesos, stride=1, padding="valid"):
    s, modo = stride, padding
    grande = enmarcada(foto, pesos, s, modo)
    vistas = np.lib.stride_tricks.sliding_window_view(grande, pesos.shape)[::s]
    return np.einsum("yxab,ab->yx", vistas, pesos)


@wrong("05_stride", "conv2d", "rellena-con-unos")
def _(foto, pesos, stride=1, padding="valid"):
    s, modo = stride, padding
    marco = [bordes(n, k, s, modo) for n, k in zip(foto.shape, pesos.shape, strict=True)]
    grande = np.pad(foto.astype(float), marco, constant_values=1)
    vistas = np.lib.stride_tricks.sliding_window_view(grande, pesos.shape)
    return np.tensordot(vistas[::s, ::s], pesos, axes=2)


@wrong("05_stride", "conv2d", "padding-al-final")
def _(foto, pesos, stride=1, padding="valid"):
    s, modo = stride, padding
    sumas = [sum(bordes(n, k, s, modo)) for n, k in zip(foto.shape, pesos.shape, strict=True)]
    grande = np.zeros([n + m for n, m in zip(foto.shape, sumas, strict=True)])
    grande[: len(foto), : len(foto[0])] = foto
    vistas = np.lib.stride_tricks.sliding_window_view(grande, pesos.shape)
    return (vistas[::s, ::s] * pesos).sum(axis=(2, 3))


# --- 06_activacion ---


@wrong("06_activacion", "activate", "relu-valor-absoluto")
def _(numeros, cual):
    if cual == "relu":
        return np.sqrt(np.square(numeros))
    if cual == "sigmoid":
        return 0.5 * (1 + np.tanh(0.5 * numeros))
    if cual == "tanh":
        return np.sinh(numeros) / np.cosh(numeros)
    if cual is None:
        return numeros + 0
    raise ValueError("¿Cuál?")


@wrong("06_activacion", "activate", "sigmoid-es-tanh")
def _(numeros, cual):
    opciones = {
        "relu": lambda v: (v + np.abs(v)) / 2,
        "sigmoid": lambda v: np.tanh(v / 2),
        "tanh": np.tanh,
    }
    opciones[None] = lambda v: v.copy()
    if cual not in opciones:
        raise ValueError(cual)
    return opciones[cual](numeros)


def elige(mapa, cual):
    """La activación, escrita sin arrays."""
    hacer = {
        None: lambda v: v,
        "relu": lambda v: v if v > 0 else 0.0,
        "sigmoid": lambda v: 1 / (1 + exp(-v)) if v > -700 else 0.0,
        "tanh": lambda v: float(np.tanh(v)),
    }[cual]
    return np.array([[hacer(v) for v in fila] for fila in np.asarray(mapa).tolist()])


def desliza(foto, pesos):
    """La convolución sin bias, con ventanas."""
    vistas = np.lib.stride_tricks.sliding_window_view(foto.astype(float), pesos.shape)
    return np.tensordot(vistas, pesos.astype(float), axes=2)


@wrong("06_activacion", "conv_neuron", "bias-despues")
def _(foto, pesos, bias=0.0, activation="relu"):
    b, cual = bias, activation
    return elige(desliza(foto, pesos), cual) + b


@wrong("06_activacion", "conv_neuron", "sin-activacion")
def _(foto, pesos, bias=0.0, activation="relu"):
    b = bias
    return desliza(foto, pesos) + b


@wrong("06_activacion", "conv_neuron", "sin-bias")
def _(foto, pesos, bias=0.0, activation="relu"):
    cual = activation
    return elige(desliza(foto, pesos), cual)


@wrong("06_activacion", "conv_neuron", "ninguna-es-relu")
def _(foto, pesos, bias=0.0, activation="relu"):
    b, cual = bias, activation
    return elige(desliza(foto, pesos) + b, cual or "relu")


# --- 07_canales_y_filtros ---


@wrong("07_canales_y_filtros", "count_params", "un-solo-bias")
def _(lados, entran, salen, bias=True, groups=1):
    return int(np.prod(lados)) * (entran // groups) * salen + int(bias)


@wrong("07_canales_y_filtros", "count_params", "ignora-los-grupos")
def _(lados, entran, salen, bias=True, groups=1):
    a, b = lados
    return salen * (a * b * entran + (1 if bias else 0))


@wrong("07_canales_y_filtros", "count_macs", "ignora-el-stride")
def _(forma, lados, salen, stride=1, padding="valid", groups=1):
    h, w, c = forma
    if padding == "valid":
        h, w = h - lados[0] + 1, w - lados[1] + 1
    return h * w * salen * lados[0] * lados[1] * c // groups


@wrong("07_canales_y_filtros", "count_macs", "cuenta-dos")
def _(forma, lados, salen, stride=1, padding="valid", groups=1):
    posiciones = 1
    for n, k in zip(forma, lados, strict=False):
        posiciones *= ceil(n / stride) if padding == "same" else len(range(0, n - k + 1, stride))
    return 2 * posiciones * salen * int(np.prod(lados)) * (forma[2] // groups)


def capa(x, pesos, s, modo, suma="yxcab,abcf->yxf"):
    """La capa sin bias, con einsum."""
    marco = [bordes(n, k, s, modo) for n, k in zip(x.shape[:2], pesos.shape[:2], strict=True)]
    grande = np.pad(x * 1.0, [*marco, (0, 0)])
    vistas = np.lib.stride_tricks.sliding_window_view(grande, pesos.shape[:2], axis=(0, 1))
    return np.einsum(suma, vistas[::s, ::s], pesos)


@wrong("07_canales_y_filtros", "conv_layer", "promedia-canales")
def _(x, pesos, sesgos, stride=1, padding="valid"):
    s, modo = stride, padding
    return capa(x, pesos, s, modo) / x.shape[-1] + sesgos


@wrong("07_canales_y_filtros", "conv_layer", "sin-bias")
def _(x, pesos, sesgos, stride=1, padding="valid"):
    s, modo = stride, padding
    return capa(x, pesos, s, modo)


@wrong("07_canales_y_filtros", "conv_layer", "solo-el-primer-canal")
def _(x, pesos, sesgos, stride=1, padding="valid"):
    s, modo = stride, padding
    return capa(x[..., 0:1], pesos[:, :, 0:1], s, modo) + sesgos


@wrong("07_canales_y_filtros", "conv_layer", "kernel-girado-180")
def _(x, pesos, sesgos, stride=1, padding="valid"):
    s, modo = stride, padding
    return capa(x, np.rot90(pesos, 2), s, modo) + np.reshape(sesgos, (1, 1, -1))


@wrong("07_canales_y_filtros", "conv_layer", "mapas-delante")
def _(x, pesos, sesgos, stride=1, padding="valid"):
    s, modo = stride, padding
    return [m + b for m, b in zip(np.moveaxis(capa(x, pesos, s, modo), 2, 0), sesgos, strict=True)]


# --- 08_pooling ---


def ventanas(mapa, lado, paso):
    """Todas las ventanas de lado × lado, de paso en paso."""
    vistas = np.lib.stride_tricks.sliding_window_view(mapa * 1.0, (lado, lado), axis=(0, 1))
    return vistas[::paso, ::paso]


@wrong("08_pooling", "pool2d", "suma")
def _(mapa, pool_size=2, stride=None, mode="max"):
    v = ventanas(mapa, pool_size, stride or pool_size)
    return v.max((-2, -1)) if mode == "max" else v.sum((-2, -1))


@wrong("08_pooling", "pool2d", "modos-cambiados")
def _(mapa, pool_size=2, stride=None, mode="max"):
    v = ventanas(mapa, pool_size, stride or pool_size)
    return v.mean((-2, -1)) if mode == "max" else v.max((-2, -1))


@wrong("08_pooling", "pool2d", "maximo-desde-cero")
def _(mapa, pool_size=2, stride=None, mode="max"):
    v = ventanas(mapa, pool_size, stride or pool_size)
    return np.maximum(v.max((-2, -1)), 0) if mode == "max" else v.mean((-2, -1))


@wrong("08_pooling", "pool2d", "ignora-el-stride")
def _(mapa, pool_size=2, stride=None, mode="max"):
    v = ventanas(mapa, pool_size, pool_size)
    return getattr(np, {"max": "max"}.get(mode, "mean"))(v, axis=(-2, -1))


@wrong("08_pooling", "global_avg_pool", "maximo")
def _(mapas):
    return np.array([mapas[..., c].ravel().max() for c in range(mapas.shape[-1])])


@wrong("08_pooling", "global_avg_pool", "divide-entre-el-alto")
def _(mapas):
    return np.einsum("ijc->c", mapas.astype(float)) / len(mapas)


# --- 09_campo_receptivo ---


@wrong("09_campo_receptivo", "receptive_field", "sin-saltos")
def _(capas):
    return 1 + sum(k - 1 for k, _ in capas)


@wrong("09_campo_receptivo", "receptive_field", "salto-de-la-propia-capa")
def _(capas):
    campo, salto = 1, 1
    for k, s in capas:
        salto *= s
        campo += salto * (k - 1)
    return campo


@wrong("09_campo_receptivo", "receptive_field", "suma-los-strides")
def _(capas):
    pasos = [s for _, s in capas]
    campo = 1
    for n, (k, _) in enumerate(capas):
        campo += (k - 1) * (sum(pasos[:n]) or 1)
    return campo


@wrong("09_campo_receptivo", "is_equivariant", "solo-filas")
def _(g, foto, salto):
    def baja(x):
        return np.concatenate([x[len(x) - salto[0] % len(x) :], x[: len(x) - salto[0] % len(x)]])

    return np.abs(g(baja(foto)) - baja(g(foto))).max() < 1e-6


@wrong("09_campo_receptivo", "is_equivariant", "al-reves")
def _(g, foto, salto):
    uno, dos = g(np.roll(foto, salto, (0, 1))), np.roll(g(foto), salto, (0, 1))
    return bool(np.abs(uno - dos).max() > 1e-6)


@wrong("09_campo_receptivo", "is_equivariant", "sentidos-contrarios")
def _(g, foto, salto):
    dy, dx = salto
    movida = np.roll(np.roll(foto, dy, 0), dx, 1)
    mapa = np.roll(np.roll(g(foto), -dy, 0), -dx, 1)
    return np.allclose(g(movida), mapa)


# --- 10_im2col ---


@wrong("10_im2col", "im2col", "canales-delante")
def _(x, lados, stride=1):
    s = stride
    vistas = np.lib.stride_tricks.sliding_window_view(x, lados, axis=(0, 1))[::s, ::s]
    return vistas.reshape(vistas.shape[0] * vistas.shape[1], -1)


@wrong("10_im2col", "im2col", "ventanas-en-columnas")
def _(x, lados, stride=1):
    s = stride
    columnas = []
    for f in range((len(x) - lados[0]) // s + 1):
        for c in range((x.shape[1] - lados[1]) // s + 1):
            columnas.append(x[f * s :][: lados[0], c * s : c * s + lados[1]].flatten())
    return np.column_stack(columnas)


@wrong("10_im2col", "im2col", "stride-ignorado")
def _(x, lados, stride=1):
    vistas = np.lib.stride_tricks.sliding_window_view(x, lados, axis=(0, 1))
    return vistas.transpose(0, 1, 3, 4, 2).reshape(-1, lados[0] * lados[1] * x.shape[2])


@wrong("10_im2col", "conv2d_im2col", "resta-el-bias")
def _(x, pesos, sesgos, stride=1):
    s = stride
    return capa(x, pesos, s, "valid") - sesgos


@wrong("10_im2col", "conv2d_im2col", "filtros-delante")
def _(x, pesos, sesgos, stride=1):
    s = stride
    return capa(x, pesos, s, "valid", "yxcab,abcf->fyx") + sesgos[:, None, None]


@wrong("10_im2col", "conv2d_im2col", "con-relu")
def _(x, pesos, sesgos, stride=1):
    s = stride
    return (capa(x, pesos, s, "valid") + sesgos).clip(min=0)


# --- 11_aprender ---


@wrong("11_aprender", "kernel_gradient", "promedia")
def _(foto, dy):
    vistas = np.lib.stride_tricks.sliding_window_view(foto.astype(float), dy.shape)
    return (vistas * dy).mean((2, 3))


@wrong("11_aprender", "kernel_gradient", "sin-dy")
def _(foto, dy):
    vistas = np.lib.stride_tricks.sliding_window_view(foto.astype(float), dy.shape)
    return vistas.sum(axis=-1).sum(axis=-1)


@wrong("11_aprender", "input_gradient", "cambia-el-signo")
def _(dy, k):
    (h, w), (a, b) = dy.shape, k.shape
    dx = np.zeros((h + a - 1, w + b - 1))
    for i, j in np.ndindex(a, b):
        dx[i : i + h, j : j + w] -= k[i, j] * dy
    return dx


@wrong("11_aprender", "input_gradient", "kernel-traspuesto")
def _(dy, k):
    (h, w), (b, a) = dy.shape, k.shape
    dx = np.zeros((h + a - 1, w + b - 1))
    for i, j in np.ndindex(a, b):
        dx[i : i + h, j : j + w] += k[j, i] * dy
    return dx


@wrong("11_aprender", "gradient_check", "media")
def _(g, x):
    plano = np.asarray(x, dtype=float).ravel()
    medido = []
    for n in range(plano.size):
        paso = np.zeros(plano.size)
        paso[n] = 2e-5
        arriba, abajo = ((plano + p).reshape(x.shape) for p in (paso, -paso))
        medido.append((g(arriba)[0] - g(abajo)[0]) / 4e-5)
    return np.abs(np.array(medido) - np.ravel(g(plano.reshape(x.shape))[1])).mean()


@wrong("11_aprender", "gradient_check", "divide-entre-h")
def _(g, x):
    h, x = 2e-5, np.array(x, float)
    peor = 0
    for donde, dado in np.ndenumerate(np.asarray(g(x)[1])):
        paso = np.zeros(x.shape)
        paso[donde] = h
        peor = max(peor, abs((g(x + paso)[0] - g(x - paso)[0]) / h - dado))
    return peor


# --- 12_cnn ---


@wrong("12_cnn", "to_pytorch", "como-una-imagen")
def _(k):
    return np.einsum("abcf->afbc", k)


@wrong("12_cnn", "to_pytorch", "gira-el-kernel")
def _(k):
    return np.moveaxis(np.rot90(k, 2), (3, 2), (0, 1))


@wrong("12_cnn", "cnn_forward", "sin-relu")
def _(x, pesos):
    h = ops.max_pool2d(ops.conv2d(x, pesos["kernel"], pesos["bias"]))
    return h.reshape(h.shape[0], -1).dot(pesos["densa"]) + pesos["bias_densa"]


@wrong("12_cnn", "cnn_forward", "pooling-de-medias")
def _(x, pesos):
    h = ops.avg_pool2d(ops.conv2d(x, pesos["kernel"], pesos["bias"], activation="relu"))
    return h.reshape(h.shape[0], -1).dot(pesos["densa"]) + pesos["bias_densa"]


@wrong("12_cnn", "cnn_forward", "sin-bias-densa")
def _(x, pesos):
    h = ops.max_pool2d(ops.conv2d(x, pesos["kernel"], pesos["bias"], activation="relu"))
    return np.einsum("nk,kc->nc", h.reshape(len(h), -1), pesos["densa"])


def gradientes(x, y, p):
    """La pérdida y los gradientes, bien hechos."""
    antes = ops.conv2d(x, p["kernel"], p["bias"])
    mapa = antes * (antes > 0)
    chico = ops.max_pool2d(mapa)
    plano = chico.reshape(len(x), -1)
    logs = ops.log_softmax(plano @ p["densa"] + p["bias_densa"])
    uno = np.eye(len(p["bias_densa"]))[y]
    g = (np.exp(logs) - uno) / len(x)
    atras = ops.max_pool2d_backward((g @ p["densa"].T).reshape(chico.shape), mapa)
    _, dk, db = ops.conv2d_backward(atras * (antes > 0), x, p["kernel"])
    perdida = -(logs * uno).sum() / len(x)
    return perdida, {"kernel": dk, "bias": db, "densa": plano.T @ g, "bias_densa": g.sum(0)}


@wrong("12_cnn", "cnn_gradients", "perdida-negativa")
def _(x, y, p):
    perdida, g = gradientes(x, y, p)
    return -perdida, g


@wrong("12_cnn", "cnn_gradients", "suma-en-vez-de-media")
def _(x, y, p):
    perdida, g = gradientes(x, y, p)
    return perdida * len(y), {nombre: v * len(y) for nombre, v in g.items()}


@wrong("12_cnn", "entrenar", "sin-tasa")
def _(x, y, p, tasa, epocas, lote):
    for _ in range(epocas):
        for desde in range(0, len(x), lote):
            g = gradientes(x[desde : desde + lote], y[desde : desde + lote], p)[1]
            p = {n: p[n] - g[n] for n in p}
    return p


@wrong("12_cnn", "entrenar", "una-epoca-de-mas")
def _(x, y, p, tasa, epocas, lote):
    vuelta = 0
    while vuelta <= epocas:
        for desde in range(0, len(x), lote):
            g = gradientes(x[desde : desde + lote], y[desde : desde + lote], p)[1]
            p = {n: p[n] - tasa * g[n] for n in p}
        vuelta += 1
    return p


# --- dos errores a la vez ---


@wrong("00_imagen", "to_float", "negativo", "entre-256")
def _(foto):
    return 1 - foto.astype(float) / 256


@wrong("00_imagen", "to_gray", "orden-bgr", "redondea")
def _(foto):
    b, g, r = (foto[:, :, n].astype(float) for n in range(3))
    return np.round(0.2125 * r + 0.7154 * g + 0.0721 * b)


@wrong("01_ventana", "conv_step", "sin-bias", "kernel-girado-180")
def _(v, k, bias=0.0):
    return float((v * np.rot90(k, 2)).sum())


@wrong("01_ventana", "conv_step", "bias-restado", "kernel-volteado-vertical")
def _(v, k, bias=0.0):
    b = bias
    return np.vdot(v, np.flipud(k)) - b


@wrong("01_ventana", "conv_step", "promedio", "sin-bias")
def _(v, k, bias=0.0):
    return (v * k).mean()


@wrong("02_deslizar", "conv2d_valid", "kernel-girado-180", "tamano-sin-mas-uno")
def _(foto, pesos):
    return desliza(foto, np.rot90(pesos, 2))[:-1, :-1]


@wrong("02_deslizar", "conv2d_valid", "promedio", "marco-de-ceros")
def _(foto, pesos):
    a, b = pesos.shape
    mapa = desliza(foto, pesos) / pesos.size
    return np.pad(mapa, ((a // 2, a - 1 - a // 2), (b // 2, b - 1 - b // 2)))


@wrong("02_deslizar", "conv2d_valid", "kernel-volteado-horizontal", "recorta-negativos")
def _(foto, pesos):
    return np.maximum(0, desliza(foto, np.fliplr(pesos)))


@wrong("02_deslizar", "conv2d_valid", "kernel-girado-180", "filas-y-columnas-cambiadas")
def _(foto, pesos):
    return desliza(foto, pesos[::-1, ::-1]).T


@wrong("03_kernels", "edge_kernel", "gira-con-el-reloj", "normaliza")
def _(grados):
    x, t = np.outer([1.0, 2, 1], [-1, 0, 1]) / 8, np.radians(grados)
    return np.cos(t) * x + np.sin(t) * x.T


@wrong("04_padding", "pad2d", "siempre-ceros", "antes-y-despues-cambiados")
def _(foto, marco, value=0.0):
    (a, b), (c, d) = ((marco, marco), (marco, marco)) if isinstance(marco, int) else marco
    salida = np.zeros((a + len(foto) + b, c + len(foto[0]) + d) + foto.shape[2:])
    salida[b : b + len(foto), d : d + len(foto[0])] = foto
    return salida


@wrong("05_stride", "output_size", "redondea-hacia-arriba", "padding-una-vez")
def _(lado, kernel, stride=1, padding="valid", dilation=1):
    k, s, p, d = kernel, stride, padding, dilation
    if p == "same":
        return ceil(lado / s)
    return ceil((lado + (0 if p == "valid" else p) - d * (k - 1) - 1) / s) + 1


@wrong("05_stride", "conv2d", "kernel-girado-180", "tamano-hacia-arriba")
def _(foto, pesos, stride=1, padding="valid"):
    s, modo = stride, padding
    grande, girado = enmarcada(foto, pesos, s, modo), np.rot90(pesos, 2)
    filas, columnas = (ceil((n - k) / s) + 1 for n, k in zip(grande.shape, pesos.shape))  # noqa: B905
    mapa = np.zeros((filas, columnas))
    for f, c in np.ndindex(filas, columnas):
        trozo = grande[f * s :, c * s :][: len(pesos), : len(pesos[0])]
        mapa[f, c] = (trozo * girado[: len(trozo), : trozo.shape[1]]).sum()
    return mapa


@wrong("05_stride", "conv2d", "ignora-el-stride", "ignora-el-padding")
def _(foto, pesos, stride=1, padding="valid"):
    return desliza(foto, pesos)


@wrong("05_stride", "conv2d", "rellena-con-unos", "kernel-girado-180")
def _(foto, pesos, stride=1, padding="valid"):
    s, modo = stride, padding
    marco = [bordes(n, k, s, modo) for n, k in zip(foto.shape, pesos.shape, strict=True)]
    return desliza(np.pad(foto * 1.0, marco, constant_values=1), np.rot90(pesos, 2))[::s, ::s]


@wrong("06_activacion", "conv_neuron", "sin-bias", "kernel-girado-180")
def _(foto, pesos, bias=0.0, activation="relu"):
    cual = activation
    return elige(desliza(foto, np.rot90(pesos, 2)), cual)


@wrong("06_activacion", "conv_neuron", "bias-restado", "ninguna-es-relu")
def _(foto, pesos, bias=0.0, activation="relu"):
    b, cual = bias, activation
    return elige(desliza(foto, pesos) - b, cual or "relu")


@wrong("06_activacion", "conv_neuron", "bias-despues", "siempre-relu")
def _(foto, pesos, bias=0.0, activation="relu"):
    b = bias
    return desliza(foto, pesos).clip(0) + b


@wrong("07_canales_y_filtros", "count_params", "sin-bias", "ignora-los-grupos")
def _(lados, entran, salen, bias=True, groups=1):
    return lados[0] * lados[1] * entran * salen


@wrong("07_canales_y_filtros", "conv_layer", "sin-bias", "kernel-girado-180")
def _(x, pesos, sesgos, stride=1, padding="valid"):
    s, modo = stride, padding
    return capa(x, np.rot90(pesos, 2), s, modo)


@wrong("07_canales_y_filtros", "conv_layer", "promedia-canales", "resta-el-bias")
def _(x, pesos, sesgos, stride=1, padding="valid"):
    s, modo = stride, padding
    return capa(x, pesos, s, modo) / x.shape[2] - sesgos


@wrong("08_pooling", "pool2d", "suma", "ignora-el-stride")
def _(mapa, pool_size=2, stride=None, mode="max"):
    v = ventanas(mapa, pool_size, pool_size)
    return v.max((-2, -1)) if mode == "max" else v.sum((-2, -1))


@wrong("08_pooling", "pool2d", "minimo", "suma")
def _(mapa, pool_size=2, stride=None, mode="max"):
    v = ventanas(mapa, pool_size, stride or pool_size)
    return v.min((-2, -1)) if mode == "max" else v.sum((-2, -1))


@wrong("10_im2col", "conv2d_im2col", "sin-bias", "stride-ignorado")
def _(x, pesos, sesgos, stride=1):
    return capa(x, pesos, 1, "valid")


@wrong("10_im2col", "im2col", "ventanas-en-columnas", "stride-ignorado")
def _(x, lados, stride=1):
    vistas = np.lib.stride_tricks.sliding_window_view(x, lados, axis=(0, 1))
    return vistas.transpose(0, 1, 3, 4, 2).reshape(-1, lados[0] * lados[1] * x.shape[2]).T


@wrong("11_aprender", "kernel_gradient", "gira-dy", "cambia-el-signo")
def _(foto, dy):
    return -desliza(foto, np.rot90(dy, 2))


@wrong("12_cnn", "cnn_forward", "sin-relu", "sin-bias")
def _(x, pesos):
    h = ops.max_pool2d(ops.conv2d(x, pesos["kernel"]))
    return h.reshape(len(h), -1) @ pesos["densa"] + pesos["bias_densa"]


@wrong("12_cnn", "cnn_gradients", "perdida-negativa", "densa-traspuesta")
def _(x, y, p):
    perdida, g = gradientes(x, y, p)
    return -perdida, {**g, "densa": g["densa"].T}


@wrong("12_cnn", "entrenar", "sin-tasa", "una-sola-epoca")
def _(x, y, p, tasa, epocas, lote):
    for desde in range(0, len(x) if epocas else 0, lote):
        g = gradientes(x[desde : desde + lote], y[desde : desde + lote], p)[1]
        p = {n: p[n] - g[n] for n in p}
    return p
