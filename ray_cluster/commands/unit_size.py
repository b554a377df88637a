"""What is told of a spec whose units are larger than the estimate allows."""

from schemas.run_spec import RunSpec
from schemas.unit_size import MOST_BYTES, MOST_CORE_S, largest_unit, scene_bytes, scene_core_s, scenes_per_unit


def unit_size_line(spec: RunSpec) -> str | None:
    """Returns a line where units are too large, by the spec's own word or since one scene is; else nothing."""
    size = scenes_per_unit(spec)
    core_s, stored = size * scene_core_s(spec), size * scene_bytes(spec)
    if core_s <= MOST_CORE_S and stored <= MOST_BYTES:
        return None
    scenes = "one scene" if size == 1 else f"scenes_per_unit {size}"
    advice = "fewer views_per_scene make it less" if size == 1 else f"without it they would have {largest_unit(spec)}"
    return (
        f"{scenes} makes units of about {core_s / 60:.0f} core-minutes and {stored / 1e6:.0f} MB; "
        f"{MOST_CORE_S / 60:.0f} core-minutes and {MOST_BYTES / 1e6:.0f} MB are usual, since a worker that dies loses "
        f"one, and holds one in memory: {advice}"
    )
