"""Arrays que viajan al navegador y vuelven: como bytes si son grandes, como lista si se editan."""

import numpy as np
import traitlets

# Hasta aquí viajan sin redondear; una foto mayor se ve igual en float32, y ocupa la mitad.
PEQUENO = 4096


class Matriz(traitlets.TraitType):
    """Un array de números finitos, copiado y de solo lectura: lo que se ve es lo que hay."""

    info_text = "un array de números"

    def __init__(self, dimensiones: tuple[int, ...], cura: str, **opciones) -> None:
        super().__init__(**opciones)
        self.dimensiones, self.cura = dimensiones, cura

    def validate(self, obj, value):
        if value is None and self.allow_none:
            return None
        array = _numeros(self.name, value)
        if array.ndim not in self.dimensiones or array.size == 0:
            raise ValueError(f"{self.name} tiene forma {array.shape}. {self.cura}")
        if not np.isfinite(array).all():
            raise ValueError(
                f"{self.name} contiene NaN o infinitos. Sustitúyelos con "
                f"np.nan_to_num({self.name})."
            )
        array = np.array(array, dtype=float)
        array.flags.writeable = False
        return array


def _numeros(nombre: str, valor) -> np.ndarray:
    try:
        array = np.asarray(valor)
    except ValueError:
        array = np.empty(0, object)  # filas de distinta longitud
    if array.dtype.kind not in "biuf":
        raise TypeError(
            f"{nombre} no es una cuadrícula de números. Escríbelo por filas, todas igual de "
            "largas: [[1, 2], [3, 4]]."
        )
    return array


def encode(array: np.ndarray | None, _=None) -> dict | None:
    """Un array como lo entiende el navegador; las fotos de 8 bits, con un byte por número."""
    if array is None:
        return None
    en_bytes = np.rint(array * 255) if array.min() >= 0 and array.max() <= 1 else None
    if (
        en_bytes is not None
        and array.size > PEQUENO
        and np.allclose(en_bytes / 255, array, 0, 1e-9)
    ):
        tipo, datos = "foto", en_bytes.astype(np.uint8)
    else:
        tipo = "float64" if array.size <= PEQUENO else "float32"
        datos = array.astype(tipo)
    return {"forma": list(array.shape), "tipo": tipo, "datos": memoryview(datos.tobytes())}


def encode_map(array: np.ndarray | None, _=None) -> dict | None:
    """Un mapa para verlo: los grandes, con 16 bits, la mitad de lo que pesan en float32."""
    if array is None or array.size <= PEQUENO:
        return encode(array)
    menor, mayor = float(array.min()), float(array.max())
    paso = (mayor - menor) / 65535 or 1.0
    datos = np.rint((array - menor) / paso).astype(np.uint16)
    escala = {"menor": menor, "paso": paso}
    return {"forma": list(array.shape), "tipo": "uint16", **escala, "datos": memoryview(datos)}


def encode_list(array: np.ndarray | None, _=None) -> dict | None:
    """Un array pequeño con sus números a la vista, para que el navegador los cambie uno a uno."""
    if array is None:
        return None
    return {"forma": list(array.shape), "tipo": "lista", "datos": array.ravel().tolist()}


def decode(mensaje: dict | None, _=None) -> np.ndarray | None:
    """Lo contrario de `encode` y de `encode_list`."""
    if mensaje is None or isinstance(mensaje, np.ndarray):
        return mensaje
    tipo, datos = mensaje["tipo"], mensaje["datos"]
    if tipo == "lista":
        return np.array(datos, dtype=float).reshape(mensaje["forma"])
    if tipo == "uint16":
        numeros = np.frombuffer(datos, np.uint16) * mensaje["paso"] + mensaje["menor"]
        return numeros.reshape(mensaje["forma"])
    numeros = np.frombuffer(datos, np.uint8 if tipo == "foto" else tipo).astype(float)
    return (numeros / 255 if tipo == "foto" else numeros).reshape(mensaje["forma"])


def traveling(dimensiones: tuple[int, ...], cura: str, *, ida=encode, **opciones) -> Matriz:
    """Un trait `Matriz` sincronizado con el navegador."""
    return Matriz(dimensiones, cura, **opciones).tag(sync=True, to_json=ida, from_json=decode)
