"""A planned room read back from plan and records alone: its boxes on the floor plan, and which of them overlap.

Overlaps are found by clipping rectangles (Sutherland and Hodgman), not by the planner's own test.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from assets_catalog.catalog import Catalog
from assets_catalog.record import AssetRecord
from schemas.scene_plan import Box, PlannedObject, ScenePlan, square

_TOLERANCE_M = 1e-3


@dataclass(frozen=True)
class Block:
    """One box of an object: corners on the floor plan, counter-clockwise, and its heights."""

    owner: PlannedObject
    corners_m: np.ndarray
    bottom_m: float
    top_m: float

    def shrunk(self, by_m: float) -> np.ndarray:
        """Returns the corners of the rectangle, each side moved inward."""
        x, y = self.corners_m[1] - self.corners_m[0], self.corners_m[3] - self.corners_m[0]
        inward = by_m * (x / np.linalg.norm(x)), by_m * (y / np.linalg.norm(y))
        signs = ((1, 1), (-1, 1), (-1, -1), (1, -1))
        return self.corners_m + np.array([i * inward[0] + j * inward[1] for i, j in signs])


@dataclass(frozen=True)
class Room:
    """A plan, and the records of its assets."""

    plan: ScenePlan
    records: dict[int, AssetRecord]
    """instance_id -> record."""

    @property
    def floors(self) -> list[Block]:
        """What the rooms and their walls stand on."""
        return [
            block for planned in self.of_class("floor") if planned.label == "floor" for block in self.blocks(planned)
        ]

    @property
    def walls(self) -> list[Block]:
        """The boxes of all walls: where they are, above openings too, is no room."""
        labels = tuple(f"{side} wall" for side in ("south", "east", "north", "west"))
        return [block for planned in self.of_class("wall") if planned.label in labels for block in self.blocks(planned)]

    def contains(self, point_m: np.ndarray) -> bool:
        """Tells whether a point of the floor plan is in one of the rooms."""
        on_floor = any(_covers(block, point_m) for block in self.floors)
        return on_floor and not any(_covers(block, point_m) for block in self.walls)

    def holds(self, block: Block) -> bool:
        """Tells whether a box is wholly over the floor, and in no wall."""
        area_m2 = area_m2_of(block.corners_m)
        over = sum(common_area_m2(block.corners_m, floor.corners_m) for floor in self.floors)
        within = max(common_area_m2(block.corners_m, wall.corners_m) for wall in self.walls)
        return over > area_m2 - 1e-6 and within < 1e-5

    @property
    def ceiling_m(self) -> float:
        """Height of the ceiling's face."""
        ceiling = self.of_class("ceiling")[0].boxes[0]
        return ceiling.center_m[2] - ceiling.size_m[2] / 2

    def of_class(self, class_name: str) -> list[PlannedObject]:
        """Returns the objects of a class."""
        return [planned for planned in self.plan.objects if planned.class_name == class_name]

    def assets(self, *placements: str) -> list[PlannedObject]:
        """Returns the assets of some placements."""
        return [p for p in self.plan.objects if p.asset_id and self.records[p.instance_id].placement in placements]

    def furniture(self) -> list[PlannedObject]:
        """Returns assets on the floor, rugs left out."""
        return [planned for planned in self.assets("floor") if planned.class_name != "rug"]

    def small(self) -> list[PlannedObject]:
        """Returns what stands on surfaces."""
        return [planned for planned in self.assets("surface") if self._stands_on_furniture(planned)]

    def _stands_on_furniture(self, planned: PlannedObject) -> bool:
        carrier = [each for each in self.plan.objects if each.instance_id == planned.supported_by]
        return any(each.class_name != "rug" for each in carrier)

    def blocks(self, planned: PlannedObject) -> list[Block]:
        """Returns an object's boxes in the world; an asset has one, its bounding box."""
        boxes = list(planned.boxes)
        if planned.asset_id:
            size_m = self.records[planned.instance_id].size_m
            boxes = [Box(center_m=(0.0, 0.0, size_m[2] / 2), size_m=size_m)]
        return [block_of(planned, box) for box in boxes]


def read_back(plan: ScenePlan, catalog: Catalog) -> Room:
    """Returns a plan with the records of what it places."""
    return Room(
        plan,
        {planned.instance_id: catalog.records[planned.asset_id] for planned in plan.objects if planned.asset_id},
    )


def _covers(block: Block, point_m: np.ndarray) -> bool:
    origin, sides = block.corners_m[0], block.corners_m[[1, 3]] - block.corners_m[0]
    lengths = np.linalg.norm(sides, axis=1)
    along = (sides / lengths[:, None]) @ (np.asarray(point_m) - origin)
    return bool(np.all((along >= 0) & (along <= lengths)))


def block_of(planned: PlannedObject, box: Box) -> Block:
    """Returns one box of an object in the world."""
    world, half = square(planned.object2world), np.array(box.size_m) / 2
    signs = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)])
    corners = np.concatenate([np.array(box.center_m)[:2] + signs * half[:2], np.zeros((4, 1))], axis=1)
    z_m = world[2, 3] + box.center_m[2]
    return Block(planned, (corners @ world[:3, :3].T + world[:3, 3])[:, :2], z_m - half[2], z_m + half[2])


def common_area_m2(a: np.ndarray, b: np.ndarray) -> float:
    """Returns the area that two convex counter-clockwise polygons share."""
    polygon = [tuple(point) for point in a]
    for (x0, y0), (x1, y1) in zip(b, np.roll(b, -1, axis=0), strict=True):
        inside = [(x1 - x0) * (y - y0) - (y1 - y0) * (x - x0) for x, y in polygon]
        clipped = []
        for n, (point, height) in enumerate(zip(polygon, inside, strict=True)):
            before, height_before = polygon[n - 1], inside[n - 1]
            if height * height_before < 0:
                share = height / (height - height_before)
                clipped.append(tuple(p + share * (q - p) for p, q in zip(point, before, strict=True)))
            if height >= 0:
                clipped.append(point)
        polygon = clipped
    return 0.5 * abs(
        sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(polygon, polygon[1:] + polygon[:1], strict=True))
    )


def area_m2_of(corners: np.ndarray) -> float:
    """Returns the area of a convex counter-clockwise polygon."""
    return common_area_m2(corners, corners)


def overlapping(blocks: list[Block]) -> Iterator[tuple[str, str]]:
    """Yields the objects whose boxes share more than a millimetre."""
    for a, b in itertools.combinations(blocks, 2):
        apart = a.bottom_m >= b.top_m - _TOLERANCE_M or b.bottom_m >= a.top_m - _TOLERANCE_M
        reach_m = sum(float(np.linalg.norm(block.corners_m[2] - block.corners_m[0])) / 2 for block in (a, b))
        if apart or np.linalg.norm(a.corners_m.mean(axis=0) - b.corners_m.mean(axis=0)) > reach_m:
            continue
        if min(np.ptp(block.corners_m, axis=0).min() for block in (a, b)) < 2.5 * _TOLERANCE_M:
            continue
        if common_area_m2(a.shrunk(_TOLERANCE_M / 2), b.shrunk(_TOLERANCE_M / 2)) > 1e-9:
            yield f"{a.owner.instance_id} {a.owner.label}", f"{b.owner.instance_id} {b.owner.label}"
