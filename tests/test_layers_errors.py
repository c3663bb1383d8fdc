"""Los errores de las capas: en qué capa, qué llegó, qué se esperaba y cómo arreglarlo."""

import warnings

import numpy as np
import pytest

from course_lib import layers
from course_lib.layers import (
    SGD,
    Adam,
    AvgPool2D,
    Conv2D,
    Dense,
    Flatten,
    MaxPool2D,
    ReLU,
    Sequential,
    from_keras,
    from_pytorch,
    gradient_check,
    to_keras,
    to_pytorch,
)

X, Y = np.ones((6, 8, 9, 2)), np.array([0, 1, 2, 0, 1, 2])


def net():
    return Sequential([Conv2D(4, 3, name="bordes"), MaxPool2D(), Flatten(), Dense(3)],
                      input_shape=(8, 9, 2))  # fmt: skip


def fit(x=X, y=Y, **options):
    return net().fit(x, y, **({"epochs": 1, "progress": False} | options))


def stacked(*stack):
    return Sequential(list(stack), input_shape=(8, 9, 2))


def worn():
    optimizer = Adam()
    Sequential([Dense(1)]).fit([[1]], [[1]], loss="mse", optimizer=optimizer, progress=False)
    return optimizer


SHARED = Dense(3)
STATE = to_pytorch(net())

# (llamada, excepción, lo que el mensaje dice, la cura)
CASES = {
    # constructores
    "filtros cero": (lambda: Conv2D(0, 3), ValueError, "filters=0", "filters=1"),
    "filtros decimales": (lambda: Conv2D(2.5, 3), TypeError, "filters=2.5", "divide con //"),
    "kernel de tres": (lambda: Conv2D(2, (3, 3, 2)),
        ValueError, "kernel_size=(3, 3, 2)", "(vertical, horizontal)"),
    "stride cero": (lambda: Conv2D(2, 3, stride=0), ValueError, "stride=0", "stride=1"),
    "dilatación negativa": (lambda: Conv2D(2, 3, dilation=-1),
        ValueError, "dilation=-1", "dilation=1"),
    "padding en mayúsculas": (lambda: Conv2D(2, 3, padding="SAME"),
        ValueError, "padding='SAME'", "padding='same'"),
    "grupos que no dividen": (lambda: Conv2D(5, 3, groups=2),
        ValueError, "filters=5 no se reparte entre groups=2", "filters=6"),
    "activación mal escrita": (lambda: Conv2D(2, 3, activation="Relu"),
        ValueError, "activation='Relu'", "activation='relu'"),
    "activación sin paréntesis": (lambda: Dense(2, activation=ReLU),
        TypeError, "activation=", "ReLU()"),
    "activación de otra clase": (lambda: Dense(2, activation=3),
        TypeError, "activation=3", "'relu'"),
    "bias que no es booleano": (lambda: Dense(2, use_bias=1),
        TypeError, "use_bias=1", "True o False"),
    "sorteo desconocido": (lambda: Dense(2, kernel_initializer="xavier"),
        ValueError, "kernel_initializer='xavier'", "'glorot'"),
    "unidades negativas": (lambda: Dense(-1), ValueError, "units=-1", "units=1"),
    "ventana cero": (lambda: MaxPool2D(0), ValueError, "pool_size=0", "pool_size=1"),
    "stride de pooling": (lambda: AvgPool2D(2, stride=(1, 0)), ValueError, "stride=0", "stride=1"),
    "padding de pooling": (lambda: MaxPool2D(2, padding="x"),
        ValueError, "padding='x'", "'valid', 'same'"),
    "dilatación de pooling": (lambda: MaxPool2D(2, dilation=0),
        ValueError, "dilation=0", "dilation=1"),
    "ceil_mode entero": (lambda: MaxPool2D(2, ceil_mode=1),
        TypeError, "ceil_mode=1", "True o False"),
    "padding que cuenta, con texto": (lambda: AvgPool2D(2, count_include_pad="no"),
        TypeError, "count_include_pad='no'", "True o False"),
    "ventana dilatada que no cabe": (lambda: stacked(MaxPool2D(3, dilation=5, name="p")),
        ValueError, "Capa 0, MaxPool2D «p»: pool_size=3×3 no cabe", "menos dilatación"),
    "ventana entera fuera": (lambda: stacked(AvgPool2D(2, padding=2, name="p")),
        ValueError, "Capa 0, AvgPool2D «p»: padding=2 deja", "Usa menos padding"),
    "valores que no caben": (lambda: Dense(2).forward([[1e300, 1.0]]),
        ValueError, "Dense «dense»: x tiene valores de hasta 1.0e+300", "dtype=np.float64"),
    "pesos que no caben": (lambda: setattr(Dense(1).build((1,)), "kernel", [[1e300]]),
        ValueError, "kernel tiene valores de hasta 1.0e+300", "dtype=np.float64"),
    "datos que no caben": (lambda: fit(x=X * 1e300),
        ValueError, "x tiene valores de hasta 1.0e+300, que no caben en float32", "su máximo"),
    "lo que no es un modelo": (lambda: to_pytorch(Dense(2)),
        TypeError, "model=<Dense «dense»", "Sequential([...])"),
    "pesos de Keras sin lista": (lambda: from_keras(net(), None),
        TypeError, "weights=None", "red.get_weights()"),
    "pesos de PyTorch sin nombres": (lambda: from_pytorch(net(), [np.ones(3)]),
        TypeError, "state=[array([1., 1., 1.])]", "red.state_dict()"),
    "pérdida sin calcular": (lambda: layers.MeanSquaredError().backward(),
        RuntimeError, "aún no se ha calculado", "forward antes de backward"),
    "entropía sin calcular": (lambda: layers.SoftmaxCrossEntropy().backward(),
        RuntimeError, "aún no se ha calculado", "forward antes de backward"),
    "pendiente de texto": (lambda: layers.LeakyReLU("a"),
        TypeError, "negative_slope='a'", "np.array"),
    # montar el modelo
    "lista vacía": (lambda: Sequential([]), TypeError, "layers=[]", "Sequential([Flatten()"),
    "una sola capa": (lambda: Sequential(Dense(2)), TypeError, "Dense", "Sequential([Flatten()"),
    "capa sin paréntesis": (lambda: Sequential([Flatten]),
        TypeError, "layers[0]=", "Usa paréntesis: Flatten(...)"),
    "no es una capa": (lambda: Sequential([Flatten(), "relu"]),
        TypeError, "layers[1]='relu'", "Dense(10)"),
    "modelo dentro de otro": (lambda: Sequential([net()]),
        TypeError, "layers[0]=<El modelo: (8, 9, 2)", "Dense(10)"),
    "capa de otro modelo": (lambda: Sequential(net().layers[:2]),
        ValueError, "layers[0] ya está en otro modelo", "modelo.outputs(x)"),
    "nombre repetido": (lambda: Sequential([ReLU("a"), ReLU("a")]),
        ValueError, "Hay 2 capas con name='a'", "un nombre para cada una"),
    "forma de una capa suelta": (lambda: ReLU().build((8, 8)),
        ValueError, "ReLU «relu»: input_shape=(8, 8)", "input_shape=(8, 8, 1)"),
    "lista irregular": (lambda: Dense(2).forward([[1, 2], [3]]),
        TypeError, "x=[[1, 2], [3]]", "misma longitud"),
    "un solo número": (lambda: Dense(2).forward(3),
        ValueError, "input_shape=()", "(características,)"),
    "capa repetida": (lambda: Sequential([SHARED, SHARED]),
        ValueError, "está dos veces", "Crea una nueva"),
    "forma sin canales": (lambda: Sequential([Flatten()], input_shape=(8, 8)),
        ValueError, "input_shape=(8, 8)", "input_shape=(8, 8, 1)"),
    "forma entera": (lambda: Sequential([Dense(2)], input_shape=8),
        ValueError, "input_shape=8", "(características,)"),
    "forma vacía": (lambda: Sequential([Flatten()], input_shape=(8, 0, 1)),
        ValueError, "input_shape=(8, 0, 1)", "al menos 1"),
    "semilla negativa": (lambda: Sequential([Dense(2)], seed=-1), ValueError, "seed=-1", "seed=0"),
    "precisión desconocida": (lambda: Sequential([Dense(2)], dtype=np.int32),
        ValueError, "dtype=int32", "np.float32"),
    "densa sin aplanar": (lambda: stacked(Conv2D(4, 3), Dense(3, name="salida")),
        ValueError, "Capa 1, Dense «salida»: recibe una entrada (N, 6, 7, 4)", "Flatten()"),
    "convolución de vectores": (lambda: stacked(Flatten(), Conv2D(4, 3)),
        ValueError, "Capa 1, Conv2D «conv2d_1»: recibe una entrada (N, 144)", "antes de Flatten"),
    "pooling de vectores": (lambda: stacked(Flatten(), MaxPool2D()),
        ValueError, "Capa 1, MaxPool2D «maxpool2d_1»: recibe una entrada (N, 144)",
        "antes de Flatten"),
    "kernel que no cabe": (lambda: stacked(MaxPool2D(4), Conv2D(4, 3)),
        ValueError, "Capa 1, Conv2D «conv2d_1»: kernel_size=3×3 no cabe en la entrada de 2×2",
        "padding='same'"),
    "ventana que no cabe": (lambda: stacked(Conv2D(4, 7), MaxPool2D(4)),
        ValueError, "Capa 1, MaxPool2D «maxpool2d_1»: pool_size=4×4 no cabe en la entrada de 2×3",
        "padding='same'"),
    "ventana fuera de la imagen": (lambda: stacked(MaxPool2D(2, padding=2)),
        ValueError, "Capa 0, MaxPool2D «maxpool2d_1»: padding=2", "menos padding"),
    "canales que no se reparten": (lambda: stacked(Conv2D(3, 3, groups=3)),
        ValueError, "Capa 0, Conv2D «conv2d_1»: recibe 2 canales", "groups=1"),
    # usarlo
    "sin construir": (lambda: Conv2D(2, 3).kernel, RuntimeError, "Conv2D «conv2d»", "forward(x)"),
    "resumen sin construir": (lambda: Sequential([Dense(2)]).summary(),
        RuntimeError, "no tiene formas", "input_shape="),
    "volver sin ir": (lambda: net().backward(np.ones((1, 3))),
        RuntimeError, "El modelo", "forward(x) antes"),
    "volver con otra forma": (lambda: (m := ReLU(), m.forward([[1, 2]]), m.backward([1, 2])),
        ValueError, "ReLU «relu»: dy tiene forma (2,); se esperaba (1, 2)", "esa forma"),
    "pesos de otra forma": (lambda: setattr(net().layers[0], "kernel", np.ones((3, 3))),
        ValueError, "Capa 0, Conv2D «bordes»: kernel tiene forma (3, 3); se esperaba (3, 3, 2, 4)",
        "esa forma"),
    "bias que no hay": (lambda: setattr(Dense(2, use_bias=False).build((3,)), "bias", [1, 2]),
        AttributeError, "Dense «dense» no tiene bias", "use_bias=True"),
    "sin canales": (lambda: Sequential([Flatten()], input_shape=(8, 9, 1)).predict(X[..., 0]),
        ValueError, "El modelo: recibe x de forma (6, 8, 9) y espera (N, 8, 9, 1)", "x[..., None]"),
    "sin lote": (lambda: net().predict(X[0]),
        ValueError, "recibe x de forma (8, 9, 2) y espera (N, 8, 9, 2)", "x[None]"),
    "canales primero": (lambda: net().predict(np.moveaxis(X, -1, 1)),
        ValueError, "recibe x de forma (6, 2, 8, 9)", "np.moveaxis(x, 1, -1)"),
    "aplanadas": (lambda: net().predict(X.reshape(6, -1)),
        ValueError, "recibe x de forma (6, 144)", "x.reshape(-1, 8, 9, 2)"),
    "otro tamaño": (lambda: net().layers[0].forward(np.ones((1, 7, 9, 2))),
        ValueError, "Capa 0, Conv2D «bordes»: recibe x de forma (1, 7, 9, 2) y espera (N, 8, 9, 2)",
        "la forma de tus datos"),
    "NaN en x": (lambda: net().predict(np.where(X > 0, np.nan, X)),
        ValueError, "x[0, 0, 0, 0]", "np.nan_to_num(x)"),
    "texto": (lambda: net().predict([["a"]]), TypeError, "x=[['a']]", "dtype=float"),
    "vacía": (lambda: net().predict(X[:0]), ValueError, "x está vacío", "Revisa"),
    "lote de cero": (lambda: net().predict(X, batch_size=0),
        ValueError, "batch_size=0", "batch_size=1"),
    # entrenar
    "menos clases que muestras": (lambda: fit(y=Y[:4]),
        ValueError, "y tiene forma (4,); se esperaba (6,)", "el mismo largo"),
    "clase que no existe": (lambda: fit(y=Y + 1),
        ValueError, "y tiene valores de 1 a 3; con 3 salidas", "de 0 a 2"),
    "clases decimales": (lambda: fit(y=Y / 2),
        ValueError, "y tiene valores de 0.0 a 1.0", "clases enteras"),
    "probabilidades": (lambda: fit(y=np.full((6, 3), 1 / 3)),
        ValueError, "y tiene forma (6, 3)", "y.argmax(axis=1)"),
    "épocas cero": (lambda: fit(epochs=0), ValueError, "epochs=0", "epochs=1"),
    "lote decimal": (lambda: fit(batch_size=2.0), TypeError, "batch_size=2.0", "batch_size=1"),
    "barra que no es booleana": (lambda: fit(progress="no"), TypeError, "progress='no'", "False"),
    "optimizador desconocido": (lambda: fit(optimizer="Adam"),
        ValueError, "optimizer='Adam'", "optimizer='adam'"),
    "optimizador sin paréntesis": (lambda: fit(optimizer=SGD), TypeError, "optimizer=SGD", "SGD()"),
    "optimizador de otro modelo": (lambda: fit(optimizer=worn()),
        ValueError, "ya entrenó un modelo de 2", "Crea un optimizador"),
    "pérdida desconocida": (lambda: fit(loss="cross_entropy"),
        ValueError, "loss='cross_entropy'", "loss='crossentropy'"),
    "validación sin clases": (lambda: fit(validation_data=X),
        TypeError, "validation_data", "(x_prueba, y_prueba)"),
    "validación de otra forma": (lambda: fit(validation_data=(X[:, 1:], Y)),
        ValueError, "recibe x de forma (6, 7, 9, 2)", "la forma de tus datos"),
    "semilla decimal": (lambda: fit(seed=0.5), TypeError, "seed=0.5", "seed=0"),
    "mapas con entropía": (lambda: stacked(Conv2D(3, 3)).fit(X, Y, progress=False),
        ValueError, "(1, 6, 7, 3)", "Flatten() y Dense(clases)"),
    "deseados de otra forma": (lambda: fit(loss="mse"),
        ValueError, "y tiene forma (6,); se esperaba (6, 3)", "esa forma"),
    "tasa negativa": (lambda: SGD(-0.1), ValueError, "learning_rate=-0.1", "learning_rate=0.01"),
    "tasa de texto": (lambda: Adam("0.1"), TypeError, "learning_rate='0.1'", "learning_rate=0.01"),
    "tasa infinita": (lambda: Adam(np.inf), ValueError, "learning_rate=inf", "learning_rate=0.01"),
    "inercia de uno": (lambda: SGD(0.1, momentum=1), ValueError, "momentum=1", "momentum=0.9"),
    "beta negativa": (lambda: Adam(beta_1=-0.1), ValueError, "beta_1=-0.1", "beta_1=0.9"),
    # comprobar y llevar pesos
    "comprobar un número": (lambda: gradient_check(3, [1.0]),
        TypeError, "3 no es un modelo", "gradient_check(modelo"),
    "gradiente de otra forma": (lambda: gradient_check(lambda x: (x.sum(), 1.0), [1.0, 2.0]),
        ValueError, "tiene forma (); se esperaba la de x, (2,)", "return valor, gradiente"),
    "llevar sin construir": (lambda: to_keras(Sequential([Dense(2)])),
        RuntimeError, "no tiene parámetros", "input_shape="),
    "pocos nombres": (lambda: to_pytorch(net(), names=["conv"]),
        ValueError, "names=['conv']", "2 textos"),
    "nombres de PyTorch distintos": (lambda: from_pytorch(net(), {"fc.weight": [[1]]}),
        ValueError, "state tiene ['fc.weight']", "names="),
    "pesos de PyTorch de otra forma": (
        lambda: from_pytorch(net(), STATE | {"0.weight": np.ones((4, 2, 5, 5))}),
        ValueError, "0.weight tiene forma (4, 2, 5, 5); se esperaba (4, 2, 3, 3)", "esa forma"),
    "pocos pesos de Keras": (lambda: from_keras(net(), [[1]]),
        ValueError, "weights tiene 1 arrays y el modelo 4", "red.get_weights()"),
    "pesos de Keras de otra forma": (lambda: from_keras(net(), to_keras(net())[::-1]),
        ValueError, "Capa 0, Conv2D «bordes»: kernel tiene forma (3,)", "esa forma"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_error_says_where_what_and_cure(name):
    call, error, what, cure = CASES[name]
    with warnings.catch_warnings(), pytest.raises(error) as caught:
        warnings.simplefilter("error")
        call()
    message = str(caught.value)
    assert what in message
    assert cure in message
    assert caught.value.__cause__ is None and message.endswith(".")


def test_a_wrong_import_changes_nothing():
    model = net()
    kept = model.weights.copy()
    state = {name: value + 1 for name, value in STATE.items()}
    with pytest.raises(ValueError, match="3.bias tiene forma"):
        from_pytorch(model, state | {"3.bias": np.ones(7)})
    weights = to_keras(net())
    with pytest.raises(ValueError, match="bias tiene forma"):
        from_keras(model, [*(value + 1 for value in weights[:-1]), np.ones(7)])
    np.testing.assert_array_equal(model.weights, kept)


def test_a_wrong_fit_changes_nothing():
    model = net()
    kept = model.weights.copy()
    with pytest.raises(ValueError, match="y tiene valores"):
        model.fit(X, Y + 9, progress=False)
    np.testing.assert_array_equal(model.weights, kept)
