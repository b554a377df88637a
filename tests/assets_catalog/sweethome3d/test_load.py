"""Meshes of a furniture library: as large as stated, turned right, and refused when broken."""

import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from jaxtyping import Float32

from assets_catalog.mesh import AssetMesh
from assets_catalog.sources.sweethome3d import library, open_sweethome3d
from assets_catalog.sources.sweethome3d.library import member_path, read_member
from assets_catalog.sources.sweethome3d.models import parse_rotation
from schemas.errors import AssetError

ID = "sweethome3d/Test.chair"
REFLECTION = "-1 0 0 0 1 0 0 0 1"


def _load(path: Path) -> AssetMesh:
    return open_sweethome3d(path).load(ID)


def _vertices(mesh: AssetMesh) -> Float32[np.ndarray, "v 3"]:
    return np.concatenate([part.vertices_m for part in mesh.parts])


def test_the_box_is_the_catalogs_on_the_floor_round_the_origin(write_library: Any) -> None:
    vertices = _vertices(_load(write_library()))
    assert np.allclose(vertices.min(axis=0), [-0.24, -0.26, 0.0], atol=1e-6)
    assert np.allclose(vertices.max(axis=0), [0.24, 0.26, 0.9], atol=1e-6)


def test_the_back_of_a_chair_is_at_positive_y(write_library: Any) -> None:
    vertices = _vertices(_load(write_library()))
    assert vertices[vertices[:, 2] > 0.5, 1].min() > 0.2


def test_normals_are_unit_and_point_out_of_a_solid(write_library: Any) -> None:
    for part in _load(write_library()).parts:
        corners = part.vertices_m[part.triangles]
        outward = corners.mean(axis=1) - part.vertices_m.mean(axis=0)
        wound = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        assert np.allclose(np.linalg.norm(part.corner_normals, axis=2), 1.0, atol=1e-6)
        assert (np.einsum("tk,tk->t", wound, outward) > 0).all()
        assert (np.einsum("tck,tk->tc", part.corner_normals, wound) > 0).all()


def test_a_texture_replaces_the_colour_and_a_lost_one_is_dropped(write_library: Any) -> None:
    cloth, glass = (part.material for part in _load(write_library()).parts)
    assert cloth.texture is not None
    assert cloth.color == (1.0, 1.0, 1.0)
    assert glass.texture is None
    assert glass.opacity == 0.25


def test_uvs_run_over_each_face(write_library: Any) -> None:
    uvs = _load(write_library()).parts[0].corner_uvs
    assert set(map(tuple, uvs.reshape(-1, 2).tolist())) == {(0, 0), (1, 0), (1, 1), (0, 1)}


def test_loading_twice_gives_the_same_bytes(write_library: Any) -> None:
    path = write_library()
    for first, second in zip(_load(path).parts, _load(path).parts, strict=True):
        assert first.material == second.material
        for name in ("vertices_m", "triangles", "corner_normals", "corner_uvs"):
            assert getattr(first, name).tobytes() == getattr(second, name).tobytes()


def test_triangles_without_area_are_dropped(write_library: Any) -> None:
    obj = "v 0 0 0\nv 2 0 0\nv 2 3 0\nv 0 0 2\nv 1 0 0\nf 1 2 3\nf 1 2 4\nf 1 5 2\nf 1 1 2\n"
    assert sum(len(part.triangles) for part in _load(write_library(obj=obj)).parts) == 2


@pytest.mark.parametrize(
    ("members", "fault"),
    [
        ({"obj": "v 0 0 0\n"}, "holds no faces"),
        ({"obj": "v 0 0 0\nv 1 0 0\nv 2 0 0\nf 1 2 3\n"}, "no triangle with an area"),
        ({"obj": "v 0 0 0\nv 1 0 0\nv nan 0 0\nf 1 2 3\n"}, "not finite"),
        ({"png": b"\x89PNG not really"}, "can't be decoded"),
        ({"mtl": "newmtl cloth\nmap_Kd ../../secret.png\n"}, "leaves the library"),
    ],
)
def test_a_broken_model_is_an_asset_error(write_library: Any, members: dict[str, str], fault: str) -> None:
    path = write_library()
    catalog = open_sweethome3d(path)
    write_library(**members)
    with pytest.raises(AssetError, match=fault):
        catalog.load(ID)


def test_a_texture_with_too_many_pixels_is_refused(write_library: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = open_sweethome3d(write_library())
    monkeypatch.setattr("assets_catalog.sources.sweethome3d.materials.TEXTURE_LIMIT_PX", 63)
    with pytest.raises(AssetError, match="too large"):
        catalog.load(ID)


def test_a_member_that_is_too_large_is_not_inflated(write_library: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_library()
    monkeypatch.setattr(library, "MEMBER_LIMIT_BYTES", 100)
    with zipfile.ZipFile(path) as archive, pytest.raises(AssetError, match="bytes, more than 100"):
        read_member(archive, "test/chair/chair.obj")


@pytest.mark.parametrize("reference", ["../x.obj", "/a/../../x.obj", "a\\..\\x.obj", "x\0.obj"])
def test_paths_that_leave_the_library_are_refused(reference: str) -> None:
    with pytest.raises(AssetError, match="leaves the library"):
        member_path("folder", reference)


@pytest.mark.parametrize("text", ["1 2 3", "a b c d e f g h i", "2 0 0 0 1 0 0 0 1", REFLECTION])
def test_a_matrix_that_is_no_rotation_is_refused(text: str) -> None:
    with pytest.raises(AssetError, match="modelRotation of x"):
        parse_rotation("x", text)


@pytest.mark.parametrize("alpha", [1.0, 0.0])
def test_a_texture_keeps_its_alpha(write_library: Any, alpha: float, png_of: Any) -> None:
    catalog = open_sweethome3d(write_library(png=png_of(alpha)))
    textures = [part.material.texture for asset_id in catalog.records for part in catalog.load(asset_id).parts]
    assert png_of(alpha) in textures
