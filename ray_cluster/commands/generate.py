"""`scenegen generate`: a spec becomes a record, the record a dataset."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from rich.console import Console

from assets_catalog.catalog import Catalog
from assets_catalog.opening import without_newer
from ray_cluster.commands.described import described, spec_of
from ray_cluster.commands.rejections import rejection_lines
from ray_cluster.commands.summary import summary_lines
from ray_cluster.cores import cores
from ray_cluster.credits import credits_of_catalog
from ray_cluster.driver import Terms, make_units
from ray_cluster.events import told_all
from ray_cluster.generations import Begun, More, check_splits, end, place_of
from ray_cluster.json_log import json_log
from ray_cluster.limits import WorkerLimits, limits_for
from ray_cluster.papers import write_papers
from ray_cluster.progress import progress
from ray_cluster.storage import open_storage
from scenegen.dataset.places import Located
from scenegen.dataset.records import read_record
from schemas.errors import DatasetError, InputError, RenderError


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
    more: More | None = None,
) -> list[str]:
    """Makes what is missing in OUT, with progress on stderr; returns the lines that say where to look.

    `more`: what is appended to the run in OUT; nothing where it is the run itself.
    """
    begun = None
    if more is not None:
        overrides = [*overrides, f"scenes={more.scenes(spec_of(preset, overrides))}"]
        begun = place_of(out, more)
    narrowed = partial(_of_the_run, out, begun)
    appended = None if begun is None else begun.appended
    told = described(preset, overrides, narrowed, appended, is_elsewhere=way.address is not None)
    record, spec = told.record, told.record.spec
    credits_of = credits_of_catalog(told.catalog)
    limits = limits_for(way.workers or cores(), way.recycle_after)
    terms = Terms(limits, way.unit_deadline_s, way.retry_failed, way.address)
    with json_log(way.log_json) as log, progress(spec, Console(stderr=True)) as show:
        try:
            make_units(record, out, told.location, way.workers, told_all(show, log), terms=terms)
        except RenderError:
            write_papers(out, credits_of)
            raise
    held = write_papers(out, credits_of)
    end(open_storage(out), record)
    return [*summary_lines(out, held), *rejection_lines(out, held)]


def _of_the_run(out: Located, begun: Begun | None, catalog: Catalog) -> Catalog:
    """Returns the catalog without what was added to it since the run in OUT began, or the generation, if it did."""
    if begun is not None:
        check_splits(out, catalog)
        return catalog if begun.record is None else without_newer(catalog, begun.record.catalog_lock)
    with suppress(DatasetError, InputError):
        return without_newer(catalog, read_record(out).catalog_lock)
    return catalog
