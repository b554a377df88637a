"""Textures: sets of pictures that tile, named as ambientCG, Poly Haven or Substance name theirs.

Licence, creator, real size and substance come from a YAML file `<set>.yaml` in or beside the set's folder (see
`assets_catalog.sources.notes`), or from `info.json` or `<set>.json` there, as the libraries' addresses answer. A name
that follows a library's convention is no licence. Of several resolutions of a set, the largest up to 2K is taken.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from assets_catalog.ingest.candidate import AddOptions, Candidate, Facts, SetAside
from assets_catalog.sources.beneath import check_stays, files_beneath
from assets_catalog.sources.notes import notes_beside
from assets_catalog.sources.textures.info import info_beside
from assets_catalog.sources.textures.loading import load_texture
from assets_catalog.sources.textures.naming import ENDINGS, FileRole, named, substance_by_name
from assets_catalog.taxonomy.words import words_of
from schemas.errors import AssetError, CatalogError

_WANTED_K = 2
Key = tuple[Path, str, int]
"""Folder, name and resolution (in K) of a set."""


def list_textures(path: Path | None, options: AddOptions) -> list[Candidate | SetAside]:
    """Lists the sets of a folder and of those in it. Raises CatalogError where there is none."""
    if path is None:
        raise CatalogError("textures need a folder of sets (…_Color.jpg, …_diff_1k.jpg): give its path")
    if not path.is_dir():
        raise CatalogError(f"textures need a folder of sets (…_Color.jpg, …_diff_1k.jpg), {path} is none")
    sets = _sets(each for each in files_beneath(path) if each.suffix.lower() in ENDINGS)
    if not sets:
        raise CatalogError(
            f"no picture in {path} is named as a colour map: …_Color.jpg, …_diff_1k.jpg, …_basecolor.png"
        )
    taken: dict[str, Path] = {}
    root = path.absolute()
    return [_listed(root, key, sets[key], taken) for key in sorted(sets, key=_preference)]


def _sets(pictures: Iterable[Path]) -> dict[Key, Mapping[FileRole, Path]]:
    """Returns the files of each set that has a colour map, by role; of two with one role, the first in order."""
    found: dict[Key, dict[FileRole, Path]] = defaultdict(dict)
    for picture in pictures:
        part = named(picture)
        if part is not None:
            found[picture.parent, part.name, part.resolution_k].setdefault(part.role, picture)
    return {key: files for key, files in found.items() if "color" in files}


def _preference(key: Key) -> tuple[str, bool, int, Path]:
    """Sorts the sets of one name: the largest up to what is wanted, then the others, the smallest first."""
    folder, name, resolution_k = key
    above = resolution_k > _WANTED_K
    return name, above, resolution_k if above else -resolution_k, folder


def _listed(root: Path, key: Key, files: Mapping[FileRole, Path], taken: dict[str, Path]) -> Candidate | SetAside:
    folder, name, _ = key
    color = files["color"].relative_to(root)
    asset_id = "textures/" + re.sub(r"[^A-Za-z0-9._-]", "-", name)
    first = taken.setdefault(asset_id, color)
    if first != color:
        return SetAside(asset_id, str(color), f"shares its name with {first}")
    try:
        for file in files.values():
            check_stays(file, root)
        facts = _facts(root, folder, name)
    except AssetError as error:
        return SetAside(asset_id, str(color), str(error))
    main_first = (files["color"], *(file for role, file in sorted(files.items()) if role != "color"))
    return Candidate(asset_id, "texture", main_first, folder, facts, partial(load_texture, dict(files)))


def _facts(root: Path, folder: Path, name: str) -> Facts:
    """Returns what is stated in the set's folder, or in the one above it if that is still of the source.

    In the source's own folder, which may hold many sets, a file must have the name of its set.
    """
    folders = (folder, folder.parent) if folder != root else (folder,)
    notes = notes_beside(*(each / f"{name}.yaml" for each in folders))
    named_so = [each / f"{name}.json" for each in folders]
    info = info_beside(*named_so, *(each / "info.json" for each in folders if each != root))
    return Facts(
        label=notes.label or " ".join(words_of(name)) or name,
        license=notes.license or info.license,
        creator=notes.creator or info.creator or "unknown",
        source=notes.source or name,
        substance=notes.substance or substance_by_name(name),
        tile_m=notes.tile_size_m or info.tile_m,
    )
