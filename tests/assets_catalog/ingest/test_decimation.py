"""Fewer triangles, the same shape: materials, texture and outline stay where they are."""

from dataclasses import replace

import numpy as np
import pytest

from assets_catalog.ingest import decimation
from assets_catalog.ingest.cleaning import box, cleaned
from assets_catalog.ingest.decimation import decimated
from assets_catalog.ingest.sane_normals import with_sane_normals
from assets_catalog.mesh import AssetMaterial, AssetMesh, MeshPart
from schemas.errors import AssetError
from tests.assets_catalog.meshes import PLAIN, part_of, sphere_part, table

RED = AssetMaterial("red", (1.0, 0.0, 0.0))


def _halves(rings: int) -> AssetMesh:
    """Returns a sphere, red above and plain below."""
    sphere = sphere_part(rings)
    upper = sphere.vertices_m[sphere.triangles][..., 2].mean(axis=1) > 0
    return AssetMesh(
        tuple(
            MeshPart(
                sphere.vertices_m,
                sphere.triangles[rows],
                sphere.corner_normals[rows],
                sphere.corner_uvs[rows],
                material,
            )
            for rows, material in ((upper, RED), (~upper, PLAIN))
        )
    )


def _count(mesh: AssetMesh) -> int:
    return sum(len(part.triangles) for part in mesh.parts)


def test_a_mesh_that_is_small_enough_stays_as_it_is() -> None:
    mesh = table()
    assert decimated(mesh, None) is mesh
    assert decimated(mesh, _count(mesh)) is mesh


def test_a_sphere_of_few_triangles_is_still_one() -> None:
    mesh = AssetMesh((sphere_part(40),))
    fewer = with_sane_normals(cleaned(decimated(mesh, 600)))
    assert 400 <= _count(fewer) <= 660
    (part,) = fewer.parts
    assert np.allclose(np.linalg.norm(part.vertices_m, axis=1), 0.5, atol=0.01)
    directions = part.vertices_m[part.triangles] / 0.5
    assert np.quantile(np.einsum("tck,tck->tc", part.corner_normals, directions), 0.01) > 0.9


def test_a_surface_stays_closed_across_its_parts() -> None:
    fewer = decimated(_halves(40), 600)
    assert [part.material.name for part in fewer.parts] == ["red", "plain"]
    triangles = np.concatenate([part.vertices_m[part.triangles] for part in fewer.parts])
    _, rows = np.unique(triangles.reshape(-1, 3), axis=0, return_inverse=True)
    edges = rows.reshape(-1, 3)[:, [(0, 1), (1, 2), (2, 0)]].reshape(-1, 2)
    _, counts = np.unique(np.sort(edges, axis=1), axis=0, return_counts=True)
    assert (counts == 2).all()


def test_materials_stay_where_they_were() -> None:
    for part, sign in zip(decimated(_halves(40), 600).parts, (1, -1), strict=True):
        middle = part.vertices_m[part.triangles].mean(axis=1)
        assert (sign * middle[:, 2] > -0.06).all()


def test_the_texture_stays_where_it_was() -> None:
    side = 40
    x, y = (axis.ravel() for axis in np.meshgrid(np.arange(side), np.arange(side)))
    z = np.sin(x / 6) * 2
    row = [(a, a + 1, a + side) for a in range(side * (side - 1)) if a % side < side - 1]
    row += [(a + 1, a + 1 + side, a + side) for a in range(side * (side - 1)) if a % side < side - 1]
    part = part_of(np.stack([x, y, z], axis=1), row)
    uvs = (part.vertices_m[part.triangles][..., :2] / side).astype(np.float32)
    (fewer,) = decimated(AssetMesh((replace(part, corner_uvs=uvs),)), 500).parts
    off = np.abs(fewer.corner_uvs - fewer.vertices_m[fewer.triangles][..., :2] / side)
    assert np.quantile(off, 0.95) < 1.5 / side


def test_the_box_stays() -> None:
    mesh = _halves(40)
    for before, after in zip(box(mesh), box(decimated(mesh, 600)), strict=True):
        assert np.allclose(before, after, atol=0.02)


def test_what_cant_be_decimated_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    apart = part_of(rng.uniform(size=(3000, 3)), np.arange(3000).reshape(-1, 3).tolist())
    monkeypatch.setattr(decimation, "_MOST_OVER", 0.1)
    with pytest.raises(AssetError, match="1000 triangles, and can't be decimated to 100"):
        decimated(AssetMesh((apart,)), 100)


def test_a_point_whose_best_place_is_nowhere_stays_among_its_old_ones() -> None:
    points = np.array([(0.0, 0, 0), (1, 0, 0), (5, 5, 5), (5, 5, 6)])
    collapsed = np.array([(np.nan, 0, 0), (90.0, 0, 0)])
    within = decimation._within_reach(collapsed, points, np.array([0, 0, 1, 1]))
    assert within.tolist() == [[0.5, 0, 0], [5, 5, 5.5]]
    sound = np.array([(0.5, 0.2, 0.0), (5.0, 5.0, 5.2)])
    assert decimation._within_reach(sound, points, np.array([0, 0, 1, 1])).tolist() == sound.tolist()
