"""Entrances: doors and steps, what shops put on their fronts, and balconies."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assets_catalog.record import AssetRecord
from scenegen.recipes.solid import Vec2
from scenegen.recipes.street.facades import REVEAL_M, Layers
from scenegen.recipes.street.house import WALL_M, Face, House, Opening, front, front_openings
from scenegen.recipes.street.lettering import made_up, written
from schemas.scene_plan import Box

_STEP_M = 0.17
_PROUD_M = 0.004
"""By which a step is higher than the sill that it leads to: two faces never share a plane."""
_BAR_M = 0.015
_BESIDE_BOARD_M = 0.2
"""How far a board that stands out is from windows and from the ends of its front."""


def entrance(rng: np.random.Generator, layers: Layers, house: House, door: Opening, record: AssetRecord | None) -> None:
    """Adds a door, what fills the opening around it, and steps up to it."""
    face, (u0, u1), (z0, z1) = front(house), door.u, door.z
    w = REVEAL_M + 0.05, REVEAL_M + 0.1
    layers.add("room", face.box((u0, u1), (WALL_M - 0.02, WALL_M), (z0, z1)))
    if record:
        wide, deep, high = record.size_m
        middle = (u0 + u1) / 2
        layers.models.append((record, face.point(middle, REVEAL_M + deep / 2), z0, face))
        left, right, top = middle - wide / 2, middle + wide / 2, min(z0 + high, z1)
        sides = [u for u in ((u0, left), (right, u1)) if u[1] - u[0] > 0.01]
        layers.add("frame", *(face.box(u, w, (z0, z1)) for u in sides))
        if z1 - top > 0.01:
            layers.add("frame", face.box((left, right), w, (top, z1)))
    else:
        layers.add("door", face.box((u0 + 0.08, u1 - 0.08), w, (z0, z1 - 0.08)))
        panels = ((0.2, 0.85), (1.0, min(1.85, z1 - z0 - 0.2)))
        for low, high in panels:
            layers.add("door", face.box((u0 + 0.2, u1 - 0.2), (w[0] - 0.015, w[0]), (z0 + low, z0 + high)))
        layers.add("frame", face.box((u0, u0 + 0.08), w, (z0, z1)), face.box((u1 - 0.08, u1), w, (z0, z1)))
        layers.add("frame", face.box((u0 + 0.08, u1 - 0.08), w, (z1 - 0.08, z1)))
    count = round(house.base / _STEP_M)
    for step in range(count):
        out = 0.3 * (count - step)
        layers.add(
            "step", face.box((u0 - 0.2, u1 + 0.2), (-out, 0.0), (step * _STEP_M, (step + 1) * _STEP_M + _PROUD_M))
        )
    if rng.random() < 0.3 and not house.shop:
        layers.add("trim", face.box((u0 - 0.25, u1 + 0.25), (-0.8, 0.0), (z1 + 0.2, z1 + 0.32)))


def shop_dress(rng: np.random.Generator, layers: Layers, face: Face, house: House, panes: Sequence[Opening]) -> None:
    """Adds a sign above the panes, and awnings on some shops."""
    if not panes:
        return
    top = house.floor(1)
    u = min(each.u[0] for each in panes), max(each.u[1] for each in panes)
    name = made_up(rng)
    if rng.random() < 0.75:
        layers.add("sign", face.box(u, (-0.09, 0.0), (top - 0.62, top - 0.2)))
        _write(layers, face, name, (u, (top - 0.62, top - 0.2)), -0.09)
    if rng.random() < 0.5:
        at = u[0] if rng.random() < 0.5 else u[1], top + 0.05
        text = made_up(rng, (1, 3))
        if _has_room(face, house, at):
            _blade(layers, face, text, at)
    _write_on_panes(rng, layers, face, panes)
    if rng.random() < 0.5:
        for each in panes:
            _awning(layers, face, each, top - 0.66)


def _write(layers: Layers, face: Face, text: str, room: tuple[Vec2, Vec2], out: float) -> None:
    """Writes on a board whose face is at `out`, within its width and height."""
    (u0, u1), (z0, z1) = room
    u, z = (u0 + u1) / 2, (z0 + z1) / 2
    for across, up in written(text, (0.86 * (u1 - u0), 0.62 * (z1 - z0))):
        ends = (u + across[0], u + across[1]), (z + up[0], z + up[1])
        layers.add("letters", face.box(ends[0], (out - 0.014, out), ends[1]))


def _blade(layers: Layers, face: Face, text: str, at: Vec2) -> None:
    """Adds a board that stands out from the wall on an arm, written on from both sides."""
    u, z = at
    layers.add("sign", face.box((u - 0.03, u + 0.03), (-0.92, -0.2), (z, z + 0.5)))
    layers.add(
        "sign", *(face.box((u - 0.015, u + 0.015), (-0.2, 0.0), (low, low + 0.03)) for low in (z + 0.08, z + 0.39))
    )
    for side in (-1, 1):
        near, far = sorted((u + side * 0.031, u + side * 0.043))
        for across, up in written(text, (0.62, 0.3)):
            w = sorted(-0.56 + side * end for end in across)
            layers.add("letters", face.box((near, far), (w[0], w[1]), (z + 0.25 + up[0], z + 0.25 + up[1])))


def _has_room(face: Face, house: House, at: Vec2) -> bool:
    """Tells whether a board that stands out has neither a pipe beside it, nor eaves, nor a window's sill and box."""
    (u, z), off_m = at, _BESIDE_BOARD_M
    windows = [each for each in front_openings(house) if each.storey >= 1]
    is_off = all(u < each.u[0] - off_m or u > each.u[1] + off_m or each.z[0] > z + 0.8 for each in windows)
    return is_off and house.storeys > 1 and off_m < u < face.length - off_m and z + 1.0 < house.height


def _write_on_panes(rng: np.random.Generator, layers: Layers, face: Face, panes: Sequence[Opening]) -> None:
    """Puts words and bills of paper onto some shop windows, from inside."""
    w = REVEAL_M + 0.04, REVEAL_M + 0.044
    for each in panes:
        (u0, u1), (z0, z1) = each.u, each.z
        if rng.random() < 0.4:
            wide, high = float(rng.uniform(0.3, 0.6)), float(rng.uniform(0.4, 0.8))
            u, z = (
                float(rng.uniform(u0 + 0.1, max(u1 - wide - 0.1, u0 + 0.11))),
                float(rng.uniform(z0 + 0.1, z1 - high)),
            )
            layers.add("bill", face.box((u, u + wide), w, (z, z + high)))
        if rng.random() < 0.35:
            middle = (u0 + u1) / 2, z0 + float(rng.uniform(0.5, 0.8)) * (z1 - z0)
            for across, up in written(made_up(rng, (1, 3)), (0.6 * (u1 - u0), 0.22)):
                ends = (middle[0] + across[0], middle[0] + across[1]), (middle[1] + up[0], middle[1] + up[1])
                layers.add("letters", face.box(ends[0], w, ends[1]))


def _awning(layers: Layers, face: Face, pane: Opening, top: float) -> None:
    """Adds cloth that falls outward in narrow steps, with a flap at its edge."""
    count, deep, fall = 10, 1.2, 0.45
    for number in range(count):
        w = -(number + 1) * deep / count, -number * deep / count
        z = top - (number + 1) * fall / count
        layers.add("awning", face.box((pane.u[0] - 0.1, pane.u[1] + 0.1), w, (z - 0.02, z + fall / count + 0.001)))
    edge = top - fall
    layers.add(
        "awning", face.box((pane.u[0] - 0.1, pane.u[1] + 0.1), (-deep - 0.015, -deep), (edge - 0.22, edge + 0.05))
    )


@dataclass(frozen=True)
class _Balcony:
    """What the balconies of a house share."""

    deep: float
    has_bars: bool


def balconies(rng: np.random.Generator, layers: Layers, house: House, openings: Sequence[Opening]) -> None:
    """Adds balconies before some windows, one above the other, with railings of bars or plates."""
    bays = sorted({round((each.u[0] + each.u[1]) / 2, 3) for each in openings})
    chosen = {bay for bay in bays if rng.random() < 0.5}
    shape = _Balcony(float(rng.uniform(0.6, 1.4)), bool(rng.random() < 0.6))
    for each in openings:
        if round((each.u[0] + each.u[1]) / 2, 3) in chosen:
            _balcony(layers, house, each, shape)


def _balcony(layers: Layers, house: House, opening: Opening, shape: _Balcony) -> None:
    face, floor, deep = front(house), house.floor(opening.storey), shape.deep
    u0, u1 = opening.u[0] - 0.2, opening.u[1] + 0.2
    layers.add("balcony", face.box((u0, u1), (-deep, 0.0), (floor - 0.16, floor - 0.02)))
    low, top = floor - 0.02, floor + 0.95
    layers.add("railing", face.box((u0, u1), (-deep, -deep + 0.045), (top - 0.045, top)))
    for ends in ((u0, u0 + 0.045), (u1 - 0.045, u1)):
        layers.add("railing", face.box(ends, (-deep + 0.045, 0.0), (top - 0.045, top)))
    if not shape.has_bars:
        layers.add("railing", face.box((u0 + 0.05, u1 - 0.05), (-deep + 0.01, -deep + 0.03), (low + 0.06, top - 0.08)))
        return
    for u in np.linspace(u0 + _BAR_M, u1 - _BAR_M, max(4, round((u1 - u0) / 0.13))).tolist():
        layers.add("railing", _bar(face, u, -deep + 0.02, (low, top - 0.045)))
    for w in np.linspace(-deep + 0.15, -0.1, max(2, round(deep / 0.15))).tolist():
        layers.add("railing", *(_bar(face, u, w, (low, top - 0.045)) for u in (u0 + 0.02, u1 - 0.02)))


def _bar(face: Face, u: float, w: float, z: Vec2) -> Box:
    return face.box((u - _BAR_M / 2, u + _BAR_M / 2), (w - _BAR_M / 2, w + _BAR_M / 2), z)
