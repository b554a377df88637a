"""What people call things beyond the taxonomy's names: words that mean a whole class, and classes that are mixed up.

A taxonomy's synonyms help to read names of files: a throne is a chair, but not every chair is a throne. SAME lists
those that fit each member of the class. Levels are those of `ClassWords.levels`; a class is its own first level.
"""

import re
from collections.abc import Mapping
from functools import cache

SAME: Mapping[str, str] = {
    "couch": "couches",
    "tv": "tvs",
    "carpet": "carpets",
    "mug": "mugs",
    "fridge": "fridges",
    "nightstand": "nightstands",
    "bookshelf": "bookshelves",
    "trash can": "trash cans",
    "potted plant": "potted plants",
    "houseplant": "houseplants",
    "computer screen": "computer screens",
    "loudspeaker": "loudspeakers",
    "writing desk": "writing desks",
    "end table": "end tables",
    "barstool": "barstools",
    "television set": "television sets",
    "cutting board": "cutting boards",
    "coffee machine": "coffee machines",
    "water tap": "water taps",
    "telephone": "telephones",
    "heater": "heaters",
}
"""Synonym -> its plural."""

LEVELS: Mapping[str, tuple[str, str]] = {
    "chair": ("chair", "chairs"),
    "stool": ("stool", "stools"),
    "seat": ("seat", "seats"),
    "table": ("table", "tables"),
    "bed": ("bed", "beds"),
    "lamp": ("lamp", "lamps"),
    "furniture": ("piece of furniture", "pieces of furniture"),
    "appliance": ("appliance", "appliances"),
    "electronics": ("electronic device", "electronic devices"),
    "musical instrument": ("musical instrument", "musical instruments"),
    "vehicle": ("vehicle", "vehicles"),
    "animal": ("animal", "animals"),
}
"""Upper level -> singular and plural that people use for it."""
VAGUE = frozenset({"seat", "furniture", "appliance", "electronics", "musical instrument", "vehicle"})
"""Levels for which people mostly have a better word."""

_MIXED_UP: tuple[frozenset[str], ...] = tuple(
    frozenset(group.split(", "))
    for group in (
        "bookcase, shelf, wall shelf, wall unit, display case, shoe rack",
        "cabinet, dresser, tv stand, wall unit, filing cabinet, kitchen cabinet, wardrobe, locker, wall cabinet",
        "side table, bedside table, coffee table, stool, ottoman, child table",
        "desk, dining table, console table, workbench, dressing table, kitchen island, bar table",
        "armchair, office chair, bean bag, ottoman, rocking chair",
        "bench, ottoman, trunk, chaise longue",
        "cushion, ottoman, bean bag",
        "vase, jar, bottle, teapot",
        "cup, glass, jar",
        "bowl, plate, tray, basin",
        "bin, basket, bucket, crate, box, trunk, barrel",
        "candle, candle holder, lantern",
        "picture, photo frame",
        "monitor, television, computer",
        "plant, flowers, bush, hedge, tree",
        "rug, mat",
        "table lamp, lantern",
        "book, newspaper, paper",
        "car, van, truck",
    )
)
_ALSO: Mapping[str, frozenset[str]] = {
    "chair": frozenset({"stool", "high chair", "bean bag", "bench", "chaise longue"}),
    "stool": frozenset({"ottoman", "side table", "bedside table", "chair"}),
    "seat": frozenset({"bed", "trunk", "cushion", "mattress", "coffee table", "outdoor furniture"}),
    "table": frozenset(
        {"desk", "workbench", "kitchen island", "dressing table", "lectern", "tv stand", "dresser", "game table"}
        | {"stool", "ottoman", "bench", "cabinet"}
    ),
    "bed": frozenset({"crib", "chaise longue", "hospital bed", "mattress", "hammock"}),
    "lamp": frozenset({"candle", "candle holder", "light bulb", "flashlight", "street lamp", "ceiling fan"}),
    "furniture": frozenset(
        {"lamp", "covering", "decoration", "device", "musical instrument", "container", "fixture", "household item"}
        | {"structure", "vegetation", "street furniture", "outdoor furniture"}
    ),
    "appliance": frozenset({"electronics", "bathroom fixture", "lamp"}),
    "electronics": frozenset({"appliance", "lamp", "clock", "musical instrument"}),
    "musical instrument": frozenset({"electronics", "toy"}),
    "vehicle": frozenset({"toy", "wheelchair", "baby carriage"}),
    "animal": frozenset({"toy", "statue"}),
    "bookcase": frozenset({"cabinet"}),
    "shelf": frozenset({"cabinet"}),
}
"""Of upper levels, and where it goes one way."""

LOOKS = tuple(
    frozenset(words.split(", "))
    for words in (
        "black, white, grey, brown, beige, red, orange, yellow, green, turquoise, blue, purple, pink",
        "wooden, wood, oak, pine, bamboo, rattan, cardboard, metal, iron, leather, fabric, burlap, ceramic, stone, "
        "glass, plastic",
    )
)
"""Words for colours, and for materials: what is called a burlap sofa is not said to be of fabric."""

GROUPS_OF = ("stack of ", "pile of ", "bunch of ", "pair of ", "bowl of ", "row of ", "set of ", "bundle of ")
"""What is labelled so is not one of its class: a stack of books is no book."""

UNCOUNTED = frozenset(
    {"flowers", "stairs", "clothes", "shoes", "cutlery", "jewelry", "eyeglasses", "keys", "headphones", "sweets"}
    | {"baked goods", "money", "firewood", "furniture", "fish dish"}
)
"""Levels of which none is "the second" or "the largest"."""


_HEAD_ENDS = re.compile(r" (?:of|with|on) ")
_NO_PLURAL = ("ss", "us", "is", "canvas", "gas", "lens")


@cache
def is_plural(words: str) -> bool:
    """Tells whether words stand in the plural: 'coat hooks', 'flowers', not 'bowl of apples', 'cactus'."""
    head = _HEAD_ENDS.split(words)[0]
    return head.endswith("s") and not head.endswith(_NO_PLURAL)


@cache
def mixed_up(level: str) -> frozenset[str]:
    """Returns the levels whose members some people would call by the word for this one, and others not."""
    groups = (group - {level} for group in _MIXED_UP if level in group)
    return frozenset().union(_ALSO.get(level, frozenset()), *groups)


def spelled(words: str) -> str:
    """Returns words as people write them: abbreviations in capitals."""
    return " ".join({"tv": "TV", "tvs": "TVs", "pc": "PC", "atm": "ATM"}.get(word, word) for word in words.split(" "))
