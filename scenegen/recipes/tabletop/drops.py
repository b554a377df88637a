"""Drops: things held a little above where they will lie: apart, mostly upright, near one another, not in rows.

Large things come first. On a table each has its own place, save what is piled: books on books, a cup on a plate. In a
box they come in layers, any way up.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64

from assets_catalog.record import AssetRecord
from scenegen.recipes.placement.form import Form
from scenegen.recipes.solid import Solid
from scenegen.recipes.tabletop.rest import Rest
from scenegen.recipes.tabletop.themes import FACING, FLAT, NEVER_TIPPED, SERVED, SERVED_ON, TIPPED
from schemas.geometry import pose

_TRIES = 30
_FALL_M = (0.004, 0.02)
_APART_M = 0.0015
_TIPPED_IN_BOX = 0.7
_PILED = 0.4
"""How often a small thing is put on a flat one, where there is one."""
_NEAR = 0.88
"""Of the places tried, how many are near another thing."""


@dataclass(frozen=True)
class Thing:
    """A model to be put down."""

    record: AssetRecord
    form: Form


@dataclass(frozen=True)
class Turned:
    """A thing, tilted, then turned about z."""

    thing: Thing
    tilt: Float64[np.ndarray, "3 3"]
    yaw_rad: float


@dataclass(frozen=True)
class Drop:
    """A thing in the air."""

    thing: Thing
    object2world: Float64[np.ndarray, "4 4"]
    space: Solid
    """What it takes up."""
    rest: Rest
    """Where it will lie."""


def draw_drops(rng: np.random.Generator, rest: Rest, things: Sequence[Thing]) -> list[Drop]:
    """Returns those of the things for which a place was found."""
    drops: list[Drop] = []
    for thing in sorted(things, key=lambda each: -each.record.size_m[0] * each.record.size_m[1]):
        drop = _in_box(rng, rest, thing, drops) if rest.is_box else _on_table(rng, rest, thing, drops)
        if drop is not None:
            drops.append(drop)
    return drops


def _on_table(rng: np.random.Generator, rest: Rest, thing: Thing, drops: Sequence[Drop]) -> Drop | None:
    share = SERVED.get(thing.record.class_name, _PILED)
    piled = _on_another(rng, rest, thing, drops) if rng.random() < share else None
    if piled is not None:
        return piled
    for _ in range(_TRIES):
        turned = _turned(rng, thing, rest)
        drop = _held(rng, rest, turned, _spot(rng, rest, thing, drops), rest.height_m)
        taken = (*(other.space for other in drops), *rest.kept_free)
        free = all(not _grown(drop.space).overlaps(other) for other in taken)
        if free and rest.area.covers(drop.space) and drop.space.top_m < rest.area.top_m:
            return drop
    return None


def _on_another(rng: np.random.Generator, rest: Rest, thing: Thing, drops: Sequence[Drop]) -> Drop | None:
    """Returns the thing over a larger flat one, if there is one that carries nothing yet."""
    size = thing.record.size_m
    if thing.record.class_name not in {*FLAT, *SERVED} and max(size[:2]) > 0.14:
        return None
    suited = _suited(thing.record.class_name)
    under = [d for d in drops if d.thing.record.class_name in suited and _carries(d, size) and _is_free(d, drops)]
    if not under:
        return None
    carrier = under[int(rng.integers(len(under)))]
    x, y = (c + float(rng.normal(0.0, 0.01)) for c in carrier.space.center_m)
    turned = _turned(rng, thing, rest, near_rad=carrier.space.yaw_rad)
    drop = _held(rng, rest, turned, (x, y), carrier.space.top_m)
    return drop if drop.space.top_m < rest.area.top_m else None


def _suited(class_name: str) -> Collection[str]:
    """Returns classes on which a thing may be put: food on what it is served on, plates on plates, no books there."""
    if class_name in SERVED:
        return SERVED_ON
    return ("plate", "tray") if class_name == "plate" else FLAT - {"plate"}


def _carries(drop: Drop, size_m: tuple[float, float, float]) -> bool:
    width_m, depth_m, _ = drop.thing.record.size_m
    return max(size_m[:2]) <= 1.05 * max(width_m, depth_m) and min(size_m[:2]) <= 0.95 * min(width_m, depth_m)


def _is_free(drop: Drop, drops: Sequence[Drop]) -> bool:
    above = (each for each in drops if each is not drop and each.space.bottom_m > drop.space.bottom_m + 0.002)
    return not any(math.dist(each.space.center_m, drop.space.center_m) < max(drop.space.half_m) for each in above)


def _in_box(rng: np.random.Generator, rest: Rest, thing: Thing, drops: Sequence[Drop]) -> Drop | None:
    """Returns the thing at the lowest free place of some that were tried."""
    best: Drop | None = None
    for _ in range(_TRIES):
        turned = _turned(rng, thing, rest)
        x, y = (float(rng.uniform(-half, half)) for half in rest.area.half_m)
        spot = _world(rest, x, y)
        flat = _held(rng, rest, turned, spot, rest.height_m)
        if not rest.area.covers(flat.space):
            continue
        level_m = max((d.space.top_m for d in drops if _shadows(d.space, flat.space)), default=rest.height_m)
        drop = _held(rng, rest, turned, spot, level_m)
        if best is None or drop.space.bottom_m < best.space.bottom_m:
            best = drop
    return best


def _shadows(lower: Solid, upper: Solid) -> bool:
    return Solid(lower.center_m, lower.half_m, lower.yaw_rad, upper.bottom_m, upper.top_m).overlaps(upper)


def _spot(rng: np.random.Generator, rest: Rest, thing: Thing, drops: Sequence[Drop]) -> tuple[float, float]:
    """Returns a place near another thing, or anywhere."""
    half_x, half_y = rest.area.half_m
    if drops and rng.random() < _NEAR:
        other = drops[int(rng.integers(len(drops)))].space
        reach_m = sum(other.half_m) / 2 + sum(thing.record.size_m[:2]) / 4 + float(rng.exponential(0.02))
        heading_rad = float(rng.uniform(-math.pi, math.pi))
        return other.center_m[0] + reach_m * math.cos(heading_rad), other.center_m[1] + reach_m * math.sin(heading_rad)
    return _world(rest, float(rng.uniform(-half_x, half_x)), float(rng.uniform(-half_y, half_y)))


def _world(rest: Rest, x: float, y: float) -> tuple[float, float]:
    (ax, ay), (bx, by) = rest.area.axes
    center_x, center_y = rest.area.center_m
    return center_x + x * ax + y * bx, center_y + x * ay + y * by


def _turned(rng: np.random.Generator, thing: Thing, rest: Rest, near_rad: float | None = None) -> Turned:
    """Returns the thing upright, give or take a little, or any way up."""
    name, (tip, turn, lean, heading) = thing.record.class_name, rng.random(4)
    share = TIPPED.get(name, 0.0)
    if rest.is_box and name not in NEVER_TIPPED:
        share = max(share, _TIPPED_IN_BOX)
    if tip < share:
        return Turned(thing, _any_rotation(rng), 0.0)
    yaw_rad = 2 * math.pi * turn
    if name in FACING:
        yaw_rad = rest.carrier.yaw_rad + 1.2 * (turn - 0.5)
    elif near_rad is not None:
        yaw_rad = near_rad + math.pi / 2 * math.floor(4 * heading) + 0.5 * (turn - 0.5)
    elif name in FLAT:
        yaw_rad = rest.carrier.yaw_rad + math.pi / 2 * math.floor(4 * heading) + 1.4 * (turn - 0.5)
    tilt_rad = math.radians(1.5) * lean
    axis = 2 * math.pi * heading
    return Turned(thing, _about((math.cos(axis), math.sin(axis), 0.0), tilt_rad), yaw_rad)


def _held(rng: np.random.Generator, rest: Rest, turned: Turned, spot: tuple[float, float], level_m: float) -> Drop:
    """Returns the thing over a spot, a little above a level; its space is that of its own turned box."""
    points_m = turned.thing.form.points_m.astype(np.float64) @ turned.tilt.T
    low_m, high_m = points_m.min(axis=0), points_m.max(axis=0)
    fall_m = float(rng.uniform(*_FALL_M))
    bottom_m = level_m + fall_m
    object2world = pose((0.0, 0.0, 0.0), turned.yaw_rad)
    foot_m = (low_m + high_m) / 2 * (1, 1, 0) + low_m * (0, 0, 1)
    object2world[:3, 3] = -object2world[:3, :3] @ foot_m
    object2world[:3, 3] += (*spot, bottom_m)
    object2world[:3, :3] = object2world[:3, :3] @ turned.tilt
    half_x, half_y, half_z = ((high_m - low_m) / 2).tolist()
    space = Solid(spot, (half_x, half_y), turned.yaw_rad, bottom_m, bottom_m + 2 * half_z)
    return Drop(turned.thing, object2world, space, rest)


def _grown(space: Solid) -> Solid:
    half_m = space.half_m[0] + _APART_M, space.half_m[1] + _APART_M
    return Solid(space.center_m, half_m, space.yaw_rad, space.bottom_m, space.top_m)


def _any_rotation(rng: np.random.Generator) -> Float64[np.ndarray, "3 3"]:
    """Returns a rotation, all equally likely (Shoemake 1992)."""
    x, y, z, w = rng.normal(size=4)
    n = math.sqrt(x * x + y * y + z * z + w * w)
    x, y, z, w = x / n, y / n, z / n, w / n
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )


def _about(axis: tuple[float, float, float], angle_rad: float) -> Float64[np.ndarray, "3 3"]:
    """Returns the rotation about a unit axis (Rodrigues)."""
    x, y, z = axis
    skew = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.eye(3) + math.sin(angle_rad) * skew + (1 - math.cos(angle_rad)) * (skew @ skew)
