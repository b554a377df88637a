"""Workers on a real Ray that leave for fresh ones: same bytes, other processes, and none that stays behind."""

import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ray_cluster import post as posts
from ray_cluster.driver import Terms, make_units
from ray_cluster.embedded import ray
from ray_cluster.events import Event, Lease, Lost, Recycled
from ray_cluster.limits import WorkerLimits
from ray_cluster.places import Place
from ray_cluster.post import Post, dismiss
from ray_cluster.worker import Job
from schemas.run_record import RunRecord
from schemas.unit import units_of

pytestmark = pytest.mark.usefixtures("session_ray")

Contents = Callable[[Path], dict[str, str]]


def gone(pid: int) -> bool:
    """Returns whether a process has ended; one that only waits to be reaped has."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


def wait_for(condition: Callable[[], bool], limit_s: float = 120.0) -> None:
    end = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < end, f"not within {limit_s:g} s"
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("limits", "reason", "lacking"),
    [
        (WorkerLimits(scenes=2), "it made 2 scenes", 4),
        (WorkerLimits(resident_bytes=1), "it holds 0.", 2),
    ],
)
def test_recycled_workers_write_the_same_bytes_and_cost_no_attempt(
    record: RunRecord,
    reference: Path,
    tmp_path: Path,
    contents: Contents,
    limits: WorkerLimits,
    reason: str,
    lacking: int,
) -> None:
    shutil.copytree(reference, out := tmp_path / "out")
    for path in (path for unit in units_of(record.spec)[:lacking] for path in out.rglob(f"{unit.name}*")):
        path.unlink()
    events: list[Event] = []
    make_units(record, out, "builtin", 1, events.append, frames="analytic:walls", terms=Terms(limits=limits))
    assert contents(out) == contents(reference)
    recycled = [event for event in events if isinstance(event, Recycled)]
    assert len({event.pid for event in recycled}) == len(recycled) == 2
    assert all(event.reason.startswith(reason) for event in recycled)
    assert not any(isinstance(event, Lost) for event in events)
    wait_for(lambda: all(gone(event.pid) for event in recycled))


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_worker_that_does_not_leave_is_ended(
    record: RunRecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posts, "_LEAVE_S", 0.2)
    hanging = Post(Place(1, Job(record, tmp_path, "analytic:hangs", "builtin", 1, WorkerLimits()), tmp_path / "logs"))
    stream = hanging.make(Lease(units_of(record.spec)[0]), 600.0)
    wait_for(lambda: (tmp_path / "pid").exists() and bool((tmp_path / "pid").read_text()))
    dismiss([hanging])
    wait_for(lambda: gone(int((tmp_path / "pid").read_text())))
    with pytest.raises(ray.exceptions.RayError):
        ray.get(next(stream))
