"""Kerbside: where furniture may stand along the main road, and how what is made of boxes is put there."""

from scenegen.recipes.street.builder import Builder
from scenegen.recipes.street.leg import CORNER_RADIUS_M, KERB_M, Leg
from scenegen.recipes.street.made import Made
from scenegen.recipes.thing import Pose, of_boxes
from schemas.geometry import pose


def outer_m(leg: Leg) -> float:
    """Returns where furniture begins: beside the kerb stone, or the road's edge where there is none."""
    return leg.profile.half_m + (KERB_M if leg.profile.kerb_m else 1.0)


def on_pavement(leg: Leg, side: int, s_m: float, clear_m: float = 0.8) -> bool:
    clear_m = max(clear_m, CORNER_RADIUS_M + 0.2 if leg.profile.kerb_m else 0.0)
    return all(gap.side != side or abs(s_m - gap.s_m) > gap.half_m + clear_m for gap in leg.gaps)


def put(builder: Builder, made: Made, place: tuple[float, float, float]) -> bool:
    x, y, yaw_rad = place
    site = builder.site
    flat = of_boxes(made.class_name, made.label, pose((x, y, 0.0), yaw_rad), made.boxes, made.surface)
    ground_m = site.level_m(flat.solid)
    if ground_m is None:
        return False
    where: Pose = pose((x, y, ground_m), yaw_rad)
    if not site.put(of_boxes(made.class_name, made.label, where, made.boxes, made.surface), 0.12):
        return False
    site.add(*(of_boxes(each.class_name, each.label, where, each.boxes, each.surface) for each in made.worn))
    return True
