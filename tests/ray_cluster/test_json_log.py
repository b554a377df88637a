"""The log as JSON: every line is one event with its time and unit, and a disk that is full ends the log alone."""

import io
import json
from pathlib import Path

import pytest

from ray_cluster.events import (
    Begun,
    Event,
    Failed,
    Fault,
    FrameDone,
    LeasedTwice,
    Lost,
    Recycled,
    Rejected,
    Replaced,
    Skipped,
)
from ray_cluster.json_log import JsonLog, json_log
from schemas.errors import OutputError
from schemas.ledger import LedgerEntry
from schemas.run_spec import RunSpec
from schemas.unit import Receipt, units_of

A, B = units_of(RunSpec(scenes=2))
COSTS = LedgerEntry(
    unit=A.name,
    attempt=1,
    host="h",
    wall_s=1.0,
    core_s={"make": 0.5},
    stored_bytes=7,
    frames=1,
    triplets=2,
    rejected={"near": 3},
    already_there=False,
)
EVENTS: list[Event] = [
    Skipped(A),
    Skipped(B),
    Begun(A, 12, "h"),
    FrameDone(A, "frame"),
    Rejected(A, 0, 1, "near", 0.4),
    Lost(A, "it died", "crashed"),
    Replaced(A.as_made(((0, 1),)), 0, "it died", (Fault(A, "crashed", "it died"),)),
    LeasedTwice(A),
    Recycled(A, 12, "it made 400 scenes"),
    Failed(B, "it died", (Fault(B, "crashed", "it died", signal="SIGSEGV", host="h"),)),
    Receipt(unit=A, triplets=2, frames=1, frames_path=None, already_there=False, costs=COSTS),
]


def test_every_event_is_a_line_and_units_that_were_there_are_one(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    for _ in range(2):
        with json_log(str(path)) as log:
            for event in EVENTS:
                log(event)
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert lines[: len(lines) // 2][0].items() >= {"event": "skipped", "units": 2}.items()
    kinds = ["skipped", "begun", "frame_done", "rejected", "lost", "replaced", "leased_twice"]
    kinds += ["recycled", "failed", "committed"]
    assert [line["event"] for line in lines] == kinds * 2
    assert all(line["time"].endswith("+00:00") for line in lines)
    assert {line["unit"] for line in lines if line["event"] not in ("skipped", "failed")} == {A.name}
    failed, committed = lines[-2:]
    assert failed["faults"] == [{"kind": "crashed", "signal": "SIGSEGV", "host": "h"}]
    assert committed["costs"]["core_s"] == {"make": 0.5}


def test_a_finished_run_says_how_many_units_were_there(tmp_path: Path) -> None:
    with json_log(str(tmp_path / "log")) as log:
        log(Skipped(A))
    assert json.loads((tmp_path / "log").read_text())["units"] == 1


def test_a_log_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="--log-json"), json_log(str(tmp_path / "no" / "log")):
        pass


def test_a_log_that_cannot_be_written_any_more_ends() -> None:
    class Full(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError("full")

    log = JsonLog(Full())
    log.add(EVENTS[3])
    log.add(EVENTS[3])
    log.close()
