"""Sight: what a camera would see of a hall, by a coarse grid of rays against all boxes; models count as their boxes.

Exact for what is planned of boxes, which is most of a hall. Rays are cast by Embree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float64, Int64

from scenegen.recipes.lens import Extent, grid_rays
from scenegen.recipes.thing import Thing
from schemas.geometry import Vec3

_COLUMNS, _ROWS = 20, 16
NEAR_M = 0.6
BANDS_M = (1.0, 3.0, 10.0, 30.0)
"""Between nearer and farther depths."""
_CORNERS = np.array([(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], dtype=np.float64)
_SIDES = np.array(
    [
        *((0, 1, 3), (0, 3, 2), (4, 6, 7), (4, 7, 5), (0, 4, 5), (0, 5, 1)),
        *((2, 3, 7), (2, 7, 6), (0, 2, 6), (0, 6, 4), (1, 5, 7), (1, 7, 3)),
    ]
)
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

    embree: Any
    owner: Int64[np.ndarray, "b"]
    """Thing of each box."""
    class_number: Int64[np.ndarray, "t"]
    is_shell: np.ndarray
    middle_m: Float64[np.ndarray, "b 3"]
    half_m: Float64[np.ndarray, "b 3"]
    turned: Float64[np.ndarray, "b 3 3"]

    def distance_m(self, spot: Vec3) -> float:
        """Returns how far a point is from the nearest box; 0 inside."""
        local = np.einsum("bij,bj->bi", self.turned, np.array(spot) - self.middle_m)
        return float(np.sqrt((np.maximum(np.abs(local) - self.half_m, 0.0) ** 2).sum(axis=1)).min())


def scene_of(things: Sequence[Thing]) -> Scene:
    """Returns the boxes of a hall."""
    from embreex.mesh_construction import TriangleMesh  # noqa: PLC0415 - readers of plans need no ray caster
    from embreex.rtcore_scene import EmbreeScene  # noqa: PLC0415

    shapes = [_shapes(thing) for thing in things]
    owners = np.repeat(np.arange(len(things)), [len(each) for each in shapes])
    numbers = np.array([shape for each in shapes for shape in each])
    middles, half_m = numbers[:, :3], numbers[:, 3:] / 2
    poses = np.array([thing.object2world for thing in things])[owners]
    turns = poses[:, :3, :3]
    middle_m = np.einsum("bij,bj->bi", turns, middles) + poses[:, :3, 3]
    corners = middle_m[:, None] + np.einsum("bij,bkj->bki", turns, _CORNERS[None] * half_m[:, None])
    embree = EmbreeScene()
    TriangleMesh(embree, np.ascontiguousarray(corners[:, _SIDES].reshape(-1, 3, 3), dtype=np.float32))
    names = sorted({thing.class_name for thing in things})
    return Scene(
        embree,
        owners,
        np.array([names.index(thing.class_name) for thing in things]),
        np.array([thing.class_name in _SHELL for thing in things]),
        middle_m,
        half_m,
        np.transpose(turns, (0, 2, 1)),
    )


def _shapes(thing: Thing) -> list[tuple[float, float, float, float, float, float]]:
    """Returns the middle and the sides of each box; of a model, of the box around it."""
    if thing.record is not None:
        w, d, h = thing.record.size_m
        return [(0.0, 0.0, h / 2, w, d, h)]
    return [(*each.center_m, *each.size_m) for each in thing.boxes]


def glimpse(scene: Scene, cam2world: Float64[np.ndarray, "4 4"], extent: Extent) -> Glimpse:
    """Returns what a camera sees."""
    rays = grid_rays(cam2world, extent, _COLUMNS, _ROWS)
    starts = np.ascontiguousarray(np.tile(cam2world[:3, 3], (len(rays), 1)), dtype=np.float32)
    hit = scene.embree.run(starts, np.ascontiguousarray(rays, dtype=np.float32), output=True)
    met = hit["primID"] >= 0
    z_depth_m = np.where(met, hit["tfar"], np.inf).astype(np.float64)
    owner = scene.owner[hit["primID"][met] // len(_SIDES)]
    counts = np.bincount(owner, minlength=len(scene.class_number))
    seen = np.flatnonzero((counts > 0) & ~scene.is_shell)
    share = np.histogram(z_depth_m[met], bins=(0.0, *BANDS_M, np.inf))[0] / len(rays)
    return Glimpse(
        things=len(seen),
        classes=len(set(scene.class_number[seen].tolist())),
        near_share=float(np.mean(z_depth_m < NEAR_M)),
        largest_share=float(counts.max(initial=0) / len(rays)),
        shell_share=float(counts[scene.is_shell].sum() / len(rays)),
        open_share=float(1.0 - met.mean()),
        bands=tuple(share.tolist()),
        focus_m=z_depth_m[met],
    )
