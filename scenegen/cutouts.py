"""Cut-outs: where an alpha texture makes a hole, exactly as Cycles samples it.

A hole is where alpha is below 0.5. The texture is interpolated bilinearly between texel centres and repeats; uv (0, 0)
is its bottom left corner.
"""

import numpy as np
from jaxtyping import Bool, Float32, Int

from scenegen.compiled import compiled
from scenegen.triangles import Triangles

HOLE_BELOW = 0.5


class Cutouts:
    """The holes of a scene's triangles."""

    def __init__(self, triangles: Triangles) -> None:
        self._triangles = triangles
        self._has_alpha = np.isin(triangles.material_id, list(triangles.alphas))

    def holes(
        self, triangle: Int[np.ndarray, " n"], u: Float32[np.ndarray, " n"], v: Float32[np.ndarray, " n"]
    ) -> Bool[np.ndarray, " n"]:
        """Returns which hits go through a hole; u and v weigh corners 1 and 2, triangle -1 is no hit."""
        holes = np.zeros(len(triangle), dtype=bool)
        candidates = np.flatnonzero((triangle >= 0) & self._has_alpha[triangle])
        hit = triangle[candidates]
        material = self._triangles.material_id[hit]
        weights = np.stack([1 - u[candidates] - v[candidates], u[candidates], v[candidates]], axis=1)
        uvs = (weights[..., None] * self._triangles.corner_uvs[hit]).sum(axis=1, dtype=np.float32)
        for number, alpha in self._triangles.alphas.items():
            of_material = material == number
            holes[candidates[of_material]] = sampled(alpha, uvs[of_material]) < HOLE_BELOW
        return holes


@compiled
def sampled(image: Float32[np.ndarray, "h w"], uvs: Float32[np.ndarray, "n 2"]) -> Float32[np.ndarray, " n"]:
    """Returns the image's values at the uvs, between texel centres, repeated beyond its edges."""
    height, width = image.shape
    values = np.empty(len(uvs), dtype=np.float32)
    for i in range(len(uvs)):
        x, y = float(uvs[i, 0]) * width - 0.5, float(uvs[i, 1]) * height - 0.5
        column, row = int(np.floor(x)), int(np.floor(y))
        fx, fy = x - column, y - row
        left, right = column % width, (column + 1) % width
        low, high = row % height, (row + 1) % height
        bottom = (1.0 - fx) * image[low, left] + fx * image[low, right]
        top = (1.0 - fx) * image[high, left] + fx * image[high, right]
        values[i] = (1.0 - fy) * bottom + fy * top
    return values
