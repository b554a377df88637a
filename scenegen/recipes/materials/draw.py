"""Draw: one Surface, by chances: a colour near one of a chart, and every number from an interval."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from schemas.surface import Color, Finish, Surface

Place = Literal[
    "living", "bed", "dining", "bath", "kitchen", "office", "corridor", "warehouse", "shop", "parking", "street",
]  # fmt: skip
"""Where a surface is: what would be usual there."""
Chart = tuple[Color, ...]
Interval = tuple[float, float]

_WARMTH = 0.015
_LIGHTNESS = 0.035


@dataclass(frozen=True)
class Stuff:
    """What a surface is drawn from."""

    finish: Finish
    chart: Chart
    second: Chart = ()
    """Of joints, stripes or patches; without one they go with the first."""
    roughness: Interval = (0.5, 0.8)
    scale_m: Interval = (1.0, 1.0)
    wear: Interval = (0.0, 0.3)
    relief: Interval = (0.8, 1.2)

    def drawn(self, rng: np.random.Generator) -> Surface:
        """Returns a surface."""
        color, other = near(rng, self.chart), near(rng, self.second or self.chart)
        return Surface(
            finish=self.finish,
            color=color,
            second_color=other if self.second else None,
            roughness=_within(rng, self.roughness),
            scale_m=_within(rng, self.scale_m),
            wear=_within(rng, self.wear),
            relief=_within(rng, self.relief),
            variant=int(rng.integers(2**31)),
        )


def near(rng: np.random.Generator, chart: Chart) -> Color:
    """Returns a colour of the chart, a little lighter or darker, a little warmer or cooler."""
    red, green, blue = chart[int(rng.integers(len(chart)))]
    light, warm = rng.uniform(-_LIGHTNESS, _LIGHTNESS), rng.uniform(-_WARMTH, _WARMTH)
    return _clipped(red + light + warm), _clipped(green + light), _clipped(blue + light - warm)


def _within(rng: np.random.Generator, interval: Interval) -> float:
    return round(float(rng.uniform(*interval)), 4)


def _clipped(value: float) -> float:
    return round(float(min(max(value, 0.02), 0.97)), 4)
