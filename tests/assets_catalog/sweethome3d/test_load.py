"""Meshes of a furniture library: as large as stated, turned right, and refused when broken."""

import pickle
from contextlib import suppress
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import pytest
from jaxtyping import Float32

from assets_catalog.ingest.candidate import AddOptions, Candidate, LoadedModel
from assets_catalog.mesh import AssetMesh
from assets_catalog.sources.sweethome3d import list_sweethome3d
from assets_catalog.sources.sweethome3d.models import parse_rotation
from schemas.errors import AssetError

REFLECTION = "-1 0 0 0 1 0 0 0 1"
CHAIR_ROTATION = "0 0 1 0 1 0 -1 0 0"


def _only(path: Path) -> Candidate:
    (candidate,) = list_sweethome3d(path, AddOptions())
    assert isinstance(candidate, Candidate)
    return candidate


def _mesh(candidate: Candidate) -> AssetMesh:
    loaded = candidate.load()
    assert isinstance(loaded, LoadedModel)
    return loaded.mesh


def _load(path: Path) -> AssetMesh:
    return _mesh(_only(path))


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
        ({"png": b"\x89PNG not really"}, "is no PNG or JPEG"),
        ({"mtl": "newmtl cloth\nmap_Kd ../../secret.png\n"}, "leaves the library"),
    ],
)
def test_a_broken_model_is_an_asset_error(write_library: Any, members: dict[str, str], fault: str) -> None:
    candidate = _only(write_library(**members))
    with pytest.raises(AssetError, match=fault):
        candidate.load()


def test_a_texture_with_too_many_pixels_is_refused(write_library: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    candidate = _only(write_library())
    monkeypatch.setattr("assets_catalog.sources.sweethome3d.materials.TEXTURE_LIMIT_PX", 63)
    with pytest.raises(AssetError, match="63 are allowed"):
        candidate.load()


@pytest.mark.parametrize("text", ["1 2 3", "a b c d e f g h i", "2 0 0 0 1 0 0 0 1", REFLECTION])
def test_a_matrix_that_is_no_rotation_is_refused(text: str) -> None:
    with pytest.raises(AssetError, match="modelRotation of x"):
        parse_rotation("x", text)


def test_two_tables_whose_rotation_swaps_width_and_depth_skip_it() -> None:
    turn = CHAIR_ROTATION
    assert np.array_equal(parse_rotation("Scopia#table3", turn)[0], [0, 0, 1])
    for model in ("Scopia#black_table", "Scopia#table4"):
        assert np.array_equal(parse_rotation(model, turn), np.eye(3))


@pytest.mark.parametrize("alpha", [1.0, 0.0])
def test_a_texture_keeps_its_alpha(write_library: Any, alpha: float, png_of: Any) -> None:
    mesh = _load(write_library(png=png_of(alpha)))
    assert png_of(alpha) in [part.material.texture for part in mesh.parts]


def test_a_candidate_is_loaded_in_another_process_without_the_zips_directory(write_library: Any) -> None:
    sent = pickle.dumps(_only(write_library()))
    with mock.patch("zipfile.ZipFile", side_effect=AssertionError("the directory is read again")):
        assert len(_mesh(pickle.loads(sent)).parts) == 2
    assert len(sent) < 4000


def test_the_unit_is_the_metre(write_library: Any) -> None:
    loaded = _only(write_library()).load()
    assert isinstance(loaded, LoadedModel)
    assert loaded.meters_per_unit == 1.0


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_library_gives_reasons_never_another_error(write_library: Any, seed: int) -> None:
    path, rng = write_library(), np.random.default_rng(seed)
    content = bytearray(path.read_bytes())
    for _ in range(int(rng.integers(1, 20))):
        content[rng.integers(len(content))] = rng.integers(256)
    path.write_bytes(content[: rng.integers(len(content))] if seed % 4 == 0 else content)
    for each in list_sweethome3d(path, AddOptions()):
        if isinstance(each, Candidate):
            with suppress(AssetError):
                assert len(_mesh(each).parts) >= 1
        else:
            assert each.reason
