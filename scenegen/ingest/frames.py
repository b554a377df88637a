"""Frames of an ingested run, unit by unit, for the workers that commit them: a `worker.OpenFrames`.

Scene n of a run is the nth of the frames that the survey took. Frames are read anew; a folder whose frames are no
longer those of the record is refused.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from scenegen.ingest.asked import Asked
from scenegen.ingest.finished import Placed
from scenegen.ingest.ingester import Found, FrameError
from schemas.errors import DatasetError, InputError
from schemas.frame import Shot
from schemas.ingested import Ingested, names_sha256
from schemas.run_record import RunRecord
from schemas.unit import FramesOfUnit, Unit


def open_frames(record: RunRecord, location: str, threads: int) -> FramesOfUnit:
    """Opens the folder that `record` was made of, at an absolute path; `threads` are not needed.

    Raises InputError where other frames lie there. For a unit it raises DatasetError where a frame has changed since.
    """
    ingested = record.ingested
    assert ingested is not None, "of an ingested run"
    asked = Asked(ingested.source, Path(location), ingested.conventions, record.spec.gates)
    taken = dict(enumerate(_taken(asked, ingested), start=record.start.scene))
    return lambda unit: _shots(asked, record.spec.seed, unit, taken)


def _taken(asked: Asked, ingested: Ingested) -> list[Found]:
    found = asked.found()
    if names_sha256(tuple(each.name for each in found)) != ingested.names_sha256:
        raise InputError(f"{asked.root} holds other frames than when the run began: {len(found)} now")
    dropped = {each.name for each in ingested.dropped}
    return [each for each in found if each.name not in dropped]


def _shots(asked: Asked, seed: int, unit: Unit, taken: Mapping[int, Found]) -> Iterator[Shot]:
    for scene_index in range(unit.scene_start, unit.scene_stop):
        found = taken[scene_index]
        try:
            yield asked.shot(found, Placed(asked.source, seed, scene_index, unit.split))
        except (FrameError, OSError) as error:
            raise DatasetError(f"{asked.root / found.name} has changed since the run began: {error}") from error
