"""Strays: single things of the catalog that stand about in a hall: people, bins, ladders, cones, bicycles."""

import math
from collections.abc import Sequence

import numpy as np

from scenegen.recipes.draws import uniform
from scenegen.recipes.hall.site import Site, one
from scenegen.recipes.solid import Vec2

_BESIDE: dict[str, tuple[str, ...]] = {
    "warehouse": (
        "bin", "crate", "barrel", "ladder", "bucket", "broom", "traffic_cone", "fire_extinguisher", "workbench",
        "wheelbarrow", "tire", "crate", "bin", "forklift", "bench",
    ),
    "shop": (
        "bin", "plant", "basket", "ladder", "bench", "crate", "baby_carriage", "box", "plant", "fire_extinguisher",
    ),
    "parking": (
        "bin", "traffic_cone", "bicycle", "motor_scooter", "bollard", "fire_extinguisher", "bicycle", "suitcase",
        "kick_scooter", "bicycle",
    ),
}  # fmt: skip
_STANDING = 1.6
_NOT_STANDING = ("seated", "sitting", "lying")
_TRIES = 8


def scatter(rng: np.random.Generator, site: Site, ends: Sequence[Vec2], aisles: Sequence[float]) -> None:
    """Puts things along walls and at the ends of rows, people into the aisles."""
    hall = site.hall
    half_x, half_y = hall.half_m
    for class_name in _BESIDE[hall.kind]:
        records = site.records(class_name)
        for _ in range(_TRIES if records and rng.random() < 0.75 else 0):
            record = one(rng, records)
            deep = record.size_m[1] / 2 + uniform(rng, 0.03, 0.3)
            side = int(rng.integers(4))
            along = uniform(rng, -0.94, 0.94)
            x, y, yaw = (
                (along * half_x, half_y - deep, math.pi),
                (along * half_x, -half_y + deep, 0.0),
                (half_x - deep, along * half_y, math.pi / 2),
                (-half_x + deep, along * half_y, -math.pi / 2),
            )[side]
            if rng.random() < 0.4 and ends:
                x, y = one(rng, list(ends))
                x, y, yaw = x + uniform(rng, -2.0, 2.0), y + uniform(rng, -1.6, 1.6), uniform(rng, -3.1, 3.1)
            if site.stand(rng, record, (x, y), yaw) is not None:
                break
    _people(rng, site, aisles)


def _people(rng: np.random.Generator, site: Site, aisles: Sequence[float]) -> None:
    """One to five people stand or walk, most of them not far from the focus."""
    everyone = site.records("man", "woman", "boy", "girl", "person")
    upright = [each for each in everyone if each.size_m[2] > _STANDING * max(each.size_m[:2])]
    standing = [each for each in upright if not any(word in each.label for word in _NOT_STANDING)]
    if not standing:
        return
    for _ in range(int(rng.integers(1, 6))):
        for _ in range(_TRIES):
            y = one(rng, list(aisles)) + uniform(rng, -0.9, 0.9)
            x = float(np.clip(rng.normal(site.hall.focus_m[0], 9.0), -site.hall.half_m[0] + 1, site.hall.half_m[0] - 1))
            if site.stand(rng, one(rng, standing), (x, y), uniform(rng, -math.pi, math.pi), 0.1) is not None:
                break
