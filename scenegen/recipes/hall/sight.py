"""Sight: what a camera would see of a hall, by a coarse grid of rays against all boxes; models count as their boxes.

Exact for what is planned of boxes, which is most of a hall.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64, Int64

from scenegen.recipes.lens import Extent
from scenegen.recipes.sight import Boxes, boxes_of
from scenegen.recipes.thing import Thing

_COLUMNS, _ROWS = 20, 16
NEAR_M = 0.6
BANDS_M = (1.0, 3.0, 10.0, 30.0)
"""Between nearer and farther depths."""
_SHELL = frozenset({"wall", "floor", "ceiling", "ground", "beam", "road_marking"})


@dataclass(frozen=True)
class Glimpse:
    """What one camera sees, as shares of its rays."""

    things: int
    """Things, other than the shell, that a ray meets."""
    classes: int
    near_share: float
    largest_share: float
    shell_share: float
    open_share: float
    bands: tuple[float, ...]
    focus_m: Float64[np.ndarray, "n"]
    """Planar depths of all that is met."""


@dataclass(frozen=True, eq=False)
class Scene:
    """All boxes, ready for rays and distances."""

    boxes: Boxes
    owner: Int64[np.ndarray, "b"]
    """Thing of each box."""
    class_number: Int64[np.ndarray, "t"]
    is_shell: np.ndarray


def scene_of(things: Sequence[Thing]) -> Scene:
    """Returns the boxes of a hall."""
    shapes = [_shapes(thing) for thing in things]
    owners = np.repeat(np.arange(len(things)), [len(each) for each in shapes])
    numbers = np.array([shape for each in shapes for shape in each])
    middles_m, halves_m = np.ascontiguousarray(numbers[:, :3]), numbers[:, 3:] / 2
    poses = np.array([thing.object2world for thing in things])
    names = sorted({thing.class_name for thing in things})
    return Scene(
        boxes_of(middles_m, halves_m, poses, owners),
        owners,
        np.array([names.index(thing.class_name) for thing in things]),
        np.array([thing.class_name in _SHELL for thing in things]),
    )


def _shapes(thing: Thing) -> list[tuple[float, float, float, float, float, float]]:
    """Returns the middle and the sides of each box; of a model, of the box around it."""
    if thing.record is not None:
        w, d, h = thing.record.size_m
        return [(0.0, 0.0, h / 2, w, d, h)]
    return [(*each.center_m, *each.size_m) for each in thing.boxes]


def glimpse(scene: Scene, cam2world: Float64[np.ndarray, "4 4"], extent: Extent) -> Glimpse:
    """Returns what a camera sees."""
    z_depth_m, number = scene.boxes.met(cam2world, extent, _COLUMNS, _ROWS, from_inside=True)
    met = number >= 0
    owner = scene.owner[number[met]]
    counts = np.bincount(owner, minlength=len(scene.class_number))
    seen = np.flatnonzero((counts > 0) & ~scene.is_shell)
    share = np.histogram(z_depth_m[met], bins=(0.0, *BANDS_M, np.inf))[0] / met.size
    return Glimpse(
        things=len(seen),
        classes=len(set(scene.class_number[seen].tolist())),
        near_share=float(np.mean(z_depth_m < NEAR_M)),
        largest_share=float(counts.max(initial=0) / met.size),
        shell_share=float(counts[scene.is_shell].sum() / met.size),
        open_share=float(1.0 - met.mean()),
        bands=tuple(share.tolist()),
        focus_m=z_depth_m[met],
    )
