"""Works: what stands along industrial lanes: sheds with gates, containers, pallets, parked lorries, behind fences."""

import math

import numpy as np

from scenegen.recipes.solid import Solid, Vec2
from scenegen.recipes.street.builder import Builder
from scenegen.recipes.street.greenery import hedge_row, scatter
from scenegen.recipes.street.kerbside import put
from scenegen.recipes.street.lettering import made_up, written
from scenegen.recipes.street.made import Made
from scenegen.recipes.street.network import Plot
from scenegen.recipes.thing import Pose, Thing, box, of_boxes
from schemas.geometry import pose
from schemas.scene_plan import Box
from schemas.surface import Color, Surface

_SHEETS: tuple[Color, ...] = (
    (0.72, 0.74, 0.75), (0.55, 0.6, 0.64), (0.78, 0.75, 0.66), (0.36, 0.44, 0.5), (0.45, 0.5, 0.42), (0.62, 0.36, 0.28),
)  # fmt: skip
_CARGO: tuple[Color, ...] = (
    (0.48, 0.16, 0.12), (0.12, 0.28, 0.42), (0.2, 0.36, 0.28), (0.62, 0.42, 0.16), (0.55, 0.56, 0.56),
    (0.75, 0.74, 0.7),
)  # fmt: skip
_DARK = Surface(finish="glass", color=(0.2, 0.25, 0.28), roughness=0.05)
_WOOD = Surface(finish="wood", color=(0.62, 0.5, 0.34), roughness=0.85, scale_m=0.1, wear=0.5)
_CONCRETE = Surface(finish="concrete", color=(0.6, 0.59, 0.56), roughness=0.9, wear=0.5)
_WHITE, _BLACK = (0.92, 0.92, 0.9), (0.1, 0.1, 0.11)
_NEAR_M = 60.0
_CONTAINER_M = 6.06, 2.44, 2.59
_LIGHT = 0.45
_STUFF = ("crate", "dumpster", "pallet", "forklift", "tire", "barrel", "traffic_cone", "cart")


def lay_works(rng: np.random.Generator, builder: Builder, plot: Plot) -> None:
    """Builds sheds along a plot, and puts goods and lorries before those near the cameras."""
    at, near = plot.start_m + float(rng.uniform(1.0, 4.0)), plot.near_m < _NEAR_M
    yard_m = float(rng.choice([0.5, 6.0, 11.0, 14.0]))
    while plot.end_m - at > 14.0:
        wide = min(float(rng.uniform(16.0, 34.0)), plot.end_m - at)
        _shed(rng, builder, plot, (at + wide / 2, yard_m), wide)
        at += wide + float(rng.uniform(1.0, 9.0))
    if not near:
        return
    if yard_m > 5.0:
        _fill_yard(rng, builder, plot, yard_m)
    fence = builder.stock.pick(rng, ["fence"], lambda each: each.size_m[2] > 1.2 or "iron" in each.label)
    if fence and yard_m > 5.0 and rng.random() < 0.6:
        low, high = max(plot.start_m, -25.0), min(plot.end_m, 35.0)
        gate = float(rng.uniform(low, max(high - 8.0, low)))
        for start, end in ((low, gate), (gate + 7.0, high)):
            if end - start > fence.size_m[0]:
                ends = _spot(plot, start, 0.3), _spot(plot, end, 0.3)
                hedge_row(rng, builder.site, fence, ends, plot.leg.heading_rad)


def _spot(plot: Plot, s_m: float, away_m: float) -> Vec2:
    return plot.leg.spot(s_m, plot.side * (plot.leg.profile.line_m + away_m))


def _shed(rng: np.random.Generator, builder: Builder, plot: Plot, at: Vec2, wide: float) -> None:
    """Builds one shed: ribbed walls on a concrete base, gates, a door, a band of windows, a name."""
    deep, high = float(rng.uniform(15.0, 24.0)), float(rng.uniform(5.5, 9.0))
    x, y = _spot(plot, *at)
    where = pose((x, y, builder.site.height_m(_spot(plot, at[0], at[1] + 1.0))), plot.leg.facing_road(plot.side))
    half = wide / 2
    whole = box((-half, 0.0, -0.3), (half, deep, high))
    room = of_boxes("building", "warehouse", where, [box((-half, 0.0, 0.0), (half, deep, high))], _WOOD).solid
    if not builder.site.may_build(room):
        return
    builder.site.take(room)
    color = _SHEETS[int(rng.integers(len(_SHEETS)))]
    sheet = Surface(finish="paint", color=color, roughness=0.5, wear=0.35)
    other = sheet.model_copy(update={"color": tuple(0.55 * each for each in color)})
    gates, frames = _gates(rng, half, high)
    parts: list[tuple[str, str, list[Box], Surface]] = [
        ("building", "warehouse", [whole, *_ribs(half, deep, high)], sheet),
        ("building", "base of a warehouse", _base(half, deep, gates), _CONCRETE),
        ("roof", "edge of a roof", _eaves(half, deep, high), other),
        (
            "garage_door" if plot.near_m < _NEAR_M else "building",
            "roller gates",
            [each for gate in gates for each in gate],
            _gate_paint(rng, color),
        ),
        ("building", "frames of gates", frames, other),
        ("window", "band of windows", _bands(half, high), _DARK),
    ]
    name = made_up(rng, (2, 4))
    big = written(name, (min(0.5 * wide, 9.0), 0.75))
    z = high - 0.75
    letters = [box((u[0], -0.11, z + up[0]), (u[1], -0.05, z + up[1])) for u, up in big]
    for gate in gates:
        before = of_boxes("ground", "way out", where, [_way_out(gate[0])], sheet).solid
        builder.site.take(before)
    ink = _BLACK if sum(color) / 3 > _LIGHT else _WHITE
    parts.append(("sign", "name of a firm", letters, Surface(finish="paint", color=ink, roughness=0.4)))
    things = [_part(where, *part) for part in parts if part[2]]
    if plot.near_m < _NEAR_M:
        builder.site.add(*things)
    else:
        builder.far_things += things


def _way_out(slat: Box) -> Box:
    """Returns the space before a gate, of which a slat is given."""
    x, wide = slat.center_m[0], slat.size_m[0]
    return box((x - wide / 2, -1.0, 0.0), (x + wide / 2, -0.25, 2.5))


def _part(where: Pose, class_name: str, label: str, boxes: list[Box], surface: Surface) -> Thing:
    return of_boxes(class_name, label, where, boxes, surface)


def _ribs(half: float, deep: float, high: float) -> list[Box]:
    front = [box((u, -0.05, 0.9), (u + 0.12, 0.0, high - 0.25)) for u in np.arange(-half, half - 0.1, 0.4).tolist()]
    sides = [
        box(
            (min(side * half, side * (half + 0.05)), w, 0.9),
            (max(side * half, side * (half + 0.05)), w + 0.12, high - 0.25),
        )
        for side in (-1, 1)
        for w in np.arange(0.1, deep - 0.2, 0.6).tolist()
    ]
    return [*front, *sides]


def _base(half: float, deep: float, gates: list[list[Box]]) -> list[Box]:
    """Returns the concrete along the foot of front and sides, open at the gates."""
    holes = sorted(
        (gate[0].center_m[0] - gate[0].size_m[0] / 2, gate[0].center_m[0] + gate[0].size_m[0] / 2) for gate in gates
    )
    runs, at = [], -half - 0.03
    for low, high in holes:
        runs.append((at, low - 0.15))
        at = high + 0.15
    runs.append((at, half + 0.03))
    front = [box((low, -0.07, -0.3), (high, 0.0, 0.9)) for low, high in runs if high - low > 0.05]
    return [
        *front,
        *(
            box((min(s * half, s * (half + 0.07)), 0.0, -0.3), (max(s * half, s * (half + 0.07)), deep, 0.9))
            for s in (-1, 1)
        ),
    ]


def _eaves(half: float, deep: float, high: float) -> list[Box]:
    return [box((-half - 0.1, -0.12, high - 0.25), (half + 0.1, deep + 0.1, high + 0.12))]


def _gates(rng: np.random.Generator, half: float, high: float) -> tuple[list[list[Box]], list[Box]]:
    """Returns gates of slats, each with its wall-high frame, and a small door as the last of them."""
    gates, frames = [], []
    tall = min(high - 2.7, float(rng.uniform(3.4, 4.4)))
    for number in range(max(1, int((2 * half - 4.0) / 7.5))):
        middle, wide = -half + 4.2 + 7.5 * number, 1.75
        if middle + wide > half - 2.0:
            break
        slats = [
            box((middle - wide, -0.035, z), (middle + wide, 0.0, z + 0.2))
            for z in np.arange(0.02, tall - 0.1, 0.22).tolist()
        ]
        gates.append(slats)
        frames += [
            box((u - 0.1, -0.14, 0.0), (u + 0.1, 0.0, tall + 0.2)) for u in (middle - wide - 0.08, middle + wide + 0.08)
        ]
        frames.append(box((middle - wide - 0.18, -0.2, tall), (middle + wide + 0.18, 0.0, tall + 0.35)))
    return gates, frames


def _bands(half: float, high: float) -> list[Box]:
    z = high - 2.2
    return (
        [box((u, -0.065, z), (u + 1.7, 0.0, z + 0.6)) for u in np.arange(-half + 1.0, half - 2.6, 1.85).tolist()]
        if high > 6.5
        else []
    )


def _gate_paint(rng: np.random.Generator, wall: Color) -> Surface:
    colors: tuple[Color, ...] = ((0.8, 0.81, 0.8), (0.16, 0.3, 0.5), (0.5, 0.52, 0.53), (0.6, 0.2, 0.14))
    color = colors[int(rng.integers(len(colors)))]
    return Surface(finish="paint", color=color if color != wall else colors[0], roughness=0.4, wear=0.4)


def _fill_yard(rng: np.random.Generator, builder: Builder, plot: Plot, yard_m: float) -> None:
    low, high = max(plot.start_m + 2.0, -32.0), min(plot.end_m - 2.0, 42.0)
    if high - low < 6.0:
        return
    facing = plot.leg.facing_road(plot.side)
    for _ in range(int(rng.integers(1, 6))):
        long_ways = rng.random() < 0.6 or yard_m < 8.0
        spot = _spot(plot, float(rng.uniform(low, high)), float(rng.uniform(2.0, yard_m - 2.0)))
        put(builder, _containers(rng), (*spot, facing + (0.0 if long_ways else math.pi / 2)))
    for _ in range(int(rng.integers(1, 5))):
        spot = _spot(plot, float(rng.uniform(low, high)), float(rng.uniform(0.8, yard_m - 1.0)))
        put(builder, _pallets(rng), (*spot, facing + float(rng.normal(0.0, 0.1))))
    for _ in range(int(rng.integers(0, 4))):
        if record := builder.stock.pick(rng, ["truck", "van", "truck", "car"]):
            spot = _spot(plot, float(rng.uniform(low, high)), float(rng.uniform(2.5, yard_m - 1.0)))
            builder.site.stand(record, spot, facing + float(rng.choice([0.0, math.pi / 2, math.pi])))
    area = _area(plot, (low, high), yard_m)
    scatter(
        rng, builder.site, [each for name in _STUFF for each in builder.stock.of(name)], area, int(rng.integers(4, 12))
    )


def _area(plot: Plot, run: Vec2, yard_m: float) -> Solid:
    middle = _spot(plot, (run[0] + run[1]) / 2, yard_m / 2)
    return Solid(middle, ((run[1] - run[0]) / 2, yard_m / 2 - 0.8), plot.leg.heading_rad, -0.5, 0.0)


def _containers(rng: np.random.Generator) -> Made:
    """Returns one container, or two of one firm on each other."""
    long, wide, high = _CONTAINER_M
    if rng.random() < 0.3:
        long = 2 * long + 0.07
    boxes = []
    for level in range(1 if rng.random() < 0.6 else 2):
        z = level * high
        boxes.append(
            box((-long / 2 + 0.04, -wide / 2 + 0.04, z + 0.12), (long / 2 - 0.04, wide / 2 - 0.04, z + high - 0.02))
        )
        for side in (-1, 1):
            boxes += [
                box(
                    (u, min(side * (wide / 2 - 0.04), side * wide / 2), z + 0.14),
                    (u + 0.14, max(side * (wide / 2 - 0.04), side * wide / 2), z + high - 0.1),
                )
                for u in np.arange(-long / 2 + 0.25, long / 2 - 0.35, 0.28).tolist()
            ]
            boxes += [
                box(
                    (-long / 2, side * (wide / 2 - 0.08) - 0.08, z + at),
                    (long / 2, side * (wide / 2 - 0.08) + 0.08, z + at + 0.14),
                )
                for at in (0.0, high - 0.14)
            ]
            boxes += [
                box(
                    (u - 0.08, side * (wide / 2 - 0.08) - 0.08, z),
                    (u + 0.08, side * (wide / 2 - 0.08) + 0.08, z + high),
                )
                for u in (-long / 2 + 0.08, long / 2 - 0.08)
            ]
        boxes += [
            box((long / 2 - 0.04, v - 0.02, z + 0.15), (long / 2, v + 0.02, z + high - 0.15))
            for v in (-0.85, -0.35, 0.35, 0.85)
        ]
    paint = Surface(
        finish="paint",
        color=_CARGO[int(rng.integers(len(_CARGO)))],
        roughness=0.5,
        wear=0.6,
        variant=int(rng.integers(2**31)),
    )
    return Made("shipping_container", "shipping container", tuple(boxes), paint)


def _pallets(rng: np.random.Generator) -> Made:
    """Returns pallets on one another: boards, blocks and boards."""
    boxes = []
    for level in range(int(rng.integers(1, 9))):
        z = 0.144 * level
        boxes += [box((-0.6, v - 0.05, z), (0.6, v + 0.05, z + 0.022)) for v in (-0.35, 0.0, 0.35)]
        boxes += [
            box((u - 0.07, v - 0.05, z + 0.022), (u + 0.07, v + 0.05, z + 0.1))
            for u in (-0.52, 0.0, 0.52)
            for v in (-0.35, 0.0, 0.35)
        ]
        boxes += [box((u - 0.07, -0.4, z + 0.1), (u + 0.07, 0.4, z + 0.144)) for u in (-0.52, -0.26, 0.0, 0.26, 0.52)]
    return Made("pallet", "pile of pallets" if len(boxes) > 20 else "pallet", tuple(boxes), _WOOD)
