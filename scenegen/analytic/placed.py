"""Placed forms: a plan's shapes, one by one, each with its pose, its ids and its colour.

An asset stands as the box of its catalog record: origin at the bottom centre, z up, front -y.
Materials are named as Blender's, one for each distinct surface; an asset has one of its own, with the
colour that the plan gives to its first recoloured part, else a muted one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64

from assets_catalog.catalog import Catalog
from scenegen.analytic.boxes import BoxForm
from scenegen.analytic.form import Form
from scenegen.analytic.rectangles import RectangleForm
from scenegen.analytic.spheres import SphereForm
from schemas.geometry import Vec3
from schemas.scene_plan import PlannedObject, ScenePlan, square
from schemas.seeds import rng_for
from schemas.surface import PANES, Color


@dataclass(frozen=True)
class Placed:
    """One form in the world."""

    form: Form
    form2world: Float64[np.ndarray, "4 4"]
    instance_id: int
    class_id: int
    material_id: int
    color: Color
    glow_w_m2: float = 0.0


def placed_forms(plan: ScenePlan, catalog: Catalog, glass: str) -> tuple[list[Placed], tuple[str, ...]]:
    """Returns all forms of a plan, and the name of material_id 1, 2, ...; `glass` is that of TruthSpec."""
    materials: dict[str, int] = {}
    names: dict[object, str] = {}
    placed = []
    for planned in plan.objects:
        name = _material(planned, names)
        material_id = materials.setdefault(name, len(materials) + 1)
        if glass == "through" and planned.surface and planned.surface.finish in PANES:
            continue
        color = _color(planned, name)
        glow_w_m2 = planned.surface.glow_w_m2 if planned.surface else 0.0
        object2world, ids = square(planned.object2world), (planned.instance_id, planned.class_id, material_id)
        placed += [
            Placed(form, _moved(object2world, center_m), *ids, color, glow_w_m2)
            for form, center_m in _forms(planned, catalog)
        ]
    return placed, tuple(materials)


def _material(planned: PlannedObject, names: dict[object, str]) -> str:
    """Returns the name of an object's material; equal surfaces share one."""
    surface = planned.surface
    if surface is None:
        dyes = "".join(f"-{each.part}:{bytes(round(255 * c) for c in each.color).hex()}" for each in planned.recolored)
        return f"{planned.asset_id}/box{dyes}"
    return names.setdefault(surface, f"{surface.texture or surface.finish}-{len(names):03d}")


def _forms(planned: PlannedObject, catalog: Catalog) -> Iterator[tuple[Form, Vec3]]:
    """Yields the forms of an object with their centres in its axes."""
    if planned.asset_id is not None:
        size_m = catalog.records[planned.asset_id].size_m
        yield BoxForm(np.array(size_m) / 2), (0.0, 0.0, size_m[2] / 2)
    for box in planned.boxes:
        yield BoxForm(np.array(box.size_m) / 2), box.center_m
    for sphere in planned.spheres:
        yield SphereForm(sphere.radius_m), sphere.center_m
    for rectangle in planned.rectangles:
        yield RectangleForm(rectangle.size_m[0] / 2, rectangle.size_m[1] / 2), (0.0, 0.0, 0.0)


def _moved(object2world: Float64[np.ndarray, "4 4"], center_m: Vec3) -> Float64[np.ndarray, "4 4"]:
    form2world = object2world.copy()
    form2world[:3, 3] += object2world[:3, :3] @ np.array(center_m)
    return form2world


def _color(planned: PlannedObject, name: str) -> Color:
    """Returns the colour of a form's surface; of an asset, that of the first part which the plan recolours."""
    if planned.surface is not None:
        return planned.surface.color
    return planned.recolored[0].color if planned.recolored else _muted(name)


def _muted(name: str) -> Color:
    red, green, blue = rng_for("analytic colour", name).uniform(0.3, 0.75, 3).tolist()
    return red, green, blue
