"""Del diagnóstico a las frases que lee el estudiante."""

from course_lib.grading.catalog import Exercise
from course_lib.grading.diagnosis.matching import Match

NINGUNO = (
    "Tu función falla, pero no como en ninguno de los errores típicos que conozco. Repasa a mano "
    "el caso de abajo: es el más pequeño que he encontrado en el que no sale lo que se pide."
)
NINGUNO_SIN_CASO = (
    "Tu función falla, pero no como en ninguno de los errores típicos que conozco. Vuelve al "
    "enunciado y prueba con datos pequeños que puedas hacer a mano."
)
ACIERTA = (
    "Con {} datos nuevos tu función ha dado siempre lo que se pide. Lo que falla es algo más raro: "
    "un tamaño extremo, un tipo de dato poco corriente, lo que tarda… Lee con calma qué comprueba "
    "esta prueba."
)


def sentence(exercise: Exercise, match: Match) -> str:
    """Qué hace la respuesta, con el nombre que le da el catálogo."""
    nombres = [_lower(exercise.find(i).name) for i in match.ids]
    if match.pair:
        return f"Tu función comete dos errores a la vez: {nombres[0]}; y además {nombres[1]}."
    return f"Tu función se comporta así: {'; o bien '.join(nombres)}."


def evidence(match: Match) -> str:
    """En qué se apoya: cuántas veces coincide."""
    cual = "justo el de esos dos errores juntos" if match.pair else "justo el de ese error"
    if len(match.ids) > 1 and not match.pair:
        cual = "el de cualquiera de esos errores, que dan lo mismo"
    if match.total == 1:
        return f"En el único caso nuevo en que se nota, tu resultado es {cual}."
    return f"En {match.hits} de {match.total} casos nuevos tu resultado es {cual}."


def hint(exercise: Exercise, match: Match) -> str:
    """Las pistas del catálogo."""
    return " ".join(dict.fromkeys(exercise.find(i).hint for i in match.ids))


def section(exercise: Exercise, ids: tuple[str, ...] = ()) -> str:
    """La parte de la lección que conviene releer."""
    propias = [parte for i in ids if (parte := exercise.find(i).section)]
    return propias[0] if propias else exercise.section


def _lower(nombre: str) -> str:
    """Para ir detrás de dos puntos; una sigla se queda como está."""
    return nombre if nombre[1:2].isupper() else nombre[:1].lower() + nombre[1:]
