"""Stock: what a room may be furnished with: a catalog's records by class, and the room's own palette.

A class may be missing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assets_catalog.catalog import Catalog
from assets_catalog.record import AssetRecord, Placement
from scenegen.recipes.room.palette import Palette

Wanted = Callable[[AssetRecord], bool]


def anything(_: AssetRecord) -> bool:
    """Accepts every record."""
    return True


@dataclass(frozen=True)
class Stock:
    """What may be placed."""

    by_class: Mapping[str, tuple[AssetRecord, ...]]
    palette: Palette
    """For what is made of boxes."""

    def of(self, class_name: str, placement: Placement | None = None) -> tuple[AssetRecord, ...]:
        """Returns the records of a class, of one placement if named; empty where there are none."""
        records = self.by_class.get(class_name, ())
        return tuple(record for record in records if placement in (None, record.placement))

    def pick(
        self,
        rng: np.random.Generator,
        class_names: Sequence[str],
        placement: Placement | None = None,
        wanted: Wanted = anything,
    ) -> AssetRecord | None:
        """Returns a record of the first of the classes that has one, or nothing."""
        for class_name in class_names:
            records = [record for record in self.of(class_name, placement) if wanted(record)]
            if records:
                return records[int(rng.integers(len(records)))]
        return None


def stock_of(catalog: Catalog, palette: Palette) -> Stock:
    """Returns a catalog's records by class, each class in the order of ids."""
    by_class: dict[str, list[AssetRecord]] = {}
    for record in catalog.records.values():
        by_class.setdefault(record.class_name, []).append(record)
    return Stock({class_name: tuple(records) for class_name, records in by_class.items()}, palette)


def no_larger(width_m: float, depth_m: float, height_m: float) -> Wanted:
    """Returns a test for records within a box, turned by a right angle if need be."""
    long_m, short_m = max(width_m, depth_m), min(width_m, depth_m)

    def fits(record: AssetRecord) -> bool:
        sides = sorted(record.size_m[:2])
        return sides[1] <= long_m and sides[0] <= short_m and record.size_m[2] <= height_m

    return fits
