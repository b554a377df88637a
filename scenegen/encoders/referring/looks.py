"""Looks: colour and material, as the asset's record has them.

Yes needs most of the surface; no, that most of it is something else which nobody mixes up with what is asked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scenegen.encoders.referring.program import Answer
from scenegen.encoders.referring.scene import Seen, Thing

_MOST = 0.65
_HALF = 0.5
_HUELESS = frozenset({"foliage", "mirror", "glass", "paper"})
"""Substances of what has no colour of its own, or many."""
_GOLDEN = frozenset({"brown", "yellow", "beige", "orange"})
"""Names for the colours of brass, copper and gold, which people call otherwise."""
_MIXED_UP = frozenset(
    frozenset(pair.split("-"))
    for line in (
        "brown-beige beige-white beige-yellow white-grey grey-black brown-black brown-orange orange-red orange-yellow",
        "brown-red red-pink pink-purple purple-blue blue-turquoise turquoise-green green-yellow pink-beige",
        "orange-beige grey-blue grey-beige pink-orange green-grey purple-grey red-purple brown-grey pink-white",
        "leather-fabric metal-plastic ceramic-stone ceramic-plastic ceramic-glass wood-plastic glass-plastic",
        "mirror-glass mirror-metal stone-concrete ceramic-metal",
    )
    for pair in line.split()
)
"""Pairs of colours, and of substances, that people mix up, or light does."""
_WORDS: Mapping[str, str] = {
    "wood": "wooden", "metal": "metal", "leather": "leather", "ceramic": "ceramic", "stone": "stone", "glass": "glass",
    "plastic": "plastic", "fabric": "fabric",
}  # fmt: skip
_ODD: Mapping[str, frozenset[str]] = {
    "fabric": frozenset({"lamp", "covering", "cushion", "household item", "bed", "garment"}),
    "plastic": frozenset({"candle", "vegetation", "picture", "food", "electronics"}),
    "wood": frozenset({"picture", "vegetation", "mirror"}),
    "metal": frozenset({"candle", "mirror", "electronics", "vehicle"}),
    "ceramic": frozenset({"vegetation", "furniture"}),
    "glass": frozenset({"electronics", "mirror", "picture"}),
}
"""Substance -> levels of which nobody would say it."""


@dataclass(frozen=True)
class Colored:
    """Has this colour."""

    color_name: str

    @property
    def phrases(self) -> tuple[str, ...]:
        """Returns the colour's name."""
        return (self.color_name,)

    def holds(self, seen: Seen, thing: Thing) -> Answer:
        """Tells whether a person would call it so."""
        look = thing.look
        if look is None or look.substance in _HUELESS or "vegetation" in thing.words.levels:
            return None
        if look.substance == "metal" and _GOLDEN.intersection((self.color_name, look.color_name)):
            return None
        return _said(self.color_name, look.color_name, look.color_share)


@dataclass(frozen=True)
class MadeOf:
    """Consists of this."""

    substance: str

    @property
    def phrases(self) -> tuple[str, ...]:
        """Returns the adjective."""
        return (_WORDS[self.substance],)

    def holds(self, seen: Seen, thing: Thing) -> Answer:
        """Tells whether a person would say so."""
        look = thing.look
        odd = _ODD.get(self.substance, frozenset()).intersection(thing.words.levels)
        if look is None or odd or look.substance in ("unknown", "paper", "foliage"):
            return None
        return _said(self.substance, look.substance, look.substance_share)


def _said(asked: str, mostly: str, share: float) -> Answer:
    if asked == mostly:
        return True if share >= _MOST else None
    return False if share >= _HALF and frozenset((asked, mostly)) not in _MIXED_UP else None


def looks_of(thing: Thing) -> Iterator[Colored | MadeOf]:
    """Yields what is said of a thing's look: colour, then material."""
    if thing.look is None:
        return
    if thing.look.color_name:
        yield Colored(thing.look.color_name)
    if thing.look.substance in _WORDS:
        yield MadeOf(thing.look.substance)
