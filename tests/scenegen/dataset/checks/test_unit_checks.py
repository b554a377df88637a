"""A unit's files are held against their footers, their hashes and their numbers of rows."""

from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from scenegen.dataset.footer import UnitFooter, unit_footer
from schemas.run_record import RunRecord
from schemas.triplet import Triplet

Faults = Callable[[], dict[str, str]]
UNIT_0 = "triplets/train/unit-00000000.parquet"


def test_a_bit_flipped_in_a_stored_target_names_the_row_and_no_other(
    out: Path, faults: Faults, stored_triplets: list[Triplet]
) -> None:
    target = stored_triplets[0].target_png
    stored = bytearray((out / UNIT_0).read_bytes())
    stored[stored.index(target) + len(target) // 2] ^= 1
    (out / UNIT_0).write_bytes(stored)
    found = faults()
    assert found.keys() == {UNIT_0, "scene-00000000-view-00-depth-0"}
    assert "CRC" in found[UNIT_0]
    assert "edited_image: PNG chunk" in found["scene-00000000-view-00-depth-0"]


@pytest.mark.parametrize(
    ("which", "row", "where"),
    [("frames_path", 2, "scene-00000001-view-00"), ("set_aside_path", 0, "scene-00000001-attempt-0-candidate-00")],
)
def test_a_bit_flipped_in_an_exr_names_the_frame(
    out: Path, faults: Faults, footer: UnitFooter, which: str, row: int, where: str
) -> None:
    path = out / getattr(footer, which)
    exr = pq.read_table(path)["exr"][row].as_py()
    stored = bytearray(path.read_bytes())
    stored[stored.index(exr) + len(exr) // 2] ^= 16
    path.write_bytes(stored)
    found = faults()
    assert found.keys() == {path.relative_to(out).as_posix(), where}
    assert "sha256" in found[path.relative_to(out).as_posix()]
    assert "EXR" in found[where]


def test_missing_and_doubled_rows_are_named(
    faults: Faults, stored_triplets: list[Triplet], write_triplets: Callable[..., None]
) -> None:
    write_triplets(stored_triplets[:-1])
    found = faults()
    assert "holds 7 rows, planned 8" in found[UNIT_0]
    assert found["scene-00000001-view-01-normals-0"] == "missing in the triplets file\n"
    write_triplets([*stored_triplets, stored_triplets[-1]])
    assert "holds 9 rows, planned 8" in faults()[UNIT_0]


def test_a_missing_unit_is_named(out: Path, faults: Faults) -> None:
    (out / UNIT_0).unlink()
    assert faults() == {UNIT_0: "missing: the unit is not committed\n"}


@pytest.mark.parametrize("which", ["frames_path", "set_aside_path"])
def test_a_missing_file_of_frames_is_named(out: Path, faults: Faults, footer: UnitFooter, which: str) -> None:
    (out / getattr(footer, which)).unlink()
    found = faults()
    assert found.keys() == {UNIT_0}
    assert getattr(footer, which) in found[UNIT_0]
    assert "missing" in found[UNIT_0]


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("which", ["triplets", "frames_path", "set_aside_path"])
def test_a_truncated_file_is_named(out: Path, faults: Faults, footer: UnitFooter, which: str, share: float) -> None:
    path = out / (UNIT_0 if which == "triplets" else getattr(footer, which))
    whole = path.read_bytes()
    path.write_bytes(whole[: int(share * len(whole))])
    assert faults().keys() == {UNIT_0}


def test_the_frames_of_another_unit_are_noticed(out: Path, faults: Faults, footer: UnitFooter) -> None:
    mine = out / str(footer.frames_path)
    others = unit_footer(out / "triplets/train/unit-00000001.parquet").frames_path
    mine.write_bytes((out / str(others)).read_bytes())
    found = faults()
    where = mine.relative_to(out).as_posix()
    assert "sha256" in found[where]
    assert "its footer's unit is" in found[where]
    assert "has scene-00000002-view-00 in its place" in found["scene-00000000-view-00"]
    assert found["scene-00000001-view-00"] == "missing in the frames file\n"


def test_a_footer_of_another_run_is_noticed(out: Path, faults: Faults, record: RunRecord) -> None:
    other = record.model_copy(update={"versions": {**record.versions, "scenegen": "0.2.0"}})
    (out / "run.json").write_text(other.model_dump_json())
    fault = faults()[UNIT_0]
    assert "its footer's run_digest is" in fault
    assert "its footer's versions is {'scenegen': '0.1.0', " in fault
    assert "planned {'scenegen': '0.2.0', " in fault


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"frames_path": "frames/train/unit-00000000-00.parquet"}, "frames_path is 'frames/train/unit-00000000-00"),
        ({"set_aside_path": "/etc/passwd"}, "set_aside_path is '/etc/passwd', planned"),
        ({"set_aside_sha256": None}, "without its sha256"),
        ({"set_aside_sha256": "0" * 64}, "its frames set aside failures/train/unit-00000000-0000000000000000.parquet"),
    ],
)
def test_a_wrong_name_in_the_commit_record_is_a_fault(
    out: Path,
    faults: Faults,
    stored_triplets: list[Triplet],
    write_triplets: Callable[..., None],
    changes: dict[str, object],
    complaint: str,
) -> None:
    write_triplets(stored_triplets, **changes)
    assert complaint in "".join(faults().values())


def test_a_table_with_other_columns_is_a_fault(out: Path, faults: Faults) -> None:
    table = pq.read_table(out / UNIT_0).drop_columns(["legend"])
    pq.write_table(table, out / UNIT_0)
    assert "legend" in faults()[UNIT_0]


def test_an_empty_value_is_a_fault_of_its_row(out: Path, faults: Faults) -> None:
    table = pq.read_table(out / UNIT_0)
    rows = table.to_pylist()
    rows[0]["edit_prompt"] = rows[1]["edited_image"] = None
    pq.write_table(table.from_pylist(rows, schema=table.schema), out / UNIT_0)
    assert faults() == {
        "scene-00000000-view-00-depth-0": "no value in edit_prompt\n",
        "scene-00000000-view-00-normals-0": "no value in edited_image\n",
    }


def test_another_name_of_a_stored_image_is_a_fault(out: Path, faults: Faults) -> None:
    table = pq.read_table(out / UNIT_0)
    rows = table.to_pylist()
    rows[0]["input_image"]["path"] = "picture.gif"
    pq.write_table(table.from_pylist(rows, schema=table.schema), out / UNIT_0)
    assert "written again they give other bytes" in faults()[UNIT_0]
