"""Info: what a JSON file beside a set states of it, as the addresses of Poly Haven and ambientCG answer.

Poly Haven: `dimensions` of a tile in millimetres, `authors`. ambientCG: `dimensionX`, `dimensionY` in centimetres, on
the asset itself or in a list `foundAssets`. Neither states a licence; a `license` is taken where somebody wrote one.
What is missing or strange is not known; only a file that is no JSON object is a fault.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.errors import AssetError, first_line

_LARGEST_BYTES = 2**20
_TILE_M = (0.01, 1000.0)


@dataclass(frozen=True)
class Info:
    """What is stated; None where nothing is."""

    tile_m: tuple[float, float] | None = None
    license: str | None = None
    creator: str | None = None


def info_beside(*places: Path) -> Info:
    """Returns what the first of the files that is there states. Raises AssetError for a faulty file."""
    for path in places:
        if path.is_file() and not path.is_symlink():
            return _info(_read(path))
    return Info()


def _read(path: Path) -> Mapping[str, Any]:
    with path.open("rb") as file:
        content = file.read(_LARGEST_BYTES + 1)
    if len(content) > _LARGEST_BYTES:
        raise AssetError(f"{path.name} has more than {_LARGEST_BYTES} bytes")
    try:
        stated = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise AssetError(f"{path.name} is not JSON: {first_line(error)}") from error
    found = stated.get("foundAssets") if isinstance(stated, dict) else None
    if isinstance(found, list) and found:
        stated = found[0]
    if not isinstance(stated, dict):
        raise AssetError(f"{path.name} must hold one JSON object")
    return stated


def _info(stated: Mapping[str, Any]) -> Info:
    authors = stated.get("authors")
    license_id = stated.get("license")
    return Info(
        _tile_m(stated.get("dimensions"), 0.001) or _tile_m([stated.get(f"dimension{axis}") for axis in "XY"], 0.01),
        license_id if isinstance(license_id, str) and license_id else None,
        ", ".join(map(str, authors)) if isinstance(authors, dict) and authors else None,
    )


def _tile_m(stated: Any, unit_m: float) -> tuple[float, float] | None:
    """Returns width and height of a tile where two sane lengths are stated."""
    if not isinstance(stated, list) or len(stated) < 2:
        return None
    try:
        width_m, height_m = (float(length) * unit_m for length in stated[:2])
    except (TypeError, ValueError):
        return None
    sane = all(_TILE_M[0] <= length_m <= _TILE_M[1] for length_m in (width_m, height_m))
    return (width_m, height_m) if sane else None
