"""Thing: one object of a street or a hall before it has a number: a model of the catalog, or shapes of ours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Float64

from assets_catalog.record import AssetRecord
from assets_catalog.taxonomy import load_taxonomy
from scenegen.recipes.solid import Solid
from schemas.geometry import Vec3, pose
from schemas.scene_plan import Box, PlannedObject, Sphere, flat
from schemas.surface import Recolor, Surface

Pose = Float64[np.ndarray, "4 4"]


@dataclass(frozen=True, eq=False)
class Thing:
    """A thing, placed. Two are the same only if they are one object."""

    class_name: str
    label: str
    object2world: Pose
    boxes: tuple[Box, ...] = ()
    spheres: tuple[Sphere, ...] = ()
    surface: Surface | None = None
    record: AssetRecord | None = None
    recolored: tuple[Recolor, ...] = ()
    carrier: "Thing | None" = None
    """What it stands on, if not the ground."""

    @cached_property
    def bounds_m(self) -> tuple[Float64[np.ndarray, "3"], Float64[np.ndarray, "3"]]:
        """The lowest and highest coordinates in its own axes."""
        if self.record is not None:
            width_m, depth_m, height_m = self.record.size_m
            return np.array([-width_m / 2, -depth_m / 2, 0.0]), np.array([width_m / 2, depth_m / 2, height_m])
        middles = np.array([each.center_m for each in self.boxes] + [each.center_m for each in self.spheres])
        sides = [box.size_m for box in self.boxes] + [(2 * sphere.radius_m,) * 3 for sphere in self.spheres]
        halves = np.array(sides) / 2
        return (middles - halves).min(axis=0), (middles + halves).max(axis=0)

    @cached_property
    def solid(self) -> Solid:
        """Its box, where it stands upright."""
        low, high = self.bounds_m
        x, y, z = (self.object2world[:3, :3] @ ((low + high) / 2) + self.object2world[:3, 3]).tolist()
        yaw_rad = float(np.arctan2(self.object2world[1, 0], self.object2world[0, 0]))
        half = (high - low) / 2
        return Solid((x, y), (float(half[0]), float(half[1])), yaw_rad, z - float(half[2]), z + float(half[2]))

    @property
    def position_m(self) -> Vec3:
        """Its origin in the world."""
        x, y, z = self.object2world[:3, 3].tolist()
        return x, y, z


def of_record(
    record: AssetRecord,
    position_m: Vec3,
    yaw_rad: float,
    recolored: tuple[Recolor, ...] = (),
    carrier: Thing | None = None,
) -> Thing:
    """Returns a model of the catalog, upright."""
    where = pose(position_m, yaw_rad)
    return Thing(record.class_name, record.label, where, record=record, recolored=recolored, carrier=carrier)


def of_boxes(class_name: str, label: str, where: Pose, boxes: Iterable[Box], surface: Surface) -> Thing:
    """Returns a thing of our own boxes."""
    return Thing(class_name, label, where, boxes=tuple(boxes), surface=surface)


def box(low_m: Vec3, high_m: Vec3) -> Box:
    """Returns the box between two corners, in tenths of a millimetre: plans are stored as text."""
    (a, b, c), (d, e, f) = map(_tenths_of_mm, low_m), map(_tenths_of_mm, high_m)
    return Box(
        center_m=((a + d) / 20_000, (b + e) / 20_000, (c + f) / 20_000),
        size_m=((d - a) / 10_000, (e - b) / 10_000, (f - c) / 10_000),
    )


def _tenths_of_mm(length_m: float) -> int:
    """Returns the nearest whole number of them, as `round(length_m, 4)` finds it, which takes far longer."""
    scaled = length_m * 10_000
    nearest = round(scaled)
    return nearest if abs(scaled - nearest) < 0.4999 else round(round(length_m, 4) * 10_000)  # a near tie


def numbered(things: Sequence[Thing]) -> tuple[PlannedObject, ...]:
    """Returns the things as planned objects; ids count from 1 in the given order."""
    numbers = {thing: number for number, thing in enumerate(things, start=1)}
    return tuple(_planned(thing, numbers) for thing in things)


def _planned(thing: Thing, numbers: dict[Thing, int]) -> PlannedObject:
    return PlannedObject(
        instance_id=numbers[thing],
        class_id=load_taxonomy().class_id(thing.class_name),
        class_name=thing.class_name,
        label=thing.label,
        object2world=flat(thing.object2world),
        asset_id=thing.record.asset_id if thing.record else None,
        boxes=thing.boxes,
        spheres=thing.spheres,
        surface=thing.surface,
        recolored=thing.recolored,
        supported_by=numbers[thing.carrier] if thing.carrier else 0,
    )
