"""Windows: which of those that are seen from outside are lit at an hour, by what, and how bright they look."""

from collections.abc import Mapping

import numpy as np

from scenegen.recipes.light.kelvin import kelvin
from schemas.recipe_specs import HourName
from schemas.surface import Color, Surface

INDOORS_W_M2: Mapping[HourName, float] = {"dawn": 0.5, "dusk": 0.7, "night": 0.3}
"""Of a lit room as it is seen from outside: a few times as bright as the street; no hour else has any."""
_SHARE: Mapping[HourName, tuple[float, float]] = {"dawn": (0.05, 0.2), "dusk": (0.2, 0.5), "night": (0.18, 0.5)}
"""Of the windows."""
KINDS = ((2500.0, 0.6), (2900.0, 1.0), (4000.0, 1.3))
"""Of lamps behind windows: kelvin, and how bright beside each other."""
UNLIT = -1


def draw_kinds(rng: np.random.Generator, hour: HourName, count: int) -> list[int]:
    """Returns which of KINDS is on behind each of some windows, UNLIT where none is."""
    share = rng.uniform(*_SHARE[hour])
    kinds = rng.integers(len(KINDS), size=count)
    return np.where(rng.random(count) < share, kinds, UNLIT).tolist()


def lit_surface(surface: Surface, kind: int, hour: HourName, through_cloth: bool = False) -> Surface:
    """Returns the surface of a window, of the room behind it, or of a curtain that is lit from behind."""
    temperature_k, brightness = KINDS[kind]
    color, w_m2 = kelvin(temperature_k), INDOORS_W_M2[hour] * brightness
    if through_cloth:
        w_m2 *= 0.7
        color = _product(color, surface.color)
    return surface.model_copy(update={"color": color, "glow_w_m2": w_m2})


def _product(a: Color, b: Color) -> Color:
    return a[0] * b[0], a[1] * b[1], a[2] * b[2]
