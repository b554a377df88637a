"""Gate `blank`: no view shows one object alone, or nothing but sky."""

import numpy as np

from scenegen.gates.gate import Case, Finding, SightingGate, at_most


def _judge(case: Case) -> Finding:
    ids = case.gbuffer.instance_id
    counts = np.unique_counts(ids).counts
    return at_most(counts.max() / ids.size, case.limits.one_object_share)


BLANK = SightingGate("share of the pixels that show the one object that fills most, no surface counted as one", _judge)
