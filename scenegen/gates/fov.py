"""Gate `fov`: K is that of the lens through which the buffers were seen.

K itself has square pixels, no skew, and its principal point in the picture. Whether depth and normals were seen through
it can't be told by planes alone, for any K unprojects a plane to a plane, but its tilt is another: with the gradient
(u, v) of 1 / z and the normal n of `GBuffer` it holds that n_x D = -n_z f u and n_y D = n_z f v, where
D = 1/z - u (column - c_x) - v (row - c_y). Focal length and principal point are fitted to that by least squares, over
the pixels with both neighbours on their plane and a normal within 10 degrees of it. Pixels weigh the less, the more the
normal changes from one to the next: flat faces are exact, smooth ones of coarse meshes and bump are not. A weak pull
toward K decides where the view says little or nothing.
"""

import math

import numpy as np
from jaxtyping import Float32, Float64, UInt8

from scenegen.compiled import compiled
from scenegen.gates.gate import Case, Finding, SightingGate, at_most
from scenegen.gates.planes import INNER

_COS = math.cos(math.radians(10.0))
_PULL = 1e-4
"""Toward K, in shares of all weights."""
_CHANCE = 0.02
"""As strong a pull, whatever the weights: in pictures of few pixels, one that lies with its neighbours on a plane by
chance must not decide. At 128 x 128 pixels the equations weigh 80 to 6,000."""
_FLAT = 1e-6
"""Square of the change of a normal between neighbours that halves a pixel's weight."""
_MOST = 1.0
"""What is told of a K that is none, and of every error beyond."""


def _judge(case: Case) -> Finding:
    width_px, height_px = case.view.width_px, case.view.height_px
    if not _is_pinhole(case.k, width_px, height_px):
        return at_most(_MOST, 0.0)
    planes = case.planes
    squares, right, weights = _equations(case.gbuffer.normal_cam, planes.normal_cam, planes.kind)
    error = np.linalg.solve(squares + (_PULL * weights + _CHANCE) * np.eye(3), right)
    return at_most(min(float(np.abs(error).max()), _MOST), case.limits.fov_error)


def _is_pinhole(k: Float64[np.ndarray, "3 3"], width_px: int, height_px: int) -> bool:
    focal_px, (x_px, y_px) = k[0, 0], k[:2, 2]
    plain = np.array([[focal_px, 0, x_px], [0, focal_px, y_px], [0, 0, 1]])
    slack_px = 1e-6 * (width_px + height_px)
    inside = (
        abs(x_px - width_px / 2) <= width_px / 2 + slack_px and abs(y_px - height_px / 2) <= height_px / 2 + slack_px
    )
    return bool(focal_px > 0 and inside and np.allclose(k, plain, rtol=1e-9, atol=0))


@compiled
def _equations(
    normal_cam: Float32[np.ndarray, "h w 3"], planes_cam: Float32[np.ndarray, "h w 3"], kind: UInt8[np.ndarray, "h w"]
) -> tuple[Float64[np.ndarray, "3 3"], Float64[np.ndarray, "3"], float]:
    """Returns the normal equations for the errors of focal length, c_x and c_y, in focal lengths, and all weights."""
    height, width = kind.shape
    squares, right, weights = np.zeros((3, 3)), np.zeros(3), 0.0
    for row in range(height):
        for column in range(width):
            if kind[row, column] != INNER:
                continue
            weight = _weight(normal_cam, planes_cam, row, column)
            if weight > 0:  # False for NaN
                weights += weight
                _add(normal_cam, planes_cam, row, column, weight, squares, right)
    return squares, right, weights


@compiled
def _weight(
    normal_cam: Float32[np.ndarray, "h w 3"], planes_cam: Float32[np.ndarray, "h w 3"], row: int, column: int
) -> float:
    """Returns 1 for a flat face, less where the normal is not that of its neighbours, 0 where it is not the plane's."""
    change, cosine = 0.0, 0.0
    for axis in range(3):
        here = normal_cam[row, column, axis]
        right, down = normal_cam[row, column + 1, axis] - here, normal_cam[row + 1, column, axis] - here
        change += right * right + down * down
        cosine += here * planes_cam[row, column, axis]
    return _FLAT / (_FLAT + change) if cosine >= _COS else 0.0


@compiled
def _add(  # noqa: PLR0913, PLR0917 - compiled code takes arrays, not objects
    normal_cam: Float32[np.ndarray, "h w 3"],
    planes_cam: Float32[np.ndarray, "h w 3"],
    row: int,
    column: int,
    weight: float,
    squares: Float64[np.ndarray, "3 3"],
    right: Float64[np.ndarray, "3"],
) -> None:
    """Adds a pixel's two equations, one for each axis of the picture."""
    x, y, z = -planes_cam[row, column, 0], planes_cam[row, column, 1], planes_cam[row, column, 2]
    for axis in range(2):
        along, slope = normal_cam[row, column, axis], normal_cam[row, column, 2] * (-x if axis == 0 else y)
        factors = (-slope, along * x, along * y)
        rest = slope - along * z
        for i in range(3):
            right[i] += weight * factors[i] * rest
            for j in range(3):
                squares[i, j] += weight * factors[i] * factors[j]


FOV = SightingGate("error of K's focal length or principal point by the buffers' own tilt, in focal lengths", _judge)
