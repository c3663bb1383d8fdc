"""Las llamadas de Linux que Python 3.11 no trae: espacios de nombres, montajes y `prctl`."""

import ctypes
import os

CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID = 0x20000, 0x8000000, 0x10000000, 0x20000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_REC, MS_PRIVATE = 0x4000, 0x40000
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS, PR_SET_NAME = 1, 4, 38, 15

# Se busca ya: dentro de la burbuja, cada hijo la usa sin volver a cargarla.
_libc = ctypes.CDLL(None, use_errno=True)


def check(resultado: int, que: str) -> None:
    """Convierte en `OSError` lo que Linux dice que ha fallado."""
    if resultado != 0:
        numero = ctypes.get_errno()
        raise OSError(numero, f"{que}: {os.strerror(numero)}")


def unshare(banderas: int) -> None:
    """Separa este proceso (y sus hijos) en espacios de nombres nuevos."""
    check(_libc.unshare(banderas), "unshare")


def mount(tipo: str | None, destino: str, banderas: int = 0, opciones: str = "") -> None:
    """Monta un sistema de archivos de ese tipo, o cambia las banderas de uno ya montado."""
    tipo_c, destino_c = tipo and tipo.encode(), destino.encode()
    resultado = _libc.mount(
        tipo_c, destino_c, tipo_c, ctypes.c_ulong(banderas), opciones.encode() or None
    )
    check(resultado, f"mount {destino}")


def prctl(opcion: int, valor: int) -> None:
    """Cambia una propiedad de este proceso."""
    check(_libc.prctl(opcion, ctypes.c_ulong(valor), 0, 0, 0), "prctl")


def drop_capabilities() -> None:
    """Renuncia a los permisos que da crear un espacio de usuarios propio."""
    cabecera = (ctypes.c_uint32 * 2)(0x20080522, 0)  # versión 3 de la interfaz; este proceso
    check(_libc.capset(cabecera, (ctypes.c_uint32 * 6)()), "capset")


def syscall(numero: int, *argumentos: int | bytes) -> int:
    """Una llamada del sistema para la que no hay función en libc; -1 si falla."""
    preparados = [a if isinstance(a, bytes) else ctypes.c_long(a) for a in argumentos]
    return _libc.syscall(ctypes.c_long(numero), *preparados)


class User:
    """Quién se es antes de `unshare`; después ya no se puede preguntar."""

    def __init__(self) -> None:
        self.uid, self.gid = os.geteuid(), os.getegid()

    def becomes(self, uid: int, gid: int) -> None:
        """Dentro del espacio de usuarios recién creado, da esos números a quien se era fuera."""
        mapas = {"setgroups": "deny", "uid_map": f"{uid} {self.uid} 1"}
        for nombre, texto in {**mapas, "gid_map": f"{gid} {self.gid} 1"}.items():
            with open(f"/proc/self/{nombre}", "w") as archivo:
                archivo.write(texto)
