"""Texture sets and pictures of all directions in real renders: their size, place and direction, and what stays after.

A block floats in an even light, so that what is seen of it is its colour.
"""

import math

import bpy
import numpy as np
import pytest
from jaxtyping import Bool, Float64

from assets_catalog.catalog import Catalog
from assets_catalog.ingest.candidate import Facts
from scenegen.blender.scene import build_scene
from scenegen.blender.session import empty_scene
from scenegen.blender.stage import open_stage
from scenegen.stage import Picture, Sighting
from schemas.errors import CatalogError
from schemas.frame import GBuffer
from schemas.geometry import CV_FROM_GL, Vec3, intrinsics, look_along, pixel_rays, pose
from schemas.run_spec import RenderSpec, RunSpec, TruthSpec
from schemas.scene_plan import Box, Environment, PlannedObject, ScenePlan, Sky, View, flat, square
from schemas.surface import Surface
from tests.surroundings import environment, picture, plain, stored, texture

SIDE_PX = 96
TILE_M = (0.5, 0.3)
SPEC = RunSpec(render=RenderSpec(samples=4, denoise=False))
SHADING = SPEC.model_copy(update={"truth": TruthSpec(normals="shading")})
TILTED = np.array([0.35, -0.2, 0.915])
SPOT_PX = (70, 300)
"""Row and column of the one bright pixel of the picture 'spot'."""


def quarters() -> bytes:
    """Returns a tile that is red in its left half, green in its upper half, and blue all over."""
    pixels = np.zeros((64, 64, 3), dtype=np.uint8)
    pixels[:, :32, 0] = pixels[:32, :, 1] = pixels[..., 2] = 255
    return picture(pixels)


def _catalog() -> Catalog:
    spot = np.full((256, 512, 3), 0.01)
    spot[SPOT_PX] = 5000.0
    slope = np.rint(127.5 * (TILTED + 1.0)).astype(np.uint8)
    facts = Facts(license="CC0-1.0", tile_m=TILE_M)
    rough = plain((255, 255, 255))
    return stored(
        [
            environment(np.ones((32, 64, 3)), "hdri/even"),
            environment(np.full((32, 64, 3), 0.3), "hdri/dim"),
            environment(spot, "hdri/spot"),
            texture({"color": quarters(), "roughness": plain((255, 255, 255), 64)}, "textures/quarters", facts),
            texture({"color": plain((128, 128, 128)), "normal": plain(tuple(slope.tolist())), "roughness": rough},
                    "textures/sloped", facts),
            texture({"color": plain((128, 128, 128)), "height": rough}, "textures/raised", facts),
        ]
    )  # fmt: skip


CATALOG = _catalog()


def seen(position_m: Vec3, yaw_rad: float, pitch_rad: float, number: int = 0, fov_rad: float = 0.8) -> View:
    return View(
        view_index=number,
        width_px=SIDE_PX,
        height_px=SIDE_PX,
        intrinsics=flat(intrinsics(fov_rad, SIDE_PX, SIDE_PX)),
        cam2world=flat(look_along(position_m, yaw_rad, pitch_rad)),
    )


FROM_CORNERS = (
    seen((2.2, 1.9, 2.1), math.atan2(-1.9, -2.2), -0.6, 0),
    seen((-2.2, -1.9, -2.1), math.atan2(1.9, 2.2), 0.6, 1),
)
"""Three faces each, all six together."""


def floating(surface: Surface, around: Environment | None, views: tuple[View, ...] = FROM_CORNERS) -> ScenePlan:
    """Returns a plan of one block of two boxes, turned, around the origin."""
    lower, upper = (
        Box(center_m=(0.0, 0.0, -0.2), size_m=(1.1, 0.9, 0.5)),
        Box(center_m=(0.0, 0.0, 0.3), size_m=(1.1, 0.9, 0.5)),
    )
    block = PlannedObject(
        instance_id=1,
        class_id=1,
        class_name="box",
        label="block",
        object2world=flat(pose((0.05, 0.02, 0.03), 0.3)),
        boxes=(lower, upper),
        surface=surface,
    )
    return ScenePlan(
        scene_index=0,
        scene_id="scene-00000000",
        split="train",
        recipe="test",
        seed=3,
        objects=(block,),
        lights=(),
        sky=Sky(sun_elevation_rad=0.6, sun_azimuth_rad=1.0, strength=0.2),
        environment=around,
        views=views,
    )


EVEN = Environment(asset_id="hdri/even", heading_rad=0.0, strength=1.0)


def in_set(name: str) -> Surface:
    return Surface(finish="paint", color=(0.5, 0.5, 0.5), texture=f"textures/{name}")


def shown(plan: ScenePlan, spec: RunSpec = SPEC) -> list[tuple[View, Sighting, Picture]]:
    stage = open_stage(plan, CATALOG, spec, 0)
    sightings = [(view, stage.sight(view)) for view in plan.views]
    return [(view, sighting, stage.picture(view, sighting)) for view, sighting in sightings]


def of_block(plan: ScenePlan, view: View, gbuffer: GBuffer) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Returns where a face is seen, clear of its edges, and such pixels' points and normals in the block's axes."""
    hit = within_faces(gbuffer)
    cam2world, object2world = square(view.cam2world), square(plan.objects[0].object2world)
    rays = pixel_rays(square(view.intrinsics), SIDE_PX, SIDE_PX)[hit]
    points = rays * gbuffer.z_depth_m[hit][:, None] @ cam2world[:3, :3].T + cam2world[:3, 3]
    return hit, (points - object2world[:3, 3]) @ object2world[:3, :3], turned(plan, view, gbuffer.normal_cam[hit])


def turned(plan: ScenePlan, view: View, normal_cam: np.ndarray) -> Float64[np.ndarray, "n 3"]:
    """Returns normals of the camera in the block's axes."""
    gl2world = (square(view.cam2world) @ CV_FROM_GL)[:3, :3]
    return np.asarray(normal_cam.astype(np.float64) @ gl2world.T @ square(plan.objects[0].object2world)[:3, :3])


def within_faces(gbuffer: GBuffer) -> Bool[np.ndarray, "h w"]:
    """Returns where all pixels around have the same normal."""
    normals = np.pad(gbuffer.normal_cam, ((1, 1), (1, 1), (0, 0)))
    around = [normals[1 + y : 1 + y + SIDE_PX, 1 + x : 1 + x + SIDE_PX] for y in (-1, 0, 1) for x in (-1, 0, 1)]
    even = np.all([np.abs(each - gbuffer.normal_cam).max(axis=-1) < 1e-3 for each in around], axis=0)
    return np.asarray(even & (gbuffer.instance_id == 1))


def axes_of(normals: Float64[np.ndarray, "n 3"]) -> tuple[np.ndarray, np.ndarray]:
    """Returns the directions along which a tile's width and height run: level and upright on all that stands."""
    level = np.abs(normals[:, 2]) > 0.5
    up = np.tile([0.0, 0.0, 1.0], (len(normals), 1))
    up[level] = [0.0, 1.0, 0.0]
    up[level] *= np.sign(normals[level, 2:3])
    return np.cross(up, normals), up


def halves(points: np.ndarray, normals: np.ndarray) -> tuple[Bool[np.ndarray, "n 2"], Bool[np.ndarray, " n"]]:
    """Returns whether a point is in the left and in the upper half of its tile, and whether it is clear of edges."""
    share = np.stack([(points * axis).sum(-1) for axis in axes_of(normals)], axis=-1) / TILE_M % 1.0
    clear = (np.abs(share % 0.5 - 0.25) < 0.18).all(axis=-1)
    return np.stack([share[:, 0] < 0.5, share[:, 1] >= 0.5], axis=-1), clear


def test_a_tile_has_its_size_on_every_face_and_is_never_mirrored() -> None:
    plan = floating(in_set("quarters"), EVEN)
    faces = set()
    for view, sighting, photo in shown(plan):
        hit, points, normals = of_block(plan, view, sighting.gbuffer)
        expected, clear = halves(points, normals)
        red, green, blue = photo.linear_light[hit][clear].T
        found = np.stack([red, green], axis=-1) > 0.5 * blue[:, None]
        assert clear.sum() > 500
        assert (found == expected[clear]).mean() > 0.995
        faces |= {tuple(normal) for normal in np.rint(normals).astype(int).tolist()}
    assert len(faces) == 6


def test_a_normal_map_tilts_the_picture_along_its_tile_and_leaves_the_exact_normals() -> None:
    plan = floating(in_set("sloped"), EVEN)
    for (view, exact, _), (_, shaded, _) in zip(shown(plan), shown(plan, SHADING), strict=True):
        hit, points, normals = of_block(plan, view, exact.gbuffer)
        assert np.abs(np.abs(normals).max(axis=1) - 1.0).max() < 1e-5
        tilted = turned(plan, view, shaded.gbuffer.normal_cam[hit])
        width, height = axes_of(normals)
        expected = TILTED[0] * width + TILTED[1] * height + TILTED[2] * normals
        expected /= np.linalg.norm(expected, axis=-1, keepdims=True)
        toward = square(plan.objects[0].object2world)[:3, :3].T @ square(view.cam2world)[:3, 3] - points
        # Cycles bends what is seen at a grazing angle toward the camera.
        facing = (expected * toward).sum(-1) / np.linalg.norm(toward, axis=-1) > 0.5
        assert facing.mean() > 0.5
        assert (expected * tilted).sum(-1)[facing].min() > math.cos(math.radians(0.5))


def test_buffers_and_witness_do_not_know_of_pictures() -> None:
    without = shown(floating(Surface(finish="paint", color=(0.5, 0.5, 0.5)), None))
    for name in ("quarters", "sloped", "raised"):
        for (_, plain_one, _), (_, textured, photo) in zip(without, shown(floating(in_set(name), EVEN)), strict=True):
            assert np.array_equal(plain_one.gbuffer.z_depth_m, textured.gbuffer.z_depth_m)
            assert np.array_equal(plain_one.gbuffer.normal_cam, textured.gbuffer.normal_cam)
            assert photo.agreement.same_share > 0.999


@pytest.mark.parametrize("heading_rad", [0.0, 0.7, -2.1])
def test_a_bright_spot_appears_where_the_camera_matrix_says(heading_rad: float) -> None:
    row, column = SPOT_PX
    elevation = math.pi * (0.5 - (row + 0.5) / 256)
    azimuth = 2 * math.pi * (0.5 - (column + 0.5) / 512) + heading_rad
    toward = np.array(
        [math.cos(elevation) * math.cos(azimuth), math.cos(elevation) * math.sin(azimuth), math.sin(elevation)]
    )
    view = seen((3.0, 1.0, 0.5), azimuth + 0.15, elevation - 0.1)
    around = Environment(asset_id="hdri/spot", heading_rad=heading_rad, strength=0.5)
    ((_, sighting, photo),) = shown(floating(in_set("quarters"), around, (view,)))
    x, y, z = square(view.intrinsics) @ square(view.cam2world)[:3, :3].T @ toward
    light = photo.linear_light[..., 1] - 0.005
    rows, columns = np.mgrid[:SIDE_PX, :SIDE_PX] + 0.5
    found = (light * columns).sum() / light.sum(), (light * rows).sum() / light.sum()
    assert found == pytest.approx((x / z, y / z), abs=0.7)
    at = int(y / z), int(x / z)
    assert photo.linear_light[at].max() > 100
    assert sighting.gbuffer.instance_id[at] == 0
    assert np.isinf(sighting.gbuffer.z_depth_m[at])


def test_the_strength_multiplies_what_the_camera_sees() -> None:
    for strength in (0.25, 3.0):
        around = Environment(asset_id="hdri/dim", heading_rad=0.0, strength=strength)
        _, sighting, photo = shown(floating(in_set("quarters"), around))[0]
        background = photo.linear_light[sighting.gbuffer.instance_id == 0]
        assert np.median(background) == pytest.approx(0.3 * strength, rel=1e-3)


def packed() -> set[str]:
    return {image.name for image in bpy.data.images if image.packed_file}


def test_pictures_go_with_their_scene() -> None:
    plan, bare = floating(in_set("sloped"), EVEN), floating(Surface(finish="paint", color=(1, 1, 1)), None)
    empty_scene()
    of_kept_assets = packed()
    for _ in range(2):
        build_scene(plan, CATALOG)
        assert (len(packed() - of_kept_assets), len(bpy.data.worlds)) == (4, 1)
    build_scene(bare, CATALOG)
    assert (len(packed() - of_kept_assets), len(bpy.data.worlds)) == (0, 1)


def test_a_scene_is_the_same_after_others() -> None:
    plan = floating(in_set("sloped"), EVEN, FROM_CORNERS[:1])
    ((_, _, first),) = shown(plan)
    shown(floating(in_set("quarters"), EVEN, FROM_CORNERS[:1]))
    ((_, _, again),) = shown(plan)
    assert np.array_equal(first.linear_light, again.linear_light)


def test_what_the_catalog_lacks_is_named_with_the_nearest() -> None:
    with pytest.raises(CatalogError, match=r"no texture 'textures/quarter'.*did you mean 'textures/quarters'"):
        build_scene(floating(in_set("quarter"), EVEN), CATALOG)
    elsewhere = EVEN.model_copy(update={"asset_id": "hdri/eve"})
    with pytest.raises(CatalogError, match=r"no environment 'hdri/eve'.*did you mean 'hdri/even'"):
        build_scene(floating(in_set("quarters"), elsewhere), CATALOG)
