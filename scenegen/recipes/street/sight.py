"""Sight: what a camera would see of a street, by a coarse grid of rays against the boxes of all things.

A crown of leaves counts above its trunk only, what is thin or hollow by the whole of its box: enough to compare views,
not to measure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64

from scenegen.recipes.lens import Extent
from scenegen.recipes.sight import Boxes, boxes_of
from scenegen.recipes.thing import Thing

_COLUMNS, _ROWS = 16, 13
NEAR_M = 0.7
BANDS_M = (3.0, 10.0, 30.0, 80.0)
"""Between nearer and farther depths."""
_CROWN = 0.22
"""Share of a tree's height below its crown."""
_TRUNK_M = 0.35
_PARTS = frozenset(
    {"wall", "curtain", "window", "door", "shutter", "stairs", "balcony", "railing", "chimney", "road_marking", "kerb"}
)
"""Classes that are parts of what is seen anyway."""


@dataclass(frozen=True)
class Glimpse:
    """What one camera sees, as shares of its rays."""

    things: int
    """Things that at least two rays meet."""
    classes: int
    near_share: float
    largest_share: float
    sky_share: float
    bands: tuple[float, ...]
    """Shares of the rays that end in each band of depths."""
    focus_m: Float64[np.ndarray, "n"]
    """Planar depths of all that is met."""


@dataclass(frozen=True)
class Scene:
    """All that can be seen, and all that a camera must keep off."""

    seen: Boxes
    names: tuple[str, ...]
    matter: Boxes


def scene_of(things: Sequence[Thing]) -> Scene:
    """Returns the boxes of a street: those of whole things to be seen, those of their parts to keep off."""
    visible = [thing for thing in things if thing.class_name not in _PARTS]
    names = tuple(thing.class_name for thing in visible)
    return Scene(
        _boxes_of(visible, [_whole(thing) for thing in visible]), names, _boxes_of(things, map(_parts, things))
    )


_Bounds = Float64[np.ndarray, "n 2 3"]
"""Lowest and highest coordinates in a thing's own axes."""


def _whole(thing: Thing) -> _Bounds:
    low, high = thing.bounds_m
    if thing.class_name == "tree" and thing.record is not None:
        low = low + np.array([0.0, 0.0, _CROWN * (high[2] - low[2])])
    return np.array([[low, high]])


def _parts(thing: Thing) -> _Bounds:
    if thing.spheres:
        return np.zeros((0, 2, 3))
    if thing.boxes:
        numbers = np.array([(each.center_m, each.size_m) for each in thing.boxes])
        middles, halves = numbers[:, 0], numbers[:, 1] / 2
        return np.stack([middles - halves, middles + halves], axis=1)
    whole = _whole(thing)
    if thing.class_name != "tree":
        return whole
    trunk = np.array([[(-_TRUNK_M, -_TRUNK_M, 0.0), (_TRUNK_M, _TRUNK_M, whole[0, 0, 2])]])
    return np.concatenate([whole, trunk])


def _boxes_of(things: Sequence[Thing], bounds: Iterable[_Bounds]) -> Boxes:
    each = list(bounds)
    ends = np.concatenate([*each, np.zeros((0, 2, 3))])
    owners = np.repeat(np.arange(len(each)), [len(one) for one in each])
    poses = np.array([thing.object2world for thing in things]).reshape(-1, 4, 4)
    return boxes_of((ends[:, 0] + ends[:, 1]) / 2, (ends[:, 1] - ends[:, 0]) / 2, poses, owners)


def glimpse(scene: Scene, cam2world: Float64[np.ndarray, "4 4"], extent: Extent) -> Glimpse:
    """Returns what a camera sees."""
    z_depth_m, number = scene.seen.met(cam2world, extent, _COLUMNS, _ROWS, from_inside=False)
    hit = number >= 0
    counts = np.bincount(number[hit], minlength=len(scene.names))
    seen = np.flatnonzero(counts >= 2)
    share = np.histogram(z_depth_m[hit], bins=(0.0, *BANDS_M, np.inf))[0] / hit.size
    return Glimpse(
        things=len(seen),
        classes=len({scene.names[number] for number in seen.tolist()}),
        near_share=float(np.mean(z_depth_m < NEAR_M)),
        largest_share=float(counts.max(initial=0) / hit.size),
        sky_share=float(1.0 - hit.mean()),
        bands=tuple(share.tolist()),
        focus_m=z_depth_m[hit],
    )
