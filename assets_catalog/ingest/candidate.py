"""Candidate: one asset of a source before it was opened; Prepared: what became of it; SetAside: why nothing did."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
from jaxtyping import Float32

from assets_catalog.mesh import AssetMesh
from assets_catalog.record import Entry, LightSource, MapRole, Place, Placement, Substance, SupportSurface
from schemas.geometry import Vec3


@dataclass(frozen=True)
class Facts:
    """What a source, a sidecar or the user states of an asset; None where nobody does."""

    label: str | None = None
    class_name: str | None = None
    license: str | None = None
    license_is_override: bool = False
    creator: str = "unknown"
    source: str = ""
    """For people: package, file or address."""
    size_m: Vec3 | None = None
    """Each axis is scaled to it, in object axes."""
    height_m: float | None = None
    """Where only one length is known, scaled alike along all axes."""
    meters_per_unit: float | None = None
    """Overrules the file's own unit."""
    placement: Placement | None = None
    elevation_m: float | None = None
    support_height_m: float | None = None
    """A level that the source says carries things; others are found on the mesh."""
    supports: tuple[SupportSurface, ...] | None = None
    """Where the source knows them exactly, in object axes; None: they are found on the mesh."""
    lights: tuple[LightSource, ...] = ()
    substance: Substance | None = None
    """Of a texture set."""
    tile_m: tuple[float, float] | None = None
    """Width and height of one tile of a texture set."""
    place: Place | None = None
    """Of an environment."""


@dataclass(frozen=True)
class LoadedModel:
    """A model in object axes (z up, front -y), in any unit, placed anywhere."""

    mesh: AssetMesh
    meters_per_unit: float | None = None
    """What the file says of its unit; None where it says nothing that can be relied on."""


@dataclass(frozen=True)
class LoadedTexture:
    """The files of a set of pictures that tile, PNG or JPEG."""

    maps: Mapping[MapRole, bytes]


@dataclass(frozen=True)
class LoadedEnvironment:
    """A picture of all directions, linear light; row 0 looks straight up, column w/2 along world +x."""

    radiance: Float32[np.ndarray, "h w 3"]


Loaded = LoadedModel | LoadedTexture | LoadedEnvironment
Kind = Literal["model", "texture", "environment"]


@dataclass(frozen=True)
class Candidate:
    """One asset of a source."""

    asset_id: str
    """'<source>/<name>'; the name has letters, digits and ._- only."""
    kind: Kind
    files: tuple[Path, ...]
    """What it is read from, the main file first; its size is checked and its sha256 recorded."""
    folder: Path
    """Nothing outside of it is read."""
    facts: Facts
    load: Callable[[], Loaded]
    """Called in the process of its own; raises AssetError."""
    convert: Callable[[Path], "Candidate"] | None = field(default=None, repr=False)
    """Where another program must read the files first: called outside of that process, with an empty folder that goes
    afterwards; returns the candidate to open instead. Raises AssetError."""
    source_sha256: str = ""
    """Of the main file, where the source computed it already: many models in one file need it once."""


@dataclass(frozen=True)
class Prepared:
    """An asset that passed: its record, but for split and group, and the files that the catalog keeps of it."""

    entry: Entry
    objects: Mapping[str, bytes]
    """Name, '<sha256>.<ending>', -> content."""


@dataclass(frozen=True)
class SetAside:
    """An asset that did not pass."""

    asset_id: str
    file: str
    """Main file, for people."""
    reason: str
    """One line."""


@dataclass(frozen=True)
class AddOptions:
    """What the user chose for one `catalog add`."""

    license: str | None = None
    """For assets whose source states none; recorded as an override."""
    creator: str | None = None
    class_name: str | None = None
    """For assets whose class nobody states."""
    allow_blend: bool = False
    max_triangles: int | None = None
    """Models with more are decimated to it; None: kept as they are, up to a hard limit."""
    convert: Callable[[Path, Path], None] | None = field(default=None, repr=False)
    """Turns FBX, USD and .blend into GLB, in a process of its own; raises AssetError. None: such files are refused."""
