"""Cars and vans, as driven in cities. The front is -y."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from assets_catalog.sources.builtin.shapes import looks, street_looks
from assets_catalog.sources.builtin.shapes.car_body import Vehicle, body, chassis, lamps, panes, seams
from assets_catalog.sources.builtin.shapes.car_parts import (
    bumpers,
    grilles,
    handles,
    mirrors,
    plates,
    roof_rails,
    sills,
    wheel,
    wipers,
)
from assets_catalog.sources.builtin.shapes.shape import Layer, Shape
from assets_catalog.sources.builtin.shapes.solids import Solid

_Span = tuple[float, float]


@dataclass(frozen=True)
class _Sort:
    """A sort of car; lengths in metres, others as shares of length or height."""

    length: _Span
    width: _Span
    height: _Span
    bonnet: _Span
    """From the front to the windscreen's foot, of the length."""
    boot: _Span
    """From the rear window's foot to the rear, of the length."""
    screen: _Span
    """How far the windscreen leans, metres."""
    rear: _Span
    """How far the rear window leans, metres."""
    belt: float
    """Of the height."""
    doors: tuple[float, ...]
    """Where side windows are parted."""
    is_tough: bool = False
    """On large wheels, with dark cladding and rails."""


_HEAD_LIGHT = looks.look("glass:lamp", "b9c2c8", looks.Finish(0.06))

_SORTS: Mapping[str, _Sort] = {
    "city": _Sort(
        (3.4, 3.8), (1.6, 1.68), (1.46, 1.56), (0.2, 0.23), (0.02, 0.03), (0.7, 0.85), (0.3, 0.42),
        0.6, (0.58,),
    ),
    "hatchback": _Sort(
        (3.95, 4.4), (1.74, 1.84), (1.42, 1.52), (0.24, 0.27), (0.025, 0.045), (0.8, 0.95), (0.45, 0.65),
        0.61, (0.48, 0.88),
    ),
    "saloon": _Sort(
        (4.5, 4.95), (1.78, 1.88), (1.4, 1.48), (0.25, 0.28), (0.13, 0.16), (0.8, 1.0), (0.6, 0.8),
        0.61, (0.47, 0.9),
    ),
    "estate": _Sort(
        (4.5, 4.9), (1.78, 1.87), (1.43, 1.53), (0.25, 0.27), (0.02, 0.03), (0.8, 0.95), (0.35, 0.55),
        0.61, (0.37, 0.7),
    ),
    "off-roader": _Sort(
        (4.0, 4.9), (1.78, 1.95), (1.6, 1.82), (0.22, 0.25), (0.015, 0.03), (0.65, 0.8), (0.3, 0.5),
        0.6, (0.42, 0.77), True,
    ),
    "people carrier": _Sort(
        (3.9, 4.95), (1.72, 1.9), (1.58, 1.82), (0.16, 0.22), (0.012, 0.03), (0.8, 1.1), (0.2, 0.45),
        0.58, (0.12, 0.47, 0.77),
    ),
    "coupé": _Sort(
        (4.2, 4.6), (1.8, 1.9), (1.27, 1.34), (0.29, 0.33), (0.08, 0.11), (0.85, 1.0), (0.9, 1.15),
        0.64, (0.78,),
    ),
}  # fmt: skip


def car(*sorts: str) -> Callable[[np.random.Generator], Shape]:
    """Returns what draws a car of one of some sorts."""
    return partial(_car, sorts=sorts)


def _car(rng: np.random.Generator, sorts: tuple[str, ...]) -> Shape:
    sort = _SORTS[sorts[int(rng.integers(len(sorts)))]]
    length, width, height = (float(rng.uniform(*span)) for span in (sort.length, sort.width, sort.height))
    half, belt = 0.5 * length, sort.belt * height
    wheel_m = float(rng.uniform(0.345, 0.375)) if sort.is_tough else float(rng.uniform(0.295, 0.325))
    cowl = -half + length * float(rng.uniform(*sort.bonnet))
    foot = half - length * float(rng.uniform(*sort.boot))
    vehicle = Vehicle(
        length, width, height, wheel_m,
        axles=(-half + float(rng.uniform(0.19, 0.205)) * length, half - float(rng.uniform(0.18, 0.2)) * length),
        nose=belt - float(rng.uniform(0.2, 0.26)),
        belt=belt,
        tail=belt + float(rng.uniform(0.0, 0.05)),
        screen=(cowl, cowl + float(rng.uniform(*sort.screen))),
        rear=(foot, foot - float(rng.uniform(*sort.rear))),
        lean=float(rng.uniform(0.26, 0.36)),
        taper=float(rng.uniform(0.26, 0.36)),
    )  # fmt: skip
    layers = _built(rng, vehicle, sort.doors, bumper_m=0.2 if sort.is_tough else 0.1)
    if sort.is_tough or rng.random() < 0.25:
        layers.append((looks.BLACK_PLASTIC, roof_rails(vehicle)))
    return Shape(layers)


def van(rng: np.random.Generator) -> Shape:
    """Returns a delivery van; some have windows along the sides."""
    length, width = float(rng.uniform(4.4, 6.0)), float(rng.uniform(1.85, 2.05))
    height, wheel_m = float(rng.uniform(1.85, 2.6)), float(rng.uniform(0.32, 0.36))
    half = 0.5 * length
    cowl = -half + float(rng.uniform(0.55, 0.85))
    vehicle = Vehicle(
        length, width, height, wheel_m,
        axles=(-half + 0.16 * length + 0.1, half - 0.2 * length),
        nose=float(rng.uniform(0.85, 0.95)),
        belt=float(rng.uniform(1.14, 1.24)),
        tail=float(rng.uniform(1.12, 1.2)),
        screen=(cowl, cowl + (height - 1.15) * float(rng.uniform(0.55, 0.75))),
        rear=(half - 0.03, half - float(rng.uniform(0.06, 0.12))),
        lean=float(rng.uniform(0.1, 0.16)),
        taper=float(rng.uniform(0.14, 0.22)),
    )  # fmt: skip
    if rng.random() < 0.35:
        return Shape(_built(rng, vehicle, (0.3, 0.55, 0.78)))
    return Shape(_built(rng, vehicle, (), float(rng.uniform(0.24, 0.3))))


def _built(
    rng: np.random.Generator, vehicle: Vehicle, doors: tuple[float, ...], reach: float = 1.0, bumper_m: float = 0.1
) -> list[Layer]:
    """Returns the layers of a car; `reach` as of `panes`."""
    coat, nose = street_looks.car_paint(rng), vehicle.nose
    glass, frames = panes(vehicle, doors, reach)
    rims = int(rng.integers(5, 11))
    wheels = [wheel(rims, vehicle.wheel, side, 0.5 * vehicle.width, y) for y in vehicle.axles for side in (-1, 1)]
    opens = _seams_m(vehicle, doors)
    high = float(rng.uniform(0.09, 0.15))
    long = float(rng.uniform(0.32, 0.5))
    head = lamps(vehicle, True, (nose - 0.1 - high, nose - 0.1), long)
    beds = lamps(vehicle, True, (nose - 0.12 - high, nose - 0.085), long + 0.05, 0.003)
    back = min(vehicle.tail, 1.05)
    tall = float(rng.uniform(0.13, 0.3))
    tail = lamps(vehicle, False, (back - 0.12 - tall, back - 0.12), float(rng.uniform(0.18, 0.34)))
    dark: list[Solid] = [
        *frames,
        chassis(vehicle),
        *grilles(vehicle),
        *sills(vehicle),
        *wipers(vehicle),
        *seams(vehicle, opens),
    ]
    chrome = looks.look("metal:alloy", "a9acae", looks.Finish(0.35, metallic=1.0))
    return [
        (coat, [body(vehicle), *mirrors(vehicle), *handles(vehicle, opens[1:])]),
        (street_looks.DARK_GLASS, glass),
        (street_looks.RUBBER, [tyre for tyre, _ in wheels]),
        (chrome, [part for _, rim in wheels for part in rim]),
        (looks.BLACK_PLASTIC, [*dark, *bumpers(vehicle, bumper_m)]),
        (_HEAD_LIGHT, head),
        (looks.BLACK_PLASTIC, beds),
        (street_looks.TAIL_LIGHT, tail),
        *plates(rng, vehicle),
    ]


def _seams_m(vehicle: Vehicle, doors: tuple[float, ...]) -> list[float]:
    """Returns where doors open: before the first window, and where windows are parted."""
    low, high = vehicle.screen[0] + 0.2, vehicle.rear[0] - 0.1
    first = [low, *(low + share * (high - low) for share in doors if share > 0.3)]
    return first if len(first) > 1 else [low, low + 1.05]
