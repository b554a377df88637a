"""Gate: one question to a view, answered by a figure that stays within its limit, or the view is no frame.

Gates before path tracing judge a `Case`, those after it a `Picture`. A gate never raises on damaged buffers, NaN and
ids out of nowhere included: finding them is what it is for. Figures are finite.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Bool, Float64

from scenegen.gates.planes import Planes, inverse_depths, local_planes
from scenegen.gates.thumbnail import Thumbnail
from scenegen.stage import Picture, Sighting
from schemas.frame import GBuffer
from schemas.run_spec import GateSpec
from schemas.scene_plan import ScenePlan, View, square


@dataclass(frozen=True)
class Case:
    """What is known of a candidate before it is photographed."""

    sighting: Sighting
    view: View
    plan: ScenePlan
    limits: GateSpec
    accepted: Sequence[Thumbnail] = ()
    """Of the scene's views that have passed already."""

    @property
    def gbuffer(self) -> GBuffer:
        """Returns the exact buffers."""
        return self.sighting.gbuffer

    @cached_property
    def k(self) -> Float64[np.ndarray, "3 3"]:
        """The view's K."""
        return square(self.view.intrinsics)

    @cached_property
    def surface(self) -> Bool[np.ndarray, "h w"]:
        """Where something is seen; a depth that is NaN counts as a surface."""
        return self.gbuffer.z_depth_m != np.inf

    @cached_property
    def inverse_depth(self) -> Float64[np.ndarray, "h w"]:
        """1 / z_depth_m; 0 where there is no surface, and where the depth is none."""
        return inverse_depths(self.gbuffer.z_depth_m)

    @cached_property
    def planes(self) -> Planes:
        """What the slope of the depth says of the surfaces' normals."""
        return local_planes(self.inverse_depth, self.gbuffer.instance_id, self.k)


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
    sets_aside: bool = False
    """Whether frames that it rejects are kept aside: it speaks of a mistake of ours, not of a bad view."""


def at_most(figure: float, limit: float) -> Finding:
    """Returns the finding of a figure that must not be above a limit."""
    return Finding(float(figure), bool(figure <= limit))


def at_least(figure: float, limit: float) -> Finding:
    """Returns the finding of a figure that must not be below a limit."""
    return Finding(float(figure), bool(figure >= limit))
