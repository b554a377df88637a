"""Motorway: what stands along roads on which one drives fast: rails, gantries, bridges, noise walls."""

import math

import numpy as np

from scenegen.recipes.materials import draw_concrete
from scenegen.recipes.solid import Solid
from scenegen.recipes.street.builder import Builder
from scenegen.recipes.street.leg import SIDES, Leg
from scenegen.recipes.street.lettering import made_up, written
from scenegen.recipes.thing import box, of_boxes
from schemas.scene_plan import Box
from schemas.surface import Surface

_ZINC = Surface(finish="metal", color=(0.6, 0.62, 0.63), roughness=0.45, wear=0.25)
_BLUE = Surface(finish="paint", color=(0.08, 0.22, 0.5), roughness=0.4)
_GREEN = Surface(finish="paint", color=(0.05, 0.33, 0.2), roughness=0.4)
_WHITE = Surface(finish="paint", color=(0.92, 0.93, 0.92), roughness=0.4)
_RAIL_M = 0.75
"""From the edge of the road to its rail."""
_POSTS_M = 4.0
_ALONG_M = (-90.0, 130.0)


def equip(rng: np.random.Generator, builder: Builder) -> None:
    """Sets rails along both edges and the median, and a gantry, a bridge and a noise wall here and there."""
    leg = builder.network.main
    for side in SIDES:
        _rail(builder, leg, side * (leg.profile.half_m + _RAIL_M))
    if leg.profile.median_m > 1.0:
        _rail(builder, leg, 0.0)
    if rng.random() < 0.7:
        _gantry(rng, builder, leg, float(rng.uniform(28.0, 75.0)) * (1.0 if rng.random() < 0.6 else -1.0))
    if rng.random() < 0.6:
        _bridge(rng, builder, leg, float(rng.uniform(55.0, 120.0)) * (1.0 if rng.random() < 0.6 else -1.0))
    if rng.random() < 0.4:
        _noise_wall(rng, builder, leg, SIDES[int(rng.integers(2))])


def _rail(builder: Builder, leg: Leg, t_m: float) -> None:
    """Sets a rail on posts along the road; it takes a strip of ground."""
    low, high = max(leg.start_m, _ALONG_M[0]), min(leg.end_m, _ALONG_M[1])
    spot = leg.spot((low + high) / 2, t_m)
    foot_m = builder.site.height_m(spot)
    count = int((high - low) / _POSTS_M)
    posts = [
        box((s - 0.05, t_m - 0.03, foot_m), (s + 0.05, t_m + 0.03, foot_m + 0.7))
        for s in np.linspace(low + 0.3, high - 0.3, count).tolist()
    ]
    way = -math.copysign(1.0, t_m)
    rails: list[Box] = []
    for sign in (way,) if t_m else (1.0, -1.0):
        for bottom, out in ((0.44, 0.09), (0.53, 0.06), (0.62, 0.09)):
            near, far = sorted((t_m + sign * 0.02, t_m + sign * out))
            rails.append(box((low, near, foot_m + bottom), (high, far, foot_m + bottom + 0.09)))
    builder.site.take(Solid(spot, ((high - low) / 2, 0.12), leg.heading_rad, foot_m, foot_m + 0.75))
    builder.site.add(of_boxes("road_barrier", "guard rail", leg.pose, [*posts, *rails], _ZINC))


def _gantry(rng: np.random.Generator, builder: Builder, leg: Leg, s_m: float) -> None:
    """Sets boards above the lanes of those who come towards them, on a beam across the road."""
    if not leg.start_m + 5.0 < s_m < leg.end_m - 5.0:
        return
    reach, low = leg.profile.half_m + 1.6, 5.6
    feet = [builder.site.height_m(leg.spot(s_m, side * reach)) for side in SIDES]
    frame = [
        *(
            box((s_m - 0.15, side * reach - 0.15, foot), (s_m + 0.15, side * reach + 0.15, low + 1.2))
            for side, foot in zip(SIDES, feet, strict=True)
        ),
        *(box((s_m - 0.2, -reach, z), (s_m + 0.2, reach, z + 0.22)) for z in (low + 0.2, low + 1.0)),
    ]
    builder.site.take(*(Solid(leg.spot(s_m, side * reach), (0.2, 0.2), 0.0, -0.1, low) for side in SIDES))
    builder.site.add(of_boxes("sign", "gantry", leg.pose, frame, _ZINC))
    side = -1 if s_m > 0 else 1
    toward = -1.0 if side < 0 else 1.0
    board, letters = [], []
    for middle in leg.profile.lane_middles_m():
        t_m, wide, high = side * middle, leg.profile.lane_m - 0.5, 2.1
        near, far = sorted((s_m + toward * 0.2, s_m + toward * 0.28))
        board.append(box((near, t_m - wide / 2, low - 0.3), (far, t_m + wide / 2, low - 0.3 + high)))
        face = sorted((s_m + toward * 0.275, s_m + toward * 0.29))
        for row, up in enumerate((1.45, 0.9)):
            text = made_up(rng, (2, 4)) + ("" if row else f" {int(rng.integers(4, 98))}")
            for across, rise in written(text, (0.82 * wide, 0.32)):
                ends = sorted(t_m - toward * each for each in across)
                letters.append(
                    box((face[0], ends[0], low - 0.3 + up + rise[0]), (face[1], ends[1], low - 0.3 + up + rise[1]))
                )
        arrow = [(-0.06, 0.06, 0.25, 0.6), (-0.2, 0.2, 0.2, 0.28)]
        letters += [box((face[0], t_m + a, low - 0.3 + c), (face[1], t_m + b, low - 0.3 + d)) for a, b, c, d in arrow]
    paint = _BLUE if rng.random() < 0.6 else _GREEN
    builder.site.add(of_boxes("traffic_sign", "gantry sign", leg.pose, board, paint))
    builder.site.add(of_boxes("traffic_sign", "writing on a gantry sign", leg.pose, letters, _WHITE))


def _bridge(rng: np.random.Generator, builder: Builder, leg: Leg, s_m: float) -> None:
    """Leads another road over this one, on pillars beside it, between two ramps."""
    half, high = float(rng.uniform(3.5, 6.0)), float(rng.uniform(5.3, 6.2))
    if not leg.start_m + 10.0 < s_m < leg.end_m - 10.0:
        return
    reach = leg.profile.half_m + 2.2
    deck = [
        box((s_m - half, -reach - 6.0, high), (s_m + half, reach + 6.0, high + 0.9)),
        *(
            box(
                (s_m + way * half - 0.15, -reach - 30.0, high + 0.9),
                (s_m + way * half + 0.15, reach + 30.0, high + 1.5),
            )
            for way in (-1, 1)
        ),
    ]
    for side in SIDES:
        deck += [
            box((s_m + at - 0.4, side * reach - 0.4, -0.3), (s_m + at + 0.4, side * reach + 0.4, high))
            for at in (-0.6 * half, 0.6 * half)
        ]
        for step in range(12):
            near, far = sorted((side * (reach + 6.0 + 2.0 * step), side * (reach + 8.0 + 2.0 * step)))
            deck.append(box((s_m - half, near, -0.3), (s_m + half, far, high + 0.9)))
    for side in SIDES:
        x, y = leg.spot(s_m, side * (reach + 15.0))
        builder.site.take(Solid((x, y), (half + 0.3, 16.0), leg.heading_rad, -0.3, high + 1.5))
    builder.site.add(of_boxes("bridge", "road bridge", leg.pose, deck, draw_concrete(rng, wear=(0.2, 0.7))))


def _noise_wall(rng: np.random.Generator, builder: Builder, leg: Leg, side: int) -> None:
    """Sets a wall of boards between posts along one side."""
    t_m, high = side * (leg.profile.half_m + 3.2), float(rng.uniform(2.6, 4.0))
    start, end = float(rng.uniform(-60.0, -10.0)), float(rng.uniform(25.0, 90.0))
    low, high_s = max(start, leg.start_m), min(end, leg.end_m)
    boards = Surface(
        finish="planks",
        color=(0.45, 0.4, 0.33),
        roughness=0.8,
        scale_m=0.18,
        wear=0.4,
        variant=int(rng.integers(2**31)),
    )
    panels = [box((low, t_m - 0.05, -0.3), (high_s, t_m + 0.05, high))]
    posts = [
        box((s - 0.1, t_m - 0.11, -0.3), (s + 0.1, t_m + 0.11, high + 0.06))
        for s in np.arange(low, high_s, 4.0).tolist()
    ]
    builder.site.take(Solid(leg.spot((low + high_s) / 2, t_m), ((high_s - low) / 2, 0.15), leg.heading_rad, -0.3, high))
    builder.site.add(of_boxes("wall", "noise barrier", leg.pose, panels, boards))
    builder.site.add(of_boxes("wall", "posts of a noise barrier", leg.pose, posts, _ZINC))
