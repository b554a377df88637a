"""How large a unit is: at most 10 core-minutes and 256 MB, by an estimate from the spec alone.

A unit is what is lost when a worker dies, what a worker holds in memory, and one file; and it must be the same on every
machine and each time a run is taken up again. So nothing is measured: the constants below are, once and for all runs,
of Cycles on a slow core and of the pictures of all recipes, a little above what is usual. `run.json` has the number
that came of it. What a run really takes is told by `scenegen estimate`, which renders, and by its ledger.
Small runs are dealt to 64 units at least, so that many workers have something to do.
"""

from schemas.run_spec import RunSpec

MOST_CORE_S = 600.0
MOST_BYTES = 256_000_000
FEWEST_UNITS = 64

_SCENE_CORE_S = 4.0
"""Planning, building, and what is loaded for it."""
_VIEW_CORE_S = 0.4
_PIXEL_CORE_S = 1e-5
"""Exact buffers, gates, denoising, developing, the files of a frame."""
_PATH_CORE_S = 5.5e-6
_TARGET_PIXEL_CORE_S = 3e-7

_FRAME_BYTES = 120_000
"""Plan, objects, materials and verdicts."""
_PICTURE_BYTES = {"png": 2.0, "jpeg": 1.0}
"""A pixel."""
_BUFFERS_BYTES = 7.0
_TARGET_BYTES = 0.4
_ROW_BYTES = 3_000


def scenes_per_unit(spec: RunSpec) -> int:
    """Returns how many scenes a unit of the spec has: what it says, else what the estimate allows, at least one."""
    return spec.scenes_per_unit if spec.scenes_per_unit is not None else largest_unit(spec)


def largest_unit(spec: RunSpec) -> int:
    """Returns for how many scenes a unit is within its limits, one at least, and the run has units enough."""
    within = min(MOST_CORE_S / scene_core_s(spec), MOST_BYTES / scene_bytes(spec), spec.scenes / FEWEST_UNITS)
    return max(1, int(within))


def scene_core_s(spec: RunSpec) -> float:
    """Returns the seconds of processor time that a scene takes, its files included; an upper estimate."""
    pixels = _pixels(spec)
    picture_s = _VIEW_CORE_S + pixels * (_PIXEL_CORE_S + spec.render.samples * _PATH_CORE_S)
    targets_s = _triplets_of_frame(spec) * pixels * _TARGET_PIXEL_CORE_S
    return _SCENE_CORE_S + spec.views_per_scene * (picture_s + targets_s)


def scene_bytes(spec: RunSpec) -> float:
    """Returns the bytes of a scene's rows in all tables; an upper estimate."""
    pixels, picture = _pixels(spec), _PICTURE_BYTES[spec.image.format]
    triplet = _ROW_BYTES + pixels * (picture + _TARGET_BYTES)
    frame = _FRAME_BYTES + pixels * (picture + _BUFFERS_BYTES) if spec.keep_frames else 0
    return spec.views_per_scene * (frame + _triplets_of_frame(spec) * triplet)


def _pixels(spec: RunSpec) -> float:
    """Returns the mean over the sizes that views have."""
    camera = spec.camera
    if not camera.buckets:
        return float(camera.width_px * camera.height_px)
    weights = sum(size.weight for size in camera.buckets)
    return sum(size.weight * size.width_px * size.height_px for size in camera.buckets) / weights


def _triplets_of_frame(spec: RunSpec) -> float:
    return sum(spec.triplets_per_frame.get(task, 1.0) for task in spec.tasks)
