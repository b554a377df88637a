"""A selection of `make mutations`: each kind of defect, in a few frames of the analytic renderer, is caught by name."""

from pathlib import Path

import pytest

from assets_catalog.opening import open_catalog
from bench.mutations.subject import Subject, contents_of, findings_of, subjects
from bench.mutations.table import STORED, alarms, picture_counts, stored_counts, wall_count
from bench.mutations.unstored import cameras_in_walls
from scenegen.produce import frames_of_unit
from schemas.frame import Rejection
from schemas.run_record import RunRecord
from schemas.run_spec import CameraSpec, RenderSpec, RunSpec
from schemas.unit import units_of
from tests.scenegen.dataset.conftest import pack_shots, write_unit

SIDE_PX = 128


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A room and yards, two frames each."""
    catalog = open_catalog("builtin")
    out = tmp_path_factory.mktemp("mutations") / "out"
    spec = RunSpec(
        scenes=3,
        views_per_scene=2,
        scenes_per_unit=3,
        recipe={"room": 1.0, "primitives": 1.0},
        catalog="builtin",
        tasks=("depth",),
        camera=CameraSpec(width_px=SIDE_PX, height_px=SIDE_PX),
        render=RenderSpec(renderer="analytic", device="cpu"),
    )
    record = RunRecord(spec=spec, catalog_lock=catalog.lock(), versions={"scenegen": "test"})
    (unit,) = units_of(spec)
    outcomes = [*frames_of_unit(record, unit, catalog)]
    shots = [each for each in outcomes if isinstance(each, tuple)]
    out.mkdir()
    (out / "run.json").write_text(record.model_dump_json())
    write_unit(out, pack_shots(record, unit, shots, [each for each in outcomes if isinstance(each, Rejection)]))
    return out


@pytest.fixture(scope="module")
def good(dataset: Path) -> list[Subject]:
    found = list(subjects(dataset, 3))
    assert len({subject.shots[0][0].recipe for subject in found}) == 2
    return found


def test_good_frames_raise_no_alarm(good: list[Subject], tmp_path: Path) -> None:
    assert alarms(good, tmp_path) == (6, [])


@pytest.mark.parametrize("name", STORED)
def test_what_is_planted_in_what_is_stored_is_caught_by_name(name: str, good: list[Subject], tmp_path: Path) -> None:
    count = stored_counts(good, tmp_path, [name], most=2)[name]
    assert (count.planted, count.missed) == (2, [])


def test_what_is_planted_in_the_light_is_caught_by_name(good: list[Subject]) -> None:
    for name, count in picture_counts(good).items():
        assert (count.planted, count.missed) == (3, []), name


def test_cameras_in_walls_are_caught_by_name(good: list[Subject]) -> None:
    count = wall_count(cameras_in_walls(good, open_catalog("builtin"), 8))
    assert (count.planted, count.missed) == (8, [])


def test_a_defect_that_is_named_elsewhere_does_not_count(good: list[Subject], tmp_path: Path) -> None:
    """What the table counts is its own measure: nothing planted is nothing caught."""
    found = findings_of(good[0], contents_of(good[0].files), tmp_path)
    assert not found.any_fault
    assert stored_counts(good[:0], tmp_path, ["a flipped bit"])["a flipped bit"].holds is False
