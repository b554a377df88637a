"""Every format gives the same box: its size in the file's unit, its up and front, its winding, its material."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assets_catalog.ingest.candidate import LoadedModel
from assets_catalog.mesh import AssetMesh
from assets_catalog.sources.folder.models import READERS, FileModel
from schemas.errors import AssetError
from tests.assets_catalog.folder_source import samples

FILES = {**{name: {name: content} for name, content in samples.SINGLE.items()}}
FILES |= {"box.gltf": samples.box_gltf(), "box.obj": samples.box_obj()}


def load(folder: Path, files: dict[str, bytes], **axes: Any) -> LoadedModel:
    """Writes files and loads the first of them."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return FileModel(folder / next(iter(files)), folder, **axes)()


def load_tree(folder: Path, tree: dict[str, Any], binary: bytes) -> AssetMesh:
    """Loads a glTF tree."""
    return load(folder, {"box.glb": samples.glb_of(tree, binary)}).mesh


def box_of(mesh: AssetMesh) -> tuple[float, ...]:
    """Returns the sides of the box around a mesh."""
    points = np.concatenate([part.vertices_m for part in mesh.parts])
    return tuple((points.max(axis=0) - points.min(axis=0)).tolist())


def volume(mesh: AssetMesh) -> float:
    """Returns the signed volume: positive where triangles are wound outward."""
    corners = np.concatenate([part.vertices_m[part.triangles] for part in mesh.parts]).astype(np.float64)
    return float(np.einsum("ti,ti->t", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])).sum() / 6)


def test_samples_cover_every_reader() -> None:
    assert {Path(name).suffix for name in FILES} == set(READERS)


@pytest.mark.parametrize("name", FILES)
def test_box_stands_upright_and_is_wound_outward(tmp_path: Path, name: str) -> None:
    mesh = load(tmp_path, FILES[name]).mesh
    assert box_of(mesh) == pytest.approx((samples.WIDE, samples.DEEP, samples.HIGH))
    assert volume(mesh) == pytest.approx(samples.WIDE * samples.DEEP * samples.HIGH)


@pytest.mark.parametrize("name", FILES)
def test_corner_normals_are_those_of_the_faces(tmp_path: Path, name: str) -> None:
    for part in load(tmp_path, FILES[name]).mesh.parts:
        points = part.vertices_m[part.triangles]
        faces = np.cross(points[:, 1] - points[:, 0], points[:, 2] - points[:, 0])
        faces /= np.linalg.norm(faces, axis=1, keepdims=True)
        np.testing.assert_allclose(part.corner_normals, np.repeat(faces[:, None], 3, axis=1), atol=1e-6)


def test_only_gltf_says_its_unit(tmp_path: Path) -> None:
    units = {name: load(tmp_path, files).meters_per_unit for name, files in FILES.items()}
    assert {name for name, unit in units.items() if unit == 1.0} == {"box.glb", "box.gltf"}


def test_stated_axes_turn_the_file(tmp_path: Path) -> None:
    mesh = load(tmp_path, {"box.obj": samples.box_obj()["box.obj"], **samples.box_obj()}, up="z", front="-y").mesh
    assert box_of(mesh) == pytest.approx((samples.WIDE, samples.HIGH, samples.DEEP))


def test_stated_front_turns_about_the_vertical(tmp_path: Path) -> None:
    mesh = load(tmp_path, {"box.stl": samples.box_stl()}, up="z", front="x").mesh
    assert box_of(mesh) == pytest.approx((samples.DEEP, samples.WIDE, samples.HIGH))
    assert volume(mesh) > 0


@pytest.mark.parametrize("name", ["box.glb", "box.gltf", "box.obj"])
def test_texture_is_kept_byte_by_byte(tmp_path: Path, name: str) -> None:
    (part,) = load(tmp_path, FILES[name]).mesh.parts
    assert part.material.texture == samples.png()
    assert part.material.color == (1.0, 1.0, 1.0)


@pytest.mark.parametrize(("name", "lost"), [("box.gltf", "paint.png"), ("box.obj", "old paint.png")])
def test_missing_texture_is_dropped(tmp_path: Path, name: str, lost: str) -> None:
    (part,) = load(tmp_path, {file: content for file, content in FILES[name].items() if file != lost}).mesh.parts
    assert part.material.texture is None


@pytest.mark.parametrize(("name", "lost"), [("box.gltf", "box data.bin"), ("box.obj", "box.mtl")])
def test_other_missing_files_are_faults(tmp_path: Path, name: str, lost: str) -> None:
    with pytest.raises(AssetError, match=r"lacks buffer 0|isn't there"):
        load(tmp_path, {file: content for file, content in FILES[name].items() if file != lost})


def test_vertex_colors_become_the_material(tmp_path: Path) -> None:
    (part,) = load(tmp_path, {"box.ply": samples.box_ply()}).mesh.parts
    assert part.material.color == pytest.approx((1.0, 0.0, 0.0))


def test_places_of_the_tree_apply_and_mirrors_keep_the_outside_out(tmp_path: Path) -> None:
    tree, binary = samples.box_tree()
    tree["nodes"] = [
        {"children": [1], "scale": [2, 2, 2], "rotation": [0, math.sqrt(0.5), 0, math.sqrt(0.5)]},
        {"mesh": 0, "scale": [-1, 1, 1], "translation": [5, 0, 0]},
    ]
    del tree["meshes"][0]["primitives"][0]["attributes"]["NORMAL"]
    mesh = load_tree(tmp_path, tree, binary)
    assert box_of(mesh) == pytest.approx((2 * samples.DEEP, 2 * samples.WIDE, 2 * samples.HIGH), rel=1e-5)
    assert volume(mesh) == pytest.approx(8 * samples.WIDE * samples.DEEP * samples.HIGH, rel=1e-4)


def test_front_of_gltf_is_ours(tmp_path: Path) -> None:
    tree, binary = samples.box_tree()
    tree["nodes"][0]["translation"] = [0, 0, 100]
    assert load_tree(tmp_path, tree, binary).parts[0].vertices_m[:, 1].max() < -90


def test_strips_and_fans_are_wound_alike(tmp_path: Path) -> None:
    tree, _ = samples.box_tree()
    quad = np.array([(0, 0, 0), (1, 0, 0), (0, 1, 0), (1, 1, 0)], dtype=np.float32)
    for mode, order in ((5, [0, 1, 2, 3]), (6, [0, 1, 3, 2])):
        points = quad[order].tobytes()
        tree["bufferViews"] = [{"buffer": 0, "byteLength": len(points)}]
        tree["buffers"] = [{"byteLength": len(points)}]
        tree["accessors"] = [{"bufferView": 0, "componentType": 5126, "count": 4, "type": "VEC3"}]
        tree["meshes"] = [{"primitives": [{"attributes": {"POSITION": 0}, "mode": mode}]}]
        (part,) = load_tree(tmp_path, tree, points).parts
        assert len(part.triangles) == 2
        np.testing.assert_allclose(part.corner_normals.reshape(-1, 3), np.tile([(0, -1, 0)], (6, 1)), atol=1e-6)


def test_sparse_rows_replace_their_accessors(tmp_path: Path) -> None:
    tree, binary = samples.box_tree()
    start = len(binary)
    binary += np.arange(36, dtype=np.uint16).tobytes() + (10 * samples.corners("y")[samples.triangles()]).tobytes()
    tree["bufferViews"] += [
        {"buffer": 0, "byteOffset": start, "byteLength": 72},
        {"buffer": 0, "byteOffset": start + 72, "byteLength": 432},
    ]
    tree["buffers"][0]["byteLength"] = len(binary)
    sparse = {"count": 36, "indices": {"bufferView": 4, "componentType": 5123}, "values": {"bufferView": 5}}
    tree["accessors"][0] = {"componentType": 5126, "count": 36, "type": "VEC3", "sparse": sparse}
    assert box_of(load_tree(tmp_path, tree, binary))[2] == pytest.approx(10 * samples.HIGH)


def test_skinned_mesh_stands_as_its_joints_do(tmp_path: Path) -> None:
    tree, binary = samples.box_tree()
    start = len(binary)
    binary += (
        np.zeros((36, 4), dtype=np.uint8).tobytes()
        + np.tile(np.array([1, 0, 0, 0], dtype=np.float32), (36, 1)).tobytes()
    )
    tree["bufferViews"] += [
        {"buffer": 0, "byteOffset": start, "byteLength": 144},
        {"buffer": 0, "byteOffset": start + 144, "byteLength": 576},
    ]
    tree["buffers"][0]["byteLength"] = len(binary)
    tree["accessors"] += [
        {"bufferView": 4, "componentType": 5121, "count": 36, "type": "VEC4"},
        {"bufferView": 5, "componentType": 5126, "count": 36, "type": "VEC4"},
    ]
    tree["meshes"][0]["primitives"][0]["attributes"] |= {"JOINTS_0": 4, "WEIGHTS_0": 5}
    tree["nodes"] = [{"mesh": 0, "skin": 0, "scale": [9, 9, 9]}, {"scale": [4, 4, 4]}]
    tree["scenes"] = [{"nodes": [0, 1]}]
    tree["skins"] = [{"joints": [1]}]
    assert box_of(load_tree(tmp_path, tree, binary))[2] == pytest.approx(4 * samples.HIGH)


def test_linear_factors_become_srgb(tmp_path: Path) -> None:
    tree, binary = samples.box_tree()
    tree["materials"] = [{"pbrMetallicRoughness": {"baseColorFactor": [0.214, 1, 0, 0.5], "metallicFactor": 0.25}}]
    tree["meshes"][0]["primitives"][0]["material"] = 0
    material = load_tree(tmp_path, tree, binary).parts[0].material
    assert material.color == pytest.approx((0.5, 1.0, 0.0), abs=2e-3)
    assert (material.opacity, material.metallic, material.roughness) == (1.0, 0.25, 1.0)
    tree["materials"][0]["alphaMode"] = "BLEND"
    assert load_tree(tmp_path, tree, binary).parts[0].material.opacity == 0.5


def test_opaque_materials_lose_the_alpha_of_their_pictures(tmp_path: Path) -> None:
    tree, binary = samples.box_tree(samples.png("RGBA", (200, 40, 40, 0)))
    texture = load_tree(tmp_path, tree, binary).parts[0].material.texture
    assert texture is not None
    assert texture[25] == 2, "an RGB picture"
    tree["materials"][0]["alphaMode"] = "MASK"
    assert load_tree(tmp_path, tree, binary).parts[0].material.texture == samples.png("RGBA", (200, 40, 40, 0))


def test_pictures_of_numbers_count_by_their_means(tmp_path: Path) -> None:
    tree, binary = samples.box_tree(samples.png("RGB", (0, 51, 102)))
    tree["materials"][0]["pbrMetallicRoughness"] = {"metallicRoughnessTexture": {"index": 0}, "roughnessFactor": 0.5}
    material = load_tree(tmp_path, tree, binary).parts[0].material
    assert [material.metallic, material.roughness] == pytest.approx([0.4, 0.1])


def test_v_points_up(tmp_path: Path) -> None:
    tree, binary = samples.box_tree()
    (part,) = load_tree(tmp_path, tree, binary).parts
    np.testing.assert_allclose(part.corner_uvs[0], [(0, 1), (1, 1), (1, 0)])


FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "bufferViews.0.byteLength": ({"bufferViews": [{"buffer": 0, "byteLength": 99999}]}, "ends at byte 99999"),
    "accessors.count": (
        {"accessors": [{"bufferView": 0, "componentType": 5126, "count": 37, "type": "VEC3"}]},
        "ends at",
    ),
    "bomb": ({"accessors": [{"componentType": 5126, "count": 2**32, "type": "VEC3"}]}, "claims 4294967296 rows"),
    "version": ({"asset": {"version": "1.0"}}, "is glTF '1.0'"),
    "version 1": ({"asset": {"version": "1.1"}, "scene": "default"}, "is glTF '1.1', '2.0' is read"),
    "extension": ({"extensionsRequired": ["KHR_draco_mesh_compression"]}, "needs what isn't read"),
    "cycle": ({"nodes": [{"mesh": 0, "children": [0]}]}, "two parents, or is its own"),
    "absent node": ({"scenes": [{"nodes": [7]}]}, "names node 7, it has 1"),
    "negative": ({"nodes": [{"mesh": -1}]}, "no valid glTF: nodes.0.mesh"),
    "address": ({"images": [{"uri": "http://127.0.0.1/x.png"}]}, "refers to an address"),
    "file address": ({"images": [{"uri": "file:///etc/passwd"}]}, "refers to an address"),
    "absolute": ({"images": [{"uri": "/etc/passwd"}]}, "refers to an absolute path"),
    "escape": ({"images": [{"uri": "..%2f..%2fsecret.png"}]}, "leads out of its folder"),
    "drive": ({"images": [{"uri": "C:\\secret.png"}]}, "refers to an absolute path"),
    "buffer": ({"buffers": [{"byteLength": 4, "uri": "../secret.bin"}]}, "leads out of its folder"),
    "claimed": ({"buffers": [{"byteLength": 2**39}]}, "claims 549755813888 bytes"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_faults_of_gltf_are_told(tmp_path: Path, name: str) -> None:
    changes, reason = FAULTS[name]
    tree, binary = samples.box_tree()
    with pytest.raises(AssetError, match=reason):
        load_tree(tmp_path, {**tree, **changes}, binary)


def test_links_that_lead_outside_are_refused(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "secret.png").write_bytes(samples.png())
    (inner / "paint.png").symlink_to(tmp_path / "secret.png")
    files = {name: content for name, content in samples.box_gltf().items() if name != "paint.png"}
    with pytest.raises(AssetError, match="leads out of its folder"):
        load(inner, files)


@pytest.mark.parametrize(
    "statement", ["map_Kd /etc/passwd", "map_Bump ../../x.png", "map_d C:\\x.png", "map_Ks http://x/y"]
)
def test_references_of_materials_are_walked(tmp_path: Path, statement: str) -> None:
    files = samples.box_obj() | {"box.mtl": f"newmtl paint\n{statement}\n".encode()}
    with pytest.raises(AssetError, match="refers to"):
        load(tmp_path, files)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("box.stl", samples.box_stl()[:-1], "says that it has 12 triangles"),
        ("box.stl", b"solid x\nvertex 1 2 3\nvertex 1 2 3\n", "2 corners"),
        ("box.ply", samples.box_ply().replace(b"vertex 8", b"vertex 800000000"), "claims at least"),
        ("box.ply", samples.box_ply(is_text=False).replace(b"face 12", b"face 999"), "claims at least"),
        ("box.stl", b"solid" + b"vertex 1 1 1\n" * 2_250_003, "has 750001 faces as text"),
        ("box.obj", b"v 1 1 1" + b"\nf" * 750_001, "has 750001 faces as text"),
        ("box.ply", b"solid", "is no PLY file"),
        ("box.off", samples.box_off().replace(b"8 6 0", b"8 60000000 0"), "claims 8 vertices"),
        ("box.off", samples.box_off().replace(b"4 0 3 2 1", b"4 0 3 2 9"), "names vertex 9, it has 8"),
        ("box.glb", samples.box_glb()[:-10], "is cut off"),
        ("box.glb", b"glTF" + bytes(20), "GLB of version 0"),
        ("box.glb", json.dumps({"asset": {}}).encode(), "asset.version: Field required"),
        ("box.gltf", b"[" * 10, "is no glTF"),
        ("box.gltf", b'{"asset": {"version": NaN}}', "NaN is no number"),
    ],
)
def test_headers_that_lie_are_told(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    with pytest.raises(AssetError, match=reason):
        load(tmp_path, {name: content})
