"""What Blender reads becomes a GLB in metres with its front forward, and brings nothing in from elsewhere."""

import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bpy
import numpy as np
import pytest
import trimesh
from jaxtyping import Float64
from PIL import Image

from assets_catalog.ingest import sandbox_landlock
from scenegen import convert as convert_module
from scenegen.blender.convert_scene import write_converted
from scenegen.blender.meshes import boxes_mesh
from scenegen.convert import convert
from schemas.errors import AssetError
from schemas.scene_plan import Box

SIZE_M = (0.5, 1.0, 1.5)
NOSE_M = 0.2
"""How far a second, green mesh sticks out at the front."""


@pytest.fixture(autouse=True)
def _bare() -> Iterator[None]:
    bpy.ops.wm.read_factory_settings(use_empty=True)
    yield
    bpy.ops.wm.read_factory_settings(use_empty=True)


def add(name: str, box: Box, color: tuple[float, float, float]) -> bpy.types.Object:
    mesh = boxes_mesh(name, [box])
    material = bpy.data.materials.new(name)
    material.node_tree.nodes["Principled BSDF"].inputs["Base Color"].default_value = (*color, 1.0)
    mesh.materials.append(material)
    added = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(added)
    return added


@pytest.fixture
def _body_with_a_nose() -> None:
    _, depth_m, height_m = SIZE_M
    add("body", Box(center_m=(0.0, 0.0, height_m / 2), size_m=SIZE_M), (1.0, 0.0, 0.0))
    nose = Box(center_m=(0.0, -depth_m / 2 - NOSE_M / 2, 0.3), size_m=(0.1, NOSE_M, 0.1))
    add("nose", nose, (0.0, 1.0, 0.0))


def read(glb: Path) -> dict[str, Float64[np.ndarray, "2 3"]]:
    """Returns the bounds of the meshes of each colour, in glTF's axes."""
    meshes: Any = trimesh.load_scene(glb).dump(concatenate=False)
    colors = [mesh.visual.material.baseColorFactor[:3] for mesh in meshes]
    return {"red" if color[0] > color[1] else "green": mesh.bounds for mesh, color in zip(meshes, colors, strict=True)}


def converted(source: Path, tmp_path: Path) -> Path:
    target = tmp_path / "target" / "converted.glb"
    target.parent.mkdir(exist_ok=True)
    convert(source, target, allow_blend=True)
    return target


def assert_body_with_a_nose(glb: Path) -> None:
    width_m, depth_m, height_m = SIZE_M
    bounds = read(glb)
    assert np.allclose(
        bounds["red"], [[-width_m / 2, 0, -depth_m / 2], [width_m / 2, height_m, depth_m / 2]], atol=1e-5
    )
    assert np.allclose(bounds["green"][:, 2], [depth_m / 2, depth_m / 2 + NOSE_M], atol=1e-5)


def usd_text(meters_per_unit: float, up: str, body: str) -> str:
    return (
        f'#usda 1.0\n(\n    metersPerUnit = {meters_per_unit}\n    upAxis = "{up}"\n    defaultPrim = "A"\n)\n{body}\n'
    )


def usd_box(low: tuple[float, float, float], high: tuple[float, float, float], inside: str = "") -> str:
    """Returns a prim with a box."""
    x, y, z = zip(low, high, strict=True)
    corners = ", ".join(f"({x[i & 1]}, {y[i >> 1 & 1]}, {z[i >> 2]})" for i in range(8))
    return f"""
def Xform "A" {{
    def Mesh "box" (prepend apiSchemas = ["MaterialBindingAPI"]) {{
        int[] faceVertexCounts = [4, 4, 4, 4, 4, 4]
        int[] faceVertexIndices = [0, 2, 3, 1, 4, 5, 7, 6, 0, 1, 5, 4, 2, 6, 7, 3, 0, 4, 6, 2, 1, 3, 7, 5]
        point3f[] points = [{corners}]
        texCoord2f[] primvars:st = [{", ".join(6 * ["(0, 0), (1, 0), (1, 1), (0, 1)"])}] (interpolation = "faceVarying")
        {inside}
    }}
}}"""


def usd_material(texture: str) -> str:
    return f"""
def Material "M" {{
    token outputs:surface.connect = </M/S.outputs:surface>
    def Shader "S" {{
        uniform token info:id = "UsdPreviewSurface"
        color3f inputs:diffuseColor.connect = </M/T.outputs:rgb>
        token outputs:surface
    }}
    def Shader "T" {{
        uniform token info:id = "UsdUVTexture"
        asset inputs:file = @{texture}@
        float2 inputs:st.connect = </M/R.outputs:result>
        float3 outputs:rgb
    }}
    def Shader "R" {{
        uniform token info:id = "UsdPrimvarReader_float2"
        string inputs:varname = "st"
        float2 outputs:result
    }}
}}"""


@pytest.mark.usefixtures("_body_with_a_nose")
@pytest.mark.parametrize("scale_options", ["FBX_SCALE_NONE", "FBX_SCALE_UNITS", "FBX_SCALE_ALL"])
def test_fbx_comes_in_metres_with_its_front_forward(tmp_path: Path, scale_options: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Blender's own, of numpy 2.5
        bpy.ops.export_scene.fbx(filepath=str(tmp_path / "box.fbx"), apply_scale_options=scale_options)
    assert_body_with_a_nose(converted(tmp_path / "box.fbx", tmp_path))


@pytest.mark.usefixtures("_body_with_a_nose")
@pytest.mark.parametrize("ending", ["usda", "usdc", "usdz"])
def test_usd_of_blender_comes_in_metres_with_its_front_forward(tmp_path: Path, ending: str) -> None:
    bpy.ops.wm.usd_export(filepath=str(tmp_path / f"box.{ending}"))
    assert_body_with_a_nose(converted(tmp_path / f"box.{ending}", tmp_path))


@pytest.mark.usefixtures("_body_with_a_nose")
@pytest.mark.parametrize("unit_m", [1.0, 0.01])
def test_a_blend_file_comes_in_metres_by_its_own_unit(tmp_path: Path, unit_m: float) -> None:
    bpy.context.scene.unit_settings.scale_length = unit_m
    for each in bpy.data.objects:
        each.scale = 3 * [1 / unit_m]
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "box.blend"))
    assert_body_with_a_nose(converted(tmp_path / "box.blend", tmp_path))


def test_usd_in_centimetres_with_y_up_comes_in_metres_upright(tmp_path: Path) -> None:
    text = usd_text(0.01, "Y", usd_box((-25.0, 0.0, -50.0), (25.0, 150.0, 80.0)))
    (tmp_path / "box.usda").write_text(text)
    scene = trimesh.load_scene(converted(tmp_path / "box.usda", tmp_path))
    assert np.allclose(scene.bounds, [[-0.25, 0.0, -0.5], [0.25, 1.5, 0.8]], atol=1e-5)


def test_modifiers_and_instances_are_applied_and_lights_and_cameras_left_out(tmp_path: Path) -> None:
    body = add("body", Box(center_m=(0.0, 0.0, 0.5), size_m=(1.0, 1.0, 1.0)), (1.0, 0.0, 0.0))
    body.modifiers.new("twice", "ARRAY").count = 2
    group = bpy.data.collections.new("group")
    group.objects.link(body)
    for y_m in (2.0, 4.0):
        instance = bpy.data.objects.new("instance", None)
        instance.instance_type, instance.instance_collection = "COLLECTION", group
        instance.location = (0.0, y_m, 0.0)
        bpy.context.scene.collection.objects.link(instance)
    for data in (bpy.data.lights.new("lamp", "POINT"), bpy.data.cameras.new("camera")):
        bpy.context.scene.collection.objects.link(bpy.data.objects.new(data.name, data))
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "box.blend"))
    glb = converted(tmp_path / "box.blend", tmp_path)
    scene = trimesh.load_scene(glb)
    assert np.allclose(scene.bounds, [[-0.5, 0.0, -4.5], [1.5, 1.0, 0.5]], atol=1e-5)
    assert len(scene.triangles) == 3 * 2 * 12
    assert not any(word in glb.read_bytes() for word in (b"KHR_lights", b'"cameras"'))


def picture(path: Path) -> None:
    Image.new("RGB", (4, 4), (10, 200, 30)).save(path)


def images_of(glb: Path) -> list[tuple[int, int, int]]:
    """Returns a pixel of each colour texture."""
    meshes: Any = trimesh.load_scene(glb).geometry.values()
    textures = [mesh.visual.material.baseColorTexture for mesh in meshes]
    return [texture.convert("RGB").getpixel((1, 1)) for texture in textures if texture is not None]


@pytest.mark.parametrize("place", ["inside", "absolute", "above", "link"])
def test_a_texture_is_taken_from_inside_the_folder_and_from_nowhere_else(tmp_path: Path, place: str) -> None:
    folder = tmp_path / "asset"
    folder.mkdir()
    picture(tmp_path / "secret.png")
    picture(folder / "own.png")
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    where = {"inside": "own.png", "absolute": f"{tmp_path}/secret.png", "above": "../secret.png", "link": "link.png"}
    box = usd_box((0.0, 0.0, 0.0), (1.0, 1.0, 1.0), "rel material:binding = </M>")
    body = box + usd_material(where[place])
    (folder / "box.usda").write_text(usd_text(1.0, "Z", body))
    images = images_of(converted(folder / "box.usda", tmp_path))
    assert len(images) == (place == "inside")


@pytest.mark.parametrize("place", ["inside", "outside"])
def test_a_layer_is_taken_from_inside_the_folder_and_from_nowhere_else(tmp_path: Path, place: str) -> None:
    folder = tmp_path / "asset"
    folder.mkdir()
    other = folder / "other.usda" if place == "inside" else tmp_path / "other.usda"
    other.write_text(usd_text(1.0, "Z", usd_box((0.0, 0.0, 0.0), (1.0, 1.0, 1.0))))
    (folder / "box.usda").write_text(usd_text(1.0, "Z", f'def "A" (prepend references = @{other}@) {{}}'))
    if place == "inside":
        assert len(trimesh.load_scene(converted(folder / "box.usda", tmp_path)).triangles) == 12
    else:
        with pytest.raises(AssetError, match="no mesh"):
            converted(folder / "box.usda", tmp_path)


@pytest.mark.usefixtures("_body_with_a_nose")
def test_no_program_in_a_blend_file_runs(tmp_path: Path) -> None:
    canary, source = tmp_path / "canary", tmp_path / "box.blend"
    program = f"open({str(canary)!r}, 'w').close()"
    text = bpy.data.texts.new("start.py")
    text.write(program)
    text.use_module = True
    driver = bpy.data.objects["body"].driver_add("location", 0).driver
    driver.expression = f"open({str(canary)!r}, 'w').close() or 0.0"
    bpy.ops.wm.save_as_mainfile(filepath=str(source))
    bpy.ops.wm.open_mainfile(filepath=str(source), use_scripts=True)
    assert canary.exists(), "the trap works"
    canary.unlink()
    write_converted(source, tmp_path / "converted.glb", allow_blend=True)
    assert not canary.exists()
    assert_body_with_a_nose(tmp_path / "converted.glb")


@pytest.mark.usefixtures("_body_with_a_nose")
def test_a_blend_file_is_refused_unless_it_is_allowed(tmp_path: Path) -> None:
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "box.blend"))
    with pytest.raises(AssetError, match="may hold programs"):
        convert(tmp_path / "box.blend", tmp_path / "converted.glb")
    with pytest.raises(AssetError, match="may hold programs"):
        write_converted(tmp_path / "box.blend", tmp_path / "converted.glb")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.fbx", b"", "empty.fbx: "),
        ("torn.fbx", b"Kaydara FBX Binary  \x00\x1a\x00" + bytes(40), "torn.fbx: "),
        ("noise.usdc", bytes(range(256)) * 4, "noise.usdc: "),
        ("noise.usdz", b"PK\x03\x04" + bytes(60), "noise.usdz: "),
        ("bare.usda", usd_text(1.0, "Z", 'def Xform "A" {}').encode(), "bare.usda: no mesh"),
        ("noise.blend", b"BLENDER-v405" + bytes(60), "noise.blend: "),
        ("model.obj", b"", r"model\.obj: can't be converted; must end in \.blend"),
    ],
)
def test_what_cant_be_converted_is_told_in_a_line(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(AssetError, match=reason) as told:
        converted(tmp_path / name, tmp_path)
    assert "\n" not in str(told.value)
    assert not (tmp_path / "target" / "converted.glb").exists()


def test_what_takes_too_long_is_ended(tmp_path: Path) -> None:
    (tmp_path / "box.usda").write_text(usd_text(1.0, "Z", usd_box((0.0, 0.0, 0.0), (1.0, 1.0, 1.0))))
    with pytest.raises(AssetError, match=r"longer than 0\.1 s"):
        convert(tmp_path / "box.usda", tmp_path / "converted.glb", patience_s=0.1)


def test_where_files_cant_be_kept_apart_a_file_is_read_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(convert_module, "abi", lambda: 0)
    other = tmp_path / "other.usda"
    other.write_text(usd_text(1.0, "Z", usd_box((0.0, 0.0, 0.0), (1.0, 1.0, 1.0))))
    (tmp_path / "box.usda").write_text(usd_text(1.0, "Z", 'def "A" (prepend references = @other.usda@) {}'))
    with pytest.raises(AssetError, match="no mesh"):
        converted(tmp_path / "box.usda", tmp_path)
    assert len(trimesh.load_scene(converted(other, tmp_path)).triangles) == 12


def test_the_process_is_shut_in_before_it_has_threads() -> None:
    if not sandbox_landlock.abi():
        pytest.skip("this kernel has no Landlock")
    code = (
        "import os, sys, scenegen.blender.convert\n"
        "print(len(os.listdir('/proc/self/task')), sorted({'bpy', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "1 []\n"
