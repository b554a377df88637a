"""Gates `normals`, `slope`, `axes` and `edge_normals`: normals are unit vectors that face the camera and fit the depth.

What the depth's slope says stands in `scenegen.gates.planes`. Smooth normals of coarse meshes and bump differ from it,
but little on average, so that `slope` compares the means over blocks of 8 x 8 pixels: mirrored axes, world axes and
normals of another frame are far off, and so is every normal where depth is ray distance. Where a view shows few
surfaces that tilt along an axis, its mirror image moves few blocks; `axes` asks whether each component grows as that
of the slope, and -1 for 1 is plain however few they are. `edge_normals` looks at the pixels beside edges and creases
one by one: there, normals that were averaged over a pixel lie between two surfaces.
"""

import math

import numpy as np
from jaxtyping import Bool, Float32, Float64, UInt8

from scenegen.compiled import compiled
from scenegen.gates.gate import Case, Finding, SightingGate, at_most
from scenegen.gates.planes import BESIDE_EDGE, INNER, NO_PLANE

_BLOCK_PX = 8
_BLOCK_COS = math.cos(math.radians(10.0))
_EDGE_COS = math.cos(math.radians(20.0))
_TOLERANCE = 1e-3
"""Of a length, and of the cosine to the ray."""
_LEAST_TILT = 1e-3
"""Mean square of a component over the picture, below which it tells nothing."""
_MOST_OFF = 10.0
_FEW = 64
"""Pixels on which a share is taken at least."""


def _judge_normals(case: Case) -> Finding:
    return at_most(_share_invalid(case.gbuffer.normal_cam, case.surface, case.k), 0.0)


def _judge_slope(case: Case) -> Finding:
    planes = case.planes
    figure = _share_of_blocks_off(case.gbuffer.normal_cam, planes.normal_cam, planes.kind)
    return at_most(figure, case.limits.slope_share)


def _judge_edge_normals(case: Case) -> Finding:
    planes = case.planes
    figure = _share_of_edge_pixels_off(case.gbuffer.normal_cam, planes.normal_cam, planes.kind)
    return at_most(figure, case.limits.edge_normal_share)


def _judge_axes(case: Case) -> Finding:
    planes = case.planes
    products, squares, pixels = _growth(case.gbuffer.normal_cam, planes.normal_cam, planes.kind)
    tilted = squares > _LEAST_TILT * (pixels + _FEW)
    growth = np.divide(products, squares, out=np.ones(3), where=tilted)
    off = np.abs(growth - 1).max()
    return at_most(min(off, _MOST_OFF) if np.isfinite(off) else _MOST_OFF, case.limits.axis_error)


@compiled
def _share_invalid(
    normal_cam: Float32[np.ndarray, "h w 3"], surface: Bool[np.ndarray, "h w"], k: Float64[np.ndarray, "3 3"]
) -> float:
    height, width = surface.shape
    invalid = 0
    for row in range(height):
        y = -(row + 0.5 - k[1, 2]) / k[1, 1]
        for column in range(width):
            x = (column + 0.5 - k[0, 2]) / k[0, 0]
            n_x, n_y, n_z = normal_cam[row, column, 0], normal_cam[row, column, 1], normal_cam[row, column, 2]
            if not surface[row, column]:
                invalid += not (n_x == 0 and n_y == 0 and n_z == 0)
                continue
            length = np.sqrt(n_x * n_x + n_y * n_y + n_z * n_z)
            facing = n_z - n_x * x - n_y * y >= -_TOLERANCE * np.sqrt(1 + x * x + y * y)
            invalid += not (abs(length - 1) <= _TOLERANCE and facing)
    return invalid / surface.size


@compiled
def _share_of_blocks_off(
    normal_cam: Float32[np.ndarray, "h w 3"],
    planes_cam: Float32[np.ndarray, "h w 3"],
    kind: UInt8[np.ndarray, "h w"],
) -> float:
    """Returns the share of the pixels with a plane whose block's mean normal is off; nearly empty blocks left out."""
    height, width = kind.shape
    counted, off = 0, 0
    for top in range(0, height - _BLOCK_PX + 1, _BLOCK_PX):
        for left in range(0, width - _BLOCK_PX + 1, _BLOCK_PX):
            pixels, cosine = _compared(normal_cam, planes_cam, kind, top, left)
            if 4 * pixels >= _BLOCK_PX * _BLOCK_PX:
                counted += pixels
                off += 0 if cosine >= _BLOCK_COS else pixels
    return off / max(counted, _FEW)


@compiled
def _compared(
    normal_cam: Float32[np.ndarray, "h w 3"],
    planes_cam: Float32[np.ndarray, "h w 3"],
    kind: UInt8[np.ndarray, "h w"],
    top: int,
    left: int,
) -> tuple[int, float]:
    """Returns how many pixels of a block have a plane, and the cosine between the sums of both their normals."""
    pixels = 0
    shipped, implied = np.zeros(3), np.zeros(3)
    for row in range(top, top + _BLOCK_PX):
        for column in range(left, left + _BLOCK_PX):
            if kind[row, column] != NO_PLANE:
                pixels += 1
                for axis in range(3):
                    shipped[axis] += normal_cam[row, column, axis]
                    implied[axis] += planes_cam[row, column, axis]
    lengths = np.sqrt((shipped * shipped).sum() * (implied * implied).sum())
    return pixels, (shipped * implied).sum() / lengths if lengths > 0 else 0.0


@compiled
def _share_of_edge_pixels_off(
    normal_cam: Float32[np.ndarray, "h w 3"], planes_cam: Float32[np.ndarray, "h w 3"], kind: UInt8[np.ndarray, "h w"]
) -> float:
    height, width = kind.shape
    beside, off = 0, 0
    for row in range(height):
        for column in range(width):
            if kind[row, column] == BESIDE_EDGE:
                cosine = 0.0
                for axis in range(3):
                    cosine += normal_cam[row, column, axis] * planes_cam[row, column, axis]
                beside += 1
                off += 0 if cosine >= _EDGE_COS else 1
    return off / max(beside, _FEW)


@compiled
def _growth(
    normal_cam: Float32[np.ndarray, "h w 3"], planes_cam: Float32[np.ndarray, "h w 3"], kind: UInt8[np.ndarray, "h w"]
) -> tuple[Float64[np.ndarray, "3"], Float64[np.ndarray, "3"], int]:
    """Returns the sums of normal times slope and of the slope squared, by component, and over how many pixels."""
    height, width = kind.shape
    products, squares, pixels = np.zeros(3), np.zeros(3), 0
    for row in range(height):
        for column in range(width):
            if kind[row, column] == INNER:
                pixels += 1
                for axis in range(3):
                    implied = planes_cam[row, column, axis]
                    products[axis] += normal_cam[row, column, axis] * implied
                    squares[axis] += implied * implied
    return products, squares, pixels


NORMALS = SightingGate("share of the pixels whose normal is no unit vector that faces the camera", _judge_normals)
SLOPE = SightingGate(
    "share of the pixels in blocks whose mean normal is more than 10 degrees from the depth's slope", _judge_slope
)
AXES = SightingGate("how far a component of the normals grows otherwise than that of the depth's slope", _judge_axes)
EDGE_NORMALS = SightingGate(
    "share of the pixels beside edges whose normal is more than 20 degrees from the depth's slope", _judge_edge_normals
)
