"""Samples of each task are drawn by a seed, from as many units as there are, and damage is passed over."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pytest

from scenegen.dataset import task_samples as drawing
from scenegen.dataset.parquet import read_index
from scenegen.dataset.reader import committed_units
from scenegen.dataset.task_samples import task_samples
from schemas.run_record import RunRecord

TASKS = ("depth", "normals")


@pytest.fixture(scope="module")
def units(
    tmp_path_factory: pytest.TempPathFactory,
    new_record: Callable[..., RunRecord],
    new_dataset: Callable[[Path, RunRecord], Path],
) -> list[Path]:
    """Five units of a scene with two frames."""
    return committed_units(
        new_dataset(tmp_path_factory.mktemp("five") / "out", new_record(scenes=5, scenes_per_unit=1))
    )


def test_each_task_has_its_own_rows_one_of_each_unit_first(units: list[Path]) -> None:
    found = task_samples(units, TASKS, 5, 0)
    for task in TASKS:
        assert {row.task for row in found[task]} == {task}
        assert len({row.scene_id for row in found[task]}) == 5
    more = task_samples(units, TASKS, 99, 0)
    assert len({row.sample_id for row in more["depth"]}) == len(more["depth"]) == 10


def test_the_seed_decides(units: list[Path]) -> None:
    def names(seed: int) -> list[str]:
        return [row.sample_id for row in task_samples(units, TASKS, 3, seed)["depth"]]

    assert names(0) == names(0)
    assert len({tuple(names(seed)) for seed in range(6)}) > 1


def test_what_is_damaged_or_not_there_is_passed_over(units: list[Path], tmp_path: Path) -> None:
    (torn := tmp_path / "torn.parquet").write_bytes(units[0].read_bytes()[:-9])
    found = task_samples([torn, units[1]], (*TASKS, "semantic"), 4, 0)
    assert (len(found["depth"]), found["semantic"]) == (2, ())
    assert task_samples([], TASKS, 4, 0) == {"depth": (), "normals": ()}


def test_few_units_are_opened(units: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []

    def noted(path: Path, names: Sequence[str]) -> tuple[list[int], pa.Table]:
        opened.append(path)
        return read_index(path, names)

    monkeypatch.setattr(drawing, "_ASKED", 2)
    monkeypatch.setattr(drawing, "read_index", noted)
    assert len(task_samples(units, TASKS, 4, 0)["normals"]) == 4
    assert len(opened) == len(set(opened)) == 2
