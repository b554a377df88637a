"""Sight: what a camera would see of a plan, by a coarse grid of rays against the pieces' boxes and the room's walls.

A ray meets a box where its entries into all three slabs precede its exits (Kay and Kajiya 1986), in the box's own axes.
The room itself is met where a ray leaves it; openings count as wall.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Bool, Float64, Int64

from scenegen.recipes.lens import Extent, grid_rays
from scenegen.recipes.room.piece import Piece
from scenegen.recipes.room.shape import Shape

_GRID = 24
NEAR_M = 0.5


@dataclass(frozen=True)
class Interior:
    """What a camera may see: a room, and the pieces in it."""

    shape: Shape
    pieces: tuple[Piece, ...]
    furniture: tuple[Piece, ...]
    """Those of the pieces that a view should show."""

    @cached_property
    def center_m(self) -> Float64[np.ndarray, "n 3"]:
        """Middles of the pieces' boxes."""
        centers = [(*p.position_m[:2], p.position_m[2] + p.thing.size_m[2] / 2) for p in self.pieces]
        return np.array(centers, dtype=np.float64).reshape(-1, 3)

    @cached_property
    def half_m(self) -> Float64[np.ndarray, "n 3"]:
        """Half sides of the boxes."""
        return np.array([piece.thing.size_m for piece in self.pieces], dtype=np.float64).reshape(-1, 3) / 2

    @cached_property
    def cos_sin(self) -> Float64[np.ndarray, "n 2"]:
        """By which the boxes are turned."""
        yaw_rad = np.array([piece.yaw_rad for piece in self.pieces], dtype=np.float64)
        return np.stack([np.cos(yaw_rad), np.sin(yaw_rad)], axis=-1)

    @cached_property
    def is_furniture(self) -> Bool[np.ndarray, "n"]:
        """Tells which of the pieces are furniture."""
        counted = set(self.furniture)
        return np.array([piece in counted for piece in self.pieces], dtype=bool)


@dataclass(frozen=True)
class Glimpse:
    """What one camera sees, as shares of its rays."""

    furniture: int
    """Pieces of furniture that at least two rays meet."""
    near_share: float
    """Rays that meet something within NEAR_M."""
    largest_share: float
    """Rays that meet the one thing, wall, floor or ceiling that fills most."""
    farthest_wall_m: float
    mean_m: float
    focus_m: Float64[np.ndarray, "n"]
    """Planar depths of the furniture met, or of all that is met where that is none."""


def glimpse(interior: Interior, cam2world: Float64[np.ndarray, "4 4"], extent: Extent) -> Glimpse:
    """Returns what a camera inside the room sees."""
    origin = cam2world[:3, 3]
    rays = grid_rays(cam2world, extent, _GRID, _GRID)
    rays /= np.linalg.norm(rays, axis=1, keepdims=True)
    wall_m, side = _leaving(interior.shape, origin, rays)
    box_m, nearest = _entering(interior, origin, rays)
    hit = box_m < wall_m
    distance_m = np.where(hit, box_m, wall_m)
    seen = np.bincount(np.where(hit, nearest + 6, side), minlength=6 + len(interior.pieces))
    on_walls = wall_m[~hit & (side < 4)]
    z_depth_m = distance_m * (rays @ cam2world[:3, 2])
    on_furniture = hit & np.append(interior.is_furniture, False)[nearest]
    return Glimpse(
        int(np.sum((seen[6:] >= 2) & interior.is_furniture)),
        float(np.mean(distance_m < NEAR_M)),
        float(seen.max() / len(rays)),
        float(on_walls.max()) if on_walls.size else 0.0,
        float(distance_m.mean()),
        z_depth_m[on_furniture] if on_furniture.any() else z_depth_m,
    )


def _leaving(
    shape: Shape, origin: Float64[np.ndarray, "3"], rays: Float64[np.ndarray, "r 3"]
) -> tuple[Float64[np.ndarray, "r"], Int64[np.ndarray, "r"]]:
    """Returns how far each ray is from the room's surface, and which: 0 to 3 the walls, 4 the floor, 5 the ceiling."""
    half = np.array([shape.width_m / 2, shape.depth_m / 2, shape.height_m / 2])
    local = origin - (0.0, 0.0, shape.height_m / 2)
    slopes = np.where(np.abs(rays) < 1e-12, 1e-12, rays)
    exits = (np.sign(slopes) * half - local) / slopes
    axis = np.argmin(exits, axis=1)
    forward = np.take_along_axis(slopes, axis[:, None], axis=1)[:, 0] > 0
    return exits.min(axis=1), axis * 2 + forward


def _entering(
    interior: Interior, origin: Float64[np.ndarray, "3"], rays: Float64[np.ndarray, "r 3"]
) -> tuple[Float64[np.ndarray, "r"], Int64[np.ndarray, "r"]]:
    """Returns the distance to the nearest box on each ray, infinite where there is none, and its number."""
    if not interior.pieces:
        return np.full(len(rays), np.inf), np.zeros(len(rays), dtype=np.int64)
    start = _turned((origin - interior.center_m)[:, None, :], interior.cos_sin)
    slopes = _turned(rays[None, :, :], interior.cos_sin)
    entry = np.full((len(interior.pieces), len(rays)), -np.inf)
    leave = -entry
    for axis in range(3):
        slope = np.where(np.abs(slopes[axis]) < 1e-12, 1e-12, slopes[axis])
        middle, reach = -start[axis] / slope, interior.half_m[:, axis, None] / np.abs(slope)
        entry, leave = np.maximum(entry, middle - reach), np.minimum(leave, middle + reach)
    distance_m = np.where((entry < leave) & (leave > 0), np.maximum(entry, 0.0), np.inf)
    return distance_m.min(axis=0), distance_m.argmin(axis=0)


def _turned(
    vectors: Float64[np.ndarray, "m k 3"], cos_sin: Float64[np.ndarray, "n 2"]
) -> tuple[Float64[np.ndarray, "n k"], Float64[np.ndarray, "n k"], Float64[np.ndarray, "m k"]]:
    """Returns x, y and z of vectors in the axes of n boxes that are turned by the angles of `cos_sin`."""
    c, s = cos_sin[:, 0, None], cos_sin[:, 1, None]
    x, y = vectors[..., 0], vectors[..., 1]
    return x * c + y * s, y * c - x * s, vectors[..., 2]
