"""Gates before path tracing: good frames pass all, and a planted defect is caught by its own gate."""

import math
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from PIL import Image

from scenegen.encoders.depth import PowerCurve, depth_codec
from scenegen.gates import BEFORE, codec, judge_sighting
from scenegen.gates.gate import Case
from scenegen.gates.thumbnail import thumbnail
from schemas.frame import GBuffer
from schemas.geometry import CV_FROM_GL, intrinsics, look_along, pixel_rays
from schemas.ranges import Range
from schemas.scene_plan import flat, square
from tests.scenegen.gates.conftest import SIDE_PX, Scene

Defect = Callable[[Case], Case]


def failed(case: Case) -> set[str]:
    """Returns the gates that a case does not pass."""
    verdicts = judge_sighting(case.sighting, case.view, case.plan, case.limits, case.accepted)
    assert [verdict.gate for verdict in verdicts] == list(BEFORE)
    assert all(math.isfinite(verdict.figure) for verdict in verdicts)
    return {verdict.gate for verdict in verdicts if not verdict.passed}


def with_buffers(case: Case, **buffers: Any) -> Case:
    """Returns the case with some of its buffers replaced."""
    return replace(case, sighting=replace(case.sighting, gbuffer=replace(case.gbuffer, **buffers)))


def with_k(case: Case, k: np.ndarray) -> Case:
    return replace(case, view=case.view.model_copy(update={"intrinsics": flat(k)}))


def unit(normals: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(normals, axis=-1, keepdims=True)
    return (normals / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def of_four(image: np.ndarray) -> np.ndarray:
    """Returns the means over 2 x 2 pixels, at full size."""
    image = image.copy()
    image[:, :-1] = (image[:, :-1] + image[:, 1:]) / 2
    image[:-1] = (image[:-1] + image[1:]) / 2
    return image


def of_nine(image: np.ndarray) -> np.ndarray:
    """Returns the means over 3 x 3 pixels, as of an antialiased pass."""
    shifted = [np.roll(image, (row, column), (0, 1)) for row in (-1, 0, 1) for column in (-1, 0, 1)]
    return np.mean(shifted, axis=0, dtype=np.float64).astype(np.float32)


def resized(case: Case, times: int) -> Case:
    """Returns the depth of a smaller picture, scaled up bilinearly."""
    z_depth_m = np.where(case.surface, case.gbuffer.z_depth_m, np.float32(1000))
    small = Image.fromarray(z_depth_m[times // 2 :: times, times // 2 :: times])
    large = np.asarray(small.resize(z_depth_m.shape[::-1], Image.Resampling.BILINEAR))
    return with_buffers(case, z_depth_m=np.where(case.surface, large, np.float32(np.inf)))


def ray_distance(case: Case) -> Case:
    rays = pixel_rays(case.k, case.view.width_px, case.view.height_px)
    distance_m = case.gbuffer.z_depth_m * np.linalg.norm(rays, axis=-1)
    return with_buffers(case, z_depth_m=distance_m.astype(np.float32))


def in_world_axes(case: Case) -> Case:
    cam2world = (square(case.view.cam2world) @ CV_FROM_GL)[:3, :3]
    return with_buffers(case, normal_cam=(case.gbuffer.normal_cam @ cam2world.T).astype(np.float32))


def without_largest_object(case: Case) -> Case:
    """An object that nobody gave an index."""
    ids = case.gbuffer.instance_id
    largest = np.bincount(ids.ravel())[1:].argmax() + 1
    return with_buffers(case, instance_id=np.where(ids == largest, 0, ids).astype(np.int32))


def one_pixel(name: str, value: float) -> Defect:
    def planted(case: Case) -> Case:
        buffer = getattr(case.gbuffer, name).copy()
        buffer[tuple(np.argwhere(case.surface)[123])] = value
        return with_buffers(case, **{name: buffer})

    return planted


def normals_times(*factors: float) -> Defect:
    return lambda case: with_buffers(case, normal_cam=case.gbuffer.normal_cam * np.array(factors, dtype=np.float32))


def focal_times(factor: float) -> Defect:
    return lambda case: with_k(case, case.k * [[factor, 1, 1], [1, factor, 1], [1, 1, 1]])


def moved_center(x: float, y: float) -> Defect:
    """Of the principal point, in shares of the sides."""

    def planted(case: Case) -> Case:
        k = case.k.copy()
        k[:2, 2] += x * case.view.width_px, y * case.view.height_px
        return with_k(case, k)

    return planted


def depth_as(change: Callable[[np.ndarray], np.ndarray]) -> Defect:
    return lambda case: with_buffers(case, z_depth_m=change(case.gbuffer.z_depth_m))


DEFECTS: dict[str, tuple[str, Defect]] = {
    "depth is NaN": ("depth", one_pixel("z_depth_m", np.nan)),
    "depth is 0": ("depth", one_pixel("z_depth_m", 0.0)),
    "depth is negative": ("depth", one_pixel("z_depth_m", -1.0)),
    "depth is -infinity": ("depth", one_pixel("z_depth_m", -np.inf)),
    "depth of the sky is 1e10": ("depth", one_pixel("z_depth_m", 1e10)),
    "an object without an index": ("ids", without_largest_object),
    "an index of nothing": ("ids", one_pixel("instance_id", 1_000_000)),
    "a negative index": ("ids", one_pixel("instance_id", -3)),
    "another class": ("ids", one_pixel("class_id", 9999)),
    "a surface without material": ("ids", one_pixel("material_id", 0)),
    "a hole in the depth": ("ids", one_pixel("z_depth_m", np.inf)),
    "a normal is NaN": ("normals", one_pixel("normal_cam", np.nan)),
    "a normal is zero": ("normals", one_pixel("normal_cam", 0.0)),
    "normals face away": ("normals", normals_times(-1, -1, -1)),
    "normals are averaged over the pixel": (
        "normals",
        lambda case: with_buffers(case, normal_cam=of_four(case.gbuffer.normal_cam)),
    ),
    "x of the normals is mirrored": ("axes", normals_times(-1, 1, 1)),
    "y of the normals points down": ("axes", normals_times(1, -1, 1)),
    "normals in world axes": ("axes", in_world_axes),
    "normals in world axes, seen by blocks": ("slope", in_world_axes),
    "ray distance for depth": ("slope", ray_distance),
    "normals averaged, made unit again": (
        "edge_normals",
        lambda case: with_buffers(case, normal_cam=unit(of_four(case.gbuffer.normal_cam))),
    ),
    "depth averaged over 2 x 2 pixels": ("edges", depth_as(of_four)),
    "depth antialiased over 3 x 3 pixels": ("edges", depth_as(of_nine)),
    "depth scaled up bilinearly, twice": ("edges", lambda case: resized(case, 2)),
    "depth scaled up bilinearly, four times": ("edges", lambda case: resized(case, 4)),
    "K of a narrower lens": ("fov", focal_times(1.15)),
    "K of a wider lens": ("fov", focal_times(0.87)),
    "K without the shift to the side": ("fov", moved_center(0.08, 0.0)),
    "K without the shift downward": ("fov", moved_center(0.0, 0.08)),
    "pixels that are not square": ("fov", lambda case: with_k(case, case.k * [[1.01], [1], [1]])),
    "a principal point outside": ("fov", moved_center(0.6, 0.0)),
    "a skew": ("fov", lambda case: with_k(case, case.k + np.eye(3, k=1))),
    "normals of length 1.2": ("codec", normals_times(1.2, 1.2, 1.2)),
}
"""What is planted -> the gate that must catch it, and how it is planted."""


def test_good_frames_pass_all_gates(cases: list[Case]) -> None:
    assert len(cases) >= 24
    assert [failed(case) for case in cases] == [set()] * len(cases)


@pytest.mark.parametrize(("gate", "defect"), DEFECTS.values(), ids=DEFECTS)
def test_a_planted_defect_is_caught_by_its_gate(gate: str, defect: Defect, cases: list[Case]) -> None:
    """All but one frame in thirty: averaged depth hides in a view of a floor and two balls, which has few edges."""
    missed = [number for number, case in enumerate(cases) if gate not in failed(defect(case))]
    assert len(missed) <= (len(cases) / 30 if gate == "edges" else 0), missed


def test_normals_of_another_view_are_caught(room_cases: list[Case]) -> None:
    for case, other in pairwise(room_cases):
        assert "slope" in failed(with_buffers(case, normal_cam=other.gbuffer.normal_cam))


def test_a_target_that_reads_back_wrong_is_caught(cases: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    exact = depth_codec(PowerCurve())

    def encode(gbuffer: GBuffer) -> np.ndarray:
        return exact.encode(replace(gbuffer, z_depth_m=gbuffer.z_depth_m * np.float32(1.02)))

    monkeypatch.setattr(codec, "CODECS", (replace(exact, encode=encode),))
    assert failed(cases[0]) == {"codec"}


def test_a_camera_in_a_wall_is_caught(rooms: list[Scene]) -> None:
    """Where its boxes meet, the face of the next one may come first; that is near."""
    caught = []
    for room in rooms:
        for wall in (planned for planned in room.plan.objects if planned.class_name == "wall"):
            center_m = (square(wall.object2world) @ [*wall.boxes[0].center_m, 1.0])[:3]
            caught += [failed(room.from_place(tuple(center_m.tolist()), heading)) for heading in (0.1, 1.8, 3.3, 5.0)]
    assert all(gates & {"inside", "near"} for gates in caught)
    assert np.mean(["inside" in gates for gates in caught]) > 0.9


def test_a_camera_in_a_ball_is_caught(yards: list[Scene]) -> None:
    for yard in yards:
        balls = [each for each in yard.plan.objects if each.spheres and each.spheres[0].radius_m < 0.9]
        assert balls
        for ball in balls:
            center_m = (square(ball.object2world) @ [*ball.spheres[0].center_m, 1.0])[:3]
            assert {"inside", "blank"} <= failed(yard.from_place(tuple(center_m.tolist()), 0.3))


def test_a_view_of_nothing_or_of_one_thing_is_caught(rooms: list[Scene]) -> None:
    for room in rooms:
        k, cam2world = intrinsics(1.2, SIDE_PX, SIDE_PX), look_along((0.0, 0.0, 30.0), 0.3, 1.3)
        up = room.plan.views[0].model_copy(update={"intrinsics": flat(k), "cam2world": flat(cam2world)})
        assert failed(room.case(up)) == {"blank"}
        down = up.model_copy(update={"cam2world": flat(look_along((0.0, 0.0, 30.0), 0.3, -1.57))})
        narrow = intrinsics(0.05, SIDE_PX, SIDE_PX)
        assert "blank" in failed(room.case(down.model_copy(update={"intrinsics": flat(narrow)})))


def test_what_touches_the_lens_is_caught(rooms: list[Scene]) -> None:
    for room in rooms:
        for case in map(room.case, room.plan.views):
            nearest = np.unravel_index(np.argmin(case.gbuffer.z_depth_m), case.surface.shape)
            z_m = float(case.gbuffer.z_depth_m[nearest])
            column = (nearest[1] + 0.5 - case.k[0, 2]) / case.k[0, 0]
            row = (nearest[0] + 0.5 - case.k[1, 2]) / case.k[1, 1]
            cam2world = square(case.view.cam2world)
            before = cam2world @ [column * z_m, row * z_m, z_m - 0.08, 1.0]
            cam2world[:3, 3] = before[:3]
            moved = case.view.model_copy(update={"cam2world": flat(cam2world)})
            limits = case.limits.model_copy(update={"near_share": 0.0})
            assert "near" in failed(replace(room.case(moved), limits=limits))


def test_a_thing_before_the_lens_fills_too_much(room_cases: list[Case]) -> None:
    for case in room_cases:
        z_depth_m = case.gbuffer.z_depth_m.copy()
        z_depth_m[:, :16] = 0.15
        assert "near" in failed(with_buffers(case, z_depth_m=z_depth_m))


def test_a_view_that_was_shown_already_is_caught_turned_by_half_a_degree_too(rooms: list[Scene]) -> None:
    for room in rooms:
        shown = [room.case(view) for view in room.plan.views]
        for case in shown:
            turn = np.eye(4)
            turn[0, 0], turn[0, 2], turn[2, 0], turn[2, 2] = math.cos(0.009), math.sin(0.009), -math.sin(0.009), 1.0
            turned = flat(square(case.view.cam2world) @ turn)
            again = room.case(case.view.model_copy(update={"cam2world": turned}))
            others = [thumbnail(other.gbuffer) for other in shown if other is not case]
            assert "distinct" not in failed(replace(case, accepted=others))
            assert "distinct" in failed(replace(case, accepted=[*others, thumbnail(case.gbuffer)]))
            assert "distinct" in failed(replace(again, accepted=[thumbnail(case.gbuffer)]))


def test_views_of_other_sizes_are_compared_too(rooms: list[Scene]) -> None:
    room = rooms[0]
    first = room.plan.views[0]
    large = first.model_copy(
        update={"width_px": 192, "height_px": 192, "intrinsics": flat(square(first.intrinsics) * [[1.5], [1.5], [1]])}
    )
    assert "distinct" in failed(replace(room.case(large), accepted=[thumbnail(room.case(first).gbuffer)]))


def test_limits_are_those_of_the_spec(cases: list[Case]) -> None:
    for case in cases:
        near_m = float(np.percentile(case.gbuffer.z_depth_m, 40))
        limits = case.limits.model_copy(
            update={"near_m": near_m, "depth_m": Range(low=near_m, high=2000.0), "one_object_share": 0.1}
        )
        assert failed(replace(case, limits=limits)) == {"near", "depth", "blank"}


def test_every_gate_is_named_in_these_tests() -> None:
    elsewhere = {"inside", "blank", "near", "distinct"}
    assert {gate for gate, _ in DEFECTS.values()} | elsewhere == set(BEFORE)


def test_a_lens_with_shift_and_any_shape_is_no_fault(rooms: list[Scene]) -> None:
    for room in rooms:
        for view in room.plan.views[:2]:
            k = intrinsics(1.3, 256, 80)
            k[:2, 2] += 40.0, -16.0
            wide = view.model_copy(update={"width_px": 256, "height_px": 80, "intrinsics": flat(k)})
            assert failed(room.case(wide)) <= {"near", "inside"}


def test_pictures_of_the_least_size_are_judged(rooms: list[Scene]) -> None:
    for view in rooms[0].plan.views:
        tiny = view.model_copy(update={"width_px": 16, "height_px": 16, "intrinsics": flat(intrinsics(1.2, 16, 16))})
        assert not failed(rooms[0].case(tiny)) & {"depth", "ids", "normals", "axes", "fov", "codec"}
