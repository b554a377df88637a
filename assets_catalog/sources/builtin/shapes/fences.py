"""Fences, a stretch of each: pickets, rails, iron bars and boards. Seen from -y."""

from itertools import pairwise

import numpy as np

from assets_catalog.mesh import AssetMaterial
from assets_catalog.sources.builtin.shapes import looks, street_looks
from assets_catalog.sources.builtin.shapes.shape import Shape
from assets_catalog.sources.builtin.shapes.skins import slab, standing
from assets_catalog.sources.builtin.shapes.solids import Solid, box
from assets_catalog.sources.builtin.shapes.turnery import lathe, rod


def picket_fence(rng: np.random.Generator) -> Shape:
    """Returns pointed pales on two rails between posts."""
    half, height = 0.5 * float(rng.uniform(1.8, 2.6)), float(rng.uniform(0.8, 1.2))
    wide = float(rng.uniform(0.07, 0.1))
    count = int(2 * half / (wide * float(rng.uniform(1.5, 2.0))))
    pointed = bool(rng.random() < 0.7)
    pales = [_pale(wide, height, pointed).moved(float(x)) for x in np.linspace(-half + 0.14, half - 0.14, count)]
    rails = [box((-half, 0.0, z - 0.035), (half, 0.04, z + 0.035), 0.004) for z in (0.22 * height, 0.75 * height)]
    return Shape([(_timber(rng), [*pales, *rails, *_posts(half, height + 0.05)])])


def _pale(wide_m: float, height_m: float, pointed: bool) -> Solid:
    x, tip = 0.5 * wide_m, 0.6 * wide_m if pointed else 0.01
    outline = [(-x, 0.06), (x, 0.06), (x, height_m - tip), (0.0, height_m), (-x, height_m - tip)]
    return standing(slab(outline, 0.0, 0.022, 0.003), -0.022)


def _posts(half_m: float, height_m: float) -> list[Solid]:
    """Returns a square post with a cap at either end."""
    solids = []
    for x in (-half_m, half_m):
        solids.append(box((x - 0.05, -0.03, 0.0), (x + 0.05, 0.07, height_m), 0.005))
        solids.append(box((x - 0.065, -0.045, height_m - 0.01), (x + 0.065, 0.085, height_m + 0.025), 0.01))
    return solids


def board_fence(rng: np.random.Generator) -> Shape:
    """Returns a close fence of upright boards, taller than a person or nearly so."""
    half, height = 0.5 * float(rng.uniform(1.7, 2.4)), float(rng.uniform(1.3, 2.0))
    wide = float(rng.uniform(0.09, 0.16))
    edges = np.linspace(-half + 0.05, half - 0.05, int(2 * half / wide) + 1)
    boards = [
        box(
            (float(a) + 0.002, 0.012 * (index % 2), 0.04),
            (float(b) - 0.002, 0.012 * (index % 2) + 0.018, height - 0.04),
        )
        for index, (a, b) in enumerate(pairwise(edges))
    ]
    rails = [box((-half, 0.026, z - 0.04), (half, 0.066, z + 0.04), 0.004) for z in (0.2, 0.5 * height, height - 0.2)]
    cap = box((-half + 0.04, -0.015, height - 0.045), (half - 0.04, 0.06, height - 0.01), 0.006)
    return Shape([(_timber(rng), [*boards, *rails, cap, *_posts(half, height)])])


def rail_fence(rng: np.random.Generator) -> Shape:
    """Returns round rails between rough posts, as round a paddock."""
    half, height = 0.5 * float(rng.uniform(2.0, 3.0)), float(rng.uniform(0.9, 1.3))
    count = int(rng.integers(2, 5))
    places = np.linspace(0.3 * height, 0.92 * height, count)
    rails = [
        rod((-half - 0.1, 0.07, float(z + shift)), (half + 0.1, 0.07, float(z - shift)), 0.045, 10)
        for z, shift in zip(places, rng.uniform(-0.02, 0.02, size=count), strict=True)
    ]
    profile = [(0.0, 0.0), (0.07, 0.0), (0.065, height + 0.02), (0.055, height + 0.06), (0.0, height + 0.07)]
    posts = [lathe(profile, 14).moved(float(x)) for x in (-half, 0.0, half)]
    return Shape([(street_looks.weathered_wood(rng), [*rails, *posts])])


def iron_fence(rng: np.random.Generator) -> Shape:
    """Returns iron bars with spear heads on two flat rails."""
    half, height = 0.5 * float(rng.uniform(1.8, 2.6)), float(rng.uniform(0.9, 1.7))
    gap = float(rng.uniform(0.1, 0.14))
    places = np.linspace(-half + gap, half - gap, round(2 * half / gap) - 1)
    bars = [rod((float(x), 0.0, 0.05), (float(x), 0.0, height - 0.08), 0.009, 8) for x in places]
    spear = [(0.0, 0.0), (0.008, 0.0), (0.021, 0.02), (0.012, 0.06), (0.0, 0.1)]
    heads = [lathe(spear, 8).moved(float(x), 0.0, height - 0.1) for x in places]
    rails = [box((-half, -0.016, z - 0.008), (half, 0.016, z + 0.008), 0.002) for z in (0.14, height - 0.2)]
    profile = [(0.0, 0.0), (0.05, 0.0), (0.05, 0.04), (0.032, 0.06), (0.032, height - 0.02), (0.05, height)]
    ball = [
        (0.05, height + 0.02),
        (0.03, height + 0.03),
        (0.045, height + 0.07),
        (0.03, height + 0.11),
        (0.0, height + 0.12),
    ]
    posts = [lathe([*profile, *ball], 16).moved(x) for x in (-half, half)]
    return Shape([(street_looks.street_paint(rng), [*bars, *heads, *rails, *posts])])


def _timber(rng: np.random.Generator) -> AssetMaterial:
    return looks.paint(rng) if rng.random() < 0.5 else street_looks.weathered_wood(rng)
