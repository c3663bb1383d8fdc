"""Los optimizadores: cuánto se mueve cada peso, dado su gradiente.

Un modelo guarda todos sus pesos en un solo vector, así que cada paso son unas pocas cuentas con
vectores, tenga el modelo las capas que tenga.
"""

import inspect

import numpy as np

from course_lib._layers.validate import real
from course_lib._ops.validate import choice


class Optimizer:
    """Lo común: una tasa de aprendizaje y una memoria por peso, que nace en el primer paso."""

    memories = 0

    def __init__(self, learning_rate):
        self.learning_rate = real(learning_rate, "learning_rate", 0, example=0.01)
        self._memory, self._steps = None, 0

    def step(self, params, grads):
        """Mueve `params`, un vector, en el sitio.

        Parameters
        ----------
        params, grads : ndarray de la misma forma
            Pesos, que se modifican, y sus gradientes, que no.

        Examples
        --------
        >>> pesos = np.ones(2)
        >>> SGD(learning_rate=0.5).step(pesos, np.array([2.0, 0.0]))
        >>> pesos.tolist()
        [0.0, 1.0]
        """
        if self._memory is None:
            self._memory = np.zeros((self.memories, *params.shape), params.dtype)
        if self._memory.shape[1:] != params.shape:
            raise ValueError(
                f"Este {type(self).__name__} ya entrenó un modelo de {self._memory.shape[1]} "
                f"parámetros y este tiene {params.size}. Crea un optimizador para cada modelo."
            )
        self._steps += 1
        self._move(params, grads)

    def _move(self, params, grads):
        raise NotImplementedError


class SGD(Optimizer):
    """Descenso por gradiente, con inercia: ``v = momentum*v + g``; ``w = w - learning_rate*v``.

    Parameters
    ----------
    learning_rate : float, default 0.01
        Tamaño del paso.
    momentum : float, default 0.0
        Parte de la velocidad anterior que se conserva, desde 0 y menor que 1.

    Raises
    ------
    TypeError, ValueError
        Si un argumento no es un número o está fuera de su intervalo.

    References
    ----------
    B. Polyak, "Some methods of speeding up the convergence of iteration methods", 1964.

    Examples
    --------
    >>> pesos = np.array([1.0, 2.0])
    >>> SGD(learning_rate=0.1).step(pesos, np.array([10.0, 0.0]))
    >>> pesos.tolist()
    [0.0, 2.0]
    """

    memories = 1

    def __init__(self, learning_rate=0.01, momentum=0.0):
        super().__init__(learning_rate)
        self.momentum = real(momentum, "momentum", 0, 1, example=0.9)

    def _move(self, params, grads):
        (velocity,) = self._memory
        velocity *= self.momentum
        velocity += grads
        params -= self.learning_rate * velocity


class Adam(Optimizer):
    """Da a cada peso un paso propio: el gradiente medio entre su tamaño habitual.

    Parameters
    ----------
    learning_rate : float, default 0.001
        Tamaño del paso.
    beta_1, beta_2 : float, default 0.9 y 0.999
        Memoria de la media del gradiente y de la de su cuadrado, desde 0 y menores que 1.
    epsilon : float, default 1e-8
        Evita dividir por cero.

    Raises
    ------
    TypeError, ValueError
        Si un argumento no es un número o está fuera de su intervalo.

    References
    ----------
    D. Kingma y J. Ba, "Adam: a method for stochastic optimization", 2015.

    Examples
    --------
    >>> pesos = np.array([1.0, 2.0])
    >>> Adam(learning_rate=0.1).step(pesos, np.array([10.0, -0.5]))
    >>> pesos.round(6).tolist()
    [0.9, 2.1]
    """

    memories = 2

    def __init__(self, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-8):
        super().__init__(learning_rate)
        self.beta_1 = real(beta_1, "beta_1", 0, 1, example=0.9)
        self.beta_2 = real(beta_2, "beta_2", 0, 1, example=0.999)
        self.epsilon = real(epsilon, "epsilon", 0, example=1e-8)

    def _move(self, params, grads):
        mean, square = self._memory
        mean += (1 - self.beta_1) * (grads - mean)
        square *= self.beta_2
        square += (1 - self.beta_2) * grads * grads
        # Las memorias nacen a cero y tiran hacia él; estas dos correcciones lo compensan.
        first, second = 1 - self.beta_1**self._steps, 1 - self.beta_2**self._steps
        size = np.sqrt(square)
        size /= second**0.5
        size += self.epsilon
        params -= self.learning_rate / first * mean / size


_BY_NAME = {"sgd": SGD, "adam": Adam}


def as_optimizer(optimizer):
    """Devuelve el optimizador: por nombre, con sus valores de siempre, o el que se da."""
    if isinstance(optimizer, Optimizer):
        return optimizer
    if inspect.isclass(optimizer) and issubclass(optimizer, Optimizer):
        raise TypeError(
            f"optimizer={optimizer.__name__} es la clase. Usa paréntesis: {optimizer.__name__}()."
        )
    return _BY_NAME[choice(optimizer, "optimizer", tuple(_BY_NAME))]()
