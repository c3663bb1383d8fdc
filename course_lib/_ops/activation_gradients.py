"""La derivada de cada activación, por el gradiente que llega de la salida (regla de la cadena)."""

import numpy as np

from course_lib._ops.activations import BY_NAME, SELU_ALPHA, SELU_SCALE, number, sigmoid
from course_lib._ops.softmax import softmax
from course_lib._ops.validate import as_float, as_gradient, choice, finished


def activation_backward(dy, x, activation, **options):
    """Calcula el gradiente respecto a la entrada de una activación.

    Una sola función sirve para todas, con el mismo nombre que ``conv2d(..., activation=)``.

    Parameters
    ----------
    dy : array_like con la forma de ``x``
        Gradiente de la pérdida respecto a cada valor de la salida; nunca se modifica.
    x : array_like
        Lo que recibió la activación.
    activation : str o None
        Su nombre: "relu", "leaky_relu", "elu", "selu", "sigmoid", "tanh", "softplus", "softmax"
        o "log_softmax"; ``None`` no cambia nada.
    **options
        Los demás argumentos que recibió: ``negative_slope`` de ``leaky_relu``, ``alpha`` de
        ``elu``, ``axis`` de ``softmax`` y ``log_softmax``.

    Returns
    -------
    ndarray con la forma de ``x``
        Gradiente respecto a ``x``. En la esquina de ``relu`` y ``leaky_relu`` se toma la
        derivada de la izquierda, como en PyTorch.

    Raises
    ------
    TypeError, ValueError
        Los mismos casos que la activación, si su nombre no existe, si no conoce alguna opción o
        si ``dy`` no tiene la forma de ``x``.

    Examples
    --------
    >>> activation_backward([10, 20, 30], [-2, 0, 3], "relu").tolist()
    [0.0, 0.0, 30.0]
    >>> activation_backward([10, 20], [-2, 3], "leaky_relu", negative_slope=0.5).tolist()
    [5.0, 20.0]
    """
    x = as_float(x, "x")
    dy = as_gradient(dy, x.shape, x)
    if activation is None:
        return dy.copy()
    name = choice(activation, "activation", tuple(BY_NAME))
    options = {**_DEFAULTS.get(name, {}), **_known(name, options)}
    with np.errstate(over="ignore", invalid="ignore"):
        return finished(_GRADIENTS[name](dy, x, **options), dy=dy, x=x)


def _known(name, options):
    """Devuelve las opciones si la activación las conoce todas."""
    known = tuple(_DEFAULTS.get(name, {}))
    for option, value in options.items():
        if option not in known:
            cure = f"Usa {' o '.join(known)}." if known else "Quítalo: no tiene ninguno."
            raise TypeError(f"{option}={value!r} no es un argumento de {name}. {cure}")
    return options


def _relu(dy, x):
    return np.where(x > 0, dy, 0)


def _leaky_relu(dy, x, negative_slope):
    return np.where(x > 0, dy, number(negative_slope, "negative_slope") * dy)


def _elu(dy, x, alpha):
    return np.where(x > 0, dy, dy * (number(alpha, "alpha") * np.exp(np.minimum(x, 0))))


def _selu(dy, x):
    return SELU_SCALE * _elu(dy, x, SELU_ALPHA)


def _sigmoid(dy, x):
    return dy * sigmoid(x) * sigmoid(-x)  # 1 - sigmoid(x) perdería los dígitos de una x grande


def _tanh(dy, x):
    return 4 * _sigmoid(dy, 2 * x)  # tanh(x) = 2 sigmoid(2x) - 1


def _softplus(dy, x):
    return dy * sigmoid(x)


def _softmax(dy, x, axis):
    probabilities = softmax(x, axis)
    return probabilities * (dy - (dy * probabilities).sum(axis=axis, keepdims=True))


def _log_softmax(dy, x, axis):
    return dy - softmax(x, axis) * dy.sum(axis=axis, keepdims=True)


_DEFAULTS = {
    "leaky_relu": {"negative_slope": 0.01},
    "elu": {"alpha": 1.0},
    "softmax": {"axis": -1},
    "log_softmax": {"axis": -1},
}
_GRADIENTS = {
    "relu": _relu,
    "leaky_relu": _leaky_relu,
    "elu": _elu,
    "selu": _selu,
    "sigmoid": _sigmoid,
    "tanh": _tanh,
    "softplus": _softplus,
    "softmax": _softmax,
    "log_softmax": _log_softmax,
}
