"""OUT: which folders are taken, which units count as committed, and that a unit is never published in part."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ray_cluster import run_folder
from ray_cluster.run_folder import open_out, pending_units, publish
from ray_cluster.storage import open_storage
from scenegen.dataset.pack import UnitFiles
from schemas.errors import DatasetError, OutputError
from schemas.run_record import RunRecord
from schemas.unit import Receipt, units_of

MadeHere = Callable[..., Receipt]


def test_a_new_out_holds_the_record(tmp_path: Path, record: RunRecord) -> None:
    out = tmp_path / "deep" / "out"
    open_out(out, record)
    assert RunRecord.model_validate_json((out / "run.json").read_bytes()) == record
    open_out(out, record)


def test_another_run_is_refused_with_the_differences_on_one_line(tmp_path: Path, record: RunRecord) -> None:
    open_out(tmp_path, record)
    other = record.model_copy(update={"spec": record.spec.model_copy(update={"seed": 5}), "versions": {"bpy": "1"}})
    before = (tmp_path / "run.json").read_bytes()
    with pytest.raises(OutputError, match=r"another run: spec.seed: 0 there, 5 asked for; versions.bpy") as caught:
        open_out(tmp_path, other)
    assert "\n" not in str(caught.value)
    assert (tmp_path / "run.json").read_bytes() == before


def test_many_differences_are_cut_short(tmp_path: Path, record: RunRecord) -> None:
    open_out(tmp_path, record)
    other = record.model_copy(update={"versions": {str(index): "1" for index in range(100)}})
    with pytest.raises(OutputError, match="and 96 more"):
        open_out(tmp_path, other)


def test_a_folder_of_other_things_is_refused(tmp_path: Path, record: RunRecord) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(OutputError, match=r"thesis.tex"):
        open_out(tmp_path, record)
    assert os.listdir(tmp_path) == ["thesis.tex"]


def test_a_file_is_refused(tmp_path: Path, record: RunRecord) -> None:
    (tmp_path / "out").write_text("")
    for out in (tmp_path / "out", tmp_path / "out" / "below"):
        with pytest.raises(OutputError, match="out"):
            open_out(out, record)


def test_a_name_that_is_no_utf8_is_refused_and_not_made(tmp_path: Path, record: RunRecord) -> None:
    out = Path(os.fsdecode(os.fsencode(tmp_path) + b"/out-\xff"))
    with pytest.raises(OutputError, match=r"out-\\xff: the path has bytes that are no UTF-8"):
        open_out(out, record)
    assert os.listdir(tmp_path) == []


def test_a_folder_named_like_a_home_is_a_folder(
    tmp_path: Path, record: RunRecord, monkeypatch: pytest.MonkeyPatch, made_here: MadeHere
) -> None:
    monkeypatch.chdir(tmp_path)
    open_out(Path("~"), record)
    assert os.listdir(tmp_path / "~") == ["run.json"]
    made_here(record, Path("~"), units_of(record.spec)[0])
    assert [*pending_units(Path("~"), record)] == [*units_of(record.spec)][1:]


@pytest.mark.parametrize("kind", ["triplets", "frames"])
def test_a_fifo_in_place_of_a_file_is_named_and_not_opened(
    tmp_path: Path, record: RunRecord, kind: str, made_here: MadeHere
) -> None:
    open_out(tmp_path, record)
    receipt = made_here(record, tmp_path, units_of(record.spec)[0])
    path = tmp_path / (receipt.unit.triplets_path if kind == "triplets" else str(receipt.frames_path))
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(DatasetError, match=f"{path.name}: it is a FIFO"):
        pending_units(tmp_path, record)


def test_a_run_that_was_killed_before_its_record_goes_on(tmp_path: Path, record: RunRecord) -> None:
    (tmp_path / ".staging").mkdir()
    (tmp_path / ".staging" / "half").write_text("{")
    open_out(tmp_path, record)
    assert os.listdir(tmp_path) == ["run.json"]


def test_committed_units_are_not_pending(tmp_path: Path, record: RunRecord, made_here: MadeHere) -> None:
    units = [*units_of(record.spec)]
    open_out(tmp_path, record)
    assert [*pending_units(tmp_path, record)] == units
    receipt = made_here(record, tmp_path, units[2])
    assert (receipt.frames, receipt.triplets, receipt.already_there) == (2, 4, False)
    assert [*pending_units(tmp_path, record)] == units[:2] + units[3:]
    assert made_here(record, tmp_path, units[2]).already_there


@pytest.mark.parametrize("kind", ["triplets", "frames"])
@pytest.mark.parametrize("size_bytes", [0, 4, 1000])
def test_a_torn_file_does_not_count_and_is_not_deleted(
    tmp_path: Path, record: RunRecord, kind: str, size_bytes: int, made_here: MadeHere
) -> None:
    open_out(tmp_path, record)
    receipt = made_here(record, tmp_path, units_of(record.spec)[0])
    path = tmp_path / (receipt.unit.triplets_path if kind == "triplets" else str(receipt.frames_path))
    os.truncate(path, size_bytes)
    with pytest.raises(DatasetError, match=path.name) as caught:
        pending_units(tmp_path, record)
    assert "move" in str(caught.value)
    assert path.stat().st_size == size_bytes


def test_a_unit_of_another_run_does_not_count(tmp_path: Path, record: RunRecord, made_here: MadeHere) -> None:
    other = record.model_copy(update={"spec": record.spec.model_copy(update={"seed": 5})})
    unit = units_of(record.spec)[0]
    open_out(tmp_path, record)
    made_here(other, tmp_path, unit)
    with pytest.raises(DatasetError, match=f"{unit.name}.parquet is no unit of this run"):
        pending_units(tmp_path, record)


def test_a_unit_under_another_name_does_not_count(tmp_path: Path, record: RunRecord, made_here: MadeHere) -> None:
    first, second = units_of(record.spec)[:2]
    made_here(record, tmp_path, first)
    target = tmp_path / second.triplets_path
    target.parent.mkdir(exist_ok=True)
    (tmp_path / first.triplets_path).rename(target)
    with pytest.raises(DatasetError, match="is no unit of this run"):
        pending_units(tmp_path, record)


def test_frames_of_a_beaten_racer_do_not_stay(tmp_path: Path, record: RunRecord, made_here: MadeHere) -> None:
    unit = units_of(record.spec)[0]
    first = made_here(record, tmp_path, unit)
    triplets = (tmp_path / unit.triplets_path).read_bytes()
    files = UnitFiles(unit, b"other triplets", b"other frames", unit.frames_path("f" * 64), 4, 2)
    second = publish(open_storage(tmp_path), files)
    assert second.already_there
    assert second.frames_path == first.frames_path
    assert (tmp_path / unit.triplets_path).read_bytes() == triplets
    assert [path.relative_to(tmp_path).as_posix() for path in (tmp_path / "frames").rglob("*.parquet")] == [
        first.frames_path
    ]


def test_a_large_run_is_listed_by_names_and_few_files_are_opened(
    tmp_path: Path, record: RunRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = record.model_copy(update={"spec": record.spec.model_copy(update={"scenes": 2000, "scenes_per_unit": 1})})
    units = units_of(large.spec)
    open_out(tmp_path, large)
    for unit in units[:1500]:
        (tmp_path / unit.triplets_path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / unit.triplets_path).touch()
    opened: list[int] = []
    monkeypatch.setattr(run_folder, "_check_committed", lambda out, path, unit, digest: opened.append(unit.index))
    assert [*pending_units(tmp_path, large)] == [*units[1500:]]
    assert 32 < len(opened) <= 64
    assert max(opened) - min(opened) > 1400
