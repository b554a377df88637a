"""Corners: where other roads meet the main one kerbs go round, and the pavement behind them with them.

A corner has axes of its own: p along the main road, away from the junction, and q away from the main road's kerb; both
begin where the two kerbs would meet. Stones stand on an arc about (R, R); stones of all corners that are turned alike,
up to a quarter turn, are one thing.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from scenegen.recipes.street.leg import CORNER_RADIUS_M, KERB_M, SIDES, Leg
from scenegen.recipes.street.site import Site
from scenegen.recipes.thing import box, of_boxes
from schemas.geometry import pose
from schemas.scene_plan import Box
from schemas.surface import Surface

_STONES = 6
_STRIPS = 22
_PROUD_M = 0.003
"""By which stones are higher than the pavement, whose steps they hide."""


@dataclass(frozen=True)
class _Corner:
    """One corner of a junction, in its leg's axes."""

    s_m: float
    t_m: float
    way_s: int
    way_t: int
    deep_m: float
    """From the main road's kerb to its plots."""

    def box(self, p: tuple[float, float], q: tuple[float, float], low_m: float, top_m: float) -> Box:
        s = sorted(self.s_m + self.way_s * each for each in p)
        t = sorted(self.t_m + self.way_t * each for each in q)
        return box((s[0], t[0], low_m), (s[1], t[1], top_m))


def lay_corners(leg: Leg, site: Site, surfaces: tuple[Surface, Surface, Surface]) -> None:
    """Lays all corners of the main road; `surfaces`: of the road, the kerb, the pavement."""
    asphalt, kerb, walk = surfaces
    corners = list(_corners(leg))
    if not corners:
        return
    top_m, radius = leg.profile.kerb_m, CORNER_RADIUS_M
    ground = [each.box((0.0, radius), (0.0, radius), -0.3, 0.0) for each in corners]
    slabs = [slab for each in corners for slab in _pavement(each, top_m)]
    straight = [each.box((0.0, KERB_M), (radius, each.deep_m), -0.3, top_m + _PROUD_M) for each in corners]
    site.lay(of_boxes("road", "corners of the road", leg.pose, ground, asphalt))
    site.lay(of_boxes("sidewalk", "corners of the pavement", leg.pose, slabs, walk))
    site.lay(of_boxes("kerb", "kerb", leg.pose, straight, kerb))
    turned: dict[float, list[tuple[float, float, float, float]]] = {}
    for each in corners:
        for angle_rad, stone in _stones(leg, each):
            turned.setdefault(angle_rad, []).append(stone)
    for angle_rad, stones in sorted(turned.items()):
        site.add(of_boxes("kerb", "kerb", pose((0.0, 0.0, 0.0), angle_rad), _upright(stones, angle_rad, top_m), kerb))


def _corners(leg: Leg) -> Iterator[_Corner]:
    profile = leg.profile
    if not profile.kerb_m:
        return
    for gap in leg.gaps:
        for way in SIDES:
            s_m = gap.s_m + way * gap.half_m
            if leg.start_m + 3.0 < s_m < leg.end_m - 3.0:
                yield _Corner(s_m, gap.side * profile.half_m, way, gap.side, profile.line_m - profile.half_m)


def _pavement(corner: _Corner, top_m: float) -> list[Box]:
    """Returns the pavement behind the stones, in strips, and what lies straight behind it."""
    radius, cuts = CORNER_RADIUS_M, np.linspace(KERB_M, CORNER_RADIUS_M, _STRIPS + 1).tolist()
    strips = []
    for low, high in pairwise(cuts):
        outer = radius - math.sqrt(radius**2 - (radius - low) ** 2)
        strips.append(corner.box((max(outer, KERB_M - 0.01), radius), (low, high), -0.3, top_m))
    strips.append(corner.box((KERB_M, radius), (radius, corner.deep_m), -0.3, top_m))
    return strips


def _stones(leg: Leg, corner: _Corner) -> Iterator[tuple[float, tuple[float, float, float, float]]]:
    """Yields of each stone the turn that it shares with others, and its place in the world and its two sides."""
    radius, step = CORNER_RADIUS_M, math.pi / 2 / _STONES
    long = 2 * radius * math.tan(step / 2)
    for number in range(_STONES):
        angle = (number + 0.5) * step
        reach = radius - KERB_M / 2
        p, q = radius - reach * math.cos(angle), radius - reach * math.sin(angle)
        x, y = leg.spot(corner.s_m + corner.way_s * p, corner.t_m + corner.way_t * q)
        way = math.atan2(-corner.way_t * math.sin(angle), -corner.way_s * math.cos(angle)) + leg.heading_rad
        quarter = round(way // (math.pi / 2))
        sides = (KERB_M, long) if quarter % 2 == 0 else (long, KERB_M)
        yield round(way - quarter * math.pi / 2, 6), (x, y, *sides)


def _upright(stones: list[tuple[float, float, float, float]], angle_rad: float, top_m: float) -> list[Box]:
    """Returns stones of one turn in axes that are turned so about the world's origin."""
    c, s = math.cos(angle_rad), math.sin(angle_rad)
    boxes = []
    for x, y, wide, deep in stones:
        u, v = c * x + s * y, c * y - s * x
        boxes.append(box((u - wide / 2, v - deep / 2, -0.3), (u + wide / 2, v + deep / 2, top_m + _PROUD_M)))
    return boxes
