"""Road: carriageways, kerbs, pavements and paint. A carriageway's top is at height 0, paint a few millimetres above.

Surfaces of different objects never share a plane where both are seen: they meet edge to edge, or one lies higher.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from scenegen.recipes.materials import draw_concrete, draw_kerb, draw_marking, draw_pavement, draw_road, draw_terrain
from scenegen.recipes.street.leg import KERB_M, PARKING_M, SIDES, Leg
from scenegen.recipes.street.network import Network
from scenegen.recipes.street.site import Site
from scenegen.recipes.street.thing import Thing, box, of_boxes
from schemas.scene_plan import Box
from schemas.surface import Surface

_DEEP_M = -0.3
"""Bottom of whatever lies in the ground."""
PAINT_M = 0.004
_PAINTED_M = 170.0
"""How far from the origin paint is seen."""
_STONES_M = 45.0
"""Within this distance kerbs are single stones."""
_STONE_M = 1.0
_JOINT_M = 0.008
_BAY_M = 5.6


@dataclass(frozen=True)
class Paving:
    """What lies beside the carriageways of a place."""

    kerb: Surface
    walk: Surface
    grass: Surface


def lay_roads(rng: np.random.Generator, network: Network, site: Site) -> None:
    """Lays all roads of a place on its site."""
    asphalt, paint = draw_road(rng), draw_marking(rng)
    asphalt = asphalt.model_copy(update={"wear": 0.5 * asphalt.wear})
    paving = Paving(draw_kerb(rng), draw_pavement(rng), draw_terrain(rng, "lawn"))
    has_gutter = bool(rng.random() < 0.6)
    gutter = draw_concrete(rng, wear=(0.3, 0.9))
    for leg in network.legs:
        site.lay(_carriageway(leg, asphalt))
        if leg.profile.kerb_m:
            _lay_sides(leg, network, site, paving)
            if has_gutter:
                site.add(*_gutters(leg, network, gutter))
        if leg.profile.median_m:
            _lay_median(leg, site, paving)
    _paint(rng, network, site, paint)
    _repair(rng, network.main, site)


def _carriageway(leg: Leg, surface: Surface) -> Thing:
    half_m = leg.profile.half_m
    runs = [leg.run(side) for side in SIDES]
    start_m, end_m = min(run[0] for run in runs), max(run[1] for run in runs)
    label = "road" if leg.is_main else "side road" if leg.leaves else "road"
    return of_boxes("road", label, leg.pose, [box((start_m, -half_m, _DEEP_M), (end_m, half_m, 0.0))], surface)


def _sides_from(leg: Leg, network: Network, side: int) -> tuple[float, float]:
    start_m, end_m = leg.run(side)
    return (network.main.profile.line_m if leg.leaves else start_m), end_m


def _lay_sides(leg: Leg, network: Network, site: Site, paving: Paving) -> None:
    """Lays kerb, verge and pavement along both sides."""
    profile = leg.profile
    for side in SIDES:
        runs = leg.open_runs(side, *_sides_from(leg, network, side))
        name = "left" if side > 0 else "right"
        edge_m = profile.half_m + KERB_M
        stones = [box for run in runs for box in _kerb(leg, side, run)]
        whole = [_strip(side, run, (profile.half_m, edge_m), profile.kerb_m) for run in runs]
        site.lay(of_boxes("kerb", "kerb", leg.pose, stones, paving.kerb), whole)
        if profile.verge_m:
            strips = [_strip(side, run, (edge_m, profile.walk_m), profile.kerb_m - 0.01) for run in runs]
            site.lay(of_boxes("ground", "grass verge", leg.pose, strips, paving.grass))
        slabs = [_strip(side, run, (profile.walk_m, profile.line_m), profile.kerb_m) for run in runs]
        site.lay(of_boxes("sidewalk", f"{name} pavement" if leg.is_main else "pavement", leg.pose, slabs, paving.walk))


def _strip(
    side: int, run: tuple[float, float], across_m: tuple[float, float], top_m: float, low: float = _DEEP_M
) -> Box:
    """Returns a box along a leg, between two distances from its middle on one side."""
    near, far = sorted((side * across_m[0], side * across_m[1]))
    return box((run[0], near, low), (run[1], far, top_m))


def _kerb(leg: Leg, side: int, run: tuple[float, float]) -> list[Box]:
    """Returns the stones of a kerb: single ones near the cameras, long ones farther off."""
    half_m, top_m = leg.profile.half_m, leg.profile.kerb_m
    across = half_m, half_m + KERB_M
    if not leg.is_main:
        return [_strip(side, run, across, top_m)]
    first, last = max(run[0], -_STONES_M), min(run[1], _STONES_M)
    if last - first < 2 * _STONE_M:
        return [_strip(side, run, across, top_m)]
    cuts = np.linspace(first, last, max(2, round((last - first) / _STONE_M)) + 1).tolist()
    stones = [_strip(side, (low + _JOINT_M / 2, high - _JOINT_M / 2), across, top_m) for low, high in pairwise(cuts)]
    long = [(low, high) for low, high in ((run[0], first), (last, run[1])) if high - low > 0.01]
    return [*stones, *(_strip(side, each, across, top_m) for each in long)]


def _gutters(leg: Leg, network: Network, surface: Surface) -> list[Thing]:
    half_m = leg.profile.half_m
    boxes = [
        _strip(side, run, (half_m - 0.28, half_m), 0.003, -0.01)
        for side in SIDES
        for run in leg.open_runs(side, *_sides_from(leg, network, side))
    ]
    return [of_boxes("road", "gutter", leg.pose, boxes, surface)]


def _lay_median(leg: Leg, site: Site, paving: Paving) -> None:
    """Lays a raised strip of grass between the two ways, but where roads cross."""
    half_m, top_m = leg.profile.median_m / 2, leg.profile.kerb_m or 0.12
    runs = [(low + 1.0, high - 1.0) for low, high in _uncrossed(leg, 4.0) if high - low > 4.0]
    if not runs:
        return
    rims = [
        box
        for low, high in runs
        for box in (
            _strip(1, (low, high), (half_m - KERB_M, half_m), top_m),
            _strip(-1, (low, high), (half_m - KERB_M, half_m), top_m),
        )
    ]
    inner = half_m - KERB_M
    beds = [box((low, -inner, _DEEP_M), (high, inner, top_m - 0.015)) for low, high in runs]
    site.lay(of_boxes("kerb", "kerb of the median", leg.pose, rims, paving.kerb))
    site.lay(of_boxes("ground", "median", leg.pose, beds, paving.grass))


def _uncrossed(leg: Leg, clear_m: float) -> list[tuple[float, float]]:
    """Returns the parts of a leg where no road crosses it, on either side."""
    runs, at = [], leg.start_m
    for gap in sorted(leg.gaps, key=lambda gap: gap.s_m):
        reach_m = gap.half_m + clear_m
        if gap.s_m - reach_m > at:
            runs.append((at, gap.s_m - reach_m))
        at = max(at, gap.s_m + reach_m)
    return [*runs, (at, leg.end_m)] if at < leg.end_m else runs


def _within(runs: list[tuple[float, float]], reach_m: float) -> list[tuple[float, float]]:
    """Returns of each run what is not farther than that from s = 0."""
    cut = [(max(low, -reach_m), min(high, reach_m)) for low, high in runs]
    return [(low, high) for low, high in cut if high > low]


def zebras_m(leg: Leg) -> list[float]:
    """Returns where people cross a leg: before each junction, as s of the crossing's middle."""
    spots = [gap.s_m + way * (gap.half_m + 2.4) for gap in leg.gaps for way in SIDES]
    return sorted({round(spot, 3) for spot in spots if abs(spot) < _PAINTED_M})


def _paint(rng: np.random.Generator, network: Network, site: Site, paint: Surface) -> None:
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
    if main.profile.parking and rng.random() < 0.7 and (bays := _bays(main)):
        site.add(of_boxes("road_marking", "parking bays", main.pose, bays, paint))


def _lane_lines(leg: Leg, dash_m: float, with_edges: bool) -> list[Box]:
    profile, boxes = leg.profile, []
    inner = profile.median_m / 2
    dashed = [side * (inner + lane * profile.lane_m) for lane in range(1, profile.lanes) for side in SIDES]
    if not profile.median_m:
        dashed.append(0.0)
    for low, high in _within(_uncrossed(leg, 4.6), _PAINTED_M):
        count = int((high - low - 1.0) / (2 * dash_m))
        for t_m in dashed:
            starts = [low + 1.0 + 2 * dash_m * number for number in range(count)]
            boxes += [_line((start, start + dash_m), t_m) for start in starts]
        if with_edges and high > low:
            boxes += [_line((low, high), side * (profile.half_m - 0.2)) for side in SIDES]
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
        for low, high in _within(_uncrossed(leg, 6.0), 90.0):
            for number in range(int((high - low) / _BAY_M) + 1):
                s_m = low + number * _BAY_M
                near, far = sorted((side * profile.lanes_m, side * (profile.lanes_m + PARKING_M - 0.3)))
                boxes.append(box((s_m - 0.05, near, 0.0), (s_m + 0.05, far, PAINT_M)))
    return boxes


def _repair(rng: np.random.Generator, main: Leg, site: Site) -> None:
    """Lays manhole covers and patches of newer asphalt into the road."""
    half_m = main.profile.half_m - 0.8
    iron = Surface(finish="metal", color=(0.2, 0.19, 0.18), roughness=0.55, wear=0.6)
    covers, patches = [], []
    for _ in range(int(rng.integers(2, 6))):
        s_m, t_m = float(rng.uniform(-35.0, 45.0)), float(rng.uniform(-half_m, half_m))
        covers.append(of_boxes("manhole_cover", "manhole cover", main.pose, _square(s_m, t_m, 0.31, 0.006), iron))
    for _ in range(int(rng.integers(0, 5))):
        s_m, t_m = float(rng.uniform(-35.0, 45.0)), float(rng.uniform(-half_m + 1.0, half_m - 1.0))
        long_m, wide_m = float(rng.uniform(0.8, 6.0)), float(rng.uniform(0.5, 1.1))
        patches.append(box((s_m - long_m / 2, t_m - wide_m / 2, -0.01), (s_m + long_m / 2, t_m + wide_m / 2, 0.002)))
    apart = [each for number, each in enumerate(patches) if not any(_touch(each, other) for other in patches[:number])]
    site.add(*covers)
    if apart:
        site.add(of_boxes("road", "patches of asphalt", main.pose, apart, draw_road_patch(rng)))


def _touch(a: Box, b: Box) -> bool:
    return all(
        abs(x - y) < (p + q) / 2 + 0.02 for x, y, p, q in zip(a.center_m, b.center_m, a.size_m, b.size_m, strict=True)
    )


def _square(s_m: float, t_m: float, half_m: float, top_m: float) -> list[Box]:
    return [box((s_m - half_m, t_m - half_m, -0.02), (s_m + half_m, t_m + half_m, top_m))]


def draw_road_patch(rng: np.random.Generator) -> Surface:
    """Returns asphalt darker than the road's."""
    grey = float(rng.uniform(0.2, 0.3))
    return Surface(finish="asphalt", color=(grey, grey, grey), roughness=0.9, variant=int(rng.integers(2**31)))
