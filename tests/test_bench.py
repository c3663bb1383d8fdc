"""La tabla del README es la que midió `make bench`."""

import importlib.util
from pathlib import Path

RAIZ = Path(__file__).resolve().parent.parent


def informe():
    """El módulo de bench, que no es un paquete."""
    donde = importlib.util.spec_from_file_location("informe", RAIZ / "bench" / "informe.py")
    modulo = importlib.util.module_from_spec(donde)
    donde.loader.exec_module(modulo)
    return modulo


def test_the_front_page_says_what_was_measured():
    modulo = informe()
    portada = modulo.PORTADA.read_text(encoding="utf-8")
    medido = modulo.TABLAS.read_text(encoding="utf-8")
    assert modulo.con_resumen(portada, modulo.resumen(medido)) == portada, (
        "El resumen del README no es el de bench/README.md. Ejecuta: make bench"
    )
    assert "| PyTorch (NCHW) |" in portada and "núcleos" in portada


def test_the_front_page_has_the_grading_table():
    modulo = informe()
    medido = (RAIZ / "bench" / "grading.md").read_text(encoding="utf-8").splitlines()
    portada = modulo.PORTADA.read_text(encoding="utf-8")
    marcas = [f"<!-- calificar, make bench: {cual} -->" for cual in ("principio", "final")]
    assert modulo.con_resumen(portada, medido[2:], *marcas) == portada, (
        "La tabla de calificar del README no es la de bench/grading.md. Ejecuta: make bench"
    )
    assert any(linea.startswith("| `nbgrader autograde` |") for linea in medido)


def test_the_summary_is_the_last_row_of_each_table():
    texto = """# Velocidad

2026-01-02 · CPU, 2 núcleos. Lo escribe `make bench`.

## float32, un núcleo

| Trabajo | conv2d (µs) | PyTorch (NCHW) | OpenCV | memoria de más |
|---|--:|--:|--:|--:|
| gris | 49 | 0.65 | 4.09 | 0.2 MB |
| **media geométrica** | | **0.35** | **1.80** | |

## float64, un núcleo

| Trabajo | conv2d (µs) | PyTorch (NCHW) | memoria de más |
|---|--:|--:|--:|
| **media geométrica** | | **0.16** | |

## Entrenar la misma red

| | ms por época | course_lib / él |
|---|--:|--:|
| course_lib | 60.0 | |
| PyTorch | 180.0 | 0.33 |
"""
    lineas = list(informe().resumen(texto))
    assert "(2026-01-02 · CPU, 2 núcleos)" in lineas[0]
    assert lineas[2:6] == [
        "| | float32, un núcleo | float64, un núcleo |",
        "|---|--:|--:|",
        "| PyTorch (NCHW) | 0.35 | 0.16 |",
        "| OpenCV | 1.80 | — |",
    ]
    assert "0.33 (PyTorch)" in lineas[-1]
