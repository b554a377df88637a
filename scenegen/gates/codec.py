"""Gate `codec`: what is encoded is read back within the bound of its encoding, for every task.

A look at some of the rows, evenly spread: targets are checked in full when a dataset is validated.
"""

import numpy as np

from scenegen.encoders import ENCODERS
from scenegen.encoders.encoder import Encoder
from scenegen.gates.gate import Case, Finding, SightingGate, at_most
from schemas.frame import GBuffer

_PIXELS = 1 << 14


def _judge(case: Case) -> Finding:
    sample = _some_rows(case.gbuffer)
    return at_most(max(_share_off(encoder, sample) for encoder in ENCODERS.values()), 0.0)


def _share_off(encoder: Encoder, gbuffer: GBuffer) -> float:
    try:
        target = encoder.encode(gbuffer)
    except ValueError:  # the buffers break the conventions
        return 1.0
    return float(np.mean(~(encoder.excess(target, gbuffer) <= 1)))


def _some_rows(gbuffer: GBuffer) -> GBuffer:
    height, width = gbuffer.z_depth_m.shape
    rows = slice((height * width // _PIXELS) // 2, None, max(height * width // _PIXELS, 1))
    return GBuffer(
        np.ascontiguousarray(gbuffer.z_depth_m[rows]),
        np.ascontiguousarray(gbuffer.normal_cam[rows]),
        np.ascontiguousarray(gbuffer.instance_id[rows]),
        np.ascontiguousarray(gbuffer.class_id[rows]),
        np.ascontiguousarray(gbuffer.material_id[rows]),
    )


CODEC = SightingGate("share of the pixels whose target lies beyond what rounding to 8 bits allows", _judge)
