"""Nouns: what people who write legends, and people who count, call a level of the taxonomy.

Levels that nobody names, such as 'artifact' or 'container', have none. Neither have classes that hold things of many
names (a 'telescope' may be a microscope, a 'teapot' a milk jug); these go by their own label or by an upper level.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from assets_catalog.taxonomy import load_taxonomy
from scenegen.encoders.referring.vocabulary import SAME, spelled


@dataclass(frozen=True)
class Noun:
    """A word for things of a kind; what can't be counted has no singular and no plural."""

    singular: str = ""
    plural: str = ""
    mass: str = ""
    """What a legend says whatever the number: 'furniture', 'floor'."""

    @property
    def counts(self) -> bool:
        """Tells whether there can be two of it."""
        return bool(self.singular)

    @property
    def words(self) -> tuple[str, ...]:
        """Returns all its forms."""
        return tuple(form for form in (self.singular, self.plural, self.mass) if form)

    def in_legend(self, many: bool) -> str:
        """Returns the label of a legend, in the singular or the plural where it has both."""
        return self.mass or (self.plural if many else self.singular)


def _mass(*words: str) -> tuple[Noun, ...]:
    return tuple(Noun(mass=each) for each in words)


_GROUPS: Mapping[str, tuple[Noun, ...]] = {
    "furniture": (Noun("piece of furniture", "pieces of furniture", "furniture"),),
    "outdoor furniture": _mass("outdoor furniture"),
    "seat": _mass("seats", "seating"),
    "table": (Noun("table", "tables"),),
    "storage": _mass("storage furniture"),
    "lamp": (Noun("lamp", "lamps"), Noun("light", "lights")),
    "appliance": (Noun("appliance", "appliances"), Noun("household appliance", "household appliances")),
    "kitchen appliance": (Noun("kitchen appliance", "kitchen appliances"),),
    "electronics": (Noun("electronic device", "electronic devices", "electronics"),),
    "bathroom fixture": (Noun("bathroom fixture", "bathroom fixtures"),),
    "tableware": _mass("tableware"),
    "drinkware": _mass("drinkware"),
    "cookware": _mass("cookware"),
    "food": _mass("food"),
    "garment": _mass("clothing"),
    "playground equipment": _mass("playground equipment"),
    "sports equipment": _mass("sports equipment"),
    "musical instrument": (Noun("musical instrument", "musical instruments"),),
    "weapon": (Noun("weapon", "weapons"),),
    "vehicle": (Noun("vehicle", "vehicles"),),
    "aircraft": (Noun("aircraft", "aircraft"),),
    "vegetation": _mass("vegetation"),
    "animal": (Noun("animal", "animals"),),
}
"""Of upper levels that are no classes themselves; all others have no name."""

_CLASSES: Mapping[str, tuple[Noun, ...]] = {
    "floor": _mass("floor"),
    "ceiling": _mass("ceiling"),
    "ground": _mass("ground"),
    "grass": _mass("grass"),
    "skirting": (Noun("skirting board", "skirting boards"), Noun("baseboard", "baseboards")),
    "stairs": (Noun("staircase", "staircases"), Noun("staircase", "staircases", "stairs")),
    "child chair": (Noun("children's chair", "children's chairs"),),
    "child table": (Noun("children's table", "children's tables"),),
    "chaise longue": (Noun("chaise longue", "chaises longues"),),
    "glass": (Noun("drinking glass", "drinking glasses"),),
    "christmas tree": (Noun("Christmas tree", "Christmas trees"),),
    "picture": (
        Noun("picture on the wall", "pictures on the wall"),
        Noun("picture on the wall", "pictures on the wall", "wall art"),
    ),
    "mask": (Noun("face mask", "face masks"),),
    "mouse": (Noun("computer mouse", "computer mice"),),
    "shell": (Noun("seashell", "seashells"),),
    "music keyboard": (Noun("electronic keyboard", "electronic keyboards"),),
    "paper towel": (Noun("roll of paper towels", "rolls of paper towels", "paper towels"),),
    "flowers": _mass("flowers"),
    "fruit": _mass("fruit"),
    "cheese": _mass("cheese"),
    "sweets": _mass("sweets"),
    "baked goods": _mass("baked goods"),
    "cutlery": _mass("cutlery"),
    "clothes": _mass("clothes"),
    "shoes": _mass("shoes"),
    "jewelry": _mass("jewelry"),
    "eyeglasses": _mass("eyeglasses"),
    "headphones": _mass("headphones"),
    "keys": _mass("keys"),
    "toiletry": _mass("toiletries"),
    "firewood": _mass("firewood"),
}
"""Where the taxonomy's word is not what one would write in a legend; nobody asks for "the pictures in this picture"."""

_OF_MANY_NAMES = frozenset(
    {"desk item", "meal", "small oven", "blender", "stereo", "condiment", "fish dish", "money", "paper", "thermometer"}
    | {"teapot", "baseball bat", "surfboard", "violin", "telescope", "syringe", "lighter", "rope", "egg", "battery"}
    | {"elephant", "whale", "seal", "kangaroo", "octopus", "wolf", "snail", "spider", "crab", "camel", "bear"}
    | {"large bird", "creature", "gun", "shield", "sword", "vending machine", "arcade machine", "water tower"}
    | {"mountain", "tombstone", "excavator", "spacecraft", "cart", "whiteboard", "food dispenser", "leaf", "crutch"}
    | {"washing machine", "road marking", "broom", "toilet paper holder", "cow", "horse", "sheep", "hot air balloon"}
)

_NARROWER = frozenset({"mug", "writing desk", "coffee machine", "telephone"})
"""Of the synonyms of referring expressions: good for one thing, wrong for the next of its class."""


@cache
def nouns_of(level: str) -> tuple[Noun, ...]:
    """Returns the nouns of a class or an upper level that fit each of its members; none where people have no word."""
    if level in _CLASSES:
        return _CLASSES[level]
    leaf = load_taxonomy().classes.get(level.replace(" ", "_"))
    if leaf is None:
        return _GROUPS.get(level, ())
    if level in _OF_MANY_NAMES:
        return ()
    synonyms = (
        Noun(spelled(each), spelled(SAME[each])) for each in leaf.synonyms if each in SAME and each not in _NARROWER
    )
    return Noun(spelled(leaf.words), spelled(leaf.plural)), *synonyms
