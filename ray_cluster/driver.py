"""Driver: brings OUT to what the record plans, and starts Ray only if something is left to do."""

import os
from collections.abc import Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from ray_cluster.commit_steps import COMMIT_FAULT
from ray_cluster.cores import cores
from ray_cluster.events import Event, Failed, OnEvent, Replaced, Skipped
from ray_cluster.limits import WorkerLimits, limits_for
from ray_cluster.pace import Pace
from ray_cluster.replacing import as_replaced, note_replaced
from ray_cluster.run_folder import open_out, pending_units
from ray_cluster.set_aside import set_aside, set_aside_units, take_up, why_set_aside
from ray_cluster.storage import Storage
from ray_cluster.totals import Totals
from ray_cluster.which_ray import choose_ray
from ray_cluster.worker import Job
from scenegen.dataset.places import Located
from scenegen.renderers import FAULTS
from schemas.errors import RenderError, first_few
from schemas.run_record import RunRecord
from schemas.unit import Receipt, Unit

RENDERED = "scenegen.produce:open_frames"
"""Frames by the renderer that the spec names, from a catalog."""
STORED = "scenegen.dataset.stored_frames:open_frames"
"""Frames as a dataset keeps them."""
INGESTED = "scenegen.ingest.frames:open_frames"
"""Frames that others rendered."""
_FAILURES_SHOWN = 3
_HANDED_ON = (FAULTS, COMMIT_FAULT)


@dataclass(frozen=True)
class Terms:
    """How a run is carried out; no byte depends on it."""

    limits: WorkerLimits | None = None
    """After what a worker is replaced by a fresh process; by default what fits into this machine."""
    deadline_s: float | None = None
    """Of every unit; by default measured."""
    retry_failed: bool = False
    """Whether units that an earlier run has set aside are tried again."""
    address: str | None = None
    """Of a Ray cluster to join, such as `auto`; without it a Ray of this run's own is started."""


_USUAL = Terms()


def make_units(  # noqa: PLR0913 - five say what and where, the last are for other frames and for long runs
    record: RunRecord,
    out: Located,
    location: str,
    workers: int | None,
    on_event: OnEvent,
    *,
    frames: str = RENDERED,
    terms: Terms = _USUAL,
) -> Totals:
    """Makes and commits what is missing in OUT; returns what this run made, counted.

    `frames`: import path of a `worker.OpenFrames`, which opens `location`: a catalog or a dataset. `workers`: processes
    at most, each with its share of the cores; by default one a core of this machine, or what a cluster has room for.
    Raises OutputError or DatasetError before anything starts, InputError as soon as a worker meets one, and RenderError
    for units that are set aside, after all others are done. Order of units, number of workers and terms do not touch
    the bytes.
    """
    storage = open_out(out, record)
    pending = pending_units(out, record)
    _tell_skipped(record, pending, on_event)
    aside = set_aside_units(storage)
    left = [] if terms.retry_failed else [unit for unit in pending if unit.index in aside]
    chosen = [unit for unit in pending if terms.retry_failed or unit.index not in aside]
    totals = Totals()
    if chosen:
        size = min(workers or cores(), len(chosen))
        threads = max(1, cores() // size)
        job = Job(record, out.resolve(), frames, location, threads, terms.limits or limits_for(size), _handed_on())
        units = as_replaced(storage, record, chosen)
        totals, logs = _made(units, workers, job, terms, _recorded(record, storage, aside, on_event))
        storage.sweep()  # of workers that died in a commit, of this run or of one killed before
        if totals.failed:
            raise RenderError(f"{_failures(totals, len(chosen))}{_where(logs)}")
    if left:
        raise RenderError(_set_aside_before(storage, left))
    return totals


def _handed_on() -> dict[str, str]:
    """Returns what of this process's environment its workers shall have, wherever they are."""
    return {name: os.environ[name] for name in _HANDED_ON if name in os.environ}


def _made(
    units: Sequence[Unit], workers: int | None, job: Job, terms: Terms, on_event: OnEvent
) -> tuple[Totals, Path | None]:
    """Returns what was made of the units, and where the logs are of those that were not, if they are here."""
    choose_ray(terms.address)
    from ray_cluster.fleet import Fleet  # noqa: PLC0415 - imports Ray, which takes a second
    from ray_cluster.places import joined_place, own_place  # noqa: PLC0415

    if terms.address is None:
        there = own_place(min(workers or cores(), len(units)), job)
    else:
        there = joined_place(terms.address, workers, job)
    with there as place:
        fleet = Fleet(units, place, Pace(job.record.spec, terms.deadline_s), on_event)
        fleet.run()
        place.keeps_logs = fleet.totals.failed > 0
        return fleet.totals, place.logs


def _where(logs: Path | None) -> str:
    return "" if logs is None else f"; workers' logs: {logs}"


def _recorded(record: RunRecord, storage: Storage, aside: Set[int], on_event: OnEvent) -> OnEvent:
    """Returns what writes down units that are set aside or have scenes replaced.

    It takes back what was written of units that were set aside and are made after all.
    """

    def recorded(event: Event) -> None:
        if isinstance(event, Failed):
            set_aside(storage, record, event.faults)
        elif isinstance(event, Replaced):
            note_replaced(storage, record, event)
        elif isinstance(event, Receipt) and event.unit.index in aside:
            take_up(storage, event.unit)
        on_event(event)

    return recorded


def _failures(totals: Totals, tried: int) -> str:
    reasons = [f"{name}: {reason}" for name, reason in sorted(totals.reasons.items())]
    return f"{totals.failed} of {tried} units failed, the rest is committed; {first_few(reasons, _FAILURES_SHOWN)}"


def _set_aside_before(storage: Storage, units: Sequence[Unit]) -> str:
    reasons = [f"{unit.name}: {why_set_aside(storage, unit)}" for unit in units[:_FAILURES_SHOWN]]
    more = [""] * (len(units) - len(reasons))
    shown = first_few([*reasons, *more], _FAILURES_SHOWN)
    return f"{len(units)} units were set aside by an earlier run, --retry-failed tries them again; {shown}"


def _tell_skipped(record: RunRecord, pending: Sequence[Unit], on_event: OnEvent) -> None:
    waiting = {unit.index for unit in pending}
    for unit in record.units:
        if unit.index not in waiting:
            on_event(Skipped(unit))
