"""Sources: the rows that a training takes, by number: as they are stored, read a row group at a time.

source.row_groups()         which row group each row lies in: what is read at once
source.read(rows)           some rows of one row group, as they are kept until their turn comes
source.decoded(kept, epoch) such a row as pixels
"""

from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

import numpy as np
from jaxtyping import Int64

from scenegen.dataset.rows import DecodedTriplet, Triplets, decoded


@runtime_checkable
class Source(Protocol):
    """Where rows come from; may be pickled and forked."""

    def __len__(self) -> int: ...

    def row_groups(self) -> Int64[np.ndarray, " n"]:
        """Returns for each row which row group it lies in."""
        ...

    def sizes(self) -> Int64[np.ndarray, " n"]:
        """Returns for each row a number that equals another's where their pictures are of one size."""
        ...

    def read(self, rows: Sequence[int]) -> Sequence[Any]:
        """Returns some rows of one row group as they are kept; raises DatasetError. Any thread may ask."""
        ...

    def decoded(self, kept: Any, epoch: int) -> DecodedTriplet:
        """Returns a row that was kept as pixels; raises DatasetError."""
        ...


class StoredRows:
    """Triplets as they are."""

    def __init__(self, triplets: Triplets) -> None:
        self._triplets = triplets

    def __len__(self) -> int:
        return len(self._triplets)

    def row_groups(self) -> Int64[np.ndarray, " n"]:
        """Returns for each row which row group it lies in."""
        return self._triplets.row_groups()

    def sizes(self) -> Int64[np.ndarray, " n"]:
        """Returns a number for each row's size."""
        return sizes_of(self._triplets)

    def read(self, rows: Sequence[int]) -> Sequence[Any]:
        """Returns some rows of one row group with their images as files."""
        return self._triplets.stored_together(rows)

    def decoded(self, kept: Any, epoch: int) -> DecodedTriplet:
        """Returns a row as pixels; it is the same in every epoch."""
        return decoded(kept)


def sizes_of(triplets: Triplets) -> Int64[np.ndarray, " n"]:
    """Returns a number for each row that equals another's where their pictures are of one size."""
    width_px, height_px = (np.array(triplets.column(name), dtype=np.int64) for name in ("width_px", "height_px"))
    return width_px << 32 | height_px
