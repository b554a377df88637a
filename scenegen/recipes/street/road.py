"""Road: carriageways, kerbs, pavements, and what lies in them. A carriageway's top is at height 0.

Surfaces of different objects never share a plane where both are seen: they meet edge to edge, or one lies higher.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from scenegen.recipes.materials import draw_concrete, draw_kerb, draw_marking, draw_pavement, draw_road, draw_terrain
from scenegen.recipes.street.corners import lay_corners
from scenegen.recipes.street.leg import CORNER_RADIUS_M, KERB_M, SIDES, Leg, uncrossed
from scenegen.recipes.street.network import Network
from scenegen.recipes.street.paint import paint_roads
from scenegen.recipes.street.site import Site
from scenegen.recipes.thing import Thing, box, of_boxes
from schemas.scene_plan import Box
from schemas.surface import Surface

_DEEP_M = -0.3
"""Bottom of whatever lies in the ground."""

_STONES_M = 45.0
"""Within this distance kerbs are single stones."""

_STONE_M = 1.0

_JOINT_M = 0.008


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
            lay_corners(leg, site, (asphalt, paving.kerb, paving.walk))
            if has_gutter:
                site.add(*_gutters(leg, network, gutter))
        if leg.profile.median_m:
            _lay_median(leg, site, paving)
    paint_roads(rng, network, site, paint)
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
        runs = leg.open_runs(side, *_sides_from(leg, network, side), clear_m=CORNER_RADIUS_M)
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
        for run in leg.open_runs(side, *_sides_from(leg, network, side), clear_m=CORNER_RADIUS_M)
    ]
    return [of_boxes("road", "gutter", leg.pose, boxes, surface)]


def _lay_median(leg: Leg, site: Site, paving: Paving) -> None:
    """Lays a raised strip of grass between the two ways, but where roads cross."""
    half_m, top_m = leg.profile.median_m / 2, leg.profile.kerb_m or 0.12
    runs = [(low + 1.0, high - 1.0) for low, high in uncrossed(leg, 4.0) if high - low > 4.0]
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


def _repair(rng: np.random.Generator, main: Leg, site: Site) -> None:
    """Lays manhole covers and patches of newer asphalt into the road."""
    half_m = main.profile.half_m - 0.8
    iron = Surface(finish="metal", color=(0.2, 0.19, 0.18), roughness=0.55, wear=0.15)
    covers, patches = [], []
    for _ in range(int(rng.integers(2, 6))):
        s_m, t_m = float(rng.uniform(-35.0, 45.0)), float(rng.uniform(-half_m, half_m))
        covers.append(of_boxes("manhole_cover", "manhole cover", main.pose, _round(s_m, t_m, 0.32, 0.006), iron))
    for _ in range(int(rng.integers(0, 5))):
        s_m, t_m = float(rng.uniform(-35.0, 45.0)), float(rng.uniform(-half_m + 1.0, half_m - 1.0))
        long_m, wide_m = float(rng.uniform(0.8, 6.0)), float(rng.uniform(0.5, 1.1))
        patches.append(box((s_m - long_m / 2, t_m - wide_m / 2, -0.01), (s_m + long_m / 2, t_m + wide_m / 2, 0.002)))
    apart = [each for number, each in enumerate(patches) if not any(_touch(each, other) for other in patches[:number])]
    site.add(*covers, *_drains(rng, main, iron))
    if apart:
        site.add(of_boxes("road", "patches of asphalt", main.pose, apart, draw_road_patch(rng)))


def _touch(a: Box, b: Box) -> bool:
    return all(
        abs(x - y) < (p + q) / 2 + 0.02 for x, y, p, q in zip(a.center_m, b.center_m, a.size_m, b.size_m, strict=True)
    )


def _round(s_m: float, t_m: float, radius_m: float, top_m: float) -> list[Box]:
    """Returns a round lid as strips across it, with raised bars."""
    cuts = np.linspace(-1.0, 1.0, 12)
    strips = [
        (low * radius_m, high * radius_m, radius_m * float(np.sqrt(1.0 - min(abs(low), abs(high), 0.98) ** 2)))
        for low, high in pairwise(cuts.tolist())
    ]
    lid = [box((s_m + low, t_m - wide, -0.02), (s_m + high, t_m + wide, top_m - 0.004)) for low, high, wide in strips]
    bars = [
        box((s_m + low + 0.015, t_m - 0.85 * wide, -0.02), (s_m + high - 0.015, t_m + 0.85 * wide, top_m))
        for low, high, wide in strips[1:-1]
    ]
    return [*lid, *bars]


def _drains(rng: np.random.Generator, main: Leg, iron: Surface) -> list[Thing]:
    """Returns gratings in the road beside its kerbs, over dark pits."""
    if not main.profile.kerb_m:
        return []
    pits, bars, first_m = [], [], float(rng.uniform(-32.0, -20.0))
    for s_m in np.arange(first_m, 45.0, float(rng.uniform(13.0, 20.0))).tolist():
        for side in SIDES:
            if any(gap.side == side and abs(s_m - gap.s_m) < gap.half_m + 1.0 for gap in main.gaps):
                continue
            across = main.profile.half_m - 0.4, main.profile.half_m - 0.02
            pits.append(_strip(side, (s_m - 0.25, s_m + 0.25), across, 0.0045, -0.02))
            bars += [
                _strip(side, (at, at + 0.03), across, 0.008, -0.02)
                for at in np.linspace(s_m - 0.25, s_m + 0.22, 9).tolist()
            ]
    black = Surface(finish="paint", color=(0.02, 0.02, 0.02), roughness=0.95)
    return [
        of_boxes("manhole_cover", "pits of drains", main.pose, pits, black),
        of_boxes("manhole_cover", "drain covers", main.pose, bars, iron),
    ]


def draw_road_patch(rng: np.random.Generator) -> Surface:
    """Returns asphalt darker than the road's."""
    grey = float(rng.uniform(0.2, 0.3))
    return Surface(finish="asphalt", color=(grey, grey, grey), roughness=0.9, variant=int(rng.integers(2**31)))
