"""Catálogo de la unidad 08: cómo se responde a sus ejercicios, bien y mal.

Cada función está escrita como la escribiría un estudiante. Las pruebas de la unidad
deben aceptar todas las correctas y rechazar todos los errores (`make matrix`).
"""

import numpy as np

from course_lib.grading.catalog import Exercise

pool2d = Exercise("pool2d", section="Una ventana, a mano")
global_avg_pool = Exercise("global_avg_pool", section="Pooling global")

# --- pool2d: un número por ventana -----------------------------------------------------


@pool2d.is_reference
def pool_referencia(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1))
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1))
    return resumen


@pool2d.alternative("vectorizada", "sliding_window_view, sin bucles")
def pool_vectorizada(mapa, pool_size=2, stride=None, mode="max"):
    paso = stride or pool_size
    lados = (pool_size, pool_size)
    ventanas = np.lib.stride_tricks.sliding_window_view(mapa, lados, axis=(0, 1))[::paso, ::paso]
    return getattr(ventanas, {"max": "max", "avg": "mean"}[mode])(axis=(-2, -1))


@pool2d.alternative("listas", "Solo bucles y listas de Python, canal a canal")
def pool_listas(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride

    def plano(canal):
        salida = []
        for i in range(0, len(canal) - pool_size + 1, paso):
            linea = []
            for j in range(0, len(canal[0]) - pool_size + 1, paso):
                vistos = [float(v) for f in canal[i : i + pool_size] for v in f[j : j + pool_size]]
                linea.append(max(vistos) if mode == "max" else sum(vistos) / len(vistos))
            salida.append(linea)
        return salida

    if mapa.ndim == 2:
        return plano(mapa)
    return np.stack([plano(mapa[:, :, c]) for c in range(mapa.shape[2])], axis=2)


@pool2d.alternative("desplazadas", "Combina imágenes desplazadas, una por casilla de la ventana")
def pool_desplazadas(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto, ancho = mapa.shape[0] - pool_size + 1, mapa.shape[1] - pool_size + 1
    copias = []
    for a in range(pool_size):
        for b in range(pool_size):
            copias.append(mapa[a : a + alto : paso, b : b + ancho : paso].astype(np.float64))
    if mode == "max":
        return np.maximum.reduce(copias)
    return sum(copias) / len(copias)


@pool2d.alternative("primero-filas-despues-columnas", "Resume las filas y después las columnas")
def pool_primero_filas_despues_columnas(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    resumir = np.max if mode == "max" else np.mean
    filas = range(0, mapa.shape[0] - pool_size + 1, paso)
    bandas = np.array([resumir(mapa[i : i + pool_size], axis=0) for i in filas])
    columnas = range(0, mapa.shape[1] - pool_size + 1, paso)
    juntas = [resumir(bandas[:, j : j + pool_size], axis=1) for j in columnas]
    return np.stack(juntas, axis=1)


@pool2d.alternative("ventanas-planas", "Aplana las ventanas y las resume todas a la vez")
def pool_ventanas_planas(mapa, pool_size=2, stride=None, mode="max"):
    paso = stride if stride is not None else pool_size
    filas = np.arange(0, mapa.shape[0] - pool_size + 1, paso)
    columnas = np.arange(0, mapa.shape[1] - pool_size + 1, paso)
    lado = np.arange(pool_size)
    arriba = (filas[:, None] + lado)[:, None, :, None]
    izquierda = (columnas[:, None] + lado)[None, :, None, :]
    ventanas = mapa[arriba, izquierda]
    planas = ventanas.reshape(len(filas), len(columnas), pool_size**2, *mapa.shape[2:])
    return planas.max(axis=2) if mode == "max" else planas.mean(axis=2)


@pool2d.alternative("maximo-a-mano", "Busca el máximo comparando y suma en float32")
def pool_maximo_a_mano(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    salida = {}
    for i, fila in enumerate(range(0, mapa.shape[0] - pool_size + 1, paso)):
        for j, columna in enumerate(range(0, mapa.shape[1] - pool_size + 1, paso)):
            mayor, suma = mapa[fila, columna].copy(), 0
            for a in range(pool_size):
                for b in range(pool_size):
                    valor = mapa[fila + a, columna + b]
                    mayor = np.where(valor > mayor, valor, mayor)
                    suma = suma + np.asarray(valor, dtype=np.float32)
            salida[i, j] = mayor if mode == "max" else suma / pool_size**2
    alto, ancho = i + 1, j + 1
    return np.array([[salida[f, c] for c in range(ancho)] for f in range(alto)])


@pool2d.alternative("ordena", "Ordena cada ventana y se queda con el último")
def pool_ordena(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    canales = mapa.reshape(mapa.shape[0], mapa.shape[1], -1).astype(float)
    alto = int((mapa.shape[0] - pool_size) / paso) + 1
    ancho = int((mapa.shape[1] - pool_size) / paso) + 1
    resumen = np.full((alto, ancho, canales.shape[2]), np.nan)
    for i, j, c in np.ndindex(resumen.shape):
        f, k = i * paso, j * paso
        ventana = np.sort(canales[f : f + pool_size, k : k + pool_size, c], axis=None)
        resumen[i, j, c] = ventana[-1] if mode == "max" else np.average(ventana)
    return resumen.reshape((alto, ancho) + mapa.shape[2:])


@pool2d.misconception(
    "maximo-desde-cero",
    "Empieza a buscar el máximo desde 0",
    hint="Prueba con una ventana en la que todos los valores sean negativos.",
)
def pool_maximo_desde_cero(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = np.maximum(0, ventana.max(axis=(0, 1)))
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1))
    return resumen


@pool2d.misconception(
    "maximo-sin-signo",
    "Busca el valor más grande sin mirar el signo",
    hint="−9 está más lejos de cero que 2, pero ¿cuál es mayor?",
)
def pool_maximo_sin_signo(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = np.abs(ventana).max(axis=(0, 1))
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1))
    return resumen


@pool2d.misconception(
    "minimo",
    "Se queda con el menor valor",
    hint="Repasa qué pide cada modo: ¿el mayor o el menor?",
)
def pool_minimo(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.min(axis=(0, 1))
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1))
    return resumen


@pool2d.misconception(
    "suma",
    "Suma la ventana en vez de promediarla",
    hint="La media de cuatro unos es 1. ¿Qué te sale a ti?",
)
def pool_suma(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1))
            else:
                resumen[i, j] = ventana.sum(axis=(0, 1))
    return resumen


@pool2d.misconception(
    "mediana",
    "Usa la mediana en vez de la media",
    hint="La mediana es el valor del medio; la media reparte la suma entre todos.",
)
def pool_mediana(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1))
            else:
                resumen[i, j] = np.median(ventana, axis=(0, 1))
    return resumen


@pool2d.misconception(
    "divide-entre-el-lado",
    "Divide la suma entre el lado de la ventana",
    hint="¿Cuántos valores hay en una ventana de 3×3?",
)
def pool_divide_entre_el_lado(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1))
            else:
                resumen[i, j] = ventana.sum(axis=(0, 1)) / pool_size
    return resumen


@pool2d.misconception(
    "divide-entre-cuatro",
    "Divide siempre la suma entre 4",
    hint="El 4 vale para ventanas de 2×2. ¿Y para las demás?",
)
def pool_divide_entre_cuatro(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1))
            else:
                resumen[i, j] = ventana.sum(axis=(0, 1)) / 4
    return resumen


@pool2d.misconception(
    "media-entera",
    "Redondea la media a un entero",
    hint="La media de dos píxeles vecinos puede tener decimales.",
)
def pool_media_entera(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1))
            else:
                resumen[i, j] = ventana.sum(axis=(0, 1)) // pool_size**2
    return resumen


@pool2d.misconception(
    "siempre-maximo",
    "Calcula siempre el máximo",
    hint="¿Miras el argumento mode en algún sitio?",
)
def pool_siempre_maximo(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1))
            else:
                resumen[i, j] = ventana.max(axis=(0, 1))
    return resumen


@pool2d.misconception(
    "siempre-media",
    "Calcula siempre la media",
    hint="¿Miras el argumento mode en algún sitio?",
)
def pool_siempre_media(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.mean(axis=(0, 1))
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1))
    return resumen


@pool2d.misconception(
    "modos-cambiados",
    "Hace la media cuando se pide el máximo, y al revés",
    hint="Repasa en qué rama de la condición está cada resumen.",
)
def pool_modos_cambiados(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "avg":
                resumen[i, j] = ventana.max(axis=(0, 1))
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1))
    return resumen


@pool2d.misconception(
    "el-primero",
    "Se queda con el píxel de arriba a la izquierda de la ventana",
    hint="Eso es saltar píxeles sin mirarlos. El resumen tiene que ver toda la ventana.",
)
def pool_el_primero(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana[0, 0]
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1))
    return resumen


@pool2d.misconception(
    "mezcla-canales",
    "Mezcla los canales en un solo resumen",
    hint="Con dos canales debería haber dos resúmenes por ventana. ¿Cuántos ejes resumes?",
)
def pool_mezcla_canales(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max()
            else:
                resumen[i, j] = ventana.mean()
    return resumen


@pool2d.misconception(
    "maximo-entre-canales",
    "Resume los canales en vez de las ventanas",
    hint="Los canales son el último eje, y ese tiene que quedarse como está.",
)
def pool_maximo_entre_canales(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1))
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1))
    if mapa.ndim == 3:
        resumen = resumen.max(axis=2) if mode == "max" else resumen.mean(axis=2)
    return resumen


@pool2d.misconception(
    "solo-el-primer-canal",
    "Resume solo el primer canal",
    hint="¿Cuántos canales tiene tu resultado? Tienen que salir todos los que entran.",
)
def pool_solo_el_primer_canal(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = (mapa if mapa.ndim == 2 else mapa[:, :, 0])[
                fila : fila + pool_size, columna : columna + pool_size
            ]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1))
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1))
    return resumen


@pool2d.misconception(
    "canales-delante",
    "Devuelve los canales en el primer eje",
    hint="En este curso los canales van al final.",
)
def pool_canales_delante(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1))
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1))
    return np.moveaxis(resumen, -1, 0) if resumen.ndim == 3 else resumen


@pool2d.misconception(
    "ignora-el-stride",
    "No tiene en cuenta el stride",
    hint="Con ventana 2 y stride 1 las ventanas se solapan: ¿cuántas caben?",
)
def pool_ignora_el_stride(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1))
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1))
    return resumen


@pool2d.misconception(
    "sin-stride-es-uno",
    "Avanza de uno en uno si no se dice nada",
    hint="¿Qué dice el enunciado que pasa cuando stride es None?",
)
def pool_sin_stride_es_uno(mapa, pool_size=2, stride=None, mode="max"):
    paso = 1 if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1))
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1))
    return resumen


@pool2d.misconception(
    "stride-dos-fijo",
    "Avanza de dos en dos si no se dice nada",
    hint="¿De dónde sale ese 2? Prueba con una ventana de 3.",
)
def pool_stride_dos_fijo(mapa, pool_size=2, stride=None, mode="max"):
    paso = 2 if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1))
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1))
    return resumen


@pool2d.misconception(
    "ventana-dos-fija",
    "Usa siempre una ventana de 2×2",
    hint="Busca los números escritos a mano en tu código.",
)
def pool_ventana_dos_fija(mapa, pool_size=2, stride=None, mode="max"):
    pool_size = 2 if stride is None else min(2, pool_size)
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1))
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1))
    return resumen


@pool2d.misconception(
    "stride-solo-en-el-tamano",
    "Usa el stride en el tamaño, pero coloca las ventanas con pool_size",
    hint="El mapa mide lo justo, pero ¿dónde empieza la segunda ventana?",
)
def pool_stride_solo_en_el_tamano(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * pool_size, j * pool_size
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1)) if ventana.size else 0
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1)) if ventana.size else 0
    return resumen


@pool2d.misconception(
    "stride-en-un-solo-eje",
    "Aplica el stride solo a las filas",
    hint="La ventana avanza lo mismo en vertical que en horizontal.",
)
def pool_stride_en_un_solo_eje(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = mapa.shape[1] // pool_size
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * pool_size
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1))
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1))
    return resumen


@pool2d.misconception(
    "tamano-sin-ventana",
    "Calcula el tamaño dividiendo el mapa entre el stride",
    hint="La última ventana tiene que caber entera: ¿dónde puede empezar, como mucho?",
)
def pool_tamano_sin_ventana(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = mapa.shape[0] // paso
    ancho = mapa.shape[1] // paso
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1))
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1))
    return resumen


@pool2d.misconception(
    "tamano-entre-ventana",
    "Calcula el tamaño dividiendo el mapa entre la ventana",
    hint="Eso vale cuando las ventanas no se solapan. ¿Y con otro stride?",
)
def pool_tamano_entre_ventana(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = min(mapa.shape[0] // pool_size, (mapa.shape[0] - pool_size) // paso + 1)
    ancho = min(mapa.shape[1] // pool_size, (mapa.shape[1] - pool_size) // paso + 1)
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1))
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1))
    return resumen


@pool2d.misconception(
    "tamano-sin-mas-uno",
    "Olvida el + 1 del tamaño",
    hint="¿Cuántas ventanas de 2 caben en 4 píxeles, sin solaparse?",
)
def pool_tamano_sin_mas_uno(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso
    ancho = (mapa.shape[1] - pool_size) // paso
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1))
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1))
    return resumen


@pool2d.misconception(
    "ventanas-incompletas",
    "Resume también las ventanas que no caben enteras",
    hint="¿Qué dice el enunciado de las ventanas que se salen?",
)
def pool_ventanas_incompletas(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = -(-(mapa.shape[0] - pool_size) // paso) + 1
    ancho = -(-(mapa.shape[1] - pool_size) // paso) + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1)) if ventana.size else 0
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1)) if ventana.size else 0
    return resumen


@pool2d.misconception(
    "rellena-con-ceros",
    "Añade ceros para que quepa una ventana más",
    hint="Un cero inventado puede ganar a todos los píxeles de verdad. ¿Se pide padding?",
)
def pool_rellena_con_ceros(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    sobra = [-(n - pool_size) % paso for n in mapa.shape[:2]]
    mapa = np.pad(mapa, [(0, sobra[0]), (0, sobra[1])] + [(0, 0)] * (mapa.ndim - 2))
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1))
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1))
    return resumen


@pool2d.misconception(
    "marco-de-ceros",
    "Rodea el mapa de ceros antes de resumir",
    hint="El pooling de este ejercicio no lleva padding: el mapa encoge.",
)
def pool_marco_de_ceros(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    mapa = np.pad(mapa, [(1, 1), (1, 1)] + [(0, 0)] * (mapa.ndim - 2))
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1))
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1))
    return resumen


@pool2d.misconception(
    "no-encoge",
    "Escribe el resumen en toda la ventana y devuelve un mapa del mismo tamaño",
    hint="De cada ventana sale un número, no una ventana entera.",
)
def pool_no_encoge(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros(mapa.shape)
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[fila : fila + pool_size, columna : columna + pool_size] = ventana.max(
                    axis=(0, 1)
                )
            else:
                resumen[fila : fila + pool_size, columna : columna + pool_size] = ventana.mean(
                    axis=(0, 1)
                )
    return resumen


@pool2d.misconception(
    "alto-para-los-dos-ejes",
    "Usa el alto del mapa también para las columnas",
    hint="Pruébala con un mapa que no sea cuadrado.",
)
def pool_alto_para_los_dos_ejes(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = alto
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1)) if ventana.size else 0
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1)) if ventana.size else 0
    return resumen


@pool2d.misconception(
    "filas-y-columnas-cambiadas",
    "Devuelve el resumen con las filas y las columnas cambiadas",
    hint="La primera fila del resultado sale de la primera fila de ventanas.",
)
def pool_filas_y_columnas_cambiadas(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1))
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1))
    return resumen.swapaxes(0, 1)


@pool2d.misconception(
    "resume-por-filas",
    "Resume cada fila de la ventana y se queda con la primera",
    hint="Una ventana tiene filas y columnas: hay que resumir las dos cosas.",
)
def pool_resume_por_filas(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + 1, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1))
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1))
    return resumen


@pool2d.misconception(
    "resultado-plano",
    "Devuelve una lista de números en vez de un mapa",
    hint="El resultado también tiene filas y columnas.",
)
def pool_resultado_plano(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1))
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1))
    return resumen.reshape(-1, *mapa.shape[2:])


@pool2d.misconception(
    "tipo-del-mapa",
    "Guarda el resumen con el tipo del mapa",
    hint="Si el mapa es uint8, ¿puede tu resultado guardar 2.5?",
)
def pool_tipo_del_mapa(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:], dtype=mapa.dtype)
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1))
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1))
    return resumen


@pool2d.misconception(
    "desborda-la-suma",
    "Suma los píxeles en uint8 antes de dividir",
    hint="200 + 100 no cabe en un uint8: la cuenta da la vuelta en 256.",
)
def pool_desborda_la_suma(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1))
            else:
                resumen[i, j] = ventana.sum(axis=(0, 1), dtype=mapa.dtype) / pool_size**2
    return resumen


@pool2d.misconception(
    "escribe-en-el-mapa",
    "Guarda los resúmenes encima del mapa que recibe",
    hint="Las ventanas siguientes leen números ya cambiados, y quien te llamó pierde su mapa.",
)
def pool_escribe_en_el_mapa(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                mapa[i, j] = ventana.max(axis=(0, 1))
            else:
                mapa[i, j] = ventana.mean(axis=(0, 1))
    return mapa[:alto, :ancho]


@pool2d.misconception(
    "tacha-el-maximo",
    "Calcula bien, pero deja cambiado el mapa que recibe",
    hint="Mira si escribes algo dentro del mapa mientras buscas.",
)
def pool_tacha_el_maximo(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1))
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1))
    mapa[mapa == mapa.max()] = mapa.min()
    return resumen


@pool2d.misconception(
    "posicion-del-maximo",
    "Devuelve dónde está el máximo en vez de cuánto vale",
    hint="Se pide el valor, no su posición. ¿Qué devuelve la función que usas?",
)
def pool_posicion_del_maximo(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = np.argmax(ventana.reshape(pool_size**2, *mapa.shape[2:]), axis=0)
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1))
    return resumen


@pool2d.misconception(
    "acumula-el-maximo",
    "No olvida el máximo de las ventanas anteriores",
    hint="¿Dónde pones a punto la variable del máximo: antes de los bucles o en cada ventana?",
)
def pool_acumula_el_maximo(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    mayor = mapa[0, 0]
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                mayor = np.maximum(mayor, ventana.max(axis=(0, 1)))
                resumen[i, j] = mayor
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1))
    return resumen


@pool2d.misconception(
    "return-dentro-del-bucle",
    "Devuelve el resumen al terminar la primera fila",
    hint="Mira la sangría de return: ¿cuántas veces llega a repetirse el bucle?",
)
def pool_return_dentro_del_bucle(mapa, pool_size=2, stride=None, mode="max"):
    paso = pool_size if stride is None else stride
    alto = (mapa.shape[0] - pool_size) // paso + 1
    ancho = (mapa.shape[1] - pool_size) // paso + 1
    resumen = np.zeros((alto, ancho) + mapa.shape[2:])
    for i in range(alto):
        for j in range(ancho):
            fila, columna = i * paso, j * paso
            ventana = mapa[fila : fila + pool_size, columna : columna + pool_size]
            if mode == "max":
                resumen[i, j] = ventana.max(axis=(0, 1))
            else:
                resumen[i, j] = ventana.mean(axis=(0, 1))
        return resumen


# --- global_avg_pool: un número por canal ----------------------------------------------


@global_avg_pool.is_reference
def global_referencia(mapas):
    return mapas.mean(axis=(0, 1))


@global_avg_pool.alternative("bucle-de-canales", "Un bucle por canal y una lista")
def global_bucle_de_canales(mapas):
    medias = []
    for c in range(mapas.shape[2]):
        medias.append(np.mean(mapas[:, :, c]))
    return medias


@global_avg_pool.alternative("suma-y-divide", "Suma todo y divide entre los píxeles")
def global_suma_y_divide(mapas):
    alto, ancho, canales = mapas.shape
    return np.sum(mapas, axis=(0, 1)) / (alto * ancho)


@global_avg_pool.alternative("aplana", "Pone un píxel por fila y promedia las filas")
def global_aplana(mapas):
    return np.average(mapas.reshape(-1, mapas.shape[-1]), axis=0)


@global_avg_pool.alternative("dos-medias", "Media de las filas y después de las columnas")
def global_dos_medias(mapas):
    return mapas.mean(axis=0).mean(axis=0)


@global_avg_pool.alternative("einsum", "einsum con un peso igual para todos")
def global_einsum(mapas):
    pixeles = mapas.shape[0] * mapas.shape[1]
    return np.einsum("ijc->c", mapas.astype(float)) / pixeles


@global_avg_pool.alternative("bucles-de-python", "Tres bucles de Python y un acumulador")
def global_bucles_de_python(mapas):
    alto, ancho, canales = mapas.shape
    sumas = [0.0] * canales
    for fila in mapas:
        for pixel in fila:
            for c, valor in enumerate(pixel):
                sumas[c] += float(valor)
    return tuple(suma / alto / ancho for suma in sumas)


@global_avg_pool.misconception(
    "media-de-todo",
    "Hace una sola media de todos los canales",
    hint="Si entran tres canales, ¿cuántos números tienen que salir?",
)
def global_media_de_todo(mapas):
    return mapas.mean()


@global_avg_pool.misconception(
    "media-entre-canales",
    "Promedia los canales de cada píxel",
    hint="Sale un mapa, no un número por canal. ¿Qué eje estás resumiendo?",
)
def global_media_entre_canales(mapas):
    return mapas.mean(axis=2)


@global_avg_pool.misconception(
    "solo-las-filas",
    "Resume solo un eje",
    hint="Todavía queda un eje de píxeles en tu resultado.",
)
def global_solo_las_filas(mapas):
    return mapas.mean(axis=0)


@global_avg_pool.misconception(
    "canales-delante",
    "Da por hecho que los canales están en el primer eje",
    hint="En este curso la forma es (alto, ancho, canales).",
)
def global_canales_delante(mapas):
    return mapas.mean(axis=(1, 2))


@global_avg_pool.misconception(
    "suma",
    "Suma en vez de promediar",
    hint="Un mapa el doble de grande daría el doble: ¿es eso una media?",
)
def global_suma(mapas):
    return mapas.sum(axis=(0, 1))


@global_avg_pool.misconception(
    "maximo",
    "Se queda con el máximo",
    hint="Se pide la media de cada canal.",
)
def global_maximo(mapas):
    return mapas.max(axis=(0, 1))


@global_avg_pool.misconception(
    "con-ejes-de-sobra",
    "Deja los ejes resumidos con longitud 1",
    hint="La forma que se pide tiene un solo número: los canales.",
)
def global_con_ejes_de_sobra(mapas):
    return mapas.mean(axis=(0, 1), keepdims=True)


@global_avg_pool.misconception(
    "solo-el-primer-canal",
    "Promedia solo el primer canal",
    hint="¿Qué pasa con los demás canales? De cada uno sale un número.",
)
def global_solo_el_primer_canal(mapas):
    return mapas[:, :, 0].mean()


@global_avg_pool.misconception(
    "divide-entre-todo",
    "Divide entre todos los números, no entre los píxeles",
    hint="Cada canal tiene alto × ancho valores: ¿entre cuántos hay que repartir?",
)
def global_divide_entre_todo(mapas):
    return mapas.sum(axis=(0, 1)) / mapas.size


@global_avg_pool.misconception(
    "divide-entre-el-alto",
    "Divide la suma solo entre el alto",
    hint="¿Cuántos píxeles tiene un mapa de 3×4?",
)
def global_divide_entre_el_alto(mapas):
    return mapas.sum(axis=(0, 1)) / mapas.shape[0]


@global_avg_pool.misconception(
    "alto-por-alto",
    "Divide entre el alto al cuadrado",
    hint="Pruébala con mapas que no sean cuadrados.",
)
def global_alto_por_alto(mapas):
    return mapas.sum(axis=(0, 1)) / mapas.shape[0] ** 2


@global_avg_pool.misconception(
    "media-entera",
    "Redondea la media a un entero",
    hint="La media de 0 y 1 no es ni 0 ni 1.",
)
def global_media_entera(mapas):
    return mapas.sum(axis=(0, 1)) // (mapas.shape[0] * mapas.shape[1])


@global_avg_pool.misconception(
    "tipo-de-los-mapas",
    "Devuelve la media con el tipo de los mapas",
    hint="Si los mapas son uint8, ¿puede tu resultado guardar 0.5?",
)
def global_tipo_de_los_mapas(mapas):
    return mapas.mean(axis=(0, 1)).astype(mapas.dtype)


@global_avg_pool.misconception(
    "desborda-la-suma",
    "Suma los píxeles con el tipo de los mapas",
    hint="La suma de muchos uint8 no cabe en un uint8.",
)
def global_desborda_la_suma(mapas):
    return mapas.sum(axis=(0, 1), dtype=mapas.dtype) / (mapas.shape[0] * mapas.shape[1])


@global_avg_pool.misconception(
    "mediana",
    "Usa la mediana en vez de la media",
    hint="La mediana es el valor del medio; la media reparte la suma entre todos.",
)
def global_mediana(mapas):
    return np.median(mapas, axis=(0, 1))


@global_avg_pool.misconception(
    "divide-en-el-sitio",
    "Calcula bien, pero deja cambiados los mapas que recibe",
    hint="Mira si usas /= o -= con lo que has recibido.",
)
def global_divide_en_el_sitio(mapas):
    medias = mapas.mean(axis=(0, 1))
    mapas -= medias.astype(mapas.dtype)
    return medias
