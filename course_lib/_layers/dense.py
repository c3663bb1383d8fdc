"""Del mapa al vector, y la capa densa."""

import numpy as np

from course_lib._layers.activations import as_activation
from course_lib._layers.base import Layer, Parameter, size
from course_lib._layers.initializers import initializer
from course_lib._layers.validate import written
from course_lib._ops.validate import flag, integer


class Flatten(Layer):
    """Pone en fila los valores de cada imagen: alto, ancho y, lo más seguido, los canales.

    Parameters
    ----------
    name : str, opcional
        Nombre de la capa.

    Examples
    --------
    >>> Flatten().forward([[[[1, 2], [3, 4]]]]).tolist()
    [[1.0, 2.0, 3.0, 4.0]]
    """

    def __init__(self, name=None):
        super().__init__(name)

    def _plan(self, input_shape):
        return (size(input_shape),)

    def _ahead(self, x):
        if x.ndim == 2:
            return x
        y = self._array("y", (x.shape[0], x.shape[2], x.shape[1], x.shape[3]))
        y[...] = x.swapaxes(1, 2)
        return y.reshape(-1, x.shape[3])

    def _back(self, dy, wanted):
        if len(self.input_shape) == 1:
            return dy
        height, width, channels = self.input_shape
        dx = self._array("dx", (height, channels, width, dy.shape[1]))
        dx[...] = dy.reshape(height, width, channels, -1).swapaxes(1, 2)
        return dx


class Dense(Layer):
    """Cada salida suma todas las entradas, cada una con su peso.

    Parameters
    ----------
    units : int
        Número de salidas.
    activation : str, capa de activación o None, default None
        Se aplica al resultado: "relu", "softmax", ...
    use_bias : bool, default True
        Si suma un número a cada salida.
    kernel_initializer : {"he", "glorot"}, default "glorot"
        Cómo se sortean los pesos; ``"he"`` es el que conviene antes de una ReLU.
    name : str, opcional
        Nombre de la capa en `summary` y en los errores.

    Attributes
    ----------
    kernel : ndarray de forma (entradas, units)
        Pesos; se pueden cambiar con ``capa.kernel = valores``.
    bias : ndarray de forma (units,)
        Un número por salida.

    Raises
    ------
    TypeError, ValueError
        Si un argumento no es de su tipo o no vale. Al construirla, si la entrada no es un vector.

    Examples
    --------
    >>> capa = Dense(1).build((2,))
    >>> capa.kernel = [[1], [10]]
    >>> capa.forward([[3, 4]]).tolist(), capa.backward([[1]]).tolist()
    ([[43.0]], [[1.0, 10.0]])
    >>> capa.grads["kernel"].tolist()
    [[3.0], [4.0]]
    """

    kernel, bias = Parameter(), Parameter()

    def __init__(
        self,
        units,
        *,
        activation=None,
        use_bias=True,
        kernel_initializer="glorot",
        name=None,
    ):
        super().__init__(name, as_activation(activation))
        self.units = integer(units, "units", 1)
        self.use_bias = flag(use_bias, "use_bias")
        self._draw = initializer(kernel_initializer)

    def _plan(self, input_shape):
        if len(input_shape) != 1:
            raise ValueError(
                f"{self.label}: recibe una entrada {written(input_shape)} y espera vectores "
                "(N, características). Pon antes una capa Flatten()."
            )
        return (self.units,)

    def _initial(self, rng):
        values = {"kernel": self._draw(rng, (*self.input_shape, self.units))}
        return values | {"bias": np.zeros(self.units)} if self.use_bias else values

    def _ahead(self, x):
        self._x = x
        y = np.matmul(self.kernel.T, x, out=self._array("y", (self.units, x.shape[1])))
        if self.use_bias:
            y += self.bias[:, None]
        return y

    def _back(self, dy, wanted):
        np.matmul(self._x, dy.T, out=self.grads["kernel"])
        if self.use_bias:
            np.sum(dy, axis=1, out=self.grads["bias"])
        if wanted:
            return np.matmul(self.kernel, dy, out=self._array("dx", self._x.shape))

    def _macs(self):
        return self.kernel.size

    def _window(self):
        return None
