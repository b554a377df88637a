"""HDRIs: pictures of all directions in linear light, from a folder of EXR and HDR files or from Blender's own.

Equirectangular: twice as wide as high, row 0 straight up, the middle column along world +x. A YAML file of the same
name may state licence, creator, source, label and place (see `assets_catalog.sources.notes`).
"""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from assets_catalog.ingest.candidate import AddOptions, Candidate, Facts, LoadedEnvironment, SetAside
from assets_catalog.record import Place
from assets_catalog.sources.beneath import check_stays, files_beneath
from assets_catalog.sources.hdri.exr import read_exr
from assets_catalog.sources.hdri.rgbe import read_rgbe
from assets_catalog.sources.notes import notes_beside
from schemas.errors import AssetError, CatalogError

_READERS = {".exr": read_exr, ".hdr": read_rgbe}
_BLENDERS: Mapping[str, tuple[str, Place]] = {
    "city": ("portland_landing_pad", "outdoors"),
    "courtyard": ("courtyard", "outdoors"),
    "forest": ("ninomaru_teien", "outdoors"),
    "interior": ("hotel_room", "indoors"),
    "night": ("moonless_golf", "unknown"),
    "studio": ("studio_small_01", "studio"),
    "sunrise": ("spruit_sunrise", "outdoors"),
    "sunset": ("venice_sunset", "outdoors"),
}
"""Name in bpy's wheel -> name at Poly Haven, as the licence file beside them tells, and place; the night has no sun."""


def list_hdri(path: Path | None, options: AddOptions) -> list[Candidate | SetAside]:
    """Lists the EXR and HDR files of a folder and of those in it, or one such file; None: the worlds that bpy brings.

    Raises CatalogError where there is none.
    """
    if path is None:
        return list(_blenders_own())
    given = path.absolute()
    folder = given.parent if given.is_file() else given
    files = [given] if given.is_file() else [f for f in files_beneath(given) if f.suffix.lower() in _READERS]
    if not files:
        raise CatalogError(f"no .exr or .hdr file in {path}")
    names: dict[str, Path] = {}
    return [_listed(file, folder, names) for file in files]


def load_environment(path: Path) -> LoadedEnvironment:
    """Returns the picture of a file. Raises AssetError."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise AssetError(f"'{path.suffix}' is not one of {', '.join(_READERS)}")
    return LoadedEnvironment(reader(path.read_bytes()))


def _listed(file: Path, folder: Path, names: dict[str, Path]) -> Candidate | SetAside:
    relative = file.relative_to(folder)
    asset_id = "hdri/" + re.sub(r"[^A-Za-z0-9._-]", "-", "-".join(relative.with_suffix("").parts))
    first = names.setdefault(asset_id, relative)
    if first != relative:
        return SetAside(asset_id, str(relative), f"shares its name with {first}")
    try:
        check_stays(file, folder)
        facts = _facts(file)
    except AssetError as error:
        return SetAside(asset_id, str(relative), str(error))
    return Candidate(asset_id, "environment", (file,), folder, facts, partial(load_environment, file))


def _facts(file: Path) -> Facts:
    notes = notes_beside(file.with_suffix(".yaml"))
    return Facts(
        label=notes.label or _words(file.stem),
        license=notes.license,
        creator=notes.creator or "unknown",
        source=notes.source or file.name,
        place=notes.place,
    )


def _words(name: str) -> str:
    """Returns a file's name as a person would say it: 'Quiet_Park_4k' is 'quiet park'."""
    words = re.sub(r"[^A-Za-z]+", " ", re.sub(r"_\d+k$", "", name, flags=re.IGNORECASE))
    return words.strip().lower() or name


def _blenders_own() -> Iterator[Candidate]:
    """Yields the worlds of Blender's studio lights, without importing bpy."""
    spec = find_spec("bpy")
    root = Path(spec.origin).parent if spec is not None and spec.origin else None
    files = sorted(root.glob("*/datafiles/studiolights/world/*.exr")) if root else []
    if not files:
        raise CatalogError("bpy is not installed here, or brings no HDRI: name a folder of EXR or HDR files")
    for file in files:
        if file.stem in _BLENDERS:
            original, place = _BLENDERS[file.stem]
            facts = Facts(
                label=file.stem,
                license="CC0-1.0",
                creator="Greg Zaal (Poly Haven)",
                source=f"Blender's studio lights, from https://polyhaven.com/a/{original}",
                place=place,
            )
            load = partial(load_environment, file)
            yield Candidate(f"hdri/blender-{file.stem}", "environment", (file,), file.parent, facts, load)
