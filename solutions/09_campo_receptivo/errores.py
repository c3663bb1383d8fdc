"""Catálogo de la unidad 09: cómo se responde a sus ejercicios, bien y mal.

Cada función está escrita como la escribiría un estudiante. Las pruebas de la unidad
deben aceptar todas las correctas y rechazar todos los errores (`make matrix`).
"""

import numpy as np

from course_lib.grading.catalog import Exercise

receptive_field = Exercise("receptive_field", section="El stride agranda el mundo")
is_equivariant = Exercise("is_equivariant", section="El mapa se mueve con la imagen")

# --- receptive_field: cuánta imagen ve una neurona -------------------------------------


@receptive_field.is_reference
def campo_referencia(capas):
    campo = 1
    salto = 1
    for kernel, stride in capas:
        campo = campo + (kernel - 1) * salto
        salto = salto * stride
    return campo


@receptive_field.alternative("hacia-atras", "De la neurona a la imagen")
def campo_hacia_atras(capas):
    lado = 1
    for kernel, stride in reversed(capas):
        lado = (lado - 1) * stride + kernel
    return lado


@receptive_field.alternative(
    "recursiva", "Recursiva: la primera capa ensancha lo que ven las demás"
)
def campo_recursiva(capas):
    def lado_que_ve(resto):
        if not resto:
            return 1
        kernel, stride = resto[0]
        return (lado_que_ve(resto[1:]) - 1) * stride + kernel

    return lado_que_ve(capas)


@receptive_field.alternative(
    "suma-de-productos", "Una suma con el producto de los strides anteriores"
)
def campo_suma_de_productos(capas):
    total = 1
    for i in range(len(capas)):
        saltos = [stride for _, stride in capas[:i]]
        total += (capas[i][0] - 1) * np.prod(saltos, dtype=int)
    return total


@receptive_field.alternative("con-conjuntos", "Sigue qué posiciones se ven, una a una")
def campo_con_conjuntos(capas):
    vistas = {0}
    for kernel, stride in capas[::-1]:
        vistas = {posicion * stride + a for posicion in vistas for a in range(kernel)}
    return max(vistas) - min(vistas) + 1


@receptive_field.alternative("cumprod", "Con arrays y cumprod")
def campo_cumprod(capas):
    if len(capas) == 0:
        return np.float64(1)
    kernels, strides = np.array(capas, dtype=float).T
    saltos = np.concatenate([[1.0], np.cumprod(strides)[:-1]])
    return 1 + np.dot(kernels - 1, saltos)


@receptive_field.alternative(
    "primer-y-ultimo-pixel", "Busca el primer y el último píxel por separado"
)
def campo_primer_y_ultimo_pixel(capas):
    primero, ultimo = 0, 0
    for capa in list(capas)[::-1]:
        primero = primero * capa[1]
        ultimo = ultimo * capa[1] + capa[0] - 1
    return ultimo - primero + 1


@receptive_field.misconception(
    "sin-saltos",
    "No tiene en cuenta ningún stride",
    hint="Cambia el stride de la primera capa por 2: ¿no ve más la última?",
)
def campo_sin_saltos(capas):
    campo = 1
    salto = 1
    for kernel, _ in capas:
        campo = campo + (kernel - 1) * salto
    return campo


@receptive_field.misconception(
    "salto-de-la-propia-capa",
    "Usa también el stride de la propia capa",
    hint="El stride de una capa separa sus salidas, no lo que ella mira.",
)
def campo_salto_de_la_propia_capa(capas):
    campo = 1
    salto = 1
    for kernel, stride in capas:
        salto = salto * stride
        campo = campo + (kernel - 1) * salto
    return campo


@receptive_field.misconception(
    "solo-el-stride-anterior",
    "Usa solo el stride de la capa anterior",
    hint="Con tres capas de stride 2, ¿a cuántos píxeles están dos vecinos de la última?",
)
def campo_solo_el_stride_anterior(capas):
    campo = 1
    salto = 1
    for kernel, stride in capas:
        campo = campo + (kernel - 1) * salto
        salto = stride
    return campo


@receptive_field.misconception(
    "suma-los-strides",
    "Suma los strides en vez de multiplicarlos",
    hint="Saltar de 3 en 3 sobre algo que ya salta de 3 en 3 no es saltar de 6 en 6.",
)
def campo_suma_los_strides(capas):
    campo = 1
    salto = 0
    for kernel, stride in capas:
        campo = campo + (kernel - 1) * max(salto, 1)
        salto = salto + stride if stride > 1 else salto
    return campo


@receptive_field.misconception(
    "orden-al-reves",
    "Recorre las capas al revés",
    hint="La primera de la lista es la que toca la imagen. ¿Qué stride afecta a cuál?",
)
def campo_orden_al_reves(capas):
    campo = 1
    salto = 1
    for kernel, stride in capas[::-1]:
        campo = campo + (kernel - 1) * salto
        salto = salto * stride
    return campo


@receptive_field.misconception(
    "suma-los-kernels",
    "Suma los kernels enteros",
    hint="Dos ventanas vecinas se solapan: cada capa añade menos de lo que mide.",
)
def campo_suma_los_kernels(capas):
    campo = 0
    salto = 1
    for kernel, stride in capas:
        campo = campo + kernel * salto
        salto = salto * stride
    return max(campo, 1)


@receptive_field.misconception(
    "sin-el-primero",
    "Empieza a contar desde 0",
    hint="Antes de la primera capa, la neurona es un píxel: ¿cuánto ve?",
)
def campo_sin_el_primero(capas):
    campo = 0
    salto = 1
    for kernel, stride in capas:
        campo = campo + (kernel - 1) * salto
        salto = salto * stride
    return campo


@receptive_field.misconception(
    "uno-mas-cada-kernel",
    "Suma kernel en vez de kernel − 1, empezando en 1",
    hint="Con una sola capa de 3, el campo tiene que ser 3.",
)
def campo_uno_mas_cada_kernel(capas):
    campo = 1
    salto = 1
    for kernel, stride in capas:
        campo = campo + kernel * salto
        salto = salto * stride
    return campo


@receptive_field.misconception(
    "multiplica-los-kernels",
    "Multiplica los kernels",
    hint="Dos capas de 3 ven 5 píxeles: haz el dibujo y cuéntalos.",
)
def campo_multiplica_los_kernels(capas):
    campo = 1
    for kernel, _ in capas:
        campo = campo * kernel
    return campo


@receptive_field.misconception(
    "multiplica-kernel-y-salto",
    "Multiplica el kernel por el stride acumulado y se queda con el mayor",
    hint="El campo crece con cada capa: no basta con mirar la más grande.",
)
def campo_multiplica_kernel_y_salto(capas):
    campo = 1
    salto = 1
    for kernel, stride in capas:
        campo = max(campo, kernel * salto)
        salto = salto * stride
    return campo


@receptive_field.misconception(
    "solo-la-ultima",
    "Devuelve el kernel de la última capa",
    hint="La última capa mira números que ya vienen de otros. ¿De cuántos píxeles en total?",
)
def campo_solo_la_ultima(capas):
    campo = 1
    for kernel, _ in capas:
        campo = kernel
    return campo


@receptive_field.misconception(
    "solo-la-primera",
    "Devuelve el kernel de la primera capa",
    hint="Eso es lo que ve la primera capa. ¿Y la última?",
)
def campo_solo_la_primera(capas):
    if not capas:
        return 1
    return capas[0][0]


@receptive_field.misconception(
    "olvida-la-primera",
    "No cuenta la primera capa",
    hint="Repasa dónde empieza tu bucle: con una sola capa también hay campo.",
)
def campo_olvida_la_primera(capas):
    if len(capas) < 2:
        return 1
    campo, salto = 1, capas[0][1]
    for kernel, stride in capas[1:]:
        campo = campo + (kernel - 1) * salto
        salto = salto * stride
    return campo


@receptive_field.misconception(
    "olvida-la-ultima",
    "No cuenta la última capa",
    hint="La neurona está en la última capa: su ventana también cuenta.",
)
def campo_olvida_la_ultima(capas):
    campo = 1
    salto = 1
    for kernel, stride in capas[:-1]:
        campo = campo + (kernel - 1) * salto
        salto = salto * stride
    return campo


@receptive_field.misconception(
    "cuenta-solo-los-vistos",
    "No cuenta los píxeles que quedan sin mirar en medio",
    hint="El lado va de un extremo al otro, aunque haya huecos.",
)
def campo_cuenta_solo_los_vistos(capas):
    vistas = {0}
    for kernel, stride in capas[::-1]:
        vistas = {posicion * stride + a for posicion in vistas for a in range(kernel)}
    return len(vistas)


@receptive_field.misconception(
    "area",
    "Devuelve cuántos píxeles hay en total, no los del lado",
    hint="Se pide el lado del cuadrado, no su superficie.",
)
def campo_area(capas):
    campo = 1
    salto = 1
    for kernel, stride in capas:
        campo = campo + (kernel - 1) * salto
        salto = salto * stride
    return campo**2


@receptive_field.misconception(
    "devuelve-el-salto",
    "Devuelve la distancia entre vecinos en vez del campo",
    hint="Llevas dos cuentas: ¿cuál de las dos se pide?",
)
def campo_devuelve_el_salto(capas):
    campo = 1
    salto = 1
    for kernel, stride in capas:
        campo = campo + (kernel - 1) * salto
        salto = salto * stride
    return salto


@receptive_field.misconception(
    "los-dos",
    "Devuelve también la distancia entre vecinos",
    hint="Se pide un solo número: ¿cuál de los dos es el campo?",
)
def campo_los_dos(capas):
    campo = 1
    salto = 1
    for kernel, stride in capas:
        campo = campo + (kernel - 1) * salto
        salto = salto * stride
    return campo, salto


@receptive_field.misconception(
    "kernel-y-stride-cambiados",
    "Lee primero el stride y después el kernel",
    hint="Cada capa es (kernel, stride), en ese orden.",
)
def campo_kernel_y_stride_cambiados(capas):
    campo = 1
    salto = 1
    for stride, kernel in capas:
        campo = campo + (kernel - 1) * salto
        salto = salto * stride
    return campo


@receptive_field.misconception(
    "campo-por-stride",
    "Multiplica el campo por el stride en cada capa",
    hint="El stride de una capa no estira lo que ella ve. Prueba con una sola capa de stride 2.",
)
def campo_campo_por_stride(capas):
    campo = 1
    for kernel, stride in capas:
        campo = (campo + kernel - 1) * stride
    return campo


@receptive_field.misconception(
    "reparte-el-stride",
    "Divide entre el stride en vez de multiplicar",
    hint="Una capa que salta, ¿hace que la siguiente vea más o menos?",
)
def campo_reparte_el_stride(capas):
    campo = 1
    salto = 1
    for kernel, stride in capas:
        campo = campo + (kernel - 1) * salto
        salto = salto / stride
    return campo


@receptive_field.misconception(
    "potencia-del-primero",
    "Da por hecho que todas las capas tienen el mismo stride",
    hint="¿Funciona si solo salta una capa del medio?",
)
def campo_potencia_del_primero(capas):
    campo = 1
    salto = 1
    comun = capas[0][1] if capas else 1
    for kernel, _ in capas:
        campo = campo + (kernel - 1) * salto
        salto = salto * comun
    return campo


@receptive_field.misconception(
    "suma-dos-por-capa",
    "Suma siempre 2 por capa, como si todo fuera de 3×3",
    hint="Busca el número escrito a mano: ¿vale para un kernel de 5?",
)
def campo_suma_dos_por_capa(capas):
    campo = 1
    salto = 1
    for kernel, stride in capas:
        campo = campo + (2 if kernel > 1 else 0) * salto
        salto = salto * stride
    return campo


@receptive_field.misconception(
    "vacia-la-lista",
    "Va sacando las capas de la lista que recibe",
    hint="Quien te llamó se queda sin sus capas. Recórrelas sin sacarlas.",
)
def campo_vacia_la_lista(capas):
    campo = 1
    while capas:
        kernel, stride = capas.pop()
        campo = (campo - 1) * stride + kernel
    return campo


@receptive_field.misconception(
    "return-dentro-del-bucle",
    "Devuelve el resultado en la primera vuelta",
    hint="Mira la sangría de return: ¿cuántas capas llega a mirar?",
)
def campo_return_dentro_del_bucle(capas):
    campo = 1
    salto = 1
    for kernel, stride in capas:
        campo = campo + (kernel - 1) * salto
        salto = salto * stride
        return campo
    return campo


# --- is_equivariant: tratar igual todos los lugares ------------------------------------


def _funciones(azar, lado):
    """Unas que tratan igual todos los lugares y otras que no, cada una a su manera."""
    i, j = np.indices((lado, lado))
    centro = int(azar.integers(lado)), int(azar.integers(lado))

    def mancha(x):
        mapa = np.array(x, dtype=float)
        mapa[centro] = 50
        return mapa

    return [
        lambda x: 3 * x - 1,
        lambda x: x - np.roll(x, (1, 2), axis=(0, 1)),
        lambda x: x - np.mean(x),
        lambda x: x * 0.1 + np.roll(x, 1, axis=0) * 0.2 + np.roll(x, 1, axis=1) * 0.3,
        lambda x: x * (1.0 + i),
        lambda x: x * (1.0 + j),
        lambda x: x + (i + j) % lado,
        lambda x: x + (i - j) % lado,
        lambda x: x[::-1],
        lambda x: x.T,
        lambda x: x + 0.001 * i,
        lambda x: x + x[0, 0],
        lambda x: x - np.hstack([np.zeros((lado, 1)), x[:, :-1]]),
        mancha,
    ]


@is_equivariant.probes
def equi_datos(azar):
    """Cada función, con imágenes cuadradas de enteros y decimales y todos los sentidos."""
    saltos = [(1, 2), (-1, 1), (2, 0), (0, -1), (1, 1), (-2, -1), (0, 1), (1, 0), (1, -1)]
    for numero in range(9):
        lado = int(azar.integers(4, 8))
        for cual, f in enumerate(_funciones(azar, lado)):
            imagen = azar.integers(-9, 10, size=(lado, lado)) / azar.choice([1.0, 7.0])
            yield f, imagen, saltos[(numero + cual) % len(saltos)]


@is_equivariant.is_reference
def equi_referencia(f, imagen, desplazamiento):
    mover_antes = f(np.roll(imagen, desplazamiento, axis=(0, 1)))
    mover_despues = np.roll(f(imagen), desplazamiento, axis=(0, 1))
    return bool(np.allclose(mover_antes, mover_despues))


@is_equivariant.alternative("resta", "Resta los dos mapas y mira la mayor diferencia")
def equi_resta(f, imagen, desplazamiento):
    filas, columnas = desplazamiento
    movida = np.roll(np.roll(imagen, filas, axis=0), columnas, axis=1)
    mapa = np.roll(np.roll(f(imagen), filas, axis=0), columnas, axis=1)
    diferencia = np.abs(np.asarray(f(movida), dtype=float) - np.asarray(mapa, dtype=float))
    return diferencia.max() < 1e-6


@is_equivariant.alternative("con-indices", "Mueve con índices módulo el tamaño")
def equi_con_indices(f, imagen, desplazamiento):
    alto, ancho = imagen.shape
    filas = (np.arange(alto) - desplazamiento[0]) % alto
    columnas = (np.arange(ancho) - desplazamiento[1]) % ancho

    def mover(x):
        return x[filas][:, columnas]

    a, b = f(mover(imagen)), mover(f(imagen))
    return np.isclose(a, b, rtol=0, atol=1e-6).all()


@is_equivariant.alternative("bucles", "Compara número a número con bucles")
def equi_bucles(f, imagen, desplazamiento):
    alto, ancho = imagen.shape
    dy, dx = desplazamiento
    movida = np.zeros_like(imagen)
    for i in range(alto):
        for j in range(ancho):
            movida[(i + dy) % alto, (j + dx) % ancho] = imagen[i, j]
    antes, despues = f(movida), f(imagen)
    for i in range(alto):
        for j in range(ancho):
            if abs(float(antes[(i + dy) % alto, (j + dx) % ancho]) - float(despues[i, j])) > 1e-6:
                return False
    return True


@is_equivariant.alternative("deshacer", "Mueve, aplica y deshace el movimiento")
def equi_deshacer(f, imagen, desplazamiento):
    vuelta = tuple(-d for d in desplazamiento)
    directo = f(imagen)
    con_rodeo = np.roll(f(np.roll(imagen, desplazamiento, (0, 1))), vuelta, (0, 1))
    return np.allclose(directo, con_rodeo, atol=1e-7)


@is_equivariant.alternative("concatenar", "Parte la imagen y pega los trozos al revés")
def equi_concatenar(f, imagen, desplazamiento):
    def mover(x):
        i, j = -desplazamiento[0] % len(x), -desplazamiento[1] % len(x[0])
        x = np.concatenate([x[i:], x[:i]], axis=0)
        return np.concatenate([x[:, j:], x[:, :j]], axis=1)

    return 1 if np.allclose(f(mover(imagen)), mover(f(imagen))) else 0


@is_equivariant.alternative("redondear", "Redondea los dos mapas a cinco decimales")
def equi_redondear(f, imagen, desplazamiento):
    uno = np.asarray(f(np.roll(imagen, desplazamiento, axis=(0, 1))), dtype=float)
    otro = np.roll(np.asarray(f(imagen), dtype=float), desplazamiento, axis=(0, 1))
    return not np.any(np.round(uno - otro, 5))


@is_equivariant.misconception(
    "invariancia",
    "Comprueba si el mapa no cambia al mover la imagen",
    hint="Eso es otra cosa: invariancia. Aquí el mapa también tiene que moverse.",
)
def equi_invariancia(f, imagen, desplazamiento):
    mover_antes = f(np.roll(imagen, desplazamiento, axis=(0, 1)))
    mover_despues = f(imagen)
    return bool(np.allclose(mover_antes, mover_despues))


@is_equivariant.misconception(
    "solo-mueve-el-mapa",
    "Compara el mapa movido con el mapa sin mover",
    hint="Uno de los dos caminos mueve la imagen antes de llamar a f.",
)
def equi_solo_mueve_el_mapa(f, imagen, desplazamiento):
    mover_antes = f(imagen)
    mover_despues = np.roll(f(imagen), desplazamiento, axis=(0, 1))
    return bool(np.allclose(mover_antes, mover_despues))


@is_equivariant.misconception(
    "no-aplica-f",
    "No aplica f después de mover la imagen",
    hint="Los dos caminos pasan por f: solo cambia cuándo se mueve.",
)
def equi_no_aplica_f(f, imagen, desplazamiento):
    mover_antes = np.roll(imagen, desplazamiento, axis=(0, 1))
    mover_despues = np.roll(f(imagen), desplazamiento, axis=(0, 1))
    return bool(np.allclose(mover_antes, mover_despues))


@is_equivariant.misconception(
    "sin-ejes",
    "Mueve la imagen como si fuera una sola fila larga",
    hint="Para mover filas y columnas hay que decir qué ejes se mueven.",
)
def equi_sin_ejes(f, imagen, desplazamiento):
    mover_antes = f(np.roll(imagen, sum(desplazamiento)))
    mover_despues = np.roll(f(imagen), sum(desplazamiento))
    return bool(np.allclose(mover_antes, mover_despues))


@is_equivariant.misconception(
    "solo-filas",
    "Mueve solo las filas",
    hint="El desplazamiento tiene dos números: ¿usas los dos?",
)
def equi_solo_filas(f, imagen, desplazamiento):
    mover_antes = f(np.roll(imagen, desplazamiento[0], axis=0))
    mover_despues = np.roll(f(imagen), desplazamiento[0], axis=0)
    return bool(np.allclose(mover_antes, mover_despues))


@is_equivariant.misconception(
    "solo-columnas",
    "Mueve solo las columnas",
    hint="El desplazamiento tiene dos números: ¿usas los dos?",
)
def equi_solo_columnas(f, imagen, desplazamiento):
    mover_antes = f(np.roll(imagen, desplazamiento[1], axis=1))
    mover_despues = np.roll(f(imagen), desplazamiento[1], axis=1)
    return bool(np.allclose(mover_antes, mover_despues))


@is_equivariant.misconception(
    "ejes-cambiados",
    "Usa el desplazamiento de las filas en las columnas, y al revés",
    hint="El primer número es de filas y el segundo de columnas.",
)
def equi_ejes_cambiados(f, imagen, desplazamiento):
    mover_antes = f(np.roll(imagen, desplazamiento, axis=(1, 0)))
    mover_despues = np.roll(f(imagen), desplazamiento, axis=(1, 0))
    return bool(np.allclose(mover_antes, mover_despues))


@is_equivariant.misconception(
    "ejes-cambiados-una-vez",
    "Mueve el mapa con los ejes cambiados",
    hint="La imagen y el mapa tienen que moverse igual.",
)
def equi_ejes_cambiados_una_vez(f, imagen, desplazamiento):
    mover_antes = f(np.roll(imagen, desplazamiento, axis=(0, 1)))
    mover_despues = np.roll(f(imagen), desplazamiento, axis=(1, 0))
    return bool(np.allclose(mover_antes, mover_despues))


@is_equivariant.misconception(
    "sentidos-contrarios",
    "Mueve el mapa en el sentido contrario que la imagen",
    hint="Si la imagen va a la derecha, ¿hacia dónde tiene que ir el mapa?",
)
def equi_sentidos_contrarios(f, imagen, desplazamiento):
    mover_antes = f(np.roll(imagen, desplazamiento, axis=(0, 1)))
    mover_despues = np.roll(f(imagen), np.negative(desplazamiento), axis=(0, 1))
    return bool(np.allclose(mover_antes, mover_despues))


@is_equivariant.misconception(
    "sin-signo",
    "Mueve siempre hacia abajo y a la derecha",
    hint="¿Qué hace tu función con un desplazamiento negativo?",
)
def equi_sin_signo(f, imagen, desplazamiento):
    mover_antes = f(np.roll(imagen, np.abs(desplazamiento), axis=(0, 1)))
    mover_despues = np.roll(f(imagen), np.abs(desplazamiento), axis=(0, 1))
    return bool(np.allclose(mover_antes, mover_despues))


@is_equivariant.misconception(
    "de-uno-en-uno",
    "Mueve siempre un píxel, sin mirar el desplazamiento",
    hint="¿Usas el tercer argumento en algún sitio?",
)
def equi_de_uno_en_uno(f, imagen, desplazamiento):
    mover_antes = f(np.roll(imagen, (1, 1), axis=(0, 1)))
    mover_despues = np.roll(f(imagen), (1, 1), axis=(0, 1))
    return bool(np.allclose(mover_antes, mover_despues))


@is_equivariant.misconception(
    "rellena-con-ceros",
    "Mueve la imagen rellenando con ceros lo que queda libre",
    hint="Lo que sale por un lado tiene que entrar por el otro.",
)
def equi_rellena_con_ceros(f, imagen, desplazamiento):
    def mover(x):
        alto, ancho = x.shape
        dy, dx = desplazamiento
        movida = np.zeros(x.shape)
        for i in range(alto):
            for j in range(ancho):
                if 0 <= i - dy < alto and 0 <= j - dx < ancho:
                    movida[i, j] = x[i - dy, j - dx]
        return movida

    return bool(np.allclose(f(mover(imagen)), mover(f(imagen))))


@is_equivariant.misconception(
    "ignora-el-borde",
    "No mira el marco de píxeles del borde",
    hint="Justo en el borde es donde suele romperse: compara el mapa entero.",
)
def equi_ignora_el_borde(f, imagen, desplazamiento):
    mover_antes = f(np.roll(imagen, desplazamiento, axis=(0, 1)))
    mover_despues = np.roll(f(imagen), desplazamiento, axis=(0, 1))
    return bool(np.allclose(mover_antes[1:-1, 1:-1], mover_despues[1:-1, 1:-1]))


@is_equivariant.misconception(
    "recorta-lo-que-entra",
    "No compara las filas y columnas que han dado la vuelta",
    hint="Hay que comparar el mapa entero, también lo que entra por el otro lado.",
)
def equi_recorta_lo_que_entra(f, imagen, desplazamiento):
    mover_antes = f(np.roll(imagen, desplazamiento, axis=(0, 1)))
    mover_despues = np.roll(f(imagen), desplazamiento, axis=(0, 1))
    dy, dx = np.abs(desplazamiento)
    return bool(np.allclose(mover_antes[dy:, dx:], mover_despues[dy:, dx:]))


@is_equivariant.misconception(
    "compara-formas",
    "Solo comprueba que los mapas miden lo mismo",
    hint="Dos mapas pueden medir lo mismo y ser muy distintos.",
)
def equi_compara_formas(f, imagen, desplazamiento):
    mover_antes = f(np.roll(imagen, desplazamiento, axis=(0, 1)))
    mover_despues = np.roll(f(imagen), desplazamiento, axis=(0, 1))
    return np.shape(mover_antes) == np.shape(mover_despues)


@is_equivariant.misconception(
    "compara-sumas",
    "Compara la suma de los dos mapas",
    hint="Dos mapas con los mismos números en otros sitios suman lo mismo.",
)
def equi_compara_sumas(f, imagen, desplazamiento):
    mover_antes = f(np.roll(imagen, desplazamiento, axis=(0, 1)))
    mover_despues = np.roll(f(imagen), desplazamiento, axis=(0, 1))
    return bool(np.allclose(np.sum(mover_antes), np.sum(mover_despues)))


@is_equivariant.misconception(
    "compara-ordenados",
    "Compara los números sin mirar dónde están",
    hint="Importa el lugar de cada número, no solo cuáles son.",
)
def equi_compara_ordenados(f, imagen, desplazamiento):
    unos = f(np.roll(imagen, desplazamiento, axis=(0, 1)))
    otros = np.roll(f(imagen), desplazamiento, axis=(0, 1))
    return bool(np.allclose(np.sort(unos, axis=None), np.sort(otros, axis=None)))


@is_equivariant.misconception(
    "basta-uno",
    "Le basta con que coincida algún píxel",
    hint="¿Tienen que coincidir todos los números o alguno?",
)
def equi_basta_uno(f, imagen, desplazamiento):
    mover_antes = f(np.roll(imagen, desplazamiento, axis=(0, 1)))
    mover_despues = np.roll(f(imagen), desplazamiento, axis=(0, 1))
    return bool(np.any(np.isclose(mover_antes, mover_despues)))


@is_equivariant.misconception(
    "igualdad-exacta",
    "Exige que los mapas sean idénticos hasta el último decimal",
    hint="0.1 + 0.2 no es exactamente 0.3: deja un margen para el redondeo.",
)
def equi_igualdad_exacta(f, imagen, desplazamiento):
    mover_antes = f(np.roll(imagen, desplazamiento, axis=(0, 1)))
    mover_despues = np.roll(f(imagen), desplazamiento, axis=(0, 1))
    return bool(np.all(mover_antes == mover_despues))


@is_equivariant.misconception(
    "tolerancia-enorme",
    "Deja un margen demasiado grande",
    hint="Una diferencia de 0.001 no es redondeo.",
)
def equi_tolerancia_enorme(f, imagen, desplazamiento):
    mover_antes = f(np.roll(imagen, desplazamiento, axis=(0, 1)))
    mover_despues = np.roll(f(imagen), desplazamiento, axis=(0, 1))
    return bool(np.allclose(mover_antes, mover_despues, atol=0.1))


@is_equivariant.misconception(
    "redondea-a-enteros",
    "Redondea los mapas a enteros antes de comparar",
    hint="Una diferencia de 0.001 desaparece al redondear tanto.",
)
def equi_redondea_a_enteros(f, imagen, desplazamiento):
    mover_antes = f(np.roll(imagen, desplazamiento, axis=(0, 1)))
    mover_despues = np.roll(f(imagen), desplazamiento, axis=(0, 1))
    return bool(np.array_equal(np.round(mover_antes), np.round(mover_despues)))


@is_equivariant.misconception(
    "sin-valor-absoluto",
    "Resta los mapas y solo mira si la diferencia es pequeña, sin quitarle el signo",
    hint="−5 es menor que una millonésima. ¿Es una diferencia pequeña?",
)
def equi_sin_valor_absoluto(f, imagen, desplazamiento):
    mover_antes = f(np.roll(imagen, desplazamiento, axis=(0, 1)))
    mover_despues = np.roll(f(imagen), desplazamiento, axis=(0, 1))
    return bool(np.max(mover_antes - mover_despues) < 1e-6)


@is_equivariant.misconception(
    "diferencia-media",
    "Compara la diferencia media con cero",
    hint="Las diferencias positivas y las negativas se anulan entre sí.",
)
def equi_diferencia_media(f, imagen, desplazamiento):
    mover_antes = f(np.roll(imagen, desplazamiento, axis=(0, 1)))
    mover_despues = np.roll(f(imagen), desplazamiento, axis=(0, 1))
    return bool(abs(np.mean(mover_antes - mover_despues)) < 1e-6)


@is_equivariant.misconception(
    "devuelve-la-diferencia",
    "Devuelve la mayor diferencia en vez de True o False",
    hint="Se pide una respuesta de sí o no.",
)
def equi_devuelve_la_diferencia(f, imagen, desplazamiento):
    mover_antes = f(np.roll(imagen, desplazamiento, axis=(0, 1)))
    mover_despues = np.roll(f(imagen), desplazamiento, axis=(0, 1))
    return np.max(np.abs(mover_antes - mover_despues))


@is_equivariant.misconception(
    "al-reves",
    "Devuelve True cuando los mapas son distintos",
    hint="Repasa qué significa que tu comparación sea verdadera.",
)
def equi_al_reves(f, imagen, desplazamiento):
    mover_antes = f(np.roll(imagen, desplazamiento, axis=(0, 1)))
    mover_despues = np.roll(f(imagen), desplazamiento, axis=(0, 1))
    return not np.allclose(mover_antes, mover_despues)


@is_equivariant.misconception(
    "siempre-si",
    "Da por hecho que todo filtro es equivariante",
    hint="¿Y un filtro que oscurece solo la parte de abajo?",
)
def equi_siempre_si(f, imagen, desplazamiento):
    return True


@is_equivariant.misconception(
    "prueba-otra-imagen",
    "Prueba con una imagen inventada en vez de con la que recibe",
    hint="Una imagen lisa no delata a nadie: usa la que te dan.",
)
def equi_prueba_otra_imagen(f, imagen, desplazamiento):
    mover_antes = f(np.roll(np.ones(np.shape(imagen)), desplazamiento, axis=(0, 1)))
    mover_despues = np.roll(f(np.ones(np.shape(imagen))), desplazamiento, axis=(0, 1))
    return bool(np.allclose(mover_antes, mover_despues))


@is_equivariant.misconception(
    "modifica-la-imagen",
    "Mueve la imagen escribiendo encima de ella",
    hint="Quien te llamó se queda con su imagen movida: guarda el resultado con otro nombre.",
)
def equi_modifica_la_imagen(f, imagen, desplazamiento):
    original = f(imagen)
    imagen[:] = np.roll(imagen, desplazamiento, axis=(0, 1))
    mover_antes = f(imagen)
    mover_despues = np.roll(original, desplazamiento, axis=(0, 1))
    return bool(np.allclose(mover_antes, mover_despues))


@is_equivariant.misconception(
    "textos",
    "Devuelve un texto en vez de True o False",
    hint="Un texto que diga sí o no se lee bien, pero otra función no puede usarlo.",
)
def equi_textos(f, imagen, desplazamiento):
    mover_antes = f(np.roll(imagen, desplazamiento, axis=(0, 1)))
    mover_despues = np.roll(f(imagen), desplazamiento, axis=(0, 1))
    return str(np.allclose(mover_antes, mover_despues))


@is_equivariant.misconception(
    "siempre-no",
    "Responde que no en todos los casos",
    hint="Prueba con una función que haga lo mismo en todos los píxeles, como doblarlos.",
)
def equivariante_siempre_no(f, imagen, desplazamiento):
    f(imagen)
    return False


@is_equivariant.misconception(
    "sin-la-primera-fila",
    "Deja fuera de la comparación la primera fila",
    hint="¿Comparas todos los números? Prueba con una f que solo cambie una esquina.",
)
def equivariante_sin_la_primera_fila(f, imagen, desplazamiento):
    mover_antes = f(np.roll(imagen, desplazamiento, axis=(0, 1)))
    mover_despues = np.roll(f(imagen), desplazamiento, axis=(0, 1))
    return bool(np.allclose(mover_antes[1:], mover_despues[1:]))


@is_equivariant.misconception(
    "sin-la-ultima-columna",
    "Deja fuera de la comparación la última columna",
    hint="¿Comparas todos los números? Prueba con una f que solo cambie una esquina.",
)
def equivariante_sin_la_ultima_columna(f, imagen, desplazamiento):
    mover_antes = f(np.roll(imagen, desplazamiento, axis=(0, 1)))
    mover_despues = np.roll(f(imagen), desplazamiento, axis=(0, 1))
    return bool(np.allclose(mover_antes[:, :-1], mover_despues[:, :-1]))


@is_equivariant.misconception(
    "margen-del-uno-por-ciento",
    "Admite diferencias de hasta el 1 % de cada número",
    hint="El 1 % de un número grande no es un redondeo. ¿Qué margen pide el enunciado?",
)
def equivariante_margen_del_uno_por_ciento(f, imagen, desplazamiento):
    mover_antes = f(np.roll(imagen, desplazamiento, axis=(0, 1)))
    mover_despues = np.roll(f(imagen), desplazamiento, axis=(0, 1))
    return bool(np.allclose(mover_antes, mover_despues, rtol=0.01))
