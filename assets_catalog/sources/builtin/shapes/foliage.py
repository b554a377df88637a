"""Foliage: many small leaves at once, each a folded kite of four triangles; and the twigs that they grow on."""

import math
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64

from assets_catalog.sources.builtin.shapes.skins import creased
from assets_catalog.sources.builtin.shapes.solids import Solid
from assets_catalog.sources.builtin.shapes.turnery import tube
from schemas.geometry import unit_length

GOLDEN_RAD = 2.39996
"""The golden angle: directions that follow each other by it never crowd."""

_KITE = np.array([(1, 3, 2), (0, 2, 3), (0, 1, 2), (0, 3, 1)])
"""Triangles of base 0, tip 1, left 2 and right 3: two above, two below."""


@dataclass(frozen=True)
class LeafCut:
    """The outline of a kite."""

    length_m: float
    width_m: float
    belly: float = 0.45
    """Where it is widest, as a share of its length."""
    fold: float = 0.3
    """How far its sides are raised, as a share of half its width."""


def leaves(
    rng: np.random.Generator,
    at_m: Float64[np.ndarray, "n 3"],
    along: Float64[np.ndarray, "n 3"],
    cut: LeafCut,
    roll_rad: float = 0.6,
) -> Solid:
    """Returns a leaf at each point that grows along a direction, its upper side up but for a random roll."""
    along = unit_length(along)
    flat = np.cross(np.array([0.0, 0.0, 1.0]), along) + 1e-6 * np.array([1.0, 0.0, 0.0])
    across = unit_length(flat)
    roll = rng.normal(0.0, roll_rad, size=(len(at_m), 1))
    across = unit_length(np.cos(roll) * across + np.sin(roll) * np.cross(along, across))
    size = rng.uniform(0.7, 1.25, size=(len(at_m), 1))
    middle = at_m + cut.belly * cut.length_m * size * along
    half, raised = 0.5 * cut.width_m * size, 0.5 * cut.fold * cut.width_m * size * np.cross(along, across)
    tips = at_m + cut.length_m * size * along
    corners = [at_m, tips, middle - half * across + raised, middle + half * across + raised]
    triangles = (4 * np.arange(len(at_m))[:, None, None] + _KITE).reshape(-1, 3)
    return creased(np.stack(corners, axis=1).reshape(-1, 3), triangles.astype(np.int64), 0.01)


@dataclass(frozen=True)
class Twig:
    """A branch: its middle line, and how thick it is at its ends."""

    line_m: Float64[np.ndarray, "k 3"]
    foot_m: float
    tip_m: float

    def point(self, share: float) -> Float64[np.ndarray, "3"]:
        """Returns the point at a share of the way."""
        at = share * (len(self.line_m) - 1)
        low = min(int(at), len(self.line_m) - 2)
        return np.asarray(self.line_m[low] + (at - low) * (self.line_m[low + 1] - self.line_m[low]))

    def radius(self, share: float) -> float:
        """Returns half the thickness at a share of the way."""
        return self.foot_m + share * (self.tip_m - self.foot_m)

    def solid(self, segments: int) -> Solid:
        """Returns the branch as a tapering bar."""
        shares = np.linspace(0, 1, len(self.line_m))
        path = [(float(x), float(y), float(z)) for x, y, z in self.line_m]
        return tube(path, [self.radius(float(share)) for share in shares], segments)


def bow(
    start_m: Float64[np.ndarray, "3"], end_m: Float64[np.ndarray, "3"], sag_m: Float64[np.ndarray, "3"], steps: int
) -> Float64[np.ndarray, "k 3"]:
    """Returns a line from start to end that bends aside by `sag_m` in its middle."""
    t = np.linspace(0, 1, steps + 1)[:, None]
    return np.asarray(start_m + t * (end_m - start_m) + 4 * t * (1 - t) * sag_m)


def directions(rng: np.random.Generator, count: int) -> Float64[np.ndarray, "n 3"]:
    """Returns unit vectors, evenly spread over the sphere and jittered."""
    z = 1 - 2 * (np.arange(count) + rng.uniform(0, 1, size=count)) / count
    turn = GOLDEN_RAD * np.arange(count) + rng.uniform(0, 2 * math.pi)
    flat = np.sqrt(np.maximum(1 - z * z, 0))
    return np.stack([flat * np.cos(turn), flat * np.sin(turn), z], axis=1)
