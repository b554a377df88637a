"""Plain folders: a frame of ours that is written by any convention comes back the same; a wrong one fails at a gate."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import OpenEXR
import pytest
from PIL import Image

from scenegen.ingest.asked import Asked
from scenegen.ingest.finished import Placed
from scenegen.ingest.ingester import FrameError
from schemas.errors import InputError, SpecError
from schemas.frame import Shot
from schemas.geometry import CV_FROM_GL, pixel_rays
from schemas.run_spec import GateSpec
from schemas.scene_plan import square
from tests.scenegen.ingest.seen import Seen, same_parts, seen_room

YUP = np.array([[1.0, 0, 0], [0, 0, 1.0], [0, -1.0, 0]])
"""Our world -> one whose y is up."""
GATES = GateSpec(near_share=1.0)


def written(root: Path, said: dict[str, Any], name: str = "a/7", seen: Seen | None = None) -> Path:
    """Writes a room as conventions say, and returns the folder."""
    seen = seen or seen_room()
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(seen.rgb).save(path.with_suffix(".png"))
    path.with_suffix(".exr").write_bytes(exr({"Z": depth(seen, said), **normals(seen, said), **ids(seen)}))
    path.with_suffix(".json").write_text(json.dumps(camera(seen, said)))
    return root


def exr(channels: dict[str, np.ndarray]) -> bytes:
    file = io.BytesIO()
    header = {"compression": OpenEXR.ZIP_COMPRESSION, "type": OpenEXR.scanlineimage}
    OpenEXR.File(header, {name: np.ascontiguousarray(plane) for name, plane in channels.items()}).write(file)
    return file.getvalue()


def depth(seen: Seen, said: dict[str, Any]) -> np.ndarray:
    z = seen.gbuffer.z_depth_m.astype(np.float64)
    if said.get("depth") == "distance":
        z = z * np.linalg.norm(pixel_rays(seen.k, *z.shape[::-1]), axis=-1)
    stored = np.where(np.isinf(z), said.get("background", np.inf), z / said.get("unit_m", 1))
    return stored.astype(np.float16 if said.get("is_half") else np.float32)


def normals(seen: Seen, said: dict[str, Any]) -> dict[str, np.ndarray]:
    normal = seen.gbuffer.normal_cam.astype(np.float64)
    match said.get("normals", "opengl"):
        case "opencv":
            normal = normal @ CV_FROM_GL[:3, :3]
        case "world":
            normal = normal @ (seen.cam2world @ CV_FROM_GL)[:3, :3].T
            normal = normal @ YUP.T if said.get("world_up") == "y" else normal
    if said.get("normals_range") == "0..1":
        normal = (normal + 1) / 2
    return {f"N.{axis}": normal[..., place].astype(np.float32) for place, axis in enumerate("XYZ")}


def ids(seen: Seen) -> dict[str, np.ndarray]:
    numbers = {"instance_id": seen.gbuffer.instance_id * 1000, "class_id": seen.gbuffer.class_id}
    return {name: plane.astype(np.uint32) for name, plane in numbers.items()}


def camera(seen: Seen, said: dict[str, Any]) -> dict[str, Any]:
    pose = seen.cam2world @ CV_FROM_GL if said.get("pose") == "opengl" else seen.cam2world.copy()
    if said.get("world_up") == "y":
        pose[:3] = YUP @ pose[:3]
    pose[:3, 3] /= said.get("unit_m", 1)
    half = 0.5 if said.get("pixel_centers") == "whole" else 0.0
    return {"K": (seen.k - np.array([[0, 0, half], [0, 0, half], [0, 0, 0]])).tolist(), "cam2world": pose.tolist()}


def shot(root: Path, **said: Any) -> Shot:
    whole = Asked("rgb_exr", root, {"camera": "NAME.json", **said}, GATES)
    (found,) = whole.found()
    return whole.shot(found, Placed("rgb_exr", 0))


CONVENTIONS: list[dict[str, Any]] = [
    {"depth": "planar"},
    {"depth": "distance", "unit_m": 0.01, "background": 1e6, "pixel_centers": "whole"},
    {"depth": "planar", "background": 0.0, "normals": "opencv", "pose": "opengl"},
    {"depth": "planar", "unit_m": 1000, "normals": "world", "world_up": "y", "normals_range": "0..1"},
    {"depth": "distance", "normals": "world", "pose": "opengl", "background": -1.0},
]


@pytest.mark.parametrize("said", CONVENTIONS, ids=str)
def test_a_frame_comes_back_by_the_conventions_that_wrote_it(tmp_path: Path, said: dict[str, Any]) -> None:
    seen = seen_room()
    plan, frame = shot(written(tmp_path, said), **said)
    np.testing.assert_allclose(frame.gbuffer.z_depth_m, seen.gbuffer.z_depth_m, rtol=1e-5)
    np.testing.assert_allclose(frame.gbuffer.normal_cam, seen.gbuffer.normal_cam, atol=1e-3)
    assert same_parts(frame.gbuffer.instance_id, seen.gbuffer.instance_id)
    np.testing.assert_array_equal(frame.rgb, seen.rgb)
    np.testing.assert_allclose(square(frame.view.intrinsics), seen.k, atol=1e-6)
    np.testing.assert_allclose(square(frame.view.cam2world), seen.cam2world, atol=1e-6)
    assert plan.origin is not None
    assert plan.origin.name == "a/7"
    assert plan.origin.lacking == ("scene", "classes")


@pytest.mark.parametrize(
    ("meant", "said"),
    [
        ({"depth": "distance"}, {"depth": "planar"}),
        ({"depth": "planar"}, {"depth": "distance"}),
        ({"depth": "planar"}, {"depth": "planar", "normals": "opencv"}),
        ({"depth": "planar", "normals": "world"}, {"depth": "planar"}),
        ({"depth": "planar", "normals_range": "0..1"}, {"depth": "planar"}),
        ({"depth": "planar", "unit_m": 0.001}, {"depth": "planar"}),
    ],
)
def test_a_wrong_convention_fails_at_a_gate(tmp_path: Path, meant: dict[str, Any], said: dict[str, Any]) -> None:
    with pytest.raises(FrameError, match=r"gate (slope|axes|fov|edges|depth)"):
        shot(written(tmp_path, meant), **said)


def test_without_normals_ids_and_pose_there_is_depth(tmp_path: Path) -> None:
    written(tmp_path, {})
    (tmp_path / "a" / "7.exr").write_bytes(exr({"depth": depth(seen_room(), {})}))
    said = {"depth": "planar", "channels": {"depth": "depth"}, "camera": None, "fov_x_deg": 60}
    asked = Asked("rgb_exr", tmp_path, said, GATES)
    plan, frame = asked.shot(asked.found()[0], Placed("rgb_exr", 0))
    assert plan.origin is not None
    assert plan.origin.lacking == ("scene", "pose", "normals", "classes", "instances")
    assert [each.label for each in plan.objects] == ["unlabelled"]
    assert np.abs(np.linalg.norm(frame.gbuffer.normal_cam, axis=-1) - (frame.gbuffer.instance_id > 0)).max() < 1e-5


def test_normals_and_ids_may_lie_in_files_of_their_own(tmp_path: Path) -> None:
    """All with the channel names that their writers give every file."""
    seen = seen_room()
    folder = written(tmp_path, {}) / "a"
    planes = {"7_depth.exr": {"Y": depth(seen, {})}, "7_normal.exr": renamed(normals(seen, {}), "XYZ")}
    planes["7_id.exr"] = {"Y": seen.gbuffer.instance_id.astype(np.float32)}
    for name, channels in planes.items():
        (folder / name).write_bytes(exr(channels))
    (folder / "7.exr").unlink()
    names = {"depth": "Y", "normal_x": "X", "normal_y": "Y", "normal_z": "Z", "instance": "Y"}
    said = {"exr": "NAME_depth.exr", "normals_exr": "NAME_normal.exr", "ids_exr": "NAME_id.exr"}
    plan, frame = shot(tmp_path, depth="planar", channels=names, **said)
    np.testing.assert_allclose(frame.gbuffer.normal_cam, seen.gbuffer.normal_cam, atol=1e-3)
    assert same_parts(frame.gbuffer.instance_id, seen.gbuffer.instance_id)
    assert plan.origin is not None
    assert plan.origin.lacking == ("scene", "classes")


def renamed(planes: dict[str, np.ndarray], names: str) -> dict[str, np.ndarray]:
    return dict(zip(names, planes.values(), strict=True))


@pytest.mark.parametrize("is_sound", [True, False])
def test_depth_in_half_precision_is_judged_over_more_than_its_steps(tmp_path: Path, is_sound: bool) -> None:
    """At the pixels of a real picture its steps would hide the slopes; a wrong K is told all the same."""
    seen = seen_room(1024, 768)
    written(tmp_path, {"is_half": True}, seen=seen)
    if is_sound:
        plan, frame = shot(tmp_path, depth="planar")
        assert plan.origin is not None
        assert plan.origin.slopes_every_px == round(seen.k[0, 0] / 60)
        assert [verdict.gate for verdict in frame.verdicts][:4] == ["depth", "ids", "normals", "slope"]
    else:
        with pytest.raises(FrameError, match="gate fov"):
            shot(tmp_path, depth="planar", camera=None, fov_x_deg=50)


def test_nan_is_no_surface_only_where_that_is_said(tmp_path: Path) -> None:
    written(tmp_path, {"depth": "planar", "background": np.nan})
    with pytest.raises(FrameError, match="depth is no positive number: 384 pixels"):
        shot(tmp_path, depth="planar")
    _, frame = shot(tmp_path, depth="planar", nan_is_background=True)
    np.testing.assert_allclose(frame.gbuffer.z_depth_m, seen_room().gbuffer.z_depth_m, rtol=1e-6)


DAMAGED: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda content: content[: len(content) // 2],
    "huge": lambda content: enlarged(content, b"dataWindow"),
    "huge, shown so": lambda content: enlarged(enlarged(content, b"dataWindow"), b"displayWindow"),
    "name": lambda content: content.replace(b"N.X", b"N\xffX", 1),
    "zeros": lambda content: content[:1000] + bytes(len(content) - 1000),
    "empty": lambda content: b"",
    "other": lambda content: b"no EXR",
}


def enlarged(content: bytes, window: bytes) -> bytes:
    attribute = window + b"\0box2i\0" + np.int32(16).tobytes()
    place = content.index(attribute) + len(attribute)
    return content[:place] + np.array([0, 0, 39_999, 19_999], "<i4").tobytes() + content[place + 16 :]


@pytest.mark.parametrize(
    ("ending", "what", "line"),
    [
        (".exr", "cut", "EXR can't be used: not a sound EXR"),
        (".exr", "huge", "EXR can't be used: EXR is cropped"),
        (".exr", "huge, shown so", "EXR is too large: 40000 x 20000 pixels, 6 channels"),
        (".exr", "name", "EXR can't be used: not a sound EXR: a channel's name is no text"),
        (".exr", "zeros", "EXR can't be used: not a sound EXR"),
        (".exr", "other", "EXR can't be used: not a sound EXR"),
        (".exr", "empty", "EXR can't be used: not a sound EXR"),
        (".png", "cut", "picture can't be used: picture is no sound PNG or JPEG"),
        (".png", "other", "picture can't be used: picture is no PNG or JPEG"),
        (".png", "gone", "picture can't be read: No such file"),
        (".json", "cut", "camera file is off"),
        (".json", "gone", "camera file can't be read"),
    ],
)
def test_damaged_files_are_told(tmp_path: Path, ending: str, what: str, line: str) -> None:
    written(tmp_path, {})
    path = tmp_path / "a" / f"7{ending}"
    if what == "gone":
        path.unlink()
    else:
        path.write_bytes(DAMAGED[what](path.read_bytes()))
    with pytest.raises(FrameError, match=line):
        shot(tmp_path, depth="planar")


def test_ids_that_are_none_and_sizes_that_differ_are_told(tmp_path: Path) -> None:
    seen = seen_room()
    written(tmp_path, {})
    broken = np.full((128, 160), 0.5, np.float32)
    (tmp_path / "a" / "7.exr").write_bytes(exr({"Z": depth(seen, {}), "instance_id": broken}))
    with pytest.raises(FrameError, match="the channel instance_id must hold whole numbers"):
        shot(tmp_path, depth="planar")
    Image.fromarray(seen.rgb[:64]).save(tmp_path / "a" / "7.png")
    with pytest.raises(FrameError, match="sizes differ: 160 x 64, 160 x 128"):
        shot(tmp_path, depth="planar")


@pytest.mark.parametrize("pattern", ["../NAME.png", "/etc/NAME.png", "a.png", "NAME/NAME.png", "*/NAME.png"])
def test_patterns_stay_below_the_folder(tmp_path: Path, pattern: str) -> None:
    with pytest.raises(SpecError, match=r"rgb_exr\.rgb: .* must be a path below the folder"):
        Asked("rgb_exr", tmp_path, {"rgb": pattern}, GATES).found()


def test_what_must_be_said_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"rgb_exr must be told what depth is: --set rgb_exr\.depth=planar"):
        shot(written(tmp_path, {}))
    with pytest.raises(InputError, match=r"rgb_exr needs K"):
        shot(tmp_path, depth="planar", camera=None)


def test_the_cameras_of_our_own_raw_export_are_read(tmp_path: Path) -> None:
    stated = camera(seen_room(), {})
    stated["intrinsics"] = stated.pop("K")
    (written(tmp_path, {}) / "a" / "7.json").write_text(json.dumps({**stated, "width_px": 160}))
    _, frame = shot(tmp_path, depth="planar")
    np.testing.assert_allclose(square(frame.view.intrinsics), seen_room().k, atol=1e-6)


def test_pixels_that_are_not_square_are_told(tmp_path: Path) -> None:
    stated = camera(seen_room(), {})
    stated["K"][1][1] *= 1.01
    (written(tmp_path, {}) / "a" / "7.json").write_text(json.dumps(stated))
    with pytest.raises(FrameError, match="K has pixels that are not square: fx"):
        shot(tmp_path, depth="planar")


@pytest.mark.parametrize("name", ["7\n", "\udcff", "a\x1b[31m"])
def test_a_name_that_no_record_can_hold_is_refused_in_one_line(tmp_path: Path, name: str) -> None:
    written(tmp_path, {}, name)
    with pytest.raises(InputError, match="rename it to printable UTF-8") as raised:
        shot(tmp_path, depth="planar")
    assert str(raised.value).isprintable()


@pytest.mark.parametrize("name", ["a b", "x#'\"", "ä/{0}", "[1]"])
def test_odd_names_are_taken(tmp_path: Path, name: str) -> None:
    plan, _ = shot(written(tmp_path, {}, name), depth="planar")
    assert plan.origin is not None
    assert plan.origin.name == name
