"""Heap: things chosen by a theme, dropped, and what is left when all lie still and hold by the checks of placement."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float64

from assets_catalog.catalog import Catalog
from assets_catalog.record import AssetRecord
from scenegen.recipes.placement.kept_forms import form_of_asset
from scenegen.recipes.tabletop.drops import Drop, Thing
from scenegen.recipes.tabletop.hulls import HOLLOW, hulls_of
from scenegen.recipes.tabletop.physics import Faller, Fixed, settle
from scenegen.recipes.tabletop.rest import Rest
from scenegen.recipes.tabletop.themes import AT_MOST, SETS, Theme
from schemas.geometry import pose
from schemas.scene_plan import Box

_LARGEST_M = 0.46
_FILLED = {False: 0.6, True: 0.55}
"""Share of the ground, or of a box's room, that things may take; by whether it is a box."""
_PICKS_FOR_EACH = 10
_LARGE, _LARGE_PASSED = 1.5, 0.9
"""Of what each thing has on average: what takes more is mostly passed over, or many things would find no room."""
_GUARD_M = 0.6
"""Height of the walls that keep things over a box while they fall in."""
_AGAIN_STEPS = 150
_AT_MOST, _AT_MOST_IN_SET = 6, 4
"""Things of a class where no other number is given, and of one model of which there are sets."""


@dataclass(frozen=True)
class Lying:
    """A thing at rest."""

    thing: Thing
    object2world: Float64[np.ndarray, "4 4"]
    rest: Rest
    carrier: int = -1
    """Index of the thing that bears it; -1 for the ground."""


def draw_things(rng: np.random.Generator, theme: Theme, catalog: Catalog, rest: Rest, count: int) -> list[Thing]:
    """Returns up to `count` things that have room on the ground."""
    stock = {name: found for name in theme.things if (found := _small(catalog, name, rest))}
    if not stock:
        return []
    names = list(stock)
    weights = np.array([theme.things[name] for name in names])
    chosen: list[AssetRecord] = []
    classes, models = Counter[str](), Counter[str]()
    room = _room(rest)
    usual, left = room / count, room
    for _ in range(_PICKS_FOR_EACH * count):
        name = names[int(rng.choice(len(names), p=weights / weights.sum()))]
        record = stock[name][int(rng.integers(len(stock[name])))]
        need, is_passed = _need(record, rest), rng.random() < _LARGE_PASSED
        fits = need <= left and (need <= _LARGE * usual or not is_passed)
        alike = _AT_MOST_IN_SET if name in SETS else 1
        if fits and classes[name] < AT_MOST.get(name, _AT_MOST) and models[record.asset_id] < alike:
            chosen.append(record)
            classes[name] += 1
            models[record.asset_id] += 1
            left -= need
        if len(chosen) == count:
            break
    return [Thing(record, form_of_asset(record.asset_id, catalog)) for record in chosen]


def _small(catalog: Catalog, class_name: str, rest: Rest) -> list[AssetRecord]:
    least_m = 2 * min(rest.area.half_m)
    headroom_m = rest.area.top_m - rest.height_m
    return [
        record
        for record in catalog.of_class(class_name)
        if record.placement in ("surface", "floor")
        and max(record.size_m) <= min(_LARGEST_M, 1.3 * least_m)
        and min(record.size_m[:2]) < 0.9 * least_m
        and record.size_m[2] < headroom_m - 0.03
    ]


def _room(rest: Rest) -> float:
    """Returns how much there is of ground, or of room in a box."""
    area_m2 = 4 * rest.area.half_m[0] * rest.area.half_m[1]
    return _FILLED[rest.is_box] * area_m2 * (1.3 * (rest.area.top_m - rest.height_m) if rest.is_box else 1.0)


def _need(record: AssetRecord, rest: Rest) -> float:
    width_m, depth_m, height_m = record.size_m
    return width_m * depth_m * (height_m if rest.is_box else 1.0)


def settled(fixed: Sequence[Fixed], drops: Sequence[Drop]) -> list[Lying]:
    """Returns the things at rest; what fell off, or wouldn't lie still, is gone.

    `fixed`: all that they may meet and that doesn't move.
    """
    held = [Lying(drop.thing, drop.object2world, drop.rest) for drop in drops]
    guards = [guard for rest in _rests(held) for guard in _guards(rest)]
    lying = _at_rest((*fixed, *guards), held, None)
    return _at_rest(fixed, lying, _AGAIN_STEPS) if guards else lying


def without(fixed: Sequence[Fixed], lying: Sequence[Lying], gone: frozenset[int]) -> list[Lying]:
    """Returns the things without some of them, after what those held has come to rest anew."""
    return _at_rest(fixed, [each for number, each in enumerate(lying) if number not in gone], _AGAIN_STEPS)


def restless(fixed: Sequence[Fixed], lying: Sequence[Lying]) -> frozenset[int]:
    """Returns which things would move, were all let go anew where they lie."""
    still = settle(fixed, [_faller(each) for each in lying], most_steps=0).still if lying else ()
    return frozenset(number for number, stays in enumerate(still) if not stays)


def _faller(lying: Lying) -> Faller:
    form, is_hollow = lying.thing.form, lying.thing.record.class_name in HOLLOW
    return Faller(hulls_of(form, is_hollow), lying.object2world)


def _at_rest(fixed: Sequence[Fixed], held: Sequence[Lying], steps: int | None) -> list[Lying]:
    if not held:
        return []
    fallers = [_faller(each) for each in held]
    result = settle(fixed, fallers) if steps is None else settle(fixed, fallers, steps)
    moved = [replace(each, object2world=end) for each, end in zip(held, result.poses, strict=True)]
    stays = [still and _is_over(each) for each, still in zip(moved, result.still, strict=True)]
    if not all(stays):
        return _at_rest(fixed, [each for each, kept in zip(moved, stays, strict=True) if kept], _AGAIN_STEPS)
    return _with_carriers(moved, result.carriers)


def _is_over(lying: Lying) -> bool:
    """Tells whether a thing is still where it was put: over its ground, and not below it."""
    rest, form, object2world = lying.rest, lying.thing.form, lying.object2world
    middle_m = object2world[:3, :3] @ ((form.low_m + form.high_m) / 2) + object2world[:3, 3]
    x, y = rest.area.local_m((float(middle_m[0]), float(middle_m[1])))
    inside = abs(x) <= rest.area.half_m[0] and abs(y) <= rest.area.half_m[1]
    return inside and rest.height_m - 0.005 < float(middle_m[2]) < rest.area.top_m + (0.2 if rest.is_box else 0.0)


def _with_carriers(lying: Sequence[Lying], carriers: Sequence[int]) -> list[Lying]:
    """Returns the things with carriers that lead to the ground, none round in a circle."""
    resolved = []
    for number, each in enumerate(lying):
        seen, at = {number}, carriers[number]
        while at >= 0 and at not in seen:
            seen.add(at)
            at = carriers[at]
        resolved.append(replace(each, carrier=carriers[number] if at < 0 else -1))
    return resolved


def _rests(held: Sequence[Lying]) -> list[Rest]:
    return list({id(each.rest): each.rest for each in held}.values())


def _guards(rest: Rest) -> tuple[Fixed, ...]:
    """Returns walls over the rims of a box, none of a table."""
    if not rest.is_box:
        return ()
    (half_x, half_y), high_m = rest.area.half_m, rest.area.top_m - rest.height_m + _GUARD_M
    sides = [((sign * (half_x + 0.05), 0.0), (0.1, 2 * half_y + 0.2)) for sign in (-1, 1)]
    sides += [((0.0, sign * (half_y + 0.05)), (2 * half_x + 0.2, 0.1)) for sign in (-1, 1)]
    boxes = tuple(Box(center_m=(*center, high_m / 2), size_m=(*size, high_m)) for center, size in sides)
    return (Fixed(boxes, pose((*rest.area.center_m, rest.height_m), rest.area.yaw_rad)),)
