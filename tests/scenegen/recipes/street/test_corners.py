"""Corners of kerbs: round, without a step in the pavement that shows, and asphalt where the corner was."""

import math

import numpy as np

from scenegen.recipes.street.corners import lay_corners
from scenegen.recipes.street.leg import CORNER_RADIUS_M, Gap, Leg, Profile
from scenegen.recipes.street.site import Site
from schemas.surface import Surface

PLAIN = Surface(finish="paint", color=(0.5, 0.5, 0.5))
LEG = Leg((0.0, 0.0), 0.3, -60.0, 60.0, Profile(1, 3.0, True, 0.0, 0.12, 0.0, 3.0), (Gap(1, 10.0, 3.0, 6.0),))


def test_the_pavement_ends_on_an_arc() -> None:
    site = Site()
    lay_corners(LEG, site, (PLAIN, PLAIN, PLAIN))
    p0, q0 = 13.0, LEG.profile.half_m
    for angle in np.linspace(0.15, 1.4, 9).tolist():
        for reach, top_m in ((CORNER_RADIUS_M - 0.3, 0.12), (CORNER_RADIUS_M + 0.15, 0.0)):
            s_m = p0 + CORNER_RADIUS_M - reach * math.cos(angle)
            t_m = q0 + CORNER_RADIUS_M - reach * math.sin(angle)
            if s_m > p0 and t_m > q0:
                assert abs(site.height_m(LEG.spot(s_m, t_m)) - top_m) < 0.005


def test_stones_stand_on_the_arc_and_those_turned_alike_are_one_thing() -> None:
    site = Site()
    lay_corners(LEG, site, (PLAIN, PLAIN, PLAIN))
    arcs = [thing for thing in site.things if thing.class_name == "kerb"][1:]
    assert len(arcs) == 6
    middles = [thing.object2world[:3, :3] @ box.center_m for thing in arcs for box in thing.boxes]
    ends = [(13.0 + CORNER_RADIUS_M, 1.0), (7.0 - CORNER_RADIUS_M, -1.0)]
    for x, y, _ in middles:
        s_m, t_m = LEG.local((float(x), float(y)))
        off = [math.hypot(s_m - s, t_m - LEG.profile.half_m - CORNER_RADIUS_M) for s, _ in ends]
        assert abs(min(off) - (CORNER_RADIUS_M - 0.075)) < 1e-3
