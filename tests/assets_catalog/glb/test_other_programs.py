"""Another program reads our files: axes, units, corners, colours and textures are where glTF has them."""

import io
from dataclasses import replace

import numpy as np
import pytest
import trimesh

from assets_catalog.glb import write_glb
from assets_catalog.mesh import AssetMaterial, AssetMesh
from tests.assets_catalog.meshes import PLAIN, box_part, filled, png


def _loaded(mesh: AssetMesh) -> trimesh.Scene:
    return trimesh.load_scene(io.BytesIO(write_glb(mesh)), file_type="glb")


def test_up_is_y_and_front_is_z() -> None:
    scene = _loaded(AssetMesh((box_part((0, -5, 0), (1, 0, 3)),)))
    assert np.allclose(scene.bounds, [[0, 0, 0], [1, 3, 5]])


def test_normals_and_winding_point_out_of_a_solid() -> None:
    (geometry,) = _loaded(AssetMesh((box_part((0, -5, 0), (1, 0, 3)),))).geometry.values()
    assert np.isclose(geometry.volume, 15.0)
    outward = geometry.vertices - geometry.bounds.mean(axis=0)
    assert (np.einsum("vk,vk->v", geometry.vertex_normals, outward) > 0).all()


def test_each_part_is_a_geometry_with_its_material() -> None:
    red = AssetMaterial("red", (1.0, 0.0, 0.0), roughness=0.25)
    gold = AssetMaterial("gold", (0.5, 0.5, 0.5), opacity=0.5, metallic=1.0)
    mesh = AssetMesh((box_part((0, 0, 0), (1, 1, 1), red), box_part((0, 0, 1), (1, 1, 2), gold)))
    first, second = (geometry.visual.material for geometry in _loaded(mesh).geometry.values())
    assert (first.name, second.name) == ("red", "gold")
    assert (first.roughnessFactor, second.metallicFactor) == (0.25, 1.0)
    assert second.alphaMode == "BLEND"
    linear = 0.21404114
    assert np.asarray(second.baseColorFactor) == pytest.approx(np.array([linear] * 3 + [0.5]) * 255, abs=1)


def test_a_texture_comes_whole_and_the_right_way_up() -> None:
    pixels = filled((255, 255, 255), 2)
    pixels[0] = (255, 0, 0)
    textured = replace(PLAIN, texture=png(pixels))
    part = box_part((0, 0, 0), (1, 1, 1), textured)
    (geometry,) = _loaded(AssetMesh((part,))).geometry.values()
    assert np.array_equal(np.asarray(geometry.visual.material.baseColorTexture.convert("RGB")), pixels)
    assert np.allclose(geometry.visual.uv.max(axis=0), 1)  # trimesh's v is upward, as ours
    place = geometry.vertices @ np.array([[1.0, 0, 0], [0, 0, 1.0], [0, -1.0, 0]])
    for vertex, uv in zip(place, geometry.visual.uv, strict=True):
        corners = np.isclose(part.vertices_m[part.triangles], vertex).all(axis=2)
        assert np.isclose(part.corner_uvs[corners], uv).all(axis=1).any()


def test_what_shines_says_how_much() -> None:
    lit = AssetMaterial("bulb", (1.0, 1.0, 0.5), emission=6.0)
    data = write_glb(AssetMesh((box_part((0, 0, 0), (1, 1, 1), lit),)))
    assert b'"emissiveStrength":6.0' in data
    assert b'"extensionsUsed":["KHR_materials_emissive_strength"]' in data


def test_a_texture_with_alpha_is_cut_out() -> None:
    holes = replace(PLAIN, texture=png(filled((1, 2, 3, 0))))
    assert b'"alphaMode":"MASK"' in write_glb(AssetMesh((box_part((0, 0, 0), (1, 1, 1), holes),)))
    whole = replace(PLAIN, texture=png(filled((1, 2, 3))))
    assert b'"alphaMode"' not in write_glb(AssetMesh((box_part((0, 0, 0), (1, 1, 1), whole),)))
