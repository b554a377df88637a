"""A run on a real Ray: same bytes however it is shared out, faults kept to their unit, sockets closed to others."""

import os
import re
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ray_cluster.driver import Terms, make_units
from ray_cluster.events import Begun, Event, Failed, FrameDone, LeasedTwice, Lost, Skipped
from schemas.errors import CatalogError, RenderError
from schemas.ledger import LedgerEntry
from schemas.run_record import CatalogLock, RunRecord
from schemas.unit import Receipt, units_of

pytestmark = pytest.mark.usefixtures("session_ray")

Contents = Callable[[Path], dict[str, str]]


def made(record: RunRecord, out: Path, frames: str = "walls", workers: int = 2) -> list[Event]:
    """Runs; returns the events."""
    events: list[Event] = []
    make_units(record, out, "builtin", workers, events.append, frames=f"analytic:{frames}")
    return events


def test_every_unit_is_committed_and_told(record: RunRecord, tmp_path: Path) -> None:
    events = made(record, tmp_path)
    units = [*units_of(record.spec)]
    frame_ids = [event.frame_id for event in events if isinstance(event, FrameDone)]
    assert sorted(frame_ids) == [name for unit in units for name in unit.frame_ids(record.spec)]
    receipts = [event.unit for event in events if isinstance(event, Receipt)]
    assert sorted(receipts, key=lambda unit: unit.index) == units
    assert all((tmp_path / unit.triplets_path).is_file() for unit in units)
    assert not (tmp_path / ".staging").exists() or not os.listdir(tmp_path / ".staging")


def test_two_workers_write_what_one_writes(
    record: RunRecord, reference: Path, tmp_path: Path, contents: Contents
) -> None:
    made(record, tmp_path, workers=2)
    assert contents(tmp_path) == contents(reference)


def test_the_ledger_has_every_unit_with_what_it_took(reference: Path, record: RunRecord) -> None:
    entries = {path.name: LedgerEntry.model_validate_json(path.read_bytes()) for path in reference.glob("ledger/*")}
    assert sorted(entries) == [f"{unit.name}-1.json" for unit in units_of(record.spec)]
    for entry in entries.values():
        assert set(entry.core_s) == {"make", "encode", "commit"}
        assert (entry.frames, entry.triplets, entry.attempt) == (2, 4, 1)
        assert 0 < sum(entry.core_s.values()) < entry.wall_s * os.cpu_count()  # type: ignore[operator]  # there is one
        files = [*reference.rglob(f"triplets/*/{entry.unit}*"), *reference.rglob(f"frames/*/{entry.unit}*")]
        assert entry.stored_bytes == sum(path.stat().st_size for path in files)


def test_a_second_run_skips_all_and_starts_no_ray(
    record: RunRecord, reference: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray_cluster.fleet", None)  # importing it would raise
    assert made(record, reference) == [Skipped(unit) for unit in units_of(record.spec)]


def test_a_dead_worker_costs_an_attempt_and_no_bytes(
    record: RunRecord, reference: Path, tmp_path: Path, contents: Contents
) -> None:
    events = made(record, tmp_path, "dies_once_at_odd_units")
    lost = {event.unit.index: event.reason for event in events if isinstance(event, Lost)}
    assert [index for index, reason in sorted(lost.items()) if reason == "its worker process left with status 1"] == [
        1,
        3,
        5,
    ]
    others = {reason for index, reason in lost.items() if index % 2 == 0}  # in the commit when the next one died
    assert others <= {"its worker process left with status 1, before it was committed"}
    assert contents(tmp_path) == contents(reference)


def test_near_the_end_both_units_of_a_straggler_are_leased_twice_and_whoever_is_first_settles_them(
    record: RunRecord, reference: Path, tmp_path: Path, contents: Contents
) -> None:
    events = made(record, tmp_path, "hangs_once_at_a_second_unit")
    doubled = [event.unit.name for event in events if isinstance(event, LeasedTwice)]
    assert len(set(doubled)) == len(doubled) == 2  # that in the making, and that whose receipt it never told
    assert not any(isinstance(event, Lost | Failed) for event in events)
    assert contents(tmp_path) == contents(reference)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_worker_that_no_longer_answers_is_ended_and_its_unit_goes_to_another(
    record: RunRecord, reference: Path, tmp_path: Path, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ray_cluster.post._SILENCE_S", 1.0)
    events: list[Event] = []

    def on_event(event: Event) -> None:
        if isinstance(event, Begun) and not any(isinstance(earlier, Begun) for earlier in events):
            os.kill(int(Path(f"/proc/{event.pid}/stat").read_text().rpartition(")")[2].split()[1]), signal.SIGSTOP)
        events.append(event)

    terms = Terms(deadline_s=15.0)
    make_units(record, tmp_path, "builtin", 1, on_event, frames="analytic:walls", terms=terms)
    assert [event.kind for event in events if isinstance(event, Lost)] == ["silent"]
    assert contents(tmp_path) == contents(reference)


@pytest.mark.parametrize(
    ("frames", "reason", "attempts"),
    [
        ("dies_at_unit_1", "its worker .* left with status 1; .*/unit-00000001.log ends: words of unit-00000001", 3),
        ("stumbles_at_unit_1", "ZeroDivisionError: by zero; .*/unit-00000001.log ends: Traceback ", 3),
        ("cannot_be_packed_at_unit_1", "scene-00000001: the buffers show instances", 1),
    ],
)
def test_a_unit_that_fails_is_named_and_the_others_go_on(
    record: RunRecord, tmp_path: Path, frames: str, reason: str, attempts: int
) -> None:
    events: list[Event] = []
    given_up = f"1 of 6 units failed, the rest is committed; unit-00000001: {reason}"
    with pytest.raises(RenderError, match=given_up) as caught:
        make_units(record, tmp_path, "builtin", 2, events.append, frames=f"analytic:{frames}")
    faults = [event for event in events if isinstance(event, Lost | Failed) and event.unit.index == 1]
    assert [type(event) for event in faults] == [Lost] * (attempts - 1) + [Failed]
    assert all(event.unit.index == 1 and re.match(reason, event.reason) for event in faults)
    assert all("unit-00000000" not in event.reason for event in faults)
    logs = Path(str(caught.value).rpartition("workers' logs: ")[2])
    assert [path.name for path in logs.iterdir()] == ["unit-00000001.log"]
    shutil.rmtree(logs.parent)
    committed = {unit.index for unit in units_of(record.spec) if (tmp_path / unit.triplets_path).exists()}
    assert committed == {0, 2, 3, 4, 5}


def test_a_worker_with_another_catalog_ends_the_run(record: RunRecord, tmp_path: Path) -> None:
    other = record.model_copy(update={"catalog_lock": CatalogLock(catalog="builtin", assets={"builtin/x": "0"})})
    with pytest.raises(CatalogError, match="not the one of the run's record"):
        made(other, tmp_path)
    assert not (tmp_path / "triplets").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/net")
def test_every_socket_of_ray_listens_on_the_loopback(descendants: Callable[[int], list[int]]) -> None:
    inodes = {inode for pid in [os.getpid(), *descendants(os.getpid())] for inode in socket_inodes(pid)}
    rows = [line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]]
    listening = {row[1].partition(":")[0] for row in rows if row[3] == "0A" and row[9] in inodes}
    assert listening
    assert listening <= {"0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000"}
    assert os.environ["RAY_AUTH_MODE"] == "token"


def socket_inodes(pid: int) -> list[str]:
    links = []
    for handle in Path(f"/proc/{pid}/fd").glob("*"):
        try:
            links.append(os.readlink(handle))
        except OSError:  # closed meanwhile
            continue
    return [link.removeprefix("socket:[").rstrip("]") for link in links if link.startswith("socket:[")]
