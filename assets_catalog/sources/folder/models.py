"""Models: which files are read, by their ending, and what opens each. Called in the asset's own process.

To add a format: one function and one line in READERS.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jaxtyping import Float64

from assets_catalog.ingest.candidate import LoadedModel
from assets_catalog.mesh import AssetMesh
from assets_catalog.sources.folder.axes import Axis, turn
from assets_catalog.sources.folder.bare_models import read_off, read_stl
from assets_catalog.sources.folder.gltf.model import read_gltf
from assets_catalog.sources.folder.obj_model import read_obj
from assets_catalog.sources.folder.ply_model import read_ply

Read = Callable[[Path, Path, Float64[np.ndarray, "3 3"]], AssetMesh]
"""File, folder that it may read, rotation into object axes -> mesh in the file's unit; raises AssetError."""


@dataclass(frozen=True)
class Reader:
    """What is known of a format."""

    read: Read
    up: Axis
    """Where the file does not say it."""
    meters_per_unit: float | None = None


_GLTF = Reader(read_gltf, up="y", meters_per_unit=1.0)
READERS: Mapping[str, Reader] = {
    ".glb": _GLTF,
    ".gltf": _GLTF,
    ".obj": Reader(read_obj, up="y"),
    ".off": Reader(read_off, up="z"),
    ".ply": Reader(read_ply, up="z"),
    ".stl": Reader(read_stl, up="z"),
}
"""File ending -> reader."""


@dataclass(frozen=True)
class FileModel:
    """A model file that waits to be opened."""

    path: Path
    folder: Path
    up: Axis | None = None
    front: Axis | None = None
    has_scale: bool = True
    """False where the file's unit can't be relied on, whatever the format says."""

    def __call__(self) -> LoadedModel:
        """Returns the model. Raises AssetError."""
        reader = READERS[self.path.suffix.lower()]
        mesh = reader.read(self.path, self.folder, turn(self.up or reader.up, self.front))
        return LoadedModel(mesh, reader.meters_per_unit if self.has_scale else None)
