"""Gate: one question to a view, answered by a figure that stays within its limit, or the view is no frame.

Gates before path tracing judge a `Case`, those after it a `Picture`. A gate never raises on damaged buffers, NaN and
ids out of nowhere included: finding them is what it is for. Figures are finite.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Bool

from scenegen.stage import Picture, Sighting
from schemas.frame import GBuffer
from schemas.run_spec import GateSpec
from schemas.scene_plan import ScenePlan, View


@dataclass(frozen=True)
class Case:
    """What is known of a candidate before it is photographed."""

    sighting: Sighting
    view: View
    plan: ScenePlan
    limits: GateSpec
    accepted: Sequence[GBuffer] = ()
    """Of the scene's views that have passed already."""

    @property
    def gbuffer(self) -> GBuffer:
        """Returns the exact buffers."""
        return self.sighting.gbuffer

    @cached_property
    def surface(self) -> Bool[np.ndarray, "h w"]:
        """Where something is seen; there, NaN counts as a surface too."""
        return self.gbuffer.z_depth_m != np.inf


@dataclass(frozen=True)
class Finding:
    """What one gate measured, and whether that is within the limit."""

    figure: float
    passed: bool


@dataclass(frozen=True)
class SightingGate:
    """A gate before path tracing."""

    figure: str
    """What its figure is, for people."""
    judge: Callable[[Case], Finding]


@dataclass(frozen=True)
class PictureGate:
    """A gate after the render."""

    figure: str
    judge: Callable[[Picture, GateSpec], Finding]


def at_most(figure: float, limit: float) -> Finding:
    """Returns the finding of a figure that must not be above a limit."""
    return Finding(float(figure), bool(figure <= limit))


def at_least(figure: float, limit: float) -> Finding:
    """Returns the finding of a figure that must not be below a limit."""
    return Finding(float(figure), bool(figure >= limit))
