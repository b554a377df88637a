"""Legend: which label stands for which colour in one segmentation target, and which objects each label covers.

A legend without a background colour means black for every pixel that no entry covers (arXiv:2604.20329).
"""

from dataclasses import dataclass

Rgb = tuple[int, int, int]
"""Red, green and blue, 0 to 255 each."""

BLACK: Rgb = (0, 0, 0)


@dataclass(frozen=True)
class LegendEntry:
    """One label of a target."""

    label: str
    """A class phrase ("chairs") or a referring expression ("the lamp on the desk")."""
    rgb: Rgb
    instance_ids: tuple[int, ...]
    """Objects painted in `rgb`; empty for a class that is absent from the picture, or where only a prompt is known."""


@dataclass(frozen=True)
class Legend:
    """The labels of one target, in the order in which the prompt names them."""

    entries: tuple[LegendEntry, ...]
    background: Rgb | None
    """What all other pixels are painted in; None where the prompt doesn't say, which means black."""
