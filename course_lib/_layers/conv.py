"""La capa de convolución."""

import numpy as np

from course_lib._layers.activations import as_activation
from course_lib._layers.base import Layer, Parameter, size
from course_lib._layers.initializers import initializer
from course_lib._layers.lowering import backward_lowering, forward_lowering
from course_lib._layers.windows import check_image, named_in_errors
from course_lib._ops.geometry import padding2d, plan
from course_lib._ops.validate import flag, integer, pair


class Conv2D(Layer):
    """Convoluciona cada imagen del lote con filtros que se aprenden.

    Parameters
    ----------
    filters : int
        Número de filtros: los canales de la salida.
    kernel_size : int o (vertical, horizontal)
        Tamaño de cada filtro.
    stride, dilation : int o (vertical, horizontal), default 1
        Paso entre posiciones y separación entre los elementos del kernel.
    padding : {"valid", "same"}, int, (v, h) o ((arriba, abajo), (izq., der.)), default "valid"
        Ceros alrededor de la imagen, como en `ops.conv2d`.
    groups : int, default 1
        Grupos de canales que no se mezclan; tantos como canales es la convolución depthwise.
    activation : str, capa de activación o None, default None
        Se aplica al resultado: "relu", "sigmoid", ... o, por ejemplo, ``LeakyReLU(0.2)``.
    use_bias : bool, default True
        Si suma un número a cada mapa.
    kernel_initializer : {"he", "glorot"}, default "he"
        Cómo se sortean los pesos; ``"he"`` es el que conviene antes de una ReLU.
    name : str, opcional
        Nombre de la capa en `summary` y en los errores.

    Attributes
    ----------
    kernel : ndarray de forma (kh, kw, C/groups, filters)
        Pesos; se pueden cambiar con ``capa.kernel = valores``.
    bias : ndarray de forma (filters,)
        Un número por filtro.

    Raises
    ------
    TypeError, ValueError
        Si un argumento no es de su tipo o no vale, o si ``filters`` no se reparte entre ``groups``.
        Al construirla, si la entrada no es una imagen, si sus canales no se reparten o si el
        kernel no cabe.

    Examples
    --------
    >>> capa = Conv2D(1, (1, 2)).build((1, 3, 1))
    >>> capa.kernel = [[[[1]], [[10]]]]
    >>> capa.forward([[[[1], [2], [3]]]]).ravel().tolist()
    [21.0, 32.0]
    >>> capa.backward([[[[1], [1]]]]).ravel().tolist()
    [1.0, 11.0, 10.0]
    """

    kernel, bias = Parameter(), Parameter()

    def __init__(
        self,
        filters,
        kernel_size,
        *,
        stride=1,
        padding="valid",
        dilation=1,
        groups=1,
        activation=None,
        use_bias=True,
        kernel_initializer="he",
        name=None,
    ):
        super().__init__(name, as_activation(activation))
        self.filters = integer(filters, "filters", 1)
        self.kernel_size = pair(kernel_size, "kernel_size", 1)
        self.stride, self.dilation = pair(stride, "stride", 1), pair(dilation, "dilation", 1)
        padding2d(padding, (1, 1), self.kernel_size, self.stride, self.dilation)
        self.padding, self.groups = padding, integer(groups, "groups", 1)
        self.use_bias = flag(use_bias, "use_bias")
        self._draw = initializer(kernel_initializer)
        if self.filters % self.groups:
            raise ValueError(
                f"filters={filters} no se reparte entre groups={groups}. Usa un múltiplo: "
                f"filters={self.groups * -(-self.filters // self.groups)}."
            )

    def _plan(self, input_shape):
        self._check(input_shape)
        with named_in_errors(self):
            windows = plan(
                *(input_shape[:2], self.kernel_size, self.stride, self.padding, self.dilation),
                name="kernel_size",
            )
        self._going, self._coming = forward_lowering(windows), backward_lowering(windows)
        return *windows.out, self.filters

    def _check(self, input_shape):
        check_image(input_shape, self.label)
        if input_shape[2] % self.groups:
            raise ValueError(
                f"{self.label}: recibe {input_shape[2]} canales, que no se reparten entre "
                f"groups={self.groups}. Usa un divisor de {input_shape[2]}, por ejemplo groups=1."
            )

    def _initial(self, rng):
        shape = (*self.kernel_size, self.input_shape[2] // self.groups, self.filters)
        values = {"kernel": self._draw(rng, shape)}
        return values | {"bias": np.zeros(self.filters)} if self.use_bias else values

    def _ahead(self, x):
        weights = self.kernel.reshape(-1, self.groups, self.filters // self.groups)
        y = self._multiply(weights.transpose(1, 2, 0), self._going, x, "ida")
        if self.use_bias:
            by_row = y.reshape(len(y), self.filters, -1)
            by_row += self.bias[:, None]
        return y

    def _back(self, dy, wanted):
        flat = dy.reshape(len(dy), self.filters, -1)
        seen = self._going.matrices(self._lowered(self._going, "ida", self.input_shape[2], dy))
        split = flat.reshape(len(dy), self.groups, -1, flat.shape[-1]).transpose(1, 0, 3, 2)
        by_group = np.matmul(seen, split).sum(axis=1)
        self.grads["kernel"][...] = by_group.swapaxes(0, 1).reshape(self.kernel.shape)
        if self.use_bias:
            np.sum(flat.sum(axis=2), axis=0, out=self.grads["bias"])
        return self._multiply(self._turned(), self._coming, dy, "vuelta") if wanted else None

    def _turned(self):
        """El kernel girado 180°, con los canales de entrada y de salida cambiados."""
        groups = self.groups
        kernel = self.kernel[::-1, ::-1].reshape(*self.kernel.shape[:3], groups, -1)
        return kernel.transpose(3, 2, 0, 1, 4).reshape(groups, kernel.shape[2], -1)

    def _multiply(self, weights, lowering, image, name):
        """Los productos de matrices de `lowering`: (grupos, salen, K) por cada fila de salida."""
        lowered = self._lowered(lowering, name, image.shape[1], image)
        lowering.fill(image, self.groups, lowered)
        groups, leaving, _ = weights.shape
        height, width = lowering.out
        y = self._array(f"{name} y", (height, groups * leaving, width, image.shape[3]))
        by_group = y.reshape(height, groups, leaving, -1).swapaxes(0, 1)
        np.matmul(weights[:, None], lowering.matrices(lowered), out=by_group)
        return y

    def _lowered(self, lowering, name, channels, image):
        return self._array(name, lowering.shape(self.groups, channels, image.shape[3]))

    def _macs(self):
        return size(self.output_shape) * size(self.kernel.shape[:3])

    def _window(self):
        spans = [d * (k - 1) + 1 for k, d in zip(self.kernel_size, self.dilation, strict=True)]
        return tuple(spans), self.stride
