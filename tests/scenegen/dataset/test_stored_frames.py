"""Frames as they are kept: what is read back is what was written, of the run that was asked for, a little at a time."""

import json
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scenegen.dataset import parquet, stored_frames
from scenegen.dataset.exr import encode_exr
from scenegen.dataset.footer import unit_footer
from scenegen.dataset.frames import frame_row, shot_from_row
from scenegen.dataset.pack import pack_frame
from scenegen.dataset.picture import decode_picture, encode_picture
from scenegen.dataset.stored_frames import check_has_frames, open_frames
from schemas.errors import DatasetError, InputError
from schemas.frame import GBuffer, Shot
from schemas.run_record import RunRecord
from schemas.run_spec import ImageSpec
from schemas.unit import Unit, units_of

NewRecord = Callable[..., RunRecord]
NewDataset = Callable[[Path, RunRecord], Path]
NewShots = Callable[[RunRecord, Unit], list[Shot]]


def encoding(record: RunRecord) -> RunRecord:
    """Returns the record of a run that encodes the frames of another."""
    return record.model_copy(update={"frames_from": record.digest()})


def read(out: Path, record: RunRecord, unit: Unit) -> list[Any]:
    return list(open_frames(encoding(record), str(out), 1)(unit))


def row_of(shot: Shot) -> dict[str, object]:
    plan, frame = shot
    return frame_row(plan, frame, encode_picture(frame.rgb, ImageSpec()))


def test_every_unit_comes_back_as_it_was_kept(out: Path, record: RunRecord, new_shots: NewShots) -> None:
    for unit in units_of(record.spec):
        kept = new_shots(record, unit)
        for (plan, frame), (its_plan, its_frame) in zip(read(out, record, unit), kept, strict=True):
            assert plan == its_plan
            assert frame.picture == encode_picture(its_frame.rgb, record.spec.image)
            same = ("frame_id", "view", "agreement", "verdicts")
            assert [getattr(frame, name) for name in same] == [getattr(its_frame, name) for name in same]
            np.testing.assert_array_equal(frame.rgb, its_frame.rgb)
            for buffer in (field.name for field in fields(GBuffer)):
                np.testing.assert_array_equal(getattr(frame.gbuffer, buffer), getattr(its_frame.gbuffer, buffer))


def test_materials_that_are_not_shown_have_no_name(shots: list[Shot]) -> None:
    plan, frame = shots[0]
    assert set(np.unique(frame.gbuffer.material_id)) == {0, 2, 3}
    assert frame.materials == ("unseen", "red plastic", "tiles")
    assert shot_from_row(row_of((plan, frame)))[1].materials == ("", "red plastic", "tiles")


def test_a_jpeg_is_passed_on_as_the_file_that_it_is(
    tmp_path: Path, new_record: NewRecord, new_dataset: NewDataset
) -> None:
    record = new_record(image=ImageSpec(format="jpeg"))
    unit = units_of(record.spec)[0]
    plan, frame = read(new_dataset(tmp_path, record), record, unit)[0]
    assert frame.picture is not None
    np.testing.assert_array_equal(decode_picture(frame.picture), frame.rgb)
    assert {each.input_image_bytes for each in pack_frame(record, plan, frame).triplets} == {frame.picture}
    again = pack_frame(record, plan, replace(frame, picture=None)).triplets[0].input_image_bytes
    assert again != frame.picture  # what the file's passing on prevents


def test_no_more_than_a_row_group_is_held(
    tmp_path: Path, record: RunRecord, new_dataset: NewDataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "ROW_GROUP_ROWS", 2)
    new_dataset(tmp_path, record)
    groups: list[int] = []
    read_row_group = parquet.read_row_group

    def noted(path: Path, group: int, *arguments: Any) -> Any:
        groups.append(group)
        return read_row_group(path, group, *arguments)

    monkeypatch.setattr(stored_frames, "read_row_group", noted)
    frames = open_frames(encoding(record), str(tmp_path), 1)(units_of(record.spec)[0])
    assert [(next(frames), len(groups))[1] for _ in range(4)] == [1, 1, 2, 2]
    assert list(frames) == []


def test_another_dataset_is_refused(out: Path, record: RunRecord, new_record: NewRecord) -> None:
    for other in (record, encoding(new_record(seed=6))):
        with pytest.raises(InputError, match="is not the dataset of the run's record"):
            open_frames(other, str(out), 1)


def test_a_unit_that_is_not_committed_is_told(out: Path, record: RunRecord, unit: Unit) -> None:
    (out / unit.triplets_path).unlink()
    with pytest.raises(DatasetError, match="has not committed it yet"):
        read(out, record, unit)


def test_a_unit_of_another_run_is_refused(
    out: Path, tmp_path: Path, record: RunRecord, unit: Unit, new_record: NewRecord, new_dataset: NewDataset
) -> None:
    other = new_dataset(tmp_path / "other", new_record(seed=6))
    (other / unit.triplets_path).rename(out / unit.triplets_path)
    with pytest.raises(DatasetError, match=rf"{unit.name}.parquet is no unit of the run in {out}"):
        read(out, record, unit)


def test_frames_of_another_content_are_refused(out: Path, record: RunRecord, unit: Unit) -> None:
    path = out / str(unit_footer(out / unit.triplets_path).frames_path)
    path.write_bytes(path.read_bytes().replace(b"red plastic", b"red elastic", 1))
    with pytest.raises(DatasetError, match="its sha256 is"):
        read(out, record, unit)


def cropped(shot: Shot) -> bytes:
    gbuffer = shot[1].gbuffer
    return encode_exr(GBuffer(**{field.name: getattr(gbuffer, field.name)[:-1] for field in fields(GBuffer)}))


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("plan", lambda shot: "{", "the plan can't be read"),
        (
            "plan",
            lambda shot: json.dumps(json.loads(shot[0].model_dump_json()) | {"schema_version": 3}),
            "schema_version",
        ),
        ("view_index", lambda shot: 99, "view_index is 99, the plan has 4 candidates"),
        ("view_index", lambda shot: -1, "view_index is -1"),
        ("image", lambda shot: {"bytes": b"GIF", "path": "x.gif"}, "neither a PNG nor a JPEG"),
        ("image", lambda shot: {"bytes": encode_picture(shot[1].rgb[:, 1:], ImageSpec())}, "the picture 63 x 48"),
        ("exr", lambda shot: b"", "not an EXR"),
        ("exr", cropped, "the EXR 64 x 47"),
    ],
)
def test_a_row_that_is_off_is_told(shots: list[Shot], column: str, value: Callable[[Shot], object], words: str) -> None:
    with pytest.raises(DatasetError, match=words):
        shot_from_row(row_of(shots[0]) | {column: value(shots[0])})


def test_what_keeps_no_frames_is_refused(out: Path, tmp_path: Path, record: RunRecord, new_record: NewRecord) -> None:
    check_has_frames(out, record)
    with pytest.raises(InputError, match="made with keep_frames=false"):
        check_has_frames(out, new_record(keep_frames=False))
    with pytest.raises(InputError, match="encoded from those of another dataset"):
        check_has_frames(out, encoding(new_record(keep_frames=False)))
    with pytest.raises(InputError, match="no unit of it is committed"):
        check_has_frames(tmp_path / "empty", record)
