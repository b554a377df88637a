"""Sight: what a camera would see of a street, by a coarse grid of rays against the boxes of all things.

A ray meets a box where its entries into all three slabs precede its exits (Kay and Kajiya 1986). A crown of leaves
counts above its trunk only, what is thin or hollow by the whole of its box: enough to compare views, not to measure.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float64, Int64

from scenegen.recipes.lens import Extent, grid_rays
from scenegen.recipes.thing import Thing
from schemas.geometry import Vec3

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
class Solids:
    """Boxes turned in any way."""

    middle_m: Float64[np.ndarray, "n 3"]
    half_m: Float64[np.ndarray, "n 3"]
    turned: Float64[np.ndarray, "n 3 3"]
    """From the world's axes into the boxes' own."""

    def distance_m(self, spot: Vec3) -> float:
        """Returns how far a point is from the nearest box; 0 inside."""
        local = np.einsum("nij,nj->ni", self.turned, np.array(spot) - self.middle_m)
        return float(np.sqrt((np.maximum(np.abs(local) - self.half_m, 0.0) ** 2).sum(axis=1)).min(initial=np.inf))

    def near(self, spot: Vec3, reach_m: float) -> "Solids":
        """Returns those that may be within reach of a point."""
        close = np.linalg.norm(self.middle_m - np.array(spot), axis=1) < reach_m + np.linalg.norm(self.half_m, axis=1)
        return Solids(self.middle_m[close], self.half_m[close], self.turned[close])


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

    seen: Solids
    names: tuple[str, ...]
    matter: Solids


def scene_of(things: Sequence[Thing]) -> Scene:
    """Returns the boxes of a street: those of whole things to be seen, those of their parts to keep off."""
    visible = [thing for thing in things if thing.class_name not in _PARTS]
    whole = [(thing, *_whole(thing)) for thing in visible]
    parts = [(thing, low, high) for thing in things for low, high in _parts(thing)]
    return Scene(_solids(whole), tuple(thing.class_name for thing in visible), _solids(parts))


_Part = tuple[Float64[np.ndarray, "3"], Float64[np.ndarray, "3"]]


def _whole(thing: Thing) -> _Part:
    low, high = thing.bounds_m
    if thing.class_name == "tree" and thing.record is not None:
        low = low + np.array([0.0, 0.0, _CROWN * (high[2] - low[2])])
    return low, high


def _parts(thing: Thing) -> list[_Part]:
    if thing.spheres:
        return []
    if thing.boxes:
        middles, halves = (np.array([getattr(each, name) for each in thing.boxes]) for name in ("center_m", "size_m"))
        return list(zip(middles - halves / 2, middles + halves / 2, strict=True))
    low, high = _whole(thing)
    if thing.class_name != "tree":
        return [(low, high)]
    trunk = np.array([-_TRUNK_M, -_TRUNK_M, 0.0]), np.array([_TRUNK_M, _TRUNK_M, low[2]])
    return [(low, high), trunk]


def _solids(parts: Sequence[tuple[Thing, Float64[np.ndarray, "3"], Float64[np.ndarray, "3"]]]) -> Solids:
    poses = np.array([thing.object2world for thing, _, _ in parts]).reshape(-1, 4, 4)
    low = np.array([low for _, low, _ in parts]).reshape(-1, 3)
    high = np.array([high for _, _, high in parts]).reshape(-1, 3)
    middle = np.einsum("nij,nj->ni", poses[:, :3, :3], (low + high) / 2) + poses[:, :3, 3]
    return Solids(middle, (high - low) / 2, np.transpose(poses[:, :3, :3], (0, 2, 1)))


def glimpse(scene: Scene, cam2world: Float64[np.ndarray, "4 4"], extent: Extent) -> Glimpse:
    """Returns what a camera sees."""
    rays = grid_rays(cam2world, extent, _COLUMNS, _ROWS)
    shown = np.flatnonzero(_ahead(scene.seen, cam2world, extent))
    solids = Solids(scene.seen.middle_m[shown], scene.seen.half_m[shown], scene.seen.turned[shown])
    distance_m, number = _entering(solids, cam2world[:3, 3], rays)
    nearest = shown[number]
    hit = np.isfinite(distance_m)
    counts = np.bincount(nearest[hit], minlength=len(scene.names))
    seen = np.flatnonzero(counts >= 2)
    z_depth_m = np.where(hit, distance_m, np.inf)
    share = np.histogram(z_depth_m[hit], bins=(0.0, *BANDS_M, np.inf))[0] / len(rays)
    return Glimpse(
        things=len(seen),
        classes=len({scene.names[number] for number in seen.tolist()}),
        near_share=float(np.mean(z_depth_m < NEAR_M)),
        largest_share=float(counts.max(initial=0) / len(rays)),
        sky_share=float(1.0 - hit.mean()),
        bands=tuple(share.tolist()),
        focus_m=z_depth_m[hit],
    )


def _ahead(solids: Solids, cam2world: Float64[np.ndarray, "4 4"], extent: Extent) -> Bool[np.ndarray, "n"]:
    """Tells which boxes may be in the picture: their balls reach into the cone around it."""
    local = (solids.middle_m - cam2world[:3, 3]) @ cam2world[:3, :3]
    axis = np.array([*extent.middle, 1.0])
    corners = np.array([(x * extent.half[0], y * extent.half[1], 0.0) for x in (-1, 1) for y in (-1, 1)]) + axis
    axis /= np.linalg.norm(axis)
    cos = float((corners / np.linalg.norm(corners, axis=1, keepdims=True) @ axis).min())
    along = local @ axis
    beside = np.sqrt(np.maximum((local**2).sum(axis=1) - along**2, 0.0))
    off = beside * cos - along * math.sqrt(max(1.0 - cos * cos, 0.0))
    return off < np.linalg.norm(solids.half_m, axis=1)


def _entering(
    solids: Solids, origin: Float64[np.ndarray, "3"], rays: Float64[np.ndarray, "r 3"]
) -> tuple[Float64[np.ndarray, "r"], Int64[np.ndarray, "r"]]:
    """Returns the planar depth at which each ray first enters a box, and the number of that box."""
    start = (solids.turned @ (origin - solids.middle_m)[:, :, None])[:, :, 0].astype(np.float32)
    slopes = rays.astype(np.float32) @ np.transpose(solids.turned, (0, 2, 1)).astype(np.float32)
    slopes = np.where(np.abs(slopes) < 1e-9, np.float32(1e-9), slopes)
    middle = -start[:, None, :] / slopes
    reach = solids.half_m.astype(np.float32)[:, None, :] / np.abs(slopes)
    entry, leave = (middle - reach).max(axis=2), (middle + reach).min(axis=2)
    depth_m = np.where((entry < leave) & (entry > 0.0), entry, np.float32(np.inf))
    nearest = depth_m.argmin(axis=0)
    return depth_m[nearest, np.arange(len(rays))].astype(np.float64), nearest
