"""Recolor: other colours for the parts of a model, where things of its class come in many colours.

A part is dyed as its substance may be: cloth in colours of cloth, wood stained or painted, metal in other metals. What
lives, what is eaten, what is seen through, and what nobody would dye keep their colours.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from assets_catalog.record import AssetRecord, PartLook, Substance
from scenegen.recipes.materials import charts
from scenegen.recipes.materials.draw import Chart, near
from schemas.surface import Recolor

_DYED: Mapping[Substance, tuple[Chart, ...]] = {
    "fabric": (charts.CLOTHS, charts.ACCENTS, charts.CLOTHS, charts.STRONG),
    "leather": (charts.LEATHERS,),
    "plastic": (charts.STRONG, charts.TRIMS, charts.PAINTED),
    "ceramic": (charts.TRIMS, charts.ACCENTS, charts.STRONG),
    "wood": (charts.WOODS, charts.WOODS, charts.PAINTED),
    "metal": (charts.METALS,),
    "paper": (charts.ACCENTS, charts.STRONG),
    "carpet": (charts.CLOTHS, charts.ACCENTS),
    "unknown": (charts.PAINTED, charts.ACCENTS, charts.STRONG),
}
"""Substance -> charts, each as likely as any other; others are never dyed. What nobody knows is painted."""
_FURNITURE = (
    "chair office_chair armchair sofa stool bar_stool bench ottoman bean_bag chaise_longue rocking_chair high_chair "
    "child_chair child_table deck_chair garden_chair garden_table hammock park_bench picnic_table bed bunk_bed crib "
    "dining_table coffee_table side_table desk console_table bedside_table bar_table game_table dresser wardrobe "
    "cabinet kitchen_cabinet wall_cabinet bookcase shelf wall_shelf tv_stand locker filing_cabinet "
    "table_lamp floor_lamp wall_lamp ceiling_lamp lantern"
)
_CLOTHS = "cushion pillow blanket towel curtain shower_curtain tablecloth mat rug clothes hat shoes bag"
_SMALL = (
    "vase jar bowl cup plate teapot planter candle candle_holder bucket basket watering_can umbrella_stand book box "
    "crate suitcase gift magazine_rack toy ball balloon skateboard kettle toaster blender coffee_maker pan speaker fan "
    "vacuum_cleaner phone clock photo_frame bottle can pen toiletry headphones mouse tool kitchen_utensil eyeglasses "
    "sponge figurine battery tablet stereo camera flashlight helmet desk_item chopping_board condiment"
)
_OUTSIDE = (
    "door garage_door shutter fence gate railing parasol umbrella tent street_lamp bollard mailbox boat canoe sled "
    "shipping_container dumpster bin barrel wheelbarrow ladder baby_carriage"
)
_VEHICLES = "car van truck bus tram trailer motorcycle motor_scooter kick_scooter bicycle tricycle"
COLORFUL = frozenset(f"{_FURNITURE} {_CLOTHS} {_SMALL} {_OUTSIDE} {_VEHICLES}".split())
"""Classes of things that are made in many colours."""
_OWN = (
    "skin hair face hand head eye tire tyre wheel rueda neumatico rubber screen display bulb lamp light glass window "
    "mirror soil ground earth leaf flower food water flame page logo"
)
_NEVER = frozenset(_OWN.split())
"""Words in a part's name that tell that it has its own colour."""
_LEAST_SHARE = 0.12
"""Of the model's surface: less would hardly be seen."""
_SECOND = 0.3


def draw_recolor(rng: np.random.Generator, record: AssetRecord, share: float = 0.35) -> tuple[Recolor, ...]:
    """Returns new colours for the largest part that may have one, sometimes for two; none where that is unusual.

    `share`: of the things that come in many colours. Takes as many numbers from the stream, whatever comes of it.
    """
    wanted, both = rng.random() < share, rng.random() < _SECOND
    dyes = rng.spawn(1)[0]
    if not wanted or record.class_name not in COLORFUL:
        return ()
    parts = [number for number, part in enumerate(record.parts) if _may_be_dyed(record, part)]
    return tuple(Recolor(part=number, color=_dye(dyes, record.parts[number])) for number in parts[: 1 + both])


def _may_be_dyed(record: AssetRecord, part: PartLook) -> bool:
    if part.substance not in _DYED or part.opacity < 1.0 or part.area_share < _LEAST_SHARE:
        return False
    if record.class_name in _VEHICLES.split() and part.color_name == "black":
        return False  # tyres
    if part.substance == "paper" and part.color_name in ("white", "beige"):
        return False  # leaves
    return not _words(part.name) & _NEVER


def _words(name: str) -> set[str]:
    plain = "".join(letter if letter.isalpha() else " " for letter in name.lower()).split()
    return {*plain, *(word.removesuffix("s") for word in plain)}


def _dye(rng: np.random.Generator, part: PartLook) -> tuple[float, float, float]:
    some: Sequence[Chart] = _DYED[part.substance]
    return near(rng, some[int(rng.integers(len(some)))])
