"""Gate `distinct`: no view shows what an accepted one of its scene shows already.

Two views are compared on a grid over both pictures: a cell is the same where both show the same object at the same
depth, within 5 %. Views of a room from two places share up to 0.4 of the cells, of an open yard up to 0.7; moved by a
hundredth of its width, a view shares 0.9 with itself.
"""

import numpy as np

from scenegen.gates.gate import Case, Finding, SightingGate, at_most
from scenegen.gates.thumbnail import Thumbnail, thumbnail

_SAME_DEPTH = 1.05


def _judge(case: Case) -> Finding:
    ours = thumbnail(case.gbuffer)
    shares = [_same_share(ours, shown) for shown in case.accepted]
    return at_most(max(shares, default=0.0), case.limits.same_view_share)


def _same_share(a: Thumbnail, b: Thumbnail) -> float:
    near, far = np.minimum(a.z_depth_m, b.z_depth_m), np.maximum(a.z_depth_m, b.z_depth_m)
    return float(
        np.mean((a.instance_id == b.instance_id) & (far <= _SAME_DEPTH * near))
    )  # infinity is as far as infinity


DISTINCT = SightingGate("largest share of the picture that it has in common with an accepted view", _judge)
