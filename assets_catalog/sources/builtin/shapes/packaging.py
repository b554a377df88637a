"""Packaging: cartons, milk cartons, tins, cans, plastic bottles and jars, all printed or with printed labels."""

import math

import numpy as np

from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.looks import Finish, look
from assets_catalog.sources.builtin.shapes.prints import Print, around, draw_print, on_front
from assets_catalog.sources.builtin.shapes.shape import Layer, Shape
from assets_catalog.sources.builtin.shapes.skins import loft, superellipse
from assets_catalog.sources.builtin.shapes.solids import Solid, box
from assets_catalog.sources.builtin.shapes.turnery import arc, curve, disc, hollow, lathe

_TINPLATE = look("metal:tin", "c4c6c8", Finish(0.3, metallic=1.0))
_CLEAR = look("glass:clear", "eef3f2", Finish(0.03, opacity=0.2))
_FAR_M = 1.0
"""Facets of a print on a plane: one."""


def carton(rng: np.random.Generator) -> Shape:
    """Returns a printed carton, as of cereals, tea or biscuits."""
    wide, deep, high = float(rng.uniform(0.07, 0.21)), float(rng.uniform(0.052, 0.085)), float(rng.uniform(0.1, 0.31))
    body = box((-0.5 * wide, -0.5 * deep, 0.0), (0.5 * wide, 0.5 * deep, high), 0.0012)
    front = draw_print(rng, (wide - 0.004, high - 0.004))
    layers: list[Layer] = [(front.paper, [body])]
    for turn in (0.0, math.pi):
        layers += _turned(front, wide - 0.004, 0.5 * deep, turn)
    flap = box(
        (-0.5 * wide + 0.001, -0.004, high - 0.0004), (0.5 * wide - 0.001, 0.5 * deep - 0.001, high + 0.0006), 0.0002
    )
    return Shape([*layers, (front.paper, [flap])])


def _turned(front: Print, wide_m: float, reach_m: float, turn_rad: float) -> list[Layer]:
    layers = front.layers(on_front(wide_m, 0.002, -reach_m), _FAR_M)
    return [(ink, [solid.turned("z", turn_rad) for solid in solids]) for ink, solids in layers]


def milk_carton(rng: np.random.Generator) -> Shape:
    """Returns a carton with a gable and mostly a screw cap."""
    half, high = float(rng.uniform(0.03, 0.048)), float(rng.uniform(0.13, 0.21))
    deep = half * float(rng.uniform(0.8, 1.0))
    ridge = high + float(rng.uniform(0.6, 0.85)) * deep
    levels = [(deep, 0.0), (deep, high), (0.0022, ridge), (0.0018, ridge + 0.013)]
    rings = [[(x, y, z) for x, y in ((half, d), (-half, d), (-half, -d), (half, -d))] for d, z in levels]
    front = draw_print(rng, (2 * half - 0.002, high - 0.004))
    layers: list[Layer] = [(front.paper, [loft(np.array(rings))])]
    for turn in (0.0, math.pi):
        layers += _turned(front, 2 * half - 0.002, deep, turn)
    if rng.random() < 0.75:
        cap = disc(0.0135, -0.004, 0.012, 0.0015, 24).turned("x", 0.5 * math.pi - math.atan2(deep, ridge - high))
        layers.append((front.inks[2], [cap.moved(0.0, -0.5 * deep, 0.5 * (high + ridge))]))
    return Shape(layers)


def tin(rng: np.random.Generator) -> Shape:
    """Returns a tin of food with a printed paper label."""
    radius, high = float(rng.uniform(0.031, 0.052)), float(rng.uniform(0.055, 0.125))
    rim = [(radius - 0.0008, 0.0), (radius + 0.0012, 0.0006), (radius + 0.0012, 0.0026), (radius, 0.0036)]
    over = [(r, high - z) for r, z in reversed(rim)]
    ribs = [(radius - 0.0006 * (n % 2), z) for n, z in enumerate(np.linspace(0.3 * high, 0.7 * high, 9).tolist())]
    body = lathe([(0.0, 0.0018), *rim, *ribs, *over, (radius - 0.002, high - 0.003), (0.0, high - 0.003)], 36)
    low, top = 0.006, high - 0.006
    label = _band(radius + 0.0004, low, top, 36)
    return Shape(_labelled(rng, [(_TINPLATE, [body])], label, (low, top, radius + 0.0004)))


def _band(radius_m: float, low_m: float, high_m: float, segments: int) -> Solid:
    inner = radius_m - 0.0016
    return lathe([(inner, low_m), (radius_m, low_m), (radius_m, high_m), (inner, high_m), (inner, low_m)], segments)


def _labelled(
    rng: np.random.Generator, layers: list[Layer], label: Solid, at: tuple[float, float, float], flat: float = 1.0
) -> list[Layer]:
    """Returns layers with a label given as (from, to, radius), printed twice around."""
    low, high, radius = at
    wide = 2.2 * radius
    front = draw_print(rng, (wide, high - low - 0.002))
    printed = front.layers(around(wide, low + 0.001, radius, flat), 0.15 * radius)
    twice = [(ink, [solid.turned("z", turn) for turn in (0.0, math.pi) for solid in solids]) for ink, solids in printed]
    return [*layers, (front.paper, [label]), *twice]


def drink_can(rng: np.random.Generator) -> Shape:
    """Returns a can of lemonade or beer, slim or standard."""
    radius = float(rng.uniform(0.0262, 0.0335))
    high = float(rng.uniform(0.095, 0.168)) if radius > 0.029 else float(rng.uniform(0.12, 0.15))
    foot = [(0.76 * radius, 0.0), (0.8 * radius, 0.0006), (radius, 0.0085)]
    neck = curve([(radius, high - 0.016), (0.93 * radius, high - 0.008), (0.83 * radius, high - 0.0025)], 3)
    rim = [(0.86 * radius, high - 0.0015), (0.86 * radius, high), (0.8 * radius, high), (0.78 * radius, high - 0.004)]
    body = lathe([(0.0, 0.006), (0.7 * radius, 0.004), *foot, (radius, 0.01), *neck, *rim, (0.0, high - 0.0035)], 36)
    tab = box((-0.008, -0.004, high - 0.0036), (0.012, 0.004, high - 0.0022), 0.0004)
    skin = _band(radius + 0.0003, 0.0105, high - 0.0165, 36)
    return Shape(_labelled(rng, [(_TINPLATE, [body, tab])], skin, (0.0105, high - 0.0165, radius + 0.0003)))


def squeeze_bottle(rng: np.random.Generator) -> Shape:
    """Returns a plastic bottle with a label, oval or round, as of ketchup, oil or a cleaner."""
    half, high = float(rng.uniform(0.028, 0.047)), float(rng.uniform(0.15, 0.28))
    flat, power = float(rng.uniform(0.62, 1.0)), 2.0
    shoulder, neck = float(rng.uniform(0.6, 0.74)) * high, float(rng.uniform(0.011, 0.015))
    line = [
        (0.88 * half, 0.0), (half, 0.005), (half, 0.3 * shoulder), (half, 0.7 * shoulder), (half, shoulder),
        *curve([(half, shoulder + 0.004), (0.8 * half, 0.5 * (shoulder + 0.86 * high)), (neck + 0.002, 0.84 * high),
                (neck, 0.88 * high)], 4),
    ]  # fmt: skip
    rings = []
    for r, z in line:
        share = max(0.0, (r - neck) / (half - neck))
        rings.append([(x, y, z) for x, y in superellipse(r, r * (1 - (1 - flat) * share), 36, power)])
    stuff = (
        looks.vivid(rng, "plastic:bottle", 0.3)
        if rng.random() < 0.65
        else look("plastic:bottle", "ecebe4", Finish(0.3))
    )
    ring = [(neck + 0.004, 0.872 * high), (neck + 0.004, 0.95 * high), (0.6 * neck, high)]
    cap = lathe([(0.0, 0.872 * high), *ring, (0.0, high)], 24)
    low, top = 0.12 * shoulder, 0.92 * shoulder
    label = _band(half + 0.0003, low, top, 36).stretched(y=flat + 0.0003 * (1 - flat) / half)
    closing = looks.vivid(rng, "plastic:cap", 0.35)
    layers: list[Layer] = [(stuff, [loft(np.array(rings))]), (closing, [cap])]
    return Shape(_labelled(rng, layers, label, (low, top, half + 0.0003), flat))


def jam_jar(rng: np.random.Generator) -> Shape:
    """Returns a jar of jam, honey, pickles or sauce with its label and lid."""
    radius, high = float(rng.uniform(0.03, 0.043)), float(rng.uniform(0.075, 0.15))
    neck = radius * float(rng.uniform(0.8, 0.93))
    outer = [
        *arc((radius - 0.006, 0.006), 0.006, -0.5 * math.pi, 0.0, 3),
        *curve([(radius, 0.012), (radius, 0.76 * high), (neck, 0.88 * high), (neck, high)], 4),
    ]
    radii, heights = np.array(outer).T
    fill = float(rng.uniform(0.72, 0.84)) * high
    rows = [0.008, *np.linspace(0.02, fill, 4)]
    inside = [(max(0.002, float(np.interp(z, heights, radii)) - 0.0036), float(z)) for z in rows]
    content = lathe([(0.0, 0.008), *inside, (0.0, fill + 0.001)], 28)
    color = looks.one_of(rng, ("6a1620", "c9862a", "8f2f1d", "5a6a2a", "d9a53a", "3a1f18", "b5341f"))
    food = look("food:preserve", looks.tinted(rng, color), Finish(0.25))
    cover = look("metal:lid", looks.one_of(rng, ("b8964f", "a32a24", "e6e4de", "2a2b2d", "2f6d4a")), Finish(0.35, 0.6))
    lid = disc(neck + 0.003, high - 0.011, high + 0.004, 0.0015, 36)
    low, top = 0.2 * high, 0.68 * high
    layers: list[Layer] = [(_CLEAR, [lathe(hollow(outer, 0.003, 0.006), 36)]), (food, [content]), (cover, [lid])]
    return Shape(_labelled(rng, layers, _band(radius + 0.0004, low, top, 36), (low, top, radius + 0.0004)))
