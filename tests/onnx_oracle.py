"""Ejecuta un operador de ONNX con onnxruntime, para comparar con ``course_lib.ops``.

Un modelo ONNX es un mensaje de protobuf; aquí se escriben a mano los pocos campos que necesita un
grafo de un solo nodo, y así las pruebas no dependen del paquete ``onnx``. Los números de campo son
los de ``onnx.proto``; si alguno estuviera mal, onnxruntime rechazaría el modelo.
"""

import numpy as np
import onnxruntime

OPSET = 22
ELEMENT_TYPES = {"float32": 1, "uint8": 2, "int8": 3, "float64": 11}


def run(operator, *inputs, **attributes):
    """Aplica ``operator`` a unos arrays NCHW y devuelve su única salida."""
    names = [f"entrada{i}" for i in range(len(inputs))]
    session = onnxruntime.InferenceSession(
        _model(operator, dict(zip(names, inputs, strict=True)), attributes),
        _quiet(),
        providers=["CPUExecutionProvider"],
    )
    return session.run(None, dict(zip(names, inputs, strict=True)))[0]


def channels_first(x):
    """(..., H, W, C) → (..., C, H, W)."""
    return np.ascontiguousarray(np.moveaxis(x, -1, -3))


def channels_last(x):
    """(..., C, H, W) → (..., H, W, C)."""
    return np.moveaxis(x, -3, -1)


def onnx_kernel(kernel):
    """(kh, kw, a, b) → (b, a, kh, kw); vale para Conv y para ConvTranspose."""
    return np.ascontiguousarray(kernel.transpose(3, 2, 0, 1))


def onnx_pads(ends):
    """((arriba, abajo), (izquierda, derecha)) → [arriba, izquierda, abajo, derecha]."""
    return [ends[0][0], ends[1][0], ends[0][1], ends[1][1]]


def _quiet():
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1
    return options


def _model(operator, inputs, attributes):
    element = ELEMENT_TYPES[next(iter(inputs.values())).dtype.name]
    node = [_field(1, name) for name in inputs] + [_field(2, "salida"), _field(4, operator)]
    node += [_field(5, _attribute(*item)) for item in attributes.items()]
    graph = [_field(1, b"".join(node)), _field(2, "grafo")]
    graph += [_field(11, _value(name, element, x.shape)) for name, x in inputs.items()]
    graph += [_field(12, _value("salida", element))]
    opset = _field(2, OPSET)
    return _field(1, 10) + _field(7, b"".join(graph)) + _field(8, opset)


def _attribute(name, value):
    if isinstance(value, str):
        return _field(1, name) + _field(4, value) + _field(20, 3)
    if isinstance(value, int):
        return _field(1, name) + _field(3, int(value)) + _field(20, 2)
    return _field(1, name) + b"".join(_field(8, int(v)) for v in value) + _field(20, 7)


def _value(name, element, shape=None):
    tensor = _field(1, element)
    if shape is not None:
        tensor += _field(2, b"".join(_field(1, _field(1, length)) for length in shape))
    return _field(1, name) + _field(2, _field(1, tensor))


def _field(number, value):
    """Un campo de protobuf: un entero (tipo 0) o unos bytes con su longitud (tipo 2)."""
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    data = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def _varint(value):
    low, rest = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + _varint(rest) if rest else bytes([low])
