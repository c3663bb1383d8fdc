"""La figura de los productos de una ventana; los cuadernos la piden a `course_lib.plotting`."""

import numpy as np
from matplotlib.axes import Axes

from course_lib._plotting import checks, drawing, numerals


def show_products(ventana, kernel, ax: Axes | None = None, titulo: str | None = None) -> Axes:
    """Una parada de la ventana: cada peso por su píxel y, debajo, la suma de todos.

    Parameters
    ----------
    ventana, kernel : array_like
        `(alto, ancho)`, los dos de la misma forma. No se modifican.
    ax, titulo
        Como en `show_image`.

    Returns
    -------
    Axes
        Con los productos en `ax.images[0]` y la suma en `ax.get_xlabel()`.

    Raises
    ------
    ValueError, TypeError
        Si no tienen la misma forma o dos dimensiones, o hay NaN.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = show_products([[1, 2], [3, 4]], [[1, 0], [0, -1]], ax=Figure().add_subplot())
    >>> ax.texts[3].get_text(), ax.get_xlabel()
    ('−1 × 4\\n= −4', 'w₁·P₁ + … + w₄·P₄ = −3')
    """
    pixeles = checks.check_array("ventana", ventana, (2,), "Elige un canal: ventana[:, :, 0].")
    pesos = checks.check_array("kernel", kernel, (2,), checks.CURA_KERNEL)
    if pixeles.shape != pesos.shape:
        raise ValueError(
            f"ventana es {pixeles.shape} y kernel es {pesos.shape}. Recorta la ventana al tamaño "
            f"del kernel: imagen[f:f+{pesos.shape[0]}, c:c+{pesos.shape[1]}]."
        )
    checks.check_axes(ax)
    pixeles, pesos = pixeles.astype(float), pesos.astype(float)  # en uint8, 200·2 daría 144
    productos = pesos * pixeles
    if ax is None:  # cada celda lleva una cuenta entera: necesita más sitio que un número
        ax = drawing.new_axes(productos.shape, ancho=min(8.5, max(3.6, 1.1 * max(pesos.shape))))
    drawing.paint_signed(productos, checks.symmetric_limit("productos", [productos], None), ax)
    drawing.finish(ax, productos.shape, titulo, _write_products(ax, pesos, pixeles))
    ax.set(xticks=[], yticks=[], xlabel=_sum_text(productos))
    return ax


def _write_products(ax: Axes, pesos: np.ndarray, pixeles: np.ndarray) -> bool:
    """En cada celda, «2 × 0.5» y debajo «= 1»; un píxel negativo va entre paréntesis."""
    w, p, productos = numerals.numbers(pesos), numerals.numbers(pixeles), pesos * pixeles
    escala, textos = float(np.abs(productos).max()), np.empty(productos.shape, dtype=object)
    for i in np.ndindex(productos.shape):
        factor = f"({p[i]})" if p[i].startswith("−") else p[i]
        textos[i] = f"{w[i]} × {factor}\n{numerals.equals(productos[i], escala)}"
    return drawing.write_cells([ax], [textos])


def _sum_text(productos: np.ndarray) -> str:
    """La suma con la notación de la diapositiva: w₁·P₁ + … + w₉·P₉ = 4."""
    ultimo = str(productos.size).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))
    medio = " + … + " if productos.size > 2 else " + "
    cola = f"{medio}w{ultimo}·P{ultimo}" if productos.size > 1 else ""
    total = float(productos.sum())
    # Con la escala de los productos, el resto de 0.1 + 0.2 − 0.3 se escribe 0 y no 5.6e−17.
    escala = max(abs(total), float(np.abs(productos).max()))
    return f"w₁·P₁{cola} {numerals.equals(total, escala)}"
