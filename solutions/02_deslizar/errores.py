"""Catálogo de la unidad 02: cómo se responde a sus ejercicios, bien y mal.

Cada función está escrita como la escribiría un estudiante. Las pruebas de la unidad
deben aceptar todas las correctas y rechazar todos los errores (`make matrix`).
"""

import numpy as np

from course_lib.grading.catalog import Exercise

suma_ponderada = Exercise("suma_ponderada", section="Primero, una sola parada")
conv2d_valid = Exercise("conv2d_valid", section="Ahora, todas las paradas")

# --- suma_ponderada: una sola ventana ------------------------------------------------


@suma_ponderada.is_reference
def suma_referencia(ventana, kernel):
    return np.sum(ventana * kernel)


@suma_ponderada.alternative("vectorizada", "Producto escalar de los vectores aplanados")
def suma_con_dot(ventana, kernel):
    return np.dot(np.asarray(ventana, dtype=float).ravel(), np.ravel(kernel))


@suma_ponderada.alternative("bucles", "Dos bucles y un acumulador")
def suma_con_bucles(ventana, kernel):
    alto, ancho = kernel.shape
    total = 0
    for fila in range(alto):
        for columna in range(ancho):
            total = total + ventana[fila][columna] * kernel[fila][columna]
    return total


@suma_ponderada.alternative("einsum", "einsum")
def suma_con_einsum(ventana, kernel):
    return np.einsum("ij,ij->", ventana.astype(float), kernel)


@suma_ponderada.alternative("sum-de-python", "sum y zip de Python")
def suma_con_zip(ventana, kernel):
    return sum(float(p) * float(w) for p, w in zip(ventana.flat, kernel.flat, strict=True))


@suma_ponderada.alternative("vdot", "vdot, que aplana por su cuenta")
def suma_con_vdot(ventana, kernel):
    return np.vdot(ventana, kernel)


@suma_ponderada.misconception(
    "producto-matricial",
    "Usa el producto de matrices (@) en vez del producto elemento a elemento (*)",
    hint="Cada peso multiplica solo al píxel que tiene debajo. ¿Qué operador de NumPy hace eso?",
)
def suma_matricial(ventana, kernel):
    return np.sum(ventana @ kernel.T)


@suma_ponderada.misconception(
    "promedio",
    "Promedia los productos en vez de sumarlos",
    hint="Compara tu número con la suma hecha a mano: ¿cuántas veces más pequeño es?",
)
def suma_promedio(ventana, kernel):
    return np.mean(ventana * kernel)


@suma_ponderada.misconception(
    "sin-pesos",
    "Suma los píxeles sin multiplicarlos por los pesos",
    hint="Prueba con un kernel lleno de ceros: ¿qué debería salir?",
)
def suma_sin_pesos(ventana, kernel):
    return np.sum(ventana)


@suma_ponderada.misconception(
    "por-columnas",
    "Suma solo por columnas y devuelve varios números",
    hint="Una ventana produce un único número. Mira qué hace axis dentro de sum.",
)
def suma_por_columnas(ventana, kernel):
    return np.sum(ventana * kernel, axis=0)


@suma_ponderada.misconception(
    "kernel-girado-180",
    "Gira el kernel 180° antes de multiplicar",
    hint="En este curso el kernel se apoya tal cual: w1 sobre el píxel de arriba a la izquierda.",
    section="¿Hay que girar el kernel?",
)
def suma_girada(ventana, kernel):
    return np.sum(ventana * kernel[::-1, ::-1])


@suma_ponderada.misconception(
    "kernel-3x3-fijo",
    "Da por hecho que la ventana es de 3×3",
    hint="Pregúntale su tamaño al kernel con kernel.shape en lugar de escribir un 3.",
)
def suma_3x3(ventana, kernel):
    total = 0.0
    for fila in range(3):
        for columna in range(3):
            total += ventana[fila, columna] * kernel[fila, columna]
    return total


@suma_ponderada.misconception(
    "desborda-uint8",
    "Guarda la suma en un uint8, que solo llega a 255",
    hint="La suma puede ser negativa o pasar de 255. ¿Qué tipo de número puede guardarla?",
)
def suma_desborda(ventana, kernel):
    return np.sum(ventana * kernel).astype(np.int64).astype(ventana.dtype)


@suma_ponderada.misconception(
    "normaliza",
    "Divide entre la suma de los pesos",
    hint="Relee la fórmula: después de sumar los productos no queda ninguna división.",
)
def suma_normalizada(ventana, kernel):
    total = np.sum(kernel)
    return np.sum(ventana * kernel) / (total if total != 0 else 1)


@suma_ponderada.misconception(
    "a-entero",
    "Recorta el resultado a un número entero",
    hint="Los pesos pueden ser 0.5: la suma no siempre es un entero.",
)
def suma_entera(ventana, kernel):
    return int(np.sum(ventana * kernel))


# --- conv2d_valid: la misma ventana en cada posición ---------------------------------


@conv2d_valid.is_reference
def conv_referencia(imagen, kernel):
    alto, ancho = imagen.shape
    kh, kw = kernel.shape
    mapa = np.zeros((alto - kh + 1, ancho - kw + 1))
    for fila in range(mapa.shape[0]):
        for columna in range(mapa.shape[1]):
            ventana = imagen[fila : fila + kh, columna : columna + kw]
            mapa[fila, columna] = np.sum(ventana * kernel)
    return mapa


@conv2d_valid.alternative("vectorizada", "sliding_window_view y einsum, sin bucles")
def conv_vectorizada(imagen, kernel):
    ventanas = np.lib.stride_tricks.sliding_window_view(imagen, kernel.shape)
    return np.einsum("ijkl,kl->ij", ventanas.astype(float), kernel)


@conv2d_valid.alternative("cuatro-bucles", "Cuatro bucles de Python")
def conv_cuatro_bucles(imagen, kernel):
    filas = len(imagen) - len(kernel) + 1
    columnas = len(imagen[0]) - len(kernel[0]) + 1
    mapa = []
    for i in range(filas):
        linea = []
        for j in range(columnas):
            suma = 0
            for a in range(len(kernel)):
                for b in range(len(kernel[0])):
                    suma = suma + float(imagen[i + a][j + b]) * float(kernel[a][b])
            linea.append(suma)
        mapa.append(linea)
    return mapa


@conv2d_valid.alternative("sumar-desplazadas", "Suma de imágenes desplazadas, una por peso")
def conv_desplazadas(imagen, kernel):
    kh, kw = kernel.shape
    alto, ancho = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    mapa = np.zeros((alto, ancho), dtype=np.float32)
    for a in range(kh):
        for b in range(kw):
            mapa += kernel[a, b] * imagen[a : a + alto, b : b + ancho].astype(np.float32)
    return mapa


@conv2d_valid.alternative("fft", "Transformada de Fourier")
def conv_fft(imagen, kernel):
    alto, ancho = imagen.shape
    kh, kw = kernel.shape
    girado = np.fft.rfft2(kernel[::-1, ::-1], (alto, ancho))
    completo = np.fft.irfft2(np.fft.rfft2(imagen) * girado, (alto, ancho))
    return completo[kh - 1 :, kw - 1 :]


@conv2d_valid.alternative("im2col", "im2col: una matriz de ventanas por un vector de pesos")
def conv_im2col(imagen, kernel):
    kh, kw = kernel.shape
    alto, ancho = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    filas = [imagen[i : i + kh, j : j + kw].ravel() for i in range(alto) for j in range(ancho)]
    return (np.array(filas, dtype=float) @ kernel.ravel()).reshape(alto, ancho)


@conv2d_valid.alternative("tensordot", "Ventanas y tensordot")
def conv_tensordot(imagen, kernel):
    ventanas = np.lib.stride_tricks.sliding_window_view(imagen, kernel.shape)
    return np.tensordot(ventanas, kernel, axes=((2, 3), (0, 1)))


@conv2d_valid.misconception(
    "kernel-girado-180",
    "Gira el kernel 180° (la convolución de las matemáticas)",
    hint="En redes neuronales el kernel no se gira. Prueba con un kernel que no sea simétrico.",
    section="¿Hay que girar el kernel?",
)
def conv_girada(imagen, kernel):
    kh, kw = kernel.shape
    girado = kernel[::-1, ::-1]
    mapa = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(mapa.shape[0]):
        for j in range(mapa.shape[1]):
            mapa[i, j] = np.sum(imagen[i : i + kh, j : j + kw] * girado)
    return mapa


@conv2d_valid.misconception(
    "kernel-volteado-horizontal",
    "Voltea el kernel de izquierda a derecha",
    hint="¿Qué peso cae sobre el píxel de la izquierda de la ventana? Compruébalo a mano.",
)
def conv_volteada_h(imagen, kernel):
    kh, kw = kernel.shape
    mapa = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(mapa.shape[0]):
        for j in range(mapa.shape[1]):
            mapa[i, j] = np.sum(imagen[i : i + kh, j : j + kw] * kernel[:, ::-1])
    return mapa


@conv2d_valid.misconception(
    "kernel-volteado-vertical",
    "Voltea el kernel de arriba abajo",
    hint="¿Qué peso cae sobre el píxel de arriba de la ventana? Compruébalo a mano.",
)
def conv_volteada_v(imagen, kernel):
    kh, kw = kernel.shape
    mapa = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(mapa.shape[0]):
        for j in range(mapa.shape[1]):
            mapa[i, j] = np.sum(imagen[i : i + kh, j : j + kw] * kernel[::-1])
    return mapa


@conv2d_valid.misconception(
    "kernel-transpuesto",
    "Cambia las filas del kernel por sus columnas",
    hint="Las filas del kernel van con las filas de la ventana. ¿Has usado .T o [columna, fila]?",
)
def conv_transpuesta(imagen, kernel):
    kh, kw = kernel.shape
    mapa = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(mapa.shape[0]):
        for j in range(mapa.shape[1]):
            for a in range(kh):
                for b in range(kw):
                    mapa[i, j] += imagen[i + a, j + b] * kernel[b % kh, a % kw]
    return mapa


@conv2d_valid.misconception(
    "tamano-sin-mas-uno",
    "Olvida el + 1 del tamaño: pierde la última fila y la última columna",
    hint="¿En cuántas posiciones cabe una ventana de 3 en una fila de 3 píxeles?",
)
def conv_sin_mas_uno(imagen, kernel):
    kh, kw = kernel.shape
    mapa = np.zeros((imagen.shape[0] - kh, imagen.shape[1] - kw))
    for i in range(mapa.shape[0]):
        for j in range(mapa.shape[1]):
            mapa[i, j] = np.sum(imagen[i : i + kh, j : j + kw] * kernel)
    return mapa


@conv2d_valid.misconception(
    "marco-de-ceros",
    "Devuelve un mapa del tamaño de la imagen, con un marco de ceros",
    hint="Sin padding el mapa es más pequeño que la imagen: solo hay sitio para ventanas enteras.",
)
def conv_marco(imagen, kernel):
    kh, kw = kernel.shape
    mapa = np.zeros(imagen.shape)
    for i in range(imagen.shape[0] - kh + 1):
        for j in range(imagen.shape[1] - kw + 1):
            mapa[i + kh // 2, j + kw // 2] = np.sum(imagen[i : i + kh, j : j + kw] * kernel)
    return mapa


@conv2d_valid.misconception(
    "relleno-abajo-a-la-derecha",
    "Deja que la ventana se salga de la imagen y se corte en el borde",
    hint="Imprime la forma de la última ventana: ¿tiene todas sus filas y columnas?",
)
def conv_sale(imagen, kernel):
    kh, kw = kernel.shape
    mapa = np.zeros(imagen.shape)
    for i in range(imagen.shape[0]):
        for j in range(imagen.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            mapa[i, j] = np.sum(ventana * kernel[: ventana.shape[0], : ventana.shape[1]])
    return mapa


@conv2d_valid.misconception(
    "alto-para-los-dos-ejes",
    "Usa el alto de la imagen también para las columnas",
    hint="Pruébala con una imagen que no sea cuadrada.",
)
def conv_alto(imagen, kernel):
    kh, kw = kernel.shape
    n = imagen.shape[0]
    mapa = np.zeros((n - kh + 1, n - kw + 1))
    for i in range(n - kh + 1):
        for j in range(n - kw + 1):
            ventana = imagen[i : i + kh, j : j + kw]
            mapa[i, j] = np.sum(ventana * kernel[: ventana.shape[0], : ventana.shape[1]])
    return mapa


@conv2d_valid.misconception(
    "kernel-cuadrado",
    "Da por hecho que el kernel es cuadrado",
    hint="kernel.shape tiene dos números y pueden ser distintos.",
)
def conv_kernel_cuadrado(imagen, kernel):
    k = kernel.shape[0]
    mapa = np.zeros((imagen.shape[0] - k + 1, imagen.shape[1] - k + 1))
    for i in range(mapa.shape[0]):
        for j in range(mapa.shape[1]):
            mapa[i, j] = np.sum(imagen[i : i + k, j : j + k] * kernel)
    return mapa


@conv2d_valid.misconception(
    "kernel-3x3-fijo",
    "Da por hecho que el kernel es de 3×3",
    hint="Busca los números escritos a mano en tu código: ¿de dónde debería salir ese 3 o ese 2?",
)
def conv_3x3(imagen, kernel):
    mapa = np.zeros((imagen.shape[0] - 2, imagen.shape[1] - 2))
    for i in range(mapa.shape[0]):
        for j in range(mapa.shape[1]):
            mapa[i, j] = np.sum(imagen[i : i + 3, j : j + 3] * kernel)
    return mapa


@conv2d_valid.misconception(
    "filas-y-columnas-cambiadas",
    "Recorre la imagen con la fila y la columna cambiadas",
    hint="El primer índice de un array es la fila. ¿Cuál usas primero al cortar la ventana?",
)
def conv_cambiadas(imagen, kernel):
    kh, kw = kernel.shape
    filas, columnas = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    mapa = np.zeros((columnas, filas))
    for i in range(filas):
        for j in range(columnas):
            mapa[j, i] = np.sum(imagen[i : i + kh, j : j + kw] * kernel)
    return mapa


@conv2d_valid.misconception(
    "promedio",
    "Promedia los productos en vez de sumarlos",
    hint="Compara un número de tu mapa con la suma hecha a mano: ¿cuántas veces menor es?",
)
def conv_promedio(imagen, kernel):
    kh, kw = kernel.shape
    mapa = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(mapa.shape[0]):
        for j in range(mapa.shape[1]):
            mapa[i, j] = np.mean(imagen[i : i + kh, j : j + kw] * kernel)
    return mapa


@conv2d_valid.misconception(
    "normaliza",
    "Divide cada suma entre la suma de los pesos",
    hint="Relee la fórmula: ¿hay alguna división?",
)
def conv_normaliza(imagen, kernel):
    kh, kw = kernel.shape
    total = kernel.sum() if kernel.sum() != 0 else 1
    mapa = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(mapa.shape[0]):
        for j in range(mapa.shape[1]):
            mapa[i, j] = np.sum(imagen[i : i + kh, j : j + kw] * kernel) / total
    return mapa


@conv2d_valid.misconception(
    "producto-matricial",
    "Usa el producto de matrices (@) en vez del producto elemento a elemento (*)",
    hint="Cada peso multiplica solo al píxel que tiene debajo.",
)
def conv_matricial(imagen, kernel):
    kh, kw = kernel.shape
    mapa = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(mapa.shape[0]):
        for j in range(mapa.shape[1]):
            mapa[i, j] = np.sum(imagen[i : i + kh, j : j + kw] @ kernel)
    return mapa


@conv2d_valid.misconception(
    "acumulador-sin-reiniciar",
    "No vuelve a poner la suma a cero en cada posición",
    hint="Los números de tu mapa no paran de crecer. ¿Dónde empieza la suma de cada ventana?",
)
def conv_acumula(imagen, kernel):
    kh, kw = kernel.shape
    mapa = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    suma = 0
    for i in range(mapa.shape[0]):
        for j in range(mapa.shape[1]):
            for a in range(kh):
                for b in range(kw):
                    suma += imagen[i + a, j + b] * kernel[a, b]
            mapa[i, j] = suma
    return mapa


@conv2d_valid.misconception(
    "tipo-de-la-imagen",
    "Crea el mapa con el tipo de la imagen: un uint8 no guarda negativos ni decimales",
    hint="Si la imagen es uint8, ¿qué pasa al guardar −3 o 0.5 en tu mapa?",
)
def conv_tipo(imagen, kernel):
    kh, kw = kernel.shape
    mapa = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(mapa.shape[0]):
        for j in range(mapa.shape[1]):
            mapa[i, j] = np.sum(imagen[i : i + kh, j : j + kw] * kernel)
    return mapa.astype(np.int64).astype(imagen.dtype)


@conv2d_valid.misconception(
    "recorta-negativos",
    "Cambia los números negativos por ceros",
    hint="Eso es una activación (ReLU) y llega más adelante: aquí los negativos se quedan.",
)
def conv_relu(imagen, kernel):
    kh, kw = kernel.shape
    mapa = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(mapa.shape[0]):
        for j in range(mapa.shape[1]):
            mapa[i, j] = max(0, np.sum(imagen[i : i + kh, j : j + kw] * kernel))
    return mapa


@conv2d_valid.misconception(
    "modifica-la-imagen",
    "Escribe los resultados encima de la imagen que recibe",
    hint="Las ventanas siguientes leen números ya cambiados. Guarda el mapa en otro array.",
)
def conv_modifica(imagen, kernel):
    kh, kw = kernel.shape
    filas, columnas = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    for i in range(filas):
        for j in range(columnas):
            imagen[i, j] = np.sum(imagen[i : i + kh, j : j + kw] * kernel)
    return imagen[:filas, :columnas]


@conv2d_valid.misconception(
    "normaliza-la-imagen-en-el-sitio",
    "Calcula bien, pero deja cambiada la imagen que recibe",
    hint="Mira si usas *=, /= o -= con la imagen: eso cambia también la de quien te llamó.",
)
def conv_en_el_sitio(imagen, kernel):
    kh, kw = kernel.shape
    mapa = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(mapa.shape[0]):
        for j in range(mapa.shape[1]):
            mapa[i, j] = np.sum(imagen[i : i + kh, j : j + kw] * kernel)
    imagen -= imagen.min()
    return mapa


@conv2d_valid.misconception(
    "deja-girado-el-kernel",
    "Calcula bien, pero deja girado el kernel que recibe",
    hint="Mira si el kernel está a la izquierda de un signo igual: quien te llamó lo vería girado.",
)
def conv_gira_el_recibido(imagen, kernel):
    kh, kw = kernel.shape
    mapa = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(mapa.shape[0]):
        for j in range(mapa.shape[1]):
            mapa[i, j] = np.sum(imagen[i : i + kh, j : j + kw] * kernel)
    kernel[:] = kernel[::-1, ::-1].copy()
    return mapa


@conv2d_valid.misconception(
    "salta-de-kernel-en-kernel",
    "Mueve la ventana tantos píxeles como mide el kernel",
    hint="La ventana avanza de un píxel en un píxel: las ventanas vecinas se solapan.",
)
def conv_salta(imagen, kernel):
    kh, kw = kernel.shape
    filas, columnas = imagen.shape[0] // kh, imagen.shape[1] // kw
    mapa = np.zeros((filas, columnas))
    for i in range(filas):
        for j in range(columnas):
            mapa[i, j] = np.sum(imagen[i * kh : i * kh + kh, j * kw : j * kw + kw] * kernel)
    return mapa


@conv2d_valid.misconception(
    "solo-la-diagonal",
    "Mueve la fila y la columna a la vez y solo calcula la diagonal",
    hint="Hacen falta dos bucles, uno dentro de otro: todas las columnas para cada fila.",
)
def conv_diagonal(imagen, kernel):
    kh, kw = kernel.shape
    mapa = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(min(mapa.shape)):
        mapa[i, i] = np.sum(imagen[i : i + kh, i : i + kw] * kernel)
    return mapa


@conv2d_valid.misconception(
    "return-dentro-del-bucle",
    "Devuelve el mapa al terminar la primera fila",
    hint="Mira la sangría de return: ¿cuántas veces llega a repetirse el bucle?",
)
def conv_return(imagen, kernel):
    kh, kw = kernel.shape
    mapa = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(mapa.shape[0]):
        for j in range(mapa.shape[1]):
            mapa[i, j] = np.sum(imagen[i : i + kh, j : j + kw] * kernel)
        return mapa


@conv2d_valid.misconception(
    "resultado-plano",
    "Devuelve una lista de números en vez de un mapa con filas y columnas",
    hint="El mapa también es una imagen: tiene filas y columnas.",
)
def conv_plana(imagen, kernel):
    kh, kw = kernel.shape
    resultado = []
    for i in range(imagen.shape[0] - kh + 1):
        for j in range(imagen.shape[1] - kw + 1):
            resultado.append(np.sum(imagen[i : i + kh, j : j + kw] * kernel))
    return np.array(resultado)


@conv2d_valid.misconception(
    "sin-pesos",
    "Suma los píxeles de la ventana sin multiplicarlos por los pesos",
    hint="Cambia un peso del kernel: ¿cambia tu mapa?",
)
def conv_sin_pesos(imagen, kernel):
    kh, kw = kernel.shape
    mapa = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(mapa.shape[0]):
        for j in range(mapa.shape[1]):
            mapa[i, j] = np.sum(imagen[i : i + kh, j : j + kw])
    return mapa
