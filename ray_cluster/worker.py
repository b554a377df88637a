"""Worker: makes one unit after another in a process of its own and commits each.

The driver turns the class into a Ray actor; it knows nothing of Ray itself. What makes frames is named by an import
path (`module:function`), so that Blender is loaded where it is used and nowhere else.
"""

import pkgutil
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

from obstore.store import LocalStore

from assets_catalog.catalog import Catalog
from assets_catalog.sources import open_locked
from ray_cluster.events import FrameDone
from ray_cluster.run_folder import publish
from scenegen.dataset.pack import pack_frame, pack_unit
from schemas.frame import Shot
from schemas.run_record import RunRecord
from schemas.unit import Receipt, Unit

FramesOfUnit = Callable[[RunRecord, Unit, Catalog, int], Iterator[Shot]]
"""(record, unit, catalog, threads) -> the unit's frames in order; `scenegen.produce.frames_of_unit` is one."""


class Worker:
    """Holds an opened catalog, and whatever its frame function keeps warm."""

    def __init__(
        self, record: RunRecord, out: Path, catalog_path: Path | None, threads: int, frames_of_unit: str
    ) -> None:
        """`out`, `catalog_path`: absolute. `frames_of_unit`: the import path of a `FramesOfUnit`."""
        self._record = record
        self._store = LocalStore(out)
        self._catalog_path = catalog_path
        self._threads = threads
        self._frames_of_unit = frames_of_unit

    def make(self, unit: Unit) -> Iterator[FrameDone | Receipt]:
        """Yields an event for each frame, and at last the receipt of the commit."""
        frames_of_unit: FramesOfUnit = pkgutil.resolve_name(self._frames_of_unit)
        packed = []
        for shot in frames_of_unit(self._record, unit, self._catalog, self._threads):
            plan, frame = shot
            packed.append(pack_frame(self._record, plan, frame))
            yield FrameDone(unit, frame.frame_id)
        yield publish(self._store, pack_unit(self._record, unit, packed))

    @cached_property
    def _catalog(self) -> Catalog:
        return open_locked(self._record.catalog_lock, self._catalog_path)
