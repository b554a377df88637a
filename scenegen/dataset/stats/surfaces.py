"""Surfaces: how far the pixels' surfaces are, and which way they face; sums over all frames.

Depths are counted in bins between powers of distance; each band that people ask for is four of them. Directions are
`normal_cam`'s (x right, y up, z toward the camera) on Lambert's azimuthal map of the sphere, (x, y) sqrt(2 / (1 + z)):
cells of equal size are equal shares of the sphere. Its middle faces along the viewing axis; what lies beyond the circle
of radius sqrt(2) faces away from that axis, though not from its own pixel's ray.
"""

import math
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from jaxtyping import Float32, Int64

from scenegen.compiled import compiled
from schemas.frame import GBuffer

BANDS_M = (0.3, 1.0, 3.0, 10.0, 30.0, 80.0)
"""Between bands; the first begins at the camera, the last has no end."""
_ENDS_M = (0.1, *BANDS_M, 1000.0)
_PARTS = 4
EDGES_M = np.array(
    [low * (high / low) ** (part / _PARTS) for low, high in pairwise(_ENDS_M) for part in range(_PARTS)] + [_ENDS_M[-1]]
)
"""Between the bins; what is nearer than the first or beyond the last counts in the first or the last bin."""
CELLS = 25
"""To a side of the map of directions, which is four wide and high; odd, so that one lies in its middle."""
SIDES = ("toward", "away", "right", "left", "up", "down")
"""Which way most of a normal goes."""


@dataclass
class Surfaces:
    """Pixels, added up."""

    pixels: int = 0
    without_surface: int = 0
    depth_counts: Int64[np.ndarray, "bins"] = field(default_factory=lambda: np.zeros(len(EDGES_M) - 1, np.int64))
    direction_counts: Int64[np.ndarray, "cells cells"] = field(
        default_factory=lambda: np.zeros((CELLS, CELLS), np.int64)
    )
    """Row 0 is up, column 0 left."""
    side_counts: Int64[np.ndarray, "6"] = field(default_factory=lambda: np.zeros(len(SIDES), np.int64))

    def add(self, gbuffer: GBuffer) -> None:
        """Adds the pixels of a frame."""
        depths_m, normals = gbuffer.z_depth_m, gbuffer.normal_cam
        self.pixels += depths_m.size
        self.without_surface += int(np.count_nonzero(np.isinf(depths_m)))
        _count_depths(depths_m.reshape(-1), EDGES_M, self.depth_counts)
        _count_directions(normals.reshape(-1, 3), self.direction_counts, self.side_counts)

    @property
    def bands(self) -> list[int]:
        """Returns the pixels in each band, one more than BANDS_M."""
        return [int(count) for count in self.depth_counts.reshape(-1, _PARTS).sum(axis=1)]

    @property
    def with_surface(self) -> int:
        """Returns how many pixels show a surface."""
        return self.pixels - self.without_surface


def band_names() -> list[str]:
    """Returns the bands as people read them, '1-3 m'."""
    between = [f"{low:g}-{high:g} m" for low, high in pairwise(BANDS_M)]
    return [f"< {BANDS_M[0]:g} m", *between, f"> {BANDS_M[-1]:g} m"]


@compiled
def _count_depths(depths_m: Float32[np.ndarray, "n"], edges_m: np.ndarray, counts: Int64[np.ndarray, "bins"]) -> None:
    last = counts.size - 1
    for depth_m in depths_m:
        if np.isfinite(depth_m):
            place = int(np.searchsorted(edges_m, np.float64(depth_m), side="right")) - 1
            counts[min(max(place, 0), last)] += 1


@compiled
def _count_directions(
    normals: Float32[np.ndarray, "n 3"], cells: Int64[np.ndarray, "cells cells"], sides: Int64[np.ndarray, "6"]
) -> None:
    size = cells.shape[0]
    for pixel in range(normals.shape[0]):
        x, y, z = normals[pixel, 0], normals[pixel, 1], normals[pixel, 2]
        if x == 0 and y == 0 and z == 0:
            continue
        stretch = math.sqrt(2.0 / max(1.0 + z, 1e-6))
        column = int((x * stretch + 2.0) * size / 4.0)
        row = int((2.0 - y * stretch) * size / 4.0)
        cells[min(max(row, 0), size - 1), min(max(column, 0), size - 1)] += 1
        if abs(z) >= abs(x) and abs(z) >= abs(y):
            sides[0 if z > 0 else 1] += 1
        elif abs(x) >= abs(y):
            sides[2 if x > 0 else 3] += 1
        else:
            sides[4 if y > 0 else 5] += 1
