"""Lo que un caso dice con palabras: lo que no se dibuja, las formas y por cuánto se distingue."""

from course_lib.grading.diagnosis import Case
from course_lib.grading.page import values


def arguments(caso: Case) -> list[str]:
    """Los argumentos que no se dibujan."""
    return [
        f"{nombre} = {values.in_words(valor)}"
        for nombre, valor in caso.arguments
        if not values.is_plane(valor)
    ]


def all_of(caso: Case) -> list[str]:
    """Lo que los dibujos no dicen: argumentos sueltos, formas y por cuánto se distingue."""
    return [*arguments(caso), *filter(None, [_result(caso)]), *_difference(caso)]


def _result(caso: Case) -> str:
    """Qué salió, si no es un mapa que ya esté dibujado con la forma que se pide."""
    obtenido, pedida = values.as_numbers(caso.got), caso.expected_shape
    if obtenido is None:
        vacio = isinstance(caso.got, list) and values.is_empty(caso.got)
        dicho = "Tu resultado está vacío" if vacio else f"Tu resultado: {values.in_words(caso.got)}"
    elif obtenido.ndim == 0:
        dicho = f"Tu resultado: {values.in_words(caso.got)}"
    elif pedida in (None, obtenido.shape):
        return ""
    else:
        dicho = f"Tu resultado {values.size(obtenido.shape)}"
    igual = obtenido is not None and obtenido.shape == pedida
    return dicho if pedida is None or igual else f"{dicho}; el que se pide {values.size(pedida)}"


def _difference(caso: Case) -> list[str]:
    """Por cuánto se distingue en el primer lugar en que lo hace."""
    resta = values.as_numbers(caso.difference)
    donde = tuple(caso.where or ())
    if resta is None or len(donde) != resta.ndim:
        return []
    if any(not 0 <= i < n for i, n in zip(donde, resta.shape, strict=True)):
        return []
    cuanto = float(resta[donde])
    if not cuanto or cuanto != cuanto:
        return []
    signo = "se pasa en" if cuanto > 0 else "se queda corto en"
    frase = f"{values.place(donde)}, tu resultado" if donde else "tu resultado"
    return [f"{frase[0].upper()}{frase[1:]} {signo} {values.figure(abs(cuanto))}"]
