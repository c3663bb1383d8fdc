"""El cuaderno maestro de una unidad: sin soluciones y con las pruebas ocultas."""

from pathlib import Path

import nbformat
from nbgrader.preprocessors import ClearSolutions, ComputeChecksums, LockCells
from traitlets.config import Config

from course_lib.grading.normalize import dumps


def master(fuente: Path, config: Config) -> str:
    """Texto del cuaderno con que se compara y se rehace cada entrega.

    Es lo que `nbgrader generate_assignment` guarda en el libro de notas: respuestas en blanco,
    pruebas completas y la huella de cada celda, que sirve para saber cuáles no se tocaron.

    Parameters
    ----------
    fuente : Path
        El cuaderno de `solutions/`.
    config : Config
        La de `nbgrader_config.py`.
    """
    cuaderno, recursos = nbformat.read(fuente, as_version=4), {}
    for clase in (ClearSolutions, LockCells, ComputeChecksums):
        cuaderno, recursos = clase(config=config).preprocess(cuaderno, recursos)
    return dumps(cuaderno)
