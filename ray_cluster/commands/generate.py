"""`scenegen generate`: a spec becomes a record, the record a dataset."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from rich.console import Console

from assets_catalog.catalog import Catalog
from assets_catalog.opening import absolute, open_catalog, without_newer
from ray_cluster.commands.extra import check_extra
from ray_cluster.commands.rejections import rejection_lines
from ray_cluster.commands.summary import summary_lines
from ray_cluster.commands.unit_size import unit_size_line
from ray_cluster.credits import credits_of_catalog
from ray_cluster.driver import Terms, cores, make_units
from ray_cluster.events import told_all
from ray_cluster.json_log import json_log
from ray_cluster.limits import WorkerLimits, limits_for
from ray_cluster.papers import write_papers
from ray_cluster.progress import progress
from ray_cluster.telling import tell
from ray_cluster.versions import versions_for_rendering
from render_configs.load import load_spec
from scenegen.dataset.places import Located
from scenegen.dataset.reader import read_record
from scenegen.device import pinned
from scenegen.encoders import ENCODERS
from scenegen.recipes import RECIPES, plan_scene
from scenegen.recipes.rigs import RIGS
from scenegen.recipes.room.rooms import PLACES, SHAPES
from scenegen.renderers import RENDERERS
from schemas.errors import DatasetError, InputError, RenderError
from schemas.run_record import RunRecord
from schemas.run_spec import RunSpec
from schemas.unit import units_of
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
class Way:
    """How the run is carried out, as the command line was told; no byte depends on it."""

    workers: int | None = None
    """Nothing: as many as there are cores."""
    recycle_after: int = WorkerLimits.scenes
    unit_deadline_s: float | None = None
    retry_failed: bool = False
    address: str | None = None
    """Of a Ray cluster."""
    log_json: str | None = None
    """A file, or `-` for stdout."""


_USUAL = Way()


def run(
    preset: str,
    out: Located,
    overrides: Sequence[str],
    way: Way = _USUAL,
) -> list[str]:
    """Makes what is missing in OUT, with progress on stderr; returns the lines that say where to look."""
    spec = load_spec(preset, overrides, _MEMBERS)
    if too_large := unit_size_line(spec):
        tell(too_large)
    libraries = RENDERERS[spec.render.renderer].libraries
    check_extra("generate", ("ray", "psutil", *libraries))
    spec = pinned(spec) if way.address is None or spec.render.device == "auto" else spec  # its nodes will tell
    location = absolute(spec.catalog)
    catalog = _of_the_run(out, open_catalog(location).licensed(spec.licenses))
    spec = spec.model_copy(update={"catalog": catalog.name, "scenes_per_unit": scenes_per_unit(spec)})
    versions = versions_for_rendering(libraries.values(), spec.render.device)
    record = RunRecord(spec=spec, catalog_lock=catalog.lock(), versions=versions)
    _plan_first_scenes(spec, catalog)
    credits_of = credits_of_catalog(catalog)
    limits = limits_for(way.workers or cores(), way.recycle_after)
    terms = Terms(limits, way.unit_deadline_s, way.retry_failed, way.address)
    with json_log(way.log_json) as log, progress(spec, Console(stderr=True)) as show:
        try:
            make_units(record, out, location, way.workers, told_all(show, log), terms=terms)
        except RenderError:
            write_papers(out, record, credits_of)
            raise
    write_papers(out, record, credits_of)
    return [*summary_lines(spec, out), *rejection_lines(out)]


def _of_the_run(out: Located, catalog: Catalog) -> Catalog:
    """Returns the catalog without what was added to it since the run in OUT began, if there is one."""
    with suppress(DatasetError, InputError):
        return without_newer(catalog, read_record(out).catalog_lock)
    return catalog


def _plan_first_scenes(spec: RunSpec, catalog: Catalog) -> None:
    """Plans the first scene of each split: what can't be planned must not take OUT."""
    first = {unit.split: unit for unit in reversed(units_of(spec))}
    for unit in first.values():
        plan_scene(spec, unit.scene_start, unit.split, catalog)
