"""Racks: long rows of frames and beams, on which pallets stand on several levels."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scenegen.recipes.hall.heaps import Heaps
from scenegen.recipes.hall.loads import PALLET_M, Goods, Load, draw_pallet, far_pallet, pallet_boxes
from scenegen.recipes.hall.site import OVER_M, Site, one
from scenegen.recipes.hall.spans import bounds_of, box, moved
from scenegen.recipes.materials import charts
from scenegen.recipes.materials.draw import Stuff
from scenegen.recipes.thing import Pose, Thing
from schemas.geometry import Vec3
from schemas.surface import Surface

DEPTH_M = 1.1
BAY_M = 2.7
_POST_M, _BEAM_M = 0.1, 0.12
_SINGLE, _WHOLE = 6, 36
"""Loads, nearest to the focus first, of which each unit is an object; that are objects."""
_COARSE_M = 12.0
_HIDDEN_M = 6.0
"""Rows farther from the focus are behind others."""
_MOST_UNITS = 12
_FAR_BAYS = 12
_FILLED = 0.84


@dataclass(frozen=True)
class Row:
    """One row of bays."""

    start_m: float
    bays: int
    middle_m: float
    """Across the hall."""
    levels_m: tuple[float, ...]
    """Tops of the beams; below the first, pallets stand on the floor."""
    high_m: float

    def post_m(self, number: int) -> float:
        """Returns the middle of a frame along the hall."""
        return self.start_m + number * (BAY_M + _POST_M)

    @property
    def end_m(self) -> float:
        """Returns where the row ends."""
        return self.post_m(self.bays)


@dataclass(frozen=True)
class Finish:
    """How the racks of a hall look."""

    frames: Surface
    beams: Surface
    guards: Surface
    pallets: tuple[Surface, ...]


def draw_finish(rng: np.random.Generator) -> Finish:
    """Returns blue or grey frames with orange or yellow beams, or the like."""
    wear = (0.2, 0.7)
    frames = (("2f5f9e", "4a5560", "33507a", "8f9498", "2e6b4a"), ("e0702a", "d9a520", "c9602a", "b9bdc0", "d9a520"))
    pick = int(rng.integers(5))
    front, beam = (tuple(byte / 255 for byte in bytes.fromhex(side[pick])) for side in frames)
    paint = Stuff("paint", ((front[0], front[1], front[2]),), roughness=(0.3, 0.5), wear=wear, relief=(0.2, 0.5))
    bars = Stuff("paint", ((beam[0], beam[1], beam[2]),), roughness=(0.3, 0.5), wear=wear, relief=(0.2, 0.5))
    guards = Stuff("paint", (charts.STRONG[2],), roughness=(0.4, 0.6), wear=(0.4, 0.9))
    return Finish(paint.drawn(rng), bars.drawn(rng), guards.drawn(rng), tuple(draw_pallet(rng) for _ in range(3)))


def build_row(rng: np.random.Generator, site: Site, row: Row, finish: Finish) -> Thing:
    """Adds a row's frames and beams, and takes its floor; returns what its pallets stand on."""
    y0, y1, h = row.middle_m - DEPTH_M / 2, row.middle_m + DEPTH_M / 2, _POST_M / 2
    frames, beams, guards = [], [], []
    braces = np.arange(0.25, row.high_m - 0.15, 0.62 if abs(row.middle_m - site.hall.focus_m[1]) < _HIDDEN_M else 1.9)
    for number in range(row.bays + 1):
        x = row.post_m(number)
        frames += [box((x - h, y, 0.001), (x + h, y + 0.08, row.high_m)) for y in (y0, y1 - 0.08)]
        frames += [box((x - 0.02, y0 + 0.08, z), (x + 0.02, y1 - 0.08, z + 0.03)) for z in braces.tolist()]
    for number in range(row.bays):
        a, b = row.post_m(number) + h + OVER_M, row.post_m(number + 1) - h - OVER_M
        for top in row.levels_m:
            beams += [box((a, y, top - _BEAM_M), (b, y + 0.05, top)) for y in (y0 + 0.01, y1 - 0.06)]
    for x in (row.post_m(0) - h - 0.12, row.end_m + h + 0.02):
        guards.append(box((x, y0 - 0.03, 0.001), (x + 0.1, y1 + 0.03, 0.4)))
    site.boxes("pallet_rack", "pallet rack", frames, finish.frames)
    site.boxes("road_barrier", "rack guard", guards[:1], finish.guards)
    site.boxes("road_barrier", "rack guard", guards[1:], finish.guards)
    site.take_box((row.post_m(0) - 0.25, y0 - 0.12), (row.end_m + 0.25, y1 + 0.12), row.high_m)
    return site.boxes("pallet_rack", "rack beams", beams, finish.beams)


@dataclass(frozen=True)
class Slot:
    """One pallet with its goods, in a rack."""

    at_m: Vec3
    goods: Goods
    load: Load
    beams: Thing | None
    """What it stands on, if not the floor."""
    part: int
    """Of the row; far off, what is alike in it is one heap."""
    reach_m: float
    """From the focus, what is high above the floor counting as farther."""


def fill_row(rng: np.random.Generator, site: Site, row: Row, goods: list[Goods], beams: Thing) -> list[Slot]:
    """Draws pallets with goods for a row's places."""
    goods = [one(rng, goods) for _ in range(4)]
    pitch, slots = BAY_M / 3, list[Slot]()
    floors = (OVER_M, *(top + OVER_M for top in row.levels_m))
    above = min(max(row.high_m + 0.9, row.levels_m[-1] + 1.2), site.hall.height_m - 0.9)
    tops = (*(top - _BEAM_M for top in row.levels_m), above)
    for bay in range(row.bays):
        favorites = [one(rng, goods) for _ in range(2)]
        for level, (low, top) in enumerate(zip(floors, tops, strict=True)):
            for place in range(3):
                x = row.post_m(bay) + _POST_M / 2 + (place + 0.5) * pitch + float(rng.uniform(-0.025, 0.025))
                y = row.middle_m + float(rng.uniform(-0.03, 0.03))
                kind = one(rng, favorites) if rng.random() < 0.75 else one(rng, goods)
                reach_m = math.dist((x, y), site.hall.focus_m) + 2.0 * max(level - 1, 0)
                load = kind.load(rng, min(max(top - low - 0.12 - PALLET_M[2], 0.2), 1.75), reach_m > _COARSE_M)
                if rng.random() > _FILLED:
                    continue
                under = beams if level else None
                slots.append(Slot((x, y, low), kind, load, under, bay // _FAR_BAYS, reach_m))
    return slots


def put_goods(rng: np.random.Generator, site: Site, rows: Sequence[list[Slot]], wood: Sequence[Surface]) -> None:
    """Adds all pallets and goods: the nearest loads in single units, the next ones whole, the others in heaps."""
    nearest = sorted((slot for slots in rows for slot in slots), key=lambda slot: slot.reach_m)
    singly, whole = {id(slot) for slot in nearest[:_SINGLE]}, {id(slot) for slot in nearest[:_WHOLE]}
    beams = [next((slot.beams for slot in slots if slot.beams), None) for slots in rows]
    far_wood = wood[0].model_copy(update={"finish": "planks"})  # whose boxes have sharp edges: there are thousands
    heaps = Heaps(site)
    for number, slots in enumerate(rows):
        is_deep = min((slot.reach_m for slot in slots), default=0.0) > _HIDDEN_M
        for slot in slots:
            x, y, low = slot.at_m
            raised = x, y, low + PALLET_M[2] + OVER_M
            if id(slot) in whole:
                pallet = site.boxes("pallet", "pallet", pallet_boxes(x, y, low), one(rng, wood), slot.beams)
                put_load(site, slot.load, raised, pallet, id(slot) in singly)
                continue
            part = (number, 0 if is_deep else slot.part)
            stack = heaps.put(part, "pallet", "pallets", far_wood, far_pallet(x, y, low), beams[number])
            lumps = [bounds_of(slot.load.boxes)] if is_deep else slot.load.boxes
            goods, load = slot.goods, slot.load
            heaps.put((*part, id(goods)), load.class_name, load.many, load.surface, moved(lumps, raised), stack)
    heaps.flush()


def put_load(  # noqa: PLR0913, PLR0917 - measures
    site: Site, load: Load, at: Vec3, carrier: Thing, singly: bool, turned: Pose | None = None
) -> None:
    """Adds a load over a pallet: as one object, or each unit as one, which stands on the one below it."""
    if not singly or len(load.units) > _MOST_UNITS:
        site.boxes(load.class_name, load.label, moved(load.boxes, at), load.surface, carrier, turned)
        return
    columns: dict[tuple[int, int], Thing] = {}
    for unit in load.units:
        column = round(unit[0][0] / 0.1), round(unit[0][1] / 0.1)
        under = columns.get(column, carrier)
        columns[column] = site.boxes(load.class_name, load.label, moved(unit, at), load.surface, under, turned)
