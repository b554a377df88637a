"""Places: where a dataset lies, a folder or a bucket. `located` turns what a user writes into a path that can be read.

    Located = Path | BucketPath       joined by `/`, with name, parent, exists, read_bytes ...

What a folder and a bucket do differently (listing, opening, comparing) stands in `scenegen.dataset.places.reading`.
"""

from pathlib import Path, PurePath, PurePosixPath
from typing import TypeAlias

from assets_catalog.object_store import check_url, shown
from scenegen.dataset.places.bucket_path import BucketPath
from schemas.errors import InputError

Located: TypeAlias = Path | BucketPath


def located(place: str | Path | BucketPath) -> Located:
    """Returns the path of a folder, or of a bucket's objects for a URL; raises InputError for a URL of no use."""
    if not isinstance(place, str):
        return place
    scheme, mark, rest = place.partition("://")
    if not mark:
        return Path(place)
    if scheme == "file" and rest.startswith("/"):
        return Path(rest)
    try:
        check_url(place)
    except ValueError as error:
        raise InputError(f"'{shown(place)}': {error}") from error
    bucket, _, key = rest.partition("/")
    return BucketPath(f"{scheme}://{bucket}", "/".join(part for part in key.split("/") if part not in {"", "."}))


def below(path: Located, root: Located) -> str:
    """Returns the rest of the path below `root`, with slashes; raises ValueError where it lies elsewhere."""
    return _names(path).relative_to(_names(root)).as_posix()


def _names(place: Located) -> PurePath:
    return PurePosixPath(place.key) if isinstance(place, BucketPath) else place
