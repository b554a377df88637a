"""ShownFrame: a frame as a page shows it: picture, targets as stored, camera, and the truth where it is known."""

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.frame import GBuffer
from schemas.triplet import Triplet


@dataclass(frozen=True, eq=False)
class Truth:
    """What is exactly known of a frame."""

    gbuffer: GBuffer
    names: Mapping[int, tuple[str, str]]
    """instance_id -> class and label of what the frame shows."""


@dataclass(frozen=True, eq=False)
class ShownFrame:
    """One frame."""

    targets: tuple[Triplet, ...]
    """All of this frame, one at least."""
    truth: Truth | None = None

    @property
    def of_all(self) -> Triplet:
        """Returns a row for what all of them share: picture, camera, names."""
        return self.targets[0]


def named(class_name: str, label: str) -> tuple[str, str]:
    """Returns class and label of an object as people write them."""
    return class_name.replace("_", " "), label
