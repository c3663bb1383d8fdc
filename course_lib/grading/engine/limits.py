"""Cuánto puede gastar una entrega; quien la ejecuta y quien la vigila usan los mismos números."""

from dataclasses import dataclass

MB = 2**20


@dataclass(frozen=True)
class Limits:
    """Límites de una entrega: tiempo en segundos, lo demás en bytes o unidades.

    El tiempo es de procesador: una máquina cargada no cuesta puntos. Como quien duerme no gasta
    procesador, también se acaba cuando pasan `patience` veces más por el reloj.
    """

    cell_seconds: float = 10
    test_seconds: float = 4
    total_seconds: float = 60
    diagnosis_seconds: float = 10  # para averiguar qué le pasa a una función que falla
    patience: float = 3
    grace_seconds: float = 0.5  # entre pedir que pare y matar
    restarts: int = 2  # veces que se vuelve a empezar si el proceso muere a media entrega
    memory: int = 1024 * MB  # por encima de lo que ya ocupa la plantilla
    disk: int = 64 * MB
    threads: int = 32
    files: int = 128
    output_chars: int = 100_000  # de texto por celda
    output_bytes: int = 8 * MB  # de figuras por entrega
    outputs: int = 200  # por celda
    notebook_bytes: int = 20 * MB
    cells: int = 1000


DEFAULT = Limits()
