"""A warden's own processes: each way to end is told with its reason, and the next unit finds a fresh process."""

import os
import re
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from ray_cluster.commit_steps import COMMIT_FAULT
from ray_cluster.events import Begun, Fault, FrameDone, Lease, Recycled, WorkerEvent
from ray_cluster.limits import WorkerLimits
from ray_cluster.staging import STAGING
from ray_cluster.warden import Warden
from ray_cluster.worker import Job, Worker
from schemas.run_record import RunRecord
from schemas.unit import Receipt, units_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

HERE = Path(__file__).parent
LONG_S = 600.0
"""More than any machine takes."""
Hire = Callable[..., Warden]


@pytest.fixture
def hire(record: RunRecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hire]:
    """Returns wardens, whose processes import what stands here and keep temporary files below tmp_path."""
    wardens: list[Warden] = []
    (tmp_path / "temporary").mkdir()
    (tmp_path / "out").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")]))

    def warden(frames: str, limits: WorkerLimits | None = None) -> Warden:
        job = Job(record, tmp_path / "out", f"analytic:{frames}", "builtin", 1, limits or WorkerLimits())
        wardens.append(Warden(job, tmp_path / "logs"))
        return wardens[-1]

    yield warden
    for one in wardens:
        one.leave()
    assert not os.listdir(tmp_path / "temporary")


def units(record: RunRecord, *indexes: int) -> list[Lease]:
    return [Lease(units_of(record.spec)[index]) for index in indexes]


def pid_of(events: list[WorkerEvent]) -> int:
    (begun,) = (event for event in events if isinstance(event, Begun))
    return begun.pid


def is_gone(pid: int) -> bool:
    """Returns whether a process has ended with all its threads; one that only waits to be reaped has."""
    try:
        if len(os.listdir(f"/proc/{pid}/task")) > 1:
            return False
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


@pytest.mark.parametrize(
    ("frames", "kind", "name", "reason"),
    [
        ("crashes_at_unit_1", "crashed", "SIGSEGV", "its worker process died of SIGSEGV; "),
        ("dies_at_unit_1", "crashed", None, "its worker process left with status 1; "),
        ("is_killed_at_unit_1", "killed", "SIGKILL", "its worker process died of SIGKILL; "),
        ("hangs_at_unit_1", "hung", None, "it was not done within 1 s, and its process was ended; "),
        ("eats_memory_at_unit_1", "memory", None, "its process held "),
    ],
)
def test_a_process_that_ends_or_must_be_ended_costs_its_unit_and_is_replaced(
    record: RunRecord, hire: Hire, frames: str, kind: str, name: str | None, reason: str
) -> None:
    warden = hire(frames, WorkerLimits(ceiling_bytes=700 * 2**20))
    first, second, third = units(record, 0, 1, 2)
    before = list(warden.make(first, LONG_S))
    assert [type(event) for event in [*warden.finish(LONG_S)]] == [Begun, Receipt]
    told = list(warden.make(second, 1.0 if kind == "hung" else LONG_S))
    fault = told[-1]
    assert isinstance(fault, Fault)
    assert (fault.unit, fault.kind, fault.signal) == (second.unit, kind, name)
    assert fault.reason.startswith(reason)
    assert fault.last_lines[0] == "words of unit-00000001"
    assert pid_of(told) == pid_of(before)
    assert is_gone(pid_of(told))
    after = list(warden.make(third, LONG_S))
    assert pid_of(after) != pid_of(told)
    assert [type(event) for event in [*warden.finish(LONG_S)]] == [Begun, Receipt]


def test_of_two_units_in_hand_the_one_in_the_making_is_the_cause_and_the_other_a_bystander(
    record: RunRecord, hire: Hire, monkeypatch: pytest.MonkeyPatch
) -> None:
    warden = hire("dies_at_unit_1")
    first, second = units(record, 0, 1)
    list(warden.make(first, LONG_S))
    told = list(warden.make(second, LONG_S))
    faults = [event for event in told if isinstance(event, Fault)]
    receipts = [event for event in told if isinstance(event, Receipt)]
    assert [(fault.unit.index, fault.kind) for fault in faults] in (
        [(1, "crashed")],
        [(1, "crashed"), (0, "bystander")],
    )
    assert len(faults) + len(receipts) == 2


def test_what_a_process_started_is_ended_with_it(
    record: RunRecord, hire: Hire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ray_cluster.warden._NOTICE_S", 0.0)
    warden, child = hire("hangs_with_a_child"), tmp_path / "logs" / "child"

    def stop_once_the_child_is_there() -> None:
        while not child.exists() or not child.read_text():
            time.sleep(0.02)
        warden.stop()

    threading.Thread(target=stop_once_the_child_is_there, daemon=True).start()
    (lease,) = units(record, 0)
    told = list(warden.make(lease, LONG_S))
    assert isinstance(told[-1], Fault)
    assert is_gone(int(child.read_text()))


def test_what_a_process_had_staged_goes_when_it_dies(
    record: RunRecord, hire: Hire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(COMMIT_FAULT, "kill@staged:triplets/")
    warden = hire("walls")
    (lease,) = units(record, 0)
    told = [*warden.make(lease, LONG_S), *warden.finish(LONG_S)]
    assert isinstance(told[-1], Fault)
    assert not (tmp_path / "out" / STAGING).exists()


def test_a_process_that_died_while_nothing_was_asked_of_it_costs_nobody_anything(record: RunRecord, hire: Hire) -> None:
    warden = hire("walls")
    first, second = units(record, 0, 1)
    pid = pid_of(list(warden.make(first, LONG_S)))
    list(warden.finish(LONG_S))
    os.kill(pid, signal.SIGKILL)
    while not is_gone(pid):
        time.sleep(0.01)
    assert not [event for event in warden.make(second, LONG_S) if isinstance(event, Fault)]


def test_a_process_that_is_asked_to_leave_tells_of_the_commit_in_hand_and_gives_the_other_unit_back(
    record: RunRecord, hire: Hire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ray_cluster.warden._NOTICE_S", LONG_S)
    warden = hire("hangs_at_unit_1")
    first, second = units(record, 0, 1)
    list(warden.make(first, LONG_S))
    told: list[WorkerEvent] = []
    for event in warden.make(second, LONG_S):
        told.append(event)
        if isinstance(event, FrameDone):
            warden.stop()
    assert [event.unit.index for event in told if isinstance(event, Receipt)] == [0]
    assert [(event.unit.index, event.kind) for event in told if isinstance(event, Fault)] == [(1, "preempted")]


def test_a_recycled_process_leaves_and_a_fresh_one_takes_its_place(record: RunRecord, hire: Hire) -> None:
    warden = hire("walls", WorkerLimits(scenes=1))
    told = [list(warden.make(lease, LONG_S)) for lease in units(record, 0, 1)]
    assert all(isinstance(events[-1], Recycled) for events in told)
    assert len({pid_of(events) for events in told}) == 2
    assert all(is_gone(pid_of(events)) for events in told)


def test_libraries_compute_in_one_thread_in_every_worker(record: RunRecord, hire: Hire) -> None:
    warden = hire("walls")
    (lease,) = units(record, 0)
    pid = pid_of(list(warden.make(lease, LONG_S)))
    seen = Path(f"/proc/{pid}/environ").read_text().split("\0")
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
    assert {f"{name}=1" for name in names} <= set(seen)


def test_a_machine_with_other_versions_ends_the_run(
    record: RunRecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(HERE))
    other = record.model_copy(update={"versions": {"code": "0" * 16, "numpy": version("numpy")}})
    worker = Worker(Job(other, tmp_path, "analytic:walls", "builtin", 1, WorkerLimits()), tmp_path / "logs")
    fault = list(worker.make(Lease(units_of(other.spec)[0])))[-1]
    assert isinstance(fault, Fault)
    assert fault.kind == "input"
    assert re.fullmatch(
        f".* has code [0-9a-f]{{16}}, the run has {'0' * 16}; install the same on every machine", fault.reason
    )
