"""Lit: what shines of itself in a street: traffic lights at any hour, and windows, shops and signs in the dark.

A street's things stay as they are but for their surfaces; windows that are lit become things of their own, by how
they are lit. In daylight what shines must outshine the sun, so its power goes with the hour.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from jaxtyping import Float64, Int64

from scenegen.recipes.light.windows import INDOORS_W_M2, UNLIT, draw_kinds, lit_surface
from scenegen.recipes.street.joined import merged
from scenegen.recipes.thing import Thing
from schemas.recipe_specs import HourName
from schemas.scene_plan import Box

_TRAFFIC_W_M2: Mapping[HourName, float] = {"day": 16.0, "overcast": 9.0, "dawn": 5.0, "dusk": 3.0, "night": 0.6}
_OF_SHOPS: Mapping[str, float] = {"back of a shop window": 1.2, "goods in a shop window": 0.6, "shop sign": 0.8}
"""What is lit of a shop, and how bright beside a lit room."""
_OPEN_LATE = 0.7
_WIDEST_M = 4.0
"""What is wider is the dark behind a whole row of far windows."""
_SAME_WINDOW_M = 1.4


def lit_up(rng: np.random.Generator, things: Sequence[Thing], hour: HourName) -> list[Thing]:
    """Returns a street's things as they are at an hour."""
    shown = [_lens(thing, hour) if thing.label == "light of a traffic light" else thing for thing in things]
    if hour not in INDOORS_W_M2:
        return shown
    shown = _shops(rng, shown, INDOORS_W_M2[hour])
    rooms = [thing for thing in shown if thing.label == "dark rooms"]
    lit = {thing: _drawn(rng, thing, hour) for thing in rooms}
    lit |= _behind_curtains(rng, [thing for thing in shown if thing.label == "curtains"], lit, hour)
    parts = [part for thing in lit for part in _split(thing, lit[thing], hour)]
    return [*(thing for thing in shown if thing not in lit), *merged(parts)]


def _lens(thing: Thing, hour: HourName) -> Thing:
    return _glowing(thing, _TRAFFIC_W_M2[hour])


def _shops(rng: np.random.Generator, things: Sequence[Thing], w_m2: float) -> list[Thing]:
    """Returns the things with those of shops that are open late lit: the back of a window more than what it shows."""
    houses = {thing.object2world.tobytes(): None for thing in things if thing.label in _OF_SHOPS}
    are_open = dict(zip(houses, (rng.random(len(houses)) < _OPEN_LATE).tolist(), strict=True))
    return [
        _glowing(thing, _OF_SHOPS[thing.label] * w_m2)
        if thing.label in _OF_SHOPS and are_open[thing.object2world.tobytes()]
        else thing
        for thing in things
    ]


def _glowing(thing: Thing, w_m2: float) -> Thing:
    assert thing.surface is not None, "only shapes of ours are lit"
    return replace(thing, surface=thing.surface.model_copy(update={"glow_w_m2": w_m2}))


def _drawn(rng: np.random.Generator, thing: Thing, hour: HourName) -> list[int]:
    """Returns for each window which of the kinds of lamps is on behind it."""
    kinds = draw_kinds(rng, hour, len(thing.boxes))
    return [UNLIT if max(each.size_m[:2]) >= _WIDEST_M else kind for each, kind in zip(thing.boxes, kinds, strict=True)]


def _behind_curtains(
    rng: np.random.Generator, curtains: Sequence[Thing], rooms: Mapping[Thing, Sequence[int]], hour: HourName
) -> dict[Thing, list[int]]:
    """Returns how each curtain is lit: as the room that it hangs in; far ones, whose rooms are one, by chance."""
    spots, kinds = _windows(rooms)
    lit: dict[Thing, list[int]] = {}
    for thing in curtains:
        by_chance = _drawn(rng, thing, hour)
        if len(spots) == 0:
            lit[thing] = by_chance
            continue
        away_m = np.abs(_places(thing)[:, None] - spots).max(axis=-1)
        lit[thing] = np.where(away_m.min(axis=1) < _SAME_WINDOW_M, kinds[away_m.argmin(axis=1)], by_chance).tolist()
    return lit


def _windows(rooms: Mapping[Thing, Sequence[int]]) -> tuple[Float64[np.ndarray, "n 3"], Int64[np.ndarray, " n"]]:
    """Returns the middles of the rooms behind windows that stand alone, and how each is lit."""
    near = np.array([max(each.size_m[:2]) < _WIDEST_M for thing in rooms for each in thing.boxes], dtype=bool)
    spots = np.concatenate([np.zeros((0, 3)), *(_places(thing) for thing in rooms)])
    kinds = np.array([kind for drawn in rooms.values() for kind in drawn], dtype=np.int64)
    return spots[near], kinds[near]


def _places(thing: Thing) -> Float64[np.ndarray, "n 3"]:
    """Returns the middles of a thing's boxes in the world."""
    middles = np.array([each.center_m for each in thing.boxes])
    return middles @ thing.object2world[:3, :3].T + thing.object2world[:3, 3]


def _split(thing: Thing, lit: Sequence[int], hour: HourName) -> list[Thing]:
    """Returns the dark part of a thing and those that are lit."""
    parts: dict[int, list[Box]] = {}
    for each, kind in zip(thing.boxes, lit, strict=True):
        parts.setdefault(kind, []).append(each)
    if list(parts) == [UNLIT]:
        return [thing]
    return [_lit_part(replace(thing, boxes=tuple(parts[kind])), kind, hour) for kind in sorted(parts)]


def _lit_part(thing: Thing, kind: int, hour: HourName) -> Thing:
    if kind == UNLIT:
        return thing
    assert thing.surface is not None, "only shapes of ours are lit"
    if thing.label == "curtains":
        return replace(thing, surface=lit_surface(thing.surface, kind, hour, through_cloth=True))
    return replace(thing, label="lit rooms", surface=lit_surface(thing.surface, kind, hour))
