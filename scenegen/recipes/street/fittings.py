"""Fittings: what is fixed to a house near the cameras: plinth, gutter and downpipes, number, flower boxes, aerials."""

from collections.abc import Sequence

import numpy as np

from scenegen.recipes.solid import Vec2
from scenegen.recipes.street.facades import Layers
from scenegen.recipes.street.house import Face, House, Opening, front, pierced
from scenegen.recipes.street.lettering import written
from scenegen.recipes.street.roofs import Pitch, ridge_m
from scenegen.recipes.thing import box

_PLINTH_M = 0.024
_SLOT_M = 0.04
_BOXES = 0.3
"""Share of the houses whose windows have flower boxes."""


def plinth(rng: np.random.Generator, layers: Layers, face: Face, openings: Sequence[Opening], high: float) -> None:
    """Adds another surface along the foot of a wall."""
    low = [each for each in openings if each.storey == 0]
    layers.add("plinth", *pierced(face, low, (-0.3, high), (-_PLINTH_M, 0.0)))


def drains(rng: np.random.Generator, layers: Layers, house: House, pitch: Pitch | None) -> None:
    """Adds a gutter below the eaves, and pipes down the front beside both ends or one of them."""
    face, top = front(house), house.height - 0.12
    if pitch:
        low = house.height - pitch.eaves_m * np.tan(pitch.angle_rad)
        x, y = house.width / 2 + pitch.verge_m, -pitch.eaves_m
        layers.add("pipe", box((-x, y - 0.12, float(low) - 0.03), (x, y + 0.005, float(low) + 0.08)))
        layers.add(
            "pipe", *(face.box((u, u + 0.06), (-pitch.eaves_m, -0.02), (top - 0.06, top + 0.01)) for u in (0.02,))
        )
    ends = (0.02, face.length - 0.08) if rng.random() < 0.35 else (0.02,)
    for u in ends:
        layers.add("pipe", face.box((u, u + 0.06), (-0.1, -0.03), (0.06, top)))
        layers.add(
            "pipe",
            *(face.box((u - 0.01, u + 0.07), (-0.11, 0.0), (z, z + 0.04)) for z in np.arange(0.9, top - 0.3, 2.1)),
        )
        layers.add("pipe", face.box((u, u + 0.06), (-0.13, -0.03), (0.06, 0.14)))


def number_plate(rng: np.random.Generator, layers: Layers, house: House, door: Opening, out: float) -> None:
    """Adds the number of a house above its door, on a wall that stands out so far there."""
    face, u, z = front(house), (door.u[0] + door.u[1]) / 2, door.z[1] + 0.03
    layers.add("plate", face.box((u - 0.11, u + 0.11), (-out - 0.012, -out), (z, z + 0.14)))
    for across, up in written(str(int(rng.integers(1, 180))), (0.17, 0.09)):
        layers.add(
            "plate ink",
            face.box(
                (u + across[0], u + across[1]), (-out - 0.016, -out - 0.012), (z + 0.07 + up[0], z + 0.07 + up[1])
            ),
        )


def _ends(at: float, run: Vec2) -> Vec2:
    return at + run[0], at + run[1]


def flower_boxes(
    rng: np.random.Generator, layers: Layers, house: House, openings: Sequence[Opening], has_sills: bool
) -> None:
    """Hangs boxes with flowers below some windows of upper storeys."""
    face = front(house)
    if not has_sills or rng.random() > _BOXES:
        return
    for each in openings:
        if each.storey == 0 or rng.random() < 0.35:
            continue
        (u0, u1), z = each.u, each.z[0] - 0.02
        layers.add("flower box", face.box((u0, u1), (-0.24, -0.072), (z - 0.17, z)))
        for number in range(int((u1 - u0) / _SLOT_M)):
            _bloom(rng, layers, face, (u0 + number * _SLOT_M, z))


def _bloom(rng: np.random.Generator, layers: Layers, face: Face, at: Vec2) -> None:
    """Adds what grows in one slot of a box, upward and over its edge: leaves or blossoms, never in one another."""
    (u, z), layer = at, "blossoms" if rng.random() < 0.4 else "leaves"
    run = u + 0.002, u + _SLOT_M - 0.002
    for w in (-0.2, -0.14):
        layers.add(layer, face.box(run, (w - 0.02, w + 0.02), (z, z + float(rng.uniform(0.04, 0.24)))))
    if rng.random() < 0.5:
        layers.add(
            layer, face.box(run, (-0.27, -0.241), (z - float(rng.uniform(0.03, 0.2)), z + float(rng.uniform(0.0, 0.1))))
        )


def aerial(rng: np.random.Generator, layers: Layers, house: House, pitch: Pitch | None) -> None:
    """Adds a rod with cross-bars above the roof."""
    x, y = float(rng.uniform(-0.4, 0.4)) * house.width, house.depth * 0.5
    low = house.height + (ridge_m(house, pitch) if pitch else 0.0)
    layers.add("pipe", box((x - 0.02, y - 0.02, low), (x + 0.02, y + 0.02, low + 1.9)))
    for z in (1.3, 1.5, 1.7, 1.85):
        half = 0.28 + 0.2 * (1.9 - z)
        layers.add("pipe", box((x - half, y - 0.012, low + z), (x + half, y + 0.012, low + z + 0.024)))
