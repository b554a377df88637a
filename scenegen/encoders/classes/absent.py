"""Absent classes: what a legend may list though nothing in view is called so, by any word and at any level.

What could be seen all the same is left out: parts of what is in view (a house has windows), what a mirror may show, and
out of doors what the picture of the surroundings may hold.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from jaxtyping import Float64

from assets_catalog.taxonomy import load_taxonomy
from assets_catalog.taxonomy.words import phrases
from scenegen.encoders.classes.doubts import are_mixed_up
from scenegen.encoders.classes.names import ClassName
from scenegen.encoders.classes.nouns import nouns_of
from scenegen.encoders.classes.shown import View

_OF_A_HOUSE = {
    "window",
    "door",
    "roof",
    "chimney",
    "stairs",
    "column",
    "shutter",
    "garage door",
    "arch",
    "balcony",
    "beam",
} | {"wall", "window sill", "door handle", "railing", "awning", "pipe", "outdoor lamp"}
_PARTS: Mapping[str, set[str]] = {
    "seat": {"cushion", "pillow", "blanket", "mattress"},
    "bed": {"mattress", "pillow", "blanket", "cushion"},
    "storage": {"door", "door handle", "mirror", "trunk"},
    "dressing table": {"mirror"},
    "appliance": {"door", "door handle", "window"},
    "lamp": {"light bulb", "candle"},
    "plant": {"leaf", "vase", "planter", "flowers", "jar"},
    "vegetation": {"leaf", "log", "flowers", "fruit", "grass"},
    "vehicle": {"tire", "door", "window", "mirror"},
    "building": _OF_A_HOUSE,
    "facade": _OF_A_HOUSE,
    "shed": {"window", "door", "roof"},
    "bathroom fixture": {"faucet", "shower head"},
    "kitchen sink": {"faucet"},
    "laptop": {"keyboard", "monitor"},
    "computer": {"keyboard", "monitor", "mouse"},
    "piano": {"keyboard", "music keyboard"},
    "book": {"paper", "newspaper"},
    "candle": {"candle holder"},
    "towel": {"towel rack"},
    "curtain": {"curtain rod"},
    "window": {"window sill"},
    "window sill": {"window"},
    "flowers": {"vase", "plant"},
    "street lamp": {"utility pole"},
    "traffic sign": {"utility pole"},
    "picture": {"person", "animal", "vehicle", "plant", "flowers", "tree"},
    "photo frame": {"person", "animal"},
    "figurine": {"person", "animal"},
    "statue": {"person", "animal"},
    "toy": {"person", "animal", "vehicle"},
    "door": {"door handle"},
    "ceiling": {"beam"},
    "roof": {"beam"},
    "floor": {"ground"},
    "ground": {"floor", "leaf", "rock", "road", "sidewalk", "kerb", "grass"},
    "road": {"ground", "sidewalk", "kerb", "road marking", "manhole cover"},
}
"""What is part of what, or often comes with it."""
_OUT_OF_DOORS = frozenset({"structure", "vehicle", "vegetation", "natural thing", "living thing", "street furniture"})

_PLANNED_WEIGHT = 20.0
_RELATED_WEIGHT = 4.0
_ELSEWHERE_WEIGHT = 0.05


@dataclass(frozen=True)
class _Leaf:
    """What is asked of a class for every frame."""

    name: str
    levels: tuple[str, ...]
    is_of_streets: bool
    is_out_of_doors: bool


def draw_absent(
    rng: np.random.Generator, view: View, listed: Sequence[ClassName], count: int
) -> tuple[tuple[str, ...], ...]:
    """Returns up to `count` classes that are not to be seen, each by its levels, itself first; plausible ones mostly.

    None belongs to a level of `listed` or could be taken for one, nor for another of them.
    """
    if not count:
        return ()
    taken: list[tuple[str, ...]] = [(name.level,) for name in listed]
    found: list[tuple[str, ...]] = []
    leaves = _absent(view)
    weights = _weights(leaves, view)
    while len(found) < count and weights.any():
        drawn = int(rng.choice(len(leaves), p=weights / weights.sum()))
        levels = leaves[drawn].levels
        weights[drawn] = 0.0
        if not any(are_mixed_up(levels, other) or other[0] in levels or levels[0] in other for other in taken):
            taken.append(levels)
            found.append(levels)
    return tuple(found)


def _absent(view: View) -> list[_Leaf]:
    """Returns the classes that have a name and nothing in view to answer to it."""
    classes = {each.planned.class_name for each in view.shown}
    if view.mirrors:
        classes |= {each.class_name for each in view.hidden}
    said = frozenset().union(*(_said_in(each.label) for each in view.shown))
    present = said.union(*map(_shown_by, classes | said))
    leaves = [leaf for leaf in _leaves() if leaf.name not in present]
    return [leaf for leaf in leaves if not leaf.is_out_of_doors] if view.open_to_picture else leaves


def _weights(leaves: Sequence[_Leaf], view: View) -> Float64[np.ndarray, " leaves"]:
    """Returns how well each would fit: best what stands elsewhere in the scene, then what is like things in view."""
    hidden = {each.class_name for each in view.hidden}
    parents = {each.levels[1] for each in view.shown}
    is_outdoors = sum(each.leaf.placement == "street" for each in view.shown) > len(view.shown) / 2
    here = np.array([1.0 if leaf.is_of_streets == is_outdoors else _ELSEWHERE_WEIGHT for leaf in leaves])
    related = np.array([_RELATED_WEIGHT if leaf.levels[1] in parents else 1.0 for leaf in leaves])
    return np.where([leaf.name in hidden for leaf in leaves], _PLANNED_WEIGHT, here * related)


@cache
def _leaves() -> tuple[_Leaf, ...]:
    """Returns the classes that have a name."""
    named = ((leaf, leaf.levels) for leaf in load_taxonomy().classes.values() if nouns_of(leaf.words))
    return tuple(
        _Leaf(
            leaf.name,
            levels,
            is_of_streets=leaf.placement == "street",
            is_out_of_doors=leaf.placement == "street" or not _OUT_OF_DOORS.isdisjoint(levels),
        )
        for leaf, levels in named
    )


@cache
def _shown_by(class_name: str) -> frozenset[str]:
    """Returns the classes that a thing of this one is, has, or may be taken for."""
    seen = load_taxonomy().classes[class_name]
    parts = frozenset().union(*(_PARTS.get(level, frozenset()) for level in seen.levels))
    related = (
        leaf.name
        for leaf in _leaves()
        if leaf.levels[0] in seen.levels
        or not parts.union([seen.words]).isdisjoint(leaf.levels)
        or are_mixed_up(seen.levels, leaf.levels)
    )
    return frozenset(related).union(*map(_said_in, phrases(seen)))


@cache
def _said_in(label: str) -> frozenset[str]:
    """Returns the classes of which a label has a phrase in it: 'house window' has 'window'."""
    return frozenset(name for phrase, name in _phrases() if f" {phrase} " in f" {label} ")


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    """Returns all that classes are called, each phrase with its class."""
    return tuple((phrase, leaf.name) for leaf in load_taxonomy().classes.values() for phrase in phrases(leaf))
