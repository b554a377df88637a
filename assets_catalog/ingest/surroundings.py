"""Surroundings: textures and environments, checked and measured."""

from assets_catalog.ingest.candidate import AddOptions, Candidate, Loaded, Prepared


def prepare_texture(candidate: Candidate, loaded: Loaded, options: AddOptions) -> Prepared:
    """Returns a set of pictures with what is known of it."""
    raise NotImplementedError


def prepare_environment(candidate: Candidate, loaded: Loaded, options: AddOptions) -> Prepared:
    """Returns an environment with what is known of it."""
    raise NotImplementedError
