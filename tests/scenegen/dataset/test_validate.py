"""Validation passes what is whole, names the row of each planted defect, and ends early for none of them."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from scenegen.dataset.footer import unit_footer
from scenegen.dataset.pack import UnitFiles
from scenegen.dataset.parquet import filled_row, read_row_group
from scenegen.dataset.png import decode_png, encode_png
from scenegen.dataset.triplets import triplet_from_row, triplets_file
from scenegen.dataset.validate import validate
from schemas.errors import InputError
from schemas.frame import GBuffer, Shot
from schemas.run_record import RunRecord
from schemas.seeds import rng_for
from schemas.triplet import TRIPLET_COLUMNS, Triplet
from schemas.unit import Unit

Shots = list[Shot]
UNIT_0 = "triplets/train/unit-00000000.parquet"
DEPTH = "scene-00000000-view-00-depth"
NORMALS = "scene-00000000-view-00-normals"
FRAME = "scene-00000000-view-00"


def faults_of(out: Path) -> dict[str, str]:
    """Returns where something is off, and what."""
    found: dict[str, str] = {}
    for fault in validate(out).faults:
        found[fault.where] = f"{found.get(fault.where, '')}{fault.what}\n"
    return found


def change_triplets(out: Path, change: Callable[[list[Triplet]], list[Triplet]]) -> None:
    """Rewrites the first unit's triplets as a program with a defect would have: all hashes and checksums right."""
    path = out / UNIT_0
    table = read_row_group(path, 0, TRIPLET_COLUMNS)
    triplets = [triplet_from_row(filled_row(table, index)) for index in range(table.num_rows)]
    path.write_bytes(triplets_file(change(triplets), unit_footer(path).metadata()))


def change_first(out: Path, **changes: object) -> None:
    """Rewrites the first unit with other fields in its first row, a depth triplet."""
    change_triplets(out, lambda rows: [dataclasses.replace(rows[0], **changes), *rows[1:]])  # type: ignore[arg-type]  # fields of all types


def first_triplet(out: Path) -> Triplet:
    return triplet_from_row(filled_row(read_row_group(out / UNIT_0, 0, TRIPLET_COLUMNS), 0))


@pytest.fixture
def repack(
    out: Path,
    record: RunRecord,
    unit: Unit,
    shots: Shots,
    pack: Callable[..., UnitFiles],
    commit: Callable[[Path, UnitFiles], None],
) -> Callable[..., None]:
    """Packs the first unit anew, with other arrays in the buffers of its first frame."""

    def repacked(**changes: np.ndarray) -> None:
        plan, frame = shots[0]
        gbuffer: GBuffer = dataclasses.replace(frame.gbuffer, **changes)
        commit(out, pack(record, unit, [(plan, dataclasses.replace(frame, gbuffer=gbuffer)), *shots[1:]]))

    return repacked


def test_a_whole_dataset_has_no_fault_and_every_target_is_within_its_bound(written_once: Path) -> None:
    told: list[tuple[int, int]] = []
    report = validate(written_once, on_unit=lambda done, planned: told.append((done, planned)))
    assert report.ok, report.faults
    assert (report.frames, report.triplets) == (6, 12)
    assert report.worst_excess.keys() == {"depth", "normals"}
    assert all(0.5 < worst <= 1 for worst in report.worst_excess.values())
    assert told == [(1, 2), (2, 2)]


def test_a_whole_dataset_without_frames_has_no_fault(
    new_record: Callable[..., RunRecord], new_dataset: Callable[[Path, RunRecord], Path], tmp_path: Path
) -> None:
    report = validate(new_dataset(tmp_path / "out", new_record(keep_frames=False)))
    assert report.ok, report.faults
    assert (report.frames, report.triplets, report.worst_excess) == (0, 12, {})


def test_a_bit_flipped_in_a_stored_target_names_the_row_and_no_other(out: Path) -> None:
    target = first_triplet(out).target_png
    stored = bytearray((out / UNIT_0).read_bytes())
    stored[stored.index(target) + len(target) // 2] ^= 1
    (out / UNIT_0).write_bytes(stored)
    faults = faults_of(out)
    assert faults.keys() == {UNIT_0, DEPTH}
    assert "CRC" in faults[UNIT_0]
    assert "edited_image: PNG chunk" in faults[DEPTH]


def test_a_bit_flipped_in_the_frames_names_the_frame(out: Path) -> None:
    path = out / str(unit_footer(out / UNIT_0).frames_path)
    exr = pq.read_table(path)["exr"][2].as_py()
    stored = bytearray(path.read_bytes())
    stored[stored.index(exr) + len(exr) // 2] ^= 16
    path.write_bytes(stored)
    faults = faults_of(out)
    assert faults.keys() == {path.relative_to(out).as_posix(), "scene-00000001-view-00"}
    assert "sha256" in faults[path.relative_to(out).as_posix()]
    assert "EXR" in faults["scene-00000001-view-00"]


@pytest.mark.parametrize("channel", [0, 1, 2])
def test_a_pixel_moved_by_three_codes_is_named_with_its_place(out: Path, channel: int) -> None:
    rgb = decode_png(first_triplet(out).target_png)
    rgb[40, 21, channel] = rgb[40, 21, channel] + 3 if rgb[40, 21, channel] < 128 else rgb[40, 21, channel] - 3
    change_first(out, target_png=encode_png(rgb))
    faults = faults_of(out)
    assert faults.keys() == {DEPTH}
    assert "pixel (21, 40)" in faults[DEPTH]
    assert "1 pixels" in faults[DEPTH]


def test_a_target_off_its_bound_says_what_was_decoded_and_what_is_true(out: Path, shots: Shots) -> None:
    rgb = decode_png(first_triplet(out).target_png)
    rgb[45, 5] = (255, 0, 0)
    change_first(out, target_png=encode_png(rgb))
    true_m = shots[0][1].gbuffer.z_depth_m[45, 5]
    fault = faults_of(out)[DEPTH]
    assert f"0.801234 m decoded at pixel (5, 45), {true_m:.6g} m true" in fault
    assert "times the bound" in fault


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"edit_prompt": "Draw me a depth map."}, "edit_prompt is 'Draw me a depth map.', planned"),
        ({"seed": 7}, "seed is 7, planned"),
        ({"task": "normals"}, "task is 'normals', planned 'depth'"),
        ({"intrinsics": (1.0,) * 9}, "intrinsics is"),
        ({"cam2world": (0.0,) * 16}, "cam2world is"),
        ({"width_px": 48, "height_px": 64}, "width_px is 48, planned 64"),
        ({"z_depth_min_m": 0.5}, "z_depth_min_m is 0.5, planned"),
        ({"z_depth_max_m": float("nan")}, "z_depth_max_m is nan, planned"),
        ({"asset_ids": ()}, "asset_ids is ()"),
        ({"codec": "grey"}, "codec is 'grey'"),
        ({"split": "test"}, "split is 'test', planned 'train'"),
        ({"target_png": b""}, "edited_image: not a PNG"),
        ({"target_png": encode_png(np.zeros((16, 16, 3), np.uint8))}, "edited_image is 16 x 16 pixels"),
    ],
)
def test_a_wrong_field_names_its_row(out: Path, changes: dict[str, object], complaint: str) -> None:
    change_first(out, **changes)
    faults = faults_of(out)
    assert faults.keys() == {DEPTH}
    assert complaint in faults[DEPTH]


def test_an_input_that_is_not_the_frames_picture_is_named_with_figures(out: Path) -> None:
    rgb = decode_png(first_triplet(out).input_image_bytes)
    rgb[3, 4] += 9
    change_first(out, input_image_bytes=encode_png(rgb))
    assert faults_of(out) == {DEPTH: "input_image is not the frame's image: 1 pixels differ, by up to 9 of 255\n"}


def test_swapped_rows_are_both_named(out: Path) -> None:
    change_triplets(out, lambda rows: [rows[1], rows[0], *rows[2:]])
    faults = faults_of(out)
    assert faults.keys() == {DEPTH, NORMALS}
    assert f"has {NORMALS} in its place" in faults[DEPTH]


def test_missing_and_doubled_rows_are_named(out: Path) -> None:
    change_triplets(out, lambda rows: rows[:-1])
    faults = faults_of(out)
    assert "holds 7 rows, planned 8" in faults[UNIT_0]
    assert faults["scene-00000001-view-01-normals"] == "missing in the triplets file\n"
    change_triplets(out, lambda rows: [*rows, rows[-1], rows[-1]])
    assert "holds 9 rows, planned 8" in faults_of(out)[UNIT_0]


def test_a_missing_unit_is_named(out: Path) -> None:
    (out / UNIT_0).unlink()
    assert faults_of(out) == {UNIT_0: "missing: the unit is not committed\n"}


def test_a_missing_frames_file_is_named(out: Path) -> None:
    (out / str(unit_footer(out / UNIT_0).frames_path)).unlink()
    faults = faults_of(out)
    assert faults.keys() == {UNIT_0}
    assert "is missing" in faults[UNIT_0]


def test_foreign_files_among_the_triplets_are_named(out: Path) -> None:
    (out / "triplets/train/unit-00000007.parquet").write_bytes((out / UNIT_0).read_bytes())
    (out / "triplets/notes.txt").write_text("mine")
    assert faults_of(out).keys() == {"triplets/train/unit-00000007.parquet", "triplets/notes.txt"}


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("which", ["triplets", "frames"])
def test_a_truncated_file_is_named(out: Path, which: str, share: float) -> None:
    path = out / (UNIT_0 if which == "triplets" else str(unit_footer(out / UNIT_0).frames_path))
    whole = path.read_bytes()
    path.write_bytes(whole[: int(share * len(whole))])
    assert faults_of(out).keys() == {UNIT_0}


def test_the_frames_of_another_unit_are_noticed(out: Path) -> None:
    mine, others = (
        out / str(unit_footer(out / f"triplets/train/unit-0000000{index}.parquet").frames_path) for index in (0, 1)
    )
    mine.write_bytes(others.read_bytes())
    faults = faults_of(out)
    where = mine.relative_to(out).as_posix()
    assert "sha256" in faults[where]
    assert "its footer's unit is" in faults[where]
    assert "has scene-00000002-view-00 in its place" in faults[FRAME]
    assert faults["scene-00000001-view-00"] == "missing in the frames file\n"


def test_a_footer_of_another_run_is_noticed(out: Path, record: RunRecord) -> None:
    other = record.model_copy(update={"versions": {**record.versions, "scenegen": "0.2.0"}})
    (out / "run.json").write_text(other.model_dump_json())
    fault = faults_of(out)[UNIT_0]
    assert "its footer's run_digest is" in fault
    assert "its footer's versions is {'scenegen': '0.1.0', " in fault
    assert "planned {'scenegen': '0.2.0', " in fault


def test_a_class_that_the_plan_has_otherwise_is_named(repack: Callable[..., None], shots: Shots, out: Path) -> None:
    class_id = shots[0][1].gbuffer.class_id.copy()
    class_id[class_id == 7] = 12
    repack(class_id=class_id)
    count = np.count_nonzero(class_id == 12)
    assert faults_of(out) == {FRAME: f"{count} pixels of instance 2 with class 12, planned: 7\n"}


def test_a_normal_that_faces_away_is_named(repack: Callable[..., None], shots: Shots, out: Path) -> None:
    normal_cam = shots[0][1].gbuffer.normal_cam.copy()
    normal_cam[40, 21] *= -1
    repack(normal_cam=normal_cam)
    faults = faults_of(out)
    assert faults.keys() == {FRAME}
    assert "faces away" in faults[FRAME]
    assert "at pixel (21, 40), one of 1" in faults[FRAME]


def test_a_frame_of_nothing_but_sky_is_no_fault(repack: Callable[..., None], shots: Shots, out: Path) -> None:
    gbuffer = shots[0][1].gbuffer
    nothing = np.zeros_like(gbuffer.instance_id)
    repack(
        z_depth_m=np.full_like(gbuffer.z_depth_m, np.inf),
        normal_cam=np.zeros_like(gbuffer.normal_cam),
        instance_id=nothing,
        class_id=nothing,
    )
    assert faults_of(out) == {}


def test_a_surface_in_one_channel_only_is_named(repack: Callable[..., None], shots: Shots, out: Path) -> None:
    z_depth_m = shots[0][1].gbuffer.z_depth_m.copy()
    z_depth_m[40, 21] = np.inf
    repack(z_depth_m=z_depth_m)
    fault = faults_of(out)[FRAME]
    for name in ("normal_cam", "instance_id", "class_id"):
        assert f"{name} and z_depth_m disagree on where there is a surface" in fault


@pytest.mark.parametrize(
    ("column", "change", "complaint"),
    [
        ("plan", lambda plan: plan.replace('"recipe":"ball"', '"recipe":"cube"'), "plan's recipe is 'cube'"),
        ("plan", lambda plan: plan.replace('"strength":1.0', '"strength":1.00'), "plan changes when it is read"),
        ("plan", lambda plan: plan[:-1], "plan can't be read"),
        ("scene_id", lambda _: "scene-00000005", "scene_id is 'scene-00000005'"),
        ("cam2world", lambda pose: [*pose[:3], 9.0, *pose[4:]], "cam2world is"),
        ("objects", lambda objects: objects[:1], "objects is"),
        ("exr", lambda exr: exr[:-9], "EXR is damaged or cut short"),
        ("image", lambda image: {"bytes": image["bytes"][:-9], "path": None}, "image: PNG cut short"),
    ],
)
def test_a_wrong_value_in_the_frames_names_the_frame(
    out: Path, column: str, change: Callable[[object], object], complaint: str
) -> None:
    path = out / str(unit_footer(out / UNIT_0).frames_path)
    table = pq.read_table(path)
    rows = table.to_pylist()
    rows[0][column] = change(rows[0][column])
    pq.write_table(table.from_pylist(rows, schema=table.schema), path)
    assert complaint in faults_of(out)[FRAME]


def test_an_empty_value_is_a_fault_of_its_row(out: Path) -> None:
    table = pq.read_table(out / UNIT_0)
    rows = table.to_pylist()
    rows[0]["edit_prompt"] = rows[1]["edited_image"] = None
    pq.write_table(table.from_pylist(rows, schema=table.schema), out / UNIT_0)
    assert faults_of(out) == {DEPTH: "no value in edit_prompt\n", NORMALS: "no value in edited_image\n"}


def test_a_table_with_other_columns_is_a_fault(out: Path) -> None:
    table = pq.read_table(out / UNIT_0).drop_columns(["legend"])
    pq.write_table(table, out / UNIT_0)
    assert "legend" in faults_of(out)[UNIT_0]


@pytest.mark.parametrize("content", ["", "{}", "[1, 2]", "\x00\xff", '{"spec": {"tasks": 3}}'])
def test_a_run_record_that_can_not_be_read_is_the_fault(out: Path, content: str) -> None:
    (out / "run.json").write_text(content)
    assert faults_of(out).keys() == {"run.json"}


def test_no_directory_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no directory"):
        validate(tmp_path / "nowhere")


def test_no_garbled_file_goes_unnoticed_or_ends_the_validation(out: Path) -> None:
    rng = rng_for(11, "garble")
    for path in (out / UNIT_0, out / str(unit_footer(out / UNIT_0).frames_path)):
        whole = path.read_bytes()
        for _ in range(30):
            garbled = np.frombuffer(whole, np.uint8).copy()
            start = int(rng.integers(len(garbled)))
            length = int(rng.integers(1, 400))
            garbled[start : start + length] ^= rng.integers(1, 256, len(garbled[start : start + length])).astype(
                np.uint8
            )
            path.write_bytes(garbled.tobytes())
            assert not validate(out).ok, (path.name, start, length)
        path.write_bytes(whole)
