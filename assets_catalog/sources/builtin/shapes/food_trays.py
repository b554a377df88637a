"""Food by the tray: crates of fruit, eggs in their carton."""

import math

import numpy as np

from assets_catalog.mesh import AssetMaterial
from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.looks import Finish, look
from assets_catalog.sources.builtin.shapes.lying import along
from assets_catalog.sources.builtin.shapes.produce import rounded, skin, uneven
from assets_catalog.sources.builtin.shapes.shape import Layer, Shape
from assets_catalog.sources.builtin.shapes.solids import Solid, box
from assets_catalog.sources.builtin.shapes.turnery import curve, hollow, lathe

_SOLD: tuple[tuple[str, tuple[str, ...], float], ...] = (
    ("apple", ("a32a24", "8fa03a", "b8452e", "c9b04a"), 1.04),
    ("orange", ("d5782a", "dd8b2c"), 1.0),
    ("tomato", ("b3271d", "c23a22"), 1.08),
    ("lemon", ("dcc23c", "e2cd52"), 0.8),
    ("onion", ("b9793c", "c79a5a"), 1.02),
    ("peach", ("d98a5a", "c9603f"), 1.02),
)
"""What crates are full of: the kind, its colours, and how broad it is for its height."""


def egg_carton(rng: np.random.Generator) -> Shape:
    """Returns an open tray of pulp with eggs, some taken."""
    columns, rows = int(rng.integers(2, 6)), 2
    pitch = float(rng.uniform(0.047, 0.052))
    hx, hy, high = 0.5 * columns * pitch + 0.006, 0.5 * rows * pitch + 0.006, float(rng.uniform(0.026, 0.034))
    pulp = look("paper:pulp", looks.tinted(rng, looks.one_of(rng, ("9a948a", "a88f6d", "7f8a86"))), Finish(0.95))
    solids = [box((-hx, -hy, 0.0), (hx, hy, 0.006), 0.002)]
    eggs: dict[AssetMaterial, list[Solid]] = {}
    shells = [skin(rng, "egg", "d8b08a", "efe4d2", "c99a70", rough=0.45) for _ in range(2)]
    radius = 0.5 * pitch + 0.0005
    well = lathe(
        hollow(curve([(0.4 * radius, 0.0), (0.55 * radius, 0.003), (0.9 * radius, high)], 4), 0.002, 0.003), 14
    )
    line = [(0.0215 * math.cos(t) * (1 - 0.1 * math.sin(t)), 0.0285 * math.sin(t)) for t in along(-1.5708, 1.5708, 12)]
    for i in range(columns):
        for k in range(rows):
            x, y = (i + 0.5 - 0.5 * columns) * pitch, (k + 0.5 - 0.5 * rows) * pitch
            solids.append(well.moved(x, y, 0.004))
            if rng.random() < 0.75 or not (i or k):
                shell = shells[int(rng.random() < 0.3)]
                tall = rounded(line, 18).stretched(z=float(rng.uniform(0.94, 1.05)))
                eggs.setdefault(shell, []).append(tall.moved(x, y, 0.037))
    layers: list[Layer] = [(pulp, solids), *eggs.items()]
    return Shape(layers)


def fruit_crate(rng: np.random.Generator) -> Shape:
    """Returns a flat crate of slats, full of apples, oranges, tomatoes or lemons in two layers."""
    x, y, high = 0.5 * float(rng.uniform(0.27, 0.34)), 0.5 * float(rng.uniform(0.2, 0.3)), float(rng.uniform(0.07, 0.1))
    size = float(rng.uniform(0.032, 0.04))
    kind, colors, slim = _SOLD[int(rng.integers(len(_SOLD)))]
    line = [(slim * size * math.cos(t), size * math.sin(t)) for t in along(-0.5 * math.pi, 0.5 * math.pi, 9)]
    skins = [skin(rng, kind, *colors) for _ in range(2)]
    goods: dict[AssetMaterial, list[Solid]] = {}
    pitch = 2.04 * size
    for layer, (across, deep) in enumerate(((x, y), (x - size, y - size))):
        nx, ny = int(2 * (across - 0.01) / pitch), int(2 * (deep - 0.01) / pitch)
        for i in range(nx):
            for k in range(ny):
                if layer and rng.random() < 0.12:
                    continue
                place = (i - 0.5 * (nx - 1)) * pitch, (k - 0.5 * (ny - 1)) * pitch
                solid = uneven(rng, rounded(line, 12)).turned("x", float(rng.uniform(-1.2, 1.2)))
                low = 0.012 + size * (1.0 + 1.35 * layer) + float(rng.uniform(-0.003, 0.003))
                goods.setdefault(skins[int(rng.random() < 0.4)], []).append(solid.moved(*place, low))
    slats = [
        box((-x, i * y - 0.004, z), (x, i * y + 0.004, z + 0.026), 0.0015)
        for i in (-1, 1)
        for z in (0.004, high - 0.03)
    ]
    slats += [box((i * x - 0.005, -y, 0.0), (i * x + 0.005, y, high), 0.0015) for i in (-1, 1)]
    slats.append(box((-x + 0.004, -y + 0.003, 0.003), (x - 0.004, y - 0.003, 0.009), 0.001))
    wood = look("wood:pine", looks.tinted(rng, "d8bd92"), Finish(0.7)) if rng.random() < 0.7 else looks.plastic(rng)
    return Shape([(wood, slats), *goods.items()])
