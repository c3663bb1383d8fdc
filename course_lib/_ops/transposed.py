"""La convolución traspuesta: repartir cada píxel por una ventana en lugar de recogerla."""

import numpy as np

from course_lib._ops.channels import assemble, prepare
from course_lib._ops.geometry import padding2d
from course_lib._ops.validate import as_image, as_kernel, pair
from course_lib._ops.windows import Windows, effective


def conv2d_transpose(
    x,
    kernel,
    bias=None,
    *,
    stride=1,
    padding="valid",
    output_padding=0,
    dilation=1,
    groups=1,
):
    """Reparte cada píxel por una ventana, multiplicado por el kernel, y suma lo que se solapa.

    Es la operación adjunta de ``conv2d`` con los mismos stride, padding y dilatación: recupera el
    tamaño de la imagen, no sus valores. Sirve para ampliar mapas.

    Parameters
    ----------
    x : array_like de forma (H, W), (H, W, C) o (N, H, W, C)
        Imagen o lote, con los canales al final; nunca se modifica.
    kernel : array_like de forma (kh, kw) o (kh, kw, C_out/groups, C)
        Filtros: el eje de salida va antes que el de entrada, al revés que en ``conv2d``.
    bias : float o array_like de forma (C_out,), opcional
        Se suma a cada mapa: un número con un kernel 2D, uno por canal de salida con uno 4D.
    stride : int o (vertical, horizontal), default 1
        Separación en la salida entre las ventanas de dos píxeles vecinos.
    padding : {"valid", "same"}, int, (v, h) o ((arriba, abajo), (izq., der.)), default "valid"
        Píxeles que se *recortan* de la salida. ``"valid"``, ninguno; ``"same"``, los que hacen
        que mida ``n * stride``.
    output_padding : int o (vertical, horizontal), default 0
        Píxeles que se añaden abajo y a la derecha para elegir entre los tamaños posibles; menor
        que el stride o que la dilatación. No se usa con ``padding="same"``.
    dilation : int o (vertical, horizontal), default 1
        Separación entre los elementos del kernel.
    groups : int, default 1
        Grupos de canales que no se mezclan.

    Returns
    -------
    ndarray de forma (H', W'), (H', W', C_out) o (N, H', W', C_out)
        Mapa ampliado, de longitud
        ``(n-1)*stride + dilation*(k-1) + 1 - antes - después + output_padding``, con el dtype
        que explica ``conv2d``.

    Raises
    ------
    TypeError, ValueError
        Los mismos casos que ``conv2d``; también si el recorte no deja ningún píxel o
        ``output_padding`` es demasiado grande.

    References
    ----------
    V. Dumoulin y F. Visin, "A guide to convolution arithmetic for deep learning", 2016.

    Examples
    --------
    >>> conv2d_transpose([[1, 2]], [[1, 10]], stride=2).tolist()
    [[1.0, 10.0, 2.0, 20.0]]
    """
    x, kernel = as_image(x), as_kernel(kernel)
    batch, filters, bias = prepare(x, kernel, bias, groups, transposed=True)
    windows = plan_transposed(
        batch.shape[2:4], filters.shape[1:3], stride, padding, dilation, output_padding
    )
    return assemble(scatter(batch, filters, windows), bias, x=x, kernel=kernel)


def scatter(batch, filters, windows):
    """Adjunta de ``correlate``: cada píxel reparte sus pesos por lo que su ventana ve."""
    canvas = windows.canvas(batch, filters.shape[-1])
    with np.errstate(over="ignore", invalid="ignore"):
        for (i, j), at in windows.taps():
            canvas[at] += batch @ filters[:, i, j][:, None, None]
    return canvas[windows.interior]


def plan_transposed(size, kernel, stride, padding, dilation, output_padding):
    """Coloca las ventanas de la convolución que va de la salida a la entrada."""
    stride, dilation = pair(stride, "stride", 1), pair(dilation, "dilation", 1)
    extra = _as_output_padding(output_padding, padding, stride, dilation)
    grown = tuple(n * s for n, s in zip(size, stride, strict=True))
    ends = padding2d(padding, grown, kernel, stride, dilation)
    if not isinstance(padding, str) or padding != "same":
        axes = zip(size, stride, kernel, dilation, ends, extra, strict=True)
        grown = tuple((n - 1) * s + effective(k, d) - sum(e) + o for n, s, k, d, e, o in axes)
    if min(grown) < 1:
        raise ValueError(
            f"padding={padding!r} recorta toda la salida: su tamaño sería {grown}. Usa un padding "
            "menor; en la convolución traspuesta el padding quita píxeles, no los añade."
        )
    return Windows(grown, kernel, stride, dilation, ends, size)


def _as_output_padding(output_padding, padding, stride, dilation):
    extra = pair(output_padding, "output_padding", 0)
    most = tuple(max(s, d) - 1 for s, d in zip(stride, dilation, strict=True))
    if extra[0] > most[0] or extra[1] > most[1]:
        raise ValueError(
            f"output_padding={extra} es demasiado grande: debe ser menor que stride={stride} o "
            f"que dilation={dilation}. Usa como mucho output_padding={most}."
        )
    if any(extra) and isinstance(padding, str) and padding == "same":
        raise ValueError(
            f"output_padding={extra} no se combina con padding='same', que ya fija el tamaño de la "
            "salida en n * stride. Quita output_padding o indica el padding con números."
        )
    return extra
