"""Operaciones de una red convolucional, como funciones puras sobre arrays de numpy.

Las convenciones de todo el curso, dichas una vez:

- **La convolución es una correlación cruzada.** El kernel no se voltea: se coloca sobre cada
  ventana de la imagen, se multiplica elemento a elemento y se suma.
- **Los canales van al final.** Imagen (H, W) o (H, W, C), lote (N, H, W, C), kernel (kh, kw) o
  (kh, kw, C_in, C_out), bias (C_out,). H es el alto y W el ancho.
- **El padding añade ceros.** ``"valid"``, ninguno; ``"same"``, los mínimos para que la salida mida
  ``ceil(n / stride)``, con el píxel impar abajo y a la derecha; un entero, por los cuatro lados;
  ``(vertical, horizontal)``; o ``((arriba, abajo), (izquierda, derecha))``.
- **La salida** mide ``floor((n + antes + después - dilation*(k-1) - 1) / stride) + 1`` en cada eje:
  las ventanas que no caben enteras se descartan.
- **El dtype** flotante de ``x`` se conserva (float32 sigue siendo float32; float16 sube a
  float32); enteros y booleanos se calculan en float64. ``pad2d`` y ``max_pool2d`` conservan
  cualquier dtype.
- **El gradiente** de cada operación lo da la función que acaba en ``_backward``: recibe ``dy``, el
  gradiente respecto a su salida, y después los mismos argumentos que ella.
- **Ninguna entrada se modifica**, y la salida nunca comparte memoria con ella. Se aceptan listas.
- **Los errores** dicen qué argumento falla, qué valor tiene y cómo arreglarlo. NaN se rechaza
  siempre; los infinitos se admiten mientras no produzcan NaN.

El ejemplo de la diapositiva, una imagen de 5×5 y un kernel de 3×3:

>>> import numpy as np
>>> imagen = np.array([[1, 1, 1, 0, 0],
...                    [0, 1, 1, 1, 0],
...                    [0, 0, 1, 1, 1],
...                    [0, 0, 1, 1, 0],
...                    [0, 1, 1, 0, 0]])
>>> kernel = np.array([[1, 0, 1],
...                    [0, 1, 0],
...                    [1, 0, 1]])
>>> conv2d(imagen, kernel)
array([[4., 3., 4.],
       [2., 4., 3.],
       [2., 3., 4.]])
"""

from course_lib._ops.activation_gradients import activation_backward
from course_lib._ops.activations import (
    elu,
    leaky_relu,
    relu,
    selu,
    sigmoid,
    softplus,
    tanh,
)
from course_lib._ops.columns import col2im, im2col
from course_lib._ops.conv_gradients import conv2d_backward, conv2d_transpose_backward
from course_lib._ops.convolution import conv2d, conv2d_naive
from course_lib._ops.geometry import output_size
from course_lib._ops.padding import pad2d
from course_lib._ops.pool_gradients import (
    avg_pool2d_backward,
    global_avg_pool_backward,
    max_pool2d_backward,
)
from course_lib._ops.pooling import avg_pool2d, global_avg_pool, max_pool2d
from course_lib._ops.softmax import log_softmax, softmax
from course_lib._ops.transposed import conv2d_transpose

__all__ = [
    "activation_backward",
    "avg_pool2d",
    "avg_pool2d_backward",
    "col2im",
    "conv2d",
    "conv2d_backward",
    "conv2d_naive",
    "conv2d_transpose",
    "conv2d_transpose_backward",
    "elu",
    "global_avg_pool",
    "global_avg_pool_backward",
    "im2col",
    "leaky_relu",
    "log_softmax",
    "max_pool2d",
    "max_pool2d_backward",
    "output_size",
    "pad2d",
    "relu",
    "selu",
    "sigmoid",
    "softmax",
    "softplus",
    "tanh",
]
