"""Textures: floors, walls and rugs of a room in sets of pictures of the catalog, where it has some that suit.

A floor keeps its kind: planks become a set of wood. A surface in a set has the set's mean colour.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np

from assets_catalog.record import Substance, TextureRecord
from scenegen.recipes.room.palette import Palette
from schemas.surface import Finish, Surface

_FLOORS: Mapping[Finish, tuple[Substance, ...]] = {
    "planks": ("wood",),
    "tiles": ("tile", "stone", "ceramic", "concrete"),
    "carpet": ("carpet", "fabric"),
}
_WALLS: tuple[Substance, ...] = ("plaster", "paper")
_ACCENTS: tuple[Substance, ...] = ("brick", "concrete", "wood", "stone", "plaster", "paper")
_RUGS: tuple[Substance, ...] = ("carpet", "fabric")
_FLOOR_SHARE, _WALL_SHARE, _ACCENT_SHARE, _RUG_SHARE = 0.55, 0.4, 0.3, 0.5
_LIGHT = 0.5
"""Least mean of the colour of what covers all walls."""

Textures = Mapping[str, TextureRecord]


def with_textures(rng: np.random.Generator, palette: Palette, textures: Textures) -> Palette:
    """Returns the palette with some of its surfaces in sets that suit; as it is where there are none."""
    floor = _drawn(rng, palette.floor, _suited(textures, _FLOORS.get(palette.floor.finish, ())), _FLOOR_SHARE)
    rug = _drawn(rng, palette.rug, _suited(textures, _RUGS), _RUG_SHARE)
    others = {asset_id: record for asset_id, record in textures.items() if asset_id != floor.texture}
    return replace(palette, floor=floor, rug=rug, walls=_walls(rng, palette, others))


def _walls(rng: np.random.Generator, palette: Palette, textures: Textures) -> tuple[Surface, Surface, Surface, Surface]:
    """Papers or plasters the walls of one colour alike; the accent, or any one wall, may be of brick and the like."""
    walls = list(palette.walls)
    base = max(walls, key=walls.count)
    accents = [wall for wall in range(4) if walls[wall] != base]
    light = [record for record in _suited(textures, _WALLS) if sum(record.color) / 3 >= _LIGHT]
    papered = _drawn(rng, base, light, _WALL_SHARE)
    accent = accents[0] if accents else int(rng.integers(4))
    coarse = _drawn(rng, walls[accent], _suited(textures, _ACCENTS), _ACCENT_SHARE)
    south, east, north, west = (
        coarse if wall == accent and coarse.texture else papered if surface == base else surface
        for wall, surface in enumerate(walls)
    )
    return south, east, north, west


def _suited(textures: Textures, substances: Collection[Substance]) -> list[TextureRecord]:
    """Returns the sets of some substances that have no holes."""
    return [record for record in textures.values() if record.substance in substances and "opacity" not in record.maps]


def _drawn(rng: np.random.Generator, surface: Surface, suited: list[TextureRecord], share: float) -> Surface:
    """Returns the surface in one of the sets, in a share of the cases."""
    wanted, place = rng.random() < share, rng.random()
    if not suited or not wanted:
        return surface
    record = suited[int(place * len(suited))]
    return surface.model_copy(update={"texture": record.asset_id, "color": record.color})
