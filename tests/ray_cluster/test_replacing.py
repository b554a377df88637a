"""Full counts: where the spec asks for one, scenes that end their unit give way to those of the next seeds."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assets_catalog.opening import open_catalog
from ray_cluster.driver import STORED, Terms, make_units
from ray_cluster.events import Event, Failed, Fault, Lost, Replaced
from ray_cluster.policies import POLICIES, FaultKind
from ray_cluster.replacing import as_replaced, note_replaced, replacement
from ray_cluster.status import run_status
from ray_cluster.storage import open_storage
from scenegen.dataset.checks.frame_checks import Place, check_frame
from scenegen.dataset.footer import unit_footer
from scenegen.dataset.parquet import filled_row, read_column, read_row_group
from scenegen.dataset.validate import validate
from scenegen.renderers import FAULTS
from schemas.errors import RenderError
from schemas.frame import FRAME_COLUMNS
from schemas.run_record import RunRecord
from schemas.run_spec import CameraSpec, RenderSpec, RunSpec
from schemas.unit import Unit, units_of

Contents = Callable[[Path], dict[str, str]]

SPEC = RunSpec(
    scenes=6,
    scenes_per_unit=3,
    views_per_scene=2,
    full_count=True,
    catalog="builtin",
    recipe="primitives",
    tasks=("depth",),
    camera=CameraSpec(width_px=64, height_px=64),
    render=RenderSpec(renderer="analytic", device="cpu"),
)


@pytest.fixture(scope="module")
def planned() -> RunRecord:
    return RunRecord(spec=SPEC, catalog_lock=open_catalog("builtin").lock(), versions={"scenegen": "test"})


def run(record: RunRecord, out: Path, workers: int = 1) -> list[Event]:
    events: list[Event] = []
    make_units(record, out, "builtin", workers, events.append, terms=Terms(deadline_s=120.0))
    return events


def fault(unit: Unit, scene_index: int | None, kind: FaultKind = "crashed") -> Fault:
    return Fault(unit, kind, "it died", scene_index=scene_index)


def test_a_scene_that_ends_its_unit_gives_way_and_all_are_there(
    session_ray: None, planned: RunRecord, tmp_path: Path, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FAULTS, "crash@1:0 mirrored@5:0 mirrored@5:1")
    events = run(planned, out := tmp_path / "out")
    assert not any(isinstance(event, Failed) for event in events)
    told = [(event.scene_index, len(event.faults)) for event in events if isinstance(event, Replaced)]
    assert sorted(told) == [(1, 3), (5, 1), (5, 1)]
    footers = [unit_footer(out / unit.triplets_path) for unit in units_of(SPEC)]
    assert [footer.unit.replaced for footer in footers] == [((1, 1),), ((5, 2),)]
    report = validate(out)
    assert report.frames == SPEC.scenes * SPEC.views_per_scene
    assert not [verdict for verdict in report.checks if verdict.at_fault]
    assert (run_status(out).units_set_aside, run_status(out).units_with_scenes_replaced) == (0, 2)
    noted = json.loads((out / "failures/unit-00000000-replaced.json").read_text())
    assert [(each["signal"], each["scene_index"]) for each in noted["attempts"]] == [("SIGSEGV", 1)] * 3
    assert noted["replaced"] == [[1, 1]]
    run(planned, again := tmp_path / "again", workers=2)
    assert contents(again) == contents(out)
    check_encoded(planned, out, tmp_path)
    check_other_scenes_are_the_same(planned, out, tmp_path, monkeypatch)
    check_plans_are_held_against_what_was_replaced(out)


def check_encoded(record: RunRecord, out: Path, tmp_path: Path) -> None:
    spec = SPEC.model_copy(update={"keep_frames": False, "tasks": ("normals",)})
    encoded = record.model_copy(update={"spec": spec, "frames_from": record.digest()})
    make_units(encoded, target := tmp_path / "normals", str(out), 1, lambda event: None, frames=STORED)
    report = validate(target, frames=out)
    assert report.frames == SPEC.scenes * SPEC.views_per_scene
    assert not [verdict for verdict in report.checks if verdict.at_fault]


def check_plans_are_held_against_what_was_replaced(out: Path) -> None:
    (path,) = out.glob("frames/*/unit-00000000-*.parquet")
    row = filled_row(read_row_group(path, 0, FRAME_COLUMNS), 2)
    times_found = {}
    for replaced in ((), ((1, 1),), ((1, 2),)):
        place = Place(SPEC, units_of(SPEC)[0].as_made(replaced), 1, 0)
        times_found[replaced] = [fault.what for fault in check_frame(place, row).faults]
    assert times_found == {
        (): ["plan's attempt 8 is of replacement 1, the footer says 0"],
        ((1, 1),): [],
        ((1, 2),): ["plan's attempt 8 is of replacement 1, the footer says 2"],
    }


def check_other_scenes_are_the_same(
    record: RunRecord, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(FAULTS)
    run(record, calm := tmp_path / "calm")
    cameras = [_cameras(root) for root in (out, calm)]
    assert {frame[:14] for frame in cameras[0] if cameras[0][frame] != cameras[1][frame]} == {
        "scene-00000001",
        "scene-00000005",
    }


def _cameras(out: Path) -> dict[str, object]:
    found: dict[str, object] = {}
    for unit in units_of(SPEC):
        names, poses = (read_column(out / unit.triplets_path, name) for name in ("frame_id", "cam2world"))
        found |= dict(zip(names, poses, strict=True))
    return found


def test_a_scene_is_replaced_three_times_then_its_unit_is_set_aside_and_a_resumed_run_goes_on_from_there(
    session_ray: None, planned: RunRecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FAULTS, "mirrored@4")
    with pytest.raises(RenderError, match="1 of 2 units failed"):
        run(planned, tmp_path)
    status = run_status(tmp_path)
    assert (status.units_set_aside, status.units_with_scenes_replaced, status.total.units) == (1, 1, 1)
    (tmp_path / "failures/unit-00000001.json").unlink()
    monkeypatch.delenv(FAULTS)
    events = run(planned, tmp_path)
    assert not any(isinstance(event, Lost | Failed | Replaced) for event in events)
    assert unit_footer(tmp_path / units_of(SPEC)[1].triplets_path).unit.replaced == ((4, 3),)
    assert not [verdict for verdict in validate(tmp_path).checks if verdict.at_fault]


def test_a_fault_of_the_unit_replaces_all_its_scenes(planned: RunRecord) -> None:
    replaced = replacement(planned, [fault(units_of(SPEC)[1].as_made(((4, 1),)), None)])
    assert replaced is not None
    assert replaced.unit.replaced == ((3, 1), (4, 2), (5, 1))
    assert replaced.unit.planned == units_of(SPEC)[1]


@pytest.mark.parametrize("kind", POLICIES)
def test_only_what_may_be_the_scene_replaces_it_and_only_where_that_is_asked_for(
    kind: FaultKind, planned: RunRecord
) -> None:
    faults = [fault(unit := units_of(SPEC)[0], 1, kind)]
    is_of_scene = kind in {"crashed", "killed", "memory", "hung", "silent", "unforeseen", "asset", "render"}
    assert (replacement(planned, faults) is not None) == is_of_scene
    plain = planned.model_copy(update={"spec": SPEC.model_copy(update={"full_count": False})})
    encoded = planned.model_copy(update={"frames_from": "0" * 64})
    assert replacement(plain, faults) is None
    assert replacement(encoded, faults) is None
    assert replacement(planned, [fault(unit.as_made(((1, 3),)), 1, kind)]) is None


def test_what_was_replaced_is_read_again_unless_it_is_of_another_run(planned: RunRecord, tmp_path: Path) -> None:
    storage, unit = open_storage(tmp_path), units_of(SPEC)[0]
    first = replacement(planned, [fault(unit, 1)] * 3)
    assert first is not None
    note_replaced(storage, planned, first)
    second = replacement(planned, [fault(first.unit, 2)] * 3)
    assert second is not None
    note_replaced(storage, planned, second)
    assert [each.replaced for each in as_replaced(storage, planned, units_of(SPEC))] == [((1, 1), (2, 1)), ()]
    scenes = [each["scene_index"] for each in json.loads((tmp_path / unit.replaced_path).read_text())["attempts"]]
    assert scenes == [1, 1, 1, 2, 2, 2]
    other = planned.model_copy(update={"versions": {"scenegen": "other"}})
    assert [each.replaced for each in as_replaced(storage, other, units_of(SPEC))] == [(), ()]
