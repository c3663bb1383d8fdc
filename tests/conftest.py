"""Las comparaciones con PyTorch y Keras, que no están en requirements.txt, se hacen si están."""

import importlib.util

import pytest

FUERA = pytest.StashKey[list]()


def pytest_collection_modifyitems(config, items):
    fuera = config.stash[FUERA] = [prueba for prueba in items if _faltan(prueba)]
    config.hook.pytest_deselected(items=fuera)
    items[:] = [prueba for prueba in items if not _faltan(prueba)]


def _faltan(prueba) -> list[str]:
    pedidas = [b for marca in prueba.iter_markers("compara") for b in marca.args]
    return [biblioteca for biblioteca in pedidas if not importlib.util.find_spec(biblioteca)]


def pytest_terminal_summary(terminalreporter, config):
    for biblioteca in sorted(
        {b for prueba in config.stash.get(FUERA, []) for b in _faltan(prueba)}
    ):
        cuantas = sum(biblioteca in _faltan(prueba) for prueba in config.stash[FUERA])
        terminalreporter.write_line(
            f"Sin comparar con {biblioteca}, que no está instalada: {cuantas} pruebas. "
            "Las mismas funciones pasan las suyas, escritas a mano."
        )
