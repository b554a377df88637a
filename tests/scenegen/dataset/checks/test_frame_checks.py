"""A stored frame is held against its plan, its candidate, its own buffers and the spec."""

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from scenegen.dataset.checks.findings import Off
from scenegen.dataset.checks.frame_checks import Place, check_frame
from scenegen.dataset.checks.gate_checks import exposure_again_faults
from scenegen.dataset.checks.verdict_checks import known_gates
from scenegen.dataset.exr import decode_exr, encode_exr
from scenegen.dataset.frames import frame_row
from scenegen.dataset.jpeg import encode_jpeg
from scenegen.dataset.picture import encode_picture
from schemas.flaws import Flaws
from schemas.frame import Shot
from schemas.run_record import RunRecord
from schemas.run_spec import Bucket, CameraSpec, GateSpec, ImageSpec
from schemas.unit import Unit

Shots = list[Shot]
Faults = Callable[[], dict[str, str]]
FRAME = "scene-00000000-view-00"
GATES = known_gates()


def test_a_class_that_the_plan_has_otherwise_is_named(
    repack: Callable[..., None], shots: Shots, faults: Faults
) -> None:
    class_id = shots[0][1].gbuffer.class_id.copy()
    class_id[class_id == 165] = 12
    repack(class_id=class_id)
    count = np.count_nonzero(class_id == 12)
    found = faults()
    assert found.keys() == {FRAME}
    assert f"{count} pixels of instance 2 with class 12, planned: 165\n" in found[FRAME]
    assert "does not pass the gate ids again" in found[FRAME]


def test_a_normal_that_faces_away_is_named(repack: Callable[..., None], shots: Shots, faults: Faults) -> None:
    normal_cam = shots[0][1].gbuffer.normal_cam.copy()
    normal_cam[40, 21] *= -1
    repack(normal_cam=normal_cam)
    found = faults()
    assert found.keys() == {FRAME}
    assert "faces away" in found[FRAME]
    assert "at pixel (21, 40), one of 1" in found[FRAME]


def test_a_frame_of_nothing_but_sky_is_blank_and_breaks_no_convention(
    repack: Callable[..., None], shots: Shots, faults: Faults
) -> None:
    gbuffer = shots[0][1].gbuffer
    nothing = np.zeros_like(gbuffer.instance_id)
    repack(
        z_depth_m=np.full_like(gbuffer.z_depth_m, np.inf),
        normal_cam=np.zeros_like(gbuffer.normal_cam),
        instance_id=nothing,
        class_id=nothing,
        material_id=nothing,
    )
    found = faults()
    assert found.keys() == {FRAME}
    assert found[FRAME].startswith("does not pass the gate blank again: 1, share of the pixels")
    assert found[FRAME].count("\n") == 1


@pytest.mark.parametrize(("light", "gate"), [(0, "dark"), (255, "burnt")])
def test_a_black_and_a_white_picture_are_named(
    repack: Callable[..., None], shots: Shots, faults: Faults, light: int, gate: str
) -> None:
    repack(rgb=np.full_like(shots[0][1].rgb, light))
    assert f"does not pass the gate {gate} again" in faults()[FRAME]


def test_normals_of_other_axes_are_named_by_their_gate(
    change_frame: Callable[[str, Callable[[Any], object]], None], faults: Faults
) -> None:
    def flipped(exr: bytes) -> bytes:
        gbuffer = decode_exr(exr)
        return encode_exr(
            dataclasses.replace(gbuffer, normal_cam=gbuffer.normal_cam * np.array([1, -1, 1], np.float32))
        )

    change_frame("exr", flipped)
    assert "does not pass the gate axes again" in faults()[FRAME]


def test_a_picture_made_darker_by_its_flaws_is_no_fault(shots: Shots) -> None:
    frame = shots[0][1]
    dark = (frame.rgb * 0.045).astype(np.uint8)
    for flaws, passes in ((Flaws(), False), (Flaws(exposure_ev=-4, vignette=0.5), True), (Flaws(blur_px=1.0), False)):
        view = frame.view.model_copy(update={"flaws": flaws})
        assert (exposure_again_faults(dark, view, GateSpec()) == []) == passes, flaws


def test_a_surface_in_one_channel_only_is_named(repack: Callable[..., None], shots: Shots, faults: Faults) -> None:
    z_depth_m = shots[0][1].gbuffer.z_depth_m.copy()
    z_depth_m[40, 21] = np.inf
    repack(z_depth_m=z_depth_m)
    fault = faults()[FRAME]
    for name in ("normal_cam", "instance_id", "class_id", "material_id"):
        assert f"{name} and z_depth_m disagree on where there is a surface" in fault


def test_a_material_without_a_name_is_named(repack: Callable[..., None], faults: Faults) -> None:
    repack(materials=("unseen", "red plastic", ""))
    assert "materials 3 have no name" in faults()[FRAME]


@pytest.mark.parametrize(
    ("column", "change", "complaint"),
    [
        ("plan", lambda plan: plan.replace('"recipe":"ball"', '"recipe":"cube"'), "plan's recipe is 'cube'"),
        ("plan", lambda plan: plan.replace('"strength":1.0', '"strength":1.00'), "plan changes when it is read"),
        ("plan", lambda plan: plan.replace('"attempt":0', '"attempt":1'), "plan's seed is"),
        ("plan", lambda plan: plan.replace('"view_index":1', '"view_index":2'), "candidates are not numbered"),
        ("plan", lambda plan: plan[:-1], "plan can't be read"),
        ("scene_id", lambda _: "scene-00000005", "scene_id is 'scene-00000005'"),
        ("cam2world", lambda pose: [*pose[:3], 9.0, *pose[4:]], "cam2world is"),
        ("intrinsics", lambda k: [9.0, *k[1:]], "intrinsics is"),
        ("view_index", lambda _: 2, "cam2world is"),
        ("view_index", lambda _: 4, "view_index is 4, the plan has 4 candidates"),
        ("view_index", lambda _: -1, "view_index is -1, the plan has 4 candidates"),
        ("objects", lambda objects: objects[:1], "objects is"),
        ("materials", lambda materials: materials[:1], "materials lacks 3 with "),
        ("materials", lambda materials: materials[::-1], "materials are not in the order of their ids"),
        ("materials", lambda materials: [*materials, {**materials[0], "material_id": 9}], "materials has 9 with "),
        ("verdicts", lambda verdicts: verdicts[1:], f"verdicts are of {GATES[1]}, {GATES[2]}"),
        ("verdicts", lambda _: [], f"verdicts are of no gate, must be of {GATES[0]}, {GATES[1]}"),
        (
            "verdicts",
            lambda verdicts: [verdicts[0] | {"passed": False}, *verdicts[1:]],
            f"did not pass the gate {GATES[0]}",
        ),
        ("agreement", lambda agreement: agreement | {"same_share": 0.9}, "same_share is 0.9, the spec asks for 0.998"),
        ("agreement", lambda agreement: agreement | {"z_error_p999": 0.1}, "is 0.1, the spec allows 0.001"),
        ("agreement", lambda agreement: dict.fromkeys(agreement, float("nan")), "agreement.same_share is nan"),
        ("exr", lambda exr: exr[:-9], "EXR is damaged or cut short"),
        ("image", lambda image: image | {"bytes": image["bytes"][:-9]}, "image: PNG cut short"),
        ("image", lambda image: image | {"path": None}, "image's path is None, planned 'scene-00000000-view-00.png'"),
        (
            "image",
            lambda _: {"bytes": encode_jpeg(np.zeros((48, 64, 3), np.uint8), 95), "path": f"{FRAME}.jpg"},
            "image is a JPEG, the spec says png",
        ),
    ],
)
def test_a_wrong_value_in_the_frames_names_the_frame(
    change_frame: Callable[..., None],
    faults: Faults,
    column: str,
    change: Callable[[Any], object],
    complaint: str,
) -> None:
    change_frame(column, change)
    assert complaint in faults()[FRAME]


def test_a_size_that_is_none_of_the_specs_is_a_fault(
    new_record: Callable[..., RunRecord], unit: Unit, shots: Shots
) -> None:
    buckets = (Bucket(width_px=64, height_px=64), Bucket(width_px=48, height_px=64))
    spec = new_record(camera=CameraSpec(buckets=buckets)).spec
    plan, frame = shots[0]
    row = frame_row(plan, frame, encode_picture(frame.rgb, ImageSpec()))
    assert check_frame(Place(spec, unit, 0, 0), row).faults == (
        Off("plan", "its view is 64 x 48 pixels, which is no size of the spec"),
    )
