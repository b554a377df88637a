"""Lorries and buses. The front is -y."""

import numpy as np

from assets_catalog.sources.builtin.shapes import looks, street_looks
from assets_catalog.sources.builtin.shapes.car_body import Vehicle, body, chassis, lamps, panes
from assets_catalog.sources.builtin.shapes.car_parts import bumpers, grilles, mirrors, plates, wheel, wipers
from assets_catalog.sources.builtin.shapes.shape import Layer, Shape
from assets_catalog.sources.builtin.shapes.solids import box

_RIMS = looks.look("metal:alloy", "8f9294", looks.Finish(0.45, metallic=1.0))
_HEAD_LIGHT = looks.look("glass:lamp", "b9c2c8", looks.Finish(0.06))
_NOWHERE = 1e3


def bus(rng: np.random.Generator) -> Shape:
    """Returns a town bus with doors on its right, 9 to 12 m long."""
    length, height = float(rng.uniform(9.0, 12.0)), float(rng.uniform(2.95, 3.2))
    half, belt = 0.5 * length, float(rng.uniform(1.1, 1.3))
    vehicle = Vehicle(
        length, float(rng.uniform(2.45, 2.55)), height, 0.48,
        axles=(-half + 2.6, half - 3.2),
        nose=belt - 0.03, belt=belt, tail=belt,
        screen=(-half + 0.17, -half + float(rng.uniform(0.3, 0.5))),
        rear=(half - 0.12, half - float(rng.uniform(0.16, 0.3))),
        lean=0.05, taper=float(rng.uniform(0.08, 0.14)),
    )  # fmt: skip
    glass, frames = panes(vehicle, tuple(np.linspace(0.0, 1.0, int(rng.integers(6, 9)))[1:-1].tolist()))
    half_x = 0.5 * vehicle.width
    doors = [
        box((-half_x - 0.004, y, 0.36), (-half_x + 0.05, y + 1.15, belt + 0.02), 0.004) for y in (-half + 0.75, -0.3)
    ]
    leaves = [
        box((-half_x - 0.009, y + at, 0.44), (-half_x + 0.04, y + at + 0.5, belt), 0.004)
        for y in (-half + 0.75, -0.3)
        for at in (0.05, 0.6)
    ]
    display = box((-0.8, -half + 0.1, height - 0.42), (0.8, -half + 0.2, height - 0.18), 0.01)
    units = [box((-0.8, y, height - 0.02), (0.8, y + 1.9, height + 0.17), 0.06) for y in (-0.25 * length, 0.2 * length)]
    coat = street_looks.car_paint(rng)
    return Shape(
        [
            (coat, [body(vehicle), *mirrors(vehicle)]),
            (street_looks.DARK_GLASS, [*glass, *leaves]),
            (
                looks.BLACK_PLASTIC,
                [*frames, *doors, chassis(vehicle), display, *wipers(vehicle), *bumpers(vehicle, 0.12)],
            ),
            (looks.look("plastic:white", "e9e9e6", looks.Finish(0.4)), units),
            *_worn(rng, vehicle, vehicle.axles, 0.0),
        ]
    )


def lorry(rng: np.random.Generator) -> Shape:
    """Returns a lorry with a closed box, 6 to 8.5 m long."""
    cab_m, box_m = float(rng.uniform(1.9, 2.3)), float(rng.uniform(4.0, 6.1))
    width, height = float(rng.uniform(2.2, 2.45)), float(rng.uniform(2.5, 2.8))
    half = 0.5 * cab_m
    cab = Vehicle(
        cab_m, width, height, 0.46,
        axles=(-half + 0.95, _NOWHERE),
        nose=1.32, belt=1.42, tail=1.42,
        screen=(-half + 0.18, -half + float(rng.uniform(0.45, 0.7))),
        rear=(half - 0.13, half - 0.2),
        lean=0.06, taper=0.12,
    )  # fmt: skip
    glass, frames = panes(cab, (), 0.7)
    low, top = 1.0, float(rng.uniform(3.0, 3.6))
    start, stop = half + 0.12, half + 0.12 + box_m
    x = 0.5 * width + 0.03
    load = box((-x, start, low), (x, stop, top), 0.03)
    edges = [box((-x - 0.008, y, low - 0.01), (x + 0.008, y + 0.07, top + 0.008), 0.004) for y in (stop - 0.07,)]
    seams = [box((-0.01, stop - 0.01, low + 0.1), (0.01, stop + 0.006, top - 0.1), 0.001)]
    bars = [
        box((side * 0.4 - 0.06, -half + 0.6, 0.62), (side * 0.4 + 0.06, stop - 0.1, low - 0.005), 0.01)
        for side in (-1, 1)
    ]
    guards = [
        box((side * x - 0.03, start + 0.7, z), (side * x + 0.03, stop - 2.1, z + 0.1), 0.01)
        for side in (-1, 1)
        for z in (0.5, 0.75)
    ]
    fender = box((-0.95 * x, stop - 0.15, 0.45), (0.95 * x, stop - 0.05, 0.57), 0.015)
    rear_m = stop - float(rng.uniform(1.2, 1.6))
    tails = [
        box((side * 0.8 * x - 0.16, stop - 0.06, 0.72), (side * 0.8 * x + 0.16, stop - 0.005, 0.86), 0.01)
        for side in (-1, 1)
    ]
    side_coat = looks.look(
        "paint:box",
        looks.tinted(rng, looks.one_of(rng, ("e9e9e6", "e4e6e8", "c9ccd0", "2f5f8a", "a03a2e", "d9a12f"))),
        looks.Finish(0.4),
    )
    marks = looks.vivid(rng, "paint:stripe", 0.4)
    band = [
        box((side * x - 0.006, start + 0.3, low + 0.35), (side * x + 0.006, stop - 0.3, low + 0.8), 0.001)
        for side in (-1, 1)
    ]
    return Shape(
        [
            (street_looks.car_paint(rng), [body(cab), *mirrors(cab)]),
            (side_coat, [load]),
            (marks, band if rng.random() < 0.6 else band[:1]),
            (street_looks.GALVANISED, [*edges, *guards, *seams]),
            (street_looks.DARK_GLASS, glass),
            (
                looks.BLACK_PLASTIC,
                [*frames, chassis(cab), *bars, fender, *grilles(cab), *wipers(cab), *bumpers(cab, 0.3)],
            ),
            (street_looks.TAIL_LIGHT, tails),
            *_worn(rng, cab, (cab.axles[0], rear_m), stop - half),
        ]
    )


def _worn(rng: np.random.Generator, vehicle: Vehicle, axles: tuple[float, float], longer_m: float) -> list[Layer]:
    """Returns wheels, lights and number plates; `longer_m`: how much farther back it goes than its body."""
    wheels = [wheel(8, vehicle.wheel, side, 0.5 * vehicle.width, y) for y in axles for side in (-1, 1)]
    layers: list[Layer] = [
        (street_looks.RUBBER, [tyre for tyre, _ in wheels]),
        (_RIMS, [part for _, rim in wheels for part in rim]),
        (_HEAD_LIGHT, lamps(vehicle, True, (vehicle.clearance + 0.35, vehicle.clearance + 0.5), 0.25)),
    ]
    if not longer_m:
        layers.append((street_looks.TAIL_LIGHT, lamps(vehicle, False, (0.75, 1.0), 0.12)))
    return [*layers, *plates(rng, vehicle)]
