"""Blender against the analytic renderer on the same plans: what ships is what the formulae say.

The sphere around the camera has 81,920 triangles and a radius of 10 m; the yard has tilted rectangles, turned boxes and
spheres at 0.3 to 300 m. Views roll, pitch and shift. Compared are the pixels whose 3x3 neighbours show one object in
both; elsewhere a silhouette of triangles may lie a pixel off a silhouette of formulae.
"""

import math
from dataclasses import dataclass

import numpy as np
import pytest
from jaxtyping import Bool, Float, Int

from scenegen.analytic.stage import open_stage as open_analytic
from scenegen.blender.camera import aim
from scenegen.blender.cycles import configure, render_view
from scenegen.blender.evaluated import evaluated_triangles
from scenegen.blender.scene import build_scene
from scenegen.gbuffer import Tracer
from scenegen.stage import Sighting
from schemas.frame import GBuffer
from schemas.geometry import intrinsics, look_along, pose
from schemas.run_spec import RenderSpec, RunSpec
from schemas.scene_plan import Box, Light, PlannedObject, Rectangle, ScenePlan, Sky, Sphere, View, flat
from schemas.surface import Surface
from tests.catalogs import catalog_of

Z_ERROR = 1e-4
NORMAL_ERROR_DEG = 0.1
SPHERE_NORMAL_ERROR_DEG = 0.01
"""A sphere of triangles is met up to 3.6e-5 radii off the true one: farther along it where it is grazed."""
NO_ASSETS = catalog_of(name="none")
EYE = (0.4, -0.7, 1.5)
DISTANCES_M = (0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0)


@dataclass(frozen=True)
class Pair:
    """One view seen by both."""

    name: str
    blender: Sighting
    analytic: Sighting
    names: tuple[tuple[str, ...], tuple[str, ...]]

    @property
    def inner(self) -> Bool[np.ndarray, "h w"]:
        """Where all of the 3x3 neighbours show one and the same object in both."""
        both = np.stack([side.gbuffer.instance_id for side in (self.blender, self.analytic)], axis=-1)
        return uniform(both) & (both[..., 0] == both[..., 1]) & (both[..., 0] > 0)


def uniform(values: Float[np.ndarray, "h w n"] | Int[np.ndarray, "h w n"]) -> Bool[np.ndarray, "h w"]:
    """Returns where all 3x3 neighbours within the picture are equal."""
    height, width = values.shape[:2]
    padded = np.pad(values, ((1, 1), (1, 1), (0, 0)), mode="edge")
    shifted = [padded[y : y + height, x : x + width] for y in range(3) for x in range(3)]
    return np.all([(each == values).all(axis=-1) for each in shifted], axis=0)


def planned(instance_id: int, object2world: np.ndarray, **shapes: object) -> PlannedObject:
    return PlannedObject.model_validate(
        {
            "instance_id": instance_id,
            "class_id": 100 + instance_id,
            "class_name": "thing",
            "label": "thing",
            "object2world": flat(object2world),
            "surface": Surface(finish="paint", color=(0.2 + 0.02 * instance_id, 0.5, 0.6)),
            **shapes,
        }
    )


def view(index: int, size_px: tuple[int, int], shift_px: tuple[float, float], cam2world: np.ndarray) -> View:
    k = intrinsics(1.1, *size_px)
    k[:2, 2] += shift_px
    return View(
        view_index=index, width_px=size_px[0], height_px=size_px[1], intrinsics=flat(k), cam2world=flat(cam2world)
    )


VIEWS = (
    view(0, (128, 128), (0.0, 0.0), look_along(EYE, 0.5, 0.0)),
    view(1, (160, 96), (0.0, 0.0), look_along(EYE, 0.55, -0.08, 0.4)),
    view(2, (112, 144), (13.25, -8.5), look_along(EYE, 0.45, 0.05, -0.25)),
)


def plan_of(objects: list[PlannedObject]) -> ScenePlan:
    return ScenePlan(
        scene_index=0,
        scene_id="scene-00000000",
        split="train",
        recipe="oracle",
        seed=1,
        objects=tuple(objects),
        lights=(Light(kind="sun", light2world=flat(pose((0.0, 0.0, 5.0), 0.0)), power=3.0),),
        sky=Sky(sun_elevation_rad=0.6, sun_azimuth_rad=1.0, strength=0.3),
        views=VIEWS,
    )


def sphere_around_the_camera() -> ScenePlan:
    return plan_of([planned(1, pose(EYE, 0.3), spheres=(Sphere(radius_m=10.0),))])


def turn(yaw_rad: float, tilt_rad: float) -> np.ndarray:
    c, s = math.cos(tilt_rad), math.sin(tilt_rad)
    return pose((0.0, 0.0, 0.0), yaw_rad) @ np.array([[1, 0, 0, 0], [0, c, -s, 0], [0, s, c, 0], [0, 0, 0, 1.0]])


def yard() -> ScenePlan:
    """Returns a floor, and a sphere, a box and a rectangle at each distance, side by side in all views."""
    things = [planned(1, pose((0.0, 0.0, -3.0), 0.2), rectangles=(Rectangle(size_m=(300.0, 300.0)),))]
    forward = look_along(EYE, 0.5, 0.0)
    for column, z_m in enumerate(DISTANCES_M):
        for row in range(3):
            x, y = (column - 3) * 0.13, (row - 2) * 0.17 - 0.08
            object2world = turn(0.7 * column + row, 0.4 + 0.3 * column)
            object2world[:3, 3] = forward[:3, :3] @ (x * z_m, y * z_m, z_m) + forward[:3, 3]
            size_m = 0.05 * z_m
            shapes: tuple[dict[str, object], ...] = (
                {"spheres": (Sphere(radius_m=size_m),)},
                {"boxes": (Box(center_m=(0.3 * size_m, 0, 0), size_m=(1.4 * size_m, size_m, 1.8 * size_m)),)},
                {"rectangles": (Rectangle(size_m=(2.2 * size_m, 1.6 * size_m)),)},
            )
            things.append(planned(len(things) + 1, object2world, **shapes[row]))
    mixed = {"boxes": (Box(center_m=(0, 0, 0.4), size_m=(0.2, 0.2, 0.8)),), "spheres": (Sphere(radius_m=0.25),)}
    object2world = turn(0.4, 0.0)
    object2world[:3, 3] = forward[:3, :3] @ (-1.1, 1.1, 4.0) + forward[:3, 3]
    return plan_of([*things, planned(len(things) + 1, object2world, **mixed)])


def both(name: str, plan: ScenePlan) -> list[Pair]:
    build_scene(plan, NO_ASSETS)
    tracer, stage = Tracer(evaluated_triangles(), plan), open_analytic(plan, NO_ASSETS, RunSpec(), 1)
    names = tracer.materials, stage.materials
    return [Pair(f"{name}, view {each.view_index}", tracer.view(each), stage.sight(each), names) for each in plan.views]


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return [*both("sphere", sphere_around_the_camera()), *both("yard", yard())]


def test_most_pixels_are_compared_and_every_object_is(pairs: list[Pair]) -> None:
    for pair in pairs:
        surface = pair.analytic.gbuffer.instance_id > 0
        assert (pair.inner.sum() / surface.sum()) > (0.75 if "yard" in pair.name else 0.999), pair.name
    inner = [pair.analytic.gbuffer.instance_id[pair.inner] for pair in pairs[3:]]
    assert set(np.concatenate(inner)) == set(range(1, 3 * len(DISTANCES_M) + 3))


def test_planar_depth_is_within_a_ten_thousandth(pairs: list[Pair]) -> None:
    for pair in pairs:
        truth_m = pair.analytic.gbuffer.z_depth_m[pair.inner].astype(np.float64)
        error = np.abs(pair.blender.gbuffer.z_depth_m[pair.inner] - truth_m) / truth_m
        assert error.max() <= Z_ERROR, f"{pair.name}: {error.max():.2e}"


def test_normals_are_within_a_tenth_of_a_degree(pairs: list[Pair]) -> None:
    """On flat faces away from their edges, and on spheres."""
    spheres = {1} | {2 + 3 * number for number in range(len(DISTANCES_M))}
    for pair in pairs:
        is_sphere = np.isin(pair.analytic.gbuffer.instance_id, list(spheres if "yard" in pair.name else {1}))
        is_sphere &= (pair.analytic.gbuffer.instance_id > 1) | ("sphere" in pair.name)
        flat_face = uniform(pair.analytic.gbuffer.normal_cam)
        angle_deg = angles_deg(pair.blender.gbuffer, pair.analytic.gbuffer)
        assert angle_deg[pair.inner & flat_face].max(initial=0.0) <= NORMAL_ERROR_DEG, pair.name
        assert angle_deg[pair.inner & is_sphere].max() <= SPHERE_NORMAL_ERROR_DEG, pair.name


def angles_deg(a: GBuffer, b: GBuffer) -> Float[np.ndarray, "h w"]:
    left, right = a.normal_cam.astype(np.float64), b.normal_cam.astype(np.float64)
    return np.degrees(np.arctan2(np.linalg.norm(np.cross(left, right), axis=-1), (left * right).sum(axis=-1)))


def test_ids_materials_and_sides_are_equal_but_for_silhouettes(pairs: list[Pair]) -> None:
    for pair in pairs:
        blender, analytic = pair.blender.gbuffer, pair.analytic.gbuffer
        assert (blender.instance_id != analytic.instance_id).mean() <= 1e-3, pair.name
        assert np.array_equal(blender.class_id[pair.inner], analytic.class_id[pair.inner])
        assert np.array_equal(pair.blender.back_facing[pair.inner], pair.analytic.back_facing[pair.inner])
        left, right = (np.array(["", *names]) for names in pair.names)
        assert (left[blender.material_id] == right[analytic.material_id])[pair.inner].all()


def test_the_inside_of_a_sphere_and_the_back_of_a_rectangle_are_told(pairs: list[Pair]) -> None:
    assert all(pair.analytic.back_facing.all() for pair in pairs[:3])
    shares = [pair.analytic.back_facing.mean() for pair in pairs[3:]]
    assert all(0.0 < share < 0.3 for share in shares)


@pytest.mark.parametrize("plan", [sphere_around_the_camera(), yard()], ids=["sphere", "yard"])
def test_cycles_own_depth_and_index_are_those_of_the_formulae(plan: ScenePlan) -> None:
    scene = build_scene(plan, NO_ASSETS)
    configure(scene, RenderSpec(samples=1, denoise=False, device="cpu"), threads=1)
    stage = open_analytic(plan, NO_ASSETS, RunSpec(), 1)
    for each in plan.views:
        aim(scene, each)
        passes, truth = render_view(scene, 0), stage.sight(each).gbuffer
        same = passes["Object Index"][..., 0].astype(int) == truth.instance_id
        assert same.mean() >= 0.998
        inner = uniform(truth.instance_id[..., None]) & (truth.instance_id > 0)
        error = np.abs(passes["Depth"][inner, 0] / truth.z_depth_m[inner] - 1.0)
        assert same[inner].all()
        assert np.quantile(error, 0.999) <= 3e-4
