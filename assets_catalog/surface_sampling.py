"""Points spread evenly over a surface: each stands for the same area, and the same surface gives the same points.

They follow one another along the triangles as they are listed. Where a point lies on its triangle comes from the R2
sequence (Roberts, 2018), which leaves no gaps, so that fewer points are needed than by chance.
"""

import numpy as np
from jaxtyping import Float64, Int64

_R2 = np.array([0.7548776662466927, 0.5698402909980532])


def areas(corners: Float64[np.ndarray, "t 3 3"]) -> Float64[np.ndarray, " t"]:
    """Returns the areas of triangles given by their corners."""
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    return np.sqrt((across * across).sum(axis=1)) / 2


def spread(area: Float64[np.ndarray, " t"], count: int) -> tuple[Int64[np.ndarray, " n"], Float64[np.ndarray, "n 3"]]:
    """Returns for each of `count` points its triangle, and the weights of that triangle's corners.

    `area`: of the triangles; not all may be 0.
    """
    ends = np.cumsum(area)
    places = (np.arange(count) + 0.5) / count * ends[-1]
    triangle = np.minimum(np.searchsorted(ends, places, side="right"), len(area) - 1)
    first, second = ((np.arange(1, count + 1)[:, None] * _R2) % 1.0).T
    outward = np.sqrt(first)
    return triangle, np.stack([1 - outward, outward * (1 - second), outward * second], axis=1)
