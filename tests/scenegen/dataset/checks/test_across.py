"""What only the whole run can show: twins, leaks between splits, credits."""

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from scenegen.dataset.assets_used import ASSETS_FILE
from scenegen.dataset.checks.table import CHECKS
from scenegen.dataset.validate import validate
from schemas.frame import Frame, Rejection, Shot
from schemas.run_record import CatalogLock, RunRecord
from schemas.run_spec import SplitSpec
from schemas.validation import CheckVerdict

Shots = list[Shot]


def failed(out: Path) -> dict[str, CheckVerdict]:
    return {check.check: check for check in validate(out).checks if check.verdict == "failed"}


def test_a_whole_dataset_passes_every_check_and_counts_what_it_looked_at(out: Path) -> None:
    report = validate(out)
    assert [check.check for check in report.checks] == list(CHECKS)
    assert {check.verdict for check in report.checks} == {"passed"}
    looked_at = {check.check: check.looked_at for check in report.checks}
    assert looked_at == {
        **dict.fromkeys(("complete", "prompts", "targets"), 12),
        **dict.fromkeys(("plan", "buffers", "ids", "gates", "duplicates"), 6),
        **dict.fromkeys(("record", "leaks", "licences"), 1),
        **dict.fromkeys(("schema", "checksums"), 6),  # triplets, frames and frames set aside of two units; one has none
        "scenes": 3,
    } | {name: looked_at[name] for name in ("schema", "checksums")}
    assert 4 <= looked_at["schema"] == looked_at["checksums"] <= 6


def test_without_frames_it_is_said_what_could_not_be_checked(
    new_record: Callable[..., RunRecord], new_dataset: Callable[[Path, RunRecord], Path], tmp_path: Path
) -> None:
    report = validate(new_dataset(tmp_path / "out", new_record(keep_frames=False)))
    unchecked = {check.check for check in report.checks if check.verdict == "not checked"}
    assert unchecked == {name for name, check in CHECKS.items() if check.needs_frames}
    assert "no pixel held against the truth" in report.check("targets").note


def test_a_frame_stored_twice_is_named(
    recommit: Callable[..., None], shots: Shots, rejections: list[Rejection], out: Path
) -> None:
    """The second scene's first frame shows what the first scene's does."""
    plan, frame = shots[2]
    copy: Frame = dataclasses.replace(frame, gbuffer=shots[0][1].gbuffer, rgb=shots[0][1].rgb)
    recommit([*shots[:2], (plan, copy), shots[3]], rejections)
    (fault,) = failed(out)["duplicates"].faults
    assert (fault.where, fault.what) == (
        "scene-00000001-view-00",
        "its buffers are those of scene-00000000-view-00, to the byte",
    )


def test_assets_in_two_splits_are_a_leak(
    new_record: Callable[..., RunRecord], new_dataset: Callable[[Path, RunRecord], Path], tmp_path: Path
) -> None:
    """The fixture's ball stands in every scene, and each scene is a unit here."""
    record = new_record(scenes=6, scenes_per_unit=1, splits=SplitSpec(train=0.5, val=0.5))
    checks = failed(new_dataset(tmp_path / "out", record))
    assert checks.keys() == {"leaks"}
    assert checks["leaks"].faults[0].where == "builtin/ball"
    assert "train (unit-" in checks["leaks"].faults[0].what
    assert "val (unit-" in checks["leaks"].faults[0].what


def _as(**changes: object) -> Callable[[dict[str, dict[str, object]]], None]:
    return lambda assets: assets["builtin/ball"].update(changes)


@pytest.mark.parametrize(
    ("edit", "complaint"),
    [
        (lambda assets: assets.clear(), "is used, but assets.json does not credit it"),
        (_as(license=""), "assets.json gives no licence for it"),
        (_as(creator=""), "assets.json gives no creator for it"),
        (_as(license="CC-BY-3.0"), "ATTRIBUTION.md: does not say what assets.json says"),
        (lambda assets: assets.update(other=assets["builtin/ball"]), "credits other, which no scene uses"),
        (_as(kind="song"), "assets.json can't be read"),
    ],
)
def test_credits_that_are_off_are_named(out: Path, edit: Callable[[dict[str, object]], None], complaint: str) -> None:
    assets = json.loads((out / ASSETS_FILE).read_text())
    edit(assets)
    (out / ASSETS_FILE).write_text(json.dumps(assets))
    checks = failed(out)
    assert checks.keys() == {"licences"}
    assert any(complaint in str(fault) for fault in checks["licences"].faults)


def test_a_licence_that_the_run_does_not_allow_and_an_asset_that_it_does_not_lock_are_named(
    new_record: Callable[..., RunRecord], new_dataset: Callable[[Path, RunRecord], Path], tmp_path: Path
) -> None:
    record = new_record(licenses=("CC-BY-4.0",))
    record = record.model_copy(update={"catalog_lock": CatalogLock(catalog="builtin", assets={})})
    lines = [fault.what for fault in failed(new_dataset(tmp_path / "out", record))["licences"].faults]
    assert lines == [
        "is used, but is none of the assets that run.json locks",
        "is under CC0-1.0, the run allows CC-BY-4.0",
    ]
