"""Catálogo de la unidad 03: cómo se responde a sus ejercicios, bien y mal.

Cada función está escrita como la escribiría un estudiante. Las pruebas de la unidad
deben aceptar todas las correctas y rechazar todos los errores (`make matrix`).
"""

import numpy as np

from course_lib.grading.catalog import Exercise

edge_kernel = Exercise("edge_kernel", section="Bordes y franjas: apuntar a una dirección")
separable = Exercise(
    "separable", unique=False, section="Kernels separables: dos pequeños por uno grande"
)
line_kernel = Exercise(
    "line_kernel", unique=False, section="Bordes y franjas: apuntar a una dirección"
)

# --- edge_kernel: bordes en cualquier dirección --------------------------------------


@edge_kernel.is_reference
def edge_referencia(angulo):
    sobel_x = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    giro = np.deg2rad(angulo)
    return np.cos(giro) * sobel_x - np.sin(giro) * sobel_x.T


@edge_kernel.alternative("vectorizada", "Combina los dos kernels apilados con tensordot")
def edge_tensordot(angulo):
    kernels = np.array(
        [[[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], [[1, 2, 1], [0, 0, 0], [-1, -2, -1]]], dtype=float
    )
    direccion = [np.cos(angulo * np.pi / 180), np.sin(angulo * np.pi / 180)]
    return np.tensordot(direccion, kernels, axes=1)


@edge_kernel.alternative("lista", "Una lista de listas con la fórmula de cada peso")
def edge_lista(angulo):
    from math import cos, radians, sin

    c, s = cos(radians(angulo)), sin(radians(angulo))
    return [[s - c, 2 * s, s + c], [-2 * c, 0, 2 * c], [-s - c, -2 * s, c - s]]


@edge_kernel.alternative("bucles", "Dos bucles que mezclan peso a peso, en float32")
def edge_bucles(angulo):
    x = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
    y = [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]
    radianes = angulo / 180 * np.pi
    kernel = np.zeros((3, 3), dtype=np.float32)
    for i in range(3):
        for j in range(3):
            kernel[i, j] = np.cos(radianes) * x[i][j] - np.sin(radianes) * y[i][j]
    return kernel


@edge_kernel.alternative("complejos", "La parte real de un giro con números complejos")
def edge_complejos(angulo):
    sobel_x = np.array([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
    giro = np.exp(1j * np.radians(angulo))
    return (giro * (sobel_x + 1j * sobel_x.T)).real


@edge_kernel.alternative("separables", "Cada kernel de Sobel como columna por fila")
def edge_outer(angulo):
    suaviza, deriva = np.array([1, 2, 1]), np.array([-1, 0, 1])
    a = np.radians(angulo)
    return np.cos(a) * np.outer(suaviza, deriva) + np.sin(a) * np.outer(-deriva, suaviza)


@edge_kernel.alternative("coordenadas", "A partir de la posición de cada peso respecto al centro")
def edge_coordenadas(angulo):
    x = np.arange(-1, 2)
    y = -x[:, np.newaxis]
    a = np.radians(angulo)
    return np.cos(a) * x * (2 - np.abs(y)) + np.sin(a) * y * (2 - np.abs(x))


@edge_kernel.alternative("con-desfase", "Con el coseno para los dos, adelantando el ángulo")
def edge_desfase(angulo):
    x = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], dtype=float)
    return np.cos(np.radians(angulo)) * x + np.cos(np.radians(angulo + 90)) * x.T


@edge_kernel.misconception(
    "grados-como-radianes",
    "Pasa los grados al coseno y al seno sin convertirlos en radianes",
    hint="¿Cuánto te da el coseno de 90? Debería ser 0.",
)
def edge_grados(angulo):
    x = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    return np.cos(angulo) * x - np.sin(angulo) * x.T


@edge_kernel.misconception(
    "media-vuelta-mal",
    "Convierte los grados como si π fueran 360",
    hint="Media vuelta son 180 grados. ¿A cuántos radianes equivale en tu cuenta?",
)
def edge_360(angulo):
    x = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    a = angulo * np.pi / 360
    return np.cos(a) * x - np.sin(a) * x.T


@edge_kernel.misconception(
    "radianes-a-grados",
    "Convierte al revés: de radianes a grados",
    hint="El coseno quiere radianes. ¿En qué unidad le das el ángulo?",
)
def edge_al_reves(angulo):
    x = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    a = np.rad2deg(angulo)
    return np.cos(a) * x - np.sin(a) * x.T


@edge_kernel.misconception(
    "gira-con-el-reloj",
    "Suma sobel_y en vez de restarlo: gira en el sentido del reloj",
    hint="Con 90 grados los positivos van arriba. Mira el signo de la fórmula.",
)
def edge_reloj(angulo):
    x = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    a = np.radians(angulo)
    return np.cos(a) * x + np.sin(a) * x.T


@edge_kernel.misconception(
    "seno-y-coseno-cambiados",
    "Cambia el seno por el coseno",
    hint="Con 0 grados tiene que salir sobel_x. ¿Cuál de los dos vale 1 en 0?",
)
def edge_cambiados(angulo):
    x = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    a = np.radians(angulo)
    return np.sin(a) * x - np.cos(a) * x.T


@edge_kernel.misconception(
    "kernels-cambiados",
    "Cambia sobel_x por sobel_y",
    hint="sobel_x tiene los negativos en la columna de la izquierda. ¿Cuál es el tuyo?",
)
def edge_xy(angulo):
    y = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    a = np.radians(angulo)
    return np.cos(a) * y.T - np.sin(a) * y


@edge_kernel.misconception(
    "la-direccion-del-borde",
    "Toma el ángulo como la dirección del borde, no como la de aclararse",
    hint="Con 0 grados la imagen se aclara hacia la derecha: el borde es vertical.",
)
def edge_perpendicular(angulo):
    x = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    a = np.radians(angulo - 90)
    return np.cos(a) * x - np.sin(a) * x.T


@edge_kernel.misconception(
    "signo-contrario",
    "Responde en positivo donde la imagen se oscurece",
    hint="Con 0 grados los pesos positivos van a la derecha.",
)
def edge_opuesto(angulo):
    x = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    a = np.radians(angulo)
    return -np.cos(a) * x + np.sin(a) * x.T


@edge_kernel.misconception(
    "solo-cuatro-direcciones",
    "Redondea el ángulo a uno de los cuatro principales",
    hint="Prueba con 45 grados: ¿te sale un kernel distinto del de 0 y del de 90?",
)
def edge_redondea(angulo):
    x = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    a = np.radians(90 * round(angulo / 90))
    return np.cos(a) * x - np.sin(a) * x.T


@edge_kernel.misconception(
    "olvida-media-vuelta",
    "Da lo mismo para un ángulo y para su opuesto",
    hint="Con 180 grados los signos son los contrarios que con 0.",
)
def edge_mod_180(angulo):
    x = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    a = np.radians(angulo % 180)
    return np.cos(a) * x - np.sin(a) * x.T


@edge_kernel.misconception(
    "sin-negativos",
    "Trata los ángulos negativos como si fueran positivos",
    hint="−90 grados es hacia abajo. ¿Qué haces con el signo del ángulo?",
)
def edge_abs(angulo):
    x = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    a = np.radians(abs(angulo))
    return np.cos(a) * x - np.sin(a) * x.T


@edge_kernel.misconception(
    "angulo-entero",
    "Quita los decimales al ángulo",
    hint="El ángulo puede ser 60.5. ¿Qué ocurre con ese medio grado?",
)
def edge_angulo_entero(angulo):
    x = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    a = np.radians(int(angulo))
    return np.cos(a) * x - np.sin(a) * x.T


@edge_kernel.misconception(
    "pesos-enteros",
    "Redondea los pesos a enteros",
    hint="Con 45 grados aparece la raíz de 2. ¿Cabe en un entero?",
)
def edge_pesos_enteros(angulo):
    x = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    a = np.radians(angulo)
    return np.round(np.cos(a) * x - np.sin(a) * x.T).astype(int)


@edge_kernel.misconception(
    "prewitt",
    "Usa los kernels de Prewitt, con las tres filas iguales",
    hint="En sobel_x, la fila del centro pesa el doble.",
)
def edge_prewitt(angulo):
    x = np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])
    a = np.radians(angulo)
    return np.cos(a) * x - np.sin(a) * x.T


@edge_kernel.misconception(
    "normaliza",
    "Divide los pesos entre 8 para que la respuesta no pase de 1",
    hint="Relee la fórmula: ¿hay alguna división?",
)
def edge_normaliza(angulo):
    x = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]) / 8
    a = np.radians(angulo)
    return np.cos(a) * x - np.sin(a) * x.T


@edge_kernel.misconception(
    "mezcla-lineal",
    "Mezcla en proporción al ángulo, sin seno ni coseno",
    hint="A 45 grados no toca la mitad de cada uno. ¿Cuánto vale el coseno de 45?",
)
def edge_lineal(angulo):
    x = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    parte = angulo / 90
    return (1 - parte) * x - parte * x.T


@edge_kernel.misconception(
    "pesos-sin-signo",
    "Quita el signo a los pesos",
    hint="Un borde se nota por la diferencia: hacen falta pesos negativos.",
)
def edge_sin_signo(angulo):
    x = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    a = np.radians(angulo)
    return np.abs(np.cos(a) * x - np.sin(a) * x.T)


@edge_kernel.misconception(
    "solo-sobel-x",
    "Multiplica sobel_x por el coseno y olvida la otra mitad",
    hint="Con 90 grados te queda un kernel de ceros. ¿Qué parte de la fórmula falta?",
)
def edge_solo_x(angulo):
    return np.cos(np.radians(angulo)) * np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])


@edge_kernel.misconception(
    "producto-de-matrices",
    "Multiplica los dos kernels como matrices",
    hint="En la fórmula, un número multiplica a cada kernel, y los kernels se restan.",
)
def edge_matricial(angulo):
    x = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    a = np.radians(angulo)
    return (np.cos(a) * x) @ (np.sin(a) * x.T)


# --- separable: una columna por una fila ---------------------------------------------


@separable.observed
def separable_partes(kernel, resultado):
    """El producto de las dos partes y lo que mide cada una."""
    return resultado if resultado is None else _producto_y_medidas(*resultado)


def _producto_y_medidas(columna, fila):
    return np.outer(columna, fila), np.size(columna), np.size(fila)


@separable.probes
def separable_datos(azar):
    """Kernels separables con decimales y ceros, y los mismos con un número estropeado."""
    for alto, ancho in [(3, 3), (2, 4), (4, 3), (3, 5), (5, 2), (4, 4)] * 3:
        columna, fila = azar.integers(-9, 10, alto), azar.integers(1, 10, ancho)
        yield (np.outer(columna, fila) / azar.choice([1, 2, 10]),)
        yield (np.outer(columna / 10, fila / 10),)
        yield (np.outer(columna * (np.arange(alto) > 0), fila * (azar.random(ancho) < 0.6)),)
        roto = np.outer(1 + np.abs(columna), fila).astype(float)
        roto[-1, -1] += azar.choice([1, 0.01, -2])
        yield (roto,)


@separable.is_reference
def separable_referencia(kernel):
    i, j = np.unravel_index(np.argmax(np.abs(kernel)), kernel.shape)
    columna, fila = kernel[:, j] / kernel[i, j], kernel[i]
    return (columna, fila) if np.allclose(np.outer(columna, fila), kernel) else None


@separable.alternative("vectorizada", "Descomposición en valores singulares")
def separable_svd(kernel):
    u, s, vt = np.linalg.svd(kernel)
    if len(s) > 1 and s[1] > 1e-8 * s[0]:
        return None
    return u[:, 0] * np.sqrt(s[0]), vt[0] * np.sqrt(s[0])


@separable.alternative("rango", "Pregunta el rango de la matriz y luego la parte")
def separable_rango(kernel):
    if np.linalg.matrix_rank(kernel) != 1:
        return None
    fila = kernel[np.abs(kernel).sum(axis=1).argmax()].astype(float)
    columna = kernel @ fila / (fila @ fila)
    return columna, fila


@separable.alternative("bucles", "Bucles que comprueban peso a peso, y listas")
def separable_bucles(kernel):
    filas, columnas = kernel.shape
    for i in range(filas):
        for j in range(columnas):
            if abs(kernel[i, j]) > 1e-9:
                fila = [float(kernel[i, b]) for b in range(columnas)]
                columna = [float(kernel[a, j]) / float(kernel[i, j]) for a in range(filas)]
                for a in range(filas):
                    for b in range(columnas):
                        if abs(columna[a] * fila[b] - kernel[a, b]) > 1e-8:
                            return None
                return [columna, fila]


@separable.alternative("determinantes", "Todos los productos cruzados con un peso son iguales")
def separable_cruzados(kernel):
    i, j = np.argwhere(np.abs(kernel) == np.abs(kernel).max())[0]
    cruzado = kernel * kernel[i, j] - np.outer(kernel[:, j], kernel[i, :])
    if np.abs(cruzado).max() > 1e-7:
        return None
    return kernel[:, j].copy(), kernel[i, :] / kernel[i, j]


@separable.alternative("con-ejes", "Devuelve una columna (kh, 1) y una fila (1, kw)")
def separable_ejes(kernel):
    fila_buena = int(np.argmax(np.any(kernel != 0, axis=1)))
    fila = kernel[fila_buena : fila_buena + 1, :].astype(float)
    columna_buena = int(np.argmax(np.abs(fila)))
    columna = kernel[:, columna_buena : columna_buena + 1] / fila[0, columna_buena]
    if not np.allclose(columna * fila, kernel):
        return None
    return columna, fila


@separable.alternative("minimos-cuadrados", "Ajusta la columna por mínimos cuadrados, en float32")
def separable_ajuste(kernel):
    fila = kernel[int(np.linalg.norm(kernel, axis=1).argmax())].astype(np.float64)
    columna = [np.sum(otra * fila) / np.sum(fila * fila) for otra in kernel]
    resto = kernel - np.array(columna)[:, None] * fila[None, :]
    if np.linalg.norm(resto) > 1e-6:
        return None
    return np.array(columna, dtype=np.float32), fila.astype(np.float32)


@separable.alternative("reparte-el-signo", "Escala las dos partes por igual y les cambia el signo")
def separable_signo(kernel):
    plano = np.abs(kernel).ravel()
    i, j = divmod(int(plano.argmax()), kernel.shape[1])
    raiz = np.sqrt(plano.max())
    fila = -kernel[i] / raiz
    columna = -kernel[:, j] / raiz * np.sign(kernel[i, j])
    parecido = np.abs(columna.reshape(-1, 1) * fila - kernel).max()
    return None if parecido > 1e-8 else (columna, fila)


@separable.misconception(
    "primera-fila-y-columna",
    "Toma la primera columna y la primera fila tal cual, sin dividir",
    hint="Multiplica tu columna por tu fila: ¿sale el primer peso o su cuadrado?",
)
def separable_sin_dividir(kernel):
    columna, fila = kernel[:, 0], kernel[0]
    i, j = np.unravel_index(np.argmax(np.abs(kernel)), kernel.shape)
    es = np.allclose(np.outer(kernel[:, j] / kernel[i, j], kernel[i]), kernel)
    return (columna, fila) if es else None


@separable.misconception(
    "el-primer-peso-no-es-cero",
    "Divide siempre entre el peso de la esquina, que puede ser 0",
    hint="¿Qué pasa si la esquina del kernel vale 0? Busca un peso con el que se pueda dividir.",
)
def separable_esquina(kernel):
    if kernel[0, 0] == 0:
        return None
    columna, fila = kernel[:, 0] / kernel[0, 0], kernel[0]
    return (columna, fila) if np.allclose(np.outer(columna, fila), kernel) else None


@separable.misconception(
    "primera-fila-siempre",
    "Da por hecho que la primera fila no es de ceros",
    hint="Si tu fila es toda de ceros, el producto también. Elige otra fila.",
)
def separable_primera_fila(kernel):
    fila = kernel[0].astype(float)
    if not fila.any():
        return None
    j = np.argmax(np.abs(fila))
    columna = kernel[:, j] / fila[j]
    return (columna, fila) if np.allclose(np.outer(columna, fila), kernel) else None


@separable.misconception(
    "el-maximo-con-signo",
    "Divide entre el peso mayor contando el signo, que puede ser 0",
    hint="Si todos los pesos son negativos o cero, ¿cuál es el mayor? Con él no se puede dividir.",
)
def separable_maximo(kernel):
    i, j = np.unravel_index(np.argmax(kernel), kernel.shape)
    if kernel[i, j] == 0:
        return None
    columna, fila = kernel[:, j] / kernel[i, j], kernel[i]
    return (columna, fila) if np.allclose(np.outer(columna, fila), kernel) else None


@separable.misconception(
    "nunca-none",
    "Nunca devuelve None: da la pareja que más se parece",
    hint="Multiplica tus dos partes y compáralas con el kernel antes de devolverlas.",
)
def separable_nunca_none(kernel):
    u, s, vt = np.linalg.svd(kernel)
    return u[:, 0] * s[0], vt[0]


@separable.misconception(
    "sumas-sin-normalizar",
    "Usa las sumas de filas y de columnas sin ajustar el tamaño",
    hint="Compara el producto de tus partes con el kernel: ¿cuántas veces mayor es?",
)
def separable_sumas(kernel):
    if np.linalg.matrix_rank(kernel) != 1:
        return None
    return kernel.sum(axis=1), kernel.sum(axis=0)


@separable.misconception(
    "divide-entre-la-suma",
    "Usa las sumas y divide entre el total, que en un kernel de bordes es 0",
    hint="¿Cuánto suman los pesos de sobel_x? Con ese número no se puede dividir.",
)
def separable_total(kernel):
    if np.linalg.matrix_rank(kernel) != 1:
        return None
    total = kernel.sum()
    if total == 0:
        return None
    return kernel.sum(axis=1), kernel.sum(axis=0) / total


@separable.misconception(
    "orden-cambiado",
    "Devuelve la fila antes que la columna",
    hint="Relee qué va primero: ¿la columna o la fila? Prueba con un kernel que no sea cuadrado.",
)
def separable_orden(kernel):
    i, j = np.unravel_index(np.argmax(np.abs(kernel)), kernel.shape)
    columna, fila = kernel[:, j] / kernel[i, j], kernel[i]
    return (fila, columna) if np.allclose(np.outer(columna, fila), kernel) else None


@separable.misconception(
    "determinante-cero",
    "Cree que basta con que el determinante sea 0",
    hint="Con determinante 0 sobra alguna fila, pero ¿son todas múltiplos de una sola?",
)
def separable_determinante(kernel):
    if kernel.shape[0] == kernel.shape[1] and abs(np.linalg.det(kernel)) > 1e-9:
        return None
    i, j = np.unravel_index(np.argmax(np.abs(kernel)), kernel.shape)
    return kernel[:, j] / kernel[i, j], kernel[i]


@separable.misconception(
    "simetrico",
    "Confunde separable con simétrico",
    hint="laplaciano_8 es simétrico y no es separable; sobel_x, al revés.",
)
def separable_simetrico(kernel):
    if kernel.shape[0] != kernel.shape[1] or not np.allclose(kernel, kernel.T):
        return None
    i, j = np.unravel_index(np.argmax(np.abs(kernel)), kernel.shape)
    return kernel[:, j] / kernel[i, j], kernel[i]


@separable.misconception(
    "solo-cuadrados",
    "Rechaza los kernels que no son cuadrados",
    hint="Una tabla de multiplicar de 2 por 5 también es una tabla de multiplicar.",
)
def separable_cuadrados(kernel):
    if kernel.shape[0] != kernel.shape[1]:
        return None
    i, j = np.unravel_index(np.argmax(np.abs(kernel)), kernel.shape)
    columna, fila = kernel[:, j] / kernel[i, j], kernel[i]
    return (columna, fila) if np.allclose(np.outer(columna, fila), kernel) else None


@separable.misconception(
    "svd-sin-el-tamano",
    "Parte con la SVD, pero olvida el valor singular",
    hint="El producto de tus partes tiene la forma buena y otro tamaño. ¿Qué te has dejado?",
)
def separable_sin_sigma(kernel):
    u, s, vt = np.linalg.svd(kernel)
    if len(s) > 1 and s[1] > 1e-8 * s[0]:
        return None
    return u[:, 0], vt[0]


@separable.misconception(
    "svd-dos-veces",
    "Parte con la SVD y multiplica las dos partes por el valor singular",
    hint="El valor singular tiene que aparecer una vez en el producto, no dos.",
)
def separable_dos_sigmas(kernel):
    u, s, vt = np.linalg.svd(kernel)
    if len(s) > 1 and s[1] > 1e-8 * s[0]:
        return None
    return u[:, 0] * s[0], vt[0] * s[0]


@separable.misconception(
    "svd-traspuesta",
    "Toma la primera columna de la segunda matriz de la SVD, y es la primera fila",
    hint="NumPy devuelve esa matriz ya traspuesta. ¿Qué eje tienes que elegir?",
)
def separable_v(kernel):
    u, s, vt = np.linalg.svd(kernel)
    if len(s) > 1 and s[1] > 1e-8 * s[0]:
        return None
    return u[:, 0] * s[0], vt[:, 0]


@separable.misconception(
    "igualdad-exacta",
    "Compara con == y el redondeo hace que rechace kernels con decimales",
    hint="0.1 por 3 no es exactamente 0.3 en un ordenador. ¿Cómo se comparan decimales?",
)
def separable_exacta(kernel):
    i, j = np.unravel_index(np.argmax(np.abs(kernel)), kernel.shape)
    columna, fila = kernel[:, j] / kernel[i, j], kernel[i]
    return (columna, fila) if (np.outer(columna, fila) == kernel).all() else None


@separable.misconception(
    "division-entera",
    "Divide con //, que tira los decimales",
    hint="Un factor puede ser 0.5. ¿Qué división conserva la parte decimal?",
)
def separable_entera(kernel):
    i, j = np.unravel_index(np.argmax(np.abs(kernel)), kernel.shape)
    columna, fila = kernel[:, j] // kernel[i, j], kernel[i]
    return (columna, fila) if np.allclose(np.outer(columna, fila), kernel) else None


@separable.misconception(
    "pierde-el-signo",
    "Calcula los factores sin su signo",
    hint="Una fila puede ser −1 veces otra. ¿Dónde se pierde el signo?",
)
def separable_sin_signo(kernel):
    i, j = np.unravel_index(np.argmax(np.abs(kernel)), kernel.shape)
    columna, fila = np.abs(kernel[:, j] / kernel[i, j]), kernel[i]
    return (columna, fila) if np.allclose(np.outer(columna, fila), kernel) else None


@separable.misconception(
    "solo-dos-filas",
    "Solo comprueba que la segunda fila sea múltiplo de la primera",
    hint="¿Y la tercera fila? Compara el kernel entero.",
)
def separable_dos_filas(kernel):
    i, j = np.unravel_index(np.argmax(np.abs(kernel)), kernel.shape)
    columna, fila = kernel[:, j] / kernel[i, j], kernel[i]
    producto = np.outer(columna, fila)
    return (columna, fila) if np.allclose(producto[:2], kernel[:2]) else None


@separable.misconception(
    "dice-si-o-no",
    "Devuelve True o False en vez de las dos partes",
    hint="Saber que se puede no basta: hay que devolver con qué columna y con qué fila.",
)
def separable_booleano(kernel):
    return bool(np.linalg.matrix_rank(kernel) == 1)


@separable.misconception(
    "devuelve-el-producto",
    "Devuelve el producto de las dos partes en vez de las partes",
    hint="El producto ya lo tenías: es el kernel. Devuelve lo que se multiplica.",
)
def separable_producto(kernel):
    i, j = np.unravel_index(np.argmax(np.abs(kernel)), kernel.shape)
    columna, fila = kernel[:, j] / kernel[i, j], kernel[i]
    producto = np.outer(columna, fila)
    return producto if np.allclose(producto, kernel) else None


@separable.misconception(
    "divide-en-el-kernel",
    "Divide la columna dentro del propio kernel",
    hint="Con /= cambias el kernel de quien te llamó. Guarda la división en otro array.",
)
def separable_en_el_sitio(kernel):
    if kernel.dtype.kind != "f":
        kernel = kernel.astype(float)
    original = kernel.copy()
    i, j = np.unravel_index(np.argmax(np.abs(kernel)), kernel.shape)
    fila = original[i]
    kernel[:, j] /= original[i, j]
    columna = kernel[:, j].copy()
    return (columna, fila) if np.allclose(np.outer(columna, fila), original) else None


# --- line_kernel: un detector de líneas verticales -----------------------------------


@line_kernel.observed
def linea_propiedades(tamano, resultado):
    """La suma de cada fila, la rampa, la línea del centro y cuáles de las otras encienden."""
    kernel = np.asarray(resultado, dtype=float)
    columnas = kernel.sum(axis=0)
    centro = columnas[kernel.shape[1] // 2]
    rampa = columnas @ np.arange(kernel.shape[1])
    return kernel.shape, kernel.sum(axis=1).round(6), rampa.round(6), centro, columnas > 1e-6


@line_kernel.probes
def linea_tamanos(azar):
    """Tamaños impares; más que los de las pruebas."""
    yield from ((int(n),) for n in azar.permutation([3, 5, 11, 15, 17, 19, 21, 23, 25]))


@line_kernel.is_reference
def linea_referencia(tamano):
    kernel = np.zeros((tamano, tamano))
    centro = tamano // 2
    kernel[:, centro] = 1 / tamano
    kernel[:, centro - 1] = kernel[:, centro + 1] = -0.5 / tamano
    return kernel


@line_kernel.alternative("vectorizada", "Una fila de pesos repetida en todas las filas")
def linea_repetida(tamano):
    fila = np.full(tamano, -1 / (tamano - 1))
    fila[tamano // 2] = 1
    return np.tile(fila / tamano, (tamano, 1))


@line_kernel.alternative("solo-la-fila-central", "Pesos solo en la fila del centro")
def linea_una_fila(tamano):
    k = np.zeros((tamano, tamano), dtype=np.float32)
    c = tamano // 2
    k[c, c - 1 : c + 2] = [-0.5, 1, -0.5]
    return k


@line_kernel.alternative("lista", "Una lista de listas con los negativos en los bordes")
def linea_lista(tamano):
    fila = [0.0] * tamano
    fila[0] = fila[-1] = -0.5 / tamano
    fila[tamano // 2] = 1 / tamano
    return [list(fila) for _ in range(tamano)]


@line_kernel.alternative("bucles", "Dos bucles que miran a qué distancia está el centro")
def linea_bucles(tamano):
    kernel = np.empty((tamano, tamano))
    for i in range(tamano):
        for j in range(tamano):
            distancia = abs(j - tamano // 2)
            kernel[i, j] = {0: 2.0, 1: -1.0}.get(distancia, 0.0)
    return kernel / (2 * tamano)


@line_kernel.alternative("columna-por-fila", "Separable: una campana vertical por un perfil")
def linea_separable(tamano):
    x = np.arange(tamano) - tamano // 2
    campana = np.exp(-0.5 * (x / tamano) ** 2)
    perfil = np.where(x == 0, 1.0, -1.0 / (tamano - 1))
    return np.outer(campana / campana.sum(), perfil)


@line_kernel.alternative("negativos-crecientes", "Castiga más las columnas lejanas")
def linea_lejanas(tamano):
    x = np.abs(np.arange(tamano) - tamano // 2)
    fila = -x / x.sum()
    fila[tamano // 2] = 1
    kernel = np.ones((tamano, 1)) * fila
    return kernel / kernel[:, tamano // 2].sum()


@line_kernel.alternative("segunda-diferencia", "La segunda diferencia de una columna encendida")
def linea_diferencia(tamano):
    punto = np.zeros(tamano + 2)
    punto[tamano // 2 + 1] = -0.5
    perfil = np.diff(punto, n=2)
    return np.vstack([perfil] * tamano) / tamano


@line_kernel.misconception(
    "solo-la-linea",
    "Dibuja la línea en el kernel y no pone ningún peso negativo",
    hint="¿Qué da una zona lisa con tu kernel? Algo tiene que restar.",
)
def linea_sin_negativos(tamano):
    kernel = np.zeros((tamano, tamano))
    kernel[:, tamano // 2] = 1 / tamano
    return kernel


@line_kernel.misconception(
    "horizontal",
    "Busca líneas horizontales en vez de verticales",
    hint="Las líneas verticales van por columnas. ¿Qué índice has fijado?",
)
def linea_horizontal(tamano):
    kernel = np.zeros((tamano, tamano))
    centro = tamano // 2
    kernel[centro] = 1 / tamano
    kernel[centro - 1] = kernel[centro + 1] = -0.5 / tamano
    return kernel


@line_kernel.misconception(
    "un-borde",
    "Hace un detector de bordes: negativo a un lado y positivo al otro",
    hint="Tu kernel responde a una rampa. Una línea tiene dos lados oscuros.",
)
def linea_borde(tamano):
    kernel = np.zeros((tamano, tamano))
    kernel[:, 0], kernel[:, -1] = -1 / tamano, 1 / tamano
    return kernel


@line_kernel.misconception(
    "solo-un-lado",
    "Resta solo la columna de la izquierda",
    hint="Prueba con una rampa. ¿Qué pasa si restas lo mismo a los dos lados?",
)
def linea_un_lado(tamano):
    kernel = np.zeros((tamano, tamano))
    centro = tamano // 2
    kernel[:, centro], kernel[:, centro - 1] = 1 / tamano, -1 / tamano
    return kernel


@line_kernel.misconception(
    "lados-desiguales",
    "Resta a los dos lados, pero más a uno que al otro",
    hint="La suma está bien. Prueba con la rampa: ¿es simétrico tu kernel?",
)
def linea_desigual(tamano):
    kernel = np.zeros((tamano, tamano))
    centro = tamano // 2
    kernel[:, centro] = 1 / tamano
    kernel[:, centro - 1], kernel[:, centro + 1] = -0.75 / tamano, -0.25 / tamano
    return kernel


@line_kernel.misconception(
    "linea-oscura",
    "Busca líneas oscuras: tiene los signos cambiados",
    hint="Una línea clara en el centro tiene que dar 1, no −1.",
)
def linea_oscura(tamano):
    kernel = np.zeros((tamano, tamano))
    centro = tamano // 2
    kernel[:, centro] = -1 / tamano
    kernel[:, centro - 1] = kernel[:, centro + 1] = 0.5 / tamano
    return kernel


@line_kernel.misconception(
    "sin-ajustar",
    "No ajusta el tamaño de los pesos: la línea da más que 1",
    hint="La columna central tiene que sumar 1. ¿Cuántos pesos tiene?",
)
def linea_sin_ajustar(tamano):
    kernel = np.zeros((tamano, tamano))
    centro = tamano // 2
    kernel[:, centro] = 1
    kernel[:, centro - 1] = kernel[:, centro + 1] = -0.5
    return kernel


@line_kernel.misconception(
    "negativos-de-mas",
    "Pone −1 a cada lado de un 1: la suma no es 0",
    hint="Suma una fila de tu kernel. ¿Cuánto debería dar?",
)
def linea_suma_negativa(tamano):
    kernel = np.zeros((tamano, tamano))
    centro = tamano // 2
    kernel[:, centro] = 1 / tamano
    kernel[:, centro - 1] = kernel[:, centro + 1] = -1 / tamano
    return kernel


@line_kernel.misconception(
    "tamano-tres-fijo",
    "Devuelve siempre un kernel de 3×3",
    hint="El lado llega como argumento. ¿Qué forma sale si se pide 5?",
)
def linea_tres(tamano):
    return np.array([[-0.5, 1, -0.5]] * 3) / 3


@line_kernel.misconception(
    "ajustado-para-tres",
    "Divide siempre entre 3, aunque el kernel tenga más filas",
    hint="Con lado 5 la línea no da 1. ¿De qué depende el número por el que divides?",
)
def linea_entre_tres(tamano):
    kernel = np.zeros((tamano, tamano))
    centro = tamano // 2
    kernel[:, centro] = 1 / 3
    kernel[:, centro - 1] = kernel[:, centro + 1] = -0.5 / 3
    return kernel


@line_kernel.misconception(
    "entre-todos-los-pesos",
    "Divide entre el número total de pesos",
    hint="La columna central tiene tantos pesos como filas, no como todo el kernel.",
)
def linea_entre_todos(tamano):
    kernel = np.zeros((tamano, tamano))
    centro = tamano // 2
    kernel[:, centro] = 1 / tamano**2
    kernel[:, centro - 1] = kernel[:, centro + 1] = -0.5 / tamano**2
    return kernel


@line_kernel.misconception(
    "columna-uno-fija",
    "Pone la línea siempre en la columna 1, que solo es el centro de un 3×3",
    hint="Con lado 5, ¿cuál es la columna del centro?",
)
def linea_columna_uno(tamano):
    kernel = np.zeros((tamano, tamano))
    kernel[:, 1] = 1 / tamano
    kernel[:, 0] = kernel[:, 2] = -0.5 / tamano
    return kernel


@line_kernel.misconception(
    "division-entera",
    "Divide con //, y todos los pesos quedan a 0 o a −1",
    hint="1 // 3 vale 0. ¿Qué división conserva los decimales?",
)
def linea_entera(tamano):
    kernel = np.zeros((tamano, tamano))
    centro = tamano // 2
    kernel[:, centro] = 1 // tamano
    kernel[:, centro - 1] = kernel[:, centro + 1] = -1 // (2 * tamano)
    return kernel


@line_kernel.misconception(
    "un-punto",
    "Busca un punto: un peso en el centro y el resto repartido alrededor",
    hint="Con una línea horizontal tu kernel no da 0. Mira la suma de cada fila.",
)
def linea_punto(tamano):
    kernel = np.full((tamano, tamano), -1.0)
    kernel[tamano // 2, tamano // 2] = tamano**2 - 1
    return kernel / (tamano**2 - tamano)


@line_kernel.misconception(
    "filas-descompensadas",
    "La suma total es 0, pero la de cada fila no",
    hint="Prueba con una línea horizontal arriba del todo. ¿Qué fila de pesos la ve?",
)
def linea_descompensada(tamano):
    kernel = np.zeros((tamano, tamano))
    centro = tamano // 2
    kernel[centro, centro] = 1
    kernel[0, centro - 1] = kernel[0, centro + 1] = -0.5
    return kernel


@line_kernel.misconception(
    "diagonal",
    "Dibuja la línea en diagonal",
    hint="Una línea vertical no cambia de columna al bajar.",
)
def linea_diagonal(tamano):
    return np.eye(tamano) - 1 / tamano


@line_kernel.misconception(
    "resta-la-media-y-no-ajusta",
    "Resta la media y olvida volver a ajustar la línea a 1",
    hint="Al restar la media, la columna central ya no suma 1. ¿Cuánto suma ahora?",
)
def linea_media(tamano):
    kernel = np.zeros((tamano, tamano))
    kernel[:, tamano // 2] = 1 / tamano
    return kernel - kernel.mean()


@line_kernel.misconception(
    "franjas",
    "Alterna columnas positivas y negativas: responde también fuera del centro",
    hint="Mueve la línea dos columnas: ¿sigue dando positivo?",
)
def linea_franjas(tamano):
    x = np.abs(np.arange(tamano) - tamano // 2)
    fila = np.where(x % 2 == 0, 1.0, -1.0)
    fila[fila > 0] /= np.sum(fila > 0)
    fila[fila < 0] /= np.sum(fila < 0)
    return np.tile(fila / fila[tamano // 2] / tamano, (tamano, 1))


@line_kernel.misconception(
    "linea-gruesa",
    "Busca una línea de tres píxeles de grosor",
    hint="La línea de al lado del centro también te da positivo. ¿Qué grosor se pide?",
)
def linea_gruesa(tamano):
    fila = np.full(tamano, 0.0)
    centro = tamano // 2
    fila[centro - 1 : centro + 2] = 1
    fila -= fila.mean() if tamano > 3 else np.array([1.5, 0, 1.5])
    return np.tile(fila / fila[centro] / tamano, (tamano, 1))


@line_kernel.misconception(
    "todo-ceros",
    "Devuelve un kernel de ceros, que cumple casi todo y no resalta nada",
    hint="Con tu kernel, ¿qué da la línea del centro? Tiene que dar 1.",
)
def linea_ceros(tamano):
    return np.zeros((tamano, tamano))
