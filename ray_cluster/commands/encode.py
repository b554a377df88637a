"""`scenegen encode`: the frames that a dataset keeps become triplets of another, without any rendering."""

import shlex
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from rich.console import Console

from ray_cluster.commands.extra import check_extra
from ray_cluster.commands.summary import summary_lines
from ray_cluster.cores import cores
from ray_cluster.credits import credits_of_dataset
from ray_cluster.driver import STORED, Terms, make_units
from ray_cluster.events import told_all
from ray_cluster.json_log import json_log
from ray_cluster.limits import limits_for
from ray_cluster.papers import write_papers
from ray_cluster.progress import progress
from ray_cluster.versions import versions_for_encoding
from render_configs.retarget import retargeted
from scenegen.dataset.places import Located
from scenegen.dataset.places.reading import lies_in
from scenegen.dataset.records import read_records
from scenegen.dataset.stored_frames import check_has_frames
from scenegen.encoders import ENCODERS
from scenegen.ingest.planning import check_answerable
from schemas.errors import DatasetError, OutputError, RenderError
from schemas.run_record import RunRecord

_NO_LIMIT = sys.maxsize
"""Of scenes: there is no Blender whose memory has to be given back."""


@dataclass(frozen=True)
class Way:
    """How the run is carried out, as the command line was told; no byte depends on it."""

    workers: int | None = None
    """Nothing: as many as there are cores, or as a cluster has room for."""
    address: str | None = None
    """Of a Ray cluster."""
    log_json: str | None = None
    """A file, or `-` for stdout."""


_USUAL = Way()


def run(src: Located, out: Located, overrides: Sequence[str], way: Way = _USUAL) -> list[str]:
    """Makes what is missing in OUT, with progress on stderr; returns the lines that say where to look."""
    check_extra("encode", ("ray", "psutil"))
    records = [_encoded(src, source, overrides) for source in read_records(src)]
    _check_apart(src, out)
    credits_of = credits_of_dataset(src)
    limits = limits_for(way.workers or cores(), _NO_LIMIT)
    terms = Terms(limits, retry_failed=True, address=way.address)  # reading costs little, and SRC may be whole now
    location = str(src.resolve())
    failures = []
    with json_log(way.log_json) as log:
        for record in records:  # of the run and its generations, one after another
            try:
                with progress(record.spec, Console(stderr=True)) as show:
                    make_units(record, out, location, way.workers, told_all(show, log), frames=STORED, terms=terms)
            except RenderError as error:
                failures.append(str(error))
    if failures:
        with suppress(DatasetError):  # the units that failed come first
            write_papers(out, credits_of)
        raise RenderError("; ".join(failures))
    held = write_papers(out, credits_of)
    return summary_lines(out, held, f"--frames {shlex.quote(str(src))}")


def _encoded(src: Located, source: RunRecord, overrides: Sequence[str]) -> RunRecord:
    """Returns the record of what is encoded from the frames of a run, or of a generation of it."""
    spec = retargeted(source.spec, overrides, {"tasks": sorted(ENCODERS)})
    check_has_frames(src, source)
    if source.ingested is not None:
        check_answerable(spec, source.ingested)
    return RunRecord(
        spec=spec,
        catalog_lock=source.catalog_lock,
        versions=versions_for_encoding(),
        frames_from=source.digest(),
        ingested=source.ingested,
        appended=source.appended,
    )


def _check_apart(src: Located, out: Located) -> None:
    """Raises OutputError where OUT lies in SRC, which is read only."""
    if lies_in(out, src):
        raise OutputError(f"{out} lies in {src}, whose frames are read; give a folder of its own")
