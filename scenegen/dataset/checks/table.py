"""The checks of a validation, in the order in which they are told: what each asks, and what it counts."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """One question to a dataset."""

    asks: str
    things: str
    """What it counts."""
    drawn: str | None = "frames"
    """What stands for the rest where a share is drawn: frames or units; nothing where all is looked at anyway."""
    needs_frames: bool = False
    """Whether it can't be told without stored frames."""


CHECKS: Mapping[str, Check] = {
    "record": Check("run.json is whole, and all it names is known", "files", drawn=None),
    "complete": Check("each planned frame and task stands there once, and nothing else does", "triplets", drawn=None),
    "checksums": Check("hashes of files, checksums of pages, pictures and buffers", "files", drawn="units"),
    "schema": Check("columns, footers and versions are the run's", "files", drawn=None),
    "plan": Check("each row says what was planned for its place", "frames"),
    "scenes": Check("frames are the first candidates that passed, none was skipped", "scenes", drawn=None),
    "buffers": Check("depth and normals keep their conventions", "frames", needs_frames=True),
    "ids": Check("ids stand in the tables of objects and materials", "frames", needs_frames=True),
    "gates": Check("every gate has passed, and passes again", "frames", needs_frames=True),
    "prompts": Check("prompts parsed back say what their rows say", "triplets"),
    "targets": Check("targets decoded are the exact buffers, within rounding", "triplets"),
    "duplicates": Check("no frame is shown twice", "frames", drawn=None, needs_frames=True),
    "leaks": Check("splits share no asset and no scene", "assets", drawn=None),
    "licences": Check("every asset is credited, under a licence that the run allows", "assets", drawn=None),
}
"""Name -> check."""
