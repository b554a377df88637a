"""Palette: the surfaces of one room, as they are usual for what it is: drawn by `scenegen.recipes.materials`.

Walls are alike, but for an accent here and there; an L has its accent on a wall that ends in no jutting corner.
"""

from dataclasses import dataclass, replace

import numpy as np

from scenegen.recipes import materials
from scenegen.recipes.draws import uniform
from scenegen.recipes.materials import Place
from scenegen.recipes.room.shape import Shape
from schemas.surface import Surface

_ACCENTED: dict[Place, float] = {"living": 0.4, "bed": 0.4, "dining": 0.35, "office": 0.25, "corridor": 0.15}
"""How often a room has a wall unlike the others; in other places, never."""
_FLOOR_SHARE, _WALL_SHARE, _ACCENT_SHARE, _RUG_SHARE = 0.55, 0.4, 0.5, 0.5
"""In sets of pictures, where the catalog has some that suit."""


@dataclass(frozen=True)
class Palette:
    """Surfaces of all that is made of boxes."""

    place: Place
    floor: Surface
    walls: tuple[Surface, ...]
    """In the order of the room's walls."""
    ceiling: Surface
    trim: Surface
    """Skirting, cornice, architrave, and mostly the window frames."""
    window: Surface
    door: Surface
    metal: Surface
    curtain: Surface
    rug: Surface
    canvases: tuple[Surface, ...]
    """Pictures of our own, where the catalog has none."""
    grass: Surface
    hedge: Surface
    facade: Surface
    roof: Surface
    pane: Surface
    """Windows of the houses outside."""
    fronts: Surface
    """Doors and drawers of what is built in."""
    worktop: Surface
    glaze: Surface
    """Tubs, basins and toilets."""
    mirror: Surface


def plan_palette(rng: np.random.Generator, shape: Shape, place: Place = "living") -> Palette:
    """Returns the surfaces of one room."""
    trim = materials.draw_trim(rng, place)
    wood = materials.draw_wood(rng)
    return Palette(
        place=place,
        floor=materials.draw_floor(rng, place),
        walls=_walls(rng, shape, place),
        ceiling=materials.draw_ceiling(rng, place),
        trim=trim,
        window=wood if rng.random() < 0.25 else trim,
        door=materials.draw_door(rng, place),
        metal=materials.draw_metal(rng),
        curtain=materials.draw_curtain(rng),
        rug=materials.draw_rug(rng),
        canvases=tuple(materials.draw_canvas(rng) for _ in range(6)),
        grass=materials.draw_terrain(rng, "lawn"),
        hedge=materials.draw_hedge(rng),
        facade=materials.draw_facade(rng),
        roof=materials.draw_roof(rng),
        pane=Surface(finish="paint", color=(0.16, 0.19, 0.23), roughness=0.1),
        fronts=_clean(materials.draw_door(rng, place)),
        worktop=_worktop(rng),
        glaze=Surface(finish="ceramic", color=(0.93, 0.93, 0.91), roughness=uniform(rng, 0.05, 0.15)),
        mirror=materials.draw_mirror(rng),
    )


def next_door(palette: Palette, other: Palette) -> Palette:
    """Returns a palette with the joinery and the outside of another: two rooms of one home."""
    shared = ("trim", "window", "door", "metal", "grass", "hedge", "facade", "roof", "pane")
    return replace(palette, **{name: getattr(other, name) for name in shared})


def in_sets(rng: np.random.Generator, palette: Palette, textures: materials.Textures) -> Palette:
    """Returns the palette with floor, rug and walls in sets of pictures that suit; as it is where there are none."""
    floor = materials.in_pictures(rng, palette.floor, textures, _FLOOR_SHARE)
    rug = materials.in_pictures(rng, palette.rug, textures, _RUG_SHARE)
    others = {asset_id: record for asset_id, record in textures.items() if asset_id != floor.texture}
    base = max(palette.walls, key=palette.walls.count)
    accent = next((wall for wall in palette.walls if wall != base), base)
    papered = materials.in_pictures(rng, base, others, _WALL_SHARE)
    coarse = materials.in_pictures(rng, accent, others, _ACCENT_SHARE)
    walls = tuple(papered if wall == base else coarse for wall in palette.walls)
    return replace(palette, floor=floor, rug=rug, walls=walls)


def _walls(rng: np.random.Generator, shape: Shape, place: Place) -> tuple[Surface, ...]:
    """Walls alike, or all but one."""
    base, accent = materials.draw_wall(rng, place), materials.draw_accent_wall(rng, place)
    free = [wall.index for wall in shape.walls if not any(wall.juts)]
    accented, which = rng.random() < _ACCENTED.get(place, 0.0), free[int(rng.integers(len(free)))]
    return tuple(accent if accented and wall.index == which else base for wall in shape.walls)


def _worktop(rng: np.random.Generator) -> Surface:
    """Returns stone in one slab, wood or laminate."""
    draw = rng.random()
    if draw < 0.4:
        return materials.draw_stone(rng).model_copy(update={"scale_m": 3.5, "relief": 0.2, "roughness": 0.25})
    if draw < 0.75:
        return materials.draw_wood(rng, (0.0, 0.5))
    return materials.draw_plastic(rng).model_copy(update={"color": (0.82, 0.81, 0.78), "roughness": 0.45})


def _clean(surface: Surface) -> Surface:
    return surface.model_copy(update={"wear": min(surface.wear, 0.2)})
