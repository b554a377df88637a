"""Prepare: what was loaded becomes what a catalog keeps, or is refused."""

from collections.abc import Callable, Mapping

from assets_catalog.ingest.candidate import AddOptions, Candidate, Kind, Loaded, Prepared
from assets_catalog.ingest.prepare_model import prepare_model
from assets_catalog.ingest.surroundings import prepare_environment, prepare_texture

PREPARERS: Mapping[Kind, Callable[[Candidate, Loaded, AddOptions], Prepared]] = {
    "model": prepare_model,
    "texture": prepare_texture,
    "environment": prepare_environment,
}


def prepare(candidate: Candidate, loaded: Loaded, options: AddOptions) -> Prepared:
    """Returns what a catalog keeps of an asset. Raises AssetError, in one line, where it can't be used."""
    return PREPARERS[candidate.kind](candidate, loaded, options)
