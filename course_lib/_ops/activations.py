"""Funciones de activación que se aplican elemento a elemento, y la búsqueda por nombre.

Todas aceptan arrays de cualquier forma, listas o números, devuelven un array nuevo de la misma
forma y calculan en el dtype de los flotantes recibidos (float16 sube a float32); enteros y
booleanos, en float64. Ninguna desborda ni avisa con valores muy grandes.
"""

import numpy as np

from course_lib._ops.softmax import log_softmax, softmax
from course_lib._ops.validate import as_float, choice

SELU_ALPHA = 1.6732632423543772
SELU_SCALE = 1.0507009873554805


def relu(x):
    """Deja los valores positivos y cambia los negativos por cero: ``max(x, 0)``.

    Parameters
    ----------
    x : array_like
        Valores de cualquier forma.

    Returns
    -------
    ndarray
        Array de la misma forma que ``x``.

    Raises
    ------
    TypeError, ValueError
        Si ``x`` no contiene números reales, está vacío o tiene NaN.

    References
    ----------
    V. Nair y G. Hinton, "Rectified linear units improve restricted Boltzmann machines", 2010.

    Examples
    --------
    >>> relu([-2, 0, 3]).tolist()
    [0.0, 0.0, 3.0]
    """
    return np.maximum(as_float(x, "x"), 0)


def leaky_relu(x, negative_slope=0.01):
    """Deja los valores positivos y multiplica los negativos por una pendiente pequeña.

    Parameters
    ----------
    x : array_like
        Valores de cualquier forma.
    negative_slope : float, default 0.01
        Pendiente para los negativos.

    Returns
    -------
    ndarray
        Array de la misma forma que ``x``.

    Raises
    ------
    TypeError, ValueError
        Si ``x`` o la pendiente no son números reales, están vacíos o tienen NaN.

    References
    ----------
    A. Maas, A. Hannun y A. Ng, "Rectifier nonlinearities improve neural network acoustic
    models", 2013.

    Examples
    --------
    >>> leaky_relu([-2, 3], negative_slope=0.5).tolist()
    [-1.0, 3.0]
    """
    x, slope = as_float(x, "x"), number(negative_slope, "negative_slope")
    if slope == 0:
        return np.maximum(x, 0)  # aparte, porque 0 * -inf es NaN
    with np.errstate(over="ignore"):
        return np.where(x > 0, x, slope * x)


def elu(x, alpha=1.0):
    """Deja los valores positivos y dobla los negativos hacia ``-alpha``: ``alpha * (e^x - 1)``.

    Parameters
    ----------
    x : array_like
        Valores de cualquier forma.
    alpha : float, default 1.0
        Valor absoluto al que tienden los negativos.

    Returns
    -------
    ndarray
        Array de la misma forma que ``x``.

    Raises
    ------
    TypeError, ValueError
        Si ``x`` o ``alpha`` no son números reales, están vacíos o tienen NaN.

    References
    ----------
    D.-A. Clevert, T. Unterthiner y S. Hochreiter, "Fast and accurate deep network learning by
    exponential linear units (ELUs)", 2015.

    Examples
    --------
    >>> elu([-1, 0, 2]).round(3).tolist()
    [-0.632, 0.0, 2.0]
    """
    x, alpha = as_float(x, "x"), number(alpha, "alpha")
    return np.maximum(x, 0) + alpha * np.expm1(np.minimum(x, 0))


def selu(x):
    """Es la ELU con las dos constantes que conservan la media 0 y la varianza 1 entre capas.

    Parameters
    ----------
    x : array_like
        Valores de cualquier forma.

    Returns
    -------
    ndarray
        Array de la misma forma que ``x``.

    Raises
    ------
    TypeError, ValueError
        Si ``x`` no contiene números reales, está vacío o tiene NaN.

    References
    ----------
    G. Klambauer, T. Unterthiner, A. Mayr y S. Hochreiter, "Self-normalizing neural networks",
    2017.

    Examples
    --------
    >>> selu([-1, 0, 1]).round(4).tolist()
    [-1.1113, 0.0, 1.0507]
    """
    with np.errstate(over="ignore"):
        return SELU_SCALE * elu(x, SELU_ALPHA)


def sigmoid(x):
    """Lleva cada valor al intervalo (0, 1): ``1 / (1 + e^-x)``.

    Parameters
    ----------
    x : array_like
        Valores de cualquier forma.

    Returns
    -------
    ndarray
        Array de la misma forma que ``x``.

    Raises
    ------
    TypeError, ValueError
        Si ``x`` no contiene números reales, está vacío o tiene NaN.

    Examples
    --------
    >>> sigmoid([-1000, 0, 1000]).tolist()
    [0.0, 0.5, 1.0]
    """
    x = as_float(x, "x")
    small = np.exp(-np.abs(x))  # siempre entre 0 y 1: no desborda
    return np.where(x >= 0, 1, small) / (1 + small)


def tanh(x):
    """Lleva cada valor al intervalo (-1, 1) con la tangente hiperbólica.

    Parameters
    ----------
    x : array_like
        Valores de cualquier forma.

    Returns
    -------
    ndarray
        Array de la misma forma que ``x``.

    Raises
    ------
    TypeError, ValueError
        Si ``x`` no contiene números reales, está vacío o tiene NaN.

    Examples
    --------
    >>> tanh([-100, 0, 100]).tolist()
    [-1.0, 0.0, 1.0]
    """
    return np.tanh(as_float(x, "x"))


def softplus(x):
    """Es una ReLU sin esquina: ``log(1 + e^x)``.

    Parameters
    ----------
    x : array_like
        Valores de cualquier forma.

    Returns
    -------
    ndarray
        Array de la misma forma que ``x``.

    Raises
    ------
    TypeError, ValueError
        Si ``x`` no contiene números reales, está vacío o tiene NaN.

    Examples
    --------
    >>> softplus([-1000, 0, 1000]).round(4).tolist()
    [0.0, 0.6931, 1000.0]
    """
    return np.logaddexp(as_float(x, "x"), 0)


def number(value, name):
    """Devuelve un número finito de Python, que no cambia el dtype del array que multiplica."""
    number = as_float(value, name)
    if number.ndim or not np.isfinite(number):
        raise ValueError(
            f"{name}={value!r} debe ser un solo número finito. Usa, por ejemplo, {name}=0.1."
        )
    return number.item()


_ALL = (relu, leaky_relu, elu, selu, sigmoid, tanh, softplus, softmax, log_softmax)
BY_NAME = {function.__name__: function for function in _ALL}


def resolve(activation):
    """Devuelve la función de activación: ``None`` no hace nada, un texto la busca por nombre."""
    if activation is None:
        return lambda x: x
    if callable(activation):
        return activation
    if isinstance(activation, str):
        return BY_NAME[choice(activation, "activation", tuple(BY_NAME))]
    raise TypeError(
        f"activation={activation!r} no es una activación. Usa None, una función o uno de estos "
        f"nombres: {', '.join(map(repr, BY_NAME))}."
    )
