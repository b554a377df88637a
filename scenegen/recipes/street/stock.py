"""Stock: what of a catalog a street is furnished with. Any class may be missing; then a street does without.

Models with very many triangles are for single use: what stands in rows must be light.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from assets_catalog.catalog import Catalog
from assets_catalog.record import AssetRecord
from scenegen.recipes.street.house import Opening

_LIGHT = 45_000
"""Triangles of what is used at all."""
_STANDING = 1.6
"""A person stands who is this much taller than deep or wide."""
_NOT_OUTSIDE = ("snow", "lying", "seated", "christmas", "bonsai", "open ", "roof window", "level crossing", "bended")

Wanted = Callable[[AssetRecord], bool]


@dataclass
class Stock:
    """A catalog's models by class; looked up once."""

    catalog: Catalog
    _kept: dict[str, tuple[AssetRecord, ...]] = field(default_factory=dict)

    def of(self, class_name: str) -> tuple[AssetRecord, ...]:
        """Returns the models of a class that may stand in a street."""
        if class_name not in self._kept:
            records = self.catalog.of_class(class_name)
            self._kept[class_name] = tuple(
                each
                for each in records
                if each.triangles <= _LIGHT and not any(word in each.label for word in _NOT_OUTSIDE)
            )
        return self._kept[class_name]

    def pick(
        self, rng: np.random.Generator, class_names: Sequence[str], wanted: Wanted = lambda _: True
    ) -> AssetRecord | None:
        """Returns one of the models of all the classes, or nothing."""
        records = [each for class_name in class_names for each in self.of(class_name) if wanted(each)]
        return records[int(rng.integers(len(records)))] if records else None

    def window(self, rng: np.random.Generator, size_m: tuple[float, float]) -> AssetRecord | None:
        """Returns a window about as large as told."""

        def fits(record: AssetRecord) -> bool:
            wide_m, deep_m, high_m = record.size_m
            return wide_m < 1.6 * size_m[0] and 0.6 * size_m[1] < high_m < 1.25 * size_m[1] and deep_m <= 0.21

        return self.pick(rng, ["window"], fits)

    def door(self, rng: np.random.Generator, opening: Opening) -> AssetRecord | None:
        """Returns a door for an opening."""
        wide, high = opening.u[1] - opening.u[0], opening.z[1] - opening.z[0]
        return self.pick(rng, ["door"], lambda each: each.size_m[0] <= wide and each.size_m[2] <= high)

    def people(self) -> list[AssetRecord]:
        """Returns those who stand or walk."""
        everyone = [each for name in ("man", "woman", "boy", "girl", "person") for each in self.of(name)]
        return [each for each in everyone if each.size_m[2] > _STANDING * max(each.size_m[:2])]
