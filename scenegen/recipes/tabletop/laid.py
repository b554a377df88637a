"""Laid: a table with things on it that hold: dropped, at rest, and without those that fail the checks of placement."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assets_catalog.catalog import Catalog
from assets_catalog.taxonomy import load_taxonomy
from scenegen.recipes.materials import draw_recolor
from scenegen.recipes.placement import faults
from scenegen.recipes.placement.body import bodies_of
from scenegen.recipes.recipe import Refused
from scenegen.recipes.room.piece import Made, Piece, numbered
from scenegen.recipes.tabletop.drops import draw_drops
from scenegen.recipes.tabletop.heap import Lying, draw_things, restless, settled, without
from scenegen.recipes.tabletop.physics import Fixed
from scenegen.recipes.tabletop.standing import Standing
from scenegen.recipes.tabletop.themes import Theme
from schemas.ranges import IntRange
from schemas.scene_plan import PlannedObject, flat
from schemas.seeds import rng_for

_MENDINGS = 6


@dataclass(frozen=True)
class Table:
    """A scene before its small things."""

    theme: Theme
    standing: Standing
    pieces: Sequence[Piece]
    """All of the room; their ids count from 1."""
    catalog: Catalog

    @property
    def fixed(self) -> list[Fixed]:
        """What things may meet and doesn't move: the ground, and walls to lean on."""
        made = (piece.thing for piece in self.pieces if isinstance(piece.thing, Made))
        walls = [Fixed(thing.boxes, np.eye(4)) for thing in made if thing.class_name == "wall"]
        return [*walls, *(each for rest in self.standing.rests for each in rest.fixed)]

    @property
    def grounds(self) -> list[PlannedObject]:
        """What bears things."""
        bearing = {*(rest.carrier for rest in self.standing.rests), *self.standing.upon}
        return [planned for planned, piece in zip(numbered(self.pieces), self.pieces, strict=True) if piece in bearing]


def lay(seed: int, table: Table, wanted: IntRange) -> list[Lying] | Refused:
    """Returns the things at rest, as many as were drawn or as found room, or why there are too few."""
    count = int(rng_for(seed, "count").integers(wanted.low, wanted.high + 1))
    drops = []
    for number, rest in enumerate(table.standing.rests):
        rng, share = rng_for(seed, "things", number), max(round(rest.share * count), 1)
        chosen = draw_things(rng, table.theme, table.catalog, rest, share)
        drops += draw_drops(rng_for(seed, "drops", number), rest, chosen)
    lying = settled(table.fixed, drops)
    for _ in range(_MENDINGS):
        gone = _faulty(lying, table) | restless(table.fixed, lying)
        if len(lying) - len(gone) < wanted.low:
            break
        if not gone:
            return lying
        lying = without(table.fixed, lying, gone)
    return Refused(f"of {count} small things {len(lying)} came to rest, which are too few or don't hold")


def _faulty(lying: Sequence[Lying], table: Table) -> frozenset[int]:
    """Returns which things fail the checks of placement, against each other and what bears them."""
    first = len(table.pieces) + 1
    bodies = bodies_of([*table.grounds, *planned(lying, table)], table.catalog)
    found = (fault.planned.instance_id - first for fault in faults(bodies))
    return frozenset(number for number in found if number >= 0)


def planned(lying: Sequence[Lying], table: Table, rng: np.random.Generator | None = None) -> list[PlannedObject]:
    """Returns the things, numbered on from the pieces; recoloured where there is a stream to draw from."""
    first = len(table.pieces) + 1
    numbers = {piece: number for number, piece in enumerate(table.pieces, start=1)}
    return [
        PlannedObject(
            instance_id=first + number,
            class_id=load_taxonomy().class_id(each.thing.record.class_name),
            class_name=each.thing.record.class_name,
            label=each.thing.record.label,
            object2world=flat(each.object2world),
            asset_id=each.thing.record.asset_id,
            recolored=draw_recolor(rng, each.thing.record) if rng else (),
            supported_by=first + each.carrier if each.carrier >= 0 else numbers[each.rest.carrier],
        )
        for number, each in enumerate(lying)
    ]
