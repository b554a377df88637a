"""Gates `depth`, `near` and `inside`: depths are numbers within range, and the camera stands in free air.

A camera inside a wall or a thing sees the backs of its triangles all around. Furniture that is wound inside out, leaves
and sheets show their backs too, but seldom fill much of a picture within a metre.
"""

import numpy as np

from scenegen.gates.gate import Case, Finding, SightingGate, at_most


def _judge_depth(case: Case) -> Finding:
    z_depth_m, interval = case.gbuffer.z_depth_m, case.limits.depth_m
    valid = (z_depth_m >= interval.low) & (z_depth_m <= interval.high)  # False for NaN
    return at_most(np.mean(case.surface & ~valid), 0.0)


def _judge_near(case: Case) -> Finding:
    near_m = min(case.limits.near_m, case.plan.near_m or np.inf)
    return at_most(np.mean(case.gbuffer.z_depth_m < near_m), case.limits.near_share)


def _judge_inside(case: Case) -> Finding:
    close = case.gbuffer.z_depth_m < case.limits.back_m
    return at_most(np.mean(case.sighting.back_facing & close), case.limits.back_share)


DEPTH = SightingGate("share of the pixels whose depth is no number, or a finite one outside the range", _judge_depth)
NEAR = SightingGate(
    "share of the pixels that show something nearer than near_m, the spec's or its recipe's", _judge_near
)
INSIDE = SightingGate("share of the pixels that show the back of something nearer than back_m", _judge_inside)
