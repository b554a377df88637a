"""Legend: which label stands for which colour in one segmentation target, and which objects each label covers.

A legend without a background colour means black for every pixel that no entry covers (arXiv:2604.20329).
"""

from dataclasses import dataclass

from schemas.triplet import LegendEntry

__all__ = ["BLACK", "Legend", "LegendEntry", "Rgb"]

Rgb = tuple[int, int, int]
"""Red, green and blue, 0 to 255 each."""

BLACK: Rgb = (0, 0, 0)


@dataclass(frozen=True)
class Legend:
    """The labels of one target, in the order in which the prompt names them."""

    entries: tuple[LegendEntry, ...]
    background: Rgb | None
    """What all other pixels are painted in; None where the prompt doesn't say it, which means black."""

    @property
    def background_rgb(self) -> Rgb:
        """Returns the background's colour, said or not."""
        return BLACK if self.background is None else self.background
