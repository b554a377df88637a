"""Ingester: how the frames of one source are found and read; and what it says of a frame, in our units and axes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Bool, Float32, Float64, Int64, UInt8

from schemas.errors import DatasetError
from schemas.model import Frozen

MOST_PIXELS = 1 << 24
"""Of a frame: judging one takes 125 bytes a pixel, and a file of two kilobytes may claim any number."""


class FrameError(DatasetError):
    """A frame that can't be taken: `reason` is what is counted, `detail` what was found there."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)


class Thing(NamedTuple):
    """What a source says of one object."""

    label: str
    class_name: str | None
    """In our taxonomy; nothing where it is unknown."""
    are_many: bool = False
    """Whether it stands for all of a class."""


@dataclass(frozen=True, eq=False)
class Reading:
    """A frame as a source has it, in our units and axes, of any size."""

    rgb: UInt8[np.ndarray, "h w 3"]
    """Display-referred sRGB."""
    z_depth_m: Float32[np.ndarray, "h w"]
    """Planar; infinity = no surface."""
    k: Float64[np.ndarray, "3 3"]
    """The centre of the top-left pixel is (0.5, 0.5)."""
    cam2world: Float64[np.ndarray, "4 4"] | None = None
    """OpenCV axes, world z up, metres; nothing where it is not known."""
    normal_cam: Float32[np.ndarray, "h w 3"] | None = None
    """x right, y up, z toward the camera, of any length; nothing where there are none."""
    doubtful: Bool[np.ndarray, "h w"] | None = None
    """Where normals were averaged over several surfaces: the slope of the depth is put in their place."""
    instance_id: Int64[np.ndarray, "h w"] | None = None
    """The source's own numbers; 0 where it has none. Nothing where it tells no objects apart."""
    things: Mapping[int, Thing] = field(default_factory=dict)
    """By those numbers."""
    mended: Mapping[str, int] = field(default_factory=dict)
    """What was mended -> pixels."""
    is_half: bool = False
    """Whether depth was stored in half precision, in steps of a two-thousandth."""


class Found(NamedTuple):
    """A frame of a source."""

    name: str
    """Relative to the source's folder, with slashes."""
    files: tuple[str, ...]
    """All that it is read from, likewise."""


@dataclass(frozen=True)
class Ingester:
    """A source of frames."""

    conventions: type[Frozen]
    """What a user may say of its files."""
    find: Callable[[Path, Any], Sequence[Found]]
    """(folder, conventions) -> its frames, in order. Raises InputError where the folder is no such source."""
    read: Callable[[Path, Found, Any], Reading]
    """Raises FrameError, and InputError for what would meet every frame, such as a camera that nobody states."""
    card: str
    """What users of a dataset must know of these frames, as Markdown."""
    modules: tuple[str, ...] = ()
    """Module that it needs beyond the base install."""
