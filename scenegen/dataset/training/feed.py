"""Feed: the rows of an epoch for one worker of one rank, from a place on; what torch's dataset is a shell around.

Batches are lists of rows as pixels, in the order that `scenegen.dataset.training.dealing` deals them. A share of the
rows may be mirrored, drawn for each row and epoch from a stream of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise

import numpy as np
from jaxtyping import Int64

from scenegen.dataset.rows import DecodedTriplet
from scenegen.dataset.training.dealing import Deal, dealt, left_after
from scenegen.dataset.training.mirror import mirrored
from scenegen.dataset.training.order import epoch_order
from scenegen.dataset.training.place import Place
from scenegen.dataset.training.row_cache import rows_in_order
from scenegen.dataset.training.sources import Source
from schemas.seeds import rng_for


@dataclass(frozen=True)
class Feed:
    """Rows, and how they are drawn."""

    source: Source
    buffer_groups: int
    """Row groups that are mixed; 0 keeps the stored order."""
    flip: float
    """Share of the rows that are mirrored."""
    by_size: bool
    """Whether each batch holds pictures of one size."""

    def batches(self, place: Place, rank: int, worker: int) -> Iterator[list[DecodedTriplet]]:
        """Yields the batches of one worker, counted from the one whose turn it is, in the place's last session."""
        part = self.deal(place).of_worker(rank, worker, place.sessions[-1].taken)
        rows = rows_in_order(self.source, part.rows, place.epoch)
        drawn = (self._maybe_mirrored(row, place) for row in rows)
        for start, stop in pairwise(part.cuts.tolist()):
            yield list(islice(drawn, stop - start))

    def deal(self, place: Place) -> Deal:
        """Returns what all ranks and workers read in the place's last session."""
        order = epoch_order(self.source.row_groups(), place.seed, place.epoch, self.buffer_groups)
        *past, session = place.sessions
        return dealt(left_after(order, past, self._sizes), session, self._sizes)

    @cached_property
    def _sizes(self) -> Int64[np.ndarray, " n"] | None:
        return self.source.sizes() if self.by_size else None

    def _maybe_mirrored(self, row: DecodedTriplet, place: Place) -> DecodedTriplet:
        if self.flip == 0 or rng_for(place.seed, "flip", place.epoch, row.sample_id).random() >= self.flip:
            return row
        return mirrored(row) or row
