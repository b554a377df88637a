"""Body: a planned object with its form, where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Float64

from assets_catalog.catalog import Catalog
from assets_catalog.record import Placement
from assets_catalog.taxonomy import load_taxonomy
from scenegen.recipes.placement.form import Form
from scenegen.recipes.placement.kept_forms import form_of
from schemas.scene_plan import PlannedObject, square

LIMIT_M = 0.01
"""Gaps and depths up to this are forgiven."""


@dataclass(frozen=True, eq=False)
class Body:
    """One object of a plan."""

    planned: PlannedObject
    form: Form
    placement: Placement | None
    """Of an asset; None for shapes of ours."""

    @cached_property
    def object2world(self) -> Float64[np.ndarray, "4 4"]:
        """Its pose."""
        return square(self.planned.object2world)

    @cached_property
    def world2object(self) -> Float64[np.ndarray, "4 4"]:
        """Its pose, undone."""
        turned = self.object2world[:3, :3].T
        undone = np.eye(4)
        undone[:3, :3], undone[:3, 3] = turned, -turned @ self.object2world[:3, 3]
        return undone

    @cached_property
    def bounds_m(self) -> tuple[Float64[np.ndarray, "3"], Float64[np.ndarray, "3"]]:
        """The lowest and highest coordinates of its box, in the world."""
        return moved_bounds(self.object2world, self.form.low_m, self.form.high_m)

    @cached_property
    def parts_bounds_m(self) -> tuple[Float64[np.ndarray, "n 3"], Float64[np.ndarray, "n 3"]]:
        """The same of each of its parts."""
        turned, moved_m = self.object2world[:3, :3], self.object2world[:3, 3]
        if self.form.boxes is None:
            low_m, high_m = self.bounds_m
            return low_m[None], high_m[None]
        middles_m = self.form.boxes.middles_m @ turned.T + moved_m
        halves_m = self.form.boxes.halves_m @ np.abs(turned).T
        return middles_m - halves_m, middles_m + halves_m

    @cached_property
    def is_setting(self) -> bool:
        """Tells whether it is built: a wall, a road, a window; what stands free is a thing."""
        return "structure" in load_taxonomy().classes[self.planned.class_name].parents

    @property
    def name(self) -> str:
        """Its label and id."""
        return f"{self.planned.label} ({self.planned.instance_id})"


def bodies_of(objects: Sequence[PlannedObject], catalog: Catalog) -> list[Body]:
    """Returns the bodies of a plan's objects, in their order."""
    records = catalog.records
    return [
        Body(planned, form_of(planned, catalog), records[planned.asset_id].placement if planned.asset_id else None)
        for planned in objects
    ]


def moved_bounds(
    pose: Float64[np.ndarray, "4 4"], low_m: Float64[np.ndarray, "3"], high_m: Float64[np.ndarray, "3"]
) -> tuple[Float64[np.ndarray, "3"], Float64[np.ndarray, "3"]]:
    """Returns the bounds of a box after a pose."""
    center_m = pose[:3, :3] @ ((low_m + high_m) / 2) + pose[:3, 3]
    half_m = np.abs(pose[:3, :3]) @ ((high_m - low_m) / 2)
    return center_m - half_m, center_m + half_m


def a(name: str) -> str:
    """Returns a name with its article."""
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
