"""Samples: a few pictures of a dataset, small, evenly spread over its frames, for a page to show."""

from dataclasses import dataclass, field

import numpy as np
from jaxtyping import UInt8
from PIL import Image

from scenegen.dataset.jpeg import encode_jpeg
from schemas.frame import Frame

_SIDE_PX = 200
_QUALITY = 82


@dataclass(frozen=True)
class Sample:
    """One picture."""

    frame_id: str
    jpeg: bytes
    width_px: int
    height_px: int


@dataclass
class Samples:
    """Those that were chosen from frames as they came."""

    wanted: frozenset[int] = frozenset()
    """Places among all frames."""
    offered: int = 0
    chosen: list[Sample] = field(default_factory=list)

    @classmethod
    def of(cls, frames: int, count: int) -> "Samples":
        """Returns samples to be chosen, `count` of so many frames."""
        return cls(frozenset((np.arange(min(count, frames)) * frames // max(min(count, frames), 1)).tolist()))

    def offer(self, frame: Frame) -> None:
        """Takes the frame, if its place is one of those wanted."""
        if self.offered in self.wanted:
            self.chosen.append(_sample(frame.frame_id, frame.rgb))
        self.offered += 1


def _sample(frame_id: str, rgb: UInt8[np.ndarray, "h w 3"]) -> Sample:
    picture = Image.fromarray(rgb)
    picture.thumbnail((_SIDE_PX, _SIDE_PX), Image.Resampling.LANCZOS)
    return Sample(frame_id, encode_jpeg(np.asarray(picture), _QUALITY), *picture.size)
