"""Landlock: que el núcleo niegue escribir fuera de una carpeta, pase lo que pase con lo montado.

Es una segunda cerradura: en la burbuja ya no hay otro sitio donde escribir. Interfaz del núcleo:
https://docs.kernel.org/userspace-api/landlock.html
"""

import os
import struct

from course_lib.grading.engine import linux

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
PATH_BENEATH = 1
EXECUTE, WRITE_FILE = 1 << 0, 1 << 1
REMOVE_DIR, REMOVE_FILE, MAKE_DIR, MAKE_REG, MAKE_SYM = 1 << 4, 1 << 5, 1 << 7, 1 << 8, 1 << 12
MAKE_CHAR, MAKE_SOCK, MAKE_FIFO, MAKE_BLOCK = 1 << 6, 1 << 9, 1 << 10, 1 << 11
DIRECTORY = WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | MAKE_SYM
EVERYTHING = DIRECTORY | EXECUTE | MAKE_CHAR | MAKE_SOCK | MAKE_FIFO | MAKE_BLOCK


def write_only_in(carpeta: str) -> bool:
    """Este proceso ya solo podrá escribir en esa carpeta y en /dev/null, y no ejecutar programas.

    Hace falta haber puesto antes `no_new_privs`.

    Parameters
    ----------
    carpeta : str

    Returns
    -------
    bool
        False si este núcleo no tiene Landlock.
    """
    reglas = linux.syscall(CREATE_RULESET, struct.pack("Q", EVERYTHING), 8, 0)
    if reglas < 0:
        return False
    for ruta, permiso in ((carpeta, DIRECTORY), ("/dev/null", WRITE_FILE)):
        descriptor = os.open(ruta, os.O_PATH | os.O_CLOEXEC)
        regla = struct.pack("=Qi", permiso, descriptor)
        linux.check(linux.syscall(ADD_RULE, reglas, PATH_BENEATH, regla, 0), f"landlock {ruta}")
        os.close(descriptor)
    linux.check(linux.syscall(RESTRICT_SELF, reglas, 0), "landlock")
    os.close(reglas)
    return True
