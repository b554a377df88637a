"""Corners: points and normals of one mesh, moved into the world in one pass, by numba. Sums in float64."""

import numpy as np
from jaxtyping import Float32, Float64, Int32

from scenegen.compiled import compiled


@compiled
def world_points(
    points_m: Float32[np.ndarray, "v 3"], object2world: Float64[np.ndarray, "4 4"]
) -> Float32[np.ndarray, "v 3"]:
    """Returns points of an object in world axes."""
    moved = np.empty((len(points_m), 3), dtype=np.float32)
    for number in range(len(points_m)):
        point = points_m[number]
        for axis in range(3):
            row = object2world[axis]
            moved[number, axis] = row[0] * point[0] + row[1] * point[1] + row[2] * point[2] + row[3]
    return moved


@compiled
def world_normals(
    normals: Float32[np.ndarray, "l 3"], loops: Int32[np.ndarray, "t 3"], matrix: Float64[np.ndarray, "3 3"]
) -> Float32[np.ndarray, "t 3 3"]:
    """Returns the corner normals multiplied by the matrix, at length 1; zero stays zero."""
    turned = np.empty((len(loops), 3, 3), dtype=np.float32)
    world = np.empty(3)
    for t in range(len(loops)):
        for corner in range(3):
            normal = normals[loops[t, corner]]
            for axis in range(3):
                row = matrix[axis]
                world[axis] = row[0] * normal[0] + row[1] * normal[1] + row[2] * normal[2]
            length = np.sqrt(world[0] * world[0] + world[1] * world[1] + world[2] * world[2])
            for axis in range(3):
                turned[t, corner, axis] = world[axis] / length if length > 0.0 else 0.0
    return turned
