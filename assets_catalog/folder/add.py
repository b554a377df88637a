"""Adding to a catalog."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assets_catalog.ingest.candidate import Prepared, SetAside

OnOutcome = Callable[[Prepared | SetAside], None]


@dataclass(frozen=True)
class Added:
    """What became of what was given."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    already_there: int
    set_aside: tuple[SetAside, ...]


def add(
    location: str, outcomes: Iterable[Prepared | SetAside], source: str, on_outcome: OnOutcome = lambda outcome: None
) -> Added:
    """Adds what passed to the catalog at a location, which is made where there is none."""
    raise NotImplementedError
