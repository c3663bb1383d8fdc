"""La misma convolución en otras bibliotecas; la que no está instalada, no aparece."""

import importlib
import importlib.util

import numpy as np

from course_lib import ops

LENTO = 6e7  # multiplicaciones desde las que no se espera a correlate2d, a ndimage ni a im2col


def competidores(trabajo, dtype, nucleos):
    """Funciones sin argumentos, por biblioteca, y una que comprueba el resultado de cada una."""
    lote, lado, entran, salen, k, paso, grupos = trabajo
    azar = np.random.default_rng(0)
    x = azar.random((lote, lado, lado, entran)).astype(dtype)
    kernel = (azar.random((k, k, entran // grupos, salen)) - 0.5).astype(dtype)
    if lote == 1:
        x = x[0]
    if entran == salen == 1:
        x, kernel = x[..., 0], kernel[..., 0, 0]
    llamadas = {"ops": lambda: ops.conv2d(x, kernel, stride=paso, groups=grupos)}
    esperado = llamadas["ops"]()
    llamadas |= _im2col(x, kernel, paso) if grupos == 1 else {}
    for nombre, hacer in (("torch", _torch), ("onnxruntime", _onnx), ("scipy", _scipy)):
        if importlib.util.find_spec(nombre):
            llamadas |= hacer(x, kernel, paso, grupos, nucleos)
    if importlib.util.find_spec("cv2") and x.ndim == 2:
        llamadas |= _cv2(x, kernel, nucleos)

    def correcta(biblioteca, resultado):
        suma = np.abs(np.asarray(kernel, float)).sum(axis=tuple(range(kernel.ndim - 1))).max()
        tolerancia = 40 * np.finfo(dtype).eps * max(suma, 1)
        plano = np.asarray(resultado).reshape(esperado.shape)
        error = np.abs(plano.astype(float) - esperado).max()
        if not error <= tolerancia:
            raise SystemExit(f"{biblioteca} no coincide con ops.conv2d: error {error:.2e}")

    return llamadas, correcta


def _im2col(x, kernel, paso):
    """La que se enseña en todos los cursos: ventanas, una copia y un producto."""
    filtros = kernel if kernel.ndim == 4 else kernel[:, :, None, None]
    lote = {2: x[None, :, :, None], 3: x[None], 4: x}[x.ndim] if x.ndim < 4 else x
    kh, kw, _, salen = filtros.shape

    def llamada():
        ventanas = np.lib.stride_tricks.sliding_window_view(lote, (kh, kw), axis=(1, 2))
        ventanas = ventanas[:, ::paso, ::paso].transpose(0, 1, 2, 4, 5, 3)
        columnas = ventanas.reshape(-1, kh * kw * lote.shape[3])
        return (columnas @ filtros.reshape(-1, salen)).reshape(*ventanas.shape[:3], salen)

    return {"im2col": llamada} if kh * kw * x.size < LENTO else {}


def _primero(x, kernel):
    """NCHW y (C_out, C_in, kh, kw)."""
    filtros = kernel if kernel.ndim == 4 else kernel[:, :, None, None]
    lote = {2: lambda: x[None, :, :, None], 3: lambda: x[None], 4: lambda: x}[x.ndim]()
    return (
        np.ascontiguousarray(lote.transpose(0, 3, 1, 2)),
        np.ascontiguousarray(filtros.transpose(3, 2, 0, 1)),
    )


def _torch(x, kernel, paso, grupos, nucleos):
    torch = importlib.import_module("torch")

    if nucleos:
        torch.set_num_threads(nucleos)
    datos = [torch.from_numpy(a) for a in _primero(x, kernel)]
    ultimo = [t.contiguous(memory_format=torch.channels_last) for t in datos]

    def llamada(tensores):
        with torch.no_grad():
            return torch.nn.functional.conv2d(*tensores, None, paso, 0, 1, grupos)

    def numpy(tensores):
        return llamada(tensores).permute(0, 2, 3, 1)

    llamadas = {"torch": lambda: numpy(datos)}
    return llamadas | ({"torch_cl": lambda: numpy(ultimo)} if x.ndim > 2 else {})


def _onnx(x, kernel, paso, grupos, nucleos):
    import onnxruntime

    if x.dtype != np.float32 or not importlib.util.find_spec("onnx"):
        return {}
    from onnx import TensorProto, helper

    datos, filtros = _primero(x, kernel)
    nodo = helper.make_node("Conv", ["x", "w"], ["y"], strides=[paso, paso], group=grupos)
    tensor = helper.make_tensor("w", TensorProto.FLOAT, filtros.shape, filtros.ravel())
    entrada = helper.make_tensor_value_info("x", TensorProto.FLOAT, datos.shape)
    salida = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    grafo = helper.make_graph([nodo], "conv", [entrada], [salida], [tensor])
    modelo = helper.make_model(grafo, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    opciones = onnxruntime.SessionOptions()
    opciones.intra_op_num_threads = nucleos
    sesion = onnxruntime.InferenceSession(
        modelo.SerializeToString(), opciones, providers=["CPUExecutionProvider"]
    )
    return {"onnx": lambda: sesion.run(None, {"x": datos})[0].transpose(0, 2, 3, 1)}


def _scipy(x, kernel, paso, grupos, nucleos):
    from scipy import ndimage, signal

    if x.ndim != 2:
        return {}
    alto, ancho = (n - k + 1 for n, k in zip(x.shape, kernel.shape, strict=True))
    arriba, izquierda = ((k - 1) // 2 for k in kernel.shape)
    girado = kernel[::-1, ::-1].copy()

    def vecinos():
        return ndimage.correlate(x, kernel, mode="constant")[
            arriba : arriba + alto, izquierda : izquierda + ancho
        ]

    llamadas = {"oaconvolve": lambda: signal.oaconvolve(x, girado, mode="valid")}
    if x.size * kernel.size < LENTO:
        llamadas |= {
            "correlate2d": lambda: signal.correlate2d(x, kernel, mode="valid"),
            "ndimage": vecinos,
        }
    return llamadas


def _cv2(x, kernel, nucleos):
    cv2 = importlib.import_module("cv2")

    cv2.setNumThreads(nucleos or -1)
    alto, ancho = (n - k + 1 for n, k in zip(x.shape, kernel.shape, strict=True))
    arriba, izquierda = ((k - 1) // 2 for k in kernel.shape)

    def llamada():
        todo = cv2.filter2D(x, -1, kernel, borderType=cv2.BORDER_CONSTANT)
        return todo[arriba : arriba + alto, izquierda : izquierda + ancho]

    return {"cv2": llamada}
