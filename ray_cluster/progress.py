"""Progress: events as a bar on a terminal, as one line a unit elsewhere.

A frame counts when a worker has it; those of a lost attempt are taken back. Speed is over the frames of this run only.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
from rich.text import Text

from ray_cluster.events import Event, Failed, FrameDone, Lost, OnEvent, Skipped
from schemas.run_spec import RunSpec
from schemas.unit import Receipt


class Tally:
    """How many frames are done."""

    def __init__(self, spec: RunSpec) -> None:
        self._spec = spec
        self._frames_of_unit: dict[int, int] = {}
        self._done = 0
        self.total = spec.scenes * spec.views_per_scene

    def add(self, event: Event) -> int:
        """Counts an event; returns the frames done."""
        before = self._frames_of_unit.pop(event.unit.index, 0)
        now = self._frames_after(event, before)
        if not isinstance(event, Skipped | Receipt):
            self._frames_of_unit[event.unit.index] = now
        self._done += now - before
        return self._done

    def _frames_after(self, event: Event, before: int) -> int:
        match event:
            case FrameDone():
                return before + 1
            case Skipped(unit) | Receipt(unit=unit):
                return len(unit.frame_ids(self._spec))
            case Lost() | Failed():
                return 0


@contextmanager
def progress(spec: RunSpec, console: Console) -> Iterator[OnEvent]:
    """Shows the events that the yielded function is given."""
    if not console.is_terminal:
        yield _lines(Tally(spec), console)
        return
    with Progress(TextColumn("frames"), BarColumn(), MofNCompleteColumn(), _Pace(), console=console) as bar:
        yield _bar(Tally(spec), bar)


def words(event: Event) -> str | None:
    """Returns a line for an event that deserves one; none for frames and for what was there before."""
    match event:
        case Receipt(unit=unit, frames=frames, triplets=triplets):
            return f"{unit.name}: {frames} frames, {triplets} triplets committed"
        case Lost(unit, reason):
            return f"{unit.name}: {reason}; it is tried again in a fresh worker"
        case Failed(unit, reason):
            return f"{unit.name}: given up: {reason}"
    return None


def _lines(tally: Tally, console: Console) -> OnEvent:
    def on_event(event: Event) -> None:
        done = tally.add(event)
        if line := words(event):
            _say(console, f"{line} ({done} of {tally.total} frames)")

    return on_event


def _bar(tally: Tally, bar: Progress) -> OnEvent:
    task = bar.add_task("frames", total=tally.total, before=0)

    def on_event(event: Event) -> None:
        done = tally.add(event)
        if isinstance(event, Skipped):
            bar.reset(task, completed=done, before=done)  # no time was spent on them
        else:
            bar.update(task, completed=done)
        if isinstance(event, Lost | Failed) and (line := words(event)):
            _say(bar.console, line)

    return on_event


def _say(console: Console, line: str) -> None:
    console.print(line, markup=False, highlight=False, soft_wrap=True)


class _Pace(ProgressColumn):
    """Frames a minute and the time left, from the frames and the seconds of this run alone."""

    def render(self, task: Task) -> Text:
        made, elapsed_s = task.completed - task.fields["before"], task.elapsed or 0.0
        if made <= 0 or elapsed_s <= 0:
            return Text("starting Ray and Blender")
        left = timedelta(seconds=round(elapsed_s / made * ((task.total or 0) - task.completed)))
        return Text(f"{60 * made / elapsed_s:.1f} frames/min, {left} left")
