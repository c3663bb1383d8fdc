"""El informe para enseñar en clase: sin nombres y sin nada que diga de quién es cada cosa.

El seudónimo sale de una clave secreta que no deja `entregas/`: es siempre el mismo, así cada cual
puede saber el suyo si se lo dices, pero ni el orden alfabético ni el id permiten adivinarlo.
"""

import hashlib
import hmac
import os
import secrets
from dataclasses import replace
from pathlib import Path

from course_lib.grading.course import Course
from course_lib.grading.report.data import Person, Row, UnitData

CLAVE = ".clave-informe"
POCOS = 3  # un grupo de menos personas señala a alguien
MINIMO_POR_FILAS = 6  # con menos estudiantes, una fila por persona señala a alguien
ARBOLES = (
    *("Abedul", "Abeto", "Acacia", "Alerce", "Aliso", "Almendro", "Arce", "Avellano", "Boj"),
    *("Castaño", "Cedro", "Cerezo", "Ciprés", "Ciruelo", "Drago", "Durillo", "Encina", "Enebro"),
    *("Espino", "Fresno", "Granado", "Haya", "Higuera", "Jara", "Laurel", "Limonero", "Madroño"),
    *("Manzano", "Membrillo", "Mirto", "Morera", "Naranjo", "Nogal", "Olivo", "Olmo", "Palmera"),
    *("Peral", "Pino", "Quejigo", "Roble", "Romero", "Sabina", "Sauce", "Serbal", "Tejo", "Tilo"),
)


def secret_key(curso: Course) -> bytes:
    """La clave de los seudónimos de este curso; la crea, solo para ti, la primera vez."""
    ruta: Path = curso.entregas / CLAVE
    if not ruta.exists():
        ruta.parent.mkdir(exist_ok=True)
        with open(os.open(ruta, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "wb") as archivo:
            archivo.write(secrets.token_bytes(32))
    return ruta.read_bytes()


def pseudonyms(idents: list[str], clave: bytes) -> dict[str, str]:
    """Un seudónimo distinto para cada id; el de cada cual no depende de quién más haya.

    Examples
    --------
    >>> pseudonyms(["ana"], b"x") == pseudonyms(["ana"], b"x")
    True
    >>> pseudonyms(["ana"], b"x") == pseudonyms(["ana"], b"y")
    False
    """
    puestos: dict[str, str] = {}
    for ident in sorted(idents, key=lambda i: _digest(clave, i, 0)):
        vuelta, nombre = 0, ""
        while not nombre or nombre in puestos.values():
            suma = int.from_bytes(_digest(clave, ident, vuelta)[:8], "big")
            nombre = f"{ARBOLES[suma % len(ARBOLES)]} {1000 + suma // len(ARBOLES) % 9000}"
            vuelta += 1
        puestos[ident] = nombre
    return puestos


def _digest(clave: bytes, ident: str, vuelta: int) -> bytes:
    return hmac.digest(clave, f"{vuelta}/{ident}".encode(), hashlib.sha256)


def anonymous(datos: UnitData, clave: bytes) -> UnitData:
    """La misma unidad con seudónimos, en su orden, y sin las frases de cada entrega."""
    personas = [fila.person.id for fila in datos.rows] + [p.id for p in datos.absent]
    nombres = pseudonyms(personas, clave)
    filas = [_hidden(fila, nombres[fila.person.id]) for fila in datos.rows]
    filas.sort(key=lambda fila: fila.person.id)
    return replace(datos, rows=filas, absent=[Person("") for _ in datos.absent])


def _hidden(fila: Row, nombre: str) -> Row:
    frases = [replace(f, sentence="") for f in fila.findings]
    return replace(fila, person=Person(nombre), seconds=None, problem="", findings=frases)


def few(n: int) -> str:
    """Un recuento que no señala a nadie.

    Examples
    --------
    >>> few(0), few(2), few(7)
    ('0', 'menos de 3', '7')
    """
    return str(n) if n == 0 or n >= POCOS else f"menos de {POCOS}"
