"""Bushes, hedges and rocks: what lies low along a street."""

import math

import numpy as np
from jaxtyping import Float64

from assets_catalog.sources.builtin.shapes import street_looks
from assets_catalog.sources.builtin.shapes.foliage import LeafCut, Twig, bow, directions, leaves
from assets_catalog.sources.builtin.shapes.noise import fractal
from assets_catalog.sources.builtin.shapes.shape import Shape
from assets_catalog.sources.builtin.shapes.skins import creased
from assets_catalog.sources.builtin.shapes.upholstery import cushion
from schemas.geometry import unit_length

_LEAVES = 3000


def bush(rng: np.random.Generator) -> Shape:
    """Returns a rounded shrub of many stems, 0.5 to 1.9 m tall."""
    height = float(rng.uniform(0.5, 1.9))
    radius = height * float(rng.uniform(0.38, 0.7))
    half = np.array([radius, radius * float(rng.uniform(0.8, 1.0)), 0.52 * height])
    middle = np.array([0.0, 0.0, 0.5 * height])
    ends = middle + directions(rng, 60) * half * 0.92
    ends = ends[ends[:, 2] > 0.12 * height]
    stems = [_stem(rng, end, radius) for end in ends]
    at = _in_lumps(rng, half, middle, _LEAVES)
    way = unit_length(at - np.array([0.0, 0.0, 0.2 * height])) + rng.normal(0, 0.55, size=at.shape)
    length = 0.035 + 0.035 * height + float(rng.uniform(0.0, 0.02))
    cut = LeafCut(length, length * float(rng.uniform(0.45, 0.75)))
    green = street_looks.foliage(rng)
    dark, bright = (leaves(rng, at[part::2], way[part::2], cut) for part in (0, 1))
    return Shape(
        [
            (street_looks.bark(rng), [stem.solid(5) for stem in stems]),
            (green, [dark]),
            (street_looks.brighter(green, 1.2), [bright]),
        ]
    )


def _stem(rng: np.random.Generator, end_m: Float64[np.ndarray, "3"], radius_m: float) -> Twig:
    way = float(rng.uniform(0, 2 * math.pi))
    foot = 0.12 * radius_m * np.array([math.cos(way), math.sin(way), 0.0])
    sag = np.array([0.0, 0.0, 0.08]) * float(np.linalg.norm(end_m)) * float(rng.uniform(-0.5, 1.5))
    return Twig(bow(foot, end_m, sag, 4), 0.012, 0.003)


def _in_lumps(
    rng: np.random.Generator, half_m: Float64[np.ndarray, "3"], middle_m: Float64[np.ndarray, "3"], count: int
) -> Float64[np.ndarray, "n 3"]:
    """Returns points near the hull of an egg that bulges here and there, none below the ground."""
    way = directions(rng, 2 * count)
    bulge = 1 + 0.22 * fractal(rng, way, 0.7, 2)
    depth = rng.uniform(0.0, 1.0, size=len(way)) ** 2
    at = middle_m + way * half_m * (bulge * (1 - 0.55 * depth))[:, None]
    return at[at[:, 2] > 0.04][:count]


def hedge(rng: np.random.Generator) -> Shape:
    """Returns a stretch of clipped hedge."""
    x, y = 0.5 * float(rng.uniform(1.2, 2.4)), 0.5 * float(rng.uniform(0.4, 0.75))
    height = float(rng.uniform(0.7, 1.7))
    at, outward = _on_block(rng, np.array([x - 0.04, y - 0.04, height - 0.03]), _LEAVES)
    aims = outward + rng.normal(0, 0.6, size=at.shape)
    cut = LeafCut(0.085, 0.062)
    green = street_looks.foliage(rng)
    dark, bright = (leaves(rng, at[part::2], aims[part::2], cut) for part in (0, 1))
    core = cushion((0.13 - x, 0.13 - y, 0.14), (x - 0.13, y - 0.13, height - 0.12), 0.05)
    stems = [
        _stem(rng, np.array([0.0, 0.0, 0.25]), 0.5 * y).solid(5).moved(px) for px in np.linspace(0.15 - x, x - 0.15, 14)
    ]
    return Shape(
        [
            (street_looks.bark(rng), stems),
            (street_looks.brighter(green, 0.45), [core]),
            (green, [dark]),
            (street_looks.brighter(green, 1.2), [bright]),
        ]
    )


def _on_block(
    rng: np.random.Generator, size_m: Float64[np.ndarray, "3"], count: int
) -> tuple[Float64[np.ndarray, "n 3"], Float64[np.ndarray, "n 3"]]:
    """Returns points just under the sides and the top of a block (half width, half depth, height), and the way out."""
    half_x, half_y, height = size_m
    areas = np.array([half_y * height, half_x * height, half_x * half_y])
    face = rng.choice(3, size=count, p=areas / areas.sum())
    place = rng.uniform(-1, 1, size=(count, 3))
    outward = np.zeros((count, 3))
    outward[np.arange(count), face] = np.where(face == 2, 1.0, rng.choice([-1.0, 1.0], size=count))
    place = np.where(outward != 0, outward, place)
    at = place * np.array([half_x, half_y, 0.5 * height - 0.04]) + np.array([0.0, 0.0, 0.5 * height + 0.03])
    return at - outward * rng.uniform(0, 0.1, size=(count, 1)), outward


def rock(rng: np.random.Generator) -> Shape:
    """Returns a boulder: a ball cut by soft planes, roughened by noise, its foot in the ground."""
    size = float(rng.uniform(0.25, 1.6))
    import trimesh  # noqa: PLC0415 - takes a second to import, and few shapes need it

    ball = trimesh.creation.icosphere(subdivisions=4)
    way, triangles = unit_length(np.asarray(ball.vertices, dtype=np.float64)), np.asarray(ball.faces, dtype=np.int64)
    cuts = unit_length(rng.normal(size=(int(rng.integers(7, 14)), 3)))
    facing = np.maximum(way @ cuts.T, 0.05)
    sharp = float(rng.uniform(10, 28))
    planes = (facing / rng.uniform(0.62, 1.0, size=len(cuts))) ** sharp
    radius = (planes.sum(axis=1) + 0.8**sharp) ** (-1 / sharp)
    rough = fractal(rng, way, 0.6, 5)
    points = way * (radius * (1 + 0.12 * rough))[:, None] * 0.5 * size
    points = points * np.array([1.0, float(rng.uniform(0.65, 1.0)), float(rng.uniform(0.5, 0.85))])
    floor = float(points[:, 2].min()) * float(rng.uniform(0.45, 0.8))
    points[:, 2] = np.maximum(points[:, 2], floor + 0.02 * np.minimum(points[:, 2] - floor, 0))
    return Shape([(street_looks.stone(rng), [creased(points, triangles, 0.9)])])
