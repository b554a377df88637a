"""Paint: lane lines, crossings, stop lines and parking bays, a few millimetres on the road."""

import numpy as np

from scenegen.recipes.street.leg import PARKING_M, SIDES, Leg, uncrossed
from scenegen.recipes.street.network import Network
from scenegen.recipes.street.site import Site
from scenegen.recipes.thing import box, of_boxes
from schemas.scene_plan import Box
from schemas.surface import Surface

PAINT_M = 0.004

_PAINTED_M = 170.0
"""How far from the origin paint is seen."""

_BAY_M = 5.6


def _within(runs: list[tuple[float, float]], reach_m: float) -> list[tuple[float, float]]:
    """Returns of each run what is not farther than that from s = 0."""
    cut = [(max(low, -reach_m), min(high, reach_m)) for low, high in runs]
    return [(low, high) for low, high in cut if high > low]


def zebras_m(leg: Leg) -> list[float]:
    """Returns where people cross a leg: before each junction, as s of the crossing's middle."""
    spots = [gap.s_m + way * (gap.half_m + 2.4) for gap in leg.gaps for way in SIDES]
    return sorted({round(spot, 3) for spot in spots if abs(spot) < _PAINTED_M})


def paint_roads(rng: np.random.Generator, network: Network, site: Site, paint: Surface) -> None:
    """Paints lanes, crossings, stop lines and parking bays."""
    main, is_open = network.main, not network.main.profile.kerb_m
    dash_m = float(rng.choice([2.0, 3.0, 4.0]))
    for leg in network.legs:
        if boxes := _lane_lines(leg, dash_m, is_open):
            site.add(of_boxes("road_marking", "lane markings", leg.pose, boxes, paint))
    zebra_kind = bool(rng.random() < 0.75)
    for s_m in zebras_m(main) if main.profile.kerb_m else []:
        site.add(of_boxes("road_marking", "zebra crossing", main.pose, _zebra(main, s_m, zebra_kind), paint))
    for leg in network.others:
        if leg.leaves and leg.profile.kerb_m:
            s_m = main.profile.line_m + 1.0
            site.add(of_boxes("road_marking", "zebra crossing", leg.pose, _zebra(leg, s_m, zebra_kind), paint))
    if main.profile.parking and not network.kind.fast and rng.random() < 0.7 and (bays := _bays(main)):
        site.add(of_boxes("road_marking", "parking bays", main.pose, bays, paint))


def _lane_lines(leg: Leg, dash_m: float, with_edges: bool) -> list[Box]:
    profile, boxes = leg.profile, []
    inner = profile.median_m / 2
    dashed = [side * (inner + lane * profile.lane_m) for lane in range(1, profile.lanes) for side in SIDES]
    if not profile.median_m:
        dashed.append(0.0)
    for low, high in _within(uncrossed(leg, 4.6), _PAINTED_M):
        count = int((high - low - 1.0) / (2 * dash_m))
        for t_m in dashed:
            starts = [low + 1.0 + 2 * dash_m * number for number in range(count)]
            boxes += [_line((start, start + dash_m), t_m) for start in starts]
        if with_edges and high > low:
            boxes += [_line((low, high), side * (min(profile.half_m, profile.lanes_m + 0.3) - 0.2)) for side in SIDES]
    return boxes


def _line(run: tuple[float, float], t_m: float, wide_m: float = 0.13) -> Box:
    return box((run[0], t_m - wide_m / 2, 0.0), (run[1], t_m + wide_m / 2, PAINT_M))


def _zebra(leg: Leg, s_m: float, striped: bool) -> list[Box]:
    """Returns broad stripes along the road, or two lines across it, and the line where cars stop."""
    half_m, long_m = leg.profile.lanes_m, 1.6
    stop_m = s_m - (long_m + 0.9) if s_m > 0 or leg.leaves else s_m + long_m + 0.9
    stops: list[Box] = []
    if leg.leaves:
        stops = [box((s_m + long_m + 0.8, 0.1, 0.0), (s_m + long_m + 1.1, half_m - 0.1, PAINT_M))]
    elif leg.profile.lanes > 1:
        stops = [box((stop_m - 0.15, -half_m + 0.1, 0.0), (stop_m + 0.15, -leg.profile.median_m / 2 - 0.1, PAINT_M))]
    if not striped:
        return [
            *stops,
            *(box((s_m + at - 0.07, -half_m, 0.0), (s_m + at + 0.07, half_m, PAINT_M)) for at in (-1.5, 1.5)),
        ]
    count = int(2 * half_m / 1.0)
    first = -count / 2 + 0.25
    return [
        *stops,
        *(
            box((s_m - long_m, first + number, 0.0), (s_m + long_m, first + number + 0.5, PAINT_M))
            for number in range(count)
        ),
    ]


def _bays(leg: Leg) -> list[Box]:
    """Returns the lines between the places where cars are parked."""
    profile, boxes = leg.profile, []
    for side in SIDES:
        for low, high in _within(uncrossed(leg, 6.0), 90.0):
            for number in range(int((high - low) / _BAY_M) + 1):
                s_m = low + number * _BAY_M
                near, far = sorted((side * profile.lanes_m, side * (profile.lanes_m + PARKING_M - 0.3)))
                boxes.append(box((s_m - 0.05, near, 0.0), (s_m + 0.05, far, PAINT_M)))
    return boxes
