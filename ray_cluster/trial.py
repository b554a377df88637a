"""Trial: some scenes of a run, made by one worker as `generate` has them made, each a unit of its own.

The worker is a warden with its process, with deadline, log and commit, but without Ray; OUT is a temporary folder that
goes with the trial.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ray_cluster.driver import RENDERED
from ray_cluster.events import Fault, FrameDone, Lease, WorkerEvent
from ray_cluster.limits import limits_for
from ray_cluster.pace import Pace
from ray_cluster.policies import POLICIES
from ray_cluster.run_folder import open_out
from ray_cluster.warden import Warden
from ray_cluster.worker import Job
from scenegen.dataset.footer import UnitFooter
from scenegen.dataset.frames import frames_file
from scenegen.dataset.parquet import ROW_GROUP_ROWS, column_bytes, row_group_sizes
from scenegen.dataset.triplets import triplets_file
from schemas.ledger import LedgerEntry
from schemas.run_record import RunRecord
from schemas.unit import Receipt, Unit, split_of
from schemas.unit_size import scenes_per_unit

_THREADS = 1
"""A core each, as workers have where there are as many as cores."""


@dataclass(frozen=True)
class Made:
    """One scene that was made."""

    costs: LedgerEntry
    stored_bytes: dict[str, int]
    """By table, without what a file has whether or not there are rows."""


@dataclass(frozen=True)
class NotMade:
    """One that would cost its unit."""

    reason: str


@contextmanager
def trial(record: RunRecord, location: str) -> Iterator["Trial"]:
    """Yields what makes scenes one after another in one process; nothing is left of it."""
    with TemporaryDirectory(prefix="scenegen-estimate-", ignore_cleanup_errors=True) as folder:
        out = Path(folder, "out").resolve()
        open_out(out, record)
        job = Job(record, out, RENDERED, location, _THREADS, limits_for(1))
        warden = Warden(job, None)
        try:
            yield Trial(warden, record, out)
        finally:
            warden.leave()


class Trial:
    """A worker and its OUT."""

    def __init__(self, warden: Warden, record: RunRecord, out: Path) -> None:
        self._warden = warden
        self._record = record
        self._out = out
        self._count = 0
        self._pace = Pace(record.spec)
        self.empty_bytes = _empty_bytes(record)
        """By table: of a file without rows."""

    def make_none(self, scene_index: int) -> Made | NotMade:
        """Makes a unit without scenes: what each costs beside them."""
        return self._made(scene_index, scene_index, lambda: None)

    def make(self, scene_index: int, on_frame: Callable[[], None]) -> Made | NotMade:
        """Makes a scene; raises InputError for what would meet every one."""
        return self._made(scene_index, scene_index + 1, on_frame)

    def _made(self, start: int, stop: int, on_frame: Callable[[], None]) -> Made | NotMade:
        spec = self._record.spec
        split = split_of(spec, start // scenes_per_unit(spec))
        unit = Unit(index=self._count, split=split, scene_start=start, scene_stop=stop)
        self._count += 1
        deadline_s = self._pace.deadline_s(unit)
        events = [*_heard(self._warden.make(Lease(unit), deadline_s), on_frame), *self._warden.finish(deadline_s)]
        for event in events:
            if isinstance(event, Fault):
                if event.error is not None and POLICIES[event.kind].ends_run:
                    raise event.error
                return NotMade(event.reason)
            if isinstance(event, Receipt) and event.costs is not None:
                return Made(event.costs, self._stored_bytes(event))
        return NotMade("its worker told nothing of it")

    def _stored_bytes(self, receipt: Receipt) -> dict[str, int]:
        assert receipt.costs is not None
        paths = {"triplets": receipt.unit.triplets_path, "frames": receipt.frames_path}
        files = {table: self._out / path for table, path in paths.items() if path is not None}
        rows = {table: _rows_bytes(file, self.empty_bytes[table]) for table, file in files.items()}
        return {**rows, "failures": receipt.costs.stored_bytes - sum(file.stat().st_size for file in files.values())}


def _rows_bytes(file: Path, empty_bytes: int) -> int:
    """Returns what the rows of a file take, with their part of what is written once for a whole group of rows."""
    groups = [count for count in row_group_sizes(file) if count]
    if not groups:
        return 0
    held = column_bytes(file)
    once = file.stat().st_size - empty_bytes - held
    return held + round(once * sum(groups) / (ROW_GROUP_ROWS * len(groups)))


def _heard(events: Iterator[WorkerEvent], on_frame: Callable[[], None]) -> Iterator[WorkerEvent]:
    for event in events:
        if isinstance(event, FrameDone):
            on_frame()
        yield event


def _empty_bytes(record: RunRecord) -> dict[str, int]:
    unit = Unit(index=0, split="train", scene_start=0, scene_stop=1)
    metadata = UnitFooter(unit=unit, run_digest=record.digest(), versions=record.versions, rows=0).metadata()
    frames = len(frames_file([], metadata)) if record.spec.keep_frames else 0
    return {"triplets": len(triplets_file([], metadata)), "frames": frames}
