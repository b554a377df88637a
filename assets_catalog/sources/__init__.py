"""Sources: where assets come from. One file or folder each, one line each in SOURCES.

A source lists what it finds, quickly and without trusting it: the asset's files are opened later, each in a process of
its own. What can't even be listed is set aside at once.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from assets_catalog.ingest.candidate import AddOptions, Candidate, SetAside
from assets_catalog.sources.builtin import list_builtin
from assets_catalog.sources.folder import list_folder
from assets_catalog.sources.hdri import list_hdri
from assets_catalog.sources.objaverse import list_objaverse
from assets_catalog.sources.sweethome3d import list_sweethome3d
from assets_catalog.sources.textures import list_textures

ListSource = Callable[[Path | None, AddOptions], Iterable[Candidate | SetAside]]
"""The path says where the source's files lie; None: where its package puts them. Raises CatalogError for none."""

SOURCES: Mapping[str, ListSource] = {
    "builtin": list_builtin,
    "folder": list_folder,
    "hdri": list_hdri,
    "objaverse": list_objaverse,
    "sweethome3d": list_sweethome3d,
    "textures": list_textures,
}
"""Name in `scenegen catalog add NAME` -> what lists its assets."""
