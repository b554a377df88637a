"""Recoloured parts: the plan's colour on one object, everything else as it was."""

import io

import bpy
import numpy as np
import pytest
from jaxtyping import Float64
from PIL import Image

from assets_catalog.catalog import Catalog
from assets_catalog.colors import display, linear
from assets_catalog.mesh import AssetMaterial, AssetMesh, MeshPart
from assets_catalog.record import AssetRecord, PartLook
from scenegen.blender.evaluated import evaluated_triangles
from scenegen.blender.scene import build_scene
from scenegen.blender.stage import open_stage
from schemas.geometry import intrinsics, look_along, pose
from schemas.run_spec import RenderSpec, RunSpec
from schemas.scene_plan import PlannedObject, ScenePlan, Sky, View, flat
from schemas.surface import Color, Recolor
from tests.catalogs import record_of
from tests.scenegen.blender.conftest import BALL_RADIUS_M, ball

SPEC = RunSpec(render=RenderSpec(samples=16, denoise=False))
RED, GREEN, WHITE = (0.7, 0.12, 0.1), (0.15, 0.5, 0.2), (1.0, 1.0, 1.0)


def _checks() -> bytes:
    """Returns a picture of blue and dark blue squares."""
    pixels = np.zeros((16, 16, 3), dtype=np.uint8)
    pixels[..., 2] = np.where((np.indices((16, 16)) // 4).sum(axis=0) % 2, 230, 120)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return buffer.getvalue()


def _mean_of_checks() -> Color:
    light = linear(np.array([230.0, 120.0]) / 255).mean(keepdims=True)
    return 0.0, 0.0, float(display(light)[0])


def _parted(texture: bytes | None) -> AssetMesh:
    """Returns a ball whose upper half is another part, of clear glass."""
    (whole,) = ball().parts
    upper = whole.vertices_m[whole.triangles][..., 2].mean(axis=1) > BALL_RADIUS_M
    uvs = whole.vertices_m[whole.triangles][..., :2] * 4.0
    cloth = AssetMaterial("cloth", RED if texture is None else WHITE, texture=texture)
    cap = AssetMaterial("glass", (0.9, 0.9, 0.9), opacity=0.3)
    return AssetMesh(
        tuple(
            MeshPart(
                whole.vertices_m, whole.triangles[of], whole.corner_normals[of], uvs[of].astype(np.float32), material
            )
            for of, material in ((~upper, cloth), (upper, cap))
        )
    )


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    meshes = {"plain": _parted(None), "checked": _parted(_checks())}
    colors = {"plain": RED, "checked": _mean_of_checks()}

    def record(number: int, asset_id: str) -> AssetRecord:
        cap = PartLook(name="glass", color_name="white", color=WHITE, substance="glass", area_share=0.5, opacity=0.3)
        cloth = PartLook(name="cloth", color_name="red", color=colors[asset_id], substance="fabric", area_share=0.5)
        return record_of(asset_id, sha256=f"{number:064x}", parts=(cap, cloth))

    records = [record(number, asset_id) for number, asset_id in enumerate(meshes, start=7)]
    return Catalog.of("parted", records, lambda record: meshes[record.asset_id])


def plan(asset_id: str, recolored: tuple[Recolor, ...] = ()) -> ScenePlan:
    """Returns a scene with two balls of one kind, the first of them recoloured, in even light."""
    view = View(
        view_index=0,
        width_px=64,
        height_px=32,
        intrinsics=flat(intrinsics(0.8, 64, 32)),
        cam2world=flat(look_along((0.0, -3.0, 0.3), np.pi / 2, 0.0)),
    )
    balls = tuple(
        PlannedObject(
            instance_id=number + 1,
            class_id=1,
            class_name="ball",
            label="ball",
            object2world=flat(pose((x, 0.0, 0.0), 0.0)),
            asset_id=asset_id,
            recolored=recolored if number == 0 else (),
        )
        for number, x in enumerate((-0.6, 0.6))
    )
    sky = Sky(sun_elevation_rad=0.6, sun_azimuth_rad=4.5, strength=0.3, weather="overcast")
    return ScenePlan(
        scene_index=0,
        scene_id="scene-00000000",
        split="train",
        recipe="test",
        seed=7,
        objects=balls,
        lights=(),
        sky=sky,
        views=(view,),
    )


def lights(of: ScenePlan, catalog: Catalog) -> tuple[Float64[np.ndarray, "3"], Float64[np.ndarray, "3"]]:
    """Returns the mean light of the cloth of both balls."""
    stage = open_stage(of, catalog, SPEC, threads=0)
    (view,) = of.views
    sighting = stage.sight(view)
    light = stage.picture(view, sighting).linear_light.astype(np.float64)
    rows = np.arange(light.shape[0])[:, None] > 18  # below the glass
    one, other = (light[(sighting.gbuffer.instance_id == number) & rows].mean(axis=0) for number in (1, 2))
    return one, other


@pytest.mark.parametrize("asset_id", ["plain", "checked"])
def test_one_object_has_the_new_colour_and_its_twin_the_old(catalog: Catalog, asset_id: str) -> None:
    one, other = lights(plan(asset_id, (Recolor(part=1, color=GREEN),)), catalog)
    red, green, blue = one
    assert green > 1.5 * max(red, blue)
    assert other.argmax() == (0 if asset_id == "plain" else 2)


@pytest.mark.parametrize("asset_id", ["plain", "checked"])
def test_a_new_colour_is_as_light_as_the_plan_says(catalog: Catalog, asset_id: str) -> None:
    """A part dyed grey gives as much light as the same part of a plain grey."""
    dyed, _ = lights(plan(asset_id, (Recolor(part=1, color=(0.5, 0.5, 0.5)),)), catalog)
    plain, _ = lights(plan("plain", (Recolor(part=1, color=(0.5, 0.5, 0.5)),)), catalog)
    assert np.abs(dyed / plain - 1.0).max() < 0.15


def test_the_next_scene_has_the_assets_own_colours(catalog: Catalog) -> None:
    before = lights(plan("plain"), catalog)
    lights(plan("plain", (Recolor(part=1, color=GREEN),)), catalog)
    assert np.array_equal(before, lights(plan("plain"), catalog))
    build_scene(plan("plain"), catalog)
    assert not [material.name for material in bpy.data.materials if material.name.startswith("plain/cloth-")]


def test_geometry_panes_and_the_names_of_other_parts_stay(catalog: Catalog) -> None:
    build_scene(plan("plain"), catalog)
    plain = evaluated_triangles()
    build_scene(plan("plain", (Recolor(part=1, color=GREEN),)), catalog)
    dyed = evaluated_triangles()
    assert np.array_equal(plain.corners_m, dyed.corners_m)
    assert plain.materials == ("plain/cloth", "plain/glass")
    assert dyed.materials == ("plain/cloth-268033", "plain/glass", "plain/cloth")
    assert {dyed.materials[number - 1] for number in dyed.panes} == {"plain/glass"}
