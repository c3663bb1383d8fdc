"""Dónde está cada cosa en un curso y cómo se le habla a nbgrader."""

import contextlib
import logging
import os
import re
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat.warnings import DuplicateCellId, MissingIDFieldWarning
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from sqlalchemy.exc import SAWarning
from traitlets.config import Config, PyFileConfigLoader

from course_lib.grading.engine.limits import Limits


@dataclass(frozen=True)
class Course:
    """Un curso: la carpeta que contiene `solutions/` y `nbgrader_config.py`."""

    root: Path

    @classmethod
    def here(cls, root: Path | str = ".") -> "Course":
        """El curso de esa carpeta.

        Raises
        ------
        FileNotFoundError
            Si la carpeta no contiene un curso.
        """
        root = Path(root).resolve()
        if not (root / "nbgrader_config.py").exists() or not (root / "solutions").is_dir():
            raise FileNotFoundError(
                f"En {root} no hay un curso (faltan solutions/ o nbgrader_config.py). "
                "Entra en la carpeta del curso y repite la orden."
            )
        return cls(root)

    @property
    def units(self) -> list[str]:
        """Nombres de las unidades, en orden."""
        return sorted(p.parent.name for p in self.root.glob("solutions/*/ejercicios.ipynb"))

    @property
    def solutions(self) -> Path:
        return self.root / "solutions"

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    @property
    def entregas(self) -> Path:
        return self.root / "entregas"

    @property
    def submitted(self) -> Path:
        return self.entregas / "submitted"

    def check_unit(self, unidad: str) -> str:
        """Devuelve la unidad si existe; si no, dice cuáles hay."""
        if unidad not in self.units:
            raise ValueError(
                f"No existe la unidad «{unidad}». Las unidades son: {', '.join(self.units)}."
            )
        return unidad

    def title(self, unidad: str) -> str:
        """El título de la lección de esa unidad; su nombre, si no tiene."""
        ruta = self.solutions / unidad / "leccion.ipynb"
        return heading(ruta) if ruta.exists() else unidad

    def config(self) -> Config:
        """La configuración de `nbgrader_config.py`, la misma que lee formgrader."""
        return PyFileConfigLoader("nbgrader_config.py", path=str(self.root)).load_config()

    def limits(self) -> Limits:
        """Los límites de cada entrega, con los cambios que diga `nbgrader_config.py`."""
        return Limits(**self.config().get("Limits", {}))

    @contextlib.contextmanager
    def only_one(self) -> Iterator[None]:
        """Solo deja calificar a uno a la vez; el sistema lo suelta aunque se mate al proceso.

        Raises
        ------
        BlockingIOError
            Si ya hay otra calificación en marcha.
        """
        import fcntl  # no existe en Windows, donde sí se puede publicar

        self.entregas.mkdir(exist_ok=True)
        with (self.entregas / ".calificando").open("w") as archivo:
            try:
                fcntl.flock(archivo, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BlockingIOError(
                    "Ya hay otra calificación en marcha en este curso. Espera a que termine y "
                    "repite la orden: solo calificará lo que falte."
                ) from error
            yield

    def nbgrader(self) -> NbGraderAPI:
        """La interfaz de nbgrader para este curso, sin mensajes en inglés por pantalla."""
        _quiet()
        return NbGraderAPI(config=self.config())

    def gradebook(self) -> Gradebook:
        """El libro de notas del curso (ciérralo con `with`)."""
        _quiet()
        config = self.config()
        return Gradebook(config.CourseDirectory.db_url, config.CourseDirectory.course_id)


def heading(cuaderno: Path) -> str:
    """El título de un cuaderno; si no tiene, el nombre de su carpeta."""
    celdas = nbformat.read(cuaderno, as_version=4).cells
    texto = "\n".join(c.source for c in celdas if c.cell_type == "markdown")
    encontrado = re.search(r"^# (.+)$", texto, re.M)
    return encontrado[1] if encontrado else cuaderno.parent.name


def last_error(resultado: dict) -> str:
    """La línea del error en lo que devuelve una orden de `NbGraderAPI` que ha fallado."""
    # El log dice qué falló; «error» suele decir solo que se mire el log.
    registro = f"{resultado.get('error', '')}\n{resultado.get('log', '')}"
    errores = re.findall(r"^\s*([\w.]+(?:Error|Exception|Entry)\b.*)$", registro, re.MULTILINE)
    return errores[-1].strip() if errores else "sin más detalle"


def _quiet() -> None:
    """Prepara el proceso para nbgrader: sin avisos suyos y con `alembic` a mano."""
    logging.getLogger("traitlets").setLevel(logging.CRITICAL)
    for aviso in (SAWarning, DuplicateCellId, MissingIDFieldWarning):
        warnings.filterwarnings("ignore", category=aviso)
    # nbgrader llama a `alembic` por su nombre y .venv/bin no tiene por qué estar en el PATH.
    programas = str(Path(sys.executable).parent)
    if programas not in os.environ["PATH"].split(os.pathsep):
        os.environ["PATH"] = programas + os.pathsep + os.environ["PATH"]
