"""Faults to order amid good units: the others are unaffected, each is set aside with its reason, until asked for."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assets_catalog.opening import open_catalog
from ray_cluster.driver import Terms, make_units
from ray_cluster.events import Event, Failed, Lost
from scenegen.renderers import FAULTS
from schemas.errors import RenderError
from schemas.run_record import RunRecord
from schemas.run_spec import CameraSpec, RenderSpec, RunSpec
from schemas.unit import units_of

Contents = Callable[[Path], dict[str, str]]

SPEC = RunSpec(
    scenes=8,
    views_per_scene=1,
    catalog="builtin",
    recipe="primitives",
    tasks=("depth",),
    camera=CameraSpec(width_px=64, height_px=64),
    render=RenderSpec(renderer="analytic", device="cpu"),
)
DEADLINE_S = 120.0
"""None of these faults hangs."""
SET_ASIDE = {
    1: ("crashed", "SIGSEGV", 3),
    2: ("render", None, 1),
    4: ("unforeseen", None, 3),
    6: ("crashed", "SIGABRT", 3),
}
"""Unit -> kind, signal, attempts."""


@pytest.fixture(scope="module")
def planned() -> RunRecord:
    return RunRecord(spec=SPEC, catalog_lock=open_catalog("builtin").lock(), versions={"scenegen": "test"})


def run(record: RunRecord, out: Path, retry_failed: bool = False) -> list[Event]:
    events: list[Event] = []
    terms = Terms(deadline_s=DEADLINE_S, retry_failed=retry_failed)
    make_units(record, out, "builtin", 2, events.append, terms=terms)
    return events


def test_faults_cost_their_own_units_only_and_those_are_tried_again_when_asked(
    session_ray: None, planned: RunRecord, tmp_path: Path, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FAULTS, "crash@1 mirrored@2 cut@4 abort@6")
    out = tmp_path / "out"
    with pytest.raises(RenderError, match="4 of 8 units failed, the rest is committed") as failed:
        run(planned, out)
    shutil.rmtree(Path(str(failed.value).rpartition("workers' logs: ")[2]).parent)
    committed = {unit.index for unit in units_of(SPEC) if (out / unit.triplets_path).exists()}
    assert committed == {0, 3, 5, 7}
    check_failures(out)
    monkeypatch.delenv(FAULTS)
    check_left_until_asked(planned, out, monkeypatch)
    events = run(planned, out, retry_failed=True)
    assert not any(isinstance(event, Lost | Failed) for event in events)
    assert not list(out.glob("failures/*.json"))
    run(planned, calm := tmp_path / "calm")
    assert contents(out) == contents(calm)


def check_failures(out: Path) -> None:
    told = {int(path.stem[-8:]): json.loads(path.read_text()) for path in out.glob("failures/unit-*.json")}
    found = {
        index: (failure["attempts"][-1]["kind"], failure["attempts"][-1]["signal"], len(failure["attempts"]))
        for index, failure in told.items()
    }
    assert found == SET_ASIDE
    said = {line for attempt in told[1]["attempts"] for line in attempt["last_lines"]}
    assert "Fatal Python error: Segmentation fault" in said  # many threads' stacks may push it out of an attempt's end
    assert "rejected by normals" in told[2]["attempts"][0]["reason"]
    assert told[4]["attempts"][2]["traceback"].startswith("Traceback")
    assert told[1]["scene_start"] == 1


def check_left_until_asked(record: RunRecord, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plain second run tries none of them, names them, and starts no Ray."""
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "ray_cluster.fleet", None)  # importing it would raise
        with pytest.raises(
            RenderError,
            match="4 units were set aside by an earlier run, --retry-failed tries them again; unit-00000001: its "
            "worker process died of SIGSEGV",
        ):
            run(record, out)
