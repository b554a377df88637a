"""Rigs: what carries a camera, and so how high it is and how it tilts; drawn anew for each candidate view.

The shares stand in `camera.rigs` of the spec. Where there are none, height and tilt are those of the spec's camera.
Draws come from a stream of their own, so that rigs move nothing but heights and tilts. Under a ceiling, a rig is as
high as there is room for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from schemas.ranges import Range
from schemas.run_spec import CameraSpec


@dataclass(frozen=True)
class Rig:
    """A kind of camera by what carries it."""

    height_m: Range
    """Above the floor."""
    pitch_deg: Range
    """Upward positive."""

    def below(self, top_m: float) -> "Rig":
        """Returns the rig with no camera above `top_m`."""
        low_m, high_m = min(self.height_m.low, top_m), min(self.height_m.high, top_m)
        return replace(self, height_m=Range(low=low_m, high=high_m))


def _rig(height_m: tuple[float, float], pitch_deg: tuple[float, float]) -> Rig:
    return Rig(Range(low=height_m[0], high=height_m[1]), Range(low=pitch_deg[0], high=pitch_deg[1]))


RIGS: Mapping[str, Rig] = {
    "human": _rig((1.45, 1.8), (-20.0, 5.0)),
    "seated": _rig((1.05, 1.3), (-15.0, 5.0)),
    "child": _rig((0.85, 1.25), (-12.0, 12.0)),
    "robot": _rig((0.25, 0.6), (-5.0, 20.0)),
    "table": _rig((0.9, 1.3), (-45.0, -10.0)),
    "car": _rig((1.0, 1.6), (-6.0, 4.0)),
    "ceiling": _rig((2.1, 3.0), (-60.0, -25.0)),
}
"""Name in the spec -> rig: eyes of those who stand, sit and play, a robot on the floor, who bends over a table, a car's
camera behind the windscreen, one that hangs from the ceiling."""


def draw_rig(rng: np.random.Generator, spec: CameraSpec) -> Rig:
    """Returns a rig by the shares of the spec; one number from the stream, whatever they are."""
    drawn = float(rng.random())
    names = sorted(spec.rigs)
    if not names:
        return Rig(spec.height_m, spec.pitch_deg)
    ends = np.cumsum([spec.rigs[name] for name in names])
    number = int(np.searchsorted(ends, drawn * ends[-1], side="right"))
    return RIGS[names[min(number, len(names) - 1)]]
