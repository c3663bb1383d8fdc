"""Catálogo de la unidad 12: cómo se responde a sus ejercicios, bien y mal.

Cada función está escrita como la escribiría un estudiante. Las pruebas de la unidad
deben aceptar todas las correctas y rechazar todos los errores (`make matrix`).
"""

import numpy as np

from course_lib import ops
from course_lib.grading.catalog import YA_HECHAS, Exercise

# El proyecto junta piezas que ya se han escrito: `ops` está permitido, y también `_ops`, que es
# por dentro de quien `ops` toma sus funciones; la red hecha, no.
PERMITIDO = ("course_lib.ops", "course_lib._ops")
RED_HECHA = (
    *(nombre for nombre in YA_HECHAS if nombre not in PERMITIDO),
    *(f"course_lib._layers.{c}" for c in ("sequential.Sequential", "conv.Conv2D", "dense.Dense")),
)

ejes = Exercise("to_pytorch", section="La misma red en PyTorch y en Keras")
ida = Exercise("cnn_forward", forbidden=RED_HECHA, section="Montar la red")
vuelta = Exercise("cnn_gradients", forbidden=RED_HECHA, section="Verla aprender")
entrenamiento = Exercise("entrenar", forbidden=RED_HECHA, section="Verla aprender")

# --- to_pytorch: cambiar el orden de los ejes ----------------------------------------


@ejes.is_reference
def ejes_referencia(kernel):
    nuevo_orden = (3, 2, 0, 1)
    return np.transpose(kernel, nuevo_orden)


@ejes.alternative("vectorizada", "moveaxis")
def ejes_moveaxis(kernel):
    return np.moveaxis(kernel, (3, 2), (0, 1))


@ejes.alternative("einsum", "einsum con los ejes por su letra")
def ejes_einsum(kernel):
    return np.einsum("abcf->fcab", kernel)


@ejes.alternative("bucles", "Cuatro bucles, número a número")
def ejes_bucles(kernel):
    kh, kw, canales, filtros = kernel.shape
    salida = np.zeros((filtros, canales, kh, kw))
    for a in range(kh):
        for b in range(kw):
            for c in range(canales):
                for f in range(filtros):
                    salida[f, c, a, b] = kernel[a, b, c, f]
    return salida


@ejes.alternative("dos-swapaxes", "Invertir con .T y deshacer el cambio de kh y kw")
def ejes_swap(kernel):
    return kernel.T.swapaxes(2, 3).copy()


@ejes.alternative("rollaxis", "Llevar un eje cada vez")
def ejes_uno_a_uno(kernel):
    return np.rollaxis(np.rollaxis(kernel, 2, 0), 3, 0).astype(np.float64)


@ejes.alternative("listas", "Listas por comprensión")
def ejes_listas(kernel):
    filtros, canales = kernel.shape[3], kernel.shape[2]
    return [[kernel[:, :, c, f].tolist() for c in range(canales)] for f in range(filtros)]


@ejes.alternative("stack", "Apilar los filtros con stack")
def ejes_stack(kernel):
    uno = [np.stack(list(np.moveaxis(kernel[..., f], -1, 0))) for f in range(kernel.shape[-1])]
    return np.stack(uno)


@ejes.misconception(
    "reshape",
    "Cambia la forma con reshape: la forma es buena y los números están mezclados",
    hint="reshape no mueve los números. Mira el primer filtro de tu resultado: ¿es el que era?",
)
def ejes_reshape(kernel):
    kh, kw, canales, filtros = kernel.shape
    return kernel.reshape(filtros, canales, kh, kw)


@ejes.misconception(
    "traspuesta-completa",
    "Invierte los cuatro ejes con .T: kh y kw quedan cambiados",
    hint="Prueba con un kernel de 2×3: ¿cuánto mide cada filtro en tu resultado?",
)
def ejes_t(kernel):
    return np.transpose(kernel)


@ejes.misconception(
    "filtros-y-canales-cambiados",
    "Pone los canales antes que los filtros",
    hint="En PyTorch lo primero es el número de filtros: cada elemento del array es un filtro.",
)
def ejes_canales_primero(kernel):
    return np.transpose(kernel, (2, 3, 0, 1))


@ejes.misconception(
    "solo-los-filtros",
    "Lleva los filtros al principio y deja los canales al final",
    hint="¿Dónde guarda PyTorch los canales: antes o después del alto y el ancho?",
)
def ejes_solo_filtros(kernel):
    return np.moveaxis(kernel, -1, 0)


@ejes.misconception(
    "como-una-imagen",
    "Usa el orden de las imágenes, de NHWC a NCHW",
    hint="Ese es el cambio de un lote de imágenes. Los ejes de un kernel son otros: escríbelos.",
)
def ejes_imagen(kernel):
    return np.transpose(kernel, (0, 3, 1, 2))


@ejes.misconception(
    "intercambia-extremos",
    "Cambia el primer eje por el último y el segundo por el tercero sin más",
    hint="¿Qué eje queda el tercero? Debe ser kh.",
)
def ejes_extremos(kernel):
    return kernel.swapaxes(0, 3).swapaxes(1, 2)


@ejes.misconception(
    "un-solo-intercambio",
    "Cambia solo el primer eje por el último",
    hint="Se mueven cuatro ejes, no dos. Comprueba la forma con un kernel de (3, 5, 2, 7).",
)
def ejes_un_swap(kernel):
    return np.swapaxes(kernel, 0, 3)


@ejes.misconception(
    "orden-al-reves",
    "Dice a dónde va cada eje en lugar de cuál viene: transpose(2, 3, 1, 0)",
    hint="El primer número de transpose dice qué eje de antes pasa a ser el primero.",
)
def ejes_inverso(kernel):
    return np.transpose(kernel, (2, 3, 1, 0))


@ejes.misconception(
    "gira-el-kernel",
    "Además de mover los ejes, gira cada filtro 180°",
    hint="PyTorch tampoco gira: los números van tal cual.",
)
def ejes_girado(kernel):
    return np.transpose(kernel[::-1, ::-1], (3, 2, 0, 1))


@ejes.misconception(
    "cambia-kh-y-kw",
    "Pone kw antes que kh",
    hint="Las filas del kernel siguen siendo filas. Prueba con un kernel que no sea cuadrado.",
)
def ejes_kw_kh(kernel):
    return np.transpose(kernel, (3, 2, 1, 0))


@ejes.misconception(
    "invierte-los-canales",
    "Invierte el orden de los canales, como al pasar de RGB a BGR",
    hint="PyTorch no cambia qué canal va primero: cambia en qué eje están.",
)
def ejes_bgr(kernel):
    return np.transpose(kernel[:, :, ::-1], (3, 2, 0, 1))


@ejes.misconception(
    "quita-ejes-de-uno",
    "Quita los ejes que miden 1",
    hint="El resultado tiene siempre cuatro ejes, también si alguno de ellos mide 1.",
)
def ejes_squeeze(kernel):
    return np.squeeze(np.transpose(kernel, (3, 2, 0, 1)))


@ejes.misconception(
    "tal-cual",
    "Devuelve el kernel sin cambiar nada",
    hint="Imprime la forma antes y después.",
)
def ejes_igual(kernel):
    return kernel.copy()


@ejes.misconception(
    "modifica-el-kernel",
    "Calcula bien, pero deja cambiado el kernel que recibe",
    hint="Reordena una copia: el array que te dan es de quien te llama.",
)
def ejes_modifica(kernel):
    salida = np.transpose(kernel, (3, 2, 0, 1)).copy()
    kernel *= 0
    return salida


# --- cnn_forward: la ida --------------------------------------------------------------


@ida.is_reference
def cnn_forward(x, pesos):
    mapas = ops.relu(ops.conv2d(x, pesos["kernel"], pesos["bias"]))
    resumen = ops.max_pool2d(mapas, 2)
    plano = resumen.reshape(len(x), -1)
    return plano @ pesos["densa"] + pesos["bias_densa"]


@ida.alternative("vectorizada", "Todo con NumPy: ventanas, einsum y max")
def ida_numpy(x, pesos):
    kh, kw, _, filtros = pesos["kernel"].shape
    vistas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(1, 2))
    mapas = np.einsum("nijcab,abcf->nijf", vistas, pesos["kernel"]) + pesos["bias"]
    mapas = np.maximum(mapas, 0)
    alto, ancho = mapas.shape[1] // 2, mapas.shape[2] // 2
    mapas = mapas[:, : 2 * alto, : 2 * ancho].reshape(len(x), alto, 2, ancho, 2, filtros)
    plano = mapas.max(axis=(2, 4)).reshape(len(x), -1)
    return plano.dot(pesos["densa"]) + pesos["bias_densa"]


@ida.alternative("relu-despues", "ReLU después del pooling, que da lo mismo")
def ida_relu_despues(x, pesos):
    resumen = ops.max_pool2d(ops.conv2d(x, pesos["kernel"], pesos["bias"]))
    return ops.relu(resumen).reshape(len(x), -1) @ pesos["densa"] + pesos["bias_densa"]


@ida.alternative("activacion-dentro", "La activación, dentro de conv2d")
def ida_activacion(x, pesos):
    mapas = ops.conv2d(x, pesos["kernel"], pesos["bias"], activation="relu")
    plano = ops.max_pool2d(mapas, (2, 2), stride=2).reshape(x.shape[0], len(pesos["densa"]))
    return np.add(np.matmul(plano, pesos["densa"]), pesos["bias_densa"])


@ida.alternative("imagen-a-imagen", "Una imagen cada vez, en una lista")
def ida_una_a_una(x, pesos):
    puntos = []
    for imagen in x:
        mapas = ops.conv2d(imagen, pesos["kernel"]) + pesos["bias"]
        mapas = np.where(mapas > 0, mapas, 0)
        fila = ops.max_pool2d(mapas, 2).ravel()
        puntos.append(fila @ pesos["densa"] + pesos["bias_densa"])
    return puntos


@ida.alternative("float32", "Con las cuentas en float32")
def ida_float32(x, pesos):
    corto = {nombre: valores.astype(np.float32) for nombre, valores in pesos.items()}
    mapas = ops.relu(ops.conv2d(x.astype(np.float32), corto["kernel"], corto["bias"]))
    plano = ops.max_pool2d(mapas).reshape(len(x), -1)
    return plano @ corto["densa"] + corto["bias_densa"]


@ida.alternative("im2col", "Con im2col y recortes para el pooling")
def ida_im2col(x, pesos):
    kh, kw, _, filtros = pesos["kernel"].shape
    alto, ancho = x.shape[1] - kh + 1, x.shape[2] - kw + 1
    mapas = ops.im2col(x, (kh, kw)) @ pesos["kernel"].reshape(-1, filtros) + pesos["bias"]
    mapas = mapas.clip(min=0).reshape(len(x), alto, ancho, filtros)
    par, impar = mapas[:, : alto // 2 * 2 : 2], mapas[:, 1 : alto // 2 * 2 : 2]
    filas = np.maximum(par, impar)
    final = ancho // 2 * 2
    resumen = np.maximum(filas[:, :, :final:2], filas[:, :, 1:final:2])
    return resumen.reshape(len(x), -1) @ pesos["densa"] + pesos["bias_densa"]


@ida.alternative("tensordot", "La densa como tensordot sobre los mapas")
def ida_tensordot(x, pesos):
    mapas = ops.max_pool2d(ops.relu(ops.conv2d(x, pesos["kernel"], pesos["bias"])))
    densa = pesos["densa"].reshape(*mapas.shape[1:], -1)
    return np.tensordot(mapas, densa, axes=3) + pesos["bias_densa"]


@ida.misconception(
    "sin-relu",
    "No aplica la ReLU",
    hint="¿Puede ser negativo un número de los que llegan a la capa densa?",
)
def ida_sin_relu(x, pesos):
    resumen = ops.max_pool2d(ops.conv2d(x, pesos["kernel"], pesos["bias"]), 2)
    return resumen.reshape(len(x), -1) @ pesos["densa"] + pesos["bias_densa"]


@ida.misconception(
    "relu-al-final",
    "Aplica la ReLU también a las puntuaciones",
    hint="Una puntuación puede ser negativa: la última capa no lleva activación.",
)
def ida_relu_final(x, pesos):
    resumen = ops.max_pool2d(ops.relu(ops.conv2d(x, pesos["kernel"], pesos["bias"])), 2)
    return ops.relu(resumen.reshape(len(x), -1) @ pesos["densa"] + pesos["bias_densa"])


@ida.misconception(
    "bias-despues-de-relu",
    "Suma el bias después de la ReLU",
    hint="El bias decide cuánto hace falta para que la ReLU deje pasar. ¿Qué va primero?",
)
def ida_bias_despues(x, pesos):
    mapas = ops.relu(ops.conv2d(x, pesos["kernel"])) + pesos["bias"]
    return ops.max_pool2d(mapas, 2).reshape(len(x), -1) @ pesos["densa"] + pesos["bias_densa"]


@ida.misconception(
    "sin-bias",
    "Olvida el bias de la convolución",
    hint="En pesos hay cuatro arrays: ¿los usas de verdad todos?",
)
def ida_sin_bias(x, pesos):
    resumen = ops.max_pool2d(ops.relu(ops.conv2d(x, pesos["kernel"])), 2)
    return resumen.reshape(len(x), -1) @ pesos["densa"] + pesos["bias_densa"]


@ida.misconception(
    "sin-bias-densa",
    "Olvida el bias de la capa densa",
    hint="En pesos hay cuatro arrays: ¿los usas de verdad todos?",
)
def ida_sin_bias_densa(x, pesos):
    resumen = ops.max_pool2d(ops.relu(ops.conv2d(x, pesos["kernel"], pesos["bias"])), 2)
    return resumen.reshape(len(x), -1) @ pesos["densa"]


@ida.misconception(
    "pooling-de-medias",
    "Usa la media en vez del máximo",
    hint="De cada ventana de 2×2 se queda un número: ¿cuál?",
)
def ida_media(x, pesos):
    resumen = ops.avg_pool2d(ops.relu(ops.conv2d(x, pesos["kernel"], pesos["bias"])), 2)
    return resumen.reshape(len(x), -1) @ pesos["densa"] + pesos["bias_densa"]


@ida.misconception(
    "pooling-de-uno-en-uno",
    "Avanza el pooling de uno en uno",
    hint="Imprime la forma después del pooling: ¿cuántas entradas espera la capa densa?",
)
def ida_pool_stride(x, pesos):
    resumen = ops.max_pool2d(ops.relu(ops.conv2d(x, pesos["kernel"], pesos["bias"])), 2, stride=1)
    return resumen.reshape(len(x), -1) @ pesos["densa"] + pesos["bias_densa"]


@ida.misconception(
    "sin-pooling",
    "Se salta el pooling",
    hint="Imprime la forma de cada paso: ¿cuántas entradas espera la capa densa?",
)
def ida_sin_pool(x, pesos):
    mapas = ops.relu(ops.conv2d(x, pesos["kernel"], pesos["bias"]))
    return mapas.reshape(len(x), -1) @ pesos["densa"] + pesos["bias_densa"]


@ida.misconception(
    "con-padding",
    "Pone padding en la convolución",
    hint="El primer paso dice sin padding. Mira la forma de los mapas.",
)
def ida_same(x, pesos):
    mapas = ops.relu(ops.conv2d(x, pesos["kernel"], pesos["bias"], padding="same"))
    plano = ops.max_pool2d(mapas, 2).reshape(len(x), -1)
    return plano @ pesos["densa"] + pesos["bias_densa"]


@ida.misconception(
    "pooling-no-pierde",
    "Conserva en el pooling la fila o la columna que sobra",
    hint="Si sobra una fila o una columna, se pierde.",
)
def ida_ceil(x, pesos):
    mapas = ops.relu(ops.conv2d(x, pesos["kernel"], pesos["bias"]))
    plano = ops.max_pool2d(mapas, 2, ceil_mode=True).reshape(len(x), -1)
    return plano @ pesos["densa"] + pesos["bias_densa"]


@ida.misconception(
    "canales-delante-al-estirar",
    "Estira cada imagen en el orden (canales, alto, ancho)",
    hint="¿En qué orden espera la capa densa sus entradas? Aquí los canales van al final.",
)
def ida_chw(x, pesos):
    resumen = ops.max_pool2d(ops.relu(ops.conv2d(x, pesos["kernel"], pesos["bias"])), 2)
    plano = resumen.transpose(0, 3, 1, 2).reshape(len(x), -1)
    return plano @ pesos["densa"] + pesos["bias_densa"]


@ida.misconception(
    "mezcla-las-imagenes",
    "Estira mezclando unas imágenes con otras",
    hint="Cada fila debe salir de una sola imagen: ¿qué eje no hay que tocar?",
)
def ida_mezcla(x, pesos):
    resumen = ops.max_pool2d(ops.relu(ops.conv2d(x, pesos["kernel"], pesos["bias"])), 2)
    return resumen.reshape(-1, len(x)).T @ pesos["densa"] + pesos["bias_densa"]


@ida.misconception(
    "kernel-girado",
    "Gira el kernel 180°",
    hint="En redes neuronales el kernel no se gira.",
)
def ida_girada(x, pesos):
    mapas = ops.relu(ops.conv2d(x, pesos["kernel"][::-1, ::-1], pesos["bias"]))
    return ops.max_pool2d(mapas, 2).reshape(len(x), -1) @ pesos["densa"] + pesos["bias_densa"]


@ida.misconception(
    "softmax-al-final",
    "Devuelve las probabilidades que da la softmax",
    hint="Se piden las puntuaciones: la softmax llega en el ejercicio 3.",
)
def ida_softmax(x, pesos):
    resumen = ops.max_pool2d(ops.relu(ops.conv2d(x, pesos["kernel"], pesos["bias"])), 2)
    return ops.softmax(resumen.reshape(len(x), -1) @ pesos["densa"] + pesos["bias_densa"])


@ida.misconception(
    "clase-ganadora",
    "Devuelve la clase ganadora de cada imagen",
    hint="Se pide una puntuación por clase, no la clase.",
)
def ida_argmax(x, pesos):
    resumen = ops.max_pool2d(ops.relu(ops.conv2d(x, pesos["kernel"], pesos["bias"])), 2)
    return (resumen.reshape(len(x), -1) @ pesos["densa"] + pesos["bias_densa"]).argmax(axis=1)


@ida.misconception(
    "solo-la-primera-imagen",
    "Calcula solo la primera imagen del lote",
    hint="¿Cuántas filas debe tener el resultado?",
)
def ida_primera(x, pesos):
    mapas = ops.relu(ops.conv2d(x[:1], pesos["kernel"], pesos["bias"]))
    return ops.max_pool2d(mapas, 2).reshape(1, -1) @ pesos["densa"] + pesos["bias_densa"]


@ida.misconception(
    "modifica-los-pesos",
    "Calcula bien, pero deja cambiados los pesos que recibe",
    hint="Mira si usas +=, *= o -= con un array de pesos.",
)
def ida_modifica(x, pesos):
    resumen = ops.max_pool2d(ops.relu(ops.conv2d(x, pesos["kernel"], pesos["bias"])), 2)
    salida = resumen.reshape(len(x), -1) @ pesos["densa"] + pesos["bias_densa"]
    pesos["bias"] += 1
    return salida


# --- cnn_gradients: la pérdida y la vuelta --------------------------------------------


@vuelta.is_reference
def cnn_gradients(x, y, pesos):
    previo = ops.conv2d(x, pesos["kernel"], pesos["bias"])
    mapas = ops.relu(previo)
    resumen = ops.max_pool2d(mapas, 2)
    plano = resumen.reshape(len(x), -1)
    logaritmos = ops.log_softmax(plano @ pesos["densa"] + pesos["bias_densa"])
    perdida = -np.mean(logaritmos[np.arange(len(x)), y])

    d = np.exp(logaritmos)
    d[np.arange(len(x)), y] -= 1
    d /= len(x)
    d_resumen = (d @ pesos["densa"].T).reshape(resumen.shape)
    d_previo = ops.max_pool2d_backward(d_resumen, mapas, 2) * (previo > 0)
    _, d_kernel, d_bias = ops.conv2d_backward(d_previo, x, pesos["kernel"])
    gradientes = {"densa": plano.T @ d, "bias_densa": d.sum(axis=0)}
    return perdida, gradientes | {"kernel": d_kernel, "bias": d_bias}


@vuelta.alternative("vectorizada", "Etiquetas con np.eye y ReLU con np.where")
def vuelta_eye(x, y, pesos):
    n, clases = len(x), len(pesos["bias_densa"])
    z = ops.conv2d(x, pesos["kernel"], pesos["bias"])
    a = np.where(z > 0, z, 0)
    p = ops.max_pool2d(a)
    fila = p.reshape(n, -1)
    logs = ops.log_softmax(fila @ pesos["densa"] + pesos["bias_densa"])
    unos = np.eye(clases)[y]
    g = (np.exp(logs) - unos) / n
    ga = ops.max_pool2d_backward(np.reshape(g @ pesos["densa"].T, p.shape), a)
    gz = np.where(z > 0, ga, 0)
    salida = ops.conv2d_backward(gz, x, pesos["kernel"])
    gradientes = {
        "kernel": salida[1],
        "bias": salida[2],
        "densa": fila.T @ g,
        "bias_densa": g.sum(0),
    }
    return -(logs * unos).sum() / n, gradientes


@vuelta.alternative(
    "pooling-y-relu-cambiados", "Pooling primero y ReLU después: los mismos números"
)
def vuelta_pool_relu(x, y, pesos):
    z = ops.conv2d(x, pesos["kernel"], pesos["bias"])
    p = ops.max_pool2d(z, 2)
    r = ops.relu(p)
    plano = r.reshape(len(x), -1)
    puntos = plano @ pesos["densa"] + pesos["bias_densa"]
    logs = ops.log_softmax(puntos)
    g = ops.softmax(puntos)
    for i, clase in enumerate(y):
        g[i, clase] = g[i, clase] - 1
    g = g / len(y)
    gp = (g @ pesos["densa"].T).reshape(p.shape) * (p > 0)
    _, gk, gb = ops.conv2d_backward(ops.max_pool2d_backward(gp, z, 2), x, pesos["kernel"])
    perdida = -sum(logs[i, clase] for i, clase in enumerate(y)) / len(y)
    return perdida, {"kernel": gk, "bias": gb, "densa": plano.T @ g, "bias_densa": sum(g)}


@vuelta.alternative("imagen-a-imagen", "Suma lo de cada imagen y divide al final")
def vuelta_una_a_una(x, y, pesos):
    suma = {nombre: np.zeros(np.shape(valores)) for nombre, valores in pesos.items()}
    perdida = 0.0
    for imagen, clase in zip(x, y, strict=True):
        z = ops.conv2d(imagen, pesos["kernel"], pesos["bias"])
        p = ops.max_pool2d(ops.relu(z))
        logs = ops.log_softmax(p.ravel() @ pesos["densa"] + pesos["bias_densa"])
        perdida -= logs[clase]
        g = np.exp(logs)
        g[clase] -= 1
        ga = ops.max_pool2d_backward((pesos["densa"] @ g).reshape(p.shape), ops.relu(z))
        _, gk, gb = ops.conv2d_backward(ga * (z > 0), imagen, pesos["kernel"])
        suma["kernel"] += gk
        suma["bias"] += gb
        suma["densa"] += np.outer(p.ravel(), g)
        suma["bias_densa"] += g
    return perdida / len(x), {nombre: valores / len(x) for nombre, valores in suma.items()}


@vuelta.alternative("activation-backward", "Con las derivadas de ops.activation_backward")
def vuelta_activation(x, y, pesos):
    z = ops.conv2d(x, pesos["kernel"], pesos["bias"])
    a = ops.relu(z)
    p = ops.max_pool2d(a)
    plano = p.reshape(len(x), -1)
    puntos = plano @ pesos["densa"] + pesos["bias_densa"]
    pedido = np.zeros(puntos.shape)
    pedido[np.arange(len(x)), y] = -1 / len(x)
    g = ops.activation_backward(pedido, puntos, "log_softmax")
    ga = ops.max_pool2d_backward((g @ pesos["densa"].T).reshape(p.shape), a)
    _, gk, gb = ops.conv2d_backward(ops.activation_backward(ga, z, "relu"), x, pesos["kernel"])
    perdida = np.sum(pedido * ops.log_softmax(puntos))
    return [perdida, {"densa": plano.T @ g, "bias_densa": g.sum(0), "kernel": gk, "bias": gb}]


@vuelta.alternative("float32", "Con las cuentas en float32")
def vuelta_float32(x, y, pesos):
    x = x.astype(np.float32)
    w = {nombre: valores.astype(np.float32) for nombre, valores in pesos.items()}
    z = ops.conv2d(x, w["kernel"], w["bias"])
    p = ops.max_pool2d(ops.relu(z))
    plano = p.reshape(len(x), -1)
    logs = ops.log_softmax(plano @ w["densa"] + w["bias_densa"])
    g = np.exp(logs)
    g[range(len(y)), y] -= 1
    g /= np.float32(len(y))
    ga = ops.max_pool2d_backward((g @ w["densa"].T).reshape(p.shape), ops.relu(z))
    _, gk, gb = ops.conv2d_backward(ga * (z > 0), x, w["kernel"])
    grad = {"kernel": gk, "bias": gb, "densa": plano.T @ g, "bias_densa": g.sum(axis=0)}
    return -logs[range(len(y)), y].mean(), grad


@vuelta.alternative("gradientes-a-mano", "Los gradientes de la convolución, con im2col")
def vuelta_im2col(x, y, pesos):
    n, (kh, kw, canales, filtros) = len(x), pesos["kernel"].shape
    columnas = ops.im2col(x, (kh, kw))
    z = columnas @ pesos["kernel"].reshape(-1, filtros) + pesos["bias"]
    alto, ancho = x.shape[1] - kh + 1, x.shape[2] - kw + 1
    a = np.maximum(z, 0).reshape(n, alto, ancho, filtros)
    p = ops.max_pool2d(a)
    plano = p.reshape(n, -1)
    logs = ops.log_softmax(plano @ pesos["densa"] + pesos["bias_densa"])
    g = (np.exp(logs) - (y[:, None] == np.arange(logs.shape[1]))) / n
    gz = ops.max_pool2d_backward((g @ pesos["densa"].T).reshape(p.shape), a).reshape(z.shape)
    gz = gz * (z > 0)
    gk = np.einsum("npk,npf->kf", columnas, gz).reshape(kh, kw, canales, filtros)
    grad = {"kernel": gk, "bias": gz.sum(axis=(0, 1)), "densa": plano.T @ g}
    return -np.mean(logs[np.arange(n), y]), grad | {"bias_densa": np.ones(n) @ g}


@vuelta.misconception(
    "suma-en-vez-de-media",
    "Suma la pérdida y los gradientes del lote en vez de hacer la media",
    hint="Con el doble de imágenes iguales, ¿debe doblarse la pérdida?",
)
def vuelta_suma(x, y, pesos):
    z = ops.conv2d(x, pesos["kernel"], pesos["bias"])
    a = ops.relu(z)
    p = ops.max_pool2d(a)
    plano = p.reshape(len(x), -1)
    logs = ops.log_softmax(plano @ pesos["densa"] + pesos["bias_densa"])
    g = np.exp(logs) - np.eye(logs.shape[1])[y]
    ga = ops.max_pool2d_backward((g @ pesos["densa"].T).reshape(p.shape), a) * (z > 0)
    _, gk, gb = ops.conv2d_backward(ga, x, pesos["kernel"])
    grad = {"densa": plano.T @ g, "bias_densa": g.sum(0), "kernel": gk, "bias": gb}
    return -logs[np.arange(len(x)), y].sum(), grad


@vuelta.misconception(
    "gradiente-sin-dividir",
    "La pérdida es la media, pero el gradiente no se divide entre N",
    hint="Si la pérdida lleva una división entre N, su gradiente también.",
)
def vuelta_sin_dividir(x, y, pesos):
    z = ops.conv2d(x, pesos["kernel"], pesos["bias"])
    a = ops.relu(z)
    p = ops.max_pool2d(a)
    plano = p.reshape(len(x), -1)
    logs = ops.log_softmax(plano @ pesos["densa"] + pesos["bias_densa"])
    g = np.exp(logs) - np.eye(logs.shape[1])[y]
    ga = ops.max_pool2d_backward((g @ pesos["densa"].T).reshape(p.shape), a) * (z > 0)
    _, gk, gb = ops.conv2d_backward(ga, x, pesos["kernel"])
    grad = {"densa": plano.T @ g, "bias_densa": g.sum(0), "kernel": gk, "bias": gb}
    return -logs[np.arange(len(x)), y].mean(), grad


@vuelta.misconception(
    "sin-restar-la-clase",
    "No resta el 1 de la clase verdadera",
    hint="Si la red acierta con probabilidad 1, el gradiente debe ser cero. ¿Lo es el tuyo?",
)
def vuelta_sin_clase(x, y, pesos):
    z = ops.conv2d(x, pesos["kernel"], pesos["bias"])
    a = ops.relu(z)
    p = ops.max_pool2d(a)
    plano = p.reshape(len(x), -1)
    logs = ops.log_softmax(plano @ pesos["densa"] + pesos["bias_densa"])
    g = np.exp(logs) / len(x)
    ga = ops.max_pool2d_backward((g @ pesos["densa"].T).reshape(p.shape), a) * (z > 0)
    _, gk, gb = ops.conv2d_backward(ga, x, pesos["kernel"])
    grad = {"densa": plano.T @ g, "bias_densa": g.sum(0), "kernel": gk, "bias": gb}
    return -logs[np.arange(len(x)), y].mean(), grad


@vuelta.misconception(
    "signo-cambiado",
    "Devuelve los gradientes con el signo cambiado",
    hint="Son las probabilidades menos los unos, y no al revés.",
)
def vuelta_signo(x, y, pesos):
    z = ops.conv2d(x, pesos["kernel"], pesos["bias"])
    a = ops.relu(z)
    p = ops.max_pool2d(a)
    plano = p.reshape(len(x), -1)
    logs = ops.log_softmax(plano @ pesos["densa"] + pesos["bias_densa"])
    g = (np.eye(logs.shape[1])[y] - np.exp(logs)) / len(x)
    ga = ops.max_pool2d_backward((g @ pesos["densa"].T).reshape(p.shape), a) * (z > 0)
    _, gk, gb = ops.conv2d_backward(ga, x, pesos["kernel"])
    grad = {"densa": plano.T @ g, "bias_densa": g.sum(0), "kernel": gk, "bias": gb}
    return -logs[np.arange(len(x)), y].mean(), grad


@vuelta.misconception(
    "perdida-negativa",
    "Olvida el signo menos de la pérdida",
    hint="El logaritmo de una probabilidad es negativo, y una pérdida no debería serlo.",
)
def vuelta_perdida_negativa(x, y, pesos):
    z = ops.conv2d(x, pesos["kernel"], pesos["bias"])
    a = ops.relu(z)
    p = ops.max_pool2d(a)
    plano = p.reshape(len(x), -1)
    logs = ops.log_softmax(plano @ pesos["densa"] + pesos["bias_densa"])
    g = (np.exp(logs) - np.eye(logs.shape[1])[y]) / len(x)
    ga = ops.max_pool2d_backward((g @ pesos["densa"].T).reshape(p.shape), a) * (z > 0)
    _, gk, gb = ops.conv2d_backward(ga, x, pesos["kernel"])
    grad = {"densa": plano.T @ g, "bias_densa": g.sum(0), "kernel": gk, "bias": gb}
    return logs[np.arange(len(x)), y].mean(), grad


@vuelta.misconception(
    "media-de-todo",
    "Promedia también entre las clases al calcular la pérdida",
    hint="De cada imagen cuenta un solo logaritmo. ¿Entre cuántos números divides?",
)
def vuelta_media_clases(x, y, pesos):
    z = ops.conv2d(x, pesos["kernel"], pesos["bias"])
    a = ops.relu(z)
    p = ops.max_pool2d(a)
    plano = p.reshape(len(x), -1)
    logs = ops.log_softmax(plano @ pesos["densa"] + pesos["bias_densa"])
    unos = np.eye(logs.shape[1])[y]
    g = (np.exp(logs) - unos) / len(x)
    ga = ops.max_pool2d_backward((g @ pesos["densa"].T).reshape(p.shape), a) * (z > 0)
    _, gk, gb = ops.conv2d_backward(ga, x, pesos["kernel"])
    grad = {"densa": plano.T @ g, "bias_densa": g.sum(0), "kernel": gk, "bias": gb}
    return -np.mean(logs * unos), grad


@vuelta.misconception(
    "todas-las-columnas",
    "Escribe logaritmos[:, y] y promedia también las clases de las demás imágenes",
    hint="logaritmos[:, y] no elige una columna por fila: imprime su forma.",
)
def vuelta_columnas(x, y, pesos):
    z = ops.conv2d(x, pesos["kernel"], pesos["bias"])
    a = ops.relu(z)
    p = ops.max_pool2d(a)
    plano = p.reshape(len(x), -1)
    logs = ops.log_softmax(plano @ pesos["densa"] + pesos["bias_densa"])
    g = (np.exp(logs) - np.eye(logs.shape[1])[y]) / len(x)
    ga = ops.max_pool2d_backward((g @ pesos["densa"].T).reshape(p.shape), a) * (z > 0)
    _, gk, gb = ops.conv2d_backward(ga, x, pesos["kernel"])
    grad = {"densa": plano.T @ g, "bias_densa": g.sum(0), "kernel": gk, "bias": gb}
    return -logs[:, y].mean(), grad


@vuelta.misconception(
    "log-de-la-softmax",
    "Calcula el logaritmo de la softmax por separado y desborda con puntuaciones enormes",
    hint="exp(1000) no cabe en un float. ¿Qué función pide el enunciado?",
)
def vuelta_desborda(x, y, pesos):
    z = ops.conv2d(x, pesos["kernel"], pesos["bias"])
    a = ops.relu(z)
    p = ops.max_pool2d(a)
    plano = p.reshape(len(x), -1)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        e = np.exp(plano @ pesos["densa"] + pesos["bias_densa"])
        probabilidad = e / e.sum(axis=1, keepdims=True)
        perdida = -np.log(probabilidad[np.arange(len(x)), y]).mean()
    g = (np.nan_to_num(probabilidad) - np.eye(e.shape[1])[y]) / len(x)
    ga = ops.max_pool2d_backward((g @ pesos["densa"].T).reshape(p.shape), a) * (z > 0)
    _, gk, gb = ops.conv2d_backward(ga, x, pesos["kernel"])
    grad = {"densa": plano.T @ g, "bias_densa": g.sum(0), "kernel": gk, "bias": gb}
    return perdida, grad


@vuelta.misconception(
    "error-cuadratico",
    "Usa el error al cuadrado en lugar de la entropía cruzada",
    hint="La pérdida que se pide es menos el logaritmo de una probabilidad.",
)
def vuelta_mse(x, y, pesos):
    z = ops.conv2d(x, pesos["kernel"], pesos["bias"])
    a = ops.relu(z)
    p = ops.max_pool2d(a)
    plano = p.reshape(len(x), -1)
    puntos = plano @ pesos["densa"] + pesos["bias_densa"]
    resto = puntos - np.eye(puntos.shape[1])[y]
    g = resto / len(x)
    ga = ops.max_pool2d_backward((g @ pesos["densa"].T).reshape(p.shape), a) * (z > 0)
    _, gk, gb = ops.conv2d_backward(ga, x, pesos["kernel"])
    grad = {"densa": plano.T @ g, "bias_densa": g.sum(0), "kernel": gk, "bias": gb}
    return (resto**2).sum() / (2 * len(x)), grad


@vuelta.misconception(
    "softmax-por-columnas",
    "Aplica la softmax entre imágenes en vez de entre clases",
    hint="Las probabilidades de una misma imagen deben sumar 1.",
)
def vuelta_columnas_softmax(x, y, pesos):
    z = ops.conv2d(x, pesos["kernel"], pesos["bias"])
    a = ops.relu(z)
    p = ops.max_pool2d(a)
    plano = p.reshape(len(x), -1)
    logs = ops.log_softmax(plano @ pesos["densa"] + pesos["bias_densa"], axis=0)
    g = (np.exp(logs) - np.eye(logs.shape[1])[y]) / len(x)
    ga = ops.max_pool2d_backward((g @ pesos["densa"].T).reshape(p.shape), a) * (z > 0)
    _, gk, gb = ops.conv2d_backward(ga, x, pesos["kernel"])
    grad = {"densa": plano.T @ g, "bias_densa": g.sum(0), "kernel": gk, "bias": gb}
    return -logs[np.arange(len(x)), y].mean(), grad


@vuelta.misconception(
    "sin-la-relu",
    "No corta el gradiente en la ReLU",
    hint="Donde la ReLU dejó un 0, mover un poco la entrada no cambia nada.",
)
def vuelta_sin_relu(x, y, pesos):
    z = ops.conv2d(x, pesos["kernel"], pesos["bias"])
    a = ops.relu(z)
    p = ops.max_pool2d(a)
    plano = p.reshape(len(x), -1)
    logs = ops.log_softmax(plano @ pesos["densa"] + pesos["bias_densa"])
    g = (np.exp(logs) - np.eye(logs.shape[1])[y]) / len(x)
    ga = ops.max_pool2d_backward((g @ pesos["densa"].T).reshape(p.shape), a)
    _, gk, gb = ops.conv2d_backward(ga, x, pesos["kernel"])
    grad = {"densa": plano.T @ g, "bias_densa": g.sum(0), "kernel": gk, "bias": gb}
    return -logs[np.arange(len(x)), y].mean(), grad


@vuelta.misconception(
    "relu-del-gradiente",
    "Aplica la ReLU al gradiente en vez de mirar lo que entró en ella",
    hint="Lo que decide si pasa no es el signo del gradiente, sino el de la entrada.",
)
def vuelta_relu_gradiente(x, y, pesos):
    z = ops.conv2d(x, pesos["kernel"], pesos["bias"])
    a = ops.relu(z)
    p = ops.max_pool2d(a)
    plano = p.reshape(len(x), -1)
    logs = ops.log_softmax(plano @ pesos["densa"] + pesos["bias_densa"])
    g = (np.exp(logs) - np.eye(logs.shape[1])[y]) / len(x)
    ga = ops.relu(ops.max_pool2d_backward((g @ pesos["densa"].T).reshape(p.shape), a))
    _, gk, gb = ops.conv2d_backward(ga, x, pesos["kernel"])
    grad = {"densa": plano.T @ g, "bias_densa": g.sum(0), "kernel": gk, "bias": gb}
    return -logs[np.arange(len(x)), y].mean(), grad


@vuelta.misconception(
    "relu-deja-pasar-el-cero",
    "Deja pasar el gradiente donde la entrada de la ReLU vale justo 0",
    hint="Donde la entrada no es positiva se corta. Con un fondo negro los ceros son muchos.",
)
def vuelta_cero(x, y, pesos):
    z = ops.conv2d(x, pesos["kernel"], pesos["bias"])
    a = ops.relu(z)
    p = ops.max_pool2d(a)
    plano = p.reshape(len(x), -1)
    logs = ops.log_softmax(plano @ pesos["densa"] + pesos["bias_densa"])
    g = (np.exp(logs) - np.eye(logs.shape[1])[y]) / len(x)
    ga = ops.max_pool2d_backward((g @ pesos["densa"].T).reshape(p.shape), a) * (z >= 0)
    _, gk, gb = ops.conv2d_backward(ga, x, pesos["kernel"])
    grad = {"densa": plano.T @ g, "bias_densa": g.sum(0), "kernel": gk, "bias": gb}
    return -logs[np.arange(len(x)), y].mean(), grad


@vuelta.misconception(
    "relu-multiplica-por-la-salida",
    "Multiplica el gradiente por la salida de la ReLU en vez de por 0 o 1",
    hint="La pendiente de la ReLU es 0 o 1, no el valor que sale.",
)
def vuelta_por_salida(x, y, pesos):
    z = ops.conv2d(x, pesos["kernel"], pesos["bias"])
    a = ops.relu(z)
    p = ops.max_pool2d(a)
    plano = p.reshape(len(x), -1)
    logs = ops.log_softmax(plano @ pesos["densa"] + pesos["bias_densa"])
    g = (np.exp(logs) - np.eye(logs.shape[1])[y]) / len(x)
    ga = ops.max_pool2d_backward((g @ pesos["densa"].T).reshape(p.shape), a) * a
    _, gk, gb = ops.conv2d_backward(ga, x, pesos["kernel"])
    grad = {"densa": plano.T @ g, "bias_densa": g.sum(0), "kernel": gk, "bias": gb}
    return -logs[np.arange(len(x)), y].mean(), grad


@vuelta.misconception(
    "pooling-reparte-a-todos",
    "Devuelve el gradiente del pooling a los cuatro píxeles de la ventana",
    hint="Solo el máximo influyó en el resultado: ¿a quién le toca el gradiente?",
)
def vuelta_reparte(x, y, pesos):
    z = ops.conv2d(x, pesos["kernel"], pesos["bias"])
    p = ops.max_pool2d(ops.relu(z))
    plano = p.reshape(len(x), -1)
    logs = ops.log_softmax(plano @ pesos["densa"] + pesos["bias_densa"])
    g = (np.exp(logs) - np.eye(logs.shape[1])[y]) / len(x)
    ga = ops.avg_pool2d_backward((g @ pesos["densa"].T).reshape(p.shape), z, 2) * 4 * (z > 0)
    _, gk, gb = ops.conv2d_backward(ga, x, pesos["kernel"])
    grad = {"densa": plano.T @ g, "bias_densa": g.sum(0), "kernel": gk, "bias": gb}
    return -logs[np.arange(len(x)), y].mean(), grad


@vuelta.misconception(
    "pooling-como-media",
    "Devuelve un cuarto del gradiente a cada píxel, como en el pooling de medias",
    hint="Esa es la vuelta de otro pooling. ¿Cuál usaste en la ida?",
)
def vuelta_media_pool(x, y, pesos):
    z = ops.conv2d(x, pesos["kernel"], pesos["bias"])
    p = ops.max_pool2d(ops.relu(z))
    plano = p.reshape(len(x), -1)
    logs = ops.log_softmax(plano @ pesos["densa"] + pesos["bias_densa"])
    g = (np.exp(logs) - np.eye(logs.shape[1])[y]) / len(x)
    ga = ops.avg_pool2d_backward((g @ pesos["densa"].T).reshape(p.shape), z, 2) * (z > 0)
    _, gk, gb = ops.conv2d_backward(ga, x, pesos["kernel"])
    grad = {"densa": plano.T @ g, "bias_densa": g.sum(0), "kernel": gk, "bias": gb}
    return -logs[np.arange(len(x)), y].mean(), grad


@vuelta.misconception(
    "kernel-de-una-imagen",
    "Calcula el gradiente del kernel con la primera imagen del lote",
    hint="Los mismos pesos han visto todas las imágenes: sus gradientes se suman.",
)
def vuelta_primera(x, y, pesos):
    z = ops.conv2d(x, pesos["kernel"], pesos["bias"])
    a = ops.relu(z)
    p = ops.max_pool2d(a)
    plano = p.reshape(len(x), -1)
    logs = ops.log_softmax(plano @ pesos["densa"] + pesos["bias_densa"])
    g = (np.exp(logs) - np.eye(logs.shape[1])[y]) / len(x)
    ga = ops.max_pool2d_backward((g @ pesos["densa"].T).reshape(p.shape), a) * (z > 0)
    _, gk, gb = ops.conv2d_backward(ga[:1], x[:1], pesos["kernel"])
    grad = {"densa": plano.T @ g, "bias_densa": g.sum(0), "kernel": gk, "bias": gb}
    return -logs[np.arange(len(x)), y].mean(), grad


@vuelta.misconception(
    "bias-promediado",
    "Promedia el gradiente del bias sobre las posiciones",
    hint="El bias se suma en todas las posiciones: su gradiente también se suma.",
)
def vuelta_bias_medio(x, y, pesos):
    z = ops.conv2d(x, pesos["kernel"], pesos["bias"])
    a = ops.relu(z)
    p = ops.max_pool2d(a)
    plano = p.reshape(len(x), -1)
    logs = ops.log_softmax(plano @ pesos["densa"] + pesos["bias_densa"])
    g = (np.exp(logs) - np.eye(logs.shape[1])[y]) / len(x)
    ga = ops.max_pool2d_backward((g @ pesos["densa"].T).reshape(p.shape), a) * (z > 0)
    _, gk, _ = ops.conv2d_backward(ga, x, pesos["kernel"])
    grad = {"densa": plano.T @ g, "bias_densa": g.sum(0), "kernel": gk}
    return -logs[np.arange(len(x)), y].mean(), grad | {"bias": ga.mean(axis=(0, 1, 2))}


@vuelta.misconception(
    "gradientes-cambiados",
    "Guarda en «bias» el gradiente de la imagen",
    hint="ops.conv2d_backward devuelve tres cosas. ¿En qué orden? Lee su ayuda.",
)
def vuelta_cambiados(x, y, pesos):
    z = ops.conv2d(x, pesos["kernel"], pesos["bias"])
    a = ops.relu(z)
    p = ops.max_pool2d(a)
    plano = p.reshape(len(x), -1)
    logs = ops.log_softmax(plano @ pesos["densa"] + pesos["bias_densa"])
    g = (np.exp(logs) - np.eye(logs.shape[1])[y]) / len(x)
    ga = ops.max_pool2d_backward((g @ pesos["densa"].T).reshape(p.shape), a) * (z > 0)
    gb, gk, _ = ops.conv2d_backward(ga, x, pesos["kernel"])
    grad = {"densa": plano.T @ g, "bias_densa": g.sum(0), "kernel": gk, "bias": gb}
    return -logs[np.arange(len(x)), y].mean(), grad


@vuelta.misconception(
    "densa-traspuesta",
    "Devuelve traspuesto el gradiente de la capa densa",
    hint="Cada gradiente tiene la forma de su peso.",
)
def vuelta_densa_traspuesta(x, y, pesos):
    z = ops.conv2d(x, pesos["kernel"], pesos["bias"])
    a = ops.relu(z)
    p = ops.max_pool2d(a)
    plano = p.reshape(len(x), -1)
    logs = ops.log_softmax(plano @ pesos["densa"] + pesos["bias_densa"])
    g = (np.exp(logs) - np.eye(logs.shape[1])[y]) / len(x)
    ga = ops.max_pool2d_backward((g @ pesos["densa"].T).reshape(p.shape), a) * (z > 0)
    _, gk, gb = ops.conv2d_backward(ga, x, pesos["kernel"])
    grad = {"densa": g.T @ plano, "bias_densa": g.sum(0), "kernel": gk, "bias": gb}
    return -logs[np.arange(len(x)), y].mean(), grad


@vuelta.misconception(
    "modifica-los-pesos",
    "Da ya el paso: cambia los pesos que recibe",
    hint="Aquí solo se calculan los gradientes. El paso se da en el ejercicio 4.",
)
def vuelta_modifica(x, y, pesos):
    z = ops.conv2d(x, pesos["kernel"], pesos["bias"])
    a = ops.relu(z)
    p = ops.max_pool2d(a)
    plano = p.reshape(len(x), -1)
    logs = ops.log_softmax(plano @ pesos["densa"] + pesos["bias_densa"])
    g = (np.exp(logs) - np.eye(logs.shape[1])[y]) / len(x)
    ga = ops.max_pool2d_backward((g @ pesos["densa"].T).reshape(p.shape), a) * (z > 0)
    _, gk, gb = ops.conv2d_backward(ga, x, pesos["kernel"])
    grad = {"densa": plano.T @ g, "bias_densa": g.sum(0), "kernel": gk, "bias": gb}
    for nombre in grad:
        pesos[nombre] -= 0.1 * grad[nombre]
    return -logs[np.arange(len(x)), y].mean(), grad


# --- entrenar: por lotes y en orden ---------------------------------------------------


@entrenamiento.is_reference
def entrenar_referencia(x, y, pesos, tasa, epocas, lote):
    for _ in range(epocas):
        for inicio in range(0, len(x), lote):
            trozo = slice(inicio, inicio + lote)
            _, gradientes = cnn_gradients(x[trozo], y[trozo], pesos)
            pesos = {nombre: pesos[nombre] - tasa * gradientes[nombre] for nombre in pesos}
    return {nombre: np.array(valores) for nombre, valores in pesos.items()}


@entrenamiento.alternative("vectorizada", "array_split por los cortes y actualización en el sitio")
def entrenar_copias(x, y, pesos, tasa, epocas, lote):
    nuevos = {nombre: np.array(valores) for nombre, valores in pesos.items()}
    cortes = range(lote, len(x), lote)
    for _ in range(epocas):
        for xs, ys in zip(np.split(x, cortes), np.split(y, cortes), strict=True):
            gradientes = cnn_gradients(xs, ys, nuevos)[1]
            for nombre in nuevos:
                nuevos[nombre] -= tasa * gradientes[nombre]
    return nuevos


@entrenamiento.alternative("while", "Dos while y un índice")
def entrenar_while(x, y, pesos, tasa, epocas, lote):
    actuales = dict(pesos)
    vuelta_actual = 0
    while vuelta_actual < epocas:
        desde = 0
        while desde < len(y):
            hasta = min(desde + lote, len(y))
            perdida, g = cnn_gradients(x[desde:hasta], y[desde:hasta], actuales)
            actuales = {k: actuales[k] - tasa * g[k] for k in g}
            desde = hasta
        vuelta_actual += 1
    return actuales


@entrenamiento.alternative("pasos-seguidos", "Un solo bucle que cuenta todos los pasos")
def entrenar_un_bucle(x, y, pesos, tasa, epocas, lote):
    por_epoca = -(-len(x) // lote)
    w = {k: v.copy() for k, v in pesos.items()}
    for paso in range(epocas * por_epoca):
        i = paso % por_epoca * lote
        g = cnn_gradients(x[i : i + lote], y[i : i + lote], w)[1]
        w["kernel"] = w["kernel"] - tasa * g["kernel"]
        w["bias"] = w["bias"] - tasa * g["bias"]
        w["densa"] = w["densa"] - tasa * g["densa"]
        w["bias_densa"] = w["bias_densa"] - tasa * g["bias_densa"]
    return w


@entrenamiento.alternative("indices", "Índices de cada lote con np.arange")
def entrenar_indices(x, y, pesos, tasa, epocas, lote):
    nuevos = {nombre: 1.0 * pesos[nombre] for nombre in ("kernel", "bias", "densa", "bias_densa")}
    numeros = np.arange(len(x))
    for _ in range(epocas):
        for cual in range(int(np.ceil(len(x) / lote))):
            indices = numeros[numeros // lote == cual]
            _, gradientes = cnn_gradients(x[indices], y[indices], nuevos)
            for nombre, gradiente in gradientes.items():
                nuevos[nombre] = nuevos[nombre] + (-tasa) * gradiente
    return nuevos


@entrenamiento.alternative("recursiva", "Una época y una llamada a sí misma")
def entrenar_recursiva(x, y, pesos, tasa, epocas, lote):
    if epocas == 0:
        return {nombre: np.copy(valores) for nombre, valores in pesos.items()}
    for i in range(0, x.shape[0], lote):
        g = cnn_gradients(x[i : i + lote], y[i : i + lote], pesos)[1]
        pesos = {n: np.subtract(pesos[n], np.multiply(tasa, g[n])) for n in pesos}
    if epocas == 1:
        return pesos
    for _ in range(epocas - 1):
        for i in range(0, x.shape[0], lote):
            g = cnn_gradients(x[i : i + lote], y[i : i + lote], pesos)[1]
            pesos = {n: np.subtract(pesos[n], np.multiply(tasa, g[n])) for n in pesos}
    return pesos


@entrenamiento.alternative("lista-de-lotes", "Prepara antes la lista de lotes")
def entrenar_lista(x, y, pesos, tasa, epocas, lote):
    lotes = [(x[i : i + lote], y[i : i + lote]) for i in range(0, len(x), lote)]
    for xs, ys in lotes * epocas:
        gradientes = cnn_gradients(xs, ys, pesos)[1]
        pesos = dict((n, w - tasa * gradientes[n]) for n, w in pesos.items())
    return dict(pesos)


@entrenamiento.misconception(
    "sube-en-vez-de-bajar",
    "Suma el gradiente: la pérdida crece",
    hint="El gradiente apunta hacia donde la pérdida crece. ¿Hacia dónde quieres ir?",
)
def entrenar_sube(x, y, pesos, tasa, epocas, lote):
    for _ in range(epocas):
        for i in range(0, len(x), lote):
            _, g = cnn_gradients(x[i : i + lote], y[i : i + lote], pesos)
            pesos = {n: pesos[n] + tasa * g[n] for n in pesos}
    return dict(pesos)


@entrenamiento.misconception(
    "sin-tasa",
    "Resta el gradiente entero, sin multiplicarlo por la tasa",
    hint="Cambia el valor de tasa: ¿cambia el resultado?",
)
def entrenar_sin_tasa(x, y, pesos, tasa, epocas, lote):
    for _ in range(epocas):
        for i in range(0, len(x), lote):
            _, g = cnn_gradients(x[i : i + lote], y[i : i + lote], pesos)
            pesos = {n: pesos[n] - g[n] for n in pesos}
    return dict(pesos)


@entrenamiento.misconception(
    "una-sola-epoca",
    "Da una sola vuelta a los datos",
    hint="¿Cuántas veces se repite tu bucle de fuera? Mira la sangría del return.",
)
def entrenar_una_epoca(x, y, pesos, tasa, epocas, lote):
    for _ in range(epocas):
        for i in range(0, len(x), lote):
            _, g = cnn_gradients(x[i : i + lote], y[i : i + lote], pesos)
            pesos = {n: pesos[n] - tasa * g[n] for n in pesos}
        return dict(pesos)
    return dict(pesos)


@entrenamiento.misconception(
    "una-epoca-de-mas",
    "Da una vuelta de más",
    hint="Con cero épocas, los pesos deben salir como entraron.",
)
def entrenar_epoca_de_mas(x, y, pesos, tasa, epocas, lote):
    for _ in range(epocas + 1):
        for i in range(0, len(x), lote):
            _, g = cnn_gradients(x[i : i + lote], y[i : i + lote], pesos)
            pesos = {n: pesos[n] - tasa * g[n] for n in pesos}
    return dict(pesos)


@entrenamiento.misconception(
    "pierde-el-ultimo-lote",
    "Tira las imágenes que no llenan un lote",
    hint="Con 5 imágenes y lotes de 2, ¿cuántos pasos hay en una época?",
)
def entrenar_pierde(x, y, pesos, tasa, epocas, lote):
    for _ in range(epocas):
        for paso in range(len(x) // lote):
            i = paso * lote
            _, g = cnn_gradients(x[i : i + lote], y[i : i + lote], pesos)
            pesos = {n: pesos[n] - tasa * g[n] for n in pesos}
    return dict(pesos)


@entrenamiento.misconception(
    "solo-el-primer-lote",
    "Usa siempre el primer lote",
    hint="¿Dónde empieza el segundo lote? Imprime el trozo que usas en cada paso.",
)
def entrenar_primer_lote(x, y, pesos, tasa, epocas, lote):
    for _ in range(epocas):
        for _ in range(0, len(x), lote):
            _, g = cnn_gradients(x[:lote], y[:lote], pesos)
            pesos = {n: pesos[n] - tasa * g[n] for n in pesos}
    return dict(pesos)


@entrenamiento.misconception(
    "todo-de-una-vez",
    "Usa todas las imágenes en cada paso, sin lotes",
    hint="Cambia el valor de lote: ¿cambia el resultado?",
)
def entrenar_todo(x, y, pesos, tasa, epocas, lote):
    for _ in range(epocas):
        _, g = cnn_gradients(x, y, pesos)
        pesos = {n: pesos[n] - tasa * g[n] for n in pesos}
    return dict(pesos)


@entrenamiento.misconception(
    "de-una-en-una",
    "Avanza de imagen en imagen en vez de lote en lote",
    hint="Dos lotes no comparten imágenes: ¿de cuánto en cuánto salta tu range?",
)
def entrenar_solapado(x, y, pesos, tasa, epocas, lote):
    for _ in range(epocas):
        for i in range(len(x)):
            _, g = cnn_gradients(x[i : i + lote], y[i : i + lote], pesos)
            pesos = {n: pesos[n] - tasa * g[n] for n in pesos}
    return dict(pesos)


@entrenamiento.misconception(
    "gradientes-de-salida",
    "Calcula los gradientes con los pesos iniciales en todos los pasos",
    hint="Después de un paso los pesos ya son otros. ¿Con cuáles calculas el siguiente gradiente?",
)
def entrenar_iniciales(x, y, pesos, tasa, epocas, lote):
    nuevos = dict(pesos)
    for _ in range(epocas):
        for i in range(0, len(x), lote):
            _, g = cnn_gradients(x[i : i + lote], y[i : i + lote], pesos)
            nuevos = {n: nuevos[n] - tasa * g[n] for n in nuevos}
    return nuevos


@entrenamiento.misconception(
    "vuelve-a-empezar",
    "En cada paso parte otra vez de los pesos iniciales",
    hint="Cada paso sale de donde acabó el anterior.",
)
def entrenar_reinicia(x, y, pesos, tasa, epocas, lote):
    nuevos = dict(pesos)
    for _ in range(epocas):
        for i in range(0, len(x), lote):
            _, g = cnn_gradients(x[i : i + lote], y[i : i + lote], nuevos)
            nuevos = {n: pesos[n] - tasa * g[n] for n in pesos}
    return nuevos


@entrenamiento.misconception(
    "solo-la-densa",
    "Actualiza solo la capa densa",
    hint="¿Cuántos de los cuatro pesos cambian en tu función?",
)
def entrenar_solo_densa(x, y, pesos, tasa, epocas, lote):
    pesos = dict(pesos)
    for _ in range(epocas):
        for i in range(0, len(x), lote):
            _, g = cnn_gradients(x[i : i + lote], y[i : i + lote], pesos)
            pesos["densa"] = pesos["densa"] - tasa * g["densa"]
            pesos["bias_densa"] = pesos["bias_densa"] - tasa * g["bias_densa"]
    return pesos


@entrenamiento.misconception(
    "sin-los-bias",
    "No actualiza los bias",
    hint="¿Cuántos de los cuatro pesos cambian en tu función?",
)
def entrenar_sin_bias(x, y, pesos, tasa, epocas, lote):
    pesos = dict(pesos)
    for _ in range(epocas):
        for i in range(0, len(x), lote):
            _, g = cnn_gradients(x[i : i + lote], y[i : i + lote], pesos)
            for n in ("kernel", "densa"):
                pesos[n] = pesos[n] - tasa * g[n]
    return pesos


@entrenamiento.misconception(
    "peso-a-peso",
    "Vuelve a calcular los gradientes después de mover cada peso",
    hint="Los cuatro pesos dan el paso a la vez, con los mismos gradientes.",
)
def entrenar_por_turnos(x, y, pesos, tasa, epocas, lote):
    pesos = dict(pesos)
    for _ in range(epocas):
        for i in range(0, len(x), lote):
            for n in pesos:
                _, g = cnn_gradients(x[i : i + lote], y[i : i + lote], pesos)
                pesos[n] = pesos[n] - tasa * g[n]
    return pesos


@entrenamiento.misconception(
    "divide-entre-el-lote",
    "Divide otra vez los gradientes entre el tamaño del lote",
    hint="La media ya está hecha en cnn_gradients.",
)
def entrenar_divide(x, y, pesos, tasa, epocas, lote):
    for _ in range(epocas):
        for i in range(0, len(x), lote):
            _, g = cnn_gradients(x[i : i + lote], y[i : i + lote], pesos)
            pesos = {n: pesos[n] - tasa * g[n] / len(x[i : i + lote]) for n in pesos}
    return dict(pesos)


@entrenamiento.misconception(
    "baraja",
    "Baraja las imágenes antes de cada época",
    hint="Suele ser buena idea, pero aquí se pide el orden en que vienen.",
)
def entrenar_baraja(x, y, pesos, tasa, epocas, lote):
    azar = np.random.default_rng(0)
    for _ in range(epocas):
        orden = azar.permutation(len(x))
        for i in range(0, len(x), lote):
            trozo = orden[i : i + lote]
            _, g = cnn_gradients(x[trozo], y[trozo], pesos)
            pesos = {n: pesos[n] - tasa * g[n] for n in pesos}
    return dict(pesos)


@entrenamiento.misconception(
    "etiquetas-del-principio",
    "Corta las imágenes del lote, pero usa siempre las primeras etiquetas",
    hint="El trozo de y tiene que ser el mismo que el de x.",
)
def entrenar_etiquetas(x, y, pesos, tasa, epocas, lote):
    for _ in range(epocas):
        for i in range(0, len(x), lote):
            xs = x[i : i + lote]
            _, g = cnn_gradients(xs, y[: len(xs)], pesos)
            pesos = {n: pesos[n] - tasa * g[n] for n in pesos}
    return dict(pesos)


@entrenamiento.misconception(
    "modifica-los-iniciales",
    "Actualiza en el sitio los pesos iniciales de quien llama",
    hint="-= cambia el array que te dieron. Empieza por una copia o crea otro diccionario.",
)
def entrenar_modifica(x, y, pesos, tasa, epocas, lote):
    for _ in range(epocas):
        for i in range(0, len(x), lote):
            _, g = cnn_gradients(x[i : i + lote], y[i : i + lote], pesos)
            for n in pesos:
                pesos[n] -= tasa * g[n]
    return pesos


@entrenamiento.misconception(
    "devuelve-los-gradientes",
    "Devuelve los últimos gradientes en lugar de los pesos",
    hint="¿Qué diccionario devuelves al final?",
)
def entrenar_gradientes(x, y, pesos, tasa, epocas, lote):
    g = {n: np.zeros(np.shape(pesos[n])) for n in pesos}
    for _ in range(epocas):
        for i in range(0, len(x), lote):
            _, g = cnn_gradients(x[i : i + lote], y[i : i + lote], pesos)
            pesos = {n: pesos[n] - tasa * g[n] for n in pesos}
    return g
