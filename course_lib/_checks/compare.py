"""En qué se distinguen dos resultados; los cuadernos lo piden a `course_lib.checks`."""

import numpy as np

RTOL = 1e-5
_NO_NUMEROS = {"c": "números complejos", "U": "textos", "S": "textos"}


def as_numbers(valor) -> tuple[np.ndarray, str | None]:
    """El valor como array de números, o la frase que explica por qué no lo es."""
    vacio, clase = np.empty(0), type(valor).__name__
    if valor is None:
        return vacio, "Tu función devuelve None: ¿le falta el return?"
    if valor is Ellipsis or callable(valor) or isinstance(valor, str | bytes | dict | set):
        return vacio, f"Tu función devuelve un {clase} y se esperan números."
    if np.ma.is_masked(valor):
        # np.asarray tiraría la máscara y compararía los números que hay debajo.
        return vacio, "Tu resultado tiene posiciones enmascaradas (np.ma): no valen ningún número."
    try:
        array = np.asarray(valor)
    except ValueError:
        return vacio, "Las filas de tu resultado no miden todas lo mismo."
    except Exception:  # es un objeto del estudiante: al convertirlo puede fallar de mil maneras
        return vacio, f"Tu función devuelve un {clase} que no se puede leer como números."
    if array.dtype.kind not in "biuf":
        contenido = _NO_NUMEROS.get(array.dtype.kind, f"cosas que no son números ({array.dtype})")
        return vacio, f"Tu resultado contiene {contenido} y se esperan números reales."
    return array.astype(float), None


def close(array: np.ndarray, esperado: np.ndarray) -> np.ndarray:
    """Posiciones en que los dos números son el mismo, salvo redondeo."""
    precision = np.finfo(np.result_type(esperado.dtype, np.float32)).eps
    esperado = esperado.astype(float)
    escala = float(np.abs(esperado[np.isfinite(esperado)]).max(initial=0.0))
    # La tolerancia mira al mayor valor: con float32 o FFT un 0 exacto sale como 1e-6.
    margen = RTOL * max(1.0, escala)
    if escala > 1e6 * precision:
        # Tan pequeño y no es lo que deja un redondeo: que no pase por bueno un mapa de ceros.
        margen = min(margen, 0.01 * escala)
    with np.errstate(over="ignore"):
        return np.isclose(array, esperado, rtol=RTOL, atol=margen)


def same_numbers(array: np.ndarray, esperado: np.ndarray) -> bool:
    """Si dos arrays de la misma forma tienen los mismos números, salvo redondeo."""
    return bool(close(array, esperado).all())


def values_sentence(array: np.ndarray, esperado: np.ndarray, distintos: np.ndarray) -> str:
    """Cuántas posiciones coinciden y qué hay en la primera que no."""
    if array.ndim == 0:
        leer = truth if esperado.dtype.kind == "b" else number
        return f"Se espera {leer(esperado)} y tu resultado es {leer(array)}."
    indice = tuple(np.argwhere(distintos)[0])
    return (
        f"Coincide en {np.sum(~distintos)} de {array.size} posiciones. La primera diferencia "
        f"está {where(distintos)}: se espera {number(esperado[indice])} y tu resultado "
        f"tiene {number(array[indice])}."
    )


def nan_sentence(nan: np.ndarray) -> str:
    """Cuántos NaN hay, dónde está el primero y de dónde suelen salir."""
    cuantos = f"{nan.sum()} de {nan.size} posiciones" if nan.sum() > 1 else ""
    entre = f": en {cuantos}, la primera" if cuantos else ""
    return (
        f"Tu resultado tiene NaN (no es un número){entre} {where(nan)}. "
        "Suele venir de dividir 0 entre 0 o de un array sin rellenar."
    )


def change_sentence(ahora: np.ndarray, antes: np.ndarray) -> str:
    """Qué ha cambiado en un array que no debía cambiar."""
    if ahora.shape != antes.shape:
        return ""
    distintos = ~((ahora == antes) | ((ahora != ahora) & (antes != antes)))
    indice = tuple(np.argwhere(distintos)[0])
    valores = f"había {number(antes[indice])} y ahora hay {number(ahora[indice])}"
    return f" {where(distintos).capitalize()} {valores}."


def where(marcas: np.ndarray) -> str:
    """La primera posición marcada, con palabras."""
    if marcas.ndim == 0:
        return "en su único valor"
    indice = np.argwhere(marcas)[0]
    if marcas.ndim == 2:
        return f"en la fila {indice[0]}, columna {indice[1]}"
    return f"en la posición {tuple(int(i) for i in indice)}"


def size(array: np.ndarray) -> str:
    """Lo que mide el array, como sigue a «tu resultado…»."""
    if array.ndim == 0:
        return "es un solo número"
    if array.ndim == 1:
        return f"es una lista de {len(array)}"
    return "mide " + "×".join(map(str, array.shape))


def number(valor) -> str:
    """El número con las cifras que la tolerancia distingue."""
    return f"{float(valor):.6g}"


def truth(valor) -> str:
    """«True» o «False», que es lo que se pedía; si llegó otro número, el número."""
    return {0.0: "False", 1.0: "True"}.get(float(valor), number(valor))
