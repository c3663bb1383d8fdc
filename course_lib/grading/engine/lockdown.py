"""Lo que una entrega pierde antes de ejecutar su primera línea.

Ya está dentro de la burbuja de bubblewrap: sin red, sin escritura y viendo solo Python. Aquí se
separa además de la plantilla y de las otras entregas (usuario, procesos, memoria compartida y disco
propios) y se le quitan recursos y llamadas del sistema. El orden importa: cada paso necesita
permisos que el siguiente quita.
"""

import os
import resource

from course_lib.grading.engine import landlock, linux
from course_lib.grading.engine.limits import MB, Limits

DISK, HOME = "/disco", "/disco/alumno"
UID = 1000
# Sin procesos ni programas nuevos, sin red, sin tocar a otros procesos ni lo montado, sin llaves
# del núcleo ni memoria que no cuente en los límites. Los hilos sí: numpy los necesita.
FORBIDDEN_CALLS = (
    *("fork", "vfork", "clone3", "execve", "execveat", "ptrace", "process_vm_readv"),
    *("process_vm_writev", "process_madvise", "kcmp", "pidfd_getfd", "pidfd_open"),
    *("pidfd_send_signal", "kill", "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"),
    *("socket", "connect", "bind", "listen", "accept", "accept4"),
    *("mount", "umount2", "pivot_root", "chroot", "unshare", "setns", "open_tree", "move_mount"),
    *("fsopen", "fsconfig", "fsmount", "fspick", "mount_setattr", "open_by_handle_at"),
    *("name_to_handle_at", "mknod", "mknodat", "swapon", "swapoff", "sync", "syncfs"),
    *("memfd_create", "memfd_secret", "shmget", "shmat", "shmctl", "semget", "msgget", "mq_open"),
    *("io_uring_setup", "io_uring_enter", "io_uring_register", "io_setup", "userfaultfd"),
    *("bpf", "perf_event_open", "seccomp", "prctl", "keyctl", "add_key", "request_key"),
    *("personality", "acct", "quotactl", "reboot", "kexec_load", "kexec_file_load"),
    *("init_module", "finit_module", "delete_module", "setuid", "setgid", "setresuid"),
    *("setresgid", "setreuid", "setregid", "setgroups", "setfsuid", "setfsgid", "capset"),
    *("sched_setscheduler", "sched_setattr", "setpriority", "ioprio_set"),
    *("vmsplice", "fanotify_init", "inotify_init", "inotify_init1", "syslog", "lookup_dcookie"),
    *("settimeofday", "clock_settime", "clock_adjtime", "adjtimex", "sethostname"),
    *("setdomainname", "iopl", "ioperm", "modify_ldt", "landlock_create_ruleset"),
)
CLONE_THREAD = 0x10000


def system_call_filter():
    """El filtro de llamadas, construido pero sin poner: la plantilla lo hace una sola vez."""
    import errno

    import pyseccomp

    filtro = pyseccomp.SyscallFilter(defaction=pyseccomp.ALLOW)
    denegar = pyseccomp.ERRNO(errno.EPERM)
    for nombre in FORBIDDEN_CALLS:
        # Un núcleo o una arquitectura sin esa llamada no necesita prohibirla.
        if pyseccomp.resolve_syscall(pyseccomp.system_arch(), nombre) < 0:
            continue
        # glibc prueba clone3 y, si «no existe», usa clone, cuyas banderas sí se pueden mirar.
        accion = pyseccomp.ERRNO(errno.ENOSYS) if nombre == "clone3" else denegar
        filtro.add_rule(accion, nombre)
    sin_hilo = pyseccomp.Arg(0, pyseccomp.MASKED_EQ, CLONE_THREAD, 0)
    filtro.add_rule(denegar, "clone", sin_hilo)
    return filtro


def separate() -> None:
    """Usuario, procesos y montajes propios; los hijos que se bifurquen después ya no ven otros."""
    fuera = linux.User()
    linux.unshare(linux.CLONE_NEWUSER | linux.CLONE_NEWNS | linux.CLONE_NEWPID | linux.CLONE_NEWIPC)
    fuera.becomes(UID, UID)


def private_disk(limites: Limits) -> None:
    """Un disco vacío en memoria para esta entrega, y un `/proc` donde no hay nadie."""
    linux.mount(None, "/", linux.MS_REC | linux.MS_PRIVATE)
    cerrado = linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC
    linux.mount("tmpfs", DISK, cerrado, f"size={limites.disk},mode=755,nr_inodes=4096")
    linux.mount("tmpfs", "/proc", cerrado | linux.MS_RDONLY, "size=4k,nr_inodes=2")
    os.mkdir(HOME)
    os.chdir(HOME)


def limit_resources(limites: Limits) -> None:
    """Memoria, procesador, hilos y archivos; nadie puede volver a subirlos."""
    memoria = virtual_memory() + limites.memory
    topes = {
        "AS": memoria,
        "DATA": memoria,
        "CPU": int(limites.total_seconds * 2) + 5,
        "FSIZE": limites.disk,
        "NOFILE": limites.files,
        "NPROC": limites.threads,
        **dict.fromkeys(("CORE", "MEMLOCK", "MSGQUEUE", "RTPRIO"), 0),
        "STACK": 8 * MB,
    }
    for nombre, tope in topes.items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{nombre}"), (tope, tope))


def virtual_memory() -> int:
    """Bytes que ocupa ya este proceso: la plantilla y sus bibliotecas."""
    with open("/proc/self/statm") as archivo:
        return int(archivo.read().split()[0]) * resource.getpagesize()


def seal(filtro) -> None:
    """Último paso: sin permisos, sin poder ganarlos y sin las llamadas del sistema prohibidas."""
    linux.drop_capabilities()
    linux.prctl(linux.PR_SET_DUMPABLE, 0)
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    landlock.write_only_in(DISK)
    filtro.load()
