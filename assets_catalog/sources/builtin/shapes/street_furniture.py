"""What stands along a street: benches and lamps. Benches face -y."""

import math

import numpy as np

from assets_catalog.record import LightSource
from assets_catalog.sources.builtin.shapes import looks, street_looks
from assets_catalog.sources.builtin.shapes.shape import Shape
from assets_catalog.sources.builtin.shapes.skins import loft, slab
from assets_catalog.sources.builtin.shapes.solids import Solid, Vec2, box, corners
from assets_catalog.sources.builtin.shapes.turnery import arc, curve, disc, lathe, rod, tube


def park_bench(rng: np.random.Generator) -> Shape:
    """Returns a bench of slats on iron or concrete sides, with a back."""
    half, seat = 0.5 * float(rng.uniform(1.0, 2.6)), float(rng.uniform(0.42, 0.46))
    lean, back = float(rng.uniform(0.12, 0.34)), float(rng.uniform(0.28, 0.52))
    count, rows = int(rng.integers(4, 7)), int(rng.integers(2, 6))
    pitch = 0.46 / count
    slats = [
        box(
            (-half, -0.25 + pitch * row, seat - 0.03),
            (half, -0.25 + pitch * (row + 0.82), seat + 0.004 * (row == 0)),
            0.006,
        )
        for row in range(count)
    ]
    way, rise = math.sin(lean), math.cos(lean)
    board = box((-half, -0.012, -0.4 * back / rows), (half, 0.018, 0.4 * back / rows), 0.006).turned("x", -lean)
    shares = [(row + 0.6) / rows * back + 0.1 for row in range(rows)]
    slats += [board.moved(0.0, 0.22 + way * share, seat + rise * share) for share in shares]
    sides = [solid.moved(x) for x in (-0.78 * half, 0.78 * half) for solid in _bench_side(seat, lean, back + 0.12)]
    return Shape(
        [
            (street_looks.weathered_wood(rng) if rng.random() < 0.5 else looks.wood(rng), slats),
            (street_looks.street_paint(rng), sides),
        ]
    )


def _bench_side(seat_m: float, lean_rad: float, back_m: float) -> list[Solid]:
    """Returns a bent iron frame: legs, a bar under the seat, a bar up the back, and an arm rest."""
    low = seat_m - 0.045
    way, rise = math.sin(lean_rad), math.cos(lean_rad)
    flat = [(-0.25, low), (0.24, low)]
    back = [(0.22, low), (0.235 + way * 0.1, seat_m + 0.1), (0.235 + way * back_m, seat_m + rise * back_m)]
    front = curve([(-0.29, 0.0), (-0.25, 0.12), (-0.23, 0.3), (-0.24, low)], 3)
    rear = curve([(0.34, 0.0), (0.28, 0.14), (0.22, 0.3), (0.22, low)], 3)
    arm = curve(
        [(-0.235, low), (-0.27, seat_m + 0.16), (-0.2, seat_m + 0.22), (0.0, seat_m + 0.21), (0.29, seat_m + 0.2)], 4
    )
    return [tube([(0.0, y, z) for y, z in line], 0.018, 8) for line in (flat, back, front, rear, arm)]


def plain_bench(rng: np.random.Generator) -> Shape:
    """Returns a backless bench: thick planks on two blocks of stone or concrete."""
    half, seat, deep = 0.5 * float(rng.uniform(1.2, 2.0)), float(rng.uniform(0.41, 0.47)), float(rng.uniform(0.4, 0.55))
    count = int(rng.integers(1, 5))
    pitch = deep / count
    planks = [
        box(
            (-half, -0.5 * deep + pitch * row + 0.004, seat - 0.06),
            (half, -0.5 * deep + pitch * (row + 1) - 0.004, seat),
            0.008,
        )
        for row in range(count)
    ]
    feet = [
        box((x - 0.1, -0.42 * deep, 0.0), (x + 0.1, 0.42 * deep, seat - 0.055), 0.015)
        for x in (-0.7 * half, 0.7 * half)
    ]
    block = street_looks.concrete(rng) if rng.random() < 0.5 else street_looks.stone(rng)
    return Shape([(looks.wood(rng), planks), (block, feet)])


def arm_lamp(rng: np.random.Generator) -> Shape:
    """Returns a tall street lamp whose arm reaches over the road (-y); 5 to 9 m."""
    height, reach = float(rng.uniform(5.0, 9.0)), float(rng.uniform(0.7, 1.9))
    bend = float(rng.uniform(0.3, 0.9))
    pole = lathe([(0.0, 0.0), (0.11, 0.0), (0.11, 0.5), (0.085, 0.6), (0.045, height - bend), (0.0, height - bend)], 18)
    arm = curve(
        [(0.0, height - bend - 0.05), (0.0, height - 0.6 * bend), (-0.35 * reach, height - 0.08), (-reach, height)], 6
    )
    head_y = -reach - 0.22
    head = slab([(-0.11, -0.3), (0.11, -0.3), (0.14, 0.1), (0.07, 0.34), (-0.07, 0.34), (-0.14, 0.1)], 0.0, 0.085, 0.02)
    lens = slab([(-0.085, -0.26), (0.085, -0.26), (0.1, 0.08), (-0.1, 0.08)], -0.012, 0.02, 0.004)
    metal = street_looks.GALVANISED if rng.random() < 0.5 else street_looks.street_paint(rng)
    iron = [pole, tube([(0.0, y, z) for y, z in arm], 0.035, 12), head.moved(0.0, head_y, height - 0.04)]
    plate = disc(0.17, 0.0, 0.025, 0.005, 20)
    light = LightSource(position_m=(0.0, head_y, height - 0.13), color=(1.0, 0.86, 0.68), diameter_m=0.12)
    return Shape(
        [(metal, [*iron, plate]), (street_looks.LAMP_GLASS, [lens.moved(0.0, head_y, height - 0.04)])], lights=(light,)
    )


def post_lantern(rng: np.random.Generator) -> Shape:
    """Returns an old lamp post with a four-sided lantern; 3 to 4.4 m."""
    height = float(rng.uniform(3.0, 4.4))
    low = height - 0.75
    paint = street_looks.street_paint(rng)
    waist = float(rng.uniform(0.045, 0.065))
    profile = [(0.0, 0.0), (0.2, 0.0), (0.2, 0.08), (0.13, 0.14), (0.13, 0.7), (0.09, 0.78), (waist, 0.86)]
    rings = [(waist, 1.5), (1.5 * waist, 1.54), (1.5 * waist, 1.6), (waist, 1.64), (0.8 * waist, low - 0.16)]
    column = lathe([*profile, *rings, (0.1, low - 0.1), (0.05, low - 0.03), (0.09, low), (0.0, low)], 18)
    wide, narrow = 0.19, 0.11
    bars = [
        rod((x * narrow, y * narrow, low), (x * wide, y * wide, low + 0.42), 0.011, 6) for x, y in corners(1.0, 1.0)
    ]
    edges = [box((-wide - 0.02, -wide - 0.02, low + 0.41), (wide + 0.02, wide + 0.02, low + 0.44), 0.006)]
    cap = loft(
        np.array([[(x, y, z) for x, y in _square(half)] for half, z in ((wide + 0.03, low + 0.435), (0.06, low + 0.6))])
    )
    knob = lathe([(0.0, low + 0.59), (0.05, low + 0.6), (0.03, low + 0.64), (0.05, low + 0.68), (0.0, height)], 14)
    holder = disc(narrow + 0.02, low - 0.005, low + 0.015, 0.004, 20)
    ladder = rod((-0.3, 0.0, low - 0.28), (0.3, 0.0, low - 0.28), 0.013, 8)
    light = LightSource(position_m=(0.0, 0.0, low + 0.22), color=(1.0, 0.85, 0.66), diameter_m=0.1)
    return Shape(
        [(paint, [column, *bars, *edges, cap, knob, holder, ladder]), (street_looks.LAMP_GLASS, [_mantle(low)])],
        lights=(light,),
    )


def _square(half_m: float) -> list[Vec2]:
    return [(-half_m, -half_m), (half_m, -half_m), (half_m, half_m), (-half_m, half_m)]


def _mantle(low_m: float) -> Solid:
    """Returns the short burner on the lantern's floor."""
    return lathe([(0.0, low_m + 0.01), (0.03, low_m + 0.01), (0.024, low_m + 0.1), (0.0, low_m + 0.11)], 14)


def globe_lamp(rng: np.random.Generator) -> Shape:
    """Returns a park lamp: a slim post with an opal globe, open below; 3 to 4.2 m."""
    height, radius = float(rng.uniform(3.0, 4.2)), float(rng.uniform(0.17, 0.25))
    low = height - 2 * radius
    opening = math.asin(0.66)
    outer = arc((0.0, low + radius), radius, opening - 0.5 * math.pi, 0.5 * math.pi - 0.02, 16)
    inner = arc((0.0, low + radius), radius - 0.006, 0.5 * math.pi - 0.02, opening - 0.5 * math.pi, 16)
    globe = lathe([*outer, *inner, outer[0]], 28)
    column = [(0.0, 0.0), (0.13, 0.0), (0.13, 0.03), (0.06, 0.06), (0.06, 0.9), (0.042, 0.96), (0.038, low - 0.05)]
    cup = [(0.07, low - 0.02), (0.075, low + 0.03), (0.02, low + 0.035), (0.02, low + 0.05), (0.0, low + 0.05)]
    rim = low + radius * (1 - math.cos(opening))
    ways = [2 * math.pi * step / 3 for step in range(3)]
    arms = [
        rod(
            (0.06 * math.cos(t), 0.06 * math.sin(t), low),
            (0.66 * radius * math.cos(t), 0.66 * radius * math.sin(t), rim),
            0.008,
            8,
        )
        for t in ways
    ]
    cap = lathe([(0.0, height - 0.02), (0.06, height - 0.02), (0.045, height + 0.01), (0.0, height + 0.02)], 16)
    light = LightSource(position_m=(0.0, 0.0, low + 1.15 * radius), color=(1.0, 0.9, 0.76), diameter_m=0.1)
    iron = [lathe([*column, *cup], 20), *arms, cap]
    return Shape([(street_looks.street_paint(rng), iron), (looks.shade(rng), [globe])], lights=(light,))


def bollard(rng: np.random.Generator) -> Shape:
    """Returns a short post that keeps cars off a pavement."""
    radius, height = float(rng.uniform(0.045, 0.1)), float(rng.uniform(0.7, 1.05))
    dome = arc((0.0, height - radius), radius, 0.0, 0.5 * math.pi, 6)
    band = lathe(
        [
            (radius + 0.002, height - 0.3),
            (radius + 0.002, height - 0.2),
            (radius - 0.004, height - 0.2),
            (radius - 0.004, height - 0.3),
            (radius + 0.002, height - 0.3),
        ],
        28,
    )
    foot = [(0.0, 0.0), (radius + 0.03, 0.0), (radius + 0.03, 0.02), (radius, 0.05)]
    body = lathe([*foot, *dome[:-1], (0.0, height)], 28)
    return Shape(
        [(street_looks.street_paint(rng), [body]), (looks.look("plastic:white", "e9e9e6", looks.Finish(0.4)), [band])]
    )
