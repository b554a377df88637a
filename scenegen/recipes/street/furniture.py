"""Furniture of a street: signs, bins, benches, post boxes, cones, bollards, a bus stop; most of it at the kerbs."""

import math

import numpy as np

from assets_catalog.record import AssetRecord
from scenegen.recipes.materials import draw_painted_metal, draw_pane
from scenegen.recipes.street.builder import Builder
from scenegen.recipes.street.kerbside import on_pavement, outer_m, put
from scenegen.recipes.street.leg import SIDES
from scenegen.recipes.street.made import Made, display_board, flower_tub, litter_bin, post_box
from scenegen.recipes.street.paint import zebras_m
from scenegen.recipes.thing import box, of_boxes

_ALONG_M = (-55.0, 70.0)
"""Where furniture stands along the main road."""

_EDGE_M = 0.42
"""Of what stands at the kerb: its middle to the kerb stone."""


def set_signs(rng: np.random.Generator, builder: Builder) -> None:
    """Sets traffic signs where roads meet and here and there; they face who comes towards them on their side."""
    leg = builder.network.main
    at = [s_m + float(rng.uniform(-1.0, 1.0)) for s_m in zebras_m(leg) if abs(s_m) < 70.0]
    at += rng.uniform(*_ALONG_M, int(rng.integers(1, 5))).tolist()
    for s_m in at:
        side = SIDES[int(rng.integers(2))]
        record = builder.stock.pick(rng, ["traffic_sign"])
        if record and on_pavement(leg, side, s_m):
            toward = leg.driving(-side)
            builder.site.stand(record, leg.spot(s_m, side * (outer_m(leg) + 0.35)), toward, gap_m=0.05)


_MADE = {"bin": litter_bin, "mailbox": post_box, "sign": display_board, "planter": flower_tub}

_WANTED = (
    "park_bench", "park_bench", "bin", "bin", "mailbox", "bollard", "fire_hydrant", "planter", "bicycle", "bicycle",
    "sign", "kick_scooter", "motor_scooter", "plant", "baby_carriage",
)  # fmt: skip

_SHOPS_FROM = 4
"""Storeys of the houses in streets that have shops."""
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
    if (narrow and name in _BROAD) or not on_pavement(leg, side, s_m, 1.5):
        return
    spot = leg.spot(s_m, side * (profile.line_m - 0.45 if at_wall else outer_m(leg) + _EDGE_M))
    facing = leg.facing_road(side) + (0.0 if at_wall else math.pi)
    if name == "bicycle":
        facing = leg.heading_rad + math.pi / 2 + (math.pi if rng.random() < 0.5 else 0.0)
    if name == "sign" and builder.kind.storeys[1] < _SHOPS_FROM:
        return
    if name in _MADE and (name == "mailbox" or rng.random() < 0.75):
        put(builder, _MADE[name](rng), (*spot, facing))
    elif record := bench if name == "park_bench" else builder.stock.pick(rng, [name], _for_outside):
        builder.site.stand(record, spot, facing, gap_m=0.12)


def _for_outside(record: AssetRecord) -> bool:
    """Leaves out what stands in kitchens and on desks."""
    if record.class_name == "planter":
        return record.size_m[2] > 0.3
    if record.class_name == "bin":
        return record.size_m[2] > 0.6
    if record.class_name == "plant":
        return record.placement == "floor" and record.size_m[2] > 0.6
    return record.placement in ("street", "floor")


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
        if record and on_pavement(leg, side, s_m):
            builder.site.stand(record, leg.spot(s_m, side * (outer_m(leg) + 0.3)), 0.0)


def set_bus_stop(rng: np.random.Generator, builder: Builder) -> None:
    """Sets a shelter at the kerb, open to the road, with a bench in it."""
    leg = builder.network.main
    if leg.profile.pavement_m < 2.4:
        return
    side, s_m = SIDES[int(rng.integers(2))], float(rng.uniform(-25.0, 35.0))
    long_m, deep_m, high_m = float(rng.uniform(2.8, 4.2)), 1.3, 2.5
    x, y = leg.spot(s_m, side * (outer_m(leg) + leg.profile.verge_m + 1.0))
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
    made = Made("bus_stop", "bus shelter", (*posts, roof, bench, *legs), draw_painted_metal(rng))
    if on_pavement(leg, side, s_m, 4.0) and put(builder, made, (x, y, yaw_rad)):
        where = builder.site.things[-1].object2world
        glass = [box((-half + 0.08, deep_m / 2 - 0.006, 0.25), (half - 0.11, deep_m / 2 + 0.006, high_m - 0.15))]
        glass += [
            box((u - 0.006, -deep_m / 2 + 0.24, 0.25), (u + 0.006, deep_m / 2 - 0.07, high_m - 0.15))
            for u in (-half + 0.04, half - 0.04)
        ]
        panes = of_boxes("window", "panes of a bus shelter", where, glass, draw_pane(rng))
        builder.site.add(panes)
