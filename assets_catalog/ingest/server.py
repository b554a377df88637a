"""Ingest server: candidates become prepared assets, each opened in a process of its own; the parent trusts no answer."""

from collections.abc import Iterable, Iterator

from assets_catalog.ingest.candidate import AddOptions, Candidate, Prepared, SetAside


def prepared(
    candidates: Iterable[Candidate | SetAside], options: AddOptions, workers: int
) -> Iterator[Prepared | SetAside]:
    """Yields what became of each candidate, in their order, a few at a time; never raises for an asset's fault."""
    raise NotImplementedError
