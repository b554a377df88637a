"""Site: what a hall holds so far, and which of its floor is taken. It grows while a hall is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from assets_catalog.catalog import Catalog
from assets_catalog.record import AssetRecord
from scenegen.recipes.hall.layout import Hall
from scenegen.recipes.hall.spans import Span, bounds_of, moved, of_spans
from scenegen.recipes.materials import draw_recolor
from scenegen.recipes.solid import Solid, Vec2
from scenegen.recipes.thing import Pose, Thing, of_record
from schemas.geometry import pose
from schemas.surface import Surface

_T = TypeVar("_T")
OVER_M = 0.002
"""Between a thing and what it stands on: nothing shares a face with anything."""
_LIGHT = 45_000
"""Triangles of a model that is used at all."""
_HEADROOM_M = 0.1


@dataclass
class Site:
    """A hall being drawn."""

    hall: Hall
    catalog: Catalog
    things: list[Thing] = field(default_factory=list)
    gates_m: list[tuple[int, float, float, float]] = field(default_factory=list)
    """Open gates in the end walls: which end (-1, 1), from and to along y, height."""
    skylights_m: list[tuple[float, float, float, float]] = field(default_factory=list)
    """x from, x to, y from, y to."""
    posters_m: list[Span] = field(default_factory=list)
    """What hangs on the walls."""
    beams_m: list[float] = field(default_factory=list)
    """Where beams run across (x)."""
    open_sides: list[int] = field(default_factory=list)
    """Long sides (-1, 1) that are open above a parapet."""
    outside_m: list[tuple[float, float, float]] = field(default_factory=list)
    """Circles that are taken outside: x, y, radius."""
    _taken: list[Solid] = field(default_factory=list)

    def add(self, *things: Thing) -> None:
        """Adds what needs no space of its own on the floor."""
        self.things.extend(things)

    def boxes(  # noqa: PLR0913, PLR0917 - all that a thing is
        self,
        class_name: str,
        label: str,
        boxes: Sequence[Span],
        surface: Surface,
        carrier: Thing | None = None,
        turned: Pose | None = None,
    ) -> Thing:
        """Adds a thing of boxes given in the world's axes, then `turned`; its own origin is below their middle."""
        a, b, _, d, e, _ = bounds_of(boxes)
        x, y = (a + d) / 2, (b + e) / 2
        where = pose((x, y, 0.0), 0.0) if turned is None else turned @ pose((x, y, 0.0), 0.0)
        thing = of_spans(class_name, label, where, moved(boxes, (-x, -y, 0.0)), surface, carrier=carrier)
        self.things.append(thing)
        return thing

    def take(self, *solids: Solid) -> None:
        """Takes space; what comes later keeps off it."""
        self._taken.extend(solids)

    def take_box(self, low_m: Vec2, high_m: Vec2, top_m: float = 3.0) -> None:
        """Takes a rectangle of the floor."""
        middle = (low_m[0] + high_m[0]) / 2, (low_m[1] + high_m[1]) / 2
        half = (high_m[0] - low_m[0]) / 2, (high_m[1] - low_m[1]) / 2
        self._taken.append(Solid(middle, half, 0.0, 0.0, top_m))

    def is_free(self, solid: Solid, gap_m: float = 0.0) -> bool:
        """Tells whether a solid is within the walls and off all that is taken."""
        length_m, width_m = self.hall.half_m
        grown = Solid(
            solid.center_m, (solid.half_m[0] + gap_m, solid.half_m[1] + gap_m), solid.yaw_rad, 0.0, solid.top_m
        )
        inside = all(abs(x) < length_m - 0.03 and abs(y) < width_m - 0.03 for x, y in grown.corners_m)
        return inside and not any(grown.overlaps(taken) for taken in self._taken)

    def is_free_outside(self, spot: Vec2, radius_m: float) -> bool:
        """Tells whether a circle outside is free of the hall and of all that stands there."""
        beside = max(abs(spot[0]) - self.hall.half_m[0], 0.0), max(abs(spot[1]) - self.hall.half_m[1], 0.0)
        if np.hypot(*beside) < radius_m + 2.0:
            return False
        return all(np.hypot(spot[0] - x, spot[1] - y) > radius_m + r for x, y, r in self.outside_m)

    def records(self, *class_names: str) -> list[AssetRecord]:
        """Returns the models of some classes that are light enough and fit under the ceiling."""
        return [
            record
            for class_name in class_names
            for record in self.catalog.of_class(class_name)
            if record.triangles <= _LIGHT and record.size_m[2] < self.hall.height_m - _HEADROOM_M
        ]

    def stand(
        self, rng: np.random.Generator, record: AssetRecord, spot: Vec2, yaw_rad: float, gap_m: float = 0.05
    ) -> Thing | None:
        """Puts a model on the floor and takes its space; nothing where it has none."""
        thing = of_record(record, (*spot, OVER_M), yaw_rad, draw_recolor(rng, record))
        if not self.is_free(thing.solid, gap_m):
            return None
        self.take(thing.solid)
        self.things.append(thing)
        return thing

    def stand_own(self, thing: Thing, gap_m: float = 0.05) -> Thing | None:
        """Puts a thing of ours on the floor and takes its space; nothing where it has none."""
        if not self.is_free(thing.solid, gap_m):
            return None
        self.take(thing.solid)
        self.things.append(thing)
        return thing


def one(rng: np.random.Generator, some: Sequence[_T]) -> _T:
    """Returns a member."""
    return some[int(rng.integers(len(some)))]
