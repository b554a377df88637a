"""Models: checked, fitted to metres, measured."""

from assets_catalog.ingest.candidate import AddOptions, Candidate, Loaded, Prepared


def prepare_model(candidate: Candidate, loaded: Loaded, options: AddOptions) -> Prepared:
    """Returns the record and the GLB of a model. Raises AssetError where it can't be used."""
    raise NotImplementedError
