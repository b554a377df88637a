"""Ingested: where frames are from that others rendered, and what is not known of them.

A record has an `Ingested`, the plan of each frame an `Origin`. What is lacking decides which tasks can be asked:
`Encoder.needs` names it.
"""

import hashlib
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field

from schemas.model import Frozen, canonical_json

Lacking: TypeAlias = Literal["scene", "pose", "normals", "classes", "instances"]
"""scene: what things stand on, their sizes and looks; lacking always. pose: where the camera is; `cam2world` is then
that of a level camera at the origin. normals: those stored are the slopes of the depth. classes: an object is of a
class that nobody named. instances: which pixels of a class are one object."""

UNKNOWN_CLASS = "unknown"
UNKNOWN_CLASS_ID = 65535
"""Of objects whose class nobody named; no class of the taxonomy."""


class Origin(Frozen):
    """Where one frame is from."""

    name: str
    """Of the frame in its source, a relative path."""
    crop_px: tuple[int, int]
    """Columns and rows that were cut off at the left and at the top, so that both sides are multiples of 16."""
    lacking: tuple[Lacking, ...]
    mended: dict[str, int]
    """What was mended -> pixels."""
    groups: tuple[int, ...] = ()
    """Instance ids that stand for all things of a class, which the source does not tell apart."""
    slopes_every_px: int = Field(1, ge=1)
    """Gates of slopes look at every so manieth row and column; more than 1 where depth goes in steps."""


class Dropped(Frozen):
    """A frame of the source that became none of ours."""

    name: str
    reason: str
    """What is counted, and behind a colon what was found in this frame."""


class Ingested(Frozen):
    """Where a run's frames are from. Of its spec count seed, tasks, targets, image, gates and sizes, no more."""

    source: str
    """A member of INGESTERS."""
    name: str
    """Last part of the path of the folder; where it lies is no part of a run."""
    told: str
    """What users must know of frames of this source, as Markdown: for the card."""
    license: str = ""
    """As it was given; empty where it was not."""
    conventions: dict[str, Any]
    """What was said, or taken by default, of the source's files."""
    content_sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """Over the names of all frames found and the content of their files."""
    names_sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """Over the names alone."""
    lacking: tuple[Lacking, ...]
    """What no frame has."""
    dropped: tuple[Dropped, ...]
    """In the order of the frames; the others are the run's scenes, one after another."""
    mended: dict[str, int]
    """What was mended -> pixels, over all frames."""

    def reasons(self) -> dict[str, int]:
        """Returns how many frames were dropped for which reason, the most frequent first."""
        counts: dict[str, int] = {}
        for each in self.dropped:
            reason = each.reason.partition(": ")[0]
            counts[reason] = counts.get(reason, 0) + 1
        return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def names_sha256(names: tuple[str, ...]) -> str:
    """Returns the hash of the names of a source's frames."""
    return hashlib.sha256(canonical_json(list(names)).encode()).hexdigest()
