"""Of faces that lie in each other one stays: that which faces outward."""

import numpy as np
import pytest
from jaxtyping import Int

from assets_catalog.ingest.cleaning import compact
from assets_catalog.ingest.doubles import without_doubles
from assets_catalog.mesh import AssetMaterial, AssetMesh, MeshPart

CORNERS = np.array([[x, y, z] for z in (0, 1) for y in (-1, 1) for x in (-1, 1)], dtype=np.float32)
QUADS = np.array([[0, 2, 3, 1], [4, 5, 7, 6], [0, 1, 5, 4], [2, 6, 7, 3], [0, 4, 6, 2], [1, 3, 7, 5]])
OUTWARD = QUADS[:, [[0, 1, 2], [0, 2, 3]]].reshape(-1, 3).astype(np.int32)
INWARD = OUTWARD[:, ::-1]


def part(triangles: Int[np.ndarray, "t 3"], name: str = "wood") -> MeshPart:
    corners = CORNERS[triangles]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normals = np.repeat((normals / np.linalg.norm(normals, axis=1, keepdims=True))[:, None], 3, axis=1)
    uvs = np.zeros((len(triangles), 3, 2), dtype=np.float32)
    return MeshPart(
        CORNERS, triangles.astype(np.int32), normals.astype(np.float32), uvs, AssetMaterial(name, (1.0, 1.0, 1.0))
    )


def faces(mesh: AssetMesh) -> list[list[list[float]]]:
    """Returns the corners of all triangles, from the lowest, in the order in which they are wound."""
    found = np.concatenate([each.vertices_m[each.triangles] for each in mesh.parts]).tolist()
    return sorted(corners[(first := corners.index(min(corners))) :] + corners[:first] for corners in found)


BOX = faces(AssetMesh((part(OUTWARD),)))


@pytest.mark.parametrize(
    "parts",
    [
        [np.concatenate([OUTWARD, INWARD])],
        [np.concatenate([INWARD, OUTWARD])],
        [np.concatenate([INWARD, OUTWARD, np.roll(OUTWARD, 1, axis=1)])],
        [INWARD, OUTWARD],
    ],
)
def test_the_side_that_faces_outward_stays_whatever_the_order(parts: list[Int[np.ndarray, "t 3"]]) -> None:
    doubled = AssetMesh(tuple(part(triangles, f"part {number}") for number, triangles in enumerate(parts)))
    single = without_doubles(doubled)
    assert faces(single) == BOX
    for each in single.parts:
        corners = each.vertices_m[each.triangles]
        normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        assert (np.einsum("tx,tcx->tc", normals, each.corner_normals) > 0).all()


def test_points_that_are_written_twice_are_one_and_so_are_both_zeros() -> None:
    second = part(INWARD)
    vertices = np.where(CORNERS == 0, np.float32(-0.0), CORNERS)
    second = MeshPart(vertices, second.triangles, second.corner_normals, second.corner_uvs, second.material)
    assert faces(without_doubles(AssetMesh((part(OUTWARD), second)))) == BOX


def test_what_lies_near_and_what_shares_two_corners_stays() -> None:
    near = part(OUTWARD)
    near = MeshPart(
        near.vertices_m * np.float32(1.001), near.triangles, near.corner_normals, near.corner_uvs, near.material
    )
    mesh = AssetMesh((part(OUTWARD), near))
    assert without_doubles(mesh) is mesh


def test_of_a_part_that_only_repeats_another_nothing_stays() -> None:
    single = without_doubles(AssetMesh((part(OUTWARD, "a"), part(OUTWARD, "b"))))
    assert [each.material.name for each in single.parts] == ["a"]
    assert len(compact(part(OUTWARD), np.ones(12, dtype=bool)).triangles) == len(single.parts[0].triangles)
