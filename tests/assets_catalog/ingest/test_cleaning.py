"""What shows nothing goes; what shows stays as it was."""

from dataclasses import replace

import numpy as np
import pytest

from assets_catalog.glb.axes import turns_back
from assets_catalog.ingest.cleaning import box, cleaned, extents
from assets_catalog.mesh import AssetMesh
from schemas.errors import AssetError
from tests.assets_catalog.meshes import PLAIN, box_part, part_of, table

BOX = box_part((0, 0, 0), (1, 2, 3))


def test_a_clean_mesh_stays_as_it_is() -> None:
    (part,) = cleaned(AssetMesh((BOX,))).parts
    for name in ("vertices_m", "triangles", "corner_normals", "corner_uvs"):
        assert np.array_equal(getattr(part, name), getattr(BOX, name))


def test_triangles_without_area_and_vertices_without_triangle_go() -> None:
    points = np.array([(0, 0, 0), (1, 0, 0), (1, 1, 0), (2, 0, 0), (9, 9, 9), (5, 5, 5)], dtype=np.float64)
    part = part_of(points, [(0, 1, 2), (0, 1, 3), (1, 1, 2), (4, 4, 4)])
    (left,) = cleaned(AssetMesh((part,))).parts
    assert len(left.triangles) == 1
    assert left.vertices_m.tolist() == points[:3].tolist()


def test_parts_of_one_material_become_one() -> None:
    mesh = cleaned(table())
    assert [part.material.name for part in mesh.parts] == ["plain", "steel"]
    assert len(mesh.parts[1].triangles) == 48
    before = np.concatenate([part.vertices_m[part.triangles] for part in table().parts])
    assert np.array_equal(np.concatenate([part.vertices_m[part.triangles] for part in mesh.parts]), before)


def test_a_part_without_any_area_goes() -> None:
    point = part_of(np.zeros((3, 3)), [(0, 1, 2)], replace(PLAIN, name="nothing"))
    assert len(cleaned(AssetMesh((BOX, point))).parts) == 1


def test_uvs_are_made_finite_and_such_that_gltf_can_hold_them() -> None:
    uvs = np.random.default_rng(2).uniform(-2, 2, size=BOX.corner_uvs.shape).astype(np.float32)
    uvs[0, 0], uvs[0, 1, 0] = np.nan, np.inf
    (part,) = cleaned(AssetMesh((replace(BOX, corner_uvs=uvs),))).parts
    assert part.corner_uvs[0, 0].tolist() == [0, 0]
    assert part.corner_uvs[0, 1, 0] == 0
    assert np.allclose(part.corner_uvs[1:], uvs[1:], atol=3e-7)
    assert turns_back(part.corner_uvs[..., 1].ravel()).all()


@pytest.mark.parametrize(
    "points",
    [[(0, 0, 0), (1, 1, 1), (2, 2, 2)], [(0, 0, 0), (0, 0, 0), (0, 0, 0)], [(0, 0, 0), (1, 0, 0), (0, 1e-7, 0)]],
)
def test_a_mesh_of_no_area_or_of_a_line_is_refused(points: list[tuple[float, float, float]]) -> None:
    with pytest.raises(AssetError, match=r"no triangle with an area|no more than a line"):
        cleaned(AssetMesh((part_of(np.array(points), [(0, 1, 2)]),)))


def test_a_flat_thing_is_sound() -> None:
    sheet = part_of(np.array([(0, 0, 0), (1, 0, 0), (0, 1, 0)]), [(0, 1, 2)])
    assert extents(cleaned(AssetMesh((sheet,)))).tolist() == [1, 1, 0]


def test_the_box_is_of_what_triangles_use() -> None:
    stray = replace(BOX, vertices_m=np.vstack([BOX.vertices_m, np.full((1, 3), 50, np.float32)]))
    low, high = box(AssetMesh((stray,)))
    assert (low.tolist(), high.tolist()) == ([0, 0, 0], [1, 2, 3])
