"""The sky as a gradient from a pale horizon to a blue zenith, grey below; as strong as the plan says, no sun disc."""

import numpy as np
from jaxtyping import Float64

from schemas.geometry import unit_length
from schemas.scene_plan import Sky

_ZENITH = np.array([0.35, 0.6, 1.1])
_HORIZON = np.array([1.3, 1.45, 1.6])
_BELOW = np.array([0.3, 0.29, 0.27])


def radiance(directions: Float64[np.ndarray, "n 3"], sky: Sky) -> Float64[np.ndarray, "n 3"]:
    """Returns linear Rec.709 radiance along world directions of any length."""
    up = unit_length(directions)[:, 2:]
    above = _HORIZON + (_ZENITH - _HORIZON) * np.sqrt(np.maximum(up, 0.0))
    return sky.strength * np.where(up >= 0, above, _BELOW)
