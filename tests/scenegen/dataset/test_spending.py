"""What a run took is the sum of its ledger; what lies under OUT is told by names alone."""

from pathlib import Path

import pytest

from scenegen.dataset.contents import contents
from scenegen.dataset.spending import spending
from schemas.ledger import LedgerEntry


def entry(out: Path, unit: int, attempt: int = 1, **changes: object) -> str:
    """Writes an entry of ten frames, and returns its name."""
    fields: dict[str, object] = {
        "unit": f"unit-{unit:08d}",
        "attempt": attempt,
        "host": "one",
        "wall_s": 20.0,
        "core_s": {"make": 8.0, "encode": 2.0},
        "stored_bytes": 1000,
        "frames": 10,
        "triplets": 20,
        "rejected": {},
        "already_there": False,
    }
    told = LedgerEntry.model_validate(fields | changes)
    name = f"ledger/{told.unit}-{attempt}.json"
    (out / name).parent.mkdir(exist_ok=True)
    (out / name).write_text(told.model_dump_json())
    return name


def test_time_is_summed_by_stage_and_host(tmp_path: Path) -> None:
    names = [entry(tmp_path, 0), entry(tmp_path, 1, host="two"), entry(tmp_path, 2)]
    heard: list[tuple[int, int]] = []
    spent = spending(tmp_path, names, lambda *counts: heard.append(counts))
    assert spent.core_s == {"make": 24.0, "encode": 6.0}
    assert spent.host_core_s == {"one": 20.0, "two": 10.0}
    assert spent.host_frames == {"one": 20, "two": 10}
    assert (spent.frames, spent.stored_bytes, spent.wall_s) == (30, 3000, 60.0)
    assert spent.frames_a_core_hour == pytest.approx(3600)
    assert heard == [(1, 3), (2, 3), (3, 3)]


def test_work_for_nothing_costs_and_makes_no_frames(tmp_path: Path) -> None:
    names = [entry(tmp_path, 0), entry(tmp_path, 0, 2, already_there=True)]
    spent = spending(tmp_path, names)
    assert (spent.frames, spent.units, spent.in_vain) == (10, {"unit-00000000"}, 1)
    assert (spent.core_s.total(), spent.in_vain_core_s) == (20.0, 10.0)


def test_an_entry_that_can_not_be_read_is_counted_and_passed_over(tmp_path: Path) -> None:
    names = [entry(tmp_path, 0), entry(tmp_path, 1), "ledger/unit-00000002-1.json"]
    (tmp_path / names[1]).write_text('{"unit"')
    spent = spending(tmp_path, names)
    assert (spent.entries, spent.unreadable, spent.frames) == (1, 2, 10)


def test_nothing_spent_has_no_speed(tmp_path: Path) -> None:
    assert spending(tmp_path, []).frames_a_core_hour is None


def test_contents_are_told_by_kind(tmp_path: Path) -> None:
    for name in (
        "triplets/train/unit-00000000.parquet",
        "frames/train/unit-00000000-0123456789abcdef.parquet",
        "failures/train/unit-00000000-0123456789abcdef.parquet",
        "failures/unit-00000003.json",
        "failures/unit-00000002-replaced.json",
        "failures/notes.json",
        "ledger/unit-00000000-1.json",
        "ledger/strange.json",
        "README.md",
        ".staging/half",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"0123456789")
    there = contents(tmp_path)
    assert there.stored_bytes == {"triplets": 10, "frames": 10, "failures": 40, "ledger": 20, "others": 20}
    assert (there.committed, there.ledger) == ([0], ["ledger/unit-00000000-1.json"])
    assert there.set_aside == ["failures/unit-00000003.json"]
    assert there.replaced == ["failures/unit-00000002-replaced.json"]
    assert there.denied == 1
