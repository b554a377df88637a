"""Fruit and vegetables one by one, and a bunch of grapes."""

import math
from collections.abc import Sequence

import numpy as np

from assets_catalog.mesh import AssetMaterial
from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.looks import Finish, look
from assets_catalog.sources.builtin.shapes.lying import along, laid
from assets_catalog.sources.builtin.shapes.shape import Shape
from assets_catalog.sources.builtin.shapes.solids import Solid, Vec2
from assets_catalog.sources.builtin.shapes.turnery import curve, lathe, rod, tube
from schemas.geometry import Vec3

_STALK = look("wood:stalk", "5a4632", Finish(0.8))
_GREEN = look("leaf:stalk", "5c7a34", Finish(0.6))


def skin(rng: np.random.Generator, kind: str, *colors: str, rough: float = 0.35) -> AssetMaterial:
    return look(f"food:{kind}", looks.tinted(rng, looks.one_of(rng, colors)), Finish(rough))


def uneven(rng: np.random.Generator, solid: Solid) -> Solid:
    """Returns what was turned no longer quite round."""
    x, y, z = (float(share) for share in rng.uniform(0.94, 1.06, 3))
    lean = np.eye(3)
    lean[0, 2], lean[1, 2] = rng.uniform(-0.06, 0.06, 2)
    return solid.stretched(x, y, z).transformed(lean)


def rounded(line: Sequence[Vec2], segments: int = 28) -> Solid:
    """Returns the body of a profile whose ends are brought to the axis."""
    return lathe([(0.0, line[0][1]), *line[1:-1], (0.0, line[-1][1])], segments)


def apple(rng: np.random.Generator) -> Shape:
    """Returns an apple with its stalk."""
    size, waist = float(rng.uniform(0.032, 0.042)), float(rng.uniform(0.02, 0.14))
    tall = float(rng.uniform(0.84, 0.96))
    line = [
        (
            size * math.cos(t) * (1 + waist * math.sin(t)),
            size * (tall * math.sin(t) - 0.24 * math.exp(-((math.cos(t) / 0.4) ** 2)) * math.sin(t)),
        )
        for t in along(-0.5 * math.pi, 0.5 * math.pi, 19)
    ]
    stalk = tube([(0.0, 0.0, 0.5 * size), (0.001, 0.0, 0.75 * size), (0.004, 0.001, size + 0.005)], 0.0014, 7)
    return Shape([(skin(rng, "apple", "a32a24", "8fa03a", "b8452e", "c9b04a", "7f1d22"), [uneven(rng, rounded(line))]),
                  (_STALK, [stalk])])  # fmt: skip


def citrus(rng: np.random.Generator) -> Shape:
    """Returns an orange, a lemon or a lime."""
    kind, turns = int(rng.integers(3)), along(-0.5 * math.pi, 0.5 * math.pi, 17)
    if kind == 0:
        size, flat = float(rng.uniform(0.033, 0.044)), float(rng.uniform(0.88, 1.0))
        body = rounded([(size * math.cos(t), flat * size * math.sin(t)) for t in turns])
        button = lathe([(0.0, flat * size - 0.0015), (0.0035, flat * size - 0.0012), (0.0025, flat * size + 0.001),
                        (0.0, flat * size + 0.001)], 8)  # fmt: skip
        peel = skin(rng, "orange", "d5782a", "dd8b2c", "c9641f", rough=0.5)
        return Shape([(peel, [uneven(rng, body)]), (_GREEN, [button])])
    size, slim = float(rng.uniform(0.026, 0.037)), float(rng.uniform(0.68, 0.88))
    line = [(slim * size * math.cos(t), size * (1.08 * math.sin(t) + 0.17 * math.sin(t) ** 9)) for t in turns]
    peel = skin(rng, "lemon", "dcc23c", "e2cd52") if kind == 1 else skin(rng, "lime", "6f8f2f", "86a13c")
    return Shape([(peel, laid([uneven(rng, rounded(line))]))])


def pear(rng: np.random.Generator) -> Shape:
    """Returns a pear that stands, or lies on its side."""
    size, tall = float(rng.uniform(0.03, 0.037)), float(rng.uniform(0.085, 0.115))
    neck = float(rng.uniform(0.36, 0.55))
    line = curve(
        [(0.3 * size, 0.003), (0.75 * size, 0.002), (size, 0.34 * tall), (0.72 * size, 0.62 * tall),
         (neck * size, 0.88 * tall), (0.26 * size, tall), (0.1 * size, 1.012 * tall)], 4,
    )  # fmt: skip
    body = lathe([(0.0, 0.006), *line, (0.0, 1.013 * tall)], 28)
    stalk = tube([(0.0, 0.0, tall - 0.004), (0.001, 0.0, tall + 0.01), (0.005, 0.0, tall + 0.022)], 0.0016, 7)
    solids = [uneven(rng, body), stalk]
    if rng.random() < 0.4:
        solids = laid(solids)
    return Shape(
        [(skin(rng, "pear", "a8a53e", "c2b04a", "8a6a34", "8f9d45", rough=0.45), solids[:1]), (_STALK, solids[1:])]
    )


def bananas(rng: np.random.Generator) -> Shape:
    """Returns one banana, or up to five that share their stalk, lying."""
    bend, radius = float(rng.uniform(0.085, 0.12)), float(rng.uniform(0.0145, 0.018))
    skins, tips = list[Solid](), list[Solid]()
    count = int(rng.choice([1, 1, 2, 3, 4, 5]))
    for number in range(count):
        reach = float(rng.uniform(1.5, 1.75))
        turns = along(0.0, reach, 16)
        fan, lift = (number - 0.5 * (count - 1)) * 0.13, radius * (0.9 + 0.28 * (number % 2) * (count > 1))
        path: list[Vec3] = [
            (
                (bend + fan * 0.16 * (t / reach)) * math.cos(t + fan) - bend,
                (bend + fan * 0.16) * math.sin(t + fan),
                lift + 0.006 * math.cos(math.pi * t / reach),
            )
            for t in turns
        ]
        thick = [radius * min(1.0, 0.42 + 4.2 * s, 0.3 + 3.4 * (1.02 - s)) for s in np.linspace(0, 1, 16)]
        thick[:2] = [0.36 * radius, 0.5 * radius]
        skins.append(tube(path, thick, 10))
        end = np.array(path[-1]) - np.array(path[-2])
        away = path[-1][0] + 0.4 * float(end[0]), path[-1][1] + 0.4 * float(end[1]), path[-1][2]
        tips.append(tube([path[-1], (0.5 * (path[-1][0] + away[0]), 0.5 * (path[-1][1] + away[1]), path[-1][2]), away],
                         [thick[-1], 0.8 * thick[-1], 0.5 * thick[-1]], 8))  # fmt: skip
    stem = rod((0.0, -0.022, radius), (0.0, 0.004, radius), 0.3 * radius + 0.0012 * count, 9)
    return Shape([(skin(rng, "banana", "d9b93a", "e0c348", "c7ad35", rough=0.45), [*skins, stem]), (_STALK, tips)])


def grapes(rng: np.random.Generator) -> Shape:
    """Returns a bunch of grapes, lying."""
    berry, length = float(rng.uniform(0.0075, 0.0105)), float(rng.uniform(0.09, 0.14))
    line = [(berry * math.cos(t), berry * 1.1 * math.sin(t)) for t in along(-0.5 * math.pi, 0.5 * math.pi, 7)]
    one = rounded(line, 8)
    berries: list[Solid] = []
    for row, y in enumerate(along(-0.5 * length, 0.5 * length, int(length / (1.5 * berry)))):
        share = 0.5 + y / length
        wide = float(rng.uniform(0.85, 1.1)) * 0.028 * math.sin(math.pi * (0.1 + 0.62 * share)) + 0.003
        count = int(2 * wide / (1.8 * berry)) + 1
        for layer in range(1 + (count > 1) + (count > 3)):
            for x in along(-wide, wide, count - layer) if count - layer > 1 else [0.0]:
                shift = rng.uniform(-0.0018, 0.0018, 3)
                z = berry * (1.1 + 1.45 * layer) + float(shift[2])
                berries.append(one.moved(x + float(shift[0]), y + float(shift[1]) + 0.3 * berry * (row % 2), z))
    stem = tube([(0.0, 0.42 * length, 0.02), (0.003, 0.55 * length, 0.026), (0.012, 0.62 * length, 0.022)], 0.0022, 7)
    return Shape([(skin(rng, "grape", "5a2a44", "8fa24e", "3a2440", "7a8f3a", rough=0.3), berries), (_STALK, [stem])])


def tomato(rng: np.random.Generator) -> Shape:
    """Returns a tomato with its green star."""
    size, flat = float(rng.uniform(0.026, 0.042)), float(rng.uniform(0.72, 0.92))
    line = [
        (size * math.cos(t), size * (flat * math.sin(t) - 0.14 * math.exp(-((math.cos(t) / 0.35) ** 2)) * math.sin(t)))
        for t in along(-0.5 * math.pi, 0.5 * math.pi, 17)
    ]
    top = (flat - 0.13) * size
    star = [
        tube([(0.0, 0.0, top), (0.25 * size, 0.0, top + 0.003), (0.55 * size, 0.0, top + 0.0005)],
             [0.002, 0.0017, 0.0006], 6).turned("z", 2 * math.pi * number / 5)
        for number in range(5)
    ]  # fmt: skip
    stalk = tube([(0.0, 0.0, top), (0.0, 0.0, top + 0.005), (0.002, 0.0, top + 0.01)], 0.0017, 6)
    return Shape([(skin(rng, "tomato", "b3271d", "c23a22", "cf5a22", rough=0.22), [uneven(rng, rounded(line))]),
                  (_GREEN, [*star, stalk])])  # fmt: skip


def root_vegetable(rng: np.random.Generator) -> Shape:
    """Returns a carrot, a cucumber or an onion."""
    kind = int(rng.integers(3))
    if kind == 2:
        size, tall = float(rng.uniform(0.028, 0.042)), float(rng.uniform(0.85, 1.1))
        onion: list[Vec2] = curve(
            [(0.2 * size, 0.0), (0.7 * size, 0.12 * size), (size, 0.8 * tall * size), (0.55 * size, 1.5 * tall * size),
             (0.16 * size, 1.85 * tall * size), (0.12 * size, 2.3 * tall * size)], 5,
        )  # fmt: skip
        peel = skin(rng, "onion", "b9793c", "c79a5a", "7a2f4a", rough=0.35)
        return Shape([(peel, [uneven(rng, lathe([(0.0, 0.002), *onion, (0.0, onion[-1][1])], 28))])])
    length, radius = float(rng.uniform(0.13, 0.26)), float(rng.uniform(0.012, 0.019))
    shares = along(0.0, 1.0, 16)
    path: list[Vec3] = [
        (0.012 * math.sin(2.2 * s), length * (0.5 - s), radius * (1.0 if kind else 1.0 - 0.5 * s)) for s in shares
    ]
    if kind == 1:
        thick = [1.15 * radius * min(1.0, (0.25 + 6 * s) ** 0.5, (0.25 + 6 * (1 - s)) ** 0.5) for s in shares]
        return Shape([(skin(rng, "cucumber", "3f5f2c", "4d7034", rough=0.3), [tube(path, thick, 14)])])
    thick = [radius * max(0.12, (1.0 - 0.62 * s) * min(1.0, (0.5 + 8 * s) ** 0.5) * min(1.0, (7 * (1.02 - s)) ** 0.6))
             for s in shares]  # fmt: skip
    tops = [
        tube([(0.0, 0.5 * length - 0.004, radius), (0.004 * n, 0.5 * length + 0.015, radius + 0.001 * n),
              (0.009 * n, 0.5 * length + 0.032, 0.8 * radius)], 0.0021, 6)
        for n in (-1, 0, 1)
    ]  # fmt: skip
    return Shape([(skin(rng, "carrot", "d56a1e", "cc5f1c", rough=0.5), [tube(path, thick, 14)]), (_GREEN, tops)])
