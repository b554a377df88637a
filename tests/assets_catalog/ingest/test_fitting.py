"""A fitted mesh stands in the origin, as large as it should be, with normals that still are."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets_catalog.ingest.cleaning import box
from assets_catalog.ingest.fitting import fitted, size_m
from assets_catalog.ingest.sane_normals import with_sane_normals
from assets_catalog.mesh import AssetMesh, MeshPart
from tests.assets_catalog.meshes import box_part, part_of, sphere_part, table

SCALES = st.floats(0.1, 10)


def _cosines(part: MeshPart) -> np.ndarray:
    """Returns the cosine between each corner's normal and its triangle."""
    corners = part.vertices_m[part.triangles].astype(np.float64)
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    return np.asarray(np.einsum("tck,tk->tc", part.corner_normals, across))


@given(st.tuples(SCALES, SCALES, SCALES), st.tuples(SCALES, SCALES, SCALES))
def test_the_bottom_of_the_box_is_in_the_origin(
    scale: tuple[float, float, float], at: tuple[float, float, float]
) -> None:
    mesh = fitted(AssetMesh((box_part(at, (at[0] + 1, at[1] + 2, at[2] + 3)),)), np.array(scale))
    low, high = box(mesh)
    assert np.allclose(high - low, np.array([1, 2, 3]) * scale, rtol=1e-4)
    assert np.allclose((low + high)[:2], 0, atol=1e-4)
    assert low[2] == pytest.approx(0, abs=1e-5)


def test_a_mesh_in_its_place_stays_as_it_is() -> None:
    for before, after in zip(table().parts, fitted(table(), np.ones(3)).parts, strict=True):
        assert np.array_equal(after.vertices_m, before.vertices_m)
        assert np.array_equal(after.corner_normals, before.corner_normals)
    assert size_m(table()) == (1.2, 0.8, 0.75)


def test_normals_of_a_stretched_sphere_are_those_of_an_ellipsoid() -> None:
    (part,) = fitted(AssetMesh((sphere_part(24),)), np.array([1.0, 4.0, 0.5])).parts
    assert np.allclose(np.linalg.norm(part.corner_normals, axis=2), 1, atol=1e-6)
    assert _cosines(part).min() > 0.85


def test_normals_that_are_none_become_the_surfaces_own() -> None:
    flat = box_part((0, 0, 0), (1, 1, 1))
    for broken in (np.zeros_like(flat.corner_normals), np.full_like(flat.corner_normals, np.nan)):
        (part,) = with_sane_normals(AssetMesh((replace(flat, corner_normals=broken),))).parts
        assert np.allclose(part.corner_normals, flat.corner_normals, atol=1e-6)


def test_sane_normals_stay() -> None:
    sphere = sphere_part(16)
    (part,) = with_sane_normals(AssetMesh((sphere,))).parts
    assert np.allclose(part.corner_normals, sphere.corner_normals, atol=1e-6)
    assert np.array_equal(part.triangles, sphere.triangles)


def test_a_triangle_with_its_back_to_its_normals_is_turned_over_uvs_and_all() -> None:
    part = part_of(np.array([(0, 0, 0), (1, 0, 0), (0, 1, 0)]), [(0, 2, 1)])
    uvs = np.array([[(0, 0), (0, 1), (1, 0)]], dtype=np.float32)
    up = np.tile(np.array([0, 0, 1], dtype=np.float32), (1, 3, 1))
    (turned,) = with_sane_normals(AssetMesh((replace(part, corner_normals=up, corner_uvs=uvs),))).parts
    assert (_cosines(turned) > 0.99).all()
    assert np.allclose(turned.vertices_m[turned.triangles][..., :2], turned.corner_uvs)
