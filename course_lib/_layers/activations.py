"""Las activaciones como capas: las mismas cuentas de `ops`, que además saben volver."""

import inspect

import numpy as np

from course_lib import ops
from course_lib._layers.base import Layer
from course_lib._ops.validate import choice


class Activation(Layer):
    """Aplica una función de `ops` a cada valor; sus subclases dicen cuál."""

    function = None

    def __init__(self, name=None, **options):
        super().__init__(name)
        self.options = options
        self.function(np.zeros(1), **options)  # así falla aquí, y no al entrenar

    def _ahead(self, x):
        self._x = x
        if not np.isfinite(x).all():
            return np.full_like(x, np.nan)  # llega a la pérdida, que es donde `fit` lo explica
        return self.function(x, **self.options)

    def _back(self, dy, wanted):
        return ops.activation_backward(dy, self._x, self.function.__name__, **self.options)


class ReLU(Activation):
    """Deja los valores positivos y cambia los negativos por cero.

    Parameters
    ----------
    name : str, opcional
        Nombre de la capa.

    Examples
    --------
    >>> capa = ReLU()
    >>> capa.forward([[-2, 3]]).tolist(), capa.backward([[1, 1]]).tolist()
    ([[0.0, 3.0]], [[0.0, 1.0]])
    """

    function = staticmethod(ops.relu)

    def __init__(self, name=None):
        super().__init__(name)

    def _ahead(self, x):
        self._y = np.maximum(x, 0, out=self._array("y", x.shape))
        return self._y

    def _back(self, dy, wanted):
        positive = np.greater(self._y, 0, out=self._array("positivos", dy.shape, bool))
        return np.multiply(dy, positive, out=self._array("dx", dy.shape))


class LeakyReLU(Activation):
    """Deja los valores positivos y multiplica los negativos por una pendiente pequeña.

    Parameters
    ----------
    negative_slope : float, default 0.01
        Pendiente para los negativos.
    name : str, opcional
        Nombre de la capa.

    Raises
    ------
    TypeError, ValueError
        Si ``negative_slope`` no es un solo número finito.

    Examples
    --------
    >>> LeakyReLU(0.5).forward([[-2, 3]]).tolist()
    [[-1.0, 3.0]]
    """

    function = staticmethod(ops.leaky_relu)

    def __init__(self, negative_slope=0.01, name=None):
        super().__init__(name, negative_slope=negative_slope)


class ELU(Activation):
    """Deja los valores positivos y dobla los negativos hacia ``-alpha``.

    Parameters
    ----------
    alpha : float, default 1.0
        Valor absoluto al que tienden los negativos.
    name : str, opcional
        Nombre de la capa.

    Raises
    ------
    TypeError, ValueError
        Si ``alpha`` no es un solo número finito.

    Examples
    --------
    >>> ELU().forward([[-1000, 2]]).tolist()
    [[-1.0, 2.0]]
    """

    function = staticmethod(ops.elu)

    def __init__(self, alpha=1.0, name=None):
        super().__init__(name, alpha=alpha)


class SELU(Activation):
    """Es la ELU con las dos constantes que conservan la media 0 y la varianza 1 entre capas.

    Parameters
    ----------
    name : str, opcional
        Nombre de la capa.

    Examples
    --------
    >>> y = SELU().forward([[-1000, 1]])
    >>> print(f"{y[0, 0]:.3f} {y[0, 1]:.3f}")
    -1.758 1.051
    """

    function = staticmethod(ops.selu)

    def __init__(self, name=None):
        super().__init__(name)


class Sigmoid(Activation):
    """Lleva cada valor al intervalo (0, 1).

    Parameters
    ----------
    name : str, opcional
        Nombre de la capa.

    Examples
    --------
    >>> Sigmoid().forward([[-1000, 0, 1000]]).tolist()
    [[0.0, 0.5, 1.0]]
    """

    function = staticmethod(ops.sigmoid)

    def __init__(self, name=None):
        super().__init__(name)


class Tanh(Activation):
    """Lleva cada valor al intervalo (-1, 1) con la tangente hiperbólica.

    Parameters
    ----------
    name : str, opcional
        Nombre de la capa.

    Examples
    --------
    >>> Tanh().forward([[-100, 0, 100]]).tolist()
    [[-1.0, 0.0, 1.0]]
    """

    function = staticmethod(ops.tanh)

    def __init__(self, name=None):
        super().__init__(name)


class Softplus(Activation):
    """Es una ReLU sin esquina: ``log(1 + e^x)``.

    Parameters
    ----------
    name : str, opcional
        Nombre de la capa.

    Examples
    --------
    >>> Softplus().forward([[-1000, 1000]]).tolist()
    [[0.0, 1000.0]]
    """

    function = staticmethod(ops.softplus)

    def __init__(self, name=None):
        super().__init__(name)


class Softmax(Activation):
    """Convierte los valores de cada muestra (o los canales de cada píxel) en probabilidades.

    Parameters
    ----------
    name : str, opcional
        Nombre de la capa.

    Examples
    --------
    >>> Softmax().forward([[1, 1], [0, 1000]]).tolist()
    [[0.5, 0.5], [0.0, 1.0]]
    """

    function = staticmethod(ops.softmax)

    def __init__(self, name=None):
        super().__init__(name)

    def _plan(self, input_shape):
        # Con el lote al final, los canales de (H, C, W, N) y de (F, N) están en otro eje.
        self.options = {"axis": 1 if len(input_shape) == 3 else 0}
        return input_shape


_ALL = (ReLU, LeakyReLU, ELU, SELU, Sigmoid, Tanh, Softplus, Softmax)
BY_NAME = {kind.function.__name__: kind for kind in _ALL}


def as_activation(activation):
    """Devuelve la capa de activación: por nombre, o la que se da; ``None`` se queda."""
    if activation is None or isinstance(activation, Activation):
        return activation
    if isinstance(activation, str):
        return BY_NAME[choice(activation, "activation", tuple(BY_NAME))]()
    cure = "con paréntesis: ReLU()" if inspect.isclass(activation) else "o None"
    raise TypeError(
        f"activation={activation!r} no es una activación. Usa uno de estos nombres: "
        f"{', '.join(map(repr, BY_NAME))}; una capa, {cure}."
    )
