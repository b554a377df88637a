"""Gates `blank` and `ids`: more than one thing is seen, and everything seen is in the plan, under its class.

Where there is a surface all ids are above 0, where there is none they are 0.
"""

import numpy as np
from jaxtyping import Int, Int32

from scenegen.gates.gate import Case, Finding, SightingGate, at_most


def _judge_blank(case: Case) -> Finding:
    ids, (stray, _) = case.gbuffer.instance_id, _class_table(case)
    counts = np.bincount(_index(ids, stray).ravel())
    return at_most(counts.max() / ids.size, case.limits.one_object_share)


def _judge_ids(case: Case) -> Finding:
    ids, classes, materials = case.gbuffer.instance_id, case.gbuffer.class_id, case.gbuffer.material_id
    stray, table = _class_table(case)
    planned = table[_index(ids, stray)] == classes
    seen = (ids > 0) & (classes > 0) & (materials > 0)
    empty = (ids == 0) & (classes == 0) & (materials == 0)
    return at_most(np.mean(~(planned & np.where(case.surface, seen, empty))), 0.0)


def _class_table(case: Case) -> tuple[int, Int[np.ndarray, " n"]]:
    """Returns the index of ids out of range, and class_id by instance_id; -1 for ids that nothing has."""
    stray = max((planned.instance_id for planned in case.plan.objects), default=0) + 1
    table = np.full(stray + 1, -1, dtype=np.int32)
    table[0] = 0
    for planned in case.plan.objects:
        table[planned.instance_id] = planned.class_id
    return stray, table


def _index(ids: Int32[np.ndarray, "h w"], stray: int) -> Int[np.ndarray, "h w"]:
    """Returns the ids; all out of range become `stray`."""
    return np.where((ids >= 0) & (ids < stray), ids, stray)


BLANK = SightingGate(
    "share of the pixels that show the one object that fills most, no surface counts as one", _judge_blank
)
IDS = SightingGate("share of the pixels whose ids are not those of one planned object, or of no surface", _judge_ids)
