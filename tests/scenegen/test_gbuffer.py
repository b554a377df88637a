"""The exact buffers against scenes whose answer is a formula."""

from dataclasses import replace

import numpy as np
import pytest
import trimesh
from jaxtyping import Float64

from scenegen.gbuffer import Tracer
from scenegen.triangles import Triangles, joined
from schemas.frame import GBuffer
from schemas.geometry import intrinsics, look_along, pixel_rays
from schemas.scene_plan import Box, PlannedObject, ScenePlan, Sky, View, flat
from schemas.surface import Surface

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
    return Triangles(
        corners.reshape(-1, 3).astype(np.float32),
        np.arange(corners.size // 3, dtype=np.int32).reshape(-1, 3),
        normals.astype(np.float32),
        np.zeros((len(corners), 3, 2), dtype=np.float32),
        ids,
        ids,
        ("paint",) * int(ids.max()),
    )


def plane(instance_id: int, normal: tuple[float, float, float], distance_m: float) -> Triangles:
    """Returns a square of 800 m with n·p = distance_m."""
    turn = trimesh.geometry.align_vectors((0, 0, 1), normal)
    square = trimesh.Trimesh([[-400, -400, 0], [400, -400, 0], [400, 400, 0], [-400, 400, 0]], [[0, 1, 2], [0, 2, 3]])
    square.apply_transform(turn)
    square.apply_translation(np.array(normal) * distance_m)
    return soup(square, instance_id)


def traced(triangles: Triangles, *class_ids: int) -> GBuffer:
    return Tracer(triangles, plan_of(*class_ids)).view(VIEW).gbuffer


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
    turned = replace(
        inside_out,
        vertex_of_corner=inside_out.vertex_of_corner[:, ::-1].copy(),
        corner_normals=-inside_out.corner_normals,
    )
    assert np.allclose(traced(turned, 1).normal_cam, traced(inside_out, 1).normal_cam, atol=1e-6)


@pytest.mark.parametrize("wound", [1, -1])
def test_corner_normals_tell_the_outside_however_the_faces_are_wound(wound: int) -> None:
    ball = trimesh.creation.icosphere(subdivisions=3, radius=0.8)
    ball.apply_translation(EYE + 2.5 * CAM2WORLD[:3, 2])
    outside = soup(ball, 1)
    turned = replace(outside, vertex_of_corner=outside.vertex_of_corner[:, ::wound].copy())
    assert not Tracer(turned, plan_of(1)).view(VIEW).back_facing.any()
    inside = replace(turned, corner_normals=-turned.corner_normals)
    seen = Tracer(inside, plan_of(1)).view(VIEW)
    assert (seen.back_facing == (seen.gbuffer.instance_id == 1)).all()


def test_a_material_may_be_on_two_objects_and_an_object_of_two_materials() -> None:
    both = joined([plane(1, (0.0, 0.0, 1.0), -0.4), wall(2, 3.0)], ("paint", "brass", "oak"))
    buffer = traced(replace(both, material_id=np.array([3, 3, 3, 2], dtype=np.int32)), 5, 6)
    assert set(np.unique(buffer.material_id[buffer.instance_id == 1])) == {3}
    assert set(np.unique(buffer.material_id[buffer.instance_id == 2])) == {2, 3}


def test_geometric_normals_are_those_of_the_triangles() -> None:
    ball = trimesh.creation.icosphere(subdivisions=1, radius=0.8)
    ball.apply_translation(EYE + 2.5 * CAM2WORLD[:3, 2])
    smooth = soup(ball, 1, np.asarray(ball.vertex_normals)[ball.faces])
    geometric = Tracer(smooth, plan_of(1)).view(VIEW, "geometric").gbuffer
    flat_shaded = traced(soup(ball, 1), 1)
    seen = np.isfinite(geometric.z_depth_m)
    assert np.abs(geometric.normal_cam - flat_shaded.normal_cam).max() < 1e-6
    assert np.degrees(np.arccos((geometric.normal_cam * traced(smooth, 1).normal_cam).sum(-1)[seen].min())) > 5


def test_the_inside_of_a_closed_surface_is_told_from_its_outside() -> None:
    ball = trimesh.creation.icosphere(subdivisions=3, radius=0.8)
    ball.apply_translation(EYE + 2.5 * CAM2WORLD[:3, 2])
    outside = Tracer(soup(ball, 1), plan_of(1)).view(VIEW)
    assert not outside.back_facing.any()
    ball.apply_translation(EYE - ball.centroid)
    assert Tracer(soup(ball, 1), plan_of(1)).view(VIEW).back_facing.all()


def wall(instance_id: int, at_m: float) -> Triangles:
    """Returns a wall of 800 m before the camera, whose texture repeats every 10 cm."""
    forward = CAM2WORLD[:3, 2]
    bare = plane(instance_id, tuple(-forward), float(-forward @ (EYE + at_m * forward)))
    across = (bare.corners_m - EYE) @ CAM2WORLD[:3, :2]
    return replace(bare, corner_uvs=(across / 0.1).astype(np.float32))


CHECKS = np.array([[0.0, 1.0], [1.0, 0.0]], dtype=np.float32)


def test_holes_show_what_lies_behind_at_its_own_depth() -> None:
    both = joined([wall(1, 2.0), wall(2, 5.0)], ("lace", "paint"))
    buffer = traced(replace(both, alphas={1: CHECKS}), 3, 4)
    across = RAYS_CAM[..., :2] * 2.0 / 0.1
    column, row = np.moveaxis(np.floor(2 * across).astype(int) % 2, -1, 0)
    middle = (np.abs((2 * across) % 1 - 0.5) < 0.45).all(axis=-1)
    opaque = CHECKS[row, column] > 0.5
    assert middle.mean() > 0.5
    assert (buffer.instance_id[middle] == np.where(opaque, 1, 2)[middle]).all()
    assert np.abs(buffer.z_depth_m - np.where(buffer.instance_id == 1, 2.0, 5.0)).max() < 1e-4
    assert (buffer.material_id == buffer.instance_id).all()


def test_many_holes_in_a_row_end_at_the_sky() -> None:
    nets = joined([wall(1, 1.0 + 0.01 * number) for number in range(40)], ("net",))
    empty = replace(nets, alphas={1: np.zeros((2, 2), dtype=np.float32)})
    assert np.isinf(traced(empty, 3).z_depth_m).all()


def test_panes_are_taken_out_with_their_material_alone() -> None:
    both = replace(joined([wall(1, 2.0), wall(2, 5.0)], ("glass", "paint")), panes=frozenset({1}))
    assert set(np.unique(traced(both, 3, 4).instance_id)) == {1}
    assert set(np.unique(traced(both.without_panes(), 3, 4).instance_id)) == {2}
