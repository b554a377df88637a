"""People and animals: walking along the pavements, crossing where it is allowed, standing together, with dogs."""

import math

import numpy as np

from assets_catalog.record import AssetRecord
from scenegen.recipes.solid import Vec2
from scenegen.recipes.street.builder import Builder
from scenegen.recipes.street.leg import SIDES
from scenegen.recipes.street.paint import zebras_m
from schemas.ranges import IntRange


def walk(rng: np.random.Generator, builder: Builder, count: IntRange) -> None:
    """Puts as many people and animals into the street as the spec asks for, where the catalog has any."""
    everyone = builder.stock.people()
    pets = [each for name in ("dog", "cat") for each in builder.stock.of(name)]
    left, tries = int(rng.integers(count.low, count.high + 1)), 60
    while left > 0 and tries > 0 and everyone:
        tries -= 1
        spot, yaw_rad = _place(rng, builder)
        if builder.site.stand(_one(rng, everyone), spot, yaw_rad, gap_m=0.2) is None:
            continue
        left -= 1
        if left and rng.random() < 0.35:
            left -= _join(rng, builder, everyone, pets, (spot, yaw_rad))


def _one(rng: np.random.Generator, records: list[AssetRecord]) -> AssetRecord:
    """Takes somebody out of the list, so that nobody is met twice; the last one may be."""
    number = int(rng.integers(len(records)))
    return records.pop(number) if len(records) > 1 else records[number]


def _place(rng: np.random.Generator, builder: Builder) -> tuple[Vec2, float]:
    """Returns where somebody is, and which way they go: mostly along a pavement."""
    leg, profile = builder.network.main, builder.network.main.profile
    side, s_m = SIDES[int(rng.integers(2))], float(rng.normal(5.0, 20.0))
    along = leg.heading_rad + (math.pi / 2 if rng.random() < 0.5 else -math.pi / 2)
    if (zebras := zebras_m(leg)) and profile.kerb_m and rng.random() < 0.2:
        at = zebras[int(rng.integers(len(zebras)))] + float(rng.uniform(-1.2, 1.2))
        across = leg.facing_road(side) + float(rng.normal(0.0, 0.15))
        return leg.spot(at, float(rng.uniform(-0.8, 0.8)) * profile.half_m), across
    if profile.pavement_m == 0:
        return leg.spot(s_m, side * (profile.half_m - 0.5)), along
    t_m = float(rng.uniform(profile.walk_m + 0.4, max(profile.line_m - 0.5, profile.walk_m + 0.5)))
    turn = float(rng.uniform(-math.pi, math.pi)) if rng.random() < 0.2 else along + float(rng.normal(0.0, 0.2))
    return leg.spot(s_m, side * t_m), turn


def _join(
    rng: np.random.Generator,
    builder: Builder,
    everyone: list[AssetRecord],
    pets: list[AssetRecord],
    at: tuple[Vec2, float],
) -> int:
    """Puts another one beside somebody: a dog that goes along, or a person to talk to; returns how many."""
    (x, y), yaw_rad = at
    side = 1.0 if rng.random() < 0.5 else -1.0
    away_m = float(rng.uniform(0.75, 1.0))
    beside = x + side * away_m * math.cos(yaw_rad), y + side * away_m * math.sin(yaw_rad)
    dogs = [each for each in pets if each.class_name == "dog"]
    other = dogs[int(rng.integers(len(dogs)))] if dogs and rng.random() < 0.4 else _one(rng, everyone)
    turned = yaw_rad if other.class_name == "dog" or rng.random() < 0.5 else yaw_rad - side * math.pi / 2
    return int(builder.site.stand(other, beside, turned, gap_m=0.05) is not None)
