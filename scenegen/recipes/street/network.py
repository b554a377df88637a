"""Network: the roads of a place, and the plots between them.

The main road runs along world x through the origin, where the cameras are; it may bend, by one angle at either end.
Other roads meet it at right angles. A bend is two straight legs that overlap, the farther one a few millimetres lower.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from scenegen.recipes.street.kinds import KINDS, Kind, Use, draw_profile, draw_use, side_profile
from scenegen.recipes.street.leg import SIDES, Gap, Leg, Profile

_SUNK_M = 0.004
_NEAR_M = 65.0
"""Within this distance of the origin plots are of the near kind."""
DEPTH_M = 40.0
"""Of plots, from the pavement outward."""
CORNER_M = 14.0
"""Of that, what the houses at a corner take."""
_PLOT_M = (26.0, 70.0)
"""Longest stretch of one use."""


@dataclass(frozen=True)
class Plot:
    """Land along one side of a leg, from the pavement outward."""

    leg: Leg
    side: int
    start_m: float
    end_m: float
    use: Use

    @property
    def near_m(self) -> float:
        """How near it comes to the origin, at its ends or middle."""
        line = self.side * self.leg.profile.line_m
        spots = [self.leg.spot(s, line) for s in (self.start_m, (self.start_m + self.end_m) / 2, self.end_m)]
        ahead, across = self.leg.local((0.0, 0.0))
        if self.start_m <= ahead <= self.end_m:
            return abs(line - across)
        return min(math.hypot(*spot) for spot in spots)


@dataclass(frozen=True)
class Network:
    """Roads and plots."""

    kind_name: str
    main: Leg
    others: tuple[Leg, ...]
    plots: tuple[Plot, ...]
    reach_m: float

    @property
    def kind(self) -> Kind:
        """The kind of place."""
        return KINDS[self.kind_name]

    @property
    def legs(self) -> tuple[Leg, ...]:
        """All roads, the main one first."""
        return self.main, *self.others


def draw_network(rng: np.random.Generator, kind_name: str, reach_m: float) -> Network:
    """Returns the roads and plots of a place that goes on for `reach_m`."""
    kind = KINDS[kind_name]
    profile = draw_profile(rng, kind)
    ends_m = [_end_m(rng, reach_m) for _ in SIDES]
    bends_rad = [_bend_rad(rng) if end_m < reach_m else 0.0 for end_m in ends_m]
    crossings = _crossings(rng, kind, profile, ends_m)
    gaps = tuple(Gap(side, s_m, other.half_m, other.line_m) for s_m, other, sides in crossings for side in sides)
    ahead, back = (_past(profile, way * bend_rad, way) for way, bend_rad in zip(SIDES, bends_rad, strict=True))
    past_m = (back[0][0], ahead[0][1]), (back[1][0], ahead[1][1])
    main = Leg((0.0, 0.0), 0.0, -ends_m[1], ends_m[0], profile, gaps, is_main=True, past_m=past_m)
    far = [
        _beyond(main, way, bend_rad, reach_m - end_m)
        for way, end_m, bend_rad in zip(SIDES, ends_m, bends_rad, strict=True)
        if bend_rad
    ]
    sides = [_meeting(rng, main, s_m, other, side) for s_m, other, arms in crossings for side in arms]
    legs = [main, *far, *sides]
    plots = [plot for leg in legs for side in SIDES for plot in _plots(rng, kind, leg, side, main)]
    return Network(kind_name, main, tuple(legs[1:]), tuple(plots), reach_m)


def _end_m(rng: np.random.Generator, reach_m: float) -> float:
    """Most roads are straight as far as one sees."""
    return float(rng.uniform(70.0, 180.0)) if rng.random() < 0.35 else reach_m


def _bend_rad(rng: np.random.Generator) -> float:
    return math.copysign(math.radians(float(rng.uniform(5.0, 17.0))), float(rng.uniform(-1.0, 1.0)))


def _crossings(
    rng: np.random.Generator, kind: Kind, main: Profile, ends_m: list[float]
) -> list[tuple[float, Profile, tuple[int, ...]]]:
    """Returns where other roads meet the main one, what they are like, and on which sides."""
    at_m = []
    for way, end_m in zip(SIDES, ends_m, strict=True):
        chance = kind.crossings if way > 0 else 0.6 * kind.crossings
        near_m = float(rng.uniform(9.0, 48.0))
        if rng.random() < chance:
            at_m.append(way * near_m)
        far_m = near_m + float(rng.uniform(60.0, 120.0))
        if rng.random() < 0.7 * kind.crossings and far_m < end_m - 40.0:
            at_m.append(way * far_m)
    arms = ((1, -1), (1, -1), (1,), (-1,))
    return [(s_m, side_profile(rng, main), arms[int(rng.integers(len(arms)))]) for s_m in at_m]


def _beyond(main: Leg, way: int, bend_rad: float, length_m: float) -> Leg:
    """Returns the leg after a bend, as far as the bend's middle; kerbs meet there."""
    origin = main.spot(main.end_m if way > 0 else main.start_m, 0.0)
    start_m, end_m = (0.0, length_m) if way > 0 else (-length_m, 0.0)
    past_m = _past(main.profile, way * bend_rad, -way)
    return Leg(origin, main.heading_rad + bend_rad, start_m, end_m, main.profile, sunk_m=_SUNK_M, past_m=past_m)


def _past(profile: Profile, turn_rad: float, way: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """Returns how far left and right kerbs go beyond a bend at the end that `way` names; the inner ones end before."""
    tangent = math.tan(abs(turn_rad) / 2)
    beyond = [-profile.half_m * tangent if side * turn_rad > 0 else profile.line_m * tangent for side in SIDES]
    left, right = ((0.0, each) if way > 0 else (each, 0.0) for each in beyond)
    return left, right


def _meeting(rng: np.random.Generator, main: Leg, s_m: float, profile: Profile, side: int) -> Leg:
    """Returns a road that leaves the main one at a right angle."""
    length_m = float(rng.uniform(55.0, 110.0))
    start_m = main.profile.half_m
    return Leg(main.spot(s_m, 0.0), side * math.pi / 2, start_m, start_m + length_m, profile, leaves=True)


def _plots(rng: np.random.Generator, kind: Kind, leg: Leg, side: int, main: Leg) -> list[Plot]:
    """Returns the plots along one side of a leg."""
    start_m, end_m = leg.run(side)
    if leg.leaves:
        start_m = main.profile.line_m + CORNER_M
    plots = []
    for low_m, high_m in leg.open_runs(side, start_m, end_m, plots=True):
        for first_m, last_m in _cut(rng, low_m, high_m):
            plot = Plot(leg, side, first_m, last_m, "field")
            uses = kind.uses if plot.near_m < _NEAR_M and leg.is_main else kind.far_uses
            plots.append(replace(plot, use=draw_use(rng, uses)))
    return plots


def _cut(rng: np.random.Generator, low_m: float, high_m: float) -> list[tuple[float, float]]:
    """Returns an interval in stretches, longer ones the farther they are from s = 0."""
    stretches, at = [], low_m
    while high_m - at > 4.0:
        longest = float(rng.uniform(*_PLOT_M)) + 0.35 * abs(at)
        last_m = at + longest if high_m - at > longest + 12.0 else high_m
        stretches.append((at, last_m))
        at = last_m
    return stretches
