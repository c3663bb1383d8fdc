"""Las capas de pooling, ida y vuelta, con los casos y los oráculos de las operaciones."""

import numpy as np
import ops_cases as cases
import pytest
from conformance.oracles import ORACLES
from conformance.test_random import assert_close, loose, oracle, random_layer

from course_lib.layers import AvgPool2D, MaxPool2D

KINDS = {"max_pool2d": MaxPool2D, "avg_pool2d": AvgPool2D}


@pytest.mark.parametrize("knower", ORACLES)
@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("start", range(0, 200, 50))
def test_pool_layers_agree_with_the_oracle(knower, name, start):
    for seed in range(start, start + 50):
        case = random_layer(name, seed)
        x = cases.as_4d(case.arrays[0]).astype(np.float64)
        layer = KINDS[name](**case.options).build(x.shape[1:], dtype=np.float64)
        y = layer.forward(x)
        precision = loose(knower, y.dtype)
        expected = oracle(knower).forward(name, [x], case.plain)
        assert_close(y.astype(precision), expected, precision)
        dy = np.random.default_rng(seed).normal(size=y.shape)
        (expected,) = oracle(knower).backward(name, dy, [x], case.plain)
        assert_close(layer.backward(dy), expected, y.dtype)
