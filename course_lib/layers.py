"""Capas que aprenden: las operaciones de `ops` con parámetros, que saben ir y volver.

Cada capa tiene ``forward(x)``, la salida de un lote, y ``backward(dy)``, el gradiente respecto a la
entrada a partir del de la salida; el de los parámetros queda en ``capa.grads``. `Sequential` las
encadena y las entrena. Las convenciones son las de `ops`: lotes (N, alto, ancho, canales), kernel
(kh, kw, C_in/groups, C_out).

Una red pequeña que aprende si una imagen tiene una raya vertical u horizontal:

>>> import numpy as np
>>> x = np.zeros((10, 5, 5, 1))
>>> for i in range(5):
...     x[i, :, i], x[5 + i, i] = 1, 1
>>> y = [0] * 5 + [1] * 5
>>> modelo = Sequential([Conv2D(4, 3, activation="relu"), MaxPool2D(3), Flatten(), Dense(2)],
...                     input_shape=(5, 5, 1))
>>> historia = modelo.fit(x, y, epochs=60, optimizer=Adam(0.02), progress=False)
>>> modelo.evaluate(x, y)[1]
1.0
"""

from course_lib._layers.activations import (
    ELU,
    SELU,
    LeakyReLU,
    ReLU,
    Sigmoid,
    Softmax,
    Softplus,
    Tanh,
)
from course_lib._layers.conv import Conv2D
from course_lib._layers.dense import Dense, Flatten
from course_lib._layers.exchange import from_keras, from_pytorch, to_keras, to_pytorch
from course_lib._layers.gradcheck import gradient_check
from course_lib._layers.losses import MeanSquaredError, SoftmaxCrossEntropy
from course_lib._layers.optimizers import SGD, Adam
from course_lib._layers.pooling import AvgPool2D, MaxPool2D
from course_lib._layers.sequential import Sequential
from course_lib._layers.training import History, TrainingStopped

__all__ = [
    "ELU",
    "SELU",
    "SGD",
    "Adam",
    "AvgPool2D",
    "Conv2D",
    "Dense",
    "Flatten",
    "History",
    "LeakyReLU",
    "MaxPool2D",
    "MeanSquaredError",
    "ReLU",
    "Sequential",
    "Sigmoid",
    "Softmax",
    "SoftmaxCrossEntropy",
    "Softplus",
    "Tanh",
    "TrainingStopped",
    "from_keras",
    "from_pytorch",
    "gradient_check",
    "to_keras",
    "to_pytorch",
]
