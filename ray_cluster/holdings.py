"""Holdings: what OUT holds at the end of a run, as its commit records tell; each is opened once, for all that is said.

In a bucket every look costs requests: papers, summary and what the gates turned down are told from one pass.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from scenegen.dataset.footer import UnitFooter, footer_and_assets, unit_footer
from scenegen.dataset.places import Located
from scenegen.dataset.places.reading import each_of
from scenegen.dataset.reader import committed_units
from scenegen.dataset.records import read_records, record_of
from schemas.run_record import RunRecord


@dataclass
class Holdings:
    """Counts over the committed units."""

    records: tuple[RunRecord, ...]
    """Of the run and its generations."""
    units: int = 0
    frames: int = 0
    triplets: int = 0
    omitted: int = 0
    """Samples that their frames can't answer."""
    frames_set_aside: int = 0
    """As their witnesses disagree."""
    rejected: Counter[str] = field(default_factory=Counter)
    """Gate -> views that it turned down."""
    splits: set[str] = field(default_factory=set)
    """Those with a committed unit."""
    asset_ids: set[str] = field(default_factory=set)
    """Exactly those that stand in a committed scene, of whatever kind."""

    def add(self, footer: UnitFooter, asset_ids: Iterable[str], frames: int, frames_set_aside: int) -> None:
        """Counts a unit."""
        self.units += 1
        self.frames += frames
        self.triplets += footer.rows
        self.omitted += len(footer.omitted)
        self.frames_set_aside += frames_set_aside
        self.rejected.update(view.gate for view in footer.rejections)
        self.splits.add(footer.unit.split)
        self.asset_ids.update(asset_ids)


def holdings(out: Located) -> Holdings:
    """Returns what OUT holds, of all its generations.

    Raises InputError where it is no dataset, DatasetError where it can't be listed, or a record can't be read.
    """

    def read(path: Located) -> tuple[UnitFooter, frozenset[str], int]:
        footer, asset_ids = footer_and_assets(path)
        aside = 0 if footer.set_aside_path is None else unit_footer(out / footer.set_aside_path).rows
        return footer, asset_ids, aside

    committed = committed_units(out)
    held = Holdings(read_records(out))  # afterwards: a generation may be appended meanwhile
    for footer, asset_ids, aside in each_of(committed, read):
        frames = footer.unit.frame_count(record_of(held.records, footer.unit).spec)
        held.add(footer, asset_ids, frames, aside)
    return held
