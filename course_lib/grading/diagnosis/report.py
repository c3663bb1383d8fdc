"""Un diagnóstico, como dato: se guarda en el cuaderno calificado y en el libro de notas."""

from dataclasses import asdict, dataclass

KINDS = {
    "error": "un error típico del catálogo",
    "par": "dos errores típicos a la vez",
    "forma": "un resultado de otra forma",
    "dtype": "un resultado de otro tipo",
    "constante": "siempre el mismo resultado",
    "entrada": "la entrada cambia",
    "nan": "un resultado con NaN o infinitos",
    "excepcion": "un error de Python",
    "tiempo": "demasiado tiempo",
    "muerte": "cierra Python",
    "vacia": "sin responder",
    "falta": "falta la función",
    "prohibida": "usa una función ya hecha",
    "desconocido": "ningún error conocido",
}


@dataclass(frozen=True)
class Case:
    """El caso más pequeño en que falla, con datos nuevos que no son los de ninguna prueba.

    Parameters
    ----------
    arguments : tuple of (str, object)
        Nombre y valor de cada argumento: números, textos, `None` y listas anidadas.
    got : object
        Lo que devolvió la función: número o listas anidadas; `None` si no devolvió nada legible.
    expected_shape : tuple of int or None
        La forma pedida; `None` si el resultado no es un array.
    difference : list or None
        Lo obtenido menos lo pedido, si tienen la misma forma.
    where : tuple of int or None
        El primer lugar en que difieren.
    window : tuple of int or None
        (fila, columna, alto, ancho) de la ventana de la imagen que da ese lugar, si la hay.
    """

    arguments: tuple[tuple[str, object], ...]
    got: object = None
    expected_shape: tuple[int, ...] | None = None
    difference: list | None = None
    where: tuple[int, ...] | None = None
    window: tuple[int, int, int, int] | None = None


@dataclass(frozen=True)
class Diagnosis:
    """Por qué no se superó una prueba, en los términos del estudiante.

    Parameters
    ----------
    function : str
        La función calificada.
    kind : str
        Una de `KINDS`.
    sentence : str
        Qué salió mal, sin dar la respuesta.
    ids : tuple of str
        Los errores del catálogo que coinciden: uno, dos o ninguno.
    evidence : str
        En qué se apoya: «En 24 de 24 casos tu resultado es el de un kernel girado 180°.»
    hint : str
        La pista del catálogo.
    section : str
        El título de la parte de la lección que conviene releer.
    case : Case or None
    """

    function: str
    kind: str
    sentence: str
    ids: tuple[str, ...] = ()
    evidence: str = ""
    hint: str = ""
    section: str = ""
    case: Case | None = None

    def to_dict(self) -> dict:
        """Solo números, textos y listas: cabe en los metadatos de una celda."""
        return asdict(self)

    @classmethod
    def from_dict(cls, datos: dict) -> "Diagnosis":
        """El diagnóstico que se guardó con `to_dict`."""
        caso = datos.get("case")
        return cls(**{**datos, "ids": tuple(datos["ids"]), "case": caso and _case(caso)})


def _case(datos: dict) -> Case:
    tuplas = ("expected_shape", "where", "window")
    argumentos = tuple((nombre, valor) for nombre, valor in datos["arguments"])
    ajustados = {k: tuple(datos[k]) for k in tuplas if datos[k] is not None}
    return Case(**{**datos, **ajustados, "arguments": argumentos})
