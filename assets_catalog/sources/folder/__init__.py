"""Source `folder`: model files that lie in a folder, with what sidecar files beside them say."""

from collections.abc import Iterator
from pathlib import Path

from assets_catalog.ingest.candidate import AddOptions, Candidate, SetAside


def list_folder(path: Path | None, options: AddOptions) -> Iterator[Candidate | SetAside]:
    """Yields the models of a folder, or of one file. Raises CatalogError when there is none."""
    raise NotImplementedError
