"""Sight: what a coarse grid of rays through a picture meets of some boxes, and how far a place is from them.

A ray meets a box where its entries into all three slabs precede its exits (Kay and Kajiya 1986), in the box's own axes.
Each box is tried by those rays only that pass its corners' bounds in the picture. Where two boxes are equally near, the
first counts. Enough to compare views, not to measure.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64, Int64

from scenegen.compiled import compiled
from scenegen.recipes.lens import Extent
from schemas.geometry import Vec3

_NEAR_M = 1e-3
"""Corners nearer than this to the camera's plane have no place in the picture."""

Vectors = Float64[np.ndarray, "n 3"]


@dataclass(frozen=True, eq=False)
class Boxes:
    """Boxes turned in any way."""

    middle_m: Vectors
    half_m: Vectors
    turned: Float64[np.ndarray, "n 3 3"]
    """From the world's axes into the boxes' own."""

    def distance_m(self, spot: Vec3) -> float:
        """Returns how far a point is from the nearest box; 0 inside, infinity where there are none."""
        return _distance_m(self.middle_m, self.half_m, self.turned, np.array(spot))

    def met(
        self, cam2world: Float64[np.ndarray, "4 4"], extent: Extent, columns: int, rows: int, from_inside: bool
    ) -> tuple[Float64[np.ndarray, "r"], Int64[np.ndarray, "r"]]:
        """Returns for each cell of a picture, row after row, the planar depth of the nearest face and its box's number.

        Infinity and -1 where there is none. A box that the camera is in has faces only if they are seen `from_inside`.
        """
        across, down = ((np.arange(count) + 0.5) / count * 2 - 1 for count in (columns, rows))
        x, y = extent.middle[0] + across * extent.half[0], extent.middle[1] + down * extent.half[1]
        return _met(self.middle_m, self.half_m, self.turned, cam2world, x, y, from_inside)


def boxes_of(
    middles_m: Vectors, halves_m: Vectors, poses: Float64[np.ndarray, "t 4 4"], owners: Int64[np.ndarray, "n"]
) -> Boxes:
    """Returns boxes that are given in the axes of their owners, whose poses are given once each."""
    turns = poses[owners, :3, :3]
    middle_m = (turns @ middles_m[:, :, None])[:, :, 0] + poses[owners, :3, 3]
    return Boxes(middle_m, halves_m, np.ascontiguousarray(np.transpose(turns, (0, 2, 1))))


@compiled
def _distance_m(middle_m: Vectors, half_m: Vectors, turned: np.ndarray, spot: np.ndarray) -> float:
    nearest_m2 = np.inf
    for n in range(len(middle_m)):
        sum_m2 = 0.0
        for i in range(3):
            along_m = 0.0
            for j in range(3):
                along_m += turned[n, i, j] * (spot[j] - middle_m[n, j])
            sum_m2 += max(abs(along_m) - half_m[n, i], 0.0) ** 2
        nearest_m2 = min(nearest_m2, sum_m2)
    return np.sqrt(nearest_m2)


@compiled
def _met(  # noqa: PLR0913, PLR0917 - boxes, a camera and a grid, as machine code takes them
    middle_m: Vectors,
    half_m: Vectors,
    turned: np.ndarray,
    cam2world: np.ndarray,
    x: np.ndarray,
    y: np.ndarray,
    from_inside: bool,
) -> tuple[np.ndarray, np.ndarray]:
    depth_m, number = np.full(len(x) * len(y), np.inf), np.full(len(x) * len(y), -1)
    own, way = np.empty((3, 3)), np.empty(3)
    start_m, window = np.empty(3), np.empty(4, dtype=np.int64)
    for n in range(len(middle_m)):
        _into_box(own, start_m, middle_m, turned, n, cam2world)
        if not _window(window, own, start_m, half_m, n, x, y):
            continue
        for row in range(window[2], window[3]):
            for column in range(window[0], window[1]):
                for i in range(3):
                    way[i] = own[i, 0] * x[column] + own[i, 1] * y[row] + own[i, 2]
                found_m = _face_m(start_m, way, half_m, n, from_inside)
                if found_m < depth_m[row * len(x) + column]:
                    depth_m[row * len(x) + column], number[row * len(x) + column] = found_m, n
    return depth_m, number


@compiled
def _into_box(  # noqa: PLR0913, PLR0917 - likewise
    own: np.ndarray, start_m: np.ndarray, middle_m: Vectors, turned: np.ndarray, n: int, cam2world: np.ndarray
) -> None:
    """Writes the camera's axes and place in a box's axes."""
    for i in range(3):
        start_m[i] = 0.0
        for j in range(3):
            start_m[i] += turned[n, i, j] * (cam2world[j, 3] - middle_m[n, j])
            own[i, j] = 0.0
            for k in range(3):
                own[i, j] += turned[n, i, k] * cam2world[k, j]


@compiled
def _window(  # noqa: PLR0913, PLR0917 - likewise
    window: np.ndarray, own: np.ndarray, start_m: np.ndarray, half_m: Vectors, n: int, x: np.ndarray, y: np.ndarray
) -> bool:
    """Writes the columns and rows, from and to, in which a box can be; tells whether there are any."""
    low_x, low_y, high_x, high_y = np.inf, np.inf, -np.inf, -np.inf
    behind = 0
    for corner in range(8):
        across_m, down_m, z_m = 0.0, 0.0, 0.0
        for i in range(3):
            off_m = (half_m[n, i] if corner >> i & 1 else -half_m[n, i]) - start_m[i]
            across_m, down_m, z_m = across_m + own[i, 0] * off_m, down_m + own[i, 1] * off_m, z_m + own[i, 2] * off_m
        if z_m < _NEAR_M:
            behind += 1
            continue
        low_x, high_x = min(low_x, across_m / z_m), max(high_x, across_m / z_m)
        low_y, high_y = min(low_y, down_m / z_m), max(high_y, down_m / z_m)
    if behind == 8:
        return False
    if behind > 0:
        window[0], window[1], window[2], window[3] = 0, len(x), 0, len(y)
        return True
    window[0], window[1] = _first(x, low_x), _first(x, high_x)
    window[2], window[3] = _first(y, low_y), _first(y, high_y)
    return window[0] < window[1] and window[2] < window[3]


@compiled
def _first(rising: np.ndarray, value: float) -> int:
    """Returns the number of the first that is no less than a value; they rise in equal steps."""
    step = rising[1] - rising[0]
    return min(max(int(np.ceil((value - rising[0]) / step)), 0), len(rising))


@compiled
def _face_m(start_m: np.ndarray, way: np.ndarray, half_m: Vectors, n: int, from_inside: bool) -> float:
    """Returns where along a way the first face is, in lengths of the way; infinity where there is none."""
    enter, leave = -np.inf, np.inf
    for i in range(3):
        slope = way[i] if abs(way[i]) > 1e-9 else 1e-9
        middle, half = -start_m[i] / slope, half_m[n, i] / abs(slope)
        enter, leave = max(enter, middle - half), min(leave, middle + half)
    if enter >= leave or leave <= 0.0:
        return np.inf
    if enter > 0.0:
        return enter
    return leave if from_inside else np.inf
