"""Catálogo de la unidad 01: cómo se responde a sus ejercicios, bien y mal.

Cada función está escrita como la escribiría un estudiante. Las pruebas de la unidad
deben aceptar todas las correctas y rechazar todos los errores (`make matrix`).
"""

import numpy as np

from course_lib.grading.catalog import Exercise

conv_step = Exercise("conv_step", section="Leer los pesos")
pattern_detector = Exercise(
    "pattern_detector", unique=False, section="Una neurona que reconoce un dibujo"
)

# --- conv_step: una ventana, sus pesos y el bias -------------------------------------


@conv_step.is_reference
def paso_referencia(ventana, kernel, bias=0.0):
    return np.sum(ventana * kernel) + bias


@conv_step.alternative("vectorizada", "Producto escalar de los vectores aplanados")
def paso_dot(ventana, kernel, bias=0.0):
    return np.dot(ventana.ravel().astype(float), kernel.ravel()) + bias


@conv_step.alternative("bucles", "Un acumulador que empieza en el bias")
def paso_bucles(ventana, kernel, bias=0.0):
    total = float(bias)
    for fila in range(kernel.shape[0]):
        for columna in range(kernel.shape[1]):
            total += float(ventana[fila, columna]) * float(kernel[fila, columna])
    return total


@conv_step.alternative("einsum", "einsum en float32")
def paso_einsum(ventana, kernel, bias=0.0):
    return np.einsum("ij,ij->", ventana.astype(np.float32), kernel.astype(np.float32)) + bias


@conv_step.alternative("zip", "sum y zip de Python")
def paso_zip(ventana, kernel, bias=0.0):
    return bias + sum(float(p) * float(w) for p, w in zip(ventana.flat, kernel.flat, strict=True))


@conv_step.alternative("tensordot", "tensordot sobre los dos ejes, que da un array sin ejes")
def paso_tensordot(ventana, kernel, bias=0.0):
    return np.tensordot(ventana, kernel, axes=2) + np.asarray(bias)


@conv_step.alternative("traza", "La traza del producto con la traspuesta")
def paso_traza(ventana, kernel, bias=0.0):
    return np.trace(ventana.astype(float) @ kernel.T) + bias


@conv_step.alternative(
    "bias-como-un-peso-mas", "El bias, como un peso más sobre un píxel que vale 1"
)
def paso_aumentado(ventana, kernel, bias=0.0):
    pixeles = np.append(ventana.astype(float), 1)
    pesos = np.append(kernel.astype(float), bias)
    return (pixeles * pesos).sum()


@conv_step.misconception(
    "producto-matricial",
    "Usa el producto de matrices (@) en vez del producto elemento a elemento (*)",
    hint="Cada peso multiplica solo al píxel que tiene debajo. ¿Qué operador de NumPy hace eso?",
)
def paso_matricial(ventana, kernel, bias=0.0):
    return np.sum(ventana @ kernel) + bias


@conv_step.misconception(
    "sin-bias",
    "Se olvida de sumar el bias",
    hint="Con todos los pesos a cero, ¿qué debería quedar?",
)
def paso_sin_bias(ventana, kernel, bias=0.0):
    return np.sum(ventana * kernel)


@conv_step.misconception(
    "bias-en-cada-producto",
    "Suma el bias a cada producto, así que cuenta nueve veces",
    hint="Haz la cuenta con un kernel de ceros: el bias tiene que salir una sola vez.",
)
def paso_bias_repetido(ventana, kernel, bias=0.0):
    return np.sum(ventana * kernel + bias)


@conv_step.misconception(
    "bias-a-los-pixeles",
    "Suma el bias a los píxeles antes de multiplicar",
    hint="El bias no se multiplica por ningún peso. ¿En qué momento lo sumas?",
)
def paso_bias_pixeles(ventana, kernel, bias=0.0):
    return np.sum((ventana + bias) * kernel)


@conv_step.misconception(
    "bias-a-los-pesos",
    "Suma el bias a los pesos antes de multiplicar",
    hint="El bias no se multiplica por ningún píxel. ¿Qué queda con una ventana negra?",
)
def paso_bias_pesos(ventana, kernel, bias=0.0):
    return np.sum(ventana * (kernel + bias))


@conv_step.misconception(
    "bias-multiplicado",
    "Multiplica la suma por el bias",
    hint="El bias se añade. ¿Qué sale con un bias de 0?",
)
def paso_bias_por(ventana, kernel, bias=0.0):
    return np.sum(ventana * kernel) * bias


@conv_step.misconception(
    "bias-restado",
    "Resta el bias, como si fuera un umbral",
    hint="Mira el signo que lleva b en la fórmula del enunciado.",
)
def paso_bias_restado(ventana, kernel, bias=0.0):
    return np.sum(ventana * kernel) - bias


@conv_step.misconception(
    "bias-sin-signo",
    "Suma el bias sin su signo",
    hint="El bias puede ser negativo. ¿Qué sale con −10?",
)
def paso_bias_abs(ventana, kernel, bias=0.0):
    return np.sum(ventana * kernel) + abs(bias)


@conv_step.misconception(
    "bias-entero",
    "Convierte el bias en un número entero",
    hint="El bias puede ser 0.5. ¿Qué queda de él en tu cuenta?",
)
def paso_bias_entero(ventana, kernel, bias=0.0):
    return np.sum(ventana * kernel) + int(bias)


@conv_step.misconception(
    "promedio",
    "Promedia los productos en vez de sumarlos",
    hint="Compara tu número con la suma hecha a mano: ¿cuántas veces más pequeño es?",
)
def paso_promedio(ventana, kernel, bias=0.0):
    return np.mean(ventana * kernel) + bias


@conv_step.misconception(
    "normaliza",
    "Divide entre la suma de los pesos",
    hint="Relee la fórmula: después de sumar los productos no hay ninguna división.",
)
def paso_normaliza(ventana, kernel, bias=0.0):
    total = np.sum(kernel)
    return np.sum(ventana * kernel) / (total if total != 0 else 1) + bias


@conv_step.misconception(
    "sin-pesos",
    "Suma los píxeles sin multiplicarlos por los pesos",
    hint="Prueba con un kernel lleno de ceros: ¿qué debería salir?",
)
def paso_sin_pesos(ventana, kernel, bias=0.0):
    return np.sum(ventana) + bias


@conv_step.misconception(
    "suma-pixel-y-peso",
    "Suma cada peso a su píxel en vez de multiplicarlos",
    hint="En la fórmula, entre w1 y P1 hay un punto. ¿Qué operación es?",
)
def paso_suma(ventana, kernel, bias=0.0):
    return np.sum(ventana + kernel) + bias


@conv_step.misconception(
    "por-columnas",
    "Suma solo por columnas y devuelve varios números",
    hint="Una ventana da un único número. Mira qué hace axis dentro de sum.",
)
def paso_columnas(ventana, kernel, bias=0.0):
    return np.sum(ventana * kernel, axis=0) + bias


@conv_step.misconception(
    "sin-sumar",
    "Devuelve la cuadrícula de productos sin sumarla",
    hint="¿Cuántos números debe devolver una ventana?",
)
def paso_sin_sumar(ventana, kernel, bias=0.0):
    return ventana * kernel + bias


@conv_step.misconception(
    "kernel-girado-180",
    "Gira el kernel 180° antes de multiplicar",
    hint="En este curso el kernel se apoya tal cual: w1 sobre el píxel de arriba a la izquierda.",
)
def paso_girado(ventana, kernel, bias=0.0):
    return np.sum(ventana * kernel[::-1, ::-1]) + bias


@conv_step.misconception(
    "kernel-volteado-horizontal",
    "Voltea el kernel de izquierda a derecha",
    hint="¿Qué peso cae sobre el píxel de la izquierda de la ventana?",
)
def paso_volteado_h(ventana, kernel, bias=0.0):
    return np.sum(ventana * kernel[:, ::-1]) + bias


@conv_step.misconception(
    "kernel-volteado-vertical",
    "Voltea el kernel de arriba abajo",
    hint="¿Qué peso cae sobre el píxel de arriba de la ventana?",
)
def paso_volteado_v(ventana, kernel, bias=0.0):
    return np.sum(ventana * kernel[::-1]) + bias


@conv_step.misconception(
    "kernel-traspuesto",
    "Cambia las filas del kernel por sus columnas",
    hint="Las filas del kernel van con las filas de la ventana. ¿Has usado .T o [columna, fila]?",
)
def paso_traspuesto(ventana, kernel, bias=0.0):
    total = bias
    kh, kw = kernel.shape
    for i in range(kh):
        for j in range(kw):
            total = total + float(ventana[i, j]) * kernel[j % kh, i % kw]
    return total


@conv_step.misconception(
    "ventana-3x3-fija",
    "Da por hecho que la ventana es de 3×3",
    hint="Pregúntale su tamaño al kernel en lugar de escribir un 3.",
)
def paso_3x3(ventana, kernel, bias=0.0):
    total = bias
    for i in range(3):
        for j in range(3):
            total = total + float(ventana[i, j]) * kernel[i, j]
    return total


@conv_step.misconception(
    "ventana-cuadrada",
    "Da por hecho que la ventana es cuadrada",
    hint="La forma tiene dos números, y pueden ser distintos. ¿Cuántos usas?",
)
def paso_cuadrada(ventana, kernel, bias=0.0):
    total, lado = bias, len(kernel)
    for i in range(lado):
        for j in range(lado):
            total = total + float(ventana[i, j]) * kernel[i, j]
    return total


@conv_step.misconception(
    "solo-la-diagonal",
    "Avanza la fila y la columna a la vez y solo cuenta la diagonal",
    hint="Hacen falta dos bucles, uno dentro de otro: todas las columnas de cada fila.",
)
def paso_diagonal(ventana, kernel, bias=0.0):
    total = bias
    for i in range(min(kernel.shape)):
        total = total + float(ventana[i, i]) * kernel[i, i]
    return total


@conv_step.misconception(
    "acumulador-que-se-reinicia",
    "Vuelve a poner la suma a cero en cada fila y solo queda la última",
    hint="¿Dónde empieza tu suma? Si está dentro del bucle, cada fila borra la anterior.",
)
def paso_reinicia(ventana, kernel, bias=0.0):
    for i in range(kernel.shape[0]):
        total = 0.0
        for j in range(kernel.shape[1]):
            total += float(ventana[i, j]) * kernel[i, j]
    return total + bias


@conv_step.misconception(
    "return-dentro-del-bucle",
    "Devuelve la suma al terminar la primera fila",
    hint="Mira la sangría de return: ¿cuántas filas llega a recorrer el bucle?",
)
def paso_return(ventana, kernel, bias=0.0):
    total = bias
    for i in range(kernel.shape[0]):
        for j in range(kernel.shape[1]):
            total = total + float(ventana[i, j]) * kernel[i, j]
        return total


@conv_step.misconception(
    "desborda-uint8",
    "Guarda la suma con el tipo de la ventana: un uint8 solo llega a 255",
    hint="La suma puede ser negativa o pasar de 255. ¿Qué tipo de número puede guardarla?",
)
def paso_desborda(ventana, kernel, bias=0.0):
    return np.sum(ventana * kernel).astype(np.int64).astype(ventana.dtype) + bias


@conv_step.misconception(
    "pesos-a-uint8",
    "Pasa los pesos al tipo de la ventana, donde no hay negativos ni decimales",
    hint="Un uint8 no puede guardar un peso de −1 ni de 0.5. ¿Qué tipo conviene cambiar?",
)
def paso_pesos_uint8(ventana, kernel, bias=0.0):
    if ventana.dtype == np.uint8:
        kernel = kernel.astype(np.int64).astype(np.uint8)
    return np.sum(ventana * kernel, dtype=float) + bias


@conv_step.misconception(
    "a-entero",
    "Recorta el resultado a un número entero",
    hint="Los pesos y el bias pueden ser 0.5: el resultado no siempre es un entero.",
)
def paso_entero(ventana, kernel, bias=0.0):
    return int(np.sum(ventana * kernel) + bias)


@conv_step.misconception(
    "aplica-relu",
    "Cambia los resultados negativos por 0",
    hint="Eso es una activación y llega después: aquí un negativo se queda negativo.",
)
def paso_relu(ventana, kernel, bias=0.0):
    return max(0.0, np.sum(ventana * kernel) + bias)


@conv_step.misconception(
    "valor-absoluto",
    "Quita el signo a los productos",
    hint="Un peso negativo tiene que restar. ¿Dónde se pierde el signo?",
)
def paso_absoluto(ventana, kernel, bias=0.0):
    return np.sum(np.abs(ventana * kernel)) + bias


@conv_step.misconception(
    "como-un-pixel",
    "Deja el resultado entre 0 y 255, como si fuera un píxel",
    hint="El resultado no es un píxel: puede ser negativo o muy grande.",
)
def paso_recorta(ventana, kernel, bias=0.0):
    return np.clip(np.sum(ventana * kernel) + bias, 0, 255)


@conv_step.misconception(
    "multiplica-en-la-ventana",
    "Escribe los productos encima de la ventana que recibe",
    hint="Con *= se cambia también la ventana de quien te llamó. Guárdalos en otro array.",
)
def paso_en_el_sitio(ventana, kernel, bias=0.0):
    if ventana.dtype.kind != "f":
        ventana = ventana.astype(float)
    ventana *= kernel
    return ventana.sum() + bias


# --- pattern_detector: los pesos que reconocen un dibujo -----------------------------


@pattern_detector.observed
def detector_se_enciende(patron, resultado):
    """Con cuáles de las 512 ventanas de 3×3 se enciende, y la forma de los pesos."""
    kernel, bias = np.asarray(resultado[0], dtype=float), float(resultado[1])
    ventanas = (np.arange(512)[:, None] >> np.arange(9)) & 1
    return kernel.shape, ventanas @ kernel.ravel() + bias > 1e-9


@pattern_detector.is_reference
def detector_referencia(patron):
    patron = patron.astype(float)
    kernel = 2 * patron - 1
    bias = 0.5 - np.sum(patron)
    return kernel, bias


@pattern_detector.alternative("vectorizada", "Elige con where entre 1 y −1")
def detector_where(patron):
    pesos = np.where(patron == 1, 1, -1)
    return pesos, -np.count_nonzero(patron) + 0.25


@pattern_detector.alternative("castigo-grande", "Castiga mucho los píxeles que sobran")
def detector_castigo(patron):
    kernel = np.where(patron > 0, 1.0, -100.0)
    return kernel, -(patron.sum(dtype=float) - 0.9)


@pattern_detector.alternative("bucles", "Dos bucles, una lista de filas y una cuenta")
def detector_bucles(patron):
    kernel, unos = [], 0
    for fila in patron:
        pesos = []
        for p in fila:
            pesos.append(2 if p else -2)
            unos = unos + int(p)
        kernel.append(pesos)
    return [kernel, 1 - 2 * unos]


@pattern_detector.alternative("escalado", "Pesos pequeños, en float32, con su propio bias")
def detector_escalado(patron):
    kernel = (patron.astype(np.float32) - np.float32(0.5)) / patron.size
    bias = -(np.float32(patron.sum()) - np.float32(0.5)) / np.float32(2 * patron.size)
    return kernel, bias


@pattern_detector.alternative(
    "mide-con-el-patron", "Pone el bias midiendo la suma del propio patrón"
)
def detector_mide(patron):
    kernel = patron.astype(int) - (1 - patron.astype(int))
    suma = np.sum(kernel * patron)
    return kernel, 0.5 - suma


@pattern_detector.alternative("el-umbral-justo", "Deja a 0 exacto las ventanas con un solo fallo")
def detector_justo(patron):
    kernel = -np.ones(patron.shape)
    kernel[patron == 1] = 1
    return kernel, 1 - float(np.sum(patron))


@pattern_detector.alternative("pesos-distintos", "Un peso distinto en cada posición")
def detector_distintos(patron):
    fuerza = 1 + np.arange(patron.size).reshape(patron.shape) / 10
    kernel = fuerza * (2.0 * patron - 1)
    return kernel, 0.5 - np.sum(fuerza * patron)


@pattern_detector.alternative("decimas", "Pesos de una décima y el listón justo, con redondeo")
def detector_decimas(patron):
    kernel = np.where(patron == 1, 0.1, -0.1)
    return kernel, -(0.1 * (np.count_nonzero(patron) - 1))


@pattern_detector.alternative(
    "en-proporcion", "Pesos que el patrón hace sumar 1, y el listón justo"
)
def detector_proporcion(patron):
    unos = patron.sum(dtype=float)
    peso = 1 / max(unos, 1)
    return np.where(patron == 1, peso, -peso), -(unos - 1) * peso


@pattern_detector.misconception(
    "el-patron-sin-bias",
    "Usa el propio patrón como kernel y no pone bias",
    hint="Así se enciende con cualquier ventana que comparta un píxel. ¿Quién pone el listón?",
)
def detector_sin_bias(patron):
    return patron.astype(float), 0.0


@pattern_detector.misconception(
    "no-castiga-los-que-sobran",
    "Pone peso 0 donde el patrón tiene 0: no nota los píxeles que sobran",
    hint="Prueba con una ventana toda encendida. ¿Debería encenderse tu neurona?",
)
def detector_sin_castigo(patron):
    return patron.astype(float), 0.5 - np.sum(patron)


@pattern_detector.misconception(
    "pesos-bien-sin-bias",
    "Elige bien los pesos, pero deja el bias a 0",
    hint="Un dibujo casi igual también suma más que 0. ¿Cuánto hay que restar?",
)
def detector_bias_cero(patron):
    return 2 * patron.astype(float) - 1, 0.0


@pattern_detector.misconception(
    "liston-en-la-suma",
    "Resta justo lo que suma el patrón: nunca llega a encenderse",
    hint="Con tu bias el patrón perfecto da 0, y 0 no es mayor que 0.",
)
def detector_nunca(patron):
    return 2 * patron.astype(float) - 1, -float(np.sum(patron))


@pattern_detector.misconception(
    "perdona-un-fallo",
    "Pone el bias tan alto que perdona un píxel equivocado",
    hint="Cambia un solo píxel del patrón y haz la cuenta: ¿queda por encima de 0?",
)
def detector_perdona(patron):
    return 2 * patron.astype(float) - 1, 1.5 - np.sum(patron)


@pattern_detector.misconception(
    "bias-positivo",
    "Suma el número de unos en vez de restarlo",
    hint="El bias es el listón: cuanto más alto, más tiene que restar.",
)
def detector_bias_positivo(patron):
    return 2 * patron.astype(float) - 1, np.sum(patron) - 0.5


@pattern_detector.misconception(
    "bias-de-la-diapositiva",
    "Escribe a mano el bias que sirve para un patrón de cinco unos",
    hint="¿De qué depende el bias? Prueba con un patrón que tenga otro número de unos.",
)
def detector_bias_fijo(patron):
    return 2 * patron.astype(float) - 1, -4.5


@pattern_detector.misconception(
    "cuenta-todos-los-pixeles",
    "Calcula el bias con el número de píxeles, no con el de unos",
    hint="El patrón perfecto suma un punto por cada uno encendido, no por cada píxel.",
)
def detector_bias_tamano(patron):
    return 2 * patron.astype(float) - 1, 0.5 - patron.size


@pattern_detector.misconception(
    "pesos-invertidos",
    "Pone positivos los pesos de los ceros y negativos los de los unos",
    hint="Donde el patrón está encendido, encender el píxel tiene que ayudar.",
)
def detector_invertido(patron):
    return 1 - 2 * patron.astype(float), 0.5 - np.sum(patron)


@pattern_detector.misconception(
    "solo-cuenta-unos",
    "Pone todos los pesos a 1: solo cuenta cuántos píxeles hay encendidos",
    hint="Dos dibujos distintos con los mismos unos te dan el mismo número.",
)
def detector_cuenta(patron):
    return np.ones(patron.shape), 0.5 - np.sum(patron)


@pattern_detector.misconception(
    "solo-castiga",
    "Castiga los que sobran y no premia los que tocan",
    hint="Con una ventana negra no se castiga nada. ¿Se enciende?",
)
def detector_solo_castiga(patron):
    return patron.astype(float) - 1, 0.5


@pattern_detector.misconception(
    "castigo-pequeno",
    "Castiga tan poco los píxeles que sobran que no se nota",
    hint="Enciende un píxel de más y haz la cuenta: ¿baja lo suficiente para apagarse?",
)
def detector_castigo_flojo(patron):
    return np.where(patron == 1, 1.0, -0.1), 0.5 - np.sum(patron)


@pattern_detector.misconception(
    "resta-la-media",
    "Resta al patrón su media y no pone bias",
    hint="Una zona lisa da 0, pero ¿qué da un dibujo que solo se parece?",
)
def detector_media(patron):
    return patron.astype(float) - np.mean(patron), 0.0


@pattern_detector.misconception(
    "kernel-girado-180",
    "Gira el patrón 180° para hacer el kernel",
    hint="El kernel se apoya tal cual sobre la ventana: cada peso, en el sitio de su píxel.",
)
def detector_girado(patron):
    return 2 * patron[::-1, ::-1].astype(float) - 1, 0.5 - np.sum(patron)


@pattern_detector.misconception(
    "kernel-traspuesto",
    "Cambia las filas del patrón por sus columnas",
    hint="El kernel tiene la misma forma que el patrón, y sus pesos van en el mismo sitio.",
)
def detector_traspuesto(patron):
    return 2 * patron.T.astype(float) - 1, 0.5 - np.sum(patron)


@pattern_detector.misconception(
    "desborda-uint8",
    "Hace las cuentas en el tipo del patrón: en uint8 no existe el −1",
    hint="Imprime tu kernel con un patrón uint8: ¿qué hay donde esperabas un −1?",
)
def detector_uint8(patron):
    kernel = 2 * patron - 1
    return kernel, 0.5 - np.sum(patron, dtype=float)


@pattern_detector.misconception(
    "orden-cambiado",
    "Devuelve primero el bias y después el kernel",
    hint="Relee qué devuelve la función y en qué orden.",
)
def detector_orden(patron):
    return 0.5 - np.sum(patron), 2 * patron.astype(float) - 1


@pattern_detector.misconception(
    "solo-el-kernel",
    "Devuelve el kernel y se olvida del bias",
    hint="Hay que devolver dos cosas, separadas por una coma.",
)
def detector_solo_kernel(patron):
    return 2 * patron.astype(float) - 1


@pattern_detector.misconception(
    "cambia-el-patron",
    "Escribe los −1 dentro del patrón que recibe",
    hint="El patrón no es tuyo: crea otro array para los pesos.",
)
def detector_en_el_sitio(patron):
    bias = 0.5 - np.sum(patron, dtype=float)
    kernel = patron if patron.dtype.kind == "f" else patron.astype(float)
    kernel[kernel == 0] = -1
    return kernel, bias
