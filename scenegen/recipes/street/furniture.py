"""Furniture of a street: lamps, signs, lights, bins, benches, post boxes, bollards, a bus stop; most of it at kerbs."""

import math
from dataclasses import dataclass

import numpy as np

from assets_catalog.record import AssetRecord
from scenegen.recipes.materials import draw_painted_metal, draw_pane
from scenegen.recipes.room.solid import Solid
from scenegen.recipes.street.leg import KERB_M, SIDES, Leg
from scenegen.recipes.street.plots import Builder
from scenegen.recipes.street.road import zebras_m
from scenegen.recipes.street.site import Model, column
from scenegen.recipes.street.thing import Pose, Thing, box, of_boxes
from schemas.geometry import pose
from schemas.scene_plan import Box
from schemas.surface import Color, Surface

_ALONG_M = (-55.0, 70.0)
"""Where furniture stands along the main road."""
_EDGE_M = 0.42
"""Of what stands at the kerb: its middle to the kerb stone."""
_HEAD_M = 2.35, 3.25
"""Lower and upper end of a traffic light's head."""
_LENSES: tuple[Color, ...] = ((0.95, 0.12, 0.08), (0.98, 0.68, 0.1), (0.15, 0.9, 0.45))
_POST_COLORS: tuple[Color, ...] = ((0.7, 0.1, 0.1), (0.92, 0.75, 0.1), (0.1, 0.25, 0.55), (0.15, 0.3, 0.2))


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
            if abs(s_m) > 85.0 or not _on_pavement(leg, side, s_m):
                continue
            if lamp := _set_lamp(builder, record, side, s_m):
                site.lamps.append(lamp)


def _set_lamp(builder: Builder, record: AssetRecord, side: int, s_m: float) -> Thing | None:
    """Sets a lamp at the kerb; one with an arm has its post behind its middle, and the arm above the road."""
    leg, (wide_m, deep_m, high_m) = builder.network.main, record.size_m
    post_m = _outer_m(leg) + 0.3
    behind_m = deep_m / 2 - 0.12 if deep_m > 1.0 else 0.0
    spot, foot = leg.spot(s_m, side * (post_m - behind_m)), leg.spot(s_m, side * post_m)
    yaw_rad = leg.facing_road(side)
    head = Solid(spot, (wide_m / 2, deep_m / 2), yaw_rad, 0.8 * high_m, high_m)
    space = column(foot, 0.2, 0.0, 0.8 * high_m), head
    return builder.site.stand(Model(record, (), space, column(foot, 0.15, 0.0, 0.1)), spot, yaw_rad)


def _outer_m(leg: Leg) -> float:
    """Returns where furniture begins: beside the kerb stone, or the road's edge where there is none."""
    return leg.profile.half_m + (KERB_M if leg.profile.kerb_m else 1.0)


def _on_pavement(leg: Leg, side: int, s_m: float, clear_m: float = 0.8) -> bool:
    return all(gap.side != side or abs(s_m - gap.s_m) > gap.half_m + clear_m for gap in leg.gaps)


def set_signs(rng: np.random.Generator, builder: Builder) -> None:
    """Sets traffic signs where roads meet and here and there; they face who comes towards them on their side."""
    leg = builder.network.main
    at = [s_m + float(rng.uniform(-1.0, 1.0)) for s_m in zebras_m(leg) if abs(s_m) < 70.0]
    at += rng.uniform(*_ALONG_M, int(rng.integers(1, 5))).tolist()
    for s_m in at:
        side = SIDES[int(rng.integers(2))]
        record = builder.stock.pick(rng, ["traffic_sign"])
        if record and _on_pavement(leg, side, s_m):
            toward = leg.driving(-side)
            builder.site.stand(record, leg.spot(s_m, side * (_outer_m(leg) + 0.35)), toward, gap_m=0.05)


@dataclass(frozen=True)
class _Made:
    """A piece of street furniture of boxes, on the ground about its origin."""

    class_name: str
    label: str
    boxes: tuple[Box, ...]
    surface: Surface


def litter_bin(rng: np.random.Generator) -> _Made:
    """Returns a bin on a foot, with a lid."""
    half, high = float(rng.uniform(0.17, 0.24)), float(rng.uniform(0.75, 0.95))
    boxes = (
        box((-half, -half, 0.0), (half, half, high - 0.22)),
        *(
            box((x - 0.02, y - 0.02, high - 0.22), (x + 0.02, y + 0.02, high - 0.05))
            for x in (-half + 0.02, half - 0.02)
            for y in (-half + 0.02, half - 0.02)
        ),
        box((-half - 0.02, -half - 0.02, high - 0.05), (half + 0.02, half + 0.02, high)),
    )
    return _Made("bin", "litter bin", boxes, draw_painted_metal(rng))


def post_box(rng: np.random.Generator) -> _Made:
    """Returns a box for letters."""
    color = _POST_COLORS[int(rng.integers(len(_POST_COLORS)))]
    wide, high = float(rng.uniform(0.2, 0.27)), float(rng.uniform(1.1, 1.45))
    boxes = (
        box((-0.06, -0.06, 0.0), (0.06, 0.06, 0.4)),
        box((-wide, -0.2, 0.4), (wide, 0.2, high)),
        box((-wide - 0.02, -0.23, high), (wide + 0.02, 0.22, high + 0.05)),
        box((-0.7 * wide, -0.215, high - 0.2), (0.7 * wide, -0.2, high - 0.16)),
    )
    return _Made("mailbox", "post box", boxes, Surface(finish="paint", color=color, roughness=0.35, wear=0.3))


def display_board(rng: np.random.Generator) -> _Made:
    """Returns a board of a shop that stands on the pavement."""
    half, high = float(rng.uniform(0.25, 0.35)), float(rng.uniform(0.85, 1.15))
    boxes = (
        box((-half, -0.02, 0.12), (half, 0.02, high)),
        *(box((x - 0.02, -0.22, 0.0), (x + 0.02, 0.22, 0.05)) for x in (-half + 0.03, half - 0.03)),
        *(box((x - 0.02, -0.025, 0.05), (x + 0.02, 0.025, 0.12)) for x in (-half + 0.03, half - 0.03)),
    )
    return _Made("sign", "display board", boxes, draw_painted_metal(rng))


def flower_tub(rng: np.random.Generator) -> _Made:
    """Returns a square tub of concrete."""
    half, high = float(rng.uniform(0.3, 0.5)), float(rng.uniform(0.4, 0.6))
    rim = 0.06
    boxes = (
        box((-half, -half, 0.0), (half, half, high - 0.08)),
        *(box((-half, y - rim / 2, high - 0.08), (half, y + rim / 2, high)) for y in (-half + rim / 2, half - rim / 2)),
        *(
            box((x - rim / 2, -half + rim, high - 0.08), (x + rim / 2, half - rim, high))
            for x in (-half + rim / 2, half - rim / 2)
        ),
    )
    grey = float(rng.uniform(0.45, 0.62))
    return _Made(
        "planter", "planter", boxes, Surface(finish="concrete", color=(grey, grey, 0.96 * grey), roughness=0.9)
    )


def utility_pole(rng: np.random.Generator) -> _Made:
    """Returns a wooden pole with a cross-arm."""
    high = float(rng.uniform(7.0, 9.0))
    boxes = (
        box((-0.11, -0.11, 0.0), (0.11, 0.11, high)),
        box((-0.9, -0.06, high - 0.6), (0.9, 0.06, high - 0.48)),
        *(box((x - 0.03, -0.03, high - 0.48), (x + 0.03, 0.03, high - 0.3)) for x in (-0.8, -0.35, 0.35, 0.8)),
    )
    return _Made(
        "utility_pole", "utility pole", boxes, Surface(finish="bark", color=(0.36, 0.29, 0.22), roughness=0.95)
    )


_MADE = {"bin": litter_bin, "mailbox": post_box, "sign": display_board, "planter": flower_tub}
_WANTED = (
    "park_bench", "park_bench", "bin", "bin", "mailbox", "bollard", "fire_hydrant", "planter", "bicycle", "bicycle",
    "sign", "kick_scooter", "motor_scooter", "plant", "baby_carriage",
)  # fmt: skip


_BROAD = frozenset({"park_bench", "bicycle", "motor_scooter", "planter", "plant", "kick_scooter"})
"""What would bar a narrow pavement."""


def set_furniture(rng: np.random.Generator, builder: Builder) -> None:
    """Sets single pieces along the kerbs, or before the houses, and bollards in rows."""
    if not builder.network.main.profile.pavement_m:
        return
    bench = builder.stock.pick(rng, ["park_bench"])
    for _ in range(int(rng.integers(16, 30))):
        _set_piece(rng, builder, _WANTED[int(rng.integers(len(_WANTED)))], bench)
    if rng.random() < 0.25:
        _cones(rng, builder)
    if rng.random() < 0.35:
        _bollards(rng, builder, SIDES[int(rng.integers(2))])


def _set_piece(rng: np.random.Generator, builder: Builder, name: str, bench: AssetRecord | None) -> None:
    """Sets a piece of a class somewhere on a pavement, if it has room there and leaves some."""
    leg, profile = builder.network.main, builder.network.main.profile
    narrow = profile.pavement_m < 2.2 and not profile.verge_m
    side, s_m = SIDES[int(rng.integers(2))], float(rng.normal(4.0, 22.0))
    at_wall = bool(rng.random() < 0.4) and not narrow
    if (narrow and name in _BROAD) or not _on_pavement(leg, side, s_m, 1.5):
        return
    spot = leg.spot(s_m, side * (profile.line_m - 0.45 if at_wall else _outer_m(leg) + _EDGE_M))
    facing = leg.facing_road(side) + (0.0 if at_wall else math.pi)
    if name == "bicycle":
        facing = leg.heading_rad + math.pi / 2 + (math.pi if rng.random() < 0.5 else 0.0)
    if name in _MADE and rng.random() < 0.75:
        _put(builder, _MADE[name](rng), (*spot, facing))
    elif record := bench if name == "park_bench" else builder.stock.pick(rng, [name], _for_outside):
        builder.site.stand(record, spot, facing, gap_m=0.12)


def _for_outside(record: AssetRecord) -> bool:
    """Leaves out what stands in kitchens and on desks."""
    if record.class_name == "bin":
        return record.size_m[2] > 0.6
    if record.class_name == "plant":
        return record.placement == "floor" and record.size_m[2] > 0.6
    return record.placement in ("street", "floor")


def _put(builder: Builder, made: _Made, place: tuple[float, float, float]) -> bool:
    x, y, yaw_rad = place
    site = builder.site
    flat = of_boxes(made.class_name, made.label, pose((x, y, 0.0), yaw_rad), made.boxes, made.surface)
    ground_m = site.level_m(flat.solid)
    if ground_m is None:
        return False
    where: Pose = pose((x, y, ground_m), yaw_rad)
    return site.put(of_boxes(made.class_name, made.label, where, made.boxes, made.surface), 0.12)


def set_traffic_lights(rng: np.random.Generator, builder: Builder) -> None:
    """Sets traffic lights beside crossings, all of one kind; those of a road show one colour."""
    leg = builder.network.main
    if leg.profile.kerb_m == 0 or rng.random() < 0.45:
        return
    body, showing = traffic_light(rng), int(rng.integers(3))
    for s_m in zebras_m(leg):
        side = -1 if s_m > 0 else 1
        at_m = s_m - 2.1 if side < 0 else s_m + 2.1
        x, y = leg.spot(at_m, side * (_outer_m(leg) + 0.3))
        if abs(s_m) > 60.0 or not _on_pavement(leg, side, at_m):
            continue
        if _put(builder, body, (x, y, leg.driving(-side))):
            low = _HEAD_M[1] - 0.29 * (showing + 1)
            lens = box((-0.085, -0.145, low + 0.06), (0.085, -0.125, low + 0.23))
            glow = Surface(finish="plastic", color=_LENSES[showing], roughness=0.25)
            where = builder.site.things[-1].object2world
            builder.site.add(of_boxes("traffic_light", "light of a traffic light", where, [lens], glow))


def traffic_light(rng: np.random.Generator) -> _Made:
    """Returns three lamps under hoods on a pole; they look to -y."""
    low, high = _HEAD_M
    pole = box((-0.05, -0.02, 0.0), (0.05, 0.08, high + 0.05))
    head = box((-0.15, -0.125, low), (0.15, -0.02, high))
    hoods = [
        each
        for number in range(3)
        for top in [high - 0.29 * number - 0.04]
        for each in (
            box((-0.11, -0.27, top - 0.02), (0.11, -0.125, top)),
            box((-0.11, -0.24, top - 0.15), (-0.095, -0.125, top - 0.02)),
            box((0.095, -0.24, top - 0.15), (0.11, -0.125, top - 0.02)),
        )
    ]
    shade = float(rng.uniform(0.05, 0.2))
    paint = Surface(finish="paint", color=(shade, 1.05 * shade, shade), roughness=0.45, wear=0.2)
    return _Made("traffic_light", "traffic light", (pole, head, *hoods), paint)


def _cones(rng: np.random.Generator, builder: Builder) -> None:
    """Closes a piece of a lane's edge with cones."""
    leg, side = builder.network.main, SIDES[int(rng.integers(2))]
    cone = builder.stock.pick(rng, ["traffic_cone"])
    first_m = float(rng.uniform(-20.0, 30.0))
    for number in range(int(rng.integers(4, 8))):
        t_m = side * (leg.profile.lanes_m - 0.35 - 0.05 * number)
        if cone:
            builder.site.stand(cone, leg.spot(first_m + 1.9 * number, t_m), float(rng.uniform(0.0, 3.0)))


def _bollards(rng: np.random.Generator, builder: Builder, side: int) -> None:
    leg = builder.network.main
    record = builder.stock.pick(rng, ["bollard"])
    start_m = float(rng.uniform(-15.0, 8.0))
    for number in range(int(rng.integers(4, 10))):
        s_m = start_m + 1.6 * number
        if record and _on_pavement(leg, side, s_m):
            builder.site.stand(record, leg.spot(s_m, side * (_outer_m(leg) + 0.3)), 0.0)


def set_poles(rng: np.random.Generator, builder: Builder) -> None:
    """Sets utility poles along one side of the road, where there are no tall lamps."""
    leg, side = builder.network.main, SIDES[int(rng.integers(2))]
    pole = utility_pole(rng)
    away_m = (leg.profile.line_m + 0.6) if leg.profile.kerb_m == 0 else _outer_m(leg) + 0.3
    first_m = float(rng.uniform(0.0, 30.0))
    for number in range(-5, 7):
        x, y = leg.spot(first_m + 30.0 * number, side * away_m)
        _put(builder, pole, (x, y, leg.heading_rad + math.pi / 2))


def set_bus_stop(rng: np.random.Generator, builder: Builder) -> None:
    """Sets a shelter at the kerb, open to the road, with a bench in it."""
    leg = builder.network.main
    if leg.profile.pavement_m < 2.4:
        return
    side, s_m = SIDES[int(rng.integers(2))], float(rng.uniform(-25.0, 35.0))
    long_m, deep_m, high_m = float(rng.uniform(2.8, 4.2)), 1.3, 2.5
    x, y = leg.spot(s_m, side * (_outer_m(leg) + leg.profile.verge_m + 1.0))
    yaw_rad = leg.facing_road(side)
    half = long_m / 2
    posts = [
        box((u - 0.04, w - 0.04, 0.0), (u + 0.04, w + 0.04, high_m))
        for u in (-half + 0.04, half - 0.04)
        for w in (-deep_m / 2 + 0.2, deep_m / 2)
    ]
    roof = box((-half - 0.15, -deep_m / 2 - 0.1, high_m), (half + 0.15, deep_m / 2 + 0.15, high_m + 0.09))
    bench = box((-half + 0.3, deep_m / 2 - 0.45, 0.42), (half - 0.3, deep_m / 2 - 0.1, 0.47))
    legs = [
        box((u - 0.03, deep_m / 2 - 0.3, 0.0), (u + 0.03, deep_m / 2 - 0.24, 0.42)) for u in (-half + 0.5, half - 0.5)
    ]
    made = _Made("bus_stop", "bus shelter", (*posts, roof, bench, *legs), draw_painted_metal(rng))
    if _on_pavement(leg, side, s_m, 4.0) and _put(builder, made, (x, y, yaw_rad)):
        where = builder.site.things[-1].object2world
        glass = [box((-half + 0.08, deep_m / 2 - 0.006, 0.25), (half - 0.11, deep_m / 2 + 0.006, high_m - 0.15))]
        glass += [
            box((u - 0.006, -deep_m / 2 + 0.24, 0.25), (u + 0.006, deep_m / 2 - 0.07, high_m - 0.15))
            for u in (-half + 0.04, half - 0.04)
        ]
        panes = of_boxes("window", "panes of a bus shelter", where, glass, draw_pane(rng))
        builder.site.add(panes)
