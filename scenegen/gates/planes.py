"""Local planes: the normals that the slope of the depth implies, to hold the shipped ones against.

On a plane 1 / z is affine in the pixels: with n . P = d and P = z * (x, y, 1) it is (n_x x + n_y y + n_z) / d. So the
gradient of 1 / z, over pixels of one object on which it hardly changes, gives the normal: the middle difference where
both neighbours lie on the plane, else that of the two pixels to one side, which is beside an edge or a crease.

A pixel has no plane where no such neighbours exist, where there is no surface, and two pixels from the border.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, Float64, Int32, UInt8

from scenegen.compiled import compiled

NO_PLANE, INNER, BESIDE_EDGE = 0, 1, 2
_BEND_RAD = 0.05
"""How far a surface may turn from one pixel to the next, seen head-on, and still count as a plane."""


@dataclass(frozen=True)
class Planes:
    """The plane through each pixel and its neighbours."""

    normal_cam: Float32[np.ndarray, "h w 3"]
    """In the axes of `GBuffer.normal_cam`; zero where there is no plane."""
    kind: UInt8[np.ndarray, "h w"]
    """NO_PLANE, INNER, or BESIDE_EDGE where one-sided differences were taken."""


def local_planes(
    inverse_depth: Float64[np.ndarray, "h w"], instance_id: Int32[np.ndarray, "h w"], k: Float64[np.ndarray, "3 3"]
) -> Planes:
    """Returns the plane of each pixel."""
    return Planes(*_local_planes(inverse_depth, instance_id, k))


@compiled
def inverse_depths(z_depth_m: Float32[np.ndarray, "h w"]) -> Float64[np.ndarray, "h w"]:
    """Returns 1 / z; 0 for infinity, and for what is no depth."""
    height, width = z_depth_m.shape
    inverse = np.zeros((height, width))
    for row in range(height):
        for column in range(width):
            z = np.float64(z_depth_m[row, column])
            if z > 0:  # False for NaN
                inverse[row, column] = 1.0 / z
    return inverse


@compiled
def _local_planes(
    inverse_depth: Float64[np.ndarray, "h w"], instance_id: Int32[np.ndarray, "h w"], k: Float64[np.ndarray, "3 3"]
) -> tuple[Float32[np.ndarray, "h w 3"], UInt8[np.ndarray, "h w"]]:
    height, width = inverse_depth.shape
    normals = np.zeros((height, width, 3), dtype=np.float32)
    kinds = np.zeros((height, width), dtype=np.uint8)
    bend = _BEND_RAD / k[0, 0]
    for row in range(2, height - 2):
        for column in range(2, width - 2):
            middle = inverse_depth[row, column]
            if middle <= 0:
                continue
            kind_x, slope_x = _slope(inverse_depth, instance_id, row, column, 0, 1, bend * middle)
            if kind_x == NO_PLANE:
                continue
            kind_y, slope_y = _slope(inverse_depth, instance_id, row, column, 1, 0, bend * middle)
            if kind_y == NO_PLANE:
                continue
            x, y = k[0, 0] * slope_x, k[1, 1] * slope_y
            z = middle - slope_x * (column + 0.5 - k[0, 2]) - slope_y * (row + 0.5 - k[1, 2])
            scale = 1.0 / np.sqrt(x * x + y * y + z * z)
            normals[row, column, 0] = -x * scale
            normals[row, column, 1] = y * scale
            normals[row, column, 2] = z * scale
            kinds[row, column] = max(kind_x, kind_y)
    return normals, kinds


@compiled
def _slope(  # noqa: PLR0913, PLR0917 - compiled code takes arrays, not objects
    inverse_depth: Float64[np.ndarray, "h w"],
    instance_id: Int32[np.ndarray, "h w"],
    row: int,
    column: int,
    down: int,
    right: int,
    bend: float,
) -> tuple[int, float]:
    """Returns the kind of plane along one axis of the picture, and the change of 1 / z from pixel to pixel."""
    shown, here = instance_id[row, column], inverse_depth[row, column]
    before, after = inverse_depth[row - down, column - right], inverse_depth[row + down, column + right]
    on_before = instance_id[row - down, column - right] == shown
    on_after = instance_id[row + down, column + right] == shown
    if on_before and on_after and abs(before - 2 * here + after) <= bend:
        return INNER, (after - before) / 2
    return _one_sided(inverse_depth, instance_id, row, column, down, right, bend)


@compiled
def _one_sided(  # noqa: PLR0913, PLR0917 - compiled code takes arrays, not objects
    inverse_depth: Float64[np.ndarray, "h w"],
    instance_id: Int32[np.ndarray, "h w"],
    row: int,
    column: int,
    down: int,
    right: int,
    bend: float,
) -> tuple[int, float]:
    """Returns the same by the two pixels on one side, that on which the surface bends less."""
    shown, here = instance_id[row, column], inverse_depth[row, column]
    kind, slope, least = NO_PLANE, 0.0, bend
    for side in (-1, 1):
        next_row, next_column = row + side * down, column + side * right
        far_row, far_column = next_row + side * down, next_column + side * right
        if instance_id[next_row, next_column] == shown and instance_id[far_row, far_column] == shown:
            following, far = inverse_depth[next_row, next_column], inverse_depth[far_row, far_column]
            bent = abs(here - 2 * following + far)
            if bent <= least:
                kind, slope, least = BESIDE_EDGE, side * (4 * following - 3 * here - far) / 2, bent
    return kind, slope
