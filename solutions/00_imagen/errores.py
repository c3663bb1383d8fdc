"""Catálogo de la unidad 00: cómo se responde a sus ejercicios, bien y mal.

Cada función está escrita como la escribiría un estudiante. Las pruebas de la unidad
deben aceptar todas las correctas y rechazar todos los errores (`make matrix`).
"""

import numpy as np

from course_lib.grading.catalog import Exercise

to_float = Exercise("to_float", section="Dos escalas: 0…255 y 0…1")
crop = Exercise("crop", section="Filas y columnas")
to_gray = Exercise("to_gray", section="El color: tres matrices apiladas")

# --- to_float: de 0…255 a 0…1 --------------------------------------------------------


@to_float.is_reference
def float_referencia(imagen):
    return imagen / 255


@to_float.alternative("vectorizada", "Convierte primero y divide después")
def float_convierte(imagen):
    decimales = imagen.astype(float)
    decimales /= 255
    return decimales


@to_float.alternative("float32", "En decimales de 32 bits")
def float_32(imagen):
    return imagen.astype(np.float32) / np.float32(255)


@to_float.alternative("multiplica", "Multiplica por 1/255")
def float_multiplica(imagen):
    return imagen * (1 / 255)


@to_float.alternative("tabla", "Una tabla con los 256 grises posibles")
def float_tabla(imagen):
    grises = np.linspace(0, 1, 256)
    return grises[imagen]


@to_float.alternative("bucles", "Dos bucles que recorren los píxeles")
def float_bucles(imagen):
    salida = np.zeros(imagen.shape)
    for i in range(imagen.shape[0]):
        for j in range(imagen.shape[1]):
            salida[i, j] = imagen[i, j] / 255
    return salida


@to_float.alternative("listas", "Una lista plana de números a la que se da forma")
def float_listas(imagen):
    return np.reshape([int(p) / 255 for p in imagen.ravel()], imagen.shape)


@to_float.alternative("interpola", "Interpola entre 0 y 255")
def float_interpola(imagen):
    return np.interp(imagen, [0, 255], [0, 1])


@to_float.misconception(
    "division-entera",
    "Usa la división entera, que tira los decimales",
    hint="Con // casi todos los píxeles quedan a 0. ¿Qué división conserva los decimales?",
)
def float_entera(imagen):
    return imagen // 255


@to_float.misconception(
    "entre-256",
    "Divide entre 256: el blanco no llega a 1",
    hint="Hay 256 grises, pero se cuentan desde 0. ¿Cuál es el mayor?",
)
def float_256(imagen):
    return imagen / 256


@to_float.misconception(
    "entre-el-maximo",
    "Divide entre el píxel más claro de esa imagen",
    hint="Una foto oscura debe seguir oscura. ¿De qué depende el número por el que divides?",
)
def float_maximo(imagen):
    return imagen / max(int(imagen.max()), 1)


@to_float.misconception(
    "minimo-y-maximo",
    "Estira el contraste: el píxel más oscuro pasa a 0 y el más claro a 1",
    hint="Aquí no hay que estirar nada: un gris vale lo mismo en todas las imágenes.",
)
def float_estira(imagen):
    menor, mayor = float(imagen.min()), float(imagen.max())
    return (imagen - menor) / (mayor - menor if mayor > menor else 1)


@to_float.misconception(
    "adivina-la-escala",
    "No divide si la imagen no pasa de 1",
    hint="Una foto uint8 casi negra también puede tener solo ceros y unos. ¿Qué sale con ella?",
)
def float_adivina(imagen):
    if imagen.max() > 1:
        return imagen / 255
    return imagen.astype(float)


@to_float.misconception(
    "solo-cambia-el-tipo",
    "Convierte a decimales y se olvida de dividir",
    hint="El tipo ya es decimal, pero ¿cuánto vale ahora el blanco?",
)
def float_solo_tipo(imagen):
    return imagen.astype(float)


@to_float.misconception(
    "vuelve-a-uint8",
    "Guarda el resultado otra vez como uint8",
    hint="Un uint8 no tiene decimales: mira qué queda de un 0.2 al guardarlo ahí.",
)
def float_uint8(imagen):
    return (imagen / 255).astype(np.uint8)


@to_float.misconception(
    "recorta",
    "Cambia por 1 todo lo que pasa de 1 en vez de dividir",
    hint="Así desaparecen todos los grises intermedios. ¿A qué decimal debería ir el 128?",
)
def float_recorta(imagen):
    return np.clip(imagen, 0, 1).astype(float)


@to_float.misconception(
    "negativo",
    "Cambia lo claro por lo oscuro",
    hint="El 0 tiene que seguir siendo negro. ¿Qué sale con un píxel que vale 0?",
)
def float_negativo(imagen):
    return 1 - imagen / 255


@to_float.misconception(
    "de-menos-uno-a-uno",
    "Deja la imagen entre −1 y 1",
    hint="El enunciado pide de 0 a 1. ¿Qué sale con el negro?",
)
def float_centrada(imagen):
    return imagen / 127.5 - 1


@to_float.misconception(
    "entre-100",
    "Divide entre 100, como si fuera un porcentaje",
    hint="¿Cuánto sale para un píxel blanco? Debería ser 1.",
)
def float_100(imagen):
    return imagen / 100


@to_float.misconception(
    "redondea",
    "Redondea a un decimal",
    hint="El enunciado no pide redondear: se pierden casi todos los grises.",
)
def float_redondea(imagen):
    return np.round(imagen / 255, 1)


@to_float.misconception(
    "un-solo-canal",
    "De una foto en color solo devuelve el rojo",
    hint="El resultado debe tener la misma forma que la imagen, también con tres canales.",
)
def float_un_canal(imagen):
    rojo = imagen if imagen.ndim == 2 else imagen[:, :, 0]
    return rojo / 255


@to_float.misconception(
    "multiplica-por-255",
    "Multiplica en vez de dividir",
    hint="Ibas de 0…1 a 0…255: es justo el camino contrario.",
)
def float_al_reves(imagen):
    return imagen * 255.0


@to_float.misconception(
    "return-dentro-del-bucle",
    "Devuelve el resultado al acabar la primera fila",
    hint="Mira la sangría de return: ¿cuántas filas llega a recorrer el bucle?",
)
def float_una_fila(imagen):
    salida = np.zeros(imagen.shape)
    for i in range(imagen.shape[0]):
        salida[i] = imagen[i] / 255
        return salida


@to_float.misconception(
    "escribe-en-la-imagen",
    "Escribe el resultado encima de la imagen que recibe, que es uint8",
    hint="Ese array solo guarda enteros, y además no es tuyo. Crea uno nuevo para el resultado.",
)
def float_encima(imagen):
    imagen[:] = (imagen / 255).astype(np.uint8)
    return imagen


@to_float.misconception(
    "deja-la-imagen-cambiada",
    "Calcula bien, pero deja en blanco y negro la imagen que recibe",
    hint="Comprueba si escribes en la imagen: quien te llamó la vería cambiada.",
)
def float_cambia(imagen):
    salida = imagen / 255
    imagen[imagen < 128] = 0
    return salida


# --- crop: un trozo de la imagen -----------------------------------------------------


@crop.is_reference
def crop_referencia(imagen, fila, columna, alto, ancho):
    return imagen[fila : fila + alto, columna : columna + ancho]


@crop.alternative("vectorizada", "Dos recortes seguidos, uno por eje")
def crop_dos_pasos(imagen, fila, columna, alto, ancho):
    filas = imagen[fila:][:alto]
    return filas[:, columna:][:, :ancho]


@crop.alternative("slice", "Con objetos slice y una copia")
def crop_slice(imagen, fila, columna, alto, ancho):
    tramo_filas, tramo_columnas = slice(fila, fila + alto), slice(columna, columna + ancho)
    return imagen[tramo_filas, tramo_columnas].copy()


@crop.alternative("bucles", "Dos bucles y una lista de filas")
def crop_bucles(imagen, fila, columna, alto, ancho):
    trozo = []
    for i in range(fila, fila + alto):
        linea = []
        for j in range(columna, columna + ancho):
            linea.append(imagen[i, j].tolist())
        trozo.append(linea)
    return trozo


@crop.alternative("rellena", "Crea el trozo vacío y lo rellena píxel a píxel")
def crop_rellena(imagen, fila, columna, alto, ancho):
    trozo = np.zeros((alto, ancho, *imagen.shape[2:]), dtype=imagen.dtype)
    for i in range(alto):
        for j in range(ancho):
            trozo[i, j] = imagen[fila + i, columna + j]
    return trozo


@crop.alternative("take", "Con take en cada eje")
def crop_take(imagen, fila, columna, alto, ancho):
    filas = np.take(imagen, np.arange(fila, fila + alto), axis=0)
    return np.take(filas, np.arange(columna, columna + ancho), axis=1)


@crop.alternative("ix", "Con listas de índices y np.ix_")
def crop_ix(imagen, fila, columna, alto, ancho):
    return imagen[np.ix_(range(fila, fila + alto), range(columna, columna + ancho))]


@crop.alternative("split", "Parte la imagen en tres por cada eje y se queda con el medio")
def crop_split(imagen, fila, columna, alto, ancho):
    _, franja, _ = np.split(imagen, [fila, fila + alto], axis=0)
    return np.split(franja, [columna, columna + ancho], axis=1)[1]


@crop.misconception(
    "el-fin-es-el-tamano",
    "Corta desde la fila hasta el alto, y desde la columna hasta el ancho",
    hint="El segundo número de un tramo es dónde acaba, no cuánto mide.",
)
def crop_fin(imagen, fila, columna, alto, ancho):
    return imagen[fila:alto, columna:ancho]


@crop.misconception(
    "fila-y-columna-cambiadas",
    "Empieza en la columna y la fila cambiadas",
    hint="El primer índice de un array es la fila. ¿Cuál has puesto primero?",
)
def crop_cambiadas(imagen, fila, columna, alto, ancho):
    return imagen[columna : columna + alto, fila : fila + ancho]


@crop.misconception(
    "alto-y-ancho-cambiados",
    "Usa el ancho para las filas y el alto para las columnas",
    hint="El alto cuenta filas. Prueba con un trozo que no sea cuadrado.",
)
def crop_medidas_cambiadas(imagen, fila, columna, alto, ancho):
    return imagen[fila : fila + ancho, columna : columna + alto]


@crop.misconception(
    "como-x-e-y",
    "Trata el primer eje como horizontal: cambia filas por columnas en todo",
    hint="En una imagen, el primer índice baja y el segundo va hacia la derecha.",
)
def crop_xy(imagen, fila, columna, alto, ancho):
    return imagen[columna : columna + ancho, fila : fila + alto]


@crop.misconception(
    "una-de-mas",
    "Incluye una fila y una columna de más",
    hint="El final de un tramo no entra: 1:3 son dos filas. Cuenta las de tu resultado.",
)
def crop_una_mas(imagen, fila, columna, alto, ancho):
    return imagen[fila : fila + alto + 1, columna : columna + ancho + 1]


@crop.misconception(
    "una-de-menos",
    "Pierde la última fila y la última columna del trozo",
    hint="Cuenta las filas de tu resultado: ¿son tantas como pide el alto?",
)
def crop_una_menos(imagen, fila, columna, alto, ancho):
    return imagen[fila : fila + alto - 1, columna : columna + ancho - 1]


@crop.misconception(
    "cuenta-desde-uno",
    "Cuenta las filas y las columnas desde 1",
    hint="En Python se cuenta desde 0: la fila 0 es la de arriba.",
)
def crop_desde_uno(imagen, fila, columna, alto, ancho):
    return imagen[fila - 1 : fila - 1 + alto, columna - 1 : columna - 1 + ancho]


@crop.misconception(
    "siempre-cuadrado",
    "Usa el alto también para el ancho",
    hint="Recibes dos medidas. ¿Dónde usas cada una?",
)
def crop_cuadrado(imagen, fila, columna, alto, ancho):
    return imagen[fila : fila + alto, columna : columna + alto]


@crop.misconception(
    "solo-las-filas",
    "Corta las filas y deja todas las columnas",
    hint="Ya tienes las filas. ¿Qué falta después de la coma?",
)
def crop_solo_filas(imagen, fila, columna, alto, ancho):
    return imagen[fila : fila + alto]


@crop.misconception(
    "solo-las-columnas",
    "Corta las columnas y deja todas las filas",
    hint="Ya tienes las columnas. ¿Qué tramo va antes de la coma?",
)
def crop_solo_columnas(imagen, fila, columna, alto, ancho):
    return imagen[:, columna : columna + ancho]


@crop.misconception(
    "dos-corchetes",
    "Corta dos veces el primer eje, con dos pares de corchetes seguidos",
    hint="El segundo par de corchetes vuelve a elegir filas. ¿Cómo se nombra el segundo eje?",
)
def crop_dos_corchetes(imagen, fila, columna, alto, ancho):
    return imagen[fila : fila + alto][columna : columna + ancho]


@crop.misconception(
    "desde-la-esquina",
    "Recorta siempre desde la esquina de arriba a la izquierda",
    hint="El tamaño es bueno. ¿Dónde usas la fila y la columna?",
)
def crop_esquina(imagen, fila, columna, alto, ancho):
    return imagen[:alto, :ancho]


@crop.misconception(
    "desde-el-final",
    "Recorta siempre desde el final de la imagen",
    hint="El tamaño es bueno. ¿Dónde usas la fila y la columna?",
)
def crop_final(imagen, fila, columna, alto, ancho):
    return imagen[-alto:, -ancho:]


@crop.misconception(
    "centrado",
    "Pone la fila y la columna en el centro del trozo",
    hint="La fila y la columna son las de la esquina de arriba a la izquierda del trozo.",
)
def crop_centrado(imagen, fila, columna, alto, ancho):
    arriba, izquierda = max(0, fila - alto // 2), max(0, columna - ancho // 2)
    return imagen[arriba : arriba + alto, izquierda : izquierda + ancho]


@crop.misconception(
    "un-solo-canal",
    "De una foto en color devuelve solo el rojo",
    hint="Con una foto en color el resultado tiene también tres canales.",
)
def crop_un_canal(imagen, fila, columna, alto, ancho):
    trozo = imagen[fila : fila + alto, columna : columna + ancho]
    return trozo[:, :, 0] if trozo.ndim == 3 else trozo


@crop.misconception(
    "traspuesto",
    "Devuelve el trozo con las filas puestas como columnas",
    hint="Las filas del trozo son filas de la imagen. ¿Has usado .T o swapaxes?",
)
def crop_traspuesto(imagen, fila, columna, alto, ancho):
    trozo = imagen[fila : fila + alto, columna : columna + ancho]
    return trozo.swapaxes(0, 1)


@crop.misconception(
    "tapa-lo-demas",
    "Devuelve la imagen entera con ceros fuera del trozo",
    hint="El resultado mide alto por ancho: solo queda el trozo.",
)
def crop_tapa(imagen, fila, columna, alto, ancho):
    salida = np.zeros_like(imagen)
    zona = imagen[fila : fila + alto, columna : columna + ancho]
    salida[fila : fila + alto, columna : columna + ancho] = zona
    return salida


@crop.misconception(
    "un-pixel",
    "Devuelve solo el píxel de la esquina",
    hint="Un índice suelto elige un píxel; un tramo con dos puntos elige varios.",
)
def crop_pixel(imagen, fila, columna, alto, ancho):
    return imagen[fila, columna]


@crop.misconception(
    "borra-el-trozo",
    "Pone a cero el trozo en la imagen que recibe",
    hint="Recortar no es borrar: la imagen tiene que quedar como estaba.",
)
def crop_borra(imagen, fila, columna, alto, ancho):
    trozo = imagen[fila : fila + alto, columna : columna + ancho].copy()
    imagen[fila : fila + alto, columna : columna + ancho] = 0
    return trozo


# --- to_gray: un brillo por píxel ----------------------------------------------------


@to_gray.is_reference
def gray_referencia(imagen):
    rojo, verde, azul = imagen[:, :, 0], imagen[:, :, 1], imagen[:, :, 2]
    return 0.2125 * rojo + 0.7154 * verde + 0.0721 * azul


@to_gray.alternative("vectorizada", "Producto de matrices con el vector de pesos")
def gray_matmul(imagen):
    return imagen @ np.array([0.2125, 0.7154, 0.0721])


@to_gray.alternative("suma-por-canales", "Multiplica por los pesos y suma el último eje")
def gray_suma(imagen):
    return (imagen * [0.2125, 0.7154, 0.0721]).sum(axis=2)


@to_gray.alternative("bucles", "Dos bucles y una lista de filas")
def gray_bucles(imagen):
    gris = []
    for linea in imagen:
        nueva = []
        for r, g, b in linea:
            nueva.append(0.2125 * float(r) + 0.7154 * float(g) + 0.0721 * float(b))
        gris.append(nueva)
    return gris


@to_gray.alternative("einsum", "einsum")
def gray_einsum(imagen):
    return np.einsum("ijk,k->ij", imagen.astype(float), (0.2125, 0.7154, 0.0721))


@to_gray.alternative("media-ponderada", "Media con pesos, que ya suman 1")
def gray_average(imagen):
    return np.average(imagen, axis=-1, weights=[0.2125, 0.7154, 0.0721])


@to_gray.alternative("acumulador-float32", "Un acumulador de 32 bits y un bucle por canal")
def gray_acumula(imagen):
    gris = np.zeros(imagen.shape[:2], dtype=np.float32)
    for canal, peso in enumerate((0.2125, 0.7154, 0.0721)):
        gris += np.float32(peso) * imagen[..., canal].astype(np.float32)
    return gris


@to_gray.alternative("canales-delante", "Pone los canales delante y los reparte en tres")
def gray_moveaxis(imagen):
    r, g, b = np.moveaxis(imagen, 2, 0).astype(float)
    return r * 0.2125 + g * 0.7154 + b * 0.0721


@to_gray.misconception(
    "media",
    "Hace la media de los tres canales",
    hint="Con la media, un azul y un verde puros se verían igual de claros. Relee la fórmula.",
)
def gray_media(imagen):
    return imagen.mean(axis=2)


@to_gray.misconception(
    "media-que-desborda",
    "Suma los tres canales en uint8, que solo llega a 255, y divide entre 3",
    hint="Suma 200 y 100 en uint8 y mira qué sale. Además, aquí cada canal tiene su peso.",
)
def gray_media_uint8(imagen):
    return (imagen[:, :, 0] + imagen[:, :, 1] + imagen[:, :, 2]) / 3


@to_gray.misconception(
    "suma-sin-pesos",
    "Suma los tres canales sin pesos",
    hint="Un píxel blanco debe dar 1 y a ti te sale 3. ¿Qué multiplica a cada canal?",
)
def gray_sin_pesos(imagen):
    return imagen.sum(axis=2)


@to_gray.misconception(
    "solo-el-verde",
    "Se queda con el canal verde",
    hint="El verde pesa mucho, pero no es el único. ¿Qué brillo tiene un rojo puro?",
)
def gray_verde(imagen):
    return imagen[:, :, 1]


@to_gray.misconception(
    "solo-el-rojo",
    "Se queda con el primer canal",
    hint="Eso es solo el rojo. El brillo mezcla los tres canales.",
)
def gray_rojo(imagen):
    return imagen[:, :, 0]


@to_gray.misconception(
    "orden-bgr",
    "Lee los canales como azul, verde y rojo",
    hint="Aquí el orden es rojo, verde y azul. ¿Qué peso le das al canal 0?",
)
def gray_bgr(imagen):
    return 0.0721 * imagen[:, :, 0] + 0.7154 * imagen[:, :, 1] + 0.2125 * imagen[:, :, 2]


@to_gray.misconception(
    "rojo-y-verde-cambiados",
    "Cambia el peso del rojo por el del verde",
    hint="El canal que más pesa es el verde. ¿En qué posición está?",
)
def gray_cambiados(imagen):
    return 0.7154 * imagen[:, :, 0] + 0.2125 * imagen[:, :, 1] + 0.0721 * imagen[:, :, 2]


@to_gray.misconception(
    "otros-pesos",
    "Usa los pesos de otra norma (0.299, 0.587 y 0.114)",
    hint="Esos pesos son de la televisión antigua. Copia los del enunciado.",
)
def gray_601(imagen):
    return 0.299 * imagen[:, :, 0] + 0.587 * imagen[:, :, 1] + 0.114 * imagen[:, :, 2]


@to_gray.misconception(
    "el-maximo",
    "Se queda con el canal más alto",
    hint="Un azul puro saldría blanco. El brillo es una suma con pesos.",
)
def gray_maximo(imagen):
    return imagen.max(axis=2)


@to_gray.misconception(
    "maximo-y-minimo",
    "Hace la media del canal más alto y el más bajo",
    hint="Eso mide otra cosa, la claridad. El brillo es una suma con tres pesos.",
)
def gray_claridad(imagen):
    return (imagen.max(axis=2).astype(float) + imagen.min(axis=2)) / 2


@to_gray.misconception(
    "canales-en-el-primer-eje",
    "Toma las tres primeras filas como si fueran los canales",
    hint="El canal es el último eje de la imagen. ¿Cuántas comas hay en tus corchetes?",
)
def gray_primer_eje(imagen):
    return 0.2125 * imagen[0] + 0.7154 * imagen[1] + 0.0721 * imagen[2]


@to_gray.misconception(
    "suma-otro-eje",
    "Multiplica por los pesos y suma las filas en vez de los canales",
    hint="Mira la forma de lo que devuelves: ¿qué eje ha desaparecido?",
)
def gray_otro_eje(imagen):
    return (imagen * [0.2125, 0.7154, 0.0721]).sum(axis=0)


@to_gray.misconception(
    "a-entero",
    "Convierte el resultado a enteros y pierde los decimales",
    hint="El enunciado pide no redondear. ¿Qué queda de un brillo de 0.7?",
)
def gray_entero(imagen):
    gris = 0.2125 * imagen[:, :, 0] + 0.7154 * imagen[:, :, 1] + 0.0721 * imagen[:, :, 2]
    return gris.astype(np.uint8)


@to_gray.misconception(
    "redondea",
    "Redondea cada brillo al entero más cercano",
    hint="El enunciado pide no redondear, aunque la foto sea de enteros.",
)
def gray_redondea(imagen):
    gris = 0.2125 * imagen[:, :, 0] + 0.7154 * imagen[:, :, 1] + 0.0721 * imagen[:, :, 2]
    return np.round(gris)


@to_gray.misconception(
    "siempre-entre-255",
    "Divide entre 255 además de sumar",
    hint="El resultado va en la misma escala que la foto. ¿Hay alguna división en la fórmula?",
)
def gray_255(imagen):
    gris = 0.2125 * imagen[:, :, 0] + 0.7154 * imagen[:, :, 1] + 0.0721 * imagen[:, :, 2]
    return gris / 255


@to_gray.misconception(
    "uint8-entre-255",
    "Pasa a la escala de 0 a 1 las fotos uint8",
    hint="Si la foto va de 0 a 255, el brillo también. Relee la última frase del enunciado.",
)
def gray_escala(imagen):
    gris = 0.2125 * imagen[:, :, 0] + 0.7154 * imagen[:, :, 1] + 0.0721 * imagen[:, :, 2]
    return gris / 255 if imagen.dtype == np.uint8 else gris


@to_gray.misconception(
    "divide-entre-tres",
    "Suma con pesos y además divide entre 3",
    hint="Los pesos ya suman 1. ¿Cuánto te da un píxel blanco?",
)
def gray_entre_tres(imagen):
    return (imagen * [0.2125, 0.7154, 0.0721]).mean(axis=2)


@to_gray.misconception(
    "sin-el-azul",
    "Olvida el canal azul",
    hint="¿Cuánto brillo te da un azul puro? Debería ser 0.0721.",
)
def gray_sin_azul(imagen):
    return 0.2125 * imagen[:, :, 0] + 0.7154 * imagen[:, :, 1]


@to_gray.misconception(
    "conserva-el-eje",
    "Devuelve el gris con un tercer eje de tamaño 1",
    hint="Imprime la forma: se pide (alto, ancho), con dos números nada más.",
)
def gray_con_eje(imagen):
    return (imagen * [0.2125, 0.7154, 0.0721]).sum(axis=2, keepdims=True)


@to_gray.misconception(
    "tres-canales-iguales",
    "Devuelve el gris repetido en los tres canales",
    hint="Un gris necesita un solo número por píxel. Imprime la forma de tu resultado.",
)
def gray_repetido(imagen):
    gris = imagen @ np.array([0.2125, 0.7154, 0.0721])
    return np.stack([gris, gris, gris], axis=2)


@to_gray.misconception(
    "traspuesto",
    "Devuelve las filas como columnas",
    hint="Prueba con una foto que no sea cuadrada y compara las dos formas.",
)
def gray_traspuesto(imagen):
    return (imagen @ np.array([0.2125, 0.7154, 0.0721])).T


@to_gray.misconception(
    "resultado-plano",
    "Devuelve una lista de brillos sin filas ni columnas",
    hint="El gris también es una imagen: tiene filas y columnas.",
)
def gray_plano(imagen):
    return (imagen.reshape(-1, 3) * [0.2125, 0.7154, 0.0721]).sum(axis=1)


@to_gray.misconception(
    "multiplica-en-la-foto",
    "Multiplica los pesos dentro de la foto que recibe",
    hint="Con *= se cambia también la foto de quien te llamó. Guarda el producto en otro array.",
)
def gray_en_el_sitio(imagen):
    if imagen.dtype == np.uint8:
        imagen = imagen.astype(float)
    imagen *= [0.2125, 0.7154, 0.0721]
    return imagen.sum(axis=2)
