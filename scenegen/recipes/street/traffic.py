"""Traffic: vehicles parked along the kerb and driving in the lanes, on the right side of the road."""

import math

import numpy as np

from assets_catalog.record import AssetRecord
from scenegen.recipes.solid import Solid, Vec2
from scenegen.recipes.street.builder import Builder
from scenegen.recipes.street.leg import PARKING_M, SIDES
from scenegen.recipes.street.site import Model
from schemas.ranges import IntRange
from schemas.surface import Color, Recolor

_PARKED = ("car", "car", "car", "car", "van", "motor_scooter")
_DRIVING = ("car", "car", "car", "car", "car", "van", "truck", "bus")
_AS_IT_IS = 0.25
_COATS: tuple[tuple[Color, int], ...] = (
    ((0.88, 0.88, 0.86), 5), ((0.07, 0.07, 0.08), 5), ((0.42, 0.44, 0.46), 5), ((0.68, 0.69, 0.7), 4),
    ((0.13, 0.2, 0.36), 3), ((0.45, 0.07, 0.08), 2), ((0.22, 0.26, 0.28), 3), ((0.16, 0.25, 0.2), 1),
    ((0.58, 0.52, 0.42), 1), ((0.3, 0.38, 0.48), 1),
)  # fmt: skip
"""Colours of cars, and how often each comes."""
_BAY_M = 5.6
_APART_M = 3.0
_ALONG_M = (-75.0, 100.0)


def drive(rng: np.random.Generator, builder: Builder, count: IntRange) -> None:
    """Parks and drives as many vehicles as the spec asks for, nearer ones first; fewer where they have no room."""
    wanted = int(rng.integers(count.low, count.high + 1))
    left = wanted - _park(rng, builder, round(wanted * (0.62 if builder.network.main.profile.parking else 0.0)))
    tries = 6 * left
    while left > 0 and tries > 0:
        tries -= 1
        left -= _drive_one(rng, builder)


def _park(rng: np.random.Generator, builder: Builder, most: int) -> int:
    leg, profile = builder.network.main, builder.network.main.profile
    if not profile.parking or builder.kind.fast:
        return 0
    bays = [(side, number * _BAY_M + 2.8) for side in SIDES for number in range(-9, 12)]
    rng.shuffle(bays)
    bays.sort(key=lambda bay: abs(bay[1] - 5.0) + float(rng.uniform(0.0, 45.0)))
    parked = 0
    for side, s_m in bays:
        record = _vehicle(rng, builder, _PARKED)
        if parked >= most:
            break
        if record is None or any(abs(s_m - gap.s_m) < gap.half_m + 6.5 for gap in leg.gaps):
            continue
        if record.size_m[1] > _BAY_M + 0.6 or record.size_m[0] > PARKING_M + 0.1:
            continue
        t_m = side * (profile.half_m - record.size_m[0] / 2 - float(rng.uniform(0.08, 0.22)))
        turn = leg.driving(side) + float(rng.normal(0.0, 0.012))
        where = leg.spot(s_m + float(rng.uniform(-0.25, 0.25)), t_m)
        parked += _set(rng, builder, record, (where, turn))
    return parked


def _drive_one(rng: np.random.Generator, builder: Builder) -> bool:
    leg, profile = builder.network.main, builder.network.main.profile
    side = SIDES[int(rng.integers(2))]
    lanes = profile.lane_middles_m()
    t_m = side * (lanes[int(rng.integers(len(lanes)))] + float(rng.normal(0.0, 0.1)))
    record = _vehicle(rng, builder, _DRIVING)
    if record is None or record.size_m[0] > profile.lane_m + 0.1:
        return False
    s_m = float(rng.uniform(*_ALONG_M)) if rng.random() < 0.4 else float(rng.normal(5.0, 28.0))
    turn = leg.driving(side) + float(rng.normal(0.0, 0.015))
    return _set(rng, builder, record, (leg.spot(s_m, t_m), turn), _APART_M)


def _vehicle(rng: np.random.Generator, builder: Builder, classes: tuple[str, ...]) -> AssetRecord | None:
    name = classes[int(rng.integers(len(classes)))]
    return builder.stock.pick(rng, [name]) or builder.stock.pick(rng, ["car"])


def _set(
    rng: np.random.Generator, builder: Builder, record: AssetRecord, place: tuple[Vec2, float], apart_m: float = 0.0
) -> bool:
    """Sets a vehicle where there is room, and `apart_m` more before and behind it."""
    spot, yaw_rad = place
    model = Model(record, _painted(rng, record))
    long = Solid(spot, (record.size_m[0] / 2, record.size_m[1] / 2 + apart_m), yaw_rad, 0.2, record.size_m[2])
    if apart_m and not builder.site.is_free([long], 0.0):
        return False
    return builder.site.stand(model, spot, yaw_rad) is not None


def _painted(rng: np.random.Generator, record: AssetRecord) -> tuple[Recolor, ...]:
    """Returns another colour for the coat of a vehicle, as often as such cars are bought."""
    coat = next((number for number, part in enumerate(record.parts) if part.name.startswith("coat:")), None)
    if coat is None or rng.random() < _AS_IT_IS:
        return ()
    shades = [shade for shade, share in _COATS for _ in range(share)]
    return (Recolor(part=coat, color=shades[int(rng.integers(len(shades)))]),)


def leaning(rng: np.random.Generator, builder: Builder, count: int) -> None:
    """Parks bicycles along the walls of houses."""
    leg = builder.network.main
    for _ in range(count):
        record = builder.stock.pick(rng, ["bicycle"])
        side, s_m = SIDES[int(rng.integers(2))], float(rng.normal(4.0, 20.0))
        if record and leg.profile.pavement_m:
            spot = leg.spot(s_m, side * (leg.profile.line_m - record.size_m[0] / 2 - 0.12))
            turn = leg.heading_rad + math.pi / 2 + (math.pi if rng.random() < 0.5 else 0.0)
            builder.site.stand(record, spot, turn, gap_m=0.05)
