"""Añadir píxeles alrededor de una imagen."""

from numbers import Real

import numpy as np

from course_lib._ops.geometry import padding2d, stacked
from course_lib._ops.validate import as_image, choice
from course_lib._ops.windows import check_room

PAD_MODES = ("constant", "edge", "reflect", "symmetric", "wrap")


def pad2d(x, padding, value=0.0, mode="constant"):
    """Añade píxeles alrededor de una imagen o de cada imagen de un lote.

    Parameters
    ----------
    x : array_like de forma (H, W), (H, W, C) o (N, H, W, C)
        Imagen o lote; nunca se modifica.
    padding : int, (vertical, horizontal), ((arriba, abajo), (izquierda, derecha)) o "valid"
        Píxeles que se añaden; ``"valid"`` es ninguno.
    value : número, default 0.0
        Relleno de ``mode="constant"``; los demás modos no lo usan. Debe caber en el dtype de
        ``x``. En una imagen de flotantes puede ser ``np.nan``, útil para dibujar huecos.
    mode : {"constant", "edge", "reflect", "symmetric", "wrap"}, default "constant"
        Cómo se rellena: un valor fijo, el borde repetido, un espejo (sin repetir el borde o
        repitiéndolo) o el lado opuesto. Es el ``mode`` de ``np.pad``.

    Returns
    -------
    ndarray
        Imagen ampliada, nueva, con el mismo dtype que ``x``.

    Raises
    ------
    TypeError
        Si ``x`` no es un array de números reales o el padding no es entero.
    ValueError
        Si ``x`` no es una imagen, está vacía o tiene NaN; si el padding es negativo o es
        ``"same"`` (depende de un kernel); si ``value`` no cabe en el dtype o ``mode`` no existe.

    Examples
    --------
    >>> pad2d([[7, 7]], 1, value=0).tolist()
    [[0, 0, 0, 0], [0, 7, 7, 0], [0, 0, 0, 0]]
    """
    x = as_image(x)
    if isinstance(padding, str) and padding == "same":
        raise ValueError(
            "padding='same' depende del kernel y pad2d no recibe ninguno. Indica cuántos píxeles "
            "añadir, por ejemplo padding=1, o usa conv2d(x, kernel, padding='same')."
        )
    ends = padding2d(padding, (1, 1), (1, 1), (1, 1), (1, 1))
    check_room([n + sum(end) for n, end in zip(stacked(x).shape[1:3], ends, strict=True)])
    widths = [(0, 0)] * (x.ndim == 4) + list(ends) + [(0, 0)] * (x.ndim > 2)
    mode = choice(mode, "mode", PAD_MODES)
    extra = {"constant_values": _fitting(value, x.dtype)} if mode == "constant" else {}
    return np.pad(x, widths, mode=mode, **extra)


def _fitting(value, dtype):
    """Devuelve ``value`` si el dtype de la imagen puede guardarlo sin cambiarlo."""
    if not isinstance(value, (Real, np.bool_)):
        raise TypeError(f"value={value!r} no es un número real. Usa, por ejemplo, value=0.")
    if dtype.kind == "f":
        fits = not np.isfinite(value) or abs(float(value)) <= float(np.finfo(dtype).max)
    else:
        low, high = (0, 1) if dtype.kind == "b" else (np.iinfo(dtype).min, np.iinfo(dtype).max)
        fits = low <= value <= high and value == int(value)
    if not fits:
        raise ValueError(
            f"value={value!r} no cabe en una imagen de dtype {dtype}. Usa un valor de ese tipo o "
            "convierte antes la imagen, por ejemplo con x.astype(float)."
        )
    return value
