"""El modelo: capas una detrás de otra."""

import numpy as np

from course_lib._layers import summary, training
from course_lib._layers.assembly import as_dtype, as_layers, label, pack
from course_lib._layers.base import Layer
from course_lib._layers.validate import as_seed, as_shape


class Sequential(Layer):
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
        """Las operaciones del modelo, en orden: la de cada capa y su activación."""
        return [step for layer in self.layers for step in layer.steps()]

    def count_params(self):
        """Número de parámetros que se aprenden."""
        return sum(layer.count_params() for layer in self.layers)

    def predict(self, x, *, batch_size=32):
        """Calcula la salida de muchas muestras, por lotes.

        Parameters
        ----------
        x : array_like de forma (N, alto, ancho, canales) o (N, características)
            Muestras.
        batch_size : int, default 32
            Cuántas se calculan a la vez.

        Returns
        -------
        ndarray de forma (N, ...)
            Lo que da la última capa: probabilidades si es una softmax; si no, puntuaciones. La
            clase es ``predict(x).argmax(axis=1)``.

        Examples
        --------
        >>> from course_lib.layers import Dense
        >>> Sequential([Dense(3)]).predict([[1, 2], [3, 4]]).shape
        (2, 3)
        """
        return training.predict(self, x, batch_size)[self.layers[-1].name]

    def outputs(self, x, *, batch_size=32):
        """Calcula lo que sale de cada capa: sus mapas de características.

        Parameters
        ----------
        x : array_like de forma (N, alto, ancho, canales) o (N, características)
            Muestras.
        batch_size : int, default 32
            Cuántas se calculan a la vez.

        Returns
        -------
        dict of str to ndarray
            La salida de cada capa, por su nombre.

        Examples
        --------
        >>> from course_lib.layers import Conv2D, MaxPool2D
        >>> modelo = Sequential([Conv2D(4, 3), MaxPool2D(name="resumen")])
        >>> {nombre: y.shape for nombre, y in modelo.outputs(np.ones((2, 8, 8, 1))).items()}
        {'conv2d_1': (2, 6, 6, 4), 'resumen': (2, 3, 3, 4)}
        """
        return training.predict(self, x, batch_size, every=True)

    def evaluate(self, x, y, *, batch_size=32, loss="crossentropy"):
        """Mide la pérdida y el acierto, sin aprender nada.

        Parameters
        ----------
        x, y, batch_size, loss
            Los mismos que en `fit`.

        Returns
        -------
        (float, float)
            Pérdida media y fracción de aciertos; con ``loss="mse"`` la segunda es ``None``.

        Examples
        --------
        >>> from course_lib.layers import Dense
        >>> modelo = Sequential([Dense(2)], input_shape=(2,))
        >>> modelo.layers[0].kernel = [[1, 0], [0, 1]]
        >>> modelo.evaluate([[9, 0], [0, 9], [0, 9], [0, 9]], [0, 1, 1, 0])[1]
        0.75
        """
        return training.evaluate(self, x, y, batch_size, loss)

    def fit(
        self,
        x,
        y,
        *,
        epochs=10,
        batch_size=32,
        optimizer="adam",
        loss="crossentropy",
        validation_data=None,
        seed=0,
        progress=True,
    ):
        """Entrena el modelo y devuelve cómo fue.

        Parameters
        ----------
        x : array_like de forma (N, alto, ancho, canales) o (N, características)
            Muestras.
        y : array_like
            Con ``"crossentropy"``, la clase de cada una: (N,) o (N, clases) con un 1; con
            ``"mse"``, los valores deseados, con la forma de la salida.
        epochs, batch_size : int, default 10 y 32
            Vueltas completas a los datos y muestras por paso.
        optimizer : "adam", "sgd" o uno ya creado, default "adam"
            Cómo se mueven los pesos; por ejemplo ``SGD(0.05, momentum=0.9)``.
        loss : {"crossentropy", "mse"}, default "crossentropy"
            Qué se reduce. La entropía cruzada incluye la softmax: si el modelo ya termina en una,
            no se aplica dos veces.
        validation_data : (x, y), opcional
            Muestras para medir al final de cada época, que no se aprenden.
        seed : int, default 0
            Semilla del orden de las muestras.
        progress : bool, default True
            Si dibuja la barra de progreso.

        Returns
        -------
        History
            Pérdida y acierto de cada época, para dibujarlos.

        Raises
        ------
        TrainingStopped
            Si la pérdida deja de ser un número finito; el modelo conserva los últimos pesos que
            la daban finita.
        TypeError, ValueError
            Si algún argumento no vale o las formas no encajan.

        Examples
        --------
        >>> from course_lib.layers import SGD, Dense
        >>> modelo = Sequential([Dense(2)], input_shape=(1,))
        >>> historia = modelo.fit([[-1], [-2], [1], [2]], [0, 0, 1, 1], epochs=20,
        ...                       optimizer=SGD(0.5, momentum=0.9), progress=False)
        >>> historia.accuracy[-1], modelo.predict([[3]]).argmax(axis=1).tolist()
        (1.0, [1])
        """
        plan = training.Plan(epochs, batch_size, seed, progress)
        return training.fit(self, x, y, plan, optimizer, loss, validation_data)

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
