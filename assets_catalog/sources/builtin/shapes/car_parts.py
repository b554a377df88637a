"""What cars and vans wear: wheels, mirrors, number plates, grille, bumpers, handles, wipers, rails."""

import math
from collections.abc import Sequence

import numpy as np

from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.car_body import Vehicle
from assets_catalog.sources.builtin.shapes.shape import Layer
from assets_catalog.sources.builtin.shapes.solids import Solid, box
from assets_catalog.sources.builtin.shapes.turnery import arc, lathe, rod, tube
from assets_catalog.sources.builtin.shapes.upholstery import cushion

_TYRE_M = 0.2
_PLATE = looks.look("plastic:white", "e9e9e6", looks.Finish(0.4))
_INK = looks.look("plastic:ink", "1c1e22", looks.Finish(0.5))
_BADGE = looks.look("metal:alloy", "a9acae", looks.Finish(0.35, metallic=1.0))


def wheel(spokes: int, radius_m: float, side: int, half_width_m: float, y_m: float) -> tuple[Solid, list[Solid]]:
    """Returns tyre and rim of the wheel at one side (-1 or 1), its outer face a little inside the body's."""
    half, rim = 0.5 * _TYRE_M, 0.66 * radius_m
    shoulder = arc((radius_m - 0.03, half - 0.03), 0.03, 0.0, 0.5 * math.pi, 4)
    lower = [(r, -z) for r, z in reversed(shoulder)]
    profile = [(rim, -half + 0.012), *lower, *shoulder, (rim, half - 0.012), (rim, -half + 0.012)]
    tyre = lathe(profile, 28)
    dish = lathe(
        [
            (0.0, -0.06),
            (rim + 0.004, -0.06),
            (rim + 0.004, half - 0.02),
            (rim - 0.015, half - 0.01),
            (rim - 0.03, half - 0.06),
            (0.0, half - 0.07),
        ],
        26,
    )
    hub = lathe(
        [(0.0, half - 0.075), (0.05, half - 0.075), (0.05, half - 0.02), (0.04, half - 0.012), (0.0, half - 0.012)], 14
    )
    wide = 0.45 * rim / math.sqrt(spokes)
    spoke = box((0.03, -0.5 * wide, half - 0.072), (rim - 0.008, 0.5 * wide, half - 0.024), 0.008)
    rays = [spoke.turned("z", 2 * math.pi * step / spokes) for step in range(spokes)]
    x = side * (half_width_m - half - 0.025)

    def placed(solid: Solid) -> Solid:
        return solid.turned("y", side * 0.5 * math.pi).moved(x, y_m, radius_m)

    return placed(tyre), [placed(solid) for solid in (dish, hub, *rays)]


def mirrors(vehicle: Vehicle) -> list[Solid]:
    """Returns the two outer mirrors with their arms."""
    y, z, solids = vehicle.screen[0] + 0.36, vehicle.belt + 0.02, []
    for side in (-1, 1):
        x = side * vehicle.side(y, z)
        low, high = sorted((x + side * 0.05, x + side * 0.2))
        solids.append(cushion((low, y - 0.05, z), (high, y + 0.045, z + 0.12), 0.04))
        solids.append(rod((x - side * 0.06, y, z + 0.01), (x + side * 0.1, y, z + 0.05), 0.018, 8))
    return solids


def handles(vehicle: Vehicle, seams_m: Sequence[float]) -> list[Solid]:
    """Returns a door handle before each seam, on both sides."""
    z = vehicle.belt - 0.1
    return [
        box(
            (side * vehicle.side(y - 0.12, z) - 0.02, y - 0.2, z - 0.013),
            (side * vehicle.side(y - 0.12, z) + 0.02, y - 0.05, z + 0.013),
            0.008,
        )
        for y in seams_m
        for side in (-1, 1)
    ]


def plates(rng: np.random.Generator, vehicle: Vehicle) -> list[Layer]:
    """Returns the number plates, front and rear, with what is written on them, and the maker's badges."""
    half, low = 0.5 * vehicle.length, vehicle.clearance + 0.16
    boards = [
        box((-0.26, y - 0.012, z), (0.26, y + 0.03, z + 0.11), 0.003)
        for y, z in ((-half, low), (half - 0.018, low + 0.12))
    ]
    marks, x = [], -0.22
    while x < 0.2:
        wide = float(rng.uniform(0.03, 0.045))
        for y, z in ((-half - 0.0135, low), (half + 0.0105, low + 0.12)):
            marks.append(box((x, y, z + 0.025), (x + wide, y + 0.003, z + 0.085), 0.0005))
        x += wide + (0.06 if rng.random() < 0.25 else 0.018)
    badges = [box((-0.05, y - 0.015, z - 0.03), (0.05, y + 0.015, z + 0.03), 0.012) for y, z in (
        (-half + 0.002, vehicle.nose - 0.2), (half - 0.006, min(vehicle.tail, 1.05) - 0.24),
    )]  # fmt: skip
    return [(_PLATE, boards), (_INK, marks), (_BADGE, badges)]


def grilles(vehicle: Vehicle) -> list[Solid]:
    """Returns the bars between the head lights, and the intake below the number plate."""
    x, y = 0.5 * vehicle.width, -0.5 * vehicle.length
    high = vehicle.nose - 0.13
    bars = [
        box((-0.5 * x, y - 0.01, high - 0.035 * n - 0.022), (0.5 * x, y + 0.05, high - 0.035 * n), 0.004)
        for n in range(4)
    ]
    low = vehicle.clearance + 0.03
    return [*bars, cushion((-0.52 * x, y - 0.012, low), (0.52 * x, y + 0.12, low + 0.1), 0.02)]


def bumpers(vehicle: Vehicle, high_m: float) -> list[Solid]:
    """Returns the dark lower edges of both ends, so high."""
    x, half, low = 0.62 * 0.5 * vehicle.width, 0.5 * vehicle.length, vehicle.clearance
    return [
        cushion(
            (-x, min(way * half, way * (half - 0.3)) - 0.006, low - 0.02),
            (x, max(way * half, way * (half - 0.3)) + 0.006, low + high_m),
            0.05,
        )
        for way in (-1, 1)
    ]


def sills(vehicle: Vehicle) -> list[Solid]:
    """Returns the dark edges below the doors."""
    front, rear = vehicle.axles
    arch, z = 1.15 * vehicle.wheel, vehicle.clearance
    x = vehicle.side(0.0, z + 0.03)
    return [
        box(
            (min(side * x, side * (x - 0.1)) - 0.004, front + arch, z - 0.02),
            (max(side * x, side * (x - 0.1)) + 0.004, rear - arch, z + 0.06),
            0.015,
        )
        for side in (-1, 1)
    ]


def wipers(vehicle: Vehicle) -> list[Solid]:
    """Returns two arms at the foot of the windscreen."""
    foot, head = vehicle.screen
    y0, y1 = foot + 0.06 * (head - foot), foot + 0.16 * (head - foot)
    return [
        rod((x, y0, vehicle.roof(y0, 0.3) + 0.016), (x + 0.48, y1, vehicle.roof(y1, 0.3) + 0.012), 0.007, 6)
        for x in (-0.52, -0.02)
    ]


def roof_rails(vehicle: Vehicle) -> list[Solid]:
    """Returns a bar along each edge of the roof."""
    rails = []
    for side in (-1, 1):
        ys = np.linspace(vehicle.screen[1] + 0.2, vehicle.rear[1] - 0.12, 7)
        rims = [vehicle.side(float(y), vehicle.edge(float(y))) for y in ys]
        path = [
            (side * 0.93 * rim, float(y), vehicle.roof(float(y), 0.93) + (0.005 if k in (0, 6) else 0.035))
            for k, (y, rim) in enumerate(zip(ys, rims, strict=True))
        ]
        rails.append(tube(path, 0.014, 8))
    return rails
