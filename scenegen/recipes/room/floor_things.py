"""Floor things: what lies about where people live: shoes, bags, toys, boxes, clothes; mostly along walls and furniture.

Some rooms are tidy and have none.
"""

from collections import Counter
from collections.abc import Mapping

import numpy as np

from assets_catalog.record import AssetRecord
from scenegen.recipes.draws import uniform
from scenegen.recipes.materials import Place
from scenegen.recipes.room.layout import Layout, in_the_open, placed
from scenegen.recipes.room.piece import Piece
from scenegen.recipes.room.stock import Stock, no_larger

_TIDY = 0.2
"""Share of the rooms that have nothing on the floor."""
_PER_M2 = 0.45
"""At most so many things."""
_ABOUT: Mapping[Place, tuple[str, ...]] = {
    "living": ("toy", "toy", "ball", "shoes", "bag", "basket", "box", "book", "newspaper", "cushion", "crate", "cat"),
    "bed": ("clothes", "clothes", "shoes", "shoes", "bag", "toy", "book", "cushion", "box", "suitcase", "basket"),
    "office": ("box", "bag", "bin", "book", "crate", "basket", "shoes", "fan"),
    "dining": ("toy", "bag", "basket", "crate", "box", "ball", "cat"),
    "kitchen": ("crate", "basket", "bag", "box", "bin", "bottle", "dog"),
    "bath": ("clothes", "shoes", "basket", "towel", "bin", "toy"),
    "corridor": ("shoes", "shoes", "shoes", "bag", "ball", "skateboard", "box", "umbrella", "basket", "toy"),
}
_AT_MOST: Mapping[str, int] = {"shoes": 4, "toy": 4, "clothes": 3, "book": 3, "box": 2, "bottle": 3}


def with_floor_things(rng: np.random.Generator, layout: Layout, stock: Stock, most: int) -> Layout:
    """Returns the layout with up to `most` things on the free floor."""
    names, tidy = _ABOUT.get(stock.palette.place, ()), rng.random() < _TIDY
    wanted = 0 if tidy or not names else min(most, int(rng.integers(1, 2 + int(_PER_M2 * layout.shape.area_m2))))
    lying: Counter[str] = Counter()
    for _ in range(3 * wanted):
        name = names[int(rng.integers(len(names)))]
        record = stock.pick(rng, (name,), None, no_larger(1.0, 0.6, 0.75))
        if lying.total() >= wanted or lying[name] >= _AT_MOST.get(name, 1) or record is None or not _lies(record):
            continue
        grown = _dropped(rng, layout, record)
        if grown is not None:
            layout = grown
            lying[name] += 1
    return layout


def _lies(record: AssetRecord) -> bool:
    """Tells whether a thing may be on the floor: no bottle upside down, nothing that hangs."""
    return record.placement in ("floor", "surface")


def _dropped(rng: np.random.Generator, layout: Layout, record: AssetRecord) -> Layout | None:
    for _ in range(6):
        x, y = _near_a_wall(rng, layout, record) if rng.random() < 0.65 else in_the_open(rng, layout.shape, 0.45)
        grown = placed(layout, Piece(record, (x, y, 0.0), uniform(rng, -np.pi, np.pi)))
        if grown is not None:
            return grown
    return None


def _near_a_wall(rng: np.random.Generator, layout: Layout, record: AssetRecord) -> tuple[float, float]:
    wall = layout.shape.walls[int(rng.integers(len(layout.shape.walls)))]
    reach_m = float(np.hypot(*record.size_m[:2])) / 2
    return wall.point_m(uniform(rng, 0.1, wall.length_m - 0.1), reach_m + uniform(rng, 0.03, 0.5))
