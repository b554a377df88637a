"""Packer: the one thread in which a worker encodes frames and commits units, while the next are made.

It works in order. At most two frames wait with their arrays; one who brings a third waits too. Encoding and file system
let go of Python's lock, so that what is hidden behind the render costs nothing. Frames set aside wait for their unit's
end, but no more of them than it keeps.
"""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

from ray_cluster.events import Lease
from ray_cluster.ledger import Costs, note
from ray_cluster.run_folder import publish
from ray_cluster.storage import Storage
from scenegen.dataset.pack import MOST_SET_ASIDE, PackedFrame, pack_frame, pack_unit
from schemas.frame import Frame, Rejection
from schemas.run_record import RunRecord
from schemas.scene_plan import ScenePlan
from schemas.unit import Receipt

_MOST_WAITING = 2


class Parcel:
    """What there is of one unit so far."""

    def __init__(self, lease: Lease) -> None:
        self.unit = lease.unit
        self.costs = Costs(lease)
        self.packed: list[Future[PackedFrame]] = []
        self.rejections: list[Rejection] = []
        self._set_aside = 0

    def reject(self, rejection: Rejection) -> None:
        """Adds a rejection; what was rendered of it goes where the unit has enough frames to set aside."""
        if rejection.shot is not None:
            self._set_aside += 1
            rejection = rejection if self._set_aside <= MOST_SET_ASIDE else replace(rejection, shot=None)
        self.rejections.append(rejection)

    def drop_last(self, frames: int) -> None:
        """Forgets the last frames that were added."""
        kept = len(self.packed) - frames
        for frame in self.packed[kept:]:
            frame.cancel()
        del self.packed[kept:]

    def sound_frames(self) -> int:
        """Returns how many frames stand before the first that can't be packed; waits until that is known."""
        failed = (number for number, frame in enumerate(self.packed) if frame.exception() is not None)
        return next(failed, len(self.packed))


class Packer:
    """Packs for one worker."""

    def __init__(self, record: RunRecord, storage: Storage) -> None:
        self._record = record
        self._storage = storage
        self._core_s = 0.0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="packer")

    def add(self, parcel: Parcel, plan: ScenePlan, frame: Frame) -> None:
        """Packs a frame of the parcel soon; raises what an earlier one of it met."""
        if len(parcel.packed) >= _MOST_WAITING:
            parcel.packed[-_MOST_WAITING].result()
        parcel.packed.append(self._thread.submit(self._encoded, parcel.costs, plan, frame))

    def commit(self, parcel: Parcel) -> Future[Receipt]:
        """Commits the parcel once its frames are packed; the future raises what packing and `publish` raise."""
        return self._thread.submit(self._commit, parcel.costs, parcel.packed, parcel.rejections)

    @property
    def core_s(self) -> float:
        """Returns the seconds of processor time that packing took, of all units."""
        return self._core_s

    def _encoded(self, costs: Costs, plan: ScenePlan, frame: Frame) -> PackedFrame:
        with self._timed(costs, "encode"):
            return pack_frame(self._record, plan, frame)

    def _commit(self, costs: Costs, packed: Sequence[Future[PackedFrame]], rejections: Sequence[Rejection]) -> Receipt:
        frames = [frame.result() for frame in packed]
        unit = costs.lease.unit
        with self._timed(costs, "encode"):
            files = pack_unit(self._record, unit, frames, rejections)
        with self._timed(costs, "commit"):
            receipt = publish(self._storage, files)
        entry = costs.entry(receipt, files.stored_bytes, rejections)
        note(self._storage, costs.lease, entry)
        return receipt.model_copy(update={"costs": entry})

    @contextmanager
    def _timed(self, costs: Costs, stage: str) -> Iterator[None]:
        """Adds the processor time of the block, in this thread, to a stage."""
        begun = time.thread_time()
        try:
            yield
        finally:
            spent = time.thread_time() - begun
            costs.core_s[stage] += spent
            self._core_s += spent
