"""Worker: makes the frames of one unit after another in a process of its own, and commits each beside the next.

The driver turns the class into a Ray actor; it knows nothing of Ray itself. Where frames come from, a renderer or a
dataset that keeps them, is named by an import path (`module:function`), so that Blender is loaded where it is used and
nowhere else.

A unit's receipt comes with the events of the next one, or when the driver asks for it by `finish`: of two units at
most, one is in the making and one in the commit. Faults are told as events too, each of its own unit.
"""

import os
import pkgutil
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, wait
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import NoReturn, TypeAlias

from ray_cluster.events import Fault, FrameDone, Lease, Recycled, Rejected, Voided, WorkerEvent
from ray_cluster.hands import scene_in_hand
from ray_cluster.limits import WorkerLimits
from ray_cluster.packer import Packer, Parcel
from ray_cluster.policies import POLICIES, kind_of
from ray_cluster.storage import open_storage
from ray_cluster.unit_log import captured, flush, log_path
from ray_cluster.versions import check_versions
from scenegen.dataset.places import Located
from schemas.errors import ScenegenError
from schemas.frame import Outcome, Redrawn, Rejection
from schemas.run_record import RunRecord
from schemas.unit import FramesOfUnit, Receipt, Unit

OpenFrames: TypeAlias = Callable[[RunRecord, str, int], FramesOfUnit]
"""(record, location, threads) -> what yields the frames of a unit; called once by each worker. That of
`scenegen.produce` opens a catalog and renders, that of `scenegen.dataset.stored_frames` opens a dataset and reads."""


@dataclass(frozen=True)
class Job:
    """What all workers of a run are told."""

    record: RunRecord
    out: Located
    """Absolute, or in a bucket."""
    frames: str
    """Import path of an `OpenFrames`."""
    location: str
    """What it opens: 'builtin', a URL or an absolute path."""
    threads: int
    """For rendering; no byte depends on them."""
    limits: WorkerLimits
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables that the driver's environment has, and a worker's on another machine may lack."""

    @property
    def staging_root(self) -> Path | None:
        """Returns OUT where it is a folder, in which files are staged."""
        return self.out if isinstance(self.out, Path) else None


class Worker:
    """Holds what its frames are made from, opened; the packing thread; and whatever the renderer keeps warm."""

    def __init__(self, job: Job, logs: Path) -> None:
        """`logs`: absolute; a folder for what the process says while it makes a unit."""
        self._job = job
        self._logs = logs
        self._packer = Packer(job.record, open_storage(job.out))
        self._in_commit: tuple[Unit, Future[Receipt]] | None = None
        self._last_commit: Future[Receipt] | None = None
        self._scenes = 0
        self._is_sound = True

    def make(self, lease: Lease) -> Iterator[WorkerEvent]:
        """Makes a unit; yields its events, and what became of the one before. Its commit goes on behind."""
        unit = lease.unit
        parcel, fault = Parcel(lease), None
        begun = self._own_core_s()
        with captured(log_path(self._logs, unit)):
            try:
                yield from self._filled(parcel)
            except Exception as error:
                fault = replace(self._fault(unit, error), scene_index=self._scene_in_hand(parcel))
        parcel.costs.core_s["make"] = max(0.0, self._own_core_s() - begun)
        yield from self.finish()
        if fault is None:
            self._last_commit = self._packer.commit(parcel)
            self._in_commit = unit, self._last_commit
        else:
            yield fault
        yield from self._recycled(unit)

    def finish(self) -> Iterator[WorkerEvent]:
        """Yields what became of the unit in the commit, if there is one, once that is known."""
        if self._in_commit is None:
            return
        unit, receipt = self._in_commit
        self._in_commit = None
        if (error := receipt.exception()) is None:
            log_path(self._logs, unit).unlink(missing_ok=True)
            yield receipt.result()
            return
        with captured(log_path(self._logs, unit)):
            fault = self._fault(unit, error)
        yield fault

    def wait_for_commit(self) -> None:
        """Returns once nothing is in the commit; may be called beside `make`."""
        if self._last_commit is not None:
            wait([self._last_commit])

    def leave(self) -> NoReturn:
        """Ends the process at once: Blender may hang where Python would clear up."""
        flush()
        os._exit(0)

    def _own_core_s(self) -> float:
        """Returns the processor time of this process, with a renderer's threads, without what packing took."""
        return time.process_time() - self._packer.core_s

    def _filled(self, parcel: Parcel) -> Iterator[WorkerEvent]:
        for outcome in self._frames_of_unit(parcel.unit):
            yield self._taken(parcel, outcome)
            if self._in_commit is not None and self._in_commit[1].done():
                yield from self.finish()

    def _scene_in_hand(self, parcel: Parcel) -> int | None:
        """Returns the scene that a fault is of: packing may tell of it some frames later."""
        return scene_in_hand(parcel.unit, parcel.sound_frames(), self._job.record.spec.views_per_scene)

    def _taken(self, parcel: Parcel, outcome: Outcome) -> WorkerEvent:
        """Puts an outcome into the parcel; returns its event."""
        match outcome:
            case Rejection(scene_index, _, view_index, verdict):
                parcel.reject(outcome)
                return Rejected(parcel.unit, scene_index, view_index, verdict.gate, float(verdict.figure))
            case Redrawn(scene_index, _, frames):
                parcel.drop_last(frames)
                return Voided(parcel.unit, scene_index, frames)
            case plan, frame:
                self._packer.add(parcel, plan, frame)
                return FrameDone(parcel.unit, frame.frame_id)

    def _recycled(self, unit: Unit) -> Iterator[WorkerEvent]:
        """Yields the worker's farewell, after all that it has to tell, where it had its share."""
        self._scenes += unit.scene_stop - unit.scene_start
        reason = self._job.limits.reached(self._scenes) if self._is_sound else "it met a fault that nobody foresaw"
        if reason is not None:
            yield from self.finish()
            yield Recycled(unit, os.getpid(), reason)

    def _fault(self, unit: Unit, error: BaseException) -> Fault:
        """Tells of a fault; the whole of one that nobody foresaw goes into the log too."""
        kind, words = kind_of(error), " ".join(str(error).split())
        self._is_sound &= not POLICIES[kind].is_replaced
        if isinstance(error, ScenegenError):
            return Fault(unit, kind, words, error)
        traceback.print_exception(error)
        told = "".join(traceback.format_exception(error))
        return Fault(unit, kind, f"{type(error).__name__}: {words}", traceback=told)

    @cached_property
    def _frames_of_unit(self) -> FramesOfUnit:
        check_versions(self._job.record)
        open_frames: OpenFrames = pkgutil.resolve_name(self._job.frames)
        return open_frames(self._job.record, self._job.location, self._job.threads)
