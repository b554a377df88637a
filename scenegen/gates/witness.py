"""Gates `witness_ids` and `witness_depth`: the renderer's own passes confirm the exact buffers.

A renderer without a second witness passes: its figures are 1 and 0.
"""

import math

from scenegen.gates.gate import Finding, PictureGate, at_least, at_most
from scenegen.stage import Picture
from schemas.run_spec import GateSpec


def _judge_ids(picture: Picture, limits: GateSpec) -> Finding:
    share = picture.agreement.same_share
    return at_least(1.0 if math.isnan(share) else share, limits.same_share)


def _judge_depth(picture: Picture, limits: GateSpec) -> Finding:
    error = picture.agreement.z_error_p999
    return at_most(0.0 if math.isnan(error) else error, limits.z_error_p999)


WITNESS_IDS = PictureGate(
    "share of the pixels in which both witnesses agree on object and depth", _judge_ids, sets_aside=True
)
WITNESS_DEPTH = PictureGate(
    "99.9th percentile of the witnesses' relative difference of depth", _judge_depth, sets_aside=True
)
