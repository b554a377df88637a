"""Driver: brings OUT to what the record plans, and starts Ray only if something is left to do."""

import os
from collections.abc import Mapping
from pathlib import Path

from ray_cluster.events import OnEvent, Skipped
from ray_cluster.limits import WorkerLimits, limits_for
from ray_cluster.run_folder import open_out, pending_units
from ray_cluster.storage import sweep
from ray_cluster.worker import Job
from schemas.errors import RenderError, first_few
from schemas.run_record import RunRecord
from schemas.unit import Receipt, Unit, units_of

RENDERED = "scenegen.produce:open_frames"
"""Frames by the renderer that the spec names, from a catalog."""
STORED = "scenegen.dataset.stored_frames:open_frames"
"""Frames as a dataset keeps them."""
_FAILURES_SHOWN = 3


def make_units(  # noqa: PLR0913 - five say what and where, the last are for other frames and for long runs
    record: RunRecord,
    out: Path,
    location: str,
    workers: int,
    on_event: OnEvent,
    *,
    frames: str = RENDERED,
    limits: WorkerLimits | None = None,
) -> list[Receipt]:
    """Makes and commits what is missing in OUT; returns the receipts of what this run made, in the order of the units.

    `frames`: import path of a `worker.OpenFrames`, which opens `location`: a catalog or a dataset. `workers`: processes
    at most, each with its share of the cores. `limits`: after what a worker is replaced by a fresh process; by default
    what fits into this machine.
    Raises OutputError or DatasetError before anything starts, InputError as soon as a worker meets one, and RenderError
    for units that failed, after all others are done. Order of units, number of workers and limits do not touch the
    bytes.
    """
    store = open_out(out, record)
    pending = pending_units(out, record)
    _tell_skipped(record, pending, on_event)
    if not pending:
        return []
    from ray_cluster.fleet import Fleet  # noqa: PLC0415 - imports Ray, which takes a second

    size = min(workers, len(pending))
    threads = max(1, cores() // size)
    job = Job(record, out.resolve(), frames, location, threads, limits or limits_for(size))
    fleet = Fleet(pending, size, job, on_event)
    fleet.run()
    sweep(store)  # of workers that died in a commit, of this run or of one killed before
    if fleet.failed:
        raise RenderError(f"{_failures(fleet.failed, len(pending))}; workers' logs: {fleet.logs}")
    return sorted(fleet.receipts, key=lambda receipt: receipt.unit.index)


def cores() -> int:
    """Returns how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _failures(failed: Mapping[str, str], tried: int) -> str:
    reasons = [f"{name}: {reason}" for name, reason in sorted(failed.items())]
    return f"{len(failed)} of {tried} units failed, the rest is committed; {first_few(reasons, _FAILURES_SHOWN)}"


def _tell_skipped(record: RunRecord, pending: list[Unit], on_event: OnEvent) -> None:
    waiting = {unit.index for unit in pending}
    for unit in units_of(record.spec):
        if unit.index not in waiting:
            on_event(Skipped(unit))
