"""Catálogo de la unidad 11: cómo se responde a sus ejercicios, bien y mal.

Cada función está escrita como la escribiría un estudiante. Las pruebas de la unidad
deben aceptar todas las correctas y rechazar todos los errores (`make matrix`).
"""

import numpy as np

from course_lib.grading.catalog import Exercise

kernel_gradient = Exercise("kernel_gradient", section="El gradiente del kernel es una convolución")
input_gradient = Exercise("input_gradient", section="El gradiente de la imagen es otra convolución")
# Lo que queda de un gradiente correcto es puro redondeo, distinto en cada respuesta.
gradient_check = Exercise("gradient_check", unique=False, section="¿Y si el gradiente está mal?")

# --- kernel_gradient: el gradiente respecto al kernel --------------------------------


@kernel_gradient.is_reference
def dk_referencia(imagen, dy):
    filas, columnas = dy.shape
    dk = np.zeros((imagen.shape[0] - filas + 1, imagen.shape[1] - columnas + 1))
    for a in range(dk.shape[0]):
        for b in range(dk.shape[1]):
            vistos = imagen[a : a + filas, b : b + columnas]
            dk[a, b] = np.sum(vistos * dy)
    return dk


@kernel_gradient.alternative("vectorizada", "Desliza dy con sliding_window_view y einsum")
def dk_vectorizada(imagen, dy):
    trozos = np.lib.stride_tricks.sliding_window_view(imagen, dy.shape)
    return np.einsum("abij,ij->ab", trozos.astype(float), dy)


@kernel_gradient.alternative("por-posiciones", "Suma la ventana de cada posición por su dy")
def dk_por_posiciones(imagen, dy):
    kh = imagen.shape[0] - dy.shape[0] + 1
    kw = imagen.shape[1] - dy.shape[1] + 1
    dk = np.zeros((kh, kw))
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            dk += dy[i, j] * imagen[i : i + kh, j : j + kw].astype(float)
    return dk


@kernel_gradient.alternative("cuatro-bucles", "Cuatro bucles y listas de Python")
def dk_cuatro_bucles(imagen, dy):
    kh = len(imagen) - len(dy) + 1
    kw = len(imagen[0]) - len(dy[0]) + 1
    dk = []
    for a in range(kh):
        linea = []
        for b in range(kw):
            suma = 0
            for i in range(len(dy)):
                for j in range(len(dy[0])):
                    suma += float(dy[i][j]) * float(imagen[i + a][j + b])
            linea.append(suma)
        dk.append(linea)
    return dk


@kernel_gradient.alternative("im2col", "La matriz de ventanas traspuesta por dy estirado")
def dk_im2col(imagen, dy):
    filas, columnas = dy.shape
    kh, kw = imagen.shape[0] - filas + 1, imagen.shape[1] - columnas + 1
    matriz = [imagen[i : i + kh, j : j + kw].ravel() for i in range(filas) for j in range(columnas)]
    return (np.array(matriz, dtype=np.float32).T @ dy.ravel().astype(np.float32)).reshape(kh, kw)


@kernel_gradient.alternative("tensordot", "Ventanas del tamaño del kernel y tensordot")
def dk_tensordot(imagen, dy):
    tamano = (imagen.shape[0] - dy.shape[0] + 1, imagen.shape[1] - dy.shape[1] + 1)
    ventanas = np.lib.stride_tricks.sliding_window_view(imagen, tamano)
    return np.tensordot(dy, ventanas, axes=2)


@kernel_gradient.alternative("fft", "Transformada de Fourier")
def dk_fft(imagen, dy):
    filas, columnas = dy.shape
    kh, kw = imagen.shape[0] - filas + 1, imagen.shape[1] - columnas + 1
    producto = np.fft.fft2(imagen) * np.conj(np.fft.fft2(dy, imagen.shape))
    return np.fft.ifft2(producto).real[:kh, :kw]


@kernel_gradient.alternative("lista-por-comprension", "Una lista por comprensión con vdot")
def dk_comprension(imagen, dy):
    f, c = dy.shape
    kw = range(imagen.shape[1] - c + 1)
    kh = range(imagen.shape[0] - f + 1)
    return [[np.vdot(imagen[a : a + f, b : b + c], dy) for b in kw] for a in kh]


@kernel_gradient.misconception(
    "promedia",
    "Promedia sobre las posiciones en vez de sumar",
    hint="Compara con el ejemplo hecho a mano: ¿cuántas veces menor es tu número?",
)
def dk_promedio(imagen, dy):
    f, c = dy.shape
    dk = np.zeros((imagen.shape[0] - f + 1, imagen.shape[1] - c + 1))
    for a in range(dk.shape[0]):
        for b in range(dk.shape[1]):
            dk[a, b] = np.mean(imagen[a : a + f, b : b + c] * dy)
    return dk


@kernel_gradient.misconception(
    "una-sola-posicion",
    "Cuenta solo la primera posición, sin sumar las demás",
    hint="El mismo peso trabaja en todas las posiciones: ¿dónde está esa suma?",
)
def dk_una_posicion(imagen, dy):
    kh = imagen.shape[0] - dy.shape[0] + 1
    kw = imagen.shape[1] - dy.shape[1] + 1
    return imagen[:kh, :kw] * float(dy[0, 0])


@kernel_gradient.misconception(
    "ultima-posicion",
    "Se queda con la última posición: asigna en vez de acumular",
    hint="Dentro del bucle, ¿= o +=?",
)
def dk_ultima(imagen, dy):
    kh = imagen.shape[0] - dy.shape[0] + 1
    kw = imagen.shape[1] - dy.shape[1] + 1
    dk = np.zeros((kh, kw))
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            dk = dy[i, j] * imagen[i : i + kh, j : j + kw].astype(float)
    return dk


@kernel_gradient.misconception(
    "gira-dy",
    "Gira dy 180° antes de deslizarlo",
    hint="El dy de la primera posición va con la primera ventana. ¿Con cuál va en tu código?",
)
def dk_gira(imagen, dy):
    f, c = dy.shape
    dk = np.zeros((imagen.shape[0] - f + 1, imagen.shape[1] - c + 1))
    for a in range(dk.shape[0]):
        for b in range(dk.shape[1]):
            dk[a, b] = np.sum(imagen[a : a + f, b : b + c] * dy[::-1, ::-1])
    return dk


@kernel_gradient.misconception(
    "gira-el-resultado",
    "Gira 180° el gradiente ya calculado",
    hint="El gradiente del peso de arriba a la izquierda va arriba a la izquierda.",
)
def dk_resultado_girado(imagen, dy):
    f, c = dy.shape
    dk = np.zeros((imagen.shape[0] - f + 1, imagen.shape[1] - c + 1))
    for a in range(dk.shape[0]):
        for b in range(dk.shape[1]):
            dk[a, b] = np.sum(imagen[a : a + f, b : b + c] * dy)
    return dk[::-1, ::-1]


@kernel_gradient.misconception(
    "traspuesto",
    "Devuelve el gradiente con filas y columnas cambiadas",
    hint="El primer índice de dk es la fila del peso. Pruébala con un kernel que no sea cuadrado.",
)
def dk_traspuesto(imagen, dy):
    f, c = dy.shape
    dk = np.zeros((imagen.shape[1] - c + 1, imagen.shape[0] - f + 1))
    for a in range(dk.shape[1]):
        for b in range(dk.shape[0]):
            dk[b, a] = np.sum(imagen[a : a + f, b : b + c] * dy)
    return dk


@kernel_gradient.misconception(
    "forma-de-dy",
    "Da al gradiente la forma de dy en vez de la del kernel",
    hint="Hay un gradiente por peso: ¿cuántos pesos tenía el kernel?",
)
def dk_forma_dy(imagen, dy):
    kh = imagen.shape[0] - dy.shape[0] + 1
    kw = imagen.shape[1] - dy.shape[1] + 1
    dk = np.zeros(dy.shape)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            dk[i, j] = np.sum(imagen[i : i + kh, j : j + kw]) * dy[i, j]
    return dk


@kernel_gradient.misconception(
    "forma-de-la-imagen",
    "Desliza dy con padding y devuelve algo del tamaño de la imagen",
    hint="dk tiene la forma del kernel: dy solo se apoya donde cabe entero.",
)
def dk_same(imagen, dy):
    f, c = dy.shape
    grande = np.pad(imagen.astype(float), ((0, f - 1), (0, c - 1)))
    dk = np.zeros(imagen.shape)
    for a in range(dk.shape[0]):
        for b in range(dk.shape[1]):
            dk[a, b] = np.sum(grande[a : a + f, b : b + c] * dy)
    return dk


@kernel_gradient.misconception(
    "sin-mas-uno",
    "Olvida el + 1 de la forma: pierde la última fila y la última columna de pesos",
    hint="Imagen de 5 y mapa de 3: ¿qué kernel los une, de 2 o de 3?",
)
def dk_sin_mas_uno(imagen, dy):
    f, c = dy.shape
    dk = np.zeros((imagen.shape[0] - f, imagen.shape[1] - c))
    for a in range(dk.shape[0]):
        for b in range(dk.shape[1]):
            dk[a, b] = np.sum(imagen[a : a + f, b : b + c] * dy)
    return dk


@kernel_gradient.misconception(
    "sin-dy",
    "Suma los píxeles vistos sin multiplicarlos por dy",
    hint="Con un dy de ceros, el gradiente debe ser cero.",
)
def dk_sin_dy(imagen, dy):
    f, c = dy.shape
    dk = np.zeros((imagen.shape[0] - f + 1, imagen.shape[1] - c + 1))
    for a in range(dk.shape[0]):
        for b in range(dk.shape[1]):
            dk[a, b] = np.sum(imagen[a : a + f, b : b + c])
    return dk


@kernel_gradient.misconception(
    "dy-total",
    "Multiplica la suma de los píxeles por la suma de dy",
    hint="La suma de los productos no es el producto de las sumas.",
)
def dk_sumas(imagen, dy):
    f, c = dy.shape
    dk = np.zeros((imagen.shape[0] - f + 1, imagen.shape[1] - c + 1))
    for a in range(dk.shape[0]):
        for b in range(dk.shape[1]):
            dk[a, b] = np.sum(imagen[a : a + f, b : b + c]) * np.sum(dy)
    return dk


@kernel_gradient.misconception(
    "cambia-el-signo",
    "Devuelve el gradiente con el signo cambiado",
    hint="El signo menos va en el paso de aprendizaje (peso − tasa·gradiente), no en el gradiente.",
)
def dk_signo(imagen, dy):
    f, c = dy.shape
    dk = np.zeros((imagen.shape[0] - f + 1, imagen.shape[1] - c + 1))
    for a in range(dk.shape[0]):
        for b in range(dk.shape[1]):
            dk[a, b] = -np.sum(imagen[a : a + f, b : b + c] * dy)
    return dk


@kernel_gradient.misconception(
    "producto-matricial",
    "Usa el producto de matrices (@) en vez del producto elemento a elemento (*)",
    hint="Cada dy multiplica solo al píxel que le toca.",
)
def dk_matricial(imagen, dy):
    f, c = dy.shape
    dk = np.zeros((imagen.shape[0] - f + 1, imagen.shape[1] - c + 1))
    for a in range(dk.shape[0]):
        for b in range(dk.shape[1]):
            dk[a, b] = np.sum(imagen[a : a + f, b : b + c] @ dy.T)
    return dk


@kernel_gradient.misconception(
    "acumulador-sin-reiniciar",
    "No vuelve a poner la suma a cero para cada peso",
    hint="¿Dónde empieza la suma de cada peso? Mira la sangría.",
)
def dk_acumula(imagen, dy):
    f, c = dy.shape
    dk = np.zeros((imagen.shape[0] - f + 1, imagen.shape[1] - c + 1))
    total = 0
    for a in range(dk.shape[0]):
        for b in range(dk.shape[1]):
            total = total + np.sum(imagen[a : a + f, b : b + c] * dy)
            dk[a, b] = total
    return dk


@kernel_gradient.misconception(
    "kernel-3x3-fijo",
    "Da por hecho que el kernel es de 3×3",
    hint="Busca los números escritos a mano en tu código: ¿de dónde debería salir ese 3?",
)
def dk_3x3(imagen, dy):
    f, c = dy.shape
    dk = np.zeros((3, 3))
    for a in range(3):
        for b in range(3):
            dk[a, b] = np.sum(imagen[a : a + f, b : b + c] * dy)
    return dk


@kernel_gradient.misconception(
    "kernel-cuadrado",
    "Da por hecho que el kernel es cuadrado",
    hint="El alto y el ancho del kernel salen de restas distintas.",
)
def dk_cuadrado(imagen, dy):
    f, c = dy.shape
    k = imagen.shape[0] - f + 1
    dk = np.zeros((k, k))
    for a in range(k):
        for b in range(k):
            dk[a, b] = np.sum(imagen[a : a + f, b : b + c] * dy)
    return dk


@kernel_gradient.misconception(
    "tipo-de-la-imagen",
    "Guarda el gradiente con el tipo de la imagen: un uint8 no guarda negativos ni decimales",
    hint="Si la imagen es uint8, ¿qué pasa al guardar −27.5?",
)
def dk_tipo(imagen, dy):
    f, c = dy.shape
    dk = np.zeros((imagen.shape[0] - f + 1, imagen.shape[1] - c + 1))
    for a in range(dk.shape[0]):
        for b in range(dk.shape[1]):
            dk[a, b] = np.sum(imagen[a : a + f, b : b + c] * dy)
    return dk.astype(np.int64).astype(imagen.dtype)


@kernel_gradient.misconception(
    "tipo-de-dy",
    "Guarda el gradiente con el tipo de dy: si es de enteros, se pierden los decimales",
    hint="¿De qué tipo es el array que creas? Prueba con decimales y un dy de enteros.",
)
def kernel_gradient_tipo_de_dy(imagen, dy):
    filas, columnas = dy.shape
    forma = imagen.shape[0] - filas + 1, imagen.shape[1] - columnas + 1
    dk = np.zeros(forma, dtype=dy.dtype)
    for a in range(forma[0]):
        for b in range(forma[1]):
            dk[a, b] = np.sum(imagen[a : a + filas, b : b + columnas] * dy)
    return dk


@kernel_gradient.misconception(
    "modifica-dy",
    "Calcula bien, pero deja cambiado el dy que recibe",
    hint="Mira si usas *=, -= o /= con dy: eso cambia también el de quien te llamó.",
)
def dk_modifica(imagen, dy):
    f, c = dy.shape
    dk = np.zeros((imagen.shape[0] - f + 1, imagen.shape[1] - c + 1))
    for a in range(dk.shape[0]):
        for b in range(dk.shape[1]):
            dk[a, b] = np.sum(imagen[a : a + f, b : b + c] * dy)
    dy *= 0
    return dk


# --- input_gradient: el gradiente respecto a la imagen -------------------------------


@input_gradient.is_reference
def dx_referencia(dy, kernel):
    filas, columnas = dy.shape
    kh, kw = kernel.shape
    dx = np.zeros((filas + kh - 1, columnas + kw - 1))
    for i in range(filas):
        for j in range(columnas):
            dx[i : i + kh, j : j + kw] += dy[i, j] * kernel
    return dx


@input_gradient.alternative("vectorizada", "Padding completo, kernel girado y einsum")
def dx_vectorizada(dy, kernel):
    kh, kw = kernel.shape
    grande = np.pad(dy.astype(float), ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    trozos = np.lib.stride_tricks.sliding_window_view(grande, kernel.shape)
    return np.einsum("ijab,ab->ij", trozos, kernel[::-1, ::-1])


@input_gradient.alternative("por-pesos", "Una copia desplazada de dy por cada peso")
def dx_por_pesos(dy, kernel):
    alto, ancho = dy.shape
    dx = np.zeros((alto + kernel.shape[0] - 1, ancho + kernel.shape[1] - 1), dtype=np.float32)
    for a in range(kernel.shape[0]):
        for b in range(kernel.shape[1]):
            dx[a : a + alto, b : b + ancho] += np.float32(kernel[a, b]) * dy.astype(np.float32)
    return dx


@input_gradient.alternative("cuatro-bucles", "Cuatro bucles y listas de Python")
def dx_cuatro_bucles(dy, kernel):
    alto = len(dy) + len(kernel) - 1
    ancho = len(dy[0]) + len(kernel[0]) - 1
    dx = [[0.0] * ancho for _ in range(alto)]
    for i in range(len(dy)):
        for j in range(len(dy[0])):
            for a in range(len(kernel)):
                for b in range(len(kernel[0])):
                    dx[i + a][j + b] += float(dy[i][j]) * float(kernel[a][b])
    return dx


@input_gradient.alternative("fft", "Transformada de Fourier")
def dx_fft(dy, kernel):
    forma = (dy.shape[0] + kernel.shape[0] - 1, dy.shape[1] + kernel.shape[1] - 1)
    return np.fft.irfft2(np.fft.rfft2(dy, forma) * np.fft.rfft2(kernel, forma), forma)


@input_gradient.alternative("pixel-a-pixel", "Para cada píxel, las posiciones que lo vieron")
def dx_pixel(dy, kernel):
    filas, columnas = dy.shape
    kh, kw = kernel.shape
    dx = np.zeros((filas + kh - 1, columnas + kw - 1))
    for y in range(dx.shape[0]):
        for x in range(dx.shape[1]):
            for i in range(max(0, y - kh + 1), min(filas, y + 1)):
                for j in range(max(0, x - kw + 1), min(columnas, x + 1)):
                    dx[y, x] += dy[i, j] * kernel[y - i, x - j]
    return dx


@input_gradient.alternative("matriz-traspuesta", "La matriz de la convolución, traspuesta, por dy")
def dx_matriz(dy, kernel):
    filas, columnas = dy.shape
    kh, kw = kernel.shape
    alto, ancho = filas + kh - 1, columnas + kw - 1
    matriz = np.zeros((filas * columnas, alto, ancho))
    for n in range(filas * columnas):
        i, j = divmod(n, columnas)
        matriz[n, i : i + kh, j : j + kw] = kernel
    return (matriz.reshape(len(matriz), -1).T @ dy.ravel()).reshape(alto, ancho)


@input_gradient.alternative("producto-exterior", "Producto exterior de dy y kernel, y add.at")
def dx_exterior(dy, kernel):
    dx = np.zeros((dy.shape[0] + kernel.shape[0] - 1, dy.shape[1] + kernel.shape[1] - 1))
    i = np.arange(dy.shape[0])[:, None, None, None] + np.arange(kernel.shape[0])[:, None]
    j = np.arange(dy.shape[1])[:, None, None] + np.arange(kernel.shape[1])
    np.add.at(dx, (i, j), np.multiply.outer(dy, kernel))
    return dx


@input_gradient.misconception(
    "no-gira-el-kernel",
    "Desliza el kernel sobre dy con padding, pero sin girarlo",
    hint="Un dy con un solo 1 debe dejar una copia del kernel. ¿Qué deja el tuyo?",
)
def dx_sin_girar(dy, kernel):
    kh, kw = kernel.shape
    grande = np.pad(dy.astype(float), ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    dx = np.zeros((dy.shape[0] + kh - 1, dy.shape[1] + kw - 1))
    for i in range(dx.shape[0]):
        for j in range(dx.shape[1]):
            dx[i, j] = np.sum(grande[i : i + kh, j : j + kw] * kernel)
    return dx


@input_gradient.misconception(
    "gira-un-solo-eje",
    "Gira el kernel solo de arriba abajo",
    hint="Girar 180° invierte las filas y también las columnas.",
)
def dx_un_eje(dy, kernel):
    kh, kw = kernel.shape
    grande = np.pad(dy.astype(float), ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    dx = np.zeros((dy.shape[0] + kh - 1, dy.shape[1] + kw - 1))
    for i in range(dx.shape[0]):
        for j in range(dx.shape[1]):
            dx[i, j] = np.sum(grande[i : i + kh, j : j + kw] * kernel[::-1])
    return dx


@input_gradient.misconception(
    "kernel-traspuesto",
    "Reparte el kernel con filas y columnas cambiadas",
    hint="Un dy con un solo 1 debe dejar el kernel tal cual, sin trasponer.",
)
def dx_traspuesto(dy, kernel):
    kh, kw = kernel.shape
    dx = np.zeros((dy.shape[0] + kh - 1, dy.shape[1] + kw - 1))
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            for a in range(kh):
                for b in range(kw):
                    dx[i + a, j + b] += dy[i, j] * kernel[b % kh, a % kw]
    return dx


@input_gradient.misconception(
    "reparte-girado",
    "Reparte el kernel girado 180°",
    hint="Al repartir no se gira: por cada peso vuelve el mismo número por el que pasó la ida.",
)
def dx_reparte_girado(dy, kernel):
    kh, kw = kernel.shape
    dx = np.zeros((dy.shape[0] + kh - 1, dy.shape[1] + kw - 1))
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            dx[i : i + kh, j : j + kw] += dy[i, j] * kernel[::-1, ::-1]
    return dx


@input_gradient.misconception(
    "asigna-en-vez-de-sumar",
    "Asigna (=) cada copia en vez de sumarla (+=)",
    hint="Donde dos ventanas se solapan, ¿cuántas aportaciones recibe el píxel?",
)
def dx_asigna(dy, kernel):
    kh, kw = kernel.shape
    dx = np.zeros((dy.shape[0] + kh - 1, dy.shape[1] + kw - 1))
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            dx[i : i + kh, j : j + kw] = dy[i, j] * kernel
    return dx


@input_gradient.misconception(
    "promedia-el-solape",
    "Divide cada píxel entre el número de ventanas que lo tapan",
    hint="Las aportaciones se suman y ya está: no hay ninguna división.",
)
def dx_promedia(dy, kernel):
    kh, kw = kernel.shape
    dx = np.zeros((dy.shape[0] + kh - 1, dy.shape[1] + kw - 1))
    veces = np.zeros(dx.shape)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            dx[i : i + kh, j : j + kw] += dy[i, j] * kernel
            veces[i : i + kh, j : j + kw] += 1
    return dx / veces


@input_gradient.misconception(
    "forma-de-dy",
    "Devuelve algo del tamaño del mapa: recorta el borde",
    hint="Hay un gradiente por píxel de la imagen: el mapa es más pequeño que ella.",
)
def dx_forma_dy(dy, kernel):
    kh, kw = kernel.shape
    dx = np.zeros((dy.shape[0] + kh - 1, dy.shape[1] + kw - 1))
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            dx[i : i + kh, j : j + kw] += dy[i, j] * kernel
    return dx[(kh - 1) // 2 :, (kw - 1) // 2 :][: dy.shape[0], : dy.shape[1]]


@input_gradient.misconception(
    "forma-al-reves",
    "Calcula la forma restando, como en la ida",
    hint="En la ida el mapa encoge. A la vuelta, ¿crece o encoge?",
)
def dx_resta(dy, kernel):
    kh, kw = kernel.shape
    dx = np.zeros((max(dy.shape[0] - kh + 1, 0), max(dy.shape[1] - kw + 1, 0)))
    for i in range(dx.shape[0]):
        for j in range(dx.shape[1]):
            dx[i, j] = np.sum(dy[i : i + kh, j : j + kw] * kernel[::-1, ::-1])
    return dx


@input_gradient.misconception(
    "padding-cambiado",
    "Pone arriba y abajo el padding que va a los lados, y al revés",
    hint="El padding vertical depende del alto del kernel. Prueba con uno que no sea cuadrado.",
)
def dx_padding_cambiado(dy, kernel):
    kh, kw = kernel.shape
    grande = np.pad(dy.astype(float), ((kw - 1, kw - 1), (kh - 1, kh - 1)))
    dx = np.zeros((grande.shape[0] - kh + 1, grande.shape[1] - kw + 1))
    for i in range(dx.shape[0]):
        for j in range(dx.shape[1]):
            dx[i, j] = np.sum(grande[i : i + kh, j : j + kw] * kernel[::-1, ::-1])
    return dx


@input_gradient.misconception(
    "kernel-cuadrado",
    "Da por hecho que el kernel es cuadrado",
    hint="kernel.shape tiene dos números y pueden ser distintos.",
)
def dx_cuadrado(dy, kernel):
    k = kernel.shape[0]
    dx = np.zeros((dy.shape[0] + k - 1, dy.shape[1] + k - 1))
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            dx[i : i + k, j : j + k] += dy[i, j] * kernel
    return dx


@input_gradient.misconception(
    "alto-para-los-dos-ejes",
    "Usa el alto del mapa también para las columnas",
    hint="Pruébala con un mapa que no sea cuadrado.",
)
def dx_alto(dy, kernel):
    kh, kw = kernel.shape
    n = dy.shape[0]
    dx = np.zeros((n + kh - 1, n + kw - 1))
    for i in range(n):
        for j in range(n):
            dx[i : i + kh, j : j + kw] += dy[i, j] * kernel
    return dx


@input_gradient.misconception(
    "suma-de-los-pesos",
    "Reparte a toda la ventana la suma de los pesos, y no cada uno a su píxel",
    hint="Cada píxel recibe por el peso que lo multiplicó, no por todos.",
)
def dx_suma_pesos(dy, kernel):
    kh, kw = kernel.shape
    dx = np.zeros((dy.shape[0] + kh - 1, dy.shape[1] + kw - 1))
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            dx[i : i + kh, j : j + kw] += dy[i, j] * np.sum(kernel)
    return dx


@input_gradient.misconception(
    "sin-dy",
    "Reparte el kernel sin multiplicarlo por dy",
    hint="Con un dy de ceros, el gradiente debe ser cero.",
)
def dx_sin_dy(dy, kernel):
    kh, kw = kernel.shape
    dx = np.zeros((dy.shape[0] + kh - 1, dy.shape[1] + kw - 1))
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            dx[i : i + kh, j : j + kw] += kernel
    return dx


@input_gradient.misconception(
    "cambia-el-signo",
    "Devuelve el gradiente con el signo cambiado",
    hint="El signo menos va en el paso de aprendizaje, no en el gradiente.",
)
def dx_signo(dy, kernel):
    kh, kw = kernel.shape
    dx = np.zeros((dy.shape[0] + kh - 1, dy.shape[1] + kw - 1))
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            dx[i : i + kh, j : j + kw] -= dy[i, j] * kernel
    return dx


@input_gradient.misconception(
    "gira-dy",
    "Gira dy en lugar del kernel",
    hint="Un dy con un 1 arriba a la izquierda debe dejar su copia arriba a la izquierda.",
)
def dx_gira_dy(dy, kernel):
    kh, kw = kernel.shape
    girado = dy[::-1, ::-1]
    dx = np.zeros((dy.shape[0] + kh - 1, dy.shape[1] + kw - 1))
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            dx[i : i + kh, j : j + kw] += girado[i, j] * kernel
    return dx


@input_gradient.misconception(
    "salta-de-kernel-en-kernel",
    "Coloca las copias una al lado de otra, sin solaparlas",
    hint="Las ventanas avanzaban de un píxel en un píxel, y las copias también.",
)
def dx_salta(dy, kernel):
    kh, kw = kernel.shape
    dx = np.zeros((dy.shape[0] + kh - 1, dy.shape[1] + kw - 1))
    todas = np.kron(dy, kernel)
    dx[:, :] = todas[: dx.shape[0], : dx.shape[1]]
    return dx


@input_gradient.misconception(
    "tipo-de-dy",
    "Crea el resultado con el tipo de dy: si es de enteros, se pierden los decimales",
    hint="Prueba con un dy de enteros y un kernel de 0.5.",
)
def dx_tipo(dy, kernel):
    kh, kw = kernel.shape
    dx = np.zeros((dy.shape[0] + kh - 1, dy.shape[1] + kw - 1), dtype=dy.dtype)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            dx[i : i + kh, j : j + kw] += (dy[i, j] * kernel).astype(dy.dtype)
    return dx


@input_gradient.misconception(
    "modifica-el-kernel",
    "Calcula bien, pero deja cambiado el kernel que recibe",
    hint="Mira si usas *= con el kernel: eso cambia también el de quien te llamó.",
)
def dx_modifica(dy, kernel):
    kh, kw = kernel.shape
    dx = np.zeros((dy.shape[0] + kh - 1, dy.shape[1] + kw - 1))
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            dx[i : i + kh, j : j + kw] += dy[i, j] * kernel
    kernel *= -1
    return dx


# --- gradient_check: ¿está bien un gradiente? ----------------------------------------


@gradient_check.observed
def revisar_redondeado(f, x, resultado):
    """La diferencia sin lo que depende de cuánto se mueva cada número."""
    return np.round(np.asarray(resultado, dtype=float), 3)


@gradient_check.is_reference
def revisar_referencia(f, x):
    h = 1e-5
    x = np.array(x, dtype=float)
    gradiente = np.array(f(x.copy())[1])
    mayor = 0.0
    for indice in np.ndindex(x.shape):
        arriba, abajo = x.copy(), x.copy()
        arriba[indice] += h
        abajo[indice] -= h
        pendiente = (f(arriba)[0] - f(abajo)[0]) / (2 * h)
        mayor = max(mayor, abs(pendiente - gradiente[indice]))
    return mayor


@gradient_check.alternative("vectorizada", "Una base de desplazamientos con np.eye")
def revisar_base(f, x):
    x = np.asarray(x).astype(np.float64)
    pasos = 1e-5 * np.eye(x.size).reshape(x.size, *x.shape)
    pendientes = [(f(x + paso)[0] - f(x - paso)[0]) / 2e-5 for paso in pasos]
    return np.abs(np.array(pendientes) - np.ravel(f(x)[1])).max()


@gradient_check.alternative("aplanado", "Aplana, mueve y vuelve a dar forma")
def revisar_aplanado(f, x):
    plano = x.astype(float).flatten()
    grad = np.asarray(f(plano.reshape(x.shape))[1]).flatten()
    diferencias = []
    for i in range(len(plano)):
        original = plano[i]
        plano[i] = original + 1e-5
        alto = f(plano.reshape(x.shape).copy())[0]
        plano[i] = original - 1e-5
        bajo = f(plano.reshape(x.shape).copy())[0]
        plano[i] = original
        diferencias.append(abs((alto - bajo) / 0.00002 - grad[i]))
    return max(diferencias)


@gradient_check.alternative("paso-menor", "Con h = 1e-6")
def revisar_paso_menor(f, x):
    h = 1e-6
    x = x * 1.0 if x.dtype != np.float32 else x.astype(float)
    _, dado = f(x)
    medido = np.zeros(x.shape)
    for i in np.ndindex(*x.shape):
        mas = x.copy()
        mas[i] = mas[i] + h
        menos = x.copy()
        menos[i] = menos[i] - h
        medido[i] = (f(mas)[0] - f(menos)[0]) / (2 * h)
    return float(np.max(np.abs(medido - dado)))


@gradient_check.alternative("norma-infinito", "Norma infinito de la resta")
def revisar_norma(f, x):
    x = np.array(x, np.float64)
    medido = np.empty(x.size)
    for n in range(x.size):
        delta = np.zeros(x.size)
        delta[n] = 1e-5
        delta = delta.reshape(x.shape)
        medido[n] = (f(x + delta)[0] - f(x - delta)[0]) / 2 / 1e-5
    return np.linalg.norm(medido - np.asarray(f(x)[1]).ravel(), ord=np.inf)


@gradient_check.alternative("cinco-puntos", "Diferencia centrada de cuatro puntos")
def revisar_cuatro_puntos(f, x):
    h, x = 1e-4, np.array(x, dtype=float)
    grad = np.array(f(x)[1])
    peor = 0
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        cerca = f(x + e)[0] - f(x - e)[0]
        lejos = f(x + 2 * e)[0] - f(x - 2 * e)[0]
        peor = max(peor, np.abs((8 * cerca - lejos) / (12 * h) - grad[i]))
    return np.array(peor)


@gradient_check.alternative("enumerate", "enumerate sobre los valores del gradiente")
def revisar_enumerate(f, x):
    x, h = x.astype("float64"), 1e-5
    errores = set()
    for n, dado in enumerate(np.asarray(f(x)[1]).flat):
        mas, menos = x.copy(), x.copy()
        mas.flat[n] += h
        menos.flat[n] -= h
        errores.add(abs((f(mas)[0] - f(menos)[0]) / (mas.flat[n] - menos.flat[n]) - dado))
    return sorted(errores)[-1]


@gradient_check.misconception(
    "un-solo-lado",
    "Usa la diferencia hacia delante: (f(x + h) − f(x)) / h",
    hint="Con 1000·x² tu pendiente se desvía. ¿Qué dos puntos usa la diferencia centrada?",
)
def revisar_un_lado(f, x):
    h, x = 1e-5, np.array(x, dtype=float)
    valor, grad = f(x)
    peor = 0
    for i in np.ndindex(x.shape):
        mas = x.copy()
        mas[i] += h
        peor = max(peor, abs((f(mas)[0] - valor) / h - grad[i]))
    return peor


@gradient_check.misconception(
    "paso-demasiado-grande",
    "Usa un paso de h = 0.1",
    hint="Con pasos grandes la curva se dobla por el camino. ¿Qué h pide el enunciado?",
)
def revisar_paso_grande(f, x):
    h, x = 0.1, np.array(x, dtype=float)
    grad = f(x)[1]
    peor = 0
    for i in np.ndindex(x.shape):
        mas, menos = x.copy(), x.copy()
        mas[i] += h
        menos[i] -= h
        peor = max(peor, abs((f(mas)[0] - f(menos)[0]) / (2 * h) - grad[i]))
    return peor


@gradient_check.misconception(
    "paso-demasiado-pequeno",
    "Usa un paso de h = 1e-13: la resta pierde casi todas sus cifras",
    hint="Un paso minúsculo no es mejor: el ordenador guarda unas 16 cifras. ¿Qué h se pide?",
)
def revisar_paso_minimo(f, x):
    h, x = 1e-13, np.array(x, dtype=float)
    grad = f(x)[1]
    peor = 0
    for i in np.ndindex(x.shape):
        mas, menos = x.copy(), x.copy()
        mas[i] += h
        menos[i] -= h
        peor = max(peor, abs((f(mas)[0] - f(menos)[0]) / (2 * h) - grad[i]))
    return peor


@gradient_check.misconception(
    "divide-entre-h",
    "Divide entre h y no entre 2·h",
    hint="Entre x − h y x + h, ¿qué distancia hay?",
)
def revisar_divide_h(f, x):
    h, x = 1e-5, np.array(x, dtype=float)
    grad = f(x)[1]
    peor = 0
    for i in np.ndindex(x.shape):
        mas, menos = x.copy(), x.copy()
        mas[i] += h
        menos[i] -= h
        peor = max(peor, abs((f(mas)[0] - f(menos)[0]) / h - grad[i]))
    return peor


@gradient_check.misconception(
    "parentesis-mal",
    "Escribe / 2 * h: multiplica por h en vez de dividir",
    hint="En Python, a / 2 * h no es a / (2 * h).",
)
def revisar_parentesis(f, x):
    h, x = 1e-5, np.array(x, dtype=float)
    grad = f(x)[1]
    peor = 0
    for i in np.ndindex(x.shape):
        mas, menos = x.copy(), x.copy()
        mas[i] += h
        menos[i] -= h
        peor = max(peor, abs((f(mas)[0] - f(menos)[0]) / 2 * h - grad[i]))
    return peor


@gradient_check.misconception(
    "sin-valor-absoluto",
    "Toma la mayor diferencia con su signo: las negativas no cuentan",
    hint="Un gradiente también puede equivocarse por encima. ¿Qué pasa entonces con tu máximo?",
)
def revisar_sin_abs(f, x):
    h, x = 1e-5, np.array(x, dtype=float)
    grad = f(x)[1]
    peor = 0
    for i in np.ndindex(x.shape):
        mas, menos = x.copy(), x.copy()
        mas[i] += h
        menos[i] -= h
        peor = max(peor, (f(mas)[0] - f(menos)[0]) / (2 * h) - grad[i])
    return peor


@gradient_check.misconception(
    "media",
    "Devuelve la diferencia media",
    hint="Un solo error grande no debe quedar escondido entre muchos aciertos y una media.",
)
def revisar_media(f, x):
    h, x = 1e-5, np.array(x, dtype=float)
    grad = f(x)[1]
    diferencias = []
    for i in np.ndindex(x.shape):
        mas, menos = x.copy(), x.copy()
        mas[i] += h
        menos[i] -= h
        diferencias.append(abs((f(mas)[0] - f(menos)[0]) / (2 * h) - grad[i]))
    return np.mean(diferencias)


@gradient_check.misconception(
    "suma",
    "Devuelve la suma de las diferencias",
    hint="Se pide la mayor de las diferencias, no su suma.",
)
def revisar_suma(f, x):
    h, x = 1e-5, np.array(x, dtype=float)
    grad = f(x)[1]
    total = 0
    for i in np.ndindex(x.shape):
        mas, menos = x.copy(), x.copy()
        mas[i] += h
        menos[i] -= h
        total += abs((f(mas)[0] - f(menos)[0]) / (2 * h) - grad[i])
    return total


@gradient_check.misconception(
    "ultima-diferencia",
    "Devuelve la diferencia del último número, no la mayor",
    hint="Tu variable se sobrescribe en cada vuelta del bucle.",
)
def revisar_ultima(f, x):
    h, x = 1e-5, np.array(x, dtype=float)
    grad = f(x)[1]
    for i in np.ndindex(x.shape):
        mas, menos = x.copy(), x.copy()
        mas[i] += h
        menos[i] -= h
        diferencia = abs((f(mas)[0] - f(menos)[0]) / (2 * h) - grad[i])
    return diferencia


@gradient_check.misconception(
    "return-dentro-del-bucle",
    "Devuelve la diferencia del primer número",
    hint="Mira la sangría de return: ¿cuántas veces llega a repetirse el bucle?",
)
def revisar_primera(f, x):
    h, x = 1e-5, np.array(x, dtype=float)
    grad = f(x)[1]
    for i in np.ndindex(x.shape):
        mas, menos = x.copy(), x.copy()
        mas[i] += h
        menos[i] -= h
        return abs((f(mas)[0] - f(menos)[0]) / (2 * h) - grad[i])


@gradient_check.misconception(
    "mueve-todo-a-la-vez",
    "Mueve todos los números de x a la vez",
    hint="Si se mueven todos, no se sabe cuál ha causado el cambio. De uno en uno.",
)
def revisar_todo(f, x):
    h, x = 1e-5, np.array(x, dtype=float)
    grad = np.array(f(x)[1])
    pendiente = (f(x + h)[0] - f(x - h)[0]) / (2 * h)
    return np.abs(pendiente - grad).max()


@gradient_check.misconception(
    "no-deshace-el-paso",
    "Mueve un número y no lo devuelve a su sitio antes de mover el siguiente",
    hint="Al mover el segundo número, ¿dónde está el primero?",
)
def revisar_no_deshace(f, x):
    h, x = 1e-5, np.array(x, dtype=float)
    grad = np.array(f(x)[1])
    peor = 0
    for i in np.ndindex(x.shape):
        x[i] += h
        alto = f(x)[0]
        x[i] -= 2 * h
        bajo = f(x)[0]
        peor = max(peor, abs((alto - bajo) / (2 * h) - grad[i]))
    return peor


@gradient_check.misconception(
    "enteros",
    "Mueve una copia de x con su tipo: si es de enteros, el paso se pierde",
    hint="¿Qué guarda un array de enteros al asignarle 3.00001?",
)
def revisar_enteros(f, x):
    h = 1e-5
    grad = f(x)[1]
    peor = 0
    for i in np.ndindex(x.shape):
        mas, menos = x.copy(), x.copy()
        mas[i] = mas[i] + h
        menos[i] = menos[i] - h
        peor = max(peor, abs((f(mas)[0] - f(menos)[0]) / (2 * h) - grad[i]))
    return peor


@gradient_check.misconception(
    "modifica-x",
    "Mueve los números en el array que recibe y no los devuelve a su sitio",
    hint="Haz copias de x: el array que te dan es de quien te llama.",
)
def revisar_modifica(f, x):
    h = 1e-5
    grad = np.array(f(x.astype(float))[1])
    peor = 0
    for i in np.ndindex(x.shape):
        mas, menos = x.astype(float), x.astype(float)
        mas[i] += h
        menos[i] -= h
        peor = max(peor, abs((f(mas)[0] - f(menos)[0]) / (2 * h) - grad[i]))
    x[...] = x + 1
    return peor


@gradient_check.misconception(
    "devuelve-si-o-no",
    "Devuelve True o False en vez de la diferencia",
    hint="Se pide cuánto se equivoca, no si se equivoca.",
)
def revisar_booleano(f, x):
    h, x = 1e-5, np.array(x, dtype=float)
    grad = f(x)[1]
    for i in np.ndindex(x.shape):
        mas, menos = x.copy(), x.copy()
        mas[i] += h
        menos[i] -= h
        if abs((f(mas)[0] - f(menos)[0]) / (2 * h) - grad[i]) > 1e-3:
            return False
    return True


@gradient_check.misconception(
    "siempre-cero",
    "Compara el gradiente consigo mismo: siempre sale cero",
    hint="Prueba con un gradiente equivocado: tu función debería notarlo.",
)
def revisar_cero(f, x):
    grad = np.array(f(np.array(x, dtype=float))[1])
    return np.abs(grad - grad).max()


@gradient_check.misconception(
    "relativa",
    "Divide la diferencia entre el tamaño del gradiente",
    hint="El enunciado pide la diferencia tal cual, sin dividir.",
)
def revisar_relativa(f, x):
    h, x = 1e-5, np.array(x, dtype=float)
    grad = f(x)[1]
    peor = 0
    for i in np.ndindex(x.shape):
        mas, menos = x.copy(), x.copy()
        mas[i] += h
        menos[i] -= h
        pendiente = (f(mas)[0] - f(menos)[0]) / (2 * h)
        peor = max(peor, abs(pendiente - grad[i]) / max(abs(pendiente), abs(grad[i]), 1e-9))
    return peor


@gradient_check.misconception(
    "solo-la-diagonal",
    "Mueve solo los números con todos los índices iguales",
    hint="¿Cuántos números tiene x? ¿Cuántas veces se repite tu bucle?",
)
def revisar_diagonal(f, x):
    h, x = 1e-5, np.array(x, dtype=float)
    grad = f(x)[1]
    peor = 0
    for n in range(min(x.shape)):
        i = (n,) * x.ndim
        mas, menos = x.copy(), x.copy()
        mas[i] += h
        menos[i] -= h
        peor = max(peor, abs((f(mas)[0] - f(menos)[0]) / (2 * h) - grad[i]))
    return peor
