"""Gate `codec`: depth and normals are read back from their colours within what rounding to 8 bits allows.

A look at some of the rows, evenly spread: targets are checked in full when a dataset is validated.
"""

import numpy as np

from scenegen.encoders.codec import Codec
from scenegen.encoders.depth import PowerCurve, depth_codec
from scenegen.encoders.normals import NORMALS_CODEC
from scenegen.gates.gate import Case, Finding, SightingGate, at_most
from schemas.frame import GBuffer

_PIXELS = 1 << 14
CODECS = (depth_codec(PowerCurve()), NORMALS_CODEC)


def _judge(case: Case) -> Finding:
    sample = _some_rows(case.gbuffer)
    return at_most(max(_share_off(codec, sample) for codec in CODECS), 0.0)


def _share_off(codec: Codec, gbuffer: GBuffer) -> float:
    try:
        target = codec.encode(gbuffer)
    except ValueError:  # the buffers break the conventions
        return 1.0
    return float(np.mean(~(codec.excess(target, gbuffer) <= 1)))


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
