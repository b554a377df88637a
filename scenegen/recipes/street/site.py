"""Site: what a street has so far: its things, how high the ground lies, and which space is taken.

It grows while a street is drawn, part after part; nothing that is on it is moved or taken away. The ground is flat
pieces: where several lie over one another, the highest counts. What stands on the ground stands on one height alone.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from jaxtyping import Float64

from assets_catalog.record import AssetRecord
from scenegen.recipes.solid import Solid, Vec2
from scenegen.recipes.thing import Thing, of_record
from schemas.scene_plan import Box
from schemas.surface import Recolor

_LEVEL_M = 0.005
"""Heights of the ground that differ by less are one: painted lines."""


@dataclass(frozen=True)
class Model:
    """A model as it shall stand somewhere, where there is more to say than which one."""

    record: AssetRecord
    recolored: tuple[Recolor, ...] = ()
    space: tuple[Solid, ...] = ()
    """What it takes, at its place and height 0; none: its box."""
    foot: Solid | None = None
    """What of it touches the ground, likewise."""


@dataclass
class Site:
    """A street being drawn."""

    things: list[Thing] = field(default_factory=list)
    lamps: list[Thing] = field(default_factory=list)
    """Those of the things that light the street by night."""
    _ground: list[tuple[float, ...]] = field(default_factory=list)
    """Of each piece: middle x and y, cosine and sine of its yaw, half sides, height."""
    _pieces: Float64[np.ndarray, "n 7"] = field(default_factory=lambda: np.zeros((0, 7)))
    _taken: list[Solid] = field(default_factory=list)
    _standing: set[int] = field(default_factory=set)
    """Which of what was taken is taken by single things, not by buildings."""
    _roads: list[Solid] = field(default_factory=list)
    _circles: Float64[np.ndarray, "n 3"] = field(default_factory=lambda: np.empty((256, 3)))
    """Around what was taken: middle x and y, radius; rows to spare follow."""

    def add(self, *things: Thing) -> None:
        """Adds what needs no space of its own: ground, paint, parts of a building."""
        self.things.extend(things)

    def lay(self, thing: Thing, pieces: Sequence[Box] = ()) -> None:
        """Adds ground: each of its boxes is a piece as high as its top; `pieces` stand in for very many."""
        self.things.append(thing)
        for box in pieces or thing.boxes:
            piece = replace(thing, boxes=(box,)).solid
            c, s = piece.axes[0]
            self._ground.append((*piece.center_m, c, s, *piece.half_m, piece.top_m))

    def take(self, *solids: Solid) -> None:
        """Takes space; what comes later keeps off it."""
        for solid in solids:
            if len(self._taken) == len(self._circles):
                self._circles = np.concatenate([self._circles, np.empty_like(self._circles)])
            self._circles[len(self._taken)] = *solid.center_m, math.hypot(*solid.half_m)
            self._taken.append(solid)

    def keep_open(self, *solids: Solid) -> None:
        """Keeps space free of what is built: of roads and pavements, on which other things may well stand."""
        self._roads.extend(solids)

    def may_build(self, solid: Solid) -> bool:
        """Tells whether a building has room; its walls may touch another's."""
        shrunk = _grown(solid, -0.02)
        return self.is_free([shrunk], 0.0) and not any(shrunk.overlaps(road) for road in self._roads)

    def is_free(self, solids: Iterable[Solid], gap_m: float = 0.03) -> bool:
        """Tells whether nothing was taken within a gap of any of the solids."""
        return not any(True for solid in solids for _ in self._met(_grown(solid, gap_m)))

    def is_clear(self, *solids: Solid) -> bool:
        """Tells whether no single thing stands in any of the solids; buildings may."""
        return self._standing.isdisjoint(number for solid in solids for number in self._met(solid))

    def _met(self, solid: Solid) -> Iterator[int]:
        """Returns the numbers of what was taken and overlaps a solid."""
        circles = self._circles[: len(self._taken)]
        apart = np.hypot(circles[:, 0] - solid.center_m[0], circles[:, 1] - solid.center_m[1])
        close = np.flatnonzero(apart < circles[:, 2] + math.hypot(*solid.half_m))
        return (number for number in close.tolist() if solid.overlaps(self._taken[number]))

    def height_m(self, spot: Vec2) -> float:
        """Returns how high the ground lies at a place."""
        return float(self._heights_m([spot])[0])

    def _heights_m(self, spots: Sequence[Vec2]) -> Float64[np.ndarray, "n"]:
        if len(self._pieces) != len(self._ground):
            self._pieces = np.array(self._ground)
        x, y, c, s, half_x, half_y, top = self._pieces.T
        at = np.array(spots)
        dx, dy = at[:, :1] - x, at[:, 1:] - y
        within = (np.abs(dx * c + dy * s) <= half_x) & (np.abs(dy * c - dx * s) <= half_y)
        return np.where(within, top, -1.0).max(axis=1)

    def level_m(self, solid: Solid) -> float | None:
        """Returns the one height of the ground beneath a solid's corners and middle; None where it has several."""
        heights = self._heights_m([*solid.corners_m, solid.center_m])
        return float(heights.max()) if np.ptp(heights) <= _LEVEL_M else None

    def stand(self, model: "AssetRecord | Model", spot: Vec2, yaw_rad: float, gap_m: float = 0.1) -> Thing | None:
        """Puts a model on the ground, if that is level beneath it and the space free; returns it, or nothing."""
        shown = model if isinstance(model, Model) else Model(model)
        on_zero = of_record(shown.record, (*spot, 0.0), yaw_rad, shown.recolored)
        ground_m = self.level_m(shown.foot or on_zero.solid)
        if ground_m is None:
            return None
        solids = [_raised(solid, ground_m) for solid in (shown.space or (on_zero.solid,))]
        if not self.is_free(solids, gap_m):
            return None
        thing = of_record(shown.record, (*spot, ground_m), yaw_rad, shown.recolored)
        self._occupy(*solids)
        self.add(thing)
        return thing

    def put(self, thing: Thing, gap_m: float = 0.05) -> bool:
        """Adds a thing of ours that stands at its place already, if the space is free."""
        if not self.is_free((thing.solid,), gap_m):
            return False
        self._occupy(thing.solid)
        self.add(thing)
        return True

    def _occupy(self, *solids: Solid) -> None:
        self._standing.update(range(len(self._taken), len(self._taken) + len(solids)))
        self.take(*solids)


def column(spot: Vec2, radius_m: float, bottom_m: float, top_m: float) -> Solid:
    """Returns an upright square solid about a place."""
    return Solid(spot, (radius_m, radius_m), 0.0, bottom_m, top_m)


def _grown(solid: Solid, gap_m: float) -> Solid:
    x, y = solid.half_m
    return replace(solid, half_m=(x + gap_m, y + gap_m))


def _raised(solid: Solid, by_m: float) -> Solid:
    return replace(solid, bottom_m=solid.bottom_m + by_m, top_m=solid.top_m + by_m)
