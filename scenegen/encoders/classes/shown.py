"""Shown: what a frame shows, object by object to the last pixel, with what the taxonomy says of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from assets_catalog.taxonomy import AssetClass, load_taxonomy
from scenegen.encoders.classes.labels import endings_of, is_group, is_of_class
from schemas.frame import GBuffer
from schemas.scene_plan import PlannedObject, ScenePlan
from schemas.surface import PANES

_LEAST_SHARE = 5e-4
"""Of the picture's pixels."""
_SEEN_THROUGH = frozenset({"mirror", "glass"})


@dataclass(frozen=True)
class Shown:
    """One object in view, be it by one pixel."""

    planned: PlannedObject
    pixels: int

    @property
    def instance_id(self) -> int:
        """Returns its number in the frame."""
        return self.planned.instance_id

    @cached_property
    def leaf(self) -> AssetClass:
        """Returns its class. Raises KeyError for one that the taxonomy doesn't have."""
        return load_taxonomy().classes[self.planned.class_name]

    @cached_property
    def levels(self) -> tuple[str, ...]:
        """Returns what it is, from the special to the general: 'armchair', 'chair', 'seat', 'furniture', ..."""
        return self.leaf.levels

    @property
    def label(self) -> str:
        """Returns what a person would call it."""
        return self.planned.label

    @property
    def is_made(self) -> bool:
        """Tells whether it is of our own shapes: a wall, the frame of a window."""
        return self.planned.asset_id is None

    @cached_property
    def is_odd(self) -> bool:
        """Tells whether it is a shape of ours that has another name than its class: a handle is of the class door."""
        return self.is_made and not is_of_class(self.label, self.leaf)

    @cached_property
    def is_group(self) -> bool:
        """Tells whether it is several of its class: 'stack of books', 'shelves'."""
        return is_group(self.label, self.leaf)


@dataclass(frozen=True)
class View:
    """What a frame shows, and what else its scene has."""

    shown: tuple[Shown, ...]
    """In the order of their numbers."""
    hidden: tuple[PlannedObject, ...]
    """Of which no pixel is seen; a mirror may show them all the same."""
    least_px: float
    """Who takes fewer is hard to make out."""
    open_to_picture: bool
    """Whether there are pixels that show a picture of the surroundings, with who knows what in it."""

    @cached_property
    def levels(self) -> frozenset[str]:
        """Returns all levels that are in view."""
        return frozenset(level for each in self.shown for level in each.levels)

    @cached_property
    def labeled(self) -> Mapping[str, frozenset[int]]:
        """Returns the objects whose labels are or end in the words, for all such words: 'house window', 'window'."""
        found: dict[str, set[int]] = {}
        for each in self.shown:
            for words in endings_of(each.label):
                found.setdefault(words, set()).add(each.instance_id)
        return {words: frozenset(ids) for words, ids in found.items()}

    @property
    def mirrors(self) -> bool:
        """Tells whether something in view is of glass or a mirror."""
        return any(_is_glass(each.planned) for each in self.shown)


def view_of(gbuffer: GBuffer, plan: ScenePlan) -> View:
    """Returns what a frame shows."""
    ids = gbuffer.instance_id
    pixels_of = np.bincount(ids.ravel(), minlength=1 + max((each.instance_id for each in plan.objects), default=0))
    shown, hidden = [], []
    for planned in sorted(plan.objects, key=lambda planned: planned.instance_id):
        if pixels := int(pixels_of[planned.instance_id]):
            shown.append(Shown(planned, pixels))
        else:
            hidden.append(planned)
    is_open = plan.environment is not None or plan.origin is not None
    open_to_picture = is_open and bool(pixels_of[0])
    return View(tuple(shown), tuple(hidden), _LEAST_SHARE * ids.size, open_to_picture)


def _is_glass(planned: PlannedObject) -> bool:
    substance = planned.look.substance if planned.look else ""
    finish = planned.surface.finish if planned.surface else ""
    return planned.class_name == "mirror" or substance in _SEEN_THROUGH or finish in PANES
