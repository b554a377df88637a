"""Models made of boxes: what a record says of a thing's size and of what it carries, and no more."""

import numpy as np

from assets_catalog.mesh import AssetMaterial, AssetMesh, MeshPart
from assets_catalog.record import AssetRecord
from scenegen.recipes.placement.shapes import form_of_box

_POST_M = 0.01


def box_model(record: AssetRecord) -> AssetMesh:
    """Returns a block as large as the record says; one that carries ends there, but for a post in a corner."""
    width_m, depth_m, height_m = record.size_m
    low_m = np.array([-width_m / 2, -depth_m / 2, 0.0])
    top_m = max((support.height_m for support in record.supports), default=height_m)
    boxes = [(low_m, np.array([width_m / 2, depth_m / 2, top_m]))]
    if top_m < height_m:
        boxes.append((low_m, low_m + np.array([_POST_M, _POST_M, height_m])))
    return AssetMesh(tuple(_part(*box) for box in boxes))


def _part(low_m: np.ndarray, high_m: np.ndarray) -> MeshPart:
    form = form_of_box(low_m, high_m)
    corners_m = form.points_m[form.triangles]
    normals = np.cross(corners_m[:, 1] - corners_m[:, 0], corners_m[:, 2] - corners_m[:, 0])
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    return MeshPart(
        vertices_m=form.points_m,
        triangles=form.triangles.astype(np.int32),
        corner_normals=np.repeat(normals[:, None], 3, axis=1).astype(np.float32),
        corner_uvs=np.zeros((len(normals), 3, 2), dtype=np.float32),
        material=AssetMaterial("box", (0.5, 0.5, 0.5)),
    )
