"""The sky by weather, roughly, as strong as the plan says, no sun disc and no clouds; below the horizon, ground.

Clear: from a pale horizon to a blue zenith, dimmer as the sun sets. Overcast: grey, thrice as bright overhead (CIE).
Night: nearly black.
"""

import math
from collections.abc import Mapping

import numpy as np
from jaxtyping import Float64

from schemas.scene_plan import Sky

_ZENITH: Mapping[str, tuple[float, float, float]] = {
    "clear": (0.35, 0.6, 1.1), "overcast": (7.1, 7.4, 7.8), "night": (0.0003, 0.00045, 0.0009),
}  # fmt: skip
_HORIZON: Mapping[str, tuple[float, float, float]] = {
    "clear": (1.9, 2.2, 2.5), "overcast": (2.4, 2.5, 2.6), "night": (0.0016, 0.0013, 0.0012),
}  # fmt: skip
_BELOW: Mapping[str, tuple[float, float, float]] = {
    "clear": (0.4, 0.39, 0.37), "overcast": (0.5, 0.5, 0.5), "night": (0.0003, 0.0003, 0.0002),
}  # fmt: skip
_TWILIGHT_RAD = -0.14
_BRIGHT_RAD = 0.17
"""Where the sun stands when a clear sky is as bright as by day."""


def radiance(directions: Float64[np.ndarray, "3 n"], sky: Sky) -> Float64[np.ndarray, "3 n"]:
    """Returns linear Rec.709 radiance along world directions of any length."""
    x, y, z = directions
    up = z / np.sqrt(x * x + y * y + z * z)
    zenith, horizon, below = (np.array(tone[sky.weather])[:, None] for tone in (_ZENITH, _HORIZON, _BELOW))
    grows = np.sqrt(np.maximum(up, 0.0)) if sky.weather != "overcast" else np.maximum(up, 0.0)
    return sky.strength * _daylight(sky) * np.where(up >= 0, horizon + (zenith - horizon) * grows, below)


def _daylight(sky: Sky) -> float:
    """Returns how bright a clear sky is beside that of day; others say so by their strength."""
    if sky.weather != "clear":
        return 1.0
    risen = (sky.sun_elevation_rad - _TWILIGHT_RAD) / (_BRIGHT_RAD - _TWILIGHT_RAD)
    return math.exp(-6.0 * (1.0 - min(max(risen, 0.0), 1.0)))
