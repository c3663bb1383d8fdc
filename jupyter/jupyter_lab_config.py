"""Configuración de JupyterLab para el curso: idioma, primera lección y course_lib."""

import os
from pathlib import Path

c = get_config()  # noqa: F821

raiz = Path(__file__).resolve().parent.parent
primera = min(raiz.glob("notebooks/*/leccion.ipynb"))

c.ServerApp.root_dir = str(raiz)
c.LabApp.default_url = f"/lab/tree/{primera.relative_to(raiz).as_posix()}"
c.LabApp.news_url = None  # sin avisos en inglés que tapen la lección
# El diálogo del botón Validate, en español.
c.LabApp.extra_labextensions_path = [str(raiz / "jupyter" / "labextensions")]
# En un contenedor o en una máquina de laboratorio la única cuenta suele ser root.
c.ServerApp.allow_root = True

# Con conda nadie instala course_lib: los kernels la encuentran por aquí.
rutas = [str(raiz), os.environ.get("PYTHONPATH", "")]
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, rutas))
# La carpeta puede haber llegado como ruta relativa y los kernels arrancan en otra.
os.environ["JUPYTER_CONFIG_PATH"] = str(raiz / "jupyter")
