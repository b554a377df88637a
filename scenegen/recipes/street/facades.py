"""Facades: what a face of a building is made of, in layers of one surface each.

Walls are real: openings are holes, in which frames and panes lie back, with a dark room or a curtain behind the glass.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from assets_catalog.record import AssetRecord
from scenegen.recipes.solid import Vec2
from scenegen.recipes.street.house import WALL_M, Face, House, Opening
from schemas.scene_plan import Box

REVEAL_M = 0.13
"""How deep frames lie in the wall."""
_FRAME_M = 0.06
_PANE_M = 0.012
_FAR_CURTAINS = 0.28
"""Share of the windows of far houses that have any."""
_ROOM_M = 0.30
"""How deep the dark behind the panes lies."""


@dataclass(frozen=True)
class Style:
    """What all windows of a building share."""

    mullions: int
    transom: float | None
    """Where a bar lies across, as a share of the height."""
    surround: str
    """none, lintel or frame."""
    sill: bool
    shutters: bool
    curtains: float
    """Share of the windows that have any."""
    model: AssetRecord | None = None
    """A catalog's window in place of ours."""


class Layers:
    """Boxes of a building by the surface they have."""

    def __init__(self) -> None:
        self.boxes: dict[str, list[Box]] = defaultdict(list)
        self.models: list[tuple[AssetRecord, Vec2, float, Face]] = []
        """Catalog's windows and doors: where their middle stands in the house's axes, and how high."""

    def add(self, layer: str, *boxes: Box) -> None:
        """Adds boxes to a layer."""
        self.boxes[layer].extend(boxes)


def draw_style(rng: np.random.Generator, modern: bool, model: AssetRecord | None) -> Style:
    """Returns how a building's windows look; modern ones are plain."""
    return Style(
        mullions=int(rng.integers(0, 3)) if not modern else int(rng.integers(0, 2)),
        transom=None if modern or rng.random() < 0.5 else float(rng.uniform(0.6, 0.72)),
        surround="none" if modern else str(rng.choice(["none", "lintel", "lintel", "frame", "frame", "frame"])),
        sill=bool(rng.random() < (0.3 if modern else 0.85)),
        shutters=bool(not modern and rng.random() < 0.25),
        curtains=float(rng.uniform(0.3, 0.8)),
        model=model,
    )


def glaze(rng: np.random.Generator, layers: Layers, face: Face, openings: Sequence[Opening], style: Style) -> None:
    """Fills the openings of a face near the cameras."""
    for opening in openings:
        if opening.kind == "door":
            continue
        if style.model and opening.kind == "window":
            _model_window(layers, face, opening, style.model)
        else:
            _made_window(layers, face, opening, style)
        _behind(rng, layers, face, opening, style)
        _dress(layers, face, opening, style)


def _model_window(layers: Layers, face: Face, opening: Opening, model: AssetRecord) -> None:
    middle = face.point((opening.u[0] + opening.u[1]) / 2, REVEAL_M - 0.08 + model.size_m[1] / 2)
    layers.models.append((model, middle, opening.z[0], face))


def _made_window(layers: Layers, face: Face, opening: Opening, style: Style) -> None:
    (u0, u1), (z0, z1) = opening.u, opening.z
    w = REVEAL_M, REVEAL_M + 0.06
    frame = 0.05 if opening.kind == "shop" else _FRAME_M
    bars = [
        face.box((u0, u0 + frame), w, (z0, z1)),
        face.box((u1 - frame, u1), w, (z0, z1)),
        face.box((u0 + frame, u1 - frame), w, (z0, z0 + frame)),
        face.box((u0 + frame, u1 - frame), w, (z1 - frame, z1)),
    ]
    count = style.mullions if opening.kind == "window" else max(1, round((u1 - u0) / 1.4)) - 1
    for number in range(count):
        u = u0 + (number + 1) * (u1 - u0) / (count + 1)
        bars.append(face.box((u - 0.025, u + 0.025), w, (z0 + frame, z1 - frame)))
    if style.transom and opening.kind == "window":
        z = z0 + style.transom * (z1 - z0)
        bars.append(face.box((u0 + frame, u1 - frame), (w[0] + 0.005, w[1] - 0.005), (z - 0.025, z + 0.025)))
    layers.add("frame", *bars)
    pane = REVEAL_M + 0.024, REVEAL_M + 0.024 + _PANE_M
    layers.add("pane", face.box((u0 + 0.01, u1 - 0.01), pane, (z0 + 0.01, z1 - 0.01)))


def _behind(rng: np.random.Generator, layers: Layers, face: Face, opening: Opening, style: Style) -> None:
    """Puts what is seen through a pane: the dark of a room, and curtains or a blind on some."""
    (u0, u1), (z0, z1) = opening.u, opening.z
    if opening.kind == "shop":
        _display(rng, layers, face, opening)
        return
    layers.add("room", face.box((u0, u1), (_ROOM_M, WALL_M), (z0, z1)))
    if rng.random() > style.curtains:
        return
    w = 0.265, 0.285
    if rng.random() < 0.35:
        layers.add("curtain", face.box((u0 + 0.02, u1 - 0.02), w, (z1 - float(rng.uniform(0.25, 0.9)) * (z1 - z0), z1)))
        return
    wide = float(rng.uniform(0.16, 0.5)) * (u1 - u0)
    low = z0 + 0.03
    left, right = (u0 + 0.02, u0 + wide), (u1 - wide, u1 - 0.02)
    layers.add("curtain", face.box(left, w, (low, z1)), face.box(right, w, (low, z1)))


def _display(rng: np.random.Generator, layers: Layers, face: Face, opening: Opening) -> None:
    """Puts goods before the back of a shop window, close together on its floor."""
    (u0, u1), (z0, z1) = opening.u, opening.z
    layers.add("display", face.box((u0, u1), (_ROOM_M, WALL_M), (z0, z1)))
    at = u0 + float(rng.uniform(0.1, 0.4))
    while at < u1 - 0.5:
        wide, high = float(rng.uniform(0.12, 0.4)), float(rng.uniform(0.15, 0.75)) * (z1 - z0)
        layers.add("goods", face.box((at, at + wide), (0.2, 0.27), (z0, z0 + high)))
        at += wide + float(rng.uniform(0.04, 0.5))


def _dress(layers: Layers, face: Face, opening: Opening, style: Style) -> None:
    (u0, u1), (z0, z1) = opening.u, opening.z
    if opening.kind == "shop":
        return
    if style.sill:
        layers.add("trim", face.box((u0 - 0.08, u1 + 0.08), (-0.07, REVEAL_M), (z0 - 0.09, z0 + 0.012)))
    if style.surround != "none":
        layers.add("trim", face.box((u0 - 0.16, u1 + 0.16), (-0.035, 0.05), (z1 - 0.006, z1 + 0.17)))
    if style.surround == "frame":
        layers.add(
            "trim", *(face.box(u, (-0.025, 0.05), (z0, z1)) for u in ((u0 - 0.13, u0 + 0.006), (u1 - 0.006, u1 + 0.13)))
        )
    if style.shutters and style.surround != "frame":
        wide = min(0.5, 0.5 * (u1 - u0))
        for u in ((u0 - wide - 0.02, u0 - 0.02), (u1 + 0.02, u1 + wide + 0.02)):
            layers.add("shutter", face.box(u, (-0.045, 0.0), (z0, z1)))


def glaze_far(rng: np.random.Generator, layers: Layers, face: Face, openings: Sequence[Opening]) -> None:
    """Fills the openings of a far face: one sheet of glass and one of darkness behind the whole wall, and curtains."""
    if not openings:
        return
    u = min(each.u[0] for each in openings) - 0.02, max(each.u[1] for each in openings) + 0.02
    z = min(each.z[0] for each in openings) - 0.02, max(each.z[1] for each in openings) + 0.02
    layers.add("pane", face.box(u, (REVEAL_M, REVEAL_M + 0.03), z))
    layers.add("room", face.box(u, (_ROOM_M - 0.02, _ROOM_M), z))
    for each in openings:
        if rng.random() < _FAR_CURTAINS:
            (u0, u1), (z0, z1) = each.u, each.z
            low = z0 + float(rng.choice([0.0, 0.3, 0.6])) * (z1 - z0) + 0.03
            right = u0 + float(rng.choice([0.4, 1.0, 1.0])) * (u1 - u0) - 0.02
            layers.add("curtain", face.box((u0 + 0.02, right), (0.2, 0.22), (low, z1)))


def panels(layers: Layers, face: Face, openings: Sequence[Opening]) -> None:
    """Adds plates beneath the windows of upper storeys, down to the window below."""
    columns: dict[Vec2, list[Opening]] = defaultdict(list)
    for each in openings:
        columns[(round(each.u[0], 3), round(each.u[1], 3))].append(each)
    for u, column in columns.items():
        column.sort(key=lambda each: each.z)
        for lower, upper in pairwise(column):
            if upper.z[0] - lower.z[1] > 0.35 and lower.storey > 0:
                layers.add("panel", face.box(u, (-0.02, 0.0), (lower.z[1] + 0.1, upper.z[0] - 0.1)))


def bands(rng: np.random.Generator, layers: Layers, face: Face, house: House, depth: float) -> None:
    """Adds plinth, bands between storeys and a cornice to a face; they stand out by up to `depth`."""
    length = face.length
    top = house.height
    holes = (0.0, length)
    if rng.random() < 0.8:
        layers.add("trim", face.box(holes, (-depth, 0.1), (top - 0.14, top + 0.04)))
        layers.add("trim", face.box(holes, (-0.55 * depth, 0.1), (top - 0.32, top - 0.14)))
    if rng.random() < 0.5 and house.storeys > 1:
        low = 1 if not house.shop else 2
        for storey in range(low, house.storeys):
            z = house.floor(storey)
            layers.add("trim", face.box(holes, (-0.05, 0.05), (z - 0.1, z + 0.08)))
