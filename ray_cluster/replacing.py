"""Replacing: where a spec asks for a full count, other scenes take the place of those that end their unit each time.

The scene in hand is replaced by that of its next seeds, or all scenes of the unit where it was the unit: a fault in its
commit. A scene is replaced three times at most, then its unit is set aside. What was replaced stands in the unit, and
with it in the footers of its files; what led to it in OUT/failures/unit-00000042-replaced.json, from which a run that
is resumed goes on.

Edges: where that file can't be written or read, a resumed run begins with the scenes as they were planned.
"""

import re
from collections.abc import Sequence
from contextlib import suppress

from pydantic import ValidationError

from ray_cluster.events import Fault, Replaced
from ray_cluster.policies import POLICIES
from ray_cluster.set_aside import failure_of
from ray_cluster.storage import Storage
from scenegen.dataset.places.reading import listed
from schemas.errors import ScenegenError
from schemas.run_record import RunRecord
from schemas.unit import MOST_REPLACED, Unit
from schemas.unit_failure import UnitFailure

_NAME = re.compile(r"unit-(\d{8,})-replaced\.json")


def replacement(record: RunRecord, faults: Sequence[Fault]) -> Replaced | None:
    """Returns the unit with another scene where its last fault was, or with others where it was the unit's.

    Nothing where none is asked for, where frames are stored ones, where no scene can have been the cause, and where the
    scene was replaced as often as it may be.
    """
    last = faults[-1]
    if not record.spec.full_count or record.frames_from is not None or not POLICIES[last.kind].is_of_scene:
        return None
    unit = last.unit
    every = range(unit.scene_start, unit.scene_stop)
    times = dict(unit.replaced)
    times |= {scene: times.get(scene, 0) + 1 for scene in (every if last.scene_index is None else [last.scene_index])}
    if max(times.values()) > MOST_REPLACED:
        return None
    return Replaced(unit.as_made(tuple(sorted(times.items()))), last.scene_index, last.reason, tuple(faults))


def note_replaced(storage: Storage, record: RunRecord, event: Replaced) -> None:
    """Writes what led to it, behind what did before; raises nothing where that can't be written."""
    unit = event.unit
    before = _read(storage, record, unit)
    attempts = before.attempts if before is not None else ()
    told = failure_of(record, event.faults)
    noted = told.model_copy(update={"attempts": (*attempts, *told.attempts), "replaced": unit.replaced})
    with suppress(ScenegenError):
        storage.replace(unit.replaced_path, f"{noted.model_dump_json(indent=2)}\n".encode())


def as_replaced(storage: Storage, record: RunRecord, units: Sequence[Unit]) -> Sequence[Unit]:
    """Returns the units with the scenes that an earlier run has replaced."""
    if not record.spec.full_count:
        return units
    names = (entry.name for entry in listed(storage.root / "failures"))
    there = {int(found[1]) for name in names if (found := _NAME.fullmatch(name))}
    return [_as_noted(storage, record, unit) if unit.index in there else unit for unit in units]


def _as_noted(storage: Storage, record: RunRecord, unit: Unit) -> Unit:
    noted = _read(storage, record, unit)
    return unit if noted is None else unit.as_made(noted.replaced)


def _read(storage: Storage, record: RunRecord, unit: Unit) -> UnitFailure | None:
    try:
        noted = UnitFailure.model_validate_json((storage.root / unit.replaced_path).read_bytes())
    except (OSError, ValidationError):
        return None
    return noted if noted.run_digest == record.digest() else None
