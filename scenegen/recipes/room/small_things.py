"""Small things: what lies and stands on the support surfaces that records state, and on windowsills.

A thing stands exactly on its surface, wholly within the rectangle, takes at most 60 % of it, and overlaps nothing.
Below another shelf, or below the top of what carries it, a thing must be low.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assets_catalog.record import AssetRecord, SupportSurface
from scenegen.recipes.draws import uniform
from scenegen.recipes.room.layout import overlaps_any
from scenegen.recipes.room.piece import Piece
from scenegen.recipes.room.stock import Stock
from scenegen.recipes.solid import Solid
from schemas.ranges import IntRange

_LARGEST_SHARE = 0.6
_TALLEST_M = 0.75
_UNDER_TOP_M = 0.28
"""Height allowed on a surface that lies below the carrier's top, where no shelf above is stated."""

_DECOR = ("vase", "plant", "flowers", "candle", "book", "book", "bowl", "box", "photo_frame", "figurine", "clock")
_TABLEWARE = ("plate", "plate", "cup", "glass", "bottle", "bowl", "place_setting", "teapot", "fruit", "flowers", "vase")
_OFFICE = (
    "book",
    "book",
    "cup",
    "phone",
    "desk_item",
    "pen",
    "plant",
    "table_lamp",
    "tablet",
    "tray",
    "box",
    "monitor",
)
_SHELVED = ("book", "book", "book", "box", "vase", "plant", "toy", "figurine", "photo_frame", "stereo", "jar", "clock")
_LIVING = ("book", "cup", "bowl", "remote_control", "newspaper", "candle", "vase", "plant", "fruit", "tray", "flowers")
_NIGHT = ("book", "glass", "clock", "cup", "photo_frame", "phone", "eyeglasses", "plant", "candle", "flowers")
_SOFT = ("cushion",)

_KITCHEN = (
    *(
        "pan",
        "bottle",
        "jar",
        "bowl",
        "kettle",
        "coffee_maker",
        "toaster",
        "microwave",
        "knife_block",
        "plate",
        "plate",
    ),
    *(
        "chopping_board",
        "fruit",
        "cup",
        "cup",
        "blender",
        "paper_towel",
        "condiment",
        "kitchen_scale",
        "plant",
        "glass",
    ),
    *("kitchen_utensil", "baked_goods", "meal", "tray", "box", "sponge", "small_oven"),
)
_WASH = ("toiletry", "toiletry", "toiletry", "cup", "glass", "bottle", "candle", "towel", "plant", "jar", "box")

KINDS_ON: Mapping[str, tuple[str, ...]] = {
    "dining_table": _TABLEWARE,
    "bar_table": _TABLEWARE,
    "desk": _OFFICE,
    "workbench": ("tool", "box", "bottle", "cup"),
    "coffee_table": _LIVING,
    "side_table": _LIVING,
    "bedside_table": _NIGHT,
    "dressing_table": ("toiletry", "jewelry", "vase", "box", "candle", "book"),
    "tv_stand": ("media_player", "stereo", "speaker", "vase", "plant", "book", "remote_control", "candle"),
    "bookcase": _SHELVED,
    "shelf": _SHELVED,
    "wall_shelf": _SHELVED,
    "filing_cabinet": ("printer", "book", "plant", "box", "tray"),
    "window_sill": ("plant", "plant", "vase", "candle", "flowers", "book", "figurine"),
    "kitchen_cabinet": _KITCHEN,
    "cooktop": ("pan", "pan", "kettle"),
    "refrigerator": ("box", "basket", "bowl", "plant", "bottle"),
    "bathtub": ("toiletry", "bottle", "candle", "sponge", "towel"),
    "washing_machine": ("box", "towel", "bottle", "basket", "clothes"),
    "toilet": ("toiletry", "box", "plant", "candle"),
    "shoe_rack": ("bag", "hat", "helmet", "keys", "box", "plant", "umbrella", "vase", "bowl"),
    "console_table": (
        "keys",
        "bowl",
        "vase",
        "plant",
        "table_lamp",
        "photo_frame",
        "newspaper",
        "phone",
        "hat",
        "book",
    ),
    "bed": ("cushion", "book", "clothes", "laptop", "toy"),
    "sofa": ("cushion", "cushion", "cushion", "book", "newspaper", "remote_control"),
    **dict.fromkeys(("armchair", "bench", "ottoman"), _SOFT),
    **dict.fromkeys(("chair", "stool", "office_chair", "bean_bag", "bar_stool"), ()),
}
"""What may stand on a class of furniture, oftener where named oftener; on classes not named, `_DECOR`."""

FIRST_ON: Mapping[str, tuple[tuple[str, ...], float]] = {
    "tv_stand": (("television",), 1.0),
    "bedside_table": (("table_lamp",), 0.85),
    "desk": (("laptop", "monitor", "table_lamp"), 0.85),
    "dining_table": (("bowl", "vase", "flowers"), 0.6),
    "side_table": (("table_lamp",), 0.5),
    "cooktop": (("pan",), 0.6),
    "console_table": (("table_lamp", "vase"), 0.5),
}
"""What makes a piece complete, and how often it is there."""
AT_MOST: Mapping[str, int] = {
    **dict.fromkeys(("book", "cup", "glass", "plate", "bottle", "bowl", "cushion", "plant", "place_setting", "jar"), 8),
    **dict.fromkeys(("vase", "candle", "table_lamp", "box", "flowers", "pan", "toiletry"), 3),
    **dict.fromkeys(("laptop", "photo_frame", "toy", "toiletry", "desk_item", "pen", "fruit", "speaker"), 2),
}
"""How many of a class a room has; of classes not named, one."""
_FACING = frozenset(
    {"television", "laptop", "monitor", "clock", "photo_frame", "printer", "stereo", "speaker", "cushion"}
)


@dataclass(frozen=True)
class Rest:
    """A support surface in the room."""

    carrier: Piece
    surface: SupportSurface
    headroom_m: float

    @property
    def area_m2(self) -> float:
        """Of the rectangle."""
        return self.surface.size_m[0] * self.surface.size_m[1]


def plan_small_things(
    rng: np.random.Generator, carriers: Sequence[Piece], stock: Stock, obstacles: Sequence[Piece], wanted: IntRange
) -> list[Piece]:
    """Returns as many things on the carriers, as far as surfaces and catalog allow."""
    goal = int(rng.integers(wanted.low, wanted.high + 1))
    rests = [rest for carrier in carriers for rest in _rests(carrier)]
    things: list[Piece] = []
    for rest, class_names in _wishes(rng, rests, tries=25 * goal + 20):
        if len(things) >= goal:
            break
        record = _pick(rng, stock, rest, _not_too_many(things, class_names))
        thing = _put(rng, rest, record, [*obstacles, *things]) if record else None
        if thing is not None:
            things.append(thing)
    return things


def _not_too_many(things: Sequence[Piece], class_names: tuple[str, ...]) -> tuple[str, ...]:
    count = Counter(thing.thing.class_name for thing in things)
    return tuple(name for name in class_names if count[name] < AT_MOST.get(name, 1))


def _wishes(rng: np.random.Generator, rests: Sequence[Rest], tries: int) -> Iterator[tuple[Rest, tuple[str, ...]]]:
    """Yields what to put where: first what completes a piece, then anything of a suitable kind."""
    for rest in rests:
        class_names, chance = FIRST_ON.get(rest.carrier.thing.class_name, ((), 0.0))
        if rng.random() < chance and _is_top(rest):
            yield rest, class_names
    kinds = [_kinds_on(rest.carrier) for rest in rests]
    weights = np.array([rest.area_m2**0.4 if kind else 0.0 for rest, kind in zip(rests, kinds, strict=True)])
    for _ in range(tries if weights.sum() > 0 else 0):
        number = int(rng.choice(len(rests), p=weights / weights.sum()))
        yield rests[number], (kinds[number][int(rng.integers(len(kinds[number])))],)


def _kinds_on(carrier: Piece) -> tuple[str, ...]:
    """In bathrooms, what stands on cabinets is for washing."""
    if carrier.thing.label.startswith("bathroom"):
        return _WASH
    return KINDS_ON.get(carrier.thing.class_name, _DECOR)


def _is_top(rest: Rest) -> bool:
    return rest.surface.height_m == max(surface.height_m for surface in rest.carrier.thing.supports)


def _rests(carrier: Piece) -> list[Rest]:
    return [Rest(carrier, surface, _headroom_m(carrier, surface)) for surface in carrier.thing.supports]


def _headroom_m(carrier: Piece, surface: SupportSurface) -> float:
    """Returns how tall a thing may be: up to the next surface, or little where more of the carrier rises above."""
    above = [other.height_m - surface.height_m for other in carrier.thing.supports if other.height_m > surface.height_m]
    if above:
        return min(min(above) - 0.04, _TALLEST_M)
    under_top = surface.height_m < carrier.thing.size_m[2] - 0.03
    return _UNDER_TOP_M if under_top and carrier.thing.class_name != "bed" else _TALLEST_M


def _pick(rng: np.random.Generator, stock: Stock, rest: Rest, class_names: tuple[str, ...]) -> AssetRecord | None:
    wide_m, deep_m = rest.surface.size_m

    def fits(record: AssetRecord) -> bool:
        width_m, depth_m, height_m = record.size_m
        small = width_m * depth_m <= _LARGEST_SHARE * rest.area_m2 and max(width_m, depth_m) <= max(wide_m, deep_m)
        return small and height_m <= rest.headroom_m

    return stock.pick(rng, class_names, "surface", fits)


def _put(rng: np.random.Generator, rest: Rest, record: AssetRecord, others: Sequence[Piece]) -> Piece | None:
    """Returns the thing at a free place of the surface, or nothing after a few tries."""
    bounds = _rectangle(rest)
    in_the_way = [other.solid for other in others if other is not rest.carrier]
    for _ in range(6):
        x, y, z = rest.carrier.world_m((*_spot(rng, rest, record), rest.surface.height_m))
        piece = Piece(record, (x, y, z), rest.carrier.yaw_rad + _turn_rad(rng, record), rest.carrier)
        if bounds.covers(piece.solid) and not overlaps_any(piece.solid, in_the_way):
            return piece
    return None


def _spot(rng: np.random.Generator, rest: Rest, record: AssetRecord) -> tuple[float, float]:
    """Returns a place in the carrier's axes: televisions in the middle, cushions at the back, all else anywhere."""
    (x, y), (wide_m, deep_m) = rest.surface.center_m, rest.surface.size_m
    if record.class_name == "television":
        return x + uniform(rng, -0.04, 0.04), y + uniform(rng, -0.02, 0.02)
    reach_x, reach_y = (wide_m - record.size_m[0]) / 2, (deep_m - record.size_m[1]) / 2
    back_m = reach_y if record.class_name == "cushion" else -reach_y
    return x + uniform(rng, -reach_x, reach_x), y + uniform(rng, back_m, reach_y)


def _turn_rad(rng: np.random.Generator, record: AssetRecord) -> float:
    """Screens and the like look where their carrier does; round things and books lie as they were put down."""
    if record.class_name == "television":
        return uniform(rng, -0.05, 0.05)
    if record.class_name in _FACING:
        return uniform(rng, -0.3, 0.3)
    return uniform(rng, -0.6, 0.6) if record.size_m[0] > 1.3 * record.size_m[1] else uniform(rng, -3.14, 3.14)


def _rectangle(rest: Rest) -> Solid:
    x, y, z = rest.carrier.world_m((*rest.surface.center_m, rest.surface.height_m))
    half_m = rest.surface.size_m[0] / 2, rest.surface.size_m[1] / 2
    return Solid((x, y), half_m, rest.carrier.yaw_rad, z, z)
