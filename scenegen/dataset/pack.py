"""A unit's frames as the files that its commit will publish, in memory: a pure, byte-deterministic function.

The frames file is named by its content, the triplets file holds that name and hash in its footer: once the triplets
are there, the pair can't be mixed with another attempt's.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from scenegen.dataset.footer import UnitFooter
from scenegen.dataset.frames import frames_file
from scenegen.dataset.triplets import triplets_file, triplets_of
from schemas.errors import RenderError
from schemas.frame import Shot
from schemas.run_record import RunRecord
from schemas.unit import Unit


@dataclass(frozen=True)
class UnitFiles:
    """What a commit writes: frames first, triplets last."""

    unit: Unit
    triplets: bytes
    """Goes to `unit.triplets_path`."""
    frames: bytes | None
    """Goes to `frames_path`; nothing where the spec keeps no frames."""
    frames_path: str | None
    triplet_count: int
    frame_count: int


def pack_unit(record: RunRecord, unit: Unit, shots: Sequence[Shot]) -> UnitFiles:
    """Returns the files of a unit; raises RenderError where `shots` are not its frames, all and in order."""
    _check_complete(record, unit, shots)
    triplets = [triplet for plan, frame in shots for triplet in triplets_of(frame, plan, record.spec)]
    footer = UnitFooter(unit=unit, run_digest=record.digest(), versions=record.versions, rows=len(shots))
    frames = frames_file(shots, footer.metadata()) if record.spec.keep_frames else None
    sha256 = hashlib.sha256(frames).hexdigest() if frames is not None else None
    frames_path = unit.frames_path(sha256) if sha256 is not None else None
    record_of_commit = footer.model_copy(
        update={"frames_path": frames_path, "frames_sha256": sha256, "rows": len(triplets)}
    )
    return UnitFiles(
        unit=unit,
        triplets=triplets_file(triplets, record_of_commit.metadata()),
        frames=frames,
        frames_path=frames_path,
        triplet_count=len(triplets),
        frame_count=len(shots),
    )


def _check_complete(record: RunRecord, unit: Unit, shots: Sequence[Shot]) -> None:
    planned = unit.frame_ids(record.spec)
    given = [frame.frame_id for _, frame in shots]
    if given != planned:
        lacking = sorted(set(planned) - set(given)) or "none"
        raise RenderError(f"{unit.name}: {len(given)} frames given, {len(planned)} planned; lacking: {lacking}")
