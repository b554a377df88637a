"""`scenegen ingest`: frames that others rendered become a dataset of ours."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from ray_cluster.bars import bars
from ray_cluster.commands.encode import Way
from ray_cluster.commands.extra import check_extra
from ray_cluster.commands.summary import summary_lines
from ray_cluster.cores import cores
from ray_cluster.driver import INGESTED, Terms, make_units
from ray_cluster.events import told_all
from ray_cluster.json_log import json_log
from ray_cluster.limits import limits_for
from ray_cluster.papers import write_papers
from ray_cluster.progress import progress
from ray_cluster.versions import versions_for_ingesting
from render_configs.load import read_mapping
from render_configs.overrides import merge
from scenegen.dataset.assets_used import UsedAsset
from scenegen.dataset.places import Located
from scenegen.dataset.places.reading import lies_in
from scenegen.ingest.asked import Asked
from scenegen.ingest.planning import SPLITS, drafted, parted, planned
from scenegen.ingest.survey import Surveyed, survey
from schemas.errors import InputError, OutputError, RenderError, did_you_mean, first_few
from schemas.ingested import Ingested
from schemas.run_record import CatalogLock, RunRecord

CONVENTIONS = "conventions.yaml"
"""Read from the folder itself where no other file is given."""
_NO_LIMIT = sys.maxsize
"""Of scenes: there is no Blender whose memory has to be given back."""
_REASONS_SHOWN = 5


@dataclass(frozen=True)
class What:
    """What is ingested, as the command line was told."""

    source: str
    path: Path
    conventions: Path | None = None
    overrides: Sequence[str] = ()
    split: str = "train"
    license: str = ""


def run(what: What, out: Located, way: Way) -> list[str]:
    """Makes what is missing in OUT, with progress on stderr; returns the lines that say what came of it."""
    check_extra("ingest", ("ray", "psutil"))
    if what.split not in SPLITS:
        raise InputError(f"no split '{what.split}'{did_you_mean(what.split, SPLITS)}; splits: {', '.join(SPLITS)}")
    said, changes = parted(what.source, what.overrides)
    stated = what.conventions or what.path / CONVENTIONS
    document = read_mapping(stated) if what.conventions or stated.is_file() else {}
    asked = Asked(what.source, what.path.resolve(), dict(merge(document, said)), drafted(what.source, changes).gates)
    _check_apart(what.path, out)
    surveyed = _surveyed(asked, what.license, way.workers or cores())
    spec = planned(surveyed, changes, what.split)
    record = RunRecord(
        spec=spec,
        catalog_lock=CatalogLock(catalog=spec.catalog, assets={}),
        versions=versions_for_ingesting(asked.ingester.modules),
        ingested=surveyed.ingested,
    )
    terms = Terms(limits_for(way.workers or cores(), _NO_LIMIT), retry_failed=True, address=way.address)
    location = str(asked.root)
    with json_log(way.log_json) as log, progress(spec, Console(stderr=True)) as show:
        try:
            make_units(record, out, location, way.workers, told_all(show, log), frames=INGESTED, terms=terms)
        except RenderError:
            write_papers(out, _no_credits)
            raise
    return [*summary_lines(out, write_papers(out, _no_credits)), *_survey_lines(surveyed.ingested)]


def _no_credits(asset_ids: Sequence[str]) -> Mapping[str, UsedAsset]:
    """Returns what is said of no assets: others' scenes have none of a catalog."""
    assert not asset_ids
    return {}


def _surveyed(asked: Asked, license: str, workers: int) -> Surveyed:
    with bars() as shown:
        task = shown.add_task("frames looked at", total=None)
        return survey(asked, license, workers, lambda done, of: shown.update(task, completed=done, total=of))


def _check_apart(path: Path, out: Located) -> None:
    """Raises OutputError where OUT lies in the folder that is read."""
    if lies_in(out, path):
        raise OutputError(f"{out} lies in {path}, whose frames are read; give a folder of its own")


def _survey_lines(ingested: Ingested) -> Iterator[str]:
    """Yields what was dropped, mended and not there."""
    reasons = ingested.reasons()
    if reasons:
        told = [f"{count} for {reason}" for reason, count in reasons.items()]
        yield f"left out: {len(ingested.dropped)} frames, {first_few(told, _REASONS_SHOWN)}; run.json names them"
    for what, pixels in ingested.mended.items():
        yield f"mended: {what}, {pixels} pixels"
    yield f"not known of these frames: {', '.join(ingested.lacking)}"
