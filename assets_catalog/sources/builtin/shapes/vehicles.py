"""Cars and vans, as driven in cities. The front is -y."""

import numpy as np

from assets_catalog.sources.builtin.shapes import looks, street_looks
from assets_catalog.sources.builtin.shapes.car_body import Vehicle, cabin, chassis, lower_body, panes, seams
from assets_catalog.sources.builtin.shapes.car_parts import handles, lights_of, mirrors, plates, trim, wheel
from assets_catalog.sources.builtin.shapes.shape import Layer, Shape


def car(rng: np.random.Generator) -> Shape:
    """Returns a small car, an estate or a saloon."""
    length, width = float(rng.uniform(3.0, 5.0)), float(rng.uniform(1.62, 1.9))
    height = float(rng.uniform(1.34, 1.85))
    wheel_m = height * float(rng.uniform(0.2, 0.22))
    belt = 0.585 * height
    half = 0.5 * length
    saloon = length > 4.1 and height < 1.6 and rng.random() < 0.7
    cowl = -half + length * float(rng.uniform(0.25, 0.29))
    back = half - (0.17 * length if saloon else 0.06)
    vehicle = Vehicle(
        length, width, height, wheel_m,
        axles=(-half + 0.19 * length, half - 0.19 * length),
        nose=float(rng.uniform(0.5, 0.545)) * height,
        belt=belt,
        tail=belt + (0.0 if saloon else 0.02),
        screen=(cowl, cowl + float(rng.uniform(0.5, 0.72))),
        rear=(back, back - (float(rng.uniform(0.45, 0.65)) if saloon else float(rng.uniform(0.18, 0.4)))),
        roof=float(rng.uniform(0.68, 0.76)),
    )  # fmt: skip
    return _built(rng, vehicle, rows=2 if saloon else 3)


def van(rng: np.random.Generator) -> Shape:
    """Returns a delivery van; some have windows along the sides."""
    length, width = float(rng.uniform(4.4, 6.0)), float(rng.uniform(1.85, 2.05))
    height, wheel_m = float(rng.uniform(1.85, 2.6)), float(rng.uniform(0.32, 0.36))
    half = 0.5 * length
    cowl = -half + float(rng.uniform(0.5, 0.85))
    vehicle = Vehicle(
        length, width, height, wheel_m,
        axles=(-half + 0.16 * length + 0.1, half - 0.2 * length),
        nose=float(rng.uniform(0.85, 0.95)),
        belt=float(rng.uniform(1.12, 1.22)),
        tail=float(rng.uniform(1.12, 1.2)),
        screen=(cowl, cowl + (height - 1.15) * float(rng.uniform(0.5, 0.75))),
        rear=(half - 0.03, half - float(rng.uniform(0.05, 0.12))),
        roof=float(rng.uniform(0.82, 0.88)),
    )  # fmt: skip
    return _built(rng, vehicle, rows=4 if rng.random() < 0.35 else 1)


def _built(rng: np.random.Generator, vehicle: Vehicle, rows: int) -> Shape:
    coat = street_looks.car_paint(rng)
    head, tail = lights_of(vehicle.length, vehicle.width, vehicle.nose, min(vehicle.tail, 1.0))
    mirror = mirrors(0.47 * vehicle.width, vehicle.screen[0] + 0.3, vehicle.belt + 0.04)
    spokes = int(rng.integers(5, 11))
    wheels = [wheel(spokes, vehicle.wheel, side, 0.5 * vehicle.width, y) for y in vehicle.axles for side in (-1, 1)]
    doors = [vehicle.screen[0] + share * (vehicle.rear[0] - vehicle.screen[0]) for share in (0.1, 0.42, 0.72)]
    pulls = handles(0.49 * vehicle.width, doors[1:], vehicle.belt - 0.09)
    dark = trim(vehicle.length, vehicle.width, vehicle.nose, vehicle.clearance)
    layers: list[Layer] = [
        (coat, [lower_body(vehicle), cabin(vehicle), *mirror]),
        (street_looks.DARK_GLASS, panes(vehicle, rows)),
        (street_looks.RUBBER, [tyre for tyre, _ in wheels]),
        (looks.look("metal:alloy", "a9acae", looks.Finish(0.35, metallic=1.0)), [p for _, rim in wheels for p in rim]),
        (looks.BLACK_PLASTIC, [chassis(vehicle), *dark, *seams(vehicle, doors), *pulls]),
        (street_looks.LAMP_GLASS, head),
        (street_looks.TAIL_LIGHT, tail),
        (looks.look("plastic:white", "e9e9e6", looks.Finish(0.4)), plates(vehicle.length, vehicle.nose)),
    ]
    return Shape(layers)
