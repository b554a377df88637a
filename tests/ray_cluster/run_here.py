"""A run without Ray, for what happens in storage: RECORD.json OUT, with the analytic renderer in this process."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp

from ray_cluster.events import Fault, Lease
from ray_cluster.limits import WorkerLimits
from ray_cluster.run_folder import open_out, pending_units
from ray_cluster.worker import Job, Worker
from scenegen.dataset.places import Located, located
from schemas.errors import ScenegenError
from schemas.run_record import RunRecord


def run_here(record: RunRecord, out: Located, logs: Path) -> None:
    """Makes what is missing in OUT; raises what a unit meets."""
    storage = open_out(out, record)
    worker = Worker(Job(record, out.absolute(), "analytic:walls", "builtin", 1, WorkerLimits()), logs)
    for unit in pending_units(out, record):
        for event in [*worker.make(Lease(unit)), *worker.finish()]:
            if isinstance(event, Fault):
                raise event.error or RuntimeError(event.reason)
    storage.sweep()


def run_disturbed(order: str, environment: Mapping[str, str], record: str, out: str, logs: str) -> None:
    """Runs with a fault ordered, in a process that is the run's own; ends with status 3 where the fault is told."""
    os.environ.update(environment, SCENEGEN_COMMIT_FAULT=order)
    try:
        run_here(RunRecord.model_validate_json(record), located(out), Path(logs))
    except ScenegenError as error:
        os._exit(3 if "\n" not in str(error) else 4)


if __name__ == "__main__":
    run_here(RunRecord.model_validate_json(Path(sys.argv[1]).read_bytes()), located(sys.argv[2]), Path(mkdtemp()))
