"""Doubts: classes of which people would not agree whether a word covers them, beyond those of referring expressions.

A legend may say 'furniture' where a floor lamp stands only if no pixel of that lamp could be wrong.
"""

from collections.abc import Mapping
from functools import cache

from scenegen.encoders.referring.vocabulary import mixed_up

_MIXED_UP: tuple[frozenset[str], ...] = tuple(
    frozenset(group.split(", "))
    for group in (
        "cushion, pillow",
        "bedside table, dresser, filing cabinet",
        "building, facade, shed",
        "wall, facade",
        "fence, railing, gate, road barrier",
        "bathtub, hot tub, swimming pool, basin",
        "kitchen sink, washbasin, basin",
        "oven, small oven, microwave, cooktop",
        "curtain, blind, shower curtain, shutter",
        "towel, blanket",
        "bag, suitcase, basket",
        "chair, garden chair, deck chair, wheelchair",
        "bench, park bench",
        "dining table, garden table, picnic table, game table, bar table",
        "umbrella, parasol",
        "tree, christmas tree",
        "plant, planter",
        "planter, vase",
        "figurine, statue, toy, garden ornament",
        "picture, calendar, sign",
        "speaker, stereo, media player",
        "keyboard, music keyboard",
        "lantern, outdoor lamp, street lamp",
        "pan, jar, bowl",
        "sofa, chaise longue",
        "bicycle, motorcycle, motor scooter, tricycle, kick scooter",
        "trunk, suitcase, box",
        "garden tool, tool, broom",
        "exercise machine, dumbbell",
        "pallet rack, store shelf, shelf, bookcase",
        "sack, bag, cushion",
        "wheel stop, kerb",
    )
)

_OF_GROUPS: Mapping[str, frozenset[str]] = {
    "furniture": frozenset({"floor lamp", "musical instrument", "wheelchair", "mannequin", "whiteboard", "easel"})
    | {"fireplace", "game table", "aquarium", "exercise machine", "crate", "refrigerator", "kitchen sink", "washbasin"},
    "seat": frozenset({"trunk", "cushion", "outdoor furniture", "wheelchair", "mattress"}),
    "storage": frozenset({"kitchen island", "changing table", "dressing table", "checkout"}),
    "table": frozenset({"workbench", "kitchen island", "dressing table", "lectern", "game table", "stool", "ottoman"})
    | {"garden table", "picnic table"},
    "lamp": frozenset({"light bulb", "flashlight", "street lamp", "ceiling fan", "traffic light"}),
    "stool": frozenset({"ottoman", "side table", "bedside table", "bench", "child chair"}),
    "appliance": frozenset({"electronics", "kitchen sink", "radiator", "vending machine", "arcade machine", "faucet"}),
    "kitchen appliance": frozenset({"refrigerator", "oven", "dishwasher", "kitchen hood", "kitchen sink"})
    | {"water cooler", "washing machine"},
    "electronics": frozenset({"appliance", "clock", "battery", "robot", "musical instrument"}),
    "bathroom fixture": frozenset({"kitchen sink", "towel rack", "toilet paper holder", "shower door"}),
    "tableware": frozenset({"chopping board", "knife block", "kitchen utensil", "tray", "condiment", "jar", "bottle"})
    | {"tablecloth", "cookware"},
    "drinkware": frozenset({"bottle", "jar", "bowl", "teapot"}),
    "cookware": frozenset({"kettle", "kitchen utensil", "bowl"}),
    "food": frozenset({"condiment", "bottle", "can", "place setting"}),
    "garment": frozenset({"helmet", "shoes", "hat", "jewelry", "eyeglasses", "bag", "towel"}),
    "sports equipment": frozenset({"skateboard", "game table", "dartboard", "bicycle", "kick scooter", "trampoline"}),
    "musical instrument": frozenset({"toy", "stereo"}),
    "weapon": frozenset({"shield", "tool", "cutlery", "garden tool", "toy"}),
    "vehicle": frozenset({"toy", "wheelchair", "baby carriage", "skateboard", "sled", "cart", "machine", "tricycle"})
    | {"kick scooter", "trailer"},
    "vegetation": frozenset({"plant", "flowers", "planter", "christmas tree", "log", "mushroom"}),
    "animal": frozenset({"toy", "statue", "figurine", "creature", "person"}),
    "ground": frozenset({"road", "sidewalk", "grass", "kerb"}),
    "grass": frozenset({"ground"}),
    "sidewalk": frozenset({"kerb"}),
    "person": frozenset({"mannequin", "statue", "creature", "scarecrow", "toy"}),
    "outdoor furniture": frozenset({"chair", "table", "planter", "bench"}),
}
"""In place of what referring expressions doubt: a legend's word must be right to the pixel, not point to one thing."""


@cache
def doubted(level: str) -> frozenset[str]:
    """Returns the levels whose members some people would call by a word for this one, and others not."""
    groups = (group - {level} for group in _MIXED_UP if level in group)
    return frozenset().union(_OF_GROUPS.get(level, mixed_up(level)), *groups)


def are_mixed_up(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tells whether people may take one class for another, each given by its levels, itself first."""
    return not doubted(one[0]).isdisjoint(other) or not doubted(other[0]).isdisjoint(one)
