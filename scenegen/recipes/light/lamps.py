"""Lamps: what each kind of lamp gives, in watts as an LED of that light takes, and of which colour.

Usual luminous fluxes (a bulb 400 to 1100 lm, a candle 13 lm, a street lamp 3000 to 9000 lm) over 90 lm/W.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scenegen.recipes.light.kelvin import kelvin
from schemas.surface import Color

Interval = tuple[float, float]


@dataclass(frozen=True)
class Kind:
    """What lamps of a kind give together, all their bulbs."""

    watts: Interval
    kelvin: Interval


@dataclass(frozen=True)
class Lit:
    """One lamp that is on."""

    watts: float
    color: Color


LAMPS: Mapping[str, Kind] = {
    "ceiling_lamp": Kind((8.0, 24.0), (2700.0, 4200.0)),
    "chandelier": Kind((12.0, 30.0), (2500.0, 3000.0)),
    "floor_lamp": Kind((6.0, 16.0), (2600.0, 3100.0)),
    "table_lamp": Kind((3.5, 9.0), (2500.0, 3100.0)),
    "wall_lamp": Kind((4.0, 10.0), (2600.0, 3300.0)),
    "candle": Kind((0.14, 0.2), (1850.0, 1950.0)),
    "lantern": Kind((0.15, 3.0), (1900.0, 2700.0)),
    "flashlight": Kind((1.0, 4.0), (4000.0, 6500.0)),
    "fluorescent_tube": Kind((25.0, 60.0), (3300.0, 6500.0)),
    "sodium_street_lamp": Kind((50.0, 110.0), (1950.0, 2150.0)),
    "led_street_lamp": Kind((35.0, 90.0), (2700.0, 4500.0)),
}
"""By class, or by what street and hall lamps hold."""
_OTHER = Kind((3.0, 9.0), (2600.0, 3300.0))


def draw_lit(rng: np.random.Generator, kind: str) -> Lit:
    """Returns a lamp of a kind; one that is not listed is a small one."""
    of = LAMPS.get(kind, _OTHER)
    return Lit(float(rng.uniform(*of.watts)), kelvin(float(rng.uniform(*of.kelvin))))
