"""Facades: the front of a town house, its windows and door set back in a real wall, with the body of the house behind.

The street is at -y. The wall is one piece with holes; panes are dark, for the rooms behind them are not built.
"""

import numpy as np

from assets_catalog.mesh import AssetMaterial
from assets_catalog.sources.builtin.shapes import looks, street_looks
from assets_catalog.sources.builtin.shapes.facade_parts import (
    Hole,
    House,
    balconies,
    cornice,
    entrance,
    roof,
    sashes,
    surrounds,
)
from assets_catalog.sources.builtin.shapes.shape import Layer, Shape
from assets_catalog.sources.builtin.shapes.skins import pierced
from assets_catalog.sources.builtin.shapes.solids import Solid, box

_WALL_M = 0.32


def facade(rng: np.random.Generator) -> Shape:
    """Returns the front of a town house, two to five storeys tall, with little more than its wall behind it."""
    house = _house(rng, float(rng.uniform(0.9, 1.6)))
    return Shape(_dressed(rng, house))


def building(rng: np.random.Generator) -> Shape:
    """Returns a whole house: a front, and plain walls and a roof behind it."""
    house = _house(rng, float(rng.uniform(5.0, 9.0)))
    layers = _dressed(rng, house)
    if rng.random() < 0.7:
        tiles, chimneys = roof(rng, house)
        layers += [(street_looks.roof(rng), tiles), (layers[0][0], chimneys)]
    return Shape(layers)


def _dressed(rng: np.random.Generator, house: House) -> list[Layer]:
    """Returns the front with all that is on it, and the body behind; the wall comes first."""
    holes = _holes(house)
    wall = street_looks.brick(rng) if rng.random() < 0.5 else street_looks.render(rng)
    trim, joinery = _trim(rng), looks.paint(rng)
    frames, panes = sashes(house, holes)
    doors, steps, fanlight = entrance(house, holes)
    layers: list[Layer] = [
        (wall, [_front(house, holes), *_body(house)]),
        (trim, [*surrounds(rng, house, holes), *cornice(rng, house), *steps]),
        (joinery, frames),
        (street_looks.DARK_GLASS, [*panes, fanlight]),
        (looks.vivid(rng, "paint:door", 0.4), doors),
    ]
    if rng.random() < 0.35:
        layers.append((street_looks.street_paint(rng), balconies(house, holes)))
    return layers


def _house(rng: np.random.Generator, depth_m: float) -> House:
    bays = int(rng.integers(2, 6))
    storey = float(rng.uniform(2.9, 3.5))
    pitch = float(rng.uniform(2.0, 2.7))
    return House(
        width=bays * pitch + float(rng.uniform(0.3, 0.8)),
        depth=depth_m,
        storeys=int(rng.integers(2, 6)),
        base=float(rng.uniform(0.3, 0.7)),
        storey=storey,
        bays=bays,
        window=(pitch * float(rng.uniform(0.42, 0.56)), storey * float(rng.uniform(0.48, 0.6))),
        sill=storey * float(rng.uniform(0.22, 0.3)),
        door_bay=int(rng.integers(bays)),
        shop=bool(rng.random() < 0.3),
    )


def _trim(rng: np.random.Generator) -> AssetMaterial:
    return street_looks.stone(rng) if rng.random() < 0.5 else looks.look("plaster:trim", "e9e5da", looks.Finish(0.85))


def _holes(house: House) -> list[Hole]:
    """Returns the openings storey by storey; a ground floor may be a shop's."""
    holes = []
    half, tall = 0.5 * house.window[0], house.window[1]
    for storey in range(house.storeys):
        floor = house.base + storey * house.storey
        for index in range(house.bays):
            x = house.bay(index)
            if storey == 0 and index == house.door_bay:
                holes.append(Hole((x - 0.55, house.base), (x + 0.55, floor + 2.35), 0, True))
            elif storey == 0 and house.shop:
                wide = 0.4 * house.pitch
                holes.append(Hole((x - wide, floor + 0.35), (x + wide, floor + 2.35), 0))
            else:
                holes.append(Hole((x - half, floor + house.sill), (x + half, floor + house.sill + tall), storey))
    return holes


def _front(house: House, holes: list[Hole]) -> Solid:
    x = 0.5 * house.width
    xs = _lines(-x, x, [edge for hole in holes for edge in (hole.low[0], hole.high[0])])
    zs = _lines(0.0, house.height, [edge for hole in holes for edge in (hole.low[1], hole.high[1])])
    full = np.ones((len(xs) - 1, len(zs) - 1), dtype=bool)
    for hole in holes:
        full[xs.index(hole.low[0]) : xs.index(hole.high[0]), zs.index(hole.low[1]) : zs.index(hole.high[1])] = False
    return pierced(xs, zs, full, (-0.5 * house.depth, -0.5 * house.depth + _WALL_M))


def _lines(low_m: float, high_m: float, between_m: list[float]) -> list[float]:
    return sorted({low_m, high_m, *between_m})


def _body(house: House) -> list[Solid]:
    """Returns the house behind its front, a little narrower, so that faces don't coincide."""
    x, y = 0.5 * house.width - 0.004, 0.5 * house.depth
    return [box((-x, -y + _WALL_M - 0.01, 0.0), (x, y, house.height - 0.004), 0.002)]
