"""El modelo: capas una detrás de otra."""

import numpy as np

from course_lib._layers import summary
from course_lib._layers.assembly import as_dtype, as_layers, label, pack
from course_lib._layers.base import Layer
from course_lib._layers.learning import Learner
from course_lib._layers.validate import as_seed, as_shape


class Sequential(Learner, Layer):
    """Encadena capas: la salida de cada una es la entrada de la siguiente.

    Parameters
    ----------
    layers : lista de capas
        En orden, de la imagen a la respuesta.
    input_shape : (alto, ancho, canales) o (características,), opcional
        Forma de una muestra, sin el lote. Sin ella, el modelo se construye con el primer lote.
    seed : int, default 0
        Semilla de los pesos iniciales: con la misma, los mismos.
    dtype : np.float32 o np.float64, default np.float32
        Precisión de los pesos y de las cuentas.

    Attributes
    ----------
    layers : lista de capas
        Se puede leer ``modelo.layers[0].kernel``, y asignar.
    weights, gradients : ndarray
        Todos los parámetros, y sus gradientes, en un solo vector; los de las capas son vistas.

    Raises
    ------
    TypeError, ValueError
        Si algo de la lista no es una capa, si una está repetida o si las formas no encajan.

    Examples
    --------
    >>> from course_lib.layers import Conv2D, Dense, Flatten, MaxPool2D
    >>> modelo = Sequential([Conv2D(4, 3, activation="relu"), MaxPool2D(), Flatten(), Dense(10)],
    ...                     input_shape=(8, 8, 1))
    >>> modelo.output_shape, modelo.count_params()
    ((10,), 410)
    >>> modelo.predict(np.zeros((2, 8, 8, 1))).shape
    (2, 10)
    """

    def __init__(self, layers, *, input_shape=None, seed=0, dtype=np.float32):
        super().__init__()
        self.layers = as_layers(layers)
        self.seed, self.dtype = as_seed(seed), as_dtype(dtype)
        label(self.layers)
        if input_shape is not None:
            self.build(input_shape)

    @property
    def label(self):
        """Cómo se llama el modelo en los errores."""
        return "El modelo"

    def build(self, input_shape, *, seed=None, dtype=None):
        """Da forma a las capas y crea sus parámetros; lo aprendido se pierde.

        Parameters
        ----------
        input_shape : (alto, ancho, canales) o (características,)
            Forma de una muestra, sin el lote.
        seed, dtype : opcionales
            Si se dan, sustituyen a los del modelo.

        Returns
        -------
        El propio modelo.

        Examples
        --------
        >>> from course_lib.layers import Flatten
        >>> Sequential([Flatten()]).build((2, 2, 3))
        <El modelo: (2, 2, 3) → (12,)>
        """
        self.seed = self.seed if seed is None else as_seed(seed)
        self.dtype = self.dtype if dtype is None else as_dtype(dtype)
        shape = as_shape(input_shape, self.label)
        for index, layer in enumerate(self.layers):
            # Una semilla por capa: cambiar una no cambia los pesos iniciales de las demás.
            layer.build(shape, seed=[self.seed, index], dtype=self.dtype)
            shape = layer.output_shape
        self.input_shape, self.output_shape = as_shape(input_shape, self.label), shape
        self.weights, self.gradients = pack(self.layers, self.dtype)
        return self

    def steps(self):
        """Las operaciones del modelo, en orden: la de cada capa y su activación.

        Returns
        -------
        list

        Examples
        --------
        >>> from course_lib.layers import Dense, Flatten
        >>> modelo = Sequential([Flatten(), Dense(2, activation="relu")], input_shape=(1, 3, 1))
        >>> [type(paso).__name__ for paso in modelo.steps()]
        ['Flatten', 'Dense', 'ReLU']
        """
        return [step for layer in self.layers for step in layer.steps()]

    def count_params(self):
        """Número de parámetros que se aprenden, los de todas las capas.

        Returns
        -------
        int

        Examples
        --------
        >>> from course_lib.layers import Dense
        >>> Sequential([Dense(4), Dense(2)], input_shape=(3,)).count_params()
        26
        """
        return sum(layer.count_params() for layer in self.layers)

    def summary(self):
        """Devuelve una tabla con la forma, los parámetros, las MACs y el campo receptivo.

        Returns
        -------
        str
            Para verla, ``print(modelo.summary())``.

        Examples
        --------
        >>> from course_lib.layers import Dense
        >>> print(Sequential([Dense(3, activation="relu")], input_shape=(2,)).summary())
        Entrada 2
        ─────────────────────────────────────────────────────────────────
        Capa                    Salida  Parámetros  MACs  Campo receptivo
        ─────────────────────────────────────────────────────────────────
        dense_1 (Dense + ReLU)  3                9     6  toda la entrada
        ─────────────────────────────────────────────────────────────────
        Total                                    9     6
        """
        return summary.table(self)

    def __setstate__(self, state):
        """Al copiar o leer de un archivo, los parámetros de las capas vuelven a ser vistas."""
        self.__dict__.update(state)
        values = [value for layer in self.layers for value in layer.params.values()]
        if any(value.base is not self.weights for value in values):
            self.weights, self.gradients = pack(self.layers, self.dtype)
