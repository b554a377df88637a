"""A unit's frames as the files that its commit will publish, in memory: pure, byte-deterministic functions.

What costs time is done frame by frame, so that it can run beside the next render: `pack_frame` encodes, `pack_unit`
joins. The frames file, and that of the frames set aside, are named by their content; the triplets file holds names and
hashes in its footer: once the triplets are there, they can't be mixed with another attempt's.

Edges: of the frames set aside, a unit keeps the first 32; the footer tells of all.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from scenegen.dataset.footer import UnitFooter, rejected_views
from scenegen.dataset.frames import FrameRow, frame_row, frames_file, set_aside
from scenegen.dataset.picture import encode_picture
from scenegen.dataset.triplets import triplets_file, triplets_of
from schemas.errors import RenderError
from schemas.frame import Frame, Rejection
from schemas.run_record import RunRecord
from schemas.sample import samples_of
from schemas.scene_plan import ScenePlan
from schemas.triplet import Triplet
from schemas.unit import Unit

MOST_SET_ASIDE = 32
"""Frames of a unit."""


@dataclass(frozen=True)
class PackedFrame:
    """A frame as the rows that it becomes; its arrays are encoded and may go."""

    frame_id: str
    triplets: tuple[Triplet, ...]
    omitted: tuple[str, ...]
    """Names of the samples that the frame can't answer."""
    row: FrameRow | None
    """Of the frames file; nothing where the spec keeps no frames."""


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
    set_aside: bytes | None = None
    """Goes to `set_aside_path`; nothing where no rendered frame was rejected."""
    set_aside_path: str | None = None

    @property
    def stored_bytes(self) -> int:
        """Returns the size of all files together."""
        return sum(len(file) for file in (self.triplets, self.frames, self.set_aside) if file is not None)


def pack_frame(record: RunRecord, plan: ScenePlan, frame: Frame) -> PackedFrame:
    """Returns a frame with its picture, targets and buffers encoded; may run in any thread.

    Raises RenderError where the frame shows what its plan lacks.
    """
    picture = frame.picture or encode_picture(frame.rgb, record.spec.image)
    triplets = triplets_of(frame, plan, record.spec, picture)
    answered = {triplet.sample_id for triplet in triplets}
    planned = [sample.sample_id for sample in samples_of(record.spec, frame.frame_id)]
    return PackedFrame(
        frame_id=frame.frame_id,
        triplets=triplets,
        omitted=tuple(name for name in planned if name not in answered),
        row=frame_row(plan, frame, picture) if record.spec.keep_frames else None,
    )


def pack_unit(
    record: RunRecord, unit: Unit, packed: Sequence[PackedFrame], rejections: Sequence[Rejection] = ()
) -> UnitFiles:
    """Returns the files of a unit; raises RenderError where `packed` are not its frames, all and in order.

    `rejections`: every candidate that was looked at and became no frame, in the order of the looking.
    """
    _check_complete(record, unit, packed)
    triplets = [triplet for frame in packed for triplet in frame.triplets]
    footer = UnitFooter(unit=unit, run_digest=record.digest(), versions=record.versions, rows=len(triplets))
    frames, frames_sha256 = _file([frame.row for frame in packed if frame.row is not None], footer)
    aside, aside_sha256 = _file(_rows_set_aside(record, rejections), footer)
    paths = {
        "frames_path": unit.frames_path(frames_sha256) if frames_sha256 is not None else None,
        "set_aside_path": unit.set_aside_path(aside_sha256) if aside_sha256 is not None else None,
    }
    hashes = {"frames_sha256": frames_sha256, "set_aside_sha256": aside_sha256}
    told = {
        "omitted": tuple(name for frame in packed for name in frame.omitted),
        "rejections": rejected_views(rejections),
    }
    footer = footer.model_copy(update={**paths, **hashes, **told})
    return UnitFiles(
        unit=unit,
        triplets=triplets_file(triplets, footer.metadata()),
        frames=frames,
        triplet_count=len(triplets),
        frame_count=len(packed),
        set_aside=aside,
        **paths,
    )


def _file(rows: Sequence[FrameRow], of_triplets: UnitFooter) -> tuple[bytes | None, str | None]:
    """Returns a file of frames and its hash; nothing where there are no rows."""
    if not rows:
        return None, None
    footer = of_triplets.model_copy(update={"rows": len(rows)})
    file = frames_file(rows, footer.metadata())
    return file, hashlib.sha256(file).hexdigest()


def _rows_set_aside(record: RunRecord, rejections: Sequence[Rejection]) -> list[FrameRow]:
    rendered = ((rejection.shot, rejection.verdict) for rejection in rejections if rejection.shot is not None)
    return [
        frame_row(plan, set_aside(plan, frame, reason), encode_picture(frame.rgb, record.spec.image))
        for (plan, frame), reason in islice(rendered, MOST_SET_ASIDE)
    ]


def _check_complete(record: RunRecord, unit: Unit, packed: Sequence[PackedFrame]) -> None:
    planned = unit.frame_ids(record.spec)
    given = [frame.frame_id for frame in packed]
    if given != planned:
        lacking = sorted(set(planned) - set(given)) or "none"
        raise RenderError(f"{unit.name}: {len(given)} frames given, {len(planned)} planned; lacking: {lacking}")
