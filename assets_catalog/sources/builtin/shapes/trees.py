"""Trees: a trunk, limbs that reach for the hull of a crown, twigs on them, and leaves on those. 3 to 12 m tall."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64

from assets_catalog.sources.builtin.shapes import street_looks
from assets_catalog.sources.builtin.shapes.foliage import GOLDEN_RAD, LeafCut, Twig, bow, leaves
from assets_catalog.sources.builtin.shapes.shape import Shape
from assets_catalog.sources.builtin.shapes.skins import loft
from assets_catalog.sources.builtin.shapes.solids import Solid
from schemas.geometry import unit_length

_LEAVES = 4000
_LIMBS = 22
_TWIGS = 2
"""On each limb."""


@dataclass(frozen=True)
class _Crown:
    """The hull of a crown; metres."""

    foot: float
    top: float
    radius: float
    widest: float
    """Where it is widest, as a share of its height."""

    def reach(self, z_m: float) -> float:
        """Returns the hull's radius at a height."""
        share = min(max((z_m - self.foot) / (self.top - self.foot), 0.0), 1.0)
        bent = share ** (math.log(0.5) / math.log(self.widest))
        return self.radius * math.sin(math.pi * (0.04 + 0.92 * bent)) ** 0.75


def broadleaf_tree(rng: np.random.Generator) -> Shape:
    """Returns a round-crowned to slender tree, 4 to 11 m tall."""
    height = float(rng.uniform(4.0, 11.0))
    foot = height * float(rng.uniform(0.3, 0.42))
    crown = _Crown(foot, height, height * float(rng.uniform(0.2, 0.36)), float(rng.uniform(0.38, 0.58)))
    return _grown(rng, crown, 0.9 * height, (0.26, 0.42))


def columnar_tree(rng: np.random.Generator) -> Shape:
    """Returns a poplar or a clipped hornbeam: a narrow crown that begins low, 6 to 12 m tall."""
    height = float(rng.uniform(6.0, 12.0))
    foot = height * float(rng.uniform(0.08, 0.18))
    crown = _Crown(foot, height, height * float(rng.uniform(0.1, 0.15)), float(rng.uniform(0.35, 0.5)))
    return _grown(rng, crown, 0.94 * height, (0.5, 0.8))


def _grown(rng: np.random.Generator, crown: _Crown, trunk_m: float, lumps: tuple[float, float]) -> Shape:
    """Returns a tree whose limbs end in lumps of leaves; `lumps`: their radii, as shares of the crown's."""
    trunk = _trunk(rng, trunk_m, float(rng.uniform(0.016, 0.024)) * crown.top)
    limbs = [_limb(rng, trunk, crown, step) for step in range(_LIMBS)]
    twigs = [_twig(rng, limb, crown) for limb in limbs for _ in range(_TWIGS)]
    bark = [trunk.solid(9), *(limb.solid(6) for limb in limbs), *(twig.solid(3) for twig in twigs)]
    length = 0.08 + 0.054 * crown.radius + 0.007 * crown.top
    cut = LeafCut(length, length * float(rng.uniform(0.6, 0.9)), float(rng.uniform(0.38, 0.55)))
    green = street_looks.crown(rng)
    masses = [_Lump(limb.point(0.86), crown.radius * float(rng.uniform(*lumps))) for limb in limbs]
    masses += [_Lump(limb.point(0.45), 0.8 * crown.radius * float(rng.uniform(*lumps))) for limb in limbs[::3]]
    middle = 0.5 * (crown.foot + crown.top)
    inner, outer = (_on_lumps(rng, masses, middle, cut, round(share * _LEAVES)) for share in (0.6, 0.4))
    cores = [lump.core(rng) for lump in masses]
    return Shape(
        [
            (street_looks.bark(rng), bark),
            (street_looks.brighter(green, 0.72), cores),
            (green, [inner]),
            (street_looks.brighter(green, 1.2), [outer]),
        ]
    )


@dataclass(frozen=True)
class _Lump:
    """A cluster of leaves about the end of a limb."""

    middle: Float64[np.ndarray, "3"]
    radius: float

    def core(self, rng: np.random.Generator) -> Solid:
        """Returns its dark inside, through which no sky is seen: an uneven ball."""
        turns = 2 * math.pi * np.arange(6) / 6
        rises = np.linspace(-0.4, 0.4, 4) * math.pi
        rings = np.empty((4, 6, 3))
        for row, rise in enumerate(rises):
            reach = 0.54 * self.radius * rng.uniform(0.7, 1.1, size=6)
            flat = reach * math.cos(rise)
            rings[row] = np.stack([flat * np.cos(turns), flat * np.sin(turns), 0.8 * reach * math.sin(rise)], axis=1)
        return loft(rings + self.middle, math.radians(80))


def _trunk(rng: np.random.Generator, height_m: float, radius_m: float) -> Twig:
    t = np.linspace(0, 1, 9)
    sway = 0.03 * height_m * np.sin(np.outer(t, rng.uniform(2, 5, size=2)) + rng.uniform(0, 6, size=2))
    line = np.concatenate([(sway - sway[0]) * t[:, None], (t * height_m)[:, None]], axis=1)
    return Twig(line, radius_m, 0.18 * radius_m)


def _limb(rng: np.random.Generator, trunk: Twig, crown: _Crown, step: int) -> Twig:
    """Returns a limb from the trunk up and out to the crown's hull; lower limbs start lower and reach further."""
    rise = (step + float(rng.uniform(0.0, 1.0))) / _LIMBS
    start = trunk.point((crown.foot * 0.85 + rise * 0.78 * (crown.top - crown.foot)) / crown.top)
    z = crown.foot + (0.12 + 0.85 * rise) * (crown.top - crown.foot)
    way, reach = GOLDEN_RAD * step + float(rng.uniform(-0.4, 0.4)), crown.reach(z) * float(rng.uniform(0.72, 1.0))
    end = np.array([reach * math.cos(way), reach * math.sin(way), z])
    sag = np.array([0.0, 0.0, float(rng.uniform(-0.08, 0.03)) * float(np.hypot(*(end - start)[:2]))])
    thick = 0.42 * trunk.radius(min(float(start[2]) / crown.top, 1.0))
    return Twig(bow(start, end, sag, 5), thick, 0.22 * thick)


def _twig(rng: np.random.Generator, limb: Twig, crown: _Crown) -> Twig:
    """Returns a twig off a limb, outward with a draw of chance."""
    share = float(rng.uniform(0.35, 1.0))
    start = limb.point(share)
    outward = start - np.array([0.0, 0.0, 0.5 * (crown.foot + crown.top)])
    way = outward / max(float(np.linalg.norm(outward)), 0.1) + rng.normal(0, 0.6, size=3) + np.array([0, 0, 0.15])
    length = crown.radius * float(rng.uniform(0.2, 0.42))
    end = start + way * (length / float(np.linalg.norm(way)))
    thick = 0.6 * limb.radius(share)
    return Twig(bow(start, end, rng.normal(0, 0.05 * length, size=3), 2), thick, 0.4 * thick)


def _on_lumps(rng: np.random.Generator, masses: Sequence[_Lump], middle_m: float, cut: LeafCut, count: int) -> Solid:
    """Returns leaves on lumps, larger ones with more of them, that hang outward, so that their faces are seen."""
    radii = np.array([lump.radius for lump in masses])
    chosen = rng.choice(len(masses), size=count, p=radii**2 / (radii**2).sum())
    out = unit_length(rng.normal(0, 1, size=(count, 3)))
    away = radii[chosen, None] * rng.uniform(0.5, 1.12, size=(count, 1)) ** 0.8
    at = np.stack([lump.middle for lump in masses])[chosen] + out * away * np.array([1.0, 1.0, 0.82])
    crown_out = unit_length(at - np.array([0.0, 0.0, middle_m]))
    way = 0.5 * out + 0.4 * crown_out + rng.normal(0, 0.6, size=(count, 3))
    return leaves(rng, at, way - np.array([0.0, 0.0, 0.75]), cut, 0.9)


def conifer(rng: np.random.Generator) -> Shape:
    """Returns a spruce: whorls of branches, longest at the foot, set with flat sprays; 3.5 to 12 m tall."""
    height = float(rng.uniform(3.5, 12.0))
    radius, foot = height * float(rng.uniform(0.16, 0.26)), height * float(rng.uniform(0.04, 0.14))
    trunk = Twig(np.linspace((0.0, 0.0, 0.0), (0.0, 0.0, height), 6), 0.014 * height + 0.03, 0.012)
    droop = float(rng.uniform(-0.35, 0.15))
    whorls = [(foot, 0.0), *((foot + (height - foot) * step / 26, step / 26) for step in range(1, 26))]
    branches = [
        _bough(rng, z, radius * (1 - share) ** 0.85 + 0.06, GOLDEN_RAD * (turn + 6 * index), droop + 0.9 * share**2)
        for index, (z, share) in enumerate(whorls)
        for turn in range(6)
    ]
    bark = [trunk.solid(8), *(branch.solid(3) for branch in branches)]
    return Shape([(street_looks.bark(rng), bark), (street_looks.needles(rng), [_sprays(rng, branches, height)])])


def _bough(rng: np.random.Generator, z_m: float, length_m: float, way_rad: float, rise: float) -> Twig:
    """Returns a branch that leaves the trunk at a height; its tip turns up."""
    way = way_rad + float(rng.uniform(-0.35, 0.35))
    length = length_m * float(rng.uniform(0.8, 1.08))
    start = np.array([0.0, 0.0, z_m + float(rng.uniform(-0.03, 0.03))])
    end = start + length * np.array([math.cos(way), math.sin(way), rise + float(rng.uniform(-0.08, 0.08))])
    return Twig(bow(start, end, np.array([0.0, 0.0, -0.05 * length]), 2), 0.007 + 0.008 * length, 0.004)


def _sprays(rng: np.random.Generator, branches: Sequence[Twig], height_m: float) -> Solid:
    """Returns kites that stand off each branch to both sides, shorter toward its tip, and one that ends it."""
    per_side = 12
    at, along = [], []
    for branch in branches:
        way = unit_length(branch.line_m[-1] - branch.line_m[0])
        side = np.array([-way[1], way[0], 0.0])
        for share in (np.arange(per_side) + rng.uniform(0, 0.8, size=per_side)) / per_side:
            for sign in (-1.0, 1.0):
                at.append(branch.point(float(share)))
                along.append(way + sign * (1.15 - 0.9 * share) * side + rng.normal(0, 0.12, size=3))
    length = 0.16 + 0.026 * height_m
    return leaves(rng, np.array(at), np.array(along), LeafCut(length, 0.3 * length, 0.4, 0.2), 0.35)
