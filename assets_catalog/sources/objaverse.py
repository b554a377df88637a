"""Source `objaverse`: a local download of Objaverse 1.0, with its annotations and LVIS labels."""

from collections.abc import Iterator
from pathlib import Path

from assets_catalog.ingest.candidate import AddOptions, Candidate, SetAside


def list_objaverse(path: Path | None, options: AddOptions) -> Iterator[Candidate | SetAside]:
    """Yields the models of a download. Raises CatalogError when there is none at the path."""
    raise NotImplementedError
