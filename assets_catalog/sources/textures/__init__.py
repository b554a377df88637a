"""Textures: sets of pictures that tile, named as ambientCG or Poly Haven name theirs."""

from collections.abc import Iterable
from pathlib import Path

from assets_catalog.ingest.candidate import AddOptions, Candidate, SetAside


def list_textures(path: Path | None, options: AddOptions) -> Iterable[Candidate | SetAside]:
    """Lists the sets of a folder, in it or in folders of their own."""
    raise NotImplementedError
