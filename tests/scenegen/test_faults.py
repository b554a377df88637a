"""Faults to order: gates or the code stop every lie, each strike is what it is called, and nothing else is touched."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assets_catalog.opening import open_catalog
from scenegen.faults import LIES, STRIKES, with_faults
from scenegen.produce import frames_of_unit
from scenegen.renderers import FAULTS, open_stage_of
from schemas.errors import SpecError
from schemas.frame import Outcome
from schemas.run_record import RunRecord
from schemas.run_spec import CameraSpec, RenderSpec, RunSpec
from schemas.seeds import ATTEMPTS
from schemas.unit import units_of

SPEC = RunSpec(
    scenes=2,
    catalog="builtin",
    recipe="primitives",
    camera=CameraSpec(width_px=64, height_px=64),
    render=RenderSpec(renderer="analytic", device="cpu"),
)
SCENE = """
import faulthandler, sys
faulthandler.enable(open("/dev/null", "w"))
from scenegen.faults import STRIKES
STRIKES[sys.argv[1]]()
"""


def outcomes(unit_index: int, replaced: tuple[tuple[int, int], ...] = ()) -> Iterator[Outcome]:
    catalog = open_catalog("builtin")
    record = RunRecord(spec=SPEC, catalog_lock=catalog.lock(), versions={})
    return frames_of_unit(record, units_of(SPEC)[unit_index].as_made(replaced), catalog)


@pytest.mark.parametrize(
    ("lie", "fault"),
    [
        ("mirrored", r"drawn 8 times without enough good views; rejected by normals"),
        ("unfilled", r"drawn 8 times without enough good views; rejected by depth"),
        ("cut", "could not be broadcast|shape"),
    ],
)
def test_no_lie_becomes_a_frame(lie: str, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FAULTS, f"{lie}@1")
    with pytest.raises(Exception, match=fault):
        list(outcomes(1))


def test_every_lie_is_tried_here() -> None:
    assert set(LIES) == {"mirrored", "unfilled", "cut"}


def test_a_fault_may_spare_what_replaces_the_scene(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FAULTS, "exception@1:0")
    with pytest.raises(ZeroDivisionError):
        list(outcomes(1))
    other = [*outcomes(1, replaced=((1, 1),))]
    assert {outcome[0].attempt // ATTEMPTS for outcome in other if isinstance(outcome, tuple)} == {1}


def test_scenes_without_an_order_are_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = [outcome[1].rgb.tobytes() for outcome in outcomes(0) if isinstance(outcome, tuple)]
    monkeypatch.setenv(FAULTS, "exception@1")
    assert [outcome[1].rgb.tobytes() for outcome in outcomes(0) if isinstance(outcome, tuple)] == plain
    with pytest.raises(ZeroDivisionError):
        list(outcomes(1))


@pytest.mark.parametrize(("strike", "status"), [("crash", -11), ("abort", -6), ("exception", 1)])
def test_a_strike_ends_its_process(strike: str, status: int) -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", SCENE, strike], cwd=root, capture_output=True, check=False)
    assert done.returncode == status
    assert set(STRIKES) == {"crash", "abort", "hang", "memory", "exception"}


@pytest.mark.parametrize(
    ("orders", "message"),
    [
        ("crush@3", r"unknown fault 'crush' \(did you mean 'crash'\?\)"),
        ("crash", "'crash' names no scene"),
        ("crash@3:", "no scene"),
    ],
)
def test_orders_that_cannot_be_read_are_refused(orders: str, message: str) -> None:
    with pytest.raises(SpecError, match=message):
        with_faults(open_stage_of("analytic"), orders)
