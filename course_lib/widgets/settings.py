"""Los ajustes del explorador: qué valores valen y qué se dice de los que no."""

import numpy as np
import traitlets

ACTIVACIONES = ("relu", "leaky_relu", "elu", "selu", "sigmoid", "tanh", "softplus")
PANELES = (
    *("imagen", "kernel", "productos", "mapa", "pooling", "curva", "canales", "filtros"),
    *("epocas", "campo", "cuenta", "tamano"),
)
CONTROLES = (
    *("preset", "foto", "stride", "padding", "dilation", "bias", "activation", "pooling"),
    *("pool_size", "posicion", "filtro", "canal", "animar", "velocidad", "subir", "epoca"),
    "profundidad",
)


class Entero(traitlets.TraitType):
    """Un entero con mínimo; acepta 2.0, que es lo que manda un deslizador de decimales."""

    def __init__(self, valor: int, *, minimo: int) -> None:
        super().__init__(default_value=valor)
        self.minimo = minimo

    def validate(self, obj, value):
        entero = _integral(value)
        if entero is None or entero < self.minimo:
            raise ValueError(
                f"{self.name}={value!r} tiene que ser un número entero, {self.minimo} o mayor. "
                f"Por ejemplo, {self.name}={max(self.minimo, 1)}."
            )
        return entero


def _integral(valor) -> int | None:
    numero = isinstance(valor, int | float | np.integer | np.floating)
    if isinstance(valor, bool) or not numero or valor != int(valor):
        return None
    return int(valor)


class Padding(traitlets.TraitType):
    """Lo mismo que admite `ops.conv2d`; los números sueltos pueden venir de un deslizador."""

    def validate(self, obj, value):
        if isinstance(value, str) and value in ("valid", "same"):
            return value
        if isinstance(value, list | tuple) and len(value) == 2:
            return tuple(self.validate(obj, parte) for parte in value)
        entero = None if isinstance(value, str) or value is None else _integral(value)
        if entero is None or entero < 0:
            raise ValueError(
                f'padding={value!r} no vale. Usa "valid", "same" o un número de píxeles: padding=1.'
            )
        return entero


class Bias(traitlets.TraitType):
    """Un número, o una lista con uno por filtro."""

    def validate(self, obj, value):
        array = np.asarray(value)
        if array.dtype.kind not in "biuf" or array.ndim > 1 or not np.isfinite(array).all():
            raise ValueError(
                f"bias={value!r} no vale. Pasa un número, bias=0.5, o una lista con uno por filtro."
            )
        return array.astype(float).tolist()


class Opcion(traitlets.TraitType):
    """Una palabra de una lista corta, o `None`."""

    def __init__(self, valor, *, validas: tuple[str, ...]) -> None:
        super().__init__(default_value=valor, allow_none=True)
        self.validas = validas

    def validate(self, obj, value):
        if value not in (None, "", *self.validas):
            raise ValueError(
                f"{self.name}={value!r} no existe. Elige entre: {', '.join(self.validas)} o None."
            )
        return value or None


def menu(codificar):
    """Convierte cada array de un menú para el navegador."""
    return lambda arrays, _: {nombre: codificar(array) for nombre, array in arrays.items()}


def clean_menu(nombre: str, arrays: dict) -> dict[str, np.ndarray]:
    """Los arrays de un menú, como números; de cada nombre que no lo sea, se dice cuál es."""
    try:
        return {str(clave): np.array(array, dtype=float) for clave, array in arrays.items()}
    except (AttributeError, TypeError, ValueError):
        raise ValueError(
            f"{nombre} tiene que ser un diccionario de arrays: {{'bordes': [[1, 0, -1]]}}."
        ) from None


def check_names(opciones: dict, traits: dict) -> None:
    """Que nadie escriba `strides=2` y crea que ha cambiado algo."""
    sobran = [n for n in opciones if n not in traits and n != "layout"]
    if sobran:
        utiles = ("stride", "padding", "dilation", "bias", "activation", "pooling", "posicion")
        raise TypeError(
            f"El explorador no tiene {', '.join(sobran)}. ¿Querías decir uno de estos? "
            f"{', '.join(utiles)}."
        )


def check_names_of(que: str, nombres: list[str], validos: tuple[str, ...]) -> None:
    """Que cada panel o control pedido exista."""
    sobran = [n for n in nombres if n not in validos]
    if sobran:
        raise ValueError(
            f"En {que} no existe {', '.join(map(repr, sobran))}. Elige entre: {', '.join(validos)}."
        )


def useful_controls(explorador, pedidos, todos: tuple[str, ...]) -> list[str]:
    """Los controles pedidos; si no se piden, los que cambian algo en lo que se ve."""
    if pedidos is not None:
        check_names_of("controles", list(pedidos), CONTROLES)
        return list(pedidos)
    sobran = {"preset"} if not explorador.kernels else set()
    sobran |= {"foto"} if not explorador.imagenes else set()
    if "pooling" not in explorador.paneles:
        sobran |= {"pooling", "pool_size"}
    utiles = [nombre for nombre in todos if nombre not in sobran]
    return [*utiles, "filtro", "canal"] if explorador.kernel.ndim == 4 else utiles
