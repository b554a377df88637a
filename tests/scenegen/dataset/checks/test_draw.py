"""A share of the frames is drawn evenly, the same for the same seed, and bounds what was not looked at."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from scenegen.dataset.checks.draw import Draw, at_most, drawn, share_of
from scenegen.dataset.validate import validate
from schemas.errors import InputError
from schemas.triplet import Triplet
from schemas.validation import ValidationReport

UNIT_0 = "triplets/train/unit-00000000.parquet"


@pytest.mark.parametrize(("text", "share"), [("1%", 0.01), ("0.01", 0.01), (" 100 % ", 1.0), ("0.5%", 0.005)])
def test_shares_are_read(text: str, share: float) -> None:
    assert share_of(text) == share


@pytest.mark.parametrize("text", ["0", "-1%", "101%", "1.01", "one", "", "nan", "1%%"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"--sample .*such as 1%"):
        share_of(text)


def test_every_frame_is_drawn_as_often_as_any_other() -> None:
    counts = np.zeros(40, int)
    for seed in range(2000):
        some = drawn(Draw(0.1, seed), "run", 40, range(4))
        assert len(set(some.frames.tolist())) == 4
        counts[some.frames] += 1
    assert counts.sum() == 8000
    assert abs(counts - 200).max() < 5 * np.sqrt(180)


def test_a_draw_is_the_same_again_and_another_of_another_seed_or_run() -> None:
    first = drawn(Draw(0.01, 1), "a", 100_000, range(1000))
    again = drawn(Draw(0.01, 1), "a", 100_000, range(1000))
    np.testing.assert_array_equal(first.frames, again.frames)
    assert first.units == again.units
    for other in (drawn(Draw(0.01, 2), "a", 100_000, range(1000)), drawn(Draw(0.01, 1), "b", 100_000, range(1000))):
        assert not np.array_equal(first.frames, other.frames)
        assert first.units != other.units
    assert len(first.frames) == 1000
    assert first.within(500, 700) == {frame for frame in first.frames.tolist() if 500 <= frame < 700}


def test_the_bound_is_clopper_and_pearsons() -> None:
    """0 of n: (1 - p)^n = 0.05. 1 of 10 is in the tables: 0.394."""
    assert at_most(0, 1000) == pytest.approx(1 - 0.05**0.001)
    assert at_most(1, 10) == pytest.approx(0.394, abs=5e-4)
    assert (at_most(7, 7), at_most(0, 0)) == (1.0, None)


def test_a_share_reads_its_frames_and_all_names(out: Path) -> None:
    report = validate(out, draw=Draw(0.5, seed=3))
    assert report.ok, report.faults
    assert report.sample is not None
    assert (report.frames, report.triplets, report.sample.frames, report.sample.units) == (3, 6, 3, 1)
    assert report.frames_at_most == at_most(0, 3)
    assert report.check("complete").looked_at == 12
    assert report.check("checksums").at_most == at_most(0, 1)
    assert "only among the frames drawn" in report.check("duplicates").note
    assert report == validate(out, draw=Draw(0.5, seed=3))


def test_scenes_are_not_checked_where_no_whole_one_was_drawn(out: Path) -> None:
    verdicts = {draw: validate(out, draw=draw).check("scenes") for draw in (Draw(0.01), Draw(1.0), None)}
    assert [(each.verdict, each.looked_at > 0) for each in verdicts.values()] == [
        ("not checked", False),
        ("passed", True),
        ("passed", True),
    ]


def test_a_fault_is_found_by_the_draws_that_hold_its_frame(
    out: Path, stored_triplets: list[Triplet], write_triplets: Callable[..., None]
) -> None:
    swapped = [stored_triplets[0], *stored_triplets[1:]]
    swapped[0] = Triplet(**{**vars(stored_triplets[0]), "edit_prompt": "A depth map of it, please."})
    write_triplets(swapped)
    reports = {seed: validate(out, draw=Draw(0.2, seed)) for seed in range(12)}
    with_frame = {seed for seed in reports if 0 in drawn(Draw(0.2, seed), _digest(reports[seed]), 6, range(2)).frames}
    assert 0 < len(with_frame) < 12
    assert {seed for seed, report in reports.items() if not report.ok} == with_frame
    assert {report.frames_at_fault for report in reports.values()} == {0, 1}


def test_a_row_that_is_missing_or_doubled_is_named_whatever_was_drawn(
    out: Path, stored_triplets: list[Triplet], write_triplets: Callable[..., None]
) -> None:
    write_triplets(stored_triplets[:-1])
    for seed in range(4):
        faults = {fault.where: fault.what for fault in validate(out, draw=Draw(0.01, seed)).check("complete").faults}
        assert faults["scene-00000001-view-01-normals-0"] == "missing in the triplets file"
    write_triplets([*stored_triplets, stored_triplets[-1]])
    faults = {fault.where: fault.what for fault in validate(out, draw=Draw(0.01)).check("complete").faults}
    assert faults["scene-00000001-view-01-normals-0"] == "stands in the triplets file again"


def test_a_report_is_read_back_from_its_json(out: Path) -> None:
    (out / UNIT_0).unlink()
    report = validate(out, draw=Draw(1.0))
    assert not report.ok
    assert ValidationReport.model_validate_json(report.model_dump_json()) == report
    assert json.loads(report.model_dump_json())["checks"][1]["faults"][0]["where"] == UNIT_0


def _digest(report: ValidationReport) -> str:
    assert report.run_digest is not None
    return report.run_digest
