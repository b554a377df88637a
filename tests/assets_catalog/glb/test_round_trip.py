"""What was written is read again bit for bit, and the same mesh gives the same bytes."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from assets_catalog.glb import read_glb, write_glb
from assets_catalog.mesh import AssetMesh, MeshPart
from schemas.errors import AssetError
from tests.assets_catalog.glb.any_mesh import TEXTURES, part_lists
from tests.assets_catalog.meshes import PLAIN, box_part, part_of, table

ARRAYS = ("vertices_m", "triangles", "corner_normals", "corner_uvs")


@given(part_lists)
def test_what_was_written_is_read_again_bit_for_bit(drawn: list[MeshPart]) -> None:
    read = read_glb(write_glb(AssetMesh(tuple(drawn))), "it")
    for before, after in zip(drawn, read.parts, strict=True):
        assert after.material == before.material
        for name in ARRAYS:
            assert getattr(after, name).dtype == getattr(before, name).dtype
            assert getattr(after, name).tobytes() == getattr(before, name).tobytes()


@given(part_lists)
def test_the_same_mesh_gives_the_same_bytes(drawn: list[MeshPart]) -> None:
    mesh = AssetMesh(tuple(drawn))
    data = write_glb(mesh)
    assert write_glb(mesh) == data
    assert write_glb(read_glb(data, "it")) == data


def test_corners_that_are_alike_share_a_vertex() -> None:
    square = [(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0)]
    flat = part_of(np.array(square, dtype=np.float64), [(0, 1, 2), (0, 2, 3)])
    bent = replace(flat, corner_normals=np.roll(flat.corner_normals, 1, axis=2).copy())
    bent.corner_normals[1] = (0, 0, 1)
    sizes = [len(write_glb(AssetMesh((part,)))) for part in (flat, bent)]
    assert sizes[1] - sizes[0] >= 2 * 32  # two points with two normals each are two vertices more


def test_a_texture_of_several_parts_is_stored_once() -> None:
    shared = replace(PLAIN, texture=TEXTURES[1])
    one, two = box_part((0, 0, 0), (1, 1, 1), shared), box_part((0, 0, 1), (1, 1, 2), replace(shared, name="other"))
    data = write_glb(AssetMesh((one, two)))
    assert data.count(TEXTURES[1] or b"-") == 1
    assert [part.material.texture for part in read_glb(data, "it").parts] == [TEXTURES[1]] * 2


def test_more_vertices_than_16_bits_count_are_written_with_32() -> None:
    points = np.random.default_rng(1).uniform(size=(70_000, 3)).astype(np.float32)
    part = part_of(points, np.arange(69_999).reshape(-1, 3).tolist())
    (read,) = read_glb(write_glb(AssetMesh((part,))), "it").parts
    assert np.array_equal(read.triangles, part.triangles)


@pytest.mark.parametrize(
    "change",
    [
        {"color": (1.5, 0.0, 0.0)},
        {"opacity": -0.1},
        {"metallic": float("nan")},
        {"roughness": 2.0},
        {"emission": float("inf")},
        {"texture": b"GIF89a"},
    ],
)
def test_a_material_that_gltf_cant_hold_is_refused(change: dict) -> None:
    with pytest.raises(AssetError):
        write_glb(AssetMesh((box_part((0, 0, 0), (1, 1, 1), replace(PLAIN, **change)),)))


def test_a_mesh_without_triangles_is_refused() -> None:
    with pytest.raises(AssetError):
        write_glb(AssetMesh(()))
    with pytest.raises(AssetError):
        write_glb(AssetMesh((part_of(np.zeros((0, 3)), []),)))


def test_a_table_is_small() -> None:
    assert len(write_glb(table())) < 20_000
