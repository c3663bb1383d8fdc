"""Lo que comparten las capas que miran la imagen por ventanas: `Conv2D` y las de pooling."""

from contextlib import contextmanager

from course_lib._layers.validate import written


def check_image(input_shape, label):
    """Comprueba que a la capa le llegan imágenes, y no vectores."""
    if len(input_shape) != 3:
        raise ValueError(
            f"{label}: recibe una entrada {written(input_shape)} y espera imágenes "
            "(N, alto, ancho, canales). Ponla antes de Flatten() y Dense()."
        )


@contextmanager
def named_in_errors(layer):
    """Contexto en el que un error de `ops` dice además en qué capa ocurre."""
    try:
        yield
    except ValueError as error:
        raise ValueError(f"{layer.label}: {error}") from None
