"""Lo que se le pide a un modelo ya montado: que aprenda, responda y se deje medir."""

from course_lib._layers import training


class Learner:
    """La parte de `Sequential` que trata con muestras; cómo se entrena está en ``training``."""

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
        >>> from course_lib.layers import Dense, Sequential
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
        >>> import numpy as np
        >>> from course_lib.layers import Conv2D, MaxPool2D, Sequential
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
        >>> from course_lib.layers import Dense, Sequential
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
        >>> from course_lib.layers import SGD, Dense, Sequential
        >>> modelo = Sequential([Dense(2)], input_shape=(1,))
        >>> historia = modelo.fit([[-1], [-2], [1], [2]], [0, 0, 1, 1], epochs=20,
        ...                       optimizer=SGD(0.5, momentum=0.9), progress=False)
        >>> historia.accuracy[-1], modelo.predict([[3]]).argmax(axis=1).tolist()
        (1.0, [1])
        """
        plan = training.Plan(epochs, batch_size, seed, progress)
        return training.fit(self, x, y, plan, optimizer, loss, validation_data)
