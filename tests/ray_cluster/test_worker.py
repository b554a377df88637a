"""A worker: commits beside the next render, tells each fault of its own unit, keeps words apart, knows its limits."""

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from ray_cluster.events import Fault, FrameDone, Lease, Recycled, Rejected, Voided, WorkerEvent
from ray_cluster.limits import WorkerLimits, limits_for, machine_bytes, resident_bytes
from ray_cluster.packer import Packer, Parcel
from ray_cluster.run_folder import open_out, pending_units, publish
from ray_cluster.worker import Job, Worker
from scenegen.dataset.footer import unit_footer
from scenegen.dataset.pack import PackedFrame, pack_frame
from schemas.errors import DatasetError, RenderError
from schemas.frame import Frame
from schemas.run_record import RunRecord
from schemas.scene_plan import ScenePlan
from schemas.unit import Receipt, units_of

Contents = Callable[[Path], dict[str, str]]
MadeHere = Callable[..., Receipt]
Hire = Callable[..., Worker]


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    return tmp_path / "logs"


@pytest.fixture
def hire(record: RunRecord, tmp_path: Path, logs: Path, monkeypatch: pytest.MonkeyPatch) -> Hire:
    """Returns a worker in this process that writes to tmp_path/out."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))

    def worker(frames: str = "walls", limits: WorkerLimits | None = None, views: int = 2) -> Worker:
        planned = record.model_copy(update={"spec": record.spec.model_copy(update={"views_per_scene": views})})
        job = Job(planned, tmp_path / "out", f"analytic:{frames}", "builtin", 1, limits or WorkerLimits())
        (tmp_path / "out").mkdir(exist_ok=True)
        return Worker(job, logs)

    return worker


def kinds(events: Iterator[WorkerEvent]) -> list[tuple[type, int]]:
    return [(type(event), event.unit.index) for event in events]


def test_a_unit_is_committed_beside_the_next_and_its_receipt_comes_with_the_next(
    record: RunRecord, hire: Hire, monkeypatch: pytest.MonkeyPatch
) -> None:
    committing, rendered = threading.Event(), threading.Event()

    def late(*arguments: object) -> Receipt:
        committing.set()
        assert rendered.wait(10)
        return publish(*arguments)  # type: ignore[arg-type]  # as given

    monkeypatch.setattr("ray_cluster.packer.publish", late)
    worker = hire()
    first, second = units_of(record.spec)[:2]
    assert kinds(worker.make(Lease(first))) == [(FrameDone, 0)] * 2
    assert committing.wait(120)
    events = worker.make(Lease(second))
    assert kinds(iter([next(events), next(events)])) == [(FrameDone, 1)] * 2
    rendered.set()
    assert kinds(events) == [(Receipt, 0)]
    assert kinds(worker.finish()) == [(Receipt, 1)]
    assert kinds(worker.finish()) == []


def test_at_most_two_frames_wait_to_be_packed(record: RunRecord, hire: Hire, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Semaphore(0), threading.Semaphore(0)

    def slow(record: RunRecord, plan: ScenePlan, frame: Frame) -> PackedFrame:
        begun.release()
        assert go_on.acquire(timeout=120)
        return pack_frame(record, plan, frame)

    monkeypatch.setattr("ray_cluster.packer.pack_frame", slow)
    events = hire(views=4).make(Lease(units_of(record.spec)[0]))
    assert kinds(iter([next(events), next(events)])) == [(FrameDone, 0)] * 2
    third = threading.Thread(target=next, args=(events,))
    third.start()
    assert begun.acquire(timeout=120)
    third.join(0.2)
    assert third.is_alive()
    for _ in range(4):
        go_on.release()
    third.join(120)
    assert not third.is_alive()
    assert kinds(events) == [(FrameDone, 0)]


def test_what_cannot_be_packed_is_told_of_its_own_unit(record: RunRecord, hire: Hire) -> None:
    worker = hire("cannot_be_packed_at_unit_1")
    events = [event for unit in units_of(record.spec)[:3] for event in worker.make(Lease(unit))] + [*worker.finish()]
    (fault,) = (event for event in events if isinstance(event, Fault))
    assert fault.unit.index == 1
    assert isinstance(fault.error, RenderError)
    assert "scene-00000001" in fault.reason
    assert [event.unit.index for event in events if isinstance(event, Receipt)] == [0, 2]
    assert not any(isinstance(event, Recycled) for event in events)


def test_a_worker_that_met_what_nobody_foresaw_tells_all_and_leaves(
    record: RunRecord, hire: Hire, logs: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    worker = hire("stumbles_at_unit_1")
    first, second = units_of(record.spec)[:2]
    with capfd.disabled():  # pytest's own stderr is no longer on descriptor 2
        events = [*worker.make(Lease(first)), *worker.make(Lease(second))]
    assert {(FrameDone, 1), (Receipt, 0)} == set(kinds(iter(events[2:-2])))
    raised, recycled = events[-2:]
    assert isinstance(raised, Fault)
    assert isinstance(recycled, Recycled)
    assert raised.error is None
    assert "ZeroDivisionError: by zero" in raised.reason
    assert "stumbles_at_unit_1" in (logs / "unit-00000001.log").read_text()


def test_a_log_holds_the_words_of_its_unit_from_python_and_c_and_goes_with_the_commit(
    record: RunRecord, hire: Hire, logs: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    worker = hire("speaks")
    first, second = units_of(record.spec)[:2]
    spoken: dict[str, str] = {}
    with capfd.disabled():  # pytest's own stdout is no longer on descriptor 1
        for unit in (first, second):
            events = list(worker.make(Lease(unit)))
            spoken[unit.name] = (logs / f"{unit.name}.log").read_text()
    assert kinds(iter(events[-1:])) == [(Fault, 1)]
    for name, text in spoken.items():
        voices = sorted({line.rpartition(" in ")[0] for line in text.splitlines() if line.endswith(f" in {name}")})
        assert voices == ["descriptor", "held back", "python", "stderr"]
        assert {line.rpartition(" in ")[2] for line in text.splitlines() if " in unit" in line} == {name}
    assert os.listdir(logs) == [f"{second.name}.log"]


def test_of_the_frames_to_set_aside_a_worker_holds_no_more_than_their_unit_keeps(
    record: RunRecord, hire: Hire, monkeypatch: pytest.MonkeyPatch
) -> None:
    parcels: list[Parcel] = []
    commit = Packer.commit

    def seen(packer: Packer, parcel: Parcel) -> Future[Receipt]:
        parcels.append(parcel)
        return commit(packer, parcel)

    monkeypatch.setattr(Packer, "commit", seen)
    worker = hire("rejects", views=40)
    assert kinds(iter([*worker.make(Lease(units_of(record.spec)[0])), *worker.finish()][-1:])) == [(Receipt, 0)]
    assert [rejection.shot is not None for rejection in parcels[0].rejections] == [True] * 32 + [False] * 8


def test_rejected_views_are_told_and_stand_in_the_commit_record_and_frames_set_aside_beside_it(
    record: RunRecord, hire: Hire, tmp_path: Path
) -> None:
    open_out(out := tmp_path / "out", record)
    worker = hire("rejects")
    unit, other = units_of(record.spec)[:2]
    events = [*worker.make(Lease(unit)), *worker.make(Lease(other)), *worker.finish()]
    assert [event for event in events if isinstance(event, Rejected) and event.unit == unit] == [
        Rejected(unit, 0, view_index, "witness_ids", 0.5) for view_index in range(2)
    ]
    footer = unit_footer(out / unit.triplets_path)
    assert [view.view_index for view in footer.rejections] == [0, 1]
    assert footer.set_aside_path is not None
    assert unit_footer(out / other.triplets_path).set_aside_path is None
    assert unit not in pending_units(out, record)
    (out / footer.set_aside_path).unlink()
    with pytest.raises(DatasetError, match="failures"):
        pending_units(out, record)


def test_a_ledger_that_cannot_be_written_costs_nothing_else(record: RunRecord, hire: Hire, tmp_path: Path) -> None:
    open_out(out := tmp_path / "out", record)
    (out / "ledger").write_text("in the way")
    unit = units_of(record.spec)[0]
    worker = hire("rejects")
    *_, receipt = [*worker.make(Lease(unit, 3)), *worker.finish()]
    assert isinstance(receipt, Receipt)
    assert receipt.costs is not None
    assert receipt.costs.rejected == {"witness_ids": 2}
    assert receipt.costs.attempt == 3


def test_frames_of_a_scene_that_is_drawn_anew_are_void(
    record: RunRecord, hire: Hire, tmp_path: Path, made_here: MadeHere, contents: Contents
) -> None:
    worker = hire("redraws")
    open_out(tmp_path / "out", record)
    unit = units_of(record.spec)[0]
    events = [*worker.make(Lease(unit)), *worker.finish()]
    assert kinds(iter(events)) == [(FrameDone, 0), (Voided, 0), (FrameDone, 0), (FrameDone, 0), (Receipt, 0)]
    made_here(record, tmp_path / "calm", unit)
    assert contents(tmp_path / "out") == contents(tmp_path / "calm")


@pytest.mark.parametrize(
    ("limits", "leaves_after"),
    [(WorkerLimits(scenes=2), [1, 3]), (WorkerLimits(resident_bytes=1), [0, 1, 2, 3]), (WorkerLimits(), [])],
)
def test_a_worker_that_reached_a_limit_says_so_once_all_is_told(
    record: RunRecord, hire: Hire, limits: WorkerLimits, leaves_after: list[int]
) -> None:
    worker, left = hire(limits=limits), []
    for unit in units_of(record.spec)[:4]:
        events = list(worker.make(Lease(unit)))
        if isinstance(events[-1], Recycled):
            assert kinds(iter(events[-2:])) == [(Receipt, unit.index), (Recycled, unit.index)]
            assert events[-1].pid == os.getpid()
            left.append(unit.index)
            worker = hire(limits=limits)
    assert left == leaves_after


def test_limits_leave_room_for_all_workers() -> None:
    assert 0 < resident_bytes() < machine_bytes()
    assert all(0 < count * limits_for(count).resident_bytes < machine_bytes() for count in (1, 2, 64))
    assert limits_for(2, scenes=7).scenes == 7
