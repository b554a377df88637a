"""Seen: what a frame shows, object by object, as the exact buffers and the plan have it.

Places in the picture are shares of its width and height, from the top left corner. An object of which fewer pixels are
seen than UNSEEN_SHARE is not there; one below CLEAR_SHARE is there, but a reader could not tell or count it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from jaxtyping import Float32, Int32, Int64

from scenegen.encoders.referring.class_words import ClassWords, class_words
from scenegen.encoders.referring.extents import Extent, extent_of
from schemas.frame import GBuffer
from schemas.scene_plan import Look, PlannedObject, ScenePlan

UNSEEN_SHARE = 2e-5
CLEAR_SHARE = 5e-4
_NEAREST_QUANTILE = 0.02
"""The nearest depth leaves out this share of an object's pixels, so that no tip decides."""


@dataclass(frozen=True)
class Thing:
    """One object that is seen."""

    instance_id: int
    class_name: str
    label: str
    words: ClassWords
    is_shape: bool
    """Whether it is one of ours, no asset."""
    look: Look | None
    """None where nobody knows."""
    share: float
    """Of the picture's pixels."""
    left: float
    right: float
    top: float
    bottom: float
    x: float
    """Mean over its pixels, likewise y."""
    y: float
    nearest_m: float
    median_m: float
    extent: Extent | None
    """None where the size is not known."""
    front: tuple[float, float]
    """Where its front looks, as seen from above."""
    supported_by: int

    @property
    def is_clear(self) -> bool:
        """Tells whether a reader can make it out."""
        return self.share >= CLEAR_SHARE

    @property
    def is_cut(self) -> bool:
        """Tells whether the picture's border cuts it."""
        return min(self.left, self.top) <= 0 or max(self.right, self.bottom) >= 1

    @property
    def is_structure(self) -> bool:
        """Tells whether it is part of the building: others are described by it, it is not asked for."""
        return "structure" in self.words.levels


Answers: TypeAlias = tuple[tuple[Thing, ...], tuple[Thing, ...]]
"""What is meant, and what may be."""


@dataclass(frozen=True)
class Seen:
    """All that a frame shows, in the order of ids."""

    things: tuple[Thing, ...]
    support: Mapping[int, int]
    """Of every object of the plan, seen or not: what carries it; 0 for the building."""

    @cached_property
    def called(self) -> dict[object, Answers]:
        """Holds what nouns have selected so far: it is asked again and again."""
        return {}

    @cached_property
    def singled_out(self) -> dict[object, Thing | None]:
        """Holds what landmarks have meant so far, likewise."""
        return {}

    def carriers(self, thing: Thing) -> tuple[int, ...]:
        """Returns what a thing stands on, and what that stands on, and so on."""
        found: list[int] = []
        below = thing.supported_by
        while below and below not in found:
            found.append(below)
            below = self.support.get(below, 0)
        return tuple(found)


def seen_of(gbuffer: GBuffer, plan: ScenePlan, words: Mapping[str, ClassWords] | None = None) -> Seen:
    """Returns what a frame shows; an asset without a look has no colour, material or size.

    `words`: by class name; the taxonomy's where none are given. Raises KeyError for a class that has none.
    """
    planned = {each.instance_id: each for each in plan.objects}
    of_class = class_words() if words is None else words
    shown = _shown(gbuffer.instance_id)
    things = (_thing(planned[id_], of_class, rows, gbuffer.z_depth_m) for id_, rows in shown)
    support = {each.instance_id: each.supported_by for each in plan.objects}
    return Seen(tuple(things), support)


def _shown(instance_id: Int32[np.ndarray, "h w"]) -> Iterator[tuple[int, Int64[np.ndarray, "n"]]]:
    """Yields the ids that enough pixels show, ascending, each with its pixels."""
    flat = instance_id.ravel()
    order = np.argsort(flat, kind="stable")
    ids, starts = np.unique(flat[order], return_index=True)
    for id_, rows in zip(ids.tolist(), np.split(order, starts[1:]), strict=True):
        if id_ > 0 and len(rows) >= UNSEEN_SHARE * flat.size:
            yield id_, rows


def _thing(
    planned: PlannedObject,
    words: Mapping[str, ClassWords],
    rows: Int64[np.ndarray, "n"],
    z_depth_m: Float32[np.ndarray, "h w"],
) -> Thing:
    height_px, width_px = z_depth_m.shape
    y_px, x_px = np.divmod(rows, width_px)
    depth_m = z_depth_m.ravel()[rows]
    return Thing(
        instance_id=planned.instance_id,
        class_name=planned.class_name,
        label=planned.label,
        words=words[planned.class_name],
        is_shape=planned.asset_id is None,
        look=planned.look,
        share=len(rows) / z_depth_m.size,
        left=int(x_px.min()) / width_px,
        right=(int(x_px.max()) + 1) / width_px,
        top=int(y_px.min()) / height_px,
        bottom=(int(y_px.max()) + 1) / height_px,
        x=(float(x_px.mean()) + 0.5) / width_px,
        y=(float(y_px.mean()) + 0.5) / height_px,
        nearest_m=float(np.quantile(depth_m, _NEAREST_QUANTILE)),
        median_m=float(np.median(depth_m)),
        extent=extent_of(planned),
        front=(-planned.object2world[1], -planned.object2world[5]),
        supported_by=planned.supported_by,
    )
