"""Retargeting: the spec of triplets that are encoded again from a run's frames is that run's, with other targets.

What shaped the frames stays as it was, and so does what is not changed; only counts of tasks that are no longer asked
for go with them.
"""

from collections.abc import Sequence

from render_configs.faults import shortened
from render_configs.load import Members, checked_spec, without_tasks_left_out
from render_configs.overrides import Tree, merge, parse_override
from schemas.errors import SpecError, did_you_mean
from schemas.run_spec import RunSpec

TARGET_KEYS = ("tasks", "triplets_per_frame", "targets", "epoch")
"""Keys of a spec on which no frame depends."""


def retargeted(spec: RunSpec, overrides: Sequence[str], members: Members) -> RunSpec:
    """Returns the spec of a run with overrides (`targets.depth.exponent=-2`); its frames are not kept a second time.

    `members`: as in `load_spec`. Raises SpecError with every fault found, such as an override of any other key.
    """
    changes: Tree = {}
    faults: list[str] = []
    for override in overrides:
        try:
            changes = merge(changes, _change(override))
        except SpecError as error:
            faults += error.faults
    given: Tree = {**spec.model_dump(mode="json"), "keep_frames": False}
    return checked_spec(merge(without_tasks_left_out(given, changes), changes), faults, members)


def _change(override: str) -> Tree:
    """Returns an override as a tree; raises SpecError where frames depend on its key."""
    change = parse_override(override)
    unknown = sorted(change.keys() - set(TARGET_KEYS))
    if unknown:
        name = shortened(override.partition("=")[0].strip())
        hint, allowed = did_you_mean(unknown[0], TARGET_KEYS), ", ".join(TARGET_KEYS)
        raise SpecError([f"encode can't change '{name}'{hint}; it may set {allowed}"])
    return change
