"""Lo que comparten todas las capas: formas, parámetros, y la ida y la vuelta de un lote.

Por fuera, los arrays van como en todo el curso: lotes (N, H, W, C) o (N, F). Por dentro, el lote
es el **último** eje: (H, C, W, N) o (F, N). `lowering` explica por qué así es rápido. Se convierte
una vez al entrar en el modelo y otra al salir, no en cada capa.
"""

import math

import numpy as np

from course_lib._layers.validate import as_inputs, as_shape, cast, fitting_array
from course_lib._ops.validate import as_real


class Layer:
    """Una pieza que sabe ir (`forward`) y volver (`backward`).

    Una subclase escribe `_plan` (qué forma sale de una forma), `_initial` (sus parámetros),
    `_ahead` y `_back` (las cuentas, con el lote al final).
    """

    def __init__(self, name=None, activation=None):
        self._named, self.name = name is not None, name or type(self).__name__.lower()
        self.activation = activation
        self.input_shape = self.output_shape = None
        self.params, self.grads = {}, {}
        self._place, self._arrays = "", {}

    # --- construir ---

    @property
    def label(self):
        """Cómo se llama la capa en los errores: dónde está, de qué clase es y su nombre."""
        return f"{self._place}{type(self).__name__} «{self.name}»"

    def build(self, input_shape, *, seed=0, dtype=np.float32):
        """Fija la forma de la entrada y crea los parámetros.

        Parameters
        ----------
        input_shape : (alto, ancho, canales) o (características,)
            Forma de una muestra, sin el lote.
        seed : int, default 0
            Semilla de los pesos: con la misma, los mismos.
        dtype : np.float32 o np.float64, default np.float32
            Precisión de los pesos y de las cuentas.

        Returns
        -------
        La propia capa.

        Examples
        --------
        >>> from course_lib.layers import Conv2D
        >>> capa = Conv2D(4, 3).build((8, 8, 1))
        >>> capa.output_shape, capa.count_params()
        ((6, 6, 4), 40)
        """
        self.dtype, self._arrays = np.dtype(dtype), {}
        self.input_shape = as_shape(input_shape, self.label)
        self.output_shape = tuple(self._plan(self.input_shape))
        initial = self._initial(np.random.default_rng(seed))
        self.params = {name: value.astype(self.dtype) for name, value in initial.items()}
        self.grads = {name: np.zeros_like(value) for name, value in self.params.items()}
        if self.activation is not None:
            self.activation._place = f"{self.label}, activación "
            self.activation.build(self.output_shape, dtype=dtype)
        return self

    def steps(self):
        """Las operaciones que hace la capa, en orden: la suya y su activación.

        >>> from course_lib.layers import Dense
        >>> [type(paso).__name__ for paso in Dense(2, activation="relu").steps()]
        ['Dense', 'ReLU']
        """
        return [self] if self.activation is None else [self, self.activation]

    def count_params(self):
        """Número de parámetros que se aprenden.

        >>> from course_lib.layers import Dense
        >>> Dense(2).build((3,)).count_params()
        8
        """
        return sum(value.size for value in self.params.values())

    # --- ir y volver ---

    def forward(self, x):
        """Calcula la salida de un lote y recuerda lo que `backward` necesita.

        Parameters
        ----------
        x : array_like de forma (N, alto, ancho, canales) o (N, características)
            Lote. Si la capa no está construida, se construye con su forma.

        Returns
        -------
        ndarray
            Salida, con el lote en el primer eje.

        Examples
        --------
        >>> from course_lib.layers import Dense
        >>> Dense(3).forward([[1, 2], [3, 4]]).shape
        (2, 3)
        """
        x = as_real(x, "x")
        if self.input_shape is None:
            self.build(x.shape[1:])
        x = inward(cast(as_inputs(x, self), self.dtype, f"{self.label}: x"))
        with np.errstate(all="ignore"):
            return outward(run(self.steps(), x))

    def backward(self, dy):
        """Calcula el gradiente de la entrada a partir del de la salida del último `forward`.

        Parameters
        ----------
        dy : array_like con la forma de la salida
            Cuánto cambia la pérdida con cada valor de la salida.

        Returns
        -------
        ndarray con la forma de la entrada
            Lo mismo para la entrada; lo de los parámetros queda en ``grads``.

        Examples
        --------
        >>> from course_lib.layers import ReLU
        >>> capa = ReLU()
        >>> _ = capa.forward([[-1, 2]])
        >>> capa.backward([[5, 5]]).tolist()
        [[0.0, 5.0]]
        """
        ran = getattr(self.steps()[-1], "_ran", None)
        if ran is None:
            raise RuntimeError(f"{self.label}: llama a forward(x) antes de backward(dy).")
        wanted = (ran, *self.steps()[-1].output_shape)
        name = f"{self.label}: dy"
        dy = cast(fitting_array(dy, wanted, name), self.dtype, name)
        with np.errstate(all="ignore"):
            return outward(run_back(self.steps(), inward(dy)))

    # --- lo que escribe cada capa ---

    def _plan(self, input_shape):
        """Comprueba la forma de entrada, prepara lo que depende de ella y da la de salida."""
        return input_shape

    def _initial(self, rng):
        """Los valores iniciales de los parámetros."""
        return {}

    def _ahead(self, x):
        raise NotImplementedError

    def _back(self, dy, wanted):
        raise NotImplementedError

    def _macs(self):
        """Multiplicaciones con suma que hace la capa con una muestra."""
        return 0

    def _window(self):
        """Ventana de un píxel de salida: (largo, paso) en cada eje; None, si lo ve todo."""
        return (1, 1), (1, 1)

    def _array(self, name, shape, dtype=None):
        """Un array de trabajo que se reutiliza en cada lote; nace a cero.

        Pedir memoria nueva en cada paso cuesta más que las cuentas: el sistema la entrega página
        a página. Lo que nunca se escribe, como el borde de padding, sigue a cero.
        """
        key = (name, shape)
        if key not in self._arrays:
            self._arrays[key] = np.zeros(shape, dtype or self.dtype)
        return self._arrays[key]

    def __repr__(self):
        return f"<{self.label}: {self.input_shape} → {self.output_shape}>"


class Parameter:
    """Atributo que lee y escribe un parámetro: `capa.kernel = valores` comprueba la forma."""

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, layer, owner=None):
        if layer is None:
            return self
        if layer.input_shape is None:
            raise RuntimeError(
                f"{layer.label} aún no tiene parámetros: dependen de la forma de la entrada. "
                "Llama antes a forward(x) o a build((alto, ancho, canales))."
            )
        return layer.params.get(self.name)

    def __set__(self, layer, value):
        current = self.__get__(layer)
        if current is None:
            raise AttributeError(f"{layer.label} no tiene {self.name}. Créala con use_bias=True.")
        name = f"{layer.label}: {self.name}"
        current[...] = cast(fitting_array(value, current.shape, name), current.dtype, name)


def run(steps, x):
    """Pasa un lote (con N al final) por una lista de operaciones."""
    for step in steps:
        step._ran = x.shape[-1]
        x = step._ahead(x)
    return x


def run_back(steps, dy, stop=None):
    """Recorre las operaciones al revés.

    Al entrenar, `stop` es la primera que aprende algo: el gradiente de su entrada no lo usa nadie.
    """
    for index in range(len(steps) - 1, (stop or 0) - 1, -1):
        dy = steps[index]._back(dy, index != stop)
    return dy


def release(steps):
    """Suelta los arrays de trabajo."""
    for step in steps:
        step._arrays, step._ran = {}, None


def inward(batch):
    """De (N, H, W, C) a (H, C, W, N), o de (N, F) a (F, N); siempre una copia."""
    axes = (1, 3, 2, 0) if batch.ndim == 4 else (1, 0)
    return np.array(batch.transpose(axes), order="C")


def outward(array):
    """Lo contrario de `inward`."""
    axes = (3, 0, 2, 1) if array.ndim == 4 else (1, 0)
    return np.array(array.transpose(axes), order="C")


def size(shape):
    """Número de elementos de una forma."""
    return math.prod(shape)
