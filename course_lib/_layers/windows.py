"""Lo que comparten las capas que miran la imagen por ventanas: `Conv2D` y las de pooling."""

from course_lib._layers.validate import written
from course_lib._ops.geometry import plan


def check_image(input_shape, label):
    """Comprueba que a la capa le llegan imágenes, y no vectores."""
    if len(input_shape) != 3:
        raise ValueError(
            f"{label}: recibe una entrada {written(input_shape)} y espera imágenes "
            "(N, alto, ancho, canales). Ponla antes de Flatten() y Dense()."
        )


def plan_windows(layer, input_shape, size, dilation, *, name):
    """Coloca las ventanas de la capa; si no caben, el error dice en qué capa."""
    try:
        return plan(input_shape[:2], size, layer.stride, layer.padding, dilation, name=name)
    except ValueError as error:
        raise ValueError(f"{layer.label}: {error}") from None
