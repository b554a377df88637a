"""Gate `distinct`: no view shows what an accepted one of its scene shows already.

Two views are compared on a grid over both pictures: a cell is the same where both show the same object at the same
depth, within 5 %. Views of a room from two places share up to 0.4 of the cells, of an open yard up to 0.7; moved by a
hundredth of its width, a view shares 0.9 with itself.
"""

import numpy as np
from jaxtyping import Float32, Int32

from scenegen.gates.gate import Case, Finding, SightingGate, at_most
from schemas.frame import GBuffer

_CELLS = 32
_SAME_DEPTH = 1.05

Thumbnail = tuple[Float32[np.ndarray, "cells cells"], Int32[np.ndarray, "cells cells"]]


def _judge(case: Case) -> Finding:
    ours = _thumbnail(case.gbuffer)
    shares = [_same_share(ours, _thumbnail(shown)) for shown in case.accepted]
    return at_most(max(shares, default=0.0), case.limits.same_view_share)


def _thumbnail(gbuffer: GBuffer) -> Thumbnail:
    height, width = gbuffer.z_depth_m.shape
    rows, columns = ((2 * np.arange(_CELLS) + 1) * side // (2 * _CELLS) for side in (height, width))
    cells = np.ix_(rows, columns)
    return gbuffer.z_depth_m[cells], gbuffer.instance_id[cells]


def _same_share(a: Thumbnail, b: Thumbnail) -> float:
    near, far = np.minimum(a[0], b[0]), np.maximum(a[0], b[0])
    return float(np.mean((a[1] == b[1]) & (far <= _SAME_DEPTH * near)))  # infinity is as far as infinity


DISTINCT = SightingGate("largest share of the picture that it has in common with an accepted view", _judge)
