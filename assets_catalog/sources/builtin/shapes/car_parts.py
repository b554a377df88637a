"""What cars and vans wear: wheels, lights, mirrors, number plates, grille and bumpers."""

import math

from assets_catalog.sources.builtin.shapes.solids import Solid, box
from assets_catalog.sources.builtin.shapes.turnery import arc, lathe, rod
from assets_catalog.sources.builtin.shapes.upholstery import cushion

_TYRE_M = 0.2


def wheel(spokes: int, radius_m: float, side: int, half_width_m: float, y_m: float) -> tuple[Solid, list[Solid]]:
    """Returns tyre and rim of the wheel at one side (-1 or 1), its outer face a little inside the body's."""
    half, rim = 0.5 * _TYRE_M, 0.66 * radius_m
    shoulder = arc((radius_m - 0.03, half - 0.03), 0.03, 0.0, 0.5 * math.pi, 4)
    lower = [(r, -z) for r, z in reversed(shoulder)]
    profile = [(rim, -half + 0.012), *lower, *shoulder, (rim, half - 0.012), (rim, -half + 0.012)]
    tyre = lathe(profile, 36)
    dish = lathe(
        [
            (0.0, -0.06),
            (rim + 0.004, -0.06),
            (rim + 0.004, half - 0.02),
            (rim - 0.015, half - 0.01),
            (rim - 0.03, half - 0.06),
            (0.0, half - 0.07),
        ],
        36,
    )
    hub = lathe(
        [(0.0, half - 0.075), (0.05, half - 0.075), (0.05, half - 0.02), (0.04, half - 0.012), (0.0, half - 0.012)], 20
    )
    wide = 0.45 * rim / math.sqrt(spokes)
    spoke = box((0.03, -0.5 * wide, half - 0.072), (rim - 0.008, 0.5 * wide, half - 0.024), 0.008)
    rays = [spoke.turned("z", 2 * math.pi * step / spokes) for step in range(spokes)]
    x = side * (half_width_m - half - 0.015)

    def placed(solid: Solid) -> Solid:
        return solid.turned("y", side * 0.5 * math.pi).moved(x, y_m, radius_m)

    return placed(tyre), [placed(solid) for solid in (dish, hub, *rays)]


def lights_of(length_m: float, width_m: float, nose_m: float, tail_m: float) -> tuple[list[Solid], list[Solid]]:
    """Returns head lights and tail lights, set into the corners."""
    x, y = 0.5 * width_m, 0.5 * length_m
    head = [
        cushion(
            (side * 0.7 * x - 0.17, -y - 0.004, nose_m - 0.2), (side * 0.7 * x + 0.17, -y + 0.26, nose_m - 0.03), 0.06
        )
        for side in (-1, 1)
    ]
    tail = [
        cushion(
            (side * 0.72 * x - 0.13, y - 0.2, tail_m - 0.3), (side * 0.72 * x + 0.13, y + 0.004, tail_m - 0.12), 0.04
        )
        for side in (-1, 1)
    ]
    return head, tail


def mirrors(half_width_m: float, y_m: float, z_m: float) -> list[Solid]:
    """Returns the two outer mirrors with their arms."""
    solids = []
    for side in (-1, 1):
        x = side * half_width_m
        far = x + side * 0.2
        solids.append(
            cushion(
                (min(x + side * 0.04, far), y_m - 0.05, z_m), (max(x + side * 0.04, far), y_m + 0.05, z_m + 0.13), 0.04
            )
        )
        solids.append(rod((x - side * 0.1, y_m, z_m - 0.01), (x + side * 0.1, y_m, z_m + 0.05), 0.018, 8))
    return solids


def handles(half_width_m: float, seams_m: list[float], z_m: float) -> list[Solid]:
    """Returns a door handle before each seam, on both sides."""
    return [
        cushion(
            (side * half_width_m - 0.02, y - 0.2, z_m - 0.014),
            (side * half_width_m + 0.02, y - 0.05, z_m + 0.014),
            0.012,
        )
        for y in seams_m
        for side in (-1, 1)
    ]


def plates(length_m: float, nose_m: float) -> list[Solid]:
    """Returns the number plates, front and rear."""
    y, z = 0.5 * length_m, nose_m - 0.28
    return [box((-0.26, low, z), (0.26, low + 0.03, z + 0.11), 0.003) for low in (-y - 0.012, y - 0.018)]


def trim(length_m: float, width_m: float, nose_m: float, clearance_m: float) -> list[Solid]:
    """Returns grille, lower bumpers and sills, of dark plastic."""
    x, y = 0.5 * width_m, 0.5 * length_m
    grille = cushion((-0.42 * x, -y - 0.008, nose_m - 0.16), (0.42 * x, -y + 0.1, nose_m - 0.06), 0.03)
    bumpers = [
        cushion((-0.8 * x, low, clearance_m + 0.02), (0.8 * x, low + 0.2, clearance_m + 0.15), 0.05)
        for low in (-y - 0.015, y - 0.185)
    ]
    sills = [
        box(
            (side * 0.965 * x - 0.03, -0.2 * length_m, clearance_m - 0.01),
            (side * 0.965 * x + 0.03, 0.2 * length_m, clearance_m + 0.07),
            0.015,
        )
        for side in (-1, 1)
    ]
    return [grille, *bumpers, *sills]
