"""Rigs: what carries a camera, and so how high it is and how it tilts; drawn anew for each candidate view.

The shares stand in `camera.rigs` of the spec. A recipe takes those that are found in its scenes: no car drives through
a room. Where there are none of them, heights and tilts are the recipe's own, or those of the spec's camera. Under a
ceiling, a rig is as high as there is room for it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np

from scenegen.recipes.draws import one_of
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
    "mast": _rig((3.0, 6.0), (-30.0, -7.0)),
}
"""Name in the spec -> rig: eyes of those who stand, sit and play, a robot on the floor, who bends over a table, a car's
camera behind the windscreen, one that hangs from the ceiling, one on a mast or at a window."""
INDOORS = frozenset(RIGS) - {"car", "mast"}
"""Those of rooms."""


@dataclass(frozen=True)
class Stand:
    """One of a recipe's own kinds of cameras: where they are, and how they look, the recipe knows by its name."""

    share: float
    carried_by: frozenset[str]
    """Members of RIGS that may be there."""
    rig: Rig | None = None
    """Where the spec names none of them; None: as its camera says."""


def stand(
    share: float,
    carried_by: Collection[str],
    height_m: tuple[float, float] | None = None,
    pitch_deg: tuple[float, float] | None = None,
) -> Stand:
    """Returns a stand, whose own rig is as high and tilts as is given, if it is."""
    rig = _rig(height_m, pitch_deg) if height_m and pitch_deg else None
    return Stand(share, frozenset(carried_by), rig)


def draw_stand(rng: np.random.Generator, spec: CameraSpec, stands: Mapping[str, Stand]) -> tuple[str, Rig]:
    """Returns the name of a stand, and what carries a camera there: by the spec's shares if it names any that fit."""
    fitting = frozenset[str]().union(*(each.carried_by for each in stands.values()))
    named = {name: spec.rigs[name] for name in sorted(fitting & spec.rigs.keys())}
    if not named:
        where = one_of(rng, {name: each.share for name, each in stands.items()})
        return where, stands[where].rig or Rig(spec.height_m, spec.pitch_deg)
    carrier = one_of(rng, named)
    there = {name: each.share for name, each in stands.items() if carrier in each.carried_by}
    return one_of(rng, there), RIGS[carrier]


def draw_rig(rng: np.random.Generator, spec: CameraSpec, among: Collection[str] = frozenset(RIGS)) -> Rig:
    """Returns a rig by the shares of the spec, of those that may be there.

    Where the spec names none of them, height and tilt are those of its camera. Takes one number, whatever the shares.
    """
    named = {name: spec.rigs[name] for name in sorted(spec.rigs) if name in among}
    drawn = one_of(rng, named or {"": 1.0})
    return RIGS[drawn] if named else Rig(spec.height_m, spec.pitch_deg)
