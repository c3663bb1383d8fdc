"""Los números como se escriben en una figura o una frase; sin Matplotlib, que tarda en llegar."""

from math import isclose

import numpy as np


def number(valor: float, escala: float | None = None) -> str:
    """El número como se escribe en una celda: corto y con el signo menos tipográfico.

    Los decimales dependen de `escala`, el mayor valor sin signo de sus compañeros: al lado de
    un 2, un 0.001 se escribe «≈0»; entre pesos de 0.01, entero.
    """
    v = float(valor)
    escala = abs(v) if escala is None else escala
    if isclose(v, round(v), rel_tol=0, abs_tol=1e-9 * min(escala, 1)):
        texto = f"{v:.0f}" if abs(v) < 1e6 else f"{v:.3g}"
    elif escala < 0.0005:
        texto = f"{v:.1e}"
    else:
        umbrales = (1000, 100, 0.5, 0.05, 0.005, 0.0005)
        decimales = next(d for d, umbral in enumerate(umbrales) if escala >= umbral)
        texto = f"{v:.{decimales}f}"
        texto = texto.rstrip("0").rstrip(".") if decimales else texto
        texto = "≈0" if texto in ("0", "-0") else texto
    return "0" if texto == "-0" else texto.replace("-", "−")


def numbers(array: np.ndarray) -> np.ndarray:
    """El texto de cada celda, con los decimales que pide el mayor valor del array."""
    escala = float(np.abs(array.astype(float)).max())
    return np.vectorize(lambda v: number(v, escala), otypes=[object])(array)


def equals(valor: float, escala: float | None = None) -> str:
    """«= 0.5» si el número cabe entero; «≈ 0.33» si hubo que redondearlo."""
    texto = number(valor, escala).removeprefix("≈")
    margen = 1e-9 * max(abs(valor), escala or 0)  # 0.1·3 = 0.30000000000000004 sigue siendo 0.3
    exacto = isclose(float(texto.replace("−", "-")), valor, rel_tol=0, abs_tol=margen)
    return f"{'=' if exacto else '≈'} {texto}"
