"""Catálogo de la unidad 07: cómo se responde a sus ejercicios, bien y mal.

Cada función está escrita como la escribiría un estudiante. Las pruebas de la unidad
deben aceptar todas las correctas y rechazar todos los errores (`make matrix`).
"""

import math

import numpy as np

from course_lib.grading.catalog import Exercise

count_params = Exercise("count_params", section="Las cuentas de una capa")
conv_layer = Exercise("conv_layer", section="Varios filtros: los mapas se apilan")
count_macs = Exercise("count_macs", section="Las cuentas de una capa")

# --- count_params: cuántos números aprende una capa ------------------------------------


@count_params.is_reference
def params_referencia(kernel_size, c_in, c_out, bias=True, groups=1):
    kh, kw = kernel_size
    pesos_por_filtro = kh * kw * (c_in // groups)
    bias_por_filtro = 1 if bias else 0
    return (pesos_por_filtro + bias_por_filtro) * c_out


@count_params.alternative("formula", "Todo en una fórmula, con el bias como número")
def params_formula(kernel_size, c_in, c_out, bias=True, groups=1):
    return kernel_size[0] * kernel_size[1] * c_in * c_out // groups + bias * c_out


@count_params.alternative("con-arrays", "Crea los arrays y pregunta cuánto miden")
def params_con_arrays(kernel_size, c_in, c_out, bias=True, groups=1):
    kernels = np.zeros((*kernel_size, c_in // groups, c_out))
    total = kernels.size
    if bias:
        total = total + np.zeros(c_out).size
    return total


@count_params.alternative("con-bucles", "Cuenta de uno en uno")
def params_con_bucles(kernel_size, c_in, c_out, bias=True, groups=1):
    total = 0
    for _ in range(c_out):
        for _ in range(c_in // groups):
            for _ in range(kernel_size[0]):
                for _ in range(kernel_size[1]):
                    total += 1
        if bias:
            total += 1
    return total


@count_params.alternative("grupo-a-grupo", "Suma los pesos de cada grupo como una capa pequeña")
def params_grupo_a_grupo(kernel_size, c_in, c_out, bias=True, groups=1):
    total = 0
    for _ in range(groups):
        total += np.prod(kernel_size) * (c_in // groups) * (c_out // groups)
    return int(total + (c_out if bias else 0))


@count_params.alternative("prod", "Producto de las cuatro medidas")
def params_prod(kernel_size, c_in, c_out, bias=True, groups=1):
    pesos = math.prod([*kernel_size, c_in, c_out]) / groups
    if not bias:
        return pesos
    return pesos + c_out


@count_params.alternative(
    "como-filas", "Cada filtro es una fila de una matriz con una columna más para el bias"
)
def params_como_filas(kernel_size, c_in, c_out, bias=True, groups=1):
    columnas = int(np.prod(kernel_size)) * (c_in // groups)
    return np.ones((c_out, columnas + bool(bias))).sum()


@count_params.misconception(
    "sin-bias",
    "Se olvida de los bias",
    hint="Cada filtro tiene un número más, que se suma al final.",
)
def params_sin_bias(kernel_size, c_in, c_out, bias=True, groups=1):
    kh, kw = kernel_size
    pesos_por_filtro = kh * kw * (c_in // groups)
    return pesos_por_filtro * c_out


@count_params.misconception(
    "bias-siempre",
    "Cuenta el bias aunque la capa no lo tenga",
    hint="¿Qué pasa con tu cuenta cuando el cuarto argumento es False?",
)
def params_bias_siempre(kernel_size, c_in, c_out, bias=True, groups=1):
    kh, kw = kernel_size
    pesos_por_filtro = kh * kw * (c_in // groups)
    bias_por_filtro = 1
    return (pesos_por_filtro + bias_por_filtro) * c_out


@count_params.misconception(
    "bias-al-reves",
    "Cuenta el bias justo cuando no lo hay",
    hint="Repasa cuándo es verdad tu condición.",
)
def params_bias_al_reves(kernel_size, c_in, c_out, bias=True, groups=1):
    kh, kw = kernel_size
    pesos_por_filtro = kh * kw * (c_in // groups)
    bias_por_filtro = 0 if bias else 1
    return (pesos_por_filtro + bias_por_filtro) * c_out


@count_params.misconception(
    "bias-por-canal",
    "Pone un bias por canal de entrada",
    hint="El bias se suma al resultado de un filtro, cuando los canales ya están sumados.",
)
def params_bias_por_canal(kernel_size, c_in, c_out, bias=True, groups=1):
    kh, kw = kernel_size
    pesos_por_filtro = kh * kw * (c_in // groups)
    bias_por_filtro = 1 if bias else 0
    return pesos_por_filtro * c_out + bias_por_filtro * c_in


@count_params.misconception(
    "bias-por-canal-y-filtro",
    "Pone un bias por cada pareja de canal y filtro",
    hint="¿Cuántos números se suman al final en cada posición de un mapa?",
)
def params_bias_por_canal_y_filtro(kernel_size, c_in, c_out, bias=True, groups=1):
    kh, kw = kernel_size
    pesos_por_filtro = kh * kw * (c_in // groups)
    bias_por_filtro = 1 if bias else 0
    return pesos_por_filtro * c_out + bias_por_filtro * c_in // groups * c_out


@count_params.misconception(
    "un-solo-bias",
    "Pone un único bias para toda la capa",
    hint="Si todos los filtros compartieran el bias, ¿podría cada uno tener su umbral?",
)
def params_un_solo_bias(kernel_size, c_in, c_out, bias=True, groups=1):
    kh, kw = kernel_size
    pesos_por_filtro = kh * kw * (c_in // groups)
    bias_por_filtro = 1 if bias else 0
    return pesos_por_filtro * c_out + bias_por_filtro


@count_params.misconception(
    "sin-canales-de-entrada",
    "Usa los mismos pesos para todos los canales de entrada",
    hint="Un filtro puede mirar más el rojo que el azul: ¿cuántas cuadrículas de pesos necesita?",
)
def params_sin_canales_de_entrada(kernel_size, c_in, c_out, bias=True, groups=1):
    kh, kw = kernel_size
    pesos_por_filtro = kh * kw
    bias_por_filtro = 1 if bias else 0
    return (pesos_por_filtro + bias_por_filtro) * c_out


@count_params.misconception(
    "sin-filtros",
    "Cuenta un solo filtro",
    hint="Eso es lo que aprende un filtro. ¿Cuántos hay?",
)
def params_sin_filtros(kernel_size, c_in, c_out, bias=True, groups=1):
    kh, kw = kernel_size
    pesos_por_filtro = kh * kw * (c_in // groups)
    bias_por_filtro = 1 if bias else 0
    return pesos_por_filtro + bias_por_filtro


@count_params.misconception(
    "kernel-cuadrado",
    "Da por hecho que el kernel es cuadrado",
    hint="El tamaño del kernel trae dos números: úsalos los dos.",
)
def params_kernel_cuadrado(kernel_size, c_in, c_out, bias=True, groups=1):
    kh, kw = kernel_size
    pesos_por_filtro = kh * kh * (c_in // groups)
    bias_por_filtro = 1 if bias else 0
    return (pesos_por_filtro + bias_por_filtro) * c_out


@count_params.misconception(
    "suma-los-lados",
    "Suma los lados del kernel en vez de multiplicarlos",
    hint="Dibuja un kernel de 3×2 y cuenta sus casillas.",
)
def params_suma_los_lados(kernel_size, c_in, c_out, bias=True, groups=1):
    kh, kw = kernel_size
    pesos_por_filtro = (kh + kw) * (c_in // groups)
    bias_por_filtro = 1 if bias else 0
    return (pesos_por_filtro + bias_por_filtro) * c_out


@count_params.misconception(
    "suma-los-canales",
    "Suma los canales de entrada y los de salida",
    hint="Cada filtro mira cada canal: ¿cuántas parejas hay de canal y filtro?",
)
def params_suma_los_canales(kernel_size, c_in, c_out, bias=True, groups=1):
    kh, kw = kernel_size
    pesos_por_filtro = kh * kw
    bias_por_filtro = 1 if bias else 0
    return pesos_por_filtro * (c_in // groups + c_out) + bias_por_filtro * c_out


@count_params.misconception(
    "ignora-los-grupos",
    "No tiene en cuenta los grupos",
    hint="Si los canales se reparten en dos grupos, ¿cuántos mira cada filtro?",
)
def params_ignora_los_grupos(kernel_size, c_in, c_out, bias=True, groups=1):
    kh, kw = kernel_size
    pesos_por_filtro = kh * kw * c_in
    bias_por_filtro = 1 if bias else 0
    return (pesos_por_filtro + bias_por_filtro) * c_out


@count_params.misconception(
    "divide-dos-veces",
    "Reparte también los filtros y los cuenta una sola vez",
    hint="Se reparten los canales, pero el número total de filtros es el mismo.",
)
def params_divide_dos_veces(kernel_size, c_in, c_out, bias=True, groups=1):
    kh, kw = kernel_size
    pesos_por_filtro = kh * kw * (c_in // groups)
    bias_por_filtro = 1 if bias else 0
    return pesos_por_filtro * (c_out // groups) + bias_por_filtro * c_out


@count_params.misconception(
    "multiplica-por-grupos",
    "Multiplica por los grupos en vez de dividir",
    hint="Con más grupos cada filtro mira menos: ¿debe subir o bajar la cuenta?",
)
def params_multiplica_por_grupos(kernel_size, c_in, c_out, bias=True, groups=1):
    kh, kw = kernel_size
    pesos_por_filtro = kh * kw * c_in * groups
    bias_por_filtro = 1 if bias else 0
    return (pesos_por_filtro + bias_por_filtro) * c_out


@count_params.misconception(
    "grupos-en-el-bias",
    "Divide también los bias entre los grupos",
    hint="Los filtros son los mismos con grupos o sin ellos. ¿Cuántos bias hay?",
)
def params_grupos_en_el_bias(kernel_size, c_in, c_out, bias=True, groups=1):
    kh, kw = kernel_size
    pesos_por_filtro = kh * kw * (c_in // groups)
    bias_por_filtro = 1 if bias else 0
    return (pesos_por_filtro * groups + bias_por_filtro) * c_out // groups


@count_params.misconception(
    "siempre-rgb",
    "Da por hecho que entran tres canales",
    hint="¿De dónde sale ese 3? Los mapas de una capa pueden ser decenas de canales.",
)
def params_siempre_rgb(kernel_size, c_in, c_out, bias=True, groups=1):
    kh, kw = kernel_size
    pesos_por_filtro = kh * kw * (3 // groups)
    bias_por_filtro = 1 if bias else 0
    return (pesos_por_filtro + bias_por_filtro) * c_out


@count_params.misconception(
    "lados-del-tamano",
    "Toma el primer lado del kernel por su número de canales",
    hint="Mira qué significa cada argumento: el kernel trae el alto y el ancho, y nada más.",
)
def params_lados_del_tamano(kernel_size, c_in, c_out, bias=True, groups=1):
    kh, kw = kernel_size
    pesos_por_filtro = kh * (c_in // groups)
    bias_por_filtro = 1 if bias else 0
    return (pesos_por_filtro + bias_por_filtro) * c_out


@count_params.misconception(
    "grupos-por-canal",
    "Trata cualquier número de grupos como si hubiera uno por canal",
    hint="Entre un grupo y uno por canal hay puntos medios: prueba con 4 canales y 2 grupos.",
)
def params_grupos_por_canal(kernel_size, c_in, c_out, bias=True, groups=1):
    kh, kw = kernel_size
    pesos_por_filtro = kh * kw * (c_in if groups == 1 else 1)
    bias_por_filtro = 1 if bias else 0
    return (pesos_por_filtro + bias_por_filtro) * c_out


# --- conv_layer: sumar canales, apilar mapas -------------------------------------------


@conv_layer.is_reference
def capa_referencia(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k]
    return mapas


@conv_layer.alternative("vectorizada", "sliding_window_view y einsum, sin bucles de píxeles")
def capa_vectorizada(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, c_in, c_out = kernels.shape
    if padding == "same":
        marco = []
        for n, k in ((x.shape[0], kh), (x.shape[1], kw)):
            faltan = max((math.ceil(n / stride) - 1) * stride + k - n, 0)
            marco.append((faltan // 2, faltan - faltan // 2))
        x = np.pad(x, [*marco, (0, 0)])
    ventanas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(0, 1))
    ventanas = ventanas[::stride, ::stride]
    return np.einsum("ijcab,abck->ijk", ventanas.astype(float), kernels) + bias


@conv_layer.alternative("tensordot", "Una multiplicación de bloques por posición")
def capa_tensordot(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, c_in, c_out = kernels.shape
    if padding == "same":
        marco = []
        for n, k in ((x.shape[0], kh), (x.shape[1], kw)):
            faltan = max((math.ceil(n / stride) - 1) * stride + k - n, 0)
            marco.append((faltan // 2, faltan - faltan // 2))
        x = np.pad(x, [*marco, (0, 0)])
    filas, columnas = (x.shape[0] - kh) // stride + 1, (x.shape[1] - kw) // stride + 1
    mapas = np.empty((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            mapas[i, j] = np.tensordot(ventana, kernels, axes=3) + bias
    return mapas


@conv_layer.alternative("bucles-de-python", "Todo con bucles y listas de Python")
def capa_bucles_de_python(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, c_in, c_out = kernels.shape
    if padding == "same":
        marco = []
        for n, k in ((x.shape[0], kh), (x.shape[1], kw)):
            faltan = max((math.ceil(n / stride) - 1) * stride + k - n, 0)
            marco.append((faltan // 2, faltan - faltan // 2))
        x = np.pad(x, [*marco, (0, 0)])
    salida = []
    for i in range(0, x.shape[0] - kh + 1, stride):
        linea = []
        for j in range(0, x.shape[1] - kw + 1, stride):
            punto = []
            for k in range(c_out):
                suma = float(bias[k])
                for a in range(kh):
                    for b in range(kw):
                        for c in range(c_in):
                            suma += float(x[i + a, j + b, c]) * float(kernels[a, b, c, k])
                punto.append(suma)
            linea.append(punto)
        salida.append(linea)
    return salida


@conv_layer.alternative("mapa-a-mapa", "Un mapa por filtro y np.stack al final")
def capa_mapa_a_mapa(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, c_in, c_out = kernels.shape
    if padding == "same":
        marco = []
        for n, k in ((x.shape[0], kh), (x.shape[1], kw)):
            faltan = max((math.ceil(n / stride) - 1) * stride + k - n, 0)
            marco.append((faltan // 2, faltan - faltan // 2))
        x = np.pad(x, [*marco, (0, 0)])
    mapas = []
    for k in range(c_out):
        mapa = 0
        for c in range(c_in):
            v = np.lib.stride_tricks.sliding_window_view(x[:, :, c], (kh, kw))
            mapa = mapa + np.sum(v[::stride, ::stride] * kernels[:, :, c, k], axis=(2, 3))
        mapas.append(mapa + bias[k])
    return np.stack(mapas, axis=-1)


@conv_layer.alternative(
    "im2col", "Una matriz con una ventana por fila y un solo producto de matrices"
)
def capa_im2col(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, c_in, c_out = kernels.shape
    if padding == "same":
        marco = []
        for n, k in ((x.shape[0], kh), (x.shape[1], kw)):
            faltan = max((math.ceil(n / stride) - 1) * stride + k - n, 0)
            marco.append((faltan // 2, faltan - faltan // 2))
        x = np.pad(x, [*marco, (0, 0)])
    filas = range(0, x.shape[0] - kh + 1, stride)
    columnas = range(0, x.shape[1] - kw + 1, stride)
    matriz = np.array([x[i : i + kh, j : j + kw].ravel() for i in filas for j in columnas])
    mapas = matriz.astype(float) @ kernels.reshape(-1, c_out) + bias
    return mapas.reshape(len(filas), len(columnas), c_out)


@conv_layer.alternative(
    "sumar-desplazadas", "Suma la imagen desplazada, una vez por peso, en float32"
)
def capa_sumar_desplazadas(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, c_in, c_out = kernels.shape
    if padding == "same":
        marco = []
        for n, k in ((x.shape[0], kh), (x.shape[1], kw)):
            faltan = max((math.ceil(n / stride) - 1) * stride + k - n, 0)
            marco.append((faltan // 2, faltan - faltan // 2))
        x = np.pad(x, [*marco, (0, 0)])
    filas, columnas = (x.shape[0] - kh) // stride + 1, (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out), dtype=np.float32)
    for a in range(kh):
        for b in range(kw):
            trozo = x[a : a + filas * stride : stride, b : b + columnas * stride : stride]
            trozo = trozo[:filas, :columnas]
            mapas += (trozo.astype(float) @ kernels[a, b]).astype(np.float32)
    return mapas + np.asarray(bias, dtype=np.float32)


@conv_layer.alternative(
    "de-mas-a-menos", "Calcula con stride 1 y se queda con una de cada stride posiciones"
)
def capa_de_mas_a_menos(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho, c_in = x.shape
    if padding == "same":
        v = max((int(np.ceil(alto / stride)) - 1) * stride + kh - alto, 0)
        h = max((int(np.ceil(ancho / stride)) - 1) * stride + kw - ancho, 0)
        grande = np.zeros((alto + v, ancho + h, c_in))
        grande[v // 2 : v // 2 + alto, h // 2 : h // 2 + ancho] = x
    else:
        grande = x
    todo = np.zeros((grande.shape[0] - kh + 1, grande.shape[1] - kw + 1, c_out))
    for i, j, k in np.ndindex(todo.shape):
        todo[i, j, k] = np.vdot(grande[i : i + kh, j : j + kw], kernels[..., k]) + bias[k]
    return todo[::stride, ::stride]


@conv_layer.misconception(
    "promedia-canales",
    "Promedia los canales en vez de sumarlos",
    hint="Con dos canales, ¿tu número es la mitad del que sale a mano?",
)
def capa_promedia_canales(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) / x.shape[2] + bias[k]
    return mapas


@conv_layer.misconception(
    "solo-el-primer-canal",
    "Mira solo el primer canal",
    hint="Pon a cero el canal 0 de una imagen: ¿queda algo en tus mapas?",
)
def capa_solo_el_primer_canal(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana[:, :, 0] * kernels[:, :, 0, k]) + bias[k]
    return mapas


@conv_layer.misconception(
    "solo-el-ultimo-canal",
    "Se queda con el resultado del último canal, sin acumular los anteriores",
    hint="En tu bucle de canales, ¿el resultado nuevo se añade al anterior o lo sustituye?",
)
def capa_solo_el_ultimo_canal(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                for c in range(x.shape[2]):
                    suma = np.sum(ventana[:, :, c] * kernels[:, :, c, k])
                mapas[i, j, k] = suma + bias[k]
    return mapas


@conv_layer.misconception(
    "pesos-del-primer-canal",
    "Usa en todos los canales los pesos del canal 0",
    hint="Cada canal tiene su propia cuadrícula de pesos dentro del filtro.",
)
def capa_pesos_del_primer_canal(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :1, k]) + bias[k]
    return mapas


@conv_layer.misconception(
    "mezcla-los-canales-antes",
    "Suma los canales de la imagen antes de multiplicar",
    hint="Si mezclas los canales al principio, los pesos de cada canal ya no pueden ser distintos.",
)
def capa_mezcla_los_canales_antes(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                gris = ventana.sum(axis=2)
                mapas[i, j, k] = np.sum(gris * kernels[:, :, :, k].mean(axis=2)) + bias[k]
    return mapas


@conv_layer.misconception(
    "solo-el-primer-filtro",
    "Usa el primer filtro para todos los mapas",
    hint="¿Son iguales todos tus mapas? Mira qué índice usas en el último eje de los kernels.",
)
def capa_solo_el_primer_filtro(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, 0]) + bias[k]
    return mapas


@conv_layer.misconception(
    "un-solo-mapa",
    "Suma todos los filtros en un solo mapa",
    hint="Los canales se suman, pero los mapas se apilan: sale uno por filtro.",
)
def capa_un_solo_mapa(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, 1))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, 0] += np.sum(ventana * kernels[:, :, :, k]) + bias[k]
    return mapas


@conv_layer.misconception(
    "acumulador-sin-reiniciar",
    "No vuelve a poner la suma a cero al cambiar de filtro",
    hint="El segundo mapa lleva dentro el primero. ¿Dónde empieza la suma de cada filtro?",
)
def capa_acumulador_sin_reiniciar(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            suma = 0
            for k in range(c_out):
                suma += np.sum(ventana * kernels[:, :, :, k])
                mapas[i, j, k] = suma + bias[k]
    return mapas


@conv_layer.misconception(
    "canal-a-canal",
    "Aplica cada filtro solo a su canal, sin sumar los demás",
    hint="Eso es una capa con un grupo por canal. Aquí cada filtro mira todos los canales.",
)
def capa_canal_a_canal(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                c = k % x.shape[2]
                mapas[i, j, k] = np.sum(ventana[:, :, c] * kernels[:, :, c, k]) + bias[k]
    return mapas


@conv_layer.misconception(
    "no-suma-los-canales",
    "Devuelve un mapa por cada pareja de canal y filtro",
    hint="¿Cuántos mapas esperabas? El último eje debe medir lo mismo que los filtros.",
)
def capa_no_suma_los_canales(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, x.shape[2] * c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                for c in range(x.shape[2]):
                    suma = np.sum(ventana[:, :, c] * kernels[:, :, c, k])
                    mapas[i, j, k * x.shape[2] + c] = suma + bias[k]
    return mapas


@conv_layer.misconception(
    "entradas-y-filtros-cambiados",
    "Cambia de sitio los canales de entrada y los filtros",
    hint="Los dos últimos ejes de los kernels son, en orden, el canal que entra y el filtro.",
)
def capa_entradas_y_filtros_cambiados(x, kernels, bias, stride=1, padding="valid"):
    kernels = np.swapaxes(kernels, 2, 3)
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k]
    return mapas


@conv_layer.misconception(
    "mapas-delante",
    "Apila los mapas en el primer eje",
    hint="Una imagen a color guarda sus canales en el último eje, y los mapas también.",
)
def capa_mapas_delante(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k]
    return np.moveaxis(mapas, 2, 0)


@conv_layer.misconception(
    "sin-eje-de-mapas",
    "Con un solo filtro pierde el eje de los mapas",
    hint="Un solo mapa también va apilado: la forma tiene siempre tres números.",
)
def capa_sin_eje_de_mapas(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k]
    return mapas.squeeze()


@conv_layer.misconception(
    "sin-bias",
    "Se olvida del bias",
    hint="Prueba con una imagen llena de ceros: ¿qué debería salir?",
)
def capa_sin_bias(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k])
    return mapas


@conv_layer.misconception(
    "bias-por-canal",
    "Suma el bias una vez por cada canal",
    hint="El bias se suma al final, cuando los canales ya están sumados.",
)
def capa_bias_por_canal(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k] * x.shape[2]
    return mapas


@conv_layer.misconception(
    "bias-por-producto",
    "Suma el bias a cada producto",
    hint="Cuenta cuántas veces entra el bias en un solo número de tu mapa.",
)
def capa_bias_por_producto(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k] + bias[k])
    return mapas


@conv_layer.misconception(
    "primer-bias",
    "Usa el bias del primer filtro para todos",
    hint="Hay tantos bias como filtros: ¿cuál le toca a cada mapa?",
)
def capa_primer_bias(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[0]
    return mapas


@conv_layer.misconception(
    "resta-el-bias",
    "Resta el bias en vez de sumarlo",
    hint="Con una imagen negra tus mapas deberían valer justo el bias, con su signo.",
)
def capa_resta_el_bias(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) - bias[k]
    return mapas


@conv_layer.misconception(
    "bias-sin-marco",
    "Suma el bias a la imagen antes de deslizar",
    hint="El bias no es un píxel más claro: se añade a la suma, cuando ya está hecha.",
)
def capa_bias_sin_marco(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum((ventana + bias[k]) * kernels[:, :, :, k])
    return mapas


@conv_layer.misconception(
    "kernel-girado-180",
    "Gira los kernels 180°",
    hint="En redes neuronales los kernels se apoyan tal cual.",
)
def capa_kernel_girado_180(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[::-1, ::-1, :, k]) + bias[k]
    return mapas


@conv_layer.misconception(
    "canales-al-reves",
    "Recorre los canales del kernel al revés",
    hint="El canal 0 de la imagen va con el canal 0 del filtro.",
)
def capa_canales_al_reves(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, ::-1, k]) + bias[k]
    return mapas


@conv_layer.misconception(
    "kernel-cuadrado",
    "Da por hecho que los kernels son cuadrados",
    hint="Los dos primeros números de la forma de los kernels pueden ser distintos.",
)
def capa_kernel_cuadrado(x, kernels, bias, stride=1, padding="valid"):
    kh, _, _, c_out = kernels.shape
    kw = kh
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k]
    return mapas


@conv_layer.misconception(
    "alto-para-los-dos-ejes",
    "Usa el número de filas también para las columnas",
    hint="Pruébala con una imagen más ancha que alta.",
)
def capa_alto_para_los_dos_ejes(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[0] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k]
    return mapas


@conv_layer.misconception(
    "filas-y-columnas-cambiadas",
    "Devuelve los mapas con las filas y las columnas cambiadas",
    hint="El primer eje de cada mapa son las filas.",
)
def capa_filas_y_columnas_cambiadas(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k]
    return mapas.swapaxes(0, 1)


@conv_layer.misconception(
    "tamano-sin-mas-uno",
    "Olvida el + 1: pierde la última fila y la última columna",
    hint="¿En cuántas posiciones cabe una ventana de 3 en 3 píxeles?",
)
def capa_tamano_sin_mas_uno(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride
    columnas = (x.shape[1] - kw) // stride
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k]
    return mapas


@conv_layer.misconception(
    "tamano-entre-stride",
    "Calcula el tamaño dividiendo la imagen entre el stride, sin restar el kernel",
    hint="La última ventana tiene que caber entera: ¿dónde puede empezar, como mucho?",
)
def capa_tamano_entre_stride(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = x.shape[0] // stride - (kh - 1 if stride == 1 else 0)
    columnas = x.shape[1] // stride - (kw - 1 if stride == 1 else 0)
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                pesos = kernels[: ventana.shape[0], : ventana.shape[1], :, k]
                mapas[i, j, k] = np.sum(ventana * pesos) + bias[k]
    return mapas


@conv_layer.misconception(
    "redondea-hacia-arriba",
    "Redondea hacia arriba y deja que la última ventana se salga",
    hint="Las ventanas que no caben enteras se descartan.",
)
def capa_redondea_hacia_arriba(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = -(-(x.shape[0] - kh) // stride) + 1
    columnas = -(-(x.shape[1] - kw) // stride) + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                pesos = kernels[: ventana.shape[0], : ventana.shape[1], :, k]
                mapas[i, j, k] = np.sum(ventana * pesos) + bias[k]
    return mapas


@conv_layer.misconception(
    "ignora-el-stride",
    "No tiene en cuenta el stride",
    hint="Con stride 2 tu mapa debería medir más o menos la mitad.",
)
def capa_ignora_el_stride(x, kernels, bias, stride=1, padding="valid"):
    stride = 1
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k]
    return mapas


@conv_layer.misconception(
    "stride-solo-en-el-tamano",
    "Usa el stride en el tamaño, pero la ventana avanza de uno en uno",
    hint="El mapa mide lo justo, pero ¿dónde empieza la segunda ventana?",
)
def capa_stride_solo_en_el_tamano(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i : i + kh, j : j + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k]
    return mapas


@conv_layer.misconception(
    "stride-en-un-solo-eje",
    "Aplica el stride solo a las filas",
    hint="El stride salta igual en vertical que en horizontal.",
)
def capa_stride_en_un_solo_eje(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = x.shape[1] - kw + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j : j + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k]
    return mapas


@conv_layer.misconception(
    "salta-el-kernel",
    "Mueve la ventana tantos píxeles como mide el kernel",
    hint="Lo que avanza la ventana lo dice el stride, no el tamaño del kernel.",
)
def capa_salta_el_kernel(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // kh + 1
    columnas = (x.shape[1] - kw) // kw + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * kh : i * kh + kh, j * kw : j * kw + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k]
    return mapas


@conv_layer.misconception(
    "ignora-el-padding",
    "No tiene en cuenta el padding",
    hint='Con "same" y stride 1 los mapas miden lo mismo que la imagen.',
)
def capa_ignora_el_padding(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "igual":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k]
    return mapas


@conv_layer.misconception(
    "same-siempre",
    "Añade siempre el padding",
    hint="Sin padding, que es lo normal si no se dice nada, el mapa encoge.",
)
def capa_same_siempre(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding:
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k]
    return mapas


@conv_layer.misconception(
    "same-sin-stride",
    "Calcula el padding como si el stride fuera 1",
    hint="Con stride 2 hacen falta menos ceros, o ninguno: relee el enunciado.",
)
def capa_same_sin_stride(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    if padding == "same":
        vertical = kh - 1
        horizontal = kw - 1
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k]
    return mapas


@conv_layer.misconception(
    "same-a-los-dos-lados",
    "Pone los mismos ceros a los dos lados, aunque falte un número impar",
    hint="Con un kernel de 2 falta una sola fila. ¿Cuántas has puesto?",
)
def capa_same_a_los_dos_lados(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, arriba), (izquierda, izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k]
    return mapas


@conv_layer.misconception(
    "same-al-reves",
    "Pone el cero de más arriba y a la izquierda",
    hint="Cuando los ceros que faltan son impares, ¿en qué lado va el que sobra?",
)
def capa_same_al_reves(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((vertical - arriba, arriba), (horizontal - izquierda, izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k]
    return mapas


@conv_layer.misconception(
    "same-todo-detras",
    "Pone todos los ceros abajo y a la derecha",
    hint="La mitad de los ceros va delante.",
)
def capa_same_todo_detras(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = 0, 0
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k]
    return mapas


@conv_layer.misconception(
    "same-repite-el-borde",
    "Rellena repitiendo el píxel del borde en vez de con ceros",
    hint="¿Qué número tiene que haber fuera de la imagen?",
)
def capa_same_repite_el_borde(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco, mode="edge")
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k]
    return mapas


@conv_layer.misconception(
    "rellena-con-el-bias",
    "Rellena con unos en vez de con ceros",
    hint="¿Qué número tiene que haber fuera de la imagen?",
)
def capa_rellena_con_el_bias(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco, constant_values=1)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k]
    return mapas


@conv_layer.misconception(
    "padding-negativo",
    "No comprueba si la cuenta del padding sale negativa",
    hint="Un padding nunca quita píxeles: ¿qué hace tu cuenta con un kernel de 1 y stride 2?",
)
def capa_padding_negativo(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = (-(-alto // stride) - 1) * stride + kh - alto
        horizontal = (-(-ancho // stride) - 1) * stride + kw - ancho
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k]
    return mapas


@conv_layer.misconception(
    "rellena-los-canales",
    "Añade ceros también en el eje de los canales",
    hint="Un marco rodea la foto por los cuatro lados; no le añade canales.",
)
def capa_rellena_los_canales(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (1, 1))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k]
    return mapas


@conv_layer.misconception(
    "tipo-de-la-imagen",
    "Guarda los mapas con el tipo de la imagen",
    hint="Un uint8 no puede guardar −3 ni 0.5. ¿De qué tipo son tus mapas?",
)
def capa_tipo_de_la_imagen(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k]
    return mapas.astype(np.int64).astype(x.dtype) if x.dtype == np.uint8 else mapas


@conv_layer.misconception(
    "a-entero",
    "Redondea los mapas a enteros",
    hint="Los pesos pueden ser decimales: los mapas también.",
)
def capa_a_entero(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k]
    return np.round(mapas)


@conv_layer.misconception(
    "con-relu",
    "Aplica una activación que quita los negativos",
    hint="Aquí todavía no hay activación: los negativos se quedan.",
)
def capa_con_relu(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k]
    return np.maximum(mapas, 0)


@conv_layer.misconception(
    "modifica-la-imagen",
    "Calcula bien, pero deja la imagen cambiada",
    hint="Mira si usas *=, /= o += con algo que has recibido.",
)
def capa_modifica_la_imagen(x, kernels, bias, stride=1, padding="valid"):
    original = x
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k]
    original[...] = 0
    return mapas


@conv_layer.misconception(
    "modifica-los-kernels",
    "Suma el bias dentro de los kernels que recibe",
    hint="Trabaja con una copia: quien te llamó sigue necesitando sus kernels.",
)
def capa_modifica_los_kernels(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k]
    kernels -= kernels.mean().astype(kernels.dtype)
    return mapas


@conv_layer.misconception(
    "siempre-rgb",
    "Da por hecho que entran tres canales",
    hint="¿De dónde sale ese 3? Una capa puede recibir los mapas de otra.",
)
def capa_siempre_rgb(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana[:, :, :3] * kernels[:, :, :3, k]) + bias[k]
    return mapas


@conv_layer.misconception(
    "return-dentro-del-bucle",
    "Devuelve los mapas al terminar la primera fila",
    hint="Mira la sangría de return: ¿cuántas veces llega a repetirse el bucle?",
)
def capa_return_dentro_del_bucle(x, kernels, bias, stride=1, padding="valid"):
    kh, kw, _, c_out = kernels.shape
    alto, ancho = x.shape[0], x.shape[1]
    if padding == "same":
        vertical = max((-(-alto // stride) - 1) * stride + kh - alto, 0)
        horizontal = max((-(-ancho // stride) - 1) * stride + kw - ancho, 0)
        arriba, izquierda = vertical // 2, horizontal // 2
        marco = ((arriba, vertical - arriba), (izquierda, horizontal - izquierda), (0, 0))
        x = np.pad(x, marco)
    filas = (x.shape[0] - kh) // stride + 1
    columnas = (x.shape[1] - kw) // stride + 1
    mapas = np.zeros((filas, columnas, c_out))
    for i in range(filas):
        for j in range(columnas):
            ventana = x[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for k in range(c_out):
                mapas[i, j, k] = np.sum(ventana * kernels[:, :, :, k]) + bias[k]
        return mapas


# --- count_macs: cuántas multiplicaciones hace -----------------------------------------


@count_macs.is_reference
def macs_referencia(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    alto, ancho, c_in = forma
    kh, kw = kernel_size
    if padding == "same":
        filas, columnas = math.ceil(alto / stride), math.ceil(ancho / stride)
    else:
        filas, columnas = (alto - kh) // stride + 1, (ancho - kw) // stride + 1
    return filas * columnas * c_out * kh * kw * (c_in // groups)


@count_macs.alternative("formula-larga", "Una fórmula por eje y división de enteros al revés")
def macs_formula_larga(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    n, m, c = forma
    kh, kw = kernel_size
    filas = -(-n // stride) if padding == "same" else (n - kh + stride) // stride
    columnas = -(-m // stride) if padding == "same" else (m - kw + stride) // stride
    return c_out * (filas * columnas) * (kh * kw * c // groups)


@count_macs.alternative("cuenta-posiciones", "Cuenta las posiciones donde empieza cada ventana")
def macs_cuenta_posiciones(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    final = [0, 0] if padding == "same" else [kernel_size[0] - 1, kernel_size[1] - 1]
    filas = len(range(0, forma[0] - final[0], stride))
    columnas = len(range(0, forma[1] - final[1], stride))
    pesos = np.prod(kernel_size) * (forma[2] // groups)
    return filas * columnas * c_out * pesos


@count_macs.alternative("con-bucles", "Suma los pesos de cada posición, de una en una")
def macs_con_bucles(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    alto, ancho, c_in = forma
    kh, kw = kernel_size
    if padding == "valid":
        alto, ancho = alto - kh + 1, ancho - kw + 1
    total = 0
    for _ in range(0, alto, stride):
        for _ in range(0, ancho, stride):
            total += kh * kw * (c_in // groups) * c_out
    return total


@count_macs.alternative("con-arrays", "Mide arrays de ceros con las formas de la capa")
def macs_con_arrays(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    salida = []
    for n, k in zip(forma[:2], kernel_size, strict=True):
        posiciones = np.zeros(n if padding == "same" else n - k + 1)[::stride]
        salida.append(posiciones.size)
    kernels = np.zeros((*kernel_size, forma[2] // groups, c_out))
    return kernels.size * salida[0] * salida[1]


@count_macs.alternative("grupo-a-grupo", "Suma las multiplicaciones de cada grupo")
def macs_grupo_a_grupo(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    alto, ancho, c_in = forma
    total = 0.0
    for _ in range(groups):
        producto = (c_in / groups) * (c_out / groups)
        for n, k in ((alto, kernel_size[0]), (ancho, kernel_size[1])):
            largo = np.ceil(n / stride) if padding == "same" else np.floor((n - k) / stride) + 1
            producto *= k * largo
        total += producto
    return total


@count_macs.alternative("parametros-por-posiciones", "Los pesos de la capa, una vez por posición")
def macs_parametros_por_posiciones(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    def posiciones(n, k):
        if padding == "same":
            return (n + stride - 1) // stride
        return 1 + (n - k) // stride

    pesos = kernel_size[0] * kernel_size[1] * forma[2] * c_out // groups
    return pesos * posiciones(forma[0], kernel_size[0]) * posiciones(forma[1], kernel_size[1])


@count_macs.misconception(
    "tamano-de-la-entrada",
    "Multiplica por los píxeles que entran en vez de por las posiciones que salen",
    hint="Se hace una cuenta por cada número del mapa que sale. ¿Cuántos salen?",
)
def macs_tamano_de_la_entrada(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    alto, ancho, c_in = forma
    kh, kw = kernel_size
    return alto * ancho * c_out * kh * kw * (c_in // groups)


@count_macs.misconception(
    "sin-filtros",
    "Cuenta el trabajo de un solo filtro",
    hint="Eso es un mapa. ¿Cuántos mapas salen?",
)
def macs_sin_filtros(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    alto, ancho, c_in = forma
    kh, kw = kernel_size
    if padding == "same":
        filas, columnas = math.ceil(alto / stride), math.ceil(ancho / stride)
    else:
        filas, columnas = (alto - kh) // stride + 1, (ancho - kw) // stride + 1
    return filas * columnas * kh * kw * (c_in // groups)


@count_macs.misconception(
    "sin-canales",
    "Se olvida de los canales de entrada",
    hint="En cada posición, ¿un filtro mira un canal o todos?",
)
def macs_sin_canales(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    alto, ancho, c_in = forma
    kh, kw = kernel_size
    if padding == "same":
        filas, columnas = math.ceil(alto / stride), math.ceil(ancho / stride)
    else:
        filas, columnas = (alto - kh) // stride + 1, (ancho - kw) // stride + 1
    return filas * columnas * c_out * kh * kw


@count_macs.misconception(
    "sin-kernel",
    "Hace una sola multiplicación por posición",
    hint="Para un solo número del mapa se usan todos los pesos del filtro.",
)
def macs_sin_kernel(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    alto, ancho, c_in = forma
    kh, kw = kernel_size
    if padding == "same":
        filas, columnas = math.ceil(alto / stride), math.ceil(ancho / stride)
    else:
        filas, columnas = (alto - kh) // stride + 1, (ancho - kw) // stride + 1
    return filas * columnas * c_out * (c_in // groups)


@count_macs.misconception(
    "solo-los-pesos",
    "Devuelve los pesos y no las multiplicaciones",
    hint="Los mismos pesos trabajan en cada posición: vuelve a usarlos cada vez.",
)
def macs_solo_los_pesos(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    c_in = forma[2]
    kh, kw = kernel_size
    return c_out * kh * kw * (c_in // groups)


@count_macs.misconception(
    "suma-el-bias",
    "Cuenta también los bias",
    hint="Relee el enunciado: ¿qué se dice del bias?",
)
def macs_suma_el_bias(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    alto, ancho, c_in = forma
    kh, kw = kernel_size
    if padding == "same":
        filas, columnas = math.ceil(alto / stride), math.ceil(ancho / stride)
    else:
        filas, columnas = (alto - kh) // stride + 1, (ancho - kw) // stride + 1
    return filas * columnas * c_out * (kh * kw * (c_in // groups) + 1)


@count_macs.misconception(
    "cuenta-dos",
    "Cuenta la multiplicación y la suma como dos",
    hint="Una MAC es una multiplicación junto con la suma de su resultado.",
)
def macs_cuenta_dos(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    alto, ancho, c_in = forma
    kh, kw = kernel_size
    if padding == "same":
        filas, columnas = math.ceil(alto / stride), math.ceil(ancho / stride)
    else:
        filas, columnas = (alto - kh) // stride + 1, (ancho - kw) // stride + 1
    return 2 * filas * columnas * c_out * kh * kw * (c_in // groups)


@count_macs.misconception(
    "sin-mas-uno",
    "Olvida el + 1 al contar posiciones",
    hint="¿En cuántas posiciones cabe una ventana de 3 en 5 píxeles?",
)
def macs_sin_mas_uno(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    alto, ancho, c_in = forma
    kh, kw = kernel_size
    if padding == "same":
        filas, columnas = math.ceil(alto / stride), math.ceil(ancho / stride)
    else:
        filas, columnas = (alto - kh) // stride, (ancho - kw) // stride
    return filas * columnas * c_out * kh * kw * (c_in // groups)


@count_macs.misconception(
    "redondea-hacia-arriba",
    "Cuenta también las ventanas que no caben enteras",
    hint="Sin padding, una ventana que se sale no se calcula.",
)
def macs_redondea_hacia_arriba(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    alto, ancho, c_in = forma
    kh, kw = kernel_size
    if padding == "same":
        filas, columnas = math.ceil(alto / stride), math.ceil(ancho / stride)
    else:
        filas, columnas = math.ceil((alto - kh) / stride) + 1, math.ceil((ancho - kw) / stride) + 1
    return filas * columnas * c_out * kh * kw * (c_in // groups)


@count_macs.misconception(
    "ignora-el-stride",
    "No tiene en cuenta el stride",
    hint="Con stride 2 hay que calcular muchas menos posiciones.",
)
def macs_ignora_el_stride(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    stride = 1
    alto, ancho, c_in = forma
    kh, kw = kernel_size
    if padding == "same":
        filas, columnas = math.ceil(alto / stride), math.ceil(ancho / stride)
    else:
        filas, columnas = (alto - kh) // stride + 1, (ancho - kw) // stride + 1
    return filas * columnas * c_out * kh * kw * (c_in // groups)


@count_macs.misconception(
    "stride-una-vez",
    "Divide el total entre el stride una sola vez",
    hint="El stride salta en vertical y también en horizontal.",
)
def macs_stride_una_vez(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    alto, ancho, c_in = forma
    kh, kw = kernel_size
    saltos, stride = stride, 1
    if padding == "same":
        filas, columnas = math.ceil(alto / stride), math.ceil(ancho / stride)
    else:
        filas, columnas = (alto - kh) // stride + 1, (ancho - kw) // stride + 1
    return filas * columnas * c_out * kh * kw * (c_in // groups) // saltos


@count_macs.misconception(
    "divide-entre-stride-al-cuadrado",
    "Divide el total entre el stride al cuadrado, como si siempre fuera exacto",
    hint="La división entre el stride no suele ser exacta: cuenta las posiciones de cada eje.",
)
def macs_divide_entre_stride_al_cuadrado(
    forma, kernel_size, c_out, stride=1, padding="valid", groups=1
):
    alto, ancho, c_in = forma
    kh, kw = kernel_size
    saltos, stride = stride, 1
    if padding == "same":
        filas, columnas = math.ceil(alto / stride), math.ceil(ancho / stride)
    else:
        filas, columnas = (alto - kh) // stride + 1, (ancho - kw) // stride + 1
    return filas * columnas * c_out * kh * kw * (c_in // groups) // saltos**2


@count_macs.misconception(
    "ignora-el-padding",
    "No tiene en cuenta el padding",
    hint='Con "same" hay más posiciones que sin padding.',
)
def macs_ignora_el_padding(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    alto, ancho, c_in = forma
    kh, kw = kernel_size
    if padding == "igual":
        filas, columnas = math.ceil(alto / stride), math.ceil(ancho / stride)
    else:
        filas, columnas = (alto - kh) // stride + 1, (ancho - kw) // stride + 1
    return filas * columnas * c_out * kh * kw * (c_in // groups)


@count_macs.misconception(
    "same-sin-stride",
    'Con "same" cuenta una posición por píxel, aunque el stride no sea 1',
    hint='Con "same" el mapa mide lo mismo que la imagen solo si el stride es 1.',
)
def macs_same_sin_stride(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    alto, ancho, c_in = forma
    kh, kw = kernel_size
    if padding == "same":
        filas, columnas = alto, ancho
    else:
        filas, columnas = (alto - kh) // stride + 1, (ancho - kw) // stride + 1
    return filas * columnas * c_out * kh * kw * (c_in // groups)


@count_macs.misconception(
    "same-hacia-abajo",
    'Con "same" redondea el tamaño del mapa hacia abajo',
    hint="Con 5 píxeles y stride 2, ¿cuántas ventanas empiezan dentro?",
)
def macs_same_hacia_abajo(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    alto, ancho, c_in = forma
    kh, kw = kernel_size
    if padding == "same":
        filas, columnas = alto // stride, ancho // stride
    else:
        filas, columnas = (alto - kh) // stride + 1, (ancho - kw) // stride + 1
    return filas * columnas * c_out * kh * kw * (c_in // groups)


@count_macs.misconception(
    "kernel-cuadrado",
    "Da por hecho que el kernel es cuadrado",
    hint="El kernel trae dos números: úsalos los dos.",
)
def macs_kernel_cuadrado(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    alto, ancho, c_in = forma
    kh = kw = kernel_size[0]
    if padding == "same":
        filas, columnas = math.ceil(alto / stride), math.ceil(ancho / stride)
    else:
        filas, columnas = (alto - kh) // stride + 1, (ancho - kw) // stride + 1
    return filas * columnas * c_out * kh * kw * (c_in // groups)


@count_macs.misconception(
    "kernel-cambiado",
    "Cambia el alto del kernel por su ancho",
    hint="El primer número del kernel va con el alto de la imagen.",
)
def macs_kernel_cambiado(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    alto, ancho, c_in = forma
    kw, kh = kernel_size
    if padding == "same":
        filas, columnas = math.ceil(alto / stride), math.ceil(ancho / stride)
    else:
        filas, columnas = (alto - kh) // stride + 1, (ancho - kw) // stride + 1
    return filas * columnas * c_out * kh * kw * (c_in // groups)


@count_macs.misconception(
    "imagen-cuadrada",
    "Usa el alto de la imagen para los dos ejes",
    hint="Pruébala con una imagen más ancha que alta.",
)
def macs_imagen_cuadrada(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    alto, _, c_in = forma
    ancho = alto
    kh, kw = kernel_size
    if padding == "same":
        filas, columnas = math.ceil(alto / stride), math.ceil(ancho / stride)
    else:
        filas, columnas = (alto - kh) // stride + 1, (ancho - kw) // stride + 1
    return filas * columnas * c_out * kh * kw * (c_in // groups)


@count_macs.misconception(
    "canales-primero",
    "Lee los canales en el primer lugar de la forma",
    hint="En este curso los canales van al final: (alto, ancho, canales).",
)
def macs_canales_primero(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    c_in, alto, ancho = forma
    kh, kw = kernel_size
    if padding == "same":
        filas, columnas = math.ceil(alto / stride), math.ceil(ancho / stride)
    else:
        filas, columnas = (alto - kh) // stride + 1, (ancho - kw) // stride + 1
    return filas * columnas * c_out * kh * kw * (c_in // groups)


@count_macs.misconception(
    "ignora-los-grupos",
    "No tiene en cuenta los grupos",
    hint="Con grupos, cada filtro mira solo una parte de los canales.",
)
def macs_ignora_los_grupos(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    alto, ancho, c_in = forma
    kh, kw = kernel_size
    if padding == "same":
        filas, columnas = math.ceil(alto / stride), math.ceil(ancho / stride)
    else:
        filas, columnas = (alto - kh) // stride + 1, (ancho - kw) // stride + 1
    return filas * columnas * c_out * kh * kw * c_in


@count_macs.misconception(
    "grupos-dos-veces",
    "Divide entre los grupos dos veces",
    hint="Los grupos se reparten los canales, pero los filtros son los mismos.",
)
def macs_grupos_dos_veces(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    alto, ancho, c_in = forma
    kh, kw = kernel_size
    if padding == "same":
        filas, columnas = math.ceil(alto / stride), math.ceil(ancho / stride)
    else:
        filas, columnas = (alto - kh) // stride + 1, (ancho - kw) // stride + 1
    return filas * columnas * c_out * kh * kw * (c_in / groups / groups)


@count_macs.misconception(
    "grupos-multiplica",
    "Multiplica por los grupos en vez de dividir",
    hint="Cada filtro mira menos canales: ¿el trabajo sube o baja?",
)
def macs_grupos_multiplica(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    alto, ancho, c_in = forma
    kh, kw = kernel_size
    if padding == "same":
        filas, columnas = math.ceil(alto / stride), math.ceil(ancho / stride)
    else:
        filas, columnas = (alto - kh) // stride + 1, (ancho - kw) // stride + 1
    return filas * columnas * c_out * kh * kw * c_in * groups


@count_macs.misconception(
    "sin-ceros",
    "No cuenta las multiplicaciones que caen sobre el padding",
    hint="Las de la ventana se cuentan todas, también las que multiplican un cero.",
)
def macs_sin_ceros(forma, kernel_size, c_out, stride=1, padding="valid", groups=1):
    dentro = 1
    for n, k in ((forma[0], kernel_size[0]), (forma[1], kernel_size[1])):
        posiciones, delante = (n - k) // stride + 1, 0
        if padding == "same":
            posiciones = math.ceil(n / stride)
            delante = max((posiciones - 1) * stride + k - n, 0) // 2
        casillas = [p * stride + a - delante for p in range(posiciones) for a in range(k)]
        dentro *= sum(0 <= casilla < n for casilla in casillas)
    return dentro * c_out * (forma[2] // groups)
