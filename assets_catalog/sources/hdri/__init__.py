"""HDRIs: pictures of all directions in linear light, from a folder of EXR and HDR files or from Blender's own."""

from collections.abc import Iterable
from pathlib import Path

from assets_catalog.ingest.candidate import AddOptions, Candidate, SetAside


def list_hdri(path: Path | None, options: AddOptions) -> Iterable[Candidate | SetAside]:
    """Lists the EXR and HDR files of a folder, or one such file; None: the worlds that bpy brings."""
    raise NotImplementedError
