"""Builder: who builds a street, and what all its buildings have in common."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from scenegen.recipes.materials import (
    draw_concrete,
    draw_curtain,
    draw_facade,
    draw_pane,
    draw_roof,
)
from scenegen.recipes.street.joined import merged
from scenegen.recipes.street.kinds import Kind
from scenegen.recipes.street.network import Network
from scenegen.recipes.street.palette import Palette, draw_palette
from scenegen.recipes.street.roofs import Pitch, draw_pitch
from scenegen.recipes.street.site import Site
from scenegen.recipes.street.stock import Stock
from scenegen.recipes.thing import Thing
from schemas.surface import Surface

_FAR_BINS_M = (130.0,)


@dataclass
class Builder:
    """Builds on plots; knows what all far buildings share, and which models it has used."""

    network: Network
    site: Site
    stock: Stock
    looks: "Looks"
    far_things: list[Thing] = field(default_factory=list)
    """Parts of far buildings, to be joined once all are built."""
    rooms: list[Thing] = field(default_factory=list)
    """What is behind the panes of near ones, likewise."""
    models_left: int = 32
    """Windows of the catalog that may still be used; each is an object."""
    used: Counter[str] = field(default_factory=Counter)

    @property
    def kind(self) -> Kind:
        """The kind of place."""
        return self.network.kind


@dataclass(frozen=True)
class Looks:
    """What the buildings of a street have in common; the far ones so much that many are few objects."""

    walls: tuple[Surface, ...]
    blocks: tuple[Surface, ...]
    parts: Mapping[str, Surface]
    pitch: Pitch
    palette: Palette
    """Of near ones, too."""


def open_builder(rng: np.random.Generator, network: Network, site: Site, stock: Stock) -> Builder:
    """Returns a builder with the looks of what is far off."""
    room = Surface(finish="paint", color=(0.05, 0.05, 0.06), roughness=0.9)
    curtain = draw_curtain(rng).model_copy(update={"finish": "paint"})
    parts = {"pane": draw_pane(rng), "room": room, "roof": draw_roof(rng), "curtain": curtain}
    walls = tuple(_kept(draw_facade(rng)) for _ in range(2))
    blocks = _kept(draw_concrete(rng)), _kept(draw_facade(rng))
    return Builder(network, site, stock, Looks(walls, blocks, parts, draw_pitch(rng, in_row=False), draw_palette(rng)))


def _kept(surface: Surface) -> Surface:
    """Returns a wall's surface in the state that houses are kept in."""
    return surface.model_copy(update={"wear": 0.5 * surface.wear})


def join_far(builder: Builder) -> None:
    """Adds all far buildings to the site: those about as far off, of one look, are one thing."""
    bins: dict[int, list[Thing]] = {}
    for thing in builder.far_things:
        away_m = math.hypot(*thing.position_m[:2])
        bins.setdefault(int(np.searchsorted(_FAR_BINS_M, away_m)), []).append(thing)
    for things in (*bins.values(), builder.rooms):
        builder.site.add(*merged(things))
