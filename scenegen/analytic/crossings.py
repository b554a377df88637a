"""Crossings: where a ray first meets a form, in the form's own axes; machine code, one ray after another.

Boxes by slabs: a ray is inside while it is between all three pairs of sides (Kay and Kajiya 1986). Rectangles where
their plane z = 0 is crossed between the sides. Spheres by the quadratic |eye + t ray|² = r², in a form that keeps its
digits for small spheres far away: the discriminant comes from the point of the ray nearest to the centre, and each root
from a sum of like signs (Haines et al., Ray Tracing Gems, chapter 7). Distances are counted in units of a ray's
direction; a miss is infinity, and the eye never sees a surface that it lies in.
"""

import numpy as np
from jaxtyping import Float64, Int32, Int64

from scenegen.compiled import compiled

BOX, RECTANGLE, SPHERE = range(3)
NEVER = np.inf
"""The distance of a ray that misses."""
TINY = 1e-280
"""Stands for a zero in a direction: a ray along a side is between its pair everywhere or nowhere."""

Vector = Float64[np.ndarray, "3"]


@compiled
def distances(kind: int, half_m: Vector, eye_m: Vector, rays: Float64[np.ndarray, "3 n"]) -> Float64[np.ndarray, " n"]:
    """Returns where each ray first meets a form of this kind, half as large as `half_m`."""
    found_m = np.empty(rays.shape[1])
    for n in range(len(found_m)):
        found_m[n] = _distance(kind, half_m, eye_m, (rays[0, n], rays[1, n], rays[2, n]))
    return found_m


@compiled
def nearest(  # noqa: PLR0913, PLR0917 - forms, the order they come in, and rays, as machine code takes them
    kinds: Int64[np.ndarray, " n"],
    half_m: Float64[np.ndarray, "n 3"],
    eye_m: Float64[np.ndarray, "n 3"],
    cam2form: Float64[np.ndarray, "n 3 3"],
    windows: Int64[np.ndarray, "n 4"],
    nearest_m: Float64[np.ndarray, " n"],
    order: Int64[np.ndarray, " n"],
    x: Float64[np.ndarray, " w"],
    y: Float64[np.ndarray, " h"],
) -> tuple[Float64[np.ndarray, "h w"], Int32[np.ndarray, "h w"]]:
    """Returns the distance behind each pixel's centre, and the number of the form; -1 where there is none.

    Forms are tried in `order`, each in its window (top, bottom, left, right) unless all there is nearer than it can be.
    Where two are equally near, the earlier one stays. Rays are those through x and y at z = 1.
    """
    z_depth_m, numbers = np.full((len(y), len(x)), NEVER), np.full((len(y), len(x)), -1, dtype=np.int32)
    for n in order:
        rows, columns = slice(windows[n, 0], windows[n, 1]), slice(windows[n, 2], windows[n, 3])
        here_m, here = z_depth_m[rows, columns], numbers[rows, columns]
        if here_m.size > 0 and here_m.max() >= nearest_m[n]:
            _look(n, kinds[n], half_m[n], eye_m[n], cam2form[n], x[columns], y[rows], here_m, here)
    return z_depth_m, numbers


@compiled
def _look(  # noqa: PLR0913, PLR0917 - one form and a window
    number: int,
    kind: int,
    half_m: Vector,
    eye_m: Vector,
    cam2form: Float64[np.ndarray, "3 3"],
    x: Float64[np.ndarray, " w"],
    y: Float64[np.ndarray, " h"],
    z_depth_m: Float64[np.ndarray, "h w"],
    numbers: Int32[np.ndarray, "h w"],
) -> None:
    """Writes a form where it is nearer than what was found so far."""
    for row in range(len(y)):
        for column in range(len(x)):
            ray = (
                _along(cam2form[0], x[column], y[row]),
                _along(cam2form[1], x[column], y[row]),
                _along(cam2form[2], x[column], y[row]),
            )
            found_m, so_far_m = _distance(kind, half_m, eye_m, ray), z_depth_m[row, column]
            if found_m < so_far_m or (found_m == so_far_m and found_m < NEVER and number < numbers[row, column]):
                z_depth_m[row, column], numbers[row, column] = found_m, number


@compiled
def _along(axis: Vector, x: float, y: float) -> float:
    """Returns how far the ray (x, y, 1) goes along an axis."""
    return axis[0] * x + (axis[1] * y + axis[2])


Ray = tuple[float, float, float]


@compiled
def _distance(kind: int, half_m: Vector, eye_m: Vector, ray: Ray) -> float:
    if kind == BOX:
        return _to_box(half_m, eye_m, ray)
    if kind == RECTANGLE:
        return _to_rectangle(half_m, eye_m, ray)
    return _to_sphere(half_m[0], eye_m, ray)


@compiled
def _to_box(half_m: Vector, eye_m: Vector, ray: Ray) -> float:
    """Returns where a ray enters, or leaves where the eye is inside."""
    enters, leaves, inside = -np.inf, np.inf, True
    for axis in range(3):
        inverse = 1.0 / (TINY if ray[axis] == 0 else ray[axis])
        low, high = (-half_m[axis] - eye_m[axis]) * inverse, (half_m[axis] - eye_m[axis]) * inverse
        enters, leaves = max(enters, min(low, high)), min(leaves, max(low, high))
        inside = inside and abs(eye_m[axis]) < half_m[axis]
    if inside:
        return leaves
    return enters if 0 < enters <= leaves else NEVER


@compiled
def _to_rectangle(half_m: Vector, eye_m: Vector, ray: Ray) -> float:
    """Returns where a ray that comes nearer crosses it."""
    if not ray[2] * eye_m[2] < 0:
        return NEVER
    distance = -eye_m[2] / ray[2]
    within = abs(eye_m[0] + distance * ray[0]) <= half_m[0] and abs(eye_m[1] + distance * ray[1]) <= half_m[1]
    return distance if within else NEVER


@compiled
def _to_sphere(radius_m: float, eye_m: Vector, ray: Ray) -> float:
    """Returns the near root, or the far one where the eye is inside."""
    square, along, off_m2 = 0.0, 0.0, 0.0
    for axis in range(3):
        square, along = square + ray[axis] * ray[axis], along - eye_m[axis] * ray[axis]
    for axis in range(3):
        nearest_m = eye_m[axis] + along / square * ray[axis]
        off_m2 += nearest_m * nearest_m
    under_root, outside_m2 = square * (radius_m * radius_m - off_m2), power(radius_m, eye_m)
    if outside_m2 < 0:
        root = np.sqrt(max(under_root, 0.0))
        return (along + root) / square if along >= 0 else -outside_m2 / (root - along)
    if under_root >= 0 and along > 0 and outside_m2 > 0:
        return outside_m2 / (along + np.sqrt(under_root))
    return NEVER


@compiled
def power(radius_m: float, eye_m: Vector) -> float:
    """Returns |eye|² - r², the product of both roots of a sphere times the ray's own square; negative inside."""
    distance_m = np.sqrt(eye_m[0] * eye_m[0] + eye_m[1] * eye_m[1] + eye_m[2] * eye_m[2])
    return (distance_m - radius_m) * (distance_m + radius_m)
