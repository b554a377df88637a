"""Progress: events as a bar on a terminal, as one line a unit elsewhere.

A frame counts when a worker has it; those of a lost attempt are taken back, with the views rejected in it. Speed is
over the frames of this run only.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
from rich.text import Text

from ray_cluster.events import (
    Begun,
    Event,
    Failed,
    FrameDone,
    LeasedTwice,
    Lost,
    OnEvent,
    Recycled,
    Rejected,
    Replaced,
    Skipped,
    Voided,
)
from schemas.run_spec import RunSpec
from schemas.unit import Receipt, Unit


class Tally:
    """How many frames are done, and how many views were rejected on the way by which gate."""

    def __init__(self, spec: RunSpec) -> None:
        self._spec = spec
        self._frames: Counter[int] = Counter()
        self._rejected: dict[int, Counter[str]] = {}
        self._settled: int | None = None
        """The unit of the last event, where that was its last."""
        self._done = 0
        self.total = spec.scenes * spec.views_per_scene
        self.rejected: Counter[str] = Counter()
        """Of all units: gate -> views."""

    def add(self, event: Event) -> int:
        """Counts an event; returns the frames done. What is known of a unit goes with the event after its last."""
        if self._settled is not None:
            self._frames.pop(self._settled, None)
            self._rejected.pop(self._settled, None)
        index = event.unit.index
        self._settled = index if isinstance(event, Skipped | Receipt | Failed) else None
        before = self._frames[index]
        self._frames[index] = now = self._frames_after(event, before)
        self._done += now - before
        if isinstance(event, Rejected):
            self._rejected.setdefault(index, Counter())[event.gate] += 1
            self.rejected[event.gate] += 1
        if isinstance(event, Lost | Failed | Replaced):
            self.rejected -= self._rejected.pop(index, Counter())
        return self._done

    def rejected_in(self, unit: Unit) -> Counter[str]:
        """Returns how many views of a unit each gate rejected."""
        return self._rejected.get(unit.index, Counter())

    def _frames_after(self, event: Event, before: int) -> int:
        match event:
            case FrameDone():
                return before + 1
            case Voided(frames=frames):
                return before - frames
            case Skipped(unit) | Receipt(unit=unit):
                return len(unit.frame_ids(self._spec))
            case Lost() | Failed() | Replaced():
                return 0
            case Rejected() | Recycled() | Begun() | LeasedTwice():
                return before


@contextmanager
def progress(spec: RunSpec, console: Console) -> Iterator[OnEvent]:
    """Shows the events that the yielded function is given."""
    if not console.is_terminal:
        yield _lines(Tally(spec), console)
        return
    columns = TextColumn("frames"), BarColumn(), MofNCompleteColumn(), _Pace(), TextColumn("{task.fields[rejected]}")
    with Progress(*columns, console=console) as bar:
        yield _bar(Tally(spec), bar)


def words(event: Event) -> str | None:
    """Returns a line for an event that deserves one; none for frames and for what was there before."""
    match event:
        case Receipt(unit=unit, frames=frames, triplets=triplets):
            return f"{unit.name}: {frames} frames, {triplets} triplets committed"
        case Lost(unit, reason):
            return f"{unit.name}: {reason}; it is tried again"
        case Replaced(unit, scene_index, reason):
            what = "its scenes are" if scene_index is None else f"scene {scene_index} is"
            return f"{unit.name}: {reason}; {what} replaced by the next seeds"
        case Failed(unit, reason):
            return f"{unit.name}: set aside: {reason}"
    return None


def rejection_words(gates: Counter[str]) -> str:
    """Returns e.g. '12 views rejected (9 by exposure)', with the gate that rejected most; empty where none did."""
    if not gates:
        return ""
    ((gate, most),) = gates.most_common(1)
    return f"{gates.total()} view{'s' if gates.total() > 1 else ''} rejected ({most} by {gate})"


def _lines(tally: Tally, console: Console) -> OnEvent:
    def on_event(event: Event) -> None:
        done = tally.add(event)
        if line := words(event):
            rejected = rejection_words(tally.rejected_in(event.unit)) if isinstance(event, Receipt) else ""
            _say(console, f"{line}{rejected and ', ' + rejected} ({done} of {tally.total} frames)")

    return on_event


def _bar(tally: Tally, bar: Progress) -> OnEvent:
    task = bar.add_task("frames", total=tally.total, before=0, rejected="")

    def on_event(event: Event) -> None:
        done = tally.add(event)
        rejected = rejection_words(tally.rejected)
        if isinstance(event, Skipped):
            bar.reset(task, completed=done, before=done, rejected=rejected)  # no time was spent on them
        else:
            bar.update(task, completed=done, rejected=rejected)
        if isinstance(event, Lost | Failed | Replaced) and (line := words(event)):
            _say(bar.console, line)

    return on_event


def _say(console: Console, line: str) -> None:
    console.print(line, markup=False, highlight=False, soft_wrap=True)


class _Pace(ProgressColumn):
    """Frames a minute and the time left, from the frames and the seconds of this run alone."""

    def render(self, task: Task) -> Text:
        made, elapsed_s = task.completed - task.fields["before"], task.elapsed or 0.0
        if made <= 0 or elapsed_s <= 0:
            return Text("starting")
        left = timedelta(seconds=round(elapsed_s / made * ((task.total or 0) - task.completed)))
        return Text(f"{60 * made / elapsed_s:.1f} frames/min, {left} left")
