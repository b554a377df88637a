"""Lights: lamps along the road, traffic lights at crossings, and poles where there are no lamps."""

import math
from itertools import pairwise

import numpy as np

from assets_catalog.record import AssetRecord
from scenegen.recipes.solid import Solid
from scenegen.recipes.street.builder import Builder
from scenegen.recipes.street.joined import merged
from scenegen.recipes.street.kerbside import on_pavement, outer_m, put
from scenegen.recipes.street.leg import SIDES, Leg
from scenegen.recipes.street.made import HEAD_M, LENSES, traffic_light, utility_pole
from scenegen.recipes.street.paint import zebras_m
from scenegen.recipes.street.site import Model, column
from scenegen.recipes.thing import Thing, box, of_boxes
from schemas.surface import Surface

_SPAN_M, _SAG_M, _PIECES = 30.0, 0.55, 6
"""Of wires: from pole to pole, how deep they hang in the middle, and of how many straight pieces each is."""
_WIRE = Surface(finish="plastic", color=(0.06, 0.06, 0.065), roughness=0.5)


def set_lamps(rng: np.random.Generator, builder: Builder) -> None:
    """Sets lamps of one sort along both sides of the main road; they are kept, for the night."""
    leg, site = builder.network.main, builder.site
    wide = leg.profile.half_m > 5.0 or leg.profile.lanes > 1
    record = builder.stock.pick(rng, ["street_lamp"], lambda each: (each.size_m[2] > 5.0) == wide)
    record = record or builder.stock.pick(rng, ["street_lamp"])
    if record is None:
        return
    spacing_m = float(rng.uniform(3.2, 4.2)) * record.size_m[2]
    shift_m = float(rng.uniform(0.0, spacing_m))
    for side in SIDES:
        for number in range(-6, 9):
            s_m = shift_m + (number + (0.5 if side > 0 else 0.0)) * spacing_m
            if abs(s_m) > 72.0 or not on_pavement(leg, side, s_m):
                continue
            if lamp := _set_lamp(builder, record, side, s_m):
                site.lamps.append(lamp)


def _set_lamp(builder: Builder, record: AssetRecord, side: int, s_m: float) -> Thing | None:
    """Sets a lamp at the kerb; one with an arm has its post behind its middle, and the arm above the road."""
    leg, (wide_m, deep_m, high_m) = builder.network.main, record.size_m
    post_m = outer_m(leg) + 0.3
    behind_m = deep_m / 2 - 0.12 if deep_m > 1.0 else 0.0
    spot, foot = leg.spot(s_m, side * (post_m - behind_m)), leg.spot(s_m, side * post_m)
    yaw_rad = leg.facing_road(side)
    head = Solid(spot, (wide_m / 2, deep_m / 2), yaw_rad, 0.8 * high_m, high_m)
    space = column(foot, 0.2, 0.0, 0.8 * high_m), head
    return builder.site.stand(Model(record, (), space, column(foot, 0.15, 0.0, 0.1)), spot, yaw_rad)


def set_traffic_lights(rng: np.random.Generator, builder: Builder) -> None:
    """Sets traffic lights beside crossings, all of one kind; those of a road show one colour."""
    leg = builder.network.main
    if leg.profile.kerb_m == 0 or rng.random() < 0.45:
        return
    body, showing = traffic_light(rng), int(rng.integers(3))
    for s_m in zebras_m(leg):
        side = -1 if s_m > 0 else 1
        at_m = s_m - 2.1 if side < 0 else s_m + 2.1
        x, y = leg.spot(at_m, side * (outer_m(leg) + 0.3))
        if abs(s_m) > 60.0 or not on_pavement(leg, side, at_m):
            continue
        if put(builder, body, (x, y, leg.driving(-side))):
            low = HEAD_M[1] - 0.29 * (showing + 1)
            lens = box((-0.085, -0.145, low + 0.06), (0.085, -0.125, low + 0.23))
            glow = Surface(finish="plastic", color=LENSES[showing], roughness=0.25)
            where = builder.site.things[-1].object2world
            builder.site.add(of_boxes("traffic_light", "light of a traffic light", where, [lens], glow))


def set_poles(rng: np.random.Generator, builder: Builder) -> None:
    """Sets utility poles along one side of the road, where there are no tall lamps, and hangs wires between them."""
    leg, side = builder.network.main, SIDES[int(rng.integers(2))]
    pole = utility_pole(rng)
    away_m = (leg.profile.line_m + 0.6) if leg.profile.kerb_m == 0 else outer_m(leg) + 0.3
    first_m = float(rng.uniform(0.0, 30.0))
    feet_m: dict[int, float] = {}
    for number in range(-5, 7):
        x, y = leg.spot(first_m + _SPAN_M * number, side * away_m)
        if put(builder, pole, (x, y, leg.heading_rad + math.pi / 2)):
            feet_m[number] = builder.site.things[-1].position_m[2]
    spans = [(first_m + _SPAN_M * number, feet_m[number]) for number in feet_m if number + 1 in feet_m]
    top_m = max(each.center_m[2] + each.size_m[2] / 2 for each in pole.boxes[2:])
    builder.site.add(*merged(_wires(leg, side * away_m, spans, top_m)))


def _wires(leg: Leg, t_m: float, spans: list[tuple[float, float]], top_m: float) -> list[Thing]:
    """Returns wires that sag between poles, in straight pieces; pieces of one slope are one thing."""
    ends = np.linspace(0.0, 1.0, _PIECES + 1)
    drops = 4 * _SAG_M * ends * (1 - ends)
    pieces = []
    for start_m, foot_m in spans:
        for (a, b), (high, low) in zip(pairwise(ends.tolist()), pairwise(drops.tolist()), strict=True):
            run_m, fall_m = (b - a) * _SPAN_M, low - high
            c, s = run_m / math.hypot(run_m, fall_m), fall_m / math.hypot(run_m, fall_m)
            tilted = np.eye(4)
            tilted[:3, 0], tilted[:3, 2] = (c, 0.0, -s), (s, 0.0, c)
            tilted[:3, 3] = start_m + a * _SPAN_M, t_m, foot_m + top_m + 0.013 - high
            long_m = math.hypot(run_m, fall_m) - 0.001
            boxes = [box((0.0, u - 0.009, -0.009), (long_m, u + 0.009, 0.009)) for u in (-0.8, -0.35, 0.35, 0.8)]
            pieces.append(of_boxes("rope", "overhead wires", leg.pose @ tilted, boxes, _WIRE))
    return pieces
