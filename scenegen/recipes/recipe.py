"""Recipe: one kind of scene. From a seed, a spec and a catalog it makes a scenery, or says why it can't be used."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from assets_catalog.catalog import Catalog
from schemas.run_spec import RunSpec
from schemas.scene_plan import Environment, Light, PlannedObject, Sky, View


@dataclass(frozen=True)
class Scenery:
    """What a recipe plans: a ScenePlan without its names."""

    objects: tuple[PlannedObject, ...]
    lights: tuple[Light, ...]
    sky: Sky
    views: tuple[View, ...]
    """Candidates, best first: those that the spec wants, and the spare ones."""
    environment: Environment | None = None


@dataclass(frozen=True)
class Refused:
    """A draw that can't be used; the scene is drawn again."""

    reason: str
    """On one line: 'a lamp floats 0.031 m above its table'."""


Plan: TypeAlias = Callable[[int, RunSpec, Catalog], Scenery | Refused]
"""(seed of the scene's streams, spec, the catalog of the scene's split) -> scenery. Pure: no Blender, no clock.

Raises CatalogError where the catalog lacks what the recipe can't do without.
"""


@dataclass(frozen=True)
class Recipe:
    """One kind of scene."""

    plan: Plan
    near_m: float | None = None
    """No camera of its scenes is nearer to a surface; None where that is as the gates of the spec say."""
    is_physical: bool = True
    """Whether its scenes could stand in the world: only then are they held against `scenegen.recipes.placement`."""
