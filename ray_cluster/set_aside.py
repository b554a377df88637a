"""Units set aside: what is told of each under OUT/failures, and which were set aside by an earlier run.

A file is written when a unit is given up, and goes when the unit is committed after all. Nothing else depends on it: a
unit whose file is deleted by hand is tried again.
"""

import re
from collections.abc import Sequence
from contextlib import suppress

from pydantic import ValidationError

from ray_cluster.events import Fault
from ray_cluster.storage import Storage
from scenegen.dataset.places.reading import listed
from schemas.errors import ScenegenError
from schemas.run_record import RunRecord
from schemas.unit import Unit
from schemas.unit_failure import FailedAttempt, UnitFailure

_NAME = re.compile(r"unit-(\d{8,})\.json")


def set_aside_units(storage: Storage) -> set[int]:
    """Returns the indexes of the units that are set aside in OUT."""
    names = (entry.name for entry in listed(storage.root / "failures"))
    return {int(found[1]) for name in names if (found := _NAME.fullmatch(name))}


def set_aside(storage: Storage, record: RunRecord, faults: Sequence[Fault]) -> None:
    """Writes what is told of a unit; raises nothing where that can't be written: the run has said it."""
    with suppress(ScenegenError):
        told = failure_of(record, faults).model_dump_json(indent=2)
        storage.replace(faults[-1].unit.failure_path, f"{told}\n".encode())


def failure_of(record: RunRecord, faults: Sequence[Fault]) -> UnitFailure:
    """Returns what is told of a unit with these faults."""
    unit = faults[-1].unit
    return UnitFailure(
        unit=unit.name,
        split=unit.split,
        scene_start=unit.scene_start,
        scene_stop=unit.scene_stop,
        run_digest=record.digest(),
        attempts=tuple(_attempt(fault) for fault in faults),
        replaced=unit.replaced,
    )


def why_set_aside(storage: Storage, unit: Unit) -> str:
    """Returns why a unit was set aside, on one line."""
    try:
        stored = (storage.root / unit.failure_path).read_bytes()
        return UnitFailure.model_validate_json(stored).reason
    except (OSError, ValidationError):
        return f"{unit.failure_path} can't be read"


def take_up(storage: Storage, unit: Unit) -> None:
    """Removes what was told of a unit that is committed now, or that is none of those set aside."""
    with suppress(ScenegenError):
        storage.delete(unit.failure_path)


def _attempt(fault: Fault) -> FailedAttempt:
    return FailedAttempt(
        kind=fault.kind,
        reason=fault.reason,
        signal=fault.signal,
        traceback=fault.traceback,
        last_lines=fault.last_lines,
        host=fault.host,
        scene_index=fault.scene_index,
    )
