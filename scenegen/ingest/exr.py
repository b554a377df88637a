"""EXR files of others: planes of numbers by the names of their channels, none of them believed before its header is."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Shaped

from assets_catalog.exr_files import check_flat, exr_channels, exr_size_px, opened_exr
from scenegen.ingest.files import content_of
from scenegen.ingest.ingester import MOST_PIXELS, FrameError
from schemas.errors import AssetError, first_few
from schemas.ranges import MAX_SIDE_PX

_MOST_BYTES = 1 << 30
"""Of all channels as whole floats: OpenEXR decodes those that nobody asked for too."""
_NAMES_SHOWN = 8


def exr_planes(path: Path, what: str, names: Collection[str]) -> dict[str, Shaped[np.ndarray, "h w"]]:
    """Returns the channels that are named and there, of 16 or 32 bits; `what` is what faults call the file.

    Raises FrameError where there is none of them, and for a file that is damaged, too large, in several parts, deep,
    cropped or subsampled.
    """
    content = content_of(path, what)
    try:
        header = opened_exr(content, header_only=True).header()
        size_px = _checked_size(header, what)
        wanted = _wanted(header, what, names)
        channels = opened_exr(content, separate_channels=True).channels()
    except AssetError as error:
        raise FrameError(f"{what} can't be used", str(error)) from error
    planes = {name: np.asarray(channels[name].pixels) for name in wanted}
    for name, plane in planes.items():
        if plane.shape != size_px[::-1]:
            raise FrameError(f"{what}'s channel {name} is subsampled")
    return planes


def _checked_size(header: Mapping[str, Any], what: str) -> tuple[int, int]:
    check_flat(header)
    width_px, height_px = exr_size_px(header)
    count = len(header["channels"])
    sides = [width_px, height_px, *_tile_px(header)]
    is_large = width_px * height_px > MOST_PIXELS or 4 * width_px * height_px * count > _MOST_BYTES
    if is_large or not all(0 < side_px <= MAX_SIDE_PX for side_px in sides):
        raise FrameError(f"{what} is too large", f"{width_px} x {height_px} pixels, {count} channels")
    return width_px, height_px


def _tile_px(header: Mapping[str, Any]) -> tuple[int, ...]:
    tiles = header.get("tiles")
    return () if tiles is None else (tiles.xSize, tiles.ySize)


def _wanted(header: Mapping[str, Any], what: str, names: Collection[str]) -> list[str]:
    there = sorted(exr_channels(header))
    wanted = [name for name in there if name in names]
    if not wanted:
        raise FrameError(f"{what} has no channel {' or '.join(names)}", f"it has {first_few(there, _NAMES_SHOWN)}")
    return wanted
