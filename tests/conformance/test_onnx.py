"""Los casos de los operadores de ONNX: entradas y resultados que aquí no ha escrito nadie.

El paquete ``onnx`` trae las pruebas que debe pasar cualquier programa que ejecute sus modelos: unas
se generan en memoria, operador a operador; otras son modelos exportados desde PyTorch, en disco.
Se repiten todas las de los operadores de ``nchw.OPERATORS``, con la tolerancia que ellas traen. Un
caso nuevo se ejecuta sin tocar nada; uno que sobra tiene que estar en ``OUT`` con su motivo.
"""

import importlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import pytest
from conformance import nchw
from onnx.backend.test.case import node as node_cases
from onnx.backend.test.loader import load_model_tests

# Lo que queda fuera, por motivos. Si un caso desaparece de onnx, o empieza a calcularse, falla.
OUT = {
    "tiene tres dimensiones espaciales, y ops trabaja con imágenes": (
        "node/test_averagepool_3d_default",
        "node/test_averagepool_3d_dilations_large_count_include_pad_is_0_ceil_mode_is_False",
        "node/test_averagepool_3d_dilations_large_count_include_pad_is_0_ceil_mode_is_True",
        "node/test_averagepool_3d_dilations_large_count_include_pad_is_1_ceil_mode_is_False",
        "node/test_averagepool_3d_dilations_large_count_include_pad_is_1_ceil_mode_is_True",
        "node/test_averagepool_3d_dilations_small",
        "node/test_convtranspose_3d",
        "node/test_maxpool_3d_default",
        "node/test_maxpool_3d_dilations",
        "node/test_maxpool_3d_dilations_use_ref_impl",
        "node/test_maxpool_3d_dilations_use_ref_impl_large",
        "pytorch-converted/test_AvgPool3d",
        "pytorch-converted/test_AvgPool3d_stride",
        "pytorch-converted/test_AvgPool3d_stride1_pad0_gpu_input",
        "pytorch-converted/test_Conv3d",
        "pytorch-converted/test_Conv3d_dilated",
        "pytorch-converted/test_Conv3d_dilated_strided",
        "pytorch-converted/test_Conv3d_groups",
        "pytorch-converted/test_Conv3d_no_bias",
        "pytorch-converted/test_Conv3d_stride",
        "pytorch-converted/test_Conv3d_stride_padding",
        "pytorch-converted/test_MaxPool3d",
        "pytorch-converted/test_MaxPool3d_stride",
        "pytorch-converted/test_MaxPool3d_stride_padding",
    ),
}
REASONS = {name: reason for reason, names in OUT.items() for name in names}

# Los de onnx 1.23; con menos, o la recogida se ha roto o onnx ha quitado casos.
AT_LEAST = {"capas 2D": 60, "capas 1D": 15, "activaciones": 100}

# Los demás nodos que salen en un grafo exportado: cuentas de numpy, sin nada que comprobar.
GLUE = {
    "Add": lambda a, b: (a + b,),
    "Mul": lambda a, b: (a * b,),
    "Neg": lambda x: (-x,),
    "Split": lambda x, *, axis: np.split(x, 2, axis),  # sin tamaños: partes iguales, aquí dos
    "Squeeze": lambda x, *, axes: (np.squeeze(x, tuple(axes)),),
    "Unsqueeze": lambda x, *, axes: (np.expand_dims(x, tuple(axes)),),
}


@dataclass
class Case:
    """Un grafo, sus entradas y los resultados que deben salir."""

    graph: onnx.GraphProto
    inputs: list
    expected: list
    rtol: float
    atol: float

    @property
    def node(self):
        """El primer nodo que es una capa o una activación de las que se comprueban; o None."""
        return next((n for n in self.graph.node if n.op_type in nchw.OPERATORS), None)

    @property
    def kind(self):
        if not self.node.op_type.startswith(("Conv", "MaxPool", "AveragePool", "Global")):
            return "activaciones"
        return f"capas {self.inputs[0].ndim - 2}D"


def node_tests():
    """Los casos en memoria. Solo se importan sus módulos: generar los 1900 de onnx cuesta 6 s."""
    for operator in nchw.OPERATORS:
        importlib.import_module(f"onnx.backend.test.case.node.{operator.lower()}")
    tests = {test.name: test for test in node_cases._NodeTestCases}
    for name, test in tests.items():
        # `x_expanded` son los datos de `x` para un grafo que descompone su operador.
        graph = tests[name.partition("_expanded")[0]].model.graph
        for inputs, expected in test.data_sets:
            yield name, Case(graph, list(inputs), list(expected), test.rtol, test.atol)


def file_tests(kind):
    """Los casos en disco de una carpeta de onnx."""
    for test in load_model_tests(kind=kind):
        folder = Path(test.model_dir)
        graph = onnx.load(folder / "model.onnx").graph
        for data in sorted(folder.glob("test_data_set_*")):
            inputs, expected = tensors(data, "input"), tensors(data, "output")
            yield test.name, Case(graph, inputs, expected, test.rtol, test.atol)


def tensors(folder, prefix):
    paths = [folder / f"{prefix}_{i}.pb" for i in range(len(list(folder.glob(f"{prefix}_*.pb"))))]
    return [onnx.numpy_helper.to_array(onnx.load_tensor(path)) for path in paths]


def collect():
    found = {f"node/{name}": case for name, case in node_tests()}
    for kind in ("simple", "pytorch-converted", "pytorch-operator"):
        found.update({f"{kind}/{name}": case for name, case in file_tests(kind)})
    return {name: case for name, case in found.items() if case.node}


CASES = collect()
INSIDE = sorted(CASES.keys() - REASONS)


def run(case):
    """Calcula los nodos del grafo en orden; las capas y las activaciones, con ``course_lib``."""
    values = {t.name: onnx.numpy_helper.to_array(t) for t in case.graph.initializer}
    free = [value.name for value in case.graph.input if value.name not in values]
    values.update(zip(free, case.inputs, strict=True))
    for node in case.graph.node:
        attributes = {a.name: attribute(a) for a in node.attribute}
        if len(node.output) > 1 and node.op_type == "MaxPool":
            attributes["outputs"] = len(node.output)
        operator = nchw.OPERATORS.get(node.op_type) or GLUE[node.op_type]
        results = operator(*(values[name] for name in node.input), **attributes)
        values.update(zip(node.output, results, strict=True))
    return [values[output.name] for output in case.graph.output]


def attribute(proto):
    value = onnx.helper.get_attribute_value(proto)
    return value.decode() if isinstance(value, bytes) else value


@pytest.mark.parametrize("name", INSIDE)
def test_onnx_case(name):
    case = CASES[name]
    before = [x.copy() for x in case.inputs]
    results = run(case)
    for result, expected in zip(results, case.expected, strict=True):
        assert (result.shape, result.dtype) == (expected.shape, expected.dtype)
        np.testing.assert_allclose(result, expected, rtol=case.rtol, atol=case.atol)
    for x, original in zip(case.inputs, before, strict=True):
        np.testing.assert_array_equal(x, original)


@pytest.mark.parametrize("name", REASONS)
def test_case_out_of_the_domain_is_still_out(name):
    assert name in CASES, "onnx ya no trae este caso: quítalo de OUT"
    with pytest.raises((TypeError, ValueError)):
        run(CASES[name])


def test_no_case_was_lost(capsys):
    ran = Counter(CASES[name].kind for name in INSIDE)
    expanded = sum("_expanded" in name for name in INSIDE)
    with capsys.disabled():
        print(f"\nonnx {onnx.__version__}: {len(INSIDE)} casos dentro del dominio, {dict(ran)};")
        print(f"  de ellos {expanded} repiten los datos de otro con el operador descompuesto.")
        for reason, names in OUT.items():
            print(f"  {len(names)} fuera, porque {reason}.")
    assert all(ran[kind] >= least for kind, least in AT_LEAST.items()), ran
    operators = {node.op_type for name in INSIDE for node in CASES[name].graph.node}
    assert operators >= nchw.OPERATORS.keys()
