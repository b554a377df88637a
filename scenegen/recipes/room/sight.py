"""Sight: what a camera would see of a plan, by a coarse grid of rays against the pieces' boxes and the room's walls.

A ray meets a box where its entries into all three slabs precede its exits (Kay and Kajiya 1986), in the box's own axes.
Walls are met on their faces, floor and ceiling where their planes are; openings count as wall, but for passages from
room to room, whose reveals are left out.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Bool, Float64, Int64

from scenegen.recipes.lens import Extent, grid_rays
from scenegen.recipes.room.piece import Piece
from scenegen.recipes.room.shape import Shape, Span, Wall

_GRID = 24
NEAR_M = 0.5


@dataclass(frozen=True)
class Face:
    """One wall: the plane on which it stands, its ends along the other axis, and the passages through it."""

    axis: int
    at_m: float
    span_m: Span
    passages: tuple[tuple[Span, float], ...]
    """Ends along the wall, and how high."""


def _face(shape: Shape, wall: Wall) -> Face:
    axis = 1 if wall.index % 2 == 0 else 0

    def span(low_m: float, high_m: float) -> Span:
        low, high = sorted(wall.point_m(along_m, 0.0)[1 - axis] for along_m in (low_m, high_m))
        return low, high

    through = (each for each in shape.openings if each.kind == "passage" and each.wall.index == wall.index)
    passages = tuple((span(*each.along_m), each.z_m[1]) for each in through)
    return Face(axis, wall.start_m[axis], span(0.0, wall.length_m), passages)


@dataclass(frozen=True)
class Interior:
    """What a camera may see: one room or more, and the pieces in them."""

    shapes: tuple[Shape, ...]
    pieces: tuple[Piece, ...]
    furniture: tuple[Piece, ...]
    """Those of the pieces that a view should show."""

    @property
    def height_m(self) -> float:
        """Of the ceilings."""
        return self.shapes[0].height_m

    @cached_property
    def faces(self) -> tuple[Face, ...]:
        """The walls of all rooms."""
        return tuple(_face(shape, wall) for shape in self.shapes for wall in shape.walls)

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
    beyond_share: float
    """Rays that end in another room than they start in."""
    focus_m: Float64[np.ndarray, "n"]
    """Planar depths of the furniture met, or of all that is met where that is none."""


def glimpse(interior: Interior, cam2world: Float64[np.ndarray, "4 4"], extent: Extent) -> Glimpse:
    """Returns what a camera inside the room sees."""
    origin = cam2world[:3, 3]
    rays = grid_rays(cam2world, extent, _GRID, _GRID)
    rays /= np.linalg.norm(rays, axis=1, keepdims=True)
    wall_m, side = _leaving(interior, origin, rays)
    walls = len(interior.faces)
    box_m, nearest = _entering(interior, origin, rays)
    hit = box_m < wall_m
    distance_m = np.where(hit, box_m, wall_m)
    seen = np.bincount(np.where(hit, nearest + walls + 2, side), minlength=walls + 2 + len(interior.pieces))
    on_walls = wall_m[~hit & (side < walls)]
    z_depth_m = distance_m * (rays @ cam2world[:3, 2])
    on_furniture = hit & np.append(interior.is_furniture, False)[nearest]
    return Glimpse(
        int(np.sum((seen[walls + 2 :] >= 2) & interior.is_furniture)),
        float(np.mean(distance_m < NEAR_M)),
        float(seen.max() / len(rays)),
        float(on_walls.max()) if on_walls.size else 0.0,
        float(distance_m.mean()),
        _beyond_share(interior, origin, origin + distance_m[:, None] * rays),
        z_depth_m[on_furniture] if on_furniture.any() else z_depth_m,
    )


def _beyond_share(interior: Interior, origin: Float64[np.ndarray, "3"], ends_m: Float64[np.ndarray, "r 3"]) -> float:
    others = [shape.bounds for shape in interior.shapes if not shape.contains((origin[0], origin[1]))]
    if len(others) == len(interior.shapes):
        return 0.0
    beyond = [((ends_m[:, :2] >= part.low_m) & (ends_m[:, :2] <= part.high_m)).all(axis=1) for part in others]
    return float(np.mean(np.any(beyond, axis=0))) if beyond else 0.0


def _leaving(
    interior: Interior, origin: Float64[np.ndarray, "3"], rays: Float64[np.ndarray, "r 3"]
) -> tuple[Float64[np.ndarray, "r"], Int64[np.ndarray, "r"]]:
    """Returns how far each ray is from the rooms' surface, and which: walls in their order, then floor and ceiling."""
    slopes = np.where(np.abs(rays) < 1e-12, 1e-12, rays)
    away_m = [_to_face(face, interior.height_m, origin, slopes) for face in interior.faces]
    away_m += [_ahead(level_m - origin[2], slopes[:, 2]) for level_m in (0.0, interior.height_m)]
    stacked = np.stack(away_m)
    return stacked.min(axis=0), stacked.argmin(axis=0)


def _to_face(
    face: Face, height_m: float, origin: Float64[np.ndarray, "3"], slopes: Float64[np.ndarray, "r 3"]
) -> Float64[np.ndarray, "r"]:
    """Returns the distance to a wall's face on each ray, infinite where it is missed or a passage is."""
    away_m = _ahead(face.at_m - origin[face.axis], slopes[:, face.axis])
    at_m, z_m = (origin[axis] + np.minimum(away_m, 1e6) * slopes[:, axis] for axis in (1 - face.axis, 2))
    hit = (at_m >= face.span_m[0]) & (at_m <= face.span_m[1]) & (z_m >= 0.0) & (z_m <= height_m)
    for (low_m, high_m), top_m in face.passages:
        hit &= (at_m < low_m) | (at_m > high_m) | (z_m > top_m)
    return np.where(hit, away_m, np.inf)


def _ahead(off_m: float, slope: Float64[np.ndarray, "r"]) -> Float64[np.ndarray, "r"]:
    """Returns the way to a plane along each ray, infinite for those that lead away from it."""
    away_m = off_m / slope
    return np.where(away_m > 0, away_m, np.inf)


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
