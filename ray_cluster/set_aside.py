"""Units set aside: what is told of each under OUT/failures, and which were set aside by an earlier run.

A file is written when a unit is given up, and goes when the unit is committed after all. Nothing else depends on it: a
unit whose file is deleted by hand is tried again.
"""

import re
from collections.abc import Sequence
from contextlib import suppress

import obstore
from obstore.store import ObjectStore
from pydantic import ValidationError

from ray_cluster.events import Fault
from schemas.run_record import RunRecord
from schemas.unit import Unit
from schemas.unit_failure import FailedAttempt, UnitFailure

_NAME = re.compile(r"failures/unit-(\d{8,})\.json")


def set_aside_units(store: ObjectStore) -> set[int]:
    """Returns the indexes of the units that are set aside in OUT."""
    listed = (entry["path"] for batch in obstore.list(store, prefix="failures") for entry in batch)
    return {int(found[1]) for path in listed if (found := _NAME.fullmatch(path))}


def set_aside(store: ObjectStore, record: RunRecord, faults: Sequence[Fault]) -> None:
    """Writes what is told of a unit; raises nothing where that can't be written: the run has said it."""
    unit = faults[-1].unit
    failure = UnitFailure(
        unit=unit.name,
        split=unit.split,
        scene_start=unit.scene_start,
        scene_stop=unit.scene_stop,
        run_digest=record.digest(),
        attempts=tuple(_attempt(fault) for fault in faults),
    )
    with suppress(obstore.exceptions.BaseError, OSError):
        obstore.put(store, unit.failure_path, f"{failure.model_dump_json(indent=2)}\n".encode())


def why_set_aside(store: ObjectStore, unit: Unit) -> str:
    """Returns why a unit was set aside, on one line."""
    try:
        stored = bytes(obstore.get(store, unit.failure_path).bytes())
        return UnitFailure.model_validate_json(stored).reason
    except (obstore.exceptions.BaseError, OSError, ValidationError):
        return f"{unit.failure_path} can't be read"


def take_up(store: ObjectStore, unit: Unit) -> None:
    """Removes what was told of a unit that is committed now, or that is none of those set aside."""
    with suppress(obstore.exceptions.BaseError, OSError):
        obstore.delete(store, unit.failure_path)


def _attempt(fault: Fault) -> FailedAttempt:
    return FailedAttempt(
        kind=fault.kind,
        reason=fault.reason,
        signal=fault.signal,
        traceback=fault.traceback,
        last_lines=fault.last_lines,
        host=fault.host,
    )
