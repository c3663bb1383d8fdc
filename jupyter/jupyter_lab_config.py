"""Configuración de JupyterLab para el curso: idioma, primera lección y course_lib."""

import os
from pathlib import Path

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

c = get_config()  # noqa: F821

raiz = Path(__file__).resolve().parent.parent
primera = min(raiz.glob("notebooks/*/leccion.ipynb"))

c.ServerApp.root_dir = str(raiz)
c.LabApp.default_url = f"/lab/tree/{primera.relative_to(raiz).as_posix()}"
c.LabApp.news_url = None  # sin avisos en inglés que tapen la lección
# El diálogo del botón Validate, en español.
c.LabApp.extra_labextensions_path = [str(raiz / "jupyter" / "labextensions")]


class SinEspera(ZMQChannelsWebsocketConnection):
    """Lo que contesta el kernel sale hacia el navegador en cuanto está.

    Si no, TCP retiene los mensajes pequeños hasta 40 ms por si puede juntarlos con otros, y eso es
    más de lo que tarda la cuenta de casi cualquier deslizador.
    """

    def connect(self):
        self.websocket_handler.set_nodelay(True)
        return super().connect()


c.ServerApp.kernel_websocket_connection_class = SinEspera
# En un contenedor o en una máquina de laboratorio la única cuenta suele ser root.
c.ServerApp.allow_root = True

# Con conda nadie instala course_lib: los kernels la encuentran por aquí.
rutas = [str(raiz), os.environ.get("PYTHONPATH", "")]
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, rutas))
# La carpeta puede haber llegado como ruta relativa y los kernels arrancan en otra.
os.environ["JUPYTER_CONFIG_PATH"] = str(raiz / "jupyter")
