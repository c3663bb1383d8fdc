"""Catálogo de la unidad 10: cómo se responde a sus ejercicios, bien y mal.

Cada función está escrita como la escribiría un estudiante. Las pruebas de la unidad
deben aceptar todas las correctas y rechazar todos los errores (`make matrix`).
"""

import numpy as np

from course_lib.grading.catalog import Exercise

apilar = Exercise("im2col", section="La matriz de ventanas")
producto = Exercise("conv2d_im2col", section="Canales y filtros, gratis")

# --- im2col: cada ventana, una fila --------------------------------------------------


@apilar.is_reference
def im2col(x, kernel_size, stride=1):
    alto, ancho, _ = x.shape
    kh, kw = kernel_size
    apiladas = []
    for fila in range(0, alto - kh + 1, stride):
        for columna in range(0, ancho - kw + 1, stride):
            apiladas.append(x[fila : fila + kh, columna : columna + kw].ravel())
    return np.array(apiladas)


@apilar.alternative("vectorizada", "sliding_window_view y reshape")
def im2col_ventanas(x, kernel_size, stride=1):
    vistas = np.lib.stride_tricks.sliding_window_view(x, kernel_size, axis=(0, 1))
    vistas = np.moveaxis(vistas[::stride, ::stride], 2, -1)
    return vistas.reshape(-1, kernel_size[0] * kernel_size[1] * x.shape[2])


@apilar.alternative(
    "recortes-por-peso", "Un recorte de toda la imagen por cada elemento del kernel"
)
def im2col_por_peso(x, kernel_size, stride=1):
    kh, kw = kernel_size
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    trozos = []
    for a in range(kh):
        for b in range(kw):
            trozo = x[a : a + stride * (filas - 1) + 1 : stride]
            trozo = trozo[:, b : b + stride * (columnas - 1) + 1 : stride]
            trozos.append(trozo.reshape(filas * columnas, -1))
    return np.hstack(trozos)


@apilar.alternative("indices", "Índices calculados con aritmética y una sola indexación")
def im2col_indices(x, kernel_size, stride=1):
    alto, ancho, canales = x.shape
    kh, kw = kernel_size
    i = np.arange(0, alto - kh + 1, stride)[:, None, None, None] + np.arange(kh)[:, None]
    j = np.arange(0, ancho - kw + 1, stride)[None, :, None, None] + np.arange(kw)
    return x[i, j].reshape(-1, kh * kw * canales)


@apilar.alternative("listas", "Listas de Python, número a número")
def im2col_listas(x, kernel_size, stride=1):
    salida = []
    i = 0
    while i + kernel_size[0] <= len(x):
        j = 0
        while j + kernel_size[1] <= len(x[0]):
            linea = []
            for a in range(kernel_size[0]):
                for b in range(kernel_size[1]):
                    linea += [float(valor) for valor in x[i + a][j + b]]
            salida.append(linea)
            j += stride
        i += stride
    return salida


@apilar.alternative("matriz-de-ceros", "Crea la matriz y la rellena por posición")
def im2col_rellena(x, kernel_size, stride=1):
    kh, kw = kernel_size
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    matriz = np.zeros((filas * columnas, kh * kw * x.shape[2]))
    for n in range(filas * columnas):
        i, j = n // columnas * stride, n % columnas * stride
        matriz[n] = x[i : i + kh, j : j + kw].reshape(-1)
    return matriz


@apilar.alternative("as-strided", "Una vista con pasos propios, copiada")
def im2col_pasos(x, kernel_size, stride=1):
    kh, kw = kernel_size
    a, b, c = x.strides
    forma = ((x.shape[0] - kh) // stride + 1, (x.shape[1] - kw) // stride + 1, kh, kw, x.shape[2])
    vista = np.lib.stride_tricks.as_strided(x, forma, (a * stride, b * stride, a, b, c))
    return vista.reshape(forma[0] * forma[1], -1).astype(np.float32)


@apilar.misconception(
    "canales-delante",
    "Ordena los números de cada fila como (canales, kh, kw)",
    hint="Con una imagen en color, ¿qué tres números deben empezar la primera fila?",
)
def im2col_canales_delante(x, kernel_size, stride=1):
    kh, kw = kernel_size
    salida = []
    for i in range(0, x.shape[0] - kh + 1, stride):
        for j in range(0, x.shape[1] - kw + 1, stride):
            salida.append(x[i : i + kh, j : j + kw].transpose(2, 0, 1).ravel())
    return np.array(salida)


@apilar.misconception(
    "ventanas-en-columnas",
    "Coloca cada ventana en una columna de la matriz",
    hint="Así lo hacen otras bibliotecas. ¿Qué pide este enunciado: filas o columnas?",
)
def im2col_en_columnas(x, kernel_size, stride=1):
    kh, kw = kernel_size
    salida = []
    for i in range(0, x.shape[0] - kh + 1, stride):
        for j in range(0, x.shape[1] - kw + 1, stride):
            salida.append(x[i : i + kh, j : j + kw].ravel())
    return np.array(salida).T


@apilar.misconception(
    "recorre-por-columnas",
    "Recorre la imagen de arriba abajo antes que de izquierda a derecha",
    hint="¿Cuál es la segunda ventana: la de la derecha o la de abajo?",
)
def im2col_recorre_columnas(x, kernel_size, stride=1):
    kh, kw = kernel_size
    salida = []
    for j in range(0, x.shape[1] - kw + 1, stride):
        for i in range(0, x.shape[0] - kh + 1, stride):
            salida.append(x[i : i + kh, j : j + kw].ravel())
    return np.array(salida)


@apilar.misconception(
    "ventana-por-columnas",
    "Lee cada ventana por columnas",
    hint="Imprime una ventana de 2×2 y su fila de la matriz: ¿está el segundo número en su sitio?",
)
def im2col_ventana_columnas(x, kernel_size, stride=1):
    kh, kw = kernel_size
    salida = []
    for i in range(0, x.shape[0] - kh + 1, stride):
        for j in range(0, x.shape[1] - kw + 1, stride):
            salida.append(x[i : i + kh, j : j + kw].transpose(1, 0, 2).ravel())
    return np.array(salida)


@apilar.misconception(
    "ventana-girada",
    "Gira 180° los números de cada ventana",
    hint="Aquí no se gira nada: el primer número de la fila es el de arriba a la izquierda.",
)
def im2col_girada(x, kernel_size, stride=1):
    kh, kw = kernel_size
    salida = []
    for i in range(0, x.shape[0] - kh + 1, stride):
        for j in range(0, x.shape[1] - kw + 1, stride):
            salida.append(x[i : i + kh, j : j + kw][::-1, ::-1].ravel())
    return np.array(salida)


@apilar.misconception(
    "sin-mas-uno",
    "Olvida el + 1: pierde la última posición de cada eje",
    hint="¿En cuántas posiciones cabe una ventana de 3 en una fila de 3 píxeles?",
)
def im2col_sin_mas_uno(x, kernel_size, stride=1):
    kh, kw = kernel_size
    salida = []
    for i in range(0, x.shape[0] - kh, stride):
        for j in range(0, x.shape[1] - kw, stride):
            salida.append(x[i : i + kh, j : j + kw].ravel())
    return np.array(salida)


@apilar.misconception(
    "parentesis-mal",
    "Calcula el tamaño con (n - k + 1) // stride",
    hint="El + 1 cuenta la posición de partida: ¿debe dividirse también entre el stride?",
)
def im2col_parentesis(x, kernel_size, stride=1):
    kh, kw = kernel_size
    filas = (x.shape[0] - kh + 1) // stride
    columnas = (x.shape[1] - kw + 1) // stride
    salida = []
    for i in range(filas):
        for j in range(columnas):
            salida.append(x[i * stride : i * stride + kh, j * stride : j * stride + kw].ravel())
    return np.array(salida)


@apilar.misconception(
    "ventana-cuadrada",
    "Da por hecho que la ventana es cuadrada",
    hint="kernel_size tiene dos números y pueden ser distintos.",
)
def im2col_cuadrada(x, kernel_size, stride=1):
    k = kernel_size[0]
    salida = []
    for i in range(0, x.shape[0] - k + 1, stride):
        for j in range(0, x.shape[1] - k + 1, stride):
            salida.append(x[i : i + k, j : j + k].ravel())
    return np.array(salida)


@apilar.misconception(
    "tamano-cambiado",
    "Toma el alto de la ventana por su ancho",
    hint="¿Qué significa el primer número de (kh, kw)?",
)
def im2col_tamano_cambiado(x, kernel_size, stride=1):
    kw, kh = kernel_size
    salida = []
    for i in range(0, x.shape[0] - kh + 1, stride):
        for j in range(0, x.shape[1] - kw + 1, stride):
            salida.append(x[i : i + kh, j : j + kw].ravel())
    return np.array(salida)


@apilar.misconception(
    "alto-para-los-dos-ejes",
    "Usa el alto de la imagen también para las columnas",
    hint="Pruébala con una imagen que no sea cuadrada.",
)
def im2col_alto(x, kernel_size, stride=1):
    kh, kw = kernel_size
    n = x.shape[0]
    salida = []
    for i in range(0, n - kh + 1, stride):
        for j in range(0, n - kw + 1, stride):
            salida.append(x[i : i + kh, j : j + kw].ravel())
    return np.array(salida)


@apilar.misconception(
    "stride-solo-vertical",
    "Salta stride filas, pero avanza las columnas de una en una",
    hint="El stride vale para los dos ejes.",
)
def im2col_stride_vertical(x, kernel_size, stride=1):
    kh, kw = kernel_size
    salida = []
    for i in range(0, x.shape[0] - kh + 1, stride):
        for j in range(x.shape[1] - kw + 1):
            salida.append(x[i : i + kh, j : j + kw].ravel())
    return np.array(salida)


@apilar.misconception(
    "stride-solo-en-el-tamano",
    "Cuenta las posiciones con stride, pero corta ventanas consecutivas",
    hint="La posición 1 del recorrido no empieza en el píxel 1 si stride es 2.",
)
def im2col_stride_tamano(x, kernel_size, stride=1):
    kh, kw = kernel_size
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    salida = []
    for i in range(filas):
        for j in range(columnas):
            salida.append(x[i : i + kh, j : j + kw].ravel())
    return np.array(salida)


@apilar.misconception(
    "stride-ignorado",
    "Deja stride sin usar: la ventana avanza siempre de uno en uno",
    hint="Pasa stride de 1 a 2: ¿cambia algo en tu resultado?",
)
def im2col_sin_stride(x, kernel_size, stride=1):
    kh, kw = kernel_size
    salida = []
    for i in range(x.shape[0] - kh + 1):
        for j in range(x.shape[1] - kw + 1):
            salida.append(x[i : i + kh, j : j + kw].ravel())
    return np.array(salida)


@apilar.misconception(
    "salta-de-ventana-en-ventana",
    "Mueve la ventana tantos píxeles como mide: no se solapan",
    hint="¿Cuánto avanza la ventana cada vez? Las ventanas vecinas pueden compartir píxeles.",
)
def im2col_sin_solape(x, kernel_size, stride=1):
    kh, kw = kernel_size
    salida = []
    for i in range(0, x.shape[0] - kh + 1, kh):
        for j in range(0, x.shape[1] - kw + 1, kw):
            salida.append(x[i : i + kh, j : j + kw].ravel())
    return np.array(salida)


@apilar.misconception(
    "stride-tambien-dentro",
    "Aplica stride dentro de la ventana, como si fuera dilation",
    hint="El stride separa unas ventanas de otras, no los píxeles de una misma ventana.",
)
def im2col_dilatada(x, kernel_size, stride=1):
    kh, kw = kernel_size
    salida = []
    for i in range(0, x.shape[0] - kh + 1, stride):
        for j in range(0, x.shape[1] - kw + 1, stride):
            a = np.minimum(i + stride * np.arange(kh), x.shape[0] - 1)
            b = np.minimum(j + stride * np.arange(kw), x.shape[1] - 1)
            salida.append(x[np.ix_(a, b)].ravel())
    return np.array(salida)


@apilar.misconception(
    "solo-el-primer-canal",
    "Copia solo el primer canal",
    hint="¿Cuántos números debe tener una fila si la imagen es en color?",
)
def im2col_un_canal(x, kernel_size, stride=1):
    kh, kw = kernel_size
    salida = []
    for i in range(0, x.shape[0] - kh + 1, stride):
        for j in range(0, x.shape[1] - kw + 1, stride):
            salida.append(x[i : i + kh, j : j + kw, 0].ravel())
    return np.array(salida)


@apilar.misconception(
    "suma-los-canales",
    "Suma los canales de cada píxel",
    hint="Sumar llegará con el producto. Aquí cada canal conserva su sitio.",
)
def im2col_suma_canales(x, kernel_size, stride=1):
    kh, kw = kernel_size
    salida = []
    for i in range(0, x.shape[0] - kh + 1, stride):
        for j in range(0, x.shape[1] - kw + 1, stride):
            salida.append(x[i : i + kh, j : j + kw].sum(axis=2).ravel())
    return np.array(salida)


@apilar.misconception(
    "sin-estirar",
    "Devuelve las ventanas con su forma, sin estirarlas en filas",
    hint="El resultado es una matriz: dos dimensiones. ¿Cuántas tiene el tuyo?",
)
def im2col_sin_estirar(x, kernel_size, stride=1):
    kh, kw = kernel_size
    salida = []
    for i in range(0, x.shape[0] - kh + 1, stride):
        for j in range(0, x.shape[1] - kw + 1, stride):
            salida.append(x[i : i + kh, j : j + kw])
    return np.array(salida)


@apilar.misconception(
    "ventanas-cortadas-en-el-borde",
    "Empieza una ventana en cada píxel y rellena con ceros lo que se sale",
    hint="Sin padding solo cuentan las posiciones donde la ventana cabe entera.",
)
def im2col_borde(x, kernel_size, stride=1):
    kh, kw = kernel_size
    grande = np.zeros((x.shape[0] + kh - 1, x.shape[1] + kw - 1, x.shape[2]))
    grande[: x.shape[0], : x.shape[1]] = x
    salida = []
    for i in range(0, x.shape[0], stride):
        for j in range(0, x.shape[1], stride):
            salida.append(grande[i : i + kh, j : j + kw].ravel())
    return np.array(salida)


@apilar.misconception(
    "reshape-directo",
    "Cambia la forma de la imagen con reshape, sin cortar ventanas",
    hint="reshape no repite píxeles: ¿cuántas veces aparece en la matriz el píxel del centro?",
)
def im2col_reshape(x, kernel_size, stride=1):
    kh, kw = kernel_size
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    return np.resize(x, (filas * columnas, kh * kw * x.shape[2]))


@apilar.misconception(
    "trunca-decimales",
    "Guarda los números en una matriz de enteros",
    hint="Prueba con un píxel que valga 0.5: ¿qué queda en tu matriz?",
)
def im2col_enteros(x, kernel_size, stride=1):
    kh, kw = kernel_size
    salida = []
    for i in range(0, x.shape[0] - kh + 1, stride):
        for j in range(0, x.shape[1] - kw + 1, stride):
            salida.append(x[i : i + kh, j : j + kw].ravel())
    return np.array(salida, dtype=int)


@apilar.misconception(
    "divide-entre-255",
    "Divide la imagen entre 255",
    hint="im2col solo copia números: no los cambia de escala.",
)
def im2col_255(x, kernel_size, stride=1):
    kh, kw = kernel_size
    x = x / 255 if x.dtype == np.uint8 else x
    salida = []
    for i in range(0, x.shape[0] - kh + 1, stride):
        for j in range(0, x.shape[1] - kw + 1, stride):
            salida.append(x[i : i + kh, j : j + kw].ravel())
    return np.array(salida)


@apilar.misconception(
    "modifica-la-imagen",
    "Calcula bien, pero deja cambiada la imagen que recibe",
    hint="Mira si usas *=, -= o sort con la imagen: eso cambia también la de quien te llamó.",
)
def im2col_modifica(x, kernel_size, stride=1):
    kh, kw = kernel_size
    salida = []
    for i in range(0, x.shape[0] - kh + 1, stride):
        for j in range(0, x.shape[1] - kw + 1, stride):
            salida.append(x[i : i + kh, j : j + kw].copy().ravel())
    x -= x.min()
    return np.array(salida)


@apilar.misconception(
    "return-dentro-del-bucle",
    "Devuelve la matriz al terminar la primera fila",
    hint="Mira la sangría de return: ¿cuántas veces llega a repetirse el bucle?",
)
def im2col_return(x, kernel_size, stride=1):
    kh, kw = kernel_size
    salida = []
    for i in range(0, x.shape[0] - kh + 1, stride):
        for j in range(0, x.shape[1] - kw + 1, stride):
            salida.append(x[i : i + kh, j : j + kw].ravel())
        return np.array(salida)


# --- conv2d_im2col: un solo producto -------------------------------------------------


@producto.is_reference
def conv2d_im2col(x, kernels, bias, stride=1):
    kh, kw, _, n_filtros = kernels.shape
    ventanas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(0, 1))
    ventanas = ventanas[::stride, ::stride].transpose(0, 1, 3, 4, 2)
    filas, columnas = ventanas.shape[:2]
    matriz = ventanas.reshape(filas * columnas, -1)
    mapas = matriz @ kernels.reshape(-1, n_filtros) + bias
    return mapas.reshape(filas, columnas, n_filtros)


@producto.alternative("vectorizada", "Ventanas y einsum")
def conv_einsum(x, kernels, bias, stride=1):
    vistas = np.lib.stride_tricks.sliding_window_view(x, kernels.shape[:2], axis=(0, 1))
    vistas = vistas[::stride, ::stride].astype(float)
    return np.einsum("ijcab,abcf->ijf", vistas, kernels) + bias


@producto.alternative("tensordot", "Ventanas y tensordot")
def conv_tensordot(x, kernels, bias, stride=1):
    vistas = np.lib.stride_tricks.sliding_window_view(x, kernels.shape[:2], axis=(0, 1))
    return np.tensordot(vistas[::stride, ::stride], kernels, axes=((3, 4, 2), (0, 1, 2))) + bias


@producto.alternative("por-pesos", "Recorre los elementos del kernel y multiplica los canales")
def conv_por_pesos(x, kernels, bias, stride=1):
    kh, kw, canales, n_filtros = kernels.shape
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, n_filtros)) + bias
    for a in range(kh):
        for b in range(kw):
            alto, ancho = stride * (filas - 1) + 1, stride * (columnas - 1) + 1
            mapas = mapas + x[a : a + alto : stride, b : b + ancho : stride] @ kernels[a, b]
    return mapas


@producto.alternative("filtros-por-ventanas", "Filtros en filas por ventanas en columnas, float32")
def conv_traspuesta(x, kernels, bias, stride=1):
    kh, kw, canales, n_filtros = kernels.shape
    i = np.arange(0, x.shape[0] - kh + 1, stride)
    j = np.arange(0, x.shape[1] - kw + 1, stride)
    trozos = [x[i + a][:, j + b].reshape(-1, canales) for a in range(kh) for b in range(kw)]
    matriz = np.concatenate(trozos, axis=1).astype(np.float32)
    mapas = kernels.reshape(-1, n_filtros).T.astype(np.float32) @ matriz.T
    mapas = mapas + np.reshape(bias, (-1, 1)).astype(np.float32)
    return mapas.T.reshape(len(i), len(j), n_filtros)


@producto.alternative("indices", "Índices y matmul, con el bias como una columna más")
def conv_indices(x, kernels, bias, stride=1):
    kh, kw, canales, n_filtros = kernels.shape
    i = np.arange(0, x.shape[0] - kh + 1, stride)[:, None, None, None] + np.arange(kh)[:, None]
    j = np.arange(0, x.shape[1] - kw + 1, stride)[None, :, None, None] + np.arange(kw)
    ventanas = x[i, j]
    filas, columnas = ventanas.shape[:2]
    matriz = ventanas.reshape(filas * columnas, -1)
    matriz = np.hstack([matriz, np.ones((len(matriz), 1))])
    pesos = np.vstack([kernels.reshape(-1, n_filtros), bias])
    return np.matmul(matriz, pesos).reshape(filas, columnas, n_filtros)


@producto.alternative("filtro-a-filtro", "Un mapa por filtro, apilados al final")
def conv_filtro_a_filtro(x, kernels, bias, stride=1):
    kh, kw = kernels.shape[:2]
    vistas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(0, 1))
    vistas = np.moveaxis(vistas[::stride, ::stride], 2, 4)
    mapas = []
    for f in range(kernels.shape[3]):
        aplanadas = vistas.reshape(-1, kernels[..., f].size)
        mapa = aplanadas.dot(kernels[..., f].flatten()) + bias[f]
        mapas.append(mapa.reshape(vistas.shape[:2]))
    return np.dstack(mapas)


@producto.alternative("fila-a-fila", "Un producto por cada fila del mapa, en una lista")
def conv_por_filas(x, kernels, bias, stride=1):
    kh, kw, canales, n_filtros = kernels.shape
    j = np.arange(0, x.shape[1] - kw + 1, stride)[:, None] + np.arange(kw)
    lineas = []
    for i in range(0, x.shape[0] - kh + 1, stride):
        banda = x[i : i + kh][:, j].transpose(1, 0, 2, 3).reshape(len(j), -1)
        lineas.append(banda @ kernels.reshape(-1, n_filtros) + bias)
    return lineas


@producto.misconception(
    "reshape-de-filtros-cambiado",
    "Estira los filtros con reshape(n_filtros, -1) y traspone",
    hint="El último eje es el de los filtros. ¿Qué números quedan juntos al estirar así?",
)
def conv_reshape_cambiado(x, kernels, bias, stride=1):
    kh, kw, canales, n = kernels.shape
    vistas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(0, 1))
    vistas = vistas[::stride, ::stride].transpose(0, 1, 3, 4, 2)
    salida = vistas.reshape(-1, kh * kw * canales) @ kernels.reshape(n, -1).T + bias
    return salida.reshape(*vistas.shape[:2], n)


@producto.misconception(
    "ejes-desordenados",
    "Las ventanas van como (canales, kh, kw) y los filtros como (kh, kw, canales)",
    hint="Imprime una fila de la matriz y un filtro estirado: ¿siguen el mismo orden?",
)
def conv_ejes_desordenados(x, kernels, bias, stride=1):
    kh, kw, canales, n = kernels.shape
    vistas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(0, 1))
    vistas = vistas[::stride, ::stride]
    salida = vistas.reshape(-1, canales * kh * kw) @ kernels.reshape(-1, n) + bias
    return salida.reshape(*vistas.shape[:2], n)


@producto.misconception(
    "kernel-girado",
    "Gira los filtros 180°",
    hint="En redes neuronales el kernel no se gira. Prueba con un kernel que no sea simétrico.",
)
def conv_girada(x, kernels, bias, stride=1):
    kh, kw, canales, n = kernels.shape
    vistas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(0, 1))
    vistas = vistas[::stride, ::stride].transpose(0, 1, 3, 4, 2)
    pesos = kernels[::-1, ::-1].reshape(-1, n)
    return (vistas.reshape(-1, len(pesos)) @ pesos + bias).reshape(*vistas.shape[:2], n)


@producto.misconception(
    "kernel-traspuesto",
    "Estira los filtros por columnas",
    hint="El filtro se lee como la ventana: por filas.",
)
def conv_traspuesto(x, kernels, bias, stride=1):
    kh, kw, canales, n = kernels.shape
    vistas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(0, 1))
    vistas = vistas[::stride, ::stride].transpose(0, 1, 3, 4, 2)
    pesos = kernels.transpose(1, 0, 2, 3).reshape(-1, n)
    return (vistas.reshape(-1, len(pesos)) @ pesos + bias).reshape(*vistas.shape[:2], n)


@producto.misconception(
    "sin-bias",
    "Olvida sumar el bias",
    hint="Con una imagen negra, ¿qué debe salir?",
)
def conv_sin_bias(x, kernels, bias, stride=1):
    kh, kw, canales, n = kernels.shape
    vistas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(0, 1))
    vistas = vistas[::stride, ::stride].transpose(0, 1, 3, 4, 2)
    return (vistas.reshape(-1, kh * kw * canales) @ kernels.reshape(-1, n)).reshape(
        *vistas.shape[:2], n
    )


@producto.misconception(
    "bias-por-peso",
    "Suma el bias en cada producto y no una sola vez",
    hint="Con una imagen negra debe salir justo el bias. ¿Cuántas veces mayor te sale?",
)
def conv_bias_por_peso(x, kernels, bias, stride=1):
    kh, kw, canales, n = kernels.shape
    vistas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(0, 1))
    vistas = vistas[::stride, ::stride].transpose(0, 1, 3, 4, 2)
    salida = vistas.reshape(-1, kh * kw * canales) @ kernels.reshape(-1, n)
    return (salida + kh * kw * canales * bias).reshape(*vistas.shape[:2], n)


@producto.misconception(
    "un-solo-bias",
    "Suma a todos los mapas el bias del primer filtro",
    hint="Cada filtro tiene su propio bias.",
)
def conv_un_bias(x, kernels, bias, stride=1):
    kh, kw, canales, n = kernels.shape
    vistas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(0, 1))
    vistas = vistas[::stride, ::stride].transpose(0, 1, 3, 4, 2)
    salida = vistas.reshape(-1, kh * kw * canales) @ kernels.reshape(-1, n) + bias[0]
    return salida.reshape(*vistas.shape[:2], n)


@producto.misconception(
    "suma-de-todos-los-bias",
    "Suma a cada mapa los bias de todos los filtros",
    hint="A cada mapa le toca solo el bias de su filtro.",
)
def conv_suma_bias(x, kernels, bias, stride=1):
    kh, kw, canales, n = kernels.shape
    vistas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(0, 1))
    vistas = vistas[::stride, ::stride].transpose(0, 1, 3, 4, 2)
    salida = vistas.reshape(-1, kh * kw * canales) @ kernels.reshape(-1, n) + np.sum(bias)
    return salida.reshape(*vistas.shape[:2], n)


@producto.misconception(
    "resta-el-bias",
    "Resta el bias en vez de sumarlo",
    hint="Con una imagen negra y bias 0.5, ¿sale 0.5?",
)
def conv_resta_bias(x, kernels, bias, stride=1):
    kh, kw, canales, n = kernels.shape
    vistas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(0, 1))
    vistas = vistas[::stride, ::stride].transpose(0, 1, 3, 4, 2)
    salida = vistas.reshape(-1, kh * kw * canales) @ kernels.reshape(-1, n) - bias
    return salida.reshape(*vistas.shape[:2], n)


@producto.misconception(
    "reshape-mezcla-los-mapas",
    "Calcula (n_filtros, posiciones) y cambia la forma con reshape en vez de trasponer",
    hint="reshape no mueve los números de sitio. ¿Qué eje va primero en tu producto?",
)
def conv_mezcla(x, kernels, bias, stride=1):
    kh, kw, canales, n = kernels.shape
    vistas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(0, 1))
    vistas = vistas[::stride, ::stride].transpose(0, 1, 3, 4, 2)
    salida = vistas.reshape(-1, kh * kw * canales) @ kernels.reshape(-1, n) + bias
    return salida.T.reshape(*vistas.shape[:2], n)


@producto.misconception(
    "filtros-delante",
    "Devuelve el resultado como (n_filtros, filas, columnas), igual que PyTorch",
    hint="En este curso los canales van al final.",
)
def conv_filtros_delante(x, kernels, bias, stride=1):
    kh, kw, canales, n = kernels.shape
    vistas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(0, 1))
    vistas = vistas[::stride, ::stride].transpose(0, 1, 3, 4, 2)
    salida = vistas.reshape(-1, kh * kw * canales) @ kernels.reshape(-1, n) + bias
    return salida.T.reshape(n, *vistas.shape[:2])


@producto.misconception(
    "sin-forma-de-imagen",
    "Devuelve el producto sin volver a darle forma de imagen",
    hint="Tu resultado tiene dos dimensiones y los mapas tienen tres.",
)
def conv_sin_forma(x, kernels, bias, stride=1):
    kh, kw, canales, n = kernels.shape
    vistas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(0, 1))
    vistas = vistas[::stride, ::stride].transpose(0, 1, 3, 4, 2)
    return vistas.reshape(-1, kh * kw * canales) @ kernels.reshape(-1, n) + bias


@producto.misconception(
    "filas-y-columnas-cambiadas",
    "Da al resultado la forma (columnas, filas)",
    hint="Pruébala con una imagen que no sea cuadrada.",
)
def conv_cambiadas(x, kernels, bias, stride=1):
    kh, kw, canales, n = kernels.shape
    vistas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(0, 1))
    vistas = vistas[::stride, ::stride].transpose(0, 1, 3, 4, 2)
    salida = vistas.reshape(-1, kh * kw * canales) @ kernels.reshape(-1, n) + bias
    return salida.reshape(vistas.shape[1], vistas.shape[0], n)


@producto.misconception(
    "solo-el-primer-filtro",
    "Calcula solo el mapa del primer filtro",
    hint="¿Cuántos mapas debe haber? Mira el último tamaño de kernels.",
)
def conv_primer_filtro(x, kernels, bias, stride=1):
    kh, kw, canales, n = kernels.shape
    vistas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(0, 1))
    vistas = vistas[::stride, ::stride].transpose(0, 1, 3, 4, 2)
    salida = vistas.reshape(-1, kh * kw * canales) @ kernels[..., 0].ravel() + bias[0]
    return salida.reshape(*vistas.shape[:2], 1)


@producto.misconception(
    "solo-el-primer-canal",
    "Convoluciona solo el primer canal de la imagen",
    hint="Los canales se suman todos: cada uno con su rebanada del filtro.",
)
def conv_primer_canal(x, kernels, bias, stride=1):
    kh, kw, canales, n = kernels.shape
    vistas = np.lib.stride_tricks.sliding_window_view(x[..., 0], (kh, kw))[::stride, ::stride]
    salida = vistas.reshape(-1, kh * kw) @ kernels[:, :, 0].reshape(-1, n) + bias
    return salida.reshape(*vistas.shape[:2], n)


@producto.misconception(
    "media-de-canales",
    "Divide entre el número de canales",
    hint="Los canales se suman, no se promedian.",
)
def conv_media_canales(x, kernels, bias, stride=1):
    kh, kw, canales, n = kernels.shape
    vistas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(0, 1))
    vistas = vistas[::stride, ::stride].transpose(0, 1, 3, 4, 2)
    salida = vistas.reshape(-1, kh * kw * canales) @ kernels.reshape(-1, n) / canales + bias
    return salida.reshape(*vistas.shape[:2], n)


@producto.misconception(
    "con-relu",
    "Cambia los números negativos por ceros",
    hint="Eso es una activación (ReLU): aquí los negativos se quedan.",
)
def conv_relu(x, kernels, bias, stride=1):
    kh, kw, canales, n = kernels.shape
    vistas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(0, 1))
    vistas = vistas[::stride, ::stride].transpose(0, 1, 3, 4, 2)
    salida = vistas.reshape(-1, kh * kw * canales) @ kernels.reshape(-1, n) + bias
    return np.maximum(salida, 0).reshape(*vistas.shape[:2], n)


@producto.misconception(
    "stride-ignorado",
    "Deja stride sin usar: la ventana avanza siempre de uno en uno",
    hint="Pasa stride de 1 a 2: ¿cambia algo en tu resultado?",
)
def conv_sin_stride(x, kernels, bias, stride=1):
    kh, kw, canales, n = kernels.shape
    vistas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(0, 1))
    vistas = vistas.transpose(0, 1, 3, 4, 2)
    salida = vistas.reshape(-1, kh * kw * canales) @ kernels.reshape(-1, n) + bias
    return salida.reshape(*vistas.shape[:2], n)


@producto.misconception(
    "stride-solo-vertical",
    "Aplica stride a las filas y no a las columnas",
    hint="El stride vale para los dos ejes.",
)
def conv_stride_vertical(x, kernels, bias, stride=1):
    kh, kw, canales, n = kernels.shape
    vistas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(0, 1))
    vistas = vistas[::stride].transpose(0, 1, 3, 4, 2)
    salida = vistas.reshape(-1, kh * kw * canales) @ kernels.reshape(-1, n) + bias
    return salida.reshape(*vistas.shape[:2], n)


@producto.misconception(
    "tamano-sin-el-kernel",
    "Calcula el tamaño del mapa con n // stride y rellena con ceros por abajo y por la derecha",
    hint="Relee la fórmula de filas y columnas: ¿dónde está kh?",
)
def conv_tamano(x, kernels, bias, stride=1):
    kh, kw, canales, n = kernels.shape
    ancha = np.pad(x, ((0, kh - 1), (0, kw - 1), (0, 0)))
    vistas = np.lib.stride_tricks.sliding_window_view(ancha, (kh, kw), axis=(0, 1))
    vistas = vistas[::stride, ::stride].transpose(0, 1, 3, 4, 2)
    salida = vistas.reshape(-1, kh * kw * canales) @ kernels.reshape(-1, n) + bias
    return salida.reshape(*vistas.shape[:2], n)


@producto.misconception(
    "tipo-de-la-imagen",
    "Convierte el resultado al tipo de la imagen: un uint8 no guarda negativos",
    hint="Si la imagen es uint8, ¿qué pasa al guardar −3 o 500?",
)
def conv_tipo(x, kernels, bias, stride=1):
    kh, kw, canales, n = kernels.shape
    vistas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(0, 1))
    vistas = vistas[::stride, ::stride].transpose(0, 1, 3, 4, 2)
    salida = vistas.reshape(-1, kh * kw * canales) @ kernels.reshape(-1, n) + bias
    return salida.astype(np.int64).astype(x.dtype).reshape(*vistas.shape[:2], n)


@producto.misconception(
    "modifica-los-pesos",
    "Calcula bien, pero deja cambiados los filtros que recibe",
    hint="Mira si usas *=, += o /= con kernels: eso cambia también los de quien te llamó.",
)
def conv_modifica(x, kernels, bias, stride=1):
    kh, kw, canales, n = kernels.shape
    vistas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(0, 1))
    vistas = vistas[::stride, ::stride].transpose(0, 1, 3, 4, 2)
    salida = vistas.reshape(-1, kh * kw * canales) @ kernels.reshape(-1, n) + bias
    kernels *= 2
    return salida.reshape(*vistas.shape[:2], n)


@producto.misconception(
    "bucle-sobre-las-ventanas",
    "Acierta, pero recorre todas las posiciones con dos bucles de Python",
    hint="¿Cuántas veces se repite tu bucle con una imagen de 400×400? Recorre algo más pequeño.",
)
def conv_bucles(x, kernels, bias, stride=1):
    kh, kw, canales, n = kernels.shape
    lista = []
    for i in range(0, x.shape[0] - kh + 1, stride):
        for j in range(0, x.shape[1] - kw + 1, stride):
            lista.append(x[i : i + kh, j : j + kw].ravel())
    filas = (x.shape[0] - kh) // stride + 1
    return (np.array(lista) @ kernels.reshape(-1, n) + bias).reshape(filas, -1, n)


@producto.misconception(
    "bucle-escondido",
    "Esconde el bucle sobre las posiciones en una lista por comprensión",
    hint="Una lista por comprensión también es un bucle de Python, aunque ocupe una línea.",
)
def conv_comprension(x, kernels, bias, stride=1):
    kh, kw, canales, n = kernels.shape
    filas = range(0, x.shape[0] - kh + 1, stride)
    columnas = range(0, x.shape[1] - kw + 1, stride)
    matriz = np.stack([x[i : i + kh, j : j + kw].reshape(-1) for i in filas for j in columnas])
    return (matriz @ kernels.reshape(-1, n) + bias).reshape(len(filas), len(columnas), n)
