"""Stock: what a room may be furnished with: a catalog's models by class, and the room's own palette.

A class may be missing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assets_catalog.catalog import Catalog
from assets_catalog.record import AssetRecord, Placement, Substance
from assets_catalog.taxonomy import load_taxonomy
from scenegen.recipes.room.palette import Palette

Wanted = Callable[[AssetRecord], bool]


def anything(_: AssetRecord) -> bool:
    """Accepts every record."""
    return True


_SOFT = frozenset({"seat", "bed", "vegetation", "garment", "plaything"})
_SAWN: tuple[Substance, ...] = ("wood", "stone", "concrete")
"""What has flat sides by nature."""
_LEAST_TRIANGLES_M2 = 200
"""Of the sides of its box: what is soft or grown and has fewer shows its corners at any distance."""
_ENOUGH_TRIANGLES = 900


def is_coarse(record: AssetRecord) -> bool:
    """Tells whether a model of something round has so few triangles that it looks folded from paper."""
    if not 0 < record.triangles < _ENOUGH_TRIANGLES or record.substance in _SAWN:
        return False
    if not {record.class_name, *load_taxonomy().classes[record.class_name].parents} & _SOFT:
        return False
    width_m, depth_m, height_m = record.size_m
    sides_m2 = 2 * (width_m * depth_m + width_m * height_m + depth_m * height_m)
    return record.triangles < _LEAST_TRIANGLES_M2 * sides_m2


@dataclass(frozen=True)
class Stock:
    """What may be placed."""

    catalog: Catalog
    palette: Palette
    """For what is made of boxes."""

    def of(self, class_name: str, placement: Placement | None = None) -> tuple[AssetRecord, ...]:
        """Returns the records of a class, of one placement if named; empty where there are none."""
        records = self.catalog.of_class(class_name)
        return tuple(record for record in records if placement in (None, record.placement) and not is_coarse(record))

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


def no_larger(width_m: float, depth_m: float, height_m: float) -> Wanted:
    """Returns a test for records within a box, turned by a right angle if need be."""
    long_m, short_m = max(width_m, depth_m), min(width_m, depth_m)

    def fits(record: AssetRecord) -> bool:
        sides = sorted(record.size_m[:2])
        return sides[1] <= long_m and sides[0] <= short_m and record.size_m[2] <= height_m

    return fits
