"""Progress: frames are counted once, whatever is lost, and lines are for people."""

import io

import pytest
from rich.console import Console

from ray_cluster.events import Event, Failed, FrameDone, Lost, Recycled, Rejected, Replaced, Skipped, Voided
from ray_cluster.progress import Tally, progress
from schemas.run_spec import RunSpec
from schemas.unit import Receipt, units_of

SPEC = RunSpec(scenes=3, views_per_scene=2)
A, B, C = units_of(SPEC)
RECEIPT = Receipt(unit=B, triplets=4, frames=2, frames_path=None, already_there=False)
EVENTS: list[tuple[Event, int]] = [
    (Skipped(A), 2),
    (Rejected(B, 1, 0, "near", 0.4), 2),
    (FrameDone(B, "1"), 3),
    (FrameDone(C, "2"), 4),
    (Lost(B, "it died"), 3),
    (FrameDone(B, "2b"), 4),
    (Rejected(B, 1, 0, "blank", 0.4), 4),
    (Replaced(B.as_made(((1, 1),)), 1, "it died"), 3),
    (Rejected(B, 1, 0, "near", 0.4), 3),
    (Rejected(B, 1, 1, "dark", 0.1), 3),
    (FrameDone(B, "3"), 4),
    (Voided(B, 1, 1), 3),
    (Rejected(B, 1, 0, "dark", 0.0), 3),
    (FrameDone(B, "4"), 4),
    (FrameDone(B, "5"), 5),
    (FrameDone(C, "6"), 6),
    (RECEIPT, 6),
    (Recycled(C, 1, "it made 400 scenes"), 6),
    (Rejected(C, 2, 2, "blank", 0.99), 6),
    (Failed(C, "no [light]"), 4),
]


def test_frames_are_counted_once_and_lost_ones_taken_back() -> None:
    tally = Tally(SPEC)
    assert tally.total == 6
    assert [tally.add(event) for event, _ in EVENTS] == [done for _, done in EVENTS]
    assert tally.rejected == {"near": 1, "dark": 2}


def test_what_was_rejected_in_a_unit_is_known_when_it_is_committed() -> None:
    tally = Tally(SPEC)
    for event, _ in EVENTS[: EVENTS.index((RECEIPT, 6)) + 1]:
        tally.add(event)
    assert tally.rejected_in(B) == {"near": 1, "dark": 2}


def test_nothing_is_kept_of_a_unit_that_is_settled() -> None:
    tally = Tally(SPEC)
    for event, _ in EVENTS:
        tally.add(event)
    tally.add(Skipped(A))
    assert not tally.rejected_in(B)
    assert not tally.rejected_in(C)
    assert not [index for index, frames in vars(tally)["_frames"].items() if frames and index != A.index]


@pytest.mark.parametrize("is_terminal", [True, False])
def test_what_matters_is_said_on_a_terminal_and_elsewhere(is_terminal: bool) -> None:
    text = io.StringIO()
    with progress(SPEC, Console(file=text, force_terminal=is_terminal, width=100)) as on_event:
        for event, _ in EVENTS:
            on_event(event)
    assert f"{B.name}: it died; it is tried again" in text.getvalue()
    assert f"{C.name}: set aside: no [light]" in text.getvalue()
    rejected = "3 views rejected (2 by dark)"
    line = f"{B.name}: 2 frames, 4 triplets committed, {rejected} (6 of 6 frames)\n"
    assert all(part in text.getvalue() for part in (["frames/min", rejected] if is_terminal else [line]))
    assert is_terminal or text.getvalue().count("rejected") == 1
