"""Makes the index that is shipped with the package: `python -m assets_catalog.sources.builtin.bake`.

Variants of a family are numbered, and each is in a split by its content; but what looks like another joins its group,
and with it its split (see `assets_catalog.likeness`). So that every class has variants in all three splits, groups are
begun for test and validation first, then for training; after that each family is filled up. What looks like members of
two groups is passed over: then groups are the same in whatever order a catalog takes the shapes in, if only the first
of each group comes before the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product

import pyarrow as pa
import pyarrow.parquet as pq

from assets_catalog.index import index_of
from assets_catalog.ingest.candidate import AddOptions, LoadedModel
from assets_catalog.ingest.prepare import prepare
from assets_catalog.likeness import alike
from assets_catalog.record import Entry, Split
from assets_catalog.sources.builtin import INDEX
from assets_catalog.sources.builtin.families import FAMILIES, Family
from assets_catalog.sources.builtin.listing import candidate_of_shape
from assets_catalog.splits import split_of_group

HELD_OUT = 2
"""Variants of each family wanted in validation, and as many in test."""
_MOST_LED, _MOST_FILLED = 120, 40
"""Numbers that are tried to begin a group, and to fill a family up."""


@dataclass(frozen=True)
class _Kept:
    """The variants that are kept so far."""

    entries: list[Entry] = field(default_factory=list)

    def group_of(self, entry: Entry) -> str | None:
        """Returns the group that a catalog would give a newcomer; None where that depends on the order."""
        row = alike(entry.signature, [known.signature for known in self.entries])
        if row is None:
            return entry.sha256
        group = self.entries[row].group
        others = [known.signature for known in self.entries if known.group != group]
        first = [known.signature for known in self.entries if known.sha256 == group]
        clear = alike(entry.signature, others) is None and alike(entry.signature, first) is not None
        return group if clear else None

    def add(self, entry: Entry, group: str) -> None:
        """Keeps a variant."""
        self.entries.append(entry.model_copy(update={"group": group, "split": split_of_group(group)}))


def baked() -> pa.Table:
    """Returns the index of all variants that are kept."""
    kept = _Kept()
    for families in _by_class_and_placement():
        for split in ("test", "val"):
            _begin(kept, families, split)
        begun = [_begun(kept, [family], "train") for family in families]
        if not any(begun):
            raise ValueError(f"class '{families[0].class_name}' has nothing for training")
    for family in FAMILIES.values():
        _fill(kept, family)
    return index_of(kept.entries)


@cache
def entry_of(name: str, number: int) -> Entry:
    """Returns the record of a variant, but for its group and split, as a catalog would have it."""
    family, shape = FAMILIES[name], FAMILIES[name].drawn(number)
    candidate = candidate_of_shape(f"builtin/{name}-{number:02d}", family, shape)
    return prepare(candidate, LoadedModel(shape.mesh, 1.0), AddOptions()).entry


def _by_class_and_placement() -> list[list[Family]]:
    together: dict[tuple[str, str], list[Family]] = {}
    for family in FAMILIES.values():
        together.setdefault((family.class_name, family.placement), []).append(family)
    return list(together.values())


def _begin(kept: _Kept, families: Sequence[Family], split: Split) -> None:
    if not _begun(kept, families, split):
        raise ValueError(f"class '{families[0].class_name}' shows too little variety: none is found for {split}")


def _begun(kept: _Kept, families: Sequence[Family], split: Split) -> bool:
    """Begins a group in a split with the first variant that belongs there and looks like none that is kept."""
    for number, family in product(range(1, _MOST_LED + 1), families):
        entry = entry_of(family.name, number)
        if split_of_group(entry.sha256) == split and kept.group_of(entry) == entry.sha256:
            kept.add(entry, entry.sha256)
            return True
    return False


def _fill(kept: _Kept, family: Family) -> None:
    """Adds variants until a family has in each split what it wants, or numbers run out."""
    wanted = {"train": family.train, "val": HELD_OUT, "test": HELD_OUT}
    own = [entry for entry in kept.entries if entry.asset_id.rpartition("-")[0] == f"builtin/{family.name}"]
    missing = {split: count - sum(entry.split == split for entry in own) for split, count in wanted.items()}
    there = {entry.asset_id for entry in own}
    for number in range(1, _MOST_FILLED + 1):
        if not any(count > 0 for count in missing.values()):
            return
        entry = entry_of(family.name, number)
        group = kept.group_of(entry)
        if entry.asset_id not in there and group is not None and missing[split_of_group(group)] > 0:
            kept.add(entry, group)
            missing[split_of_group(group)] -= 1


if __name__ == "__main__":
    table = baked()
    pq.write_table(table, INDEX, compression="zstd")
    print(f"{INDEX}: {len(table)} shapes of {len(set(table['class_name'].to_pylist()))} classes")
