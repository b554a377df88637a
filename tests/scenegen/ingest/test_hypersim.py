"""Hypersim: a frame of ours in its layout, seen through a shifted and tilted lens, comes back; what is off is told."""

from pathlib import Path

import h5py
import numpy as np
import pytest
from jaxtyping import Float64
from PIL import Image

from scenegen.ingest.asked import Asked
from scenegen.ingest.finished import Placed
from scenegen.ingest.ingester import FrameError
from scenegen.ingest.tilted import pinhole
from scenegen.ingest.tone_mapped import tone_mapped
from schemas.errors import InputError
from schemas.frame import Shot
from schemas.geometry import CV_FROM_GL, pixel_rays
from schemas.run_spec import GateSpec
from schemas.scene_plan import square
from tests.scenegen.ingest.seen import Seen, same_parts, seen_room

SCENE, CAMERA, FRAME, UNIT_M = "ai_001_002", "cam_00", 3, 0.0254
WIDTH, HEIGHT = 160, 128
GEOMETRY = f"images/scene_{CAMERA}_geometry_hdf5/frame.0003"


def tilt(degrees: float) -> Float64[np.ndarray, "3 3"]:
    """Returns the rotation from our camera's axes into those of a camera whose lens is tilted upward."""
    angle = np.radians(degrees)
    turn = np.array([[1, 0, 0], [0, np.cos(angle), -np.sin(angle)], [0, np.sin(angle), np.cos(angle)]])
    return turn @ CV_FROM_GL[:3, :3]


def m_cam_from_uv(seen: Seen, gl_from_ours: Float64[np.ndarray, "3 3"]) -> Float64[np.ndarray, "3 3"]:
    """Returns the matrix that their table would have of our camera, behind that lens; of any length."""
    height_px, width_px, _ = seen.rgb.shape
    px_from_uv = np.linalg.inv(np.array([[2 / width_px, 0, -1], [0, -2 / height_px, 1], [0, 0, 1.0]]))
    return 1.7 * gl_from_ours @ np.linalg.inv(seen.k) @ px_from_uv


def written(root: Path, degrees: float = 4.0, seen: Seen | None = None, **changed: np.ndarray) -> Path:
    """Writes a room as their archives unpack; `changed`: planes to put in the place of others."""
    seen, gl_from_ours = seen or seen_room(), tilt(degrees)
    height_px, width_px, _ = seen.rgb.shape
    buffers, surface = seen.gbuffer, np.isfinite(seen.gbuffer.z_depth_m)
    distance = buffers.z_depth_m * np.linalg.norm(pixel_rays(seen.k, width_px, height_px), axis=-1)
    normal_cam = buffers.normal_cam @ CV_FROM_GL[:3, :3].T @ gl_from_ours.T
    theirs = seen.cam2world.copy()
    theirs[:3, :3] = seen.cam2world[:3, :3] @ gl_from_ours.T
    planes = {
        "depth_meters": np.where(surface, distance, np.nan).astype(np.float16),
        "normal_cam": normal_cam.astype(np.float16),
        "normal_world": (normal_cam @ theirs[:3, :3].T).astype(np.float16),
        "render_entity_id": np.where(surface, 7, -1).astype(np.int32),
        "semantic": np.where(surface, labels(seen), -1).astype(np.int16),
        "semantic_instance": np.where(surface, instances(seen), -1).astype(np.int16),
        **changed,
    }
    detail = root / SCENE / "_detail"
    for kind, plane in planes.items():
        save(root / SCENE / f"{GEOMETRY}.{kind}.hdf5", plane)
    light = changed.get("color", (seen.rgb / 255.0) ** 2.2 * 3)
    save(root / SCENE / f"images/scene_{CAMERA}_final_hdf5/frame.0003.color.hdf5", light.astype(np.float16))
    save(detail / CAMERA / "camera_keyframe_orientations.hdf5", np.stack([np.eye(3)] * FRAME + [theirs[:3, :3]]))
    save(detail / CAMERA / "camera_keyframe_positions.hdf5", np.stack([np.zeros(3)] * FRAME + [theirs[:3, 3] / UNIT_M]))
    (detail / "metadata_scene.csv").write_text(f"parameter_name, parameter_value\nmeters_per_asset_unit, {UNIT_M}\n")
    write_lens(root, m_cam_from_uv(seen, gl_from_ours))
    return root


def write_lens(root: Path, matrix: Float64[np.ndarray, "3 3"]) -> None:
    names = [f"M_cam_from_uv_{row}{column}" for row in range(3) for column in range(3)]
    values = [repr(float(value)) for value in matrix.ravel()]
    table = f"scene_name,{','.join(names)}\nai_001_001,{','.join('0' * 9)}\n{SCENE},{','.join(values)}\n"
    (root / "metadata_camera_parameters.csv").write_text(table)


def save(path: Path, plane: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with h5py.File(path, "w") as file:
        file.create_dataset("dataset", data=plane, compression="gzip")


def labels(seen: Seen) -> np.ndarray:
    """One thing is a chair, another a desk; the rest is wall."""
    ids, (one, other) = seen.gbuffer.instance_id, some_things(seen)
    return np.where(ids == one, 5, np.where(ids == other, 14, 1))


def instances(seen: Seen) -> np.ndarray:
    ids, (one, other) = seen.gbuffer.instance_id, some_things(seen)
    return np.where(ids == one, 12, np.where(ids == other, 3, -1))


def some_things(seen: Seen) -> tuple[int, int]:
    ids = seen.gbuffer.instance_id
    numbers, pixels = np.unique(ids[ids > 0], return_counts=True)
    one, other = numbers[np.argsort(-pixels)][2:4].tolist()
    return one, other


def shot(root: Path, **said: object) -> Shot:
    whole = Asked("hypersim", root, said, GateSpec())
    (found,) = whole.found()
    assert found.name == f"{SCENE}/{CAMERA}/0003"
    return whole.shot(found, Placed("hypersim", 0))


@pytest.mark.parametrize("degrees", [0.0, 4.0, -12.0])
@pytest.mark.parametrize("normals", ["normal_cam", "normal_world"])
def test_a_frame_comes_back_through_a_tilted_lens(tmp_path: Path, degrees: float, normals: str) -> None:
    seen = seen_room()
    plan, frame = shot(written(tmp_path, degrees), normals=normals)
    np.testing.assert_allclose(frame.gbuffer.z_depth_m, seen.gbuffer.z_depth_m, rtol=6e-4)
    away = np.abs(frame.gbuffer.normal_cam - seen.gbuffer.normal_cam).max(axis=-1)
    assert np.quantile(away, 0.999) < 2e-3
    np.testing.assert_allclose(square(frame.view.intrinsics), seen.k, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(square(frame.view.cam2world), seen.cam2world, atol=1e-6)
    assert plan.origin is not None
    assert plan.origin.lacking == ("scene",)


@pytest.mark.parametrize("degrees", [0.0, 10.0])
def test_a_frame_of_real_size_passes_although_its_depth_goes_in_steps(tmp_path: Path, degrees: float) -> None:
    seen = seen_room(1024, 768)
    _, frame = shot(written(tmp_path, degrees, seen))
    surface = np.isfinite(seen.gbuffer.z_depth_m)
    error = np.abs(frame.gbuffer.z_depth_m[surface] / seen.gbuffer.z_depth_m[surface] - 1)
    assert error.max() <= 2**-11 * 1.001
    assert {"slope", "axes", "edges", "fov"} <= {verdict.gate for verdict in frame.verdicts}


def test_a_wall_at_a_known_distance_comes_out_flat_and_there(tmp_path: Path) -> None:
    """By formula from their README alone: rays of M_cam_from_uv, and the plane that they meet."""
    turn = tilt(7.0) @ CV_FROM_GL[:3, :3]
    matrix = turn @ np.array([[0.6, 0, 0.05], [0, 0.6 * HEIGHT / WIDTH, 0.2], [0, 0, -1.0]])  # shifted and tilted
    u, v = np.meshgrid((np.arange(WIDTH) + 0.5) / WIDTH * 2 - 1, 1 - (np.arange(HEIGHT) + 0.5) / HEIGHT * 2)
    rays = np.stack([u, v, np.ones_like(u)], axis=-1) @ matrix.T
    normal, away_m = np.array([0.1, 0.2, 1.0]) / np.linalg.norm([0.1, 0.2, 1.0]), 3.0  # of the wall, in their axes
    along = -away_m / (rays @ normal)
    distance = (along * np.linalg.norm(rays, axis=-1)).astype(np.float32)
    normals = np.broadcast_to(normal, rays.shape).astype(np.float32)
    written(tmp_path, 0.0, depth_meters=distance, normal_cam=normals, render_entity_id=np.full(u.shape, 7))
    write_lens(tmp_path, matrix)
    whole = Asked("hypersim", tmp_path, {}, GateSpec())
    read = whole.ingester.read(tmp_path, whole.found()[0], whole.said)
    theirs = seen_room().cam2world @ CV_FROM_GL  # as `written` stores it without a tilt
    points = pixel_rays(read.k, WIDTH, HEIGHT) * read.z_depth_m[..., None]
    assert read.cam2world is not None
    in_world = points @ read.cam2world[:3, :3].T + read.cam2world[:3, 3]
    expected = (rays * along[..., None]) @ theirs[:3, :3].T + theirs[:3, 3]
    np.testing.assert_allclose(in_world, expected, atol=1e-5)
    assert read.normal_cam is not None
    facing = read.normal_cam @ (read.cam2world @ CV_FROM_GL)[:3, :3].T
    np.testing.assert_allclose(facing, np.broadcast_to(theirs[:3, :3] @ normal, rays.shape), atol=1e-6)


@pytest.mark.parametrize(("meant", "stated"), [(0.0, 0.0), (12.0, 12.0), (12.0, 0.0), (0.0, 12.0)])
def test_a_lens_that_is_not_the_frames_fails_at_a_gate(tmp_path: Path, meant: float, stated: float) -> None:
    """The rotation of a tilt alone can't be told from the buffers, its shift can."""
    seen = seen_room()
    shifted = seen.k.copy()
    shifted[1, 2] += np.tan(np.radians(stated - meant)) * seen.k[1, 1]
    written(tmp_path, meant)
    px_from_uv = np.linalg.inv(np.array([[2 / WIDTH, 0, -1], [0, -2 / HEIGHT, 1], [0, 0, 1.0]]))
    write_lens(tmp_path, tilt(stated) @ np.linalg.inv(shifted) @ px_from_uv)
    if meant == stated:
        shot(tmp_path)
    else:
        with pytest.raises(FrameError, match=r"gate (fov|slope|axes)"):
            shot(tmp_path)


def test_objects_have_classes_and_what_is_no_instance_is_one_object(tmp_path: Path) -> None:
    plan, frame = shot(written(tmp_path))
    assert same_parts(frame.gbuffer.instance_id, np.where(seen_room().gbuffer.instance_id == 0, 0, labels(seen_room())))
    assert sorted((each.class_name, each.label) for each in plan.objects) == [
        ("chair", "chair"),
        ("desk", "desk"),
        ("wall", "walls"),
    ]


def test_normals_that_are_nan_or_flipped_are_mended_and_counted(tmp_path: Path) -> None:
    seen = seen_room()
    written(tmp_path)
    path = tmp_path / SCENE / f"{GEOMETRY}.normal_cam.hdf5"
    with h5py.File(path) as file:
        normal = file["dataset"][:]
    normal[8:12, 40:44] = np.nan
    normal[8:12, 72:76] *= -1
    save(path, normal)
    plan, frame = shot(tmp_path)
    assert plan.origin is not None
    assert plan.origin.mended["normal missing: its neighbours', the slope of the depth, or toward the camera"] == 16
    assert plan.origin.mended["normal faced away: turned round"] == 16
    for columns in (slice(40, 44), slice(72, 76)):
        there, true = frame.gbuffer.normal_cam[8:12, columns], seen.gbuffer.normal_cam[8:12, columns]
        np.testing.assert_allclose(there, true, atol=5e-3)


def test_depth_that_is_nan_where_there_is_a_surface_drops_the_frame(tmp_path: Path) -> None:
    distance = np.full((HEIGHT, WIDTH), np.nan, np.float16)
    with pytest.raises(FrameError, match="depth is no positive number"):
        shot(written(tmp_path, depth_meters=distance))


def test_the_picture_is_tone_mapped_as_their_code_does() -> None:
    """The 90th percentile of brightness becomes 0.8."""
    light = np.linspace(0, 2, 3000, dtype=np.float32).reshape(50, 20, 3)
    surface = np.ones((50, 20), bool)
    surface[25:] = False
    rgb = tone_mapped(light, surface)
    bright = np.percentile((light @ np.array([0.3, 0.59, 0.11], np.float32))[surface], 90)
    expected = np.clip((light / bright) ** (1 / 2.2) * 0.8, 0, 1)
    assert np.abs(rgb / 255 - expected).max() < 3e-3
    assert tone_mapped(np.zeros((4, 4, 3), np.float32), np.ones((4, 4), bool)).max() == 0
    light[3, 4, 1] = np.inf
    assert tone_mapped(light, surface)[3, 4, 1] == 255
    light[3, 4, 1] = np.nan
    with pytest.raises(FrameError, match="color is no number: 1 pixels"):
        tone_mapped(light, surface)


def test_their_jpeg_may_be_the_picture(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / SCENE / f"images/scene_{CAMERA}_final_hdf5/frame.0003.color.hdf5").unlink()
    jpeg = tmp_path / SCENE / f"images/scene_{CAMERA}_final_preview/frame.0003.tonemap.jpg"
    jpeg.parent.mkdir()
    Image.fromarray(seen_room().rgb).save(jpeg, quality=95)
    _, frame = shot(tmp_path, picture="tonemap")
    assert np.abs(frame.rgb.astype(int) - seen_room().rgb).mean() < 4


@pytest.mark.parametrize(
    ("matrix", "line"),
    [
        ([[100, 5, 80], [0, 100, 64], [0, 0, 1]], "the lens is tilted so that pixels are skewed: by 0.05"),
        ([[100, 0, 80], [0, 110, 64], [0, 0, 1]], r"pixels are skewed: by 0, fx / fy - 1 is -0.0909"),
        ([[-100, 0, 80], [0, 100, 64], [0, 0, 1]], "the lens mirrors the picture"),
    ],
)
def test_a_lens_that_no_pinhole_has_is_told(matrix: list[list[float]], line: str) -> None:
    with pytest.raises(FrameError, match=line):
        pinhole(np.linalg.inv(np.array(matrix, np.float64)))
    with pytest.raises(FrameError, match="the lens is none"):
        pinhole(np.zeros((3, 3)))


@pytest.mark.parametrize(
    ("file", "line"),
    [
        (f"images/scene_{CAMERA}_final_hdf5/frame.0003.color.hdf5", "color.hdf5 is no HDF5 file, or cut short"),
        (f"{GEOMETRY}.semantic.hdf5", "semantic.hdf5 is no HDF5 file, or cut short"),
        (f"_detail/{CAMERA}/camera_keyframe_positions.hdf5", "camera_keyframe_positions.hdf5 is no HDF5 file"),
        ("_detail/metadata_scene.csv", "metadata_scene.csv lacks a column"),
    ],
)
def test_what_is_off_is_told(tmp_path: Path, file: str, line: str) -> None:
    (written(tmp_path) / SCENE / file).write_bytes(b"nothing")
    with pytest.raises(FrameError) as raised:
        shot(tmp_path)
    assert str(raised.value).startswith(line)


def test_a_scene_without_a_row_is_told_and_a_table_is_asked_for(tmp_path: Path) -> None:
    table = written(tmp_path) / "metadata_camera_parameters.csv"
    table.write_text(table.read_text().replace(SCENE, "ai_999_999"))
    with pytest.raises(FrameError, match=rf"metadata_camera_parameters\.csv has no such scene: {SCENE}"):
        shot(tmp_path)
    table.unlink()
    with pytest.raises(InputError, match=r"hypersim needs metadata_camera_parameters\.csv in"):
        shot(tmp_path)
