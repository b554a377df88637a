"""Adding to a catalog: what was prepared is admitted, judged and stored, step by step.

A step is one turn at the place: the assets' files first, then the index, at once. So an add that is interrupted leaves
what it published and the same command goes on from there; two adds at once lose nothing of each other.

Edges: an id with the same content and record is there already; files of it that are gone or damaged are put again. A
new content or record takes the place of the old, whose files go when nothing else needs them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

from assets_catalog.folder.index_file import StoredIndex, change_index, index_or_none, with_records
from assets_catalog.folder.judgement import Judgement, judged
from assets_catalog.folder.known import Known
from assets_catalog.folder.layout import object_path
from assets_catalog.folder.locations import open_place
from assets_catalog.folder.place import Place
from assets_catalog.folder.set_aside_file import replace_set_aside, set_aside_at
from assets_catalog.folder.unused import drop_unused
from assets_catalog.index import Records, chosen
from assets_catalog.ingest.candidate import Prepared, SetAside
from assets_catalog.record import Entry

Outcome = Prepared | SetAside

_STEP_ASSETS = 64
_STEP_SHARE = 50
"""A step is at least one in so many of the assets there: so the index is not written too often."""
_STEP_BYTES = 128 * 2**20


@dataclass(frozen=True)
class Added:
    """What became of what was given."""

    added: tuple[str, ...]
    """Ids that are new."""
    changed: tuple[str, ...]
    """Ids whose content or record is new."""
    already_there: tuple[str, ...]
    set_aside: tuple[SetAside, ...]
    """In the order in which they came."""


def add(
    location: str,
    outcomes: Iterable[Outcome],
    source: str,
    on_outcome: Callable[[Outcome], None] = lambda outcome: None,
) -> Added:
    """Adds to the catalog at a location, which is made where there is none; `on_outcome` hears of each as it comes.

    What did not pass takes the place of the last list of `source`, once all is through. Raises CatalogError for a
    catalog that is damaged or a place that can't be written.
    """
    place = open_place(location)
    set_aside_at(place)  # a damaged list is told of before the work
    steps = _steps(outcomes, len(index_or_none(place).table), on_outcome)
    done = [_published(place, step) for step in steps]
    aside = tuple(each for step in done for each in step.set_aside)
    with place.turn():
        replace_set_aside(place, source, aside)
    return Added(
        added=_ids(step.added for step in done),
        changed=_ids(step.changed for step in done),
        already_there=_ids(step.already_there for step in done),
        set_aside=aside,
    )


def _ids(records: Iterable[Sequence[Entry]]) -> tuple[str, ...]:
    return tuple(record.asset_id for step in records for record in step)


def _steps(outcomes: Iterable[Outcome], rows: int, on_outcome: Callable[[Outcome], None]) -> Iterator[list[Outcome]]:
    """Yields the outcomes in portions; also the last, short one where they end by a fault or Ctrl-C."""
    step: list[Outcome] = []
    held_bytes = 0
    try:
        for outcome in outcomes:
            on_outcome(outcome)
            step.append(outcome)
            held_bytes += _bytes_of(outcome)
            if len(step) >= max(_STEP_ASSETS, rows // _STEP_SHARE) or held_bytes >= _STEP_BYTES:
                yield step
                rows += len(step)
                step, held_bytes = [], 0
    except (Exception, KeyboardInterrupt):
        yield step
        raise
    yield step


def _bytes_of(outcome: Outcome) -> int:
    return sum(map(len, outcome.objects.values())) if isinstance(outcome, Prepared) else 0


def _published(place: Place, step: Sequence[Outcome]) -> Judgement:
    """Stores what joins, and says what became of all; where another add was first, all is judged again."""
    judgement = Judgement()
    before: list[Entry] = []

    def change(stored: StoredIndex) -> pa.Table:
        nonlocal judgement, before
        judgement = judged(step, Known(stored.table))
        records = [*judgement.added, *judgement.changed]
        before = list(Records(chosen(stored.table, "asset_id", [each.asset_id for each in judgement.changed])).values())
        for name, data in judgement.objects.items():
            _keep(place, object_path(name), data)
        return with_records(stored.table, records) if records else stored.table

    with place.turn():
        change_index(place, change)
        drop_unused(place, before)
    return judgement


def _keep(place: Place, path: str, data: bytes) -> None:
    """Sees to it that a file is there, whole."""
    if place.read(path) != data:
        place.put(path, data)
