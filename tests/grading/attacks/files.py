"""El disco: leer lo que no es suyo y dejar algo para después."""

import os

from grading.attacks.corpus import MARCA, attack, before, hunt


@attack
def solutions_of_the_course(cuaderno):
    """Las pruebas ocultas están en solutions/, a unas carpetas de distancia."""
    hunt(cuaderno, """
        for base in (".", "..", "../..", "/curso", os.getcwd(), "/work", "/home", "/root", "/srv"):
            for ruta in list(pathlib.Path(base).glob("**/ejercicios.ipynb"))[:20]:
                lee(ruta)
        """)  # fmt: skip


@attack
def gradebook(cuaderno):
    """El libro de notas es un archivo de SQLite que cualquiera podría abrir."""
    hunt(cuaderno, """
        for base in (".", "/curso", "/tmp", "/work", "/home", "/root"):
            for ruta in list(pathlib.Path(base).glob("**/gradebook.db"))[:5]:
                lee(ruta)
        """)  # fmt: skip


@attack
def other_submissions(cuaderno):
    """Otras entregas están en entregas/submitted o en la carpeta de la entrega anterior."""
    hunt(cuaderno, """
        for base in ("/tmp", "/dev/shm", "/var/tmp", "/curso", "/run"):
            for raiz, _, nombres in os.walk(base):
                for nombre in nombres[:50]:
                    lee(os.path.join(raiz, nombre))
        """)  # fmt: skip


@attack
def environment(cuaderno):
    """Las variables de entorno llevan claves."""
    hunt(cuaderno, """
        busca(repr(dict(os.environ)))
        import ctypes
        libc = ctypes.CDLL(None)
        libc.getenv.restype = ctypes.c_char_p
        busca(repr(libc.getenv(b"CANARIO_DE_ENTORNO")))
        """)  # fmt: skip


@attack
def proc_of_others(cuaderno):
    """/proc enseña el entorno, la memoria y los archivos abiertos de todos."""
    hunt(cuaderno, """
        for quien in ("self", "1", "2", str(os.getppid()), *map(str, range(1, 60))):
            for que in ("environ", "cmdline", "maps", "mountinfo"):
                lee(f"/proc/{quien}/{que}")
            with contextlib.suppress(OSError):
                for fd in os.listdir(f"/proc/{quien}/fd"):
                    lee(f"/proc/{quien}/fd/{fd}")
                for raiz in ("root", "cwd"):
                    busca(repr(os.listdir(f"/proc/{quien}/{raiz}")))
        """)  # fmt: skip


@attack
def system_files(cuaderno):
    """/etc y los directorios personales."""
    hunt(cuaderno, """
        casa = os.path.expanduser("~root/.bashrc")
        for ruta in ("/etc/passwd", "/etc/shadow", "/etc/hosts", casa):
            lee(ruta)
            if "shadow" in ruta and os.path.exists(ruta):
                print("existe", ruta)
        """)  # fmt: skip


@attack
def write_everywhere(cuaderno):
    """Un archivo en cada carpeta en que se deje."""
    before(cuaderno, f"""
        import os
        for base in ("/", "/tmp", "/dev/shm", "/var/tmp", "/curso", "/curso/course_lib", "/usr",
                     "/dev", "/proc", "/etc", "/home", "/root", ".", ".."):
            try:
                open(os.path.join(base, "{MARCA}"), "w").write("hola")
            except OSError:
                pass
        """)  # fmt: skip


@attack
def read_what_another_left(cuaderno):
    """Si otra entrega dejó algo, aquí se vería."""
    before(cuaderno, f"""
        import os
        for base in ("/", "/tmp", "/dev/shm", "/var/tmp", "/curso", "/dev", "/tmp/matplotlib"):
            if os.path.exists(os.path.join(base, "{MARCA}")):
                print("RASTRO de otra entrega en", base)
        open("/tmp/alumno/{MARCA}", "w").write("hola")
        """)  # fmt: skip


@attack
def poisoned_imports(cuaderno):
    """Un numpy propio en una carpeta que Python mira antes, o un sitecustomize."""
    before(cuaderno, """
        import os, sys, site
        for base in [*sys.path, "/tmp", os.path.expanduser("~"), site.getusersitepackages()]:
            for nombre in ("sitecustomize.py", "numpy.py", "usercustomize.py"):
                try:
                    os.makedirs(base, exist_ok=True)
                    open(os.path.join(base, nombre), "w").write("raise SystemExit")
                except OSError:
                    pass
        """)  # fmt: skip


@attack
def patched_library(cuaderno):
    """course_lib y numpy, cambiados en el disco para la entrega siguiente."""
    before(cuaderno, """
        import course_lib, os, pathlib
        for modulo in (course_lib, np, os):
            for ruta in pathlib.Path(modulo.__file__).parent.glob("*.py"):
                try:
                    os.chmod(ruta, 0o777)
                    ruta.write_text("raise SystemExit")
                except OSError:
                    pass
        """)  # fmt: skip


@attack
def links_in_the_home(cuaderno):
    """Enlaces y tuberías con nombre que otro seguiría."""
    before(cuaderno, """
        import os
        for destino in ("/etc/passwd", "/proc/1/root", "/curso"):
            os.symlink(destino, "enlace" + str(len(destino)))
        os.mkfifo("tuberia")
        try:
            os.link("/curso/course_lib/ops.py", "duro")
        except OSError:
            pass
        """)  # fmt: skip


@attack
def submission_that_is_a_link(cuaderno):
    """La entrega es un enlace a la fuente del docente."""

    def entregar(ruta, curso):
        ruta.symlink_to(curso.solutions / "02_deslizar" / "ejercicios.ipynb")

    return entregar


@attack
def link_beside_the_submission(cuaderno):
    """Junto al cuaderno, un enlace que alguien copiaría con lo que apunta."""

    def entregar(ruta, curso):
        ruta.write_text("{}")
        (ruta.parent / "datos").symlink_to(curso.root)

    return entregar


@attack
def submission_that_is_a_pipe(cuaderno):
    """El cuaderno es una tubería con nombre: abrirlo espera para siempre."""
    return lambda ruta, curso: os.mkfifo(ruta)


@attack
def submission_that_is_a_folder(cuaderno):
    """El cuaderno es una carpeta."""
    return lambda ruta, curso: ruta.mkdir()


@attack
def full_disk(cuaderno):
    """Llena el disco con un archivo sin fin."""
    before(cuaderno, f"""
        with open("{MARCA}", "wb") as archivo:
            while True:
                archivo.write(bytes(2**20))
        """)  # fmt: skip


@attack
def many_files(cuaderno):
    """Un millón de archivos vacíos y carpetas una dentro de otra."""
    before(cuaderno, """
        import os
        for n in range(10**6):
            open(f"v{n}", "w").close()
        """)  # fmt: skip


@attack
def mounts(cuaderno):
    """Con los permisos de un espacio propio se montaría otra cosa sobre Python."""
    before(cuaderno, """
        import ctypes
        libc = ctypes.CDLL(None)
        for bandera in (0x10000000, 0x10000000 | 0x20000):
            print("separado", libc.unshare(bandera))
        print("montado", libc.mount(b"tmpfs", b"/curso", b"tmpfs", 0, None))
        print("umount", libc.umount2(b"/tmp", 2), "chroot", libc.chroot(b"/tmp"))
        """)  # fmt: skip
