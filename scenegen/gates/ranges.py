"""Gates `depth` and `near`: depths are numbers within the range of the spec, and few surfaces touch the lens."""

import numpy as np

from scenegen.gates.gate import Case, Finding, SightingGate, at_most


def _judge_depth(case: Case) -> Finding:
    z_depth_m, interval = case.gbuffer.z_depth_m, case.limits.depth_m
    valid = (z_depth_m >= interval.low) & (z_depth_m <= interval.high)  # False for NaN
    return at_most(np.mean(case.surface & ~valid), 0.0)


def _judge_near(case: Case) -> Finding:
    return at_most(np.mean(case.gbuffer.z_depth_m < case.limits.near_m), case.limits.near_share)


DEPTH = SightingGate("share of the pixels whose depth is no number, or a finite one outside the range", _judge_depth)
NEAR = SightingGate("share of the pixels that show something nearer than near_m", _judge_near)
