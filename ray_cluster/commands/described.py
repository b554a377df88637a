"""A run as a command line describes it: preset or file, changes and catalog become a record, nothing left open."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assets_catalog.catalog import Catalog
from assets_catalog.opening import absolute, open_catalog
from ray_cluster.commands.extra import check_extra
from ray_cluster.commands.unit_size import unit_size_line
from ray_cluster.telling import tell
from ray_cluster.versions import versions_for_rendering
from render_configs.load import load_spec
from scenegen.device import pinned
from scenegen.encoders import ENCODERS
from scenegen.recipes import RECIPES, plan_scene
from scenegen.recipes.rigs import RIGS
from scenegen.recipes.room.rooms import PLACES, SHAPES
from scenegen.renderers import RENDERERS
from schemas.run_record import Appended, RunRecord
from schemas.run_spec import RunSpec
from schemas.unit_size import scenes_per_unit

_MEMBERS: Mapping[str, Sequence[str]] = {
    "recipe": sorted(RECIPES),
    "camera.rigs": list(RIGS),
    "room.kinds": PLACES,
    "room.shapes": SHAPES,
    "tasks": sorted(ENCODERS),
    "render.renderer": sorted(RENDERERS),
}


@dataclass(frozen=True)
class Described:
    """A run that can be made."""

    record: RunRecord
    catalog: Catalog
    location: str
    """Of the catalog: 'builtin', a URL or an absolute path."""


def spec_of(preset: str, changes: Sequence[str]) -> RunSpec:
    """Returns the spec of a preset or file with changes; raises SpecError with all that is wrong with it."""
    return load_spec(preset, changes, _MEMBERS)


def described(
    preset: str,
    changes: Sequence[str],
    narrowed: Callable[[Catalog], Catalog] = lambda catalog: catalog,
    appended: Appended | None = None,
    *,
    is_elsewhere: bool = False,
) -> Described:
    """Returns the run, once the first scene of each split is known to be possible; tells of units that are too large.

    `narrowed` may leave assets out. `appended`: where a generation stands behind a run. `is_elsewhere`: other machines
    will tell whether they have the device that is named. Raises InputError, of which SpecError is one, CatalogError and
    RenderError.
    """
    spec = spec_of(preset, changes)
    if too_large := unit_size_line(spec):
        tell(too_large)
    libraries = RENDERERS[spec.render.renderer].libraries
    check_extra("generate", ("ray", "psutil", *libraries))
    spec = spec if is_elsewhere and spec.render.device != "auto" else pinned(spec)
    location = absolute(spec.catalog)
    catalog = narrowed(open_catalog(location).licensed(spec.licenses))
    spec = spec.model_copy(update={"catalog": catalog.name, "scenes_per_unit": scenes_per_unit(spec)})
    versions = versions_for_rendering(libraries.values(), spec.render.device)
    record = RunRecord(spec=spec, catalog_lock=catalog.lock(), versions=versions, appended=appended)
    _plan_first_scenes(record, catalog)
    return Described(record, catalog, location)


def _plan_first_scenes(record: RunRecord, catalog: Catalog) -> None:
    """Plans the first scene of each split: what can't be planned must not take OUT."""
    first = {unit.split: unit for unit in reversed(record.units)}
    for unit in first.values():
        plan_scene(record.spec, unit.scene_start, unit.split, catalog)
