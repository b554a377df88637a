"""Leaves, a window, a mirror and bump under each policy: picture, exact buffers and Cycles' passes tell one story."""

import io
from dataclasses import replace

import bpy
import numpy as np
import pytest
from PIL import Image

from assets_catalog.mesh import AssetMaterial, AssetMesh, MeshPart
from scenegen.blender.camera import aim
from scenegen.blender.cycles import render_view
from scenegen.blender.stage import open_stage
from scenegen.dataset.checks.gbuffer_checks import gbuffer_faults
from scenegen.stage import Picture, Sighting
from scenegen.witness import agreement
from schemas.geometry import intrinsics, look_along
from schemas.run_spec import RenderSpec, RunSpec, TruthSpec
from schemas.scene_plan import Box, Defocus, Light, PlannedObject, Rectangle, ScenePlan, Sky, Sphere, View, flat, square
from schemas.surface import Finish, Surface
from tests.catalogs import catalog_of

WALL, PANE, MIRROR, LEAVES, BALL, FLOOR = range(1, 7)
CLEAR = (0.98, 0.99, 0.98)
RENDER = RenderSpec(samples=2, denoise=False)
AGREES = 0.9995
SIDE_PX = 96


def leaf_cards() -> AssetMesh:
    """Returns a card 0.6 m wide, facing the camera, whose texture leaves holes between green squares."""
    corners = np.array([[-0.3, 0, 0], [0.3, 0, 0], [0.3, 0, 0.6], [-0.3, 0, 0.6]], dtype=np.float32)
    uvs = (corners[:, [0, 2]] / 0.6 + [0.5, 0]).astype(np.float32)
    faces = np.array([[0, 1, 2], [0, 2, 3]], dtype=np.int32)
    texels = np.zeros((8, 8, 4), dtype=np.uint8)
    texels[:, :] = (40, 160, 40, 255)
    texels[1::3, 1::3, 3] = 0
    file = io.BytesIO()
    Image.fromarray(texels).save(file, "PNG")
    normals = np.tile(np.array([0, -1, 0], dtype=np.float32), (2, 3, 1))
    material = AssetMaterial("leaves", (1.0, 1.0, 1.0), texture=file.getvalue())
    return AssetMesh((MeshPart(corners, faces, normals, uvs[faces], material),))


CATALOG = catalog_of({"leaves": leaf_cards()})


def thing(instance_id: int, finish: Finish, at_m: tuple[float, float, float], **shape: object) -> PlannedObject:
    object2world = np.eye(4)
    object2world[:3, 3] = at_m
    return PlannedObject.model_validate(
        {
            "instance_id": instance_id,
            "class_id": instance_id + 20,
            "class_name": "thing",
            "label": "thing",
            "object2world": flat(object2world),
            "surface": Surface(finish=finish, color=CLEAR if finish == "glass" else (0.8, 0.7, 0.6), scale_m=0.3),
            **shape,
        }
    )


def box(*size_m: float) -> dict[str, object]:
    return {"boxes": (Box(center_m=(0, 0, 0), size_m=size_m),)}


VIEW = View(
    view_index=0,
    width_px=SIDE_PX,
    height_px=SIDE_PX,
    intrinsics=flat(intrinsics(1.2, SIDE_PX, SIDE_PX)),
    cam2world=flat(look_along((0.0, -3.0, 1.1), np.pi / 2, -0.05)),
)
LEAF = PlannedObject(
    instance_id=LEAVES,
    class_id=LEAVES + 20,
    class_name="plant",
    label="plant",
    object2world=flat(square(thing(1, "paint", (0.0, -1.0, 0.8), **box(1, 1, 1)).object2world)),
    asset_id="leaves",
)
PLAN = ScenePlan(
    scene_index=0,
    scene_id="scene-00000000",
    split="train",
    recipe="test",
    seed=11,
    objects=(
        thing(WALL, "tiles", (0.0, 3.0, 1.0), **box(8.0, 0.1, 4.0)),
        thing(PANE, "glass", (-0.9, 0.0, 1.1), **box(0.8, 0.01, 1.0)),
        thing(MIRROR, "mirror", (0.9, 0.2, 1.1), **box(0.8, 0.01, 1.0)),
        LEAF,
        thing(BALL, "carpet", (-0.9, 1.5, 0.9), spheres=(Sphere(radius_m=0.3),)),
        thing(FLOOR, "planks", (0.0, 0.0, 0.0), rectangles=(Rectangle(size_m=(8.0, 8.0)),)),
    ),
    lights=(
        Light(
            kind="sun", light2world=flat(look_along((0.0, 0.0, 5.0), 1.2, -0.9) @ np.diag([1, -1, -1, 1])), power=3.0
        ),
    ),
    sky=Sky(sun_elevation_rad=0.6, sun_azimuth_rad=1.0, strength=0.3),
    views=(VIEW,),
)


def seen(truth: TruthSpec, view: View = VIEW) -> tuple[Sighting, Picture]:
    spec = RunSpec(render=RENDER, truth=truth)
    stage = open_stage(PLAN, CATALOG, spec, 0)
    sighting = stage.sight(view)
    return sighting, stage.picture(view, sighting)


@pytest.fixture(scope="module")
def surface() -> tuple[Sighting, Picture]:
    return seen(TruthSpec(glass="surface"))


@pytest.fixture(scope="module")
def through() -> tuple[Sighting, Picture]:
    return seen(TruthSpec(glass="through"))


def test_glass_and_mirrors_are_surfaces_unless_the_spec_looks_through_them(
    surface: tuple[Sighting, Picture], through: tuple[Sighting, Picture]
) -> None:
    ids, behind = (sighting.gbuffer.instance_id for sighting, _ in (surface, through))
    assert set(np.unique(ids)) >= {WALL, PANE, MIRROR, LEAVES, FLOOR}
    assert set(np.unique(behind)) >= {WALL, LEAVES, BALL, FLOOR}
    assert not np.isin(behind, [PANE, MIRROR]).any()
    panes = np.isin(ids, [PANE, MIRROR])
    deeper = through[0].gbuffer.z_depth_m > surface[0].gbuffer.z_depth_m + 0.5
    assert (deeper == panes).all()


@pytest.mark.parametrize("policy", ["surface", "through"])
def test_cycles_agrees_under_each_policy(policy: str, request: pytest.FixtureRequest) -> None:
    _, picture = request.getfixturevalue(policy)
    assert picture.agreement.same_share >= AGREES
    assert picture.agreement.z_error_p999 < 1e-4


def test_the_picture_shows_the_pane_and_the_mirror_under_each_policy(
    surface: tuple[Sighting, Picture], through: tuple[Sighting, Picture]
) -> None:
    assert np.array_equal(surface[1].rgb, through[1].rgb)


def test_panes_are_back_in_the_next_picture_after_a_look_behind_them(through: tuple[Sighting, Picture]) -> None:
    stage = open_stage(PLAN, CATALOG, RunSpec(render=RENDER, truth=TruthSpec(glass="through")), 0)
    for _ in range(2):
        picture = stage.picture(VIEW, stage.sight(VIEW))
        assert np.array_equal(picture.rgb, through[1].rgb)


def test_holes_between_leaves_are_holes_for_all(surface: tuple[Sighting, Picture]) -> None:
    sighting, picture = surface
    ids = sighting.gbuffer.instance_id
    rows, columns = np.nonzero(ids == LEAVES)
    card = np.zeros_like(ids, dtype=bool)
    card[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1] = True
    holes = card & (ids != LEAVES)
    assert 0.03 < holes.sum() / card.sum() < 0.3
    assert sighting.gbuffer.z_depth_m[holes].min() > 3.0
    green = picture.rgb[..., 1].astype(int) - picture.rgb[..., 0]
    assert np.median(green[card & ~holes]) > 20
    assert np.median(green[holes]) < 10


@pytest.mark.parametrize("kind", ["smooth", "geometric", "shading"])
def test_normals_of_each_kind_keep_the_conventions(kind: str) -> None:
    sighting, picture = seen(TruthSpec.model_validate({"normals": kind}))
    assert gbuffer_faults(sighting.gbuffer, square(VIEW.intrinsics), PLAN.objects) == []
    assert picture.agreement.same_share >= AGREES


def test_bump_shapes_shading_normals_and_no_others(surface: tuple[Sighting, Picture]) -> None:
    shading, _ = seen(TruthSpec(normals="shading"))
    apart_deg = np.degrees(
        np.arccos(np.clip((shading.gbuffer.normal_cam * surface[0].gbuffer.normal_cam).sum(-1), -1, 1))
    )
    ids = surface[0].gbuffer.instance_id
    assert np.percentile(apart_deg[ids == FLOOR], 99) > 2
    assert apart_deg[ids == PANE].max() < 0.1
    assert np.median(apart_deg[ids == WALL]) < 5


def test_an_open_lens_blurs_the_picture_and_not_the_truth(surface: tuple[Sighting, Picture]) -> None:
    blurred = VIEW.model_copy(update={"defocus": Defocus(f_number=0.8, focus_m=1.0)})
    sighting, picture = seen(TruthSpec(), blurred)
    assert np.array_equal(sighting.gbuffer.z_depth_m, surface[0].gbuffer.z_depth_m)
    assert picture.agreement.same_share >= AGREES
    assert np.abs(picture.rgb.astype(int) - surface[1].rgb).mean() > 3


def test_the_passes_of_a_blurred_picture_would_not_have_agreed() -> None:
    """The reason for the render of one sample: without it the test above could not fail."""
    stage = open_stage(PLAN, CATALOG, RunSpec(render=RENDER), 0)
    aim(bpy.context.scene, VIEW.model_copy(update={"defocus": Defocus(f_number=0.8, focus_m=1.0)}))
    passes = render_view(bpy.context.scene, 1)
    found = agreement(stage.sight(VIEW).gbuffer, passes["Depth"][..., 0], passes["Object Index"][..., 0])
    assert found.same_share < 0.99


def test_a_witness_that_saw_another_scene_is_noticed(surface: tuple[Sighting, Picture]) -> None:
    sighting, picture = surface
    moved = replace(sighting.gbuffer, z_depth_m=sighting.gbuffer.z_depth_m * np.float32(1.002))
    found = agreement(moved, sighting.gbuffer.z_depth_m, sighting.gbuffer.instance_id.astype(np.float32))
    assert found.same_share == np.isinf(moved.z_depth_m).mean()
    assert found.z_error_p999 > 1.9e-3
    assert picture.agreement.same_share >= AGREES
