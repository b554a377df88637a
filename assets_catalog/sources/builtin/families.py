"""The families of builtin: what draws which class, where it belongs, and how many variants training has at least."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from assets_catalog.record import Placement
from assets_catalog.sources.builtin.shapes import (
    bakery,
    beds,
    bicycles,
    books,
    chairs,
    clocks,
    containers,
    cutlery,
    decoration,
    desk_goods,
    displays,
    drapery,
    electronics,
    facades,
    fences,
    food_trays,
    fruit,
    gadgets,
    growth,
    hand_tools,
    kitchenware,
    lamps,
    larder,
    mirrors,
    openings,
    packaging,
    plants,
    playthings,
    printed_matter,
    produce,
    seating,
    shelves,
    signs,
    storage,
    street_furniture,
    tables,
    toiletries,
    trees,
    vehicles,
    vessels,
    writing,
)
from assets_catalog.sources.builtin.shapes.shape import FinishedShape, Shape, finished
from schemas.seeds import rng_for


@dataclass(frozen=True)
class Family:
    """Variants that one function draws."""

    name: str
    """Unique; an asset's id is 'builtin/<name>-<number>'."""
    class_name: str
    draw: Callable[[np.random.Generator], Shape]
    placement: Placement
    train: int
    """Variants for training; validation and test have two each."""
    label: str = ""
    """What a person would call it; empty: its class."""
    at_eye_height: bool = False
    """Whether its middle hangs there; else it hangs as its class does."""

    def drawn(self, number: int) -> FinishedShape:
        """Returns a variant: always the same for a number."""
        return finished(self.draw(rng_for(0, "builtin", self.name, number)))


_INDOORS: tuple[Family, ...] = (
    Family("sofa", "sofa", seating.sofa, "floor", 8),
    Family("corner_sofa", "sofa", seating.corner_sofa, "floor", 3, "corner sofa"),
    Family("armchair", "armchair", seating.armchair, "floor", 5),
    Family("lounge_chair", "armchair", seating.lounge_chair, "floor", 4, "lounge chair"),
    Family("slatted_chair", "chair", chairs.slatted_chair, "floor", 5),
    Family("padded_chair", "chair", chairs.padded_chair, "floor", 4),
    Family("shell_chair", "chair", chairs.shell_chair, "floor", 4),
    Family("stool", "stool", chairs.stool, "floor", 6),
    Family("ottoman", "ottoman", seating.ottoman, "floor", 6),
    Family("plain_bench", "bench", street_furniture.plain_bench, "floor", 5),
    Family("coffee_table", "coffee_table", tables.coffee_table, "floor", 8),
    Family("dining_table", "dining_table", tables.dining_table, "floor", 7),
    Family("desk", "desk", tables.desk, "floor", 6),
    Family("side_table", "side_table", tables.side_table, "floor", 6),
    Family("bedside_table", "bedside_table", storage.bedside_table, "floor", 6),
    Family("bed", "bed", beds.bed, "floor", 8),
    Family("wardrobe", "wardrobe", storage.wardrobe, "floor", 6),
    Family("bookcase", "bookcase", books.bookcase, "floor", 7),
    Family("shelf", "shelf", shelves.shelf, "floor", 7),
    Family("wall_shelf", "wall_shelf", shelves.wall_shelf, "wall", 6),
    Family("cabinet", "cabinet", storage.cabinet, "floor", 7),
    Family("dresser", "dresser", storage.dresser, "floor", 6, "chest of drawers"),
    Family("tv_stand", "tv_stand", storage.tv_stand, "floor", 6, "tv stand"),
    Family("folding_screen", "folding_screen", drapery.folding_screen, "floor", 6),
    Family("door", "door", openings.door, "wall", 8),
    Family("window", "window", openings.window, "wall", 8),
    Family("curtain", "curtain", drapery.curtain, "wall", 6, "pair of curtains"),
    Family("television", "television", electronics.flat_television, "surface", 5),
    Family("tube_television", "television", electronics.tube_television, "surface", 3, "old television"),
    Family("laptop", "laptop", electronics.laptop, "surface", 6),
    Family("monitor", "monitor", displays.monitor, "surface", 6),
    Family("keyboard", "keyboard", displays.keyboard, "surface", 6),
    Family("pole_lamp", "floor_lamp", lamps.pole_lamp, "floor", 3),
    Family("tripod_lamp", "floor_lamp", lamps.tripod_lamp, "floor", 3),
    Family("arc_lamp", "floor_lamp", lamps.arc_lamp, "floor", 3),
    Family("table_lamp", "table_lamp", lamps.table_lamp, "surface", 8),
    Family("dome_pendant", "ceiling_lamp", lamps.dome_pendant, "ceiling", 3, "pendant lamp"),
    Family("drum_pendant", "ceiling_lamp", lamps.drum_pendant, "ceiling", 3, "pendant lamp"),
    Family("globe_pendant", "ceiling_lamp", lamps.globe_pendant, "ceiling", 3, "pendant lamp"),
    Family("snake_plant", "plant", plants.snake_plant, "floor", 3, "snake plant"),
    Family("potted_palm", "plant", plants.palm, "floor", 4, "potted palm"),
    Family("rubber_tree", "plant", plants.rubber_tree, "floor", 4, "rubber tree"),
    Family("succulent", "plant", plants.succulent, "surface", 3, "succulent"),
    Family("herb", "plant", plants.herb, "surface", 3, "potted herb"),
    Family("spider_plant", "plant", plants.spider_plant, "surface", 3, "spider plant"),
    Family("vase", "vase", vessels.vase, "surface", 9),
    Family("bowl", "bowl", vessels.bowl, "surface", 6),
    Family("plate", "plate", vessels.plate, "surface", 6),
    Family("cup", "cup", vessels.cup, "surface", 7),
    Family("tumbler", "glass", kitchenware.tumbler, "surface", 4),
    Family("wine_glass", "glass", kitchenware.wine_glass, "surface", 4, "wine glass"),
    Family("bottle", "bottle", vessels.bottle, "surface", 7),
    Family("jar", "jar", kitchenware.jar, "surface", 6),
    Family("frying_pan", "pan", kitchenware.frying_pan, "surface", 4, "frying pan"),
    Family("cooking_pot", "pan", kitchenware.cooking_pot, "surface", 5, "cooking pot"),
    Family("tray", "tray", kitchenware.tray, "surface", 6),
    Family("fruit_bowl", "fruit", fruit.fruit_bowl, "surface", 5, "bowl of fruit"),
    Family("book", "book", books.book, "surface", 9, "stack of books"),
    Family("box", "box", containers.lidded_box, "surface", 6),
    Family("crate", "crate", containers.crate, "floor", 5, "wooden crate"),
    Family("plastic_crate", "crate", containers.plastic_crate, "floor", 4),
    Family("taper", "candle", decoration.taper, "surface", 4, "candlestick"),
    Family("pillar_candle", "candle", decoration.pillar_candle, "surface", 4),
    Family("wall_clock", "clock", clocks.wall_clock, "wall", 5, at_eye_height=True),
    Family("table_clock", "clock", clocks.table_clock, "surface", 4, "alarm clock"),
    Family("rug", "rug", decoration.rug, "floor", 8),
    Family("picture", "picture", decoration.picture, "wall", 10, at_eye_height=True),
    Family("mirror", "mirror", mirrors.mirror, "wall", 7, at_eye_height=True),
    Family("photo_frame", "photo_frame", mirrors.photo_frame, "surface", 6),
    Family("towel", "towel", drapery.hung_towel, "wall", 4, "towel on a bar"),
    Family("floor_cushion", "cushion", decoration.floor_cushion, "floor", 5, "floor cushion"),
    Family("waste_basket", "bin", containers.waste_basket, "floor", 3, "waste basket"),
    Family("pedal_bin", "bin", containers.pedal_bin, "floor", 3, "pedal bin"),
    Family("basket", "basket", containers.basket, "floor", 6),
)

_SMALL: tuple[Family, ...] = (
    Family("ballpoint", "pen", writing.ballpoint, "surface", 4),
    Family("marker", "pen", writing.marker, "surface", 4, "marker"),
    Family("pencil", "pen", writing.pencil, "surface", 3, "pencil"),
    Family("pen_holder", "desk_item", writing.pen_holder, "surface", 4, "pen holder"),
    Family("scissors", "desk_item", desk_goods.scissors, "surface", 4, "scissors"),
    Family("tape", "desk_item", desk_goods.tape, "surface", 4, "roll of tape"),
    Family("stapler", "desk_item", desk_goods.stapler, "surface", 4, "stapler"),
    Family("printed_book", "book", printed_matter.printed_book, "surface", 8),
    Family("magazine", "book", printed_matter.magazine, "surface", 4, "magazine"),
    Family("notebook", "book", printed_matter.notebook, "surface", 5, "notebook"),
    Family("eyeglasses", "eyeglasses", desk_goods.eyeglasses, "surface", 5, "glasses"),
    Family("keys", "keys", desk_goods.keys, "surface", 5, "bunch of keys"),
    Family("coins", "money", desk_goods.coins, "surface", 4, "coins"),
    Family("phone", "phone", gadgets.phone, "surface", 5),
    Family("remote_control", "remote_control", gadgets.remote_control, "surface", 5),
    Family("mouse", "mouse", gadgets.mouse, "surface", 4),
    Family("headphones", "headphones", gadgets.headphones, "surface", 4),
    Family("power_bank", "battery", gadgets.power_bank, "surface", 4, "power bank"),
    Family("fork", "cutlery", cutlery.fork, "surface", 4, "fork"),
    Family("spoon", "cutlery", cutlery.spoon, "surface", 4, "spoon"),
    Family("knife", "cutlery", cutlery.knife, "surface", 4, "knife"),
    Family("cooking_spoon", "kitchen_utensil", cutlery.cooking_spoon, "surface", 5, "cooking spoon"),
    Family("apple", "fruit", produce.apple, "surface", 4, "apple"),
    Family("citrus", "fruit", produce.citrus, "surface", 5, "citrus fruit"),
    Family("pear", "fruit", produce.pear, "surface", 4, "pear"),
    Family("bananas", "fruit", produce.bananas, "surface", 5, "banana"),
    Family("grapes", "fruit", produce.grapes, "surface", 4, "bunch of grapes"),
    Family("fruit_crate", "fruit", food_trays.fruit_crate, "surface", 6, "crate of fruit"),
    Family("tomato", "vegetable", produce.tomato, "surface", 4, "tomato"),
    Family("root_vegetable", "vegetable", produce.root_vegetable, "surface", 5),
    Family("egg_carton", "egg", food_trays.egg_carton, "surface", 4, "egg carton"),
    Family("carton", "box", packaging.carton, "surface", 7, "carton"),
    Family("milk_carton", "bottle", packaging.milk_carton, "surface", 4, "milk carton"),
    Family("squeeze_bottle", "bottle", packaging.squeeze_bottle, "surface", 5, "plastic bottle"),
    Family("tin", "can", packaging.tin, "surface", 5, "tin"),
    Family("drink_can", "can", packaging.drink_can, "surface", 4, "drinks can"),
    Family("papers", "paper", printed_matter.papers, "surface", 5, "sheets of paper"),
    Family("newspaper", "newspaper", printed_matter.newspaper, "surface", 5),
    Family("chopping_board", "chopping_board", larder.chopping_board, "surface", 5, "chopping board"),
    Family("mill", "condiment", larder.mill, "surface", 6, "pepper mill"),
    Family("kitchen_roll", "paper_towel", larder.kitchen_roll, "surface", 4, "kitchen roll"),
    Family("teapot", "teapot", larder.teapot, "surface", 5),
    Family("sponge", "sponge", larder.sponge, "surface", 4),
    Family("bread", "baked_goods", bakery.bread, "surface", 6, "bread"),
    Family("cake", "baked_goods", bakery.cake, "surface", 5, "cake"),
    Family("tube_of_paste", "toiletry", toiletries.tube_of_paste, "surface", 5, "tube of toothpaste"),
    Family("pump_bottle", "toiletry", toiletries.pump_bottle, "surface", 5, "soap bottle"),
    Family("brick", "toy", playthings.brick, "surface", 6, "toy bricks"),
    Family("blocks", "toy", playthings.blocks, "surface", 5, "toy blocks"),
    Family("ring_stack", "toy", playthings.ring_stack, "surface", 4, "stacking rings"),
    Family("toy_car", "toy", playthings.toy_car, "surface", 5, "toy car"),
    Family("ball", "ball", playthings.ball, "surface", 5),
    Family("hammer", "tool", hand_tools.hammer, "surface", 4, "hammer"),
    Family("screwdriver", "tool", hand_tools.screwdriver, "surface", 4, "screwdriver"),
    Family("spanner", "tool", hand_tools.spanner, "surface", 4, "spanner"),
    Family("jam_jar", "jar", packaging.jam_jar, "surface", 5, "jam jar"),
)

_OUT_OF_DOORS: tuple[Family, ...] = (
    Family("facade", "facade", facades.facade, "street", 10, "house front"),
    Family("house", "building", facades.building, "street", 8, "house"),
    Family("picket_fence", "fence", fences.picket_fence, "street", 4, "picket fence"),
    Family("board_fence", "fence", fences.board_fence, "street", 3, "board fence"),
    Family("rail_fence", "fence", fences.rail_fence, "street", 3, "rail fence"),
    Family("iron_fence", "fence", fences.iron_fence, "street", 4, "iron fence"),
    Family("road_lamp", "street_lamp", street_furniture.arm_lamp, "street", 5),
    Family("post_lantern", "street_lamp", street_furniture.post_lantern, "street", 4),
    Family("globe_lamp", "street_lamp", street_furniture.globe_lamp, "street", 3, "park lamp"),
    Family("park_bench", "park_bench", street_furniture.park_bench, "street", 6),
    Family("bollard", "bollard", street_furniture.bollard, "street", 5),
    Family("traffic_sign", "traffic_sign", signs.traffic_sign, "street", 12),
    Family("broadleaf_tree", "tree", trees.broadleaf_tree, "street", 8),
    Family("spruce", "tree", trees.conifer, "street", 5, "spruce"),
    Family("bush", "bush", growth.bush, "street", 6),
    Family("hedge", "hedge", growth.hedge, "street", 4),
    Family("rock", "rock", growth.rock, "street", 8),
    Family("car", "car", vehicles.car, "street", 10),
    Family("van", "van", vehicles.van, "street", 6),
    Family("bicycle", "bicycle", bicycles.bicycle, "street", 6),
)

FAMILIES: Mapping[str, Family] = MappingProxyType(
    {family.name: family for family in (*_INDOORS, *_SMALL, *_OUT_OF_DOORS)}
)
"""By name."""
