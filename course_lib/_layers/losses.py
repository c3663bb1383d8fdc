"""Las pérdidas: un número que dice cuánto se equivoca el modelo, y hacia dónde corregirlo."""

import numpy as np

from course_lib._layers.base import inward, outward
from course_lib._layers.validate import fitting_array
from course_lib._ops.validate import as_real, choice


class SoftmaxCrossEntropy:
    """Entropía cruzada de la softmax de cada fila: ``-log(probabilidad de la clase correcta)``.

    Recibe la salida *antes* de la softmax (los logits), que aplica ella: juntas son exactas
    también cuando una probabilidad se redondea a cero, y su gradiente es ``probabilidades - y``.

    Raises
    ------
    TypeError, ValueError
        Si los logits no son (N, clases), o ``y`` no tiene una clase de 0 a ``clases - 1`` por fila.

    Examples
    --------
    >>> perdida = SoftmaxCrossEntropy()
    >>> round(perdida.forward([[0, 0]], [1]), 4)
    0.6931
    >>> perdida.backward().tolist()
    [[0.5, -0.5]]
    """

    name, counts_hits = "crossentropy", True
    _gradient = None

    def forward(self, logits, y):
        """Pérdida media de un lote: logits (N, clases), y con la clase de cada fila.

        Examples
        --------
        >>> SoftmaxCrossEntropy().forward([[1000, 0]], [0])
        0.0
        """
        logits = fitting_logits(logits)
        y = self.targets(y, (len(logits), logits.shape[1]), "y")
        with np.errstate(all="ignore"):
            value, self._gradient = self.both(inward(logits), y)
        return float(value)

    def backward(self):
        """Gradiente de la pérdida respecto a los logits del último `forward`.

        Examples
        --------
        >>> perdida = SoftmaxCrossEntropy()
        >>> _ = perdida.forward([[0, 0]], [1])
        >>> perdida.backward().tolist()
        [[0.5, -0.5]]
        """
        return outward(_ran(self._gradient))

    def targets(self, y, shape, name):
        """Devuelve las clases como enteros: (N,) de 0 a K-1, o (N, K) con un 1 en cada fila.

        Examples
        --------
        >>> SoftmaxCrossEntropy().targets([[0, 1], [1, 0]], (2, 2), "y").tolist()
        [1, 0]
        """
        n, classes = shape
        y = as_real(y, name)
        if y.shape == (n, classes) and classes > 1:
            return _from_one_hot(y, name)
        if y.shape != (n,):
            raise ValueError(
                f"{name} tiene forma {y.shape}; se esperaba ({n},), la clase de cada muestra, o "
                f"{(n, classes)}, con un 1 en la clase. Comprueba que x e y tengan el mismo largo."
            )
        if (y != np.floor(y)).any() or y.min() < 0 or y.max() >= classes:
            raise ValueError(
                f"{name} tiene valores de {y.min()} a {y.max()}; con {classes} salidas se "
                f"esperaban clases enteras de 0 a {classes - 1}. Renumera las clases o cambia las "
                "salidas de la última capa."
            )
        return y.astype(np.intp)

    def both(self, logits, y):
        """Valor y gradiente con el lote al final: logits (K, N).

        Examples
        --------
        >>> valor, gradiente = SoftmaxCrossEntropy().both(np.zeros((2, 1)), np.array([1]))
        >>> gradiente.tolist()
        [[0.5], [-0.5]]
        """
        scores = logits - logits.max(axis=0)  # no cambia la softmax, y las exponenciales caben
        exponentials = np.exp(scores)
        total = exponentials.sum(axis=0)
        at = y, np.arange(len(y))
        value = (np.log(total) - scores[at]).mean()
        exponentials /= total
        exponentials[at] -= 1
        exponentials /= len(y)
        return value, exponentials


class MeanSquaredError:
    """Error cuadrático medio: la media de ``(salida - y)²`` en todos los valores.

    Raises
    ------
    TypeError, ValueError
        Si la salida o ``y`` no son arrays de números de la misma forma.

    Examples
    --------
    >>> perdida = MeanSquaredError()
    >>> perdida.forward([[1, 2]], [[1, 4]])
    2.0
    >>> perdida.backward().tolist()
    [[0.0, -2.0]]
    """

    name, counts_hits = "mse", False
    _gradient = None

    def forward(self, output, y):
        """Pérdida media de un lote.

        Examples
        --------
        >>> MeanSquaredError().forward([[1, 2]], [[1, 4]])
        2.0
        """
        output = as_real(output, "output")
        y = self.targets(y, output.shape, "y")
        with np.errstate(all="ignore"):
            value, self._gradient = self.both(output.astype(float), y.astype(float))
        return float(value)

    def backward(self):
        """Gradiente de la pérdida respecto a la salida del último `forward`.

        Examples
        --------
        >>> perdida = MeanSquaredError()
        >>> _ = perdida.forward([[1, 2]], [[1, 4]])
        >>> perdida.backward().tolist()
        [[0.0, -2.0]]
        """
        return _ran(self._gradient)

    def targets(self, y, shape, name):
        """Devuelve los valores deseados: un array con la forma de la salida.

        Examples
        --------
        >>> MeanSquaredError().targets([[1, 4]], (1, 2), "y").tolist()
        [[1, 4]]
        """
        return fitting_array(y, shape, name)

    def both(self, output, y):
        """Valor y gradiente, con el lote en cualquier eje.

        Examples
        --------
        >>> valor, gradiente = MeanSquaredError().both(np.array([1.0, 2]), np.array([1, 4]))
        >>> gradiente.tolist()
        [0.0, -2.0]
        """
        error = output - y
        return np.square(error).mean(), error * (2 / error.size)


def _ran(gradient):
    """El gradiente que dejó `forward`."""
    if gradient is None:
        raise RuntimeError("La pérdida aún no se ha calculado: llama a forward antes de backward.")
    return gradient


def fitting_logits(logits):
    """Devuelve la salida de un clasificador comprobada: (N, clases)."""
    logits = as_real(logits, "logits")
    if logits.ndim != 2 or logits.shape[1] < 2:
        raise ValueError(
            f"La salida tiene forma {logits.shape}; la entropía cruzada espera (N, clases), con "
            "dos clases o más. Termina el modelo con Flatten() y Dense(clases), o usa loss='mse'."
        )
    return logits if logits.dtype.kind == "f" else logits.astype(float)


def _from_one_hot(y, name):
    if not ((y == 0) | (y == 1)).all() or (y.sum(axis=1) != 1).any():
        raise ValueError(
            f"{name} tiene forma {y.shape} pero no un 1 y ceros en cada fila. Usa la clase de cada "
            f"muestra, por ejemplo {name}.argmax(axis=1)."
        )
    return y.argmax(axis=1)


_BY_NAME = {kind.name: kind for kind in (SoftmaxCrossEntropy, MeanSquaredError)}


def as_loss(loss):
    """Devuelve la pérdida: por nombre o la que se da."""
    if isinstance(loss, tuple(_BY_NAME.values())):
        return loss
    return _BY_NAME[choice(loss, "loss", tuple(_BY_NAME))]()
