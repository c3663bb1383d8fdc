"""Catálogo de la unidad 06: cómo se responde a sus ejercicios, bien y mal.

Cada función está escrita como la escribiría un estudiante. Las pruebas de la unidad
deben aceptar todas las correctas y rechazar todos los errores (`make matrix`).
"""

import numpy as np

from course_lib.grading.catalog import Exercise

activate = Exercise("activate", section="Otras activaciones")
conv_neuron = Exercise("conv_neuron", section="Primero el bias, después la activación")

# --- activate: cuatro activaciones ---------------------------------------------------


@activate.is_reference
def activa_referencia(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return np.maximum(z, 0)
    if nombre == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if nombre == "tanh":
        return np.tanh(z)
    raise ValueError(f"No conozco la activación {nombre!r}: usa relu, sigmoid, tanh o None.")


@activate.alternative("diccionario", "Un diccionario de funciones")
def activa_diccionario(z, nombre):
    funciones = {None: lambda v: v * 1}
    funciones["relu"] = lambda v: v * (v > 0)
    funciones["sigmoid"] = lambda v: np.exp(v) / (1 + np.exp(v))
    funciones["tanh"] = lambda v: 2 / (1 + np.exp(-2 * v)) - 1
    if nombre not in funciones:
        raise ValueError("No existe esa activación.")
    return funciones[nombre](z)


@activate.alternative("where", "np.where y la definición de la tangente hiperbólica")
def activa_where(z, nombre):
    z = np.asarray(z, dtype=float)
    if nombre == "relu":
        return np.where(z < 0, 0.0, z)
    elif nombre == "sigmoid":
        return np.where(z >= 0, 1 / (1 + np.exp(-z)), 1 - 1 / (1 + np.exp(z)))
    elif nombre == "tanh":
        return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
    elif nombre is None:
        return z.copy()
    else:
        raise ValueError(nombre)


@activate.alternative("bucle", "math y un bucle por los números")
def activa_bucle(z, nombre):
    import math

    if nombre not in ("relu", "sigmoid", "tanh", None):
        raise ValueError("El nombre tiene que ser relu, sigmoid, tanh o None")
    salida = []
    for v in z.ravel().tolist():
        if nombre == "relu":
            v = v if v > 0 else 0
        elif nombre == "sigmoid":
            v = 1 / (1 + math.exp(-v))
        elif nombre == "tanh":
            v = math.tanh(v)
        salida.append(v)
    return np.array(salida).reshape(z.shape)


@activate.alternative("copia", "Copia el array y escribe en la copia")
def activa_copia(z, nombre):
    a = z.astype(float)
    if nombre == "relu":
        a[a < 0] = 0
    elif nombre == "sigmoid":
        a = np.power(1 + np.exp(-a), -1)
    elif nombre == "tanh":
        a = np.sinh(a) / np.cosh(a)
    elif nombre is not None:
        raise ValueError("activación desconocida: " + nombre)
    return a


@activate.alternative("vectorize", "np.vectorize con una función de un número")
def activa_vectorize(z, nombre):
    def una(v):
        if nombre == "relu":
            return max(0.0, v)
        if nombre == "sigmoid":
            return 1.0 / (1.0 + np.e ** (-v))
        if nombre == "tanh":
            return float(np.tanh(v))
        return float(v)

    if nombre is not None and nombre not in {"relu", "sigmoid", "tanh"}:
        raise ValueError("nombre mal escrito")
    return np.vectorize(una, otypes=[float])(z)


@activate.alternative("match", "match, la media con el valor absoluto y la sigmoide por tanh")
def activa_match(z, nombre):
    match nombre:
        case None:
            return +z
        case "relu":
            return (z + abs(z)) / 2
        case "sigmoid":
            return (1 + np.tanh(z / 2)) / 2
        case "tanh":
            return 1 - 2 / (np.exp(2 * z) + 1)
        case _:
            raise ValueError("Esa activación no está en la lista")


@activate.alternative("listas", "Devuelve listas anidadas, con una función recursiva dentro")
def activa_listas(z, nombre):
    if nombre not in [None, "relu", "sigmoid", "tanh"]:
        raise ValueError(nombre)

    def aplica(parte):
        if isinstance(parte, list):
            return [aplica(trozo) for trozo in parte]
        if nombre == "relu":
            return sorted((0, parte))[1]
        if nombre == "sigmoid":
            return float(1 / (1 + np.exp(-parte)))
        return float(np.tanh(parte)) if nombre == "tanh" else parte

    return aplica(z.tolist())


@activate.misconception(
    "relu-valor-absoluto",
    "En la ReLU les quita el signo a los negativos",
    hint="¿En qué se convierte −2? Mira la fila de la ReLU en el ejemplo hecho a mano.",
)
def activa_relu_valor_absoluto(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return np.abs(z)
    if nombre == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if nombre == "tanh":
        return np.tanh(z)
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "relu-al-reves",
    "En la ReLU deja pasar los negativos y apaga los positivos",
    hint="¿Cuál de los dos, el mayor o el menor, tiene que quedar entre z y 0?",
)
def activa_relu_al_reves(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return np.minimum(z, 0)
    if nombre == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if nombre == "tanh":
        return np.tanh(z)
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "relu-escalon",
    "En la ReLU devuelve 1 para todos los positivos",
    hint="La ReLU no dice solo si hay señal: el 3 sigue siendo 3.",
)
def activa_relu_escalon(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return (z > 0) * 1.0
    if nombre == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if nombre == "tanh":
        return np.tanh(z)
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "relu-recorta-a-uno",
    "En la ReLU recorta también por arriba, en 1",
    hint="¿Tiene techo la ReLU? Prueba con un 5.",
)
def activa_relu_recorta_a_uno(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return np.clip(z, 0, 1)
    if nombre == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if nombre == "tanh":
        return np.tanh(z)
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "relu-con-fuga",
    "En la ReLU deja pasar un poco de los negativos",
    hint="Eso es otra activación, la leaky ReLU: en esta los negativos dan exactamente 0.",
)
def activa_relu_con_fuga(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return np.where(z > 0, z, 0.01 * z)
    if nombre == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if nombre == "tanh":
        return np.tanh(z)
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "relu-desde-uno",
    "En la ReLU apaga también los números entre 0 y 1",
    hint="¿A partir de qué número deja pasar la ReLU? Prueba con 0.25.",
)
def activa_relu_desde_uno(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return np.where(z >= 1, z, 0)
    if nombre == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if nombre == "tanh":
        return np.tanh(z)
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "relu-un-solo-numero",
    "En la ReLU devuelve un único número para todo el array",
    hint="El resultado tiene la misma forma que z. Hay dos funciones de nombre parecido.",
)
def activa_relu_un_solo_numero(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return max(0, np.max(z))
    if nombre == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if nombre == "tanh":
        return np.tanh(z)
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "relu-desplaza",
    "En la ReLU sube todos los números hasta que ninguno es negativo",
    hint="Un 3 tiene que seguir siendo 3. ¿Depende el resultado de un número de los demás?",
)
def activa_relu_desplaza(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return z - min(0, z.min())
    if nombre == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if nombre == "tanh":
        return np.tanh(z)
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "relu-borra-la-posicion",
    "En la ReLU quita los negativos y el array cambia de forma",
    hint="El resultado tiene la misma forma que z: donde había un negativo queda un 0.",
)
def activa_relu_borra_la_posicion(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return z[z > 0]
    if nombre == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if nombre == "tanh":
        return np.tanh(z)
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "relu-suave",
    "Confunde la ReLU con su versión suave, la softplus",
    hint="La ReLU no usa exponenciales: con 3 sale exactamente 3.",
)
def activa_relu_suave(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return np.log(1 + np.exp(z))
    if nombre == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if nombre == "tanh":
        return np.tanh(z)
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "sigmoid-sin-signo",
    "En la sigmoide olvida el signo del exponente",
    hint="Con números grandes la sigmoide se acerca a 1. ¿Y la tuya?",
)
def activa_sigmoid_sin_signo(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return np.maximum(z, 0)
    if nombre == "sigmoid":
        return 1 / (1 + np.exp(z))
    if nombre == "tanh":
        return np.tanh(z)
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "sigmoid-sin-parentesis",
    "En la sigmoide olvida los paréntesis del denominador",
    hint="Prueba con z = 0: tiene que salir 0.5. ¿Qué se divide en tu cuenta?",
)
def activa_sigmoid_sin_parentesis(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return np.maximum(z, 0)
    if nombre == "sigmoid":
        return 1 / 1 + np.exp(-z)
    if nombre == "tanh":
        return np.tanh(z)
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "sigmoid-sin-uno",
    "En la sigmoide olvida el 1 del denominador",
    hint="Prueba con z = 0: tiene que salir 0.5.",
)
def activa_sigmoid_sin_uno(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return np.maximum(z, 0)
    if nombre == "sigmoid":
        return 1 / np.exp(-z)
    if nombre == "tanh":
        return np.tanh(z)
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "sigmoid-es-softmax",
    "En la sigmoide reparte entre todos los números, como una softmax",
    hint="Un número no depende de los demás. Prueba con un array de un solo número.",
)
def activa_sigmoid_es_softmax(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return np.maximum(z, 0)
    if nombre == "sigmoid":
        return np.exp(z) / np.exp(z).sum()
    if nombre == "tanh":
        return np.tanh(z)
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "sigmoid-es-tanh",
    "En la sigmoide devuelve números entre −1 y 1",
    hint="¿Puede salir un número negativo de una sigmoide? Mira la última columna de la tabla.",
)
def activa_sigmoid_es_tanh(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return np.maximum(z, 0)
    if nombre == "sigmoid":
        return 2 / (1 + np.exp(-z)) - 1
    if nombre == "tanh":
        return np.tanh(z)
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "sigmoid-redondeada",
    "En la sigmoide decide ya entre 0 y 1",
    hint="La sigmoide no decide: con z = 1 da 0.73.",
)
def activa_sigmoid_redondeada(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return np.maximum(z, 0)
    if nombre == "sigmoid":
        return np.round(1 / (1 + np.exp(-z)))
    if nombre == "tanh":
        return np.tanh(z)
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "sigmoid-recta",
    "Usa la sigmoide a trozos rectos, que no es la del enunciado",
    hint="La fórmula del enunciado lleva una exponencial. Compárala con la tuya en z = 1.",
)
def activa_sigmoid_recta(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return np.maximum(z, 0)
    if nombre == "sigmoid":
        return np.clip(0.2 * z + 0.5, 0, 1)
    if nombre == "tanh":
        return np.tanh(z)
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "sigmoid-derivada",
    "En la sigmoide devuelve su pendiente",
    hint="Con z = 0 tiene que salir 0.5, no 0.25.",
)
def activa_sigmoid_derivada(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return np.maximum(z, 0)
    if nombre == "sigmoid":
        s = 1 / (1 + np.exp(-z))
        return s * (1 - s)
    if nombre == "tanh":
        return np.tanh(z)
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "tanh-es-tan",
    "En la tangente hiperbólica usa la tangente de los ángulos",
    hint="¿Puede salir un número mayor que 1? Busca la función hiperbólica de NumPy.",
)
def activa_tanh_es_tan(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return np.maximum(z, 0)
    if nombre == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if nombre == "tanh":
        return np.tan(z)
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "tanh-es-arco",
    "En la tangente hiperbólica usa el arco tangente",
    hint="Con números grandes tiene que acercarse a 1, no a 1.57.",
)
def activa_tanh_es_arco(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return np.maximum(z, 0)
    if nombre == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if nombre == "tanh":
        return np.arctan(z)
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "tanh-de-la-mitad",
    "Estira la sigmoide para hacer la tangente hiperbólica, pero olvida el doble",
    hint="Se parecen, pero una es más empinada. Compárala con la del ejemplo en z = 3.",
)
def activa_tanh_de_la_mitad(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return np.maximum(z, 0)
    if nombre == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if nombre == "tanh":
        return 2 / (1 + np.exp(-z)) - 1
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "tanh-es-sigmoid",
    "Con tanh devuelve la sigmoide",
    hint="La tangente hiperbólica da 0 cuando z es 0. ¿Y la tuya?",
)
def activa_tanh_es_sigmoid(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return np.maximum(z, 0)
    if nombre == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if nombre == "tanh":
        return 1 / (1 + np.exp(-z))
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "ninguna-es-relu",
    "Con None aplica la ReLU",
    hint="None quiere decir que no se activa nada: los negativos se quedan.",
)
def activa_ninguna_es_relu(z, nombre):
    if nombre is None:
        return np.maximum(z, 0)
    if nombre == "relu":
        return np.maximum(z, 0)
    if nombre == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if nombre == "tanh":
        return np.tanh(z)
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "ninguna-devuelve-none",
    "Con None no devuelve el array",
    hint="¿Qué sale de tu función cuando nombre es None? Comprueba ese camino.",
)
def activa_ninguna_devuelve_none(z, nombre):
    if nombre is None:
        return None
    if nombre == "relu":
        return np.maximum(z, 0)
    if nombre == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if nombre == "tanh":
        return np.tanh(z)
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "ninguna-es-texto",
    "Compara con el texto None en vez de con el valor None",
    hint="None, sin comillas, no es lo mismo que un texto con esas letras.",
)
def activa_ninguna_es_texto(z, nombre):
    if nombre == "None":
        return np.array(z)
    if nombre == "relu":
        return np.maximum(z, 0)
    if nombre == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if nombre == "tanh":
        return np.tanh(z)
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "desconocida-pasa",
    "Con un nombre desconocido devuelve z como si nada",
    hint="Si alguien escribe mal el nombre, ¿cómo se entera?",
)
def activa_desconocida_pasa(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return np.maximum(z, 0)
    if nombre == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if nombre == "tanh":
        return np.tanh(z)
    return np.array(z)


@activate.misconception(
    "desconocida-imprime",
    "Con un nombre desconocido escribe un aviso, pero no lanza el error",
    hint="Un print no detiene el programa. El enunciado pide una excepción.",
)
def activa_desconocida_imprime(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return np.maximum(z, 0)
    if nombre == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if nombre == "tanh":
        return np.tanh(z)
    print("No conozco esa activación.")


@activate.misconception(
    "desconocida-otro-error",
    "Con un nombre desconocido lanza un error que no es ValueError",
    hint="El enunciado dice qué clase de error se espera. ¿Cuál lanza tu código?",
)
def activa_desconocida_otro_error(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return np.maximum(z, 0)
    if nombre == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if nombre == "tanh":
        return np.tanh(z)
    raise KeyError(nombre)


@activate.misconception(
    "desconocida-por-la-inicial",
    "Acepta cualquier nombre que empiece parecido",
    hint="Solo valen los nombres de la tabla, escritos igual. ¿Qué hace tu código con «rleu»?",
)
def activa_desconocida_por_la_inicial(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre[:1] == "r":
        return np.maximum(z, 0)
    if nombre == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if nombre == "tanh":
        return np.tanh(z)
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "escribe-en-z",
    "Escribe los ceros dentro del array que recibe",
    hint="Quien te llama se queda sin sus números. Crea un array nuevo.",
)
def activa_escribe_en_z(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        z[z < 0] = 0
        return z
    if nombre == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if nombre == "tanh":
        return np.tanh(z)
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "activa-en-el-sitio",
    "Calcula bien, pero deja el resultado dentro de z",
    hint="Mira si alguna operación usa out= o un igual con corchetes sobre z.",
)
def activa_activa_en_el_sitio(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return np.maximum(z, 0, out=z)
    if nombre == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if nombre == "tanh":
        return np.tanh(z)
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "tipo-de-la-entrada",
    "Guarda el resultado con el tipo de z: con enteros, la sigmoide da 0",
    hint="Prueba la sigmoide con un array de enteros: ¿de qué tipo es tu resultado?",
)
def activa_tipo_de_la_entrada(z, nombre):
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return np.maximum(z, 0)
    if nombre == "sigmoid":
        salida = np.zeros_like(z)
        salida[...] = 1 / (1 + np.exp(-z))
        return salida
    if nombre == "tanh":
        salida = np.zeros_like(z)
        salida[...] = np.tanh(z)
        return salida
    raise ValueError("No conozco esa activación.")


@activate.misconception(
    "trunca-a-enteros",
    "Convierte los números a enteros antes de activar",
    hint="¿Qué pasa con 0.25? La activación trabaja con decimales.",
)
def activa_trunca_a_enteros(z, nombre):
    z = z.astype(int)
    if nombre is None:
        return np.array(z)
    if nombre == "relu":
        return np.maximum(z, 0)
    if nombre == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if nombre == "tanh":
        return np.tanh(z)
    raise ValueError("No conozco esa activación.")


# --- conv_neuron: suma ponderada, bias y activación -----------------------------------


@conv_neuron.is_reference
def neurona_referencia(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for fila in range(z.shape[0]):
        for columna in range(z.shape[1]):
            ventana = imagen[fila : fila + kh, columna : columna + kw]
            z[fila, columna] = np.sum(ventana * kernel) + bias
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.alternative("ventanas", "sliding_window_view, einsum y un diccionario")
def neurona_ventanas(imagen, kernel, bias=0.0, activation="relu"):
    ventanas = np.lib.stride_tricks.sliding_window_view(imagen, kernel.shape)
    z = np.einsum("ijkl,kl->ij", ventanas.astype(float), kernel) + bias
    funciones = {None: lambda v: v, "tanh": np.tanh}
    funciones["relu"] = lambda v: np.where(v > 0, v, 0)
    funciones["sigmoid"] = lambda v: np.exp(v) / (np.exp(v) + 1)
    return funciones[activation](z)


@conv_neuron.alternative("activa-en-cada-posicion", "Cuatro bucles; empieza la suma en el bias")
def neurona_bucles(imagen, kernel, bias=0.0, activation="relu"):
    import math

    kh, kw = kernel.shape
    mapa = []
    for i in range(len(imagen) - kh + 1):
        linea = []
        for j in range(len(imagen[0]) - kw + 1):
            z = bias
            for a in range(kh):
                for b in range(kw):
                    z = z + float(kernel[a][b]) * float(imagen[i + a][j + b])
            if activation == "relu":
                z = max(z, 0)
            elif activation == "sigmoid":
                z = 1 / (1 + math.exp(-z))
            elif activation == "tanh":
                z = math.tanh(z)
            linea.append(z)
        mapa.append(linea)
    return mapa


@conv_neuron.alternative("mapa-que-empieza-en-bias", "Parte de un mapa lleno de bias, en float32")
def neurona_llena(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    alto, ancho = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    z = np.full((alto, ancho), bias, dtype=np.float32)
    for (a, b), peso in np.ndenumerate(kernel.astype(np.float32)):
        z += peso * imagen[a : a + alto, b : b + ancho].astype(np.float32)
    if activation == "relu":
        z[z < 0] = 0
    elif activation == "sigmoid":
        z = 1 / (1 + np.exp(-z))
    elif activation == "tanh":
        z = np.sinh(z) / np.cosh(z)
    return z


@conv_neuron.alternative("bias-como-un-peso-mas", "El bias es el peso de una columna de unos")
def neurona_columna(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    alto, ancho = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    filas = []
    for i in range(alto):
        for j in range(ancho):
            filas.append([*imagen[i : i + kh, j : j + kw].ravel(), 1.0])
    z = (np.array(filas, dtype=float) @ [*kernel.ravel(), bias]).reshape(alto, ancho)
    if activation == "relu":
        return z.clip(min=0)
    if activation not in ("tanh", "sigmoid"):
        return z
    return np.tanh(z) if activation == "tanh" else (1 + np.tanh(z / 2)) / 2


@conv_neuron.alternative("tensordot", "Ventanas y tensordot, con match")
def neurona_tensordot(imagen, kernel, bias=0.0, activation="relu"):
    ventanas = np.lib.stride_tricks.sliding_window_view(imagen, kernel.shape)
    z = bias + np.tensordot(ventanas, kernel.astype(float), axes=2)
    match activation:
        case "relu":
            return z * (z > 0)
        case "sigmoid":
            return np.reciprocal(1 + np.exp(-z))
        case "tanh":
            return 2 / (1 + np.exp(-2 * z)) - 1
    return z


@conv_neuron.alternative("fft", "Transformada de Fourier")
def neurona_fft(imagen, kernel, bias=0.0, activation="relu"):
    alto, ancho = imagen.shape
    kh, kw = kernel.shape
    espectro = np.fft.rfft2(imagen) * np.fft.rfft2(kernel[::-1, ::-1], (alto, ancho))
    z = np.fft.irfft2(espectro, (alto, ancho))[kh - 1 :, kw - 1 :] + bias
    if activation == "relu":
        return (z + np.abs(z)) / 2
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if activation == "tanh":
        return np.tanh(z)
    return z


@conv_neuron.misconception(
    "bias-despues",
    "Suma el bias después de la activación",
    hint="El orden importa: con bias −6 y ReLU, ¿puede salir un número negativo?",
)
def neurona_bias_despues(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel)
    if activation == "relu":
        return np.maximum(z, 0) + bias
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z)) + bias
    return (np.tanh(z) if activation == "tanh" else z) + bias


@conv_neuron.misconception(
    "bias-por-producto",
    "Suma el bias a cada producto: cuenta tantas veces como pesos hay",
    hint="El bias se suma una vez en cada posición. ¿Cuántas veces lo cuentas tú?",
)
def neurona_bias_por_producto(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel + bias)
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "bias-a-los-pesos",
    "Suma el bias a los pesos del kernel",
    hint="El bias no multiplica a ningún píxel: se suma después.",
)
def neurona_bias_a_los_pesos(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * (kernel + bias))
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "bias-a-la-imagen",
    "Suma el bias a los píxeles de la imagen",
    hint="El bias no se multiplica por los pesos: se suma después.",
)
def neurona_bias_a_la_imagen(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum((ventana + bias) * kernel)
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "bias-multiplica",
    "Multiplica por el bias en vez de sumarlo",
    hint="¿Qué sale en tu mapa cuando el bias es 0?",
)
def neurona_bias_multiplica(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel) * bias
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "bias-restado",
    "Resta el bias, como si fuera un umbral",
    hint="Un bias de −4 hace más pequeños los números del mapa. ¿Y el tuyo?",
)
def neurona_bias_restado(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel) - bias
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "sin-bias",
    "No usa el bias",
    hint="¿Cambia tu mapa al cambiar el bias?",
)
def neurona_sin_bias(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel)
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "bias-acumulado",
    "Suma el bias a todo el mapa en cada vuelta del bucle",
    hint="Las primeras posiciones reciben el bias muchas veces. ¿Dónde está esa línea?",
)
def neurona_bias_acumulado(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] += np.sum(ventana * kernel)
            z += bias
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "bias-solo-en-la-primera",
    "Suma el bias solo en la primera posición",
    hint="El mismo bias sirve en todas las posiciones, igual que los pesos.",
)
def neurona_bias_solo_en_la_primera(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel)
    z[0, 0] += bias
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "bias-por-fila",
    "Suma un bias que crece con la fila",
    hint="El bias es el mismo número en todo el mapa.",
)
def neurona_bias_por_fila(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel) + bias * i
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "bias-entero",
    "Convierte el bias a un número entero",
    hint="Prueba con un bias de 0.5.",
)
def neurona_bias_entero(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel) + int(bias)
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "bias-si-es-positivo",
    "Solo suma el bias cuando es positivo",
    hint="Los bias negativos son los que apagan posiciones. ¿Qué haces con ellos?",
)
def neurona_bias_si_es_positivo(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel) + max(bias, 0)
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "sin-activacion",
    "Olvida la activación y devuelve las sumas con bias",
    hint="Falta el tercer paso: con ReLU no pueden quedar negativos.",
)
def neurona_sin_activacion(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel) + bias
    return z


@conv_neuron.misconception(
    "siempre-relu",
    "Aplica siempre la ReLU, sea cual sea la activación pedida",
    hint="¿Cambia tu mapa al cambiar activation?",
)
def neurona_siempre_relu(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel) + bias
    return np.maximum(z, 0)


@conv_neuron.misconception(
    "ninguna-es-relu",
    "Con None aplica la ReLU",
    hint="Con None los negativos se quedan en el mapa.",
)
def neurona_ninguna_es_relu(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel) + bias
    if activation in ("relu", None):
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "sin-sigmoide",
    "Trata la sigmoide como si fuera la tangente hiperbólica",
    hint="Una sigmoide nunca da números negativos: mira la tabla del ejercicio 1.",
)
def neurona_sin_sigmoide(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel) + bias
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return np.tanh(z)
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "activa-cada-producto",
    "Activa cada producto antes de sumarlos",
    hint="La activación llega al final, sobre la suma con su bias, y no sobre cada producto.",
)
def neurona_activa_cada_producto(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(np.maximum(ventana * kernel, 0)) + bias
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "activa-antes-del-bias",
    "Activa la suma, le añade el bias y vuelve a activar",
    hint="Se activa una sola vez, cuando el bias ya está sumado.",
)
def neurona_activa_antes_del_bias(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = max(np.sum(ventana * kernel), 0) + bias
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "activa-la-imagen",
    "Aplica la ReLU a la imagen antes de deslizar",
    hint="Los píxeles entran tal cual. ¿A qué se le aplica la activación?",
)
def neurona_activa_la_imagen(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    imagen = np.maximum(imagen, 0)
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel) + bias
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "activa-el-kernel",
    "Aplica la ReLU a los pesos",
    hint="Los pesos negativos son los que restan. ¿A qué se le aplica la activación?",
)
def neurona_activa_el_kernel(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    kernel = np.maximum(kernel, 0)
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel) + bias
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "activa-dos-veces",
    "Aplica la activación dos veces",
    hint="Con la ReLU no se nota, pero la sigmoide de una sigmoide es otra cosa.",
)
def neurona_activa_dos_veces(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel) + bias
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        z = 1 / (1 + np.exp(-z))
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "activa-los-indices",
    "Apaga el mapa entero si alguna posición es negativa",
    hint="Cada posición se activa por su cuenta.",
)
def neurona_activa_los_indices(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel) + bias
    if activation == "relu":
        return z * (z.min() > 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "normaliza-el-mapa",
    "Lleva el mapa al rango de 0 a 1 después de activar",
    hint="La ReLU no tiene techo: si la suma es 500, sale 500.",
)
def neurona_normaliza_el_mapa(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel) + bias
    if activation == "relu":
        z = np.maximum(z, 0)
        return z / max(z.max(), 1e-9)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "recorta-a-255",
    "Recorta el mapa a 255, como si fuera una foto",
    hint="El mapa no es una foto: sus números pueden pasar de 255.",
)
def neurona_recorta_a_255(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel) + bias
    if activation == "relu":
        return np.clip(z, 0, 255)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "un-solo-numero",
    "Suma todo el mapa y devuelve un único número",
    hint="Cada posición da su propio número: el resultado es un mapa.",
)
def neurona_un_solo_numero(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel) + bias
    z = z.sum()
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "kernel-girado-180",
    "Gira el kernel 180° antes de deslizarlo",
    hint="En este curso el kernel se apoya tal cual. Prueba con uno que no sea simétrico.",
)
def neurona_kernel_girado_180(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel[::-1, ::-1]) + bias
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "kernel-traspuesto",
    "Cambia las filas del kernel por sus columnas",
    hint="Las filas del kernel van con las de la ventana. Prueba con uno que no sea simétrico.",
)
def neurona_kernel_traspuesto(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    kernel = kernel.T.reshape(kh, kw)
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel) + bias
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "kernel-cuadrado",
    "Da por hecho que el kernel es cuadrado",
    hint="kernel.shape tiene dos números y pueden ser distintos.",
)
def neurona_kernel_cuadrado(imagen, kernel, bias=0.0, activation="relu"):
    kh = kw = len(kernel)
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel) + bias
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "kernel-3x3-fijo",
    "Da por hecho que el kernel es de 3×3",
    hint="Busca los números escritos a mano en tu código: ¿de dónde deberían salir?",
)
def neurona_kernel_3x3_fijo(imagen, kernel, bias=0.0, activation="relu"):
    kh = kw = 3
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel) + bias
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "tamano-sin-mas-uno",
    "Olvida el + 1 del tamaño y pierde la última fila y la última columna",
    hint="¿En cuántas posiciones cabe una ventana de 3 en 3 píxeles?",
)
def neurona_tamano_sin_mas_uno(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh, imagen.shape[1] - kw))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel) + bias
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "imagen-cuadrada",
    "Usa el alto del mapa también como ancho",
    hint="Prueba con una imagen que no sea cuadrada.",
)
def neurona_imagen_cuadrada(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    n = imagen.shape[0] - kh + 1
    z = np.zeros((n, n))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel) + bias
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "promedio",
    "Promedia los productos en vez de sumarlos",
    hint="Compara un número de tu mapa con la suma hecha a mano.",
)
def neurona_promedio(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.mean(ventana * kernel) + bias
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "producto-matricial",
    "Usa el producto de matrices en vez del producto elemento a elemento",
    hint="Cada peso multiplica solo al píxel que tiene debajo.",
)
def neurona_producto_matricial(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana @ kernel.T) + bias
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "tipo-de-la-imagen",
    "Guarda las sumas con el tipo de la imagen: un uint8 no llega a 500",
    hint="Si la imagen es uint8, ¿qué pasa al guardar 500 o 13.75?",
)
def neurona_tipo_de_la_imagen(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel) + bias
    z = z.astype(np.int64).astype(imagen.dtype).astype(float)
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "kernel-al-tipo-de-la-imagen",
    "Convierte el kernel al tipo de la imagen y pierde signos y decimales",
    hint="Si la imagen es uint8, ¿en qué se convierte un peso de −0.5?",
)
def neurona_kernel_al_tipo_de_la_imagen(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    kernel = kernel.astype(np.int64).astype(imagen.dtype)
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel) + bias
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "escribe-en-la-imagen",
    "Guarda los resultados encima de la imagen que recibe",
    hint="Las ventanas siguientes leen números ya cambiados. Usa otro array para el mapa.",
)
def neurona_escribe_en_la_imagen(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            imagen[i, j] = z[i, j] = np.sum(ventana * kernel) + bias
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z


@conv_neuron.misconception(
    "cambia-la-imagen",
    "Calcula bien, pero deja cambiada la imagen que recibe",
    hint="Mira si usas *=, /= o -= con la imagen: eso cambia también la de quien te llamó.",
)
def neurona_cambia_la_imagen(imagen, kernel, bias=0.0, activation="relu"):
    kh, kw = kernel.shape
    z = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            z[i, j] = np.sum(ventana * kernel) + bias
    if imagen.dtype == float:
        imagen -= imagen.min()
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return np.tanh(z) if activation == "tanh" else z
