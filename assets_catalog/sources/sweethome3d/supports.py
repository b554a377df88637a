"""Support surfaces: where a model carries smaller things.

`dropOnTopElevation` is the height in centimetres above the model's bottom, -1 for none; absent, it is the box's top.
Checked against the meshes: the tables, desks and cabinets of the package have their tops at that height.

The rectangles were measured once on the meshes (`measure.py`) and stand in measured.json, each with the checksum of its
OBJ. A model that is absent there, or differs, gets the middle of its box: two thirds of each side, which lies on a
round top too. Surfaces with less than 0.6 m of free height above them, such as the boards in a bookcase, are left out.
"""

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from assets_catalog.record import SupportSurface
from assets_catalog.taxonomy import AssetClass
from schemas.errors import AssetError
from schemas.geometry import Vec3

UNMEASURED_SHARE = 0.66
HIGHEST_M = 1.5
"""Nobody sees what stands higher."""


def support_height_m(properties: Mapping[str, str], size_m: Vec3) -> float | None:
    """Returns the catalog's height of the top, or None for none. Raises AssetError when it is no number."""
    try:
        stated = float(properties.get("dropOnTopElevation", 100 * size_m[2])) / 100
    except ValueError as error:
        raise AssetError(f"dropOnTopElevation {properties['dropOnTopElevation']!r} is no number") from error
    return stated if math.isfinite(stated) and 0 < stated <= size_m[2] + 1e-6 else None


def supports(
    model: str, checksum: int, properties: Mapping[str, str], size_m: Vec3, asset_class: AssetClass
) -> tuple[SupportSurface, ...]:
    """Returns what a model carries things on; nothing when its class isn't meant to. `checksum`: CRC-32 of its OBJ."""
    if not asset_class.carries:
        return ()
    measured = _measured().get(model)
    if measured is not None and measured["crc32"] == checksum:
        return tuple(
            SupportSurface(center_m=(x, y), size_m=(width, depth), height_m=height)
            for x, y, width, depth, height in measured["supports"]
        )
    height_m = support_height_m(properties, size_m)
    if height_m is None or height_m > HIGHEST_M:
        return ()
    sides = (UNMEASURED_SHARE * size_m[0], UNMEASURED_SHARE * size_m[1])
    return (SupportSurface(center_m=(0.0, 0.0), size_m=sides, height_m=height_m),)


@cache
def _measured() -> dict[str, dict]:
    return dict(json.loads(files("assets_catalog.sources.sweethome3d").joinpath("measured.json").read_text("utf-8")))
