"""Las capas de pooling: resumen cada ventana, canal a canal."""

from functools import reduce

import numpy as np

from course_lib._layers.base import Layer
from course_lib._layers.windows import check_image, named_in_errors
from course_lib._ops.geometry import padding2d
from course_lib._ops.pooling import pixels_counted, plan_pool
from course_lib._ops.validate import flag, pair
from course_lib._ops.windows import effective


class Pooling(Layer):
    """Coloca las ventanas; sus subclases dicen cómo se resumen."""

    fill = 0.0

    def __init__(
        self, pool_size=2, *, stride=None, padding="valid", dilation=1, ceil_mode=False, name=None
    ):
        super().__init__(name)
        self.pool_size = pair(pool_size, "pool_size", 1)
        self.stride = self.pool_size if stride is None else pair(stride, "stride", 1)
        self.dilation = pair(dilation, "dilation", 1)
        padding2d(padding, (1, 1), self.pool_size, self.stride, self.dilation)
        self.padding, self.ceil_mode = padding, flag(ceil_mode, "ceil_mode")

    def _plan(self, input_shape):
        check_image(input_shape, self.label)
        arguments = self.pool_size, self.stride, self.padding, self.dilation, self.ceil_mode
        with named_in_errors(self):
            self._windows = plan_pool(input_shape[:2], *arguments)
        self._taps = [(at[1], slice(None), at[2]) for _, at in self._windows.taps()]
        return *self._windows.out, input_shape[2]

    @property
    def _interior(self):
        _, rows, columns, _ = self._windows.interior
        return rows, slice(None), columns

    def _padded(self, x):
        """La imagen con su padding; sin padding, ella misma."""
        if self._windows.padded == self._windows.size:
            return x
        padded = self._canvas("x", x)
        padded.fill(self.fill)
        padded[self._interior] = x
        return padded

    def _canvas(self, name, like):
        height, width = self._windows.padded
        return self._array(name, (height, self.input_shape[2], width, like.shape[-1]))

    def _overlapping(self):
        """Si algún píxel está en dos ventanas: dos elementos, a un número entero de pasos."""
        axes = zip(self.pool_size, self.dilation, self.stride, strict=True)
        return any(tap * d % s == 0 for k, d, s in axes for tap in range(1, k))

    def _window(self):
        axes = zip(self.pool_size, self.dilation, strict=True)
        return tuple(effective(k, d) for k, d in axes), self.stride


class MaxPool2D(Pooling):
    """Se queda con el máximo de cada ventana, canal a canal.

    El gradiente vuelve solo al píxel que ganó; si varios empatan, al primero en orden de lectura.

    Parameters
    ----------
    pool_size : int o (vertical, horizontal), default 2
        Tamaño de la ventana.
    stride : int, (vertical, horizontal) o None, default None
        Paso entre ventanas; ``None`` usa ``pool_size``, y así no se solapan.
    padding : {"valid", "same"}, int, (v, h) o ((arriba, abajo), (izq., der.)), default "valid"
        El relleno no gana nunca.
    dilation : int o (vertical, horizontal), default 1
        Separación entre los elementos de la ventana.
    ceil_mode : bool, default False
        Si es ``True``, la última ventana puede sobresalir, como en `ops.max_pool2d`.
    name : str, opcional
        Nombre de la capa.

    Raises
    ------
    TypeError, ValueError
        Si un argumento no es de su tipo o no vale. Al construirla, si la entrada no es una imagen,
        si la ventana no cabe o si alguna quedaría entera sobre el padding.

    Examples
    --------
    >>> capa = MaxPool2D()
    >>> capa.forward([[[[1], [7]], [[7], [2]]]]).tolist()
    [[[[7.0]]]]
    >>> capa.backward([[[[10]]]])[0, :, :, 0].tolist()
    [[0.0, 10.0], [0.0, 0.0]]
    """

    fill = -np.inf

    def _ahead(self, x):
        self._x = self._padded(x)
        seen = [self._x[tap] for tap in self._taps]
        self._y = np.maximum(seen[0], seen[-1], out=self._array("y", seen[0].shape))
        for other in seen[1:-1]:
            np.maximum(self._y, other, out=self._y)
        return self._y

    def _back(self, dy, wanted):
        """Compara cada posición de la ventana con el máximo; gana la primera que lo iguala."""
        dx, add = self._canvas("dx", dy), self._overlapping()
        if add:
            dx.fill(0)
        free = self._array("libres", dy.shape, bool)
        free.fill(True)
        hit = self._array("gana", dy.shape, bool)
        for tap in self._taps:
            np.equal(self._x[tap], self._y, out=hit)
            np.logical_and(hit, free, out=hit)
            np.logical_xor(free, hit, out=free)
            if add:
                dx[tap] += dy * hit
            else:
                np.multiply(dy, hit, out=dx[tap])
        return dx[self._interior]


class AvgPool2D(Pooling):
    """Calcula la media de cada ventana, canal a canal.

    Parameters
    ----------
    pool_size : int o (vertical, horizontal), default 2
        Tamaño de la ventana.
    stride : int, (vertical, horizontal) o None, default None
        Paso entre ventanas; ``None`` usa ``pool_size``, y así no se solapan.
    padding : {"valid", "same"}, int, (v, h) o ((arriba, abajo), (izq., der.)), default "valid"
        Ceros alrededor de la imagen, que no cuentan en la media.
    dilation : int o (vertical, horizontal), default 1
        Separación entre los elementos de la ventana.
    ceil_mode : bool, default False
        Si es ``True``, la última ventana puede sobresalir, como en `ops.max_pool2d`.
    count_include_pad : bool, default False
        Si es ``True``, los ceros del padding cuentan en la media y oscurecen los bordes.
    name : str, opcional
        Nombre de la capa.

    Raises
    ------
    TypeError, ValueError
        Si un argumento no es de su tipo o no vale. Al construirla, si la entrada no es una imagen,
        si la ventana no cabe o si alguna quedaría entera sobre el padding.

    Examples
    --------
    >>> capa = AvgPool2D()
    >>> capa.forward([[[[1], [7]], [[7], [1]]]]).tolist()
    [[[[4.0]]]]
    >>> capa.backward([[[[10]]]])[0, :, :, 0].tolist()
    [[2.5, 2.5], [2.5, 2.5]]
    """

    def __init__(
        self,
        pool_size=2,
        *,
        stride=None,
        padding="valid",
        dilation=1,
        ceil_mode=False,
        count_include_pad=False,
        name=None,
    ):
        options = {"padding": padding, "dilation": dilation, "ceil_mode": ceil_mode}
        super().__init__(pool_size, stride=stride, **options, name=name)
        self.count_include_pad = flag(count_include_pad, "count_include_pad")

    def _plan(self, input_shape):
        shape = super()._plan(input_shape)
        count = pixels_counted(self._windows, self.dtype, self.count_include_pad)
        self._count = count.reshape(shape[0], 1, shape[1], 1)
        return shape

    def _ahead(self, x):
        padded = self._padded(x)
        return reduce(np.add, [padded[tap] for tap in self._taps]) / self._count

    def _back(self, dy, wanted):
        share = dy / self._count
        dx = self._canvas("dx", dy)
        dx.fill(0)
        for tap in self._taps:
            dx[tap] += share
        return dx[self._interior]
