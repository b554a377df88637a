"""The sky as a gradient from a pale horizon to a blue zenith, grey below; as strong as the plan says, no sun disc."""

import numpy as np
from jaxtyping import Float64

from schemas.scene_plan import Sky

_ZENITH = np.array([[0.35], [0.6], [1.1]])
_HORIZON = np.array([[1.9], [2.2], [2.5]])
_BELOW = np.array([[0.4], [0.39], [0.37]])


def radiance(directions: Float64[np.ndarray, "3 n"], sky: Sky) -> Float64[np.ndarray, "3 n"]:
    """Returns linear Rec.709 radiance along world directions of any length."""
    x, y, z = directions
    up = z / np.sqrt(x * x + y * y + z * z)
    above = _HORIZON + (_ZENITH - _HORIZON) * np.sqrt(np.maximum(up, 0.0))
    return sky.strength * np.where(up >= 0, above, _BELOW)
