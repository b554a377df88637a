"""Kinds of rooms: which groups of furniture make one, and what else may stand along its walls and in its corners."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from scenegen.recipes.materials import Place
from scenegen.recipes.room.bath import bathing
from scenegen.recipes.room.hallway import arriving
from scenegen.recipes.room.kitchen import cooking
from scenegen.recipes.room.layout import Layout
from scenegen.recipes.room.seating import seating
from scenegen.recipes.room.sleeping import sleeping
from scenegen.recipes.room.stock import Stock
from scenegen.recipes.room.tables import dining, working

Group: TypeAlias = Callable[[np.random.Generator, Layout, Stock], Layout | None]


@dataclass(frozen=True)
class Extra:
    """A single piece that a room may have besides its groups."""

    class_names: tuple[str, ...]
    """The first class that the catalog has is taken."""
    manner: Literal["wall", "corner", "seat"]
    """Back to a wall; upright in a corner; in a corner and turned to the room."""
    weight: float
    at_most: int = 1
    front_clear_m: float = 0.0
    largest_m: tuple[float, float, float] = (2.4, 0.75, 2.4)


@dataclass(frozen=True)
class Kind:
    """What a room is for."""

    hearts: tuple[str, ...]
    """Classes of which it has one, or it would not be that kind."""
    core: Group
    also: tuple[Group, ...]
    """A second group, drawn when the room is large."""
    first: tuple[Extra, ...]
    """Tried before all other extras."""
    extras: tuple[Extra, ...]
    built_in: bool = False
    """Whether what it needs is made of boxes, so that it holds fewer pieces of furniture than others."""


_PLANT = Extra(("plant", "vase"), "corner", 3.0, at_most=2, largest_m=(0.9, 0.9, 1.9))
_LAMP = Extra(("floor_lamp",), "corner", 2.0, at_most=2, largest_m=(0.7, 0.7, 2.1))
_BOOKCASE = Extra(("bookcase", "shelf"), "wall", 3.0, at_most=2, front_clear_m=0.4, largest_m=(1.9, 0.5, 2.3))
_SHELF = Extra(("shelf", "bookcase"), "wall", 1.5, front_clear_m=0.3, largest_m=(1.3, 0.5, 2.2))
_CABINET = Extra(("cabinet", "dresser"), "wall", 1.5, front_clear_m=0.4)
_DRESSER = Extra(("dresser", "cabinet"), "wall", 2.0, front_clear_m=0.45, largest_m=(1.8, 0.65, 1.4))
_ARMCHAIR = Extra(("armchair",), "seat", 1.6, largest_m=(1.15, 1.0, 1.3))
_CHAIR = Extra(("chair",), "wall", 1.0, at_most=2, largest_m=(0.65, 0.7, 1.2))
_STOOL = Extra(("stool", "ottoman", "bean_bag"), "seat", 1.0, largest_m=(0.95, 0.9, 0.65))
_SIDE_TABLE = Extra(("side_table", "bedside_table"), "wall", 1.5, largest_m=(0.7, 0.65, 0.8))
_BASKET = Extra(("basket", "bin"), "corner", 1.2, largest_m=(0.6, 0.55, 0.8))
_BIN = Extra(("bin", "basket"), "wall", 1.0, largest_m=(0.45, 0.4, 0.8))
_TRUNK = Extra(("trunk", "bench", "box"), "wall", 1.0, largest_m=(1.3, 0.6, 0.6))
_PIANO = Extra(("piano",), "wall", 0.5, front_clear_m=0.5, largest_m=(1.6, 0.7, 1.5))
_GUITAR = Extra(("guitar",), "corner", 0.6, largest_m=(0.5, 0.5, 1.3))
_WALL_UNIT = Extra(("wall_unit",), "wall", 0.6, front_clear_m=0.5, largest_m=(2.2, 0.7, 2.2))
_FIREPLACE = Extra(("fireplace",), "wall", 0.5, front_clear_m=0.6, largest_m=(1.3, 0.5, 1.3))
_WARDROBE = Extra(("wardrobe",), "wall", 2.0, front_clear_m=0.5, largest_m=(2.2, 0.72, 2.4))
_VANITY = Extra(("dressing_table",), "wall", 1.0, front_clear_m=0.5, largest_m=(1.2, 0.6, 1.6))
_RACK = Extra(("clothes_rack", "folding_screen"), "wall", 0.6, largest_m=(1.3, 0.5, 1.9))
_FILES = Extra(("filing_cabinet",), "wall", 1.6, at_most=2, front_clear_m=0.3, largest_m=(0.6, 0.7, 1.4))
_BAR_STOOL = Extra(("bar_stool",), "seat", 0.7, at_most=3, largest_m=(0.55, 0.55, 1.1))
_WASHER = Extra(("washing_machine",), "wall", 1.0, front_clear_m=0.4, largest_m=(0.7, 0.7, 1.0))
_HAMPER = Extra(("basket", "bin"), "wall", 2.0, at_most=2, largest_m=(0.55, 0.5, 0.75))
_RADIATOR = Extra(("drying_rack", "clothes_rack"), "wall", 0.4, largest_m=(1.2, 0.6, 1.3))
_SCALES = Extra(("potty", "stool"), "wall", 0.5, largest_m=(0.45, 0.45, 0.5))
_UMBRELLA = Extra(("umbrella_stand", "umbrella", "basket"), "corner", 1.0, largest_m=(0.4, 0.4, 1.1))
_BENCH = Extra(("bench", "trunk"), "wall", 1.0, largest_m=(1.3, 0.45, 0.6))
_SLIM = Extra(("shelf", "bookcase", "cabinet"), "wall", 1.0, at_most=2, largest_m=(1.2, 0.36, 2.2))
_SUITCASE = Extra(("suitcase", "box"), "wall", 0.5, largest_m=(1.0, 0.4, 0.8))

KINDS: Mapping[Place, Kind] = {
    "living": Kind(
        hearts=("sofa", "armchair"),
        core=seating,
        also=(dining, working),
        first=(),
        extras=(
            *(_PLANT, _LAMP, _BOOKCASE, _SHELF, _CABINET, _DRESSER, _ARMCHAIR, _STOOL, _SIDE_TABLE, _BASKET, _TRUNK),
            *(_PIANO, _GUITAR, _WALL_UNIT, _FIREPLACE, _CHAIR),
        ),
    ),
    "bed": Kind(
        hearts=("bed",),
        core=sleeping,
        also=(working,),
        first=(_WARDROBE,),
        extras=(
            *(_DRESSER, _VANITY, _BOOKCASE, _SHELF, _CHAIR, _ARMCHAIR, _PLANT, _BASKET, _TRUNK, _RACK, _LAMP, _STOOL),
            *(_SUITCASE, _GUITAR, _WARDROBE, _SIDE_TABLE),
        ),
    ),
    "office": Kind(
        hearts=("desk",),
        core=working,
        also=(seating,),
        first=(_BOOKCASE,),
        extras=(
            *(_BOOKCASE, _SHELF, _FILES, _CABINET, _DRESSER, _ARMCHAIR, _PLANT, _LAMP, _BIN, _TRUNK, _GUITAR),
            *(_PIANO, _SIDE_TABLE, _CHAIR, _STOOL),
        ),
    ),
    "dining": Kind(
        hearts=("dining_table",),
        core=dining,
        also=(working,),
        first=(_DRESSER,),
        extras=(
            *(_CABINET, _SHELF, _BOOKCASE, _PLANT, _LAMP, _PIANO, _ARMCHAIR, _SIDE_TABLE, _BASKET, _CHAIR),
            *(_FIREPLACE, _WALL_UNIT, _TRUNK),
        ),
    ),
    "kitchen": Kind(
        hearts=("kitchen_sink",),
        core=cooking,
        also=(dining,),
        first=(),
        extras=(_BIN, _CHAIR, _STOOL, _PLANT, _BASKET, _SHELF, _BAR_STOOL, _WASHER),
        built_in=True,
    ),
    "bath": Kind(
        hearts=("washbasin",),
        core=bathing,
        also=(bathing,),
        first=(),
        extras=(_HAMPER, _WASHER, _STOOL, _BIN, _PLANT, _RADIATOR, _SCALES),
        built_in=True,
    ),
    "corridor": Kind(
        hearts=("coat_hook", "shoe_rack"),
        core=arriving,
        also=(arriving,),
        first=(),
        extras=(_PLANT, _UMBRELLA, _CHAIR, _SIDE_TABLE, _BENCH, _SLIM, _BASKET),
        built_in=True,
    ),
}
"""What stands in which place."""

SMALL_EXTRAS: tuple[Extra, ...] = (_PLANT, _STOOL, _BASKET, _BIN, _LAMP, _SIDE_TABLE, _CHAIR, _SHELF, _TRUNK)
"""What still fits when a room is short of its least number of pieces; may go beyond `at_most`."""
