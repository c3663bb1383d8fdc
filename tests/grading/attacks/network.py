"""La red: contarlo fuera o preguntar la respuesta."""

from grading.attacks.corpus import answers, attack, before


@attack
def tcp(cuaderno):
    """Una conexión a quien tenga la respuesta."""
    before(cuaderno, """
        import socket
        for donde in (("1.1.1.1", 53), ("127.0.0.1", 22), ("::1", 80)):
            try:
                socket.create_connection(donde, timeout=0.5)
                print("CONECTADO", donde)
            except OSError:
                pass
        """)  # fmt: skip


@attack
def dns(cuaderno):
    """Un nombre lleva datos aunque no haya conexiones."""
    before(cuaderno, """
        import socket
        try:
            print("CONECTADO", socket.gethostbyname("example.org"))
        except OSError:
            pass
        """)  # fmt: skip


@attack
def unix_sockets(cuaderno):
    """Los sockets con nombre de esta máquina: docker, dbus, agentes."""
    before(cuaderno, """
        import socket
        for ruta in ("/var/run/docker.sock", "/run/dbus/system_bus_socket", "\\0abstracto"):
            try:
                s = socket.socket(socket.AF_UNIX)
                s.connect(ruta)
                print("CONECTADO", ruta)
            except OSError:
                pass
        """)  # fmt: skip


@attack
def listening(cuaderno):
    """Un servidor que se queda esperando, o que otra entrega visita."""
    before(cuaderno, """
        import socket
        try:
            servidor = socket.create_server(("0.0.0.0", 0))
            print("CONECTADO", servidor.getsockname())
        except OSError:
            pass
        """)  # fmt: skip


@attack
def raw_and_netlink(cuaderno):
    """Paquetes sin protocolo y conversación con el núcleo."""
    before(cuaderno, """
        import socket
        for familia, tipo in ((socket.AF_NETLINK, socket.SOCK_RAW),
                              (socket.AF_INET, socket.SOCK_RAW),
                              (socket.AF_INET, socket.SOCK_DGRAM), (40, socket.SOCK_STREAM)):
            try:
                s = socket.socket(familia, tipo)
                print("CONECTADO", familia)
            except OSError:
                pass
        """)  # fmt: skip


@attack
def download_of_the_answer(cuaderno):
    """Baja la respuesta mientras la llaman."""
    answers(cuaderno, """
        import urllib.request
        return float(urllib.request.urlopen("http://127.0.0.1:8888/respuesta", timeout=1).read())
        """)  # fmt: skip
