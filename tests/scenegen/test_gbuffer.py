"""The exact buffers against scenes whose answer is a formula."""

import numpy as np
import pytest
import trimesh
from jaxtyping import Float64

from scenegen.gbuffer import Tracer
from scenegen.triangles import Triangles, joined
from schemas.frame import GBuffer
from schemas.geometry import intrinsics, look_along, pixel_rays
from schemas.scene_plan import Box, PlannedObject, ScenePlan, Sky, Surface, View, flat

WIDTH_PX, HEIGHT_PX = 96, 64
CAM2WORLD = look_along((0.3, -0.2, 1.1), yaw_rad=0.7, pitch_rad=-0.25, roll_rad=0.1)
K = intrinsics(1.1, WIDTH_PX, HEIGHT_PX) + np.array([[0, 0, 3.5], [0, 0, -2.25], [0, 0, 0]])
VIEW = View(view_index=0, width_px=WIDTH_PX, height_px=HEIGHT_PX, intrinsics=flat(K), cam2world=flat(CAM2WORLD))
RAYS_CAM = pixel_rays(K, WIDTH_PX, HEIGHT_PX)
RAYS_WORLD = RAYS_CAM @ CAM2WORLD[:3, :3].T
EYE = CAM2WORLD[:3, 3]


def plan_of(*class_ids: int) -> ScenePlan:
    """Returns a plan whose instance k + 1 has the k-th class."""
    surface = Surface(finish="paint", color=(0.5, 0.5, 0.5))
    objects = tuple(
        PlannedObject(
            instance_id=number,
            class_id=class_id,
            class_name="thing",
            label="thing",
            object2world=flat(np.eye(4)),
            boxes=(Box(center_m=(0, 0, 0), size_m=(1, 1, 1)),),
            surface=surface,
        )
        for number, class_id in enumerate(class_ids, start=1)
    )
    sky = Sky(sun_elevation_rad=0.5, sun_azimuth_rad=0.0, strength=1.0)
    return ScenePlan(
        scene_index=0,
        scene_id="scene",
        split="train",
        recipe="test",
        seed=0,
        objects=objects,
        lights=(),
        sky=sky,
        views=(VIEW,),
    )


def soup(
    mesh: trimesh.Trimesh, instance_id: int, corner_normals: Float64[np.ndarray, "t 3 3"] | None = None
) -> Triangles:
    corners = np.asarray(mesh.triangles)
    flat_normals = np.repeat(np.asarray(mesh.face_normals)[:, None], 3, axis=1)
    normals = flat_normals if corner_normals is None else corner_normals
    ids = np.full(len(corners), instance_id, dtype=np.int32)
    return Triangles(corners.astype(np.float32), normals.astype(np.float32), ids, ids, ("paint",) * int(ids.max()))


def plane(instance_id: int, normal: tuple[float, float, float], distance_m: float) -> Triangles:
    """Returns a square of 800 m with n·p = distance_m."""
    turn = trimesh.geometry.align_vectors((0, 0, 1), normal)
    square = trimesh.Trimesh([[-400, -400, 0], [400, -400, 0], [400, 400, 0], [-400, 400, 0]], [[0, 1, 2], [0, 2, 3]])
    square.apply_transform(turn)
    square.apply_translation(np.array(normal) * distance_m)
    return soup(square, instance_id)


def traced(triangles: Triangles, *class_ids: int) -> GBuffer:
    return Tracer(triangles, plan_of(*class_ids)).view(VIEW)


def to_world(normal_cam: np.ndarray) -> np.ndarray:
    return (normal_cam * [1, -1, -1]) @ CAM2WORLD[:3, :3].T


@pytest.mark.parametrize(
    ("normal", "distance_m"),
    [((0.0, 0.0, 1.0), -0.4), ((-0.6, 0.0, 0.8), -5.0), ((-0.36, -0.48, 0.8), -300.0 / 2)],
)
def test_a_tilted_plane_has_the_planar_depth_of_its_equation(
    normal: tuple[float, float, float], distance_m: float
) -> None:
    buffer = traced(plane(1, normal, distance_m), 7)
    expected = (distance_m - EYE @ normal) / (RAYS_WORLD @ normal)
    seen = np.isfinite(buffer.z_depth_m)
    assert seen.mean() > 0.3
    assert np.abs(buffer.z_depth_m[seen] / expected[seen] - 1).max() < 2e-6
    facing = np.sign(distance_m - EYE @ normal) * -1
    assert np.abs(to_world(buffer.normal_cam[seen]) - facing * np.array(normal)).max() < 1e-5
    assert set(np.unique(buffer.class_id[seen])) == {7}


def test_depth_is_planar_and_not_the_distance_along_the_ray() -> None:
    forward = CAM2WORLD[:3, 2]
    wall = plane(1, tuple(-forward), float(-forward @ (EYE + 4.0 * forward)))
    buffer = traced(wall, 1)
    assert np.abs(buffer.z_depth_m - 4.0).max() < 3.1e-5  # the corners, 400 m away, are float32
    assert np.abs(buffer.normal_cam - [0, 0, 1]).max() < 1e-6


def test_the_inside_of_a_sphere_is_seen_everywhere_and_its_normals_point_at_the_centre() -> None:
    sphere = trimesh.creation.icosphere(subdivisions=6, radius=10.0)
    sphere.apply_translation(EYE)
    outward = (np.asarray(sphere.triangles) - EYE) / 10.0
    buffer = traced(soup(sphere, 1, outward), 1)
    lengths = np.linalg.norm(RAYS_CAM, axis=-1)
    assert np.abs(buffer.z_depth_m - 10.0 / lengths).max() < 10.0 * 1.1e-4  # the polyhedron lies inside the sphere
    toward_centre = -RAYS_CAM * [1, -1, -1] / lengths[..., None]
    assert np.degrees(np.arccos(np.clip((buffer.normal_cam * toward_centre).sum(-1), -1, 1))).max() < 0.1


def test_no_surface_is_infinity_zero_and_id_zero() -> None:
    buffer = traced(plane(1, (0.0, 0.0, 1.0), -0.4), 7)
    sky = np.isinf(buffer.z_depth_m)
    assert 0.01 < sky.mean() < 0.99
    assert (sky == (RAYS_WORLD[..., 2] >= 0)).mean() > 0.99
    assert not buffer.normal_cam[sky].any()
    assert not buffer.instance_id[sky].any()
    assert not buffer.class_id[sky].any()


def test_the_nearest_of_two_surfaces_names_the_pixel() -> None:
    floor, ball = plane(1, (0.0, 0.0, 1.0), 0.0), trimesh.creation.icosphere(subdivisions=3, radius=0.4)
    ball.apply_translation(EYE + 2.0 * CAM2WORLD[:3, 2])
    buffer = traced(joined([floor, soup(ball, 2)], ("paint", "brass")), 3, 9)
    middle = buffer.instance_id[HEIGHT_PX // 2 - 2, WIDTH_PX // 2 + 3]
    assert middle == 2
    assert buffer.class_id[buffer.instance_id == 2].tolist() == [9] * int((buffer.instance_id == 2).sum())


def test_every_normal_is_unit_and_faces_the_camera_even_where_smooth_shading_turns_it_away() -> None:
    ball = trimesh.creation.icosphere(subdivisions=1, radius=0.8)
    ball.apply_translation(EYE + 2.5 * CAM2WORLD[:3, 2])
    smooth = np.asarray(ball.vertex_normals)[ball.faces]
    buffer = traced(soup(ball, 1, smooth), 1)
    seen = np.isfinite(buffer.z_depth_m)
    assert np.abs(np.linalg.norm(buffer.normal_cam[seen], axis=-1) - 1).max() < 1e-6
    toward_camera = -(RAYS_CAM * [1, -1, -1])[seen]
    assert (buffer.normal_cam[seen] * toward_camera).sum(-1).min() > -1e-6


def test_faces_wound_inside_out_give_the_same_normals() -> None:
    inside_out = plane(1, (0.0, 0.0, 1.0), -0.4)
    turned = Triangles(
        inside_out.corners_m[:, ::-1].copy(),
        -inside_out.corner_normals,
        inside_out.instance_id,
        inside_out.material_id,
        ("paint",),
    )
    assert np.allclose(traced(turned, 1).normal_cam, traced(inside_out, 1).normal_cam, atol=1e-6)
