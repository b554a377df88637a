"""Genuine BlenderProc frames: what their numbers mean is told by the ground, a plane at z = 0, and never assumed."""

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
from jaxtyping import Float64

from scenegen.dataset.checks.gbuffer_checks import gbuffer_faults
from scenegen.ingest.asked import Asked
from scenegen.ingest.finished import Placed, finished
from scenegen.ingest.ingester import FrameError, Reading
from scenegen.ingest.judged import judged
from schemas.errors import InputError, SpecError
from schemas.frame import Shot
from schemas.geometry import CV_FROM_GL, pixel_rays
from schemas.run_spec import GateSpec
from schemas.scene_plan import ScenePlan, square

GROUND = 1
NAMES = ("0.hdf5", "1.hdf5")


def asked(root: Path, **conventions: Any) -> Asked:
    return Asked("blenderproc", root, conventions, GateSpec())


def reading(root: Path, name: str = "0.hdf5", **conventions: Any) -> Reading:
    whole = asked(root, **conventions)
    (found,) = (each for each in whole.found() if each.name == name)
    return whole.ingester.read(root, found, whole.said)


def shot(root: Path, name: str = "0.hdf5", **conventions: Any) -> Shot:
    whole = asked(root, **conventions)
    (found,) = (each for each in whole.found() if each.name == name)
    return whole.shot(found, Placed("blenderproc", 0))


def heights_m(read: Reading, z_depth_m: np.ndarray, k: Float64[np.ndarray, "3 3"]) -> np.ndarray:
    """Returns the world's z of the ground's pixels."""
    assert read.cam2world is not None
    assert read.instance_id is not None
    height_px, width_px = z_depth_m.shape
    rays = pixel_rays(k, width_px, height_px) @ read.cam2world[:3, :3].T
    ground = read.instance_id == GROUND
    return (rays[ground] * z_depth_m[ground, None] + read.cam2world[:3, 3])[:, 2]


@pytest.mark.parametrize("name", NAMES)
def test_depth_is_planar_and_k_counts_whole_pixels(genuine: Path, name: str) -> None:
    read = reading(genuine, name)
    assert np.abs(heights_m(read, read.z_depth_m, read.k)).max() < 1e-4
    without_half = read.k - np.array([[0, 0, 0.5], [0, 0, 0.5], [0, 0, 0]])
    assert np.abs(heights_m(read, read.z_depth_m, without_half)).max() > 0.02
    along_the_ray = read.z_depth_m / np.linalg.norm(pixel_rays(read.k, 160, 120), axis=-1)
    assert np.abs(heights_m(read, along_the_ray, read.k)).max() > 0.05


def test_distance_is_along_the_ray_and_averaged(genuine: Path) -> None:
    by_distance, by_depth = reading(genuine, depth="distance"), reading(genuine)
    both = np.isfinite(by_distance.z_depth_m) & np.isfinite(by_depth.z_depth_m)
    error = np.abs(by_distance.z_depth_m[both] / by_depth.z_depth_m[both] - 1)
    assert np.median(error) < 1e-3
    assert error.max() > 0.05
    with pytest.raises(FrameError, match="gate edges"):
        shot(genuine, depth="distance")


@pytest.mark.parametrize("name", NAMES)
def test_normals_are_in_the_cameras_axes_and_averaged(genuine: Path, name: str) -> None:
    read = reading(genuine, name)
    assert read.normal_cam is not None
    assert read.doubtful is not None
    assert read.cam2world is not None
    clean = (read.instance_id == GROUND) & ~read.doubtful
    in_world = read.normal_cam[clean] @ (read.cam2world @ CV_FROM_GL)[:3, :3].T
    assert np.quantile(np.abs(in_world - (0, 0, 1)), 0.99) < 1e-3
    surface = np.isfinite(read.z_depth_m)
    assert 0.05 < (read.doubtful & surface).sum() / surface.sum() < 0.15


def test_an_averaged_normal_gives_way_to_the_slope_of_the_depth(genuine: Path) -> None:
    """Else the gate that tells of averaged normals rejects the frame."""
    plan, frame = shot(genuine)
    assert plan.origin is not None
    assert plan.origin.mended == {"normal averaged: the slope of the depth where it has one": 1325}
    figures = {verdict.gate: verdict.figure for verdict in frame.verdicts}
    assert figures["edge_normals"] < 0.02
    unmended = replace(reading(genuine), doubtful=None)
    with pytest.raises(FrameError, match="gate edge_normals"):
        judged(finished("0.hdf5", unmended, Placed("blenderproc", 0)), GateSpec())


@pytest.mark.parametrize("name", NAMES)
def test_a_frame_keeps_our_conventions_and_the_files_depth(genuine: Path, name: str) -> None:
    plan, frame = shot(genuine, name)
    with h5py.File(genuine / name) as file:
        depth, ids, colors = (file[key][4:116] for key in ("depth", "instance_segmaps", "colors"))
    buffers = frame.gbuffer
    np.testing.assert_array_equal(buffers.z_depth_m, np.where(depth > 1e6, np.inf, depth))
    np.testing.assert_array_equal(buffers.instance_id == 0, ids == 0)
    np.testing.assert_array_equal(frame.rgb, colors)
    k = square(frame.view.intrinsics)
    np.testing.assert_allclose(k, np.array([[150, 0, 83], [0, 150, 53.5], [0, 0, 1]]))
    assert gbuffer_faults(buffers, k, plan.objects) == []
    assert ScenePlan.model_validate_json(plan.model_dump_json()) == plan


def test_objects_have_the_sources_names_and_the_classes_that_are_given(genuine: Path) -> None:
    plan, _ = shot(genuine)
    assert plan.origin is not None
    assert [each.label for each in plan.objects[:3]] == ["ground", "wall", "box_a"]
    assert {each.class_name for each in plan.objects} == {"unknown"}
    assert plan.origin.lacking == ("scene", "classes")
    classes = {"1": "ground", "wall": "wall", "3": "box", "4": "ball", "pole": "column", "monkey": None}
    named, _ = shot(genuine, classes=classes)
    words = {each.instance_id: (each.class_name, each.label) for each in named.objects}
    assert [words[number][0] for number in (1, 2, 3, 4, 5, 8)] == ["ground", "wall", "box", "box", "ball", "column"]
    assert words[3][1] == "box"
    assert words[9] == ("unknown", "monkey")


def test_a_camera_is_asked_for_where_none_is_stated(own: Path) -> None:
    (own / "cameras.json").unlink()
    with pytest.raises(InputError, match=r"0\.hdf5 does not say its camera.*cameras\.json.*fov_x_deg"):
        shot(own)
    plan, _ = shot_of_middle(own)
    assert plan.origin is not None
    assert "pose" in plan.origin.lacking


def test_a_camera_that_lacks_for_one_frame_costs_that_frame(own: Path) -> None:
    stated = json.loads((own / "cameras.json").read_text())
    k = stated.pop("K")
    frames = [{**each, "K": k} for each in stated["frames"] if each["file"] == "1.hdf5"]
    (own / "cameras.json").write_text(json.dumps({"frames": frames}))
    shot(own, "1.hdf5")
    with pytest.raises(FrameError, match=r"cameras\.json states no K of it"):
        shot(own)


def shot_of_middle(root: Path) -> Shot:
    """Returns the frame by a field of view, whose principal point is not quite these files', forgiven by the gate."""
    whole = Asked("blenderproc", root, {"fov_x_deg": 56.1}, GateSpec(fov_error=0.5))
    return whole.shot(whole.found()[0], Placed("blenderproc", 0))


def test_a_wrong_field_of_view_is_told_by_the_buffers(own: Path) -> None:
    (own / "cameras.json").unlink()
    with pytest.raises(FrameError, match="gate fov"):
        shot(own, fov_x_deg=80)


def spoilt(own: Path, key: str, value: Any) -> None:
    """Puts another value in the place of a key; nothing takes it away."""
    with h5py.File(own / "0.hdf5", "r+") as file:
        del file[key]
        if value is not None:
            file.create_dataset(key, data=value)


DEPTH = np.full((120, 160), 2.0, np.float32)
HOSTILE: dict[str, tuple[str, Any, str]] = {
    "no depth": ("depth", None, "depth is missing: the file has blender_proc_version"),
    "no colors": ("colors", None, "colors is missing"),
    "a depth of three channels": ("depth", np.zeros((120, 160, 3), np.float32), "depth has the wrong shape"),
    "a depth of another size": ("depth", DEPTH[:, :80], "sizes differ"),
    "a depth of whole numbers": ("depth", DEPTH.astype(np.int32), "depth has the wrong kind of number: int32"),
    "NaN in the depth": ("depth", DEPTH * np.float32(np.nan), "depth is no positive number: 17920 pixels"),
    "depth behind the camera": ("depth", -DEPTH, "depth is no positive number"),
    "colors of floats": ("colors", np.zeros((120, 160, 3), np.float32), "colors has the wrong kind of number"),
    "stereo": ("colors", np.zeros((2, 120, 160, 3), np.uint8), "colors has the wrong shape"),
    "negative ids": ("instance_segmaps", np.full((120, 160), -7), "an object has a negative number: -7"),
    "as many ids as pixels": ("instance_segmaps", np.arange(1, 19201).reshape(120, 160), "more than 8192 objects"),
    "names that are no JSON": ("instance_attribute_maps", np.bytes_("[{"), "instance_attribute_maps is no list"),
    "names without numbers": ("instance_attribute_maps", np.bytes_('[{"name": "x"}]'), "instance_attribute_maps is no"),
    "nested too deep": ("instance_attribute_maps", np.bytes_("[" * 100_000), "instance_attribute_maps is no"),
    "names in pixels": ("instance_attribute_maps", DEPTH, "instance_attribute_maps is no text"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_off_in_a_file_is_told_in_one_line(own: Path, what: str) -> None:
    key, value, line = HOSTILE[what]
    spoilt(own, key, value)
    with pytest.raises(FrameError) as raised:
        shot(own)
    assert str(raised.value).startswith(line)
    assert "\n" not in str(raised.value)


def test_a_size_that_is_only_declared_is_refused_before_it_is_allocated(own: Path) -> None:
    with h5py.File(own / "0.hdf5", "r+") as file:
        del file["depth"]
        file.create_dataset("depth", shape=(2**30, 2**30), dtype="f4", chunks=(64, 64))
    with pytest.raises(FrameError, match="depth is too large"):
        shot(own)


def test_a_small_file_of_many_pixels_is_refused(own: Path) -> None:
    """Two kilobytes unfold to what would take 8 GB to judge."""
    with h5py.File(own / "0.hdf5", "w") as file:
        for key, channels, dtype in (("colors", (3,), "u1"), ("depth", (), "f4")):
            shape = (8192, 8192, *channels)
            file.create_dataset(key, shape=shape, dtype=dtype, chunks=True, compression="gzip", fillvalue=2)
    assert (own / "0.hdf5").stat().st_size < 4096
    with pytest.raises(FrameError, match="colors is too large: 8192 x 8192 pixels, may be 16777216"):
        shot(own)


def test_chunks_that_are_only_declared_are_refused(own: Path) -> None:
    with h5py.File(own / "0.hdf5", "r+") as file:
        del file["depth"]
        file.create_dataset("depth", shape=(120, 160), maxshape=(None, None), dtype="f4", chunks=(2**14, 2**14 + 1))
    with pytest.raises(FrameError, match="depth is too large: chunks"):
        shot(own)


def test_nothing_outside_of_the_file_is_read(own: Path, genuine: Path) -> None:
    with h5py.File(own / "0.hdf5", "r+") as file:
        del file["depth"]
        file["depth"] = h5py.ExternalLink(str(genuine / "0.hdf5"), "/depth")
    with pytest.raises(FrameError, match="depth lies elsewhere"):
        shot(own)
    (own / "raw").write_bytes(DEPTH.tobytes())
    with h5py.File(own / "0.hdf5", "r+") as file:
        del file["depth"]
        file.create_dataset("depth", shape=DEPTH.shape, dtype="f4", external=[(str(own / "raw"), 0, DEPTH.nbytes)])
    with pytest.raises(FrameError, match="depth lies elsewhere"):
        shot(own)


@pytest.mark.parametrize("size", [0, 100, 20_000, 120_000])
def test_a_file_that_was_cut_short_is_refused(own: Path, size: int) -> None:
    whole = (own / "0.hdf5").read_bytes()
    (own / "0.hdf5").write_bytes(whole[:size])
    with pytest.raises(FrameError, match=r"no HDF5 file, or cut short|can't be read"):
        shot(own)


def test_bytes_that_were_changed_never_raise_another_error(own: Path) -> None:
    """Where h5py stumbles differs from byte to byte: on opening, on looking for a name, on reading."""
    whole, draws, faults = (own / "0.hdf5").read_bytes(), random.Random(3), set()
    for _ in range(60):
        changed = bytearray(whole)
        for place in draws.choices(range(4000), k=4):
            changed[place] = draws.choice((0, 255, draws.randrange(256)))
        (own / "0.hdf5").write_bytes(changed)
        try:
            shot(own)
        except FrameError as error:
            faults.add(str(error))
    assert not any("\n" in fault for fault in faults)
    assert len({fault.split(":")[0] for fault in faults}) >= 3


def test_a_link_out_of_the_folder_is_refused(own: Path, genuine: Path) -> None:
    (own / "2.hdf5").symlink_to(genuine / "0.hdf5")
    with pytest.raises(InputError, match=r"2\.hdf5 leads out of"):
        asked(own).found()


def test_frames_are_found_in_the_order_of_their_numbers(own: Path) -> None:
    for name in ("10.hdf5", "2.hdf5"):
        (own / name).write_bytes(b"")
    assert [found.name for found in asked(own).found()] == ["0.hdf5", "1.hdf5", "2.hdf5", "10.hdf5"]
    assert asked(own).found()[0].files == ("0.hdf5", "cameras.json")


@pytest.mark.parametrize(
    ("conventions", "line"),
    [
        ({"fov_x_deg": 200}, "blenderproc.fov_x_deg"),
        (
            {"fov_x": 50},
            r"blenderproc.fov_x: unknown key \(did you mean 'fov_x_deg'\?\); allowed here: fov_x_deg, depth",
        ),
        ({"depth": "z"}, "blenderproc.depth: given \"z\", must be 'depth' or 'distance'"),
        ({"classes": {"1": "chiar"}}, r"blenderproc.classes.1: .*no class 'chiar' .*did you mean 'chair'"),
    ],
)
def test_conventions_that_are_off_are_told_by_their_key(genuine: Path, conventions: Any, line: str) -> None:
    with pytest.raises(SpecError, match=line):
        asked(genuine, **conventions).found()


@pytest.mark.parametrize(
    ("camera", "line"),
    [
        ({"K": [[0, 0, 1], [0, 1, 1], [0, 0, 1]]}, "K is that of no pinhole: .* positive fx and fy"),
        ({"K": [[1, 2, 1], [0, 1, 1], [0, 0, 1]]}, "K is that of no pinhole"),
        ({"K": 3}, "cameras.json: K"),
        ({"frames": [{"file": "0.hdf5", "cam2world": (2 * np.eye(4)).tolist()}]}, "a pose is no rotation and shift"),
    ],
)
def test_a_camera_that_is_none_is_told(own: Path, camera: Any, line: str) -> None:
    (own / "cameras.json").write_text(json.dumps(camera))
    with pytest.raises((FrameError, InputError), match=line):
        shot(own)
