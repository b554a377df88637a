"""Things of the yard: a floor, balls on poles that a camera may come close to, and larger shapes the farther they are.

Each thing keeps to a circle of the floor of its own. Panels turn their front to the middle, where the cameras stand.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64

from assets_catalog.taxonomy import load_taxonomy
from schemas.geometry import Vec3, pose
from schemas.scene_plan import Box, PlannedObject, Rectangle, Sphere, flat
from schemas.surface import Color, Finish, Surface

MIDDLE_M = 4.5
"""Radius of the part of the yard where the cameras stand, among poles."""
_FLOOR_M = 200.0
_FALL = 0.02
"""Of the ground beyond the floor, so that no sky is seen between its edge and what stands there."""
_FINISHES: tuple[Finish, ...] = ("paint", "paint", "tiles", "planks", "rug")
"""None whose boxes get rounded edges: what is planned is what is built."""
_FLOORS: tuple[Surface, ...] = (
    Surface(finish="ground", color=(0.42, 0.47, 0.26), roughness=0.95),
    Surface(finish="tiles", color=(0.72, 0.68, 0.62), roughness=0.5, scale_m=1.2),
    Surface(finish="paint", color=(0.62, 0.6, 0.56), roughness=0.8),
)
_COLORS: tuple[Color, ...] = (
    (0.78, 0.3, 0.22),
    (0.86, 0.64, 0.26),
    (0.34, 0.5, 0.36),
    (0.24, 0.42, 0.58),
    (0.55, 0.36, 0.5),
    (0.88, 0.86, 0.8),
    (0.3, 0.31, 0.33),
    (0.72, 0.54, 0.42),
)
_TRIES = 20


@dataclass(frozen=True)
class Thing:
    """One object before it has a number."""

    class_name: str
    label: str
    object2world: Float64[np.ndarray, "4 4"]
    surface: Surface
    boxes: tuple[Box, ...] = ()
    spheres: tuple[Sphere, ...] = ()
    rectangles: tuple[Rectangle, ...] = ()
    radius_m: float = 0.0
    """Of its circle on the floor; 0 for what may be walked on."""

    @property
    def position_m(self) -> Vec3:
        """Returns its origin in the world."""
        x, y, z = self.object2world[:3, 3].tolist()
        return x, y, z


def planned(things: Sequence[Thing]) -> tuple[PlannedObject, ...]:
    """Returns the things numbered from 1."""
    taxonomy = load_taxonomy()
    return tuple(
        PlannedObject(
            instance_id=number,
            class_id=taxonomy.class_id(thing.class_name),
            class_name=thing.class_name,
            label=thing.label,
            object2world=flat(thing.object2world),
            boxes=thing.boxes,
            spheres=thing.spheres,
            rectangles=thing.rectangles,
            surface=thing.surface,
        )
        for number, thing in enumerate(things, start=1)
    )


def draw_floor(rng: np.random.Generator) -> Thing:
    """Returns the floor: it ends at a horizon, before rays graze it at angles that float32 can't tell apart."""
    surface = _FLOORS[int(rng.integers(len(_FLOORS)))]
    turned = pose((0.0, 0.0, 0.0), float(rng.uniform(0.0, math.pi)))
    return Thing("ground", "floor", turned, surface, rectangles=(Rectangle(size_m=(_FLOOR_M, _FLOOR_M)),))


def draw_poles(rng: np.random.Generator, count: int, eyes_m: tuple[float, float]) -> list[Thing]:
    """Returns balls on poles, about as high as the cameras' eyes."""
    things: list[Thing] = []
    for _ in range(count):
        radius_m, eye_m = float(rng.uniform(0.05, 0.14)), float(rng.uniform(*eyes_m))
        ball_m = max(eye_m + float(rng.uniform(-0.5, 0.2)), 3.0 * radius_m)
        pole = Box(center_m=(0.0, 0.0, (ball_m - radius_m) / 2), size_m=(0.04, 0.04, ball_m - radius_m))
        ball = Sphere(center_m=(0.0, 0.0, ball_m), radius_m=radius_m)
        spot = _free_spot(rng, things, (0.3, MIDDLE_M), radius_m)
        surface, yaw_rad = _surface(rng, 0.25), float(rng.uniform(0.0, math.pi))
        if spot is not None:
            turned = pose((*spot, 0.0), yaw_rad)
            things.append(Thing("ball", "ball on a pole", turned, surface, (pole,), (ball,), radius_m=radius_m))
    return things


def draw_shapes(rng: np.random.Generator, count: int, distance_m: tuple[float, float]) -> list[Thing]:
    """Returns balls, boxes and panels between two distances from the middle, as large as their distance allows."""
    things: list[Thing] = []
    for _ in range(count):
        away_m = math.exp(float(rng.uniform(math.log(distance_m[0]), math.log(distance_m[1]))))
        radius_m = away_m * float(rng.uniform(0.06, 0.18))
        draw = _SHAPES[int(rng.integers(len(_SHAPES)))]
        spot = _free_spot(rng, things, (away_m, away_m), radius_m)
        surface = _surface(rng, 0.6 * radius_m)
        if spot is not None:
            ground_m = 0.0 if away_m < _FLOOR_M / 2 else -_FALL * away_m
            things.append(draw(rng, (*spot, ground_m), radius_m, surface))
    return things


def _free_spot(
    rng: np.random.Generator, things: Sequence[Thing], away_m: tuple[float, float], radius_m: float
) -> tuple[float, float] | None:
    """Returns where a circle meets none of the others; nothing where no place was found."""
    for _ in range(_TRIES):
        heading_rad, distance_m = float(rng.uniform(-math.pi, math.pi)), float(rng.uniform(*away_m))
        spot = distance_m * math.cos(heading_rad), distance_m * math.sin(heading_rad)
        if all(math.dist(spot, thing.position_m[:2]) > radius_m + thing.radius_m for thing in things):
            return spot
    return None


def _ball(rng: np.random.Generator, spot_m: Vec3, radius_m: float, surface: Surface) -> Thing:
    turned = pose(_above(spot_m, radius_m), 0.0)
    return Thing("ball", "ball", turned, surface, spheres=(Sphere(radius_m=radius_m),), radius_m=radius_m)


def _block(rng: np.random.Generator, spot_m: Vec3, radius_m: float, surface: Surface) -> Thing:
    """A box that stands upright and may be tall."""
    x_m, y_m = (radius_m * float(rng.uniform(0.7, 1.4)) for _ in range(2))
    high_m = radius_m * float(rng.uniform(0.8, 3.0))
    box = Box(center_m=(0.0, 0.0, high_m / 2), size_m=(x_m, y_m, high_m))
    turned = pose(spot_m, float(rng.uniform(0.0, math.pi)))
    return Thing("box", "block", turned, surface, boxes=(box,), radius_m=radius_m)


def _tumbled(rng: np.random.Generator, spot_m: Vec3, radius_m: float, surface: Surface) -> Thing:
    """A box that floats, turned about all axes."""
    x_m, y_m, z_m = (2.0 * radius_m * share for share in rng.uniform(0.25, 0.57, 3).tolist())
    turned = _tilted(_above(spot_m, 1.05 * radius_m), float(rng.uniform(0.0, math.pi)), float(rng.uniform(0.2, 1.4)))
    box = Box(center_m=(0.0, 0.0, 0.0), size_m=(x_m, y_m, z_m))
    return Thing("box", "floating box", turned, surface, boxes=(box,), radius_m=radius_m)


def _panel(rng: np.random.Generator, spot_m: Vec3, radius_m: float, surface: Surface) -> Thing:
    """A rectangle, tilted, whose front is turned to the middle of the yard."""
    toward_middle_rad = math.atan2(-spot_m[1], -spot_m[0])
    yaw_rad = toward_middle_rad + math.pi / 2 + float(rng.uniform(-0.5, 0.5))
    turned = _tilted(_above(spot_m, 1.1 * radius_m), yaw_rad, math.pi / 2 - float(rng.uniform(-0.4, 0.6)))
    size_m = 2.0 * radius_m * float(rng.uniform(0.5, 0.7)), 2.0 * radius_m * float(rng.uniform(0.5, 0.7))
    return Thing("wall", "panel", turned, surface, rectangles=(Rectangle(size_m=size_m),), radius_m=radius_m)


_SHAPES: tuple[Callable[[np.random.Generator, Vec3, float, Surface], Thing], ...] = (
    _ball,
    _block,
    _tumbled,
    _panel,
)


def _above(spot_m: Vec3, height_m: float) -> Vec3:
    return spot_m[0], spot_m[1], spot_m[2] + height_m


def _tilted(position_m: Vec3, yaw_rad: float, tilt_rad: float) -> Float64[np.ndarray, "4 4"]:
    """Returns the object2world of an object tilted about its own x, then turned about z."""
    c, s = math.cos(tilt_rad), math.sin(tilt_rad)
    return pose(position_m, yaw_rad) @ np.array([[1, 0, 0, 0], [0, c, -s, 0], [0, s, c, 0], [0, 0, 0, 1.0]])


def _surface(rng: np.random.Generator, scale_m: float) -> Surface:
    """Returns a finish and a colour; patterns are `scale_m` wide."""
    finish, color = _FINISHES[int(rng.integers(len(_FINISHES)))], _COLORS[int(rng.integers(len(_COLORS)))]
    return Surface(finish=finish, color=color, roughness=float(rng.uniform(0.3, 0.8)), scale_m=scale_m)
