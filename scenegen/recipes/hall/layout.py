"""Layout: which kind of hall it is, how large, and where in it the cameras will mostly be.

Axes: x along the hall, y across, both from its middle; the floor is at z = 0.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from scenegen.recipes.draws import drawn_within, one_of
from scenegen.recipes.solid import Vec2
from schemas.ranges import Range
from schemas.recipe_specs import HallSpec

Kind = Literal["warehouse", "shop", "parking"]

_KINDS: dict[Kind, float] = {"warehouse": 0.4, "shop": 0.33, "parking": 0.27}
_USUAL: dict[Kind, tuple[Range, Range, Range]] = {
    "warehouse": (Range(low=26.0, high=110.0), Range(low=13.0, high=50.0), Range(low=5.0, high=11.0)),
    "shop": (Range(low=18.0, high=52.0), Range(low=12.0, high=30.0), Range(low=2.9, high=4.8)),
    "parking": (Range(low=30.0, high=110.0), Range(low=15.5, high=36.0), Range(low=2.6, high=3.4)),
}
"""Kind -> length, width and height that are usual, as far as the spec allows."""

_MODULE_M = (15.0, 16.8)
"""Width of a lane with bays on both sides, on a parking deck."""


@dataclass(frozen=True)
class Hall:
    """The inner measures of a hall."""

    kind: Kind
    length_m: float
    width_m: float
    height_m: float
    focus_m: Vec2
    """What stands near it is planned in detail, and most cameras are not far."""

    @property
    def half_m(self) -> Vec2:
        """Half its length and width."""
        return self.length_m / 2, self.width_m / 2

    def near(self, spot: Vec2, reach_m: float) -> bool:
        """Tells whether a place is within reach of the focus."""
        return bool(np.hypot(spot[0] - self.focus_m[0], spot[1] - self.focus_m[1]) < reach_m)


def draw_hall(rng: np.random.Generator, spec: HallSpec) -> Hall:
    """Returns a hall within the spec."""
    kinds: dict[str, Kind] = {kind: kind for kind in _KINDS}
    kind = kinds[one_of(rng, {str(kind): share for kind, share in _KINDS.items()})]
    pairs = zip(_USUAL[kind], (spec.length_m, spec.width_m, spec.height_m), strict=True)
    length_m, width_m, height_m = (drawn_within(rng, _shared(usual, given)) for usual, given in pairs)
    if kind == "parking":
        most_m = _MODULE_M[1] * max(int(width_m / _MODULE_M[0]), 1)
        width_m = max(min(width_m, most_m), spec.width_m.low)
    along = float(rng.uniform(0.1, 0.4)) * (1.0 if rng.random() < 0.5 else -1.0)
    focus_m = along * length_m, float(rng.uniform(-0.3, 0.3)) * width_m
    return Hall(kind, length_m, width_m, height_m, focus_m)


def _shared(usual: Range, given: Range) -> Range:
    """Returns what both hold; else the end of what is given that is nearest to the usual."""
    low, high = max(usual.low, given.low), min(usual.high, given.high)
    if low <= high:
        return Range(low=low, high=high)
    end = given.high if usual.low > given.high else given.low
    return Range(low=end, high=end)
