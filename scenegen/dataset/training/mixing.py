"""Mixing: several sources as one, each with its share, such as 2 % of ours in what a generator was trained on.

    rows = mix([(ours, 0.02), (base, 0.98)], seed=1)
    for batch in rows.batches(32, collate): ...

What comes next is of the source that lags behind its share most: shares are diffused, not drawn. After any number of
items each source has its share of them within one item for two sources, and within a few for more; independent draws
would stray by the square root, and give batches without any of a small share. Where each source starts is drawn by the
seed, so that the ranks of a training, given a seed each, don't show the small share all at once.

A source is anything that can be iterated again and again: our TripletDataset or its loader, a dataset of Hugging
Face, a WebDataset, a list. One that ends begins anew, in its next epoch where it has `set_epoch`; the mixture itself
has no end. An iterator, which can't begin anew, ends the mixture with it.

Resuming: our own sources tell their place; of any other as many items are passed over as it had given in that epoch,
by its own `skip` where it has one. So a mixture goes on exactly where a source gives the same items in each pass, or
draws them by its epoch alone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

import numpy as np

from schemas.errors import InputError
from schemas.seeds import rng_for

Batch = TypeVar("Batch")


def mix(sources: Sequence[tuple[Iterable[Any], float]], seed: int = 0) -> "Mixture":
    """Returns the sources as one, without end; shares are made to sum to one.

    Raises InputError for no source, and for a share that is not above 0.
    """
    shares = np.array([share for _, share in sources], dtype=np.float64)
    if not len(shares) or not (np.isfinite(shares) & (shares > 0)).all():
        raise InputError(f"mix: shares are {shares.tolist()}, each must be above 0, and one at least be given")
    return Mixture([_Taken(source) for source, _ in sources], shares / shares.sum(), seed)


class Mixture:
    """Several sources as one; its place is that of what it gave last."""

    def __init__(self, sources: Sequence["_Taken"], shares: np.ndarray, seed: int) -> None:
        self._sources, self._shares, self._seed = sources, shares, seed
        self._starts = rng_for(seed, "mix").random(len(shares))
        self._counts = np.zeros(len(shares), dtype=np.int64)

    @property
    def counts(self) -> list[int]:
        """Returns how many items each source gave."""
        return [int(count) for count in self._counts]

    def __iter__(self) -> Iterator[Any]:
        """Yields items without end; raises InputError where a source has none."""
        while True:
            lag = self._shares * (self._counts.sum() + 1) + self._starts - self._counts
            chosen = int(lag.argmax())
            try:
                item = self._sources[chosen].take()
            except StopIteration:
                return
            self._counts[chosen] += 1
            yield item

    def batches(self, rows: int, collate: Callable[[list[Any]], Batch]) -> Iterator[Batch]:
        """Yields so many items at a time, as `collate` joins them; a last short batch where the mixture ends."""
        items = iter(self)
        while batch := list(islice(items, rows)):
            yield collate(batch)

    def state_dict(self) -> dict[str, Any]:
        """Returns where the mixture is, as plain values."""
        return {"seed": self._seed, "counts": self.counts, "sources": [source.state() for source in self._sources]}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Goes where a mixture was; raises InputError where that was another."""
        if state["seed"] != self._seed or len(state["counts"]) != len(self._sources):
            there = f"{len(state['counts'])} sources and seed {state['seed']}"
            raise InputError(f"the state is of a mixture of {there}; this has {len(self._sources)} and {self._seed}")
        self._counts = np.array(state["counts"], dtype=np.int64)
        for source, kept in zip(self._sources, state["sources"], strict=True):
            source.load(kept)


class _Taken:
    """A source, and how much of it was taken."""

    def __init__(self, source: Iterable[Any]) -> None:
        self._source: Any = source
        self._items: Iterator[Any] | None = None
        self._epoch = self._given = 0

    def take(self) -> Any:
        """Returns the next item; raises StopIteration after the last of an iterator, InputError where there is none."""
        if self._items is None:
            self._items = self._begun()
        for item in self._items:
            self._given += 1
            return item
        if self._items is self._source:
            raise StopIteration
        if self._given == 0:
            raise InputError(f"mix: a {type(self._source).__name__} gives nothing")
        self._epoch, self._given, self._items = self._epoch + 1, 0, None
        return self.take()

    def state(self) -> dict[str, Any]:
        own = self._source.state_dict() if self._tells_its_place else None
        return {"epoch": self._epoch, "given": self._given, "own": own}

    def load(self, state: Mapping[str, Any]) -> None:
        self._epoch, self._given, self._items = state["epoch"], state["given"], None
        if self._tells_its_place:
            self._source.load_state_dict(state["own"])

    @property
    def _tells_its_place(self) -> bool:
        return getattr(self._source, "tells_its_place", False)

    def _begun(self) -> Iterator[Any]:
        """Returns the items of this epoch that are still to come."""
        if self._tells_its_place:
            return iter(self._source)
        if hasattr(self._source, "set_epoch"):
            self._source.set_epoch(self._epoch)
        if self._given and hasattr(self._source, "skip"):
            return iter(self._source.skip(self._given))
        items = iter(self._source)
        next(islice(items, self._given, self._given), None)
        return items
