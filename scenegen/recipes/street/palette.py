"""Palette: what the houses of a street are made of. Few surfaces, so that a street is quickly built."""

from dataclasses import dataclass

import numpy as np

from scenegen.recipes.materials import (
    draw_concrete,
    draw_curtain,
    draw_door,
    draw_facade,
    draw_painted_metal,
    draw_roof,
    draw_stone,
    draw_trim,
)
from scenegen.recipes.street.building_kinds import Build
from schemas.surface import Color, Surface

_PANE = Surface(finish="glass", color=(0.93, 0.96, 0.95), roughness=0.02)

_ROOM = Surface(finish="paint", color=(0.06, 0.06, 0.07), roughness=0.9)

_STEP = Surface(finish="concrete", color=(0.62, 0.61, 0.58), roughness=0.9, scale_m=2.0, wear=0.4)

_IRON = Surface(finish="paint", color=(0.09, 0.1, 0.11), roughness=0.4)
"""What all buildings of a street have in common."""

_BILL = Surface(finish="canvas", color=(0.8, 0.76, 0.68), second_color=(0.2, 0.25, 0.4), roughness=0.7, scale_m=0.4)

_PLATE = Surface(finish="paint", color=(0.12, 0.2, 0.42), roughness=0.35)

_PLATE_INK = Surface(finish="paint", color=(0.92, 0.92, 0.9), roughness=0.35)

_LEAVES = Surface(finish="foliage", color=(0.25, 0.38, 0.17), roughness=0.7, scale_m=0.03)

_PIPES: tuple[Color, ...] = ((0.55, 0.57, 0.58), (0.3, 0.31, 0.32), (0.5, 0.38, 0.3), (0.78, 0.78, 0.76))

_BLOSSOMS: tuple[Color, ...] = ((0.78, 0.16, 0.14), (0.82, 0.38, 0.5), (0.86, 0.84, 0.8), (0.55, 0.32, 0.62))

_LIGHT = 0.5
"""How light a board is on which dark letters stand."""

_FRAMES: tuple[Color, ...] = (
    (0.9, 0.9, 0.88), (0.86, 0.85, 0.8), (0.9, 0.9, 0.88), (0.2, 0.21, 0.22), (0.36, 0.25, 0.17), (0.55, 0.56, 0.55),
)  # fmt: skip

_SHUTTERS: tuple[Color, ...] = (
    (0.24, 0.33, 0.27), (0.32, 0.38, 0.42), (0.38, 0.25, 0.2), (0.72, 0.71, 0.66), (0.36, 0.29, 0.22),
    (0.2, 0.26, 0.34),
)  # fmt: skip


_WHITE, _BLACK, _GOLD = (0.93, 0.92, 0.88), (0.08, 0.08, 0.09), (0.78, 0.62, 0.3)


@dataclass(frozen=True)
class Palette:
    """What the houses of a street are made of, beside their walls: few surfaces, each on several."""

    trims: tuple[Surface, ...]
    frames: tuple[Surface, ...]
    shutters: tuple[Surface, ...]
    accents: tuple[Surface, ...]
    doors: tuple[Surface, ...]
    roofs: tuple[Surface, ...]
    cloths: tuple[Surface, ...]
    plinths: tuple[Surface, ...]
    pipes: tuple[Surface, ...]
    blossoms: tuple[Surface, ...]


def draw_palette(rng: np.random.Generator) -> Palette:
    """Returns the surfaces of one street."""
    return Palette(
        trims=(draw_stone(rng), draw_trim(rng), draw_trim(rng)),
        frames=tuple(Surface(finish="paint", color=color, roughness=0.4) for color in _some(rng, _FRAMES, 3)),
        shutters=tuple(
            Surface(finish="paint", color=color, roughness=0.6, wear=0.3) for color in _some(rng, _SHUTTERS, 2)
        ),
        accents=tuple(draw_painted_metal(rng) for _ in range(4)),
        doors=tuple(draw_door(rng).model_copy(update={"finish": "paint"}) for _ in range(3)),
        roofs=tuple(draw_roof(rng) for _ in range(3)),
        cloths=tuple(draw_curtain(rng).model_copy(update={"finish": "paint"}) for _ in range(3)),
        plinths=(draw_concrete(rng, wear=(0.2, 0.7)), draw_stone(rng)),
        pipes=tuple(Surface(finish="metal", color=color, roughness=0.5, wear=0.3) for color in _some(rng, _PIPES, 2)),
        blossoms=tuple(Surface(finish="foliage", color=color, scale_m=0.03) for color in _some(rng, _BLOSSOMS, 2)),
    )


def _some(rng: np.random.Generator, colors: tuple[Color, ...], count: int) -> list[Color]:
    return [colors[number] for number in rng.permutation(len(colors))[:count].tolist()]


def surfaces_of(rng: np.random.Generator, build: Build, palette: Palette) -> dict[str, Surface]:
    """Returns a surface for each layer; parts of one substance share one."""
    wall = draw_concrete(rng) if build.modern and rng.random() < 0.25 else draw_facade(rng)
    wall = wall.model_copy(update={"wear": 0.45 * wall.wear})
    panel = draw_facade(rng).model_copy(update={"finish": "paint", "wear": 0.1})

    def of(surfaces: tuple[Surface, ...]) -> Surface:
        return surfaces[int(rng.integers(len(surfaces)))]

    sign = of(palette.accents)
    return {
        "wall": wall,
        "trim": of(palette.trims),
        "frame": of(palette.frames),
        "pane": _PANE,
        "room": _ROOM,
        "curtain": of(palette.cloths),
        "display": of(palette.cloths),
        "goods": of(palette.accents),
        "shutter": of(palette.shutters),
        "door": of(palette.doors),
        "step": _STEP,
        "balcony": _STEP,
        "railing": _IRON,
        "sign": sign,
        "plinth": of(palette.plinths),
        "pipe": of(palette.pipes),
        "plate": _PLATE,
        "plate ink": _PLATE_INK,
        "flower box": of(palette.accents),
        "leaves": _LEAVES,
        "blossoms": of(palette.blossoms),
        "letters": _readable_on(sign),
        "bill": _BILL,
        "panel": panel,
        "chimney": wall,
        "roof": of(palette.roofs),
        "awning": of(palette.cloths),
    }


def _readable_on(board: Surface) -> Surface:
    """Returns the paint of letters that stand out from a board: dark ones on what is light, light ones else."""
    red, green, blue = board.color
    light = 0.3 * red + 0.6 * green + 0.1 * blue
    color = _BLACK if light > _LIGHT else _GOLD if board.variant % 3 == 0 else _WHITE
    return Surface(finish="paint", color=color, roughness=0.4)
