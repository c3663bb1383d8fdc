"""Catálogo de la unidad 05: cómo se responde a sus ejercicios, bien y mal.

Cada función está escrita como la escribiría un estudiante. Las pruebas de la unidad
deben aceptar todas las correctas y rechazar todos los errores (`make matrix`).
"""

import numpy as np

from course_lib.grading.catalog import Exercise

output_size = Exercise("output_size", section="Deduce la fórmula")
conv2d = Exercise("conv2d", section="Stride y padding a la vez")

# --- output_size: cuánto mide el mapa ------------------------------------------------


@output_size.is_reference
def tamano_referencia(n, kernel, stride=1, padding="valid", dilation=1):
    if padding == "same":
        return -(-n // stride)
    p = 0 if padding == "valid" else padding
    abarca = dilation * (kernel - 1) + 1
    return (n + 2 * p - abarca) // stride + 1


@output_size.alternative("contar", "Cuenta los inicios posibles con range")
def tamano_contar(n, kernel, stride=1, padding="valid", dilation=1):
    if padding == "same":
        return len(range(0, n, stride))
    p = 0 if isinstance(padding, str) else padding
    ultimo = n + p + p - 1 - (kernel - 1) * dilation
    return len(range(0, ultimo + 1, stride))


@output_size.alternative("while", "Desliza la ventana hasta que se sale")
def tamano_while(n, kernel, stride=1, padding="valid", dilation=1):
    if padding == "same":
        return (n + stride - 1) // stride
    p = padding if padding != "valid" else 0
    inicio, posiciones = 0, 0
    while inicio + dilation * (kernel - 1) < n + 2 * p:
        posiciones += 1
        inicio += stride
    return posiciones


@output_size.alternative("math", "math.floor y math.ceil")
def tamano_math(n, kernel, stride=1, padding="valid", dilation=1):
    import math

    if padding == "same":
        return math.ceil(n / stride)
    padding = {"valid": 0}.get(padding, padding)
    huecos = (kernel - 1) * (dilation - 1)
    return math.floor((n + 2 * padding - kernel - huecos) / stride + 1)


@output_size.alternative("techo", "Redondea hacia arriba el número de inicios entre el stride")
def tamano_techo(n, kernel, stride=1, padding="valid", dilation=1):
    marco = 0 if padding in ("valid", "same") else 2 * padding
    pierde = 0 if padding == "same" else dilation * (kernel - 1)
    libres = n + marco - pierde
    return int(np.ceil(libres / stride))


@output_size.alternative("marcas", "Marca los inicios que caben en un array de bool")
def tamano_marcas(n, kernel, stride=1, padding="valid", dilation=1):
    if padding == "same":
        return np.arange(n)[::stride].size
    p = 0 if padding == "valid" else int(padding)
    inicios = np.arange(n + 2 * p)
    caben = inicios + dilation * (kernel - 1) <= n + 2 * p - 1
    return int(caben[::stride].sum())


@output_size.alternative("divmod", "divmod, con el kernel estirado peso a peso")
def tamano_divmod(n, kernel, stride=1, padding="valid", dilation=1):
    if padding == "same":
        cociente, resto = divmod(n, stride)
        return cociente + (resto > 0)
    abarca = 1
    for _ in range(kernel - 1):
        abarca += dilation
    largo = n if padding == "valid" else n + 2 * padding
    return divmod(largo - abarca, stride)[0] + 1


@output_size.misconception(
    "sin-mas-uno",
    "Olvida el + 1 y no cuenta la posición de partida",
    hint="La ventana parada en el píxel 0 también cuenta. ¿Y si n y kernel son iguales?",
)
def tamano_sin_mas_uno(n, kernel, stride=1, padding="valid", dilation=1):
    if padding == "same":
        return -(-n // stride)
    p = 0 if padding == "valid" else padding
    abarca = dilation * (kernel - 1) + 1
    return (n + 2 * p - abarca) // stride


@output_size.misconception(
    "redondea-hacia-arriba",
    "Cuenta también la ventana que no cabe entera",
    hint="La última ventana tiene que caber entera. ¿Hacia dónde se redondea?",
)
def tamano_redondea_hacia_arriba(n, kernel, stride=1, padding="valid", dilation=1):
    if padding == "same":
        return -(-n // stride)
    p = 0 if padding == "valid" else padding
    abarca = dilation * (kernel - 1) + 1
    return -(-(n + 2 * p - abarca) // stride) + 1


@output_size.misconception(
    "redondea-al-mas-cercano",
    "Usa round en vez de redondear hacia abajo",
    hint="Media ventana no cuenta como una posición. Prueba con n = 9, kernel = 2 y stride = 4.",
)
def tamano_redondea_al_mas_cercano(n, kernel, stride=1, padding="valid", dilation=1):
    if padding == "same":
        return -(-n // stride)
    p = 0 if padding == "valid" else padding
    abarca = dilation * (kernel - 1) + 1
    return round((n + 2 * p - abarca) / stride) + 1


@output_size.misconception(
    "con-decimales",
    "Divide con decimales y devuelve un tamaño que no es un entero",
    hint="Un mapa no puede medir 3.5. ¿Qué división de Python da un entero?",
)
def tamano_con_decimales(n, kernel, stride=1, padding="valid", dilation=1):
    if padding == "same":
        return -(-n // stride)
    p = 0 if padding == "valid" else padding
    abarca = dilation * (kernel - 1) + 1
    return (n + 2 * p - abarca) / stride + 1


@output_size.misconception(
    "padding-una-vez",
    "Cuenta el padding en un solo lado",
    hint="El eje tiene dos extremos y en cada uno hay padding.",
)
def tamano_padding_una_vez(n, kernel, stride=1, padding="valid", dilation=1):
    if padding == "same":
        return -(-n // stride)
    p = 0 if padding == "valid" else padding
    abarca = dilation * (kernel - 1) + 1
    return (n + p - abarca) // stride + 1


@output_size.misconception(
    "parentesis-en-el-kernel",
    "Divide solo el kernel entre el stride",
    hint="Revisa los paréntesis: ¿qué parte de la cuenta se divide?",
)
def tamano_parentesis_en_el_kernel(n, kernel, stride=1, padding="valid", dilation=1):
    if padding == "same":
        return -(-n // stride)
    p = 0 if padding == "valid" else padding
    abarca = dilation * (kernel - 1) + 1
    return n + 2 * p - abarca // stride + 1


@output_size.misconception(
    "parentesis-en-n",
    "Divide solo n entre el stride y después resta el kernel",
    hint="Revisa los paréntesis: primero se resta y después se divide.",
)
def tamano_parentesis_en_n(n, kernel, stride=1, padding="valid", dilation=1):
    if padding == "same":
        return -(-n // stride)
    p = 0 if padding == "valid" else padding
    abarca = dilation * (kernel - 1) + 1
    return (n + 2 * p) // stride - abarca + 1


@output_size.misconception(
    "mas-uno-dentro",
    "Mete el + 1 dentro de la división",
    hint="¿El + 1 cuenta un salto más o la posición de partida? Mira dónde lo has puesto.",
)
def tamano_mas_uno_dentro(n, kernel, stride=1, padding="valid", dilation=1):
    if padding == "same":
        return -(-n // stride)
    p = 0 if padding == "valid" else padding
    abarca = dilation * (kernel - 1) + 1
    return (n + 2 * p - abarca + 1) // stride


@output_size.misconception(
    "ignora-el-stride",
    "No usa el stride",
    hint="¿Cambia tu resultado al cambiar stride de 1 a 2?",
)
def tamano_ignora_el_stride(n, kernel, stride=1, padding="valid", dilation=1):
    if padding == "same":
        return n
    p = 0 if padding == "valid" else padding
    abarca = dilation * (kernel - 1) + 1
    return n + 2 * p - abarca + 1


@output_size.misconception(
    "ignora-el-padding",
    "No usa el padding cuando es un número",
    hint="¿Cambia tu resultado al cambiar padding de 0 a 2?",
)
def tamano_ignora_el_padding(n, kernel, stride=1, padding="valid", dilation=1):
    if padding == "same":
        return -(-n // stride)
    p = 0
    abarca = dilation * (kernel - 1) + 1
    return (n + 2 * p - abarca) // stride + 1


@output_size.misconception(
    "resta-el-padding",
    "Resta el padding en vez de sumarlo",
    hint="Con más marco, ¿caben más ventanas o menos?",
)
def tamano_resta_el_padding(n, kernel, stride=1, padding="valid", dilation=1):
    if padding == "same":
        return -(-n // stride)
    p = 0 if padding == "valid" else padding
    abarca = dilation * (kernel - 1) + 1
    return (n - 2 * p - abarca) // stride + 1


@output_size.misconception(
    "ignora-dilation",
    "No usa el argumento dilation",
    hint="Con huecos, el kernel ocupa más sitio. ¿Dónde aparece dilation en tu cuenta?",
)
def tamano_ignora_dilation(n, kernel, stride=1, padding="valid", dilation=1):
    if padding == "same":
        return -(-n // stride)
    p = 0 if padding == "valid" else padding
    abarca = kernel
    return (n + 2 * p - abarca) // stride + 1


@output_size.misconception(
    "dilation-por-kernel",
    "Multiplica el kernel entero por dilation",
    hint="Dibuja 3 pesos con un hueco entre cada dos y cuenta los píxeles que abarcan.",
)
def tamano_dilation_por_kernel(n, kernel, stride=1, padding="valid", dilation=1):
    if padding == "same":
        return -(-n // stride)
    p = 0 if padding == "valid" else padding
    abarca = dilation * kernel
    return (n + 2 * p - abarca) // stride + 1


@output_size.misconception(
    "un-solo-hueco",
    "Suma los huecos una sola vez",
    hint="Entre 3 pesos hay dos separaciones. ¿Cuántas hay en tu cuenta?",
)
def tamano_un_solo_hueco(n, kernel, stride=1, padding="valid", dilation=1):
    if padding == "same":
        return -(-n // stride)
    p = 0 if padding == "valid" else padding
    abarca = kernel + dilation - 1
    return (n + 2 * p - abarca) // stride + 1


@output_size.misconception(
    "un-hueco-por-peso",
    "Cuenta un hueco por cada peso, también después del último",
    hint="Detrás del último peso ya no hay hueco. ¿Cuántas separaciones hay entre 3 pesos?",
)
def tamano_un_hueco_por_peso(n, kernel, stride=1, padding="valid", dilation=1):
    if padding == "same":
        return -(-n // stride)
    p = 0 if padding == "valid" else padding
    abarca = kernel + kernel * (dilation - 1)
    return (n + 2 * p - abarca) // stride + 1


@output_size.misconception(
    "dilation-es-el-hueco",
    "Cree que dilation = 1 ya deja un hueco",
    hint="Con dilation = 1 los pesos van pegados: el kernel debe abarcar lo mismo que mide.",
)
def tamano_dilation_es_el_hueco(n, kernel, stride=1, padding="valid", dilation=1):
    if padding == "same":
        return -(-n // stride)
    p = 0 if padding == "valid" else padding
    abarca = (dilation + 1) * (kernel - 1) + 1
    return (n + 2 * p - abarca) // stride + 1


@output_size.misconception(
    "same-siempre-n",
    "Con same devuelve n aunque el stride sea mayor que 1",
    hint="Si la ventana avanza de 2 en 2, ¿puede haber una posición por píxel?",
)
def tamano_same_siempre_n(n, kernel, stride=1, padding="valid", dilation=1):
    if padding == "same":
        return n
    p = 0 if padding == "valid" else padding
    abarca = dilation * (kernel - 1) + 1
    return (n + 2 * p - abarca) // stride + 1


@output_size.misconception(
    "same-hacia-abajo",
    "Con same redondea el tamaño hacia abajo",
    hint="Con 5 píxeles y stride 2 la ventana empieza en 0, en 2 y en 4. ¿Cuántas son?",
)
def tamano_same_hacia_abajo(n, kernel, stride=1, padding="valid", dilation=1):
    if padding == "same":
        return n // stride
    p = 0 if padding == "valid" else padding
    abarca = dilation * (kernel - 1) + 1
    return (n + 2 * p - abarca) // stride + 1


@output_size.misconception(
    "same-mas-uno",
    "Con same suma uno aunque la división sea exacta",
    hint="Con n = 6 y stride = 2, cuenta las posiciones empezando en 0.",
)
def tamano_same_mas_uno(n, kernel, stride=1, padding="valid", dilation=1):
    if padding == "same":
        return n // stride + 1
    p = 0 if padding == "valid" else padding
    abarca = dilation * (kernel - 1) + 1
    return (n + 2 * p - abarca) // stride + 1


@output_size.misconception(
    "same-mitad-del-kernel",
    "Con same usa kernel // 2 a cada lado, y con un kernel par sobra una posición",
    hint="Con un kernel par, ¿se puede poner el mismo marco a los dos lados y que el mapa mida n?",
)
def tamano_same_mitad_del_kernel(n, kernel, stride=1, padding="valid", dilation=1):
    if padding == "same":
        return (n + 2 * (kernel // 2) - kernel) // stride + 1
    p = 0 if padding == "valid" else padding
    abarca = dilation * (kernel - 1) + 1
    return (n + 2 * p - abarca) // stride + 1


@output_size.misconception(
    "same-como-valid",
    "Con same no cuenta el padding",
    hint="Con same el mapa no encoge cuando el stride es 1.",
)
def tamano_same_como_valid(n, kernel, stride=1, padding="valid", dilation=1):
    p = 0 if padding in ("valid", "same") else padding
    abarca = dilation * (kernel - 1) + 1
    return (n + 2 * p - abarca) // stride + 1


@output_size.misconception(
    "same-pierde-los-huecos",
    "Con same calcula el marco de un kernel sin huecos",
    hint="Con same el tamaño no depende del kernel, tenga huecos o no.",
)
def tamano_same_pierde_los_huecos(n, kernel, stride=1, padding="valid", dilation=1):
    if padding == "same":
        return (n - 1 - (dilation - 1) * (kernel - 1)) // stride + 1
    p = 0 if padding == "valid" else padding
    abarca = dilation * (kernel - 1) + 1
    return (n + 2 * p - abarca) // stride + 1


# --- conv2d: el mapa entero ----------------------------------------------------------


@conv2d.is_reference
def conv_referencia(imagen, kernel, stride=1, padding="valid"):
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            lados.append((0, 0) if padding == "valid" else (padding, padding))
    grande = np.pad(imagen.astype(float), lados)
    kh, kw = kernel.shape
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for fila in range(alto):
        for columna in range(ancho):
            f, c = fila * stride, columna * stride
            mapa[fila, columna] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.alternative("ventanas", "sliding_window_view, cortes con paso y einsum")
def conv_ventanas(imagen, kernel, stride=1, padding="valid"):
    def marco(n, k):
        if padding == "same":
            falta = max(k - (n % stride or stride), 0)
            return falta // 2, falta - falta // 2
        return (0, 0) if padding == "valid" else (padding, padding)

    lados = [marco(n, k) for n, k in zip(imagen.shape, kernel.shape, strict=True)]
    ampliada = np.pad(imagen, lados).astype(float)
    ventanas = np.lib.stride_tricks.sliding_window_view(ampliada, kernel.shape)
    return np.einsum("ijkl,kl->ij", ventanas[::stride, ::stride], kernel)


@conv2d.alternative("sin-marco", "Cuatro bucles; los píxeles que caen fuera no suman")
def conv_sin_marco(imagen, kernel, stride=1, padding="valid"):
    h, w = imagen.shape
    kh, kw = kernel.shape
    if padding == "same":
        filas, columnas = (h + stride - 1) // stride, (w + stride - 1) // stride
        arriba = max((filas - 1) * stride + kh - h, 0) // 2
        izquierda = max((columnas - 1) * stride + kw - w, 0) // 2
    else:
        arriba = izquierda = 0 if padding == "valid" else padding
        filas = (h + 2 * arriba - kh) // stride + 1
        columnas = (w + 2 * izquierda - kw) // stride + 1
    mapa = []
    for i in range(filas):
        mapa.append([])
        for j in range(columnas):
            suma = 0.0
            for a in range(kh):
                for b in range(kw):
                    f, c = i * stride + a - arriba, j * stride + b - izquierda
                    if 0 <= f < h and 0 <= c < w:
                        suma += float(imagen[f, c]) * float(kernel[a, b])
            mapa[-1].append(suma)
    return mapa


@conv2d.alternative("desplazadas", "Suma de trozos con paso, uno por peso, en float32")
def conv_trozos(imagen, kernel, stride=1, padding="valid"):
    medidas = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            m = int(np.ceil(n / stride))
            total = max(0, (m - 1) * stride + k - n)
            medidas.append((m, total // 2, n + total))
        else:
            p = 0 if padding == "valid" else padding
            medidas.append(((n + 2 * p - k) // stride + 1, p, n + 2 * p))
    (alto, arriba, gh), (ancho, izquierda, gw) = medidas
    grande = np.zeros((gh, gw), dtype=np.float32)
    grande[arriba : arriba + len(imagen), izquierda : izquierda + len(imagen[0])] = imagen
    mapa = np.zeros((alto, ancho), dtype=np.float32)
    for (a, b), peso in np.ndenumerate(kernel):
        filas = slice(a, a + (alto - 1) * stride + 1, stride)
        columnas = slice(b, b + (ancho - 1) * stride + 1, stride)
        mapa += np.float32(peso) * grande[filas, columnas]
    return mapa


@conv2d.alternative("im2col", "Una fila por ventana y un producto de matrices")
def conv_columnas(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    h, w = imagen.shape
    if padding == "same":
        faltan = [max(-(-n // stride) * stride - stride + k - n, 0) for n, k in ((h, kh), (w, kw))]
        lados = [(falta // 2, (falta + 1) // 2) for falta in faltan]
    else:
        p = 0 if padding == "valid" else padding
        lados = [(p, p), (p, p)]
    x = np.pad(imagen, lados)
    inicios_f = range(0, x.shape[0] - kh + 1, stride)
    inicios_c = range(0, x.shape[1] - kw + 1, stride)
    filas = [x[f : f + kh, c : c + kw].ravel() for f in inicios_f for c in inicios_c]
    return (np.array(filas, float) @ kernel.ravel()).reshape(len(inicios_f), len(inicios_c))


@conv2d.alternative("submuestreo", "Calcula el mapa de stride 1 y se queda con uno de cada tantos")
def conv_submuestreo(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = [(0, 0), (0, 0)]
    if padding == "same":
        for eje in (0, 1):
            n, k = imagen.shape[eje], kernel.shape[eje]
            falta = max((n - 1) // stride * stride + k - n, 0)
            lados[eje] = (falta // 2, falta - falta // 2)
    elif padding != "valid":
        lados = [(padding, padding)] * 2
    x = np.pad(imagen, lados).astype(float)
    denso = np.zeros((x.shape[0] - kh + 1, x.shape[1] - kw + 1))
    for a in range(kh):
        for b in range(kw):
            denso += kernel[a, b] * x[a : a + denso.shape[0], b : b + denso.shape[1]]
    return denso[::stride, ::stride]


@conv2d.alternative("fft", "Transformada de Fourier y uno de cada tantos")
def conv_fourier(imagen, kernel, stride=1, padding="valid"):
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        total = 0 if padding == "valid" else 2 * padding if padding != "same" else None
        if total is None:
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
        lados.append((total // 2, total - total // 2))
    x = np.pad(imagen, lados).astype(float)
    espectro = np.fft.rfft2(x) * np.fft.rfft2(kernel[::-1, ::-1], x.shape)
    completo = np.fft.irfft2(espectro, x.shape)
    return completo[kernel.shape[0] - 1 :: stride, kernel.shape[1] - 1 :: stride]


@conv2d.misconception(
    "stride-solo-en-el-tamano",
    "Usa el stride en el tamaño del mapa, pero las ventanas siguen juntas",
    hint="El mapa mide lo que debe. ¿En qué píxel empieza tu segunda ventana?",
)
def conv_stride_solo_en_el_tamano(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i, j
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "stride-solo-en-el-bucle",
    "Salta en la imagen, pero el mapa tiene el tamaño de stride 1 y queda lleno de ceros",
    hint="¿Cuántas posiciones visita tu bucle? El mapa tiene que medir justo eso.",
)
def conv_stride_solo_en_el_bucle(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = grande.shape[0] - kh + 1
    ancho = grande.shape[1] - kw + 1
    mapa = np.zeros((alto, ancho))
    for f in range(0, alto, stride):
        for c in range(0, ancho, stride):
            mapa[f, c] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "stride-solo-en-las-filas",
    "Salta filas, pero avanza por las columnas de una en una",
    hint="El stride vale para los dos ejes. Mira el ancho de tu mapa.",
)
def conv_stride_solo_en_las_filas(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = grande.shape[1] - kw + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "stride-solo-en-las-columnas",
    "Salta columnas, pero avanza por las filas de una en una",
    hint="El stride vale para los dos ejes. Mira el alto de tu mapa.",
)
def conv_stride_solo_en_las_columnas(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = grande.shape[0] - kh + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "ignora-el-stride",
    "No usa el stride",
    hint="¿Cambia tu mapa al cambiar stride de 1 a 2?",
)
def conv_ignora_el_stride(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for k in kernel.shape:
        if padding == "same":
            total = k - 1
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = grande.shape[0] - kh + 1
    ancho = grande.shape[1] - kw + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i, j
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "salto-de-mas",
    "Salta stride píxeles además del que ya avanzaba",
    hint="Con stride=2 la segunda ventana empieza en el píxel 2. ¿Y la tuya?",
)
def conv_salto_de_mas(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // (stride + 1)) - 1) * (stride + 1) + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = (grande.shape[0] - kh) // (stride + 1) + 1
    ancho = (grande.shape[1] - kw) // (stride + 1) + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * (stride + 1), j * (stride + 1)
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "salta-de-kernel-en-kernel",
    "Avanza tantos píxeles como mide el kernel",
    hint="Los saltos los dice stride, no el tamaño del kernel.",
)
def conv_salta_de_kernel_en_kernel(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = (grande.shape[0] - kh) // kh + 1
    ancho = (grande.shape[1] - kw) // kw + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * kh, j * kw
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "tamano-hacia-arriba",
    "Redondea hacia arriba y la última ventana se sale y se corta",
    hint="Imprime la forma de la última ventana: ¿está entera?",
)
def conv_tamano_hacia_arriba(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = -(-(grande.shape[0] - kh) // stride) + 1
    ancho = -(-(grande.shape[1] - kw) // stride) + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            trozo = grande[f : f + kh, c : c + kw]
            mapa[i, j] = np.sum(trozo * kernel[: trozo.shape[0], : trozo.shape[1]])
    return mapa


@conv2d.misconception(
    "tamano-sin-mas-uno",
    "Olvida el + 1 del tamaño y pierde la última fila y la última columna",
    hint="¿Cuántas ventanas caben en una imagen que mide lo mismo que el kernel?",
)
def conv_tamano_sin_mas_uno(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = (grande.shape[0] - kh) // stride
    ancho = (grande.shape[1] - kw) // stride
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "tamano-sin-padding",
    "Calcula el tamaño del mapa sin contar el padding",
    hint="Con más marco caben más ventanas. ¿Qué alto usas para calcular el tamaño?",
)
def conv_tamano_sin_padding(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = (imagen.shape[0] - kh) // stride + 1
    ancho = (imagen.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "ignora-el-padding",
    "No añade el padding a la imagen",
    hint="¿Cambia tu mapa al cambiar padding?",
)
def conv_ignora_el_padding(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = imagen.astype(float)
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "solo-same",
    "Entiende valid y same, pero no un número",
    hint="padding también puede ser un número de píxeles.",
)
def conv_solo_same(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "padding-en-una-esquina",
    "Pone el padding solo arriba y a la izquierda",
    hint="Un marco tiene cuatro lados. ¿Qué hay a la derecha y abajo?",
)
def conv_padding_en_una_esquina(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, 0))
    grande = np.pad(imagen.astype(float), lados)
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "padding-al-final",
    "Pone el padding solo abajo y a la derecha",
    hint="Un marco tiene cuatro lados. ¿Qué hay a la izquierda y arriba?",
)
def conv_padding_al_final(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((0, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "padding-repartido",
    "Reparte p entre los dos lados en vez de poner p en cada uno",
    hint="Con padding=1 hay un cero a cada lado, dos en total.",
)
def conv_padding_repartido(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p // 2, p - p // 2))
    grande = np.pad(imagen.astype(float), lados)
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "padding-en-un-eje",
    "Añade padding solo a las columnas",
    hint="Mira el alto de tu mapa: ¿ha contado el marco de arriba y de abajo?",
)
def conv_padding_en_un_eje(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    lados[0] = (0, 0)
    grande = np.pad(imagen.astype(float), lados)
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "rellena-con-el-borde",
    "Repite los píxeles del borde en vez de poner ceros",
    hint="El marco es de ceros. Pon una imagen de unos y mira la esquina del mapa.",
)
def conv_rellena_con_el_borde(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados, mode="edge")
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "rellena-con-espejo",
    "Rellena con un espejo de la imagen en vez de poner ceros",
    hint="El marco es de ceros: fuera de la imagen no hay nada que reflejar.",
)
def conv_rellena_con_espejo(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados, mode="symmetric")
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "rellena-con-unos",
    "Pone unos en el marco",
    hint="¿Cuánto tiene que valer un píxel de fuera para no sumar nada?",
)
def conv_rellena_con_unos(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados, constant_values=1)
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "marco-en-el-mapa",
    "Con padding, calcula sin él y rodea el mapa de ceros",
    hint="El marco rodea a la imagen, antes de deslizar. En los bordes del mapa también hay sumas.",
)
def conv_marco_en_el_mapa(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = imagen.astype(float)
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return np.pad(mapa, lados)


@conv2d.misconception(
    "same-mitad-del-kernel",
    "Con same pone kernel // 2 a cada lado, y con un kernel par el mapa crece",
    hint="Prueba same con un kernel de 1×2: ¿cuánto mide el mapa?",
)
def conv_same_mitad_del_kernel(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for k in kernel.shape:
        if padding == "same":
            lados.append((k // 2, k // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "same-mitad-por-abajo",
    "Con same pone (k − 1) // 2 a cada lado, y con un kernel par el mapa encoge",
    hint="Prueba same con un kernel de 1×2: ¿cuánto mide el mapa?",
)
def conv_same_mitad_por_abajo(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for k in kernel.shape:
        if padding == "same":
            lados.append(((k - 1) // 2, (k - 1) // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "same-impar-antes",
    "Con same pone antes el píxel que sobra",
    hint="Si el total es impar, el enunciado dice en qué lado va el que sobra.",
)
def conv_same_impar_antes(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total - total // 2, total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "same-de-stride-1",
    "Con same calcula el marco como si el stride fuera 1",
    hint="Con stride=2 hacen falta menos ceros. ¿Entra stride en tu cuenta del total?",
)
def conv_same_de_stride_1(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for k in kernel.shape:
        if padding == "same":
            total = k - 1
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "same-para-medir-n",
    "Con same añade marco hasta que el mapa mide n, aunque haya stride",
    hint="Con stride=2 el mapa mide la mitad de n. ¿Y el tuyo?",
)
def conv_same_para_medir_n(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = (n - 1) * stride + k - n
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "same-sin-limite",
    "Con same no limita a cero el total y pide un marco negativo",
    hint="Si el stride es mayor que el kernel pueden sobrar píxeles. ¿Cuántos se añaden?",
)
def conv_same_sin_limite(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = (-(-n // stride) - 1) * stride + k - n
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "same-con-el-alto",
    "Con same usa el marco del alto también para el ancho",
    hint="Haz la cuenta de cada eje por separado: con un kernel de 3×2 no sale lo mismo.",
)
def conv_same_con_el_alto(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), (lados[0], lados[0]))
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "same-como-valid",
    "Con same no añade el marco de ceros",
    hint="Con same y stride 1 el mapa mide lo mismo que la imagen.",
)
def conv_same_como_valid(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for _ in imagen.shape:
        p = 0 if padding in ("valid", "same") else padding
        lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "kernel-girado-180",
    "Gira el kernel 180° antes de deslizarlo",
    hint="En este curso el kernel se apoya tal cual. Prueba con uno que no sea simétrico.",
)
def conv_kernel_girado_180(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel[::-1, ::-1])
    return mapa


@conv2d.misconception(
    "kernel-volteado",
    "Voltea el kernel de izquierda a derecha",
    hint="¿Qué peso cae sobre el píxel de la izquierda de la ventana?",
)
def conv_kernel_volteado(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel[:, ::-1])
    return mapa


@conv2d.misconception(
    "kernel-cuadrado",
    "Da por hecho que el kernel es cuadrado",
    hint="kernel.shape tiene dos números y pueden ser distintos.",
)
def conv_kernel_cuadrado(imagen, kernel, stride=1, padding="valid"):
    kh = kw = len(kernel)
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "imagen-cuadrada",
    "Usa el alto del mapa también como ancho",
    hint="Prueba con una imagen que no sea cuadrada.",
)
def conv_imagen_cuadrada(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = alto
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "promedio",
    "Promedia los productos en vez de sumarlos",
    hint="Compara un número de tu mapa con la suma hecha a mano.",
)
def conv_promedio(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.mean(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "filas-y-columnas-cambiadas",
    "Corta la ventana con la columna primero",
    hint="El primer índice de un array es la fila. ¿Cuál usas primero al cortar?",
)
def conv_filas_y_columnas_cambiadas(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    grande = np.pad(grande, (0, stride * max(alto, ancho) + max(kh, kw)))
    for i in range(alto):
        for j in range(ancho):
            f, c = j * stride, i * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "tipo-de-la-imagen",
    "Devuelve el mapa con el tipo de la imagen: un uint8 no guarda negativos ni decimales",
    hint="Si la imagen es uint8, ¿qué pasa al guardar −3 o 0.5 en tu mapa?",
)
def conv_tipo_de_la_imagen(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa.astype(np.int64).astype(imagen.dtype)


@conv2d.misconception(
    "kernel-al-tipo-de-la-imagen",
    "Convierte el kernel al tipo de la imagen y pierde signos y decimales",
    hint="Si la imagen es uint8, ¿en qué se convierte un peso de −0.5?",
)
def conv_kernel_al_tipo_de_la_imagen(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    kernel = kernel.astype(np.int64).astype(imagen.dtype)
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return mapa


@conv2d.misconception(
    "recorta-negativos",
    "Cambia los números negativos del mapa por ceros",
    hint="Eso es una activación, que llega en la unidad siguiente: aquí los negativos se quedan.",
)
def conv_recorta_negativos(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    return np.maximum(mapa, 0)


@conv2d.misconception(
    "modifica-la-imagen",
    "Calcula bien, pero deja cambiada la imagen que recibe",
    hint="Mira si algún corte de la imagen está a la izquierda de un signo igual.",
)
def conv_modifica_la_imagen(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
    imagen[:alto, :ancho] = mapa[: imagen.shape[0], : imagen.shape[1]]
    return mapa


@conv2d.misconception(
    "return-dentro-del-bucle",
    "Devuelve el mapa al terminar la primera fila",
    hint="Mira la sangría de return: ¿cuántas veces se repite el bucle de fuera?",
)
def conv_return_dentro_del_bucle(imagen, kernel, stride=1, padding="valid"):
    kh, kw = kernel.shape
    lados = []
    for n, k in zip(imagen.shape, kernel.shape, strict=True):
        if padding == "same":
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            lados.append((total // 2, total - total // 2))
        else:
            p = 0 if padding == "valid" else padding
            lados.append((p, p))
    grande = np.pad(imagen.astype(float), lados)
    alto = (grande.shape[0] - kh) // stride + 1
    ancho = (grande.shape[1] - kw) // stride + 1
    mapa = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            f, c = i * stride, j * stride
            mapa[i, j] = np.sum(grande[f : f + kh, c : c + kw] * kernel)
        return mapa
