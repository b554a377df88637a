"""Pictures: a surface shown in one of the catalog's sets of pictures, where it has one that suits.

What replaces a finish is of its substance or near it: planks become a set of wood. A surface in a set has the set's
mean colour.
"""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from assets_catalog.record import Substance, TextureRecord
from schemas.surface import Finish, Surface

Textures = Mapping[str, TextureRecord]

_SUITED: Mapping[Finish, tuple[Substance, ...]] = {
    "paint": ("plaster",),
    "plaster": ("plaster",),
    "wallpaper": ("paper",),
    "brick": ("brick",),
    "tiles": ("tile", "stone", "ceramic", "concrete"),
    "concrete": ("concrete",),
    "stone": ("stone",),
    "planks": ("wood",),
    "wood": ("wood",),
    "carpet": ("carpet", "fabric"),
    "rug": ("carpet", "fabric"),
    "fabric": ("fabric",),
    "leather": ("leather",),
    "metal": ("metal",),
    "ground": ("ground",),
    "asphalt": ("asphalt",),
    "grass": ("grass",),
    "bark": ("bark",),
    "foliage": ("foliage",),
}
"""Finish -> what a set that takes its place may show; of others none does."""


def in_pictures(rng: np.random.Generator, surface: Surface, textures: Textures, share: float = 0.4) -> Surface:
    """Returns the surface in a set that shows what its finish does, in a share of the cases, where there is one."""
    return in_one_of(rng, surface, suited(textures, _SUITED.get(surface.finish, ())), share)


def in_one_of(rng: np.random.Generator, surface: Surface, sets: Sequence[TextureRecord], share: float) -> Surface:
    """Returns the surface in one of some sets, in a share of the cases; takes two numbers, whatever comes of it."""
    wanted, place = rng.random() < share, rng.random()
    if not sets or not wanted:
        return surface
    record = sets[int(place * len(sets))]
    return surface.model_copy(update={"texture": record.asset_id, "color": record.color})


def suited(textures: Textures, substances: Collection[Substance], least_light: float = 0.0) -> list[TextureRecord]:
    """Returns the sets of some substances that have no holes, and whose colours' mean is light enough."""
    return [
        record
        for record in textures.values()
        if record.substance in substances and "opacity" not in record.maps and sum(record.color) / 3 >= least_light
    ]
