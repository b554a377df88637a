"""Jars, pots and pans, trays and drinking glasses."""

import math

import numpy as np

from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.looks import Finish, look
from assets_catalog.sources.builtin.shapes.shape import Shape
from assets_catalog.sources.builtin.shapes.skins import loft, superellipse
from assets_catalog.sources.builtin.shapes.solids import Solid, box
from assets_catalog.sources.builtin.shapes.turnery import arc, curve, disc, hollow, lathe, tube

_STEEL = look("metal:steel", "b9bbbd", Finish(0.28, metallic=1.0))
_IRON = look("metal:iron", "2b2b2c", Finish(0.5, metallic=0.6))
_FOODS = ("d8b98a", "7a4a2b", "c9a24a", "e8dcc0", "8f3f2a", "5b6b3a", "3a2a22")
_CLEAR = look("glass:clear", "eef3f2", Finish(0.03, opacity=0.2))


def jar(rng: np.random.Generator) -> Shape:
    """Returns a jar with a lid: of glass with something in it, or of earthenware."""
    radius, height = float(rng.uniform(0.035, 0.075)), float(rng.uniform(0.09, 0.24))
    neck = radius * float(rng.uniform(0.72, 0.98))
    belly = radius * float(rng.uniform(0.95, 1.0))
    outer = [
        *arc((belly - 0.008, 0.008), 0.008, -0.5 * math.pi, 0.0, 3),
        *curve(
            [(belly, 0.02), (radius, 0.5 * height), (radius, 0.72 * height), (neck, 0.9 * height), (neck, height)], 5
        ),
    ]
    body = lathe(hollow(outer, 0.0035, 0.006), 36)
    lid_look = (looks.wood(rng), looks.metal(rng), looks.ceramic(rng))[int(rng.integers(3))]
    lid = _lid(rng, neck + 0.004, height)
    if rng.random() < 0.4:
        return Shape([(looks.ceramic(rng), [body]), (lid_look, lid)])
    fill = float(rng.uniform(0.35, 0.85)) * height
    radii, heights = np.array(outer).T
    rows = [0.0085, *np.linspace(0.03, fill, 5)]
    inside = [(max(0.002, float(np.interp(z, heights, radii)) - 0.0039), float(z)) for z in rows]
    content = lathe([(0.0, 0.0085), *inside, (0.0, fill + 0.004)], 28)
    food = look("food:food", looks.tinted(rng, looks.one_of(rng, _FOODS)), Finish(0.8))
    return Shape([(_CLEAR, [body]), (food, [content]), (lid_look, lid)])


def _lid(rng: np.random.Generator, radius_m: float, z_m: float) -> list[Solid]:
    """Returns a flat screwed lid, or a domed one with a knob."""
    if rng.random() < 0.5:
        return [disc(radius_m, z_m - 0.014, z_m + 0.006, 0.003, 36)]
    top = z_m + 0.35 * radius_m
    dome = curve(
        [(radius_m + 0.002, z_m + 0.001), (0.8 * radius_m, z_m + 0.2 * radius_m), (0.3 * radius_m, top), (0.004, top)],
        3,
    )
    knob = [
        (0.0, top - 0.004),
        (0.006, top - 0.004),
        (0.006, top + 0.006),
        (0.012, top + 0.014),
        (0.008, top + 0.022),
        (0.0, top + 0.023),
    ]
    return [lathe([(0.0, z_m), *dome, (0.0, top)], 32), lathe(knob, 16)]


def frying_pan(rng: np.random.Generator) -> Shape:
    """Returns a low pan with one long handle."""
    radius, height = float(rng.uniform(0.1, 0.155)), float(rng.uniform(0.038, 0.065))
    outer = curve([(0.8 * radius, 0.0), (0.83 * radius, 0.003), (0.95 * radius, 0.6 * height), (radius, height)], 4)
    wall = lathe(hollow(outer, 0.0035, 0.005), 48)
    handle = _long_handle(radius, height, float(rng.uniform(0.17, 0.22)))
    wooden = rng.random() < 0.4
    grip = looks.wood(rng) if wooden else looks.BLACK_PLASTIC
    return Shape([(_IRON if rng.random() < 0.6 else _STEEL, [wall]), (grip, [handle])])


def _long_handle(radius_m: float, height_m: float, length_m: float) -> Solid:
    """Returns a flat handle that rises from the rim."""
    shares = np.linspace(0, 1, 8)
    rings = []
    for share in shares:
        wide = 0.009 + 0.006 * math.sin(math.pi * min(1.0, 0.15 + share))
        ring = superellipse(wide, 0.0065, 14, 2.6)
        lift = 0.75 * height_m + 0.035 * share**1.5
        rings.append([(radius_m - 0.006 + length_m * share, y, lift + z) for y, z in ring])
    return loft(np.array(rings))


def cooking_pot(rng: np.random.Generator) -> Shape:
    """Returns a pot or a saucepan with its lid on."""
    radius, height = float(rng.uniform(0.085, 0.14)), float(rng.uniform(0.09, 0.19))
    outer = [
        *arc((radius - 0.012, 0.012), 0.012, -0.5 * math.pi, 0.0, 4),
        (radius, height - 0.004),
        (radius + 0.003, height),
    ]
    skin = (_STEEL, looks.vivid(rng, "ceramic:enamel", 0.18), _IRON)[int(rng.integers(3))]
    body = lathe(hollow(outer, 0.003, 0.005), 44)
    lid = lathe(
        [
            (0.0, height + 0.001),
            (radius + 0.002, height + 0.001),
            (radius + 0.002, height + 0.006),
            *curve([(0.9 * radius, height + 0.014), (0.4 * radius, height + 0.028), (0.004, height + 0.032)], 3),
            (0.0, height + 0.032),
        ],
        44,
    )
    knob = lathe(
        [
            (0.0, height + 0.03),
            (0.007, height + 0.03),
            (0.007, height + 0.042),
            (0.018, height + 0.05),
            (0.016, height + 0.06),
            (0.0, height + 0.062),
        ],
        20,
    )
    grip = looks.BLACK_PLASTIC if rng.random() < 0.5 else _STEEL
    if rng.random() < 0.35:
        handles = [_long_handle(radius, height, 0.17)]
    else:
        handles = [_ear(radius, 0.82 * height).turned("z", turn) for turn in (0.0, math.pi)]
    return Shape([(skin, [body, lid]), (grip, [knob, *handles])])


def _ear(radius_m: float, z_m: float) -> Solid:
    bow = [(radius_m - 0.004 + 0.034 * math.sin(t), -0.045 * math.cos(t), z_m) for t in np.linspace(0, math.pi, 11)]
    return tube(bow, 0.0055, 8)


def tray(rng: np.random.Generator) -> Shape:
    """Returns a serving tray, rectangular with grips or round with a rim."""
    skin = looks.wood(rng) if rng.random() < 0.6 else looks.paint(rng)
    if rng.random() < 0.35:
        radius, rim = float(rng.uniform(0.15, 0.22)), float(rng.uniform(0.018, 0.035))
        plate = lathe(hollow([(radius - 0.004, 0.0), (radius, 0.004), (radius + 0.004, rim)], 0.006, 0.006), 56)
        oval = plate.stretched(y=float(rng.uniform(0.6, 1.0)))
        return Shape([(looks.metal(rng) if rng.random() < 0.4 else skin, [oval])])
    x, y = 0.5 * float(rng.uniform(0.28, 0.52)), 0.5 * float(rng.uniform(0.16, 0.4))
    rim, thick = float(rng.uniform(0.035, 0.06)), float(rng.uniform(0.009, 0.013))
    solids = [box((-x + 0.002, -y + 0.002, 0.002), (x - 0.002, y - 0.002, 0.012), 0.003)]
    solids += [box((-x, side, 0.0), (x, side + thick, rim), 0.003) for side in (-y, y - thick)]
    solids += [
        box((side + 0.0008, -y + 0.0005, 0.0005), (side + thick - 0.0008, y - 0.0005, rim - 0.0005), 0.003)
        for side in (-x, x - thick)
    ]
    grips = [_ear(x - 0.006, rim + 0.004).stretched(y=1.5).turned("z", turn) for turn in (0.0, math.pi)]
    return Shape([(skin, solids), (looks.metal(rng) if rng.random() < 0.6 else skin, grips)])


def tumbler(rng: np.random.Generator) -> Shape:
    """Returns a drinking glass without a stem, empty or with water."""
    radius, height = float(rng.uniform(0.032, 0.042)), float(rng.uniform(0.08, 0.15))
    foot = radius * float(rng.uniform(0.72, 1.0))
    outer = [
        (foot - 0.003, 0.0),
        (foot, 0.004),
        *((foot + (radius - foot) * t, 0.004 + (height - 0.004) * t) for t in (0.25, 0.5, 0.75, 1.0)),
    ]
    wall = lathe(hollow(outer, 0.0022, 0.009), 36)
    look_of = _CLEAR if rng.random() < 0.6 else looks.glass(rng)
    return Shape([(look_of, [wall])])


def wine_glass(rng: np.random.Generator) -> Shape:
    """Returns a glass on a stem."""
    radius, height = float(rng.uniform(0.03, 0.045)), float(rng.uniform(0.15, 0.22))
    stem, foot = float(rng.uniform(0.35, 0.5)) * height, float(rng.uniform(0.03, 0.037))
    bowl = curve(
        [
            (0.004, stem),
            (0.75 * radius, stem + 0.16 * (height - stem)),
            (radius, stem + 0.45 * (height - stem)),
            (radius * float(rng.uniform(0.7, 0.95)), height),
        ],
        6,
    )
    inside = [(max(r - 0.0016, 0.0012), z + 0.0016 * (index < len(bowl) - 1)) for index, (r, z) in enumerate(bowl)][
        ::-1
    ]
    inside = [p for p in inside if p[1] > stem + 0.006]
    base = [(0.0, 0.0), (foot, 0.0), (foot, 0.0016), (0.3 * foot, 0.004), (0.0038, 0.012), (0.0034, 0.6 * stem)]
    return Shape([(_CLEAR, [lathe([*base, *bowl, *inside, (0.0, stem + 0.005)], 36)])])
