"""Catálogo de la unidad 04: cómo se responde a sus ejercicios, bien y mal.

Cada función está escrita como la escribiría un estudiante. Las pruebas de la unidad
deben aceptar todas las correctas y rechazar todos los errores (`make matrix`).
"""

import numpy as np

from course_lib.grading.catalog import YA_HECHAS, Exercise

# El enunciado de pad2d lo dice: con np.pad el marco vendría ya puesto.
pad2d = Exercise("pad2d", forbidden=(*YA_HECHAS, "numpy.pad"), section="La idea en una imagen")
same_padding = Exercise("same_padding", section="¿Y con un kernel par?")

# --- pad2d: un marco alrededor de la imagen ------------------------------------------


@pad2d.is_reference
def pad_referencia(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = ((padding, padding), (padding, padding))
    (arriba, abajo), (izquierda, derecha) = padding
    alto, ancho, *canales = imagen.shape
    forma = (arriba + alto + abajo, izquierda + ancho + derecha, *canales)
    grande = np.full(forma, float(value))
    grande[arriba : arriba + alto, izquierda : izquierda + ancho] = imagen
    return grande


@pad2d.alternative("bucles", "Dos bucles que copian píxel a píxel")
def pad_bucles(imagen, padding, value=0.0):
    if isinstance(padding, int):
        arriba = abajo = izquierda = derecha = padding
    else:
        arriba, abajo = padding[0]
        izquierda, derecha = padding[1]
    filas = arriba + len(imagen) + abajo
    columnas = izquierda + len(imagen[0]) + derecha
    grande = np.ones((filas, columnas) + imagen.shape[2:], dtype=float) * value
    for f in range(len(imagen)):
        for c in range(len(imagen[0])):
            grande[f + arriba, c + izquierda] = imagen[f, c]
    return grande


@pad2d.alternative("concatenar", "Pega filas y columnas con concatenate")
def pad_concatenar(imagen, padding, value=0.0):
    if not isinstance(padding, int):
        (a, b), (i, d) = padding
    else:
        a = b = i = d = padding
    alto, ancho, *canales = imagen.shape
    canales = imagen.shape[2:]
    a_la_izquierda = np.full((alto, i) + canales, value, dtype=float)
    a_la_derecha = np.full((alto, d) + canales, value, dtype=float)
    banda = np.concatenate([a_la_izquierda, imagen, a_la_derecha], axis=1)
    encima = np.full((a, i + ancho + d) + canales, value, dtype=float)
    debajo = np.full((b, i + ancho + d) + canales, value, dtype=float)
    return np.concatenate([encima, banda, debajo], axis=0)


@pad2d.alternative("insertar", "Añade las líneas una a una con np.insert")
def pad_insertar(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = [[padding] * 2] * 2
    grande = imagen.astype(float)
    for eje in (0, 1):
        antes, despues = padding[eje]
        for _ in range(antes):
            grande = np.insert(grande, 0, value, axis=eje)
        for _ in range(despues):
            grande = np.insert(grande, grande.shape[eje], value, axis=eje)
    return grande


@pad2d.alternative("listas", "Listas de Python, sin arrays")
def pad_listas(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = ((padding, padding), (padding, padding))
    (arriba, abajo), (izquierda, derecha) = padding
    pixel = [value] * imagen.shape[2] if imagen.ndim == 3 else value
    ancho = izquierda + imagen.shape[1] + derecha
    filas = [[pixel] * ancho for _ in range(arriba)]
    for fila in imagen.tolist():
        filas.append([pixel] * izquierda + fila + [pixel] * derecha)
    return filas + [[pixel] * ancho for _ in range(abajo)]


@pad2d.alternative("indices", "Pregunta por cada píxel del resultado si cae dentro")
def pad_indices(imagen, padding, value=0.0):
    lados = np.array(padding if not isinstance(padding, int) else [[padding] * 2] * 2)
    alto, ancho, *canales = imagen.shape
    filas = np.arange(alto + lados[0].sum()) - lados[0, 0]
    columnas = np.arange(ancho + lados[1].sum()) - lados[1, 0]
    dentro_f = (filas >= 0) & (filas < alto)
    dentro_c = (columnas >= 0) & (columnas < ancho)
    copia = imagen[filas.clip(0, alto - 1)][:, columnas.clip(0, ancho - 1)].astype(float)
    copia[~dentro_f] = value
    copia[:, ~dentro_c] = value
    return copia


@pad2d.alternative("matrices", "Coloca la imagen con dos matrices de ceros y unos")
def pad_matrices(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = ((padding, padding), (padding, padding))
    (arriba, abajo), (izquierda, derecha) = padding
    alto, ancho, *canales = imagen.shape
    baja = np.eye(arriba + alto + abajo, alto, -arriba)
    mueve = np.eye(ancho, izquierda + ancho + derecha, izquierda)
    centrada = np.einsum("af,fc...,cb->ab...", baja, imagen - float(value), mueve)
    return centrada + value


@pad2d.alternative("float32", "Array vacío de float32 que se rellena después")
def pad_float32(imagen, padding, value=0.0):
    if hasattr(padding, "__len__"):
        (arriba, abajo), (izquierda, derecha) = padding
    else:
        arriba = abajo = izquierda = derecha = padding
    h, w, *canales = imagen.shape
    nueva = np.empty((h + arriba + abajo, w + izquierda + derecha, *canales), np.float32)
    nueva.fill(value)
    nueva[arriba : h + arriba, izquierda : w + izquierda] = imagen
    return nueva


@pad2d.misconception(
    "solo-arriba-y-a-la-izquierda",
    "Añade el marco una sola vez en cada eje: solo arriba y a la izquierda",
    hint="Un marco tiene cuatro lados. ¿Cuánto crece el alto si añades un píxel en cada uno?",
)
def pad_una_vez(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = ((padding, 0), (padding, 0))
    (arriba, abajo), (izquierda, derecha) = padding
    alto, ancho, *canales = imagen.shape
    grande = np.full((arriba + alto + abajo, izquierda + ancho + derecha, *canales), float(value))
    grande[arriba : arriba + alto, izquierda : izquierda + ancho] = imagen
    return grande


@pad2d.misconception(
    "solo-abajo-y-a-la-derecha",
    "Añade todo el marco abajo y a la derecha",
    hint="¿Dónde ha quedado el primer píxel de la imagen? Debería haber marco también por delante.",
)
def pad_al_final(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = ((padding, padding), (padding, padding))
    (arriba, abajo), (izquierda, derecha) = padding
    alto, ancho, *canales = imagen.shape
    grande = np.full((arriba + alto + abajo, izquierda + ancho + derecha, *canales), float(value))
    grande[:alto, :ancho] = imagen
    return grande


@pad2d.misconception(
    "mitad-a-cada-lado",
    "Reparte p entre los dos lados en vez de poner p en cada uno",
    hint="Con padding=1 hay un píxel arriba y otro abajo, no medio en cada lado.",
)
def pad_mitad(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = ((padding // 2, padding - padding // 2), (padding // 2, padding - padding // 2))
    (arriba, abajo), (izquierda, derecha) = padding
    alto, ancho, *canales = imagen.shape
    grande = np.full((arriba + alto + abajo, izquierda + ancho + derecha, *canales), float(value))
    grande[arriba : arriba + alto, izquierda : izquierda + ancho] = imagen
    return grande


@pad2d.misconception(
    "doble-en-cada-lado",
    "Pone 2·p píxeles en cada lado",
    hint="2·p es lo que crece el eje entero. ¿Cuánto le toca a cada lado?",
)
def pad_doble(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = ((2 * padding, 2 * padding), (2 * padding, 2 * padding))
    (arriba, abajo), (izquierda, derecha) = padding
    alto, ancho, *canales = imagen.shape
    grande = np.full((arriba + alto + abajo, izquierda + ancho + derecha, *canales), float(value))
    grande[arriba : arriba + alto, izquierda : izquierda + ancho] = imagen
    return grande


@pad2d.misconception(
    "solo-las-columnas",
    "Añade columnas a los lados y se olvida de las filas",
    hint="Mira la forma del resultado: ¿ha crecido también el alto?",
)
def pad_solo_columnas(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = ((padding, padding), (padding, padding))
    izquierda, derecha = padding[1]
    alto, ancho, *canales = imagen.shape
    grande = np.full((alto, izquierda + ancho + derecha, *canales), float(value))
    grande[:, izquierda : izquierda + ancho] = imagen
    return grande


@pad2d.misconception(
    "solo-las-filas",
    "Añade filas arriba y abajo y se olvida de las columnas",
    hint="Mira la forma del resultado: ¿ha crecido también el ancho?",
)
def pad_solo_filas(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = ((padding, padding), (padding, padding))
    arriba, abajo = padding[0]
    alto, ancho, *canales = imagen.shape
    grande = np.full((arriba + alto + abajo, ancho, *canales), float(value))
    grande[arriba : arriba + alto] = imagen
    return grande


@pad2d.misconception(
    "siempre-ceros",
    "Rellena siempre con ceros, sin mirar value",
    hint="¿Dónde usa tu código el argumento value?",
)
def pad_ceros(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = ((padding, padding), (padding, padding))
    (arriba, abajo), (izquierda, derecha) = padding
    alto, ancho, *canales = imagen.shape
    grande = np.zeros((arriba + alto + abajo, izquierda + ancho + derecha, *canales))
    grande[arriba : arriba + alto, izquierda : izquierda + ancho] = imagen
    return grande


@pad2d.misconception(
    "suma-el-valor",
    "Suma la imagen sobre el relleno: también cambian los píxeles de dentro",
    hint="Con value=9, ¿cuánto vale en tu resultado un píxel que valía 1?",
)
def pad_suma(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = ((padding, padding), (padding, padding))
    (arriba, abajo), (izquierda, derecha) = padding
    alto, ancho, *canales = imagen.shape
    grande = np.full((arriba + alto + abajo, izquierda + ancho + derecha, *canales), float(value))
    grande[arriba : arriba + alto, izquierda : izquierda + ancho] += imagen
    return grande


@pad2d.misconception(
    "ceros-por-value",
    "Cambia por value todos los ceros, también los que son píxeles de la imagen",
    hint="Una imagen puede tener píxeles negros de verdad. ¿Cómo los distingues del marco?",
)
def pad_reemplaza(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = ((padding, padding), (padding, padding))
    (arriba, abajo), (izquierda, derecha) = padding
    alto, ancho, *canales = imagen.shape
    grande = np.zeros((arriba + alto + abajo, izquierda + ancho + derecha, *canales))
    grande[arriba : arriba + alto, izquierda : izquierda + ancho] = imagen
    grande[grande == 0] = value
    return grande


@pad2d.misconception(
    "tipo-de-la-imagen",
    "Crea el array con el tipo de la imagen: en uint8 no caben −1 ni 0.5",
    hint="Si la imagen es uint8, ¿qué pasa al guardar 0.5 o −1 en tu array?",
)
def pad_tipo_imagen(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = ((padding, padding), (padding, padding))
    (arriba, abajo), (izquierda, derecha) = padding
    alto, ancho, *canales = imagen.shape
    forma = (arriba + alto + abajo, izquierda + ancho + derecha, *canales)
    grande = np.full(forma, float(value)).astype(imagen.dtype)
    grande[arriba : arriba + alto, izquierda : izquierda + ancho] = imagen
    return grande


@pad2d.misconception(
    "tipo-del-valor",
    "Crea el array con el tipo de value: si es un entero, los decimales de la imagen se pierden",
    hint="Prueba con value=9 y un píxel 0.5. ¿De qué tipo es el array que has creado?",
)
def pad_tipo_valor(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = ((padding, padding), (padding, padding))
    (arriba, abajo), (izquierda, derecha) = padding
    alto, ancho, *canales = imagen.shape
    forma = (arriba + alto + abajo, izquierda + ancho + derecha, *canales)
    grande = np.full(forma, value)
    grande[arriba : arriba + alto, izquierda : izquierda + ancho] = imagen
    return grande


@pad2d.misconception(
    "recorta-a-255",
    "Deja el relleno entre 0 y 255, como si siempre fuera un píxel uint8",
    hint="El enunciado deja que value sea negativo o mayor que 255. ¿Sale tal cual?",
)
def pad_recorta(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = ((padding, padding), (padding, padding))
    (arriba, abajo), (izquierda, derecha) = padding
    alto, ancho, *canales = imagen.shape
    forma = (arriba + alto + abajo, izquierda + ancho + derecha, *canales)
    grande = np.full(forma, float(min(255, max(0, value))))
    grande[arriba : arriba + alto, izquierda : izquierda + ancho] = imagen
    return grande


@pad2d.misconception(
    "repite-el-borde",
    "Repite los píxeles del borde en vez de rellenar con value",
    hint="Hay otros bordes posibles, pero aquí el marco entero vale lo mismo: value.",
)
def pad_borde(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = ((padding, padding), (padding, padding))
    (arriba, abajo), (izquierda, derecha) = padding
    alto, ancho, *canales = imagen.shape
    filas = np.clip(np.arange(-arriba, alto + abajo), 0, alto - 1)
    columnas = np.clip(np.arange(-izquierda, ancho + derecha), 0, ancho - 1)
    return imagen[filas][:, columnas].astype(float)


@pad2d.misconception(
    "da-la-vuelta",
    "Rellena con el lado opuesto de la imagen, como si fuera un cilindro",
    hint="El marco no sale de la imagen: todos sus píxeles valen value.",
)
def pad_vuelta(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = ((padding, padding), (padding, padding))
    (arriba, abajo), (izquierda, derecha) = padding
    alto, ancho, *canales = imagen.shape
    filas = np.arange(-arriba, alto + abajo) % alto
    columnas = np.arange(-izquierda, ancho + derecha) % ancho
    return imagen[filas][:, columnas].astype(float)


@pad2d.misconception(
    "tambien-los-canales",
    "Añade el marco también en el eje de los canales",
    hint="Una foto RGB tiene 3 canales antes y después del marco. ¿Cuántos tiene la tuya?",
)
def pad_canales(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = ((padding, padding), (padding, padding))
    antes = [lado[0] for lado in padding] + [padding[0][0]] * (imagen.ndim - 2)
    despues = [lado[1] for lado in padding] + [padding[0][1]] * (imagen.ndim - 2)
    forma = [a + n + d for a, n, d in zip(antes, imagen.shape, despues, strict=True)]
    grande = np.full(forma, float(value))
    grande[tuple(slice(a, a + n) for a, n in zip(antes, imagen.shape, strict=True))] = imagen
    return grande


@pad2d.misconception(
    "solo-en-gris",
    "Da por hecho que la imagen tiene dos ejes y falla con una de color",
    hint="En una imagen de color la forma tiene tres números. ¿Qué haces con el tercero?",
)
def pad_gris(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = ((padding, padding), (padding, padding))
    (arriba, abajo), (izquierda, derecha) = padding
    alto, ancho = imagen.shape
    grande = np.full((arriba + alto + abajo, izquierda + ancho + derecha), float(value))
    grande[arriba : arriba + alto, izquierda : izquierda + ancho] = imagen
    return grande


@pad2d.misconception(
    "un-solo-canal",
    "De una imagen de color devuelve solo el primer canal",
    hint="¿Cuántos números describen cada píxel de tu resultado? ¿Y de la imagen?",
)
def pad_un_canal(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = ((padding, padding), (padding, padding))
    (arriba, abajo), (izquierda, derecha) = padding
    if imagen.ndim > 2:
        imagen = imagen[:, :, 0]
    alto, ancho = imagen.shape
    grande = np.full((arriba + alto + abajo, izquierda + ancho + derecha), float(value))
    grande[arriba : arriba + alto, izquierda : izquierda + ancho] = imagen
    return grande


@pad2d.misconception(
    "ejes-cambiados",
    "Usa la primera pareja para las columnas y la segunda para las filas",
    hint="La primera pareja es (arriba, abajo): ¿cambia el alto o el ancho?",
)
def pad_ejes(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = ((padding, padding), (padding, padding))
    (izquierda, derecha), (arriba, abajo) = padding
    alto, ancho, *canales = imagen.shape
    grande = np.full((arriba + alto + abajo, izquierda + ancho + derecha, *canales), float(value))
    grande[arriba : arriba + alto, izquierda : izquierda + ancho] = imagen
    return grande


@pad2d.misconception(
    "parejas-mal-leidas",
    "Lee las parejas como (arriba, izquierda) y (abajo, derecha)",
    hint="Cada pareja habla de un solo eje: sus dos extremos. Relee el orden del enunciado.",
)
def pad_parejas(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = ((padding, padding), (padding, padding))
    (arriba, izquierda), (abajo, derecha) = padding
    alto, ancho, *canales = imagen.shape
    grande = np.full((arriba + alto + abajo, izquierda + ancho + derecha, *canales), float(value))
    grande[arriba : arriba + alto, izquierda : izquierda + ancho] = imagen
    return grande


@pad2d.misconception(
    "antes-y-despues-cambiados",
    "Cambia arriba por abajo y la izquierda por la derecha",
    hint="¿Cuántas filas de relleno quedan encima del primer píxel? ¿Cuántas se pedían?",
)
def pad_al_reves(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = ((padding, padding), (padding, padding))
    (abajo, arriba), (derecha, izquierda) = padding
    alto, ancho, *canales = imagen.shape
    grande = np.full((arriba + alto + abajo, izquierda + ancho + derecha, *canales), float(value))
    grande[arriba : arriba + alto, izquierda : izquierda + ancho] = imagen
    return grande


@pad2d.misconception(
    "un-numero-por-eje",
    "De cada pareja usa solo el primer número, para los dos lados",
    hint="Prueba con (2, 0): dos píxeles en un extremo y ninguno en el otro.",
)
def pad_un_numero(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = ((padding, padding), (padding, padding))
    vertical, horizontal = padding[0][0], padding[1][0]
    alto, ancho, *canales = imagen.shape
    grande = np.full((alto + 2 * vertical, ancho + 2 * horizontal, *canales), float(value))
    grande[vertical : vertical + alto, horizontal : horizontal + ancho] = imagen
    return grande


@pad2d.misconception(
    "corte-desde-atras",
    "Corta el hueco con índices negativos, y con 0 el corte sale vacío",
    hint="¿Qué trozo es x[0:-0]? Prueba tu función con padding=0.",
)
def pad_negativo(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = ((padding, padding), (padding, padding))
    (arriba, abajo), (izquierda, derecha) = padding
    alto, ancho, *canales = imagen.shape
    grande = np.full((arriba + alto + abajo, izquierda + ancho + derecha, *canales), float(value))
    grande[arriba:-abajo, izquierda:-derecha] = imagen
    return grande


@pad2d.misconception(
    "imagen-cuadrada",
    "Usa el alto de la imagen también para las columnas",
    hint="Prueba tu función con una imagen que no sea cuadrada.",
)
def pad_cuadrada(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = ((padding, padding), (padding, padding))
    (arriba, abajo), (izquierda, derecha) = padding
    n, _, *canales = imagen.shape
    grande = np.full((arriba + n + abajo, izquierda + n + derecha, *canales), float(value))
    grande[arriba : arriba + n, izquierda : izquierda + n] = imagen
    return grande


@pad2d.misconception(
    "borra-el-borde",
    "Pinta el marco encima de la imagen: no crece y pierde sus bordes",
    hint="El marco va por fuera. ¿Cuánto mide tu resultado?",
)
def pad_encima(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = ((padding, padding), (padding, padding))
    (arriba, abajo), (izquierda, derecha) = padding
    imagen[:arriba] = imagen[len(imagen) - abajo :] = value
    imagen[:, :izquierda] = imagen[:, imagen.shape[1] - derecha :] = value
    return imagen


@pad2d.misconception(
    "cambia-la-imagen",
    "Calcula bien, pero deja cambiada la imagen que recibe",
    hint="Mira si usas -=, *= o un corte de la imagen a la izquierda de un signo igual.",
)
def pad_en_el_sitio(imagen, padding, value=0.0):
    if isinstance(padding, int):
        padding = ((padding, padding), (padding, padding))
    (arriba, abajo), (izquierda, derecha) = padding
    alto, ancho, *canales = imagen.shape
    forma = (arriba + alto + abajo, izquierda + ancho + derecha, *canales)
    grande = np.zeros(forma)
    imagen -= value
    grande[arriba : arriba + alto, izquierda : izquierda + ancho] = imagen
    return grande + value


@pad2d.misconception(
    "solo-enteros",
    "Solo entiende padding cuando es un entero",
    hint="padding también puede ser dos parejas de números. ¿Qué hace tu código entonces?",
)
def pad_solo_entero(imagen, padding, value=0.0):
    p = padding
    alto, ancho, *canales = imagen.shape
    grande = np.full((alto + 2 * p, ancho + 2 * p, *canales), float(value))
    grande[p : p + alto, p : p + ancho] = imagen
    return grande


@pad2d.misconception(
    "siempre-un-pixel",
    "Pone siempre un marco de un píxel, sea cual sea padding",
    hint="Busca los números escritos a mano en tu código: ¿alguno debería ser padding?",
)
def pad_uno(imagen, padding, value=0.0):
    alto, ancho, *canales = imagen.shape
    grande = np.full((alto + 2, ancho + 2, *canales), float(value))
    grande[1 : alto + 1, 1 : ancho + 1] = imagen
    return grande


# --- same_padding: cuánto marco hace falta -------------------------------------------


@same_padding.is_reference
def same_referencia(n, kernel, stride=1):
    salida = -(-n // stride)
    total = max((salida - 1) * stride + kernel - n, 0)
    antes = total // 2
    return antes, total - antes


@same_padding.alternative("resto", "Con el resto de dividir n entre el stride")
def same_resto(n, kernel, stride=1):
    ultima = n % stride or stride
    total = max(kernel - ultima, 0)
    return (total // 2, (total + 1) // 2)


@same_padding.alternative("ceil", "math.ceil y divmod")
def same_ceil(n, kernel, stride=1):
    import math

    ultima = (math.ceil(n / stride) - 1) * stride
    falta = ultima + kernel - n
    if falta <= 0:
        return (0, 0)
    mitad, sobra = divmod(falta, 2)
    return mitad, mitad + sobra


@same_padding.alternative("busqueda", "Añade píxeles de uno en uno hasta que el mapa mide bastante")
def same_busqueda(n, kernel, stride=1):
    falta = 0
    while (n + falta - kernel) // stride + 1 < (n + stride - 1) // stride:
        falta += 1
    return [falta // 2, falta - falta // 2]


@same_padding.alternative("de-uno-en-uno", "Reparte los píxeles por turnos, empezando por el final")
def same_turnos(n, kernel, stride=1):
    inicio = list(range(0, n, stride))[-1]
    lados = [0, 0]
    for pixel in range(max(0, inicio + kernel - n)):
        lados[(pixel + 1) % 2] += 1
    return tuple(lados)


@same_padding.alternative("numpy", "np.ceil, np.floor y un array")
def same_numpy(n, kernel, stride=1):
    salida = np.ceil(n / stride)
    total = np.maximum(0, stride * (salida - 1) + kernel - n)
    return np.array([np.floor(total / 2), np.ceil(total / 2)])


@same_padding.alternative("recursiva", "Quita ventanas hasta llegar a la última")
def same_recursiva(n, kernel, stride=1):
    while n > stride:
        n -= stride
    total = kernel - n if kernel > n else 0
    return total >> 1, total - (total >> 1)


@same_padding.misconception(
    "mitad-del-kernel",
    "Pone kernel // 2 en los dos lados: con un kernel par sobra un píxel",
    hint="Prueba con un kernel de 2 sobre 5 píxeles: ¿cuánto mide el mapa?",
)
def same_mitad(n, kernel, stride=1):
    return kernel // 2, kernel // 2


@same_padding.misconception(
    "mitad-del-kernel-menos-uno",
    "Pone (kernel - 1) // 2 en los dos lados: con un kernel par falta un píxel",
    hint="Haz la cuenta con un kernel de 4: ¿cuánto mide el mapa?",
)
def same_mitad_menos_uno(n, kernel, stride=1):
    return (kernel - 1) // 2, (kernel - 1) // 2


@same_padding.misconception(
    "el-impar-antes",
    "Cuando el total es impar, pone antes el píxel que sobra",
    hint="La tercera regla del enunciado dice en qué lado va el píxel que sobra.",
)
def same_antes(n, kernel, stride=1):
    total = max((-(-n // stride) - 1) * stride + kernel - n, 0)
    return total - total // 2, total // 2


@same_padding.misconception(
    "ignora-el-stride",
    "Calcula siempre como si la ventana avanzara de uno en uno",
    hint="¿Cambia algo en tu respuesta al cambiar stride? Dibuja la última ventana.",
)
def same_sin_stride(n, kernel, stride=1):
    falta = kernel - 1
    return falta // 2, falta - falta // 2


@same_padding.misconception(
    "ignora-n",
    "Da por hecho que el stride divide al tamaño",
    hint="Prueba con n = 7 y stride = 2: ¿en qué píxel empieza la última ventana?",
)
def same_sin_n(n, kernel, stride=1):
    falta = max(kernel - stride, 0)
    return falta // 2, falta - falta // 2


@same_padding.misconception(
    "siempre-hay-resto",
    "Usa el resto de la división aunque sea cero",
    hint="Prueba con n = 8 y stride = 2: ¿cuánto mide la última porción cuando el resto es 0?",
)
def same_con_resto(n, kernel, stride=1):
    falta = max(kernel - n % stride, 0)
    return falta // 2, falta - falta // 2


@same_padding.misconception(
    "redondea-hacia-abajo",
    "Redondea hacia abajo el tamaño del mapa",
    hint="La primera regla dice hacia qué lado se redondea el tamaño del mapa.",
)
def same_abajo(n, kernel, stride=1):
    falta = max((n // stride - 1) * stride + kernel - n, 0)
    return falta // 2, falta - falta // 2


@same_padding.misconception(
    "una-posicion-de-mas",
    "Suma uno al tamaño del mapa también cuando el stride divide a n",
    hint="Cuenta las posiciones con n = 6 y stride = 2, empezando en 0.",
)
def same_una_de_mas(n, kernel, stride=1):
    falta = max(n // stride * stride + kernel - n, 0)
    return falta // 2, falta - falta // 2


@same_padding.misconception(
    "saltos-por-posiciones",
    "Cuenta tantos saltos como posiciones, y hay uno menos",
    hint="Para visitar 3 posiciones, ¿cuántas veces tiene que avanzar la ventana?",
)
def same_saltos(n, kernel, stride=1):
    falta = max(-(-n // stride) * stride + kernel - n, 0)
    return falta // 2, falta - falta // 2


@same_padding.misconception(
    "el-mapa-mide-n",
    "Añade marco hasta que el mapa mide n aunque el stride sea mayor que 1",
    hint="Con stride = 2 el mapa mide la mitad. ¿Cuántos píxeles has añadido tú?",
)
def same_mide_n(n, kernel, stride=1):
    falta = (n - 1) * stride + kernel - n
    return falta // 2, falta - falta // 2


@same_padding.misconception(
    "padding-negativo",
    "No limita el total a cero y devuelve números negativos",
    hint="Prueba con un stride mayor que el kernel: ¿qué significa un padding de −1?",
)
def same_negativo(n, kernel, stride=1):
    falta = (-(-n // stride) - 1) * stride + kernel - n
    return falta // 2, falta - falta // 2


@same_padding.misconception(
    "valor-absoluto",
    "Le quita el signo al total cuando sale negativo",
    hint="Si la cuenta da −2, sobran píxeles. ¿Cuántos hay que añadir?",
)
def same_absoluto(n, kernel, stride=1):
    falta = abs((-(-n // stride) - 1) * stride + kernel - n)
    return falta // 2, falta - falta // 2


@same_padding.misconception(
    "solo-el-total",
    "Devuelve el total en vez de repartirlo",
    hint="Se piden dos números: los píxeles de antes y los de después.",
)
def same_total(n, kernel, stride=1):
    return max((-(-n // stride) - 1) * stride + kernel - n, 0)


@same_padding.misconception(
    "el-total-en-los-dos-lados",
    "Pone el total entero en cada lado",
    hint="Suma los dos números que devuelves: ¿es lo que hacía falta en todo el eje?",
)
def same_repetido(n, kernel, stride=1):
    total = max((-(-n // stride) - 1) * stride + kernel - n, 0)
    return total, total


@same_padding.misconception(
    "todo-despues",
    "Pone todo el padding después",
    hint="La tercera regla: se reparte a partes iguales. ¿Cuánto va antes?",
)
def same_despues(n, kernel, stride=1):
    return 0, max((-(-n // stride) - 1) * stride + kernel - n, 0)


@same_padding.misconception(
    "todo-antes",
    "Pone todo el padding antes",
    hint="La tercera regla: se reparte a partes iguales. ¿Cuánto va después?",
)
def same_todo_antes(n, kernel, stride=1):
    return max((-(-n // stride) - 1) * stride + kernel - n, 0), 0


@same_padding.misconception(
    "medios-pixeles",
    "Divide el total con decimales y reparte medios píxeles",
    hint="¿Se puede añadir medio píxel? Mira qué división has usado.",
)
def same_medios(n, kernel, stride=1):
    total = max((-(-n // stride) - 1) * stride + kernel - n, 0)
    return total / 2, total / 2


@same_padding.misconception(
    "redondeo-al-par",
    "Reparte con round, que lleva los medios al número par: 1.5 pasa a 2",
    hint="Prueba con un total de 3: ¿cuánto es round(1.5)? ¿Y cuánto debería ir antes?",
)
def same_round(n, kernel, stride=1):
    total = max((-(-n // stride) - 1) * stride + kernel - n, 0)
    return round(total / 2), total - round(total / 2)


@same_padding.misconception(
    "mitades-iguales-por-abajo",
    "Pone total // 2 en los dos lados y pierde el píxel impar",
    hint="Suma los dos números que devuelves cuando el total es impar: ¿falta alguno?",
)
def same_iguales(n, kernel, stride=1):
    total = max((-(-n // stride) - 1) * stride + kernel - n, 0)
    return total // 2, total // 2


@same_padding.misconception(
    "kernel-entero",
    "Añade kernel píxeles en vez de los que se salen",
    hint="Con un kernel de 1 no hace falta ningún marco. ¿Qué devuelve tu función?",
)
def same_kernel_entero(n, kernel, stride=1):
    falta = max((-(-n // stride) - 1) * stride + kernel - n + 1, 0)
    return falta // 2, falta - falta // 2


@same_padding.misconception(
    "sin-marco",
    "No añade nada: eso es el padding valid",
    hint="Con padding de cero el mapa encoge. ¿Cuánto le falta para medir lo que se pide?",
)
def same_valid(n, kernel, stride=1):
    return (0, 0)


@same_padding.misconception(
    "kernel-mayor-que-n",
    "Trata un kernel mayor que la imagen como si midiera lo mismo que ella",
    hint="Un kernel de 5 puede usarse con 2 píxeles si hay bastante marco. ¿Cuánto?",
)
def same_recorta_kernel(n, kernel, stride=1):
    kernel = min(kernel, n)
    falta = max((-(-n // stride) - 1) * stride + kernel - n, 0)
    return falta // 2, falta - falta // 2
