"""Forks, spoons and knives, lying; wooden spoons and turners of the same make."""

import numpy as np

from assets_catalog.mesh import AssetMaterial
from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.looks import Finish, look
from assets_catalog.sources.builtin.shapes.lying import along, bar, blade
from assets_catalog.sources.builtin.shapes.shape import Shape
from assets_catalog.sources.builtin.shapes.skins import loft, superellipse
from assets_catalog.sources.builtin.shapes.solids import Solid
from schemas.geometry import Vec3

_STEEL = look("metal:steel", "c3c5c7", Finish(0.22, metallic=1.0))
_BRASS = look("metal:brass", "b8964f", Finish(0.28, metallic=1.0))
_BLADE = look("metal:blade", "cfd1d3", Finish(0.16, metallic=1.0))


def _stuff(rng: np.random.Generator) -> AssetMaterial:
    return _BRASS if rng.random() < 0.15 else _STEEL


def fork(rng: np.random.Generator) -> Shape:
    """Returns a fork with three or four tines."""
    length, half = float(rng.uniform(0.165, 0.215)), float(rng.uniform(0.0095, 0.0135))
    tines = 4 if rng.random() < 0.7 else 3
    long, rise = 0.26 * length, float(rng.uniform(0.012, 0.018))
    root, tip = -0.5 * length + long, -0.5 * length
    handle = _handle(rng, length, root + 0.03, rise)
    palm = blade(
        [(root + 0.034, 0.0035, rise), (root + 0.022, 0.55 * half, 0.85 * rise), (root + 0.01, half, 0.55 * rise),
         (root - 0.001, half, 0.32 * rise)], 0.0016, across=5,
    )  # fmt: skip
    wide = 2 * half / (2 * tines - 1)
    prongs = []
    for number in range(tines):
        x = -half + wide * (2 * number + 0.5)
        line: list[Vec3] = [
            (y, 0.5 * wide * (1.0 if share < 0.8 else 0.45), 0.32 * rise * (1 - share) ** 1.5 + 0.1 * rise * share**3)
            for share, y in zip(along(0.0, 1.0, 7), along(root, tip, 7), strict=True)
        ]
        prongs.append(blade(line, 0.0014).moved(x, 0.0, 0.0))
    return Shape([(_stuff(rng), [handle, palm, *prongs])])


def spoon(rng: np.random.Generator) -> Shape:
    """Returns a tea spoon to a table spoon."""
    length = float(rng.uniform(0.125, 0.215))
    return Shape([(_stuff(rng), _spoon(rng, length, 0.0013))])


def _spoon(rng: np.random.Generator, length: float, thick: float) -> list[Solid]:
    half, long = float(rng.uniform(0.095, 0.115)) * length, float(rng.uniform(0.29, 0.34)) * length
    rise = 0.075 * length
    root, tip = -0.5 * length + long, -0.5 * length
    shares = along(0.03, 0.985, 11)
    line: list[Vec3] = [
        (
            root + (tip - root) * s,
            half * float(np.sin(np.pi * s**0.82)) ** 0.6,
            0.55 * rise + 0.25 * rise * (1 - s) ** 3,
        )
        for s in shares
    ]
    dish = [0.5 * rise * float(np.sin(np.pi * s)) ** 0.7 for s in shares]
    return [_handle(rng, length, root - 0.012, rise, thick), blade(line, thick, dish, 9)]


def _handle(rng: np.random.Generator, length: float, end: float, rise: float, thick: float = 0.0018) -> Solid:
    """Returns the handle, broad at its end, that rises toward the neck."""
    wide = float(rng.uniform(0.0065, 0.0105))
    shares = along(0.0, 1.0, 12)
    start = 0.5 * length
    return bar(
        [
            (
                start + (end - start) * s,
                (0.0028 + (wide - 0.0028) * (1 - s) ** 1.4) * (1.0 if s > 0.02 else 0.55),
                0.5 * thick + 0.0006 * s,
                0.001 + rise * float(np.sin(0.5 * np.pi * s)) ** 1.6,
            )
            for s in shares
        ],
        14,
        3.0,
    )


def knife(rng: np.random.Generator) -> Shape:
    """Returns a table knife, or a kitchen knife with a grip of wood or plastic."""
    if rng.random() < 0.5:
        length, half = float(rng.uniform(0.2, 0.24)), float(rng.uniform(0.0085, 0.0105))
        grip = _grip(0.5 * length, 0.02 * length, half * 0.8, 0.0034)
        edge = _edge(0.04 * length, -0.5 * length, half, 0.0007)
        return Shape([(_stuff(rng), [grip, edge])])
    length, half = float(rng.uniform(0.19, 0.33)), float(rng.uniform(0.01, 0.022))
    back = 0.5 * length - 0.115
    handle = looks.wood(rng) if rng.random() < 0.5 else looks.BLACK_PLASTIC
    return Shape(
        [
            (handle, [_grip(0.5 * length, back, 0.0115, 0.0075)]),
            (_BLADE, [_edge(back + 0.012, -0.5 * length, half, 0.001)]),
        ]
    )


def _grip(start: float, end: float, half: float, high: float) -> Solid:
    shares = along(0.0, 1.0, 9)
    widths = np.interp(shares, [0, 0.06, 0.3, 0.6, 0.9, 1], [0.75, 1.0, 0.92, 1.02, 0.85, 0.7])
    heights = np.interp(shares, [0, 0.06, 0.8, 1], [0.7, 1.0, 1.0, 0.7])
    return bar(
        [
            (start + (end - start) * s, half * w, high * h, high)
            for s, w, h in zip(shares, widths, heights, strict=True)
        ],
        16,
        2.8,
    )


def _edge(start: float, tip: float, half: float, thick: float) -> Solid:
    """Returns a blade that lies flat, its point toward one side."""
    shares = along(0.0, 1.0, 12)
    rings = []
    for s in shares:
        left, right = -half * min(1.0, 0.75 + s), half * (1 - max(0.0, (s - 0.55) / 0.45) ** 2.2 * 1.8)
        rings.append((start + (tip - start) * s, max(0.5 * (right - left), 0.0012), 0.5 * (left + right)))
    return loft(np.array([[(x + u, y, 0.0035 + v) for u, v in superellipse(w, thick, 12, 2.2)] for y, w, x in rings]))


def cooking_spoon(rng: np.random.Generator) -> Shape:
    """Returns a cook's spoon or a turner, of wood, or of dark plastic."""
    length = float(rng.uniform(0.26, 0.34))
    skin = looks.wood(rng) if rng.random() < 0.65 else looks.BLACK_PLASTIC
    ends = along(0.5 * length, -0.24 * length, 8)
    stem = bar(
        [(y, 0.0058, 0.0048, 0.0065 + 0.002 * s) for s, y in zip(along(0.0, 1.0, 8), ends, strict=True)], 14, 2.0
    )
    if rng.random() < 0.5:
        half = float(rng.uniform(0.026, 0.036))
        line: list[Vec3] = [
            (y, half * w, 0.0055)
            for y, w in zip(along(-0.19 * length, -0.5 * length, 7), (0.25, 0.6, 0.9, 1.0, 1.0, 1.0, 0.96), strict=True)
        ]
        return Shape([(skin, [stem, blade(line, 0.0035, across=5)])])
    half, shares = float(rng.uniform(0.022, 0.03)), along(0.04, 0.97, 11)
    start, reach = -0.2 * length, 0.3 * length
    bowl: list[Vec3] = [(start - reach * s, half * float(np.sin(np.pi * s**0.8)) ** 0.6, 0.012) for s in shares]
    return Shape([(skin, [stem, blade(bowl, 0.003, [0.008 * float(np.sin(np.pi * s)) for s in shares], 9)])])
